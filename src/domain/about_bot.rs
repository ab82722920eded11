//! Recognises questions about the bot itself, such as "are you an AI": texts that speak to the bot, name what it may be or
//! who made it, and say nothing else. They need no learning, and no model reads them.

use serde::{Deserialize, Serialize};

use super::knowledge::AboutBotWords;
use super::phrasebook::Phrasebook;
use super::question::Question;

/// Words of such a question at the most. Longer ones are understood by their examples.
const MOST_WORDS: usize = 14;

/// What a phrase of such a question does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Part {
    /// It speaks to the bot, or of it.
    Bot,
    /// It names what the bot may be, or how it came to be.
    Nature,
}

/// The phrases of questions about the bot.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct AboutBot(Phrasebook<Part>);

impl AboutBot {
    /// Prepares the phrases of the data.
    pub(super) fn new(words: &AboutBotWords) -> Self {
        Self(Phrasebook::new([
            (None, &words.around),
            (Some(Part::Nature), &words.nature),
            (Some(Part::Bot), &words.bot),
        ]))
    }

    /// Whether a text asks what the bot is, and nothing else.
    pub(super) fn is_asked(&self, question: &Question) -> bool {
        let said = self.0.read(question, MOST_WORDS).unwrap_or_default();
        said.contains(&Part::Bot) && said.contains(&Part::Nature)
    }
}

#[cfg(test)]
mod tests {
    use super::{AboutBot, MOST_WORDS};
    use crate::knowledge::AboutBotWords;
    use crate::question::Question;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let about = AboutBot::new(&AboutBotWords {
            bot: words(&["you", "u", "this bot"]),
            nature: words(&["human", "language model", "made"]),
            around: words(&["are", "is", "a", "who", "really"]),
        });
        assert_eq!(about.is_asked(&Question::read(text)), expected, "{text:?}");
    }

    #[test]
    fn a_question_about_the_bot_speaks_to_it_and_names_what_it_may_be() {
        check("Are you really human?", true);
        check("is this bot a language model 🦀", true);
        check("who made uuuu", true);
        check("who made you", true);
    }

    #[test]
    fn what_says_something_else_as_well_is_none() {
        check("", false);
        check("é 日 🦀", false);
        check("are you", false);
        check("is a human made", false);
        check("are you a human in coffee", false);
        check("is this a language model", false);
        check(&format!("are you human{}", " a".repeat(MOST_WORDS - 3)), true);
        check(&format!("are you human{}", " a".repeat(MOST_WORDS - 2)), false);
    }
}
