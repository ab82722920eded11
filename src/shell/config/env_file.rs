//! The file `.env` of the working directory.
//!
//! A line has to mean the same here as to `docker run --env-file`, docker compose and systemd, which know no escapes and
//! replace nothing. Libraries for such files do both, and none names the line that cannot be read.

use std::env;
use std::fs;
use std::io;
use std::path::PathBuf;

use super::super::Failure;

/// How the file is called in messages.
const NAME: &str = ".env";
const COMPARE: &str = "compare it with .env.example";
/// Bytes; more is not a list of settings.
const LARGEST: u64 = 64 * 1024;

/// What the file says.
#[derive(Debug, Default)]
pub(super) struct EnvFile {
    /// Where it lies.
    pub(super) path: PathBuf,
    lines: Vec<Line>,
    /// What cannot be read of it.
    pub(super) problems: Vec<Failure>,
}

/// A line that sets something.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    number: usize,
    name: String,
    value: String,
}

impl EnvFile {
    /// Reads the file of the working directory, and of no folder above it.
    ///
    /// # Errors
    /// That it cannot be read.
    pub(super) fn read() -> Result<Option<Self>, Failure> {
        let unreadable =
            |error: io::Error| Failure::new(format!("the file {NAME} cannot be read: {error}"), "correct or remove it");
        let metadata = match fs::metadata(NAME) {
            Ok(metadata) => metadata,
            // A link that leads nowhere was meant to lead somewhere.
            Err(error) if error.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(NAME).is_err() => {
                return Ok(None);
            }
            Err(error) => return Err(unreadable(error)),
        };
        // Virtual environments of a language are folders of this name.
        if metadata.is_dir() {
            return Ok(None);
        }
        // A pipe could be waited for without an end.
        if !metadata.is_file() || metadata.len() > LARGEST {
            let cause = format!("{NAME} is not a file of at most {} KiB", LARGEST / 1024);
            return Err(Failure::new(cause, COMPARE));
        }
        let bytes = fs::read(NAME).map_err(unreadable)?;
        let path = env::current_dir().unwrap_or_default().join(NAME);
        Ok(Some(Self { path, ..Self::parse(&bytes) }))
    }

    fn parse(bytes: &[u8]) -> Self {
        let mut file = Self::default();
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        for (line, number) in bytes.split(|byte| *byte == b'\n').zip(1..) {
            match parse_line(line) {
                Ok(Some((name, value))) => file.lines.push(Line { number, name, value }),
                Ok(None) => {}
                // The line is not repeated: it may contain the token.
                Err(what) => file.problems.push(Failure::new(format!("{NAME}:{number} {what}"), COMPARE)),
            }
        }
        file
    }

    /// The value of a setting, with where it stands; the last line that sets it to something counts.
    pub(super) fn get(&self, name: &str) -> Option<(&str, String)> {
        let line = self.lines.iter().rev().find(|line| line.name == name && !line.value.is_empty())?;
        Some((&line.value, format!("{NAME}:{}", line.number)))
    }

    /// Lines that set something which looks like a setting of versus and is none, as `(place, name)`.
    pub(super) fn unknown(&self, is_known: impl Fn(&str) -> bool) -> Vec<(String, String)> {
        let looks_like_one = |line: &&Line| {
            let name = line.name.to_ascii_uppercase();
            // A line of a unit of systemd sets a variable of that name, and nothing else.
            name.starts_with("VERSUS_") || name.starts_with("DISCORD_") || is_known(&name) || name == "ENVIRONMENT"
        };
        let unknown = self.lines.iter().filter(looks_like_one).filter(|line| !is_known(&line.name));
        unknown.map(|line| (format!("{NAME}:{}", line.number), line.name.clone())).collect()
    }
}

/// Reads `NAME=value`, which may begin with `export`; nothing if the line is blank or a comment.
fn parse_line(line: &[u8]) -> Result<Option<(String, String)>, &'static str> {
    let line = str::from_utf8(line).map_err(|_| "is not UTF-8")?.trim();
    // systemd knows both as the beginning of a comment.
    if line.is_empty() || line.starts_with(['#', ';']) {
        return Ok(None);
    }
    let (name, value) = line.split_once('=').ok_or("is not NAME=value")?;
    let name = name.trim();
    let name = name.strip_prefix("export").filter(|rest| rest.starts_with([' ', '\t'])).unwrap_or(name).trim();
    let is_name = |name: &str| {
        let mut chars = name.chars();
        chars.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
            && chars.all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
    };
    if !is_name(name) {
        return Err("is not NAME=value");
    }
    Ok(Some((name.to_owned(), clean(value)?)))
}

/// A value without blanks around it, without quotes, and without a comment after it. docker hands quotes and comments on in
/// the environment, so that values are cleaned there as well.
///
/// # Errors
/// That a quote has no other half.
pub(super) fn clean(value: &str) -> Result<String, &'static str> {
    let value = value.trim();
    let Some(quote) = value.chars().next().filter(|first| ['"', '\''].contains(first)) else {
        let is_comment = |(before, _): &(&str, &str)| before.is_empty() || before.ends_with([' ', '\t']);
        let mut parts = value.match_indices('#').map(|(at, _)| value.split_at(at));
        let kept = parts.find(is_comment).map_or(value, |(before, _)| before);
        return Ok(kept.trim_end().to_owned());
    };
    let inside = value.strip_prefix(quote).unwrap_or_default();
    let (inside, rest) = inside.split_once(quote).ok_or("has a quote without its other half")?;
    let rest = rest.trim_start();
    if !rest.is_empty() && !rest.starts_with('#') {
        return Err("has something after its quotes");
    }
    Ok(inside.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::{EnvFile, clean};

    /// What a file sets a name to, and where.
    fn get(text: &[u8], name: &str) -> Option<(String, String)> {
        let file = EnvFile::parse(text);
        assert_eq!(file.problems, []);
        file.get(name).map(|(value, place)| (value.to_owned(), place))
    }

    #[test]
    fn a_value_is_read_as_docker_compose_and_systemd_read_it() {
        let cases = [
            ("A=1", "1"),
            ("A = 1 ", "1"),
            ("export A=1", "1"),
            ("A=\"1 2\"", "1 2"),
            ("A='1' # one", "1"),
            ("A=1 # one", "1"),
            ("A=1#2", "1#2"),
            ("A=$HOME\\n", "$HOME\\n"),
            ("A=é 日 🦀", "é 日 🦀"),
            ("A=\"é#日\"", "é#日"),
            ("\u{feff}A=1\r", "1"),
            ("A=1\nA=2\nA=\n", "2"),
            ("export=3\nA=1", "1"),
        ];
        for (text, value) in cases {
            assert_eq!(get(text.as_bytes(), "A").map(|(value, _)| value).as_deref(), Some(value), "{text}");
        }
        for text in ["", ";A=1", "; not NAME", "A=", "A=   ", "A=''", "A=\"  \"", "A=# nothing", "#A=1", "AA=1", "a=1"]
        {
            assert_eq!(get(text.as_bytes(), "A"), None, "{text}");
        }
    }

    #[test]
    fn every_line_that_cannot_be_read_is_named_and_not_repeated() {
        let file = EnvFile::parse(b"A=1\nA B\n\nsecret\n=x\nB='x\nC=\"x\" y\n1A=x\nA B=x\n\xff\xfe=1\nexport\n");
        let problems: Vec<String> = file.problems.iter().map(ToString::to_string).collect();
        let expected = [
            (2, "is not NAME=value"),
            (4, "is not NAME=value"),
            (5, "is not NAME=value"),
            (6, "has a quote without its other half"),
            (7, "has something after its quotes"),
            (8, "is not NAME=value"),
            (9, "is not NAME=value"),
            (10, "is not UTF-8"),
            (11, "is not NAME=value"),
        ];
        let expected = expected.map(|(line, what)| format!("versus: .env:{line} {what}; compare it with .env.example"));
        assert_eq!(problems, expected);
    }

    #[test]
    fn what_looks_like_a_setting_and_is_none_is_found() {
        let file =
            EnvFile::parse(b"DISCORD_TOKN=x\nOTHER=1\nVERSUS_LOG=info\nversus_log=info\nEnvironment=VERSUS_LOG=info\n");
        let unknown = file.unknown(|name| name == "VERSUS_LOG");
        let expected = [(1, "DISCORD_TOKN"), (4, "versus_log"), (5, "Environment")];
        assert_eq!(unknown, expected.map(|(line, name)| (format!(".env:{line}"), name.to_owned())));
    }

    #[test]
    fn cleaning_never_panics_and_never_adds_anything() {
        for text in ["", "\"", "'", "#", "é'", "\"日", "🦀#", " # ", "''x", "\"\"\""] {
            if let Ok(cleaned) = clean(text) {
                assert!(text.contains(&cleaned), "{text}");
            }
        }
    }
}
