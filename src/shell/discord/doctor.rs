//! `versus doctor`: checks what the bot needs to run, one line each, with what helps.

use std::path::Path;
use std::time::{Duration, SystemTime};

use reqwest::header::{AUTHORIZATION, DATE, USER_AGENT};
use reqwest::{Client, Url, redirect};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::runtime::Runtime;

use super::permissions::{Channel, Guild, Member, missing};
use super::request::AGENT;
use crate::presentation::wording::count;
use crate::shell::config::{API, PUBLIC_KEY, Settings, TOKEN, Token};
use crate::shell::{Failure, data, output, storage};

/// How long Discord may take for one answer.
const WITHIN: Duration = Duration::from_secs(15);
/// How far the clock may be off. Discord's Date header is in whole seconds, and signed requests are refused after five minutes.
const CLOCK_OFF: Duration = Duration::from_secs(30);
/// The flags of an application that may read the text of all messages, for many servers and for few.
const READS_ALL_TEXT: u64 = 1 << 18 | 1 << 19;

/// What one check found.
enum Finding {
    Good(String),
    /// A cause and its remedy.
    Bad(String, String),
    /// Why it was not checked.
    Skipped(&'static str),
}

use Finding::{Bad, Good, Skipped};

/// Prints a line for each check.
///
/// # Errors
/// That something was found, or that the output cannot be written.
pub fn run(folder: Option<&Path>, channel: Option<u64>) -> Result<(), Failure> {
    let runtime = Runtime::new().map_err(|error| {
        Failure::new(format!("no threads can be started: {error}"), "raise the limit of threads or memory")
    })?;
    let mut faults = 0;
    let mut print = |what: &str, finding: Finding| {
        let (state, text) = match finding {
            Good(text) => ("ok", text),
            Bad(cause, remedy) => {
                faults += 1;
                ("fault", format!("{cause}; {remedy}"))
            }
            Skipped(why) => ("skipped", why.to_owned()),
        };
        output::line(&format!("{state:<8} {what:<12} {text}"))
    };
    let settings = Settings::read();
    let of_settings = settings.as_ref().ok().and_then(|settings| settings.data.clone());
    print("data", knowledge(folder.or(of_settings.as_deref())))?;
    let settings = match settings {
        Ok(settings) => settings,
        Err(failure) => {
            print("settings", failed(&failure))?;
            return finish(faults);
        }
    };
    print("database", runtime.block_on(database(&settings)))?;
    let checks = runtime.block_on(ask_discord(&settings, channel));
    for (what, finding) in checks {
        print(what, finding)?;
    }
    finish(faults)
}

fn finish(faults: usize) -> Result<(), Failure> {
    match faults {
        0 => Ok(()),
        faults => Err(Failure::new(count(faults, "fault was found", "faults were found"), "see the lines above")),
    }
}

/// A failure as the finding of a check.
fn failed(failure: &Failure) -> Finding {
    let text = failure.to_string();
    let line = text.lines().last().unwrap_or_default().trim_start_matches("versus: ");
    let (cause, remedy) = line.split_once("; ").unwrap_or((line, "see the log"));
    Bad(cause.to_owned(), remedy.to_owned())
}

fn knowledge(folder: Option<&Path>) -> Finding {
    match data::load(folder) {
        Ok(core) => {
            let name = folder.map_or_else(|| "compiled in".to_owned(), |folder| folder.display().to_string());
            Good(format!("{name}: {}", count(core.knowledge().topics.len(), "topic", "topics")))
        }
        Err(failure) => failed(&failure),
    }
}

async fn database(settings: &Settings) -> Finding {
    let application = settings.token.as_ref().and_then(Token::application);
    match storage::probe(settings.discord.database.as_deref(), application).await {
        Ok(address) if address.is_empty() => Good("nothing is kept".to_owned()),
        Ok(address) => Good(format!("{address} can be written")),
        Err(failure) => failed(&failure),
    }
}

/// What Discord says about the token, the application and a channel.
async fn ask_discord(settings: &Settings, channel: Option<u64>) -> Vec<(&'static str, Finding)> {
    let Some(token) = &settings.token else {
        let remedy = "copy it from the page Bot at https://discord.com/developers/applications";
        return vec![("token", Bad(format!("{TOKEN} is not set"), remedy.to_owned()))];
    };
    // A redirect would carry the token to another host.
    let client = match Client::builder().redirect(redirect::Policy::none()).timeout(WITHIN).build() {
        Ok(client) => client,
        Err(error) => return vec![("network", Bad(error.to_string(), "report it as a fault of versus".to_owned()))],
    };
    let discord = Asking { client, authorization: format!("Bot {}", token.secret()), api: &settings.discord.api };
    let answered = discord.get::<Application>("/applications/@me").await;
    let (application, date) = match answered {
        Ok(answered) => answered,
        Err(error) => return vec![("token", error.finding("the token"))],
    };
    vec![
        ("token", Good("Discord accepts it".to_owned())),
        ("application", endpoint(&application)),
        ("key", key(settings, &application)),
        ("intents", intents(&application)),
        ("clock", clock(date, SystemTime::now())),
        ("gateway", gateway(&discord).await),
        ("permissions", permissions(&discord, &application, channel).await),
    ]
}

/// Discord's REST interface, asked once for each check.
struct Asking<'a> {
    client: Client,
    authorization: String,
    api: &'a str,
}

/// Why Discord gave no answer that can be used.
enum NoAnswer {
    Status(u16),
    Unreachable(String),
    Unreadable,
}

impl Asking<'_> {
    /// An answer with the time at which it was given, if it says so.
    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<(T, Option<SystemTime>), NoAnswer> {
        let address = Url::parse(&format!("{}/api/v10{path}", self.api)).map_err(|_| NoAnswer::Unreadable)?;
        let request = self.client.get(address).header(AUTHORIZATION, &self.authorization).header(USER_AGENT, AGENT);
        let unreachable = |error: reqwest::Error| NoAnswer::Unreachable(error.without_url().to_string());
        let response = request.send().await.map_err(unreachable)?;
        if !response.status().is_success() {
            return Err(NoAnswer::Status(response.status().as_u16()));
        }
        let date = response.headers().get(DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
        let body = response.bytes().await.map_err(unreachable)?;
        serde_json::from_slice(&body).map(|answer| (answer, date)).map_err(|_| NoAnswer::Unreadable)
    }
}

impl NoAnswer {
    fn finding(self, what: &str) -> Finding {
        match self {
            Self::Status(401) => Bad(
                format!("Discord refuses {what}"),
                format!(
                    "reset it on the page Bot at https://discord.com/developers/applications and set {TOKEN} to the new one"
                ),
            ),
            Self::Status(status @ (429 | 500..)) => Bad(
                format!("Discord has trouble: status {status}"),
                "see https://discordstatus.com and try again".to_owned(),
            ),
            Self::Status(status) => Bad(
                format!("Discord refuses the question about {what}: status {status}"),
                format!("check {API} if it is set"),
            ),
            Self::Unreachable(error) => {
                Bad(format!("Discord cannot be reached: {error}"), format!("check the network, and {API} if it is set"))
            }
            Self::Unreadable => Bad(
                format!("the answer about {what} cannot be read"),
                format!("check {API} if it is set, or update versus"),
            ),
        }
    }
}

/// The bot's application, as far as it matters here.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Application {
    id: String,
    name: String,
    verify_key: String,
    flags: u64,
    interactions_endpoint_url: Option<String>,
    bot: Option<BotUser>,
}

#[derive(Deserialize)]
struct BotUser {
    id: String,
}

/// Interactions come either through the gateway or to an address, never both ways.
fn endpoint(application: &Application) -> Finding {
    let name = format!("{} ({})", application.name, application.id);
    match &application.interactions_endpoint_url {
        None => Good(format!("{name}; commands come through the gateway")),
        Some(url) => Good(format!(
            "{name}; commands are posted to {url}, which needs versus serve: clear the Interactions Endpoint URL to get them through the gateway"
        )),
    }
}

fn key(settings: &Settings, application: &Application) -> Finding {
    let Some(key) = settings.discord.public_key else {
        return Skipped("DISCORD_PUBLIC_KEY is not set; only versus serve needs it");
    };
    let digits: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    if digits == application.verify_key.to_lowercase() {
        return Good(format!("{PUBLIC_KEY} is that of the application"));
    }
    let remedy = "copy it from the page General Information at https://discord.com/developers/applications";
    Bad(format!("{PUBLIC_KEY} is not that of the application"), remedy.to_owned())
}

fn intents(application: &Application) -> Finding {
    let reads = if application.flags & READS_ALL_TEXT == 0 { "off" } else { "on" };
    Good(format!("no privileged intent is needed; Message Content is {reads}"))
}

fn clock(discord: Option<SystemTime>, own: SystemTime) -> Finding {
    let Some(discord) = discord else { return Skipped("Discord's answer has no date") };
    let (off, way) = match own.duration_since(discord) {
        Ok(ahead) => (ahead, "ahead"),
        Err(behind) => (behind.duration(), "behind"),
    };
    let seconds = count(usize::try_from(off.as_secs()).unwrap_or(usize::MAX), "second", "seconds");
    if off <= CLOCK_OFF {
        return Good(format!("right to within {} seconds", CLOCK_OFF.as_secs()));
    }
    Bad(format!("the clock is {seconds} {way}"), "let the system set it by NTP".to_owned())
}

/// Where the gateway is, and how many sessions may still be started.
#[derive(Deserialize)]
struct GatewayBot {
    session_start_limit: SessionStartLimit,
}

#[derive(Deserialize)]
struct SessionStartLimit {
    total: u64,
    remaining: u64,
}

async fn gateway(discord: &Asking<'_>) -> Finding {
    match discord.get::<GatewayBot>("/gateway/bot").await {
        Ok((GatewayBot { session_start_limit: SessionStartLimit { total, remaining: 0 } }, _)) => Bad(
            format!("all {total} sessions of the day are used up"),
            "wait until tomorrow, and look into the log for why the bot starts again and again".to_owned(),
        ),
        Ok((GatewayBot { session_start_limit: limit }, _)) => {
            Good(format!("{} of {} sessions of the day are left", limit.remaining, limit.total))
        }
        Err(error) => error.finding("the gateway"),
    }
}

async fn permissions(discord: &Asking<'_>, application: &Application, channel: Option<u64>) -> Finding {
    let Some(id) = channel else { return Skipped("give --channel ID to check what the bot may do there") };
    let bot = application.bot.as_ref().map_or(application.id.as_str(), |bot| bot.id.as_str());
    match missing_in(discord, id, bot).await {
        Ok(Some(missing)) if missing.is_empty() => Good(format!("the bot may do all that it needs in channel {id}")),
        Ok(Some(missing)) => Bad(
            format!("in channel {id} the bot may not {}", missing.join(", ")),
            "allow it in the channel's settings below Permissions, or add the bot again by the link that versus invite prints".to_owned(),
        ),
        Ok(None) => Good(format!("channel {id} is a direct message, which needs no permissions")),
        Err(NoAnswer::Status(403 | 404)) => Bad(
            format!("the bot does not see channel {id}"),
            "check the id, add the bot to the server by the link that versus invite prints, and allow View Channel".to_owned(),
        ),
        Err(error) => error.finding("the channel"),
    }
}

/// What the bot may not do in a channel; nothing where it is in no server.
async fn missing_in(discord: &Asking<'_>, id: u64, bot: &str) -> Result<Option<Vec<&'static str>>, NoAnswer> {
    let (channel, _) = discord.get::<Channel>(&format!("/channels/{id}")).await?;
    let Some(server) = &channel.guild_id else { return Ok(None) };
    let (guild, _) = discord.get::<Guild>(&format!("/guilds/{server}")).await?;
    let (member, _) = discord.get::<Member>(&format!("/guilds/{server}/members/{bot}")).await?;
    // A thread has the permissions of the channel that it belongs to.
    let rules = match channel.parent_of_thread() {
        Some(parent) => discord.get::<Channel>(&format!("/channels/{parent}")).await?.0,
        None => channel.clone(),
    };
    Ok(Some(missing(&guild, &member, bot, &rules, channel.is_thread())))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{Finding, clock};

    #[test]
    fn a_clock_that_is_off_is_found_either_way() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
        let minute = Duration::from_secs(61);
        assert!(matches!(clock(Some(now), now), Finding::Good(_)));
        assert!(
            matches!(clock(Some(now - minute), now), Finding::Bad(cause, _) if cause == "the clock is 61 seconds ahead")
        );
        assert!(
            matches!(clock(Some(now + minute), now), Finding::Bad(cause, _) if cause == "the clock is 61 seconds behind")
        );
    }
}
