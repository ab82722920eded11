//! `versus new`: a small comparison with comments, to begin one's own.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::{Failure, clock, output};
use crate::domain::knowledge::Date;

/// The files of the comparison, each with its name.
const FILES: [(&str, &str); 5] = [
    ("README.md", include_str!("template/README.md")),
    ("comparison.toml", include_str!("template/comparison.toml")),
    ("sources.toml", include_str!("template/sources.toml")),
    ("topics/caffeine.toml", include_str!("template/topics/caffeine.toml")),
    ("topics/taste.toml", include_str!("template/topics/taste.toml")),
];
/// Stands in the files for the day on which they are written, and is as long, so that comments stay aligned.
const TODAY: &str = "YYYY-MM-DD";

/// Writes a small comparison into a folder, which must not be there or be empty.
///
/// # Errors
/// There is something in the folder already, or it cannot be written.
pub fn run(folder: &Path) -> Result<(), Failure> {
    let name = folder.display();
    let unwritable = |error: &std::io::Error| {
        Failure::new(format!("{name} cannot be written: {error}"), "give another folder, or free some space")
    };
    match fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(true) => {}
        Ok(false) => return Err(Failure::new(format!("there is something in {name} already"), "give a new folder")),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(unwritable(&error)),
    }
    let Date { year, month, day } = clock::today();
    let today = format!("{year}-{month:02}-{day:02}");
    for (file, text) in FILES {
        let file = folder.join(file);
        fs::create_dir_all(file.parent().unwrap_or(folder)).map_err(|error| unwritable(&error))?;
        fs::write(&file, text.replace(TODAY, &today)).map_err(|error| unwritable(&error))?;
    }
    output::line(&format!(
        "{name} holds a small comparison; change its files, then\n  versus check {name}\n  versus --data {name} ask \"which has more caffeine?\""
    ))
}
