//! A line that a person types where Discord's own form for commands is missing: in the terminal and in the page.

use std::collections::BTreeMap;

use super::commands::{self, COMMANDS, Command, LIST, OptionKind};
use crate::domain::request::Request;

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
    let found = COMMANDS.iter().filter(|command| command.is_slash()).find_map(of_name);
    // As in Discord, where only the first word is seen of some.
    let list = || Some((Command::by_name(&format!("{} {LIST}", line.trim_end()))?, ""));
    let Some((command, rest)) = found.or_else(list) else { return Typed::UnknownCommand };
    // Discord shows the name of an option before its value; typing it here does no harm.
    let options = [commands::TOPIC, commands::PROJECT, commands::QUESTION];
    let named = options.into_iter().find_map(|option| rest.strip_prefix(option)?.strip_prefix(':'));
    Typed::Command(command, named.unwrap_or(rest).trim())
}

/// What a command asks for, given the text that is typed with it, and a number that is another one each time.
pub fn request(command: &Command, text: &str, number: u32) -> Request {
    match command.request_of {
        Some(request_of) => {
            let given = given(command, text);
            request_of(&|name| given.get(name).cloned())
        }
        None => command.request(text, number),
    }
}

/// What is typed into the options of a command, by their names: behind a name and a colon, or without names in their order.
pub fn given(command: &Command, text: &str) -> BTreeMap<&'static str, String> {
    let first = command.text.map(|option| (option.name, None));
    let further = command.further.iter().map(|option| (option.name, Some(option.kind)));
    let options: Vec<(&'static str, Option<OptionKind>)> = first.into_iter().chain(further).collect();
    let mut words: BTreeMap<&'static str, Vec<&str>> = BTreeMap::new();
    let (mut unnamed, mut current) = (Vec::new(), None);
    for word in text.split_whitespace() {
        let names = |(name, _): &(&'static str, _)| Some((*name, word.strip_prefix(*name)?.strip_prefix(':')?));
        let word = match options.iter().find_map(names) {
            Some((name, value)) => {
                current = Some(name);
                value
            }
            None => word,
        };
        match current {
            _ if word.is_empty() => {}
            Some(name) => words.entry(name).or_default().push(word),
            None => unnamed.push(word),
        }
    }
    let mut unnamed = unnamed.into_iter();
    for (name, kind) in &options {
        if words.contains_key(name) {
            continue;
        }
        let takes_one = matches!(kind, Some(OptionKind::Number(..) | OptionKind::File));
        let taken: Vec<&str> = unnamed.by_ref().take(if takes_one { 1 } else { usize::MAX }).collect();
        if !taken.is_empty() {
            words.insert(name, taken);
        }
    }
    let kind_of = |name: &str| options.iter().find(|(own, _)| *own == name).and_then(|(_, kind)| *kind);
    words.into_iter().map(|(name, words)| (name, value(&words.join(" "), kind_of(name)))).collect()
}

/// What an option holds where a text was typed into it: one of several is typed as people see it.
fn value(text: &str, kind: Option<OptionKind>) -> String {
    let Some(OptionKind::OneOf(all)) = kind else { return text.to_owned() };
    let found = all.iter().find(|(_, label)| label.eq_ignore_ascii_case(text));
    found.map_or(text, |(value, _)| value).to_owned()
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test stops where it cannot go on")]
mod tests {
    use super::{Command, Typed, given, typed};

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
        check("/decisions", "decisions list");
        check("/gaps", "gaps list");
    }

    #[track_caller]
    fn check_given(command: &str, text: &str, expected: &str) {
        let command = Command::by_name(command).expect("there is such a command");
        let given = given(&command, text);
        let given: Vec<String> = given.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(given.join(" | "), expected, "{text}");
    }

    #[test]
    fn options_are_typed_with_their_names_or_in_their_order() {
        check_given("decisions show", "", "");
        check_given("decisions show", "3", "number=3");
        check_given("decisions show", "number: 3", "number=3");
        check_given("decisions supersede", "3 4", "by=4 | number=3");
        check_given("decisions supersede", "by:4 number:3", "by=4 | number=3");
        check_given("decisions supersede", "by: 4", "by=4");
        check_given("decide", "é or 日? options: a b, c hours: 2", "hours=2 | options=a b, c | question=é or 日?");
        check_given("decide", "is it 12:30 🦀", "question=is it 12:30 🦀");
        check_given("team import", "team.json", "file=team.json");
        check_given("team import", "team.json Do it", "file=team.json | mode=take");
        check_given("team import", "mode: take file: é 日.json", "file=é 日.json | mode=take");
    }

    #[test]
    fn what_only_begins_as_a_command_is_none() {
        for line in ["/", "/comparex speed", "/é日🦀", "/onboard", "/Answer this question"] {
            check(line, "unknown");
        }
    }
}
