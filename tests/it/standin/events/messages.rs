//! Messages: those of users for `MESSAGE_CREATE`, and those of the bot that buttons are pressed on.

use serde_json::{Value, json};

use super::{BOT, GUILD, OTHER_USER, Origin, bot_user, member, merge, person, snowflake, user};

/// Somebody wrote a message that mentions nobody.
pub(crate) fn message(origin: &Origin, content: &str) -> Value {
    let mut message = plain(&origin.channel, &person(&origin.user), content);
    if origin.in_guild() {
        merge(&mut message, &json!({ "guild_id": GUILD, "member": member() }));
    }
    message
}

/// A message with other fields of the test's own choice on top.
pub(crate) fn message_with(mut message: Value, changes: &Value) -> Value {
    merge(&mut message, changes);
    message
}

/// The same message with a mention of the bot in front.
pub(crate) fn at_the_bot(mut message: Value) -> Value {
    let content = super::super::record::text(&message, "content");
    message["content"] = json!(format!("<@{BOT}> {content}"));
    message["mentions"] = json!([mentioned_bot(&message)]);
    message
}

/// The same message, written by some other bot.
pub(crate) fn by_a_bot(mut message: Value) -> Value {
    message["author"] = user(OTHER_USER, "other-bot", true);
    message
}

/// The same message, sent through a webhook; such a message has no member.
pub(crate) fn by_a_webhook(mut message: Value) -> Value {
    let webhook = snowflake();
    message["author"] = user(&webhook, "Captain Hook", true);
    message["author"]["discriminator"] = json!("0000");
    message["webhook_id"] = json!(webhook);
    if let Some(entries) = message.as_object_mut() {
        entries.remove("member");
    }
    message
}

/// The same message as a reply, which pings the author of the other one or not.
pub(crate) fn reply_to(mut message: Value, other: &Value, ping: bool) -> Value {
    message["type"] = json!(19);
    message["message_reference"] = json!({
        "type": 0, "message_id": other["id"], "channel_id": other["channel_id"],
    });
    if let Some(guild) = message.get("guild_id").cloned() {
        message["message_reference"]["guild_id"] = guild;
    }
    message["referenced_message"] = other.clone();
    if ping {
        let author = if other["author"]["id"] == BOT { mentioned_bot(&message) } else { other["author"].clone() };
        message["mentions"] = json!([author]);
    }
    message
}

/// A message of the bot as its users see it, from a payload with content, embeds, components and
/// flags; `asked` is the event that it answers: an interaction, or a message that it replies to.
pub(crate) fn by_the_bot(origin: &Origin, payload: &Value, asked: &Value) -> Value {
    let mut message = plain(&origin.channel, &bot_user(), "");
    merge(&mut message, &kept(payload));
    message["application_id"] = json!(BOT);
    if asked["token"].is_string() {
        message["type"] = json!(20);
        message["webhook_id"] = json!(BOT);
        message["interaction_metadata"] = metadata(asked);
    } else if asked.is_object() {
        message = reply_to(message, asked, false);
    }
    message
}

/// What Discord keeps of a payload in the message that it becomes.
pub(in super::super) fn kept(payload: &Value) -> Value {
    let mut kept = json!({});
    for name in ["content", "embeds", "components", "flags", "nonce"] {
        match payload.get(name) {
            None | Some(Value::Null) => {}
            Some(value) => kept[name] = value.clone(),
        }
    }
    if payload["poll"].is_object() {
        kept["poll"] = super::super::polls::of(&payload["poll"]);
    }
    let embeds = kept.get_mut("embeds").and_then(Value::as_array_mut);
    for embed in embeds.into_iter().flatten() {
        embed["type"] = json!("rich");
    }
    kept
}

/// A message without its guild's part, as REST answers with it.
pub(in super::super) fn plain(channel: &str, author: &Value, content: &str) -> Value {
    json!({
        "id": snowflake(), "type": 0, "channel_id": channel, "author": author,
        "content": content, "timestamp": "2026-01-02T03:04:05.678000+00:00",
        "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [],
        "mention_roles": [], "attachments": [], "embeds": [], "components": [],
        "pinned": false, "flags": 0,
    })
}

/// A guild's messages tell of everybody whom they mention how they are a member.
fn mentioned_bot(message: &Value) -> Value {
    let mut bot = bot_user();
    if message["guild_id"].is_string() {
        bot["member"] = member();
    }
    bot
}

/// How a message came to be, where an interaction caused it.
pub(in super::super) fn metadata(interaction: &Value) -> Value {
    let asker = match &interaction["member"]["user"] {
        Value::Null => &interaction["user"],
        user => user,
    };
    let mut metadata = json!({
        "id": interaction["id"], "type": interaction["type"], "user": asker,
        "authorizing_integration_owners": interaction["authorizing_integration_owners"],
        "name": interaction["data"]["name"], "command_type": interaction["data"]["type"],
    });
    if interaction["type"] == 3 {
        metadata["interacted_message_id"] = interaction["message"]["id"].clone();
    }
    if let Some(target) = interaction["data"].get("target_id") {
        metadata["target_message_id"] = target.clone();
    }
    metadata
}
