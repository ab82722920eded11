//! Whose a database is: it notes the application that it belongs to, and refuses another one's token.

use super::StorageError;
use super::database::{Answer, Statement};

/// For whom a database is opened.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Claim {
    /// The id of the application, if the token says it.
    pub(super) application: Option<u64>,
    /// Whether it may be one into which a copy was not finished.
    pub(super) may_be_incomplete: bool,
}

impl Claim {
    /// Asks for what is noted.
    pub(super) fn read() -> Statement {
        Statement::read("SELECT name, value FROM facts WHERE name IN ('application', 'incomplete')")
    }

    /// Refuses a database of another application, whose servers are not ours, and one that is half a copy. Gives what has to be
    /// done and read again where no application is noted: only then, because somebody may have taken the right to write.
    pub(super) fn check(self, answers: &[Answer]) -> Result<Option<[Statement; 2]>, StorageError> {
        let mut is_noted = false;
        for row in answers.last().map(|answer| &*answer.rows).unwrap_or_default() {
            let (name, value) = (row.text(0)?, row.text(1)?);
            if name == "incomplete" && !self.may_be_incomplete {
                return Err(StorageError {
                    remedy: "Run `versus db copy` again: it starts over",
                    ..StorageError::new("a copy into it was not finished")
                });
            }
            is_noted |= name == "application";
            if let Some(application) = self.application
                && name == "application"
                && value != application.to_string()
            {
                return Err(StorageError {
                    remedy: "Give each application a database of its own by DATABASE_URL",
                    ..StorageError::new(format!(
                        "it belongs to the application {value}, and the token to {application}"
                    ))
                });
            }
        }
        let application = self.application.filter(|_| !is_noted).map(|application| application.to_string());
        Ok(application.map(|application| {
            let note = "INSERT INTO facts (name, value) VALUES ('application', $1) ON CONFLICT (name) DO NOTHING";
            [Statement::write(note).with(&*application), Self::read()]
        }))
    }
}
