//! Messages and interactions in the REST API: answering, editing, following up, deleting.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::attachments::attach;
use super::events::{BOT, CHANNEL, GUILD, bot_user, kept, merge, metadata, plain};
use super::fault::Answer;
use super::polls::SEND_POLLS;
use super::record::{EPHEMERAL, File, Recorded, is_ephemeral, text};

/// The bot is still thinking.
const LOADING: u64 = 1 << 7;

/// The messages and interactions that the stand-in knows of.
#[derive(Default)]
pub(super) struct Messages {
    interactions: Vec<Interaction>,
    sent: HashMap<String, Value>,
    /// All files of each message, of which it lists only some.
    held: HashMap<String, Vec<Value>>,
    deleted: HashSet<String>,
    ephemeral: HashSet<String>,
    /// Channels by their ids, as far as a test describes them.
    pub(super) channels: HashMap<String, Value>,
    /// The message that was sent with an enforced nonce, by channel and nonce.
    by_nonce: HashMap<(String, String), String>,
}

/// An interaction that was dispatched to the bot.
struct Interaction {
    event: Value,
    acknowledged: bool,
    /// The message that `@original` stands for.
    original: Option<String>,
}

/// A channel of a server as far as it matters here.
pub(super) fn described(id: &str, kind: u8, parent: Option<&str>) -> Value {
    json!({ "id": id, "type": kind, "guild_id": GUILD, "name": "channel", "parent_id": parent })
}

impl Messages {
    /// Remembers an interaction, so that only its own token can answer it.
    pub(super) fn learn(&mut self, event: &Value) {
        let message = &event["message"];
        if message.is_object() {
            if is_ephemeral(message) {
                self.ephemeral.insert(text(message, "id"));
            }
            // What was done to it meanwhile counts, not what the button was pressed under.
            self.sent.entry(text(message, "id")).or_insert_with(|| message.clone());
        }
        self.interactions.push(Interaction { event: event.clone(), acknowledged: false, original: None });
    }

    /// The answer to a request that is about messages.
    pub(super) fn answer(&mut self, request: &Recorded) -> Option<Answer> {
        let segments = request.segments();
        let answer = match (request.method.as_str(), segments.as_slice()) {
            ("POST", ["interactions", id, token, "callback"]) => self.callback(id, token, request),
            (_, ["webhooks", BOT, token, rest @ ..]) => self.webhook(token, rest, request)?,
            ("POST", ["channels", channel, "messages"]) => self.send(channel, request),
            ("GET", ["channels", channel]) => self.channel(channel),
            ("GET", ["channels", channel, "messages", id]) => {
                self.in_channel(channel, id).map_or_else(unknown_message, |message| Answer::json(200, message))
            }
            ("GET", ["channels", channel, "messages"]) => self.latest(channel),
            ("POST", ["channels", channel, "polls", id, "expire"]) => self.expire(channel, id),
            ("PATCH", ["channels", channel, "messages", id]) => self.edit(channel, id, &request.body, &request.files),
            ("DELETE", ["channels", _, "messages", id]) if self.ephemeral.contains(*id) => unknown_message(),
            ("DELETE", ["channels", _, "messages", id]) => self.delete(id),
            _ => return None,
        };
        Some(answer)
    }

    fn channel(&self, id: &str) -> Answer {
        match self.channels.get(id) {
            Some(channel) => Answer::json(200, channel),
            None if id == CHANNEL => Answer::json(200, &described(id, 0, None)),
            None => Answer::error(404, 10003, "Unknown Channel"),
        }
    }

    fn callback(&mut self, id: &str, token: &str, request: &Recorded) -> Answer {
        let known = |known: &&mut Interaction| known.event["id"] == id && known.has_token(token);
        let found = self.interactions.iter_mut().find(known);
        // Discord forgets an interaction after 3 s without an answer. Here a fault says so, never the speed of the machine.
        let Some(interaction) = found else {
            return Answer::error(404, 10062, "Unknown interaction");
        };
        if interaction.acknowledged {
            let message = "Interaction has already been acknowledged.";
            return Answer::error(400, 40060, message);
        }
        let kind = request.callback_type().unwrap_or_default();
        if !interaction.accepts(kind) {
            return Answer::invalid_form("Invalid Form Body: wrong type of callback");
        }
        if !request.message()["poll"].is_null() && !interaction.lets_send_polls() {
            return Answer::error(403, 50013, "Missing Permissions");
        }
        interaction.acknowledged = true;
        let event = interaction.event.clone();
        let original = self.original(kind, &event, request);
        if let Some(interaction) = self.by_token(token) {
            interaction.original = original.as_ref().map(|message| text(message, "id"));
        }
        if request.query.contains("with_response=true") {
            return Answer::json(200, &callback_response(kind, &event, original.as_ref()));
        }
        Answer::empty()
    }

    /// The message that a callback makes, or the one it changes.
    fn original(&mut self, kind: u64, event: &Value, request: &Recorded) -> Option<Value> {
        let payload = request.message();
        let channel = text(event, "channel_id");
        let pressed = text(&event["message"], "id");
        match kind {
            4 => Some(self.create_for(event, payload, &request.files)),
            5 => {
                let mut waiting = payload.clone();
                waiting["flags"] = json!(payload["flags"].as_u64().unwrap_or_default() | LOADING);
                Some(self.create_for(event, &waiting, &request.files))
            }
            6 => Some(event["message"].clone()),
            7 => {
                self.edit(&channel, &pressed, payload, &request.files);
                self.sent.get(&pressed).cloned()
            }
            _ => None,
        }
    }

    fn webhook(&mut self, token: &str, rest: &[&str], request: &Recorded) -> Option<Answer> {
        let acknowledged = |known: &&mut Interaction| known.acknowledged;
        let Some(interaction) = self.by_token(token).filter(acknowledged) else {
            return Some(Answer::error(404, 10015, "Unknown Webhook"));
        };
        let event = interaction.event.clone();
        let channel = text(&event, "channel_id");
        let original = interaction.original.clone().unwrap_or_default();
        let named = |id: &str| match id {
            "@original" => original.clone(),
            other => other.to_owned(),
        };
        match (request.method.as_str(), rest) {
            ("POST", []) => Some(Answer::json(200, &self.create_for(&event, &request.body, &request.files))),
            ("GET", ["messages", id]) => Some(self.show(&named(id))),
            ("PATCH", ["messages", id]) => Some(self.edit_own(&channel, &named(id), request)),
            ("DELETE", ["messages", id]) => Some(self.delete(&named(id))),
            _ => None,
        }
    }

    fn send(&mut self, channel: &str, request: &Recorded) -> Answer {
        let payload = &request.body;
        let nonce = match &payload["nonce"] {
            Value::Null => String::new(),
            nonce => nonce.to_string(),
        };
        let enforced = payload["enforce_nonce"] == true && !nonce.is_empty();
        let key = (channel.to_owned(), nonce);
        if enforced && let Some(id) = self.by_nonce.get(&key) {
            return self.show(id);
        }
        let message = self.create(channel, payload, &request.files);
        if enforced {
            self.by_nonce.insert(key, text(&message, "id"));
        }
        Answer::json(200, &message)
    }

    /// A message that an interaction causes says so.
    fn create_for(&mut self, event: &Value, payload: &Value, files: &[File]) -> Value {
        let created = self.create(&text(event, "channel_id"), payload, files);
        let Some(message) = self.sent.get_mut(&text(&created, "id")) else { return created };
        let caused = json!({ "application_id": BOT, "webhook_id": BOT, "interaction_metadata": metadata(event) });
        merge(message, &caused);
        if event["type"] == 2 {
            message["type"] = json!(20);
        }
        message.clone()
    }

    fn create(&mut self, channel: &str, payload: &Value, files: &[File]) -> Value {
        let mut message = plain(channel, &bot_user(), "");
        merge(&mut message, &kept(payload));
        if payload["message_reference"].is_object() {
            message["type"] = json!(19);
            message["message_reference"] = payload["message_reference"].clone();
            message["referenced_message"] = Value::Null;
        }
        let id = text(&message, "id");
        attach(&mut message, self.held.entry(id.clone()).or_default(), payload, files);
        if is_ephemeral(&message) {
            self.ephemeral.insert(id.clone());
        }
        self.sent.insert(id, message.clone());
        message
    }

    /// Through an interaction's token only its own messages can be edited, so they must exist.
    fn edit_own(&mut self, channel: &str, id: &str, request: &Recorded) -> Answer {
        if !self.sent.contains_key(id) {
            return unknown_message();
        }
        self.edit(channel, id, &request.body, &request.files)
    }

    /// A message of an earlier run of the bot is unknown to the stand-in, yet it can be edited.
    fn edit(&mut self, channel: &str, id: &str, payload: &Value, files: &[File]) -> Answer {
        if self.deleted.contains(id) {
            return unknown_message();
        }
        let message = self.sent.entry(id.to_owned()).or_insert_with(|| {
            let mut message = plain(channel, &bot_user(), "");
            message["id"] = json!(id);
            message
        });
        let flags = message["flags"].as_u64().unwrap_or_default();
        merge(message, &kept(payload));
        attach(message, self.held.entry(id.to_owned()).or_default(), payload, files);
        // An edit ends the waiting, and cannot change who sees the message.
        let edited = message["flags"].as_u64().unwrap_or_default() & !(EPHEMERAL | LOADING);
        message["flags"] = json!(edited | (flags & EPHEMERAL));
        message["edited_timestamp"] = json!("2026-01-02T03:04:06.789000+00:00");
        Answer::json(200, message)
    }

    fn show(&self, id: &str) -> Answer {
        self.sent.get(id).map_or_else(unknown_message, |message| Answer::json(200, message))
    }

    fn delete(&mut self, id: &str) -> Answer {
        if id.is_empty() || !self.deleted.insert(id.to_owned()) {
            return unknown_message();
        }
        self.sent.remove(id);
        Answer::empty()
    }

    /// The message that answers an interaction or a message, as it is now.
    pub(super) fn answer_to(&self, event: &Value) -> Value {
        let interaction = self.interactions.iter().find(|interaction| interaction.event["id"] == event["id"]);
        let answer = match interaction {
            Some(interaction) => interaction.original.as_ref().and_then(|id| self.sent.get(id)),
            None => self.sent.values().find(|sent| sent["message_reference"]["message_id"] == event["id"]),
        };
        answer.cloned().unwrap_or_default()
    }

    /// A message as it is now; null where there is none.
    pub(super) fn find(&self, id: &str) -> Value {
        self.find_ref(id).cloned().unwrap_or_default()
    }

    pub(super) fn find_ref(&self, id: &str) -> Option<&Value> {
        self.sent.get(id)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Value> {
        self.sent.values()
    }

    pub(super) fn find_mut(&mut self, id: &str) -> Option<&mut Value> {
        self.sent.get_mut(id)
    }

    /// A message that somebody else wrote is there.
    pub(super) fn keep(&mut self, message: &Value) {
        self.sent.insert(text(message, "id"), message.clone());
    }

    /// How many messages reply to one.
    pub(super) fn replies_to(&self, id: &str) -> usize {
        self.sent.values().filter(|sent| sent["message_reference"]["message_id"] == id).count()
    }

    /// So many minutes have passed that Discord knows no nonce any more.
    pub(super) fn forget_nonces(&mut self) {
        self.by_nonce.clear();
    }

    /// Somebody deletes a message.
    pub(super) fn forget(&mut self, id: &str) {
        self.sent.remove(id);
        self.deleted.insert(id.to_owned());
    }

    fn by_token(&mut self, token: &str) -> Option<&mut Interaction> {
        self.interactions.iter_mut().find(|interaction| interaction.has_token(token))
    }
}

impl Interaction {
    /// Whether the bot may post a poll where this happened.
    fn lets_send_polls(&self) -> bool {
        let permissions: u64 = text(&self.event, "app_permissions").parse().unwrap_or_default();
        permissions & SEND_POLLS != 0
    }

    fn has_token(&self, token: &str) -> bool {
        self.event["token"] == token
    }

    /// Which callbacks suit which interaction: only a button or a menu has a message to update, and
    /// only autocomplete, and nothing else, wants choices.
    fn accepts(&self, kind: u64) -> bool {
        match self.event["type"].as_u64() {
            Some(2) => matches!(kind, 4 | 5 | 9),
            Some(3) => matches!(kind, 4..=7 | 9),
            Some(4) => kind == 8,
            // A form that a command opened has no message, and no form opens another one.
            Some(5) if !self.event["message"].is_object() => matches!(kind, 4 | 5),
            _ => matches!(kind, 4..=7),
        }
    }
}

fn callback_response(kind: u64, event: &Value, original: Option<&Value>) -> Value {
    let mut response = json!({ "interaction": { "id": event["id"], "type": event["type"] } });
    if let Some(message) = original {
        response["interaction"]["response_message_id"] = message["id"].clone();
        response["interaction"]["response_message_loading"] = json!(kind == 5);
        response["interaction"]["response_message_ephemeral"] = json!(is_ephemeral(message));
        response["resource"] = json!({ "type": kind, "message": message });
    }
    response
}

pub(super) fn unknown_message() -> Answer {
    Answer::error(404, 10008, "Unknown Message")
}
