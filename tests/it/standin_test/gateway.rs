//! The stand-in's gateway: sessions, refusals, resumes.

use std::time::Duration;

use reqwest::Method;
use serde_json::Value;
use twilight_gateway::Intents;

use super::client::http;
use super::{INTENTS, connect, echo};
use crate::standin::events::{CHANNEL, DIRECT_CHANNEL, Origin, at_the_bot, message};
use crate::standin::record::message_in;
use crate::standin::{Options, Standin, token};

#[tokio::test]
async fn a_client_connects_reads_a_message_and_answers() {
    let standin = Standin::start().await;
    echo(&standin).await;
    standin.write(&message(&Origin::direct(), "är 日 🦀?"));
    let answer = standin.next(message_in(DIRECT_CHANNEL)).await;
    assert_eq!(answer.body["content"], "you wrote \"är 日 🦀?\"");
    assert_eq!(answer.answered, Some(200));
    assert_eq!(standin.identifies()[0]["intents"], INTENTS.bits());
    assert_eq!(standin.connections(1).await, ["v=10&encoding=json"]);
    standin.finish();
}

#[tokio::test]
async fn text_is_hidden_from_a_bot_that_is_not_mentioned() {
    let standin = Standin::start().await;
    echo(&standin).await;
    standin.write(&message(&Origin::guild(), "a secret"));
    let answer = standin.next(message_in(CHANNEL)).await;
    assert_eq!(answer.body["content"], "you wrote \"\"");
    standin.write(&at_the_bot(message(&Origin::guild(), "a word")));
    let answer = standin.next(message_in(CHANNEL)).await;
    assert_eq!(answer.body["content"], "you wrote \"<@1100000000000000001> a word\"");
}

#[tokio::test]
async fn a_dropped_connection_is_resumed_and_what_was_missed_is_replayed() {
    let standin = Standin::start().await;
    echo(&standin).await;
    standin.drop_connection();
    standin.ended(1).await;
    standin.write(&message(&Origin::direct(), "while you were away"));
    let answer = standin.next(message_in(DIRECT_CHANNEL)).await;
    assert_eq!(answer.body["content"], "you wrote \"while you were away\"");
    assert_eq!(standin.resumed(1).await["seq"], 1);
    standin.reconnect();
    standin.resumed(2).await;
    standin.close(4000);
    standin.resumed(3).await;
}

#[tokio::test]
async fn an_invalid_session_is_identified_again() {
    let standin = Standin::start().await;
    echo(&standin).await;
    standin.invalidate_session(false);
    standin.ready(2).await;
    assert!(standin.resumes().is_empty());
}

#[tokio::test]
async fn a_wrong_token_is_refused() {
    let standin = Standin::start().await;
    let asked: Result<Value, String> = http(&standin, "not.the.token").ask(Method::GET, "/gateway").await;
    assert!(asked.is_err());
    assert_eq!(standin.requests()[0].answered, Some(401));
    assert_eq!(connect(&standin, "not.the.token", INTENTS).closed_with().await, Some(4004));
}

#[tokio::test]
async fn a_privileged_intent_is_refused() {
    let standin = Standin::start().await;
    assert_eq!(connect(&standin, &token(), Intents::MESSAGE_CONTENT).closed_with().await, Some(4014));
}

#[tokio::test]
async fn a_test_can_refuse_an_identify() {
    let standin = Standin::start().await;
    standin.refuse_identify(4013);
    assert_eq!(connect(&standin, &token(), INTENTS).closed_with().await, Some(4013));
}

#[tokio::test]
async fn heartbeats_that_nobody_acknowledges_end_the_connection() {
    let heartbeat_interval = Duration::from_millis(50);
    let options = Options { heartbeat_interval, acknowledge_heartbeats: false, ..Options::default() };
    let standin = Standin::start_with(options).await;
    echo(&standin).await;
    standin.heartbeats(1).await;
    standin.ended(1).await;
}

#[tokio::test]
async fn heartbeats_are_acknowledged() {
    let standin =
        Standin::start_with(Options { heartbeat_interval: Duration::from_millis(50), ..Options::default() }).await;
    echo(&standin).await;
    standin.heartbeats(4).await;
    assert_eq!(standin.connections(1).await.len(), 1);
}
