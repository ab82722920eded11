//! The bot as an HTTP server to which Discord posts interactions. It keeps nothing between two of them, so that any number of
//! such processes can run behind a load balancer.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Extension, Router};
use serenity::interactions_endpoint::Verifier;
use tokio::net::TcpListener;
use tokio::spawn;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout, timeout_at};
use tracing::info;

use super::super::Failure;
use super::super::config::{Discord, PUBLIC_KEY};
use super::super::server::serving::{self, Busy};
use super::super::server::signals::Stop;
use super::super::server::{self};
use super::answering::Answering;
use super::limits::warn_seldom;
use super::translate::received::{Interaction, Kind};
use super::transport::{HttpAnswer, Transport};
use super::{Bot, DRAIN_WITHIN, unreadable};

/// The header with the signature.
///
/// Source: Discord's API documentation, "Interactions: Receiving and Responding", also for the other three.
const SIGNATURE: &str = "X-Signature-Ed25519";
/// Digits of a signature.
const SIGNATURE_DIGITS: usize = 128;
/// The header with the time at which the signature was made, in seconds since 1970.
const TIMESTAMP: &str = "X-Signature-Timestamp";
/// How old or how far ahead a signature may be, so that an intercepted request cannot be used later.
const SIGNED_WITHIN: Duration = Duration::from_secs(5 * 60);
/// Connections that are open at the same time. Each takes a file descriptor, of which a process usually gets 1,024.
const CONNECTIONS: usize = 384;
/// Bytes of an interaction; the longest option has 6,000 characters.
const LARGEST_BODY: usize = 256 * 1024;
/// The answer to a PING.
const PONG: &[u8] = br#"{"type":1}"#;

/// What every request needs.
struct Door {
    answering: Arc<Answering>,
    verifier: Verifier,
}

/// A port that is open, although nothing is read from it yet.
pub(super) struct Endpoint {
    listener: TcpListener,
    verifier: Verifier,
}

/// Opens the port, so that what Discord posts while the bot starts waits instead of being refused.
///
/// # Errors
/// The address cannot be listened on, or requests cannot be verified.
pub(super) async fn open(address: SocketAddr, settings: &Discord) -> Result<Endpoint, Failure> {
    let verifier = settings.public_key.and_then(|key| Verifier::try_new(key).ok()).ok_or_else(|| {
        let remedy = format!("set {PUBLIC_KEY} to the public key from https://discord.com/developers/applications");
        Failure::new("requests cannot be verified without the application's public key", remedy)
    })?;
    let listener = server::listen(address).await?;
    Ok(Endpoint { listener, verifier })
}

/// Answers Discord's requests until the bot is stopped.
///
/// # Errors
/// Why it cannot go on.
pub(super) async fn serve(endpoint: Endpoint, bot: &Bot, mut stop: Stop) -> Result<(), Failure> {
    let Endpoint { listener, verifier } = endpoint;
    let answering = &bot.answering;
    // No task of its own: it ends before the bot stops, and logs nothing after that.
    let registering = bot.registrar.run();
    match listener.local_addr() {
        Ok(address) => info!("ready on http://{address}"),
        Err(_) => info!("ready"),
    }
    let door = Arc::new(Door { answering: Arc::clone(answering), verifier });
    let routes = Router::new().fallback(post(interaction)).with_state(door);
    let (stop_sender, stopping) = oneshot::channel::<()>();
    let serving = serving::serve(listener, routes, CONNECTIONS, async {
        // The sender is dropped together with this.
        let _ = stopping.await;
    });
    let mut serving = pin!(serving);
    let result = tokio::select! {
        () = &mut serving => Ok(()),
        failure = registering => Err(failure),
        name = stop.wait() => {
            info!("{name} received, closing the port");
            let _ = stop_sender.send(());
            // Nobody waits for a request that never ends.
            let _ = timeout(DRAIN_WITHIN, serving).await;
            Ok(())
        }
    };
    answering.drain(DRAIN_WITHIN).await;
    result?;
    info!("stopped");
    Ok(())
}

async fn interaction(State(door): State<Arc<Door>>, Extension(busy): Extension<Busy>, request: Request) -> Response {
    let since = Instant::now();
    let (parts, body) = request.into_parts();
    // Without a signature of today a request is refused, and its body is not read at all.
    let signed = match Signed::read(&parts.headers) {
        Ok(signed) => signed,
        Err(refusal) => return door.refuse(&refusal),
    };
    let body = match server::read_body(&parts.headers, body, LARGEST_BODY).await {
        Ok(body) => body,
        Err(status) => return status.into_response(),
    };
    if door.verifier.verify(signed.signature, signed.timestamp, &body).is_err() {
        return door.refuse(&Refusal::OtherKey);
    }
    let _busy = busy.begin();
    let interaction = match serde_json::from_slice::<Interaction>(&body) {
        Ok(interaction) if interaction.kind == Kind::Ping => return json(PONG.to_vec()),
        Ok(interaction) => interaction,
        Err(error) => {
            door.answering.metrics().dropped("interaction", "unreadable");
            unreadable("an interaction", &error);
            return StatusCode::BAD_REQUEST.into_response();
        }
    };
    let deadlines = door.answering.deadlines();
    let Some(permit) = door.answering.concurrency().for_interaction(deadlines.of_interaction(since)).await else {
        door.answering.metrics().dropped("interaction", "no_permit");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let (answer, answered) = oneshot::channel();
    // A callback, and what follows an answer, go on after this request.
    spawn(async move { door.answering.interaction(&interaction, &Transport::http(answer), permit, since).await });
    match timeout_at(deadlines.of_request(since), answered).await {
        Ok(Ok(HttpAnswer::Now(body))) => json(body),
        Ok(Ok(HttpAnswer::ByCallback)) => StatusCode::ACCEPTED.into_response(),
        Ok(Err(_)) | Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// What the headers of a request say about its signature.
struct Signed<'h> {
    signature: &'h str,
    timestamp: &'h str,
}

/// Why a request is refused.
#[derive(Debug, PartialEq)]
enum Refusal {
    /// A header is missing or is not in Discord's form.
    NoSignature,
    /// So many minutes ago.
    TooOld(u64),
    /// So many minutes ahead of this machine's clock.
    Ahead(u64),
    /// By another key, or over another body.
    OtherKey,
}

impl<'h> Signed<'h> {
    /// The signature of a request, if it was made a short while ago.
    fn read(headers: &'h HeaderMap) -> Result<Self, Refusal> {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let (signature, timestamp) = header(SIGNATURE).zip(header(TIMESTAMP)).ok_or(Refusal::NoSignature)?;
        let is_hexadecimal =
            signature.len() == SIGNATURE_DIGITS && signature.bytes().all(|byte| byte.is_ascii_hexdigit());
        let signed = timestamp.parse().ok().map(Duration::from_secs).filter(|_| is_hexadecimal);
        let signed = signed.ok_or(Refusal::NoSignature)?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let minutes = now.abs_diff(signed).as_secs() / 60;
        match now.abs_diff(signed) > SIGNED_WITHIN {
            false => Ok(Self { signature, timestamp }),
            true if signed < now => Err(Refusal::TooOld(minutes)),
            true => Err(Refusal::Ahead(minutes)),
        }
    }
}

impl Refusal {
    /// The reason as a word, of which there are few.
    const fn name(&self) -> &'static str {
        match self {
            Self::NoSignature => "no_signature",
            Self::TooOld(_) => "too_old",
            Self::Ahead(_) => "ahead",
            Self::OtherKey => "other_key",
        }
    }

    /// The reason with its remedy.
    fn line(&self) -> String {
        match self {
            Self::NoSignature => format!(
                "a request was refused, the headers {SIGNATURE} and {TIMESTAMP} are missing or malformed; if it was \
                 Discord's, let the proxy in front of this address pass them on"
            ),
            Self::TooOld(minutes) => {
                format!("a request was refused, it was signed {minutes} minutes ago; check the clock of this machine")
            }
            Self::Ahead(minutes) => format!(
                "a request was refused, it was signed {minutes} minutes ahead of now; check the clock of this machine"
            ),
            Self::OtherKey => format!(
                "a request was refused, its signature does not match the key; compare {PUBLIC_KEY} with the public key at \
                 https://discord.com/developers/applications, and let no proxy change the body"
            ),
        }
    }
}

impl Door {
    /// Refuses a request. Anybody can send such requests, so that few are logged.
    fn refuse(&self, refusal: &Refusal) -> Response {
        self.answering.metrics().dropped("request", refusal.name());
        warn_seldom(refusal.name(), || refusal.line());
        StatusCode::UNAUTHORIZED.into_response()
    }
}

fn json(body: Vec<u8>) -> Response {
    ([(CONTENT_TYPE, "application/json")], body).into_response()
}
