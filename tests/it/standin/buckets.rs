//! The rate limits of channels, with the headers by which Discord announces them.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use serde_json::json;

use super::fault::Answer;
use super::record::Recorded;

/// The windows of all channels: when each began, and how many messages came in it.
#[derive(Default)]
pub(super) struct Windows(HashMap<String, (Instant, usize)>);

impl Windows {
    /// Counts a request; gives the headers of its answer, or the answer that refuses it.
    pub(super) fn count(
        &mut self,
        request: &Recorded,
        (limit, window): (usize, Duration),
    ) -> Result<Vec<(String, String)>, Answer> {
        let segments = request.segments();
        let ("POST", ["channels", channel, "messages"]) = (request.method.as_str(), segments.as_slice()) else {
            return Ok(Vec::new());
        };
        let now = Instant::now();
        let (began, count) = self.0.entry((*channel).to_owned()).or_insert((now, 0));
        if now.duration_since(*began) >= window {
            (*began, *count) = (now, 0);
        }
        *count += 1;
        let rest = window.saturating_sub(now.duration_since(*began)).as_secs_f64();
        let headers = [
            ("x-ratelimit-bucket", "b".to_owned()),
            ("x-ratelimit-limit", limit.to_string()),
            ("x-ratelimit-remaining", limit.saturating_sub(*count).to_string()),
            ("x-ratelimit-reset-after", format!("{rest:.3}")),
        ];
        let headers: Vec<_> = headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        if *count <= limit {
            return Ok(headers);
        }
        let body = json!({ "message": "You are being rate limited.", "retry_after": rest, "global": false });
        Err(Answer { status: 429, headers, body: body.to_string() })
    }
}
