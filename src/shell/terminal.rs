//! The same bot as a chat in the terminal: slash commands, free text and numbered buttons.

mod editor;

use std::io::{BufRead, IsTerminal, Write, stderr, stdin, stdout};
use std::path::Path;
use std::rc::Rc;

use super::{Failure, data};
use crate::domain::answer::Core;
use crate::domain::request::{Request, Shown};
use crate::presentation::action::Verb;
use crate::presentation::commands::{self, Command};
use crate::presentation::plain::{self, Emphasis, Key};
use crate::presentation::reply::Reply;
use crate::presentation::{Audience, Reader, present, wording};

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
    emphasis: Emphasis,
}

/// Opens a chat; it ends with the input or with `/quit`.
///
/// # Errors
/// The data cannot be used, or the terminal cannot be read.
pub fn chat(folder: Option<&Path>) -> Result<(), Failure> {
    let core = Rc::new(data::load(folder)?);
    let mut chat = Chat { core, keys: Vec::new(), emphasis: emphasis() };
    say(&mut stderr(), wording::NO_TOKEN);
    if stdin().is_terminal() && stdout().is_terminal() {
        say(&mut stdout(), wording::CHAT_GREETING);
        return editor::read_lines(&mut chat);
    }
    let mut input = stdin().lock();
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        match input.read_until(b'\n', &mut bytes) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(Failure::new(format!("the input cannot be read: {error}"), "try again")),
        }
        match chat.step(&String::from_utf8_lossy(&bytes)) {
            Step::Say(text) => say(&mut stdout(), &text),
            Step::Stop => return Ok(()),
        }
    }
}

/// Answers one question.
///
/// # Errors
/// The data cannot be used.
pub fn ask(folder: Option<&Path>, question: &str) -> Result<(), Failure> {
    let mut chat = Chat { core: Rc::new(data::load(folder)?), keys: Vec::new(), emphasis: emphasis() };
    let text = chat.answer(&Request::Ask(question.to_owned()));
    say(&mut stdout(), &text);
    Ok(())
}

/// Prints a reply without anything to press.
pub(super) fn print(reply: &Reply) {
    say(&mut stdout(), &plain::text_only(reply, emphasis()));
}

/// Prints the commands that the bot registers.
///
/// # Errors
/// The data cannot be used.
pub fn print_commands(folder: Option<&Path>) -> Result<(), Failure> {
    let core = data::load(folder)?;
    let definitions = commands::definitions(core.knowledge());
    let json = serde_json::to_string_pretty(&definitions).map_err(|error| {
        Failure::new(format!("the commands cannot be written as JSON: {error}"), "report it as a fault of versus")
    })?;
    say(&mut stdout(), &json);
    Ok(())
}

impl Chat {
    fn step(&mut self, line: &str) -> Step {
        let line = line.trim();
        let numbers: Result<Vec<usize>, _> =
            line.split([' ', ',']).filter(|part| !part.is_empty()).map(str::parse).collect();
        if let Some(numbers) = numbers.ok().filter(|numbers| !numbers.is_empty()) {
            return Step::Say(self.press(&numbers));
        }
        let Some(typed) = line.strip_prefix('/') else {
            return if line.is_empty() { Step::Say(String::new()) } else { self.say(Request::Ask(line.to_owned())) };
        };
        let (name, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
        // Discord shows the name of an option before its value; typing it here does no harm.
        let rest = rest.trim();
        let rest = [commands::TOPIC, commands::PROJECT, commands::QUESTION]
            .into_iter()
            .find_map(|option| rest.strip_prefix(option)?.strip_prefix(':'))
            .unwrap_or(rest);
        if name == QUIT {
            return Step::Stop;
        }
        match Command::by_name(name).filter(|command| command.is_slash()) {
            Some(command) => self.say(command.request(rest)),
            None => Step::Say(wording::NO_SUCH_COMMAND.to_owned()),
        }
    }

    fn say(&mut self, request: Request) -> Step {
        Step::Say(self.answer(&request))
    }

    fn answer(&mut self, request: &Request) -> String {
        let answer = self.core.answer(request);
        let reader = Reader { audience: Audience::Terminal, ..Reader::default() };
        let reply = present(self.core.knowledge(), &answer, &reader);
        self.keys = plain::keys(&reply);
        plain::text(&reply, self.emphasis)
    }

    /// Presses the button of a number, or chooses the options of several, as a menu of several allows.
    fn press(&mut self, numbers: &[usize]) -> String {
        let keys = numbers.iter().map(|number| number.checked_sub(1).and_then(|at| self.keys.get(at)).cloned());
        let shown = keys.map(|key| match key? {
            Key::Choose(shown) => Some(shown),
            Key::Nothing => None,
            Key::Press(action) => match action.verb {
                Verb::Show(shown) | Verb::Share(shown) => Some(shown),
                Verb::Choose(_) | Verb::Delete => None,
            },
        });
        let shown: Option<Vec<Shown>> = shown.collect();
        match shown.and_then(|shown| shown.into_iter().reduce(Shown::with)) {
            Some(shown) => self.answer(&Request::Show(shown)),
            None => wording::NO_SUCH_BUTTON.to_owned(),
        }
    }
}

/// The command that ends the chat; it exists only in the terminal.
const QUIT: &str = "quit";

fn emphasis() -> Emphasis {
    let plain = !stdout().is_terminal() || std::env::var_os("NO_COLOR").is_some();
    if plain { Emphasis::None } else { Emphasis::Ansi }
}

fn say(out: &mut impl Write, text: &str) {
    // Whoever closed the pipe does not want to read on.
    let _ = writeln!(out, "{text}");
}
