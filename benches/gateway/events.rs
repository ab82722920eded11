//! What the bots are told: the texts of events, which are made before the clock runs.

use serde_json::{Value, json};

use crate::standin::events::{
    BOT, CHANNEL, GUILD, OTHER_GUILD, Origin, USER, at_the_bot, message, message_with, slash, snowflake, text,
};

const ID: &str = "{id}";
const PERSON: &str = "{person}";
const PLACE: &str = "{channel}";

/// A server that all libraries know how to take in.
const SERVER: &str = include_str!("guild_create.json");
/// The channel of the other server; nobody writes there.
const OTHER_CHANNEL: &str = "1100000000000000008";

/// Of a busy server, so many write in the same hour.
const WRITERS: u64 = 1_000;
const FIRST_PERSON: u64 = 1_200_000_000_000_000_000;
const ONE_MILLISECOND: u64 = 1 << 22;

/// Events that differ only in their ids.
pub(crate) struct Kind {
    name: &'static str,
    data: String,
    /// So many different people cause them.
    people: u64,
}

/// One event of a kind.
pub(crate) struct Event {
    name: &'static str,
    number: u64,
    pub(crate) id: String,
    /// Its content, as JSON.
    pub(crate) data: String,
}

/// Somebody asks by a slash command, each time somebody else: one person alone would be told to slow down.
pub(crate) fn question() -> Kind {
    let mut event = slash(&Origin::guild().user(PERSON), "compare", &[text("topic", "speed")]);
    // A command that is registered everywhere has none.
    event["data"].as_object_mut().expect("a command has data").remove("guild_id");
    Kind::new("INTERACTION_CREATE", &event, u64::MAX)
}

/// Somebody writes to others; without the intent for it, the bot is not told what.
pub(crate) fn chatter() -> Kind {
    Kind::new("MESSAGE_CREATE", &written(""), WRITERS)
}

/// Somebody asks this by a mention, each time somebody else somewhere else.
pub(crate) fn mention(question: &str) -> Kind {
    let written = message_with(at_the_bot(written(question)), &json!({ "channel_id": PLACE }));
    Kind::new("MESSAGE_CREATE", &written, u64::MAX)
}

/// The servers that READY lists.
pub(crate) fn servers() -> [Kind; 2] {
    [(GUILD, CHANNEL), (OTHER_GUILD, OTHER_CHANNEL)].map(|(guild, channel)| {
        let server = SERVER.replace("{guild}", guild).replace("{channel}", channel);
        let data = server.replace("{owner}", USER).replace("{bot}", BOT);
        Kind { name: "GUILD_CREATE", data, people: 1 }
    })
}

impl Kind {
    fn new(name: &'static str, event: &Value, people: u64) -> Self {
        let id = event["id"].as_str().expect("an event has an id");
        Self { name, data: event.to_string().replace(id, ID), people }
    }

    /// The event of this kind that has this number among all that a bot is told.
    pub(crate) fn event(&self, number: u64) -> Event {
        let id = snowflake();
        let person = FIRST_PERSON + number % self.people * ONE_MILLISECOND;
        let data = self.data.replace(ID, &id).replace(PERSON, &person.to_string());
        let data = if data.contains(PLACE) { data.replace(PLACE, &snowflake()) } else { data };
        Event { name: self.name, number, id, data }
    }
}

impl Event {
    /// As the gateway sends it.
    pub(crate) fn frame(&self) -> String {
        format!(r#"{{"t":"{}","s":{},"op":0,"d":{}}}"#, self.name, self.number, self.data)
    }
}

/// A message as somebody writes it who has an avatar, a nickname and a few roles.
fn written(content: &str) -> Value {
    let mut written = message(&Origin::guild().user(PERSON), content);
    written["author"]["avatar"] = json!("8342729096ea3675442027381ff50dfe");
    written["member"]["nick"] = json!("whoever wrote it");
    written["member"]["roles"] = json!([snowflake(), snowflake(), snowflake(), snowflake()]);
    message_with(written, &json!({ "nonce": snowflake(), "channel_type": 0 }))
}
