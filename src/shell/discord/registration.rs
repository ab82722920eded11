//! Registers the commands, and only when they changed: Discord allows few registrations a day.

use axum::http::Method;
use serde_json::Value;
use serenity::all::{ApplicationId, GuildId};
use tracing::info;

use super::super::config::Discord;
use super::request::{Request, Route};
use super::rest::{Answer, Rest, RestError};
use super::starting::send;
use crate::domain::knowledge::Knowledge;
use crate::presentation::registration::definitions;

/// What a registered command consists of; Discord adds more to it, such as its id.
const COMPARED: [&str; 6] = ["name", "type", "description", "options", "integration_types", "contexts"];
/// The type of a command that is typed, which is left out by some.
const SLASH_COMMAND: u64 = 1;
/// What only commands have that are registered everywhere.
const ONLY_GLOBAL: [&str; 2] = ["integration_types", "contexts"];

/// Where commands are registered.
pub(super) struct Registration<'r> {
    pub(super) rest: &'r Rest,
    pub(super) settings: &'r Discord,
    pub(super) application_id: ApplicationId,
}

/// Registers the commands to a server, or everywhere.
///
/// # Errors
/// Why Discord refused it.
pub(super) async fn register(to: &Registration<'_>, knowledge: &Knowledge) -> Result<(), RestError> {
    let in_guild = to.settings.guild.is_some();
    let route = to.route(to.settings.guild);
    let wanted = wanted(knowledge, in_guild)?;
    let registered: Vec<Value> = to.send(Request::new(route, Method::GET)).await?.json()?;
    if comparable(&registered, in_guild) == comparable(&wanted, in_guild) {
        info!("the {} commands are registered already", wanted.len());
        return Ok(());
    }
    let body = serde_json::to_vec(&wanted).map_err(|error| RestError::Unreadable(error.to_string()))?;
    to.send(Request::new(route, Method::PUT).json(body)).await?;
    info!("registered {} commands", wanted.len());
    Ok(())
}

impl Registration<'_> {
    pub(super) fn route(&self, guild: Option<u64>) -> Route<'static> {
        let application_id = self.application_id;
        match guild {
            Some(guild) => Route::GuildCommands { application_id, guild_id: GuildId::new(guild) },
            None => Route::Commands { application_id },
        }
    }

    pub(super) async fn send(&self, request: Request<'_>) -> Result<Answer, RestError> {
        send(self.rest, self.settings, request).await
    }
}

/// The commands of this knowledge, as they are registered to a server or everywhere.
pub(super) fn wanted(knowledge: &Knowledge, in_guild: bool) -> Result<Vec<Value>, RestError> {
    let json =
        serde_json::to_value(definitions(knowledge)).map_err(|error| RestError::Unreadable(error.to_string()))?;
    let Value::Array(mut commands) = json else { return Ok(Vec::new()) };
    if in_guild {
        for command in commands.iter_mut().filter_map(Value::as_object_mut) {
            ONLY_GLOBAL.iter().for_each(|name| drop(command.remove(*name)));
        }
    }
    Ok(commands)
}

/// What tells one command from another.
pub(super) fn kind_and_name(command: &Value) -> (u64, String) {
    let kind = command.get("type").and_then(Value::as_u64).unwrap_or(SLASH_COMMAND);
    (kind, command.get("name").and_then(Value::as_str).unwrap_or_default().to_owned())
}

/// Commands without what Discord adds, in the order of their names.
fn comparable(commands: &[Value], in_guild: bool) -> Vec<Value> {
    let mut commands: Vec<Value> = commands.iter().map(meaningful).collect();
    for command in commands.iter_mut().filter_map(Value::as_object_mut) {
        // Discord fills in what only global commands have.
        command
            .retain(|name, _| COMPARED.contains(&name.as_str()) && !(in_guild && ONLY_GLOBAL.contains(&name.as_str())));
    }
    commands.sort_by_key(|command| command.get("name").map(ToString::to_string));
    commands
}

/// A value without fields that say nothing: Discord leaves some out and fills in others.
fn meaningful(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let says_something = |value: &Value| match value {
                Value::Null | Value::Bool(false) => false,
                Value::Array(items) => !items.is_empty(),
                Value::String(text) => !text.is_empty(),
                _ => true,
            };
            let kept = fields.iter().filter(|(_, value)| says_something(value));
            Value::Object(kept.map(|(name, value)| (name.clone(), meaningful(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(meaningful).collect()),
        other => other.clone(),
    }
}
