//! The ids of recent events, so that an event that comes twice is answered once.

use std::collections::{HashSet, VecDeque};

/// How many are remembered; after a lost connection Discord sends far fewer again.
const REMEMBERED: usize = 4_096;

/// The ids of the last events.
#[derive(Debug, Default)]
pub(in crate::shell::discord) struct RecentIds {
    ids: HashSet<u64>,
    order: VecDeque<u64>,
}

impl RecentIds {
    /// Whether an id comes for the first time, as far as remembered.
    pub(in crate::shell::discord) fn is_new(&mut self, id: u64) -> bool {
        if !self.ids.insert(id) {
            return false;
        }
        self.order.push_back(id);
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.ids.remove(&oldest);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{REMEMBERED, RecentIds};

    #[test]
    fn an_id_is_new_once_and_the_oldest_are_forgotten() {
        let mut recent = RecentIds::default();
        assert!(recent.is_new(7) && !recent.is_new(7));
        assert!((100..).take(REMEMBERED).all(|id| recent.is_new(id)));
        assert!(recent.is_new(7));
        assert_eq!(recent.ids.len(), REMEMBERED);
    }
}
