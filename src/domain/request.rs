//! What was asked, whichever door it came through.

/// One thing that a person asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// A comparison on a topic that was typed or chosen: an id, a title, an alias or any other text.
    Compare(String),
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
    /// The kind of project of an id.
    Project(String),
    /// The list of all topics.
    Topics,
    /// What the bot can do.
    Help,
    /// Where a newcomer starts.
    Onboarding,
}
