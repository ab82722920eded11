//! How a kind of project is weighed: criteria, factors of a project, and the weights that both bring.

use serde::{Deserialize, Serialize};

use super::{Point, Side, Source};

/// What a recommendation is made of.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Weighing {
    /// What speaks for one side or the other, in the order in which it is shown.
    pub criteria: Vec<Criterion>,
    /// What is asked about a project, in the order of the data.
    pub factors: Vec<Factor>,
    /// Every page that the weights of the factors cite.
    pub sources: Vec<Source>,
}

/// One thing that speaks for one side or the other.
#[derive(Debug, Serialize, Deserialize)]
pub struct Criterion {
    /// The fixed name that weights refer to.
    pub id: String,
    /// The name beside its bar.
    pub title: String,
    /// The id of the topic that says more about it.
    pub topic: String,
}

/// Something about a project that may change which side suits it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Factor {
    /// The fixed name.
    pub id: String,
    /// The short name that stands for it wherever a description is written down; the data never gives it to another.
    pub code: String,
    /// The name before its value.
    pub title: String,
    /// The question that asks for it.
    pub question: String,
    /// Whether several values may hold at once.
    pub many: bool,
    /// What it may be.
    pub values: Vec<Value>,
}

/// What a factor may be.
#[derive(Debug, Serialize, Deserialize)]
pub struct Value {
    /// The fixed name.
    pub id: String,
    /// The short name that stands for it beside that of its factor; the data never gives it to another.
    pub code: String,
    /// The name that people read.
    pub title: String,
    /// Positions of values of the same factor: where all of them are mentioned, it is this value.
    pub unites: Vec<usize>,
    /// Positions of the criteria whose points count double with this value.
    pub doubles: Vec<usize>,
    /// What it speaks for.
    pub weights: Vec<Weight>,
}

/// A reason for one side, with the points that it brings.
#[derive(Debug, Serialize, Deserialize)]
pub struct Weight {
    /// The position of its criterion in [`Weighing::criteria`].
    pub criterion: usize,
    /// The side that it speaks for.
    pub toward: Side,
    /// How much, 1–4: a nudge, it matters, it weighs heavily, it nearly decides.
    pub points: u8,
    /// Why; its sources are positions in the list of the project or of [`Weighing`].
    pub reason: Point,
}

/// The values of one factor, by their positions in [`Weighing::factors`] and [`Factor::values`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Implied {
    /// The position of the factor.
    pub factor: usize,
    /// The positions of its values.
    pub values: Vec<usize>,
}
