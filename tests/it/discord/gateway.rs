//! The connection is interrupted in every way that Discord knows: the bot comes back by itself, and nothing is lost.

use std::time::Duration;

use expect_test::{Expect, expect};
use serde_json::{Value, json};

use super::scene::{Scene, reply_to, start};
use super::sent::line;
use crate::standin::events::{Origin, at_the_bot, message, slash, snowflake};
use crate::standin::fault::Fault;
use crate::standin::record::callback_to;
use crate::standin::{Options, Standin};

/// How a new session and one that goes on are asked for.
const NEW: &str = "v=10&encoding=json";
const RESUMED: &str = "resume v=10&encoding=json";

fn command() -> Value {
    slash(&Origin::guild(), "topics", &[])
}

fn mention() -> Value {
    at_the_bot(message(&Origin::guild(), "which tastes better?"))
}

/// Interrupts a connection and compares by which doors the bot came in again. Where the session goes on, who asked
/// meanwhile is answered once; who asks afterwards is answered in any case.
async fn check(options: Options, interrupt: impl Fn(&Standin), resumes: bool, doors: &[&str], log: Expect) {
    let scene = Scene::with(Standin::start_with(options).await, &[]).await;
    interrupt(&scene.standin);
    let (asked, written) = (command(), mention());
    if resumes {
        scene.standin.interact(&asked);
        scene.standin.write(&written);
        scene.standin.resumed(1).await;
        scene.standin.next(callback_to(&asked)).await;
        scene.standin.next(reply_to(&written)).await;
    } else {
        scene.standin.ready(2).await;
    }
    assert_eq!(line(&scene.interact(&command()).await), "answers everyone: What I can compare");
    assert_eq!(line(&scene.write(&mention()).await), "replies: Taste");
    assert_eq!(scene.standin.connections(doors.len()).await, doors);
    let requests = scene.standin.requests();
    let answers = requests.iter().filter(|request| callback_to(&asked)(request) || reply_to(&written)(request));
    assert_eq!(answers.count(), if resumes { 2 } else { 0 });
    scene.finish_after_faults(log).await;
}

#[tokio::test]
async fn an_interrupted_connection_goes_on_where_it_was() {
    let checks = |interrupt: fn(&Standin)| check(Options::default(), interrupt, true, &[NEW, RESUMED], expect![[""]]);
    checks(Standin::drop_connection).await;
    checks(Standin::reconnect).await;
    checks(|standin| standin.invalidate_session(true)).await;
    for code in [1000, 1001, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009] {
        check(Options::default(), |standin| standin.close(code), true, &[NEW, RESUMED], expect![[""]]).await;
    }
}

#[tokio::test]
async fn a_session_that_is_over_is_replaced_at_the_address_for_new_ones() {
    let over = |standin: &Standin| standin.invalidate_session(false);
    check(Options::default(), over, false, &[NEW, NEW], expect![[""]]).await;
}

#[tokio::test]
async fn a_session_that_cannot_be_resumed_is_replaced() {
    let lost = |standin: &Standin| {
        standin.forget_session();
        standin.drop_connection();
    };
    check(Options::default(), lost, false, &[NEW, RESUMED, NEW], expect![[""]]).await;
}

/// So that a loop of lost sessions ends long before Discord resets the token.
#[tokio::test]
async fn when_too_many_sessions_were_lost_today_no_further_one_is_begun() {
    let options = Options { heartbeat_interval: Duration::from_millis(200), ..Options::default() };
    let standin = Standin::start_with(options).await;
    let limit = json!({ "total": 4, "remaining": 3, "reset_after": 86_400_000, "max_concurrency": 1 });
    let gateway = standin.gateway_for_bot(&json!({ "session_start_limit": limit }));
    standin.fault(Fault::status("GET /gateway/bot", 1, 200, &gateway));
    let scene = Scene::with(standin, &[]).await;
    scene.bot.logged("a session that is lost now gets no new one").await;
    scene.standin.invalidate_session(false);
    scene.standin.connections(2).await;
    // Longer than the 5 s that are between two sessions in any case.
    scene.standin.heartbeats(35).await;
    assert_eq!(scene.standin.identifies().len(), 1);
    let (code, log) = scene.bot.stop().await;
    assert_eq!(code, Some(0), "{log}");
    scene.standin.finish();
}

#[tokio::test]
async fn heartbeats_without_an_answer_end_a_connection_and_what_came_meanwhile_is_not_lost() {
    // Long enough that even a busy machine answers those before, and only of the connection that is to end.
    let options = Options { first_heartbeat_interval: Some(Duration::from_secs(4)), ..Options::default() };
    check(options, Standin::freeze, true, &[NEW, RESUMED], expect![[""]]).await;
}

#[tokio::test]
async fn a_gateway_that_is_away_for_a_minute_or_says_nothing_is_tried_again() {
    // After attempts at 0, 1, 3, 7, 15 and 31 s the waits start again: the thirteenth comes after 62 s.
    let away = |standin: &Standin| {
        standin.be_away(12);
        standin.drop_connection();
    };
    // Neither HELLO nor anything else comes for a minute.
    let silent = |standin: &Standin| {
        standin.freeze_next(1);
        standin.drop_connection();
    };
    tokio::join!(
        check_long(
            away,
            expect![[r#"
                INFO shard 0 has reached the gateway again
                WARN shard 0 cannot reach the gateway (expected HTTP 101 Switching Protocols, got status code 503) and tries again; see https://discordstatus.com"#]]
        ),
        check_long(
            silent,
            expect![[r#"
                INFO shard 0 has reached the gateway again
                WARN shard 0 gets nothing from the gateway and tries again; see https://discordstatus.com"#]]
        )
    );
}

/// As [`check`], where the bot is to wait for a minute.
async fn check_long(interrupt: impl Fn(&Standin), log: Expect) {
    let scene = Scene::start().await;
    interrupt(&scene.standin);
    let asked = command();
    scene.standin.interact(&asked);
    scene.standin.resumed_in_the_end().await;
    scene.standin.next(callback_to(&asked)).await;
    assert_eq!(line(&scene.interact(&command()).await), "answers everyone: What I can compare");
    let (standin, mut complaints) = scene.stop().await;
    // The answer and the connection are logged by tasks of their own.
    complaints.sort_unstable();
    log.assert_eq(&complaints.join("\n"));
    standin.finish();
}

#[tokio::test]
async fn what_is_sent_twice_is_answered_once() {
    let scene = Scene::start().await;
    let (asked, written) = (command(), mention());
    for _ in 0..2 {
        scene.standin.interact(&asked);
        scene.standin.write(&written);
    }
    scene.standin.next(callback_to(&asked)).await;
    scene.standin.next(reply_to(&written)).await;
    // What comes later is answered later.
    scene.interact(&command()).await;
    scene.write(&mention()).await;
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    let requests = standin.requests();
    assert_eq!(requests.iter().filter(|request| callback_to(&asked)(request)).count(), 1);
    assert_eq!(requests.iter().filter(|request| reply_to(&written)(request)).count(), 1);
    standin.finish();
}

#[tokio::test]
async fn what_cannot_be_read_is_passed_over() {
    let events = [
        "",
        "🦀",
        "null",
        "[]",
        "{",
        "{}",
        r#"{"op":0}"#,
        r#"{"op":0,"t":null,"s":null,"d":null}"#,
        r#"{"op":77,"d":{"é":"日"}}"#,
        r#"{"op":0,"s":2,"t":"日本語","d":{"id":1}}"#,
        r#"{"op":0,"s":3,"t":"SOMETHING_NEW","d":[[[[[[]]]]]]}"#,
        r#"{"op":0,"s":4,"t":"INTERACTION_CREATE","d":{}}"#,
        r#"{"op":0,"s":5,"t":"INTERACTION_CREATE","d":{"id":"1","type":2,"token":"interaction-token"}}"#,
        r#"{"op":0,"s":6,"t":"MESSAGE_CREATE","d":{"id":"1100000000000000001"}}"#,
        r#"{"op":0,"s":7,"t":"MESSAGE_CREATE","d":"secretly"}"#,
        r#"{"op":0,"s":8,"t":"GUILD_DELETE","d":{"id":"no number"}}"#,
        r#"{"op":0,"s":9,"t":"READY","d":{}}"#,
    ];
    let scene = Scene::start().await;
    for event in events {
        scene.standin.send_text(event);
    }
    scene.standin.send_text(&"[".repeat(100_000));
    assert_eq!(line(&scene.interact(&command()).await), "answers everyone: What I can compare");
    assert_eq!(line(&scene.write(&mention()).await), "replies: Taste");
    assert!(!scene.bot.log().contains("secretly"), "{}", scene.bot.log());
    let (standin, mut complaints) = scene.stop().await;
    // Each is logged by a task of its own.
    complaints.sort_unstable();
    complaints.dedup();
    expect![[r#"
        DEBUG shard 0 got an event that cannot be read
        WARN a message cannot be read (Data); update versus, Discord has changed what it sends
        WARN an interaction cannot be read (Data); update versus, Discord has changed what it sends
        WARN the loss of a server cannot be read (Data); update versus, Discord has changed what it sends"#]]
    .assert_eq(&complaints.join("\n"));
    standin.finish();
}

#[tokio::test]
async fn an_event_right_behind_the_greeting_is_answered() {
    let standin = Standin::start().await;
    let bot = start(&standin, &[]);
    standin.ready(1).await;
    let written = mention();
    standin.write(&written);
    standin.next(reply_to(&written)).await;
    Scene::ready(standin, bot).await.finish().await;
}

/// More than are answered at the same time.
const BURST: usize = 1_100;

#[tokio::test]
async fn messages_that_discord_is_slow_to_take_do_not_hold_up_who_uses_a_command() {
    let scene = Scene::start().await;
    scene.standin.fault(Fault::hang("POST /channels/", BURST));
    for _ in 0..BURST {
        let mut message = mention();
        message["author"]["id"] = json!(snowflake());
        message["channel_id"] = json!(snowflake());
        scene.standin.write(&message);
    }
    assert_eq!(line(&scene.interact(&command()).await), "answers everyone: What I can compare");
    scene
        .finish_after_faults(expect![[r#"
        WARN 1024 messages wait for Discord, and what comes beyond is not answered; see https://discordstatus.com
        WARN stopped although some answers were still on their way; look whether Discord was slow
    "#]])
        .await;
}
