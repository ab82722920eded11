//! What can be given with commands: the options, and their names.

use crate::presentation::limits;

/// An option that holds a text.
#[derive(Debug, Clone, Copy)]
pub struct TextOption {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// Whether the command needs it.
    pub required: bool,
    /// Whether topics are offered while it is typed.
    pub completes: bool,
    /// Units that it may have.
    pub most: u16,
}

/// An option beside the text of a command.
#[derive(Debug, Clone, Copy)]
pub struct FurtherOption {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// Whether the command needs it.
    pub required: bool,
    /// What it holds.
    pub kind: OptionKind,
}

/// What an option holds.
#[derive(Debug, Clone, Copy)]
pub enum OptionKind {
    /// A text of at most so many units; of some, topics are offered while it is typed.
    Text(u16, Completes),
    /// A number, with the least and the greatest.
    Number(u32, u32),
    /// A file.
    File,
    /// One of these, each with the name that people see.
    OneOf(&'static [(&'static str, &'static str)]),
}

/// Whether topics are offered while a text is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completes {
    /// They are.
    Topics,
    /// Nothing is.
    Nothing,
}

/// What can be given with a vote.
pub(super) const VOTE_OPTIONS: [FurtherOption; 4] = [
    further(OPTIONS, "2 to 10 options, with commas between them", OptionKind::Text(1000, Completes::Nothing)),
    further(HOURS, "Hours until the votes are counted; 24 without it", OptionKind::Number(1, 768)),
    further(
        TOPIC,
        "The topic, tool or kind of project in whose answers the decision is remembered",
        OptionKind::Text(100, Completes::Topics),
    ),
    further(MINIMUM, "Votes below which the result does not count", OptionKind::Number(1, 10_000)),
];
/// A file, and what is done with it.
pub(super) const FILE_OPTIONS: [FurtherOption; 2] = [
    FurtherOption { required: true, ..further(FILE, "The file that /team export gave you", OptionKind::File) },
    further(
        MODE,
        "What to do (look at it first, unless you say otherwise)",
        OptionKind::OneOf(&[(EXAMINE, "say what it would change"), (TAKE, "do it")]),
    ),
];
pub(super) const NUMBER_OPTION: FurtherOption = FurtherOption {
    required: true,
    ..further(NUMBER, "The number of the decision", OptionKind::Number(1, MOST_NUMBER))
};
pub(super) const BY_OPTION: FurtherOption = FurtherOption {
    required: true,
    ..further(BY, "The number of the decision that takes its place", OptionKind::Number(1, MOST_NUMBER))
};
/// The greatest number of a decision that can be typed.
const MOST_NUMBER: u32 = 1_000_000;

const fn further(name: &'static str, description: &'static str, kind: OptionKind) -> FurtherOption {
    FurtherOption { name, description, required: false, kind }
}

/// A text that a command needs.
pub(super) const fn text(name: &'static str, description: &'static str) -> TextOption {
    TextOption { name, description, required: true, completes: false, most: limits::OPTION_TEXT }
}

/// The option that holds a topic.
pub const TOPIC: &str = "topic";
/// The option that holds the description of a project.
pub const PROJECT: &str = "project";
/// The option that holds a question.
pub const QUESTION: &str = "question";

/// The option that holds what can be voted for.
pub const OPTIONS: &str = "options";
/// The option that holds how long a vote runs.
pub const HOURS: &str = "hours";
/// The option that holds how many votes are needed.
pub const MINIMUM: &str = "minimum";
/// The option that holds the number of a decision.
pub const NUMBER: &str = "number";
/// The option that holds the number of the decision that takes its place.
pub const BY: &str = "by";

/// The option that holds a file.
pub const FILE: &str = "file";
/// The option that says what is done with a file.
pub const MODE: &str = "mode";
/// Its value where the file is only looked at.
const EXAMINE: &str = "examine";
/// Its value where it is taken over.
pub const TAKE: &str = "take";

/// The option that says who sees the answer, of commands whose readers are [`Readers::AsChosen`](super::Readers::AsChosen).
pub const VISIBILITY: &str = "visibility";
/// Its value for an answer that only the asker sees.
pub const PRIVATE: &str = "private";
/// Its value for an answer that everyone sees.
pub const PUBLIC: &str = "public";
pub(in crate::presentation) const VISIBILITY_DESCRIPTION: &str =
    "Who sees the answer (as the server chose, else everyone)";
pub(in crate::presentation) const PRIVATE_NAME: &str = "only me";
pub(in crate::presentation) const PUBLIC_NAME: &str = "everyone";
