//! Requests to Discord's REST interface, tried again where that is safe and in time.
//!
//! serenity's own rate limiter sends to Discord itself whatever address is set, and without it nothing is tried again.
//! So serenity builds what requests carry, and this file sends them.

use std::fmt;
use std::time::Duration;

use axum::http::{HeaderValue, StatusCode};
use tokio::time::{Instant, sleep_until, timeout_at};
use tracing::debug;
use url::Url;

use super::super::Failure;
use super::super::config::{API, Token};
use super::client::Client;
use super::files;
use super::limits::{Buckets, Headers};
use super::request::{Request, Target};
use super::translate::received::Attachment;
pub(super) use super::tried::{Answer, Repeat, RestError};
use super::tried::{Failing, Tried};

/// How long one try may take.
const TRY_WITHIN: Duration = Duration::from_secs(10);
/// How long a failed request waits before it is tried again; each time twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(200);

/// Sends requests with the bot's token.
pub(super) struct Rest {
    client: Client,
    /// How long a try over a kept connection may take before it counts as one that hangs.
    hangs_after: Duration,
    token: Token,
    target: Target,
    api: Url,
    buckets: Buckets,
}

impl Rest {
    pub(super) fn new(token: Token, api: &str, hangs_after: Duration) -> Result<Self, Failure> {
        let client = Client::new(api).map_err(|error| {
            Failure::new(format!("no HTTPS client can be made: {error}"), "report it as a fault of versus")
        })?;
        let no_address = |error: &dyn fmt::Display| {
            Failure::new(format!("{API} is not a valid address: {error}"), format!("unset {API}, or correct it"))
        };
        let mut authorization = HeaderValue::try_from(format!("Bot {}", token.secret())).map_err(|error| {
            Failure::new(format!("the token cannot be sent: {error}"), "copy it again from the page of the bot")
        })?;
        authorization.set_sensitive(true);
        let target = Target::new(api, authorization).map_err(|error| no_address(&error))?;
        let api = Url::parse(api).map_err(|error| no_address(&error))?;
        Ok(Self { client, hangs_after, token, target, api, buckets: Buckets::default() })
    }

    pub(super) fn token(&self) -> &str {
        self.token.secret()
    }

    /// Fetches the text of a file that somebody sent with a command.
    pub(super) async fn fetch_file(&self, file: &Attachment) -> Result<String, RestError> {
        files::fetch(self.client.elsewhere(), file, &self.api).await
    }

    /// Sends a request and tries again until then, as far as `repeat` allows.
    pub(super) async fn send_until(
        &self,
        request: Request<'_>,
        until: Instant,
        repeat: Repeat,
    ) -> Result<Answer, RestError> {
        let mut request = if repeat == Repeat::Unsafe { request.fresh() } else { request };
        let mut wait_at_least = FIRST_WAIT;
        let mut error = RestError::Status { status: StatusCode::TOO_MANY_REQUESTS.as_u16(), code: 0 };
        loop {
            let Some(sending) = self.buckets.ready(request.route(), until).await else { return Err(error) };
            let tried = match self.send_once(request.clone(), until).await {
                Ok((answer, headers)) => {
                    sending.answered(headers);
                    return Ok(answer);
                }
                Err(tried) => tried,
            };
            if matches!(tried.error, RestError::Status { .. }) {
                sending.answered(tried.headers);
            } else {
                drop(sending);
                request = request.fresh();
            }
            if let Failing::NotYet { after: Some(after), is_global } = tried.failing {
                self.buckets.refused(request.route(), is_global, after);
            }
            let Some(wait) = tried.again(repeat, wait_at_least) else { return tried.result() };
            error = tried.error;
            let again = Instant::now() + wait;
            if again >= until {
                return Err(error);
            }
            debug!("trying again in {} ms at the soonest: {error}", wait.as_millis());
            sleep_until(again).await;
            wait_at_least *= 2;
        }
    }

    async fn send_once(&self, request: Request<'_>, until: Instant) -> Result<(Answer, Option<Headers>), Tried> {
        let is_fresh = request.is_fresh();
        let within = if is_fresh || request.may_take_long() { TRY_WITHIN } else { self.hangs_after };
        let built = request.build(&self.target);
        let built = built.map_err(|error| Tried::final_error(RestError::Unreadable(error.to_string())))?;
        let sent = timeout_at(until.min(Instant::now() + within), self.client.send(built, is_fresh)).await;
        sent.unwrap_or_else(|_| Err(Tried::perhaps(RestError::Unreachable("no answer came in time".to_owned()))))
    }
}
