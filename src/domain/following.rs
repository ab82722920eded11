//! What a short text asks about an answer that was given before it.

use serde::{Deserialize, Serialize};

use super::knowledge::{FollowingWords, Side, Vocabulary};
use super::question::Question;

/// What is asked about an earlier answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Following {
    /// Why it is so.
    Why,
    /// What says so, and since when.
    Source,
    /// Whether this side is the one to take, then.
    Conclusion(Side),
    /// Whether something else changes it, or how it is for something else.
    Addition,
}

/// The words by which people ask about an earlier answer.
#[derive(Debug, Serialize, Deserialize)]
pub struct Followings {
    words: FollowingWords,
    small: Vec<String>,
    subjects: [Vec<String>; 2],
}

impl Followings {
    /// Those of the data, with the words by which people call each subject.
    pub fn new(vocabulary: &Vocabulary, subjects: &[Vec<String>; 2]) -> Self {
        Self { words: vocabulary.following.clone(), small: vocabulary.small.clone(), subjects: subjects.clone() }
    }

    /// What a text asks about an earlier answer; nothing where it stands for itself.
    pub fn read(&self, question: &Question) -> Option<Following> {
        let words: Vec<&str> = question.words().collect();
        let says_only = |known: &[String]| {
            words.iter().any(|word| is_one_of(known, word))
                && words.iter().all(|word| is_one_of(known, word) || is_one_of(&self.small, word))
        };
        if says_only(&self.words.why) {
            return Some(Following::Why);
        }
        if says_only(&self.words.source) {
            return Some(Following::Source);
        }
        if let Some(side) = self.concluded(&words) {
            return Some(Following::Conclusion(side));
        }
        let adds = words.first().is_some_and(|first| is_one_of(&self.words.adding, first))
            || words.get(..2).is_some_and(|two| is_one_of(&self.words.adding, &two.join(" ")));
        adds.then_some(Following::Addition)
    }

    /// The one side that a text names, if it says nothing else but that this would follow.
    fn concluded(&self, words: &[&str]) -> Option<Side> {
        let of_side = |side: Side, word: &str| self.subjects.get(side as usize).is_some_and(|own| is_one_of(own, word));
        let says_more = |word: &&&str| {
            !Side::BOTH.iter().any(|side| of_side(*side, word))
                && !is_one_of(&self.words.concluding, word)
                && !is_one_of(&self.small, word)
        };
        let concludes = words.iter().any(|word| is_one_of(&self.words.concluding, word));
        let mut named = Side::BOTH.into_iter().filter(|side| words.iter().any(|word| of_side(*side, word)));
        match (named.next(), named.next()) {
            (Some(side), None) if concludes && !words.iter().any(|word| says_more(&word)) => Some(side),
            _ => None,
        }
    }
}

fn is_one_of(words: &[String], word: &str) -> bool {
    words.iter().any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::{Following, Followings};
    use crate::knowledge::{FollowingWords, Side};
    use crate::question::Question;

    #[track_caller]
    fn check(texts: &[&str], expected: Option<Following>) {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let following = FollowingWords {
            why: words(&["why"]),
            source: words(&["source", "since"]),
            concluding: words(&["so", "then"]),
            adding: words(&["and", "even", "what about"]),
        };
        let followings = Followings {
            words: following,
            small: words(&["is", "that", "the", "when"]),
            subjects: [words(&["tea", "chai"]), words(&["coffee"])],
        };
        for text in texts {
            assert_eq!(followings.read(&Question::read(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_text_that_only_asks_about_an_answer_is_known_by_its_words() {
        check(&["why?", "Why is that", "WHY"], Some(Following::Why));
        check(&["source?", "since when?", "the source"], Some(Following::Source));
        check(&["so tea then?", "then chai"], Some(Following::Conclusion(Side::First)));
        check(&["so coffee?"], Some(Following::Conclusion(Side::Second)));
        check(&["and with milk?", "even for children", "what about é 日 🦀"], Some(Following::Addition));
    }

    #[test]
    fn what_says_more_stands_for_itself() {
        check(&["why is tea bitter", "tea or coffee", "so tea or coffee then", "coffee", "", "🦀"], None);
    }
}
