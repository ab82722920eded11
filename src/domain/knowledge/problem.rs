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
        write!(f, "{}:{}: {}", Visible(&self.file), self.line, Visible(&self.what))
    }
}

/// A text of somebody else for a terminal or a log: what would act on it, or not be seen, is shown as its number.
#[derive(Debug, Clone, Copy)]
pub struct Visible<'t>(pub &'t str);

impl fmt::Display for Visible<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                // Marks of direction and width, and line separators, which are no control characters by their class.
                '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
                    write!(f, "{}", c.escape_unicode())?;
                }
                c if c.is_control() => write!(f, "{}", c.escape_unicode())?,
                c => write!(f, "{c}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Problem;

    #[test]
    fn what_would_act_on_a_terminal_is_shown_as_its_number() {
        let problem = Problem::new("topics/\u{1b}[31m.toml", 3, "`a\u{202e}\r\n\u{7}é日🦀` is \u{9b}wrong");
        let expected = r"topics/\u{1b}[31m.toml:3: `a\u{202e}\u{d}\u{a}\u{7}é日🦀` is \u{9b}wrong";
        assert_eq!(problem.to_string(), expected);
    }
}
