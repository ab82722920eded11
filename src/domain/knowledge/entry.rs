//! The entries of the comparison, topics and projects, and what they say.

use serde::{Deserialize, Serialize};

use super::{Claim, Date, DirectAnswer, Implied, Point, Side, Source, Weight};

/// What topics and projects have in common.
#[derive(Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The fixed name: the file's name without its ending.
    pub id: String,
    /// The title that people read.
    pub title: String,
    /// The answer, or the advice, in one line.
    pub takeaway: String,
    /// Which side it leans to.
    pub leaning: Leaning,
    /// Why it leans that way.
    pub reason: String,
    /// The day on which the facts were checked last.
    pub checked: Date,
    /// The ids of topics worth reading next.
    pub related: Vec<String>,
    /// What the article says about it.
    pub claims: Vec<Claim>,
    /// Every page that it cites, in the order of the first citation.
    pub sources: Vec<Source>,
}

/// One aspect on which the two subjects are compared.
#[derive(Debug, Serialize, Deserialize)]
pub struct Topic {
    /// What it has in common with a project.
    pub entry: Entry,
    /// The id of the group that it is shown in.
    pub category: String,
    /// Words and phrases by which people ask for it; autocompletion knows it by them.
    pub aliases: Vec<String>,
    /// What holds for each side, in the order of the subjects.
    pub sides: [Vec<Point>; 2],
    /// Short answers to specific questions about it, in the order of the data.
    pub answers: Vec<DirectAnswer>,
    /// Whether the versions of both subjects belong to it.
    pub shows_releases: bool,
}

impl Topic {
    /// What holds for one side.
    pub fn points(&self, side: Side) -> &[Point] {
        let [first, second] = &self.sides;
        match side {
            Side::First => first,
            Side::Second => second,
        }
    }
}

/// A kind of project and the stack that suits it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Project {
    /// What it has in common with a topic.
    pub entry: Entry,
    /// What speaks for either side in such a project, beside what its factors bring.
    pub weights: Vec<Weight>,
    /// What goes with such a project without being said.
    pub implied: Vec<Implied>,
}

/// Which side a comparison leans to.
/// Files that were written before have the names in capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Leaning {
    /// One side is ahead.
    #[serde(alias = "Toward")]
    Toward(Side, Strength),
    /// Both are as good.
    #[serde(alias = "Even")]
    Even,
    /// It depends on what is needed.
    #[serde(alias = "Depends")]
    Depends,
}

/// How far one side is ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// A little; other reasons may well outweigh it.
    #[serde(alias = "Slight")]
    Slight,
    /// Clearly.
    #[serde(alias = "Strong")]
    Strong,
}
