//! One translator each way: Discord's types stop here, and nothing is decided.

pub(super) mod from_discord;
pub(super) mod lenient;
pub(super) mod received;
mod texts;
pub(super) mod to_discord;
