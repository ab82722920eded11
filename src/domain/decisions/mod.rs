//! Decisions of a team: what is put to the vote, what came of it, and the record that answers remember.

mod ballot;
pub mod bounds;
mod record;
mod source;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use ballot::{Ballot, Misfit, Written, usual_options};
pub use record::{Long, Words};
pub use source::Source;

use super::knowledge::{Date, Leaning, iso};
use super::team::Subject;

/// A decision as it is kept: counts of votes, and nobody's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Its number in its server, from 1.
    pub number: u32,
    /// The day on which it was accepted, or proposed where it never was, in UTC.
    #[serde(with = "iso")]
    pub date: Date,
    /// What holds for it now.
    pub status: Status,
    /// What was to be decided.
    pub question: String,
    /// The topic, tool or kind of project in whose answers it is remembered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// The answer from which the vote was started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Which side that answer leaned to then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaning: Option<Leaning>,
    /// What could be voted for, in the order of the poll.
    pub options: Vec<Choice>,
    /// Votes below which the result does not count.
    #[serde(default)]
    pub least: u32,
    /// Whether the votes were counted.
    #[serde(default)]
    pub is_counted: bool,
    /// What was recorded; blank until then.
    #[serde(default)]
    pub words: Words,
}

/// What holds for a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It is put to the vote, or waits to be recorded.
    Proposed,
    /// It is recorded.
    Accepted,
    /// The decision of this number came in its place.
    SupersededBy(u32),
    /// It does not count any more.
    Withdrawn,
}

/// Something that could be voted for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What it says.
    pub text: String,
    /// How many voted for it; 0 until the votes are counted.
    #[serde(default)]
    pub votes: u32,
}

/// What came of a vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict<'d> {
    /// The votes are not counted yet, or nobody could count them.
    Uncounted,
    /// This got more votes than any other.
    Winner(&'d Choice),
    /// These got equally many, and more than any other.
    Tie(Vec<&'d Choice>),
    /// So many votes were given, fewer than were asked for.
    TooFew(u32),
}

/// What is done with a decision that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// What was decided is recorded.
    Record(Words),
    /// It does not count any more.
    Withdraw,
    /// The decision of this number comes in its place.
    Supersede(u32),
}

impl Decision {
    /// The same with the votes for each option, by its number from 1.
    pub fn counted(self, votes: &BTreeMap<u64, u32>) -> Self {
        let options = self.options.into_iter().zip(1_u64..);
        let options = options.map(|(choice, number)| {
            let votes = votes.get(&number).copied().unwrap_or_default();
            Choice { votes, ..choice }
        });
        Self { options: options.collect(), is_counted: true, ..self }
    }

    /// What came of its vote.
    pub fn verdict(&self) -> Verdict<'_> {
        let given = self.votes();
        if !self.is_counted {
            return Verdict::Uncounted;
        }
        let most = self.options.iter().map(|choice| choice.votes).max().unwrap_or_default();
        if given == 0 || given < self.least {
            return Verdict::TooFew(given);
        }
        let first: Vec<&Choice> = self.options.iter().filter(|choice| choice.votes == most).collect();
        match first.as_slice() {
            [winner] => Verdict::Winner(winner),
            _ => Verdict::Tie(first),
        }
    }

    /// Votes in all.
    pub fn votes(&self) -> u32 {
        self.options.iter().fold(0, |all, choice| all.saturating_add(choice.votes))
    }

    /// Its options, the one with the most votes first; of those with equally many the one that stood first.
    pub fn ranked(&self) -> Vec<&Choice> {
        let mut ranked: Vec<&Choice> = self.options.iter().collect();
        ranked.sort_by_key(|choice| std::cmp::Reverse(choice.votes));
        ranked
    }

    /// The words with which a record begins: what won, and what did not.
    pub fn suggested(&self) -> Words {
        if !self.words.is_blank() {
            return self.words.clone();
        }
        let Verdict::Winner(winner) = self.verdict() else { return Words::default() };
        let others = self.ranked().into_iter().filter(|choice| **choice != *winner);
        let rejected: Vec<&str> = others.map(|choice| choice.text.as_str()).collect();
        Words { decision: winner.text.clone(), rejected: rejected.join("\n"), ..Words::default() }
    }

    /// Whether its question and options could be put to the vote.
    pub fn is_votable(&self) -> bool {
        let options: Vec<&str> = self.options.iter().map(|choice| choice.text.as_str()).collect();
        let (hours, least) = (String::new(), if self.least == 0 { String::new() } else { self.least.to_string() });
        let written = Written { question: self.question.clone(), options: options.join("\n"), hours, least };
        // What is kept is what was put to the vote, to the letter.
        written.read(&[]).is_ok_and(|ballot| ballot.question == self.question && ballot.options == options)
    }

    /// Whether its words suit what holds for it.
    pub fn is_recordable(&self) -> bool {
        let is_recorded = matches!(self.status, Status::Accepted | Status::SupersededBy(_));
        let is_checked = self.words.checked().is_ok_and(|checked| checked == self.words);
        let is_blank = self.words == Words::default();
        if is_recorded { is_checked } else { is_blank || is_checked }
    }

    /// Whether a step can be taken from where it stands; a step that needs another decision is given what holds for that.
    pub fn allows(&self, step: &Step, other: Option<&Self>) -> bool {
        match step {
            Step::Record(_) => self.status == Status::Proposed,
            Step::Withdraw => matches!(self.status, Status::Proposed | Status::Accepted),
            Step::Supersede(by) => {
                self.status == Status::Accepted
                    && *by != self.number
                    && other.is_some_and(|other| other.number == *by && other.status == Status::Accepted)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, Date, Decision, Status, Step, Verdict, Words};

    fn decision(votes: &[u32], least: u32) -> Decision {
        let texts = ["é", "日", "🦀", "d"];
        let options = texts.iter().zip(votes).map(|(text, votes)| Choice { text: (*text).to_owned(), votes: *votes });
        Decision {
            number: 7,
            date: Date { year: 2026, month: 11, day: 27 },
            status: Status::Proposed,
            question: "Which?".to_owned(),
            subject: None,
            source: None,
            leaning: None,
            options: options.collect(),
            least,
            is_counted: true,
            words: Words::default(),
        }
    }

    #[track_caller]
    fn check(votes: &[u32], least: u32, expected: &str) {
        let decision = decision(votes, least);
        let verdict = match decision.verdict() {
            Verdict::Uncounted => "uncounted".to_owned(),
            Verdict::Winner(winner) => winner.text.clone(),
            Verdict::Tie(first) => first.iter().map(|choice| choice.text.as_str()).collect::<Vec<_>>().join("="),
            Verdict::TooFew(given) => format!("only {given}"),
        };
        assert_eq!(verdict, expected, "{votes:?}, at least {least}");
    }

    #[test]
    fn the_most_votes_win_if_they_are_enough_and_more_than_any_other() {
        check(&[1, 3, 2], 0, "日");
        check(&[2, 1, 2], 0, "é=🦀");
        check(&[1, 1, 1, 1], 0, "é=日=🦀=d");
        check(&[0, 1, 0], 1, "日");
        check(&[1, 3, 2], 6, "日");
        check(&[1, 3, 2], 7, "only 6");
        check(&[0, 0], 0, "only 0");
        check(&[], 0, "only 0");
        check(&[u32::MAX, 1], 0, "é");
    }

    #[test]
    fn votes_belong_to_the_options_by_their_numbers() {
        let counted = decision(&[0, 0, 0], 0).counted(&[(3, 2), (1, 1), (9, 7)].into());
        assert_eq!(counted.options.iter().map(|choice| choice.votes).collect::<Vec<_>>(), [1, 0, 2]);
        assert!(counted.is_counted);
    }

    #[test]
    fn nothing_won_until_the_votes_are_counted() {
        let open = Decision { is_counted: false, ..decision(&[0, 3], 0) };
        assert_eq!(open.verdict(), Verdict::Uncounted);
        assert_eq!(open.suggested(), Words::default());
    }

    #[test]
    fn a_record_begins_with_what_won_and_what_did_not() {
        let words = decision(&[1, 3, 2], 0).suggested();
        assert_eq!((words.decision.as_str(), words.rejected.as_str()), ("日", "🦀\né"));
        assert_eq!(decision(&[2, 2], 0).suggested(), Words::default(), "of a tie nobody knows");
    }

    #[test]
    fn each_status_leads_only_to_what_comes_after_it() {
        let of = |number: u32, status: Status| Decision { number, status, ..decision(&[1, 2], 0) };
        let steps = [Step::Record(Words::default()), Step::Withdraw, Step::Supersede(8)];
        let (accepted, proposed) = (of(8, Status::Accepted), of(8, Status::Proposed));
        for (status, expected) in [
            (Status::Proposed, [true, true, false]),
            (Status::Accepted, [false, true, true]),
            (Status::SupersededBy(9), [false, false, false]),
            (Status::Withdrawn, [false, false, false]),
        ] {
            let allowed = steps.clone().map(|step| of(7, status).allows(&step, Some(&accepted)));
            assert_eq!(allowed, expected, "{status:?}");
        }
        let supersede = |other: Option<&Decision>| of(7, Status::Accepted).allows(&Step::Supersede(8), other);
        assert!(!supersede(Some(&proposed)) && !supersede(None));
        assert!(!of(8, Status::Accepted).allows(&Step::Supersede(8), Some(&accepted)), "not by itself");
    }
}
