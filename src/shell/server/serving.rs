//! An HTTP server that waits for nobody for long: requests have time limits, and the connections are bounded.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::warn_seldom;

/// How long the header of a request may take, also after the request before it: no client that works needs longer.
const HEADER_WITHIN: Duration = Duration::from_secs(5);
/// Bytes of a header, and of what is read ahead of a body.
const BUFFER: usize = 16 * 1024;
/// How long the server waits after it could not accept a connection, which is for want of file descriptors.
const ACCEPT_AGAIN: Duration = Duration::from_millis(200);

/// The connections that are open, in the order in which they came.
#[derive(Default)]
struct Connections {
    open: Mutex<BTreeMap<u64, Open>>,
}

struct Open {
    busy: Busy,
    /// Ends the connection when it is dropped.
    _ends: oneshot::Sender<()>,
}

/// Whether a connection has a request that is worth its place; such a connection is not ended for another one.
#[derive(Debug, Clone, Default)]
pub(in crate::shell) struct Busy(Arc<AtomicBool>);

/// The address from which a request comes.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(not(feature = "web"), expect(dead_code, reason = "Discord posts from many addresses"))]
pub(in crate::shell) struct Peer(pub(in crate::shell) IpAddr);

/// Makes a connection busy until it is dropped.
pub(in crate::shell) struct BusyGuard(Busy);

/// Serves until `stopped`, then finishes the requests that have begun. At most `most` connections are open: a new one ends the
/// oldest that is not busy, so that those who only hold a connection lock nobody out.
pub(in crate::shell) async fn serve(
    listener: TcpListener,
    routes: Router,
    most: usize,
    stopped: impl Future<Output = ()>,
) {
    let connections = Arc::new(Connections::default());
    let (stop, stopping) = watch::channel(false);
    let mut running = JoinSet::new();
    let mut stopped = pin!(stopped);
    for number in 0.. {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stopped => break,
        };
        // Those that have ended are forgotten.
        while running.try_join_next().is_some() {}
        match accepted {
            Ok((stream, peer)) => {
                let Some((busy, ends)) = connections.add(number, most) else { continue };
                let (connections, routes, stopping) = (Arc::clone(&connections), routes.clone(), stopping.clone());
                running.spawn(async move {
                    let routes = routes.layer(Extension(busy)).layer(Extension(Peer(peer.ip())));
                    handle(stream, routes, ends, stopping).await;
                    connections.lock().remove(&number);
                });
            }
            Err(error) => {
                warn_seldom("accept", || {
                    format!("a connection cannot be accepted: {error}; raise the limit of open files")
                });
                sleep(ACCEPT_AGAIN).await;
            }
        }
    }
    drop(listener);
    stop.send_replace(true);
    while running.join_next().await.is_some() {}
}

/// Serves one connection until it ends, or until its place is needed.
async fn handle(stream: TcpStream, routes: Router, ends: oneshot::Receiver<()>, mut stopping: watch::Receiver<bool>) {
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEADER_WITHIN).max_buf_size(BUFFER);
    let mut connection = pin!(server.serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes)));
    tokio::select! {
        // An error is the client's: it sent no request, or has gone.
        _ = connection.as_mut() => return,
        _ = ends => return,
        _ = stopping.wait_for(|stopping| *stopping) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

impl Connections {
    /// Adds a connection, if necessary in the place of another one; nothing if all are busy.
    fn add(&self, number: u64, most: usize) -> Option<(Busy, oneshot::Receiver<()>)> {
        let mut open = self.lock();
        if open.len() >= most {
            let oldest = open.iter().find(|(_, open)| !open.busy.is_busy()).map(|(number, _)| *number)?;
            open.remove(&oldest);
        }
        let busy = Busy::default();
        let (sender, ends) = oneshot::channel();
        open.insert(number, Open { busy: busy.clone(), _ends: sender });
        Some((busy, ends))
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Busy {
    pub(in crate::shell) fn begin(&self) -> BusyGuard {
        self.0.store(true, Ordering::Relaxed);
        BusyGuard(self.clone())
    }

    fn is_busy(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for BusyGuard {
    fn drop(&mut self) {
        self.0.0.store(false, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::Connections;

    #[test]
    fn the_oldest_connection_without_a_request_is_ended_for_a_new_one() {
        let connections = Connections::default();
        let mut added: Vec<_> = (1..=3).map(|number| connections.add(number, 3).expect("fewer are open")).collect();
        let guard = added[0].0.begin();
        let fourth = connections.add(4, 3).expect("there is one that is not busy");
        assert!(added[0].1.try_recv().is_err_and(|error| error == tokio::sync::oneshot::error::TryRecvError::Empty));
        assert!(added[1].1.try_recv().is_err_and(|error| error == tokio::sync::oneshot::error::TryRecvError::Closed));
        let _others = [added[2].0.begin(), fourth.0.begin()];
        assert!(connections.add(5, 3).is_none());
        drop(guard);
        assert!(connections.add(5, 3).is_some());
    }
}
