//! A step of a tour, with its neighbours.

use crate::knowledge::{Knowledge, Path, Step};
use crate::request::TourPosition;

/// A step of a tour.
#[derive(Debug, Clone, Copy)]
pub struct TourStep<'k> {
    /// The tour.
    pub path: &'k Path,
    /// The step.
    pub step: &'k Step,
    /// Its number, from 1.
    pub number: usize,
}

impl<'k> TourStep<'k> {
    /// The step before it.
    pub fn back(&self) -> Option<&'k Step> {
        self.number.checked_sub(2).and_then(|at| self.path.steps.get(at))
    }

    /// The step after it.
    pub fn next(&self) -> Option<&'k Step> {
        self.path.steps.get(self.number)
    }

    /// Whether the tour is over with it.
    pub fn is_last(&self) -> bool {
        self.number == self.path.steps.len()
    }
}

/// The step at a position. A step that the data does not know any more is the first one.
pub fn step<'k>(knowledge: &'k Knowledge, position: &TourPosition) -> Option<TourStep<'k>> {
    let path = knowledge.onboarding.paths.iter().find(|path| path.id == position.path)?;
    let at = path.steps.iter().position(|step| step.id == position.step).unwrap_or_default();
    let step = path.steps.get(at)?;
    Some(TourStep { path, step, number: at + 1 })
}
