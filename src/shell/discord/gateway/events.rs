//! What comes in through the gateway: picks the events that concern the bot, and answers each in a task of its own. Most
//! events are messages to somebody else, and are never parsed.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serenity::all::{GuildId, Interaction, Message, UnavailableGuild, UserId};
use tokio::spawn;
use tracing::{error, info};
use twilight_gateway::ShardId;

use super::super::answering::Answering;
use super::super::transport::Transport;
use super::super::unreadable;

/// What the events of all connections share.
pub(super) struct Events {
    answering: Arc<Answering>,
    /// The bot's own user, and its id as it stands in events.
    me: OnceLock<(UserId, String)>,
    /// Sessions that may still be begun today.
    sessions_left: AtomicU32,
}

impl Events {
    pub(super) fn new(answering: Arc<Answering>, sessions_left: u32) -> Self {
        Self { answering, me: OnceLock::new(), sessions_left: AtomicU32::new(sessions_left) }
    }

    pub(super) fn answering(&self) -> &Answering {
        &self.answering
    }

    /// Takes what concerns the bot out of an event; each answer is a task of its own.
    pub(super) async fn take(self: &Arc<Self>, event: String, shard: ShardId) {
        if self.is_for_others(&event) {
            return;
        }
        let Ok(Head { name: Some(name) }) = serde_json::from_str(&event) else { return };
        match &*name {
            "READY" => self.ready(&event, shard),
            "GUILD_DELETE" => {
                // A server in an outage comes back.
                let Some(guild) =
                    read::<UnavailableGuild>(&event, "the loss of a server").filter(|guild| !guild.unavailable)
                else {
                    return;
                };
                let answering = Arc::clone(&self.answering);
                spawn(async move { answering.store().leave(guild.id.get()).await });
            }
            "INTERACTION_CREATE" => {
                // What comes after it waits as well, at Discord and not in memory.
                let Some(permit) = self.answering.concurrency().for_interaction().await else { return };
                let answering = Arc::clone(&self.answering);
                spawn(async move {
                    if let Some(interaction) = read::<Interaction>(&event, "an interaction") {
                        answering.interaction(&interaction, &Transport::Gateway, permit).await;
                    }
                });
            }
            "MESSAGE_CREATE" => {
                let Some((me, _)) = self.me.get() else { return };
                let me = *me;
                let Some(permit) = self.answering.concurrency().for_message() else { return };
                let answering = Arc::clone(&self.answering);
                spawn(async move {
                    if let Some(message) = read::<Message>(&event, "a message") {
                        answering.message(&message, me).await;
                    }
                    drop(permit);
                });
            }
            _ => {}
        }
    }

    /// Whether an event is a message in a server that does not mention the bot. That is found without parsing: within a JSON
    /// string a quotation mark has a backslash before it, so that what is searched for cannot occur in the text of a message.
    /// A direct message that forwards something from a server and says nothing else is taken for one.
    fn is_for_others(&self, event: &str) -> bool {
        let Some((_, me)) = self.me.get() else { return false };
        event.contains(r#""t":"MESSAGE_CREATE""#) && event.contains(r#""guild_id":""#) && !event.contains(me)
    }

    fn ready(&self, event: &str, shard: ShardId) {
        let Some(ready) = read::<Ready>(event, "a greeting") else { return };
        // Every session says the same, so only the first counts.
        let _ = self.me.set((ready.user.id, ready.user.id.to_string()));
        info!("ready on shard {}", shard.number());
        // The queue allows no more after that; below zero it has started a new count.
        if self.sessions_left.fetch_sub(1, Ordering::Relaxed) == 1 {
            error!(
                "a session that is lost now gets no new one for up to a day, so as not to use up what Discord allows; find \
                 out why so many are lost, and see https://discordstatus.com"
            );
        }
        let here: BTreeSet<u64> = ready.guilds.iter().map(|guild| guild.id.get()).collect();
        let of_shard = move |server: u64| (server >> 22) % u64::from(shard.total()) == u64::from(shard.number());
        let answering = Arc::clone(&self.answering);
        spawn(
            async move { answering.store().note_missing(|server| of_shard(server) && !here.contains(&server)).await },
        );
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
