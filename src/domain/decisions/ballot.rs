//! What is put to the vote, out of what somebody typed.

use super::super::visible::is_invisible;
use super::bounds::{HOURS, LEAST, OPTION, OPTIONS, QUESTION, USUAL_HOURS};

/// What somebody typed for a vote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The question.
    pub question: String,
    /// The options: one a line, or in one line with semicolons or commas between them; blank for the usual ones.
    pub options: String,
    /// How many hours it runs; blank for the usual time.
    pub hours: String,
    /// How many votes it needs; blank for any number.
    pub least: String,
}

/// A vote that can be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// The question, in one line.
    pub question: String,
    /// The options, each in one line and no two the same.
    pub options: Vec<String>,
    /// How long it runs.
    pub hours: u16,
    /// Votes below which the result does not count; 0 for any number.
    pub least: u32,
}

/// Why something that was typed cannot be put to the vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// There is no question.
    NoQuestion,
    /// The question has so many units too many.
    LongQuestion(usize),
    /// There are so many options, which are too few or too many.
    Options(usize),
    /// This option has so many units too many.
    LongOption(String, usize),
    /// This option occurs twice.
    SameOption(String),
    /// The hours are no number within the bounds.
    Hours,
    /// The votes that are needed are no number within the bounds.
    Least,
}

/// What can be voted for where nothing was typed: one of two, both, or neither.
pub fn usual_options(names: [&str; 2]) -> Vec<String> {
    let [first, second] = names;
    // Options are kept as they are voted for; they are no sentences of the bot.
    [first, second, "both", "neither"].map(str::to_owned).to_vec()
}

impl Written {
    /// The vote that was meant, with these options where none were typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self, usual: &[String]) -> Result<Ballot, Vec<Misfit>> {
        let mut misfits = Vec::new();
        let question = one_line(&self.question);
        match length(&question) {
            0 => misfits.push(Misfit::NoQuestion),
            length if length > QUESTION => misfits.push(Misfit::LongQuestion(length - QUESTION)),
            _ => {}
        }
        let mut options = split(&self.options);
        if options.is_empty() {
            options = usual.to_vec();
        }
        if !OPTIONS.contains(&options.len()) {
            misfits.push(Misfit::Options(options.len()));
        }
        for (at, option) in options.iter().enumerate() {
            let length = length(option);
            if length > OPTION {
                misfits.push(Misfit::LongOption(option.clone(), length - OPTION));
            }
            let is_same = |other: &String| other.to_lowercase() == option.to_lowercase();
            if options.iter().take(at).any(is_same) {
                misfits.push(Misfit::SameOption(option.clone()));
            }
        }
        let hours = number(&self.hours, USUAL_HOURS).filter(|hours| HOURS.contains(hours));
        let least = number(&self.least, 0).filter(|least| *least == 0 || LEAST.contains(least));
        misfits.extend(hours.is_none().then_some(Misfit::Hours));
        misfits.extend(least.is_none().then_some(Misfit::Least));
        match (hours, least) {
            (Some(hours), Some(least)) if misfits.is_empty() => Ok(Ballot { question, options, hours, least }),
            _ => Err(misfits),
        }
    }
}

/// The options in a text: commas are a part of them where anything else stands between them.
fn split(text: &str) -> Vec<String> {
    let separator = ['\n', ';', ','].into_iter().find(|separator| text.trim().contains(*separator));
    let parts = text.split(separator.unwrap_or('\n'));
    parts.map(one_line).filter(|part| !part.is_empty()).collect()
}

/// A text without line breaks, doubled blanks and characters that are not seen.
pub(super) fn one_line(text: &str) -> String {
    let text = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    // What nobody sees would make a blank question, or two options that look the same.
    let text: String = text.filter(|c| !is_invisible(*c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn number<N: std::str::FromStr>(text: &str, usual: N) -> Option<N> {
    if text.trim().is_empty() { Some(usual) } else { text.trim().parse().ok() }
}

pub(super) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::{Ballot, Misfit, OPTION, QUESTION, Written};

    fn read(question: &str, options: &str, hours: &str, least: &str) -> Result<Ballot, Vec<Misfit>> {
        let [question, options, hours, least] = [question, options, hours, least].map(str::to_owned);
        let usual = ["one", "other"].map(str::to_owned);
        Written { question, options, hours, least }.read(&usual)
    }

    #[track_caller]
    fn check_options(options: &str, expected: &[&str]) {
        let ballot = read("?", options, "", "").expect("it can be put to the vote");
        assert_eq!(ballot.options, expected, "{options:?}");
    }

    #[test]
    fn what_is_not_typed_is_as_usual() {
        let ballot = read(" Which\n one é日🦀? ", "", "", " ").expect("it can be put to the vote");
        assert_eq!((ballot.question.as_str(), ballot.hours, ballot.least), ("Which one é日🦀?", 24, 0));
        assert_eq!(ballot.options, ["one", "other"]);
    }

    #[test]
    fn options_stand_one_a_line_or_in_one_line() {
        check_options("a, b,c", &["a", "b", "c"]);
        check_options("a, in one; b", &["a, in one", "b"]);
        check_options("a; x\n\n b, y \r\n", &["a; x", "b, y"]);
        check_options("é\u{7}日, 🦀", &["é 日", "🦀"]);
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let long = "x".repeat(OPTION + 2);
        let misfits = read("", &format!("{long}\na\nA"), "769", "no").expect_err("it cannot");
        let expected = [
            Misfit::NoQuestion,
            Misfit::LongOption(long, 2),
            Misfit::SameOption("A".to_owned()),
            Misfit::Hours,
            Misfit::Least,
        ];
        assert_eq!(misfits, expected);
    }

    #[test]
    fn the_limits_count_units_of_utf_16() {
        let at = |length: usize, option: usize| {
            read(&"é".repeat(length), &format!("{}\nb", "日".repeat(option)), "768", "10000")
        };
        assert!(at(QUESTION, OPTION).is_ok());
        assert_eq!(at(QUESTION + 1, OPTION), Err(vec![Misfit::LongQuestion(1)]));
        let crabs = "🦀".repeat(OPTION / 2 + 1);
        assert_eq!(read("?", &format!("{crabs};b"), "", ""), Err(vec![Misfit::LongOption(crabs, 1)]));
        assert_eq!(read("?", "only one", "", ""), Err(vec![Misfit::Options(1)]));
        let eleven: Vec<String> = (0..11).map(|number| number.to_string()).collect();
        assert_eq!(read("?", &eleven.join(","), "", ""), Err(vec![Misfit::Options(11)]));
        for hours in ["0", "-1", "1.5", "99999", "🦀"] {
            assert_eq!(read("?", "", hours, ""), Err(vec![Misfit::Hours]), "{hours}");
        }
    }
}
