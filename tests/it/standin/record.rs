//! One request that the bot sent, as the stand-in recorded it, and the questions a test asks about it.

use std::fmt;

use axum::http::HeaderMap;
use serde_json::Value;

/// Only the asker sees the message.
pub(super) const EPHEMERAL: u64 = 1 << 6;

/// A request to the REST API.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    pub(crate) method: String,
    /// Without `/api/v10` and without the query.
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    /// The JSON body, or the `payload_json` of a form; null where there is none.
    pub(crate) body: Value,
    pub(crate) files: Vec<File>,
    /// What the stand-in answered; none where it let the request hang.
    pub(crate) answered: Option<u16>,
}

/// A file that was sent with a request.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// The name of its part of the form, such as `files[0]`.
    pub(crate) part: String,
    pub(crate) name: String,
    pub(crate) content: Vec<u8>,
}

impl File {
    /// Whether an entry of a payload's list of attachments is about this file.
    pub(crate) fn is_meant_by(&self, said: &Value) -> bool {
        let id = said["id"].as_u64().map(|id| id.to_string()).unwrap_or_else(|| text(said, "id"));
        self.part == format!("files[{id}]")
    }
}

impl Recorded {
    /// `POST /channels/1/messages`: what faults and matchers compare with.
    pub(crate) fn line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub(crate) fn segments(&self) -> Vec<&str> {
        self.path.trim_matches('/').split('/').collect()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The type of an interaction callback: 4 is a message, 5 a deferral, 7 an edit, 8 a list of choices.
    pub(crate) fn callback_type(&self) -> Option<u64> {
        self.body.get("type")?.as_u64()
    }

    /// The message in it, whichever way it was sent.
    pub(crate) fn message(&self) -> &Value {
        match self.segments().as_slice() {
            ["interactions", ..] => self.body.get("data").unwrap_or(&Value::Null),
            _ => &self.body,
        }
    }

    pub(crate) fn is_ephemeral(&self) -> bool {
        is_ephemeral(self.message())
    }

    /// Whether the message says that nobody is to be notified, whatever its text contains.
    pub(crate) fn pings_nobody(&self) -> bool {
        let allowed = &self.message()["allowed_mentions"];
        let empty = |list: &Value| list.as_array().is_none_or(Vec::is_empty);
        allowed.get("parse").is_some_and(Value::is_array)
            && ["parse", "users", "roles"].iter().all(|kind| empty(&allowed[*kind]))
            && allowed["replied_user"].as_bool() != Some(true)
    }

    /// The buttons and menus of the message, row after row.
    pub(crate) fn controls(&self) -> Vec<Value> {
        controls(self.message())
    }

    /// The control that carries this label, or a menu with this placeholder.
    #[track_caller]
    pub(crate) fn control(&self, label: &str) -> Value {
        let named = |control: &&Value| control["label"] == label || control["placeholder"] == label;
        let controls = self.controls();
        match controls.iter().find(named) {
            Some(control) => control.clone(),
            None => panic!("no control {label:?} among {controls:#?}"),
        }
    }

    /// The choices of an autocomplete answer, as (name, value).
    pub(crate) fn choices(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        list(self.message(), "choices").iter().map(|choice| (text(&choice["name"]), text(&choice["value"]))).collect()
    }
}

impl fmt::Display for Recorded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let answered = self.answered.map_or_else(|| "hangs".to_owned(), |status| status.to_string());
        write!(formatter, "{} → {answered}  {}", self.line(), self.body)
    }
}

/// Matches the callbacks to this interaction event.
pub(crate) fn callback_to(interaction: &Value) -> impl Fn(&Recorded) -> bool + use<> {
    let start = format!("POST /interactions/{}/", text(interaction, "id"));
    move |request| request.line().starts_with(&start)
}

/// Matches edits of the answer to this interaction, follow-ups to it, and their deletion.
pub(crate) fn webhook_of(interaction: &Value) -> impl Fn(&Recorded) -> bool + use<> {
    let (application, token) = (text(interaction, "application_id"), text(interaction, "token"));
    let start = format!("/webhooks/{application}/{token}");
    move |request| request.path.starts_with(&start)
}

/// Matches messages sent to this channel.
pub(crate) fn message_in(channel: &str) -> impl Fn(&Recorded) -> bool + use<> {
    let line = format!("POST /channels/{channel}/messages");
    move |request| request.line() == line
}

/// Matches the lists of commands that the bot registers.
pub(crate) fn command_list(request: &Recorded) -> bool {
    request.method == "PUT" && request.path.ends_with("/commands")
}

pub(super) fn controls(message: &Value) -> Vec<Value> {
    list(message, "components").iter().flat_map(|row| list(row, "components")).cloned().collect()
}

pub(super) fn is_ephemeral(message: &Value) -> bool {
    message["flags"].as_u64().unwrap_or_default() & EPHEMERAL != 0
}

/// A list in an object; empty where it is missing or null.
pub(super) fn list<'value>(object: &'value Value, name: &str) -> &'value [Value] {
    object.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A text in an object; empty where it is missing.
pub(super) fn text(object: &Value, name: &str) -> String {
    object.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}
