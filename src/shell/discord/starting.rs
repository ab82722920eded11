//! What the start needs of Discord: asks for it until Discord gives it, and ends only for what a person has to fix.

use std::time::Duration;

use axum::http::Method;
use tokio::time::{Instant, sleep, timeout};
use tracing::{info, warn};

use super::super::Failure;
use super::super::config::{API, Discord, GUILD, TOKEN};
use super::gateway::Gateway;
use super::request::{Request, Route};
use super::rest::{Answer, Repeat, Rest, RestError};

/// The waits between attempts, in seconds, the same as those of the gateway; after the last one they start again.
const WAITS: [u64; 6] = [0, 1, 2, 4, 8, 16];
/// After so long without an answer the log says so.
const SLOW_AFTER: Duration = Duration::from_secs(5);
/// How long one request may wait for the end of a rate limit. Its end is waited for, as Discord asks.
const LIMITED_FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// Discord's code for a server that the bot is not in.
const MISSING_ACCESS: u64 = 50001;
/// Discord's code for a server that does not exist.
const UNKNOWN_GUILD: u64 = 10004;

/// Learns where the gateway is.
///
/// # Errors
/// What a person has to fix.
pub(super) async fn find_gateway(rest: &Rest, settings: &Discord) -> Result<Gateway, Failure> {
    let request = Request::new(Route::GatewayBot, Method::GET);
    // Discord refuses this request to nobody but a wrong token. All other answers are those of something in between, such as
    // a proxy that is starting or a firewall that blocks for a while.
    let gateway = ask(rest, settings, request, |answer| answer.json(), |error| !is_token_refused(error)).await;
    gateway.map_err(|_| token_refused())
}

/// Sends a request until Discord accepts or refuses it. The log has a line when there is trouble and one when it is over.
///
/// # Errors
/// Why Discord refused it.
pub(super) async fn send(rest: &Rest, settings: &Discord, request: Request<'_>) -> Result<Answer, RestError> {
    ask(rest, settings, request, Ok, is_temporary).await
}

/// As [`send`], for what is read from the answer, and with what may work later.
async fn ask<T>(
    rest: &Rest,
    settings: &Discord,
    request: Request<'_>,
    read: impl Fn(Answer) -> Result<T, RestError>,
    is_temporary: impl Fn(&RestError) -> bool,
) -> Result<T, RestError> {
    let mut trouble = Trouble { settings, is_logged: false };
    let (mut waits, mut is_first) = (WAITS.into_iter().cycle(), true);
    loop {
        // Not repeatable: so that a failure comes back at once, and is waited out and logged here.
        let mut sent = Box::pin(rest.send_until(request.clone(), Instant::now() + LIMITED_FOR, Repeat::Unsafe));
        let result = match timeout(SLOW_AFTER, &mut sent).await {
            Ok(result) => result,
            Err(_) => {
                trouble.begin(&format!("it gives no useful answer for {} s", SLOW_AFTER.as_secs()));
                sent.await
            }
        };
        let result = result.and_then(&read);
        let Some(error) = result.as_ref().err().filter(|error| is_temporary(error)) else {
            trouble.end();
            return result;
        };
        // A single failure that is over at once is not worth a line.
        if !std::mem::take(&mut is_first) {
            trouble.begin(&error.to_string());
        }
        sleep(Duration::from_secs(waits.next().unwrap_or_default())).await;
    }
}

/// Whether the log says that Discord cannot be used.
struct Trouble<'s> {
    settings: &'s Discord,
    is_logged: bool,
}

impl Trouble<'_> {
    fn begin(&mut self, why: &str) {
        if !std::mem::replace(&mut self.is_logged, true) {
            warn!(
                "Discord's interface at {} cannot be used: {why}; tries again until it can. See https://discordstatus.com, \
                 and check the network, and {API} if it is set",
                self.settings.api
            );
        }
    }

    fn end(&self) {
        if self.is_logged {
            info!("Discord's interface at {} answers again", self.settings.api);
        }
    }
}

/// Whether it may work later although nobody does anything.
fn is_temporary(error: &RestError) -> bool {
    matches!(error, RestError::Status { status: 300..=399 | 408 | 429 | 500.., .. } | RestError::Unreachable(_))
}

fn is_token_refused(error: &RestError) -> bool {
    matches!(error, RestError::Status { status: 401, .. })
}

/// What a person has to fix before the bot can be of use; nothing if the bot can go on.
pub(super) fn has_to_be_fixed(error: &RestError, settings: &Discord) -> Option<Failure> {
    if is_token_refused(error) {
        return Some(token_refused());
    }
    is_missing_server(error, settings).then(|| {
        Failure::new(
            format!("the commands cannot be registered to the server of {GUILD}: {error}"),
            format!("add the bot there by the link that `versus invite` prints, or correct or unset {GUILD}"),
        )
    })
}

/// Whether the commands are to be registered to a server that the bot is not in.
fn is_missing_server(error: &RestError, settings: &Discord) -> bool {
    matches!(error, RestError::Status { code: MISSING_ACCESS | UNKNOWN_GUILD, .. }) && settings.guild.is_some()
}

pub(super) fn token_refused() -> Failure {
    let remedy = format!(
        "reset it on the page Bot at https://discord.com/developers/applications and set {TOKEN} to the new one"
    );
    Failure::new("Discord refused the token", remedy)
}

#[cfg(test)]
mod tests {
    use super::is_temporary;
    use crate::shell::discord::rest::RestError;

    #[test]
    fn only_what_may_pass_by_itself_is_waited_for() {
        let status = |status| RestError::Status { status, code: 0 };
        for error in [301, 302, 307, 408, 429, 500, 502, 503, 504, 520, 599].map(status) {
            assert!(is_temporary(&error), "{error}");
        }
        for error in [400, 401, 403, 404, 405].map(status) {
            assert!(!is_temporary(&error), "{error}");
        }
        assert!(is_temporary(&RestError::Unreachable("é日🦀".to_owned())));
        assert!(!is_temporary(&RestError::Unreadable("é日🦀".to_owned())));
    }
}
