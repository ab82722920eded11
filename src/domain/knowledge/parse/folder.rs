//! The data files by name, the problems found in them, and where their texts are.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::is_id;
use super::section::{File, Found, Section};
use super::suggestion::closest;
use crate::knowledge::{Item, Origins, Problem};

pub(super) const COMPARISON: &str = "comparison.toml";
pub(super) const SOURCES: &str = "sources.toml";
pub(super) const CRITERIA: &str = "criteria.toml";
pub(super) const RELEASES: &str = "releases.toml";
pub(super) const VOCABULARY: &str = "vocabulary.toml";
pub(super) const INTENTS: [&str; 3] = ["intents/onboarding.toml", "intents/help.toml", "intents/none.toml"];
/// More of what the bot should not answer, one file a kind.
pub(super) const NONE: &str = "intents/none/";
pub(super) const SMALL_TALK: &str = "intents/smalltalk.toml";
pub(super) const ABOUT_BOT: &str = "intents/about-the-bot.toml";
pub(super) const TOPICS: &str = "topics/";
pub(super) const PROJECTS: &str = "projects/";
pub(super) const TOOLS: &str = "tools/";
pub(super) const PATHS: &str = "onboarding/paths/";
pub(super) const QUIZ: &str = "onboarding/quiz.toml";

/// The files that a data folder may have, each by its name.
pub const FILES: [&str; 11] = {
    let [onboarding, help, none] = INTENTS;
    [COMPARISON, SOURCES, CRITERIA, RELEASES, VOCABULARY, QUIZ, onboarding, help, none, SMALL_TALK, ABOUT_BOT]
};
/// The folders of which every file belongs to a data folder whose name ends in [`ENDING`].
pub const FOLDERS: [&str; 5] = [TOPICS, PROJECTS, TOOLS, PATHS, NONE];
/// The end of a data file's name.
pub const ENDING: &str = ".toml";
/// The folder of what every comparison inherits, in files of the same names.
pub const GENERAL: &str = "general/";

/// Longest id of a topic or project in characters: it has to fit into the state of a button.
const LONGEST_ID: usize = 40;

/// The data files while they are read.
pub(super) struct Folder<'f> {
    files: BTreeMap<&'f str, &'f str>,
    /// Files that are there and could not be read.
    unreadable: BTreeSet<&'f str>,
    /// Files of which a part was not found, because it is not TOML or stands in a misspelt field.
    broken: BTreeSet<String>,
    problems: Vec<Problem>,
    references: Vec<Problem>,
    cited: BTreeSet<String>,
    origins: Origins,
}

impl<'f> Folder<'f> {
    /// The files of a folder, given as (name, text), and what is wrong with those that could not be read. Files whose names
    /// do not end in `.toml` are ignored.
    pub(super) fn new(files: impl Iterator<Item = (&'f str, &'f str)>, unreadable: &'f [Problem]) -> Self {
        let files: BTreeMap<&str, &str> = files.filter(|(name, _)| name.ends_with(ENDING)).collect();
        let mut problems = unexpected_files(&files);
        problems.extend_from_slice(unreadable);
        // A file or a folder of a misspelt name is there as well.
        let misnamed = problems.iter().filter_map(|problem| closest(&problem.file, FILES.into_iter()));
        let meant =
            |problem: &Problem| closest(&problem.file, FOLDERS.into_iter().map(|folder| folder.trim_end_matches('/')));
        let in_folders = problems
            .iter()
            .filter_map(meant)
            .filter_map(|meant| FOLDERS.into_iter().find(|folder| folder.trim_end_matches('/') == meant));
        let unreadable: BTreeSet<&str> =
            unreadable.iter().map(|problem| problem.file.as_str()).chain(misnamed).chain(in_folders).collect();
        Self {
            files,
            unreadable,
            broken: BTreeSet::new(),
            problems,
            references: Vec::new(),
            cited: BTreeSet::new(),
            origins: Origins::default(),
        }
    }

    /// Reads a file; it is a problem if there is none of this name. `what` names the content in messages.
    pub(super) fn read<T>(
        &mut self,
        name: &str,
        what: &'static str,
        read: impl FnOnce(Section<'_, '_>) -> T,
    ) -> Option<T> {
        let general_name = format!("{GENERAL}{name}");
        let general = self.files.get(general_name.as_str()).copied();
        let found = match self.files.get(name) {
            Some(own) => Some((name, *own, general)),
            None => general.map(|text| (general_name.as_str(), text, None)),
        };
        let Some((name, text, general)) = found else {
            if !self.unreadable.contains(name) {
                self.problems.push(Problem::new(name, 1, format!("the file is missing, expected {what}")));
            }
            return None;
        };
        let file = File::new(name, text);
        let general = general.map(|text| File::new(&general_name, text));
        let value = read(file.root(what).with_general(general.as_ref().map(|general| general.root(what))));
        self.take_in(name, file.finish());
        if let Some(general) = general {
            self.take_in(&general_name, general.finish());
        }
        Some(value)
    }

    fn take_in(&mut self, name: &str, found: Found) {
        let Found { is_whole, problems, references, cited, lines } = found;
        if !is_whole {
            self.broken.insert(name.to_owned());
        }
        self.problems.extend(problems);
        self.references.extend(references);
        self.cited.extend(cited);
        self.origins.add(name, lines);
    }

    /// Whether all that a file may define is known: it was read as a whole. Of a folder, whether each of its files was.
    pub(super) fn is_whole(&self, name: &str) -> bool {
        let is_in = |file: &str| file == name || name.ends_with('/') && file.starts_with(name);
        let is_there = name.ends_with('/') || self.files.contains_key(name);
        is_there && !self.unreadable.iter().any(|file| is_in(file)) && !self.broken.iter().any(|file| is_in(file))
    }

    /// Whether there is a file of this name, be it readable or not.
    pub(super) fn has(&self, name: &str) -> bool {
        let general = format!("{GENERAL}{name}");
        self.files.contains_key(name) || self.unreadable.contains(name) || self.files.contains_key(general.as_str())
    }

    /// Whether every file was read as a whole.
    pub(super) fn is_all_whole(&self) -> bool {
        self.unreadable.is_empty() && self.broken.is_empty()
    }

    /// The sources that are named anywhere.
    pub(super) fn cited(&self) -> &BTreeSet<String> {
        &self.cited
    }

    /// Reads a file that may be left out.
    pub(super) fn read_optional<T: Default>(
        &mut self,
        name: &str,
        what: &'static str,
        read: impl FnOnce(Section<'_, '_>) -> T,
    ) -> T {
        if self.has(name) { self.read(name, what, read).unwrap_or_default() } else { T::default() }
    }

    /// Reads every file below a folder, in order of their ids.
    pub(super) fn read_all<T>(
        &mut self,
        folder: &str,
        what: &'static str,
        mut read: impl FnMut(&str, Section<'_, '_>) -> T,
    ) -> Vec<T> {
        let mut all = Vec::new();
        for id in self.readable_ids(folder) {
            let name = file_name(folder, id);
            if !is_id(id) || id.is_empty() || id.len() > LONGEST_ID {
                let expected = format!("expected a name of a–z, 0–9 and -, at most {LONGEST_ID} long");
                self.problems.push(Problem::new(&name, 1, format!("`{id}` cannot be an id, {expected}")));
            }
            all.extend(self.read(&name, what, |section| read(id, section)));
        }
        all
    }

    /// The ids of the files below a folder, readable or not; those of the general files are among them.
    pub(super) fn ids(&self, folder: &str) -> BTreeSet<&'f str> {
        let names = self.files.keys().chain(&self.unreadable);
        names.filter_map(|name| without_ending(own_name(name).strip_prefix(folder)?)).collect()
    }

    /// Whether a folder is there and can be read.
    pub(super) fn is_readable(&self, folder: &str) -> bool {
        !self.unreadable.contains(folder)
    }

    fn readable_ids(&self, folder: &str) -> Vec<&'f str> {
        let names = self.files.keys().filter_map(|name| own_name(name).strip_prefix(folder)?.strip_suffix(ENDING));
        names.collect::<BTreeSet<_>>().into_iter().collect()
    }

    pub(super) fn add(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// The line of a text in a file that was read.
    pub(super) fn line(&self, file: &str, item: Item) -> usize {
        self.origins.line(file, item)
    }

    /// Adds that something is named that is not there.
    pub(super) fn add_reference(&mut self, problem: Problem) {
        self.references.push(problem);
    }

    /// Where the texts are.
    ///
    /// # Errors
    /// Every problem, sorted by file and line, each once.
    pub(super) fn finish(self) -> Result<Origins, Vec<Problem>> {
        let mut problems = self.problems;
        problems.extend(each_once(self.references));
        problems.sort();
        problems.dedup();
        if problems.is_empty() { Ok(self.origins) } else { Err(problems) }
    }
}

/// What several lines say of the same thing is said once, at the first of them.
fn each_once(mut references: Vec<Problem>) -> Vec<Problem> {
    references.sort();
    references.dedup();
    let mut first: Vec<(Problem, usize)> = Vec::new();
    for problem in references {
        match first.iter_mut().find(|(known, _)| known.what == problem.what) {
            Some((_, others)) => *others += 1,
            None => first.push((problem, 0)),
        }
    }
    let once = first.into_iter().map(|(Problem { file, line, what }, others)| match others {
        0 => Problem { file, line, what },
        1 => Problem { what: format!("{what} (and in 1 more line)"), file, line },
        others => Problem { what: format!("{what} (and in {others} more lines)"), file, line },
    });
    once.collect()
}

pub(super) fn file_name(folder: &str, id: &str) -> String {
    format!("{folder}{id}{ENDING}")
}

/// The name of a file without its ending, which may be one with capitals.
fn without_ending(name: &str) -> Option<&str> {
    let (before, ending) = name.split_at_checked(name.len().checked_sub(ENDING.len())?)?;
    ending.eq_ignore_ascii_case(ENDING).then_some(before)
}

/// The name of a file without the folder of what is inherited.
fn own_name(name: &str) -> &str {
    name.strip_prefix(GENERAL).unwrap_or(name)
}

/// Whether a data folder may have a file of this name.
pub fn is_data_file(name: &str) -> bool {
    FILES.contains(&name) || FOLDERS.iter().any(|folder| name.starts_with(folder))
}

/// What is wrong with a file that a data folder does not have.
pub fn unexpected(name: &str) -> Problem {
    let what = match closest(name, FILES.into_iter()) {
        Some(meant) => format!("the file belongs to nothing, did you mean `{meant}`"),
        None => "the file belongs to nothing, expected comparison, sources, criteria, releases or vocabulary.toml or one in \
                 topics/, projects/, tools/, intents/ or onboarding/"
            .to_owned(),
    };
    Problem::new(name, 1, what)
}

/// What is wrong with a folder whose name is misspelt; nothing for any other that lies there.
pub fn misplaced(name: &str) -> Option<Problem> {
    let known: BTreeSet<&str> = FOLDERS.iter().chain(&FILES).filter_map(|name| Some(name.split_once('/')?.0)).collect();
    let meant = closest(name, known.into_iter())?;
    Some(Problem::new(name, 1, format!("the folder belongs to nothing, did you mean `{meant}`")))
}

fn unexpected_files(files: &BTreeMap<&str, &str>) -> Vec<Problem> {
    files.keys().filter(|name| !is_data_file(own_name(name))).map(|name| unexpected(name)).collect()
}
