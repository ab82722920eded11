//! A description of a project, read out of free text: the kinds of project by the matching, its factors by phrases.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::phrases::{Codes, PhraseBook};
use super::score;
use crate::domain::deciding::likeliest_kind;
use crate::domain::knowledge::{Examples, Knowledge, Phrase, Side};
use crate::domain::matching::{Label, Matcher, Understanding, Word};
use crate::domain::question::Question;
use crate::domain::request::{Description, Kind};
use crate::domain::thresholds::NO_FURTHER_KIND_BELOW;

/// The phrases by which texts mention what is known about a project.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Phrases {
    book: PhraseBook,
    /// The stems of words that turn what follows into its opposite.
    negating: BTreeSet<u64>,
    /// Words between the parts of a text.
    joining: Vec<String>,
}

/// What a text says about a project.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The project.
    pub description: Description,
    /// Further kinds of project, by their places in [`Knowledge::projects`].
    pub further: Vec<usize>,
    /// The words that speak for the values of each factor, by its code.
    pub words: BTreeMap<char, Vec<String>>,
}

/// Stand for the names and tools of either side.
const NAMES: [u64; 2] = [1, 2];

/// A word of a text.
#[derive(Debug, Clone, Copy)]
struct Heard {
    own: u64,
    /// The hash that stands for the subject that it names, or its own.
    subject: u64,
}

/// A phrase in a text: the places of its words.
struct Found {
    codes: Codes,
    words: Vec<usize>,
}

impl Phrases {
    /// Prepares the phrases of the data.
    pub fn new(knowledge: &Knowledge, examples: &Examples, matcher: &Matcher) -> Self {
        let read = |phrase: &Phrase| {
            let factor = knowledge.weighing.factors.get(phrase.factor)?;
            let value = factor.values.get(phrase.value)?;
            let words = read_phrase(&phrase.text, knowledge, examples, matcher);
            (!words.is_empty()).then_some((words, (factor.code, value.code)))
        };
        let phrases = examples.phrases.iter().filter_map(read).collect();
        let vocabulary = &examples.vocabulary;
        let negating = vocabulary.negating.iter().flat_map(|word| hashes(matcher, word)).collect();
        Self { book: PhraseBook::new(phrases), negating, joining: vocabulary.joining.clone() }
    }

    /// Reads a text that was understood already. Reading never fails: what is not understood is left open.
    pub fn read(&self, knowledge: &Knowledge, matcher: &Matcher, text: &str, understanding: &Understanding) -> Reading {
        let mut reading = Reading::default();
        let kind = likeliest_kind(&understanding.candidates);
        if let Some(project) = kind.and_then(|at| knowledge.projects.get(at)) {
            reading.description.kind = Kind::Of(project.entry.id.clone());
        }
        reading.further = self.further_kinds(matcher, text, kind);
        self.read_factors(knowledge, matcher, text, &mut reading);
        reading
    }

    /// Kinds of project that are named by parts of a text.
    fn further_kinds(&self, matcher: &Matcher, text: &str, kind: Option<usize>) -> Vec<usize> {
        let mut further = Vec::new();
        let parts = self.parts(text);
        if parts.len() < 2 {
            return further;
        }
        for part in parts.iter().take(score::PARTS) {
            let understanding = matcher.understand(part);
            let best = understanding.candidates.first().filter(|best| best.score >= NO_FURTHER_KIND_BELOW);
            if let Some(Label::Recommend(at)) = best.map(|best| best.label)
                && Some(at) != kind
                && !further.contains(&at)
            {
                further.push(at);
            }
        }
        further
    }

    /// The parts of a text between punctuation and joining words.
    fn parts(&self, text: &str) -> Vec<String> {
        let joins = |word: &&str| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            self.joining.iter().any(|joining| joining.eq_ignore_ascii_case(bare))
        };
        let mut parts = Vec::new();
        for (clause, _) in clauses(text) {
            let words: Vec<&str> = clause.split_whitespace().collect();
            parts.extend(words.split(joins).filter(|part| !part.is_empty()).map(|part| part.join(" ")));
        }
        parts
    }

    fn read_factors(&self, knowledge: &Knowledge, matcher: &Matcher, text: &str, reading: &mut Reading) {
        let words = Words::hear(matcher, text);
        let found = self.found(&words.heard);
        for factor in &knowledge.weighing.factors {
            let of_factor: Vec<&Found> = found.iter().filter(|found| found.codes.0 == factor.code).collect();
            let mut codes: BTreeSet<char> = of_factor.iter().map(|found| found.codes.1).collect();
            if !factor.many && codes.len() > 1 {
                let code = |place: &usize| factor.values.get(*place).map(|value| value.code);
                let unites = |value: &&crate::domain::knowledge::Value| {
                    !value.unites.is_empty()
                        && codes.iter().all(|found| {
                            value.code == *found || value.unites.iter().any(|place| code(place) == Some(*found))
                        })
                };
                // Where a text contradicts itself the factor is left open, and asked.
                codes = factor.values.iter().find(unites).map(|value| value.code).into_iter().collect();
            }
            if codes.is_empty() {
                continue;
            }
            let mut places: Vec<usize> = of_factor.iter().flat_map(|found| found.words.iter().copied()).collect();
            places.sort_unstable();
            places.dedup();
            let said = places.into_iter().filter_map(|place| words.told(place));
            reading.words.insert(factor.code, said.map(str::to_owned).collect());
            reading.description.stated.insert(factor.code, codes);
        }
    }

    /// Every phrase in a text that is neither negated nor a part of a longer one.
    fn found(&self, words: &[Heard]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for (start, word) in words.iter().enumerate() {
            let subject = (word.subject != word.own).then_some(word.subject);
            let begin = std::iter::once(word.own).chain(subject).flat_map(|hash| self.book.beginning_with(hash));
            for phrase in begin {
                if let Some(places) = self.places(phrase, words, start)
                    && !self.is_negated(words, &places)
                    && let Some(codes) = self.book.codes(phrase)
                {
                    found.push(Found { codes, words: places });
                }
            }
        }
        let is_part = |one: &Found| {
            let within = |other: &Found| {
                other.words.len() > one.words.len() && one.words.iter().all(|place| other.words.contains(place))
            };
            found.iter().any(within)
        };
        let parts: Vec<bool> = found.iter().map(is_part).collect();
        found.into_iter().zip(parts).filter_map(|(found, is_part)| (!is_part).then_some(found)).collect()
    }

    /// The places of the words of a phrase that begins at `start`; the nearest ones, with few other words in between.
    fn places(&self, phrase: u32, words: &[Heard], start: usize) -> Option<Vec<usize>> {
        let next = |from: usize, set: u32| {
            let is_next = |at: &usize| {
                words.get(*at).is_some_and(|word| self.book.has(set, word.own) || self.book.has(set, word.subject))
            };
            (from + 1..=from + 1 + score::GAP).find(is_next)
        };
        // Nearly all phrases fail at their second word, so that nothing is allocated before one is there.
        self.book.further_words(phrase).try_fold(start, next)?;
        let mut places = vec![start];
        for set in self.book.further_words(phrase) {
            places.push(next(places.last().copied()?, set)?);
        }
        Some(places)
    }

    /// Whether a word shortly before or within a phrase turns it into its opposite; a phrase that says "no" itself is meant
    /// so.
    fn is_negated(&self, words: &[Heard], places: &[usize]) -> bool {
        let (Some(first), Some(last)) = (places.first(), places.last()) else { return false };
        let negates = |place: usize| words.get(place).is_some_and(|word| self.negating.contains(&word.own));
        let own = |place: &usize| places.contains(place);
        let around = if negates(*first) { *first } else { first.saturating_sub(score::NEGATED_WITHIN) };
        (around..*last).filter(|place| !own(place)).any(negates)
    }
}

/// The words of a text, with silence where a clause or a sentence ends.
#[derive(Default)]
struct Words {
    heard: Vec<Heard>,
    /// Where in the text each of them is that is told; the name of a subject is told by the title of the value.
    told: Vec<Option<Range<usize>>>,
    text: String,
}

impl Words {
    fn hear(matcher: &Matcher, text: &str) -> Self {
        const SILENCE: Heard = Heard { own: 0, subject: 0 };
        let mut words = Self::default();
        for (clause, pause) in clauses(text) {
            matcher.for_each_word(&Question::read(clause), |word| {
                let start = words.text.len();
                words.text.push_str(word.text);
                words.told.push((!word.is_subject).then_some(start..words.text.len()));
                words.heard.push(heard(&word));
            });
            words.heard.extend(std::iter::repeat_n(SILENCE, pause));
            words.told.extend(std::iter::repeat_n(None, pause));
        }
        words
    }

    /// The word at a place, if it is told.
    fn told(&self, place: usize) -> Option<&str> {
        self.text.get(self.told.get(place)?.clone()?)
    }
}

/// The clauses of a text, each with the pause that follows it, counted in words.
fn clauses(text: &str) -> Vec<(&str, usize)> {
    let mut clauses = Vec::new();
    let (mut start, mut end) = (0, 0);
    for word in text.split_inclusive(char::is_whitespace) {
        end += word.len();
        let pause = match word.trim_end().chars().last() {
            Some('.' | '?' | '!' | ';' | ':') => score::SENTENCE_PAUSE,
            Some(',') => score::CLAUSE_PAUSE,
            _ if word.ends_with('\n') => score::SENTENCE_PAUSE,
            _ => continue,
        };
        clauses.extend(text.get(start..end).map(|clause| (clause, pause)));
        start = end;
    }
    clauses.extend(text.get(start..).filter(|rest| !rest.is_empty()).map(|rest| (rest, 0)));
    clauses
}

/// A phrase of the data as the words that it may consist of.
fn read_phrase(phrase: &str, knowledge: &Knowledge, examples: &Examples, matcher: &Matcher) -> Vec<Vec<u64>> {
    let mut words = Vec::new();
    for part in phrase.split_whitespace() {
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(name) => words.push(group(name, knowledge, examples, matcher)),
            None => words.extend(hashes(matcher, part).into_iter().map(|hash| vec![hash])),
        }
    }
    words
}

/// The words that a name in braces stands for: those of a subject, or those of a group.
fn group(name: &str, knowledge: &Knowledge, examples: &Examples, matcher: &Matcher) -> Vec<u64> {
    let side = knowledge.subjects.iter().position(|subject| subject.id == name);
    if let Some(names) = side.and_then(|side| NAMES.get(side)) {
        return vec![*names];
    }
    let group = examples.groups.iter().find(|(group, _)| group == name);
    let words = group.into_iter().flat_map(|(_, words)| words);
    let mut words: Vec<u64> = words.filter_map(|word| hashes(matcher, word).first().copied()).collect();
    words.sort_unstable();
    words
}

fn hashes(matcher: &Matcher, text: &str) -> Vec<u64> {
    let mut hashes = Vec::new();
    matcher.for_each_word(&Question::read(text), |word| hashes.push(heard(&word).own));
    hashes
}

/// The hashes of a word of a text: its own, and that of the subject it names.
fn heard(word: &Word<'_>) -> Heard {
    let subject = word.names.map(|side| match side {
        Side::First => NAMES[0],
        Side::Second => NAMES[1],
    });
    // A tool has a name of its own beside its subject's; a subject has only that.
    let own = if word.is_subject { subject.unwrap_or(word.stem) } else { word.stem };
    Heard { own, subject: subject.unwrap_or(own) }
}
