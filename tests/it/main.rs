//! Integration tests: the real binary, run against a local stand-in for Discord. This is the table of contents.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops where what it stands on is missing")]
#![allow(clippy::indexing_slicing, reason = "JSON is read by its names, and a test that finds nothing there fails")]

// What the tests stand on: they offer what Discord and a process offer, not only what is used today.
#[cfg(feature = "discord")]
#[allow(dead_code, unused_imports)]
mod bot;
#[cfg(feature = "postgres")]
mod cluster;
mod floors;
mod folder;
mod program;
mod road;
#[cfg(feature = "discord")]
mod signed;
#[cfg(feature = "discord")]
#[allow(dead_code, unused_imports)]
mod standin;
#[cfg(feature = "discord")]
#[allow(dead_code, unused_imports, unused_macros)]
mod stored;
#[cfg(unix)]
mod terminal;

// The tests, from the inside to the outside.
mod arrows;
mod brief;
mod command_line;
#[cfg(unix)]
mod data_folder;
mod descriptions;
#[cfg(feature = "discord")]
mod discord;
#[cfg(feature = "sentences")]
mod finding;
mod knowledge;
mod onboarding;
mod other_comparison;
mod papers;
mod phrasings;
mod properties;
mod recommending;
mod replies;
#[cfg(feature = "sentences")]
mod sentences;
mod settings;
mod small_changes;
#[cfg(feature = "discord")]
mod standin_test;
mod team_file;
mod understanding;
#[cfg(all(feature = "discord", feature = "web"))]
mod web;
