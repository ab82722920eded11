//! The words of a record: what was decided, and why.

use serde::{Deserialize, Serialize};

use super::ballot::{length, one_line};
use super::bounds::{DECISION, WORDS};

/// What was decided, in somebody's words. Nothing in it is mark-up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Words {
    /// What was decided, in one line; at most [`DECISION`] units.
    pub decision: String,
    /// Why; at most [`WORDS`] units, as the following ones.
    pub reason: String,
    /// What was rejected.
    pub rejected: String,
    /// What follows from it.
    pub consequences: String,
}

/// Words that cannot be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Long {
    /// It is not said what was decided.
    NoDecision,
    /// What was decided has so many units too many.
    Decision(usize),
    /// The reason has.
    Reason(usize),
    /// What was rejected has.
    Rejected(usize),
    /// The consequences have.
    Consequences(usize),
}

impl Words {
    /// Whether nothing is recorded.
    pub fn is_blank(&self) -> bool {
        self.decision.is_empty()
    }

    /// The words as they are kept.
    ///
    /// # Errors
    /// All that is too long or missing.
    pub fn checked(&self) -> Result<Self, Vec<Long>> {
        let words = Self {
            decision: one_line(&self.decision),
            reason: lines(&self.reason),
            rejected: lines(&self.rejected),
            consequences: lines(&self.consequences),
        };
        let beyond = |text: &str, most: usize| length(text).checked_sub(most).filter(|excess| *excess > 0);
        let long = [
            words.decision.is_empty().then_some(Long::NoDecision),
            beyond(&words.decision, DECISION).map(Long::Decision),
            beyond(&words.reason, WORDS).map(Long::Reason),
            beyond(&words.rejected, WORDS).map(Long::Rejected),
            beyond(&words.consequences, WORDS).map(Long::Consequences),
        ];
        let long: Vec<Long> = long.into_iter().flatten().collect();
        if long.is_empty() { Ok(words) } else { Err(long) }
    }
}

/// A text with its line breaks, and without blank lines.
fn lines(text: &str) -> String {
    text.lines().map(one_line).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{DECISION, Long, WORDS, Words};

    #[test]
    fn words_are_kept_without_what_is_not_seen() {
        let [decision, reason, rejected] = [" a\nb ", "é\r\n\n 日\u{7}🦀 ", ""].map(str::to_owned);
        let words = Words { decision, reason, rejected, consequences: "\n".to_owned() }.checked().expect("they fit");
        let texts = [&words.decision, &words.reason, &words.rejected, &words.consequences];
        assert_eq!(texts, ["a b", "é\n日 🦀", "", ""]);
    }

    #[test]
    fn all_that_is_too_long_is_said_at_once() {
        let long = |units: usize| "🦀".repeat(units / 2 + 1);
        let words = |decision: String| Words {
            decision,
            reason: long(WORDS),
            rejected: long(WORDS),
            consequences: long(WORDS),
        };
        let others = [Long::Reason(2), Long::Rejected(2), Long::Consequences(2)];
        let with = |first: Long| Err([vec![first], others.to_vec()].concat());
        assert_eq!(words(long(DECISION)).checked(), with(Long::Decision(2)));
        assert_eq!(words(String::new()).checked(), with(Long::NoDecision));
        let fits = Words { decision: "é".repeat(DECISION), reason: "日".repeat(WORDS), ..Words::default() };
        assert!(fits.checked().is_ok());
    }
}
