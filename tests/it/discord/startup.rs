//! Starting and stopping: what keeps the bot from running, and how it ends.

use std::fs;
use std::time::Duration;

use expect_test::{Expect, expect};
use serde_json::json;
use tokio::net::TcpListener;

use super::registration::definitions;
use super::scene::{Scene, TEA_AND_COFFEE, check_secrets, is_beginning, lines_of, start};
use crate::bot::Bot;
use crate::folder::Folder;
use crate::standin::events::{GUILD, Origin, slash};
use crate::standin::fault::Fault;
use crate::standin::{Standin, token};

/// Longer than the bot is patient with a Discord that does not answer.
const PATIENCE: Duration = Duration::from_secs(25);

/// A bot that cannot start or go on says so in one line, without its token, and ends with code 1.
async fn check(bot: Bot, address: &str, expected: Expect) {
    let (code, log) = bot.exit_within(PATIENCE).await;
    assert_eq!(code, Some(1), "{log}");
    check_secrets(&log);
    let usual = ["INFO registered", "INFO the ", "INFO ready on shard", "DEBUG trying again"];
    let is_usual = |line: &String| is_beginning(line) || usual.iter().any(|usual| line.starts_with(usual));
    let lines: Vec<String> = lines_of(&log).into_iter().filter(|line| !is_usual(line)).collect();
    expected.assert_eq(&(lines.join("\n").replace(address, "ADDRESS") + "\n"));
}

async fn check_on(standin: Standin, environment: &[(&str, &str)], expected: Expect) {
    let bot = start(&standin, environment);
    check(bot, &standin.url(), expected).await;
    standin.finish();
}

/// The gateway refuses the first IDENTIFY.
async fn check_refusal(code: u16, expected: Expect) {
    let standin = Standin::start().await;
    standin.refuse_identify(code);
    check_on(standin, &[], expected).await;
}

/// The gateway closes the connection of a bot that is ready.
async fn check_close(code: u16, expected: Expect) {
    let Scene { standin, bot } = Scene::start().await;
    standin.close(code);
    check(bot, &standin.url(), expected).await;
    standin.finish();
}

#[tokio::test]
async fn a_token_that_discord_refuses() {
    let standin = Standin::start().await;
    let wrong = token().replace("stand-in", "mistaken");
    let (wrong, url) = (wrong.as_str(), standin.url());
    let bot = start(&standin, &[("DISCORD_TOKEN", wrong)]);
    bot.logged("versus: ").await;
    assert!(!bot.log().contains("mistaken"), "{}", bot.log());
    let expected = expect![[r#"
        versus: Discord refused the token; reset it on the page Bot at https://discord.com/developers/applications and set DISCORD_TOKEN to the new one
    "#]];
    check(bot, &url, expected).await;
    assert_eq!(standin.requests().len(), 1, "it is not tried again");
    standin.finish();
}

#[tokio::test]
async fn a_gateway_that_refuses_the_bot() {
    check_refusal(4004, expect![[r#"
        versus: Discord refused the token; reset it on the page Bot at https://discord.com/developers/applications and set DISCORD_TOKEN to the new one
    "#]]).await;
    check_refusal(
        4013,
        expect![[r#"
        versus: the gateway closed with 4013, invalid intents; update versus, Discord has changed what it accepts
    "#]],
    )
    .await;
    check_refusal(4014, expect![[r#"
        versus: the gateway closed with 4014, disallowed intents, although none is privileged; look whether the application is disabled at https://discord.com/developers/applications
    "#]]).await;
}

#[tokio::test]
async fn a_gateway_that_wants_something_else() {
    check_refusal(4010, expect![[r#"
        versus: the gateway closed with 4010, the shards are not what it wants; unset VERSUS_SHARDS, or give all processes the same total, large enough for all servers
    "#]]).await;
    check_refusal(4011, expect![[r#"
        versus: the gateway closed with 4011, the shards are not what it wants; unset VERSUS_SHARDS, or give all processes the same total, large enough for all servers
    "#]]).await;
    check_refusal(
        4012,
        expect![[r#"
        versus: the gateway closed with 4012, invalid API version; update versus, Discord has changed what it accepts
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_gateway_that_sends_the_bot_away() {
    check_close(4004, expect![[r#"
        versus: Discord refused the token; reset it on the page Bot at https://discord.com/developers/applications and set DISCORD_TOKEN to the new one
    "#]]).await;
    check_close(4014, expect![[r#"
        versus: the gateway closed with 4014, disallowed intents, although none is privileged; look whether the application is disabled at https://discord.com/developers/applications
    "#]]).await;
}

#[tokio::test]
async fn a_gateway_without_an_address() {
    for url in ["", "gateway", "http://gateway.example", "ws://", "é日🦀"] {
        let standin = Standin::start().await;
        let gateway = standin.gateway_for_bot(&json!({ "url": url }));
        standin.fault(Fault::status("GET /gateway/bot", 9, 200, &gateway));
        check_on(
            standin,
            &[],
            expect![[r#"
            versus: the gateway's address is not valid; check DISCORD_API_URL if it is set, or else update versus
        "#]],
        )
        .await;
    }
}

/// So that a crash loop ends long before Discord resets the token.
#[tokio::test]
async fn a_bot_that_began_too_many_sessions_today() {
    let standin = Standin::start().await;
    let limit = json!({ "total": 1000, "remaining": 500, "reset_after": 3_600_001, "max_concurrency": 1 });
    let gateway = standin.gateway_for_bot(&json!({ "session_start_limit": limit }));
    standin.fault(Fault::status("GET /gateway/bot", 9, 200, &gateway));
    check_on(standin, &[], expect![[r#"
        versus: only 500 of 1000 sessions are left for today; find out why the bot starts so often, and start it again in 60 minutes
    "#]]).await;
}

#[tokio::test]
async fn a_server_that_the_bot_is_not_in() {
    let standin = Standin::start().await;
    let missing = json!({ "message": "Missing Access", "code": 50001 });
    standin.fault(Fault::status("/guilds/", 9, 403, &missing));
    let expected = expect![[r#"
        versus: the commands cannot be registered to the server of DISCORD_GUILD_ID: status 403, code 50001; add the bot there by the link that `versus invite` prints, or correct or unset DISCORD_GUILD_ID
    "#]];
    check_on(standin, &[("DISCORD_GUILD_ID", GUILD)], expected).await;
}

/// The first line is logged when the signals are caught already, and before the knowledge is read.
#[tokio::test]
async fn a_signal_in_the_first_moment_ends_the_bot_well() {
    for name in ["INT", "TERM"] {
        let standin = Standin::start().await;
        let bot = start(&standin, &[]);
        bot.logged(" starts").await;
        bot.signal(name).await;
        let (code, log) = bot.exit().await;
        assert_eq!(code, Some(0), "{log}");
        assert!(log.contains(&format!("SIG{name} received")), "{log}");
        standin.finish();
    }
}

#[tokio::test]
async fn a_reload_that_is_asked_for_during_the_start_is_remembered() {
    let standin = Standin::start().await;
    standin.fault(Fault::hold("GET /gateway/bot", 1));
    let bot = start(&standin, &[]);
    bot.logged(" starts").await;
    bot.signal("HUP").await;
    bot.logged("SIGHUP received, the knowledge was reloaded").await;
    standin.next(|request| request.path == "/gateway/bot").await;
    bot.signal("HUP").await;
    standin.release();
    let scene = Scene::ready(standin, bot).await;
    let event = slash(&Origin::guild(), "help", &[]);
    scene.interact(&event).await;
    let (code, log) = scene.bot.stop().await;
    assert_eq!(code, Some(0), "{log}");
    scene.standin.finish();
}

/// A bot whose settings all stand in the `.env` of its folder.
fn start_in(folder: &Folder, standin: &Standin, lines: &str, environment: &[(&str, &str)]) -> Bot {
    let (token, url, database) = (token(), standin.url(), standin.database());
    let (name, data) = TEA_AND_COFFEE;
    let own = format!("DISCORD_TOKEN={token}\nDISCORD_API_URL=\"{url}\"\nDATABASE_URL=sqlite:{}\n", database.display());
    fs::write(folder.path().join(".env"), format!("{own}{name}={data}\n{lines}")).expect("the file can be written");
    Bot::run_in(folder.path(), &[], environment)
}

#[tokio::test]
async fn a_file_of_settings_is_logged_without_a_secret() {
    let (standin, folder) = (Standin::start().await, Folder::new());
    let blank = [("DISCORD_API_URL", ""), ("DATABASE_URL", " "), ("VERSUS_DATA", "''")];
    let bot = start_in(&folder, &standin, "VERSUS_LOG=debug\nDISCORD_TOKN=x\nOTHER=y\n", &blank);
    let (url, database) = (standin.url(), standin.database().display().to_string());
    let (standin, complaints) = Scene::ready(standin, bot).await.stop().await;
    let lines = complaints.join("\n") + "\n";
    let lines = lines.replace(&folder.path().display().to_string(), "FOLDER").replace(&url, "ADDRESS");
    let lines = lines.replace(&database, "DATABASE").replace(TEA_AND_COFFEE.1, "DATA");
    expect![[r#"
        INFO read FOLDER/.env: DISCORD_TOKEN, VERSUS_DATA=DATA, DATABASE_URL, VERSUS_LOG=debug, DISCORD_API_URL=ADDRESS
        WARN .env:6 sets DISCORD_TOKN, which is not a setting of versus; compare it with .env.example
    "#]]
    .assert_eq(&lines);
    standin.finish();
}

#[tokio::test]
async fn a_bot_whose_requests_go_elsewhere_says_where() {
    let scene = Scene::start().await;
    let line = format!(
        "WARN requests, and the token with them, go to {} and not to Discord itself, because of DISCORD_API_URL",
        scene.standin.url()
    );
    assert_eq!(lines_of(&scene.bot.log()).iter().filter(|logged| **logged == line).count(), 1, "{}", scene.bot.log());
    scene.finish().await;
}

#[tokio::test]
async fn a_proxy_that_the_gateway_goes_around_is_reported() {
    let standin = Standin::start().await;
    let proxy = standin.url();
    let scene = Scene::with(standin, &[("HTTP_PROXY", &proxy)]).await;
    scene.finish_after_faults(expect![[r#"
        WARN requests go through a proxy of the environment (HTTPS_PROXY, HTTP_PROXY or ALL_PROXY), but the connection to the gateway goes around it: allow gateway.discord.gg:443, or use `versus serve`, which needs no gateway
    "#]]).await;
    // What goes around the proxy anyway is not reported.
    let standin = Standin::start().await;
    let scene = Scene::with(standin, &[("http_proxy", "http://127.0.0.1:1"), ("NO_PROXY", "127.0.0.1")]).await;
    scene.finish().await;
}

#[tokio::test]
async fn a_gateway_without_encryption_does_not_get_the_token() {
    let standin = Standin::start().await;
    let gateway = standin.gateway_for_bot(&json!({ "url": "ws://gateway.example" }));
    standin.fault(Fault::status("GET /gateway/bot", 9, 200, &gateway));
    check_on(standin, &[], expect![[r#"
        versus: the gateway at gateway.example would get the token without encryption; check DISCORD_API_URL if it is set, or set VERSUS_ALLOW_HTTP=yes if the way there is protected by other means
    "#]]).await;
}

#[tokio::test]
async fn an_empty_variable_counts_as_none_so_that_the_example_can_be_copied() {
    let empty = [("DISCORD_GUILD_ID", ""), ("VERSUS_DATA", ""), ("VERSUS_LOG", "")];
    let standin = Standin::start().await;
    let bot = start(&standin, &empty);
    let scene = Scene::ready(standin, bot).await;
    let commands = scene.standin.commands(None);
    assert!(commands[0]["description"].as_str().is_some_and(|text| text.contains("Python")), "{commands:?}");
    scene.finish().await;
}

#[tokio::test]
async fn sigint_and_sigterm_close_the_gateway_and_end_well() {
    for name in ["INT", "TERM"] {
        let Scene { standin, bot } = Scene::start().await;
        bot.signal(name).await;
        let (code, log) = bot.exit().await;
        assert_eq!((code, standin.ended(1).await), (Some(0), Some(1000)), "{log}");
        let expected =
            vec![format!("INFO registered {} commands", definitions().len()), "INFO ready on shard 0".to_owned()];
        let end = [format!("INFO SIG{name} received, closing the connection"), "INFO stopped".to_owned()];
        let lines: Vec<String> = lines_of(&log).into_iter().filter(|line| !is_beginning(line)).collect();
        assert_eq!(lines, [expected, end.to_vec()].concat());
        standin.finish();
    }
}

#[tokio::test]
async fn a_bot_that_is_still_starting_stops_as_well() {
    let standin = Standin::start().await;
    standin.fault(Fault::hang("GET /gateway/bot", 1));
    let bot = start(&standin, &[]);
    standin.next(|request| request.path == "/gateway/bot").await;
    let (code, log) = bot.stop().await;
    assert_eq!(code, Some(0), "{log}");
    standin.finish();
}

#[tokio::test]
async fn a_bot_whose_gateway_does_not_answer_stops_as_well() {
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a local port is free");
    let address = silent.local_addr().expect("a bound socket has an address");
    let standin = Standin::start().await;
    let gateway = standin.gateway_for_bot(&json!({ "url": format!("ws://{address}") }));
    standin.fault(Fault::status("GET /gateway/bot", 1, 200, &gateway));
    let bot = start(&standin, &[]);
    let _connection = silent.accept().await.expect("the bot connects");
    let (code, log) = bot.stop().await;
    assert_eq!(code, Some(0), "{log}");
    standin.finish();
}

#[tokio::test]
async fn the_log_of_a_program_without_a_terminal_has_no_colours() {
    let standin = Standin::start().await;
    let bot = start(&standin, &[("NO_COLOR", "")]);
    bot.logged("ready on shard 0").await;
    let (_, log) = bot.stop().await;
    assert!(!log.contains('\u{1b}'), "{log:?}");
    standin.finish();
}
