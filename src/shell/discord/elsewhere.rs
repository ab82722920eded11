//! Commands that are registered elsewhere than the settings say: beside those of the settings every command would appear twice.

use axum::http::Method;
use serde_json::Value;
use tracing::{debug, info, warn};

use super::super::config::GUILD;
use super::super::storage::Store;
use super::registration::{Registration, kind_and_name, wanted};
use super::request::Request;
use super::rest::RestError;
use crate::domain::knowledge::Knowledge;

/// Remembers that commands are registered to the server of the settings, if one is set.
pub(super) async fn remember(to: &Registration<'_>, store: &Store) {
    let Some(guild) = to.settings.guild else { return };
    let mut servers = store.registered().await;
    if servers.contains(&guild) {
        return;
    }
    servers.push(guild);
    if store.note_registered(&servers).await.is_none() {
        warn!(
            "it cannot be kept that commands are registered to the server {guild}: when {GUILD} is unset, they stay there beside \
             those that are registered everywhere"
        );
    }
}

/// Clears what this bot registered to other servers than the one of the settings.
pub(super) async fn clear(to: &Registration<'_>, store: &Store, knowledge: &Knowledge) {
    let servers = store.registered().await;
    let (mut left, mut cleared) = (Vec::new(), Vec::new());
    for guild in servers.iter().copied() {
        let count = match to.settings.guild {
            Some(own) if own == guild => None,
            _ => clear_and_count(to, guild, knowledge).await,
        };
        match count {
            Some(count) => cleared.push((guild, count)),
            None => left.push(guild),
        }
    }
    if left != servers {
        // What cannot be noted is looked at again at the next start.
        let _ = store.note_registered(&left).await;
    }
    for (guild, count) in cleared.into_iter().filter(|(_, count)| *count > 0) {
        info!("cleared the {count} commands that were registered to the server {guild}, where {GUILD} was set before");
    }
}

/// Clears the commands of a server, and gives how many there were; nothing if they are still there.
async fn clear_and_count(to: &Registration<'_>, guild: u64, knowledge: &Knowledge) -> Option<usize> {
    match clear_server(to, guild, knowledge).await {
        Ok(Cleared::All(count)) => Some(count),
        Ok(Cleared::NotOurs) => {
            warn!(
                "the server {guild} has commands of its own, which another program registered: beside them every command may \
                 appear twice there; clear them, or set {GUILD} to it again"
            );
            None
        }
        // The bot is not there any more.
        Err(RestError::Status { status: 403 | 404, .. }) => Some(0),
        Err(error) => {
            warn!("the commands of the server {guild} cannot be cleared, and appear twice there: {error}");
            None
        }
    }
}

/// Warns where commands are registered to the server of the settings and everywhere. They are left: other servers use them.
pub(super) async fn warn_of_doubles(to: &Registration<'_>, knowledge: &Knowledge) {
    let Some(guild) = to.settings.guild else { return };
    match registered(to, None).await.and_then(|global| Ok((global, ours(knowledge)?))) {
        Ok((global, ours)) if global.iter().any(|command| ours.contains(&kind_and_name(command))) => warn!(
            "commands are registered everywhere as well, so that they appear twice in the server {guild}; unset {GUILD}, or \
             use an application of its own there"
        ),
        Ok(_) => {}
        Err(error) => debug!("it is not known whether commands are registered everywhere as well: {error}"),
    }
}

/// What became of the commands of a server.
enum Cleared {
    /// So many were deleted, and none is left.
    All(usize),
    /// They were left, because some are not of this bot.
    NotOurs,
}

async fn clear_server(to: &Registration<'_>, guild: u64, knowledge: &Knowledge) -> Result<Cleared, RestError> {
    let route = to.route(Some(guild));
    let registered = registered(to, Some(guild)).await?;
    let ours = ours(knowledge)?;
    if !registered.iter().all(|command| ours.contains(&kind_and_name(command))) {
        return Ok(Cleared::NotOurs);
    }
    if !registered.is_empty() {
        to.send(Request::new(route, Method::PUT).json(b"[]".to_vec())).await?;
    }
    Ok(Cleared::All(registered.len()))
}

/// The commands that are registered to a server, or everywhere.
async fn registered(to: &Registration<'_>, guild: Option<u64>) -> Result<Vec<Value>, RestError> {
    to.send(Request::new(to.route(guild), Method::GET)).await?.json()
}

/// The kinds and names of this bot's commands.
fn ours(knowledge: &Knowledge) -> Result<Vec<(u64, String)>, RestError> {
    Ok(wanted(knowledge, true)?.iter().map(kind_and_name).collect())
}
