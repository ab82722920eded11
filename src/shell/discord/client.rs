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

/// Sends requests.
pub(super) struct Client {
    /// Keeps connections for the next request; nothing where a proxy stands before the interface.
    direct: Option<legacy::Client<HttpsConnector<HttpConnector>, Body>>,
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
        let direct = (!goes_through_proxy(api)).then(|| {
            let mut http = HttpConnector::new();
            http.enforce_http(false);
            http.set_nodelay(true);
            http.set_keepalive(Some(TRIED_EVERY));
            let connector = HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1();
            let connector = connector.wrap_connector(http);
            let mut client = legacy::Client::builder(TokioExecutor::new());
            client.pool_timer(TokioTimer::new()).pool_idle_timeout(IDLE_FOR).build(connector)
        });
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

/// Whether requests to an address use a proxy that the environment sets. reqwest asks the same library.
pub(super) fn goes_through_proxy(api: &str) -> bool {
    api.parse::<Uri>().is_ok_and(|api| Matcher::from_system().intercept(&api).is_some())
}
