//! Buttons and menus: what is shown when they are used, and by whom.

use std::collections::BTreeSet;

use expect_test::expect;
use serde_json::{Value, json};

use super::scene::{Scene, custom_id, forged};
use super::sent::{labels, line, title};
use crate::program::versus;
use crate::standin::events::{OTHER_USER, Origin, button, by_the_bot, select, slash, text};
use crate::standin::record::{Recorded, webhook_of};

fn asker() -> Origin {
    Origin::guild()
}

fn somebody_else() -> Origin {
    Origin::guild().user(OTHER_USER)
}

/// Everything under a message that shows something else: the state, what is chosen, and the title to expect.
fn ways_on(sent: &Recorded) -> Vec<(String, Option<String>, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut ways = Vec::new();
    for control in sent.controls() {
        let id = text(&control["custom_id"]);
        match control["label"].as_str() {
            Some("🗑️" | "Share") => {}
            // What is opened in a message of its own, and reports.
            Some(_) if id.contains(".open.") || id.contains(".wrong.") => {}
            // The tours, which have tests of their own.
            Some(_) if id.contains(".show.tour:") || id.ends_with(".begin") => {}
            Some("All topics") => ways.push((id, None, "What I can compare".to_owned())),
            Some("What I can do") => ways.push((id, None, "Python or Node.js?".to_owned())),
            Some("Introduction for newcomers") => ways.push((id, None, "Welcome to the team".to_owned())),
            Some(label) => ways.push((id, None, label.to_owned())),
            None => {
                let options = control["options"].as_array().into_iter().flatten();
                let choice = |option: &Value| (id.clone(), Some(text(&option["value"])), text(&option["label"]));
                ways.extend(options.map(choice));
            }
        }
    }
    ways
}

/// The line of what was sent, without the picture that may go with it.
fn words(sent: &Recorded) -> String {
    line(sent).replace(" + criteria.png", "")
}

/// Presses everything under everything that can be reached from a command; gives the titles.
async fn walk(scene: &Scene, start: Recorded, visibility: &Value) -> BTreeSet<String> {
    let mut titles = BTreeSet::new();
    let mut ahead = vec![start];
    while let Some(sent) = ahead.pop() {
        for (id, chosen, expected) in ways_on(&sent) {
            if titles.contains(&expected) {
                continue;
            }
            let message = json!({ "embeds": sent.message()["embeds"], "flags": visibility });
            let message = by_the_bot(&asker(), &message, &Value::Null);
            let event = match &chosen {
                None => button(&asker(), &id, &message),
                Some(value) => select(&asker(), &id, &[value], &message),
            };
            let next = scene.interact(&event).await;
            assert_eq!(words(&next), format!("replaces: {expected}"), "{id} {chosen:?} of {:?}", title(&sent));
            titles.insert(expected);
            ahead.push(next);
        }
    }
    titles
}

#[tokio::test]
async fn every_button_and_every_choice_leads_where_it_says() {
    let scene = Scene::start_with_real_data().await;
    let help = scene.interact(&slash(&asker(), "help", &[])).await;
    let public = walk(&scene, help, &json!(0)).await;
    assert_eq!(public.len(), 37 + 3 - 1, "the topics, their list, the introduction, but not the help: {public:?}");
    scene.finish().await;
    // With another bot, since so many presses of one person are a flood.
    let scene = Scene::start_with_real_data().await;
    let unknown = slash(&asker(), "ask", &[text("question", "qqq www")]);
    let unknown = scene.interact(&unknown).await;
    let private = walk(&scene, unknown, &json!(64)).await;
    assert_eq!(private.len(), 37 + 3);
    scene.finish().await;
}

#[tokio::test]
async fn the_asker_changes_an_answer_and_others_get_their_own() {
    let scene = Scene::start().await;
    let shown = scene.compare(&asker(), "caffeine", "public").await;
    let id = custom_id(&shown.sent, "Taste");
    let by_other = scene.press(&somebody_else(), &id, &shown).await;
    assert_eq!(line(&by_other), "answers privately: Taste");
    assert_eq!(labels(&by_other), ["Details", "Article · 1", "Sources · 2", "Caffeine", "Share"]);
    let by_asker = scene.press(&asker(), &id, &shown).await;
    assert_eq!(line(&by_asker), "replaces: Taste");
    assert_eq!(labels(&by_asker), ["Details", "Article · 1", "Sources · 2", "Caffeine", "🗑️"]);
    let changed = shown.replaced_by(by_asker);
    assert_eq!(line(&scene.press_label("Caffeine", &changed).await), "replaces: Caffeine");
    scene.finish().await;
}

#[tokio::test]
async fn of_the_same_answer_everybody_has_the_buttons_of_their_own() {
    let scene = Scene::start().await;
    for visibility in ["public", "private", "public"] {
        for (one, other) in [(asker(), somebody_else()), (somebody_else(), asker())] {
            let shown = scene.compare(&one, "caffeine", visibility).await;
            let taste = custom_id(&shown.sent, "Taste");
            assert_eq!(shown.sent.is_ephemeral(), visibility == "private");
            if visibility == "public" {
                assert_eq!(line(&scene.press(&other, &taste, &shown).await), "answers privately: Taste");
            }
            assert_eq!(line(&scene.press(&one, &taste, &shown).await), "replaces: Taste");
        }
    }
    scene.finish().await;
}

#[tokio::test]
async fn what_an_answer_rests_on_opens_privately_for_the_person_who_presses_and_can_be_shared() {
    let scene = Scene::start().await;
    let shown = scene.compare(&asker(), "caffeine", "public").await;
    for by in [asker(), somebody_else()] {
        for (label, expected, last) in
            [("Details", "Caffeine", "Wrong?, Share, 👍, 👎"), ("Sources · 2", "Caffeine: sources", "Wrong?, Share")]
        {
            let open = button(&by, &custom_id(&shown.sent, label), &shown.message);
            let opened = scene.use_command(&by, &open).await;
            assert_eq!(line(&opened.sent), format!("answers privately: {expected}"));
            assert!(labels(&opened.sent).join(", ").ends_with(last), "{:?}", labels(&opened.sent));
            let shared = button(&by, &custom_id(&opened.sent, "Share"), &opened.message);
            assert_eq!(line(&scene.interact(&shared).await), "changes what can be pressed");
            let posted = scene.standin.next(webhook_of(&shared)).await;
            assert_eq!(line(&posted), format!("posts for everyone: {expected}"));
        }
    }
    scene.finish().await;
}

#[tokio::test]
async fn somebody_who_got_an_own_answer_goes_on_in_it() {
    let scene = Scene::start().await;
    let shown = scene.compare(&asker(), "caffeine", "public").await;
    let pressed = button(&somebody_else(), &custom_id(&shown.sent, "Taste"), &shown.message);
    let own = scene.use_command(&somebody_else(), &pressed).await;
    assert_eq!(line(&own.sent), "answers privately: Taste");
    let next = scene.press_label("Caffeine", &own).await;
    assert_eq!(line(&next), "replaces: Caffeine");
    assert_eq!(labels(&next), ["Details", "Sources · 2", "Taste", "Share"]);
    scene.finish().await;
}

#[tokio::test]
async fn a_menu_obeys_the_asker_and_answers_others_privately() {
    let scene = Scene::start().await;
    let shown = scene.use_command(&asker(), &slash(&asker(), "topics", &[])).await;
    let id = custom_id(&shown.sent, "Caffeine … Taste");
    let chosen = [
        scene.choose(&asker(), &id, "topic:taste", &shown).await,
        scene.choose(&somebody_else(), &id, "topic:taste", &shown).await,
        scene.choose(&asker(), &id, "topic:gone", &shown).await,
        scene.choose(&asker(), &id, "nonsense", &shown).await,
    ];
    expect![[r#"
        replaces: Taste
        answers privately: Taste
        replaces: That is no longer in my notes
        answers privately: I don't know that button any more. Please ask again, for example with /compare.
    "#]]
    .assert_eq(&chosen.iter().map(|sent| line(sent) + "\n").collect::<String>());
    scene.finish().await;
}

/// The first of the collected questions that the program itself finds vague.
fn vague_question() -> String {
    let read = |line: &str| -> Value { serde_json::from_str(line).expect("it is JSON") };
    let collected = include_str!("../phrasings/conversational.jsonl").lines().map(read);
    let texts: Vec<String> = collected.filter_map(|line| Some(line["text"].as_str()?.replace('\n', " "))).collect();
    let run = versus(&["match"], (texts.join("\n") + "\n").as_bytes(), &[]);
    let vague = run.output.lines().map(read).find(|line| line["decision"] == "ask");
    let vague = vague.expect("one of them is vague");
    vague["text"].as_str().expect("a line has its text").to_owned()
}

#[tokio::test]
async fn a_vague_question_offers_what_it_may_mean() {
    let scene = Scene::start_with_real_data().await;
    let ask = slash(&asker(), "ask", &[text("question", &vague_question())]);
    let shown = scene.use_command(&asker(), &ask).await;
    assert_eq!(title(&shown.sent), "Did you mean one of these?");
    let labels = labels(&shown.sent);
    let (meanings, last) = labels.split_at(labels.len() - 2);
    assert!((1..=3).contains(&meanings.len()), "{meanings:?}");
    assert_eq!(last, ["All topics", "🗑️"]);
    for (id, _, expected) in ways_on(&shown.sent) {
        assert_eq!(words(&scene.press(&asker(), &id, &shown).await), format!("replaces: {expected}"));
        let private = scene.press(&somebody_else(), &id, &shown).await;
        assert_eq!(words(&private), format!("answers privately: {expected}"));
    }
    scene.finish().await;
}

#[tokio::test]
async fn what_a_button_of_another_time_says_is_answered_with_a_next_step() {
    let scene = Scene::start().await;
    let shown = scene.compare(&asker(), "caffeine", "public").await;
    let user = &asker().user;
    let of_asker = [
        "show.topic:gone",
        "show.topic:",
        &format!("show.topic:{}", "🦀".repeat(60)),
        "share.topic:gone",
        "show.nonsense",
        "show.project:gone",
        "choose.0",
        "explode",
    ];
    let of_asker = of_asker.map(|what| (what.chars().take(20).collect(), forged(&shown.sent, what)));
    let others = [
        format!("1.{user}.show.topic:taste"),
        format!("1.{user}.show.project:breakfast:Gc"),
        format!("1.{user}.delete"),
        "1.-1.delete".to_owned(),
        "1.99999999999999999999.delete".to_owned(),
        format!("2.{user}.show.topic:taste"),
        "poll:vote:7".to_owned(),
        "....".to_owned(),
        "é日🦀".to_owned(),
    ];
    let cases = of_asker.into_iter().chain(others.map(|id| (id.clone(), id)));
    let cases = cases.map(|(name, id)| (name, button(&asker(), &id, &shown.message)));
    let menu = ("menu".to_owned(), select(&asker(), "poll:vote", &["topic:taste"], &shown.message));
    let expected = expect![[r#"
        show.topic:gone → replaces: That is no longer in my notes
        show.topic: → replaces: That is no longer in my notes
        show.topic:🦀🦀🦀🦀🦀🦀🦀🦀🦀 → replaces: That is no longer in my notes
        share.topic:gone → replaces: That is no longer in my notes
        show.nonsense → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        show.project:gone → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        choose.0 → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        explode → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        1.1100000000000000005.show.topic:taste → answers privately: That button is from an older version. Please ask again, for example with /compare.
        1.1100000000000000005.show.project:breakfast:Gc → answers privately: That button is from an older version. Please ask again, for example with /compare.
        1.1100000000000000005.delete → answers privately: That button is from an older version. Please ask again, for example with /compare.
        1.-1.delete → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        1.99999999999999999999.delete → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        2.1100000000000000005.show.topic:taste → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        poll:vote:7 → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        .... → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        é日🦀 → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        menu → answers privately: I don't know that button any more. Please ask again, for example with /compare.
    "#]];
    scene.check(cases.chain([menu]), expected).await;
    scene.finish().await;
}

#[tokio::test]
async fn buttons_work_after_a_restart() {
    let scene = Scene::start().await;
    let public = scene.compare(&asker(), "caffeine", "public").await;
    let private = scene.compare(&asker(), "caffeine", "private").await;
    let topics = scene.use_command(&asker(), &slash(&asker(), "topics", &[])).await;
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    let scene = Scene::with(standin, &[]).await;
    let sent = [
        scene.press_label("Taste", &public).await,
        scene.press_label("🗑️", &public).await,
        scene.press_label("Share", &private).await,
        scene.choose(&asker(), &custom_id(&topics.sent, "Caffeine … Taste"), "topic:taste", &topics).await,
    ];
    expect![[r#"
        replaces: Taste
        acknowledges
        changes what can be pressed
        replaces: Taste
    "#]]
    .assert_eq(&sent.iter().map(|sent| line(sent) + "\n").collect::<String>());
    scene.finish().await;
}

#[tokio::test]
async fn buttons_work_wherever_commands_do() {
    let scene = Scene::start().await;
    for origin in [Origin::direct(), Origin::private(), Origin::guild().user_install(), Origin::guild().locale("de")] {
        let shown = scene.compare(&origin, "caffeine", "public").await;
        assert_eq!(line(&scene.press_label("Taste", &shown).await), "replaces: Taste", "{origin:?}");
        let other = origin.clone().user(OTHER_USER);
        let sent = scene.press(&other, &custom_id(&shown.sent, "Taste"), &shown).await;
        assert_eq!(line(&sent), "answers privately: Taste", "{origin:?}");
    }
    scene.finish().await;
}

#[tokio::test]
async fn interactions_that_this_version_does_not_know_do_no_harm() {
    let scene = Scene::start().await;
    let shown = scene.compare(&asker(), "caffeine", "public").await;
    let mut modal = button(&asker(), "quiz:answer", &shown.message);
    modal["type"] = json!(5);
    modal["data"] = json!({ "custom_id": "quiz:answer", "components": [] });
    assert_eq!(
        line(&scene.interact(&modal).await),
        "answers privately: I don't know that button any more. Please ask again, for example with /compare."
    );
    let mut future = slash(&asker(), "help", &[]);
    future["type"] = json!(99);
    scene.standin.interact(&future);
    let mut ping = slash(&asker(), "help", &[]);
    ping["type"] = json!(1);
    scene.standin.interact(&ping);
    scene.standin.send_text(r#"{"op":0,"t":"SOMETHING_NEW","s":99,"d":{}}"#);
    assert_eq!(line(&scene.press_label("Taste", &shown).await), "replaces: Taste");
    scene
        .finish_after_faults(expect![[r#"
            WARN an interaction cannot be read (Data); update versus, Discord has changed what it sends
        "#]])
        .await;
}
