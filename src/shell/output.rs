//! What is written to standard output: all of it, or a failure that says why not.

use std::io::{ErrorKind, Write, stdout};

use serde::Serialize;

use super::Failure;

/// Writes a text that ends with one line break.
///
/// # Errors
/// The output cannot be written, or nobody reads it any more.
pub fn line(text: &str) -> Result<(), Failure> {
    bytes(format!("{}\n", text.trim_end_matches('\n')).as_bytes())
}

/// Writes a value as one line of JSON.
///
/// # Errors
/// The output cannot be written, or nobody reads it any more.
pub fn json(value: &impl Serialize) -> Result<(), Failure> {
    let json = serde_json::to_string(value).map_err(|error| {
        Failure::new(format!("the output cannot be written as JSON: {error}"), "report it as a fault of versus")
    })?;
    line(&json)
}

/// Writes bytes as they are.
///
/// # Errors
/// The output cannot be written, or nobody reads it any more.
pub fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = stdout().lock();
    stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Failure::nobody_reads(),
        _ => {
            let remedy = "free some space, or write to another file";
            Failure::new(format!("the output cannot be written: {error}"), remedy)
        }
    })
}
