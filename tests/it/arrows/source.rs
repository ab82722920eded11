//! Reads the paths that a source file uses: those of its `use` lines, and those in its code.

use std::iter::Peekable;
use std::vec::IntoIter;

/// A path as a list of names; one inside of the program starts with `crate`.
pub(super) type Path = Vec<String>;

/// What a source file uses.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Source {
    /// The names that its `use` lines bring in, each with the path that it stands for.
    pub(super) imports: Vec<(String, Path)>,
    /// Every path that it uses, those of the imports included.
    pub(super) paths: Vec<Path>,
}

impl Source {
    /// Reads the text of the module with this path.
    pub(super) fn read(module: &[&str], text: &str) -> Self {
        let mut reader = Reader {
            tokens: tokens(text).into_iter().peekable(),
            module: module.iter().map(ToString::to_string).collect(),
            inner: Vec::new(),
            depth: 0,
            source: Self::default(),
        };
        reader.read();
        reader.source
    }
}

/// A part of a source text; what is of no interest is one of the other marks.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Name(String),
    /// `::`
    Joint,
    Mark(char),
}

struct Reader {
    tokens: Peekable<IntoIter<Token>>,
    module: Path,
    /// The depth of braces at which each of the modules within the file began.
    inner: Vec<usize>,
    depth: usize,
    source: Source,
}

impl Reader {
    fn read(&mut self) {
        let mut before = Token::Mark(';');
        while let Some(token) = self.tokens.next() {
            match &token {
                Token::Mark('{') => self.depth += 1,
                Token::Mark('}') => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.inner.last() == Some(&self.depth) {
                        self.inner.pop();
                        self.module.pop();
                    }
                }
                Token::Name(name) if name == "mod" => self.begin_module(),
                // `use<'a>` in a bound is no import.
                Token::Name(name) if name == "use" && self.tokens.peek() != Some(&Token::Mark('<')) => {
                    self.read_import(Vec::new());
                }
                Token::Name(name) if before != Token::Joint && before != Token::Mark('.') => {
                    self.read_path(name.clone());
                }
                _ => {}
            }
            before = token;
        }
    }

    /// A module within the file has a body; another one only its name.
    fn begin_module(&mut self) {
        let Some(Token::Name(name)) = self.tokens.next_if(|token| matches!(token, Token::Name(_))) else { return };
        if self.tokens.peek() == Some(&Token::Mark('{')) {
            self.inner.push(self.depth);
            self.module.push(name);
        }
    }

    /// A tree such as `a::{b, c as d, e::*}`; `path` is what stands before it.
    fn read_import(&mut self, mut path: Path) {
        loop {
            match self.tokens.next() {
                Some(Token::Name(name)) if name == "as" => {
                    if let Some(Token::Name(alias)) = self.tokens.next() {
                        self.import(alias, &path);
                    }
                    return;
                }
                Some(Token::Name(name)) => {
                    path.push(name);
                    if self.tokens.next_if_eq(&Token::Joint).is_none() && !self.next_is_name("as") {
                        self.import(path.last().cloned().unwrap_or_default(), &path);
                        return;
                    }
                }
                Some(Token::Mark('{')) => {
                    while self.tokens.peek().is_some_and(|token| *token != Token::Mark('}')) {
                        self.read_import(path.clone());
                        self.tokens.next_if_eq(&Token::Mark(','));
                    }
                    self.tokens.next();
                    return;
                }
                Some(Token::Mark('*')) => return self.import("*".to_owned(), &path),
                Some(Token::Joint) => {}
                _ => return,
            }
        }
    }

    fn next_is_name(&mut self, expected: &str) -> bool {
        matches!(self.tokens.peek(), Some(Token::Name(name)) if name == expected)
    }

    fn import(&mut self, name: String, path: &[String]) {
        let mut path = self.resolve(path);
        // `a::{self}` is `a`.
        if path.len() > 1 {
            path.pop_if(|last| last == "self");
        }
        let name = if name == "self" { path.last().cloned().unwrap_or_default() } else { name };
        self.source.imports.push((name, path.clone()));
        self.source.paths.push(path);
    }

    fn read_path(&mut self, first: String) {
        let mut path = vec![first];
        while self.tokens.next_if_eq(&Token::Joint).is_some() {
            match self.tokens.next_if(|token| matches!(token, Token::Name(_))) {
                Some(Token::Name(name)) => path.push(name),
                _ => break,
            }
        }
        if path.len() > 1 {
            let path = self.resolve(&path);
            self.source.paths.push(path);
        }
    }

    /// The path from the root of the program, or a path that begins outside of the module as it is.
    fn resolve(&self, path: &[String]) -> Path {
        let mut rest = path;
        let mut from = match path.first().map(String::as_str) {
            Some("self" | "super") => self.module.clone(),
            _ => return path.to_vec(),
        };
        while let [first, further @ ..] = rest {
            match first.as_str() {
                "self" => {}
                "super" => drop(from.pop()),
                _ => break,
            }
            rest = further;
        }
        from.extend_from_slice(rest);
        from
    }
}

/// The names and marks of a source text, without comments, texts and lifetimes.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(length) = skipped(rest) {
            rest = rest.split_at(length).1;
        } else if first.is_alphabetic() || first == '_' {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let (name, further) = rest.split_at(end);
            tokens.push(Token::Name(name.to_owned()));
            rest = further;
        } else if let Some(further) = rest.strip_prefix("::") {
            tokens.push(Token::Joint);
            rest = further;
        } else {
            tokens.push(Token::Mark(first));
            rest = rest.split_at(first.len_utf8()).1;
        }
    }
    tokens
}

/// The length of the blank, comment, text, number or lifetime that a source text begins with.
fn skipped(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let up_to =
        |end: &str, start: usize| text.split_at(start).1.find(end).map_or(text.len(), |at| start + at + end.len());
    if text.starts_with("//") {
        Some(up_to("\n", 0))
    } else if text.starts_with("/*") {
        Some(up_to("*/", 2))
    } else if let Some(hashes) = raw_text(text) {
        let start = text.find('"')? + 1;
        Some(up_to(&format!("\"{}", "#".repeat(hashes)), start))
    } else if first == '"' || text.starts_with("b\"") {
        Some(quoted(text, '"'))
    } else if first == '\'' {
        let second = text.chars().nth(1)?;
        let closes = text.chars().nth(2) == Some('\'');
        Some(if second == '\\' || closes { quoted(text, '\'') } else { 1 + second.len_utf8() })
    } else if first.is_numeric() {
        Some(text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len()))
    } else if first.is_whitespace() {
        Some(first.len_utf8())
    } else {
        None
    }
}

/// How many `#` a raw text has, if one begins here.
fn raw_text(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let bare = rest.trim_start_matches('#');
    bare.starts_with('"').then_some(rest.len() - bare.len())
}

/// The length of a text or character in quotes, in which a backslash hides what follows it.
fn quoted(text: &str, quote: char) -> usize {
    let mut letters = text.char_indices().skip_while(|(_, c)| *c != quote).skip(1);
    while let Some((at, c)) = letters.next() {
        match c {
            '\\' => drop(letters.next()),
            _ if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::Source;

    /// What a module `crate::a::b` uses with this text.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let source = Source::read(&["crate", "a", "b"], text);
        let paths: Vec<String> = source.paths.iter().map(|path| path.join("::")).collect();
        assert_eq!(paths, expected, "{text}");
    }

    #[test]
    fn imports_are_resolved_against_the_module() {
        check("use crate::c::D;", &["crate::c::D"]);
        check("use super::c;", &["crate::a::c"]);
        check("use self::c::D;", &["crate::a::b::c::D"]);
        check("use super::super::c::D;", &["crate::c::D"]);
        check("pub(super) use super::super::super::c;", &["c"]);
        check("use std::fs;", &["std::fs"]);
        check("use ::serde::Serialize as _;", &["serde::Serialize"]);
        check("use c::*;", &["c"]);
    }

    #[test]
    fn groups_are_resolved_name_by_name() {
        check(
            "use super::{c, d::{E, self}, f::*, g as h,};",
            &["crate::a::c", "crate::a::d::E", "crate::a::d", "crate::a::f", "crate::a::g"],
        );
        check("use std::{fs, io::{self, Read}};", &["std::fs", "std::io", "std::io::Read"]);
        check("use {crate::c, super::super::d};", &["crate::c", "crate::d"]);
        check("use super::{\n    // super::x\n    c, /* super::y */ d\n};", &["crate::a::c", "crate::a::d"]);
    }

    #[test]
    fn paths_in_the_code_are_found() {
        check(
            "fn f(x: &crate::c::D) -> super::e::F { std::env::var(x) }",
            &["crate::c::D", "crate::a::e::F", "std::env::var"],
        );
        check("let x = Vec::<super::C>::new();", &["crate::a::C"]);
        check("a.super_::<crate::c::D>()", &["crate::c::D"]);
        check("fn f() -> impl Sized + use<'_> { self.x }", &[]);
    }

    #[test]
    fn modules_within_a_file_have_a_parent_of_their_own() {
        check(
            "mod tests { use super::C; fn f() { if x {} } mod deep { use super::super::D; } }\nuse super::E;",
            &["crate::a::b::C", "crate::a::b::D", "crate::a::E"],
        );
        check("mod c;\nuse super::D;", &["crate::a::D"]);
    }

    #[test]
    fn comments_and_texts_use_nothing() {
        check("//! Uses crate::c.\n/// [`super::d`]\n/* std::fs */", &[]);
        check("let x = \"é \\\" crate::c::D 日 🦀\"; use super::E;", &["crate::a::E"]);
        check("let x = r#\"crate::c::D \" \"#; let y = br\"std::fs\"; use super::E;", &["crate::a::E"]);
        check("let x = ['\"', '\\'', 'é', '🦀']; fn f<'a>(x: &'a super::E) {}", &["crate::a::E"]);
        check("let x = 1_000u32..2; let y = b\"std::fs\";", &[]);
    }

    #[test]
    fn imports_have_the_name_by_which_they_are_called() {
        let source = Source::read(&["crate", "a"], "use self::b::{C, D as E, self}; pub use f::*;");
        let imports: Vec<String> =
            source.imports.iter().map(|(name, path)| format!("{name} {}", path.join("::"))).collect();
        assert_eq!(imports, ["C crate::a::b::C", "E crate::a::b::D", "b crate::a::b", "* f"]);
    }
}
