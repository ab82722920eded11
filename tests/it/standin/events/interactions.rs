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

/// Somebody used a subcommand with a file, which lies at this address, and a choice what to do with it.
pub(crate) fn with_file(origin: &Origin, (name, sub): (&str, &str), url: &str, mode: Option<&str>) -> Value {
    let id = snowflake();
    let file = json!({ "name": "file", "type": 11, "value": id });
    let options: Vec<Value> = std::iter::once(file).chain(mode.map(|mode| text("mode", mode))).collect();
    let mut event = slash(origin, name, &[subcommand(sub, &options)]);
    let attachment = json!({
        "id": id, "filename": "team.json", "size": 100, "url": url, "proxy_url": url, "content_type": "application/json",
    });
    event["data"]["resolved"] = json!({ "attachments": { id: attachment } });
    event
}

/// Somebody chose channels from a menu of a message.
pub(crate) fn channels(origin: &Origin, custom_id: &str, ids: &[&str], message: &Value) -> Value {
    let resolved = |id: &&str| {
        let channel = json!({ "id": id, "type": 0, "name": "general", "permissions": origin.permissions.to_string() });
        ((*id).to_owned(), channel)
    };
    let resolved: Map<String, Value> = ids.iter().map(resolved).collect();
    let data = json!({
        "component_type": 8, "custom_id": custom_id, "id": 3, "values": ids, "resolved": { "channels": resolved },
    });
    component(origin, &data, message)
}

/// Somebody chose a role, or none, from a menu of a message.
pub(crate) fn roles(origin: &Origin, custom_id: &str, ids: &[&str], message: &Value) -> Value {
    let resolved = |id: &&str| {
        let role =
            json!({ "id": id, "name": "writers", "permissions": "0", "position": 1, "color": 0, "hoist": false });
        ((*id).to_owned(), role)
    };
    let resolved: Map<String, Value> = ids.iter().map(resolved).collect();
    let data = json!({
        "component_type": 6, "custom_id": custom_id, "id": 4, "values": ids, "resolved": { "roles": resolved },
    });
    component(origin, &data, message)
}

/// Somebody filled in a form and sent it; `form` is what the bot answered with. Discord lets nobody write more into a field than
/// it takes, or leave one blank that is required.
#[track_caller]
pub(crate) fn filled(origin: &Origin, form: &Value, texts: &[(&str, &str)], message: Option<&Value>) -> Value {
    let fields = super::super::record::controls(form);
    for (name, _) in texts {
        assert!(fields.iter().any(|field| field["custom_id"] == **name), "{name} is no field of {form:#}");
    }
    let row = |field: &Value| {
        let given = texts.iter().find(|(name, _)| field["custom_id"] == **name).map(|(_, text)| *text);
        let value = given.or(field["value"].as_str()).unwrap_or_default();
        let most = field["max_length"].as_u64().unwrap_or(4000);
        let length = value.encode_utf16().count() as u64;
        assert!(length <= most, "{length} of {most} characters are too many");
        assert!(length > 0 || field["required"] == false, "a field that is required is blank");
        let input = json!({ "type": 4, "id": 2, "custom_id": field["custom_id"], "value": value });
        json!({ "type": 1, "id": 1, "components": [input] })
    };
    let rows: Vec<Value> = fields.iter().map(row).collect();
    submitted(origin, &super::super::record::text(form, "custom_id"), &json!(rows), message)
}

/// Somebody sent a form of this state with components of the test's own choice.
pub(crate) fn submitted(origin: &Origin, custom_id: &str, components: &Value, message: Option<&Value>) -> Value {
    let data = json!({ "custom_id": custom_id, "components": components });
    let mut event = interaction(origin, 5, &data);
    if let Some(message) = message {
        event["message"] = without_guild(message);
    }
    event
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
    member["roles"] = json!(origin.roles);
    json!({
        "member": member, "guild_id": GUILD, "guild_locale": "en-US",
        "guild": { "id": GUILD, "locale": "en-US", "features": [] },
    })
}

fn channel(origin: &Origin) -> Value {
    match origin.place {
        Place::Guild => json!({
            "id": origin.channel, "type": if origin.thread_of.is_some() { 11 } else { 0 }, "guild_id": GUILD,
            "name": "general", "topic": null, "nsfw": false, "position": 0, "parent_id": origin.thread_of, "rate_limit_per_user": 0, "flags": 0,
            "last_message_id": snowflake(), "permissions": origin.permissions.to_string(),
        }),
        Place::BotDirect | Place::Private => json!({
            "id": origin.channel, "type": 1, "flags": 0, "last_message_id": snowflake(),
            "recipients": [person(&origin.user)], "permissions": origin.permissions.to_string(),
        }),
    }
}
