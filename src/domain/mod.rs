//! What is known and what is meant: pure functions, without clock, files, network or Discord.

mod about_bot;
pub mod answer;
pub mod backup;
pub mod compiled_in;
pub mod core;
pub mod deciding;
pub mod decisions;
pub mod finding;
pub mod following;
pub mod knowledge;
pub mod language;
pub mod lifecycle;
pub mod matching;
pub mod onboarding;
pub mod outcome;
mod packed;
mod phrasebook;
pub mod question;
pub mod recommendation;
pub mod request;
pub mod sentences;
pub mod situation;
pub mod smalltalk;
pub mod staleness;
pub mod team;
mod thresholds;
pub mod visible;
