//! The commands in the form in which Discord registers them.
//!
//! It is written here and not by serenity's builder, because `versus commands` prints it in a build without serenity too, and
//! two builders could differ.

use serde::Serialize;

use super::commands::{
    COMMANDS, Command, Completes, FurtherOption, GROUPS, OptionKind, PRIVATE, PRIVATE_NAME, PUBLIC, PUBLIC_NAME,
    Readers, TextOption, VISIBILITY, VISIBILITY_DESCRIPTION,
};
use super::limits;
use crate::domain::knowledge::Knowledge;

/// A command as Discord registers it.
///
/// Source: Discord's API documentation, "Application Command Structure".
#[derive(Debug, Clone, Serialize)]
pub struct Definition {
    name: &'static str,
    #[serde(rename = "type")]
    kind: u8,
    description: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<OptionDefinition>,
    integration_types: &'static [u8],
    contexts: &'static [u8],
}

#[derive(Debug, Clone, Serialize)]
struct OptionDefinition {
    #[serde(rename = "type")]
    kind: u8,
    name: &'static str,
    description: String,
    #[serde(skip_serializing_if = "is_false")]
    required: bool,
    #[serde(skip_serializing_if = "is_false")]
    autocomplete: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_length: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_value: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_value: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<ChoiceDefinition>,
    /// Those of a subcommand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<OptionDefinition>,
}

#[derive(Debug, Clone, Serialize)]
struct ChoiceDefinition {
    name: &'static str,
    value: &'static str,
}

const SLASH_COMMAND: u8 = 1;
const MESSAGE_COMMAND: u8 = 3;
const SUBCOMMAND: u8 = 1;
const TEXT_OPTION: u8 = 3;
const FILE_OPTION: u8 = 11;
const NUMBER_OPTION: u8 = 4;
/// Installed to a server (0) and to a person's own account (1).
const INTEGRATION_TYPES: &[u8] = &[0, 1];
/// Usable in a server (0), in a direct message with the bot (1) and in other direct messages (2).
const CONTEXTS: &[u8] = &[0, 1, 2];
/// Of a command that exists only in servers: installed to a server, usable there.
const ONLY_SERVERS: &[u8] = &[0];

/// The definitions of all commands; those with a blank in their name are subcommands of the part before it.
pub fn definitions(knowledge: &Knowledge) -> Vec<Definition> {
    let mut definitions: Vec<Definition> = Vec::new();
    for command in COMMANDS.iter().filter(|command| command.is_offered(knowledge)) {
        let description = limits::cut(&(command.description)(knowledge), limits::COMMAND_DESCRIPTION);
        let options = options(command);
        let definition = |name, is_slash, description, options| {
            let known = definition(name, is_slash, description, options);
            match command.is_of_servers {
                true => Definition { integration_types: ONLY_SERVERS, contexts: ONLY_SERVERS, ..known },
                false => known,
            }
        };
        let Some((name, subcommand)) = command.name.split_once(' ').filter(|_| command.is_slash()) else {
            definitions.push(definition(command.name, command.is_slash(), description, options));
            continue;
        };
        let subcommand = OptionDefinition { kind: SUBCOMMAND, options, ..option(subcommand, &description) };
        match definitions.iter_mut().find(|known| known.name == name) {
            Some(known) => known.options.push(subcommand),
            None => {
                let group =
                    GROUPS.iter().find(|(group, _)| *group == name).map_or(name, |(_, description)| description);
                definitions.push(definition(name, true, group.to_owned(), vec![subcommand]));
            }
        }
    }
    definitions
}

fn definition(name: &'static str, is_slash: bool, description: String, options: Vec<OptionDefinition>) -> Definition {
    let kind = if is_slash { SLASH_COMMAND } else { MESSAGE_COMMAND };
    let (integration_types, contexts) = (INTEGRATION_TYPES, CONTEXTS);
    Definition { name, kind, description, options, integration_types, contexts }
}

fn options(command: &Command) -> Vec<OptionDefinition> {
    let text = command.text.as_ref().map(text_option);
    let visibility = (command.readers == Readers::AsChosen).then(visibility);
    text.into_iter().chain(command.further.iter().map(further_option)).chain(visibility).collect()
}

fn option(name: &'static str, description: &str) -> OptionDefinition {
    OptionDefinition {
        kind: TEXT_OPTION,
        name,
        description: description.to_owned(),
        required: false,
        autocomplete: false,
        max_length: None,
        min_value: None,
        max_value: None,
        choices: Vec::new(),
        options: Vec::new(),
    }
}

fn text_option(text: &TextOption) -> OptionDefinition {
    let (required, autocomplete, max_length) = (text.required, text.completes, Some(text.most));
    OptionDefinition { required, autocomplete, max_length, ..option(text.name, text.description) }
}

fn further_option(further: &FurtherOption) -> OptionDefinition {
    let known = OptionDefinition { required: further.required, ..option(further.name, further.description) };
    match further.kind {
        OptionKind::Text(most, completes) => {
            OptionDefinition { autocomplete: completes == Completes::Topics, max_length: Some(most), ..known }
        }
        OptionKind::Number(least, most) => {
            OptionDefinition { kind: NUMBER_OPTION, min_value: Some(least), max_value: Some(most), ..known }
        }
        OptionKind::File => OptionDefinition { kind: FILE_OPTION, ..known },
        OptionKind::OneOf(values) => {
            let choices = values.iter().map(|&(value, name)| ChoiceDefinition { name, value });
            OptionDefinition { choices: choices.collect(), ..known }
        }
    }
}

fn visibility() -> OptionDefinition {
    let everyone = ChoiceDefinition { name: PUBLIC_NAME, value: PUBLIC };
    let only_me = ChoiceDefinition { name: PRIVATE_NAME, value: PRIVATE };
    OptionDefinition { choices: vec![everyone, only_me], ..option(VISIBILITY, VISIBILITY_DESCRIPTION) }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_false(value: &bool) -> bool {
    !value
}
