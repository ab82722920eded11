//! Reads data files into what is shown, what is learned from, and where each text is; lists every problem at once.

mod answers;
mod comparison;
mod entry;
mod fields;
mod folder;
mod releases;
mod section;
mod sources;
mod suggestion;
mod tools;
mod tour;
mod vocabulary;
mod weights;

use std::cell::Cell;
use std::collections::BTreeMap;

use super::{Date, Examples, Knowledge, Onboarding, Origins, Phrasings, Problem, Project, Source, Topic, Weighing};
use comparison::{Head, read_head};
use entry::{TopicOwners, read_project, read_topic};
use fields::{Names, Owners, values};
use folder::{
    ABOUT_BOT, COMPARISON, CRITERIA, Folder, INTENTS, NONE, PATHS, PROJECTS, QUIZ, RELEASES, SMALL_TALK, SOURCES,
    TOPICS, VOCABULARY,
};
pub use folder::{ENDING, FILES, FOLDERS, GENERAL, is_data_file, misplaced, unexpected};
use releases::read_releases;
use section::Section;
use sources::{read_sources, unused_sources};
use tools::read_tools;
use tour::{read_path, read_quiz};
use vocabulary::{read_about_bot, read_phrasings, read_small_talk, read_vocabulary};
use weights::{Criteria, read_criteria};

/// What a data folder says.
#[derive(Debug)]
pub struct Parsed {
    /// What is shown.
    pub knowledge: Knowledge,
    /// What is learned from.
    pub examples: Examples,
    /// Where each text is.
    pub origins: Origins,
}

/// Reads the data files, given as (name relative to the data folder, text). Only names that end in `.toml` are read.
///
/// # Errors
/// Every problem that was found, sorted by file and line.
pub fn parse<N: AsRef<str>, T: AsRef<str>>(files: &[(N, T)]) -> Result<Parsed, Vec<Problem>> {
    parse_on(files, &[], None)
}

/// As [`parse`], with what is wrong with files that are there and could not be read, and with the day after which no fact can
/// have been checked.
///
/// # Errors
/// Every problem that was found, sorted by file and line.
pub fn parse_on<N: AsRef<str>, T: AsRef<str>>(
    files: &[(N, T)],
    unreadable: &[Problem],
    today: Option<Date>,
) -> Result<Parsed, Vec<Problem>> {
    let mut folder = Folder::new(files.iter().map(|(name, text)| (name.as_ref(), text.as_ref())), unreadable);
    let head = folder.read(COMPARISON, "the comparison", read_head);
    let sources = folder.read(SOURCES, "the list of sources", |root| read_sources(root, today)).unwrap_or_default();
    let mut names = names_in(&folder, head.as_ref(), &sources, today);

    let (topics, topic_examples) = read_topics(&mut folder, &names);
    let criteria = folder.read_optional(CRITERIA, "the criteria", |root| read_criteria(root, &names));
    let Criteria { weighing, phrases, groups } = criteria;
    names.are_criteria_known = folder.is_whole(CRITERIA);
    let (projects, project_examples) = read_projects(&mut folder, &names, &weighing);
    if names.misses_criteria.get() && !folder.has(CRITERIA) {
        folder.add(Problem::new(CRITERIA, 1, "the file is missing, expected the criteria that the projects weigh"));
    }
    let paths = folder.read_all(PATHS, "a tour", |id, root| read_path(id, root, &names));
    let questions = folder.read_optional(QUIZ, "the quiz", |root| read_quiz(root, &names));
    let tools = read_tools(&mut folder, &names);
    let releases = folder.read_optional(RELEASES, "the releases", |root| read_releases(root, &names));
    let ([onboarding, help, none], sample_questions) = read_intents(&mut folder, &topic_examples);
    let near = folder.read_all(NONE, "an intent", |_, root| read_phrasings(root));
    let vocabulary =
        folder.read_optional(VOCABULARY, "the vocabulary", |root| read_vocabulary(root, names.subjects, &tools));
    let small_talk = folder.read_optional(SMALL_TALK, "the small talk", read_small_talk);
    let about_bot = folder.read_optional(ABOUT_BOT, "the questions about the bot", read_about_bot);

    if folder.is_whole(SOURCES) && folder.is_all_whole() {
        unused_sources(&mut folder, &sources);
    }
    let finished = folder.finish();
    match (head, finished) {
        (Some(Head { title, article, subjects: Some(subjects), words, categories }), Ok(origins)) => Ok(Parsed {
            knowledge: Knowledge {
                title,
                article,
                subjects,
                categories,
                topics,
                projects,
                weighing,
                onboarding: Onboarding { paths, questions },
                tools,
                releases,
                sample_questions,
            },
            examples: Examples {
                subjects: words,
                topics: topic_examples,
                projects: project_examples,
                onboarding,
                help,
                none,
                near,
                phrases,
                groups,
                vocabulary,
                small_talk,
                about_bot,
            },
            origins,
        }),
        (_, finished) => Err(finished.err().unwrap_or_default()),
    }
}

/// What the files may refer to.
fn names_in<'n>(
    folder: &Folder<'n>,
    head: Option<&'n Head>,
    sources: &'n BTreeMap<String, Source>,
    today: Option<Date>,
) -> Names<'n> {
    let known = head.filter(|_| folder.is_whole(COMPARISON));
    Names {
        subjects: known.and_then(Head::known_subjects),
        categories: known.and_then(Head::known_categories),
        is_without_article: known.is_some_and(|head| head.article.is_none()),
        topics: Some(folder.ids(TOPICS)).filter(|topics| folder.is_readable(TOPICS) && !topics.is_empty()),
        sources,
        are_sources_known: folder.is_whole(SOURCES),
        are_criteria_known: true,
        misses_criteria: Cell::new(false),
        today,
    }
}

/// Questions that the help shows, where the folder names none.
const SAMPLES: usize = 4;

fn read_topics(folder: &mut Folder<'_>, names: &Names<'_>) -> (Vec<Topic>, Vec<Phrasings>) {
    let mut owners = TopicOwners::default();
    let topics = folder.read_all(TOPICS, "a topic", |id, root| read_topic(id, root, names, &mut owners));
    if topics.is_empty() && folder.is_readable(TOPICS) {
        folder.add(Problem::new(TOPICS, 1, "there is no topic, expected one file topics/<id>.toml a topic"));
    }
    topics.into_iter().unzip()
}

fn read_projects(folder: &mut Folder<'_>, names: &Names<'_>, weighing: &Weighing) -> (Vec<Project>, Vec<Phrasings>) {
    let mut owners = Owners::new();
    let read = |id: &str, root: Section<'_, '_>| read_project(id, root, names, weighing, &mut owners);
    folder.read_all(PROJECTS, "a project", read).into_iter().unzip()
}

/// The example texts of each file in `intents/`, and the questions by which the help shows what can be asked.
fn read_intents(folder: &mut Folder<'_>, topics: &[Phrasings]) -> ([Phrasings; 3], Vec<String>) {
    let [onboarding, help, none] = INTENTS;
    let what = "an intent";
    let mut samples = Vec::new();
    let onboarding = folder.read_optional(onboarding, what, read_phrasings);
    let help = folder.read_optional(help, what, |mut root| {
        samples = values(root.optional_texts("examples"));
        read_phrasings(root)
    });
    let none = folder.read_optional(none, what, read_phrasings);
    if samples.is_empty() {
        let first = topics.iter().filter_map(|topic| topic.questions.first());
        samples = first.take(SAMPLES).cloned().collect();
    }
    ([onboarding, help, none], samples)
}
