//! Texts that consist of known phrases and of nothing else.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::question::Question;

/// A letter stands at most twice in a row in an English word: "heyyy" is written for "hey".
const MOST_REPEATED: usize = 2;

/// Phrases, and what each says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Phrasebook<S> {
    /// The words of each phrase, joined by blanks, and what they say; nothing for words that may stand around.
    phrases: BTreeMap<String, Option<S>>,
    /// Every word of the phrases.
    words: BTreeSet<String>,
    /// Words of the longest phrase.
    longest: usize,
}

impl<S: Copy> Phrasebook<S> {
    /// Prepares phrases. Of one that stands in several lists the last list counts.
    pub(super) fn new<'p>(lists: impl IntoIterator<Item = (Option<S>, &'p Vec<String>)>) -> Self {
        let mut book = Self { phrases: BTreeMap::new(), words: BTreeSet::new(), longest: 0 };
        for (says, phrases) in lists {
            for phrase in phrases {
                let words: Vec<String> = Question::read(phrase).words().map(str::to_owned).collect();
                book.longest = book.longest.max(words.len());
                book.phrases.insert(words.join(" "), says);
                book.words.extend(words);
            }
        }
        book
    }

    /// What the phrases say of which a text of at most `most` words consists, the longest phrases first, in their order; nothing
    /// where it says something else as well.
    pub(super) fn read(&self, question: &Question, most: usize) -> Option<Vec<S>> {
        let words: Vec<String> = question.words().take(most + 1).map(|word| self.known_form(word)).collect();
        if words.len() > most { None } else { self.covers(&words) }
    }

    fn covers(&self, words: &[String]) -> Option<Vec<S>> {
        let phrase = |start: usize, end: usize| self.phrases.get(&words.get(start..end)?.join(" ")).copied();
        let ends = |start: usize| (start + 1..=words.len().min(start + self.longest)).rev();
        // From which words on the rest can be covered.
        let mut can_begin = vec![false; words.len() + 1];
        let mut marks = can_begin.iter_mut();
        marks.next_back().into_iter().for_each(|end| *end = true);
        for start in (0..words.len()).rev() {
            let begins = ends(start).any(|end| phrase(start, end).is_some() && can_begin.get(end) == Some(&true));
            can_begin.get_mut(start).into_iter().for_each(|mark| *mark = begins);
        }
        let (mut start, mut said) = (0, Vec::new());
        while start < words.len() {
            let next = ends(start).find(|end| can_begin.get(*end) == Some(&true) && phrase(start, *end).is_some())?;
            said.extend(phrase(start, next).flatten());
            start = next;
        }
        Some(said)
    }

    /// A word as the phrases know it, if it is known with fewer repeated letters. Where a letter stands too often in a row,
    /// any word that differs only by repeated letters is meant.
    fn known_form(&self, word: &str) -> String {
        if self.words.contains(word) || squeezed(word, MOST_REPEATED) == word {
            return word.to_owned();
        }
        let bare = squeezed(word, 1);
        self.words.iter().find(|known| squeezed(known, 1) == bare).map_or_else(|| word.to_owned(), String::clone)
    }
}

/// A word in which no letter stands more than `most` times in a row.
fn squeezed(word: &str, most: usize) -> String {
    let mut squeezed = String::with_capacity(word.len());
    let (mut last, mut times) = (None, 0);
    for c in word.chars() {
        times = if last == Some(c) { times + 1 } else { 1 };
        last = Some(c);
        if times <= most {
            squeezed.push(c);
        }
    }
    squeezed
}
