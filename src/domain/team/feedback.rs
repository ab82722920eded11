//! What was asked in a server, and whether the answers were of use: counts, no people.

/// Whether an answer was of use to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vote {
    /// It was.
    Useful,
    /// It was not.
    Useless,
}

/// What is counted: a topic or a kind of project, and a direct answer of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Counted {
    /// Such as `compare:speed` or `recommend:game`, as the meanings of questions are called; or one of the names below.
    pub topic: String,
    /// The id of the direct answer; blank for none.
    pub answer: String,
}

/// Tools that were asked about.
pub const TOOLS: &str = "tools";
/// Questions that got no answer.
pub const UNANSWERED: &str = "unanswered";

/// How often something was asked, and of how much use the answers were.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Count {
    /// What is counted.
    pub of: Counted,
    /// Questions.
    pub asked: u64,
    /// People and answers that were of use to them.
    pub useful: u64,
    /// The same where they were not.
    pub useless: u64,
}
