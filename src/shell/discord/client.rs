//! Sends requests over HTTP. What reqwest does for each of them is a fifth of the processor time of an answer: it reads the address
//! three times, and copies it with the headers for redirects. So what needs neither a proxy nor a form goes to hyper's client.

use std::time::Duration;

use axum::http::{Request, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use reqwest::multipart::Form;
use reqwest::{Body, RequestBuilder, redirect};

use super::limits::Headers;
use super::tried::{self, Answer, RestError, Tried, unreachable};

/// How long a connection is kept that nothing is sent over: what forgets it on its way says nothing.
const IDLE_FOR: Duration = Duration::from_secs(30);
/// How often a connection that nothing is sent over is tried.
const TRIED_EVERY: Duration = Duration::from_secs(15);

/// Sends what needs neither a proxy nor a form.
type Direct = legacy::Client<HttpsConnector<HttpConnector>, Body>;

/// Sends requests.
pub(super) struct Client {
    /// Keeps connections for the next request; nothing where a proxy stands before the interface.
    direct: Option<Direct>,
    /// The same for forms, and through a proxy.
    kept: reqwest::Client,
    /// Opens a connection for each request.
    fresh: reqwest::Client,
}

/// A request as it is sent.
pub(super) enum Sent {
    Plain(Request<Body>),
    Form(Request<Body>, Form),
}

impl Client {
    /// A client for requests to an address such as `https://discord.com`.
    ///
    /// # Errors
    /// TLS cannot be used.
    pub(super) fn new(api: &str) -> reqwest::Result<Self> {
        // A redirect would carry the token to another host. How long a try may take is bounded by who sends.
        let client = || reqwest::Client::builder().redirect(redirect::Policy::none());
        let direct = (!goes_through_proxy(api)).then(direct);
        let kept = client().pool_idle_timeout(IDLE_FOR).build()?;
        Ok(Self { direct, kept, fresh: client().pool_max_idle_per_host(0).build()? })
    }

    /// The one for addresses other than that of the interface.
    pub(super) fn elsewhere(&self) -> &reqwest::Client {
        &self.kept
    }

    /// Sends a request, over a connection of its own where it `is_fresh`.
    ///
    /// # Errors
    /// Why there is no good answer.
    pub(super) async fn send(&self, request: Sent, is_fresh: bool) -> Result<(Answer, Option<Headers>), Tried> {
        // The address of an interaction contains its token, so it stays out of the error.
        let unbuilt =
            |error: reqwest::Error| Tried::final_error(RestError::Unreadable(error.without_url().to_string()));
        let client = if is_fresh { &self.fresh } else { &self.kept };
        let request = match (request, &self.direct) {
            (Sent::Plain(request), Some(direct)) if !is_fresh => {
                let response = direct.request(request).await;
                return tried::read(response.map_err(|error| Tried::perhaps(unreachable(&error)))?).await;
            }
            (Sent::Plain(request), _) => request.try_into().map_err(unbuilt)?,
            (Sent::Form(request, form), _) => {
                let request = RequestBuilder::from_parts(client.clone(), request.try_into().map_err(unbuilt)?);
                request.multipart(form).build().map_err(unbuilt)?
            }
        };
        let response = client.execute(request).await;
        tried::read(response.map_err(|error| Tried::perhaps(unreachable(&error.without_url())))?.into()).await
    }
}

fn direct() -> Direct {
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_nodelay(true);
    http.set_keepalive(Some(TRIED_EVERY));
    let https = HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().wrap_connector(http);
    let mut client = legacy::Client::builder(TokioExecutor::new());
    client.pool_timer(TokioTimer::new()).pool_idle_timeout(IDLE_FOR).build(https)
}

/// Whether requests to an address use a proxy that the environment sets. reqwest asks the same library.
pub(super) fn goes_through_proxy(api: &str) -> bool {
    api.parse::<Uri>().is_ok_and(|api| Matcher::from_system().intercept(&api).is_some())
}

#[cfg(test)]
#[allow(clippy::panic, reason = "a test stops where it cannot go on")]
mod tests {
    use axum::http::{HeaderValue, Method};
    use serenity::all::InteractionId;
    use tokio::io::AsyncReadExt;
    use tokio::net::TcpListener;

    use super::super::request::{Request, Route, Target};
    use super::{RestError, Sent, direct, unreachable};

    /// How a record of TLS begins that opens a connection.
    const HANDSHAKE: [u8; 2] = [0x16, 0x03];

    #[tokio::test]
    async fn what_is_sent_to_an_https_address_is_encrypted_and_an_error_names_no_token() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let api = format!("https://{}/proxy", listener.local_addr().expect("it has an address"));
        let target = Target::new(&api, HeaderValue::from_static("Bot secret")).expect("it is an address");
        let route = Route::InteractionResponse { interaction_id: InteractionId::new(1), token: "secret" };
        let Ok(Sent::Plain(request)) = Request::new(route, Method::POST).json(b"{}".to_vec()).build(&target) else {
            panic!("it has no form")
        };
        assert_eq!(request.uri().to_string(), format!("{api}/api/v10/interactions/1/secret/callback"));
        let first = async {
            let (mut connection, _) = listener.accept().await.expect("it connects");
            let mut first = HANDSHAKE.map(|_| 0);
            connection.read_exact(&mut first).await.expect("it sends something");
            first
        };
        let (answer, first) = tokio::join!(direct().request(request), first);
        assert_eq!(first, HANDSHAKE);
        let RestError::Unreachable(why) = unreachable(&answer.expect_err("the connection was closed")) else {
            panic!("it was not reached")
        };
        assert!(!why.contains("secret") && !why.contains("127.0.0.1"), "{why}");
    }
}
