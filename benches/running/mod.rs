//! The real binary and the local stand-in for Discord, as the tests use them. Each bench takes the modules into its root, where their
//! own paths look for them.

#[allow(dead_code, unused_imports, reason = "the tests use the rest")]
#[path = "../../tests/it/bot.rs"]
pub(crate) mod bot;
#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../../tests/it/folder.rs"]
pub(crate) mod folder;
#[allow(dead_code, unused_imports, reason = "the tests use the rest")]
#[path = "../../tests/it/standin/mod.rs"]
pub(crate) mod standin;
