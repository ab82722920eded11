//! The bot in Discord: starts it, keeps it connected, and stops it cleanly.

mod commands;
mod from_discord;
mod handler;
mod press;
mod rest;
mod to_discord;

use std::sync::Arc;
use std::time::Duration;

use serenity::all::{ClientBuilder, GatewayIntents, HttpBuilder};
use serenity::gateway::{GatewayError, ShardManager};
use serenity::http::{LightMethod, Request, Route};
use tokio::runtime::Runtime;
use tracing::info;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::Failure;
use super::config::{API, Discord, TOKEN, Token};
use crate::domain::answer::Core;
use handler::Handler;
use rest::{Rest, RestError};

/// What the bot is told of: messages in servers and in direct messages. Neither is privileged, and the text of a message
/// comes only with those that are addressed to the bot.
const INTENTS: GatewayIntents = GatewayIntents::GUILD_MESSAGES.union(GatewayIntents::DIRECT_MESSAGES);

/// How long the start waits for Discord before it gives up.
const START_WITHIN: Duration = Duration::from_secs(15);
/// How long a stop waits for answers that are on their way.
const DRAIN_WITHIN: Duration = Duration::from_secs(5);

/// Runs the bot until it is told to stop.
///
/// # Errors
/// Why it cannot start or go on.
pub fn run(core: Core, token: Token, settings: &Discord) -> Result<(), Failure> {
    // Only our own events are logged: serenity's may contain the text of messages.
    let ours = Targets::new().with_target(env!("CARGO_CRATE_NAME"), settings.log);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false);
    // A second start in the same process keeps the first subscriber.
    let _ = tracing_subscriber::registry().with(ours).with(lines).try_init();
    let runtime = Runtime::new().map_err(|error| {
        Failure::new(format!("no threads can be started: {error}"), "raise the limit of threads or memory")
    })?;
    runtime.block_on(connect(Arc::new(core), token, settings))
}

async fn connect(core: Arc<Core>, token: Token, settings: &Discord) -> Result<(), Failure> {
    let rest = Arc::new(Rest::new(token, &settings.api)?);
    let gateway = rest.send(Request::new(Route::GatewayBot, LightMethod::Get), START_WITHIN).await;
    let gateway: Gateway = gateway.and_then(|answer| answer.json()).map_err(|error| cannot_start(&error, settings))?;
    let application = commands::register(&rest, core.knowledge(), settings.guild, START_WITHIN)
        .await
        .map_err(|error| cannot_start(&error, settings))?;

    let http = HttpBuilder::new(rest.token()).proxy(settings.api.as_str()).ratelimiter_disabled(true);
    let handler = Arc::new(Handler::new(core, Arc::clone(&rest)));
    let client = ClientBuilder::new_with_http(http.application_id(application).build(), INTENTS);
    let mut client = client.event_handler_arc(Arc::clone(&handler)).await.map_err(|error| ended(&error))?;
    // serenity falls back to Discord's own gateway where its request for the address fails, and sends the token there.
    *client.ws_url.lock().await = gateway.url;

    let stop = tokio::spawn(stop_on_signal(Arc::clone(&client.shard_manager)));
    let result = client.start_shards(gateway.shards.max(1)).await;
    stop.abort();
    handler.drain(DRAIN_WITHIN).await;
    result.map_err(|error| ended(&error))?;
    info!("stopped");
    Ok(())
}

/// Where the gateway is, and how many connections it wants.
#[derive(serde::Deserialize)]
struct Gateway {
    url: String,
    shards: u32,
}

async fn stop_on_signal(shards: Arc<ShardManager>) {
    let name = signal().await;
    info!("{name} received, closing the connection");
    shards.shutdown_all().await;
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

fn cannot_start(error: &RestError, settings: &Discord) -> Failure {
    match error {
        RestError::Status { status: 401, .. } => token_refused(),
        RestError::Status { .. } => Failure::new(
            format!("Discord refused a request at the start: {error}"),
            "see https://discordstatus.com, then start again",
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
