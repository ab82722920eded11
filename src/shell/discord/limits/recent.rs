//! What came a short while ago, so that something that comes twice acts once.

use std::collections::{HashSet, VecDeque};
use std::hash::Hash;
use std::time::Duration;

use tokio::time::Instant;

/// The last things of a kind: no more than so many, and none that is older than so long.
#[derive(Debug)]
pub(in crate::shell::discord) struct Recent<T> {
    most: usize,
    lasts: Duration,
    known: HashSet<T>,
    order: VecDeque<(Instant, T)>,
}

impl<T: Clone + Eq + Hash> Recent<T> {
    pub(in crate::shell::discord) fn new(most: usize, lasts: Duration) -> Self {
        Self { most, lasts, known: HashSet::new(), order: VecDeque::new() }
    }

    /// Whether something comes for the first time, as far as remembered.
    pub(in crate::shell::discord) fn is_new(&mut self, item: T) -> bool {
        let now = Instant::now();
        while self.order.front().is_some_and(|(since, _)| now.duration_since(*since) >= self.lasts) {
            self.forget_oldest();
        }
        if !self.known.insert(item.clone()) {
            return false;
        }
        self.order.push_back((now, item));
        if self.order.len() > self.most {
            self.forget_oldest();
        }
        true
    }

    fn forget_oldest(&mut self) {
        if let Some((_, oldest)) = self.order.pop_front() {
            self.known.remove(&oldest);
        }
    }

    /// Forgets something, so that it may act again.
    pub(in crate::shell::discord) fn forget(&mut self, item: &T) {
        self.known.remove(item);
        self.order.retain(|(_, other)| other != item);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::advance;

    use super::Recent;

    const LASTS: Duration = Duration::from_secs(60);
    const MOMENT: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn a_thing_is_new_once_until_it_is_old() {
        let mut recent = Recent::new(100, LASTS);
        assert!(recent.is_new(7) && !recent.is_new(7));
        advance(LASTS - MOMENT).await;
        assert!(!recent.is_new(7));
        advance(MOMENT).await;
        assert!(recent.is_new(7));
    }

    #[tokio::test(start_paused = true)]
    async fn the_oldest_are_forgotten_where_there_are_too_many() {
        let mut recent = Recent::new(3, LASTS);
        assert!((1..=4).all(|id| recent.is_new(id)));
        assert!(recent.is_new(1) && !recent.is_new(4));
        assert_eq!((recent.known.len(), recent.order.len()), (3, 3));
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_forgotten_on_purpose_is_new_again() {
        let mut recent = Recent::new(3, LASTS);
        assert!(recent.is_new("é") && recent.is_new("日"));
        recent.forget(&"é");
        assert!(recent.is_new("é") && !recent.is_new("日"));
        assert_eq!((recent.known.len(), recent.order.len()), (2, 2));
    }
}
