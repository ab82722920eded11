//! Reads the files of a data folder: those that the format knows, and no others. Nothing else that lies there is opened, and
//! no folder is walked through.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::Failure;
use crate::domain::knowledge::{ENDING, FILES, FOLDERS, Problem, is_data_file, misplaced, unexpected};

/// Bytes of a file; the largest of the data that comes with the program has a tenth of that.
const LARGEST_FILE: u64 = 1 << 20;
/// Bytes of all files together.
const LARGEST_FOLDER: usize = 32 << 20;
/// Entries of a folder, of whatever kind.
const MOST_ENTRIES: usize = 10_000;
/// Files that are read.
const MOST_FILES: usize = 2_000;

/// What a data folder has.
#[derive(Debug, Default)]
pub(super) struct DataFiles {
    /// The texts with their names relative to the folder, with slashes on every system.
    pub(super) texts: Vec<(String, String)>,
    /// What is wrong with files that are there and cannot be read, or that do not belong there.
    pub(super) problems: Vec<Problem>,
}

/// A file under a name that the format knows.
struct Candidate {
    name: String,
    path: PathBuf,
    /// Of two names of one file the one that is not a link is read.
    is_link: bool,
}

/// What makes a file the same under another name.
#[cfg(unix)]
type Id = (u64, u64);
#[cfg(not(unix))]
type Id = PathBuf;

/// Reads a data folder.
///
/// # Errors
/// It is not a data folder, or cannot be read at all.
pub(super) fn read(folder: &Path) -> Result<DataFiles, Failure> {
    fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    if !FILES.iter().chain(&FOLDERS).any(|name| folder.join(name).exists()) {
        let remedy =
            "give a folder that has a comparison.toml and a folder topics/, or none for the compiled-in knowledge";
        return Err(Failure::new(format!("{} is not a data folder", folder.display()), remedy));
    }
    let mut files = DataFiles::default();
    let mut candidates = files.find(folder);
    candidates.sort_by(|one, other| (one.is_link, &one.name).cmp(&(other.is_link, &other.name)));
    let mut known = BTreeSet::new();
    let mut left = LARGEST_FOLDER;
    for Candidate { name, path, .. } in candidates {
        match read_file(&path, &mut known) {
            Ok(Some(text)) if text.len() > left => {
                files.problem(&name, 1, format!("the folder has more than {LARGEST_FOLDER} bytes, expected less"));
                break;
            }
            Ok(Some(text)) => {
                left -= text.len();
                files.texts.push((name, text));
            }
            Ok(None) => {}
            Err((line, what)) => files.problem(&name, line, what),
        }
    }
    Ok(files)
}

impl DataFiles {
    fn problem(&mut self, name: &str, line: usize, what: impl Into<String>) {
        self.problems.push(Problem::new(name, line, what));
    }

    /// The files under names that the format knows. Other data files, which it does not, are problems.
    fn find(&mut self, folder: &Path) -> Vec<Candidate> {
        let mut below: BTreeSet<&str> = FOLDERS.into_iter().collect();
        // The names of the folders end with a slash, as those of FOLDERS do.
        below.extend(
            FILES
                .iter()
                .filter_map(|name| Some(name.split_inclusive('/').next()?).filter(|first| first.ends_with('/'))),
        );
        below.insert("");
        let mut candidates = Vec::new();
        for below in below {
            for entry in self.entries(folder, below) {
                let name = format!("{below}{entry}");
                let path = folder.join(below).join(&entry);
                let is_link = path.is_symlink();
                if let Some(what) = fault_of_name(&entry, &path) {
                    self.problem(&name, 1, what);
                } else if entry.ends_with(ENDING) && is_data_file(&name) {
                    candidates.push(Candidate { name, path, is_link });
                } else if entry.ends_with(ENDING) {
                    self.problems.push(unexpected(&name));
                } else if below.is_empty() && path.is_dir() {
                    self.problems.extend(misplaced(&entry));
                }
            }
        }
        if candidates.len() > MOST_FILES {
            self.problem(".", 1, format!("the folder has more than {MOST_FILES} files, expected fewer"));
            candidates.truncate(MOST_FILES);
        }
        candidates
    }

    /// The names of what is in a folder of the data folder, but for those that begin with a dot: editors and mounts have those.
    fn entries(&mut self, folder: &Path, below: &str) -> Vec<String> {
        let entries = match fs::read_dir(folder.join(below)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
            Err(error) => {
                self.problem(below, 1, format!("the folder cannot be read: {error}"));
                return Vec::new();
            }
        };
        let entries = entries.take(MOST_ENTRIES + 1).filter_map(Result::ok);
        let names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        if names.len() > MOST_ENTRIES {
            self.problem(below, 1, format!("the folder has more than {MOST_ENTRIES} entries, expected fewer"));
        }
        names.into_iter().filter(|name| !name.starts_with('.')).collect()
    }
}

/// Why the name of a file cannot be meant, although its ending is nearly that of a data file.
fn fault_of_name(name: &str, path: &Path) -> Option<&'static str> {
    if !name.to_ascii_lowercase().ends_with(ENDING) {
        return None;
    }
    if !name.ends_with(ENDING) {
        return Some("the name ends in capitals, expected `.toml`");
    }
    // What is not UTF-8 was replaced, so that there is no file of this name.
    let is_replaced = name.contains(char::REPLACEMENT_CHARACTER) && path.symlink_metadata().is_err();
    is_replaced.then_some("the name is not UTF-8, expected a–z, 0–9 and -")
}

/// The text of a file; nothing if it was read under another name. What is wrong comes with the line.
fn read_file(path: &Path, known: &mut BTreeSet<Id>) -> Result<Option<String>, (usize, String)> {
    let failed = |error: io::Error| (1, format!("the file cannot be read: {error}"));
    let metadata = fs::metadata(path).map_err(failed)?;
    // A pipe would be waited for without end.
    if !metadata.is_file() {
        return Err((1, "it is not a file, expected one".to_owned()));
    }
    if !known.insert(id(path, &metadata).map_err(failed)?) {
        return Ok(None);
    }
    // A file that the kernel generates while it is read has no length, and some of them, such as its log, never end.
    if metadata.len() == 0 {
        return Ok(Some(String::new()));
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err((1, format!("the file has more than {LARGEST_FILE} bytes, expected less")));
    }
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let valid = error.as_bytes().iter().take(error.utf8_error().valid_up_to());
        let line = valid.filter(|byte| **byte == b'\n').count() + 1;
        (line, "the line is not UTF-8, expected UTF-8".to_owned())
    })
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it may fail")]
fn id(_: &Path, metadata: &Metadata) -> io::Result<Id> {
    use std::os::unix::fs::MetadataExt;
    Ok((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn id(path: &Path, _: &Metadata) -> io::Result<Id> {
    path.canonicalize()
}

fn unreadable(folder: &Path, error: &io::Error) -> Failure {
    let cause = format!("{} cannot be read: {error}", folder.display());
    Failure::new(cause, "give --data or VERSUS_DATA a readable data folder, or none for the compiled-in knowledge")
}
