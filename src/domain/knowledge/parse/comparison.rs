//! Reads `comparison.toml`.

use super::fields::small_words;
use super::section::Section;
use crate::knowledge::{Article, Category, Subject};

/// What `comparison.toml` says.
pub(super) struct Head {
    pub(super) title: String,
    pub(super) article: Option<Article>,
    pub(super) subjects: Option<[Subject; 2]>,
    /// The words by which people call each subject.
    pub(super) words: [Vec<String>; 2],
    pub(super) categories: Vec<Category>,
}

impl Head {
    /// The subjects, if each has an id: only then others can refer to them.
    pub(super) fn known_subjects(&self) -> Option<&[Subject; 2]> {
        self.subjects.as_ref().filter(|subjects| subjects.iter().all(|subject| !subject.id.is_empty()))
    }

    /// The categories, if each has an id.
    pub(super) fn known_categories(&self) -> Option<&[Category]> {
        let categories = self.categories.as_slice();
        (!categories.is_empty() && categories.iter().all(|category| !category.id.is_empty())).then_some(categories)
    }
}

pub(super) fn read_head(mut root: Section<'_, '_>) -> Head {
    let title = root.text("title").value;
    let article = root.optional_section("article", "the article").map(|mut section| {
        let article = Article { title: section.text("title").value, as_of: section.text("as_of").value };
        section.finish();
        article
    });
    let sections = root.sections("subject", "a subject").into_iter();
    let (subjects, words): (Vec<Subject>, Vec<Vec<String>>) = sections.map(read_subject).unzip();
    let found = subjects.len();
    let subjects = <[Subject; 2]>::try_from(subjects).ok();
    let words = <[Vec<String>; 2]>::try_from(words).unwrap_or_default();
    if subjects.is_none() {
        root.absence(1, format!("there are {found} tables [[subject]], expected two"));
    }
    let [first, second] = &words;
    for word in first.iter().filter(|word| second.contains(word)) {
        root.problem(1, format!("the word `{word}` names both subjects, expected it for one of them"));
    }
    let categories = root.sections("category", "a category").into_iter().map(|mut section| {
        let category = Category { id: section.text("id").value, title: section.text("title").value };
        section.finish();
        category
    });
    let categories: Vec<Category> = categories.collect();
    if categories.is_empty() {
        root.absence(1, "there is no [[category]], expected at least one, in which the topics are");
    }
    root.finish();
    Head { title, article, subjects, words, categories }
}

fn read_subject(mut section: Section<'_, '_>) -> (Subject, Vec<String>) {
    let colour = section.text("colour");
    let number = colour.value.strip_prefix('#').filter(|digits| digits.len() == 6);
    let number = number.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    if number.is_none() && colour.line > 0 {
        section.problem(colour.line, "`colour` must be written \"#RRGGBB\"");
    }
    let subject = Subject {
        id: section.text("id").value,
        name: section.text("name").value,
        emoji: section.text("emoji").value,
        colour: number.unwrap_or_default(),
    };
    let words = small_words(&mut section, "words");
    section.finish();
    (subject, words)
}
