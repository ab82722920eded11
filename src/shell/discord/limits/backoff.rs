//! Backoff after a 429: what Discord limits gets no request until the limit ends.
//!
//! Source: Discord's API documentation, "Rate Limits": what is refused again and again gets the address of the bot banned.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::super::request::Route;

/// What is limited together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Scope {
    /// All that is sent by the bot's token.
    Everything,
    /// The messages to a channel.
    Channel(u64),
}

impl Scope {
    /// How far apart requests are after a limit has ended: Discord takes 50 a second in all, and 5 in 5 s for a channel.
    const fn spacing(self) -> Duration {
        match self {
            Self::Everything => Duration::from_millis(20),
            Self::Channel(_) => Duration::from_secs(1),
        }
    }
}

/// The rate limits that Discord has reported and that have not ended.
#[derive(Debug, Default)]
pub(in crate::shell::discord) struct Backoff {
    until: Mutex<HashMap<Scope, Instant>>,
}

impl Backoff {
    /// Notes a rate limit that a request has met, and how long it lasts.
    pub(in crate::shell::discord) fn begin(&self, route: &Route<'_>, is_global: bool, lasts: Duration) {
        let scope = if is_global { Some(Scope::Everything) } else { channel(route) };
        let Some(scope) = scope else { return };
        let now = Instant::now();
        let mut until = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        until.retain(|_, until| *until > now);
        let entry = until.entry(scope).or_insert(now);
        *entry = (*entry).max(now + lasts);
    }

    /// When a request may be sent, if not at once. Each that asks gets a later time, so that not all come at the end of
    /// the limit.
    pub(in crate::shell::discord) fn slot(&self, route: &Route<'_>) -> Option<Instant> {
        // Answers to interactions are not counted among all requests.
        if matches!(
            route,
            Route::InteractionResponse { .. }
                | Route::WebhookOriginalInteractionResponse { .. }
                | Route::WebhookFollowupMessages { .. }
        ) {
            return None;
        }
        let now = Instant::now();
        let mut until = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        let mut slot = |scope: Scope| {
            let until = until.get_mut(&scope).filter(|until| **until > now)?;
            let slot = *until;
            *until += scope.spacing();
            Some(slot)
        };
        slot(Scope::Everything).max(channel(route).and_then(slot))
    }
}

fn channel(route: &Route<'_>) -> Option<Scope> {
    match route {
        Route::ChannelMessages { channel_id } => Some(Scope::Channel(channel_id.get())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serenity::all::{ChannelId, InteractionId};

    use super::super::super::request::Route;
    use super::Backoff;

    const LASTS: Duration = Duration::from_secs(60);

    fn to(channel: u64) -> Route<'static> {
        Route::ChannelMessages { channel_id: ChannelId::new(channel) }
    }

    #[test]
    fn a_channel_at_its_limit_waits_and_the_others_do_not() {
        let backoff = Backoff::default();
        backoff.begin(&to(1), false, LASTS);
        let (first, second) = (backoff.slot(&to(1)), backoff.slot(&to(1)));
        assert!(first.is_some() && first < second);
        assert_eq!(backoff.slot(&to(2)), None);
        assert_eq!(backoff.slot(&Route::GatewayBot), None);
    }

    #[test]
    fn a_global_limit_delays_all_but_answers_to_interactions() {
        let backoff = Backoff::default();
        backoff.begin(&to(1), true, LASTS);
        assert!(backoff.slot(&to(2)).is_some() && backoff.slot(&Route::GatewayBot).is_some());
        let answer = Route::InteractionResponse { interaction_id: InteractionId::new(1), token: "é日🦀" };
        assert_eq!(backoff.slot(&answer), None);
    }

    #[test]
    fn a_limit_ends() {
        let backoff = Backoff::default();
        backoff.begin(&to(1), false, Duration::ZERO);
        assert_eq!(backoff.slot(&to(1)), None);
    }
}
