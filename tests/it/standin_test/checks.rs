//! The stand-in's checks: they find every broken rule, and only those.

use axum::http::HeaderMap;
use reqwest::Method;
use serde_json::{Value, json};

use super::client::http;
use crate::standin::check::check;
use crate::standin::events::DIRECT_CHANNEL;
use crate::standin::record::Recorded;
use crate::standin::{Standin, token};

fn request(method: &str, path: &str, body: Value) -> Recorded {
    let mut headers = HeaderMap::new();
    let mut set = |name, value: &'static str| {
        headers.insert(name, value.parse().expect("a header"));
    };
    set("user-agent", "DiscordBot (https://example.org, 1)");
    set("content-type", "application/json");
    Recorded {
        method: method.to_owned(),
        path: path.to_owned(),
        query: String::new(),
        headers,
        body,
        files: Vec::new(),
        answered: None,
    }
}

#[track_caller]
fn accepts(method: &str, path: &str, body: Value) {
    assert_eq!(check(&request(method, path, body)), Vec::<String>::new());
}

#[track_caller]
fn refuses(method: &str, path: &str, body: Value, part: &str) {
    let violations = check(&request(method, path, body));
    let found = violations.iter().any(|violation| violation.contains(part));
    assert!(found, "no {part:?} in {violations:#?}");
}

#[track_caller]
fn refuses_message(message: &Value, part: &str) {
    refuses("POST", "/channels/1/messages", message.clone(), part);
    refuses("POST", "/webhooks/1/token", message.clone(), part);
    let callback = json!({ "type": 4, "data": message });
    refuses("POST", "/interactions/1/token/callback", callback, part);
}

fn buttons(custom_ids: &[&str]) -> Value {
    let button = |id: &&str| json!({ "type": 2, "style": 1, "label": "Press", "custom_id": id });
    let row: Vec<Value> = custom_ids.iter().map(button).collect();
    json!({ "components": [{ "type": 1, "components": row }] })
}

#[test]
fn lawful_messages_are_accepted() {
    accepts("POST", "/channels/1/messages", json!({ "content": "hello" }));
    accepts("POST", "/channels/1/messages", buttons(&["a", "b"]));
    accepts("PATCH", "/webhooks/1/token/messages/@original", json!({ "content": "" }));
    // 6000 characters, and more bytes than that.
    let field = json!({ "name": "é".repeat(76), "value": "日".repeat(1024) });
    let embed = json!({ "description": "🦀".repeat(1600), "fields": [field, field, field, field] });
    accepts("POST", "/channels/1/messages", json!({ "embeds": [embed] }));
}

#[test]
fn broken_limits_are_found() {
    refuses_message(&json!({ "content": "é".repeat(2001) }), "content");
    refuses_message(&json!({ "content": " " }), "empty message");
    refuses_message(&json!({ "embeds": [{ "title": "x".repeat(257) }] }), "TitleTooLarge { chars: 257 }");
    refuses_message(&json!({ "embeds": [{ "color": 1 }] }), "an embed is empty");
    refuses_message(&json!({ "embeds": [{ "title": "x", "url": "file:///etc" }] }), "link");
    refuses_message(&json!({ "embeds": "none" }), "does not parse");
    let whole = json!({ "description": "x".repeat(3001) });
    refuses_message(&json!({ "embeds": [whole, whole] }), "EmbedTooLarge");
    let blank = json!({ "fields": [{ "name": "a", "value": " " }] });
    refuses_message(&json!({ "embeds": [blank] }), "a name and a value");
    refuses_message(&buttons(&["a", "b", "c", "d", "e", "f"]), "components");
    refuses_message(&buttons(&["a", "a"]), "occurs twice");
    refuses_message(&buttons(&["x".repeat(101).as_str()]), "components");
    let menu = json!({ "type": 3, "custom_id": "menu", "options": [] });
    let row = json!({ "type": 1, "components": [menu] });
    refuses_message(&json!({ "components": [row] }), "a menu needs options");
    refuses("POST", "/channels/1/messages", json!({ "content": "x", "flags": 64 }), "ephemeral");
    refuses_message(&json!({ "embeds": [{ "image": { "url": "attachment://a.png" } }] }), "is not sent with it");
    refuses_message(&json!({ "attachments": [{ "id": 0 }] }), "no file belongs");
    refuses_message(&json!({ "attachments": [{ "id": "7", "description": "é".repeat(1025) }] }), "1024 characters");
}

fn poll(question: &str, answers: &[&str], hours: u64) -> Value {
    let answer = |text: &&str| json!({ "poll_media": { "text": text } });
    let answers: Vec<Value> = answers.iter().map(answer).collect();
    json!({ "poll": { "question": { "text": question }, "answers": answers, "duration": hours } })
}

#[test]
fn broken_polls_are_found() {
    let (longest, answer) = ("é".repeat(300), "日".repeat(55));
    accepts("POST", "/channels/1/messages", poll(&longest, &[answer.as_str(); 10], 768));
    refuses_message(&poll(&"é".repeat(301), &["a"], 1), "a poll's question");
    refuses_message(&poll(" ", &["a"], 1), "a poll's question");
    refuses_message(&poll("x", &[], 1), "none or too many");
    refuses_message(&poll("x", &["a"; 11], 1), "none or too many");
    refuses_message(&poll("x", &["🦀".repeat(28).as_str()], 1), "a poll's answer");
    refuses_message(&poll("x", &["a"], 769), "768 hours");
    refuses_message(&poll("x", &["a"], 0), "768 hours");
    let mut private = poll("x", &["a"], 1);
    private["flags"] = json!(64);
    refuses("POST", "/interactions/1/token/callback", json!({ "type": 4, "data": private }), "only one person sees");
    private["flags"] = json!(1 << 15);
    refuses_message(&private, "a message of components");
    refuses("PATCH", "/channels/1/messages/2", poll("x", &["a"], 1), "cannot be edited");
    let update = json!({ "type": 7, "data": poll("x", &["a"], 1) });
    refuses("POST", "/interactions/1/token/callback", update, "cannot be edited");
}

#[test]
fn broken_choices_are_found() {
    let choices = |count: usize, name: &str| {
        let choice = json!({ "name": name, "value": "x" });
        json!({ "type": 8, "data": { "choices": vec![choice; count] } })
    };
    let path = "/interactions/1/token/callback";
    accepts("POST", path, choices(25, "x"));
    refuses("POST", path, choices(26, "x"), "26 choices");
    refuses("POST", path, choices(1, &"x".repeat(101)), "choice");
}

#[test]
fn broken_commands_are_found() {
    let put = |commands: Value, part: &str| {
        refuses("PUT", "/applications/1/commands", commands, part);
    };
    let command = json!({ "name": "compare", "description": "Compares" });
    accepts("PUT", "/applications/1/commands", json!([command]));
    accepts("PUT", "/applications/1/guilds/2/commands", json!([{ "name": "Answer it", "type": 3 }]));
    put(json!([command, command]), "occurs twice");
    put(json!([{ "name": "Compare", "description": "x" }]), "Compare");
    put(json!([{ "name": "compare" }]), "description");
    put(json!([{ "name": "a", "type": 3, "description": "x" }]), "description");
    put(json!({}), "does not parse");
    let commands: Vec<Value> = (0..101).map(|n| json!({ "name": format!("c{n}"), "description": "x" })).collect();
    put(json!(commands), "too many commands");
}

#[tokio::test]
#[should_panic(expected = "the bot broke Discord's rules:\nPOST /channels/1100000000000000004/messages")]
async fn a_broken_limit_fails_the_test_that_broke_it() {
    let standin = Standin::start().await;
    let message = json!({ "embeds": [{ "title": "é".repeat(257) }] });
    let path = format!("/channels/{DIRECT_CHANNEL}/messages");
    let sent: Result<Value, String> = http(&standin, &token()).send(Method::POST, &path, &message).await;
    assert_eq!(sent.expect_err("it is refused"), "Invalid Form Body");
    standin.finish();
}
