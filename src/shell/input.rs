//! What is read from standard input.

use std::io::{BufRead, Read, stdin};

use super::Failure;

/// The argument that stands for standard input.
const STANDARD_INPUT: &str = "-";
/// Bytes that are read of one text: far more than a question has, so that an endless input ends.
const LONGEST_TEXT: u64 = 1 << 20;
/// Some programs begin a text with it; it is no part of what was asked.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The words of a command line as one text; `-` alone is the text on standard input.
///
/// # Errors
/// The input cannot be read, or is too long.
pub(super) fn text(words: &[String]) -> Result<String, Failure> {
    if words != [STANDARD_INPUT] {
        return Ok(words.join(" "));
    }
    let mut bytes = Vec::new();
    stdin().lock().take(LONGEST_TEXT + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > LONGEST_TEXT {
        let remedy = "give it one question or description";
        return Err(Failure::new("the input is longer than a megabyte", remedy));
    }
    Ok(String::from_utf8_lossy(without_mark(&bytes)).into_owned())
}

/// Hands out standard input line by line, without the line breaks, as it arrives.
///
/// # Errors
/// The input cannot be read, or what `each` reports.
pub(super) fn lines(mut each: impl FnMut(&str) -> Result<Next, Failure>) -> Result<(), Failure> {
    let mut input = stdin().lock();
    let mut bytes = Vec::new();
    let mut is_first = true;
    loop {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes).map_err(|error| unreadable(&error))? == 0 {
            return Ok(());
        }
        let line = if is_first { without_mark(&bytes) } else { &bytes };
        is_first = false;
        if each(String::from_utf8_lossy(line).trim_end_matches(['\n', '\r']))? == Next::Stop {
            return Ok(());
        }
    }
}

/// Whether another line is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Go on with the next line.
    Line,
    /// That was enough.
    Stop,
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

fn unreadable(error: &std::io::Error) -> Failure {
    Failure::new(format!("the input cannot be read: {error}"), "try again")
}
