//! Which events were taken already.

use std::collections::{HashSet, VecDeque};

/// So many of the last ones are remembered; after a lost connection Discord tells far fewer again.
const REMEMBERED: usize = 4_096;

/// The ids of the last events.
#[derive(Debug, Default)]
pub(super) struct Seen {
    ids: HashSet<u64>,
    order: VecDeque<u64>,
}

impl Seen {
    /// Whether an id comes for the first time, as far as remembered.
    pub(super) fn is_new(&mut self, id: u64) -> bool {
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
    use super::{REMEMBERED, Seen};

    #[test]
    fn an_id_is_new_once_and_the_oldest_are_forgotten() {
        let mut seen = Seen::default();
        assert!(seen.is_new(7) && !seen.is_new(7));
        assert!((100..).take(REMEMBERED).all(|id| seen.is_new(id)));
        assert!(seen.is_new(7));
        assert_eq!(seen.ids.len(), REMEMBERED);
    }
}
