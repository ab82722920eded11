//! The data files by name, the problems found in them, and where their texts are.

use std::collections::BTreeMap;

use super::fields::is_id;
use super::section::{File, Section};
use crate::domain::knowledge::{Origins, Problem};

pub(super) const COMPARISON: &str = "comparison.toml";
pub(super) const SOURCES: &str = "sources.toml";
pub(super) const CRITERIA: &str = "criteria.toml";
pub(super) const RELEASES: &str = "releases.toml";
pub(super) const VOCABULARY: &str = "vocabulary.toml";
pub(super) const INTENTS: [&str; 3] = ["intents/onboarding.toml", "intents/help.toml", "intents/none.toml"];
/// More of what the bot should not answer, one file a kind.
pub(super) const NONE: &str = "intents/none/";
pub(super) const SMALL_TALK: &str = "intents/smalltalk.toml";
pub(super) const TOPICS: &str = "topics/";
pub(super) const PROJECTS: &str = "projects/";
pub(super) const TOOLS: &str = "tools/";
pub(super) const PATHS: &str = "onboarding/paths/";
pub(super) const QUIZ: &str = "onboarding/quiz.toml";
const ENDING: &str = ".toml";

/// Longest id of a topic or project in characters: it has to fit into the state of a button.
const LONGEST_ID: usize = 40;

/// The data files while they are read.
pub(super) struct Folder<'f> {
    files: BTreeMap<&'f str, &'f str>,
    problems: Vec<Problem>,
    origins: Origins,
}

impl<'f> Folder<'f> {
    /// The files of a folder, given as (name, text); those whose names do not end in `.toml` are ignored.
    pub(super) fn new(files: impl Iterator<Item = (&'f str, &'f str)>) -> Self {
        let files: BTreeMap<&str, &str> = files.filter(|(name, _)| name.ends_with(ENDING)).collect();
        let problems = unexpected_files(&files);
        Self { files, problems, origins: Origins::default() }
    }

    /// Reads a file; it is a problem if there is none of this name. `what` names the content in messages.
    pub(super) fn read<T>(
        &mut self,
        name: &str,
        what: &'static str,
        read: impl FnOnce(Section<'_, '_>) -> T,
    ) -> Option<T> {
        let Some(text) = self.files.get(name) else {
            self.problems.push(Problem::new(name, 1, format!("the file is missing, expected {what}")));
            return None;
        };
        let file = File::new(name, text);
        let value = read(file.root(what));
        let (problems, lines) = file.finish();
        self.problems.extend(problems);
        self.origins.add(name, lines);
        Some(value)
    }

    /// Reads a file that may be left out.
    pub(super) fn read_optional<T: Default>(
        &mut self,
        name: &str,
        what: &'static str,
        read: impl FnOnce(Section<'_, '_>) -> T,
    ) -> T {
        if !self.files.contains_key(name) {
            return T::default();
        }
        self.read(name, what, read).unwrap_or_default()
    }

    /// Reads every file below a folder, in order of their ids.
    pub(super) fn read_all<T>(
        &mut self,
        folder: &str,
        what: &'static str,
        mut read: impl FnMut(&str, Section<'_, '_>) -> T,
    ) -> Vec<T> {
        let mut all = Vec::new();
        for id in self.ids(folder) {
            let name = file_name(folder, id);
            if !is_id(id) || id.is_empty() || id.len() > LONGEST_ID {
                let expected = format!("expected a name of a–z, 0–9 and -, at most {LONGEST_ID} long");
                self.problems.push(Problem::new(&name, 1, format!("`{id}` cannot be an id, {expected}")));
            }
            all.extend(self.read(&name, what, |section| read(id, section)));
        }
        all
    }

    /// The ids of the files below a folder, sorted.
    pub(super) fn ids(&self, folder: &str) -> Vec<&'f str> {
        self.files.keys().filter_map(|name| name.strip_prefix(folder)?.strip_suffix(ENDING)).collect()
    }

    pub(super) fn add(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Where the texts are.
    ///
    /// # Errors
    /// Every problem, sorted by file and line, each once.
    pub(super) fn finish(self) -> Result<Origins, Vec<Problem>> {
        let mut problems = self.problems;
        problems.sort();
        problems.dedup();
        if problems.is_empty() { Ok(self.origins) } else { Err(problems) }
    }
}

pub(super) fn file_name(folder: &str, id: &str) -> String {
    format!("{folder}{id}{ENDING}")
}

fn unexpected_files(files: &BTreeMap<&str, &str>) -> Vec<Problem> {
    let expected = |name: &str| {
        [COMPARISON, SOURCES, CRITERIA, RELEASES, VOCABULARY, QUIZ, SMALL_TALK].contains(&name)
            || INTENTS.contains(&name)
            || [TOPICS, PROJECTS, TOOLS, PATHS, NONE].iter().any(|folder| name.starts_with(folder))
    };
    let unexpected = files.keys().filter(|name| !expected(name));
    let what = "the file belongs to nothing, expected comparison, sources, criteria, releases or vocabulary.toml or one in \
                topics/, projects/, tools/, intents/ or onboarding/";
    unexpected.map(|name| Problem::new(name, 1, what)).collect()
}
