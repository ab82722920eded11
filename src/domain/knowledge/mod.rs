//! What the team knows: two subjects, the topics on which they differ, and the pages that say so.

mod date;
mod entry;
mod examples;
mod model;
mod onboarding;
mod parse;
mod problem;
mod statement;
mod subject;
mod weighing;

pub use date::Date;
pub use entry::{Entry, Leaning, Lines, Project, Strength, Topic};
pub use examples::{Intents, Phrasings, Vocabulary};
pub use model::Knowledge;
pub use onboarding::{Onboarding, Path, QUIZ_QUESTIONS, QuizQuestion, Step};
pub use parse::parse;
pub use problem::Problem;
pub use statement::{Claim, Point, Source, Verdict};
pub use subject::{Article, Category, Side, Subject};
pub use weighing::{Criterion, Factor, Implied, Value, Weighing, Weight};
