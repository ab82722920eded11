//! Which names of a text are ruled out: "no website", "not a game", "AI is out of scope", "neither a shop nor a chat".

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::knowledge::RulingWords;
use crate::question::{Boundary, Question, Token};

/// Words in front of a name, or behind it, that are looked at.
const REACH: usize = 8;
/// Words of the other names in a list.
const LISTED: usize = 5;
/// Words of the longest phrase of the data.
const LONGEST: usize = 3;

/// The words by which something is ruled out.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Ruling {
    before: Vec<String>,
    unless: Vec<String>,
    through: Vec<String>,
    or: Vec<String>,
    after: Vec<String>,
    denying: Vec<String>,
    heading: Vec<String>,
}

impl Ruling {
    pub(super) fn new(words: &RulingWords) -> Self {
        let read = |phrases: &[String]| {
            let phrase = |phrase: &String| Question::read(phrase).words().collect::<Vec<_>>().join(" ");
            phrases.iter().map(phrase).collect()
        };
        Self {
            before: read(&words.before),
            unless: read(&words.unless),
            through: read(&words.through),
            or: read(&words.or),
            after: read(&words.after),
            denying: read(&words.denying),
            heading: read(&words.heading),
        }
    }

    /// The tokens by which a name is ruled out, with those of the name itself; nothing if it is not.
    pub(super) fn rules_out(&self, tokens: &[Token<'_>], name: Range<usize>) -> Option<Range<usize>> {
        let end = || self.end_after(tokens, name.end).map(|end| name.start..end);
        let start = || self.start_before(tokens, name.start).map(|start| start..name.end);
        start().or_else(end)
    }

    /// Where that begins which stands before a name and rules it out.
    fn start_before(&self, tokens: &[Token<'_>], name: usize) -> Option<usize> {
        let mut at = name;
        let mut is_listed = false;
        while let Some(before) = at.checked_sub(1) {
            let token = tokens.get(before)?;
            if token.boundary == Boundary::Sentence {
                let heads = (1..=LONGEST).find(|length| self.ends_with(tokens, at, *length, &self.heading));
                return heads.map(|length| at - length);
            }
            if name - before > REACH || token.boundary == Boundary::Clause && !is_listed {
                return self.heading_of(tokens, at);
            }
            let begins = (1..=LONGEST).rev().find(|length| self.ends_with(tokens, at, *length, &self.before));
            if let Some(length) = begins {
                let is_meant = self.begins_with(tokens, at, &self.unless).is_none();
                return is_meant.then_some(at - length);
            }
            is_listed |= is_among(token.word, &self.or);
            // One word may describe the name, as in "no public website".
            let describes = before + 1 == name;
            if !is_listed && !describes && !is_among(token.word, &self.through) {
                return self.heading_of(tokens, at);
            }
            at = before;
        }
        None
    }

    /// Where the heading stands that rules out all of its sentence, as in "non-goals: a shop, a chat".
    fn heading_of(&self, tokens: &[Token<'_>], at: usize) -> Option<usize> {
        let ends_before = |at: &usize| {
            at.checked_sub(1)
                .and_then(|before| tokens.get(before))
                .is_some_and(|token| token.boundary == Boundary::Sentence)
        };
        let start = (0..=at).rev().find(ends_before)?;
        let length = (1..=LONGEST).find(|length| self.ends_with(tokens, start, *length, &self.heading))?;
        Some(start - length)
    }

    /// Where that ends which stands behind a name and rules it out.
    fn end_after(&self, tokens: &[Token<'_>], name: usize) -> Option<usize> {
        for at in name..name + REACH {
            let before = tokens.get(at.checked_sub(1)?)?;
            if before.boundary == Boundary::Sentence {
                let denial = tokens.get(at).filter(|next| next.boundary >= Boundary::Clause || at + 1 == tokens.len());
                return denial.filter(|next| is_among(next.word, &self.denying)).map(|_| at + 1);
            }
            let between = tokens.get(name..at)?;
            if let Some(length) = self.begins_with(tokens, at, &self.after) {
                return self.leads_on(before, between).then_some(at + length);
            }
        }
        None
    }

    /// Whether what stands between a name and the words behind it leaves the two together: nothing but words that say
    /// nothing here, or a list of which the name is the beginning, as in "a shop, a chat or a game is not planned".
    fn leads_on(&self, last: &Token<'_>, between: &[Token<'_>]) -> bool {
        let others = between.iter().filter(|token| !is_among(token.word, &self.through));
        let lists = between.iter().any(|token| is_among(token.word, &self.or));
        match lists {
            true => others.count() <= LISTED,
            false => others.count() == 0 && (between.is_empty() || last.boundary < Boundary::Clause),
        }
    }

    /// Whether so many tokens before an index are one of some phrases.
    fn ends_with(&self, tokens: &[Token<'_>], end: usize, length: usize, phrases: &[String]) -> bool {
        end.checked_sub(length).and_then(|start| tokens.get(start..end)).is_some_and(|part| is_phrase(part, phrases))
    }

    /// The length of the phrase that begins at an index, if there is one of some phrases.
    fn begins_with(&self, tokens: &[Token<'_>], start: usize, phrases: &[String]) -> Option<usize> {
        (1..=LONGEST)
            .rev()
            .find(|length| tokens.get(start..start + length).is_some_and(|part| is_phrase(part, phrases)))
    }
}

fn is_phrase(tokens: &[Token<'_>], phrases: &[String]) -> bool {
    let [only] = tokens else {
        let words: Vec<&str> = tokens.iter().map(|token| token.word).collect();
        return phrases.contains(&words.join(" "));
    };
    is_among(only.word, phrases)
}

fn is_among(word: &str, phrases: &[String]) -> bool {
    phrases.iter().any(|phrase| phrase == word)
}
