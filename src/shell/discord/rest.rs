//! Requests to Discord's REST interface, tried again where that is safe and in time.
//!
//! serenity's own rate limiter sends to Discord itself whatever address is set, and without it nothing is tried again.
//! So serenity builds what requests carry, and this file sends them.

use std::fmt;
use std::time::Duration;

use reqwest::header::RETRY_AFTER;
use reqwest::{Client, Response, StatusCode, redirect};
use serde::de::DeserializeOwned;
use tokio::time::{Instant, sleep_until, timeout_at};
use tracing::debug;

use super::super::Failure;
use super::super::config::Token;
use super::limits::Backoff;
use super::request::Request;

/// How long one try may take.
const TRY_WITHIN: Duration = Duration::from_secs(10);
/// How long a failed request waits before it is tried again; each time twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(200);

/// Sends requests with the bot's token.
pub(super) struct Rest {
    client: Client,
    token: Token,
    authorization: String,
    api: String,
    backoff: Backoff,
}

/// An answer with a good status.
#[derive(Debug)]
pub(super) struct Answer {
    body: Vec<u8>,
}

/// Why a request failed in the end.
#[derive(Debug)]
pub(super) enum RestError {
    /// Discord answered that it does not do it.
    Status {
        /// The status of HTTP.
        status: u16,
        /// Discord's own code, 0 if there is none.
        code: u64,
    },
    /// No answer came in time.
    Unreachable(String),
    /// The answer is not what it should be.
    Unreadable(String),
}

/// Whether a request may be sent again when it is not known whether it took effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeat {
    /// It has the same effect however often it is sent.
    Safe,
    /// A second one would be visible, so it is sent again only if Discord says that it did nothing.
    Unsafe,
}

/// Discord's code for an interaction that has its answer already: an earlier try took effect.
const ALREADY_ACKNOWLEDGED: u64 = 40060;

impl Rest {
    pub(super) fn new(token: Token, api: &str) -> Result<Self, Failure> {
        // A redirect would carry the token to another host.
        let client = Client::builder().redirect(redirect::Policy::none()).timeout(TRY_WITHIN).build();
        let client = client.map_err(|error| {
            Failure::new(format!("no HTTPS client can be made: {error}"), "report it as a fault of versus")
        })?;
        let authorization = format!("Bot {}", token.secret());
        Ok(Self { client, token, authorization, api: api.to_owned(), backoff: Backoff::default() })
    }

    pub(super) fn token(&self) -> &str {
        self.token.secret()
    }

    /// Sends a request that has the same effect however often it is sent, and tries again for as long as `within`.
    pub(super) async fn send(&self, request: Request<'_>, within: Duration) -> Result<Answer, RestError> {
        self.send_repeatably(request, within, Repeat::Safe).await
    }

    /// Sends a request and tries again for as long as `within`, as far as `repeat` allows.
    pub(super) async fn send_repeatably(
        &self,
        request: Request<'_>,
        within: Duration,
        repeat: Repeat,
    ) -> Result<Answer, RestError> {
        let deadline = Instant::now() + within;
        let mut wait_at_least = FIRST_WAIT;
        let mut error = RestError::Status { status: StatusCode::TOO_MANY_REQUESTS.as_u16(), code: 0 };
        let mut slot = self.backoff.slot(request.route());
        loop {
            if let Some(slot) = slot {
                if slot >= deadline {
                    return Err(error);
                }
                sleep_until(slot).await;
            }
            let tried = match timeout_at(deadline, self.send_once(request.clone())).await {
                Ok(Ok(answer)) => return Ok(answer),
                Ok(Err(tried)) => tried,
                Err(_) => return Err(RestError::Unreachable("no answer came in time".to_owned())),
            };
            if let Failing::NotYet { after: Some(after), is_global } = tried.failing {
                self.backoff.begin(request.route(), is_global, after);
            }
            let Some(wait) = tried.again(repeat, wait_at_least) else { return tried.result() };
            // A request that has met a limit gets a slot among all that wait for its end.
            let soonest = Instant::now() + wait;
            slot = self.backoff.slot(request.route()).max(Some(soonest));
            error = tried.error;
            debug!("trying again in {} ms at the soonest: {error}", wait.as_millis());
            wait_at_least *= 2;
        }
    }

    async fn send_once(&self, request: Request<'_>) -> Result<Answer, Tried> {
        let built = request.build(&self.client, &self.authorization, &self.api);
        // The address of an interaction contains its token, so it stays out of the error.
        let built =
            built.map_err(|error| Tried::final_error(RestError::Unreadable(error.without_url().to_string())))?;
        let unreachable = |error: reqwest::Error| {
            let error = error.without_url();
            Tried { error: RestError::Unreachable(chain(&error)), failing: Failing::Perhaps }
        };
        let response = self.client.execute(built).await.map_err(unreachable)?;
        if response.status().is_success() {
            let body = response.bytes().await.map_err(unreachable)?;
            return Ok(Answer { body: body.to_vec() });
        }
        Err(Tried::refused(response).await)
    }
}

/// One failed try.
struct Tried {
    error: RestError,
    failing: Failing,
}

/// What is known about a failed request.
enum Failing {
    /// Too many requests: it did nothing and may be sent after a while.
    NotYet {
        /// After how long, if Discord says so.
        after: Option<Duration>,
        /// Whether there are too many of all requests, not only of these.
        is_global: bool,
    },
    /// It may have taken effect or not.
    Perhaps,
    /// Sending it again is of no use.
    Finally,
}

impl Tried {
    fn final_error(error: RestError) -> Self {
        Self { error, failing: Failing::Finally }
    }

    async fn refused(response: Response) -> Self {
        let status = response.status();
        let after = response.headers().get(RETRY_AFTER).and_then(|after| after.to_str().ok()?.parse().ok());
        let body: Body = match response.bytes().await {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
            Err(_) => Body::default(),
        };
        let failing = match status {
            StatusCode::TOO_MANY_REQUESTS => {
                // The body is more exact than the header, which is in whole seconds.
                let seconds = body.retry_after.or(after);
                let after = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
                Failing::NotYet { after, is_global: body.global }
            }
            status if status.is_server_error() => Failing::Perhaps,
            _ => Failing::Finally,
        };
        Self { error: RestError::Status { status: status.as_u16(), code: body.code }, failing }
    }

    /// How long to wait before the request is sent again, if it may be.
    fn again(&self, repeat: Repeat, wait: Duration) -> Option<Duration> {
        match (&self.failing, repeat) {
            (Failing::NotYet { after, .. }, _) => Some(after.unwrap_or(wait)),
            (Failing::Perhaps, Repeat::Safe) => Some(wait),
            (Failing::Perhaps, Repeat::Unsafe) | (Failing::Finally, _) => None,
        }
    }

    fn result(self) -> Result<Answer, RestError> {
        match self.error {
            RestError::Status { code: ALREADY_ACKNOWLEDGED, .. } => Ok(Answer { body: Vec::new() }),
            error => Err(error),
        }
    }
}

/// What Discord says about a request that failed.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Body {
    code: u64,
    retry_after: Option<f64>,
    global: bool,
}

impl Answer {
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, RestError> {
        serde_json::from_slice(&self.body).map_err(|error| RestError::Unreadable(error.to_string()))
    }
}

impl RestError {
    /// What the operator can do about a request that failed while the bot runs.
    pub(super) fn remedy(&self) -> &'static str {
        match self {
            Self::Status { status: 401, .. } => "the token may have been reset; set the new one and start again",
            Self::Status { status: 403 | 404, .. } => "the bot needs the permissions that `versus invite` asks for",
            Self::Status { status: 429 | 500.., .. } | Self::Unreachable(_) => "see https://discordstatus.com",
            Self::Status { .. } | Self::Unreadable(_) => "report it as a fault of versus",
        }
    }
}

impl fmt::Display for RestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status { status, code } => write!(f, "status {status}, code {code}"),
            Self::Unreachable(why) => f.write_str(why),
            Self::Unreadable(why) => write!(f, "the answer cannot be read: {why}"),
        }
    }
}

/// An error with everything that caused it.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |error| error.source());
    std::iter::once(error.to_string()).chain(causes.map(ToString::to_string)).collect::<Vec<_>>().join(": ")
}
