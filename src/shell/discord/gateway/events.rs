//! What comes in through the gateway: picks the events that concern the bot, and answers each in a task of its own. Most
//! events are messages to somebody else, and are never parsed.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serenity::all::{GuildId, RoleId, UnavailableGuild, UserId};
use tokio::spawn;
use tokio::time::Instant;
use tracing::{error, info};
use twilight_gateway::ShardId;

use super::super::answering::Answering;
use super::super::translate::from_discord::Me;
use super::super::translate::lenient::{list, or_default};
use super::super::translate::received::{Interaction, Message};
use super::super::transport::Transport;
use super::super::unreadable;

/// Seconds within which an edit that mentions the bot is a question; later ones are about something else.
const EDITED_WITHIN: i64 = 60;

/// What the events of all connections share.
pub(super) struct Events {
    answering: Arc<Answering>,
    /// The bot's own user, and its id as it stands in events.
    me: OnceLock<(UserId, String)>,
    /// The roles that Discord made for the bot in the servers that it is in.
    roles: Mutex<HashMap<GuildId, RoleId>>,
    /// Sessions that may still be begun today.
    sessions_left: AtomicU32,
}

impl Events {
    pub(super) fn new(answering: Arc<Answering>, sessions_left: u32) -> Self {
        Self { answering, me: OnceLock::new(), roles: Mutex::default(), sessions_left: AtomicU32::new(sessions_left) }
    }

    pub(super) fn answering(&self) -> &Answering {
        &self.answering
    }

    /// Takes what concerns the bot out of an event; each answer is a task of its own.
    pub(super) async fn take(self: &Arc<Self>, event: String, shard: ShardId) {
        let Some(name) = name(&event) else { return };
        let is_edit = name == "MESSAGE_UPDATE";
        if (is_edit || name == "MESSAGE_CREATE") && self.is_for_others(&event) {
            return;
        }
        match &*name {
            "READY" => self.ready(&event, shard),
            "GUILD_DELETE" => {
                // A server in an outage comes back.
                let Some(guild) =
                    self.read::<UnavailableGuild>(&event, "the loss of a server").filter(|guild| !guild.unavailable)
                else {
                    return;
                };
                let answering = Arc::clone(&self.answering);
                spawn(async move { answering.store().leave(guild.id.get()).await });
            }
            "GUILD_CREATE" => self.learn_role(&event),
            "INTERACTION_CREATE" => {
                let since = Instant::now();
                let answering = Arc::clone(&self.answering);
                // It waits for a permit by itself, so that nothing that comes after it waits.
                // tokio moves a task several times, and this one would be some kilobytes.
                spawn(Box::pin(async move { interaction(&answering, &event, since).await }));
            }
            "MESSAGE_CREATE" | "MESSAGE_UPDATE" => {
                let Some((me, _)) = self.me.get() else { return };
                let (me, since) = (*me, Instant::now());
                let Some(permit) = self.answering.concurrency().for_message() else {
                    self.answering.metrics().dropped("message", "no_permit");
                    return;
                };
                let events = Arc::clone(self);
                spawn(async move {
                    events.message(&event, me, is_edit, since).await;
                    drop(permit);
                });
            }
            _ => {}
        }
    }

    /// Whether a message was written in a server and does not mention the bot. That is found without parsing: within a JSON
    /// string a quotation mark has a backslash before it, so that what is searched for cannot occur in the text of a message.
    /// Only messages that mention a role or forward something are looked at more closely.
    fn is_for_others(&self, event: &str) -> bool {
        let Some((_, me)) = self.me.get() else { return false };
        if event.contains(me) || !event.contains(r#""guild_id":""#) {
            return false;
        }
        let mentions_role = event.contains(r#""mention_roles":[""#) || event.contains("<@&");
        let is_rare = mentions_role || event.contains(r#""message_snapshots":["#);
        !(is_rare && self.may_concern_me(event))
    }

    /// Whether a message mentions the role of the bot, or is a direct one that forwards something from a server.
    fn may_concern_me(&self, event: &str) -> bool {
        let Ok(Content { content: place }) = serde_json::from_str::<Content<Place>>(event) else { return false };
        let role = place.guild_id.and_then(|server| self.role_in(server));
        let mentions =
            |role: RoleId| place.mention_roles.contains(&role) || place.content.contains(&format!("<@&{role}>"));
        place.guild_id.is_none() || role.is_some_and(mentions)
    }

    async fn message(&self, event: &str, me: UserId, is_edit: bool, since: Instant) {
        // An event about an edit may hold less than a message.
        let message = match is_edit {
            true => serde_json::from_str::<Content<Message>>(event).ok().map(|content| content.content),
            false => self.read::<Message>(event, "a message"),
        };
        let Some(message) = message else { return };
        let is_late = message.edited_after().is_none_or(|seconds| seconds > EDITED_WITHIN);
        if is_edit && is_late {
            return;
        }
        if message.ends_poll_of(me).is_some() {
            return self.answering.poll_ended(&message, me).await;
        }
        let role = message.guild_id.and_then(|server| self.role_in(server));
        self.answering.message(&message, &Me { id: me, role }, since).await;
    }

    /// Remembers the role that Discord made for the bot in a server: people take it for the bot when they mention it.
    fn learn_role(&self, event: &str) {
        let Some((me, _)) = self.me.get() else { return };
        let Ok(Content { content: server }) = serde_json::from_str::<Content<ServerRoles>>(event) else { return };
        let own = server.roles.iter().find(|role| role.tags.bot_id == Some(*me));
        if let Some(role) = own {
            self.roles.lock().unwrap_or_else(PoisonError::into_inner).insert(server.id, role.id);
        }
    }

    fn role_in(&self, server: GuildId) -> Option<RoleId> {
        self.roles.lock().unwrap_or_else(PoisonError::into_inner).get(&server).copied()
    }

    /// Reads the content of an event; nothing if Discord sends it in a form that is not known.
    fn read<T: DeserializeOwned>(&self, event: &str, what: &str) -> Option<T> {
        read(&self.answering, event, what)
    }

    fn ready(&self, event: &str, shard: ShardId) {
        let Some(ready) = self.read::<Ready>(event, "a greeting") else { return };
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

/// The name of an event. Discord writes it first, where it is found without reading the rest.
fn name(event: &str) -> Option<Cow<'_, str>> {
    let first = event.strip_prefix(r#"{"t":""#).and_then(|rest| rest.split_once('"'));
    match first {
        Some((name, _)) if !name.contains('\\') => Some(Cow::Borrowed(name)),
        _ => serde_json::from_str::<Head<'_>>(event).ok()?.name,
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
    user: OwnUser,
    #[serde(default, deserialize_with = "list")]
    guilds: Vec<Server>,
}

/// The bot's own user.
#[derive(Deserialize)]
struct OwnUser {
    id: UserId,
}

/// A server that the bot is in.
#[derive(Deserialize)]
struct Server {
    id: GuildId,
}

/// Where a message was written, and which roles it mentions.
#[derive(Deserialize)]
struct Place {
    #[serde(default, deserialize_with = "or_default")]
    guild_id: Option<GuildId>,
    #[serde(default, deserialize_with = "list")]
    mention_roles: Vec<RoleId>,
    #[serde(default, deserialize_with = "or_default")]
    content: String,
}

/// A server with its roles.
#[derive(Deserialize)]
struct ServerRoles {
    id: GuildId,
    #[serde(default, deserialize_with = "list")]
    roles: Vec<Role>,
}

/// A role.
#[derive(Deserialize)]
struct Role {
    id: RoleId,
    #[serde(default, deserialize_with = "or_default")]
    tags: Tags,
}

/// What a role is for.
#[derive(Default, Deserialize)]
struct Tags {
    bot_id: Option<UserId>,
}

/// The content of an event.
#[derive(Deserialize)]
struct Content<T> {
    #[serde(rename = "d")]
    content: T,
}

async fn interaction(answering: &Answering, event: &str, since: Instant) {
    let Some(permit) = answering.concurrency().for_interaction(answering.deadlines().of_interaction(since)).await
    else {
        answering.metrics().dropped("interaction", "no_permit");
        return;
    };
    if let Some(interaction) = read::<Interaction>(answering, event, "an interaction") {
        answering.interaction(&interaction, &Transport::Gateway, permit, since).await;
    }
}

/// Reads the content of an event; nothing if Discord sends it in a form that is not known.
fn read<T: DeserializeOwned>(answering: &Answering, event: &str, what: &str) -> Option<T> {
    match serde_json::from_str::<Content<T>>(event) {
        Ok(content) => Some(content.content),
        Err(error) => {
            answering.metrics().dropped("event", "unreadable");
            unreadable(what, &error);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Content, Place, Ready, ServerRoles, name};

    #[test]
    fn an_event_is_known_wherever_its_name_stands() {
        for event in [
            r#"{"t":"READY","s":1,"op":0,"d":{"t":"é日🦀"}}"#,
            r#"{"op":0,"d":{"t":"RESUMED"},"s":1,"t":"READY"}"#,
            r#"{ "t" : "READY" }"#,
            r#"{"t":"\u0052EADY"}"#,
        ] {
            assert_eq!(name(event).as_deref(), Some("READY"), "{event}");
        }
        for event in [r#"{"t":null,"op":11}"#, r#"{"t":"READY"#, r#"{"op":1}"#, "", "é日🦀"] {
            let name = name(event);
            assert!(name.is_none() || name.as_deref() == Some("READY"), "{event}");
        }
    }

    #[test]
    fn a_greeting_and_a_server_are_read_whatever_the_forms_of_their_items() {
        for guilds in ["null", "7", "[]", r#"[null,{"id":{}},{"id":"0"}]"#] {
            let event = format!(r#"{{"d":{{"user":{{"id":"5","flags":"é日🦀"}},"guilds":{guilds}}}}}"#);
            let ready = serde_json::from_str::<Content<Ready>>(&event).expect("the user is there").content;
            assert!(ready.user.id.get() == 5 && ready.guilds.is_empty(), "{event}");
        }
        let roles = r#"[{"id":"new"},{"id":"2","tags":{"bot_id":[]}},{"id":"3","tags":{"bot_id":"5"}}]"#;
        let event = format!(r#"{{"d":{{"id":"1","roles":{roles}}}}}"#);
        let roles = serde_json::from_str::<Content<ServerRoles>>(&event).expect("the id is there").content.roles;
        assert_eq!(roles.iter().filter(|role| role.tags.bot_id.is_some()).count(), 1);
        let event = r#"{"d":{"guild_id":"1","mention_roles":["2",{"id":"3"},null]}}"#;
        let place = serde_json::from_str::<Content<Place>>(event).expect("nothing is needed").content;
        assert_eq!(place.mention_roles.len(), 1);
    }
}
