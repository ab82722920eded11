//! The bodies of requests, which are limited in size and in time.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, StatusCode};
use tokio::time::timeout;

/// How long the body of a request may take.
const WITHIN: Duration = Duration::from_secs(5);
/// What is too long is read up to so many times its limit, and dropped: a client that still sends reads no answer.
const DROPPED: usize = 5;

/// Reads the body of a request of at most `most` bytes.
///
/// # Errors
/// The status that says whether it was too long, too slow or broken.
pub(in crate::shell) async fn read(headers: &HeaderMap, mut body: Body, most: usize) -> Result<Vec<u8>, StatusCode> {
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let is_too_long = length.is_some_and(|length: usize| length > most);
    if length.is_some_and(|length| length > most * DROPPED) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    match timeout(WITHIN, collect(&mut body, most)).await {
        Ok(collected) => collected,
        Err(_) if is_too_long => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

async fn collect(body: &mut Body, most: usize) -> Result<Vec<u8>, StatusCode> {
    let (mut kept, mut size) = (Vec::new(), 0);
    while let Some(frame) = poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await {
        let data = frame.map_err(|_| StatusCode::BAD_REQUEST)?.into_data().unwrap_or_default();
        size += data.len();
        match size {
            _ if size <= most => kept.extend_from_slice(&data),
            _ if size > most * DROPPED => break,
            _ => kept = Vec::new(),
        }
    }
    if size > most { Err(StatusCode::PAYLOAD_TOO_LARGE) } else { Ok(kept) }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{HeaderMap, HeaderValue, StatusCode};

    use super::{CONTENT_LENGTH, DROPPED, read};

    const MOST: usize = 1_000;

    async fn status(size: usize, length: Option<usize>) -> StatusCode {
        let length = length.map(|length| (CONTENT_LENGTH, HeaderValue::from(length)));
        let headers: HeaderMap = length.into_iter().collect();
        let read = read(&headers, Body::from(vec![b'a'; size]), MOST).await;
        read.map_or_else(|status| status, |body| if body.len() == size { StatusCode::OK } else { StatusCode::GONE })
    }

    #[tokio::test]
    async fn what_is_too_long_is_not_kept() {
        for (size, expected) in [
            (0, StatusCode::OK),
            (MOST, StatusCode::OK),
            (MOST + 1, StatusCode::PAYLOAD_TOO_LARGE),
            (MOST * DROPPED * 2, StatusCode::PAYLOAD_TOO_LARGE),
        ] {
            assert_eq!(status(size, None).await, expected, "{size}");
            assert_eq!(status(size, Some(size)).await, expected, "{size}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_does_not_come_is_not_waited_for() {
        // It never ends, and never brings anything.
        let slow = || Body::new(Silent);
        assert_eq!(read(&HeaderMap::new(), slow(), MOST).await, Err(StatusCode::REQUEST_TIMEOUT));
        let headers: HeaderMap = [(CONTENT_LENGTH, HeaderValue::from(MOST + 1))].into_iter().collect();
        assert_eq!(read(&headers, slow(), MOST).await, Err(StatusCode::PAYLOAD_TOO_LARGE));
    }

    /// A body of which nothing comes.
    struct Silent;

    impl axum::body::HttpBody for Silent {
        type Data = axum::body::Bytes;
        type Error = axum::Error;

        fn poll_frame(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<hyper::body::Frame<Self::Data>, Self::Error>>> {
            std::task::Poll::Pending
        }
    }
}
