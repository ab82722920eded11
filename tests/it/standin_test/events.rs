//! The stand-in's events: two independent libraries must be able to read every one of them.

use serde_json::{Value, json};
use serenity::all::{Interaction, Message};

use crate::standin::events::{
    Origin, at_the_bot, autocomplete, button, by_a_bot, by_a_webhook, by_the_bot, flag, focused, integer, message,
    message_command, message_with, reply_to, select, slash, subcommand, text,
};

fn origins() -> [Origin; 4] {
    [
        Origin::guild().permissions(crate::standin::events::MODERATOR),
        Origin::guild().user_install().locale("de"),
        Origin::direct(),
        Origin::private().user(crate::standin::events::OTHER_USER),
    ]
}

fn interactions(origin: &Origin) -> Vec<Value> {
    let asked = message(origin, "which is faster?");
    let command = slash(origin, "topics", &[]);
    let answer = by_the_bot(origin, &answer_payload(), &command);
    let pressed = button(origin, "topic:speed", &answer);
    vec![
        slash(origin, "compare", &[text("topic", "speed"), flag("only_me", true)]),
        slash(origin, "quiz", &[subcommand("start", &[integer("questions", 5)])]),
        autocomplete(origin, "compare", &[focused("topic", "as")]),
        message_command(origin, "Answer this question", &asked),
        select(origin, "further", &["speed"], &answer),
        button(origin, "delete", &by_the_bot(origin, &answer_payload(), &pressed)),
        button(origin, "delete", &by_the_bot(origin, &answer_payload(), &asked)),
        command,
        pressed,
    ]
}

fn answer_payload() -> Value {
    json!({
        "embeds": [{ "title": "Speed", "fields": [{ "name": "a", "value": "b", "inline": true }] }],
        "components": [
            { "type": 1, "components": [
                { "type": 2, "style": 2, "label": "Async", "custom_id": "topic:async" },
                { "type": 2, "style": 5, "label": "Source", "url": "https://example.org" },
            ] },
            { "type": 1, "components": [{
                "type": 3, "custom_id": "further", "placeholder": "More", "options": [
                    { "label": "Speed", "value": "speed" },
                ],
            }] },
        ],
        "flags": 64,
    })
}

fn messages(origin: &Origin) -> Vec<Value> {
    let asked = message(origin, "which is faster?");
    let answer = by_the_bot(origin, &answer_payload(), &asked);
    vec![
        at_the_bot(asked.clone()),
        by_a_bot(asked.clone()),
        by_a_webhook(asked.clone()),
        message_with(asked, &json!({ "pinned": true })),
        reply_to(message(origin, "and why?"), &answer, true),
        answer,
    ]
}

#[test]
fn every_interaction_parses() {
    for event in origins().iter().flat_map(interactions) {
        let text = event.to_string();
        let parsed: Result<Interaction, _> = serde_json::from_str(&text);
        assert!(parsed.is_ok(), "serenity: {parsed:?}: {event:#}");
        let parsed: Result<twilight_model::application::interaction::Interaction, _> = serde_json::from_str(&text);
        assert!(parsed.is_ok(), "twilight: {parsed:?}: {event:#}");
    }
}

#[test]
fn every_message_parses() {
    for event in origins().iter().flat_map(messages) {
        let text = event.to_string();
        let parsed: Result<Message, _> = serde_json::from_str(&text);
        assert!(parsed.is_ok(), "serenity: {parsed:?}: {event:#}");
        let parsed: Result<twilight_model::channel::Message, _> = serde_json::from_str(&text);
        assert!(parsed.is_ok(), "twilight: {parsed:?}: {event:#}");
    }
}
