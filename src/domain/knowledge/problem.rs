//! A problem of the data folder, written so that the person who edits the file can fix it.

use std::fmt;

/// One problem: where it is, what is wrong and what is expected.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, relative to the data folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what is expected, without a full stop.
    pub what: String,
}

impl Problem {
    /// A problem in a line of a file.
    pub fn new(file: &str, line: usize, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, what: what.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}
