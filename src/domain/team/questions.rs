//! Questions that got no answer in a server, and what a team adds to them: without their author, and with near-identical ones as
//! one.

use std::hash::Hasher;

use once_cell::sync::Lazy;
use regex::Regex;
use rust_stemmers::{Algorithm, Stemmer};
use siphasher::sip::SipHasher24;

use super::bounds::{QUESTION, QUESTION_WORDS};
use crate::question::Question;

/// A question that got no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unanswered {
    /// The question in one line, without mentions, ids and addresses; at most [`QUESTION`] units.
    pub text: String,
    /// What it says, by which near-identical ones are recognised.
    pub words: Words,
}

/// What a question says: the stems of its telling words, in order of the alphabet, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Words(Vec<String>);

/// A question that was kept, and how often it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Its number.
    pub id: u64,
    /// How it was asked first.
    pub text: String,
    /// How often it was asked, near-identical ones with it.
    pub asked: u64,
}

/// A question that a team added to a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// How it was asked.
    pub text: String,
    /// What it says.
    pub words: Words,
    /// The id of the topic, which the data may not know any more.
    pub topic: String,
}

/// What says who somebody is, or where: mentions, custom emoji, times, commands, addresses, and the ids of Discord.
static IDENTITIES: Lazy<Option<Regex>> = Lazy::new(|| {
    Regex::new(
        r"(?x) <[@\#]?[!&]?\w*:?\d+[^>\s]*> | <a?:\w+:\d+> | <t:[^>\s]*> | </[^>]*:\d+> | <id:\w+> | \w[\w.+-]*@[\w-]+(\.[\w-]+)+ | @[\w.]+
             | \w+://\S* | discord\.gg/\S* | \w*\d{15,}\w*",
    )
    .ok()
});

/// Words that ask the same wherever they stand or are left out.
const FILLERS: [&str; 60] = [
    "a", "an", "the", "is", "are", "was", "be", "am", "do", "does", "did", "can", "could", "should", "would", "will",
    "shall", "may", "might", "i", "we", "you", "it", "its", "this", "that", "there", "my", "our", "your", "me", "us",
    "to", "of", "for", "in", "on", "at", "with", "and", "please", "pls", "hi", "hello", "hey", "thanks", "so", "just",
    "really", "actually", "then", "also", "any", "some", "ok", "okay", "guys", "if", "s", "im",
];

/// The share of words that two questions have in common, from which they are near-identical, where one only says more.
const ALIKE_FROM: f64 = 0.75;
/// The same where each has a word that the other has not: "is Deno fast" is not "is Bun fast".
const ALIKE_WITH_OTHERS_FROM: f64 = 0.9;
/// Letters from which a word with one other letter is the same one, misspelt.
const MISSPELT_FROM: usize = 5;

impl Unanswered {
    /// A question as it can be kept; nothing where nothing is left of it.
    pub fn read(text: &str) -> Option<Self> {
        let text = match &*IDENTITIES {
            Some(identities) => identities.replace_all(text, " "),
            // Nothing is kept that could hold a name.
            None => return None,
        };
        let visible = text.chars().map(|c| if c.is_control() { ' ' } else { c });
        let mut units = 0;
        let fits = |c: &char| {
            units += c.len_utf16();
            units <= QUESTION
        };
        let text: String = visible.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
        let text = text.chars().take_while(fits).collect::<String>().trim_end().to_owned();
        let words = Words::of(&text);
        (!words.0.is_empty()).then_some(Self { text, words })
    }
}

impl Words {
    /// Those of a text.
    pub fn of(text: &str) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let question = Question::read(text);
        let telling = question.words().filter(|word| !FILLERS.contains(word));
        let mut stems: Vec<String> = telling.map(|word| stemmer.stem(word).into_owned()).collect();
        if stems.is_empty() {
            stems = question.words().map(str::to_owned).collect();
        }
        stems.sort_unstable();
        stems.dedup();
        stems.truncate(QUESTION_WORDS);
        Self(stems)
    }

    /// Reads what [`Self::joined`] wrote.
    pub fn split(joined: &str) -> Self {
        Self(joined.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect())
    }

    /// The words with blanks between them.
    pub fn joined(&self) -> String {
        self.0.join(" ")
    }

    /// A number for them, the same in every version.
    pub fn id(&self) -> u64 {
        // Nobody is kept from computing it, so the key is no secret.
        let mut hasher = SipHasher24::new_with_key(&[0; 16]);
        hasher.write(self.joined().as_bytes());
        hasher.finish()
    }

    /// Whether two questions say nearly the same.
    pub fn are_near(&self, other: &Self) -> bool {
        let has = |words: &Self, word: &String| words.0.iter().any(|own| is_same(own, word));
        let (own, others) = (self.0.len(), other.0.len());
        if own == 0 || others == 0 {
            return false;
        }
        let common = self.0.iter().filter(|word| has(other, word)).count();
        let common_of_other = other.0.iter().filter(|word| has(self, word)).count();
        let alike = (common + common_of_other) as f64 / (own + others) as f64;
        let only_adds = common == own || common_of_other == others;
        alike >= if only_adds { ALIKE_FROM } else { ALIKE_WITH_OTHERS_FROM }
    }
}

/// Whether two words are the same, or one is the other with a slip.
fn is_same(one: &str, other: &str) -> bool {
    let is_long = |word: &str| word.chars().count() >= MISSPELT_FROM;
    one == other || (is_long(one) && is_long(other) && strsim::osa_distance(one, other) <= 1)
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test stops where it cannot go on")]
mod tests {
    use super::{QUESTION, Unanswered, Words};

    #[track_caller]
    fn check_text(text: &str, expected: &str) {
        assert_eq!(Unanswered::read(text).expect("something is left").text, expected);
    }

    #[test]
    fn nothing_in_a_kept_question_says_who_asked() {
        check_text("<@1100000000000000005> does é scale, <@!1100000000000000005>?", "does é scale, ?");
        check_text("ask @ada in <#110000000000000003> about 日 <:tea:1100000000000000005> 🦀", "ask in about 日 🦀");
        check_text(
            "<@&1100000000000000008> </note:110000000000000008> is it </a b:110000000000000008> fast",
            "is it fast",
        );
        check_text(
            "ada.b+c@mail.example.org asks of https://discord.com/channels/1/2/3 and 1100000000000000005",
            "asks of and",
        );
        check_text("user1100000000000000005 on <t:1700000000:R> a\n\u{7}b", "on a b");
        check_text("@everyone is it 3.14 in 2026", "is it 3.14 in 2026");
        check_text(
            &"🦀 ab ".repeat(200),
            "🦀 ab ".repeat(200).chars().take(QUESTION * 5 / 6).collect::<String>().trim_end(),
        );
        assert_eq!(Unanswered::read("<@1100000000000000005> @ada 🦀"), None);
    }

    #[track_caller]
    fn check(one: &str, other: &str, is_near: bool) {
        let (one_words, other_words) = (Words::of(one), Words::of(other));
        assert_eq!(one_words.are_near(&other_words), is_near, "{one} / {other}");
        assert_eq!(other_words.are_near(&one_words), is_near, "{other} / {one}");
    }

    #[test]
    fn near_identical_questions_are_one() {
        check("is the wiki in Django?", "Is the Wiki in django", true);
        check("is the wiki in django", "hey, is our wiki in Django please?", true);
        check("which database does billing use", "which databse does billing use?", true);
        check("which queues does billing use", "which queue do we use for billing", true);
        check("is Deno fast", "is Bun fast", false);
        check("why is billing slow", "how is billing slow", false);
        check("is it fast", "is it not fast", false);
        check("which queue does billing use", "which database does billing use", false);
        check("é 日 🦀", "é 日", true);
        check("", "x", false);
    }

    #[test]
    fn words_are_read_as_they_were_written() {
        let words = Words::of("which queues does billing use? 日");
        assert_eq!(Words::split(&words.joined()), words);
        assert_eq!(Words::of("which queue does billing use 日").id(), words.id());
    }
}
