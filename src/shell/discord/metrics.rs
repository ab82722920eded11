//! What an operator can watch: whether the bot is alive, and what it does, as counts.

use std::collections::HashMap;
use std::future::pending;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use tokio::net::TcpListener;
use tokio::spawn;
use tokio::time::Instant;
use tracing::{info, warn};

use super::super::Failure;
use super::super::config::METRICS;
use super::super::server::serving;
use crate::domain::answer::Answer;

/// Bounds of the time from an event to its answer, in seconds; Discord waits 3.
const LATENCIES: [f64; 10] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 1.5, 2.0, 3.0];
/// A gateway that has been away for so long is reported as dead; several attempts to reach it fit into that time.
const DEAD_AFTER: Duration = Duration::from_secs(90);
/// Connections that are open at the same time: few programs watch a bot.
const CONNECTIONS: usize = 32;
/// How long a report of an answer is not logged again.
const REPORT_AGAIN_AFTER: Duration = Duration::from_secs(3600);
/// The form of the metrics.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Counts and states, from the start of the process.
pub(super) struct Metrics {
    registry: Registry,
    answers: Family<Labels, Counter>,
    latency: Histogram,
    connected: Gauge,
    limited: Counter,
    without_picture: Counter,
    without_sentence: Counter,
    dropped: Family<Dropped, Counter>,
    /// When a report of an answer was logged last, by the answer's id; there are as many as the data has.
    reported: Mutex<HashMap<String, Instant>>,
    /// Since when no connection to the gateway is open, if one is used at all.
    away_since: Mutex<Option<Instant>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    outcome: &'static str,
    /// The topic or kind of project; both are as many as the data has.
    about: String,
}

/// What was not answered or done.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Dropped {
    /// What kind of thing: an interaction, a message, a follow-up, an event or a request.
    kind: &'static str,
    /// The reason.
    why: &'static str,
}

impl Metrics {
    pub(super) fn new() -> Self {
        let mut registry = Registry::with_prefix(env!("CARGO_PKG_NAME"));
        let answers = Family::<Labels, Counter>::default();
        let latency = Histogram::new(LATENCIES);
        let (connected, limited, without_picture) = (Gauge::default(), Counter::default(), Counter::default());
        let without_sentence = Counter::default();
        registry.register("answers", "Answers by outcome and by what they are about", answers.clone());
        registry.register("answer_seconds", "Time from an event to its answer", latency.clone());
        registry.register("gateway_connections", "Connections to the gateway that are open", connected.clone());
        registry.register("limited", "Questions beyond a rate limit", limited.clone());
        let late = "Answers that went out before their picture was drawn";
        registry.register("without_picture", late, without_picture.clone());
        let by_words =
            "Texts that were understood by their words alone, because there was no time to read them as sentences";
        registry.register("without_sentence", by_words, without_sentence.clone());
        let dropped = Family::<Dropped, Counter>::default();
        registry.register("dropped", "What was not answered, by kind and reason", dropped.clone());
        let away_since = Mutex::default();
        let reported = Mutex::default();
        Self {
            registry,
            answers,
            latency,
            connected,
            limited,
            without_picture,
            without_sentence,
            dropped,
            reported,
            away_since,
        }
    }

    /// Counts an answer.
    pub(super) fn answered(&self, answer: &Answer<'_>) {
        let (outcome, about) = match answer {
            Answer::Brief(brief) => ("comparison", brief.topic.entry.id.as_str()),
            Answer::Briefs(all) => ("comparison", all.first().map_or("", |brief| &brief.topic.entry.id)),
            Answer::Comparison(topic, _) => ("details", topic.entry.id.as_str()),
            Answer::Recommendation(found, _) => {
                ("recommendation", found.project.map_or("", |project| &project.entry.id))
            }
            Answer::Reasons(found) | Answer::RecommendationInFull(found) | Answer::Correction(found) => {
                ("details", found.project.map_or("", |project| &project.entry.id))
            }
            Answer::Article(cited) | Answer::Sources(cited) => ("details", cited.entry.map_or("", |entry| &entry.id)),
            Answer::Tools(tools) => ("tools", tools.named.first().map_or("", |tool| &tool.topic)),
            Answer::Reported(id) => {
                self.reported(id);
                ("reported", id.as_str())
            }
            Answer::DidYouMean(_) => ("did_you_mean", ""),
            Answer::Other(_) => ("other", ""),
            Answer::SmallTalk(_) => ("smalltalk", ""),
            Answer::Foreign(_) => ("foreign", ""),
            Answer::NeedsContext => ("needs_context", ""),
            Answer::Unknown => ("unknown", ""),
            Answer::Empty => ("empty", ""),
            Answer::NotFound => ("not_found", ""),
            Answer::Topics | Answer::Help => ("help", ""),
            Answer::Welcome | Answer::PositionUnreadable | Answer::Panel | Answer::Progress(_) | Answer::Forgotten => {
                ("onboarding", "")
            }
            Answer::Tour(step) => ("tour", step.path.id.as_str()),
            Answer::Quiz(..) => ("quiz", ""),
            Answer::Team(_) => ("team", ""),
            Answer::Decision(_) => ("decision", ""),
            Answer::Elsewhere(_) => ("elsewhere", ""),
        };
        self.answers.get_or_create(&Labels { outcome, about: about.to_owned() }).inc();
    }

    /// Logs that somebody reported an answer as wrong; the same answer again only after a while.
    fn reported(&self, id: &str) {
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = reported.get(id).is_none_or(|since| since.elapsed() >= REPORT_AGAIN_AFTER);
        if is_new {
            reported.insert(id.to_owned(), Instant::now());
            warn!("the answer {id} was reported as wrong; check it against its sources");
        }
    }

    /// Notes that an event which came in at `since` was answered.
    pub(super) fn took(&self, since: Instant) {
        self.latency.observe(since.elapsed().as_secs_f64());
    }

    /// Counts a question that is not answered because of a rate limit.
    pub(super) fn limited(&self) {
        self.limited.inc();
    }

    /// Counts something that is not answered or done.
    pub(super) fn dropped(&self, kind: &'static str, why: &'static str) {
        self.dropped.get_or_create(&Dropped { kind, why }).inc();
    }

    /// Counts an answer that could not wait for its picture.
    pub(super) fn picture_left_out(&self) {
        self.without_picture.inc();
    }

    /// Counts a text that could not wait to be read as a sentence.
    pub(super) fn sentence_left_out(&self) {
        self.without_sentence.inc();
    }

    /// Notes that a gateway is going to be used.
    pub(super) fn expect_gateway(&self) {
        *self.away_since() = Some(Instant::now());
    }

    /// Notes that a connection to the gateway was opened or was lost.
    pub(super) fn connection(&self, is_open: bool) {
        let mut away_since = self.away_since();
        let open = if is_open { self.connected.inc() + 1 } else { self.connected.dec() - 1 };
        *away_since = (open == 0).then(Instant::now);
    }

    fn is_alive(&self) -> bool {
        self.away_since().is_none_or(|since| since.elapsed() < DEAD_AFTER)
    }

    fn away_since(&self) -> MutexGuard<'_, Option<Instant>> {
        self.away_since.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens the port at which an operator can watch.
///
/// # Errors
/// The address cannot be listened on.
pub(super) async fn open(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        Failure::new(format!("{address} cannot be listened on: {error}"), format!("set {METRICS} to another address"))
    })
}

/// Serves `/healthz` and `/metrics` at an open port, until the process ends.
pub(super) fn serve(metrics: Arc<Metrics>, listener: TcpListener) {
    if let Ok(address) = listener.local_addr() {
        info!("metrics on http://{address}");
    }
    let routes = Router::new().route("/healthz", get(health)).route("/metrics", get(text)).with_state(metrics);
    // It ends with the process.
    spawn(serving::serve(listener, routes, CONNECTIONS, pending()));
}

async fn health(State(metrics): State<Arc<Metrics>>) -> Response {
    match metrics.is_alive() {
        true => "ok\n".into_response(),
        false => (StatusCode::SERVICE_UNAVAILABLE, "the gateway is away\n").into_response(),
    }
}

async fn text(State(metrics): State<Arc<Metrics>>) -> Response {
    let mut text = String::new();
    match encode(&mut text, &metrics.registry) {
        Ok(()) => ([(CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use axum::extract::State;
    use axum::http::StatusCode;
    use tokio::time::advance;

    use super::{DEAD_AFTER, Metrics, health};

    const MOMENT: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn a_gateway_is_dead_when_no_connection_was_open_for_a_while() {
        let metrics = Arc::new(Metrics::new());
        let status = async || health(State(Arc::clone(&metrics))).await.status();
        advance(2 * DEAD_AFTER).await;
        assert_eq!(status().await, StatusCode::OK, "none is used");
        metrics.expect_gateway();
        advance(DEAD_AFTER - MOMENT).await;
        assert_eq!(status().await, StatusCode::OK);
        advance(MOMENT).await;
        assert_eq!(status().await, StatusCode::SERVICE_UNAVAILABLE);
        metrics.connection(true);
        metrics.connection(true);
        metrics.connection(false);
        advance(2 * DEAD_AFTER).await;
        assert_eq!(status().await, StatusCode::OK, "one is still open");
        metrics.connection(false);
        advance(DEAD_AFTER).await;
        assert_eq!(status().await, StatusCode::SERVICE_UNAVAILABLE);
    }
}
