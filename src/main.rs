//! The program `versus`: what can be typed after its name, and what does it.

mod arguments;
mod manual;
mod misuse;

use std::process::ExitCode;

use arguments::{Arguments, Command, DbCommand, DecisionsCommand};
use clap::{CommandFactory, Parser};
use versus::shell::{self, Db, Failure, output};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return misuse::report(&error),
    };
    run(arguments).map_or_else(Failure::report, |()| ExitCode::SUCCESS)
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    let data = shell::config::data_folder(arguments.data)?;
    let data = data.as_deref();
    match arguments.command {
        None => shell::run(data),
        Some(Command::Ask { question, details, json }) => shell::asking::run(data, &question, details, json),
        Some(Command::Recommend { project, details, json, image }) => {
            shell::recommending::run(data, &project, details, json, image.as_deref())
        }
        Some(Command::Match { overheard }) => shell::matching::run(data, overheard),
        Some(Command::Check { dir, stale: true, on }) => shell::staleness::list(dir.as_deref().or(data), on.as_deref()),
        Some(Command::Check { dir, .. }) => shell::data::check(dir.as_deref().or(data)),
        Some(Command::New { dir }) => shell::beginning::run(&dir),
        Some(Command::Serve { listen }) => shell::serve(data, listen),
        Some(Command::Web { listen, open }) => shell::web(data, listen, open),
        Some(Command::Doctor { channel }) => shell::doctor(data, channel),
        Some(Command::Db { command }) => shell::db(match command {
            DbCommand::Migrate { address } => Db::Migrate { address },
            DbCommand::Check { address } => Db::Check { address },
            DbCommand::Copy { from, to } => Db::Copy { from, to },
        }),
        Some(Command::Decisions { command: DecisionsCommand::Export { address, server } }) => {
            shell::export_decisions(data, address, server)
        }
        Some(Command::Health) => shell::health::ask(),
        Some(Command::Commands) => shell::terminal::print_commands(data),
        Some(Command::Invite) => shell::invite::print(),
        Some(Command::Completions { shell }) => print_completions(shell),
        Some(Command::Man) => print_manual(),
    }
}

fn print_completions(shell: clap_complete::Shell) -> Result<(), Failure> {
    let mut completions = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "versus", &mut completions);
    output::bytes(&completions)
}

fn print_manual() -> Result<(), Failure> {
    let page = manual::page(Arguments::command()).map_err(|error| {
        Failure::new(format!("the manual page cannot be written: {error}"), "report it as a fault of versus")
    })?;
    output::bytes(&page)
}
