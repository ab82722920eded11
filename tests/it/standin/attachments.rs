//! The files of messages: an edit says which of them stay, and those that an embed shows are listed nowhere else.
//!
//! Source: Discord's API documentation, issue 1340 and pull request 8279 of discord/discord-api-docs.

use serde_json::{Value, json};

use super::events::snowflake;
use super::record::{File, list, text};

const SCHEME: &str = "attachment://";

/// Gives a message the files of a payload; `held` are all the files that it has, whether they are listed or not.
pub(super) fn attach(message: &mut Value, held: &mut Vec<Value>, payload: &Value, files: &[File]) {
    let channel = text(message, "channel_id");
    let fresh = |file: &File, said: &Value| attachment(&channel, file, said);
    match payload.get("attachments").and_then(Value::as_array) {
        // What the list leaves out is gone; without a list all stays.
        Some(listed) => {
            let named = listed.iter().filter_map(|said| match files.iter().find(|file| file.is_meant_by(said)) {
                Some(file) => Some(fresh(file, said)),
                None => held.iter().find(|held| held["id"] == said["id"]).cloned(),
            });
            *held = named.collect();
        }
        None => held.extend(files.iter().map(|file| fresh(file, &Value::Null))),
    }
    let shown = show(message, held);
    message["attachments"] = held.iter().filter(|held| !shown.contains(&text(held, "url"))).cloned().collect();
}

/// The names of the files that the embeds of a payload refer to.
pub(super) fn referred_to(payload: &Value) -> Vec<String> {
    let urls = list(payload, "embeds").iter().map(|embed| text(&embed["image"], "url"));
    urls.filter_map(|url| url.strip_prefix(SCHEME).map(str::to_owned)).collect()
}

/// Puts the address of a file in the place of its name, and gives all addresses that embeds show.
fn show(message: &mut Value, held: &[Value]) -> Vec<String> {
    let mut shown = Vec::new();
    for embed in message["embeds"].as_array_mut().into_iter().flatten() {
        let url = text(&embed["image"], "url");
        if let Some(name) = url.strip_prefix(SCHEME) {
            let meant = held.iter().find(|held| held["filename"] == name);
            embed["image"]["url"] = meant.map_or(Value::Null, |meant| meant["url"].clone());
        }
        shown.push(text(&embed["image"], "url"));
    }
    shown
}

fn attachment(channel: &str, file: &File, said: &Value) -> Value {
    let id = snowflake();
    let url = format!("https://cdn.discordapp.com/attachments/{channel}/{id}/{}", file.name);
    let mut attachment = json!({
        "id": id, "filename": file.name, "size": file.content.len(), "url": url, "proxy_url": url,
        "content_type": "image/png",
    });
    if said["description"].is_string() {
        attachment["description"] = said["description"].clone();
    }
    attachment
}
