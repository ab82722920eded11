//! The data folder: compiled in, or read from the file system.

use std::path::Path;

use serde::Deserialize;

use super::folder::{self, DataFiles};
#[cfg(feature = "sentences")]
use super::sentences;
use super::{Failure, clock, output};
use crate::domain::compiled_in::{self, Parts};
use crate::domain::core::Core;
use crate::domain::knowledge::{Date, Examples, Knowledge, Origins, Parsed, parse_on};
use crate::domain::recommendation;
use crate::presentation::{self, wording::count};

/// How the compiled-in folder is called in messages.
const COMPILED_IN_NAME: &str = "data";

/// Loads the knowledge from a folder, or the compiled-in knowledge.
///
/// # Errors
/// Every problem of the data, or that the folder cannot be read.
pub fn load(folder: Option<&Path>) -> Result<Core, Failure> {
    // What is compiled in was checked before it was released; presenting all of it would take time at every start.
    match folder {
        Some(folder) => load_folder(folder, None),
        None => Ok(with_sentences(compiled_in_core()?, None)),
    }
}

/// Loads the knowledge from a folder; on a day, if dates after it are problems.
fn load_folder(folder: &Path, today: Option<Date>) -> Result<Core, Failure> {
    let Parsed { knowledge, examples, origins } = parse_folder(folder, today)?;
    let core = Core::new(knowledge, &examples);
    validate(&core, &origins, &name_of(folder))?;
    Ok(with_sentences(core, Some((folder, &examples))))
}

/// Adds the model that reads sentences. Of a folder with another comparison the nearest examples decide.
#[cfg(feature = "sentences")]
fn with_sentences(core: Core, folder: Option<(&Path, &Examples)>) -> Core {
    let trained = sentences::trained(core.knowledge(), core.matcher());
    let core = if trained.is_some() { core.with_meanings(versus_sentences::wordings()) } else { core };
    let sentences = trained.or_else(|| folder.and_then(|(folder, examples)| sentences::by_examples(examples, folder)));
    core.with_sentences(sentences)
}

#[cfg(not(feature = "sentences"))]
fn with_sentences(core: Core, _: Option<(&Path, &Examples)>) -> Core {
    core
}

fn parse_folder(folder: &Path, today: Option<Date>) -> Result<Parsed, Failure> {
    let DataFiles { mut texts, problems } = folder::read(folder)?;
    texts.extend(compiled_in_general()?);
    parse_on(&texts, &problems, today).map_err(|problems| Failure::in_data(&name_of(folder), &problems))
}

/// How a folder is called in messages.
fn name_of(folder: &Path) -> String {
    folder.display().to_string().trim_end_matches('/').to_owned()
}

/// The knowledge that the program was built with, so that it runs from any folder; the build script wrote it.
// What is read stands in functions: what the compiler keeps about this package would have the bytes of a static once more.
fn compiled_in_core() -> Result<Core, Failure> {
    let read = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.bin"));
    let tables = include_bytes!(concat!(env!("OUT_DIR"), "/tables.bin"));
    compiled_in::read(Parts { read, tables }).map_err(unreadable)
}

/// Where the texts of that knowledge are.
fn compiled_in_origins() -> Result<Origins, Failure> {
    short(include_bytes!(concat!(env!("OUT_DIR"), "/origins.bin")))
}

/// The files that every comparison inherits, each with its name.
fn compiled_in_general() -> Result<Vec<(String, String)>, Failure> {
    short(include_bytes!(concat!(env!("OUT_DIR"), "/general.bin")))
}

fn short<T: Deserialize<'static>>(bytes: &'static [u8]) -> Result<T, Failure> {
    postcard::from_bytes(bytes).map_err(unreadable)
}

fn unreadable(error: postcard::Error) -> Failure {
    Failure::new(format!("the compiled-in knowledge cannot be read: {error}"), "rebuild versus")
}

/// Loads the knowledge with where its texts are, without checking whether it can be shown.
///
/// # Errors
/// Every problem of the data, or that the folder cannot be read.
pub(super) fn load_with_origins(folder: Option<&Path>) -> Result<(Knowledge, Origins), Failure> {
    let Some(folder) = folder else {
        let core: Core = compiled_in_core()?;
        return Ok((core.into_knowledge(), compiled_in_origins()?));
    };
    let Parsed { knowledge, origins, .. } = parse_folder(folder, None)?;
    Ok((knowledge, origins))
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
    let core = match folder {
        Some(folder) => load_folder(folder, Some(clock::today()))?,
        None => {
            let core = load(None)?;
            validate(&core, &compiled_in_origins()?, COMPILED_IN_NAME)?;
            core
        }
    };
    let knowledge = core.knowledge();
    output::line(&format!(
        "no problems: {}, {}, {}, {}",
        count(knowledge.topics.len(), "topic", "topics"),
        count(knowledge.projects.len(), "kind of project", "kinds of project"),
        count(knowledge.onboarding.paths.len(), "tour", "tours"),
        count(knowledge.onboarding.questions.len(), "quiz question", "quiz questions"),
    ))?;
    let names = core.matcher().label_names(knowledge);
    let unknown = core.sentences().map(|sentences| sentences.unknown(&names)).unwrap_or_default();
    if unknown.is_empty() {
        return Ok(());
    }
    let unknown = unknown.join(", ");
    output::line(&format!("the sentence model does not know {unknown} yet: words decide until it is trained again"))
}
