//! Which answer a message shows in the end, when it is edited from several sides.
//!
//! A picture is added to an answer by an edit that follows it. Whoever presses a button meanwhile gets another answer in
//! the same message, and the late edit must not bring the old one back. So edits of one message come one after the
//! other, and only the newest press is shown by them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex as SyncMutex, PoisonError};

use tokio::sync::{Mutex, OwnedMutexGuard};

/// The messages that are being edited, by the id of what they answer.
#[derive(Default)]
pub(super) struct Settling {
    messages: SyncMutex<HashMap<u64, Edited>>,
}

/// A message that is being edited.
struct Edited {
    /// The interaction whose answer is to be shown in the end.
    newest: u64,
    /// The interactions that are not done with it.
    interactions: usize,
    turn: Arc<Mutex<()>>,
}

/// One interaction that edits a message.
pub(super) struct Edit<'s> {
    settling: &'s Settling,
    message: u64,
    interaction: u64,
    /// Whether another interaction was editing the message when this one came.
    pub(super) is_contested: bool,
}

impl Settling {
    /// Announces that an interaction edits a message.
    pub(super) fn begin(&self, message: u64, interaction: u64) -> Edit<'_> {
        let mut messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner);
        let edited = messages.entry(message);
        let edited = edited.or_insert_with(|| Edited { newest: 0, interactions: 0, turn: Arc::default() });
        let is_contested = edited.interactions > 0;
        edited.interactions += 1;
        edited.newest = edited.newest.max(interaction);
        Edit { settling: self, message, interaction, is_contested }
    }
}

impl Edit<'_> {
    /// Waits for its turn; nothing if a newer interaction decides what is shown.
    pub(super) async fn turn(&self) -> Option<OwnedMutexGuard<()>> {
        let turn = self.edited(|edited| Arc::clone(&edited.turn))?;
        let guard = turn.lock_owned().await;
        let newest = self.edited(|edited| edited.newest)?;
        (newest == self.interaction).then_some(guard)
    }

    fn edited<T>(&self, read: impl Fn(&Edited) -> T) -> Option<T> {
        let messages = self.settling.messages.lock().unwrap_or_else(PoisonError::into_inner);
        messages.get(&self.message).map(read)
    }
}

impl Drop for Edit<'_> {
    fn drop(&mut self) {
        let mut messages = self.settling.messages.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(edited) = messages.get_mut(&self.message) {
            edited.interactions -= 1;
            if edited.interactions == 0 {
                messages.remove(&self.message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Settling;

    #[tokio::test]
    async fn only_the_newest_interaction_is_shown() {
        let settling = Settling::default();
        let (old, new) = (settling.begin(1, 10), settling.begin(1, 11));
        assert!(!old.is_contested && new.is_contested);
        assert!(old.turn().await.is_none());
        assert!(new.turn().await.is_some());
    }

    #[tokio::test]
    async fn edits_of_different_messages_do_not_meet_and_leave_nothing_behind() {
        let settling = Settling::default();
        let (one, other) = (settling.begin(1, 10), settling.begin(2, 11));
        assert!(one.turn().await.is_some() && other.turn().await.is_some());
        drop((one, other));
        assert!(settling.messages.lock().is_ok_and(|messages| messages.is_empty()));
    }
}
