//! The one table of commands: registration, dispatch, the help and the terminal are all derived from it.

use serde::Serialize;

use super::limits;
use super::wording;
use crate::domain::knowledge::Knowledge;
use crate::domain::request::{Request, Shown};

/// A command that people can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Compares the subjects on one topic.
    Compare,
    /// Says which side suits a project.
    Recommend,
    /// Answers a question in free text.
    Ask,
    /// Lists all topics.
    Topics,
    /// Says what the bot can do.
    Help,
    /// Answers the question in somebody's message.
    AnswerThis,
}

impl Command {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] = [Self::Compare, Self::Recommend, Self::Ask, Self::Topics, Self::Help, Self::AnswerThis];

    /// The name that people type or pick.
    pub fn name(self) -> &'static str {
        match self {
            Self::Compare => "compare",
            Self::Recommend => "recommend",
            Self::Ask => "ask",
            Self::Topics => "topics",
            Self::Help => "help",
            Self::AnswerThis => "Answer this question",
        }
    }

    /// The command of a name, if there is one.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|command| command.name() == name)
    }

    /// What it asks for, given the text that was typed with it.
    pub fn request(self, text: &str) -> Request {
        match self {
            Self::Compare => Request::Compare(text.to_owned()),
            Self::Recommend => Request::Recommend(text.to_owned()),
            Self::Ask | Self::AnswerThis => Request::Ask(text.to_owned()),
            Self::Topics => Request::Show(Shown::Topics),
            Self::Help => Request::Show(Shown::Help),
        }
    }

    /// Whether it is typed after a slash rather than picked from a message's menu.
    pub fn is_slash(self) -> bool {
        self != Self::AnswerThis
    }
}

/// The option that holds a topic.
pub const TOPIC: &str = "topic";
/// The option that holds the description of a project.
pub const PROJECT: &str = "project";
/// The option that holds a question.
pub const QUESTION: &str = "question";
/// The option that says who sees the answer.
pub const VISIBILITY: &str = "visibility";
/// The value of that option for an answer that only the asker sees.
pub const PRIVATE: &str = "private";
/// The value of that option for an answer that everyone sees.
pub const PUBLIC: &str = "public";

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
    integration_types: [u8; 2],
    contexts: [u8; 3],
}

#[derive(Debug, Clone, Serialize)]
struct OptionDefinition {
    #[serde(rename = "type")]
    kind: u8,
    name: &'static str,
    description: &'static str,
    #[serde(skip_serializing_if = "is_false")]
    required: bool,
    #[serde(skip_serializing_if = "is_false")]
    autocomplete: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_length: Option<u16>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<ChoiceDefinition>,
}

#[derive(Debug, Clone, Serialize)]
struct ChoiceDefinition {
    name: &'static str,
    value: &'static str,
}

const SLASH_COMMAND: u8 = 1;
const MESSAGE_COMMAND: u8 = 3;
const TEXT_OPTION: u8 = 3;
/// Installed to a server (0) and to a person's own account (1).
const INTEGRATION_TYPES: [u8; 2] = [0, 1];
/// Usable in a server (0), in a direct message with the bot (1) and in other direct messages (2).
const CONTEXTS: [u8; 3] = [0, 1, 2];

/// The definitions of all commands.
pub fn definitions(knowledge: &Knowledge) -> Vec<Definition> {
    Command::ALL.into_iter().map(|command| definition(command, knowledge)).collect()
}

fn definition(command: Command, knowledge: &Knowledge) -> Definition {
    let (description, options) = match command {
        Command::Compare => {
            let topic = OptionDefinition { autocomplete: true, ..text_option(TOPIC, wording::TOPIC_OPTION) };
            (wording::compare_description(knowledge), vec![topic, visibility()])
        }
        Command::Recommend => {
            // Without a description it begins with the first question.
            let project = OptionDefinition { required: false, ..text_option(PROJECT, wording::PROJECT_OPTION) };
            (wording::recommend_description(knowledge), vec![project, visibility()])
        }
        Command::Ask => {
            let question = text_option(QUESTION, wording::QUESTION_OPTION);
            (wording::ask_description(knowledge), vec![question, visibility()])
        }
        Command::Topics => (wording::TOPICS_DESCRIPTION.to_owned(), vec![visibility()]),
        Command::Help => (wording::HELP_DESCRIPTION.to_owned(), vec![visibility()]),
        Command::AnswerThis => (String::new(), Vec::new()),
    };
    let kind = if command.is_slash() { SLASH_COMMAND } else { MESSAGE_COMMAND };
    let (integration_types, contexts) = (INTEGRATION_TYPES, CONTEXTS);
    Definition { name: command.name(), kind, description, options, integration_types, contexts }
}

fn text_option(name: &'static str, description: &'static str) -> OptionDefinition {
    OptionDefinition {
        kind: TEXT_OPTION,
        name,
        description,
        required: true,
        autocomplete: false,
        max_length: Some(limits::OPTION_TEXT),
        choices: Vec::new(),
    }
}

fn visibility() -> OptionDefinition {
    let everyone = ChoiceDefinition { name: wording::EVERYONE, value: PUBLIC };
    let only_me = ChoiceDefinition { name: wording::ONLY_ME, value: PRIVATE };
    OptionDefinition {
        kind: TEXT_OPTION,
        name: VISIBILITY,
        description: wording::VISIBILITY_OPTION,
        required: false,
        autocomplete: false,
        max_length: None,
        choices: vec![everyone, only_me],
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_false(value: &bool) -> bool {
    !value
}
