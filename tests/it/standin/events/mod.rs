//! The events that Discord sends, as plain values: who, where, and what they did.

mod interactions;
mod messages;

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};

pub(crate) use interactions::{
    autocomplete, button, channels, filled, flag, focused, integer, message_command, roles, select, slash, subcommand,
    submitted, text, with_file,
};
pub(crate) use messages::{at_the_bot, by_a_bot, by_a_webhook, by_the_bot, message, message_with, reply_to};

pub(super) use messages::{kept, metadata, plain};

/// The application, and the bot user that has the same number, as it has with Discord.
pub(crate) const BOT: &str = "1100000000000000001";
pub(crate) const GUILD: &str = "1100000000000000002";
/// The role that Discord made for the bot in that server.
pub(crate) const BOT_ROLE: &str = "1100000000000000008";
/// Another server that the bot was added to.
pub(crate) const OTHER_GUILD: &str = "1100000000000000007";
pub(crate) const CHANNEL: &str = "1100000000000000003";
pub(crate) const DIRECT_CHANNEL: &str = "1100000000000000004";
/// The user who acts unless a test names another one.
pub(crate) const USER: &str = "1100000000000000005";
pub(crate) const OTHER_USER: &str = "1100000000000000006";

/// View Channel, Send Messages, Embed Links, Read Message History, Use Application Commands.
pub(crate) const MEMBER: u64 = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 16 | 1 << 31;
/// What a moderator has above a member: Manage Messages.
pub(crate) const MODERATOR: u64 = MEMBER | 1 << 13;
/// What somebody has who manages the server: Manage Server.
pub(crate) const MANAGER: u64 = MEMBER | 1 << 5;
/// Administrator, which stands for all the others.
pub(crate) const ADMINISTRATOR: u64 = 1 << 3;

/// A fresh id. Ids grow, as Discord's do, so that they sort by age.
pub(crate) fn snowflake() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1_100_000_100_000_000_000);
    const ONE_MILLISECOND: u64 = 1 << 22;
    NEXT.fetch_add(ONE_MILLISECOND, Ordering::Relaxed).to_string()
}

/// Where a user did something.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Place {
    Guild,
    /// The direct messages between the user and the bot.
    BotDirect,
    /// Somebody else's direct messages, where the bot is only as the user's own app.
    Private,
}

/// Who did something, and where.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) place: Place,
    pub(crate) user: String,
    pub(crate) permissions: u64,
    pub(crate) locale: String,
    pub(crate) channel: String,
    /// Whether the app acts as installed to the user's account instead of the guild.
    pub(crate) user_install: bool,
    /// The user's roles in the guild.
    pub(crate) roles: Vec<String>,
    /// The channel that the channel is a thread of.
    pub(crate) thread_of: Option<String>,
}

impl Origin {
    pub(crate) fn guild() -> Self {
        Self {
            place: Place::Guild,
            user: USER.to_owned(),
            permissions: MEMBER,
            locale: "en-US".to_owned(),
            channel: CHANNEL.to_owned(),
            user_install: false,
            roles: Vec::new(),
            thread_of: None,
        }
    }

    pub(crate) fn direct() -> Self {
        Self { place: Place::BotDirect, channel: DIRECT_CHANNEL.to_owned(), ..Self::guild() }
    }

    pub(crate) fn private() -> Self {
        Self { place: Place::Private, channel: snowflake(), user_install: true, ..Self::guild() }
    }

    pub(crate) fn user(mut self, id: &str) -> Self {
        id.clone_into(&mut self.user);
        self
    }

    pub(crate) fn permissions(mut self, bits: u64) -> Self {
        self.permissions = bits;
        self
    }

    pub(crate) fn locale(mut self, locale: &str) -> Self {
        locale.clone_into(&mut self.locale);
        self
    }

    pub(crate) fn role(mut self, id: &str) -> Self {
        self.roles.push(id.to_owned());
        self
    }

    pub(crate) fn channel(mut self, id: &str) -> Self {
        id.clone_into(&mut self.channel);
        self
    }

    pub(crate) fn thread_of(mut self, id: &str) -> Self {
        self.thread_of = Some(id.to_owned());
        self
    }

    pub(crate) fn user_install(mut self) -> Self {
        self.user_install = true;
        self
    }

    pub(super) fn in_guild(&self) -> bool {
        self.place == Place::Guild
    }

    fn context(&self) -> u8 {
        match self.place {
            Place::Guild => 0,
            Place::BotDirect => 1,
            Place::Private => 2,
        }
    }

    fn owners(&self) -> Value {
        match (self.user_install, self.place) {
            (true, _) => json!({ "1": self.user }),
            (false, Place::Guild) => json!({ "0": GUILD }),
            (false, _) => json!({ "0": "0" }),
        }
    }
}

/// A user object.
pub(crate) fn user(id: &str, name: &str, bot: bool) -> Value {
    json!({
        "id": id, "username": name, "discriminator": if bot { "4242" } else { "0" },
        "global_name": if bot { Value::Null } else { json!(format!("{name} the Great")) },
        "avatar": null, "avatar_decoration_data": null, "bot": bot, "system": false,
        "banner": null, "accent_color": null, "public_flags": 0, "clan": null, "primary_guild": null,
    })
}

/// The user object of the bot under test.
pub(crate) fn bot_user() -> Value {
    user(BOT, "versus", true)
}

fn person(id: &str) -> Value {
    user(id, &format!("person-{id}"), false)
}

/// A guild member without the user; only interactions tell the permissions.
fn member() -> Value {
    json!({
        "nick": null, "avatar": null, "banner": null, "roles": [],
        "joined_at": "2024-01-02T03:04:05.678000+00:00", "premium_since": null,
        "deaf": false, "mute": false, "flags": 0, "pending": false,
        "communication_disabled_until": null,
    })
}

/// The same interaction in another server that the bot was added to.
pub(crate) fn in_server(mut event: Value, guild: &str) -> Value {
    let changes = json!({
        "guild_id": guild, "guild": { "id": guild, "locale": "en-US", "features": [] },
        "authorizing_integration_owners": { "0": guild },
    });
    merge(&mut event, &changes);
    event["channel"]["guild_id"] = json!(guild);
    if event["data"]["guild_id"].is_string() {
        event["data"]["guild_id"] = json!(guild);
    }
    event
}

/// Writes all of the second object's entries over the first one's.
pub(super) fn merge(object: &mut Value, changes: &Value) {
    let entries = changes.as_object().into_iter().flatten();
    for (name, value) in entries {
        object[name.as_str()] = value.clone();
    }
}
