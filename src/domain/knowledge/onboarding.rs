//! The introduction for newcomers: tours, and the questions of a quiz.

use serde::{Deserialize, Serialize};

use super::{Date, Source};

/// Questions of a quiz.
pub const QUIZ_QUESTIONS: usize = 5;

/// The introduction for newcomers.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Onboarding {
    /// The tours that one can choose from, sorted by id.
    pub paths: Vec<Path>,
    /// The questions that quizzes are made of.
    pub questions: Vec<QuizQuestion>,
}

/// A tour for one kind of work.
#[derive(Debug, Serialize, Deserialize)]
pub struct Path {
    /// The fixed name: the file's name without its ending.
    pub id: String,
    /// The name that people read.
    pub title: String,
    /// For whom it is.
    pub description: String,
    /// The day on which the facts were checked last.
    pub checked: Date,
    /// Its steps in order.
    pub steps: Vec<Step>,
    /// Every page that it cites, in the order of the first citation.
    pub sources: Vec<Source>,
}

/// A step of a tour.
#[derive(Debug, Serialize, Deserialize)]
pub struct Step {
    /// The fixed name, unique within its path.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it explains.
    pub text: String,
    /// The id of the topic that says more.
    pub topic: String,
    /// The pages that say so, as positions in the `sources` of its path.
    pub sources: Vec<usize>,
}

/// A question of a quiz.
#[derive(Debug, Serialize, Deserialize)]
pub struct QuizQuestion {
    /// The fixed name.
    pub id: String,
    /// The question.
    pub text: String,
    /// The right answer.
    pub right: String,
    /// Answers that a newcomer might believe, of which a quiz takes some.
    pub wrong: Vec<String>,
    /// Why the right answer is right.
    pub explanation: String,
    /// The id of the topic that says more.
    pub topic: String,
    /// The pages that say so.
    pub sources: Vec<Source>,
}
