//! What keeps the program from going on: one line with the cause and what to do about it.

use std::fmt;
use std::io::Write;
use std::process::ExitCode;

use crate::domain::knowledge::{Problem, Visible};

/// The reason why the program stops.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    cause: String,
    remedy: String,
    /// Lines that are shown before the cause, such as the problems of a data folder.
    details: Vec<String>,
    /// Whether it is no fault, and nothing is reported.
    is_silent: bool,
}

impl Failure {
    /// A cause and its remedy, both without a full stop.
    pub fn new(cause: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { cause: cause.into(), remedy: remedy.into(), details: Vec::new(), is_silent: false }
    }

    /// The program at the other end of the pipe wants no more, as `head` does: the rest is not needed, and nothing went wrong.
    pub fn nobody_reads() -> Self {
        Self { is_silent: true, ..Self::new("nobody reads the output", "read it to its end") }
    }

    /// Problems found in the data folder that is shown as `folder`.
    pub fn in_data(folder: &str, problems: &[Problem]) -> Self {
        let details: Vec<String> = problems.iter().map(|problem| format!("{folder}/{problem}")).collect();
        let count = details.len();
        let problems = if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") };
        let cause = format!("the knowledge in {folder} has {problems}");
        Self {
            details,
            ..Self::new(cause, "correct the lines above; README.md in the data folder explains the format")
        }
    }

    /// Several failures, all of which are shown, a line each; nothing if there is none.
    pub fn all(failures: Vec<Self>) -> Option<Self> {
        let mut failures = failures;
        let last = failures.pop()?;
        let before = failures.iter().map(ToString::to_string);
        let details = before.chain(last.details.clone()).collect();
        Some(Self { details, ..last })
    }

    /// Writes it to standard error and gives the exit code of a failure.
    pub fn report(self) -> ExitCode {
        if self.is_silent {
            return ExitCode::SUCCESS;
        }
        let mut stderr = std::io::stderr().lock();
        // If standard error is closed, nobody reads it.
        let _ = writeln!(stderr, "{self}");
        ExitCode::FAILURE
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for detail in &self.details {
            writeln!(f, "{}", Visible(detail))?;
        }
        write!(f, "versus: {}; {}", Visible(&self.cause), Visible(&self.remedy))
    }
}

impl std::error::Error for Failure {}
