//! Polls in the stand-in: what is kept, counted, announced and refused.

use std::time::Duration;

use reqwest::Method;
use serde_json::Value;
use serenity::all::{CreateMessage, CreatePoll, CreatePollAnswer, Message, MessageType};

use super::client::{Http, http};
use super::echo;
use crate::standin::events::{CHANNEL, DIRECT_CHANNEL, Origin, message};
use crate::standin::polls::end_of;
use crate::standin::record::message_in;
use crate::standin::{Standin, token};

async fn post(http: &Http, channel: &str) -> Message {
    let answers = ["é", "日", "🦀"].map(|text| CreatePollAnswer::new().text(text)).to_vec();
    let poll = CreatePoll::new().question("Which?").answers(answers).duration(Duration::from_secs(3600));
    let path = format!("/channels/{channel}/messages");
    let sent: Result<Message, String> = http.send(Method::POST, &path, &CreateMessage::new().poll(poll)).await;
    sent.expect("it is sent")
}

async fn read(http: &Http, message: &Message) -> Result<Message, String> {
    http.ask(Method::GET, &format!("/channels/{}/messages/{}", message.channel_id, message.id)).await
}

#[tokio::test]
async fn votes_are_counted_and_final_when_the_poll_has_ended() {
    let standin = Standin::start().await;
    let http = http(&standin, &token());
    let sent = post(&http, CHANNEL).await;
    let id = sent.id.to_string();
    standin.vote(&id, 3, 2);
    standin.vote(&id, 3, 1);
    standin.vote(&id, 1, 1);
    let poll = async || read(&http, &sent).await.expect("it is there").poll.expect("it has a poll");
    let open = poll().await;
    assert!(open.expiry.is_some() && !open.results.as_ref().expect("they are there").is_finalized);
    assert_eq!(open.answers.iter().map(|answer| answer.answer_id.get()).collect::<Vec<_>>(), [1, 2, 3]);
    standin.finalize_poll(&id);
    let results = poll().await.results.expect("they are there");
    let counts: Vec<_> = results.answer_counts.iter().map(|count| (count.id.get(), count.count)).collect();
    assert_eq!((results.is_finalized, counts), (true, vec![(3, 3), (1, 1)]));
    standin.delete_message(&id);
    assert_eq!(read(&http, &sent).await.expect_err("404"), "Unknown Message");
}

#[tokio::test]
async fn the_end_of_a_poll_is_a_message_of_its_author() {
    let standin = Standin::start().await;
    let client = echo(&standin).await;
    let sent = post(&http(&standin, &token()), CHANNEL).await;
    standin.next(message_in(CHANNEL)).await;
    standin.end_poll(&sent.id.to_string());
    // The client repeats what it reads, also this.
    let repeated = standin.next(message_in(CHANNEL)).await;
    assert_eq!(repeated.body["content"], r#"you wrote """#);
    let event = end_of(&standin.message(&sent.id.to_string()));
    let event: Message = serde_json::from_value(event).expect("serenity reads it");
    assert_eq!(event.kind, MessageType::from(46));
    assert_eq!(event.message_reference.and_then(|other| other.message_id), Some(sent.id));
    drop(client);
}

#[tokio::test]
async fn messages_of_others_are_there_in_their_channel_alone() {
    let standin = Standin::start().await;
    let http = http(&standin, &token());
    let theirs = message(&Origin::guild(), "which?");
    standin.keep_message(&theirs);
    let id = theirs["id"].as_str().expect("an id");
    let found = async |channel: &str| {
        let found: Result<Value, String> = http.ask(Method::GET, &format!("/channels/{channel}/messages/{id}")).await;
        found.is_ok()
    };
    assert!(found(CHANNEL).await && !found(DIRECT_CHANNEL).await);
}
