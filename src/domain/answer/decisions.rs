//! What there is to say about decisions.

use super::{NoteSubject, Refusal};
use crate::decisions::{Ballot, Decision, Long, Misfit, Source, Step, Words, Written};
use crate::knowledge::Leaning;

/// What there is to say about decisions.
#[derive(Debug)]
pub enum DecisionAnswer<'k> {
    /// The person may not do that.
    Refused(Refusal),
    /// What is kept cannot be read.
    Unreadable,
    /// The bot may not post a poll in the channel.
    NoPolls,
    /// The team lets nobody else see answers in the channel.
    Confined,
    /// The topic that was typed is not known; these come closest.
    NoSubject(Vec<NoteSubject<'k>>),
    /// A form for a vote, which begins with these words.
    VoteForm(Written, Option<Source>),
    /// What was typed cannot be put to the vote.
    VoteMisfit(Written, Vec<Misfit>, Option<Source>),
    /// Something is put to the vote.
    Vote(Box<Proposal<'k>>),
    /// A form for a record, which begins with these words.
    RecordForm(Box<Decision>, Words),
    /// What was written cannot be recorded.
    RecordMisfit(u32, Words, Vec<Long>),
    /// A step was taken; the decision is as it is after it.
    Taken(Box<Decision>, Step),
    /// A step cannot be taken from where the decision stands.
    NotTaken(Box<Decision>, Step),
    /// A decision.
    Shown(Box<Decision>),
    /// A page of all decisions, counted from 0.
    Listed(Vec<Decision>, usize),
    /// There is no decision of this number.
    Missing(u32),
    /// All decisions, to be written down.
    Exported(Vec<Decision>),
    /// The votes for a decision are counted, or could not be counted any more.
    Ended(Box<Decision>),
}

/// Something that is put to the vote.
#[derive(Debug)]
pub struct Proposal<'k> {
    /// What is put to the vote.
    pub ballot: Ballot,
    /// The topic or tool that it is about.
    pub subject: Option<NoteSubject<'k>>,
    /// The answer from which it was started, and which side that leans to.
    pub source: Option<(Source, Option<Leaning>)>,
}
