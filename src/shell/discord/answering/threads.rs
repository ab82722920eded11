//! The channels that threads belong to. A message says only where it was written, and its server may have chosen the channels in
//! which everyone sees answers: a thread counts as its channel there.
//!
//! Discord is asked once for a thread, and only where it matters.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::http::Method;
use serenity::all::ChannelId;
use tokio::time::Instant;

use super::super::super::road::Asked;
use super::super::limits::warn_seldom;
use super::super::request::{Request as HttpRequest, Route};
use super::super::rest::{Repeat, RestError};
use super::super::translate::received::Channel;
use super::Answering;

/// Channels that are remembered, of 24 bytes each.
const REMEMBERED: usize = 4_096;

/// Of each channel, the one that it is a thread of, or that it is none. That never changes.
#[derive(Debug, Default)]
pub(super) struct Threads(Mutex<HashMap<u64, Option<ChannelId>>>);

impl Threads {
    fn get(&self, channel: u64) -> Option<Option<ChannelId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&channel).copied()
    }

    fn put(&self, channel: u64, parent: Option<ChannelId>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED {
            // Each that is still in use is asked for once more.
            known.clear();
        }
        known.insert(channel, parent);
    }
}

impl Answering {
    /// The same with the channel that the asker's is a thread of, if who sees the answer may depend on it. Where that cannot be
    /// read, the thread counts as a channel that was not chosen.
    pub(super) async fn with_parent(&self, mut asked: Asked) -> Asked {
        let Some(member) = &mut asked.member else { return asked };
        if let [channel] = *member.channels.as_slice()
            && self.store.has_chosen_others(member.server, channel).await
        {
            member.channels.extend(self.parent_of(channel).await);
        }
        asked
    }

    async fn parent_of(&self, channel: u64) -> Option<u64> {
        if let Some(known) = self.threads.get(channel) {
            return known.map(ChannelId::get);
        }
        match self.read_channel(ChannelId::new(channel)).await {
            Ok(read) => {
                let parent = read.thread_of();
                self.threads.put(channel, parent);
                parent.map(ChannelId::get)
            }
            Err(error) => {
                warn_seldom(&format!("channel {}", error.kind()), || {
                    format!("channel {channel} cannot be read: {error}; {}", error.remedy())
                });
                None
            }
        }
    }

    async fn read_channel(&self, channel_id: ChannelId) -> Result<Channel, RestError> {
        let until = self.deadlines.of_channel(Instant::now());
        let request = HttpRequest::new(Route::Channel { channel_id }, Method::GET);
        self.rest.send_until(request, until, Repeat::Safe).await?.json()
    }
}

#[cfg(test)]
mod tests {
    use super::{ChannelId, REMEMBERED, Threads};

    #[test]
    fn no_more_channels_are_remembered_than_the_bound_says() {
        let threads = Threads::default();
        for channel in 1..=REMEMBERED as u64 + 1 {
            threads.put(channel, (channel % 2 == 0).then(|| ChannelId::new(7)));
            assert_eq!(threads.get(channel), Some((channel % 2 == 0).then(|| ChannelId::new(7))));
        }
        assert!(threads.0.lock().expect("no test panics here").len() <= REMEMBERED);
        assert_eq!(threads.get(1), None);
    }
}
