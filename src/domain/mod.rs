//! What is known and what is meant: pure functions, without clock, files, network or Discord.

pub mod answer;
pub mod knowledge;
pub mod matching;
pub mod onboarding;
mod packed;
pub mod question;
pub mod recommendation;
pub mod request;
