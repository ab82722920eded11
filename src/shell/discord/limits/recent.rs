//! What came a short while ago, so that something that comes twice acts once.

use std::collections::{HashSet, VecDeque};
use std::hash::Hash;
use std::time::Duration;

use tokio::time::Instant;

/// What comes within this part of the time for which it is remembered is forgotten together: a time for each thing would take
/// twice as much memory as the thing.
const PARTS: u32 = 128;

/// The last things of a kind: no more than so many, and none that is older than so long, or than a small part of that more.
#[derive(Debug)]
pub(in crate::shell::discord) struct Recent<T> {
    most: usize,
    lasts: Duration,
    known: HashSet<T>,
    /// The same in the order in which they came.
    order: VecDeque<T>,
    groups: VecDeque<Group>,
}

/// Things that came one shortly after the other.
#[derive(Debug)]
struct Group {
    first: Instant,
    last: Instant,
    count: usize,
}

impl<T: Clone + Eq + Hash> Recent<T> {
    pub(in crate::shell::discord) fn new(most: usize, lasts: Duration) -> Self {
        Self { most, lasts, known: HashSet::new(), order: VecDeque::new(), groups: VecDeque::new() }
    }

    /// Whether something comes for the first time, as far as remembered.
    pub(in crate::shell::discord) fn is_new(&mut self, item: T) -> bool {
        let now = Instant::now();
        while self.groups.front().is_some_and(|group| now.duration_since(group.last) >= self.lasts) {
            self.forget_oldest();
        }
        if self.known.contains(&item) {
            return false;
        }
        // First, so that neither collection grows beyond the bound: they grow to twice their size.
        if self.order.len() >= self.most {
            self.forget_oldest();
        }
        self.known.insert(item.clone());
        self.order.push_back(item);
        match self.groups.back_mut() {
            Some(group) if now.duration_since(group.first) < self.lasts / PARTS => {
                group.last = now;
                group.count += 1;
            }
            _ => self.groups.push_back(Group { first: now, last: now, count: 1 }),
        }
        true
    }

    fn forget_oldest(&mut self) {
        if let Some(oldest) = self.order.pop_front() {
            self.known.remove(&oldest);
        }
        self.leave_group(0);
    }

    /// Forgets something, so that it may act again.
    pub(in crate::shell::discord) fn forget(&mut self, item: &T) {
        self.known.remove(item);
        if let Some(at) = self.order.iter().position(|other| other == item) {
            self.order.remove(at);
            self.leave_group(at);
        }
    }

    /// The thing at this index is not there any more.
    fn leave_group(&mut self, at: usize) {
        let mut end = 0;
        for group in &mut self.groups {
            end += group.count;
            if at < end {
                group.count -= 1;
                break;
            }
        }
        self.groups.retain(|group| group.count > 0);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::advance;

    use super::{PARTS, Recent};

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

    #[tokio::test(start_paused = true)]
    async fn what_came_together_is_forgotten_together_and_not_too_early() {
        let mut recent = Recent::new(100, LASTS);
        let between = LASTS / PARTS / 2;
        assert!(recent.is_new("é"));
        advance(between).await;
        assert!(recent.is_new("日"));
        advance(LASTS / PARTS).await;
        assert!(recent.is_new("🦀"));
        assert_eq!(recent.groups.len(), 2);
        recent.forget(&"🦀");
        assert_eq!((recent.groups.len(), recent.order.len()), (1, 2));
        advance(LASTS - LASTS / PARTS - MOMENT).await;
        assert!(!recent.is_new("é") && !recent.is_new("日"));
        advance(MOMENT).await;
        assert!(recent.is_new("é") && recent.is_new("日"));
    }

    #[tokio::test(start_paused = true)]
    async fn it_takes_no_more_memory_at_its_bound_than_it_was_made_for() {
        let mut recent = Recent::new(1_024, LASTS);
        assert!((0..10_000).all(|id| recent.is_new(id)));
        assert_eq!((recent.known.len(), recent.order.len(), recent.groups.len()), (1_024, 1_024, 1));
        assert!(recent.order.capacity() <= 1_024, "{}", recent.order.capacity());
    }
}
