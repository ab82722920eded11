//! The bot behind an address of its own starts and stops: what keeps it from running, and how it ends.

use std::collections::BTreeMap;

use expect_test::{Expect, expect};
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::door::{ANY_PORT, Door, asker, ping, start, start_at};
use super::scene::{check_secrets, is_beginning, lines_of};
use super::sent::line;
use crate::signed::{Post, public_key};
use crate::standin::events::{slash, text};
use crate::standin::fault::Fault;
use crate::standin::record::webhook_of;
use crate::standin::{Standin, TIME_OUT};

const WHAT_FOLLOWS: &str = "/webhooks/";

async fn check_refusal(address: &str, environment: &[(&str, &str)], expected: Expect) {
    let standin = Standin::start().await;
    let (code, log) = start_at(address, &standin, environment).exit().await;
    assert_eq!(code, Some(1), "{log}");
    check_secrets(&log);
    expected.assert_eq(&(lines_of(&log).join("\n").replace(address, "ADDRESS") + "\n"));
    assert_eq!(standin.requests().len(), 0, "nothing is registered");
    standin.finish();
}

#[tokio::test]
async fn what_is_missing_or_wrong_is_reported_in_one_line() {
    let key = |value: &'static str| [("DISCORD_PUBLIC_KEY", value)];
    // Of the numbers with as many digits only half are keys.
    let no_key = "0200000000000000000000000000000000000000000000000000000000000000";
    check_refusal(ANY_PORT, &key(""), expect![[r#"
        versus: requests cannot be verified without the application's public key; set DISCORD_PUBLIC_KEY to the public key from https://discord.com/developers/applications
    "#]]).await;
    check_refusal(ANY_PORT, &key("secretly"), expect![[r#"
        versus: DISCORD_PUBLIC_KEY is not a public key; copy the public key, 64 digits and letters, from https://discord.com/developers/applications
    "#]]).await;
    check_refusal(ANY_PORT, &key("02"), expect![[r#"
        versus: DISCORD_PUBLIC_KEY is not a public key; copy the public key, 64 digits and letters, from https://discord.com/developers/applications
    "#]]).await;
    check_refusal(ANY_PORT, &key(no_key), expect![[r#"
        versus: requests cannot be verified without the application's public key; set DISCORD_PUBLIC_KEY to the public key from https://discord.com/developers/applications
    "#]]).await;
    check_refusal(ANY_PORT, &[("DISCORD_TOKEN", "")], expect![[r#"
        versus: the commands cannot be registered without a token; set DISCORD_TOKEN to the token from the page Bot at https://discord.com/developers/applications
    "#]]).await;
    let taken = TcpListener::bind(ANY_PORT).await.expect("a local port is free");
    let address = taken.local_addr().expect("a bound socket has an address").to_string();
    check_refusal(
        &address,
        &[],
        expect![[r#"
        versus: ADDRESS cannot be listened on: Address already in use (os error 98); give --listen another address
    "#]],
    )
    .await;
}

/// A bot that is open before Discord has registered its commands, and what its log says besides what it always says.
async fn check_open_at_once(fault: Fault, expected: Expect) {
    let standin = Standin::start().await;
    standin.fault(fault);
    let door = Door::open(&standin).await;
    assert_eq!(door.post(Post::signed(ping())).await.status, 200);
    let help = slash(&asker(), "help", &[]);
    assert_eq!(line(&door.interact(&standin, &help).await), "answers everyone: Tea or coffee?");
    let url = standin.url();
    let lines: String = door.close().await.iter().map(|line| line.replace(&url, "ADDRESS") + "\n").collect();
    expected.assert_eq(&lines);
    standin.finish();
}

#[tokio::test]
async fn the_port_is_open_at_once() {
    check_open_at_once(Fault::hang("/oauth2/applications/@me", 9), expect![[r#""#]]).await;
    check_open_at_once(Fault::hang("PUT /applications/", 9), expect![[r#""#]]).await;
}

async fn check_end(fault: Option<Fault>, environment: &[(&str, &str)], expected: Expect) {
    let standin = Standin::start().await;
    if let Some(fault) = fault {
        standin.fault(fault);
    }
    let (code, log) = start(&standin, environment).exit().await;
    assert_eq!(code, Some(1), "{log}");
    check_secrets(&log);
    let is_usual = |line: &String| is_beginning(line) || line.starts_with("INFO ready on http://");
    let lines: Vec<String> = lines_of(&log).into_iter().filter(|line| !is_usual(line)).collect();
    expected.assert_eq(&(lines.join("\n") + "\n"));
    assert!(standin.commands(None).is_empty(), "nothing is registered");
    standin.finish();
}

#[tokio::test]
async fn what_a_person_has_to_fix_ends_it() {
    let refused =
        Fault::status("/oauth2/applications/@me", 9, 401, &json!({ "message": "401: Unauthorized", "code": 0 }));
    check_end(Some(refused), &[], expect![[r#"
        versus: Discord refused the token; reset it on the page Bot at https://discord.com/developers/applications and set DISCORD_TOKEN to the new one
    "#]]).await;
    // A key like any other, of another application.
    let other = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    check_end(None, &[("DISCORD_PUBLIC_KEY", other)], expect![[r#"
        versus: DISCORD_PUBLIC_KEY is not the key of the application that DISCORD_TOKEN belongs to; copy the public key of the same application from https://discord.com/developers/applications
    "#]]).await;
}

#[tokio::test]
async fn what_is_on_its_way_is_sent_before_the_bot_stops() {
    let standin = Standin::start().await;
    let door = Door::open(&standin).await;
    let private = [text("topic", "caffeine"), text("visibility", "private")];
    let private = door.show(&standin, &slash(&asker(), "compare", &private)).await;
    standin.fault(Fault::hold(WHAT_FOLLOWS, 1));
    let event = private.pressed("Share");
    door.interact(&standin, &event).await;
    standin.next(webhook_of(&event)).await;
    door.bot.signal("TERM").await;
    door.bot.logged("SIGTERM received").await;
    standin.release();
    let (code, log) = door.bot.exit().await;
    assert_eq!(code, Some(0), "{log}");
    let end = ["INFO SIGTERM received, closing the port", "INFO stopped"];
    assert!(lines_of(&log).ends_with(&end.map(str::to_owned)), "{log}");
    standin.finish();
}

#[tokio::test]
async fn a_key_with_a_digit_too_many_is_none() {
    let key = public_key() + "0";
    check_refusal(ANY_PORT, &[("DISCORD_PUBLIC_KEY", &key)], expect![[r#"
        versus: DISCORD_PUBLIC_KEY is not a public key; copy the public key, 64 digits and letters, from https://discord.com/developers/applications
    "#]]).await;
}

/// Whether the bot stops in time while somebody has sent it only this much of a request.
async fn stops_during(begun: &'static str) -> bool {
    let standin = Standin::start().await;
    let door = Door::open(&standin).await;
    let address = door.url.trim_start_matches("http://");
    let mut open = TcpStream::connect(address).await.expect("the door is open");
    open.write_all(begun.as_bytes()).await.expect("it can be written to");
    // A request that is answered came after that.
    assert_eq!(door.post(Post::signed(ping())).await.status, 200);
    door.bot.signal("TERM").await;
    let stopped = timeout(TIME_OUT, door.bot.exit_within(TIME_OUT * 2)).await;
    drop(open);
    standin.finish();
    stopped.is_ok_and(|(code, _)| code == Some(0))
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_hold_up_the_end() {
    let cases = [
        ("nothing", ""),
        ("a line", "POST / HTTP/1.1\r\n"),
        ("a part of the headers", "POST / HTTP/1.1\r\nHost: versus\r\nContent-"),
        ("a part of the body", "POST / HTTP/1.1\r\nHost: versus\r\nContent-Length: 9\r\n\r\n{"),
    ];
    let mut running = JoinSet::new();
    for (name, begun) in cases {
        running.spawn(async move { (name, stops_during(begun).await) });
    }
    let stopped: BTreeMap<&str, bool> = running.join_all().await.into_iter().collect();
    assert_eq!(stopped, cases.map(|(name, _)| (name, true)).into());
}

#[tokio::test]
async fn a_bot_that_is_still_starting_stops_as_well() {
    let standin = Standin::start().await;
    standin.fault(Fault::hang("PUT /applications/", 1));
    let bot = start(&standin, &[]);
    standin.next(|request| request.method == "PUT").await;
    let (code, log) = bot.stop().await;
    assert_eq!(code, Some(0), "{log}");
    standin.finish();
}
