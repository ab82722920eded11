//! The same bot as a chat in the terminal: slash commands, free text and numbered buttons.

mod editor;
mod history;
mod screen;

use std::io::{Write, stderr};
use std::path::Path;
use std::rc::Rc;

use super::input::{self, Next};
use super::own_memory::OwnMemory;
use super::road::{self, Arrived, Asked};
use super::{Failure, chance, data, output};
use crate::domain::core::Core;
use crate::domain::request::{More, Request, View};
use crate::domain::situation::Audience;
use crate::presentation::custom_id::Verb;
use crate::presentation::plain::{self, Key};
use crate::presentation::typed::{Typed, typed};
use crate::presentation::{Controls, Reader, registration, wording};

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
}

/// Opens a chat, whose lines are kept where the setting `history` says; it ends with the input or with a word such as `quit`.
///
/// # Errors
/// The data cannot be used, or the terminal cannot be read.
pub fn chat(folder: Option<&Path>, history: Option<&Path>) -> Result<(), Failure> {
    let core = Rc::new(data::load(folder)?);
    let mut chat = Chat::new(core);
    // If standard error is closed, nobody reads it.
    let width = screen::layout().width;
    let _ = writeln!(stderr(), "{}", plain::wrap(wording::NO_TOKEN, width));
    if chat.is_interactive {
        output::line(&plain::wrap(wording::CHAT_GREETING, width))?;
        return editor::read_lines(&mut chat, history);
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
    take_road(core, &OwnMemory::default(), request)
}

/// The road for somebody who sits before a terminal.
fn take_road<'k>(core: &'k Core, memory: &OwnMemory, request: Request) -> Arrived<'k> {
    let reader = Reader { audience: Audience::OnlyAsker, controls: Controls::None, ..Reader::default() };
    pollster::block_on(road::take(core, memory, Asked { can_be_private: true, ..Asked::alone(request, reader) }))
}

impl Chat {
    fn new(core: Rc<Core>) -> Self {
        let is_interactive = screen::is_interactive();
        Self { core, keys: Vec::new(), earlier: None, is_interactive, memory: OwnMemory::default() }
    }

    fn step(&mut self, line: &str) -> Step {
        let line = line.trim();
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
        match typed(line) {
            Typed::Text("") => Step::Say(String::new()),
            Typed::Text(text) => self.ask(text.to_owned()),
            Typed::Command(command, _) if command.is_of_servers || command.is_for_managers() => {
                Step::Say(wording::ONLY_IN_SERVERS.to_owned())
            }
            Typed::Command(command, text) => self.say(command.request(text, chance::number())),
            Typed::UnknownCommand => Step::Say(wording::NO_SUCH_COMMAND.to_owned()),
        }
    }

    fn ask(&mut self, text: String) -> Step {
        self.say(match self.earlier.clone() {
            Some(earlier) => Request::Follow(text, earlier),
            None => Request::Ask(text),
        })
    }

    /// The number of the button on which this stands, such as the letter of an answer in a quiz.
    fn labelled(&self, line: &str) -> Option<usize> {
        let is_on_it = |key: &Key| matches!(key, Key::Press(label, _) if label.to_lowercase() == line.to_lowercase());
        self.keys.iter().position(is_on_it).map(|at| at + 1)
    }

    fn say(&mut self, request: Request) -> Step {
        Step::Say(self.answer(request))
    }

    fn answer(&mut self, request: Request) -> String {
        let arrived = take_road(&self.core, &self.memory, request);
        self.earlier = arrived.answer().view().or_else(|| self.earlier.take());
        let reply = arrived.reply();
        self.keys = plain::keys(&reply);
        let show = if self.is_interactive { plain::text } else { plain::text_only };
        show(&reply, screen::layout())
    }

    /// Presses the button of a number, or chooses the options of several, as a menu of several allows.
    fn press(&mut self, numbers: &[usize]) -> String {
        let keys = numbers.iter().map(|number| number.checked_sub(1).and_then(|at| self.keys.get(at)).cloned());
        let views = keys.map(|key| match key? {
            Key::Choose(view) => Some(view),
            Key::Set(_) => None,
            Key::Press(_, verb) => match verb {
                Verb::Show(view) | Verb::Open(view) | Verb::Share(view) => Some(view),
                Verb::Begin => Some(View::Onboarding),
                Verb::Report(_) | Verb::Choose(_) | Verb::Delete | Verb::Set(_) | Verb::Edit(_) | Verb::Fill(_) => None,
                Verb::Vote(..) | Verb::AddTo(..) | Verb::TakeBack(_) | Verb::Dismiss(_) | Verb::Poll(_) => None,
            },
        });
        let views: Option<Vec<View>> = views.collect();
        match views.and_then(|views| views.into_iter().reduce(View::with)) {
            Some(view) => self.answer(Request::Show(view)),
            None => wording::NO_SUCH_BUTTON.to_owned(),
        }
    }
}

/// The words that end the chat, with or without a slash; they exist only in the terminal.
const QUIT: [&str; 3] = ["quit", "exit", "bye"];

fn ends(line: &str) -> bool {
    let word = line.strip_prefix('/').unwrap_or(line).trim_end_matches(['.', '!']);
    QUIT.iter().any(|quit| word.eq_ignore_ascii_case(quit))
}
