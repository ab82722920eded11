//! The tour and the quiz for newcomers.

mod quiz;
mod tour;

pub use quiz::{QuizView, view};
pub use tour::{TourStep, step};
