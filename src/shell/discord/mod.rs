//! The bot in Discord: starts it, keeps it connected, and stops it cleanly.

mod answering;
mod client;
pub mod doctor;
mod elsewhere;
mod files;
mod gateway;
mod http;
mod limits;
mod metrics;
mod permissions;
mod registrar;
mod registration;
mod reload;
mod remarks;
mod remedies;
mod request;
mod rest;
mod starting;
mod translate;
mod transport;
mod tried;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::sync::watch;
use tracing::info;

use super::Failure;
use super::config::{Discord, Token};
use super::server::signals::{self, Hangup, Stop};
use super::server::{self};
use super::storage::Store;
use crate::domain::core::Core;
use answering::Answering;
use limits::{Deadlines, warn_seldom};
use registrar::Registrar;
use rest::Rest;

/// Keeps the key apart from anything else that is derived from the token.
const KEY_PURPOSE: &str = "versus: states of buttons and order of quizzes";
/// How long a stop waits for answers that are on their way.
const DRAIN_WITHIN: Duration = Duration::from_secs(5);

/// Runs the bot through the gateway until it is stopped.
///
/// # Errors
/// Why it cannot start or go on.
pub fn run(data: Option<&Path>, token: Token, settings: Discord) -> Result<(), Failure> {
    server::block_on(start(data.map(Path::to_owned), token, settings, None))
}

/// Runs the bot at an address to which Discord posts interactions, until it is stopped.
///
/// # Errors
/// Why it cannot start or go on.
pub fn serve(data: Option<&Path>, token: Token, settings: Discord, address: SocketAddr) -> Result<(), Failure> {
    server::block_on(start(data.map(Path::to_owned), token, settings, Some(address)))
}

/// Starts in this order: signals, what the settings name, log, knowledge, Discord. What takes time comes last.
async fn start(
    data: Option<PathBuf>,
    token: Token,
    settings: Discord,
    listen: Option<SocketAddr>,
) -> Result<(), Failure> {
    let (mut stop, hangup) = signals::catch()?;
    let endpoint = match listen {
        Some(address) => Some(http::open(address, &settings).await?),
        None => None,
    };
    let watched = match settings.metrics {
        Some(address) => Some(metrics::open(address).await?),
        None => None,
    };
    let call_within = Deadlines::new(settings.answer_within).call_within();
    let store = Store::at(settings.database.as_deref(), token.application(), call_within)?;
    server::begin_logging(settings.log, settings.log_is_json);
    remarks::log(&settings, endpoint.is_none());
    let Some(core) = server::load(data.clone(), &mut stop).await? else { return Ok(()) };
    let bot = Bot::new(core, store, token, settings, endpoint.is_some())?;
    bot.reload_at_signals(hangup, data);
    if let Some(listener) = watched {
        metrics::serve(Arc::clone(bot.answering.metrics()), listener);
    }
    match endpoint {
        Some(endpoint) => http::serve(endpoint, &bot, stop).await,
        None => connect(&bot, stop).await,
    }
}

/// What both transports need.
struct Bot {
    rest: Arc<Rest>,
    answering: Arc<Answering>,
    registrar: Arc<Registrar>,
    settings: Arc<Discord>,
    key: [u8; 16],
}

impl Bot {
    fn new(core: Core, store: Store, token: Token, settings: Discord, verifies: bool) -> Result<Self, Failure> {
        let key = key(&token);
        let deadlines = Deadlines::new(settings.answer_within);
        let rest = Arc::new(Rest::new(token, &settings.api, deadlines.try_within())?);
        let settings = Arc::new(settings);
        let (core, store) = (core.with_key(key), Arc::new(store));
        let answering = Answering::new(core, Arc::clone(&rest), store, deadlines, settings.picture_within);
        let answering = Arc::new(answering);
        answering.check_store();
        let registrar = Registrar::new(Arc::clone(&rest), Arc::clone(&answering), Arc::clone(&settings), verifies);
        Ok(Self { rest, answering, registrar: Arc::new(registrar), settings, key })
    }

    fn reload_at_signals(&self, hangup: Hangup, folder: Option<PathBuf>) {
        let (registrar, answering) = (Arc::clone(&self.registrar), Arc::clone(&self.answering));
        tokio::spawn(reload::at_signals(hangup, registrar, answering, folder, self.key));
    }
}

/// A key that follows from the token and reveals nothing of it: it stays the same after a restart and after an update.
fn key(token: &Token) -> [u8; 16] {
    let digest = Sha256::new().chain_update(KEY_PURPOSE).chain_update(token.secret()).finalize();
    let mut key = [0; 16];
    key.iter_mut().zip(digest).for_each(|(key, digest)| *key = digest);
    key
}

async fn connect(bot: &Bot, mut stop: Stop) -> Result<(), Failure> {
    let Bot { rest, answering, registrar, settings, .. } = bot;
    answering.metrics().expect_gateway();
    // No task of its own: it ends before the bot stops, and logs nothing after that.
    let mut registering = Box::pin(registrar.run());
    let asked = async {
        let gateway = starting::find_gateway(rest, settings).await?;
        tokio::select! {
            () = registrar.settled() => Ok(gateway),
            failure = &mut registering => Err(failure),
        }
    };
    let gateway = tokio::select! {
        asked = asked => asked?,
        name = stop.wait() => {
            info!("{name} received before the connection");
            return Ok(());
        }
    };
    let (stop_sender, stopped) = watch::channel(false);
    let mut running = pin!(gateway::run(Arc::clone(answering), rest.token(), gateway, settings, stopped));
    let result = tokio::select! {
        result = &mut running => result,
        failure = registering => {
            stop_sender.send_replace(true);
            running.await.and(Err(failure))
        }
        name = stop.wait() => {
            info!("{name} received, closing the connection");
            stop_sender.send_replace(true);
            running.await
        }
    };
    answering.drain(DRAIN_WITHIN).await;
    result?;
    info!("stopped");
    Ok(())
}

/// Logs that Discord sent something in a form that is not known.
fn unreadable(what: &str, error: &serde_json::Error) {
    // The error itself could repeat a part of it.
    let kind = error.classify();
    warn_seldom(&format!("{what} {kind:?}"), || {
        format!("{what} cannot be read ({kind:?}); update versus, Discord has changed what it sends")
    });
}
