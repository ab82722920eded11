//! What was asked, whichever door it came through.

use std::collections::{BTreeMap, BTreeSet};

/// One thing that a person asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// A comparison on a topic that was typed or chosen: an id, a title, an alias or any other text.
    Compare(String),
    /// Which side suits a project that is described in free text; a blank text leads to the first question about it.
    Recommend(String),
    /// A question in free text.
    Ask(String),
    /// Something whose name is known, such as a button under an earlier answer.
    Show(Shown),
}

/// What an answer can show, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// The topic of an id.
    Topic(String),
    /// Which side suits a project.
    Project(Described),
    /// The list of all topics.
    Topics,
    /// What the bot can do.
    Help,
    /// Where a newcomer starts.
    Onboarding,
}

/// A project as far as it was described. It holds the codes of the data, which may have changed since.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Described {
    /// What kind of project it is.
    pub kind: Kind,
    /// The codes of the values of each factor, by the code of the factor; a factor without values was left open on purpose.
    pub stated: BTreeMap<char, BTreeSet<char>>,
    /// What somebody wants to change.
    pub changing: Option<Part>,
}

/// What kind of project it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Kind {
    /// It was not said.
    #[default]
    Open,
    /// It was asked, and left open.
    Skipped,
    /// The kind of an id.
    Of(String),
}

/// A part of a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The kind of project.
    Kind,
    /// The factor of a code.
    Factor(char),
}

impl Shown {
    /// Both together: several options of one menu that were chosen at once.
    pub fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Project(one), Self::Project(other)) => Self::Project(one.with(other)),
            (one, _) => one,
        }
    }
}

impl Described {
    /// A kind of project of which nothing else is known.
    pub fn of(id: impl Into<String>) -> Self {
        Self { kind: Kind::Of(id.into()), ..Self::default() }
    }

    /// The same for another kind of project.
    pub fn of_kind(self, id: &str) -> Self {
        Self { kind: Kind::Of(id.to_owned()), changing: None, ..self }
    }

    fn with(mut self, other: Self) -> Self {
        for (factor, values) in other.stated {
            self.stated.entry(factor).or_default().extend(values);
        }
        self
    }
}
