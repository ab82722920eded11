//! Which answer a message shows in the end, when it is changed from several sides.
//!
//! A picture is added to an answer by an edit that follows it, and a callback may be slow. Whoever presses a button
//! meanwhile gets another answer in the same message, and what comes late must not bring the old one back. So the newest
//! press waits for the callbacks of the others and then edits the message once more; nobody waits before a callback.

use std::collections::HashMap;
use std::sync::{Arc, Mutex as SyncMutex, PoisonError};

use tokio::sync::{Mutex, Notify, OwnedMutexGuard};

/// The messages that are being changed, by the id of what they answer.
#[derive(Default)]
pub(super) struct Settling {
    messages: SyncMutex<HashMap<u64, Changed>>,
}

/// A message that is being changed.
#[derive(Default)]
struct Changed {
    /// The interaction whose answer is to be shown in the end.
    newest: u64,
    /// The interactions that are not done with it.
    interactions: usize,
    /// Those of them whose callback is on its way.
    responding: usize,
    /// Tells that there is one fewer of those.
    responded: Arc<Notify>,
    turn: Arc<Mutex<()>>,
}

/// One interaction that changes a message.
pub(super) struct Change<'s> {
    settling: &'s Settling,
    message: u64,
    interaction: u64,
    is_responding: bool,
    /// Whether another interaction was changing the message when this one came.
    pub(super) is_contested: bool,
}

impl Settling {
    /// Announces that an interaction changes a message by its callback.
    pub(super) fn begin(&self, message: u64, interaction: u64) -> Change<'_> {
        let mut messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = messages.entry(message).or_default();
        let is_contested = changed.interactions > 0;
        changed.interactions += 1;
        changed.responding += 1;
        changed.newest = changed.newest.max(interaction);
        Change { settling: self, message, interaction, is_responding: true, is_contested }
    }
}

impl Change<'_> {
    /// Says that the callback is done, well or not.
    pub(super) fn responded(&mut self) {
        if std::mem::take(&mut self.is_responding) {
            let responded = self.read(|changed| {
                changed.responding -= 1;
                Arc::clone(&changed.responded)
            });
            responded.inspect(|responded| responded.notify_waiters());
        }
    }

    /// Waits until it may edit the message: until no callback is on its way and no other edit. Nothing if a newer
    /// interaction decides what is shown.
    pub(super) async fn turn(&mut self) -> Option<OwnedMutexGuard<()>> {
        self.responded();
        loop {
            let responded = self.read(|changed| Arc::clone(&changed.responded))?;
            let responded = responded.notified();
            let (newest, responding) = self.read(|changed| (changed.newest, changed.responding))?;
            if newest != self.interaction {
                return None;
            }
            if responding == 0 {
                break;
            }
            responded.await;
        }
        let turn = self.read(|changed| Arc::clone(&changed.turn))?;
        let guard = turn.lock_owned().await;
        let newest = self.read(|changed| changed.newest)?;
        (newest == self.interaction).then_some(guard)
    }

    fn read<T>(&self, read: impl Fn(&mut Changed) -> T) -> Option<T> {
        let mut messages = self.settling.messages.lock().unwrap_or_else(PoisonError::into_inner);
        messages.get_mut(&self.message).map(read)
    }
}

impl Drop for Change<'_> {
    fn drop(&mut self) {
        self.responded();
        let mut messages = self.settling.messages.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(changed) = messages.get_mut(&self.message) {
            changed.interactions -= 1;
            if changed.interactions == 0 {
                messages.remove(&self.message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use super::Settling;

    #[tokio::test]
    async fn only_the_newest_interaction_is_shown() {
        let settling = Settling::default();
        let (mut old, mut new) = (settling.begin(1, 10), settling.begin(1, 11));
        assert!(!old.is_contested && new.is_contested);
        assert!(old.turn().await.is_none());
        assert!(new.turn().await.is_some());
    }

    #[tokio::test]
    async fn the_newest_waits_for_the_callbacks_of_the_others() {
        let settling = Settling::default();
        let (mut old, mut new) = (settling.begin(1, 10), settling.begin(1, 11));
        let mut turn = pin!(new.turn());
        tokio::select! {
            biased;
            _ = &mut turn => panic!("the callback of the old one is still on its way"),
            () = tokio::task::yield_now() => {}
        }
        old.responded();
        assert!(turn.await.is_some());
    }

    #[tokio::test]
    async fn changes_of_different_messages_do_not_meet_and_leave_nothing_behind() {
        let settling = Settling::default();
        let (mut one, mut other) = (settling.begin(1, 10), settling.begin(2, 11));
        assert!(one.turn().await.is_some() && other.turn().await.is_some());
        drop((one, other));
        assert!(settling.messages.lock().is_ok_and(|messages| messages.is_empty()));
    }
}
