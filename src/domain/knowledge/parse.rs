//! Reads data files into [`Knowledge`], listing every problem at once.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::{Names, read_project, read_topic};
use super::section::{File, Located, Section};
use super::tour::{read_path, read_quiz};
use super::weights::read_weighing;
use super::{Article, Category, Intents, Knowledge, Onboarding, Phrasings, Problem, Source, Subject, Vocabulary};

const COMPARISON: &str = "comparison.toml";
const SOURCES: &str = "sources.toml";
const CRITERIA: &str = "criteria.toml";
const VOCABULARY: &str = "vocabulary.toml";
const INTENTS: [&str; 3] = ["intents/onboarding.toml", "intents/help.toml", "intents/none.toml"];
const TOPICS: &str = "topics/";
const PROJECTS: &str = "projects/";
const PATHS: &str = "onboarding/paths/";
const QUIZ: &str = "onboarding/quiz.toml";
const ENDING: &str = ".toml";

/// Longest id of a topic or project in characters: it has to fit into the state of a button.
const LONGEST_ID: usize = 40;

/// Reads the data files, given as (name relative to the data folder, text). Only names that end in `.toml` are read.
///
/// # Errors
/// Every problem that was found, sorted by file and line.
pub fn parse<N: AsRef<str>, T: AsRef<str>>(files: &[(N, T)]) -> Result<Knowledge, Vec<Problem>> {
    let files = files.iter().map(|(name, text)| (name.as_ref(), text.as_ref()));
    let files: BTreeMap<&str, &str> = files.filter(|(name, _)| name.ends_with(ENDING)).collect();
    let mut problems = unexpected_files(&files);

    let head = read_file(&files, COMPARISON, "the comparison", &mut problems, read_head);
    let sources = read_file(&files, SOURCES, "the list of sources", &mut problems, read_sources);
    let sources = sources.unwrap_or_default();
    let names = Names {
        subjects: head.as_ref().and_then(|head| head.subjects.as_ref()),
        categories: head.as_ref().map(|head| head.categories.as_slice()).unwrap_or_default(),
        topics: ids(&files, TOPICS).collect(),
        sources: &sources,
    };

    let topics = read_all(&files, TOPICS, "a topic", &mut problems, |id, section| read_topic(id, section, &names));
    let weighing = match files.contains_key(CRITERIA) {
        true => read_file(&files, CRITERIA, "the criteria", &mut problems, |root| read_weighing(root, &names)),
        false => None,
    };
    let weighing = weighing.unwrap_or_default();
    let projects = read_all(&files, PROJECTS, "a project", &mut problems, |id, section| {
        read_project(id, section, &names, &weighing)
    });
    problems.extend(shared_words(topics.iter().map(|read| (TOPICS, &read.0.id, &read.1))));
    problems.extend(shared_words(projects.iter().map(|read| (PROJECTS, &read.0.id, &read.1))));
    if topics.is_empty() {
        problems.push(Problem::new(TOPICS, 1, "there is no topic, expected one file topics/<id>.toml a topic"));
    }
    let paths = read_all(&files, PATHS, "a tour", &mut problems, |id, section| read_path(id, section, &names));
    let questions = match files.contains_key(QUIZ) {
        true => read_file(&files, QUIZ, "the quiz", &mut problems, |root| read_quiz(root, &names)),
        false => None,
    };
    let onboarding = Onboarding { paths, questions: questions.unwrap_or_default() };
    let intents = read_intents(&files, &mut problems);
    let subject_ids = names.subjects.map(|[first, second]| [first.id.clone(), second.id.clone()]);
    let vocabulary = match files.contains_key(VOCABULARY) {
        true => read_file(&files, VOCABULARY, "the vocabulary", &mut problems, |root| {
            read_vocabulary(root, subject_ids.as_ref())
        }),
        false => None,
    };

    if let (Some(Head { title, article, subjects: Some(subjects), categories }), true) = (head, problems.is_empty()) {
        return Ok(Knowledge {
            title,
            article,
            subjects,
            categories,
            topics: topics.into_iter().map(|(topic, _)| topic).collect(),
            projects: projects.into_iter().map(|(project, _)| project).collect(),
            weighing,
            onboarding,
            intents,
            vocabulary: vocabulary.unwrap_or_default(),
        });
    }
    problems.sort();
    problems.dedup();
    Err(problems)
}

/// What `comparison.toml` says.
struct Head {
    title: String,
    article: Article,
    subjects: Option<[Subject; 2]>,
    categories: Vec<Category>,
}

/// The words of an entry, each with its line.
pub(super) type Words = Vec<(String, usize)>;

fn read_file<T>(
    files: &BTreeMap<&str, &str>,
    name: &str,
    what: &'static str,
    problems: &mut Vec<Problem>,
    read: impl FnOnce(Section<'_, '_>) -> T,
) -> Option<T> {
    let Some(text) = files.get(name) else {
        problems.push(Problem::new(name, 1, format!("the file is missing, expected {what}")));
        return None;
    };
    let file = File::new(name, text);
    let value = read(file.root(what));
    problems.extend(file.into_problems());
    Some(value)
}

fn read_all<T>(
    files: &BTreeMap<&str, &str>,
    folder: &str,
    what: &'static str,
    problems: &mut Vec<Problem>,
    read: impl Fn(&str, Section<'_, '_>) -> T,
) -> Vec<T> {
    let mut all = Vec::new();
    for id in ids(files, folder) {
        let name = format!("{folder}{id}{ENDING}");
        let legal = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !legal || id.is_empty() || id.len() > LONGEST_ID {
            let expected = format!("expected a name of a–z, 0–9 and -, at most {LONGEST_ID} long");
            problems.push(Problem::new(&name, 1, format!("`{id}` cannot be an id, {expected}")));
        }
        all.extend(read_file(files, &name, what, problems, |section| read(id, section)));
    }
    all
}

fn ids<'f>(files: &'f BTreeMap<&str, &str>, folder: &'f str) -> impl Iterator<Item = &'f str> {
    files.keys().filter_map(move |name| name.strip_prefix(folder)?.strip_suffix(ENDING))
}

fn unexpected_files(files: &BTreeMap<&str, &str>) -> Vec<Problem> {
    let expected = |name: &str| {
        [COMPARISON, SOURCES, VOCABULARY, CRITERIA, QUIZ].contains(&name)
            || INTENTS.contains(&name)
            || name.starts_with(TOPICS)
            || name.starts_with(PROJECTS)
            || name.starts_with(PATHS)
    };
    let unexpected = files.keys().filter(|name| !expected(name));
    let what = "the file belongs to nothing, expected comparison, sources, criteria or vocabulary.toml or one in \
                topics/, projects/, intents/ or onboarding/";
    unexpected.map(|name| Problem::new(name, 1, what)).collect()
}

/// A word that two entries claim would make the answer a matter of chance.
fn shared_words<'w>(entries: impl Iterator<Item = (&'static str, &'w String, &'w Words)>) -> Vec<Problem> {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    let mut problems = Vec::new();
    for (folder, id, words) in entries {
        for (word, line) in words {
            if let Some(owner) = owners.insert(word, id) {
                let file = format!("{folder}{id}{ENDING}");
                let what = format!("the word `{word}` stands in {owner} too, expected each word in one place only");
                problems.push(Problem::new(&file, *line, what));
            }
        }
    }
    problems
}

fn read_head(mut root: Section<'_, '_>) -> Head {
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

fn read_sources(root: Section<'_, '_>) -> BTreeMap<String, Source> {
    let named = root.named_sections("a source").into_iter();
    named.map(|(id, section)| (id, read_source(section))).collect()
}

fn read_source(mut section: Section<'_, '_>) -> Source {
    let title = section.text("title").value;
    let url = section.text("url");
    if url.line > 0 && !["https://", "http://"].iter().any(|scheme| url.value.starts_with(scheme)) {
        section.problem(url.line, "`url` must start with https:// or http://");
    }
    // A closing bracket or a space would end the link in the middle.
    if url.value.contains(|c: char| c.is_whitespace() || c == ')') {
        section.problem(url.line, "`url` must have no blank and no closing bracket, write %20 and %29");
    }
    let as_of = section.text("as_of");
    if as_of.line > 0 && !is_partial_date(&as_of.value) {
        section.problem(as_of.line, "`as_of` must be \"YYYY\", \"YYYY-MM\" or \"YYYY-MM-DD\"");
    }
    let second_hand = section.optional("second_hand", "true or false").is_some_and(|field| field.value);
    section.finish();
    Source { title, url: url.value, as_of: as_of.value, second_hand }
}

fn is_partial_date(text: &str) -> bool {
    let lengths = [4, 2, 2];
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    parts.len() <= lengths.len() && parts.iter().zip(lengths).all(|(part, length)| part.len() == length && digits(part))
}

fn read_intents(files: &BTreeMap<&str, &str>, problems: &mut Vec<Problem>) -> Intents {
    let mut examples = Vec::new();
    let mut read = |name: &str, further: &mut dyn FnMut(&mut Section<'_, '_>)| {
        let read = |mut root: Section<'_, '_>| {
            further(&mut root);
            read_phrasings(root)
        };
        match files.contains_key(name) {
            true => read_file(files, name, "an intent", problems, read).unwrap_or_default(),
            false => Phrasings::default(),
        }
    };
    let [onboarding, help, none] = INTENTS;
    let onboarding = read(onboarding, &mut |_| ());
    let help = read(help, &mut |root| examples = values(root.texts("examples")));
    let none = read(none, &mut |_| ());
    Intents { onboarding, help, none, examples }
}

fn read_phrasings(mut root: Section<'_, '_>) -> Phrasings {
    let words = values(root.texts("words"));
    let questions = values(root.texts("questions"));
    root.finish();
    Phrasings { words, questions }
}

fn values(texts: Vec<Located<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

fn read_vocabulary(mut root: Section<'_, '_>, subjects: Option<&[String; 2]>) -> Vocabulary {
    let mut seen = BTreeSet::new();
    let mut same = Vec::new();
    if let Some(groups) = root.required::<Vec<Vec<String>>>("same", "a list of lists of words that mean the same") {
        for group in &groups.value {
            for word in group.iter().filter(|word| !seen.insert((*word).clone())) {
                root.problem(groups.line, format!("`{word}` stands in two groups of `same`, expected it in one"));
            }
        }
        same = groups.value;
    }
    let mut tools = [Vec::new(), Vec::new()];
    if let (Some(mut section), Some(subjects)) = (root.section("tools", "the tools"), subjects) {
        tools = [0, 1].map(|at| {
            let id = subjects.get(at).map_or("", String::as_str);
            values(section.texts(id))
        });
        section.finish();
    }
    let others = values(root.texts("others"));
    let choosing = values(root.optional_texts("choosing"));
    let negating = values(root.optional_texts("negating"));
    let joining = values(root.optional_texts("joining"));
    root.finish();
    Vocabulary { same, tools, others, choosing, negating, joining }
}
