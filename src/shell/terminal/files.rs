//! Files of the folder in which the program was started: an answer's own, and the one that a person names.

use std::fs::{self, File as OnDisk};
use std::io::{ErrorKind, Read, Write};

use crate::presentation::backup::LARGEST;
use crate::presentation::reply::File;
use crate::presentation::wording::terminal as wording;

/// Files of one name that are kept beside each other.
const OF_ONE_NAME: usize = 99;

/// Writes the file of an answer, beside an earlier one of its name, and says what became of it.
pub(super) fn save(file: &File) -> String {
    let numbered = |number: usize| match file.name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{number}.{ending}"),
        None => format!("{}-{number}", file.name),
    };
    let names = std::iter::once(file.name.to_owned()).chain((2..=OF_ONE_NAME).map(numbered));
    for name in names {
        match OnDisk::create_new(&name).and_then(|mut created| created.write_all(file.text.as_bytes())) {
            Ok(()) => return wording::saved_as(&name),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return wording::not_saved(&name, &error.to_string()),
        }
    }
    wording::not_saved(file.name, &ErrorKind::AlreadyExists.to_string())
}

/// The text of a file.
///
/// # Errors
/// Why it cannot be read, as a sentence.
pub(super) fn read(name: &str) -> Result<String, String> {
    let unreadable = |error: std::io::Error| wording::unreadable(name, &error.to_string());
    // A pipe or a device would be waited for without end.
    if !fs::metadata(name).map_err(unreadable)?.is_file() {
        return Err(wording::unreadable(name, "it is not a file"));
    }
    let mut bytes = Vec::new();
    let most = LARGEST as u64 + 1;
    OnDisk::open(name).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() > LARGEST {
        return Err(wording::too_large(name, LARGEST));
    }
    String::from_utf8(bytes).map_err(|error| wording::unreadable(name, &error.to_string()))
}
