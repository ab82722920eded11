//! The bot in Discord: the real binary with the real serenity and twilight, against the local stand-in.

// What the tests stand on.
mod door;
mod scene;
mod sent;

// The tests.
mod at_once;
mod autocomplete;
mod buckets;
mod carried;
mod commands;
mod components;
mod database;
mod databases;
mod deciding;
mod deletion;
mod doctor;
mod faults;
mod flood;
mod gaps;
mod gateway;
mod hanging;
mod http_door;
mod http_start;
mod insights;
mod killed;
mod messages;
mod notes;
mod onboarding;
mod permissions;
mod places;
mod pressure;
mod quiz;
#[cfg(feature = "picture")]
mod recommending;
mod records;
mod registration;
mod reload;
mod removal;
#[cfg(feature = "postgres")]
mod server;
mod settings;
mod sharing;
mod startup;
mod storage;
mod team_file;
mod threads;
mod unknown_forms;
mod voting;
mod waiting;
mod watching;
