//! Everything that reads or changes the world: files, environment, terminal and Discord.

pub mod config;
pub mod data;
#[cfg(feature = "discord")]
pub mod discord;
mod failure;
pub mod invite;
pub mod matching;
pub mod picture;
pub mod recommending;
pub mod terminal;

use std::path::Path;

pub use failure::Failure;

/// Runs the Discord bot if there is a token, else a chat in the terminal.
///
/// # Errors
/// What keeps the bot from running, or the terminal from being read.
pub fn run(data: Option<&Path>) -> Result<(), Failure> {
    let settings = config::Settings::from_environment()?;
    #[cfg(feature = "discord")]
    if let Some(token) = settings.token {
        let core = data::load(data)?;
        return discord::run(core, token, &settings.discord);
    }
    #[cfg(not(feature = "discord"))]
    if settings.token.is_some() {
        return Err(Failure::new(
            "this program was built without Discord",
            "build it with the feature `discord`, or unset DISCORD_TOKEN for the terminal",
        ));
    }
    terminal::chat(data)
}
