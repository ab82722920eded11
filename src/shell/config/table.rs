//! The one table of settings. `.env.example` and the README's list are checked against it.

use std::path::PathBuf;

use super::Settings;
use super::address;
use super::token::Token;
use super::values::{self, Shards};
use super::wrong::Wrong;

/// The bot's secret.
pub const TOKEN: &str = "DISCORD_TOKEN";
/// The server to which commands are registered, instead of everywhere.
pub const GUILD: &str = "DISCORD_GUILD_ID";
/// Where Discord's REST interface is reached.
pub const API: &str = "DISCORD_API_URL";
/// The application's key, by which requests of Discord are verified.
pub const PUBLIC_KEY: &str = "DISCORD_PUBLIC_KEY";
/// Whether the token may go to a public address without encryption.
pub const ALLOW_HTTP: &str = "VERSUS_ALLOW_HTTP";
/// The folder with the knowledge.
pub const DATA: &str = "VERSUS_DATA";
/// Where an operator can watch the bot.
pub const METRICS: &str = "VERSUS_METRICS_ADDR";
/// The connections that this process keeps.
pub const SHARDS: &str = "VERSUS_SHARDS";
/// Where what is stored is kept.
pub const DATABASE: &str = "DATABASE_URL";
/// How much is logged.
pub const LOG: &str = "VERSUS_LOG";
/// Where the lines that were typed in the chat are kept.
pub const HISTORY: &str = "VERSUS_HISTORY";
/// In which form it is logged.
pub const LOG_FORMAT: &str = "VERSUS_LOG_FORMAT";
/// How long an answer waits for its picture.
pub const PICTURE: &str = "VERSUS_PICTURE_MS";
/// How long the answer to an interaction may take.
pub const ANSWER: &str = "VERSUS_ANSWER_MS";

/// A setting: a variable of the environment or of the file `.env`.
#[derive(Debug)]
pub struct Setting {
    /// The variable.
    pub name: &'static str,
    /// What it means, in sentences.
    pub meaning: &'static str,
    /// What holds if it is not set, as a phrase.
    pub unset: &'static str,
    /// What it could be set to.
    pub example: &'static str,
    /// The value that it has if it is not set, in the form in which it would be written.
    pub default: Option<&'static str>,
    /// Whether its value must never be printed.
    pub is_secret: bool,
    /// Reads the value.
    pub(super) set: fn(&mut Settings, &str) -> Result<(), Wrong>,
}

/// A setting without a default that may be printed.
const fn optional(
    name: &'static str,
    meaning: &'static str,
    unset: &'static str,
    example: &'static str,
    set: fn(&mut Settings, &str) -> Result<(), Wrong>,
) -> Setting {
    Setting { name, meaning, unset, example, default: None, is_secret: false, set }
}

/// Every setting, the most important first.
pub static SETTINGS: [Setting; 14] = [
    Setting {
        is_secret: true,
        ..optional(
            TOKEN,
            "The bot's secret, from the page Bot at https://discord.com/developers/applications.",
            "`versus` is a chat in the terminal",
            "",
            |settings, text| Token::parse(text).map(|token| settings.token = Some(token)),
        )
    },
    optional(
        PUBLIC_KEY,
        "The application's public key, from the page General Information. Only `versus serve` needs it: it verifies \
         requests by it.",
        "`versus serve` does not start",
        "",
        |settings, text| values::key(text).map(|key| settings.discord.public_key = Some(key)),
    ),
    optional(
        GUILD,
        "A server's id: commands are registered there only, which helps while developing. The chat in the terminal uses what \
         its team keeps.",
        "everywhere",
        "",
        |settings, text| values::id(text).map(|id| settings.discord.guild = Some(id)),
    ),
    optional(
        DATA,
        "A folder with knowledge of your own, in the format of data/README.md.",
        "the compiled-in knowledge",
        "/srv/versus/data",
        |settings, text| {
            settings.data = Some(PathBuf::from(text));
            Ok(())
        },
    ),
    Setting {
        // It may have a password.
        is_secret: true,
        ..optional(
            DATABASE,
            "Where what is stored is kept: sqlite:FILE, or postgres://USER:PASSWORD@HOST/DATABASE for several processes and \
             machines; none keeps nothing.",
            "a file in the platform's folder for data of programs; without a home, in $STATE_DIRECTORY or /data",
            "sqlite:/var/lib/versus/versus.db",
            |settings, text| {
                settings.discord.database = Some(text.to_owned());
                Ok(())
            },
        )
    },
    optional(
        METRICS,
        "An address for /healthz and /metrics (Prometheus). Let only the operator reach it.",
        "none",
        "127.0.0.1:9090",
        |settings, text| values::socket(text).map(|address| settings.discord.metrics = Some(address)),
    ),
    Setting {
        default: Some("info"),
        ..optional(
            LOG,
            "How much is logged: error, warn, info, debug or trace. No level logs the text of a message.",
            "info",
            "debug",
            |settings, text| values::level(text).map(|level| settings.discord.log = level),
        )
    },
    Setting {
        default: Some("text"),
        ..optional(LOG_FORMAT, "text or json: the form of the log's lines.", "text", "json", |settings, text| {
            values::log_is_json(text).map(|is_json| settings.discord.log_is_json = is_json)
        })
    },
    Setting {
        default: Some("500"),
        ..optional(
            PICTURE,
            "How long an answer waits for its picture, in milliseconds; after that it goes out without.",
            "500",
            "1000",
            |settings, text| values::time(text).map(|within| settings.discord.picture_within = within),
        )
    },
    Setting {
        default: Some("2500"),
        ..optional(
            ANSWER,
            "How long the answer to a command or a button may take, in milliseconds from its arrival. Discord waits 3000; \
             more is of use only to tests on a slow machine.",
            "2500",
            "2000",
            |settings, text| values::time(text).map(|within| settings.discord.answer_within = within),
        )
    },
    optional(
        SHARDS,
        "Which connections to the gateway this process keeps, as first-last/total.",
        "all of them",
        "0-3/16",
        |settings, text| Shards::parse(text).map(|shards| settings.discord.shards = Some(shards)),
    ),
    Setting {
        default: Some(address::DISCORD),
        ..optional(
            API,
            "Where Discord's REST interface is reached, without /api: a rate-limiting proxy or a local server. It \
             gets the token.",
            "Discord's own",
            "http://127.0.0.1:8080",
            |settings, text| address::parse(text).map(|api| settings.discord.api = api),
        )
    },
    Setting {
        default: Some("no"),
        ..optional(
            ALLOW_HTTP,
            "yes: the token may go to a public address without encryption, by http:// or ws://, because the way \
             there is protected by other means.",
            "no",
            "yes",
            |settings, text| values::yes(text).map(|allowed| settings.discord.allow_http = allowed),
        )
    },
    optional(
        HISTORY,
        "Where the chat in the terminal keeps the lines that were typed: a file, or off.",
        "a file in the platform's folder for the state of programs",
        "off",
        |settings, text| {
            settings.history = Some(PathBuf::from(text));
            Ok(())
        },
    ),
];
