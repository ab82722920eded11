//! The bot in Discord: starts it, keeps it connected, and stops it cleanly.

mod answering;
mod gateway;
mod http;
mod limits;
mod metrics;
mod registration;
mod reload;
mod request;
mod rest;
mod translate;
mod transport;

use std::env;
use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use sha2::{Digest, Sha256};
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tracing::{info, warn};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::config::{API, Discord, GUILD, TOKEN, Token};
use super::storage::Store;
use super::{Failure, data};
use answering::Answering;
use gateway::Gateway;
use request::{Request, Route};
use rest::{Rest, RestError};

/// How long the start waits for Discord before it gives up.
const START_WITHIN: Duration = Duration::from_secs(15);
/// Keeps the key apart from anything else that is derived from the token.
const KEY_PURPOSE: &str = "versus: states of buttons and order of quizzes";
/// How long a stop waits for answers that are on their way.
const DRAIN_WITHIN: Duration = Duration::from_secs(5);

/// Runs the bot through the gateway until it is stopped.
///
/// # Errors
/// Why it cannot start or go on.
pub fn run(data: Option<&Path>, token: Token, settings: &Discord) -> Result<(), Failure> {
    let (rest, answering, reload) = prepare(data, token, settings)?;
    block_on(connect(&rest, answering, settings), reload)
}

/// Runs the bot at an address to which Discord posts interactions, until it is stopped.
///
/// # Errors
/// Why it cannot start or go on.
pub fn serve(data: Option<&Path>, token: Token, settings: &Discord, address: SocketAddr) -> Result<(), Failure> {
    let (rest, answering, reload) = prepare(data, token, settings)?;
    block_on(http::serve(answering, &rest, settings, address), reload)
}

/// Loads the knowledge, begins to log, and makes what both transports need, with what reloads the knowledge.
fn prepare(
    data: Option<&Path>,
    token: Token,
    settings: &Discord,
) -> Result<(Arc<Rest>, Arc<Answering>, impl Future<Output = ()> + Send + 'static), Failure> {
    let core = data::load(data)?;
    // Only our own events are logged: serenity's may contain the text of messages.
    let ours = Targets::new().with_target(env!("CARGO_CRATE_NAME"), settings.log);
    let coloured = std::io::stderr().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false);
    let registry = tracing_subscriber::registry().with(ours);
    // A second start in the same process keeps the first subscriber.
    let _ = match settings.log_is_json {
        true => registry.with(lines.json().with_ansi(false)).try_init(),
        false => registry.with(lines.with_ansi(coloured)).try_init(),
    };
    let key = key(&token);
    let store = Arc::new(Store::at(settings.database.as_deref())?);
    let rest = Arc::new(Rest::new(token, &settings.api)?);
    let answering = Arc::new(Answering::new(core.with_key(key), Arc::clone(&rest), store, settings.picture_within));
    let reload = reload::at_signals(Arc::clone(&answering), data.map(Path::to_owned), key);
    Ok((rest, answering, reload))
}

fn block_on(
    bot: impl Future<Output = Result<(), Failure>>,
    reload: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Failure> {
    let runtime = Runtime::new().map_err(|error| {
        Failure::new(format!("no threads can be started: {error}"), "raise the limit of threads or memory")
    })?;
    runtime.spawn(reload);
    let result = runtime.block_on(bot);
    // A connection that is still being opened does not delay the end.
    runtime.shutdown_background();
    result
}

/// A key that follows from the token and reveals nothing of it: it stays the same after a restart and after an update.
fn key(token: &Token) -> [u8; 16] {
    let digest = Sha256::new().chain_update(KEY_PURPOSE).chain_update(token.secret()).finalize();
    let mut key = [0; 16];
    key.iter_mut().zip(digest).for_each(|(key, digest)| *key = digest);
    key
}

async fn connect(rest: &Rest, answering: Arc<Answering>, settings: &Discord) -> Result<(), Failure> {
    watch(&answering, settings).await?;
    answering.metrics().expect_gateway();
    let mut stop = pin!(signal());
    let gateway = tokio::select! {
        gateway = find_gateway(rest, &answering, settings) => gateway?,
        name = &mut stop => {
            info!("{name} received before the connection");
            return Ok(());
        }
    };
    let (stop_sender, stopped) = watch::channel(false);
    let mut running =
        pin!(gateway::run(Arc::clone(&answering), rest.token(), gateway, settings.shards.clone(), stopped));
    let result = tokio::select! {
        result = &mut running => result,
        name = &mut stop => {
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

/// Learns where the gateway is, and registers the commands.
async fn find_gateway(rest: &Rest, answering: &Answering, settings: &Discord) -> Result<Gateway, Failure> {
    let gateway = rest.send(Request::new(Route::GatewayBot, Method::GET), START_WITHIN).await;
    let gateway = gateway.and_then(|answer| answer.json()).map_err(|error| cannot_start(&error, settings))?;
    register(rest, answering, settings).await?;
    Ok(gateway)
}

/// Registers the commands.
async fn register(rest: &Rest, answering: &Answering, settings: &Discord) -> Result<(), Failure> {
    let registered = registration::register(rest, answering.core().knowledge(), settings.guild, START_WITHIN).await;
    registered.map_err(|error| cannot_start(&error, settings))
}

/// Lets the operator watch, at the address that is set for it.
async fn watch(answering: &Answering, settings: &Discord) -> Result<(), Failure> {
    match settings.metrics {
        Some(address) => metrics::serve(Arc::clone(answering.metrics()), address).await,
        None => Ok(()),
    }
}

#[cfg(unix)]
async fn signal() -> &'static str {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupt), Ok(mut terminate)) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        // Without handlers the system ends the process by itself.
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => "SIGINT",
        _ = terminate.recv() => "SIGTERM",
    }
}

#[cfg(not(unix))]
async fn signal() -> &'static str {
    match tokio::signal::ctrl_c().await {
        Ok(()) => "Ctrl-C",
        Err(_) => std::future::pending().await,
    }
}

/// Discord's code for a server that the bot is not in.
const MISSING_ACCESS: u64 = 50001;
/// Discord's code for a server that does not exist.
const UNKNOWN_GUILD: u64 = 10004;

fn cannot_start(error: &RestError, settings: &Discord) -> Failure {
    match error {
        RestError::Status { status: 401, .. } => token_refused(),
        RestError::Status { code: MISSING_ACCESS | UNKNOWN_GUILD, .. } if settings.guild.is_some() => Failure::new(
            format!("the commands cannot be registered to the server of {GUILD}: {error}"),
            format!("add the bot there by the link that `versus invite` prints, or correct or unset {GUILD}"),
        ),
        RestError::Status { status: 429 | 500.., .. } => Failure::new(
            format!("Discord refused a request at the start: {error}"),
            "see https://discordstatus.com, then start again",
        ),
        RestError::Status { .. } => Failure::new(
            format!("Discord's interface at {} refused a request at the start: {error}", settings.api),
            format!("check {API} if it is set, or else update versus"),
        ),
        RestError::Unreachable(_) | RestError::Unreadable(_) => Failure::new(
            format!("Discord's interface at {} cannot be used: {error}", settings.api),
            format!("check the network, and {API} if it is set"),
        ),
    }
}

fn token_refused() -> Failure {
    let remedy = format!(
        "reset it on the page Bot at https://discord.com/developers/applications and set {TOKEN} to the new one"
    );
    Failure::new("Discord refused the token", remedy)
}

/// Logs that Discord sent something in a form that is not known.
fn unreadable(what: &str, error: &serde_json::Error) {
    // The error itself could repeat a part of it.
    warn!("{what} cannot be read ({:?}); update versus, Discord has changed what it sends", error.classify());
}
