//! Requests to Discord's REST interface, tried again where that is safe and in time.
//!
//! serenity's own rate limiter sends to Discord itself whatever address is set, and without it nothing is tried again.
//! So serenity builds what requests carry, and this file sends them.

use std::time::Duration;

use reqwest::{Client, StatusCode, Url, redirect};
use tokio::time::{Instant, sleep_until, timeout, timeout_at};
use tracing::debug;

use super::super::Failure;
use super::super::config::{API, Token};
use super::files;
use super::limits::{Buckets, Headers};
use super::request::Request;
use super::translate::received::Attachment;
pub(super) use super::tried::{Answer, Repeat, RestError};
use super::tried::{Failing, Tried, body, headers, unreachable};

/// How long one try may take.
const TRY_WITHIN: Duration = Duration::from_secs(10);
/// How long a failed request waits before it is tried again; each time twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(200);
/// How long a connection is kept that nothing is sent over: what forgets it on its way says nothing.
const IDLE_FOR: Duration = Duration::from_secs(30);

/// Sends requests with the bot's token.
pub(super) struct Rest {
    /// Keeps connections for the next request.
    client: Client,
    /// Opens a connection for each request.
    fresh: Client,
    /// How long a try over a kept connection may take before it counts as one that hangs.
    hangs_after: Duration,
    token: Token,
    authorization: String,
    api: Url,
    buckets: Buckets,
}

impl Rest {
    pub(super) fn new(token: Token, api: &str, hangs_after: Duration) -> Result<Self, Failure> {
        // A redirect would carry the token to another host. How long a try may take is bounded below.
        let client = || Client::builder().redirect(redirect::Policy::none());
        let failure =
            |error| Failure::new(format!("no HTTPS client can be made: {error}"), "report it as a fault of versus");
        let fresh = client().pool_max_idle_per_host(0).build().map_err(failure)?;
        let client = client().pool_idle_timeout(IDLE_FOR).build().map_err(failure)?;
        let api = Url::parse(api).map_err(|error| {
            Failure::new(format!("{API} is not a valid address: {error}"), format!("unset {API}, or correct it"))
        })?;
        let authorization = format!("Bot {}", token.secret());
        Ok(Self { client, fresh, hangs_after, token, authorization, api, buckets: Buckets::default() })
    }

    pub(super) fn token(&self) -> &str {
        self.token.secret()
    }

    /// Fetches the text of a file that somebody sent with a command.
    pub(super) async fn fetch_file(&self, file: &Attachment) -> Result<String, RestError> {
        files::fetch(&self.client, file, &self.api).await
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
            let sent = timeout_at(until, self.send_once(request.clone())).await;
            let Ok(sent) = sent else { return Err(RestError::Unreachable("no answer came in time".to_owned())) };
            let tried = match sent {
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

    async fn send_once(&self, request: Request<'_>) -> Result<(Answer, Option<Headers>), Tried> {
        let is_fresh = request.is_fresh();
        let client = if is_fresh { &self.fresh } else { &self.client };
        let within = if is_fresh || request.may_take_long() { TRY_WITHIN } else { self.hangs_after };
        let built = request.build(client, &self.authorization, &self.api);
        // The address of an interaction contains its token, so it stays out of the error.
        let built =
            built.map_err(|error| Tried::final_error(RestError::Unreadable(error.without_url().to_string())))?;
        let answered = async {
            let response = client.execute(built).await.map_err(|error| Tried::perhaps(unreachable(error)))?;
            let headers = headers(response.headers());
            if response.status().is_success() {
                let body = body(response).await.map_err(|error| match error {
                    RestError::Unreadable(_) => Tried::final_error(error),
                    _ => Tried::perhaps(error),
                })?;
                return Ok((Answer { body }, headers));
            }
            Err(Tried::refused(response, headers).await)
        };
        let hangs = |_| Err(Tried::perhaps(RestError::Unreachable("no answer came in time".to_owned())));
        timeout(within, answered).await.unwrap_or_else(hangs)
    }
}
