//! What Discord wants to be left alone for a while, after it said that there were too many requests.
//!
//! Source: Discord's API documentation, "Rate Limits": what is refused again and again gets the address of the bot banned.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serenity::http::Route;
use tokio::time::Instant;

/// What is limited together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Scope {
    /// All that is sent by the bot's token.
    Everything,
    /// The messages to a channel.
    Channel(u64),
}

impl Scope {
    /// How far apart requests are after a pause: Discord takes 50 a second in all, and 5 in 5 s for a channel.
    const fn spacing(self) -> Duration {
        match self {
            Self::Everything => Duration::from_millis(20),
            Self::Channel(_) => Duration::from_secs(1),
        }
    }
}

/// The pauses of now.
#[derive(Debug, Default)]
pub(super) struct Pauses {
    until: Mutex<HashMap<Scope, Instant>>,
}

impl Pauses {
    /// Begins a pause that a request has met.
    pub(super) fn begin(&self, route: &Route<'_>, is_global: bool, pause: Duration) {
        let scope = if is_global { Some(Scope::Everything) } else { channel(route) };
        let Some(scope) = scope else { return };
        let now = Instant::now();
        let mut until = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        until.retain(|_, until| *until > now);
        let entry = until.entry(scope).or_insert(now);
        *entry = (*entry).max(now + pause);
    }

    /// When a request may be sent, if not at once. Each that asks gets a later time, so that not all come at the end of
    /// the pause.
    pub(super) fn turn(&self, route: &Route<'_>) -> Option<Instant> {
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
        let mut turn = |scope: Scope| {
            let until = until.get_mut(&scope).filter(|until| **until > now)?;
            let turn = *until;
            *until += scope.spacing();
            Some(turn)
        };
        turn(Scope::Everything).max(channel(route).and_then(turn))
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
    use serenity::http::Route;

    use super::Pauses;

    const PAUSE: Duration = Duration::from_secs(60);

    fn to(channel: u64) -> Route<'static> {
        Route::ChannelMessages { channel_id: ChannelId::new(channel) }
    }

    #[test]
    fn a_channel_that_is_full_is_left_alone_and_the_others_are_not() {
        let pauses = Pauses::default();
        pauses.begin(&to(1), false, PAUSE);
        let (first, second) = (pauses.turn(&to(1)), pauses.turn(&to(1)));
        assert!(first.is_some() && first < second);
        assert_eq!(pauses.turn(&to(2)), None);
        assert_eq!(pauses.turn(&Route::GatewayBot), None);
    }

    #[test]
    fn a_limit_of_everything_holds_back_all_but_answers_to_interactions() {
        let pauses = Pauses::default();
        pauses.begin(&to(1), true, PAUSE);
        assert!(pauses.turn(&to(2)).is_some() && pauses.turn(&Route::GatewayBot).is_some());
        let answer = Route::InteractionResponse { interaction_id: InteractionId::new(1), token: "é日🦀" };
        assert_eq!(pauses.turn(&answer), None);
    }

    #[test]
    fn a_pause_ends() {
        let pauses = Pauses::default();
        pauses.begin(&to(1), false, Duration::ZERO);
        assert_eq!(pauses.turn(&to(1)), None);
    }
}
