//! One translator each way: Discord's types stop here, and nothing is decided.

pub(super) mod from_discord;
pub(super) mod to_discord;
