//! The knowledge in `data/`: complete, sourced, and refused with every problem at once when it is bad. One file for each
//! kind of data file.

mod comparison;
mod criteria;
mod folder;
mod projects;
mod quiz;
mod releases;
mod tools;
mod topics;
mod tours;
mod vocabulary;

use std::fs;
use std::path::PathBuf;

use expect_test::Expect;
use versus::domain::knowledge::{Knowledge, Parsed, Problem, parse};

/// The data of the program.
const DATA: &str = "data";
/// A small comparison.
const OTHER: &str = "tests/it/other_comparison/data";

/// The data files of a folder, each with its name relative to it.
pub(crate) fn data_files(folder: &str) -> Vec<(String, String)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                let name = path.strip_prefix(&root).expect("it lies below").to_str().expect("it is UTF-8");
                files.push((name.replace('\\', "/"), fs::read_to_string(&path).expect("it is UTF-8")));
            }
        }
    }
    files
}

pub(crate) fn parsed(folder: &str) -> Parsed {
    parse(&data_files(folder)).expect("the data is good")
}

pub(crate) fn knowledge(folder: &str) -> Knowledge {
    parsed(folder).knowledge
}

/// The small comparison with one file changed.
#[track_caller]
fn other_with(file: &str, old: &str, new: &str) -> Vec<(String, String)> {
    let mut files = data_files(OTHER);
    let (_, text) = files.iter_mut().find(|(name, _)| name == file).expect("the file is there");
    assert!(text.contains(old), "{file} does not contain {old:?}");
    *text = text.replacen(old, new, 1);
    files
}

/// Changes one file of the small comparison and lists what is wrong with it then.
#[track_caller]
fn check(file: &str, old: &str, new: &str, expected: Expect) {
    let problems = parse(&other_with(file, old, new)).expect_err("there is a problem");
    expected.assert_eq(&lines(&problems));
}

/// Adds a text to a file of the small comparison, or a file of that text, and lists what is wrong with it then.
#[track_caller]
fn check_added(file: &str, added: &str, expected: Expect) {
    let problems = parse(&other_and(file, added)).err().unwrap_or_default();
    expected.assert_eq(&lines(&problems));
}

/// The small comparison with a text added to one file, or with one more file.
fn other_and(file: &str, added: &str) -> Vec<(String, String)> {
    let mut files = data_files(OTHER);
    match files.iter_mut().find(|(name, _)| name == file) {
        Some((_, text)) => text.push_str(added),
        None => files.push((file.to_owned(), added.to_owned())),
    }
    files
}

fn lines(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The small comparison in a fresh folder of this test's own, with one file changed.
pub(crate) fn folder_with(name: &str, file: &str, old: &str, new: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("versus-test-{name}-{}", std::process::id()));
    for (name, text) in data_files(OTHER) {
        let text = if name == file { text.replacen(old, new, 1) } else { text };
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }
    folder
}
