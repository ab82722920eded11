//! Messages: which are answered, and which are none of the bot's business.

use expect_test::expect;
use serde_json::{Value, json};

use super::scene::Scene;
use super::sent::{labels, line};
use crate::standin::Standin;
use crate::standin::events::{
    BOT, OTHER_USER, Origin, at_the_bot, bot_user, by_a_bot, by_a_webhook, by_the_bot, message, message_with, reply_to,
    user,
};
use crate::standin::record::Recorded;

const QUESTION: &str = "which tastes better?";

fn guild() -> Origin {
    Origin::guild()
}

/// An answer of the bot in a server, to which somebody can reply.
fn answer() -> Value {
    by_the_bot(&guild(), &json!({ "embeds": [{ "title": "Caffeine" }] }), &message(&guild(), "tea?"))
}

/// Writes one message after the other, and compares the answers as one line each.
async fn check(scene: &Scene, messages: &[Value], expected: expect_test::Expect) {
    let mut lines = String::new();
    for message in messages {
        let sent = scene.write(message).await;
        let content: String = message["content"].as_str().unwrap_or_default().chars().take(64).collect();
        lines += &format!("{content:?} → {}\n", line(&sent));
    }
    expected.assert_eq(&lines);
}

/// Messages in channels, apart from answers to interactions.
fn sent_messages(requests: &[Recorded]) -> Vec<String> {
    let messages = requests.iter().filter(|request| request.line().starts_with("POST /channels/"));
    messages.map(ToString::to_string).collect()
}

/// Writes messages that nobody answers: not before the bot answers a question, and not until it stops.
async fn check_silence(messages: &[Value]) {
    let scene = Scene::start().await;
    for message in messages {
        scene.standin.write(message);
    }
    scene.write(&at_the_bot(message(&guild(), QUESTION))).await;
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    let sent = sent_messages(&standin.requests());
    assert_eq!(sent.len(), 1, "{sent:#?}");
    standin.finish();
}

#[tokio::test]
async fn a_mention_is_answered() {
    let scene = Scene::start().await;
    let mention = |content: &str| at_the_bot(message(&guild(), content));
    let messages = [
        mention(QUESTION),
        mention("zzz qqq"),
        mention(""),
        mention("🦀"),
        mention("@everyone which has more caffeine?"),
        mention("**caffeine** <@1100000000000000006> `awake`"),
        mention(&"taste ".repeat(333)),
        message_with(mention(""), &json!({ "content": format!("is the flavour better, <@!{BOT}>?") })),
    ];
    let expected = expect![[r#"
        "<@1100000000000000001> which tastes better?" → replies: Taste
        "<@1100000000000000001> zzz qqq" → replies: I don't know that one
        "<@1100000000000000001> " → replies: I see no question there
        "<@1100000000000000001> 🦀" → replies: I see no question there
        "<@1100000000000000001> @everyone which has more caffeine?" → replies: Caffeine
        "<@1100000000000000001> **caffeine** <@1100000000000000006> `awak" → replies: Caffeine
        "<@1100000000000000001> taste taste taste taste taste taste taste" → replies: Taste
        "is the flavour better, <@!1100000000000000001>?" → replies: Taste
    "#]];
    check(&scene, &messages, expected).await;
    scene.finish().await;
}

#[tokio::test]
async fn a_direct_message_needs_no_mention() {
    let scene = Scene::start().await;
    let direct = |content: &str| message(&Origin::direct(), content);
    let reply =
        reply_to(direct("what keeps me awake longer"), &by_the_bot(&Origin::direct(), &json!({}), &Value::Null), false);
    let messages = [direct(QUESTION), direct("zzz qqq"), direct(""), direct("🦀"), at_the_bot(direct(QUESTION)), reply];
    let expected = expect![[r#"
        "which tastes better?" → replies: Taste
        "zzz qqq" → replies: I don't know that one
        "" → replies: I see no question there
        "🦀" → replies: I see no question there
        "<@1100000000000000001> which tastes better?" → replies: Taste
        "what keeps me awake longer" → replies: Caffeine
    "#]];
    check(&scene, &messages, expected).await;
    scene.finish().await;
}

#[tokio::test]
async fn a_reply_that_pings_the_bot_is_answered() {
    let scene = Scene::start().await;
    let replies = [
        reply_to(message(&guild(), QUESTION), &answer(), true),
        reply_to(message(&guild().user(OTHER_USER), "what keeps me awake longer"), &answer(), true),
        reply_to(message(&guild(), ""), &answer(), true),
        reply_to(at_the_bot(message(&guild(), QUESTION)), &message(&guild().user(OTHER_USER), "tea!"), false),
    ];
    let expected = expect![[r#"
        "which tastes better?" → replies: Taste
        "what keeps me awake longer" → replies: Caffeine
        "" → replies: I see no question there
        "<@1100000000000000001> which tastes better?" → replies: Taste
    "#]];
    check(&scene, &replies, expected).await;
    scene.finish().await;
}

#[tokio::test]
async fn a_reply_may_ask_about_the_answer_that_it_replies_to() {
    let scene = Scene::start_with_real_data().await;
    let shown = scene.compare(&guild(), "speed", "public").await;
    let asked = |text: &str| reply_to(message(&guild().user(OTHER_USER), text), &shown.message, true);
    let follow_ups = [
        asked("why?"),
        asked("source?"),
        asked("since when?"),
        asked("so node then?"),
        asked("ok but for websockets?"),
        asked("é 日 🦀 source?"),
        at_the_bot(message(&guild(), "source?")),
        reply_to(at_the_bot(message(&guild(), "why?")), &message(&guild().user(OTHER_USER), "python!"), false),
    ];
    let expected = expect![[r#"
        "why?" → replies: Speed
        "source?" → replies: Speed: sources
        "since when?" → replies: Speed: sources
        "so node then?" → replies: Speed
        "ok but for websockets?" → replies: Real-time features
        "é 日 🦀 source?" → replies: Did you mean one of these?
        "<@1100000000000000001> source?" → replies: About which answer?
        "<@1100000000000000001> why?" → replies: About which answer?
    "#]];
    check(&scene, &follow_ups, expected).await;
    let conclusion = scene.write(&asked("so python then?")).await;
    let said = conclusion.message()["embeds"][0]["description"].to_string();
    assert!(said.contains("No, by this it is clearly Node.js."), "{said}");
    scene.finish().await;
}

#[tokio::test]
async fn an_answer_is_a_reply_that_is_sent_once_and_can_be_deleted() {
    let scene = Scene::start().await;
    let question = at_the_bot(message(&guild(), QUESTION));
    let sent = scene.write(&question).await;
    assert_eq!(sent.body["nonce"], question["id"]);
    assert_eq!(sent.body["enforce_nonce"], true);
    assert_eq!(sent.body["message_reference"]["message_id"], question["id"]);
    assert_eq!(sent.body["allowed_mentions"], json!({ "parse": [], "users": [], "roles": [], "replied_user": false }));
    assert_eq!(labels(&sent), ["Details", "Article · 1", "Sources · 2", "Caffeine", "🗑️"]);
    assert!(!sent.body.to_string().contains(QUESTION), "the reply shows the question already");
    scene.finish().await;
}

#[tokio::test]
async fn messages_of_bots_and_webhooks_are_never_answered() {
    let mention = || at_the_bot(message(&guild(), QUESTION));
    let direct = || message(&Origin::direct(), QUESTION);
    let own = json!({ "author": bot_user() });
    check_silence(&[
        by_a_bot(mention()),
        by_a_bot(direct()),
        by_a_bot(reply_to(mention(), &answer(), true)),
        by_a_webhook(mention()),
        message_with(by_a_webhook(mention()), &json!({ "author": user("1100000000000000009", "hook", false) })),
        message_with(mention(), &own),
        message_with(direct(), &own),
        // Even if Discord forgot to say that this user is a bot.
        message_with(mention(), &json!({ "author": user(BOT, "versus", false) })),
    ])
    .await;
}

#[tokio::test]
async fn what_is_not_addressed_to_the_bot_is_not_answered() {
    let written = || message(&guild(), QUESTION);
    let everyone = json!({ "content": "@everyone which tastes better?", "mention_everyone": true });
    let somebody = json!({ "mentions": [user(OTHER_USER, "other", false)] });
    check_silence(&[
        written(),
        message_with(written(), &everyone),
        message_with(written(), &json!({ "content": "<@&7> which tastes better?", "mention_roles": ["7"] })),
        message_with(written(), &somebody),
        reply_to(written(), &message(&guild().user(OTHER_USER), "tea!"), true),
        // Discord sends such a reply without its text.
        reply_to(written(), &answer(), false),
        reply_to(message_with(written(), &somebody), &answer(), false),
        message_with(reply_to(written(), &answer(), false), &json!({ "referenced_message": null })),
        message_with(written(), &json!({ "thread": null, "position": 3, "flags": 1 << 5 })),
    ])
    .await;
}

#[tokio::test]
async fn what_discord_itself_writes_is_not_answered() {
    let kinds = (1..=12).chain(14..=18).chain(20..=46).chain([255]);
    let messages: Vec<Value> = kinds
        .flat_map(|kind| {
            let changes = json!({ "type": kind });
            let mention = message_with(at_the_bot(message(&guild(), QUESTION)), &changes);
            [mention, message_with(message(&Origin::direct(), QUESTION), &changes)]
        })
        .collect();
    check_silence(&messages).await;
}

#[tokio::test]
async fn the_bot_asks_for_no_privileged_intent_and_for_no_more_than_it_uses() {
    let scene = Scene::start().await;
    let intents = scene.standin.identifies()[0]["intents"].as_u64();
    let expected = 1 | 1 << 9 | 1 << 12;
    assert_eq!(intents, Some(expected), "servers, and messages in servers and in direct messages");
    scene.finish().await;
}

#[tokio::test]
async fn a_question_right_after_the_start_is_answered() {
    for _ in 0..5 {
        let standin = Standin::start().await;
        let bot = super::scene::start(&standin, &[]);
        standin.ready(1).await;
        let scene = Scene { standin, bot };
        let sent = scene.write(&at_the_bot(message(&guild(), QUESTION))).await;
        assert_eq!(line(&sent), "replies: Taste");
        scene.finish().await;
    }
}

#[tokio::test]
async fn a_question_during_a_broken_connection_is_answered_after_it() {
    let scene = Scene::start().await;
    scene.standin.drop_connection();
    scene.standin.ended(1).await;
    let sent = scene.write(&at_the_bot(message(&guild(), QUESTION))).await;
    assert_eq!(line(&sent), "replies: Taste");
    scene.standin.reconnect();
    scene.standin.resumed(2).await;
    let sent = scene.write(&message(&Origin::direct(), QUESTION)).await;
    assert_eq!(line(&sent), "replies: Taste");
    scene.standin.invalidate_session(false);
    scene.standin.ready(2).await;
    let sent = scene.write(&message(&Origin::direct(), QUESTION)).await;
    assert_eq!(line(&sent), "replies: Taste");
    scene.finish().await;
}

#[tokio::test]
async fn many_questions_at_once_are_all_answered() {
    let scene = Scene::start().await;
    // Ten people in ten channels: none of them floods.
    let question = |number: usize| {
        let (person, channel) =
            (format!("12000000000000000{:02}", number % 10), format!("13000000000000000{:02}", number % 10));
        let by = json!({ "author": user(&person, "asker", false), "channel_id": channel });
        at_the_bot(message_with(message(&guild(), QUESTION), &by))
    };
    let questions: Vec<Value> = (0..300).map(question).collect();
    for question in &questions {
        scene.standin.write(question);
    }
    for question in &questions {
        scene.standin.next(super::scene::reply_to(question)).await;
    }
    let (standin, _) = scene.stop().await;
    assert_eq!(sent_messages(&standin.requests()).len(), questions.len());
    standin.finish();
}
