//! Statements, and the pages that they cite.

use serde::{Deserialize, Serialize};

use super::Date;

/// One statement about one side.
#[derive(Debug, Serialize, Deserialize)]
pub struct Point {
    /// The statement.
    pub text: String,
    /// The pages that say so, as positions in the `sources` of its topic.
    pub sources: Vec<usize>,
    /// The day from which it has to be checked again.
    pub until: Option<Date>,
}

/// A short answer to a specific question.
#[derive(Debug, Serialize, Deserialize)]
pub struct DirectAnswer {
    /// The fixed name, unique among all topics.
    pub id: String,
    /// The question that it answers.
    pub question: String,
    /// The answer, which begins with the answer itself.
    pub text: String,
    /// The pages that say so, as positions in the `sources` of its topic.
    pub sources: Vec<usize>,
    /// The day from which it has to be checked again.
    pub until: Option<Date>,
}

/// One statement of the article, and what holds today.
#[derive(Debug, Serialize, Deserialize)]
pub struct Claim {
    /// What the article says, in our own words.
    pub says: String,
    /// Where in the article it says so.
    pub passage: String,
    /// Whether it still holds.
    pub verdict: Verdict,
    /// What holds today; always there unless the claim simply holds.
    pub today: Option<Point>,
}

/// Whether a claim of the article still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// It is right.
    Holds,
    /// It was right once.
    Dated,
    /// It leads to a wrong conclusion.
    Misleading,
    /// It is not right.
    Wrong,
}

/// A page that an answer cites.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Source {
    /// The title of the page.
    pub title: String,
    /// Its address, `https://` or `http://`.
    pub url: String,
    /// The date of the text that was read: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub as_of: String,
    /// Whether it reports figures of somebody else.
    pub second_hand: bool,
}
