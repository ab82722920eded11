//! Who is let in: this machine by its own names, and others as often as they may ask.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::header::HOST;
use axum::http::{Request, StatusCode};
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;

use super::super::answering::Answering;
use super::{Peer, routes};
use crate::presentation::wording;
use crate::shell::data;

/// Bytes of a page at the most.
const LARGEST: usize = 1 << 20;

fn answering(is_own: bool) -> Arc<Answering> {
    Arc::new(Answering::new(data::load(None).expect("the compiled-in knowledge is good"), is_own))
}

/// What somebody at an address gets who asks for a host.
async fn get(answering: &Arc<Answering>, path: &str, host: &str, peer: &str) -> (StatusCode, String) {
    let peer = Peer(peer.parse().expect("it is an address"));
    let request = Request::get(path).header(HOST, host).extension(peer).body(Body::empty());
    let service = TowerToHyperService::new(routes(Arc::clone(answering)));
    let response = service.call(request.expect("it is a request")).await.expect("it cannot fail");
    let status = response.status();
    let body = to_bytes(response.into_body(), LARGEST).await.expect("it has an end");
    (status, String::from_utf8_lossy(&body).into_owned())
}

#[tokio::test]
async fn a_page_of_this_machine_is_not_read_under_another_name() {
    let answering = answering(true);
    for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:8080", "127.0.0.1", "[::1]:8080", "[::1]"] {
        assert_eq!(get(&answering, "/icon.svg", host, "127.0.0.1").await.0, StatusCode::OK, "{host}");
    }
    for host in ["evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example:8080", "", ":"]
    {
        for path in ["/", "/page.js", "/picture"] {
            assert_eq!(get(&answering, path, host, "127.0.0.1").await.0, StatusCode::MISDIRECTED_REQUEST, "{host}");
        }
    }
}

#[tokio::test]
async fn an_address_that_asks_too_often_is_asked_to_wait() {
    let answering = answering(false);
    let mut last = (StatusCode::OK, String::new());
    for _ in 0..1_000 {
        last = get(&answering, "/?view=help", "versus.example", "192.0.2.1").await;
        if last.0 != StatusCode::OK {
            break;
        }
    }
    assert_eq!(last.0, StatusCode::TOO_MANY_REQUESTS);
    assert!(last.1.contains(wording::TOO_FAST), "{}", last.1);
    for (path, peer) in [("/?view=help", "192.0.2.2"), ("/page.css", "192.0.2.1"), ("/?view=help", "127.0.0.1")] {
        assert_eq!(get(&answering, path, "versus.example", peer).await.0, StatusCode::OK, "{path} {peer}");
    }
}
