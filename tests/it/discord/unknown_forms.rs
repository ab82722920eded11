//! Forms that are not known yet cost nothing, as long as an answer does not need them.

use expect_test::expect;
use serde_json::{Value, json};

use super::carried::server;
use super::scene::{Scene, reply_to};
use super::sent::line;
use crate::standin::events::{
    BOT, BOT_ROLE, OTHER_USER, Origin, at_the_bot, autocomplete, by_the_bot, focused, message, message_command, slash,
    snowflake, text,
};

const QUESTION: &str = "which tastes better?";

/// Writes a value into each of these places.
fn with(mut event: Value, changes: &[(&str, Value)]) -> Value {
    for (pointer, value) in changes {
        let (parent, name) = pointer.rsplit_once('/').expect("it has a name");
        let parent = event.pointer_mut(parent).unwrap_or_else(|| panic!("nothing at {pointer}"));
        parent[name] = value.clone();
    }
    event
}

/// A profile as a later version of Discord may send it.
fn profile(at: &str) -> Vec<(String, Value)> {
    let entry = |name: &str, value: Value| (format!("{at}/{name}"), value);
    vec![
        entry("avatar_decoration_data", json!({ "asset": "v2_a_1234", "sku_id": 7, "expires_at": {} })),
        entry("public_flags", json!(1_u64 << 53)),
        entry("flags", json!("340282366920938463463374607431768211456")),
        entry("discriminator", json!("é日🦀")),
        entry("primary_guild", json!([1, 2, 3])),
        entry("avatar", json!({ "hash": 1 })),
        entry("premium_type", json!(99)),
        entry("username", Value::Null),
        entry("bot", Value::Null),
    ]
}

fn with_profile(event: Value, at: &str) -> Value {
    profile(at).into_iter().fold(event, |event, (pointer, value)| with(event, &[(&pointer, value)]))
}

/// A message whose parts have forms that nobody knows.
fn with_parts(event: Value, at: &str) -> Value {
    let components = json!([{ "type": 99, "new": true }, { "type": 1, "components": [{ "type": 77 }] }]);
    let parts = [
        ("components", components),
        ("embeds", json!([7])),
        ("attachments", json!([{ "id": "x" }])),
        ("type", json!(9999)),
        ("flags", json!("340282366920938463463374607431768211456")),
        ("timestamp", json!("soon")),
    ];
    parts.into_iter().fold(event, |event, (name, value)| with(event, &[(&format!("{at}/{name}"), value)]))
}

#[tokio::test]
async fn what_an_interaction_has_beside_the_question_may_have_any_form() {
    let scene = Scene::start().await;
    let guild = Origin::guild();
    let asked = || slash(&guild, "ask", &[text("question", QUESTION)]);
    let wide = json!("340282366920938463463374607431768211455");
    let target = message(&guild.clone().user(OTHER_USER), QUESTION);
    let on_message = || message_command(&guild, "Answer this question", &target);
    let place = format!("/data/resolved/messages/{}", target["id"].as_str().expect("it has an id"));
    let cases = [
        ("profile", with_profile(asked(), "/member/user")),
        (
            "profile in a direct message",
            with_profile(slash(&Origin::direct(), "ask", &[text("question", QUESTION)]), "/user"),
        ),
        ("permissions", with(asked(), &[("/member/permissions", wide.clone()), ("/app_permissions", wide)])),
        (
            "permissions of no form",
            with(asked(), &[("/member/permissions", json!([])), ("/app_permissions", Value::Null)]),
        ),
        (
            "place",
            with(asked(), &[("/channel", json!({ "type": 999 })), ("/locale", json!(7)), ("/context", json!(99))]),
        ),
        ("entitlements", with(asked(), &[("/entitlements", json!([{ "type": "x" }])), ("/guild", json!("x"))])),
        (
            "owners",
            with(asked(), &[("/authorizing_integration_owners", json!({ "7": {}, "0": "1100000000000000002" }))]),
        ),
        ("command", with(asked(), &[("/data/guild_id", json!(1.5)), ("/data/type", json!("new"))])),
        ("member", with(asked(), &[("/member/joined_at", json!("yesterday")), ("/member/roles", json!({ "new": 1 }))])),
        ("author of a message", with_profile(on_message(), &format!("{place}/author"))),
        ("parts of a message", with_parts(on_message(), &place)),
    ];
    let expected = expect![[r#"
        profile → answers everyone “which tastes better?”: Taste
        profile in a direct message → answers everyone “which tastes better?”: Taste
        permissions → answers everyone “which tastes better?”: Taste
        permissions of no form → answers everyone “which tastes better?”: Taste
        place → answers everyone “which tastes better?”: Taste
        entitlements → answers everyone “which tastes better?”: Taste
        owners → answers everyone “which tastes better?”: Taste
        command → answers everyone “which tastes better?”: Taste
        member → answers everyone “which tastes better?”: Taste
        author of a message → answers privately “which tastes better?”: Taste
        parts of a message → answers privately “which tastes better?”: Taste
    "#]];
    scene.check(cases.map(|(name, event)| (name.to_owned(), event)), expected).await;
    scene.finish().await;
}

#[tokio::test]
async fn a_button_works_under_components_that_are_not_known() {
    let scene = Scene::start().await;
    let shown = scene.compare(&Origin::guild(), "caffeine", "public").await;
    let components = shown.message["components"].clone();
    let mut unknown = components.as_array().cloned().expect("it has rows");
    unknown[0]["components"].as_array_mut().expect("it has buttons").push(json!({ "type": 88, "custom_id": 7 }));
    unknown.push(json!({ "type": 99, "child": { "type": 100 } }));
    let pressed = with(
        shown.pressed("Taste"),
        &[
            ("/message/components", json!(unknown)),
            ("/message/interaction_metadata/type", json!(77)),
            ("/message/flags", json!(1_u64 << 60)),
            ("/data/component_type", json!(200)),
        ],
    );
    let pressed = with_profile(pressed, "/message/author");
    assert_eq!(line(&scene.interact(&pressed).await), "replaces: Taste");
    scene.finish().await;
}

#[tokio::test]
async fn what_is_typed_is_completed_whatever_comes_with_it() {
    let scene = Scene::start().await;
    let typing = autocomplete(&Origin::guild(), "compare", &[focused("topic", "caf")]);
    let typing = with_profile(with(typing, &[("/data/type", json!("chat"))]), "/member/user");
    assert_eq!(line(&scene.interact(&typing).await), r#"offers ["caffeine"]"#);
    scene.finish().await;
}

#[tokio::test]
async fn what_a_message_has_beside_its_text_may_have_any_form() {
    let scene = Scene::start().await;
    let mention = || at_the_bot(message(&Origin::guild(), QUESTION));
    let answer = by_the_bot(&Origin::guild(), &json!({ "embeds": [{ "title": "Caffeine" }] }), &Value::Null);
    let reply = crate::standin::events::reply_to(message(&Origin::guild(), QUESTION), &answer, true);
    let cases = [
        with_profile(mention(), "/author"),
        with_profile(mention(), "/mentions/0"),
        with(
            mention(),
            &[("/components", json!([{ "type": 1, "components": [{ "type": 77 }] }])), ("/embeds", json!("x"))],
        ),
        with(
            mention(),
            &[("/attachments", json!([{ "waveform": 7 }])), ("/sticker_items", json!([1])), ("/poll", json!(7))],
        ),
        with(mention(), &[("/member/permissions", json!("99999999999999999999999")), ("/member/avatar", json!(1))]),
        with(mention(), &[("/flags", json!(1_u64 << 60)), ("/timestamp", json!(7)), ("/nonce", json!({}))]),
        with(mention(), &[("/message_snapshots", json!([{ "message": 7 }, 8])), ("/mention_roles", json!([{}]))]),
        with(reply, &[("/referenced_message/components", json!([{ "type": 1, "components": [{ "type": 77 }] }]))]),
    ];
    for case in cases {
        scene.standin.write(&case);
        assert_eq!(line(&scene.standin.next(reply_to(&case)).await), "replies: Taste", "{case:#}");
    }
    scene.finish().await;
}

#[tokio::test]
async fn a_message_whose_mentions_have_no_known_form_is_understood_by_its_text() {
    let scene = Scene::start().await;
    scene.standin.dispatch("GUILD_CREATE", &server());
    // Nobody asks so often that they are asked to wait.
    let by = || Origin::guild().user(&snowflake());
    let of_bot = |id: &str| with(message(&by(), ""), &[("/content", json!(format!("<@{id}> {QUESTION}")))]);
    let other = json!({ "id": OTHER_USER, "username": "é日🦀" });
    let forms = [
        Value::Null,
        json!(7),
        json!({ BOT: {} }),
        json!([[BOT]]),
        json!([{ "user": { "id": BOT } }]),
        json!([other, { "id": { "new": BOT } }]),
    ];
    for form in &forms {
        for id in [BOT.to_owned(), format!("!{BOT}")] {
            let case = with(of_bot(&id), &[("/mentions", form.clone())]);
            assert_eq!(line(&scene.write(&case).await), "replies: Taste", "{case:#}");
        }
        let case = with(of_bot(&format!("&{BOT_ROLE}")), &[("/mention_roles", form.clone())]);
        assert_eq!(line(&scene.write(&case).await), "replies: Taste", "{case:#}");
    }
    // A list that can be read says all.
    let silent = [
        with(of_bot(BOT), &[("/mentions", json!([other]))]),
        with(of_bot(&format!("&{BOT_ROLE}")), &[("/mention_roles", json!([]))]),
        with(of_bot(OTHER_USER), &[("/mentions", json!([BOT]))]),
    ];
    silent.iter().for_each(|case| scene.standin.write(case));
    scene.write(&at_the_bot(message(&Origin::guild(), QUESTION))).await;
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    for case in &silent {
        assert!(!standin.requests().iter().any(reply_to(case)), "{case:#}");
    }
    standin.finish();
}
