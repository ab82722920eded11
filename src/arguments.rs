//! What can be typed after the program's name, with its help. Completions and the manual page are made of it.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Parser, Subcommand};
use clap_complete::Shell;

/// The exit codes, which the short and the long help end with.
macro_rules! exit_codes {
    () => {
        "\
Exit codes:
  0  done, also where the answer is that nothing is known
  1  it cannot go on; standard error says why and what to do
  2  the command line is wrong"
    };
}

/// Compares two technologies, with sources, in Discord and in the terminal
///
/// Without a command it runs the Discord bot if DISCORD_TOKEN is set, and opens a chat in the terminal if not.
#[derive(Parser)]
#[command(name = "versus", version, max_term_width = 100, after_help = exit_codes!(), after_long_help = MORE)]
pub(crate) struct Arguments {
    /// Folder with the knowledge; without it VERSUS_DATA, or the knowledge that was compiled in
    // The usual parser refuses the empty value of a script's empty variable.
    #[arg(long, value_name = "DIR", global = true, value_parser = OsStringValueParser::new().map(PathBuf::from))]
    pub(crate) data: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Answer one question and stop
    #[command(after_help = ASK_EXAMPLES)]
    Ask {
        /// The question, or - to read it from standard input
        #[arg(required = true)]
        question: Vec<String>,
        /// Print all there is to say about it, not only the short answer
        #[arg(long)]
        details: bool,
        /// Print one line of JSON: the answer with its ids, and the reply as it is read
        #[arg(long)]
        json: bool,
    },
    /// Say which side suits a project, with the working shown
    #[command(after_help = RECOMMEND_EXAMPLES)]
    Recommend {
        /// The project in your own words, or - to read it from standard input
        #[arg(required = true)]
        project: Vec<String>,
        /// Print all reasons, what would change it, and the sources
        #[arg(long)]
        details: bool,
        /// Print one line of JSON; where no project is described, such as in a greeting, that of ask
        #[arg(long)]
        json: bool,
        /// Draw the criteria into a PNG file; - writes the picture, and nothing else, to standard output
        #[arg(long, value_name = "FILE")]
        image: Option<PathBuf>,
    },
    /// Say what is understood: one question a line from standard input, one line of JSON each
    #[command(after_help = MATCH_EXAMPLES)]
    Match {
        /// Decide as for messages that are not addressed to the bot
        #[arg(long)]
        overheard: bool,
    },
    /// List every problem of a data folder, as file:line
    #[command(after_help = CHECK_EXAMPLES)]
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
    /// Write a small comparison with comments into a new folder, to begin one of your own
    #[command(after_help = NEW_EXAMPLES)]
    New {
        /// The folder
        dir: PathBuf,
    },
    /// Show the same answers as a page in a browser, drawn as Discord draws them
    #[command(after_help = WEB_EXAMPLES)]
    Web {
        /// The address to listen on
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
        /// Open the page in the system's browser
        #[arg(long)]
        open: bool,
    },
    /// Answer the interactions that Discord posts to an address, instead of connecting to its gateway
    Serve {
        /// The address to listen on, such as 127.0.0.1:8080
        #[arg(long, value_name = "ADDR")]
        listen: SocketAddr,
    },
    /// Check token, application, key, intents, permissions, clock, database and data, with what helps
    #[command(after_help = DOCTOR_EXAMPLES)]
    Doctor {
        /// A channel in which the bot's permissions are checked
        #[arg(long, value_name = "ID")]
        channel: Option<u64>,
    },
    /// Look after the database: bring its tables up to date, check it, copy it into another one
    Db {
        #[command(subcommand)]
        command: DbCommand,
    },
    /// Read what teams decided from the database
    Decisions {
        #[command(subcommand)]
        command: DecisionsCommand,
    },
    /// Check whether a running bot is healthy, at VERSUS_METRICS_ADDR
    Health,
    /// Print the commands that the bot registers, as Discord's JSON
    Commands,
    /// Print the links that add the bot to a server or an account
    Invite,
    /// Print the completions of this program for a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    #[command(after_help = MAN_EXAMPLES)]
    Man,
}

/// What is done with the database. An address is written as for DATABASE_URL; a password is better kept in PGPASSWORD or
/// ~/.pgpass, because everybody on the machine can read a command line.
#[derive(Subcommand)]
pub(crate) enum DbCommand {
    /// Bring the tables up to date, which a start of the bot does as well
    Migrate {
        /// The database; without it, the one of DATABASE_URL
        address: Option<String>,
    },
    /// Count what is stored, and list what is wrong with it
    Check {
        /// The database; without it, the one of DATABASE_URL
        address: Option<String>,
    },
    /// Copy all that is stored into an empty database, and compare the two
    #[command(after_help = COPY_EXAMPLES)]
    Copy {
        /// The database that is read; stop the bot before
        from: String,
        /// The empty database that is written
        to: String,
    },
}

/// What is done with decisions.
#[derive(Subcommand)]
pub(crate) enum DecisionsCommand {
    /// Print the decisions of a server as Markdown, in the MADR form
    #[command(after_help = DECISIONS_EXAMPLES)]
    Export {
        /// The database; without it, the one of DATABASE_URL
        address: Option<String>,
        /// The server; needed where the database has decisions of several
        #[arg(long, value_name = "ID")]
        server: Option<u64>,
    },
}

const MORE: &str = concat!(
    "\
Examples:
  versus                                 a chat in the terminal
  versus ask \"which one is faster?\"      one answer
  versus recommend \"a chat app\"          which side suits a project
  versus web --open                      the same in a browser
  versus new ./my-data                   a comparison of your own, to begin with
  versus check ./my-data                 the problems of a data folder
  DISCORD_TOKEN=… versus                 the Discord bot

Environment variables (.env.example explains each):
  DISCORD_TOKEN        the bot's token; without it, versus is a chat in the terminal
  DISCORD_GUILD_ID     register the commands in this server only
  DISCORD_API_URL      where Discord's REST interface is reached
  DISCORD_PUBLIC_KEY   the application's public key, for versus serve
  DATABASE_URL         where what is stored is kept, as sqlite:FILE or postgres://…
  VERSUS_DATA          as --data
  VERSUS_METRICS_ADDR  the address of /healthz and /metrics
  VERSUS_PICTURE_MS    how long an answer waits for its picture, in milliseconds
  VERSUS_ANSWER_MS     how long an answer may take, in milliseconds
  VERSUS_SHARDS        the connections to the gateway that this process keeps, such as 0-3/16
  VERSUS_LOG           how much is logged: error, warn, info, debug or trace
  VERSUS_LOG_FORMAT    text or json
  VERSUS_ALLOW_HTTP    yes: the token may go to a public address without encryption
  VERSUS_HISTORY       where the chat keeps what was typed, as a file, or off
  NO_COLOR             print no escape sequences for bold text and links

",
    exit_codes!()
);

const ASK_EXAMPLES: &str = "\
Examples:
  versus ask \"which one is faster?\"
  versus ask --details \"which one is faster?\"
  versus ask --json \"which one is faster?\" | jq .answer.leaning
  versus ask - < question.txt";

const RECOMMEND_EXAMPLES: &str = "\
Examples:
  versus recommend \"a chat app for a small team\"
  versus recommend --details \"a chat app for a small team\"
  versus recommend --image chart.png \"a chat app\"
  versus recommend --image - \"a chat app\" > chart.png
  versus recommend --json - < project.txt";

const MATCH_EXAMPLES: &str = "\
Examples:
  versus match < questions.txt
  echo \"which one is faster?\" | versus match | jq .label";

const CHECK_EXAMPLES: &str = "\
Examples:
  versus check ./my-data
  versus check --stale
  versus check --stale --on 2027-04-22";

const NEW_EXAMPLES: &str = "\
Examples:
  versus new ./my-data
  versus check ./my-data
  versus --data ./my-data ask \"which has more caffeine?\"";

const WEB_EXAMPLES: &str = "\
Examples:
  versus web --open
  versus web --listen 127.0.0.1:9000
  versus --data ./my-data web";

const DOCTOR_EXAMPLES: &str = "\
Examples:
  DISCORD_TOKEN=… versus doctor
  versus doctor --channel 1234567890123456789";

const COPY_EXAMPLES: &str = "\
Examples:
  PGPASSWORD=… versus db copy sqlite:/var/lib/versus/versus.db postgres://versus@db.example/versus
  versus db copy postgres://versus@db.example/versus sqlite:backup.db";

const DECISIONS_EXAMPLES: &str = "\
Examples:
  versus decisions export > decisions.md
  versus decisions export --server 1100000000000000002 sqlite:/var/lib/versus/versus.db";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  versus completions bash > ~/.local/share/bash-completion/completions/versus
  versus completions zsh > ~/.zfunc/_versus
  versus completions fish > ~/.config/fish/completions/versus.fish";

const MAN_EXAMPLES: &str = "\
Examples:
  versus man | man -l -
  versus man > ~/.local/share/man/man1/versus.1";
