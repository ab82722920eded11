//! What is offered while something is typed: commands after a slash, topics and tools after the command for one.

use crate::domain::core::Core;
use crate::presentation::commands::{COMMANDS, COMPARE, Command};
use crate::presentation::reply::Choice;
use crate::presentation::{choices, limits};

/// What a line can become; nothing for free text, which Discord does not complete either.
pub(super) fn completions(core: &Core, line: &str) -> Vec<Choice> {
    let compare = format!("/{COMPARE} ");
    if let Some(typed) = line.strip_prefix(&compare) {
        let (topics, tools) = (core.complete(typed, limits::CHOICES), core.complete_tools(typed, limits::CHOICES));
        let found = choices(&topics, &tools).into_iter();
        return found.map(|choice| Choice { value: format!("{compare}{}", choice.value), ..choice }).collect();
    }
    let is_begun = |command: &&Command| line.starts_with('/') && format!("/{}", command.name).starts_with(line);
    let offered = COMMANDS.iter().filter(|command| command.is_slash() && command.is_offered(core.knowledge()));
    let choice = |command: &Command| {
        let name = format!("{} – {}", command.usage(), (command.description)(core.knowledge()));
        // A text follows, or nothing.
        let value = format!("/{}{}", command.name, if command.text.is_some() { " " } else { "" });
        Choice { name, value }
    };
    offered.filter(is_begun).map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::completions;
    use crate::shell::data;

    #[track_caller]
    fn check(line: &str, first: Option<&str>) {
        let core = data::load(None).expect("the compiled-in knowledge is good");
        let choices = completions(&core, line);
        assert_eq!(choices.first().map(|choice| choice.value.as_str()), first, "{line}");
    }

    #[test]
    fn commands_topics_and_tools_are_offered() {
        check("/", Some("/compare "));
        check("/top", Some("/topics"));
        check("/compare spe", Some("/compare speed"));
        check("/compare performence", Some("/compare speed"));
        let core = data::load(None).expect("the compiled-in knowledge is good");
        let tools = completions(&core, "/compare celery");
        assert!(tools.iter().any(|choice| choice.value == "/compare celery"), "{tools:?}");
    }

    #[test]
    fn nothing_is_offered_to_free_text() {
        for line in ["", "spe", "é日🦀", "/é日🦀", "/topics now", "/ask is it"] {
            check(line, None);
        }
    }
}
