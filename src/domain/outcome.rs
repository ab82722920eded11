//! What comes out of a request: the answer, who sees it, and what the caller has to do for it.

use super::answer::Answer;
use super::request::TourPosition;
use super::situation::Audience;

/// What comes out of a request.
#[derive(Debug)]
pub struct Outcome<'k> {
    /// What there is to say.
    pub answer: Answer<'k>,
    /// Who sees it.
    pub audience: Audience,
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
}

impl Effect {
    /// Whether the reply says what became of it; such an effect comes before the reply, any other may follow it.
    pub fn is_reported(&self) -> bool {
        matches!(self, Self::SavePosition { .. } | Self::Forget)
    }
}

/// What became of the effects that the reply reports on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// Of keeping how far a person got.
    pub saved: Became<()>,
    /// Of deleting what was kept about a person: what it was.
    pub forgotten: Became<Forgotten>,
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
}
