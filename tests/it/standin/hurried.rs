//! Answers without a look at what was sent, for a bench that counts them by the thousand.

use std::time::Instant;

use axum::body::{Bytes, to_bytes};
use axum::extract::Request;
use axum::http::Method;
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::events::{CHANNEL, bot_user, plain};
use super::fault::Answer;
use super::rest::LARGEST_BODY;

/// An answer of the bot, as it came in.
#[derive(Debug)]
pub(crate) struct Arrival {
    /// The interaction that it answers, or the channel that the message is for.
    pub(crate) id: String,
    pub(crate) at: Instant,
    pub(crate) body: Bytes,
}

/// Whom the request answers, and how it is answered itself; nothing where it has to go the ordinary way.
pub(super) fn known(request: &Request) -> Option<(String, Answer)> {
    if request.method() != Method::POST {
        return None;
    }
    let path = request.uri().path();
    let segments: Vec<&str> = path.strip_prefix("/api/v10").unwrap_or(path).trim_matches('/').split('/').collect();
    let query = request.uri().query().unwrap_or_default();
    match segments[..] {
        ["interactions", id, _, "callback"] if ["with_response=1", "with_response=true"].contains(&query) => {
            Some((id.to_owned(), Answer::json(200, &callback_response(id))))
        }
        ["interactions", id, _, "callback"] => Some((id.to_owned(), Answer::empty())),
        ["channels", id, "messages"] => Some((id.to_owned(), Answer::json(200, &plain(id, &bot_user(), "")))),
        _ => None,
    }
}

/// Passes the answer on. It is read to its end, so that the connection can be used again.
pub(super) async fn take(id: String, request: Request, arrivals: &UnboundedSender<Arrival>) {
    let body = to_bytes(request.into_body(), LARGEST_BODY).await.unwrap_or_default();
    // A test that has seen enough listens no more.
    let _ = arrivals.send(Arrival { id, at: Instant::now(), body });
}

fn callback_response(id: &str) -> Value {
    let message = plain(CHANNEL, &bot_user(), "");
    json!({
        "interaction": { "id": id, "type": 2, "response_message_id": message["id"] },
        "resource": { "type": 4, "message": message },
    })
}
