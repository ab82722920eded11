//! `versus doctor`: one line for each check, against the stand-in.

use serde_json::{Value, json};

use crate::bot::Bot;
use crate::standin::Standin;
use crate::standin::events::BOT;
use crate::standin::fault::Fault;
use crate::standin::rest::VERIFY_KEY;

const CHANNEL: &str = "1400000000000000001";
/// All that the bot needs in a channel, as the number of its permissions.
const ALL: u64 = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 49;

/// What the doctor says about this stand-in; the address and the folder of the database are left out.
async fn consult(standin: &Standin, arguments: &[&str], environment: &[(&str, &str)]) -> (Option<i32>, String) {
    let (token, url) = (crate::standin::token(), standin.url());
    let database = format!("sqlite:{}", standin.database().display());
    let own = [("DISCORD_TOKEN", &*token), ("DISCORD_API_URL", &*url), ("DATABASE_URL", &*database)];
    let bot = Bot::run(&[&["doctor"], arguments].concat(), &[&own, environment].concat());
    let (code, log) = bot.exit().await;
    assert!(!log.contains(&token), "{log}");
    (code, log.replace(&database, "sqlite:FILE").replace(&url, "URL"))
}

/// The lines about one thing.
fn about(log: &str, what: &str) -> String {
    log.lines().filter(|line| line.split_whitespace().nth(1) == Some(what)).collect::<Vec<_>>().join("\n")
}

/// The first word of each line and what it is about.
fn states(log: &str) -> Vec<&str> {
    let state = |line: &'_ str| line.get(..21).map(str::trim_end).map(str::len);
    log.lines().filter_map(|line| line.get(..state(line)?)).collect()
}

#[tokio::test]
async fn all_is_well_with_a_token_that_discord_accepts() {
    let standin = Standin::start().await;
    let (code, log) = consult(&standin, &[], &[("DISCORD_PUBLIC_KEY", VERIFY_KEY)]).await;
    assert_eq!(code, Some(0), "{log}");
    let expected = [
        "ok       data",
        "ok       database",
        "ok       token",
        "ok       application",
        "ok       key",
        "ok       intents",
        "ok       clock",
        "ok       gateway",
        "skipped  permissions",
    ];
    assert_eq!(states(&log), expected, "{log}");
}

#[tokio::test]
async fn each_fault_gets_a_line_with_its_remedy() {
    let standin = Standin::start().await;
    let check = async |fault: Option<Fault>, environment: &[(&str, &str)], what: &str, expected: &str| {
        if let Some(fault) = fault {
            standin.fault(fault);
        }
        let (code, log) = consult(&standin, &[], environment).await;
        assert_eq!(code, Some(1), "{log}");
        let line = about(&log, what);
        assert!(line.starts_with("fault ") && line.contains(expected) && line.contains("; "), "{expected}: {log}");
    };
    let of_application = |status: u16, body: &Value| Some(Fault::status("GET /applications/@me", 1, status, body));
    let unauthorized = json!({ "message": "401: Unauthorized", "code": 0 });
    check(of_application(401, &unauthorized), &[], "token", "Discord refuses the token; reset it").await;
    check(Some(Fault::server_error("GET /applications/@me", 1)), &[], "token", "see https://discordstatus.com").await;
    check(of_application(200, &json!("é日🦀")), &[], "token", "the answer about the token cannot be read").await;
    let late = Fault::status("GET /applications/@me", 1, 200, &json!({ "id": BOT, "name": "versus" }));
    let late = late.header("date", "Fri, 01 Jan 2038 00:00:00 GMT");
    check(Some(late), &[], "clock", " behind; let the system set it by NTP").await;
    check(None, &[("DISCORD_PUBLIC_KEY", &"ab".repeat(32))], "key", "is not that of the application; copy it").await;
    check(None, &[("DISCORD_TOKEN", "")], "token", "DISCORD_TOKEN is not set; copy it").await;
    check(None, &[("DISCORD_TOKEN", "é日🦀")], "settings", "DISCORD_TOKEN is not a bot token; copy it").await;
    check(None, &[("VERSUS_DATA", "/no/such/folder")], "data", "/no/such/folder cannot be read").await;
    check(None, &[("DATABASE_URL", "sqlite:/proc/versus.db")], "database", "cannot be used").await;
    check(None, &[("DISCORD_API_URL", "http://127.0.0.1:1")], "token", "Discord cannot be reached").await;
    let limit = json!({ "total": 1000, "remaining": 0 });
    let used_up = json!({ "url": "wss://gateway.invalid", "shards": 1, "session_start_limit": limit });
    let used_up = Fault::status("GET /gateway/bot", 1, 200, &used_up);
    check(Some(used_up), &[], "gateway", "all 1000 sessions of the day are used up; wait until tomorrow").await;
}

#[tokio::test]
async fn interactions_that_are_posted_elsewhere_are_pointed_out() {
    let standin = Standin::start().await;
    let url = "https://bot.example/";
    let application = json!({ "id": BOT, "name": "versus", "interactions_endpoint_url": url, "flags": 1 << 19 });
    standin.fault(Fault::status("GET /applications/@me", 1, 200, &application));
    let (_, log) = consult(&standin, &[], &[]).await;
    assert!(about(&log, "application").contains("commands are posted to https://bot.example/"), "{log}");
    assert!(about(&log, "intents").contains("Message Content is on"), "{log}");
}

/// What the doctor says about a channel where the role of everyone has these permissions.
async fn in_channel(standin: &Standin, channel: &Value, everyone: u64) -> String {
    let guild = json!({ "id": "7", "owner_id": "8", "roles": [{ "id": "7", "permissions": everyone.to_string() }] });
    standin.fault(Fault::status(&format!("GET /channels/{CHANNEL}"), 1, 200, channel));
    standin.fault(Fault::status("GET /guilds/7/members/", 1, 200, &json!({ "roles": [] })));
    standin.fault(Fault::status("GET /guilds/7", 1, 200, &guild));
    let (_, log) = consult(standin, &["--channel", CHANNEL], &[]).await;
    about(&log, "permissions")
}

#[tokio::test]
async fn what_the_bot_may_not_do_in_a_channel_is_named() {
    let standin = Standin::start().await;
    let channel = json!({ "id": CHANNEL, "type": 0, "guild_id": "7", "permission_overwrites": [] });
    let line = in_channel(&standin, &channel, ALL).await;
    assert!(line.starts_with("ok ") && line.contains("may do all that it needs"), "{line}");
    let line = in_channel(&standin, &channel, 1 << 10 | 1 << 11).await;
    let missing = "the bot may not Embed Links, Attach Files, Read Message History, Create Polls; allow it";
    assert!(line.starts_with("fault ") && line.contains(missing), "{line}");
    let refused = json!({ "message": "Missing Access", "code": 50001 });
    standin.fault(Fault::status(&format!("GET /channels/{CHANNEL}"), 1, 403, &refused));
    let (code, log) = consult(&standin, &["--channel", CHANNEL], &[]).await;
    let line = about(&log, "permissions");
    assert!(code == Some(1) && line.contains("the bot does not see channel") && line.contains("; check"), "{log}");
}
