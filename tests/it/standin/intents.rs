//! Which events, and how much of them, the intents of an IDENTIFY let through.

use serde_json::{Value, json};

use super::events::{BOT, BOT_ROLE};

/// An intent: its bit and its name.
type Intent = (u64, &'static str);

const GUILDS: Intent = (1 << 0, "GUILDS");
const GUILD_MESSAGES: Intent = (1 << 9, "GUILD_MESSAGES");
const DIRECT_MESSAGES: Intent = (1 << 12, "DIRECT_MESSAGES");
const MESSAGE_CONTENT: Intent = (1 << 15, "MESSAGE_CONTENT");

/// Those that must be switched on in Discord's portal; the stand-in's application has none of them.
const PRIVILEGED: [Intent; 3] = [(1 << 1, "GUILD_MEMBERS"), (1 << 8, "GUILD_PRESENCES"), MESSAGE_CONTENT];

pub(super) fn are_privileged(intents: u64) -> bool {
    PRIVILEGED.iter().any(|(bit, _)| intents & bit != 0)
}

/// The event as this bot gets it, or the intent that it would have needed.
pub(super) fn allowed(intents: u64, name: &str, mut data: Value) -> Result<Value, &'static str> {
    let is_message = matches!(name, "MESSAGE_CREATE" | "MESSAGE_UPDATE");
    if let Some((bit, intent)) = needed(name, &data)
        && intents & bit == 0
    {
        return Err(intent);
    }
    if is_message && intents & MESSAGE_CONTENT.0 == 0 {
        hide_content(&mut data);
    }
    Ok(data)
}

fn needed(name: &str, data: &Value) -> Option<Intent> {
    match name {
        "MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE" if data["guild_id"].is_null() => Some(DIRECT_MESSAGES),
        "MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE" => Some(GUILD_MESSAGES),
        _ if name.starts_with("GUILD_") || name.starts_with("CHANNEL_") => Some(GUILDS),
        _ => None,
    }
}

/// Without `MESSAGE_CONTENT` a bot can read its own messages, direct ones, and those that mention it. Where a test gives the
/// mentions a new form, the text says whether they do.
fn hide_content(message: &mut Value) {
    let content = message["content"].as_str().unwrap_or_default();
    let is_in_text = |signs: &[&str], id: &str| signs.iter().any(|sign| content.contains(&format!("<@{sign}{id}>")));
    let users = message["mentions"].as_array().filter(|users| users.iter().all(|user| user["id"].is_string()));
    let mentioned =
        users.map_or_else(|| is_in_text(&["", "!"], BOT), |users| users.iter().any(|user| user["id"] == BOT));
    let roles = message["mention_roles"].as_array().filter(|roles| roles.iter().all(Value::is_string));
    let role_mentioned =
        roles.map_or_else(|| is_in_text(&["&"], BOT_ROLE), |roles| roles.iter().any(|role| role == BOT_ROLE));
    let direct = message["guild_id"].is_null();
    if direct {
        return;
    }
    if !mentioned && !role_mentioned && message["author"]["id"] != BOT {
        message["content"] = json!("");
        for name in ["embeds", "attachments", "components"] {
            message[name] = json!([]);
        }
        if let Some(entries) = message.as_object_mut() {
            ["poll", "message_snapshots"].iter().for_each(|name| drop(entries.remove(*name)));
        }
    }
    let guild = message["guild_id"].clone();
    if let Some(other) = message.get_mut("referenced_message")
        && other.is_object()
    {
        other["guild_id"] = guild;
        hide_content(other);
        if let Some(entries) = other.as_object_mut() {
            entries.remove("guild_id");
        }
    }
}
