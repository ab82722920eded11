//! What the team knows: two subjects, the topics on which they differ, and the pages that say so.

mod date;
mod entry;
mod examples;
mod model;
mod onboarding;
mod origins;
mod parse;
mod problem;
mod release;
mod statement;
mod subject;
mod tool;
mod weighing;

pub use date::{Date, NotADate, iso};
pub use entry::{Entry, Leaning, Project, Strength, Topic};
pub use examples::{
    AboutBotWords, Examples, FollowingWords, PairingWords, Phrase, Phrasings, RulingWords, SmallTalkWords, ToolName,
    Vocabulary,
};
pub use model::Knowledge;
pub use onboarding::{Onboarding, Path, QUIZ_QUESTIONS, QuizQuestion, Step};
pub use origins::{Item, Origins};
pub use parse::{ENDING, FILES, FOLDERS, GENERAL, Parsed, is_data_file, misplaced, parse, parse_on, unexpected};
pub use problem::{Problem, Visible};
pub use release::{Release, When};
pub use statement::{Claim, DirectAnswer, Point, Source, Verdict};
pub use subject::{Article, Category, Side, Subject};
pub use tool::{Belongs, Note, Tool};
pub use weighing::{Criterion, Factor, Implied, Value, Weighing, Weight};
