//! Reads data files into [`Knowledge`], listing every problem at once.

mod comparison;
mod entry;
mod fields;
mod folder;
mod section;
mod sources;
mod tour;
mod vocabulary;
mod weights;

use std::collections::BTreeMap;

use super::{Intents, Knowledge, Onboarding, Problem};
use comparison::{Head, read_head};
use entry::{read_project, read_topic};
use fields::{Names, Words, values};
use folder::{COMPARISON, CRITERIA, Folder, INTENTS, PATHS, PROJECTS, QUIZ, SOURCES, TOPICS, VOCABULARY, file_name};
use sources::read_sources;
use tour::{read_path, read_quiz};
use vocabulary::{read_phrasings, read_vocabulary};
use weights::read_weighing;

/// Reads the data files, given as (name relative to the data folder, text). Only names that end in `.toml` are read.
///
/// # Errors
/// Every problem that was found, sorted by file and line.
pub fn parse<N: AsRef<str>, T: AsRef<str>>(files: &[(N, T)]) -> Result<Knowledge, Vec<Problem>> {
    let mut folder = Folder::new(files.iter().map(|(name, text)| (name.as_ref(), text.as_ref())));
    let head = folder.read(COMPARISON, "the comparison", read_head);
    let sources = folder.read(SOURCES, "the list of sources", read_sources).unwrap_or_default();
    let names = Names {
        subjects: head.as_ref().and_then(|head| head.subjects.as_ref()),
        categories: head.as_ref().map(|head| head.categories.as_slice()).unwrap_or_default(),
        topics: folder.ids(TOPICS).into_iter().collect(),
        sources: &sources,
    };

    let topics = folder.read_all(TOPICS, "a topic", |id, section| read_topic(id, section, &names));
    let weighing = folder.read_optional(CRITERIA, "the criteria", |root| read_weighing(root, &names));
    let projects = folder.read_all(PROJECTS, "a project", |id, section| read_project(id, section, &names, &weighing));
    shared_words(&mut folder, topics.iter().map(|read| (TOPICS, &read.0.entry.id, &read.1)));
    shared_words(&mut folder, projects.iter().map(|read| (PROJECTS, &read.0.entry.id, &read.1)));
    if topics.is_empty() {
        folder.add(Problem::new(TOPICS, 1, "there is no topic, expected one file topics/<id>.toml a topic"));
    }
    let paths = folder.read_all(PATHS, "a tour", |id, section| read_path(id, section, &names));
    let questions = folder.read_optional(QUIZ, "the quiz", |root| read_quiz(root, &names));
    let intents = read_intents(&mut folder);
    let vocabulary = folder.read_optional(VOCABULARY, "the vocabulary", |root| read_vocabulary(root, names.subjects));

    let problems = folder.into_problems();
    match head {
        Some(Head { title, article, subjects: Some(subjects), categories }) if problems.is_empty() => Ok(Knowledge {
            title,
            article,
            subjects,
            categories,
            topics: topics.into_iter().map(|(topic, _)| topic).collect(),
            projects: projects.into_iter().map(|(project, _)| project).collect(),
            weighing,
            onboarding: Onboarding { paths, questions },
            intents,
            vocabulary,
        }),
        _ => Err(problems),
    }
}

fn read_intents(folder: &mut Folder<'_>) -> Intents {
    let [onboarding, help, none] = INTENTS;
    let what = "an intent";
    let mut examples = Vec::new();
    Intents {
        onboarding: folder.read_optional(onboarding, what, read_phrasings),
        help: folder.read_optional(help, what, |mut root| {
            examples = values(root.texts("examples"));
            read_phrasings(root)
        }),
        none: folder.read_optional(none, what, read_phrasings),
        examples,
    }
}

/// Reports every word that two entries have: either of them could be meant.
fn shared_words<'w>(folder: &mut Folder<'_>, entries: impl Iterator<Item = (&'static str, &'w String, &'w Words)>) {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for (kind, id, words) in entries {
        for (word, line) in words {
            if let Some(owner) = owners.insert(word, id) {
                let what = format!("the word `{word}` stands in {owner} too, expected each word in one place only");
                folder.add(Problem::new(&file_name(kind, id), *line, what));
            }
        }
    }
}
