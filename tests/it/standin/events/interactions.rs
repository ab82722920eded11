//! Slash commands, autocomplete, buttons, menus and message commands, for `INTERACTION_CREATE`.

use serde_json::{Map, Value, json};

use super::{BOT, GUILD, Origin, Place, member, merge, person, snowflake};

/// Somebody used a slash command.
pub(crate) fn slash(origin: &Origin, name: &str, options: &[Value]) -> Value {
    command(origin, 2, name, options)
}

/// Somebody is typing a slash command; one of the options is `focused`.
pub(crate) fn autocomplete(origin: &Origin, name: &str, options: &[Value]) -> Value {
    command(origin, 4, name, options)
}

/// A string option.
pub(crate) fn text(name: &str, value: &str) -> Value {
    json!({ "name": name, "type": 3, "value": value })
}

/// An integer option.
pub(crate) fn integer(name: &str, value: i64) -> Value {
    json!({ "name": name, "type": 4, "value": value })
}

/// A boolean option.
pub(crate) fn flag(name: &str, value: bool) -> Value {
    json!({ "name": name, "type": 5, "value": value })
}

/// The string option in which the cursor is, with what is typed so far.
pub(crate) fn focused(name: &str, typed: &str) -> Value {
    json!({ "name": name, "type": 3, "value": typed, "focused": true })
}

/// A subcommand with its options, to be given as the only option.
pub(crate) fn subcommand(name: &str, options: &[Value]) -> Value {
    json!({ "name": name, "type": 1, "options": options })
}

/// Somebody chose a command from the menu of a message.
pub(crate) fn message_command(origin: &Origin, name: &str, target: &Value) -> Value {
    let id = super::super::record::text(target, "id");
    let mut messages = Map::new();
    messages.insert(id.clone(), without_guild(target));
    let data = json!({
        "id": snowflake(), "name": name, "type": 3, "target_id": id,
        "resolved": { "messages": messages },
    });
    interaction(origin, 2, &registered_in_guild(origin, data))
}

/// Somebody pressed a button of a message.
pub(crate) fn button(origin: &Origin, custom_id: &str, message: &Value) -> Value {
    let data = json!({ "component_type": 2, "custom_id": custom_id, "id": 2 });
    component(origin, &data, message)
}

/// Somebody chose from a menu of a message.
pub(crate) fn select(origin: &Origin, custom_id: &str, values: &[&str], message: &Value) -> Value {
    let data = json!({ "component_type": 3, "custom_id": custom_id, "id": 2, "values": values });
    component(origin, &data, message)
}

fn command(origin: &Origin, kind: u8, name: &str, options: &[Value]) -> Value {
    let mut data = json!({ "id": snowflake(), "name": name, "type": 1 });
    // Discord leaves the list out where it would be empty.
    if !options.is_empty() {
        data["options"] = json!(options);
    }
    interaction(origin, kind, &registered_in_guild(origin, data))
}

fn registered_in_guild(origin: &Origin, mut data: Value) -> Value {
    if origin.in_guild() && !origin.user_install {
        data["guild_id"] = json!(GUILD);
    }
    data
}

fn component(origin: &Origin, data: &Value, message: &Value) -> Value {
    let mut event = interaction(origin, 3, data);
    event["message"] = without_guild(message);
    event
}

/// Messages inside an interaction come without the guild's part.
fn without_guild(message: &Value) -> Value {
    let mut message = message.clone();
    if let Some(entries) = message.as_object_mut() {
        entries.remove("guild_id");
        entries.remove("member");
    }
    message
}

fn interaction(origin: &Origin, kind: u8, data: &Value) -> Value {
    let id = snowflake();
    let mut event = json!({
        "id": id, "application_id": BOT, "type": kind, "data": data,
        "token": format!("interaction-token-{id}"), "version": 1,
        "channel_id": origin.channel, "channel": channel(origin),
        "app_permissions": "562949953601536", "locale": origin.locale,
        "entitlements": [], "entitlement_sku_ids": [],
        "authorizing_integration_owners": origin.owners(), "context": origin.context(),
        "attachment_size_limit": 10_485_760,
    });
    merge(&mut event, &actor(origin));
    event
}

/// A guild's interactions tell the member, all others the user.
fn actor(origin: &Origin) -> Value {
    let user = person(&origin.user);
    if !origin.in_guild() {
        return json!({ "user": user });
    }
    let mut member = member();
    member["user"] = user;
    member["permissions"] = json!(origin.permissions.to_string());
    json!({
        "member": member, "guild_id": GUILD, "guild_locale": "en-US",
        "guild": { "id": GUILD, "locale": "en-US", "features": [] },
    })
}

fn channel(origin: &Origin) -> Value {
    match origin.place {
        Place::Guild => json!({
            "id": origin.channel, "type": 0, "guild_id": GUILD, "name": "general", "topic": null,
            "nsfw": false, "position": 0, "parent_id": null, "rate_limit_per_user": 0, "flags": 0,
            "last_message_id": snowflake(), "permissions": origin.permissions.to_string(),
        }),
        Place::BotDirect | Place::Private => json!({
            "id": origin.channel, "type": 1, "flags": 0, "last_message_id": snowflake(),
            "recipients": [person(&origin.user)], "permissions": origin.permissions.to_string(),
        }),
    }
}
