//! The settings: one table of what can be set, in the environment or in the file `.env` of the working directory.
//!
//! A blank value is no value, in each of the two: `.env.example` can be copied as it is, and a blank line that is handed on
//! by `docker run --env-file` does not hide what the file inside says.

mod address;
mod env_file;
mod table;
mod token;
mod values;
mod wrong;

use std::env;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::Failure;
use env_file::EnvFile;
use wrong::Wrong;

#[cfg(feature = "discord")]
pub(in crate::shell) use address::{exposed, is_discords};
pub use table::{
    ALLOW_HTTP, ANSWER, API, DATA, DATABASE, GUILD, HISTORY, LOG, LOG_FORMAT, METRICS, PICTURE, PUBLIC_KEY, SETTINGS,
    SHARDS, Setting, TOKEN,
};
pub use token::Token;
pub use values::Shards;

/// What the settings say.
#[derive(Debug)]
pub struct Settings {
    /// The bot's token, if there is one.
    pub token: Option<Token>,
    /// The folder with the knowledge, unless it is the compiled-in one.
    pub data: Option<PathBuf>,
    /// Where the chat keeps the lines that were typed, if that is set; `off` for nowhere.
    pub history: Option<PathBuf>,
    /// How Discord is reached.
    pub discord: Discord,
}

/// How Discord is reached.
#[derive(Debug)]
pub struct Discord {
    /// The address of the REST interface, without `/api` and without a slash at its end.
    pub api: String,
    /// Whether the token may go to a public address without encryption.
    pub allow_http: bool,
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
    /// How long the answer to an interaction may take, from its arrival.
    pub answer_within: Duration,
    /// How much is logged.
    pub log: tracing::Level,
    /// Whether each line of the log is a JSON object.
    pub log_is_json: bool,
    /// What the operator should read about the settings as soon as there is a log.
    pub remarks: Remarks,
}

/// What the log says about where the settings came from.
#[derive(Debug, Default)]
pub struct Remarks {
    /// The file that was read, with what was taken from it; a secret only by its name.
    pub read: Option<String>,
    /// What is probably a mistake.
    pub doubtful: Vec<String>,
}

impl Settings {
    /// Reads the environment and the file `.env` of the working directory; the environment wins.
    ///
    /// # Errors
    /// Every value that cannot be used and every line that cannot be read.
    pub fn read() -> Result<Self, Failure> {
        let file = EnvFile::read()?;
        Self::from_layers(|name| env::var_os(name), file)
    }

    fn from_layers(variable: impl Fn(&str) -> Option<OsString>, file: Option<EnvFile>) -> Result<Self, Failure> {
        let file_was_read = file.is_some();
        let mut file = file.unwrap_or_default();
        let mut problems = std::mem::take(&mut file.problems);
        let mut settings = Self::unset();
        let (mut taken, mut place_of_api) = (Vec::new(), None);
        for setting in &SETTINGS {
            let in_environment = from_environment(setting.name, variable(setting.name));
            let (text, place) = match in_environment {
                Ok(Some(text)) => (text, None),
                Ok(None) => match (file.get(setting.name), setting.default) {
                    (Some((text, place)), _) => {
                        taken.push(if setting.is_secret {
                            setting.name.to_owned()
                        } else {
                            format!("{}={}", setting.name, text.escape_debug())
                        });
                        (text.to_owned(), Some(place))
                    }
                    (None, Some(default)) => (default.to_owned(), None),
                    (None, None) => continue,
                },
                Err(failure) => {
                    problems.push(failure);
                    continue;
                }
            };
            if let Err(wrong) = (setting.set)(&mut settings, &text) {
                problems.push(wrong.of(setting.name, place.as_deref()));
            }
            if setting.name == API {
                place_of_api = place;
            }
        }
        problems.extend(settings.check_api().map(|wrong| wrong.of(API, place_of_api.as_deref())));
        if let Some(failure) = Failure::all(problems) {
            return Err(failure);
        }
        settings.discord.remarks = remarks(&file, file_was_read, &taken);
        Ok(settings)
    }

    /// What holds before anything is read; the defaults stand in the table.
    fn unset() -> Self {
        let discord = Discord {
            api: String::new(),
            allow_http: false,
            guild: None,
            public_key: None,
            shards: None,
            metrics: None,
            database: None,
            picture_within: Duration::ZERO,
            answer_within: Duration::ZERO,
            log: tracing::Level::INFO,
            log_is_json: false,
            remarks: Remarks::default(),
        };
        Self { token: None, data: None, history: None, discord }
    }

    /// Whether the token would go over a public network without encryption.
    fn check_api(&self) -> Option<Wrong> {
        let host = address::exposed(&self.discord.api).filter(|_| !self.discord.allow_http)?;
        Some(Wrong::new(
            format!("would send the token to {host} without encryption"),
            format!(
                "set it to https://… or to an address of this machine or of a private network, or set {ALLOW_HTTP}=yes if \
                 the way there is protected by other means"
            ),
        ))
    }
}

/// The value of a variable of the environment; nothing if it is blank.
fn from_environment(name: &str, value: Option<OsString>) -> Result<Option<String>, Failure> {
    let Some(value) = value else { return Ok(None) };
    let value =
        value.into_string().map_err(|_| Failure::new(format!("{name} is not UTF-8"), "set it to a text in UTF-8"))?;
    let value =
        env_file::clean(&value).map_err(|what| Wrong::new(what, "write the value without quotes").of(name, None))?;
    Ok(Some(value).filter(|value| !value.is_empty()))
}

fn remarks(file: &EnvFile, was_read: bool, taken: &[String]) -> Remarks {
    let taken = if taken.is_empty() { "nothing".to_owned() } else { taken.join(", ") };
    let read = was_read.then(|| format!("read {}: {taken}", file.path.display()));
    let unknown = file.unknown(|name| SETTINGS.iter().any(|setting| setting.name == name));
    let doubtful = unknown.into_iter().map(|(place, name)| {
        format!("{place} sets {}, which is not a setting of versus; compare it with .env.example", name.escape_debug())
    });
    Remarks { read, doubtful: doubtful.collect() }
}

/// The data folder that is given by the flag, or else by the environment.
///
/// # Errors
/// The variable cannot be read.
pub fn data_folder(flag: Option<PathBuf>) -> Result<Option<PathBuf>, Failure> {
    match flag.filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => Ok(Some(folder)),
        None => Ok(from_environment(DATA, env::var_os(DATA))?.map(PathBuf::from)),
    }
}
