//! The addresses of the page, and the headers that keep it safe.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::Markup;
use tokio::time::timeout;

use super::answering::Answering;
use super::completing::completions;
use super::fields::Fields;
use super::limits::{ANSWER_WITHIN, Kind, LARGEST_BODY};
use super::turn::Turn;
use crate::presentation::html::{self, Followed, Page};
use crate::presentation::wording;
use crate::shell::server::read_body;
use crate::shell::server::serving::{Busy, Peer};

const HTML: &str = "text/html; charset=utf-8";
// The language of scripts may be a subject of a comparison, and no subject is named in this program.
const SCRIPT: &str = concat!("text/java", "script; charset=utf-8");

/// The files of the page.
const STYLE_FILE: &str = include_str!("assets/page.css");
const SCRIPT_FILE: &str = include_str!("assets/page.js");
const ICON_FILE: &str = include_str!("assets/icon.svg");

/// What a browser may load and run for the page: its own files, and nothing that stands in the page itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The headers of every response.
const HEADERS: [(HeaderName, &str); 7] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (CACHE_CONTROL, "no-store"),
];

/// What a page of another site may be, which a browser was led to believe to be at this address.
const OTHER_HOST: &str = "This page is served to this machine alone, under its own name: open it as http://localhost or by its \
    address. A proxy has to send one of these as the host.\n";

pub(super) fn routes(answering: Arc<Answering>) -> Router {
    Router::new()
        .route("/", get(page))
        .route("/reply", post(reply))
        .route("/complete", get(complete))
        .route("/picture", get(picture))
        .route("/page.css", get(|| file("text/css; charset=utf-8", STYLE_FILE)))
        .route("/page.js", get(|| file(SCRIPT, SCRIPT_FILE)))
        .route("/icon.svg", get(|| file("image/svg+xml", ICON_FILE)))
        .layer(from_fn_with_state(Arc::clone(&answering), admit))
        .layer(map_response(harden))
        .with_state(answering)
}

/// Lets a request in, or says why not.
async fn admit(State(answering): State<Arc<Answering>>, request: Request, next: Next) -> Response {
    if answering.is_own && !is_own_name(request.headers()) {
        return (StatusCode::MISDIRECTED_REQUEST, OTHER_HOST).into_response();
    }
    let asks = ["/", "/reply"].contains(&request.uri().path());
    let kind = if asks { Kind::Question } else { Kind::Other };
    let address = request.extensions().get::<Peer>().map(|Peer(address)| *address);
    if address.is_some_and(|address| !answering.rate_limit.allows(address, kind)) {
        return refuse(&answering, request.uri());
    }
    let busy = request.extensions().get::<Busy>().cloned();
    let _busy = busy.as_ref().map(Busy::begin);
    match timeout(ANSWER_WITHIN, next.run(request)).await {
        Ok(response) => response,
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, wording::page::TOO_SLOW).into_response(),
    }
}

/// Whether a browser asked for this machine by one of its own names. Another site may have a name that leads here as well, and its
/// page must not read this one.
fn is_own_name(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(HOST).and_then(|host| host.to_str().ok()) else { return false };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost") || address.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

/// Says to an address that it asks too often.
fn refuse(answering: &Answering, uri: &Uri) -> Response {
    let turn = answering.too_fast(&Fields::default());
    let shown = match uri.path() {
        "/" => whole(answering, &turn, false),
        "/reply" => fragment(&turn),
        _ => return StatusCode::TOO_MANY_REQUESTS.into_response(),
    };
    (StatusCode::TOO_MANY_REQUESTS, shown).into_response()
}

async fn harden(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn file(kind: &'static str, text: &'static str) -> Response {
    ([(CONTENT_TYPE, kind)], text).into_response()
}

async fn page(State(answering): State<Arc<Answering>>, uri: Uri) -> Response {
    let asked = Fields::read(uri.query().unwrap_or_default().as_bytes());
    let turn = answering.turn(&asked).await;
    let follows = !asked.about.is_empty() && asked.text.trim().is_empty();
    whole(&answering, &turn, follows)
}

async fn reply(State(answering): State<Arc<Answering>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    match read_body(&parts.headers, body, LARGEST_BODY).await {
        Ok(body) => fragment(&answering.turn(&Fields::read(&body)).await),
        Err(status) => status.into_response(),
    }
}

async fn complete(State(answering): State<Arc<Answering>>, uri: Uri) -> Response {
    let asked = Fields::read(uri.query().unwrap_or_default().as_bytes());
    markup(&html::completions(&completions(answering.core(), &asked.text)))
}

async fn picture(State(answering): State<Arc<Answering>>, uri: Uri) -> Response {
    let asked = Fields::read(uri.query().unwrap_or_default().as_bytes());
    match answering.picture(asked.view.as_deref().unwrap_or_default()).await {
        Some(png) => ([(CONTENT_TYPE, "image/png")], png).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A page that shows a turn; `follows` says whether the next question follows its answer.
fn whole(answering: &Answering, turn: &Turn, follows: bool) -> Response {
    let about = turn.about.as_deref().filter(|_| follows);
    markup(&html::page(&Page {
        title: &answering.core().knowledge().title,
        messages: &turn.messages,
        followed: about.map(|state| Followed { title: &turn.title, state }),
        tour: Some(turn.tour.as_str()).filter(|tour| !tour.is_empty()),
    }))
}

fn fragment(turn: &Turn) -> Response {
    markup(&html::fragment(turn.effect.name(), Some(&turn.tour), &turn.messages))
}

fn markup(markup: &Markup) -> Response {
    ([(CONTENT_TYPE, HTML)], markup.0.clone()).into_response()
}

#[cfg(test)]
mod tests;
