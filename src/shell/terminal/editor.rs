//! The line editor of the chat: history and completion of commands and topics.

use std::io::stdout;
use std::rc::Rc;

use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::MemHistory;
use rustyline::validate::Validator;
use rustyline::{Config, Context, Editor, Helper};

use super::{Chat, QUIT, Step, say};
use crate::domain::core::Core;
use crate::presentation::commands::{COMMANDS, COMPARE};
use crate::presentation::{limits, wording};
use crate::shell::Failure;

/// Completes what is typed after a slash.
struct Completion {
    core: Rc<Core>,
}

impl Helper for Completion {}
impl Highlighter for Completion {}
impl Validator for Completion {}

impl Hinter for Completion {
    type Hint = String;
}

impl Completer for Completion {
    type Candidate = Pair;

    fn complete(&self, line: &str, position: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let typed = line.get(..position).unwrap_or(line);
        Ok(completions(&self.core, typed))
    }
}

/// Reads and answers lines until the chat is over.
///
/// # Errors
/// The terminal cannot be used.
pub(super) fn read_lines(chat: &mut Chat) -> Result<(), Failure> {
    let unusable = |error: ReadlineError| {
        Failure::new(format!("the terminal cannot be used: {error}"), "send questions through a pipe, a line each")
    };
    let mut editor: Editor<Completion, MemHistory> =
        Editor::with_history(Config::default(), MemHistory::new()).map_err(unusable)?;
    editor.set_helper(Some(Completion { core: Rc::clone(&chat.core) }));
    loop {
        let line = match editor.readline(wording::PROMPT) {
            Ok(line) => line,
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => return Ok(()),
            Err(error) => return Err(unusable(error)),
        };
        // Only the convenience of the arrow keys is lost if it fails.
        let _ = editor.add_history_entry(&line);
        match chat.step(&line) {
            Step::Say(text) => say(&mut stdout(), &text),
            Step::Stop => return Ok(()),
        }
    }
}

/// Where the text that is completed starts, and what it can become.
fn completions(core: &Core, typed: &str) -> (usize, Vec<Pair>) {
    let compare = format!("/{COMPARE} ");
    if let Some(topic) = typed.strip_prefix(&compare) {
        let topics = core.complete(topic, limits::CHOICES).into_iter();
        let pairs =
            topics.map(|topic| Pair { display: topic.entry.title.clone(), replacement: topic.entry.id.clone() });
        return (compare.len(), pairs.collect());
    }
    let commands = COMMANDS.iter().filter(|command| command.is_slash()).map(|command| command.name);
    let names = commands.chain([QUIT]).map(|name| format!("/{name}")).filter(|name| name.starts_with(typed));
    let pairs = names.map(|name| Pair { display: name.clone(), replacement: name });
    (0, if typed.starts_with('/') { pairs.collect() } else { Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::completions;
    use crate::shell::data;

    #[track_caller]
    fn check(typed: &str, start: usize, first: &str) {
        let core = data::load(None).expect("the compiled-in knowledge is good");
        let (at, pairs) = completions(&core, typed);
        assert_eq!((at, pairs.first().map(|pair| pair.replacement.as_str())), (start, Some(first)), "{typed}");
    }

    #[test]
    fn commands_and_topics_are_completed() {
        check("/", 0, "/compare");
        check("/co", 0, "/compare");
        check("/q", 0, "/quit");
        check("/compare spe", 9, "speed");
        check("/compare performence", 9, "speed");
    }
}
