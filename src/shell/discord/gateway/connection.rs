//! The connections to the gateway: keeps them, and hands on what they bring.
//!
//! twilight's shards are used because they resume where serenity 0.12 starts a new session, use the address for resuming that
//! Discord names, and pass on the text of an event: most events are messages to somebody else, and are never parsed.

use std::error::Error;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::http::Uri;
use futures_util::StreamExt;
use serde::Deserialize;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tracing::{debug, info, warn};
use twilight_gateway::error::ReceiveMessageErrorType;
use twilight_gateway::queue::InMemoryQueue;
use twilight_gateway::{CloseFrame, Config, ConfigBuilder, Intents, ShardId, ShardState};

use super::super::super::Failure;
use super::super::super::config::{ALLOW_HTTP, API, Discord, SHARDS, Shards, exposed};
use super::super::answering::Answering;
use super::super::starting::token_refused;
use super::events::Events;

/// The events that the bot gets: messages in servers and in direct messages, and that it was removed from a server. None is
/// privileged, and the text of a message comes only with those that are addressed to the bot.
const INTENTS: Intents = Intents::GUILDS.union(Intents::GUILD_MESSAGES).union(Intents::DIRECT_MESSAGES);

/// A connection that brings nothing for so long is given up: Discord acknowledges a heartbeat every 41 s.
const SILENT_FOR: Duration = Duration::from_secs(60);
/// After so many attempts the waits between them, which double, start again at none: none is longer than 16 s.
const ATTEMPTS: u8 = 6;
/// How long a stop waits until the close frame is sent.
const CLOSE_WITHIN: Duration = Duration::from_secs(2);
/// Of the sessions that Discord allows a day, at most one in so many is begun: a bot that begins more has a fault, and
/// after the last one Discord resets the token.
const OF_SESSIONS: u32 = 2;

type Shard = twilight_gateway::Shard<InMemoryQueue>;

/// Where the gateway is, and how it wants to be used.
///
/// Source: Discord's API documentation, "Get Gateway Bot".
#[derive(Debug, Deserialize)]
pub(in crate::shell::discord) struct Gateway {
    url: String,
    shards: u32,
    session_start_limit: SessionStartLimit,
}

/// How many sessions may be begun.
#[derive(Debug, Deserialize)]
struct SessionStartLimit {
    total: u32,
    remaining: u32,
    /// Milliseconds until it may be all of them again.
    reset_after: u64,
    max_concurrency: u16,
}

/// Keeps the connections until the bot is stopped, or until Discord closes one for good.
///
/// # Errors
/// Why no connection can be kept.
pub(in crate::shell::discord) async fn run(
    answering: Arc<Answering>,
    token: &str,
    gateway: Gateway,
    settings: &Discord,
    stop: watch::Receiver<bool>,
) -> Result<(), Failure> {
    let left = sessions_left(&gateway.session_start_limit)?;
    let config = config(token, &gateway, left, settings.allow_http)?;
    let recommended = gateway.shards.max(1);
    let shards = settings.shards.clone().unwrap_or(Shards { own: 0..=recommended - 1, total: recommended });
    let events = Arc::new(Events::new(answering, left));
    let mut connections = JoinSet::new();
    for number in shards.own {
        let shard = Shard::with_config(ShardId::new(number, shards.total), config.clone());
        connections.spawn(
            Connection { events: Arc::clone(&events), shard, is_open: false, is_warned: false }.keep(stop.clone()),
        );
    }
    // The first that ends for good ends the bot: the others would answer only a part of the servers.
    while let Some(ended) = connections.join_next().await {
        ended.map_err(|error| {
            Failure::new(format!("a connection ended: {error}"), "report it as a fault of versus")
        })??;
    }
    Ok(())
}

/// How many sessions may be begun until Discord starts a new count.
fn sessions_left(limit: &SessionStartLimit) -> Result<u32, Failure> {
    let kept_back = limit.total - limit.total / OF_SESSIONS;
    limit.remaining.checked_sub(kept_back).filter(|left| *left > 0).ok_or_else(|| {
        let minutes = Duration::from_millis(limit.reset_after).as_secs().div_ceil(60);
        Failure::new(
            format!("only {} of {} sessions are left for today", limit.remaining, limit.total),
            format!("find out why the bot starts so often, and start it again in {minutes} minutes"),
        )
    })
}

fn config(token: &str, gateway: &Gateway, left: u32, allow_http: bool) -> Result<Config<InMemoryQueue>, Failure> {
    let is_gateway = |uri: &Uri| matches!(uri.scheme_str(), Some("ws" | "wss")) && uri.host().is_some();
    if !gateway.url.parse().as_ref().is_ok_and(is_gateway) {
        return Err(Failure::new(
            "the gateway's address is not valid",
            format!("check {API} if it is set, or else update versus"),
        ));
    }
    if let Some(host) = exposed(&gateway.url).filter(|_| !allow_http) {
        return Err(Failure::new(
            format!("the gateway at {host} would get the token without encryption"),
            format!("check {API} if it is set, or set {ALLOW_HTTP}=yes if the way there is protected by other means"),
        ));
    }
    let limit = &gateway.session_start_limit;
    let reset_after = Duration::from_millis(limit.reset_after);
    let in_all = (limit.total / OF_SESSIONS).max(left);
    let queue = InMemoryQueue::new(limit.max_concurrency.max(1), left, reset_after, in_all);
    Ok(ConfigBuilder::new(token.to_owned(), INTENTS).proxy_url(gateway.url.clone()).queue(queue).build())
}

/// One connection, through all its interruptions.
struct Connection {
    events: Arc<Events>,
    shard: Shard,
    is_open: bool,
    /// Whether the log says that it is interrupted.
    is_warned: bool,
}

impl Connection {
    /// Keeps it until the bot is stopped.
    async fn keep(mut self, mut stop: watch::Receiver<bool>) -> Result<(), Failure> {
        let mut code = None;
        loop {
            let item = tokio::select! {
                item = timeout(SILENT_FOR, self.shard.next()) => item,
                () = stopped(&mut stop) => {
                    self.close().await;
                    return Ok(());
                }
            };
            match item {
                Ok(Some(Ok(twilight_gateway::Message::Text(event)))) => self.events.take(event, self.shard.id()).await,
                Ok(Some(Ok(twilight_gateway::Message::Close(frame)))) => code = frame.map(|frame| frame.code),
                // The error of an event that cannot be read contains it, and with it the text of a message.
                Ok(Some(Err(error))) if !matches!(error.kind(), ReceiveMessageErrorType::Reconnect) => {
                    debug!("shard {} got an event that cannot be read", self.number());
                }
                Ok(Some(Err(error))) => {
                    let cause = error.source().map_or_else(|| error.to_string(), ToString::to_string);
                    self.interrupted(&format!("cannot reach the gateway ({cause})"));
                }
                Ok(None) => return Err(closed_for_good(code)),
                Err(_) => {
                    self.interrupted("gets nothing from the gateway");
                    self.reconnect();
                }
            }
            self.look_after();
        }
    }

    fn number(&self) -> u32 {
        self.shard.id().number()
    }

    /// Logs once that the gateway cannot be reached.
    fn interrupted(&mut self, how: &str) {
        if !std::mem::replace(&mut self.is_warned, true) {
            warn!("shard {} {how} and tries again; see https://discordstatus.com", self.number());
        }
    }

    /// Notes whether the connection is open, and keeps the waits between attempts short.
    fn look_after(&mut self) {
        let state = self.shard.state();
        let is_open = state == ShardState::Active;
        if self.is_open != is_open {
            self.is_open = is_open;
            self.events.answering().metrics().connection(is_open);
        }
        if is_open && std::mem::take(&mut self.is_warned) {
            info!("shard {} has reached the gateway again", self.number());
        }
        if matches!(state, ShardState::Disconnected { reconnect_attempts } if reconnect_attempts >= ATTEMPTS) {
            self.reconnect();
        }
    }

    /// Starts a new connection with the same session, so that what comes meanwhile is not lost.
    fn reconnect(&mut self) {
        let mut config = ConfigBuilder::from(self.shard.config().clone());
        if let Some(session) = self.shard.session() {
            config = config.session(session.clone());
        }
        if let Some(url) = self.shard.resume_url() {
            config = config.resume_url(url.to_owned());
        }
        self.shard = Shard::with_config(self.shard.id(), config.build());
    }

    /// Ends the connection so that Discord shows the bot as offline at once. The session ends as soon as the frame is sent; polling on makes the shard connect again.
    async fn close(&mut self) {
        self.shard.close(CloseFrame::NORMAL);
        let shard = &mut self.shard;
        let sent = poll_fn(|context| {
            while shard.session().is_some() {
                match shard.poll_next_unpin(context) {
                    // What is still unread is not answered any more.
                    Poll::Ready(Some(_)) => {}
                    Poll::Ready(None) => break,
                    Poll::Pending if shard.session().is_some() => return Poll::Pending,
                    Poll::Pending => {}
                }
            }
            Poll::Ready(())
        });
        if timeout(CLOSE_WITHIN, sent).await.is_err() {
            debug!("shard {} was not closed in time", self.number());
        }
    }
}

/// Waits until the bot is stopped.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    // The sender is dropped only when the bot ends.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Why Discord does not want the connection any more.
///
/// Source: Discord's API documentation, "Gateway Close Event Codes".
fn closed_for_good(code: Option<u16>) -> Failure {
    let update = "update versus, Discord has changed what it accepts";
    match code {
        Some(4004) => token_refused(),
        Some(code @ (4010 | 4011)) => Failure::new(
            format!("the gateway closed with {code}, the shards are not what it wants"),
            format!("unset {SHARDS}, or give all processes the same total, large enough for all servers"),
        ),
        Some(4012) => Failure::new("the gateway closed with 4012, invalid API version", update),
        Some(4013) => Failure::new("the gateway closed with 4013, invalid intents", update),
        Some(4014) => Failure::new(
            "the gateway closed with 4014, disallowed intents, although none is privileged",
            "look whether the application is disabled at https://discord.com/developers/applications",
        ),
        code => Failure::new(
            format!(
                "the gateway closed for good with {}",
                code.map_or_else(|| "no code".to_owned(), |code| code.to_string())
            ),
            update,
        ),
    }
}
