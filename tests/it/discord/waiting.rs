//! A Discord that does not work when the bot starts: it is waited for, and the log says so once.

use expect_test::{Expect, expect};
use serde_json::json;
use tokio::net::TcpListener;

use super::registration::definitions;
use super::scene::{Scene, check_secrets, is_beginning, lines_of, start};
use crate::bot::Bot;
use crate::standin::events::{Origin, slash, text};
use crate::standin::fault::Fault;
use crate::standin::{Standin, token};

/// Where nobody listens.
async fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a local port is free");
    listener.local_addr().expect("a bound socket has an address").to_string()
}

/// What a bot logs whose Discord does not work, until it is stopped. It does not give up.
async fn check_waiting(bot: Bot, address: &str, expected: Expect) {
    bot.logged("cannot be used").await;
    let (code, log) = bot.stop().await;
    assert_eq!(code, Some(0), "{log}");
    check_secrets(&log);
    let is_usual = |line: &String| is_beginning(line) || line.starts_with("DEBUG trying again");
    // What else a resolver says differs from system to system.
    let without_resolver = |line: String| match (line.split_once("dns error: "), line.split_once("; tries again")) {
        (Some((before, _)), Some((_, after))) => format!("{before}dns error; tries again{after}"),
        _ => line,
    };
    let lines = lines_of(&log).into_iter().filter(|line| !is_usual(line)).map(without_resolver);
    expected.assert_eq(&(lines.collect::<Vec<_>>().join("\n").replace(address, "ADDRESS") + "\n"));
}

async fn check_waiting_for(fault: Fault, expected: Expect) {
    let standin = Standin::start().await;
    standin.fault(fault);
    check_waiting(start(&standin, &[]), &standin.url(), expected).await;
    standin.finish();
}

#[tokio::test]
async fn a_discord_that_does_not_work_is_waited_for_and_the_log_says_so_once() {
    let token = token();
    let refused = format!("http://{}", closed_port().await);
    // Too long for a name: no network is asked for it.
    let unknown = format!("http://{}.localhost:1", "a".repeat(64));
    let bot =
        |url: &str| Bot::run(&[], &[("DISCORD_TOKEN", &token), ("DISCORD_API_URL", url), ("VERSUS_LOG", "debug")]);
    let get = "GET /gateway/bot";
    tokio::join!(
        check_waiting(
            bot(&refused),
            &refused,
            expect![[r#"
            WARN Discord's interface at ADDRESS cannot be used: error sending request: client error (Connect): tcp connect error: Connection refused (os error 111); tries again until it can. See https://discordstatus.com, and check the network, and DISCORD_API_URL if it is set
            INFO SIGTERM received before the connection
        "#]]
        ),
        check_waiting(
            bot(&unknown),
            &unknown,
            expect![[r#"
            WARN requests, and the token with them, go to ADDRESS and not to Discord itself, because of DISCORD_API_URL
            WARN Discord's interface at ADDRESS cannot be used: error sending request: client error (Connect): dns error; tries again until it can. See https://discordstatus.com, and check the network, and DISCORD_API_URL if it is set
            INFO SIGTERM received before the connection
        "#]]
        ),
        check_waiting_for(
            Fault::server_error(get, 999),
            expect![[r#"
            WARN Discord's interface at ADDRESS cannot be used: status 500, code 0; tries again until it can. See https://discordstatus.com, and check the network, and DISCORD_API_URL if it is set
            INFO SIGTERM received before the connection
        "#]]
        ),
        check_waiting_for(
            Fault::status(get, 999, 503, &json!("<html>é日🦀</html>")),
            expect![[r#"
            WARN Discord's interface at ADDRESS cannot be used: status 503, code 0; tries again until it can. See https://discordstatus.com, and check the network, and DISCORD_API_URL if it is set
            INFO SIGTERM received before the connection
        "#]]
        ),
        check_waiting_for(
            Fault::hang(get, 999),
            expect![[r#"
            WARN Discord's interface at ADDRESS cannot be used: it gives no useful answer for 5 s; tries again until it can. See https://discordstatus.com, and check the network, and DISCORD_API_URL if it is set
            INFO SIGTERM received before the connection
        "#]]
        ),
        check_waiting_for(
            Fault::rate_limited(get, 999, 3600.0),
            expect![[r#"
            WARN Discord's interface at ADDRESS cannot be used: it gives no useful answer for 5 s; tries again until it can. See https://discordstatus.com, and check the network, and DISCORD_API_URL if it is set
            INFO SIGTERM received before the connection
        "#]]
        ),
    );
}

/// What is between the bot and Discord answers in its place for a while: the page of a network, a firewall, a proxy that starts.
#[tokio::test]
async fn an_answer_that_is_not_discords_is_waited_out() {
    let get = "GET /gateway/bot";
    tokio::join!(
        check_waiting_for(
            Fault::status(get, 999, 200, &json!("<html>sign in to this network, é日🦀</html>")),
            expect![[r#"
            WARN Discord's interface at ADDRESS cannot be used: the answer cannot be read: expected value at line 1 column 1; tries again until it can. See https://discordstatus.com, and check the network, and DISCORD_API_URL if it is set
            INFO SIGTERM received before the connection
        "#]]
        ),
        check_waiting_for(
            Fault::status(get, 999, 200, &json!({ "url": 7 })),
            expect![[r#"
            WARN Discord's interface at ADDRESS cannot be used: the answer cannot be read: invalid type: integer `7`, expected a string at line 1 column 8; tries again until it can. See https://discordstatus.com, and check the network, and DISCORD_API_URL if it is set
            INFO SIGTERM received before the connection
        "#]]
        ),
        check_waiting_for(
            Fault::status(get, 999, 200, &json!(" ".repeat(5 << 20))),
            expect![[r#"
            WARN Discord's interface at ADDRESS cannot be used: the answer cannot be read: it has more than 4194304 bytes; tries again until it can. See https://discordstatus.com, and check the network, and DISCORD_API_URL if it is set
            INFO SIGTERM received before the connection
        "#]]
        ),
        check_waiting_for(
            Fault::status(get, 999, 302, &json!("")).header("location", "https://evil.example/"),
            expect![[r#"
            WARN Discord's interface at ADDRESS cannot be used: status 302, code 0; tries again until it can. See https://discordstatus.com, and check the network, and DISCORD_API_URL if it is set
            INFO SIGTERM received before the connection
        "#]]
        ),
        check_waiting_for(
            Fault::status(get, 999, 403, &json!("<html>blocked for a while</html>")),
            expect![[r#"
            WARN Discord's interface at ADDRESS cannot be used: status 403, code 0; tries again until it can. See https://discordstatus.com, and check the network, and DISCORD_API_URL if it is set
            INFO SIGTERM received before the connection
        "#]]
        ),
        check_waiting_for(
            Fault::status(get, 999, 404, &json!("not here yet")),
            expect![[r#"
            WARN Discord's interface at ADDRESS cannot be used: status 404, code 0; tries again until it can. See https://discordstatus.com, and check the network, and DISCORD_API_URL if it is set
            INFO SIGTERM received before the connection
        "#]]
        ),
        check_waiting_for(
            Fault::status(get, 999, 407, &json!("")),
            expect![[r#"
            WARN Discord's interface at ADDRESS cannot be used: status 407, code 0; tries again until it can. See https://discordstatus.com, and check the network, and DISCORD_API_URL if it is set
            INFO SIGTERM received before the connection
        "#]]
        ),
    );
}

/// Starts a bot after these faults, and compares what its log says until it is ready.
async fn check_delayed(faults: impl IntoIterator<Item = Fault>, expected: Expect) {
    let standin = Standin::start().await;
    for fault in faults {
        standin.fault(fault);
    }
    let url = standin.url();
    let scene = Scene::with(standin, &[]).await;
    scene.bot.logged("registered").await;
    assert_eq!(scene.standin.commands(None).len(), definitions().len());
    let (standin, complaints) = scene.stop().await;
    let lines: String = complaints.iter().map(|line| line.replace(&url, "ADDRESS") + "\n").collect();
    expected.assert_eq(&lines);
    standin.finish();
}

#[tokio::test]
async fn a_discord_that_works_again_is_used_and_the_log_says_so_once() {
    tokio::join!(
        check_delayed(
            [Fault::server_error("GET /gateway/bot", 4)],
            expect![[r#"
            WARN Discord's interface at ADDRESS cannot be used: status 500, code 0; tries again until it can. See https://discordstatus.com, and check the network, and DISCORD_API_URL if it is set
            INFO Discord's interface at ADDRESS answers again
        "#]]
        ),
        check_delayed(
            [Fault::server_error("PUT /applications/", 3)],
            expect![[r#"
            WARN Discord's interface at ADDRESS cannot be used: status 500, code 0; tries again until it can. See https://discordstatus.com, and check the network, and DISCORD_API_URL if it is set
            INFO Discord's interface at ADDRESS answers again
        "#]]
        ),
        check_delayed(
            [Fault::hang("GET /gateway/bot", 1)],
            expect![[r#"
            WARN Discord's interface at ADDRESS cannot be used: it gives no useful answer for 5 s; tries again until it can. See https://discordstatus.com, and check the network, and DISCORD_API_URL if it is set
            INFO Discord's interface at ADDRESS answers again
        "#]]
        ),
    );
}

#[tokio::test]
async fn a_discord_that_stumbles_once_is_tried_again_without_a_word() {
    let faults = [
        Fault::server_error("GET /gateway/bot", 1),
        Fault::server_error("/oauth2/applications/@me", 1),
        Fault::rate_limited("GET /applications/", 1, 0.1),
        Fault::server_error("PUT /applications/", 1),
    ];
    check_delayed(faults, expect![[r#""#]]).await;
}

/// Starts a bot on a Discord that does not register commands, which answers with those that exist.
async fn check_without_registration(fault: Fault, expected: Expect) {
    let standin = Standin::start().await;
    standin.fault(fault);
    let url = standin.url();
    let scene = Scene::with(standin, &[]).await;
    scene.bot.logged_one_of(&["WARN Discord", "WARN the commands"]).await;
    let event = slash(&Origin::guild(), "compare", &[text("topic", "caffeine")]);
    assert_eq!(super::sent::line(&scene.interact(&event).await), "answers everyone: Caffeine");
    let (standin, complaints) = scene.stop().await;
    let lines: String = complaints.iter().map(|line| line.replace(&url, "ADDRESS") + "\n").collect();
    expected.assert_eq(&lines);
    standin.finish();
}

#[tokio::test]
async fn a_bot_whose_commands_are_not_registered_answers_those_that_exist() {
    let too_many =
        json!({ "message": "Max number of daily application command creates has been reached (200)", "code": 30034 });
    let invalid = json!({ "message": "Invalid Form Body", "code": 50035 });
    let put = "PUT /applications/";
    tokio::join!(
        check_without_registration(
            Fault::status(put, 9, 400, &too_many),
            expect![[r#"
            WARN Discord refused to register the commands: status 400, code 30034; the bot goes on with those that exist; too many were created within a day, so start it again tomorrow
        "#]]
        ),
        check_without_registration(
            Fault::status(put, 9, 400, &invalid),
            expect![[r#"
            WARN Discord refused to register the commands: status 400, code 50035; the bot goes on with those that exist; update versus, or report it as a fault
        "#]]
        ),
        check_without_registration(
            Fault::status("GET /applications/", 9, 403, &json!("é日🦀")),
            expect![[r#"
            WARN Discord refused to register the commands: status 403, code 0; the bot goes on with those that exist; update versus, or report it as a fault
        "#]]
        ),
        check_without_registration(
            Fault::status("GET /applications/", 9, 200, &json!({})),
            expect![[r#"
            WARN the commands cannot be registered: the answer cannot be read: invalid type: map, expected a sequence at line 1 column 0; the bot goes on with those that exist; check the network and the address of the interface, and start it again
        "#]]
        ),
        check_without_registration(
            Fault::status("/oauth2/applications/@me", 9, 200, &json!("<html>")),
            expect![[r#"
            WARN the commands cannot be registered: the answer cannot be read: expected value at line 1 column 1; the bot goes on with those that exist; check the network and the address of the interface, and start it again
        "#]]
        ),
        check_without_registration(
            Fault::server_error(put, 999),
            expect![[r#"
            WARN Discord's interface at ADDRESS cannot be used: status 500, code 0; tries again until it can. See https://discordstatus.com, and check the network, and DISCORD_API_URL if it is set
        "#]]
        ),
        check_without_registration(
            Fault::rate_limited(put, 999, 3600.0),
            expect![[r#"
            WARN Discord's interface at ADDRESS cannot be used: it gives no useful answer for 5 s; tries again until it can. See https://discordstatus.com, and check the network, and DISCORD_API_URL if it is set
        "#]]
        ),
    );
}
