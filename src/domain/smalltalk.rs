//! Recognises what people say to be friendly: texts that are nothing but greetings, thanks, goodbyes and praise.

use serde::{Deserialize, Serialize};

use super::knowledge::SmallTalkWords;
use super::phrasebook::Phrasebook;
use super::question::Question;

/// Words of a text that is taken for small talk at the most. Longer texts say something else as well.
const MOST_WORDS: usize = 20;

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
#[derive(Debug, Serialize, Deserialize)]
pub struct SmallTalkBook(Phrasebook<SmallTalk>);

impl SmallTalkBook {
    /// Prepares the phrases of the data.
    pub fn new(words: &SmallTalkWords) -> Self {
        Self(Phrasebook::new([
            (None, &words.around),
            (Some(SmallTalk::Greeting), &words.greeting),
            (Some(SmallTalk::Praise), &words.praise),
            (Some(SmallTalk::Goodbye), &words.goodbye),
            (Some(SmallTalk::Thanks), &words.thanks),
        ]))
    }

    /// What a text says to be friendly, if it says nothing else. A question is small talk only as a greeting.
    pub fn recognise(&self, text: &str, question: &Question) -> Option<SmallTalk> {
        let kind = self.0.read(question, MOST_WORDS)?.into_iter().max()?;
        (kind == SmallTalk::Greeting || !text.contains('?')).then_some(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_WORDS, SmallTalk, SmallTalkBook};
    use crate::knowledge::SmallTalkWords;
    use crate::question::Question;

    #[track_caller]
    fn check(text: &str, expected: Option<SmallTalk>) {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let book = SmallTalkBook::new(&SmallTalkWords {
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
