//! The one table of commands: registration, dispatch, the help and the terminal are all derived from it.

use serde::Serialize;

use super::limits;
use super::wording;
use crate::domain::knowledge::Knowledge;
use crate::domain::request::{Quiz, Request, View};

/// A command that people can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Compares the subjects on one topic.
    Compare,
    /// Says which side suits a project.
    Recommend,
    /// Answers a question in free text.
    Ask,
    /// Begins the tour for newcomers.
    Onboard,
    /// Begins a quiz.
    Quiz,
    /// Posts a message for a welcome channel.
    Panel,
    /// Says what the newcomers of a server did.
    Progress,
    /// Lists all topics.
    Topics,
    /// Says what the bot can do.
    Help,
    /// Deletes what is kept about a person.
    ForgetMe,
    /// Answers the question in somebody's message.
    AnswerThis,
}

impl Command {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 11] = [
        Self::Compare,
        Self::Recommend,
        Self::Ask,
        Self::Onboard,
        Self::Quiz,
        Self::Panel,
        Self::Progress,
        Self::Topics,
        Self::Help,
        Self::ForgetMe,
        Self::AnswerThis,
    ];

    /// The name that people type or pick; a blank stands between a command and its subcommand.
    pub fn name(self) -> &'static str {
        match self {
            Self::Compare => "compare",
            Self::Recommend => "recommend",
            Self::Ask => "ask",
            Self::Onboard => "onboard start",
            Self::Quiz => "onboard quiz",
            Self::Panel => "onboard panel",
            Self::Progress => "onboard progress",
            Self::Topics => "topics",
            Self::Help => "help",
            Self::ForgetMe => "forget-me",
            Self::AnswerThis => "Answer this question",
        }
    }

    /// The command of a name, if there is one.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|command| command.name() == name)
    }

    /// What it asks for, given the text that was typed with it, and a number that is another one each time.
    pub fn request(self, text: &str, number: u32) -> Request {
        match self {
            Self::Compare => Request::Compare(text.to_owned()),
            Self::Recommend => Request::Recommend(text.to_owned()),
            Self::Ask | Self::AnswerThis => Request::Ask(text.to_owned()),
            Self::Onboard => Request::BeginTour,
            Self::Quiz => Request::Show(View::Quiz(Quiz::new(number))),
            Self::Panel => Request::Show(View::Panel),
            Self::Progress => Request::Progress,
            Self::Topics => Request::Show(View::Topics),
            Self::Help => Request::Show(View::Help),
            Self::ForgetMe => Request::Forget,
        }
    }

    /// Whether the answer concerns only whoever asked, or is only the first step of what they do by themselves.
    pub fn is_private(self) -> bool {
        matches!(self, Self::Onboard | Self::Quiz | Self::Progress | Self::ForgetMe | Self::AnswerThis)
    }

    /// Whether it is for those who may manage the server.
    pub fn is_for_managers(self) -> bool {
        matches!(self, Self::Panel | Self::Progress)
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
    description: String,
    #[serde(skip_serializing_if = "is_false")]
    required: bool,
    #[serde(skip_serializing_if = "is_false")]
    autocomplete: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_length: Option<u16>,
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
/// Installed to a server (0) and to a person's own account (1).
const INTEGRATION_TYPES: [u8; 2] = [0, 1];
/// Usable in a server (0), in a direct message with the bot (1) and in other direct messages (2).
const CONTEXTS: [u8; 3] = [0, 1, 2];

/// The definitions of all commands; those with a blank in their name are subcommands of the part before it.
pub fn definitions(knowledge: &Knowledge) -> Vec<Definition> {
    let mut definitions: Vec<Definition> = Vec::new();
    for command in Command::ALL {
        let (description, options) = described(command, knowledge);
        let Some((name, subcommand)) = command.name().split_once(' ').filter(|_| command.is_slash()) else {
            definitions.push(definition(command.name(), command.is_slash(), description, options));
            continue;
        };
        let subcommand = OptionDefinition { kind: SUBCOMMAND, options, ..option(subcommand, description) };
        match definitions.iter_mut().find(|known| known.name == name) {
            Some(known) => known.options.push(subcommand),
            None => definitions.push(definition(name, true, wording::ONBOARD_DESCRIPTION.to_owned(), vec![subcommand])),
        }
    }
    definitions
}

fn definition(name: &'static str, is_slash: bool, description: String, options: Vec<OptionDefinition>) -> Definition {
    let kind = if is_slash { SLASH_COMMAND } else { MESSAGE_COMMAND };
    let (integration_types, contexts) = (INTEGRATION_TYPES, CONTEXTS);
    Definition { name, kind, description, options, integration_types, contexts }
}

/// The description of a command, and its options.
fn described(command: Command, knowledge: &Knowledge) -> (String, Vec<OptionDefinition>) {
    let without_options = |description: &str| (description.to_owned(), Vec::new());
    match command {
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
        Command::Onboard => without_options(wording::TOUR_DESCRIPTION),
        Command::Quiz => without_options(wording::QUIZ_DESCRIPTION),
        Command::Panel => without_options(wording::PANEL_DESCRIPTION),
        Command::Progress => without_options(wording::PROGRESS_DESCRIPTION),
        Command::Topics => (wording::TOPICS_DESCRIPTION.to_owned(), vec![visibility()]),
        Command::Help => (wording::HELP_DESCRIPTION.to_owned(), vec![visibility()]),
        Command::ForgetMe => without_options(wording::FORGET_DESCRIPTION),
        Command::AnswerThis => without_options(""),
    }
}

fn option(name: &'static str, description: String) -> OptionDefinition {
    OptionDefinition {
        kind: TEXT_OPTION,
        name,
        description,
        required: false,
        autocomplete: false,
        max_length: None,
        choices: Vec::new(),
        options: Vec::new(),
    }
}

fn text_option(name: &'static str, description: &str) -> OptionDefinition {
    let option = option(name, description.to_owned());
    OptionDefinition { required: true, max_length: Some(limits::OPTION_TEXT), ..option }
}

fn visibility() -> OptionDefinition {
    let everyone = ChoiceDefinition { name: wording::EVERYONE, value: PUBLIC };
    let only_me = ChoiceDefinition { name: wording::ONLY_ME, value: PRIVATE };
    let option = option(VISIBILITY, wording::VISIBILITY_OPTION.to_owned());
    OptionDefinition { choices: vec![everyone, only_me], ..option }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_false(value: &bool) -> bool {
    !value
}
