//! What comes out of a request: the answer, who sees it, and what the caller has to do for it.

use super::answer::Answer;
use super::backup::TeamFile;
use super::decisions::{Decision, Step};
use super::knowledge::Date;
use super::request::TourPosition;
use super::situation::Audience;
use super::team::{Added, Change, Counted, Note, Subject, Unanswered, Vote};

/// What comes out of a request.
#[derive(Debug)]
pub struct Outcome<'k> {
    /// What there is to say.
    pub answer: Answer<'k>,
    /// Who sees it.
    pub audience: Audience,
    /// Whether nobody else may see it there, whatever the asker wants.
    pub is_confined: bool,
    /// What has to be stored, counted or deleted, in this order.
    pub effects: Vec<Effect>,
}

/// Something that has to be done beside answering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Keep how far a person got with a tour.
    SavePosition {
        /// Where the person is now.
        position: TourPosition,
        /// Whether the tour is over with that step.
        is_last: bool,
    },
    /// Count an answer to a question of the quiz.
    CountAnswer {
        /// The id of the question.
        question: String,
        /// Whether the answer was wrong.
        missed: bool,
    },
    /// Delete everything that is kept about a person.
    Forget,
    /// Change what the team keeps.
    Team(TeamEffect),
    /// Change what is kept of votes and decisions.
    Decision(DecisionEffect),
}

/// A change of what is kept of votes and decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecisionEffect {
    /// Keep something that is put to the vote, under the next number.
    Propose {
        /// What is put to the vote.
        decision: Box<Decision>,
        /// How long the vote runs.
        hours: u16,
        /// The id of the channel.
        channel: u64,
    },
    /// Take a step with the decision of a number.
    Step {
        /// The number.
        number: u32,
        /// The step.
        step: Step,
        /// The day, in UTC.
        on: Date,
    },
}

/// A change of what a team keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TeamEffect {
    /// Change a setting.
    Set(Change),
    /// Keep a note, or remove it where there is none.
    Note(Subject, Option<Note>),
    /// Count that an answer was of use to somebody, or was not; of one person the last word counts.
    Vote(Counted, Vote),
    /// Count that something was asked.
    Count(Counted),
    /// Keep a question that got no answer.
    KeepQuestion(Unanswered),
    /// Understand a question from now on, and keep the one of a number no longer.
    Add(u64, Added),
    /// Take back what was added under a number.
    TakeBack(u64),
    /// Keep the question of a number no longer.
    Dismiss(u64),
    /// Keep this instead of all that is kept, beside the decisions: those are only added.
    Replace(Box<TeamFile>),
}

impl Effect {
    /// Whether the reply says what became of it; such an effect comes before the reply, any other may follow it.
    pub fn is_reported(&self) -> bool {
        match self {
            Self::SavePosition { .. } | Self::Forget => true,
            Self::CountAnswer { .. } | Self::Team(TeamEffect::Count(_) | TeamEffect::KeepQuestion(_)) => false,
            Self::Team(_) | Self::Decision(_) => true,
        }
    }
}

/// What became of the effects that the reply reports on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// Of keeping how far a person got.
    pub saved: Became<()>,
    /// Of deleting what was kept about a person: what it was.
    pub forgotten: Became<Forgotten>,
    /// Of the change of what the team keeps.
    pub team: Became<Kept>,
    /// Of the change of votes and decisions.
    pub decided: Became<Decided>,
}

/// What became of a change of votes and decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// It is kept under this number.
    Number(u32),
    /// The step was taken.
    Yes,
    /// Somebody else took a step before.
    Meanwhile,
    /// There are as many already as can be kept.
    Full,
}

/// Whether something could be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is kept.
    Yes,
    /// There are as many already as can be kept.
    Full,
}

/// What became of an effect.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Became<T> {
    /// It was not asked for.
    #[default]
    NotAskedFor,
    /// It was done.
    Done(T),
    /// It was tried and failed.
    Failed,
}

impl<T> From<Option<T>> for Became<T> {
    fn from(done: Option<T>) -> Self {
        done.map_or(Self::Failed, Self::Done)
    }
}

/// What was deleted about a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// The ids of the tours in which a position was kept, each once.
    pub paths: Vec<String>,
    /// How many positions that were: a tour may have been taken in several servers.
    pub positions: usize,
    /// How often the person said within the last days whether an answer was useful.
    pub votes: usize,
}
