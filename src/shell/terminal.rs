//! The same bot as a chat in the terminal: slash commands, free text, numbered buttons, and forms line by line.

mod editor;
mod files;
mod filling;
mod history;
mod screen;
mod team;

use std::io::{Write, stderr};
use std::path::Path;
use std::rc::Rc;

use filling::{Filled, Filling};
use team::Teamwork;

use super::config::Settings;
use super::input::{self, Next};
use super::own_memory::OwnMemory;
use super::road::{self, Arrived, Asked};
use super::{Failure, chance, data, output};
use crate::domain::core::Core;
use crate::domain::request::{More, Request, TeamRequest, View};
use crate::domain::situation::Audience;
use crate::presentation::commands::{self, Command, OptionKind};
use crate::presentation::custom_id::{Form, Verb};
use crate::presentation::plain::{self, Key};
use crate::presentation::typed::{self, Typed, typed};
use crate::presentation::{Controls, Reader, backup, form, registration, wording};

/// What one line of the chat led to.
enum Step {
    /// Something to read.
    Say(String),
    /// The chat is over.
    Stop,
}

/// A chat: what is known, and what can be pressed under the last answer.
struct Chat {
    core: Rc<Core>,
    keys: Vec<Key>,
    /// What the last answer was about; the next line may ask about it.
    earlier: Option<View>,
    /// Whether somebody reads what can be pressed, and presses it.
    is_interactive: bool,
    memory: OwnMemory,
    teamwork: Teamwork,
    /// The form that the next line is for.
    filling: Option<Filling>,
    /// What was last filled into a form, which begins with it where a button opens it again.
    filled: Option<Filled>,
}

/// Opens a chat, whose lines are kept where the settings say; it ends with the input or with a word such as `quit`.
///
/// # Errors
/// The data cannot be used, or the terminal cannot be read.
pub fn chat(folder: Option<&Path>, settings: &Settings) -> Result<(), Failure> {
    let core = Rc::new(data::load(folder)?);
    let mut chat = Chat::new(core, Teamwork::new(settings));
    // If standard error is closed, nobody reads it.
    let width = screen::layout().width;
    let _ = writeln!(stderr(), "{}", plain::wrap(wording::NO_TOKEN, width));
    if chat.is_interactive {
        output::line(&plain::wrap(wording::CHAT_GREETING, width))?;
    }
    if let Err(failure) = chat.teamwork.open_existing() {
        // What a team keeps is not needed for an answer.
        let _ = writeln!(stderr(), "{failure}");
    }
    if chat.is_interactive {
        return editor::read_lines(&mut chat, settings.history.as_deref());
    }
    input::lines(|line| match chat.step(line) {
        Step::Say(text) => output::line(&text).map(|()| Next::Line),
        Step::Stop => Ok(Next::Stop),
    })
}

/// Prints an answer: all there is to say about it, or in brief with the command that prints the rest.
///
/// # Errors
/// The output cannot be written.
pub(super) fn print_answer(core: &Core, arrived: &Arrived<'_>, command: &str, details: bool) -> Result<(), Failure> {
    let text = |arrived: &Arrived<'_>| plain::text_only(&arrived.reply(), screen::layout());
    let views = arrived.answer().views();
    let shown = match (views.is_empty(), details) {
        (true, _) => text(arrived),
        (false, false) => format!("{}\n{}", text(arrived), wording::more_by(command)),
        (false, true) => {
            let requests = views.into_iter().map(|view| Request::Show(View::More(More::Details, Box::new(view))));
            requests.map(|request| text(&answer(core, request))).collect::<Vec<_>>().join("\n")
        }
    };
    output::line(&shown)
}

/// Prints the commands that the bot registers.
///
/// # Errors
/// The data cannot be used.
pub fn print_commands(folder: Option<&Path>) -> Result<(), Failure> {
    let core = data::load(folder)?;
    let definitions = registration::definitions(core.knowledge());
    let json = serde_json::to_string_pretty(&definitions).map_err(|error| {
        Failure::new(format!("the commands cannot be written as JSON: {error}"), "report it as a fault of versus")
    })?;
    output::line(&json)
}

/// Answers a request of the command line, where nothing is kept.
pub(super) fn answer(core: &Core, request: Request) -> Arrived<'_> {
    pollster::block_on(road::take(core, &OwnMemory::default(), asked(request)))
}

/// A request of somebody who sits before a terminal.
fn asked(request: Request) -> Asked {
    let reader = Reader { audience: Audience::OnlyAsker, controls: Controls::None, ..Reader::default() };
    Asked { can_be_private: true, ..Asked::alone(request, reader) }
}

impl Chat {
    fn new(core: Rc<Core>, teamwork: Teamwork) -> Self {
        let is_interactive = screen::is_interactive();
        let (keys, memory) = (Vec::new(), OwnMemory::default());
        Self { core, keys, earlier: None, is_interactive, memory, teamwork, filling: None, filled: None }
    }

    fn step(&mut self, line: &str) -> Step {
        let line = line.trim();
        if let Some(filling) = self.filling.take() {
            return self.fill(filling, line);
        }
        if ends(line) {
            return Step::Stop;
        }
        if let Some(number) = self.labelled(line) {
            return Step::Say(self.press(&[number]));
        }
        let numbers: Result<Vec<usize>, _> =
            line.split([' ', ',']).filter(|part| !part.is_empty()).map(str::parse).collect();
        if let Some(numbers) = numbers.ok().filter(|numbers| !numbers.is_empty()) {
            return Step::Say(self.press(&numbers));
        }
        // A form that a command opens begins with what is kept.
        self.filled = None;
        match typed(line) {
            Typed::Text("") => Step::Say(String::new()),
            Typed::Text(text) => self.ask(text.to_owned()),
            Typed::Command(command, text) => Step::Say(self.command(&command, text)),
            Typed::UnknownCommand => Step::Say(wording::NO_SUCH_COMMAND.to_owned()),
        }
    }

    fn ask(&mut self, text: String) -> Step {
        Step::Say(self.answer(match self.earlier.clone() {
            Some(earlier) => Request::Follow(text, earlier),
            None => Request::Ask(text),
        }))
    }

    fn command(&mut self, command: &Command, text: &str) -> String {
        if !command.is_in_terminal() {
            return wording::terminal::ONLY_IN_DISCORD.to_owned();
        }
        if command.is_of_servers || command.is_for_managers() {
            // These need the team's database, which is made if need be.
            if let Err(failure) = self.teamwork.open() {
                return failure.to_string();
            }
        }
        let takes_file = command.further.iter().any(|option| matches!(option.kind, OptionKind::File));
        self.answer(match takes_file {
            true => self.import(command, text),
            false => typed::request(command, text, chance::number()),
        })
    }

    /// What is asked for with a file of a team.
    fn import(&self, command: &Command, text: &str) -> Request {
        let given = typed::given(command, text);
        let file = given.get(commands::FILE).ok_or_else(|| wording::terminal::NAME_A_FILE.to_owned());
        let read = file.and_then(|name| files::read(name)).map_err(|problem| vec![problem]);
        let server = self.teamwork.server();
        let read = read.and_then(|text| backup::read_file(&text, server, self.core.knowledge())).map(Box::new);
        let is_taken = given.get(commands::MODE).is_some_and(|mode| mode == commands::TAKE);
        Request::Team(if is_taken { TeamRequest::Import(read) } else { TeamRequest::Examine(read) })
    }

    /// The number of the button on which this stands, such as the letter of an answer in a quiz.
    fn labelled(&self, line: &str) -> Option<usize> {
        let is_on_it = |key: &Key| matches!(key, Key::Press(label, _) if label.to_lowercase() == line.to_lowercase());
        self.keys.iter().position(is_on_it).map(|at| at + 1)
    }

    fn answer(&mut self, request: Request) -> String {
        let arrived = self.teamwork.take_road(&self.core, &self.memory, asked(request));
        match arrived.form() {
            Some(modal) if matches!(modal.form, Form::Vote(_)) => return wording::terminal::ONLY_IN_DISCORD.to_owned(),
            Some(modal) => {
                let filling = self.filling.insert(Filling::new(modal, self.filled.as_ref()));
                return plain::wrap(&filling.heading(), screen::layout().width);
            }
            None => {}
        }
        self.earlier = arrived.answer().view().or_else(|| self.earlier.take());
        let reply = arrived.reply();
        self.keys = plain::keys(&reply);
        let show = if self.is_interactive { plain::text } else { plain::text_only };
        let shown = show(&reply, screen::layout());
        match &reply.file {
            Some(file) => format!("{shown}\n{}", files::save(file)),
            None => shown,
        }
    }

    /// Takes a line for a form.
    fn fill(&mut self, mut filling: Filling, line: &str) -> Step {
        if line == wording::terminal::CANCEL {
            return Step::Say(wording::terminal::CANCELLED.to_owned());
        }
        // Without a slash it may be a text.
        if line.starts_with('/') && ends(line) {
            return Step::Stop;
        }
        if let Err(problem) = filling.fill(line) {
            let question = filling.question();
            self.filling = Some(filling);
            return Step::Say(format!("{problem}\n{question}"));
        }
        if !filling.is_done() {
            return Step::Say(self.filling.insert(filling).question());
        }
        let filled = filling.filled();
        let request = filled.request();
        self.filled = Some(filled);
        Step::Say(match request {
            Some(request) => self.answer(request),
            None => wording::terminal::CANCELLED.to_owned(),
        })
    }

    /// Presses the button of a number, or chooses the options of several, as a menu of several allows.
    fn press(&mut self, numbers: &[usize]) -> String {
        let keys = numbers.iter().map(|number| number.checked_sub(1).and_then(|at| self.keys.get(at)));
        let requests: Option<Vec<Request>> = keys.map(|key| self.request_of(key?)).collect();
        let together = |one: Option<Request>, other: Option<Request>| match (one, other) {
            (Some(Request::Show(one)), Some(Request::Show(other))) => Some(Request::Show(one.with(other))),
            _ => None,
        };
        match requests.and_then(|requests| requests.into_iter().map(Some).reduce(together).flatten()) {
            Some(request) => self.answer(request),
            None => wording::NO_SUCH_BUTTON.to_owned(),
        }
    }

    /// What a key asks for.
    fn request_of(&self, key: &Key) -> Option<Request> {
        Some(match key {
            Key::Choose(view) => Request::Show(view.clone()),
            Key::Set(change) => Request::Team(TeamRequest::Set(change.clone())),
            Key::Press(_, verb) => match verb.clone() {
                Verb::Show(view) | Verb::Open(view) | Verb::Share(view) => Request::Show(view),
                Verb::Begin => Request::Show(View::Onboarding),
                Verb::Poll(number) => Request::Show(View::Decision(number)),
                Verb::Edit(form) => form::opening(form, None),
                Verb::Vote(vote, view) => Request::Team(TeamRequest::Vote(vote, view)),
                Verb::AddTo(gap, topic) => Request::Team(TeamRequest::AddTo(gap, topic)),
                Verb::TakeBack(id) => Request::Team(TeamRequest::TakeBack(id)),
                Verb::Dismiss(gap) => Request::Team(TeamRequest::Dismiss(gap)),
                Verb::Report(_) | Verb::Choose(_) | Verb::Delete | Verb::Set(_) | Verb::Fill(_) => return None,
                // It stands only under a file.
                Verb::TakeOver => return None,
            },
        })
    }
}

/// The words that end the chat, with or without a slash; they exist only in the terminal.
const QUIT: [&str; 3] = ["quit", "exit", "bye"];

fn ends(line: &str) -> bool {
    let word = line.strip_prefix('/').unwrap_or(line).trim_end_matches(['.', '!']);
    QUIT.iter().any(|quit| word.eq_ignore_ascii_case(quit))
}
