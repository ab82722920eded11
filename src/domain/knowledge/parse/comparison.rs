//! Reads `comparison.toml`.

use super::fields::values;
use super::section::Section;
use crate::domain::knowledge::{Article, Category, Subject};

/// What `comparison.toml` says.
pub(super) struct Head {
    pub(super) title: String,
    pub(super) article: Article,
    pub(super) subjects: Option<[Subject; 2]>,
    pub(super) categories: Vec<Category>,
}

pub(super) fn read_head(mut root: Section<'_, '_>) -> Head {
    let title = root.text("title").value;
    let article = root.section("article", "the article").map(|mut section| {
        let article = Article { title: section.text("title").value, as_of: section.text("as_of").value };
        section.finish();
        article
    });
    let subjects: Vec<Subject> = root.sections("subject", "a subject").into_iter().map(read_subject).collect();
    let found = subjects.len();
    let subjects = <[Subject; 2]>::try_from(subjects).ok();
    if subjects.is_none() {
        root.problem(1, format!("there are {found} tables [[subject]], expected two"));
    }
    if let Some([first, second]) = &subjects {
        let shared: Vec<_> = first.words.iter().filter(|word| second.words.contains(word)).collect();
        for word in shared {
            root.problem(1, format!("the word `{word}` names both subjects, expected it for one of them"));
        }
    }
    let categories = root.sections("category", "a category").into_iter().map(|mut section| {
        let category = Category { id: section.text("id").value, title: section.text("title").value };
        section.finish();
        category
    });
    let categories = categories.collect();
    root.finish();
    let article = article.unwrap_or(Article { title: String::new(), as_of: String::new() });
    Head { title, article, subjects, categories }
}

fn read_subject(mut section: Section<'_, '_>) -> Subject {
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
        words: values(section.texts("words")),
    };
    section.finish();
    subject
}
