//! The one table of commands: registration, dispatch, the help and the terminal are all derived from it.

mod options;

use super::wording;
use crate::domain::decisions::{Step, Written};
use crate::domain::knowledge::{Knowledge, Side};
use crate::domain::request::{DecisionRequest, Quiz, Request, TeamRequest, View};
pub use options::{
    BY, Completes, FILE, FurtherOption, HOURS, MINIMUM, MODE, NUMBER, OPTIONS, OptionKind, PRIVATE, PROJECT, PUBLIC,
    QUESTION, TAKE, TOPIC, TextOption, VISIBILITY,
};
use options::{BY_OPTION, FILE_OPTIONS, NUMBER_OPTION, VOTE_OPTIONS, text};
pub(super) use options::{PRIVATE_NAME, PUBLIC_NAME, VISIBILITY_DESCRIPTION};

/// A command that people can use.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// What people type after a slash or pick; a blank stands between a command and its subcommand.
    pub name: &'static str,
    /// Where it is found.
    pub kind: Kind,
    /// What it does, as Discord shows it beside the name.
    pub description: fn(&Knowledge) -> String,
    /// The text that is typed with it, if any.
    pub text: Option<TextOption>,
    /// What else can be given with it, behind that text.
    pub further: &'static [FurtherOption],
    /// Who may use it.
    pub users: Users,
    /// Whether it exists only in servers to which the bot was added.
    pub is_of_servers: bool,
    /// Who sees the answer.
    pub readers: Readers,
    /// What the help says of it; some commands need nothing.
    pub help: Option<&'static str>,
    /// Whether the knowledge has what it shows: a folder may have no tours, no quiz and no kinds of project.
    pub needs: fn(&Knowledge) -> bool,
    /// What it asks for, given the text that was typed with it, and a number that is another one each time.
    pub request: fn(&str, u32) -> Request,
    /// The same for a command with further options, given what was typed into the option of a name.
    pub request_of: Option<fn(&Given<'_>) -> Request>,
}

/// What was typed into the option of a name, if anything was.
pub type Given<'g> = dyn Fn(&str) -> Option<String> + 'g;

/// Where a command is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It is typed after a slash.
    Slash,
    /// It is picked from the menu of a message, whose text it gets.
    Message,
}

/// Who may use a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Users {
    /// Everyone.
    Everyone,
    /// Those who may manage the server.
    Managers,
    /// Those who may write notes: who manages the server, and the role of its settings.
    Writers,
}

/// Who sees the answer to a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Everyone, unless the asker chooses otherwise by the option [`VISIBILITY`].
    AsChosen,
    /// Everyone.
    Everyone,
    /// Only the asker: it concerns nobody else, or is the first step of something that one does alone.
    OnlyAsker,
}

/// The command whose text is completed to a topic.
pub const COMPARE: &str = "compare";

/// All commands, in the order in which they are shown.
pub static COMMANDS: [Command; 24] = [
    Command {
        text: Some(TextOption { completes: true, ..text(TOPIC, "A topic, or any words for it") }),
        help: Some("one topic"),
        ..command(
            COMPARE,
            |knowledge| format!("{} compared on one topic, with sources", both(knowledge, "and")),
            |text, _| Request::Compare(text.to_owned()),
        )
    },
    Command {
        text: Some(TextOption {
            // Without a description it begins with the first question.
            required: false,
            ..text(PROJECT, "What you build, for whom, who builds it, by when; I ask for what is missing")
        }),
        help: Some("which side suits it, and why"),
        needs: |knowledge| !knowledge.projects.is_empty() || !knowledge.weighing.factors.is_empty(),
        ..command(
            "recommend",
            |knowledge| format!("{} for your project, with the working shown", both(knowledge, "or")),
            |text, _| Request::Recommend(text.to_owned()),
        )
    },
    Command {
        text: Some(text(QUESTION, "Your question")),
        help: Some("in your own words"),
        ..command(
            "ask",
            |knowledge| format!("Ask anything about {} in your own words", both(knowledge, "versus")),
            |text, _| Request::Ask(text.to_owned()),
        )
    },
    Command {
        readers: Readers::OnlyAsker,
        help: Some("a tour in ten minutes"),
        needs: has_tours,
        ..command(
            "onboard start",
            |_| "Understand both stacks in ten minutes; only you see it, and it goes on where you left it".to_owned(),
            |_, _| Request::BeginTour,
        )
    },
    Command {
        readers: Readers::OnlyAsker,
        help: Some("five questions"),
        needs: |knowledge| !knowledge.onboarding.questions.is_empty(),
        ..command(
            "onboard quiz",
            |_| "Five questions, each answer explained".to_owned(),
            |_, number| Request::Show(View::Quiz(Quiz::new(number))),
        )
    },
    Command {
        users: Users::Managers,
        readers: Readers::Everyone,
        needs: has_tours,
        ..command(
            "onboard panel",
            |_| "Post a message with a Start button here (for those who manage the server)".to_owned(),
            |_, _| Request::Show(View::Panel),
        )
    },
    Command {
        users: Users::Managers,
        readers: Readers::OnlyAsker,
        needs: has_tours,
        ..command(
            "onboard progress",
            |_| "How many started and finished a tour, without names (for those who manage the server)".to_owned(),
            |_, _| Request::Progress,
        )
    },
    Command {
        text: Some(TextOption { completes: true, ..text(TOPIC, "A topic or a tool") }),
        users: Users::Writers,
        readers: Readers::OnlyAsker,
        is_of_servers: true,
        help: Some("your own word"),
        ..command(
            "note",
            |_| "Your team's own word on a topic or a tool (for those who may write notes)".to_owned(),
            |text, _| Request::Team(TeamRequest::FindNote(text.to_owned())),
        )
    },
    Command {
        users: Users::Managers,
        readers: Readers::OnlyAsker,
        is_of_servers: true,
        help: Some("what was asked"),
        ..command(
            "insights",
            |_| "What was asked here, and which answers were useful (for those who manage the server)".to_owned(),
            |_, _| Request::Team(TeamRequest::Insights),
        )
    },
    Command {
        users: Users::Writers,
        readers: Readers::OnlyAsker,
        is_of_servers: true,
        help: Some("what I did not know"),
        ..command(
            "gaps list",
            |_| "Questions that got no answer here, to be added to topics".to_owned(),
            |_, _| Request::Show(View::Gaps),
        )
    },
    Command {
        users: Users::Writers,
        readers: Readers::OnlyAsker,
        is_of_servers: true,
        ..command(
            "gaps export",
            |_| "The questions as TOML, to be merged into the data".to_owned(),
            |_, _| Request::Team(TeamRequest::ExportGaps),
        )
    },
    Command {
        text: Some(text(QUESTION, "What is to be decided")),
        further: &VOTE_OPTIONS,
        users: Users::Writers,
        readers: Readers::Everyone,
        is_of_servers: true,
        request_of: Some(vote),
        help: Some("a vote"),
        ..command(
            "decide",
            |_| "Put a question to the vote, and record what comes of it (for those who may write notes)".to_owned(),
            |_, _| Request::Show(View::Decisions(0)),
        )
    },
    Command {
        readers: Readers::OnlyAsker,
        is_of_servers: true,
        help: Some("what it led to"),
        ..command(
            "decisions list",
            |_| "What your team decided, the latest first".to_owned(),
            |_, _| Request::Show(View::Decisions(0)),
        )
    },
    Command {
        further: &[NUMBER_OPTION],
        readers: Readers::OnlyAsker,
        is_of_servers: true,
        request_of: Some(|given| Request::Show(View::Decision(number(given, NUMBER)))),
        ..command(
            "decisions show",
            |_| "A decision with its reasons and votes".to_owned(),
            |_, _| Request::Show(View::Decisions(0)),
        )
    },
    Command {
        further: &[NUMBER_OPTION, BY_OPTION],
        users: Users::Writers,
        readers: Readers::OnlyAsker,
        is_of_servers: true,
        request_of: Some(|given| step(given, Step::Supersede(number(given, BY)))),
        ..command(
            "decisions supersede",
            |_| "Another decision takes the place of one (for those who may write notes)".to_owned(),
            |_, _| Request::Show(View::Decisions(0)),
        )
    },
    Command {
        further: &[NUMBER_OPTION],
        users: Users::Writers,
        readers: Readers::OnlyAsker,
        is_of_servers: true,
        request_of: Some(|given| step(given, Step::Withdraw)),
        ..command(
            "decisions withdraw",
            |_| "A decision does not count any more (for those who may write notes)".to_owned(),
            |_, _| Request::Show(View::Decisions(0)),
        )
    },
    Command {
        readers: Readers::OnlyAsker,
        is_of_servers: true,
        ..command(
            "decisions export",
            |_| "All decisions as Markdown, in the MADR form".to_owned(),
            |_, _| Request::Decision(DecisionRequest::Export),
        )
    },
    Command {
        users: Users::Managers,
        readers: Readers::OnlyAsker,
        is_of_servers: true,
        help: Some("all as a file"),
        ..command(
            "team export",
            |_| "Settings, notes, added questions and decisions of this server as one file".to_owned(),
            |_, _| Request::Team(TeamRequest::Export),
        )
    },
    Command {
        further: &FILE_OPTIONS,
        users: Users::Managers,
        readers: Readers::OnlyAsker,
        is_of_servers: true,
        ..command(
            "team import",
            |_| "Look at such a file, or keep what it says instead of what is kept".to_owned(),
            // Where the file could not be had there is nothing to look at.
            |_, _| Request::Team(TeamRequest::Examine(Err(vec![wording::NO_FILE.to_owned()]))),
        )
    },
    Command {
        users: Users::Managers,
        readers: Readers::OnlyAsker,
        is_of_servers: true,
        help: Some("who sees answers"),
        ..command(
            "settings",
            |_| {
                "Who sees answers here, in which channels, and who writes notes (for those who manage the server)"
                    .to_owned()
            },
            |_, _| Request::Team(TeamRequest::Settings),
        )
    },
    Command {
        help: Some("all that can be compared"),
        ..command("topics", |_| "List everything that can be compared".to_owned(), |_, _| Request::Show(View::Topics))
    },
    command("help", |_| "What this bot can do and how to ask it".to_owned(), |_, _| Request::Show(View::Help)),
    Command {
        readers: Readers::OnlyAsker,
        help: Some("deletes what I keep about you: your step in a tour, and your 👍 and 👎 of the last 7 days"),
        ..command(
            "forget-me",
            |_| "Delete what I keep about you: how far you got with a tour, what you found useful".to_owned(),
            |_, _| Request::Forget,
        )
    },
    Command {
        kind: Kind::Message,
        readers: Readers::OnlyAsker,
        help: Some("only you see it"),
        // Discord allows no description here.
        ..command(ANSWER_THIS, |_| String::new(), |text, _| Request::Ask(text.to_owned()))
    },
];

/// What commands of several words have in common, by their first word.
pub(super) const GROUPS: [(&str, &str); 4] = [
    ("decisions", "What your team decided"),
    ("onboard", "For newcomers: a tour and a quiz"),
    ("gaps", "Questions without an answer (for those who may write notes)"),
    ("team", "What your team keeps, as a file (for those who manage the server)"),
];
/// The second word of a command that is meant where only the first one is typed.
pub const LIST: &str = "list";

fn has_tours(knowledge: &Knowledge) -> bool {
    !knowledge.onboarding.paths.is_empty()
}

/// The vote that was typed.
fn vote(given: &Given<'_>) -> Request {
    let [question, options, hours, least] =
        [QUESTION, OPTIONS, HOURS, MINIMUM].map(|name| given(name).unwrap_or_default());
    let written = Written { question, options, hours, least };
    Request::Decision(DecisionRequest::Vote(written, given(TOPIC).unwrap_or_default(), None))
}

/// A number that was typed; no decision has the number 0.
fn number(given: &Given<'_>, name: &str) -> u32 {
    given(name).and_then(|number| number.parse().ok()).unwrap_or_default()
}

fn step(given: &Given<'_>, step: Step) -> Request {
    Request::Decision(DecisionRequest::Step(number(given, NUMBER), step))
}

/// The names of both subjects.
fn both(knowledge: &Knowledge, between: &str) -> String {
    let [first, second] = Side::BOTH.map(|side| &knowledge.subject(side).name);
    format!("{first} {between} {second}")
}

/// A command after a slash, for everyone, without a text.
const fn command(
    name: &'static str,
    description: fn(&Knowledge) -> String,
    request: fn(&str, u32) -> Request,
) -> Command {
    let (kind, users, readers, is_of_servers) = (Kind::Slash, Users::Everyone, Readers::AsChosen, false);
    let (text, further, help, request_of) = (None, &[] as &[FurtherOption], None, None);
    Command {
        name,
        kind,
        description,
        text,
        further,
        users,
        is_of_servers,
        readers,
        help,
        needs: |_| true,
        request,
        request_of,
    }
}

impl Command {
    /// The command of a name, if there is one.
    pub fn by_name(name: &str) -> Option<Self> {
        COMMANDS.iter().find(|command| command.name == name).copied()
    }

    /// How it is used, as people read it: `/compare topic`, for example.
    pub fn usage(&self) -> String {
        match (self.kind, self.text) {
            (Kind::Message, _) => format!("Apps → {}", self.name),
            (Kind::Slash, Some(text)) => format!("/{} {}", self.name, text.name),
            (Kind::Slash, None) => format!("/{}", self.name),
        }
    }

    /// What it asks for, given the text that was typed with it, and a number that is another one each time.
    pub fn request(&self, text: &str, number: u32) -> Request {
        (self.request)(text, number)
    }

    /// Whether the knowledge has what it shows.
    pub fn is_offered(&self, knowledge: &Knowledge) -> bool {
        (self.needs)(knowledge)
    }

    /// Whether only the asker sees the answer, whatever they choose.
    pub fn is_private(&self) -> bool {
        self.readers == Readers::OnlyAsker
    }

    /// Whether it is for those who may manage the server.
    pub fn is_for_managers(&self) -> bool {
        self.users == Users::Managers
    }

    /// Whether the terminal has it: it has no channel to post into, and no messages with menus.
    pub fn is_in_terminal(&self) -> bool {
        self.is_slash() && self.readers != Readers::Everyone
    }

    /// Whether it is typed after a slash.
    pub fn is_slash(&self) -> bool {
        self.kind == Kind::Slash
    }
}

/// The name of the command in the menu of a message.
pub const ANSWER_THIS: &str = "Answer this question";
