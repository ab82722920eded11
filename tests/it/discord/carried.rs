//! Questions that stand elsewhere than in a message's own text: forwarded, in polls, boxes and components, in the message that
//! somebody replies to, and added by an edit.

use expect_test::expect;
use serde_json::{Value, json};

use super::places::{answer_this, by_somebody_else};
use super::scene::{Scene, reply_to as answer_to};
use super::sent::{line, question, text};
use crate::standin::events::{
    BOT_ROLE, GUILD, OTHER_USER, Origin, at_the_bot, message, message_with, reply_to, snowflake, user,
};
use crate::standin::record::Recorded;

const QUESTION: &str = "which tastes better?";

fn guild() -> Origin {
    Origin::guild()
}

fn poll() -> Value {
    json!({
        "question": { "text": QUESTION }, "expiry": null, "allow_multiselect": false, "layout_type": 1,
        "answers": [{ "answer_id": 1, "poll_media": { "text": "tea" } }, { "answer_id": 2, "poll_media": { "text": "é日🦀" } }],
    })
}

fn snapshot(message: &Value) -> Value {
    json!([{ "message": { "type": 0, "content": "", "embeds": [], "attachments": [], "flags": 0, "timestamp":
        "2026-01-02T03:04:05.678000+00:00", "edited_timestamp": null, "mentions": [], "mention_roles": [] } }])
    .as_array()
    .map(|list| {
        let mut list = list.clone();
        let changes = message.as_object().into_iter().flatten();
        changes.for_each(|(name, value)| list[0]["message"][name.as_str()] = value.clone());
        json!(list)
    })
    .expect("it is a list")
}

/// What a message may carry in the place of a text of its own.
fn carriers() -> Vec<(&'static str, Value)> {
    let box_of =
        |title: &str, description: &str| json!([{ "type": "rich", "title": title, "description": description }]);
    let component = json!([{ "type": 17, "id": 1, "accent_color": 7, "components": [
        { "type": 14, "id": 2 }, { "type": 9, "id": 3, "components": [{ "type": 10, "id": 4, "content": QUESTION }] },
    ] }]);
    let reference = json!({ "type": 1, "message_id": snowflake(), "channel_id": snowflake(), "guild_id": GUILD });
    let forward = |message: Value| json!({ "message_reference": reference, "message_snapshots": snapshot(&message), "flags": 1 << 14 });
    let file = json!([{ "id": snowflake(), "filename": "é日🦀.png", "size": 7, "url": "https://cdn.example/a.png",
        "proxy_url": "https://media.example/a.png", "content_type": "image/png", "description": QUESTION }]);
    vec![
        ("forward", forward(json!({ "content": QUESTION }))),
        ("forwarded poll", forward(json!({ "poll": poll() }))),
        ("forwarded box", forward(json!({ "embeds": box_of(QUESTION, "") }))),
        ("poll", json!({ "poll": poll() })),
        ("box", json!({ "embeds": box_of("", QUESTION) })),
        ("components", json!({ "components": component, "flags": 1 << 15 })),
        ("small line of a box", json!({ "embeds": [{ "type": "rich", "footer": { "text": QUESTION } }] })),
        ("description of a file", json!({ "attachments": file })),
        ("forwarded description", forward(json!({ "attachments": file }))),
    ]
}

#[tokio::test]
async fn the_message_command_reads_what_a_message_carries() {
    let scene = Scene::start().await;
    let cases = carriers()
        .into_iter()
        .map(|(name, carried)| (name.to_owned(), answer_this(&message_with(by_somebody_else(""), &carried)).1));
    let expected = expect![[r#"
        forward → answers privately “which tastes better?”: Taste
        forwarded poll → answers privately “which tastes better?”: Taste
        forwarded box → answers privately “which tastes better?”: Taste
        poll → answers privately “which tastes better?”: Taste
        box → answers privately “which tastes better?”: Taste
        components → answers privately “which tastes better?”: Taste
        small line of a box → answers privately “which tastes better?”: Taste
        description of a file → answers privately “which tastes better?”: Taste
        forwarded description → answers privately “which tastes better?”: Taste
    "#]];
    scene.check(cases, expected).await;
    scene.finish().await;
}

#[tokio::test]
async fn a_direct_message_is_answered_by_what_it_carries_and_so_is_a_mention() {
    let scene = Scene::start().await;
    for (name, carried) in carriers() {
        let direct = message_with(message(&Origin::direct(), ""), &carried);
        assert_eq!(line(&scene.write(&direct).await), "replies: Taste", "{name}");
        let mention = message_with(at_the_bot(message(&guild(), "")), &carried);
        assert_eq!(line(&scene.write(&mention).await), "replies: Taste", "{name}");
    }
    scene.finish().await;
}

/// The server as Discord describes it when it becomes available, with the role that it made for the bot.
pub(super) fn server() -> Value {
    let role =
        |id: &str, tags: Value| json!({ "id": id, "name": "é日🦀", "permissions": "0", "position": 1, "tags": tags });
    json!({
        "id": GUILD, "name": "a server", "unavailable": false, "large": false, "members": [], "channels": [],
        "roles": [
            { "id": GUILD, "name": "@everyone", "permissions": "0" },
            role("1100000000000000077", json!({ "bot_id": OTHER_USER })),
            role(BOT_ROLE, json!({ "bot_id": crate::standin::events::BOT })),
        ],
    })
}

#[tokio::test]
async fn a_mention_of_the_bots_own_role_is_answered() {
    let scene = Scene::start().await;
    scene.standin.dispatch("GUILD_CREATE", &server());
    let of_role = |role: &str, text: &str| {
        let changes = json!({ "content": format!("<@&{role}> {text}"), "mention_roles": [role] });
        message_with(message(&guild(), ""), &changes)
    };
    let other = of_role("1100000000000000077", QUESTION);
    scene.standin.write(&other);
    assert_eq!(line(&scene.write(&of_role(BOT_ROLE, QUESTION)).await), "replies: Taste");
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    assert!(!standin.requests().iter().any(answer_to(&other)), "another bot's role is somebody else");
    standin.finish();
}

/// A reply to somebody else's message with nothing but a mention.
fn pointing(origin: &Origin, other: &Value, words: &str) -> Value {
    reply_to(at_the_bot(message(origin, words)), other, false)
}

#[tokio::test]
async fn a_reply_with_only_a_mention_means_the_message_that_it_replies_to() {
    let scene = Scene::start().await;
    let direct = Origin::direct();
    let asked = message(&direct.clone().user(OTHER_USER), "what keeps me awake longer?");
    for words in ["", "?", "☝️"] {
        let sent = scene.write(&pointing(&direct, &asked, words)).await;
        assert_eq!(line(&sent), "replies “what keeps me awake long…”: Caffeine", "{words:?}");
        assert_eq!(question(&sent), Some("what keeps me awake longer?"));
    }
    let own_words = pointing(&direct, &asked, QUESTION);
    assert_eq!(line(&scene.write(&own_words).await), "replies: Taste", "somebody who says something means that");
    // In a server the text of a message comes only if that one mentions the bot.
    let mentioned = at_the_bot(message(&guild().user(OTHER_USER), "what keeps me awake longer?"));
    assert_eq!(
        line(&scene.write(&pointing(&guild(), &mentioned, "")).await),
        "replies “<@1100000000000000001> w…”: Caffeine"
    );
    scene.finish().await;
}

#[tokio::test]
async fn where_that_message_is_not_delivered_the_command_is_named_that_brings_it() {
    let scene = Scene::start().await;
    let hidden = message(&guild().user(OTHER_USER), QUESTION);
    let sent = scene.write(&pointing(&guild(), &hidden, "")).await;
    expect![[r#"
        I cannot read that message

        Discord shows me only messages that mention me. Open the menu of that message and choose Apps → Answer this question, or ask me in your own words.

        [All topics] [What I can do] [🗑️]
    "#]]
    .assert_eq(&text(&sent));
    scene.finish().await;
}

/// The event about an edit so many seconds after the message was written.
fn edited(message: &Value, seconds: u32) -> Value {
    let written = "2026-01-02T03:04:00.000000+00:00";
    let time = format!("2026-01-02T03:{:02}:{:02}.000000+00:00", 4 + seconds / 60, seconds % 60);
    message_with(message.clone(), &json!({ "timestamp": written, "edited_timestamp": time }))
}

fn edit(scene: &Scene, message: &Value) {
    scene.standin.dispatch("MESSAGE_UPDATE", message);
}

#[tokio::test]
async fn an_edit_that_adds_the_mention_is_answered_once() {
    let scene = Scene::start().await;
    let plain = message(&guild(), QUESTION);
    let with_mention = at_the_bot(plain.clone());
    scene.standin.write(&plain);
    edit(&scene, &edited(&with_mention, 59));
    edit(&scene, &edited(&with_mention, 60));
    assert_eq!(line(&scene.standin.next(answer_to(&plain)).await), "replies: Taste");
    let asked = at_the_bot(message(&guild(), QUESTION));
    assert_eq!(line(&scene.write(&asked).await), "replies: Taste");
    let late = at_the_bot(message(&guild(), QUESTION));
    let silent = [
        // It was answered already.
        edited(&asked, 10),
        edited(&late, 61),
        // Discord adds a preview to a link.
        message_with(late.clone(), &json!({ "edited_timestamp": null })),
        // Nobody is mentioned.
        edited(&message(&guild(), QUESTION), 10),
        json!({ "id": snowflake(), "channel_id": guild().channel, "guild_id": GUILD, "mentions": [user(crate::standin::events::BOT, "versus", true)] }),
    ];
    silent.iter().for_each(|message| edit(&scene, message));
    scene.write(&at_the_bot(message(&guild(), QUESTION))).await;
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    let replies =
        |requests: &[Recorded]| requests.iter().filter(|sent| sent.line().starts_with("POST /channels/")).count();
    assert_eq!(replies(&standin.requests()), 3);
    standin.finish();
}
