//! The links that add the bot to a server or to a person's own account.

use super::config::{Settings, TOKEN};
use super::{Failure, output};

/// View channels, send messages (also in threads), embed links, attach pictures, post polls, and read the history of messages, which replying to one
/// needs. Commands need none of them; mentions do.
///
/// Source: Discord's API documentation, "Bitwise Permission Flags".
const PERMISSIONS: u64 = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 38 | 1 << 49;

/// Prints the links.
///
/// # Errors
/// That there is no token from which the application is known.
pub fn print() -> Result<(), Failure> {
    let settings = Settings::read()?;
    let application = settings.token.and_then(|token| token.application());
    let application = application.ok_or_else(|| {
        Failure::new(
            format!("the application is unknown without {TOKEN}"),
            format!(
                "set {TOKEN} to the token from https://discord.com/developers/applications, its first part is the id"
            ),
        )
    })?;
    let authorize = format!("https://discord.com/oauth2/authorize?client_id={application}");
    output::line(&format!(
        "server:  {authorize}&integration_type=0&permissions={PERMISSIONS}&scope=bot+applications.commands\n\
         account: {authorize}&integration_type=1&scope=applications.commands"
    ))
}
