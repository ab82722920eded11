//! The bodies of requests, which are limited in size and in time.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, StatusCode};
use tokio::time::timeout;

/// How long the body of a request may take.
const WITHIN: Duration = Duration::from_secs(5);

/// Reads the body of a request of at most `most` bytes.
///
/// # Errors
/// The status that says whether it was too long or too slow.
pub(in crate::shell) async fn read(headers: &HeaderMap, body: Body, most: usize) -> Result<Bytes, StatusCode> {
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: usize| length > most) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let body = timeout(WITHIN, to_bytes(body, most)).await.map_err(|_| StatusCode::REQUEST_TIMEOUT)?;
    body.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)
}
