//! The data folder: compiled in, or read from the file system.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Failure;
#[cfg(feature = "sentences")]
use super::sentences;
use crate::domain::core::Core;
use crate::domain::knowledge::{Examples, Knowledge, Origins, parse};
use crate::domain::recommendation;
use crate::presentation;

/// The knowledge that the program was built with, so that it runs from any folder; the build script wrote it.
static COMPILED_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.bin"));
/// Where the texts of that knowledge are.
static COMPILED_IN_ORIGINS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/origins.bin"));

/// How the compiled-in folder is called in messages.
const COMPILED_IN_NAME: &str = "data";

/// Loads the knowledge from a folder, or the compiled-in knowledge.
///
/// # Errors
/// Every problem of the data, or that the folder cannot be read.
pub fn load(folder: Option<&Path>) -> Result<Core, Failure> {
    // What is compiled in was checked before it was released; presenting all of it would take time at every start.
    let Some(folder) = folder else { return Ok(with_sentences(compiled_in(COMPILED_IN)?, None)) };
    let name = folder.display().to_string();
    let name = name.trim_end_matches('/');
    let parsed = parse(&files_in(folder)?).map_err(|problems| Failure::in_data(name, &problems))?;
    let core = Core::new(parsed.knowledge, &parsed.examples);
    validate(&core, &parsed.origins, name)?;
    Ok(with_sentences(core, Some((folder, &parsed.examples))))
}

/// Adds the model that reads sentences. Of a folder with another comparison the nearest examples decide.
#[cfg(feature = "sentences")]
fn with_sentences(core: Core, folder: Option<(&Path, &Examples)>) -> Core {
    let trained = sentences::trained(core.knowledge(), core.matcher());
    let sentences = trained.or_else(|| folder.and_then(|(folder, examples)| sentences::by_examples(examples, folder)));
    core.with_sentences(sentences)
}

#[cfg(not(feature = "sentences"))]
fn with_sentences(core: Core, _: Option<(&Path, &Examples)>) -> Core {
    core
}

fn compiled_in<T: Deserialize<'static>>(bytes: &'static [u8]) -> Result<T, Failure> {
    postcard::from_bytes(bytes)
        .map_err(|error| Failure::new(format!("the compiled-in knowledge cannot be read: {error}"), "rebuild versus"))
}

/// Loads the knowledge with where its texts are, without checking whether it can be shown.
///
/// # Errors
/// Every problem of the data, or that the folder cannot be read.
pub(super) fn load_with_origins(folder: Option<&Path>) -> Result<(Knowledge, Origins), Failure> {
    let Some(folder) = folder else {
        let core: Core = compiled_in(COMPILED_IN)?;
        return Ok((core.into_knowledge(), compiled_in(COMPILED_IN_ORIGINS)?));
    };
    let name = folder.display().to_string();
    let parsed =
        parse(&files_in(folder)?).map_err(|problems| Failure::in_data(name.trim_end_matches('/'), &problems))?;
    Ok((parsed.knowledge, parsed.origins))
}

/// Checks that all of the knowledge can be shown, and that it agrees with what its projects say of themselves.
fn validate(core: &Core, origins: &Origins, name: &str) -> Result<(), Failure> {
    let mut problems = presentation::entries_that_do_not_fit(core.knowledge(), origins);
    problems.extend(recommendation::disagreements(core.knowledge(), origins));
    problems.sort();
    problems.dedup();
    if problems.is_empty() { Ok(()) } else { Err(Failure::in_data(name, &problems)) }
}

/// Lists every problem of a folder.
///
/// # Errors
/// Every problem of the data, or that the folder cannot be read.
pub fn check(folder: Option<&Path>) -> Result<(), Failure> {
    let core = load(folder)?;
    if folder.is_none() {
        validate(&core, &compiled_in(COMPILED_IN_ORIGINS)?, COMPILED_IN_NAME)?;
    }
    let knowledge = core.knowledge();
    let (topics, projects) = (knowledge.topics.len(), knowledge.projects.len());
    let names = core.matcher().label_names(knowledge);
    let unknown = core.sentences().map(|sentences| sentences.unknown(&names)).unwrap_or_default();
    let mut stdout = std::io::stdout().lock();
    // A reader who closed the pipe wants no more.
    let _ = writeln!(
        stdout,
        "no problems: {topics} topics, {projects} kinds of project, {} tours, {} quiz questions",
        knowledge.onboarding.paths.len(),
        knowledge.onboarding.questions.len()
    );
    if !unknown.is_empty() {
        let unknown = unknown.join(", ");
        let _ =
            writeln!(stdout, "the sentence model does not know {unknown} yet: words decide until it is trained again");
    }
    Ok(())
}

fn files_in(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let entries = fs::read_dir(&next).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        for entry in entries.map_err(|error| unreadable(&next, &error))? {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
                files.push((name_in(folder, &path), text));
            }
        }
    }
    Ok(files)
}

/// The name of a file relative to the data folder, with slashes on every system.
fn name_in(folder: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    let cause = format!("{} cannot be read: {error}", path.display());
    Failure::new(cause, "give --data or VERSUS_DATA a readable data folder, or none for the compiled-in knowledge")
}
