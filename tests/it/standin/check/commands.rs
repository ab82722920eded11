//! Holds the commands that the bot registers against Discord's rules.

use std::collections::HashSet;

use serde_json::{Value, json};
use twilight_model::application::command::{Command, CommandOption, CommandType};
use twilight_validate::command;

use super::Violations;

const SLASH_COMMANDS: usize = 100;
const MENU_COMMANDS: usize = 15;

/// A list of commands that the bot registers.
pub(super) fn check(body: &Value, violations: &mut Violations) {
    let mut body = body.clone();
    for entry in body.as_array_mut().into_iter().flatten() {
        // Discord, not the bot, gives a command its version; a menu command has no description.
        for (name, default) in [("version", "1"), ("description", "")] {
            if entry.is_object() && entry[name].is_null() {
                entry[name] = json!(default);
            }
        }
        // A command without a type is a slash command.
        if entry.is_object() && entry["type"].is_null() {
            entry["type"] = json!(1);
        }
    }
    let Some(commands) = violations.parse::<Vec<Command>>("the commands", &body) else {
        return;
    };
    let mut seen = HashSet::new();
    for entry in &commands {
        violations.require(&entry.name, command::command(entry));
        violations.require(&entry.name, command::options(&entry.options));
        if !seen.insert((u8::from(entry.kind), entry.name.clone())) {
            violations.add(format!("the command {:?} occurs twice", entry.name));
        }
        let both = |option: &&CommandOption| {
            option.autocomplete == Some(true) && option.choices.as_ref().is_some_and(|choices| !choices.is_empty())
        };
        if entry.options.iter().any(|option| both(&option)) {
            violations.add(format!("{}: choices and autocomplete exclude each other", entry.name));
        }
    }
    let count = |kind| commands.iter().filter(|entry| entry.kind == kind).count();
    if count(CommandType::ChatInput) > SLASH_COMMANDS
        || count(CommandType::User) > MENU_COMMANDS
        || count(CommandType::Message) > MENU_COMMANDS
    {
        violations.add("there are too many commands");
    }
}
