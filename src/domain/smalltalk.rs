//! Recognises what people say to be friendly: texts that are nothing but greetings, thanks, goodbyes and praise.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::knowledge::SmallTalkWords;
use super::question::Question;

/// Words of a text that is taken for small talk at the most. Longer texts say something else as well.
const MOST_WORDS: usize = 20;
/// A letter stands at most twice in a row in an English word: "heyyy" is written for "hey".
const MOST_REPEATED: usize = 2;

/// What somebody says to be friendly. Where a text says several such things, the last of them here is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SmallTalk {
    /// A greeting, or the question how things are.
    Greeting,
    /// Praise or assent.
    Praise,
    /// A goodbye.
    Goodbye,
    /// Thanks.
    Thanks,
}

/// The phrases of small talk.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Phrasebook {
    /// The words of each phrase, joined by blanks, and what they say; nothing for words that may stand around.
    phrases: BTreeMap<String, Option<SmallTalk>>,
    /// Every word of the phrases.
    words: BTreeSet<String>,
    /// Words of the longest phrase.
    longest: usize,
}

impl Phrasebook {
    /// Prepares the phrases of the data.
    pub fn new(words: &SmallTalkWords) -> Self {
        let mut book = Self::default();
        let kinds = [
            (None, &words.around),
            (Some(SmallTalk::Greeting), &words.greeting),
            (Some(SmallTalk::Praise), &words.praise),
            (Some(SmallTalk::Goodbye), &words.goodbye),
            (Some(SmallTalk::Thanks), &words.thanks),
        ];
        for (kind, phrases) in kinds {
            for phrase in phrases {
                let words: Vec<String> = Question::read(phrase).words().map(str::to_owned).collect();
                book.longest = book.longest.max(words.len());
                book.phrases.insert(words.join(" "), kind);
                book.words.extend(words);
            }
        }
        book
    }

    /// What a text says to be friendly, if it says nothing else. A question is small talk only as a greeting.
    pub fn recognise(&self, text: &str, question: &Question) -> Option<SmallTalk> {
        let words: Vec<String> = question.words().take(MOST_WORDS + 1).map(|word| self.known_form(word)).collect();
        if words.len() > MOST_WORDS {
            return None;
        }
        let kind = self.covers(&words)?;
        (kind == SmallTalk::Greeting || !text.contains('?')).then_some(kind)
    }

    /// What phrases say that cover all words, the longest first; nothing if there are none.
    fn covers(&self, words: &[String]) -> Option<SmallTalk> {
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
        let (mut start, mut said) = (0, None);
        while start < words.len() {
            let next = ends(start).find(|end| can_begin.get(*end) == Some(&true) && phrase(start, *end).is_some())?;
            said = said.max(phrase(start, next).flatten());
            start = next;
        }
        said
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

#[cfg(test)]
mod tests {
    use super::{MOST_WORDS, Phrasebook, SmallTalk};
    use crate::knowledge::SmallTalkWords;
    use crate::question::Question;

    #[track_caller]
    fn check(text: &str, expected: Option<SmallTalk>) {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let book = Phrasebook::new(&SmallTalkWords {
            greeting: words(&["hi", "hello", "good morning", "how are you"]),
            thanks: words(&["thanks", "thank you"]),
            goodbye: words(&["bye", "see you"]),
            praise: words(&["good", "cool"]),
            around: words(&["you", "so much", "for", "the", "help", "morning"]),
        });
        assert_eq!(book.recognise(text, &Question::read(text)), expected, "{text:?}");
    }

    #[test]
    fn a_text_of_nothing_but_phrases_is_small_talk() {
        check("Hi!", Some(SmallTalk::Greeting));
        check("hello 🦀, how are you?", Some(SmallTalk::Greeting));
        check("thank you so much for the help", Some(SmallTalk::Thanks));
        check("Cóol. Bye", Some(SmallTalk::Goodbye));
        check("good", Some(SmallTalk::Praise));
        check("good morning", Some(SmallTalk::Greeting));
    }

    #[test]
    fn thanks_count_more_than_what_stands_around_them() {
        check("hi, thanks, bye", Some(SmallTalk::Thanks));
        check("bye, thanks", Some(SmallTalk::Thanks));
    }

    #[test]
    fn repeated_letters_do_not_matter() {
        check("hiiiii", Some(SmallTalk::Greeting));
        check("heellooo", Some(SmallTalk::Greeting));
        check("gooood morninggg", Some(SmallTalk::Greeting));
    }

    #[test]
    fn a_text_that_says_something_else_is_none() {
        check("", None);
        check("日 🦀", None);
        check("hi, which is faster?", None);
        check("thanks for the coffee", None);
        check("for the help", None);
        check("good?", None);
        check(&"hi ".repeat(MOST_WORDS), Some(SmallTalk::Greeting));
        check(&"hi ".repeat(MOST_WORDS + 1), None);
    }
}
