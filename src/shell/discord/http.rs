//! The bot as an HTTP server to which Discord posts interactions. It keeps nothing between two of them, so that any number of
//! such processes can run behind a load balancer.

use std::future::IntoFuture;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serenity::all::Interaction;
use serenity::interactions_endpoint::Verifier;
use tokio::net::TcpListener;
use tokio::spawn;
use tokio::sync::oneshot;
use tokio::time::timeout;
use tracing::info;

use super::super::Failure;
use super::super::config::{Discord, PUBLIC_KEY};
use super::answering::Answering;
use super::signals::Stop;
use super::transport::{HttpAnswer, Transport};
use super::{Bot, DRAIN_WITHIN, registering_ended, unreadable};

/// The header with the signature.
///
/// Source: Discord's API documentation, "Interactions: Receiving and Responding", also for the other three.
const SIGNATURE: &str = "X-Signature-Ed25519";
/// The header with the time at which the signature was made, in seconds since 1970.
const TIMESTAMP: &str = "X-Signature-Timestamp";
/// How old or how far ahead a signature may be, so that an intercepted request cannot be used later.
const SIGNED_WITHIN: Duration = Duration::from_secs(5 * 60);
/// Discord waits this long for an answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(3);
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
    let listener = TcpListener::bind(address).await.map_err(|error| {
        Failure::new(format!("{address} cannot be listened on: {error}"), "give --listen another address")
    })?;
    Ok(Endpoint { listener, verifier })
}

/// Answers Discord's requests until the bot is stopped.
///
/// # Errors
/// Why it cannot go on.
pub(super) async fn serve(endpoint: Endpoint, bot: &Bot, mut stop: Stop) -> Result<(), Failure> {
    let Endpoint { listener, verifier } = endpoint;
    let answering = &bot.answering;
    let registering = bot.register();
    match listener.local_addr() {
        Ok(address) => info!("ready on http://{address}"),
        Err(_) => info!("ready"),
    }
    let door = Arc::new(Door { answering: Arc::clone(answering), verifier });
    let routes = Router::new().fallback(post(interaction)).layer(DefaultBodyLimit::max(LARGEST_BODY));
    let (stop_sender, stopping) = oneshot::channel::<()>();
    let served = axum::serve(listener, routes.with_state(door)).with_graceful_shutdown(async {
        // The sender is dropped when the server ends by itself.
        let _ = stopping.await;
    });
    let mut served = pin!(served.into_future());
    let result = tokio::select! {
        served = &mut served => {
            served.map_err(|error| Failure::new(format!("the port cannot be kept open: {error}"), "start again"))
        }
        ended = registering => Err(registering_ended(ended)),
        name = stop.wait() => {
            info!("{name} received, closing the port");
            let _ = stop_sender.send(());
            // Nobody waits for a request that never ends.
            let _ = timeout(DRAIN_WITHIN, served).await;
            Ok(())
        }
    };
    answering.drain(DRAIN_WITHIN).await;
    result?;
    info!("stopped");
    Ok(())
}

async fn interaction(State(door): State<Arc<Door>>, headers: HeaderMap, body: Bytes) -> Response {
    if !door.is_from_discord(&headers, &body) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let interaction = match serde_json::from_slice(&body) {
        Ok(Interaction::Ping(_)) => return json(PONG.to_vec()),
        Ok(interaction) => interaction,
        Err(error) => {
            unreadable("an interaction", &error);
            return StatusCode::BAD_REQUEST.into_response();
        }
    };
    let Some(permit) = door.answering.concurrency().for_interaction().await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let (answer, answered) = oneshot::channel();
    // A callback, and what follows an answer, go on after this request.
    spawn(async move { door.answering.interaction(&interaction, &Transport::http(answer), permit).await });
    match timeout(ANSWER_WITHIN, answered).await {
        Ok(Ok(HttpAnswer::Now(body))) => json(body),
        Ok(Ok(HttpAnswer::ByCallback)) => StatusCode::ACCEPTED.into_response(),
        Ok(Err(_)) | Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

impl Door {
    /// Whether a request was signed by Discord, a short while ago.
    fn is_from_discord(&self, headers: &HeaderMap, body: &[u8]) -> bool {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let (Some(signature), Some(timestamp)) = (header(SIGNATURE), header(TIMESTAMP)) else { return false };
        let Some(signed) = timestamp.parse().ok().map(Duration::from_secs) else { return false };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        now.abs_diff(signed) <= SIGNED_WITHIN && self.verifier.verify(signature, timestamp, body).is_ok()
    }
}

fn json(body: Vec<u8>) -> Response {
    ([(CONTENT_TYPE, "application/json")], body).into_response()
}
