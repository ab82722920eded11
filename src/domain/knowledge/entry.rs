//! The entries of the comparison, topics and projects, and what they say.

use serde::{Deserialize, Serialize};

use super::{Claim, Date, Implied, Point, Side, Source, Weight};

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
    /// Words and phrases by which people ask for it.
    pub words: Vec<String>,
    /// Questions by which people ask for it, and descriptions that mean it.
    pub questions: Vec<String>,
    /// What the article says about it.
    pub claims: Vec<Claim>,
    /// Every page that it cites, in the order of the first citation.
    pub sources: Vec<Source>,
    /// Where its texts stand in its file.
    pub lines: Lines,
}

/// One aspect on which the two subjects are compared.
#[derive(Debug, Serialize, Deserialize)]
pub struct Topic {
    /// What it has in common with a project.
    pub entry: Entry,
    /// The id of the group that it is shown in.
    pub category: String,
    /// What holds for each side, in the order of the subjects.
    pub sides: [Vec<Point>; 2],
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

/// The lines, from 1, in which the texts of an entry start, so that a text that does not fit can be found.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Lines {
    /// The line of the title.
    pub title: usize,
    /// The line of the takeaway.
    pub takeaway: usize,
    /// The line of the reason.
    pub reason: usize,
    /// The line of the first point of each side.
    pub sides: [usize; 2],
    /// The line of the first claim of the article.
    pub claims: usize,
    /// The line of the leaning.
    pub leaning: usize,
}

/// Which way a comparison falls out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Leaning {
    /// One side is ahead.
    Toward(Side, Strength),
    /// Both are as good.
    Even,
    /// It depends on what is needed.
    Depends,
}

/// How far one side is ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Strength {
    /// A little; other reasons may well outweigh it.
    Slight,
    /// Clearly.
    Strong,
}
