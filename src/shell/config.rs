//! What the environment says. Every variable is listed in `.env.example`.

use std::env::{self, VarError};
use std::fmt;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::Failure;

/// The bot's secret.
pub const TOKEN: &str = "DISCORD_TOKEN";
/// The server to which commands are registered, instead of everywhere.
pub const GUILD: &str = "DISCORD_GUILD_ID";
/// Where Discord's REST interface is reached.
pub const API: &str = "DISCORD_API_URL";
/// The application's key, by which requests of Discord are verified.
pub const PUBLIC_KEY: &str = "DISCORD_PUBLIC_KEY";
/// Where an operator can watch the bot.
pub const METRICS: &str = "VERSUS_METRICS_ADDR";
/// The connections that this process keeps.
pub const SHARDS: &str = "VERSUS_SHARDS";
/// Where progress is kept.
pub const DATABASE: &str = "DATABASE_URL";
/// How much is logged.
pub const LOG: &str = "VERSUS_LOG";
/// How long an answer waits for its picture.
pub const PICTURE: &str = "VERSUS_PICTURE_MS";
/// In which form it is logged.
pub const LOG_FORMAT: &str = "VERSUS_LOG_FORMAT";

/// How long an answer waits for its picture, if nothing else is set: people notice no delay below that.
const PICTURE_WITHIN: Duration = Duration::from_millis(500);
/// How long it may wait at most: Discord waits 3 s for the answer.
const LONGEST_PICTURE_WITHIN: Duration = Duration::from_secs(2);

/// Where Discord's own REST interface is reached.
const DISCORD_API: &str = "https://discord.com";

/// What the environment says.
#[derive(Debug)]
pub struct Settings {
    /// The bot's token, if there is one.
    pub token: Option<Token>,
    /// How Discord is reached.
    pub discord: Discord,
}

/// How Discord is reached.
#[derive(Debug)]
pub struct Discord {
    /// The address of the REST interface, without `/api` and without a slash at its end.
    pub api: String,
    /// The server to which commands are registered, instead of everywhere.
    pub guild: Option<u64>,
    /// The application's key, by which requests of Discord are verified.
    pub public_key: Option<[u8; 32]>,
    /// The connections to the gateway that this process keeps, if they are shared among several.
    pub shards: Option<Shards>,
    /// Where an operator can watch the bot, if that is wanted.
    pub metrics: Option<SocketAddr>,
    /// The address of the database, if one is set.
    pub database: Option<String>,
    /// How long an answer waits for its picture.
    pub picture_within: Duration,
    /// How much is logged.
    pub log: tracing::Level,
    /// Whether each line of the log is a JSON object.
    pub log_is_json: bool,
}

/// A bot's token; it is never printed.
pub struct Token(String);

impl Settings {
    /// Reads the environment.
    ///
    /// # Errors
    /// The first variable whose value cannot be used.
    pub fn from_environment() -> Result<Self, Failure> {
        let token = variable(TOKEN)?.map(|token| Token::parse(&token)).transpose()?;
        let guild = variable(GUILD)?.map(|id| parse_id(GUILD, &id)).transpose()?;
        let api = variable(API)?.unwrap_or_else(|| DISCORD_API.to_owned());
        let api = api.trim_end_matches('/').to_owned();
        if !api.starts_with("http://") && !api.starts_with("https://") {
            return Err(Failure::new(
                format!("{API} is not a web address"),
                "set it to http://… or https://…, or unset it",
            ));
        }
        let log = variable(LOG)?.unwrap_or_else(|| "info".to_owned());
        let log = log.parse().map_err(|_| {
            Failure::new(
                format!("{LOG} is not a log level"),
                "set it to error, warn, info, debug or trace, or unset it",
            )
        })?;
        let log_is_json = match variable(LOG_FORMAT)?.as_deref() {
            None | Some("text") => false,
            Some("json") => true,
            Some(_) => {
                return Err(Failure::new(
                    format!("{LOG_FORMAT} is not a log format"),
                    "set it to text or json, or unset it",
                ));
            }
        };
        let database = variable(DATABASE)?;
        let picture_within = variable(PICTURE)?.map_or(Ok(PICTURE_WITHIN), |within| parse_picture_within(&within))?;
        let shards = variable(SHARDS)?.map(|shards| Shards::parse(&shards)).transpose()?;
        let metrics = variable(METRICS)?.map(|address| address.parse()).transpose().map_err(|_| {
            Failure::new(
                format!("{METRICS} is not an address"),
                "set it to an address and a port, such as 127.0.0.1:9090",
            )
        })?;
        let public_key = variable(PUBLIC_KEY)?.map(|key| parse_key(&key)).transpose()?;
        Ok(Self {
            token,
            discord: Discord { api, guild, public_key, shards, metrics, database, picture_within, log, log_is_json },
        })
    }
}

/// The connections to the gateway that a process keeps, of how many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shards {
    /// Those of this process.
    pub own: RangeInclusive<u32>,
    /// All of them, in all processes.
    pub total: u32,
}

impl Shards {
    /// Reads a range such as `0-3/16`: the first and the last of this process, and how many there are in all.
    ///
    /// # Errors
    /// That it is not such a range.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let parsed = || {
            let (own, total) = text.split_once('/')?;
            let (first, last) = own.split_once('-').unwrap_or((own, own));
            let (first, last, total) = (first.parse().ok()?, last.parse().ok()?, total.parse().ok()?);
            (first <= last && last < total).then_some(Self { own: first..=last, total })
        };
        parsed().ok_or_else(|| {
            let remedy = "write it as first-last/total, such as 0-3/16 for the first four of sixteen, or unset it";
            Failure::new(format!("{SHARDS} is not a range of shards"), remedy)
        })
    }
}

impl Token {
    /// Reads a token: three parts with dots between them, the first of which is the application's id in Base64.
    ///
    /// # Errors
    /// That the token cannot be one, without repeating it.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let token = text.trim().trim_start_matches("Bot ").to_owned();
        let parts: Vec<&str> = token.split('.').collect();
        let legal = |part: &&str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=".contains(&byte))
        };
        if parts.len() != 3 || !parts.iter().all(legal) {
            return Err(Failure::new(
                format!("{TOKEN} is not a bot token"),
                "copy it from the page Bot at https://discord.com/developers/applications; it has three parts with \
                 dots between them",
            ));
        }
        Ok(Self(token))
    }

    /// The token itself.
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// The id of the application, which a token begins with.
    pub fn application(&self) -> Option<u64> {
        let first = self.0.split('.').next()?;
        let id = STANDARD_NO_PAD.decode(first.trim_end_matches('=')).ok()?;
        String::from_utf8(id).ok()?.parse().ok()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Loads the file `.env` of the current folder, if there is one; what is set already stays.
///
/// # Errors
/// The line that cannot be read.
pub fn load_env_file() -> Result<(), Failure> {
    match dotenvy::dotenv() {
        Ok(_) => Ok(()),
        Err(error) if error.not_found() => Ok(()),
        // The error itself would print the line, and the line may contain the token.
        Err(dotenvy::Error::LineParse(..)) => {
            Err(Failure::new("the file .env has a line that is not NAME=value", "compare it with .env.example"))
        }
        Err(error) => Err(Failure::new(format!("the file .env cannot be read: {error}"), "correct or remove it")),
    }
}

fn variable(name: &str) -> Result<Option<String>, Failure> {
    match env::var(name) {
        Ok(value) if value.trim().is_empty() => Ok(None),
        Ok(value) => Ok(Some(value.trim().to_owned())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Failure::new(format!("{name} is not UTF-8"), "set it to a text in UTF-8")),
    }
}

fn parse_picture_within(text: &str) -> Result<Duration, Failure> {
    let within = text.parse().ok().map(Duration::from_millis).filter(|within| *within <= LONGEST_PICTURE_WITHIN);
    within.ok_or_else(|| {
        let most = LONGEST_PICTURE_WITHIN.as_millis();
        Failure::new(format!("{PICTURE} is not a time"), format!("set it to 0–{most} milliseconds, or unset it"))
    })
}

fn parse_id(name: &str, text: &str) -> Result<u64, Failure> {
    let id = text.parse().ok().filter(|id| *id > 0);
    id.ok_or_else(|| Failure::new(format!("{name} is not a Discord id"), "copy the id, a number, or unset it"))
}

/// Reads 64 hexadecimal digits.
fn parse_key(text: &str) -> Result<[u8; 32], Failure> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let digits = digits.unwrap_or_default();
    let (pairs, rest) = digits.as_chunks::<2>();
    let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
    let key = bytes.try_into().ok().filter(|_| rest.is_empty());
    key.ok_or_else(|| {
        let remedy = "copy the public key, 64 digits and letters, from https://discord.com/developers/applications";
        Failure::new(format!("{PUBLIC_KEY} is not a public key"), remedy)
    })
}

#[cfg(test)]
mod tests {
    use super::{Shards, Token, parse_key};

    #[test]
    fn a_range_of_shards_is_read_and_what_is_none_is_refused() {
        let shards = |own, total| Some(Shards { own, total });
        assert_eq!(Shards::parse("0-3/16").ok(), shards(0..=3, 16));
        assert_eq!(Shards::parse("15/16").ok(), shards(15..=15, 16));
        for text in ["", "0-3", "3-0/16", "0-16/16", "16/16", "a-b/c", "-1/2", "0-1/2/3", "é日🦀"] {
            assert!(Shards::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_public_key_has_exactly_64_digits() {
        assert_eq!(parse_key(&"0aF1".repeat(16)).ok(), Some([[0x0a, 0xf1]; 16].concat().try_into().expect("32 bytes")));
        for text in ["", "0a", &"0".repeat(63), &"0".repeat(65), &"0g".repeat(32), &"é日🦀".repeat(10)] {
            assert!(parse_key(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_token_tells_its_application_and_nothing_else() {
        let token =
            Token::parse("Bot MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.secret-secret_secret").expect("it has three parts");
        assert_eq!(token.application(), Some(123_456_789_012_345_678));
        assert!(!format!("{token:?}").contains("MTIz"));
    }

    #[test]
    fn what_cannot_be_a_token_is_refused_without_repeating_it() {
        for text in ["secret", "a.b", "a.b.c.d", "a..c", "a b.c.d", "é.日.🦀"] {
            let failure = Token::parse(text).expect_err("it is not a token").to_string();
            assert!(!failure.contains(text), "{failure}");
        }
    }
}
