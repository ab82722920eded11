//! A line that a person types where Discord's own form for commands is missing: in the terminal and in the page.

use super::commands::{self, COMMANDS, Command};

/// What a line is.
#[derive(Debug, Clone, Copy)]
pub enum Typed<'l> {
    /// Free text.
    Text(&'l str),
    /// A command, and the text that is typed with it.
    Command(Command, &'l str),
    /// It begins with a slash and names no command.
    UnknownCommand,
}

/// Reads a line.
pub fn typed(line: &str) -> Typed<'_> {
    let line = line.trim();
    let Some(line) = line.strip_prefix('/') else { return Typed::Text(line) };
    let of_name = |command: &Command| {
        let rest = line.strip_prefix(command.name)?;
        (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some((*command, rest.trim()))
    };
    let Some((command, rest)) = COMMANDS.iter().filter(|command| command.is_slash()).find_map(of_name) else {
        return Typed::UnknownCommand;
    };
    // Discord shows the name of an option before its value; typing it here does no harm.
    let options = [commands::TOPIC, commands::PROJECT, commands::QUESTION];
    let named = options.into_iter().find_map(|option| rest.strip_prefix(option)?.strip_prefix(':'));
    Typed::Command(command, named.unwrap_or(rest).trim())
}

#[cfg(test)]
mod tests {
    use super::{Typed, typed};

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let read = match typed(line) {
            Typed::Text(text) => format!("text {text}"),
            Typed::Command(command, text) => format!("{} {text}", command.name),
            Typed::UnknownCommand => "unknown".to_owned(),
        };
        assert_eq!(read.trim_end(), expected, "{line}");
    }

    #[test]
    fn a_line_is_a_command_or_a_text() {
        check(" is é 日 🦀 fast? ", "text is é 日 🦀 fast?");
        check("", "text");
        check("/compare  speed ", "compare speed");
        check("/compare topic:speed", "compare speed");
        check("/compare topic: é 日 🦀", "compare é 日 🦀");
        check("/recommend project: a shop", "recommend a shop");
        check("/ask is it topic:b", "ask is it topic:b");
        check("/onboard start", "onboard start");
        check("/topics", "topics");
    }

    #[test]
    fn what_only_begins_as_a_command_is_none() {
        for line in ["/", "/comparex speed", "/é日🦀", "/onboard", "/Answer this question"] {
            check(line, "unknown");
        }
    }
}
