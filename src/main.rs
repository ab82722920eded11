//! The program `versus`: what can be typed after its name.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Parser, Subcommand};
use versus::shell::{self, Failure};

/// Compares two technologies, with sources, in Discord and in the terminal
///
/// Without a command it runs the Discord bot if DISCORD_TOKEN is set, and opens a chat in the terminal if not.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Arguments {
    /// Folder with the knowledge; without it VERSUS_DATA, or the knowledge that was compiled in
    // The usual parser refuses the empty value of a script's empty variable.
    #[arg(long, value_name = "DIR", global = true, value_parser = OsStringValueParser::new().map(PathBuf::from))]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Answer one question and stop
    Ask {
        /// The question
        #[arg(required = true)]
        question: Vec<String>,
    },
    /// Say which side suits a project, with the working shown
    Recommend {
        /// The project in your own words
        #[arg(required = true)]
        project: Vec<String>,
        /// Print one line of JSON
        #[arg(long)]
        json: bool,
        /// Draw the criteria into a PNG file
        #[arg(long, value_name = "FILE")]
        image: Option<PathBuf>,
    },
    /// Say what is understood: one question a line from standard input, one line of JSON each
    Match {
        /// Decide as for messages that are not addressed to the bot
        #[arg(long)]
        overheard: bool,
    },
    /// List every problem of a data folder, as file:line
    Check {
        /// The folder; without it, the one of --data or the compiled-in knowledge
        dir: Option<PathBuf>,
        /// List instead what has to be checked again, the oldest first
        #[arg(long)]
        stale: bool,
        /// The day for which it is listed, such as 2027-04-22; without it, today
        #[arg(long, value_name = "DATE", requires = "stale")]
        on: Option<String>,
    },
    /// Answer the interactions that Discord posts to an address, instead of connecting to its gateway
    Serve {
        /// The address to listen on, such as 127.0.0.1:8080
        #[arg(long, value_name = "ADDR")]
        listen: SocketAddr,
    },
    /// Check whether a running bot is healthy, at VERSUS_METRICS_ADDR
    Health,
    /// Print the commands that the bot registers, as Discord's JSON
    Commands,
    /// Print the links that add the bot to a server or an account
    Invite,
}

fn main() -> ExitCode {
    let Arguments { data, command } = Arguments::parse();
    run(data, command).map_or_else(Failure::report, |()| ExitCode::SUCCESS)
}

fn run(data: Option<PathBuf>, command: Option<Command>) -> Result<(), Failure> {
    let data = shell::config::data_folder(data)?;
    let data = data.as_deref();
    match command {
        None => shell::run(data),
        Some(Command::Ask { question }) => shell::terminal::ask(data, &question.join(" ")),
        Some(Command::Recommend { project, json, image }) => {
            shell::recommending::run(data, &project.join(" "), json, image.as_deref())
        }
        Some(Command::Match { overheard }) => shell::matching::run(data, overheard),
        Some(Command::Check { dir, stale: true, on }) => shell::staleness::list(dir.as_deref().or(data), on.as_deref()),
        Some(Command::Check { dir, .. }) => shell::data::check(dir.as_deref().or(data)),
        Some(Command::Serve { listen }) => shell::serve(data, listen),
        Some(Command::Health) => shell::health::ask(),
        Some(Command::Commands) => shell::terminal::print_commands(data),
        Some(Command::Invite) => shell::invite::print(),
    }
}
