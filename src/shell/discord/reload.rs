//! Reloads the data folder at SIGHUP.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::task::spawn_blocking;
use tracing::{error, info, warn};

use super::super::data;
use super::super::server::signals::Hangup;
use super::answering::Answering;
use super::registrar::Registrar;

/// Problems that the log lists.
const MOST_PROBLEMS: usize = 50;

/// Reads the folder at each signal. Knowledge with a fault is not used: the bot goes on with what it has.
pub(super) async fn at_signals(
    mut hangup: Hangup,
    registrar: Arc<Registrar>,
    answering: Arc<Answering>,
    folder: Option<PathBuf>,
    key: [u8; 16],
) {
    loop {
        hangup.wait().await;
        let Some(folder) = folder.clone() else {
            warn!("SIGHUP received, but the knowledge is compiled in; start with --data to reload a folder");
            continue;
        };
        // Learning takes a second or more; answers go on meanwhile.
        match spawn_blocking(move || data::load(Some(&folder))).await {
            Ok(Ok(core)) => {
                answering.replace(core.with_key(key));
                info!("SIGHUP received, the knowledge was reloaded");
                registrar.knowledge_changed();
            }
            Ok(Err(failure)) => {
                let text = failure.to_string();
                let lines: Vec<&str> = text.lines().collect();
                // The last line is the sum of them.
                let (sum, problems) = lines.split_last().unwrap_or((&"", &[]));
                problems.iter().take(MOST_PROBLEMS).for_each(|line| error!("{line}"));
                if let Some(more @ 1..) = problems.len().checked_sub(MOST_PROBLEMS) {
                    error!("and {more} more problems, which `versus check` lists");
                }
                error!("{sum}");
                error!("SIGHUP received, but the new knowledge has faults; the old one stays in use");
            }
            Err(error) => error!("the knowledge could not be reloaded: {error}; the old one stays in use"),
        }
    }
}
