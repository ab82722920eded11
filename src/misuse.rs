//! A wrong command line: what is wrong, and what may have been meant. The help comes this way, too.

use std::io::Write;
use std::process::ExitCode;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use versus::shell::{Failure, output};

use super::arguments::Arguments;

/// The exit code of a wrong command line.
const MISUSED: u8 = 2;
/// Letters by which a command may be misspelt; clap's own measure finds none for short words.
const MISSPELT: usize = 2;

/// Prints the help that was asked for, or what is wrong with the command line.
pub(crate) fn report(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let printed = output::line(&error.to_string());
        return printed.map_or_else(Failure::report, |()| ExitCode::SUCCESS);
    }
    let mut text = error.to_string();
    if error.kind() == ErrorKind::InvalidSubcommand && error.get(ContextKind::SuggestedSubcommand).is_none() {
        let typed = match error.get(ContextKind::InvalidSubcommand) {
            Some(ContextValue::String(typed)) => typed.as_str(),
            _ => "",
        };
        text.push_str(&match closest(typed) {
            Some(meant) => format!("\nDid you mean: versus {meant}\n"),
            None => "\nTo ask a question: versus ask \"…\"\n".to_owned(),
        });
    }
    // If standard error is closed, nobody reads it.
    let _ = std::io::stderr().write_all(text.as_bytes());
    ExitCode::from(MISUSED)
}

/// The command that is spelled most like what was typed.
fn closest(typed: &str) -> Option<String> {
    let names = Arguments::command().get_subcommands().map(|command| command.get_name().to_owned()).collect::<Vec<_>>();
    let distances = names.into_iter().map(|name| (strsim::osa_distance(typed, &name), name));
    // A short word that is all different is no misspelling.
    let near = distances.filter(|(distance, name)| *distance <= MISSPELT && distance * 2 < name.chars().count());
    near.min().map(|(_, name)| name)
}
