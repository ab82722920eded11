//! Everything that reads or changes the world: files, environment, terminal and Discord.

mod clock;
pub mod config;
pub mod data;
#[cfg(feature = "discord")]
pub mod discord;
mod failure;
pub mod health;
pub mod invite;
pub mod matching;
pub mod picture;
pub mod recommending;
mod road;
pub mod staleness;
#[cfg(feature = "discord")]
mod storage;
pub mod terminal;

use std::net::SocketAddr;
use std::path::Path;

pub use failure::Failure;

/// Answers the requests that Discord posts to an address.
///
/// # Errors
/// What keeps the bot from running.
#[cfg_attr(not(feature = "discord"), expect(unused_variables, reason = "there is nothing to serve"))]
pub fn serve(data: Option<&Path>, address: SocketAddr) -> Result<(), Failure> {
    let settings = config::Settings::from_environment()?;
    let token = settings.token.ok_or_else(|| {
        let remedy = format!(
            "set {} to the token from the page Bot at https://discord.com/developers/applications",
            config::TOKEN
        );
        Failure::new("the commands cannot be registered without a token", remedy)
    })?;
    #[cfg(feature = "discord")]
    return discord::serve(data, token, &settings.discord, address);
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

/// Runs the Discord bot if there is a token, else a chat in the terminal.
///
/// # Errors
/// What keeps the bot from running, or the terminal from being read.
pub fn run(data: Option<&Path>) -> Result<(), Failure> {
    let settings = config::Settings::from_environment()?;
    #[cfg(feature = "discord")]
    if let Some(token) = settings.token {
        return discord::run(data, token, &settings.discord);
    }
    #[cfg(not(feature = "discord"))]
    if settings.token.is_some() {
        return Err(without_discord());
    }
    terminal::chat(data)
}
