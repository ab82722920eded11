//! What becomes of a request: an answer or an error, and when it may be sent again.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::time::Duration;

use axum::body::{Bytes, HttpBody};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, Response, StatusCode};
use serde::de::DeserializeOwned;

use super::limits::Headers;
use super::remedies;

/// The longest wait that is believed, in seconds: a mistaken header must not silence anything for good.
const LONGEST_WAIT: f64 = 60.0;
/// Discord's code for an interaction that has its answer already: an earlier try took effect.
const ALREADY_ACKNOWLEDGED: u64 = 40060;

/// Bytes of an answer; the longest, a list of commands, has some hundred thousand.
const LARGEST_ANSWER: usize = 4 << 20;

/// An answer with a good status.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) body: Vec<u8>,
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

/// One failed try.
pub(super) struct Tried {
    pub(super) error: RestError,
    pub(super) failing: Failing,
    pub(super) headers: Option<Headers>,
}

/// What is known about a failed request.
pub(super) enum Failing {
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
    pub(super) fn final_error(error: RestError) -> Self {
        Self { error, failing: Failing::Finally, headers: None }
    }

    pub(super) fn perhaps(error: RestError) -> Self {
        Self { error, failing: Failing::Perhaps, headers: None }
    }

    async fn refused<B>(response: Response<B>, headers: Option<Headers>) -> Self
    where
        B: HttpBody<Data = Bytes>,
        B::Error: Error + 'static,
    {
        let status = response.status();
        let after = response.headers().get(RETRY_AFTER).and_then(|after| after.to_str().ok()?.parse().ok());
        let body: Body = match body(response.into_body()).await {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
            Err(_) => Body::default(),
        };
        let failing = match status {
            StatusCode::TOO_MANY_REQUESTS => {
                // The body is more exact than the header, which is in whole seconds.
                let seconds = body.retry_after.or(after);
                let after = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds.min(LONGEST_WAIT)).ok());
                Failing::NotYet { after, is_global: body.global }
            }
            status if status.is_server_error() => Failing::Perhaps,
            _ => Failing::Finally,
        };
        Self { error: RestError::Status { status: status.as_u16(), code: body.code }, failing, headers }
    }

    /// How long to wait before the request is sent again, if it may be.
    pub(super) fn again(&self, repeat: Repeat, wait: Duration) -> Option<Duration> {
        match (&self.failing, repeat) {
            (Failing::NotYet { after, .. }, _) => Some(after.unwrap_or(wait)),
            (Failing::Perhaps, Repeat::Safe) => Some(wait),
            (Failing::Perhaps, Repeat::Unsafe) | (Failing::Finally, _) => None,
        }
    }

    pub(super) fn result(self) -> Result<Answer, RestError> {
        match self.error {
            RestError::Status { code: ALREADY_ACKNOWLEDGED, .. } => Ok(Answer::empty()),
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
    /// An answer that says nothing.
    pub(super) fn empty() -> Self {
        Self { body: Vec::new() }
    }

    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, RestError> {
        serde_json::from_slice(&self.body).map_err(|error| RestError::Unreadable(error.to_string()))
    }
}

impl RestError {
    /// What the operator can do about a request that failed while the bot runs.
    pub(super) fn remedy(&self) -> &'static str {
        match self {
            Self::Status { status, code } => remedies::remedy(*status, *code),
            Self::Unreachable(_) => remedies::UNREACHABLE,
            Self::Unreadable(_) => remedies::UNREADABLE,
        }
    }

    /// Whether the same request may work a little later.
    pub(super) fn is_temporary(&self) -> bool {
        matches!(self, Self::Status { status: 429 | 500.., .. } | Self::Unreachable(_))
    }

    /// Errors of the same kind have the same cause; they are logged once in a while.
    pub(super) fn kind(&self) -> String {
        match self {
            Self::Status { status, code } => format!("{status} {code}"),
            Self::Unreachable(_) => "unreachable".to_owned(),
            Self::Unreadable(_) => "unreadable".to_owned(),
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

/// Reads an answer to its end.
pub(super) async fn read<B>(response: Response<B>) -> Result<(Answer, Option<Headers>), Tried>
where
    B: HttpBody<Data = Bytes>,
    B::Error: Error + 'static,
{
    let headers = headers(response.headers());
    if !response.status().is_success() {
        return Err(Tried::refused(response, headers).await);
    }
    match body(response.into_body()).await {
        Ok(body) => Ok((Answer { body }, headers)),
        Err(error @ RestError::Unreadable(_)) => Err(Tried::final_error(error)),
        Err(error) => Err(Tried::perhaps(error)),
    }
}

/// The body of an answer, of which no more is read than Discord sends: something else that answers may never end.
async fn body<B>(body: B) -> Result<Vec<u8>, RestError>
where
    B: HttpBody<Data = Bytes>,
    B::Error: Error + 'static,
{
    let (mut body, mut read) = (pin!(body), Vec::new());
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let data = frame.map_err(|error| unreachable(&error))?.into_data();
        read.extend_from_slice(&data.unwrap_or_default());
        if read.len() > LARGEST_ANSWER {
            return Err(RestError::Unreadable(format!("it has more than {LARGEST_ANSWER} bytes")));
        }
    }
    Ok(read)
}

/// Why a request was not sent, or its answer did not come. No error of hyper names the address, which may contain a token.
pub(super) fn unreachable(error: &(dyn Error + 'static)) -> RestError {
    RestError::Unreachable(chain(error))
}

/// What an answer says about its bucket; nothing if it says nothing that can be used.
fn headers(headers: &HeaderMap) -> Option<Headers> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    Some(Headers {
        limit: text("x-ratelimit-limit")?.parse().ok()?,
        remaining: text("x-ratelimit-remaining")?.parse().ok()?,
        reset_after: Duration::try_from_secs_f64(text("x-ratelimit-reset-after")?.parse().ok()?).ok()?,
    })
}

/// An error with everything that caused it.
fn chain(error: &(dyn Error + 'static)) -> String {
    let causes = std::iter::successors(error.source(), |error| (*error).source());
    std::iter::once(error.to_string()).chain(causes.map(ToString::to_string)).collect::<Vec<_>>().join(": ")
}
