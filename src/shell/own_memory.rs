//! What is remembered of one person for as long as their chat or their page is open: the position in a tour.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::road::Memory;
use crate::domain::outcome::{Became, Done, Effect, Forgotten};
use crate::domain::request::TourPosition;
use crate::domain::situation::{Needs, Situation, Stored, WhichTour};

/// The memory of one person, who is alone with the bot. Nothing of it is stored.
#[derive(Debug, Default)]
pub(super) struct OwnMemory {
    position: Mutex<Option<TourPosition>>,
}

impl OwnMemory {
    /// A memory of where the person is in a tour.
    #[cfg(feature = "web")]
    pub(super) fn of(position: Option<TourPosition>) -> Self {
        Self { position: Mutex::new(position) }
    }

    /// Where the person is in a tour.
    #[cfg(feature = "web")]
    pub(super) fn into_position(self) -> Option<TourPosition> {
        self.position.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn position(&self) -> MutexGuard<'_, Option<TourPosition>> {
        self.position.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory for OwnMemory {
    async fn read(&self, needs: Needs) -> Situation {
        let is_needed = |left: &TourPosition| match &needs.position {
            Some(WhichTour::Last) => true,
            Some(WhichTour::Of(path)) => left.path == *path,
            None => false,
        };
        let left = self.position().clone().filter(is_needed);
        Situation { position: left.map_or(Stored::Absent, Stored::Value), ..Situation::default() }
    }

    async fn carry_out(&self, effects: &[Effect]) -> Done {
        let mut done = Done::default();
        for effect in effects {
            match effect {
                Effect::SavePosition { position, .. } => {
                    self.position().replace(position.clone());
                    done.saved = Became::Done(());
                }
                Effect::Forget => {
                    let paths: Vec<String> = self.position().take().map(|left| left.path).into_iter().collect();
                    done.forgotten = Became::Done(Forgotten { positions: paths.len(), paths, votes: 0 });
                }
                // There is no server whose answers are counted.
                Effect::CountAnswer { .. } | Effect::Team(_) | Effect::Decision(_) => {}
            }
        }
        done
    }
}
