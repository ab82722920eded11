//! The bot in Discord: starts it, keeps it connected, and stops it cleanly.

mod commands;
mod from_discord;
mod handler;
mod press;
mod rest;
mod settling;
mod to_discord;

use std::env;
use std::io::IsTerminal;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use serenity::all::{Client, ClientBuilder, GatewayIntents, HttpBuilder, ShardId};
use serenity::gateway::{GatewayError, ShardManager};
use serenity::http::{LightMethod, Request, Route};
use tokio::runtime::Runtime;
use tokio::time::timeout;
use tracing::info;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::Failure;
use super::config::{API, Discord, GUILD, TOKEN, Token};
use crate::domain::answer::Core;
use handler::Handler;
use rest::{Rest, RestError};

/// What the bot is told of: messages in servers and in direct messages. Neither is privileged, and the text of a message
/// comes only with those that are addressed to the bot.
const INTENTS: GatewayIntents = GatewayIntents::GUILD_MESSAGES.union(GatewayIntents::DIRECT_MESSAGES);

/// How long the start waits for Discord before it gives up.
const START_WITHIN: Duration = Duration::from_secs(15);
/// How long serenity waits for an answer that nobody needs.
const UNUSED_WITHIN: Duration = Duration::from_secs(1);
/// How long a stop waits for answers that are on their way.
const DRAIN_WITHIN: Duration = Duration::from_secs(5);

/// Runs the bot until it is told to stop.
///
/// # Errors
/// Why it cannot start or go on.
pub fn run(core: Core, token: Token, settings: &Discord) -> Result<(), Failure> {
    // Only our own events are logged: serenity's may contain the text of messages.
    let ours = Targets::new().with_target(env!("CARGO_CRATE_NAME"), settings.log);
    let coloured = std::io::stderr().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false).with_ansi(coloured);
    // A second start in the same process keeps the first subscriber.
    let _ = tracing_subscriber::registry().with(ours).with(lines).try_init();
    let runtime = Runtime::new().map_err(|error| {
        Failure::new(format!("no threads can be started: {error}"), "raise the limit of threads or memory")
    })?;
    let result = runtime.block_on(connect(Arc::new(core), token, settings));
    // A connection that is still being made does not hold up the end.
    runtime.shutdown_background();
    result
}

async fn connect(core: Arc<Core>, token: Token, settings: &Discord) -> Result<(), Failure> {
    let rest = Arc::new(Rest::new(token, &settings.api)?);
    let handler = Arc::new(Handler::new(core, Arc::clone(&rest)));
    let mut stop = pin!(signal());
    let prepared = tokio::select! {
        prepared = prepare(&rest, &handler, settings) => prepared?,
        name = &mut stop => {
            info!("{name} received before the connection");
            return Ok(());
        }
    };
    let (mut client, shards) = prepared;
    let manager = Arc::clone(&client.shard_manager);
    let result = tokio::select! {
        result = client.start_shards(shards) => result.map_err(|error| ended(&error)),
        name = &mut stop => {
            info!("{name} received, closing the connection");
            close(&manager).await;
            Ok(())
        }
    };
    handler.drain(DRAIN_WITHIN).await;
    result?;
    info!("stopped");
    Ok(())
}

/// Learns where the gateway is, registers the commands, and makes a client with the number of connections it is to open.
async fn prepare(rest: &Rest, handler: &Arc<Handler>, settings: &Discord) -> Result<(Client, u32), Failure> {
    let gateway = rest.send(Request::new(Route::GatewayBot, LightMethod::Get), START_WITHIN).await;
    let gateway: Gateway = gateway.and_then(|answer| answer.json()).map_err(|error| cannot_start(&error, settings))?;
    let application = commands::register(rest, handler.knowledge(), settings.guild, START_WITHIN)
        .await
        .map_err(|error| cannot_start(&error, settings))?;

    let http = HttpBuilder::new(rest.token()).proxy(settings.api.as_str()).ratelimiter_disabled(true);
    let http = http.client(rest::client(UNUSED_WITHIN)?).application_id(application).build();
    let client = ClientBuilder::new_with_http(http, INTENTS).event_handler_arc(Arc::clone(handler));
    let client = client.await.map_err(|error| ended(&error))?;
    // serenity falls back to Discord's own gateway where its request for the address fails, and sends the token there.
    *client.ws_url.lock().await = gateway.url;
    Ok((client, gateway.shards.max(1)))
}

/// Closes every connection with 1000.
async fn close(shards: &ShardManager) {
    // serenity 0.12.5 counts a shard that got a new session among those that are shut down, and would take that for the
    // end of this shutdown. Shutting down a shard that does not exist uses up what it counted.
    const NO_SHARD: ShardId = ShardId(u32::MAX);
    const MOMENT: Duration = Duration::from_millis(20);
    while timeout(MOMENT, shards.shutdown(NO_SHARD, 1000)).await.is_ok() {}
    shards.shutdown_all().await;
}

/// Where the gateway is, and how many connections it wants.
#[derive(serde::Deserialize)]
struct Gateway {
    url: String,
    shards: u32,
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
            format!("add the bot there by the link that `versus invite` prints, or mend or unset {GUILD}"),
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
    let remedy =
        format!("reset it on the page Bot at https://discord.com/developers/applications and set {TOKEN} anew");
    Failure::new("Discord refused the token", remedy)
}

fn ended(error: &serenity::Error) -> Failure {
    match error {
        serenity::Error::Gateway(GatewayError::InvalidAuthentication) => token_refused(),
        serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents) => Failure::new(
            "the gateway closed with 4014, disallowed intents, although none is privileged",
            "look whether the application is disabled at https://discord.com/developers/applications",
        ),
        serenity::Error::Gateway(GatewayError::InvalidGatewayIntents) => Failure::new(
            "the gateway closed with 4013, invalid intents",
            "update versus, Discord has changed what it accepts",
        ),
        other => {
            Failure::new(format!("the connection to Discord ended: {other}"), "start again; if it stays, update versus")
        }
    }
}
