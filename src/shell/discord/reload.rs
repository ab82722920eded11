//! Reloads the data folder at SIGHUP.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::task::spawn_blocking;
use tracing::{error, info, warn};

use super::super::data;
use super::answering::Answering;

/// Reads the folder at each signal. Knowledge with a fault is not used: the bot goes on with what it has.
#[cfg(unix)]
pub(super) async fn at_signals(answering: Arc<Answering>, folder: Option<PathBuf>, key: [u8; 16]) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut hangup) = signal(SignalKind::hangup()) else { return };
    while hangup.recv().await.is_some() {
        let Some(folder) = folder.clone() else {
            warn!("SIGHUP received, but the knowledge is compiled in; start with --data to reload a folder");
            continue;
        };
        // Learning takes a second or more; answers go on meanwhile.
        match spawn_blocking(move || data::load(Some(&folder))).await {
            Ok(Ok(core)) => {
                answering.replace(core.with_key(key));
                info!("SIGHUP received, the knowledge was reloaded");
            }
            Ok(Err(failure)) => {
                for line in failure.to_string().lines() {
                    error!("{line}");
                }
                error!("SIGHUP received, but the new knowledge has faults; the old one stays in use");
            }
            Err(error) => error!("the knowledge could not be reloaded: {error}; the old one stays in use"),
        }
    }
}

/// Without such signals there is nothing to wait for.
#[cfg(not(unix))]
pub(super) async fn at_signals(_: Arc<Answering>, _: Option<PathBuf>, _: [u8; 16]) {}
