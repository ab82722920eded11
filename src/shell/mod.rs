//! Everything that reads or changes the world: files, environment, terminal and Discord.

pub mod asking;
pub mod beginning;
mod chance;
mod clock;
pub mod config;
pub mod data;
#[cfg(feature = "discord")]
pub mod discord;
mod failure;
mod folder;
pub mod health;
mod input;
pub mod invite;
pub mod matching;
pub mod output;
mod own_memory;
pub mod picture;
#[cfg(feature = "server")]
mod press;
pub mod recommending;
mod road;
#[cfg(feature = "sentences")]
mod sentences;
#[cfg(feature = "server")]
mod server;
pub mod staleness;
#[cfg(feature = "discord")]
mod storage;
pub mod terminal;
#[cfg(feature = "web")]
mod web;

use std::io::{BufRead, IsTerminal, Stdin, Write, stderr, stdin};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

pub use failure::Failure;

/// After so long without anything on standard input it is said that it is waited for.
const SILENT_FOR: Duration = Duration::from_secs(1);

/// Answers the requests that Discord posts to an address.
///
/// # Errors
/// What keeps the bot from running.
#[cfg_attr(not(feature = "discord"), expect(unused_variables, reason = "there is nothing to serve"))]
pub fn serve(data: Option<&Path>, address: SocketAddr) -> Result<(), Failure> {
    let settings = config::Settings::read()?;
    let token = settings.token.ok_or_else(|| without_token("the commands cannot be registered without a token"))?;
    #[cfg(feature = "discord")]
    return discord::serve(data.or(settings.data.as_deref()), token, settings.discord, address);
    #[cfg(not(feature = "discord"))]
    return Err(without_discord());
}

/// Shows the same answers as a page in a browser.
///
/// # Errors
/// What keeps the page from being served.
#[cfg_attr(not(feature = "web"), expect(unused_variables, reason = "there is nothing to serve"))]
pub fn web(data: Option<&Path>, address: SocketAddr, opens: bool) -> Result<(), Failure> {
    #[cfg(feature = "web")]
    return web::run(data, address, opens);
    #[cfg(not(feature = "web"))]
    return Err(Failure::new("this program was built without the page", "build it with the feature `web`"));
}

/// Checks what the bot needs to run, and what it may do in a channel.
///
/// # Errors
/// That something is wrong.
#[cfg_attr(not(feature = "discord"), expect(unused_variables, reason = "there is nothing to check"))]
pub fn doctor(data: Option<&Path>, channel: Option<u64>) -> Result<(), Failure> {
    #[cfg(feature = "discord")]
    return discord::doctor::run(data, channel);
    #[cfg(not(feature = "discord"))]
    return Err(without_discord());
}

/// What `versus db` does.
#[derive(Debug)]
pub enum Db {
    /// Brings the tables up to date.
    Migrate {
        /// The address of the database; without it, that of the settings.
        address: Option<String>,
    },
    /// Lists what is in it and what is wrong with it.
    Check {
        /// The address of the database; without it, that of the settings.
        address: Option<String>,
    },
    /// Copies one into another.
    Copy {
        /// The address of the database that is read.
        from: String,
        /// The address of the database that is written.
        to: String,
    },
}

/// Looks after the database.
///
/// # Errors
/// What keeps it from being done, or that something is wrong with the database.
#[cfg_attr(not(feature = "discord"), expect(unused_variables, reason = "nothing is stored"))]
pub fn db(command: Db) -> Result<(), Failure> {
    #[cfg(feature = "discord")]
    return storage::administer(command);
    #[cfg(not(feature = "discord"))]
    return Err(without_discord());
}

/// Prints the decisions of a server in a database as Markdown. Without an address, the database is that of the settings.
///
/// # Errors
/// The data or the database cannot be read, or it is not clear which server is meant.
#[cfg_attr(not(feature = "discord"), expect(unused_variables, reason = "nothing is stored"))]
pub fn export_decisions(data: Option<&Path>, address: Option<String>, server: Option<u64>) -> Result<(), Failure> {
    #[cfg(feature = "discord")]
    return storage::export_decisions(data, address, server);
    #[cfg(not(feature = "discord"))]
    return Err(without_discord());
}

#[cfg(not(feature = "discord"))]
fn without_discord() -> Failure {
    Failure::new(
        "this program was built without Discord",
        "build it with the feature `discord`, or unset DISCORD_TOKEN for the terminal",
    )
}

/// What stops because there is no token.
fn without_token(cause: &str) -> Failure {
    Failure::new(cause, set_token())
}

/// What to do about a missing token.
fn set_token() -> String {
    format!("set {} to the token from the page Bot at https://discord.com/developers/applications", config::TOKEN)
}

/// Runs the Discord bot if there is a token, else a chat in the terminal or through a pipe.
///
/// A service has no terminal and says nothing: without a token it has a fault that a person has to fix.
///
/// # Errors
/// What keeps the bot from running, or the terminal from being read.
pub fn run(data: Option<&Path>) -> Result<(), Failure> {
    let settings = config::Settings::read()?;
    let data = data.or(settings.data.as_deref());
    #[cfg(feature = "discord")]
    if let Some(token) = settings.token {
        return discord::run(data, token, settings.discord);
    }
    #[cfg(not(feature = "discord"))]
    if settings.token.is_some() {
        return Err(without_discord());
    }
    let input = stdin();
    if !input.is_terminal() && is_silent(&input) {
        return Err(without_token("there is no token, and nobody to chat with on standard input"));
    }
    terminal::chat(data, &settings)
}

/// Whether standard input ends before anything comes. Where nothing comes for a while it is said what is waited for: a service
/// whose input is an open pipe would be silent otherwise.
fn is_silent(input: &Stdin) -> bool {
    let (came, waits) = mpsc::channel::<()>();
    thread::spawn(move || {
        if waits.recv_timeout(SILENT_FOR) == Err(RecvTimeoutError::Timeout) {
            // If standard error is closed, nobody reads it.
            let remedy = set_token();
            let _ = writeln!(
                stderr(),
                "versus: there is no token, so questions are awaited on standard input; for the bot in Discord {remedy}"
            );
        }
    });
    // Looking does not take anything away; what cannot be read is reported by the chat.
    let is_silent = input.lock().fill_buf().is_ok_and(<[u8]>::is_empty);
    drop(came);
    is_silent
}
