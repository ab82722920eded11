//! The line editor of the chat: history, and completion of commands and topics.

use std::path::Path;
use std::rc::Rc;

use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Editor, Helper};

use super::{Chat, QUIT, Step, history};
use crate::domain::core::Core;
use crate::domain::knowledge::Topic;
use crate::presentation::commands::{COMMANDS, Command, Readers};
use crate::presentation::wording;
use crate::shell::{Failure, output};

/// Lines that the history keeps.
const HISTORY_LINES: usize = 1_000;
/// Topics that are listed where none is spelled as what was typed.
const GUESSES: usize = 5;

/// Completes commands and topics.
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

/// Reads and answers lines until the chat is over; `history` is the setting that says where they are kept.
///
/// # Errors
/// The terminal cannot be used.
pub(super) fn read_lines(chat: &mut Chat, history: Option<&Path>) -> Result<(), Failure> {
    let unusable = |error: ReadlineError| {
        Failure::new(format!("the terminal cannot be used: {error}"), "send questions through a pipe, a line each")
    };
    let mut editor = editor(Rc::clone(&chat.core)).map_err(unusable)?;
    let history = history::file(history);
    if let Some(file) = &history {
        // There is none before the first chat.
        let _ = editor.load_history(file);
    }
    loop {
        let line = match editor.readline(wording::PROMPT) {
            Ok(line) => line,
            // Ctrl-C clears the line, as in a shell.
            Err(ReadlineError::Interrupted) => continue,
            Err(ReadlineError::Eof) => return Ok(()),
            Err(error) => return Err(unusable(error)),
        };
        // Only the convenience of the arrow keys is lost if it fails. It is written at once, so that no end of the chat loses it.
        if editor.add_history_entry(&line).is_ok_and(|is_new| is_new)
            && let Some(file) = &history
        {
            let _ = editor.append_history(file);
        }
        match chat.step(&line) {
            Step::Say(text) => output::line(&text)?,
            Step::Stop => return Ok(()),
        }
    }
}

fn editor(core: Rc<Core>) -> rustyline::Result<Editor<Completion, FileHistory>> {
    let config = Config::builder()
        // Lists what there is, as a shell does, instead of filling in one after the other.
        .completion_type(CompletionType::List)
        .completion_show_all_if_ambiguous(true)
        // A line that begins with a blank is kept out of the history.
        .history_ignore_space(true)
        .max_history_size(HISTORY_LINES)?
        .build();
    let mut editor = Editor::with_config(config)?;
    editor.set_helper(Some(Completion { core }));
    Ok(editor)
}

/// Where the text that is completed starts, and what it can become: a command after a slash, else a topic.
fn completions(core: &Core, typed: &str) -> (usize, Vec<Pair>) {
    let completes = |command: &&Command| command.text.is_some_and(|text| text.completes);
    let of_topic = COMMANDS.iter().filter(completes).map(|command| format!("/{} ", command.name));
    for command in of_topic {
        if let Some(topic) = typed.strip_prefix(&command) {
            return (command.len(), topics(core, topic));
        }
    }
    if !typed.starts_with('/') {
        return (0, topics(core, typed));
    }
    let commands = COMMANDS
        .iter()
        .filter(|command| {
            command.is_slash() && command.readers != Readers::Everyone && command.is_offered(core.knowledge())
        })
        // Without a database there is nothing that a team keeps.
        .filter(|command| cfg!(feature = "discord") || !command.is_of_servers && !command.is_for_managers())
        .map(|command| command.name);
    let names = commands.chain(QUIT).map(|name| format!("/{name}")).filter(|name| name.starts_with(typed));
    (0, names.map(|name| Pair { display: name.clone(), replacement: name }).collect())
}

/// The topics that begin as what was typed, else those that come closest.
fn topics(core: &Core, typed: &str) -> Vec<Pair> {
    let all = core.complete(typed, usize::MAX);
    let start = typed.to_lowercase();
    let begins = |topic: &&&Topic| {
        [&topic.entry.id, &topic.entry.title].iter().any(|name| name.to_lowercase().starts_with(&start))
    };
    let mut topics: Vec<&Topic> = all.iter().filter(begins).copied().collect();
    if topics.is_empty() {
        topics = all.into_iter().take(GUESSES).collect();
    }
    let pair = |topic: &Topic| Pair { display: topic.entry.title.clone(), replacement: topic.entry.id.clone() };
    topics.into_iter().map(pair).collect()
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
        check("/note spe", 6, "speed");
        check("/compare performence", 9, "speed");
        check("spe", 0, "speed");
        check("Spe", 0, "speed");
    }

    #[test]
    fn what_is_posted_for_everyone_is_not_offered() {
        let core = data::load(None).expect("the compiled-in knowledge is good");
        let offered: Vec<String> = completions(&core, "/").1.into_iter().map(|pair| pair.replacement).collect();
        let has = |command: &str| offered.iter().any(|offered| offered == command);
        assert!(!has("/decide") && !has("/onboard panel") && has("/onboard quiz"), "{offered:?}");
        assert_eq!(has("/note"), cfg!(feature = "discord"), "{offered:?}");
    }

    #[test]
    fn without_a_word_every_topic_is_offered() {
        let core = data::load(None).expect("the compiled-in knowledge is good");
        for typed in ["", "/compare "] {
            assert_eq!(completions(&core, typed).1.len(), core.knowledge().topics.len(), "{typed:?}");
        }
    }

    #[test]
    fn no_text_breaks_it() {
        let core = data::load(None).expect("the compiled-in knowledge is good");
        for typed in ["é", "日本", "🦀", "/é日🦀", "/compare é日🦀"] {
            assert!(completions(&core, typed).0 <= typed.len(), "{typed}");
        }
    }
}
