//! Registers the commands, and only when they changed: Discord allows few registrations a day.

use std::time::Duration;

use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;
use serenity::all::{ApplicationId, GuildId};
use tracing::info;

use super::request::{Request, Route};
use super::rest::{Rest, RestError};
use crate::domain::knowledge::Knowledge;
use crate::presentation::registration::definitions;

/// What a registered command consists of; Discord adds more to it, such as its id.
const COMPARED: [&str; 6] = ["name", "type", "description", "options", "integration_types", "contexts"];
/// What only commands have that are registered everywhere.
const ONLY_GLOBAL: [&str; 2] = ["integration_types", "contexts"];

/// Registers the commands to a server, or everywhere.
pub(super) async fn register(
    rest: &Rest,
    knowledge: &Knowledge,
    guild: Option<u64>,
    within: Duration,
) -> Result<(), RestError> {
    let current = rest.send(Request::new(Route::Oauth2ApplicationCurrent, Method::GET), within).await?;
    let application_id = current.json::<Application>()?.id;
    let route = match guild {
        Some(guild) => Route::GuildCommands { application_id, guild_id: GuildId::new(guild) },
        None => Route::Commands { application_id },
    };
    let wanted = wanted(knowledge, guild.is_some())?;
    let registered: Vec<Value> = rest.send(Request::new(route, Method::GET), within).await?.json()?;
    let in_guild = guild.is_some();
    if comparable(&registered, in_guild) == comparable(&wanted, in_guild) {
        info!("the {} commands are registered already", wanted.len());
        return Ok(());
    }
    let body = serde_json::to_vec(&wanted).map_err(|error| RestError::Unreadable(error.to_string()))?;
    rest.send(Request::new(route, Method::PUT).json(body), within).await?;
    info!("registered {} commands", wanted.len());
    Ok(())
}

/// The application that a token belongs to.
#[derive(Deserialize)]
struct Application {
    id: ApplicationId,
}

fn wanted(knowledge: &Knowledge, in_guild: bool) -> Result<Vec<Value>, RestError> {
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
