//! Decisions and polls as the bot uses them: no call fails, it only knows less.

use std::sync::atomic::Ordering;

use super::decisions::{FindPoll, OpenPoll};
use super::{Store, Use, WITHIN_IN_BACKGROUND, now};
use crate::domain::decisions::{Decision, Step};
use crate::domain::outcome::{Decided, DecisionEffect};
use crate::domain::situation::{Stored, WhichDecisions};

impl Store {
    /// The decisions of a server.
    pub(super) async fn decisions(&self, server: u64, which: &WhichDecisions) -> Stored<Vec<Decision>> {
        if server == 0 || *which == WhichDecisions::None {
            return Stored::Absent;
        }
        let read = self.within(self.within, Use::Read, self.storage.decisions(server, which)).await;
        read.map_or(Stored::Unreadable, Stored::Value)
    }

    /// Keeps what is put to the vote, or takes a step; nothing if that failed.
    pub(super) async fn change_decision(&self, server: u64, effect: &DecisionEffect) -> Option<Decided> {
        if server == 0 {
            return None;
        }
        let change = async {
            match effect {
                DecisionEffect::Propose { decision, hours, channel } => {
                    self.storage.propose(server, decision, (*channel, *hours), now()).await
                }
                DecisionEffect::Step { number, step, on } => {
                    self.storage.step(server, *number, (step, *on), now()).await
                }
            }
        };
        let changed = self.within(self.within, Use::Write, change).await;
        if matches!(effect, DecisionEffect::Step { step: Step::Withdraw, .. }) {
            self.due_poll.notify_one();
        }
        // What answers remember may be another decision now.
        self.teams.forget(server);
        changed
    }

    /// One decision; nothing if that cannot be known.
    pub(in crate::shell) async fn decision(&self, server: u64, number: u32) -> Option<Option<Decision>> {
        let which = WhichDecisions::Of(vec![number]);
        let read = self.within(WITHIN_IN_BACKGROUND, Use::Read, self.storage.decisions(server, &which)).await;
        read.map(|mut found| found.pop())
    }

    /// Notes where a poll was posted. Where that fails, its button says which one it is.
    pub(in crate::shell) async fn note_poll(&self, poll: OpenPoll) {
        self.within(WITHIN_IN_BACKGROUND, Use::Write, self.storage.note_poll(poll)).await;
    }

    /// Forgets a decision whose poll could not be posted.
    pub(in crate::shell) async fn take_back(&self, server: u64, number: u32) {
        self.within(self.within, Use::Write, self.storage.take_back(server, number)).await;
    }

    /// The polls that are due, for this process alone for a while.
    pub(in crate::shell) async fn due_polls(&self) -> Vec<OpenPoll> {
        // Most of the time there is none, and nothing has to be written.
        let look = self.within(WITHIN_IN_BACKGROUND, Use::Read, self.storage.has_due_poll(now()));
        if look.await != Some(true) {
            return Vec::new();
        }
        self.within(WITHIN_IN_BACKGROUND, Use::Write, self.storage.due_polls(now())).await.unwrap_or_default()
    }

    /// Waits until a poll may be due earlier than it was known.
    pub(in crate::shell) async fn poll_is_due(&self) {
        self.due_poll.notified().await;
    }

    /// A poll, for this process alone for a while; nothing where there is none, or where it is not known.
    pub(in crate::shell) async fn take_poll(&self, find: FindPoll) -> Option<OpenPoll> {
        self.within(WITHIN_IN_BACKGROUND, Use::Write, self.storage.take_poll(find, now())).await?
    }

    /// Looks at a poll again at a time in milliseconds since 1970.
    pub(in crate::shell) async fn postpone_poll(&self, poll: OpenPoll, due: i64) {
        self.within(WITHIN_IN_BACKGROUND, Use::Write, self.storage.postpone_poll(poll, due)).await;
    }

    /// Keeps the votes of a decision; nothing if that failed.
    pub(in crate::shell) async fn count_votes(&self, server: u64, decision: &Decision) -> Option<()> {
        let count = self.storage.count_votes(server, decision.number, &decision.options, now());
        self.within(WITHIN_IN_BACKGROUND, Use::Write, count).await
    }

    /// Does not look at a poll any more.
    pub(in crate::shell) async fn close_poll(&self, poll: OpenPoll) {
        self.within(WITHIN_IN_BACKGROUND, Use::Write, self.storage.close_poll(poll)).await;
    }

    /// Whether the storage is closed, at the end of the program.
    pub(in crate::shell) fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Relaxed)
    }
}
