//! The connections to the gateway: keeps them, picks what concerns the bot out of what comes in, and hands it on.
//!
//! twilight's shards are used because they resume where serenity 0.12 identifies anew, use the address for resuming that
//! Discord names, and hand out the text of an event: most of them are messages to somebody else, and are never parsed.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::error::Error;
use std::future::poll_fn;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::Poll;
use std::time::Duration;

use axum::http::Uri;
use futures_util::StreamExt;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serenity::all::{GuildId, Interaction, Message, UnavailableGuild, UserId};
use tokio::spawn;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tracing::{debug, error, info, warn};
use twilight_gateway::error::ReceiveMessageErrorType;
use twilight_gateway::queue::InMemoryQueue;
use twilight_gateway::{CloseFrame, Config, ConfigBuilder, Intents, ShardId, ShardState};

use super::super::Failure;
use super::super::config::{API, SHARDS, Shards};
use super::answering::Answering;
use super::door::Door;
use super::{token_refused, unreadable};

/// What the bot is told of: messages in servers and in direct messages, and that it was removed from a server. None is
/// privileged, and the text of a message comes only with those that are addressed to the bot.
const INTENTS: Intents = Intents::GUILDS.union(Intents::GUILD_MESSAGES).union(Intents::DIRECT_MESSAGES);

/// A connection that brings nothing for so long is given up: Discord acknowledges a heartbeat every 41 s.
const SILENT_FOR: Duration = Duration::from_secs(60);
/// After so many attempts the pauses between them, which double, begin anew with none: none is longer than 16 s.
const ATTEMPTS: u8 = 6;
/// How long a stop waits until the end of a connection is told.
const CLOSE_WITHIN: Duration = Duration::from_secs(2);
/// Of the sessions that Discord allows a day, one in so many is begun at the most: who begins so many has a fault, and
/// after the last one Discord resets the token.
const OF_SESSIONS: u32 = 2;

type Shard = twilight_gateway::Shard<InMemoryQueue>;

/// Where the gateway is, and how it wants to be used.
///
/// Source: Discord's API documentation, "Get Gateway Bot".
#[derive(Debug, Deserialize)]
pub(super) struct Gateway {
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

/// What all connections share.
struct Shared {
    answering: Arc<Answering>,
    /// The bot's own user, and its id as it stands in events.
    me: OnceLock<(UserId, String)>,
    /// Sessions that may still be begun today.
    left: AtomicU32,
}

/// Keeps the connections until told to stop, or until Discord closes one for good.
///
/// # Errors
/// Why no connection can be kept.
pub(super) async fn run(
    answering: Arc<Answering>,
    token: &str,
    gateway: Gateway,
    shards: Option<Shards>,
    stop: watch::Receiver<bool>,
) -> Result<(), Failure> {
    let left = sessions_left(&gateway.session_start_limit)?;
    let config = config(token, &gateway, left)?;
    let recommended = gateway.shards.max(1);
    let shards = shards.unwrap_or(Shards { own: 0..=recommended - 1, total: recommended });
    let shared = Arc::new(Shared { answering, me: OnceLock::new(), left: AtomicU32::new(left) });
    let mut connections = JoinSet::new();
    for number in shards.own {
        let shard = Shard::with_config(ShardId::new(number, shards.total), config.clone());
        connections.spawn(
            Connection { shared: Arc::clone(&shared), shard, is_open: false, is_told: false }.keep(stop.clone()),
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

/// How many sessions may be begun until Discord counts anew.
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

fn config(token: &str, gateway: &Gateway, left: u32) -> Result<Config<InMemoryQueue>, Failure> {
    let is_gateway = |uri: &Uri| matches!(uri.scheme_str(), Some("ws" | "wss")) && uri.host().is_some();
    if !gateway.url.parse().as_ref().is_ok_and(is_gateway) {
        return Err(Failure::new(
            "the gateway's address is none",
            format!("check {API} if it is set, or else update versus"),
        ));
    }
    let limit = &gateway.session_start_limit;
    let reset_after = Duration::from_millis(limit.reset_after);
    let in_all = (limit.total / OF_SESSIONS).max(left);
    let queue = InMemoryQueue::new(limit.max_concurrency.max(1), left, reset_after, in_all);
    Ok(ConfigBuilder::new(token.to_owned(), INTENTS).proxy_url(gateway.url.clone()).queue(queue).build())
}

/// One connection, over all its interruptions.
struct Connection {
    shared: Arc<Shared>,
    shard: Shard,
    is_open: bool,
    /// Whether the operator was told that it is interrupted.
    is_told: bool,
}

impl Connection {
    /// Keeps it until told to stop.
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
                Ok(Some(Ok(twilight_gateway::Message::Text(event)))) => self.shared.take(event, self.shard.id()).await,
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
                    self.interrupted("hears nothing of the gateway");
                    self.begin_anew();
                }
            }
            self.look_after();
        }
    }

    fn number(&self) -> u32 {
        self.shard.id().number()
    }

    /// Tells the operator once that the gateway is away.
    fn interrupted(&mut self, how: &str) {
        if !std::mem::replace(&mut self.is_told, true) {
            warn!("shard {} {how} and tries again; see https://discordstatus.com", self.number());
        }
    }

    /// Notes whether the connection is open, and keeps the pauses between attempts short.
    fn look_after(&mut self) {
        let state = self.shard.state();
        let is_open = state == ShardState::Active;
        if self.is_open != is_open {
            self.is_open = is_open;
            self.shared.answering.metrics().connection(is_open);
        }
        if is_open && std::mem::take(&mut self.is_told) {
            info!("shard {} has reached the gateway again", self.number());
        }
        if matches!(state, ShardState::Disconnected { reconnect_attempts } if reconnect_attempts >= ATTEMPTS) {
            self.begin_anew();
        }
    }

    /// Connects anew with the same session, so that what comes meanwhile is not lost.
    fn begin_anew(&mut self) {
        let mut config = ConfigBuilder::from(self.shard.config().clone());
        if let Some(session) = self.shard.session() {
            config = config.session(session.clone());
        }
        if let Some(url) = self.shard.resume_url() {
            config = config.resume_url(url.to_owned());
        }
        self.shard = Shard::with_config(self.shard.id(), config.build());
    }

    /// Ends the connection so that Discord shows the bot as offline at once. The session is gone as soon as the frame is on
    /// its way; whoever polls on makes the shard connect anew.
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

/// Waits until the bot is told to stop.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    // Whoever could tell is gone as well when the bot ends.
    let _ = stop.wait_for(|stop| *stop).await;
}

impl Shared {
    /// Takes what concerns the bot out of an event; each answer is a task of its own.
    async fn take(self: &Arc<Self>, event: String, shard: ShardId) {
        if self.is_for_others(&event) {
            return;
        }
        let Ok(Head { name: Some(name) }) = serde_json::from_str(&event) else { return };
        match &*name {
            "READY" => self.ready(&event, shard),
            "GUILD_DELETE" => {
                // A server that is out of order comes back.
                let Some(guild) =
                    read::<UnavailableGuild>(&event, "the loss of a server").filter(|guild| !guild.unavailable)
                else {
                    return;
                };
                let answering = Arc::clone(&self.answering);
                spawn(async move { answering.store().leave(guild.id.get()).await });
            }
            "INTERACTION_CREATE" => {
                // What comes behind waits as well, in Discord's hands and not in memory.
                let Some(place) = self.answering.room().for_interaction().await else { return };
                let answering = Arc::clone(&self.answering);
                spawn(async move {
                    if let Some(interaction) = read::<Interaction>(&event, "an interaction") {
                        answering.interaction(&interaction, &Door::Callback).await;
                    }
                    drop(place);
                });
            }
            "MESSAGE_CREATE" => {
                let Some((me, _)) = self.me.get() else { return };
                let me = *me;
                let Some(place) = self.answering.room().for_message() else { return };
                let answering = Arc::clone(&self.answering);
                spawn(async move {
                    if let Some(message) = read::<Message>(&event, "a message") {
                        answering.message(&message, me).await;
                    }
                    drop(place);
                });
            }
            _ => {}
        }
    }

    /// Whether an event is a message in a server that does not mention the bot. It is found by the letters alone: within a
    /// text of JSON a quotation mark has a backslash before it, so that what is looked for cannot stand in a message. Taken
    /// for one is a direct message that forwards something from a server and says nothing else.
    fn is_for_others(&self, event: &str) -> bool {
        let Some((_, me)) = self.me.get() else { return false };
        event.contains(r#""t":"MESSAGE_CREATE""#) && event.contains(r#""guild_id":""#) && !event.contains(me)
    }

    fn ready(&self, event: &str, shard: ShardId) {
        let Some(ready) = read::<Ready>(event, "a greeting") else { return };
        // Every session says the same, so only the first counts.
        let _ = self.me.set((ready.user.id, ready.user.id.to_string()));
        info!("ready on shard {}", shard.number());
        // The queue gives out no more; below zero it began to count anew.
        if self.left.fetch_sub(1, Ordering::Relaxed) == 1 {
            error!(
                "a session that is lost now is not begun anew for up to a day, so as not to use up what Discord allows; find \
                 out why so many are lost, and see https://discordstatus.com"
            );
        }
        let here: BTreeSet<u64> = ready.guilds.iter().map(|guild| guild.id.get()).collect();
        let of_shard = move |server: u64| (server >> 22) % u64::from(shard.total()) == u64::from(shard.number());
        let answering = Arc::clone(&self.answering);
        // The bot may have been removed from a server while it did not run.
        spawn(async move { answering.store().leave_all(|server| of_shard(server) && !here.contains(&server)).await });
    }
}

/// The part of an event that says what it is.
#[derive(Deserialize)]
struct Head<'e> {
    #[serde(rename = "t", borrow)]
    name: Option<Cow<'e, str>>,
}

/// The part of READY that is needed.
#[derive(Deserialize)]
struct Ready {
    user: Me,
    guilds: Vec<Server>,
}

/// The bot's own user.
#[derive(Deserialize)]
struct Me {
    id: UserId,
}

/// A server that the bot is in.
#[derive(Deserialize)]
struct Server {
    id: GuildId,
}

/// The content of an event.
#[derive(Deserialize)]
struct Content<T> {
    #[serde(rename = "d")]
    content: T,
}

/// Reads the content of an event; nothing if Discord sends it in a form that is not known.
fn read<T: DeserializeOwned>(event: &str, what: &str) -> Option<T> {
    let content = serde_json::from_str::<Content<T>>(event).map_err(|error| unreadable(what, &error));
    content.ok().map(|content| content.content)
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
