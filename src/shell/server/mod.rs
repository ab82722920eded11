//! What every server of the program stands on: signals, the log, ports with limits, and sentences that are read on threads of
//! their own.

mod bodies;
mod logging;
mod reading;
pub(super) mod serving;
pub(super) mod signals;
mod warnings;

use std::net::SocketAddr;
use std::path::PathBuf;

use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::task::spawn_blocking;
use tracing::info;

use super::{Failure, data};
use crate::domain::core::Core;
pub(super) use bodies::read as read_body;
pub(super) use logging::begin as begin_logging;
pub(super) use reading::Reading;
use signals::Stop;
#[cfg(feature = "discord")]
pub(super) use warnings::error_seldom;
pub(super) use warnings::warn_seldom;

/// Runs something that waits for the network until it ends.
///
/// # Errors
/// No threads can be started, or what it reports.
pub(super) fn block_on(server: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let runtime = Runtime::new().map_err(|error| {
        Failure::new(format!("no threads can be started: {error}"), "raise the limit of threads or memory")
    })?;
    let result = runtime.block_on(server);
    // A connection that is still being opened, or knowledge that is still being read, does not delay the end.
    runtime.shutdown_background();
    result
}

/// Opens the port that `--listen` names, so that what comes while the program starts waits instead of being refused.
///
/// # Errors
/// The address cannot be listened on.
pub(super) async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        Failure::new(format!("{address} cannot be listened on: {error}"), "give --listen another address")
    })
}

/// Loads the knowledge; nothing if the program is to stop before it is there. A folder has to be learned from, which takes
/// seconds.
///
/// # Errors
/// The data cannot be used.
pub(super) async fn load(folder: Option<PathBuf>, stop: &mut Stop) -> Result<Option<Core>, Failure> {
    tokio::select! {
        loaded = spawn_blocking(move || data::load(folder.as_deref())) => {
            let failed = |error| Failure::new(format!("the knowledge cannot be loaded: {error}"), "report it as a fault of versus");
            loaded.map_err(failed)?.map(Some)
        }
        name = stop.wait() => {
            info!("{name} received before the knowledge was loaded");
            Ok(None)
        }
    }
}
