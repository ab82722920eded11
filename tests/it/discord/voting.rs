//! What can go wrong between a poll and its record: outages, deletions, crashes, and two processes.

use std::fs;

use expect_test::expect;
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Row, SqliteConnection, query};

use super::deciding::{decide, decisions, end, record, result, result_of, vote};
use super::door::Door;
use super::onboarding::description;
use super::scene::{Scene, View, custom_id};
use super::sent::{line, title};
use super::settings::manager;
use crate::standin::events::{filled, integer, text};
use crate::standin::fault::Fault;
use crate::standin::record::{Recorded, callback_to, message_in};
use crate::standin::{Standin, TIME_OUT};

/// How often the bot is killed between a vote and its record.
const TIMES: usize = 100;
/// How much longer it is waited each time before that, in turns of the scheduler: no clock is looked at.
const TURNS: usize = 40;

async fn open(standin: &Standin) -> SqliteConnection {
    SqliteConnectOptions::new().filename(standin.database()).connect().await.expect("the database can be opened")
}

/// While no bot runs: every poll that is still to be counted is due.
async fn make_due(standin: &Standin) {
    let mut connection = open(standin).await;
    query("UPDATE polls SET due = 0").execute(&mut connection).await.expect("it can be written");
    connection.close().await.expect("it can be closed");
}

/// How many polls are still to be counted.
async fn open_polls(standin: &Standin) -> i64 {
    let mut connection = open(standin).await;
    let count = query("SELECT COUNT(*) FROM polls").fetch_one(&mut connection).await.expect("it can be read").get(0);
    connection.close().await.expect("it can be closed");
    count
}

/// Waits until no poll is to be counted any more.
async fn counted(standin: &Standin) {
    let search = async {
        while open_polls(standin).await > 0 {
            tokio::task::yield_now().await;
        }
    };
    assert!(tokio::time::timeout(TIME_OUT, search).await.is_ok(), "a poll is still to be counted");
}

async fn status(scene: &Scene, number: i64) -> String {
    let sent = scene.interact(&decisions(&manager(), "show", &[integer("number", number)])).await;
    description(&sent).lines().next().unwrap_or_default().to_owned()
}

/// What a decision's record says of its votes.
async fn votes(scene: &Scene, number: i64) -> Value {
    let sent = scene.interact(&decisions(&manager(), "show", &[integer("number", number)])).await;
    let fields = sent.message()["embeds"][0]["fields"].as_array().expect("it has fields").clone();
    fields.into_iter().find(|field| field["name"] == "Votes").map_or(Value::Null, |field| field["value"].clone())
}

fn results(standin: &Standin, poll: &str) -> usize {
    standin.replies_to(poll)
}

#[tokio::test]
async fn a_poll_that_ended_while_the_bot_was_away_is_counted_when_it_is_back() {
    let scene = Scene::start().await;
    let (_, poll) = vote(&scene, &manager(), &[]).await;
    let (standin, _) = scene.stop().await;
    standin.vote(&poll, 2, 3);
    standin.finalize_poll(&poll);
    make_due(&standin).await;
    let scene = Scene::with(standin, &[]).await;
    let ended = result(&scene, &manager(), &poll).await;
    assert!(description(&ended.sent).contains("3 of 3 votes"), "{}", ended.sent);
    counted(&scene.standin).await;
    let recorded = record(&scene, &manager(), &ended, "Coffee").await;
    assert_eq!(line(&recorded.sent), "answers privately: #1 · Which é 日 🦀?");
    scene.finish().await;
}

#[tokio::test]
async fn votes_are_taken_only_when_they_are_final() {
    let scene = Scene::start().await;
    let (_, poll) = vote(&scene, &manager(), &[]).await;
    scene.standin.vote(&poll, 1, 1);
    scene.standin.announce_end(&poll);
    scene.standin.next(|request| request.method == "GET" && request.path.ends_with(&poll)).await;
    let (standin, _) = scene.stop().await;
    assert_eq!((results(&standin, &poll), open_polls(&standin).await), (0, 1));
    standin.vote(&poll, 2, 2);
    standin.finalize_poll(&poll);
    make_due(&standin).await;
    let scene = Scene::with(standin, &[]).await;
    let ended = result(&scene, &manager(), &poll).await;
    assert!(description(&ended.sent).contains("2 of 3 votes"), "{}", ended.sent);
    scene.finish().await;
}

#[tokio::test]
async fn behind_an_address_no_event_says_that_a_poll_has_ended() {
    let standin = Standin::start().await;
    let door = Door::open(&standin).await;
    let event = decide(&manager(), "Which?", &[text("options", "Tea, Coffee")]);
    let posted = door.interact(&standin, &event).await;
    assert_eq!(line(&posted), "answers everyone: Vote #1");
    let poll = standin.answer_to(&event)["id"].as_str().expect("it is posted").to_owned();
    assert_eq!(door.close().await, Vec::<String>::new());
    standin.vote(&poll, 1, 4);
    standin.finalize_poll(&poll);
    make_due(&standin).await;
    let door = Door::open(&standin).await;
    let sent = standin.next(result_of(&poll)).await;
    assert!(description(&sent).contains("4 of 4 votes"), "{sent}");
    let message = standin.answer_to(&json!({ "id": poll }));
    let press = crate::standin::events::button(&manager(), &custom_id(&sent, "Record"), &message);
    let form = door.interact(&standin, &press).await;
    let event = filled(&manager(), form.message(), &[("decision", "Tea")], Some(&message));
    assert_eq!(line(&door.interact(&standin, &event).await), "answers privately: #1 · Which?");
    assert_eq!(door.close().await, Vec::<String>::new());
    standin.finish();
}

#[tokio::test]
async fn of_a_poll_that_was_deleted_only_the_record_is_left() {
    let scene = Scene::start().await;
    let (_, message) = vote(&scene, &manager(), &[]).await;
    let (_, channel) = vote(&scene, &manager(), &[]).await;
    let (standin, _) = scene.stop().await;
    standin.delete_message(&message);
    let unknown = json!({ "message": "Unknown Channel", "code": 10003 });
    standin.fault(Fault::status(&format!("/messages/{channel}"), 9, 404, &unknown));
    make_due(&standin).await;
    let scene = Scene::with(standin, &[]).await;
    counted(&scene.standin).await;
    for number in [1, 2] {
        assert!(status(&scene, number).await.contains("Proposed"));
        assert!(!votes(&scene, number).await.to_string().contains('–'), "nobody knows the votes");
    }
    let shown = scene.show(&manager(), &decisions(&manager(), "show", &[integer("number", 1)])).await;
    record(&scene, &manager(), &shown, "Tea").await;
    assert!(status(&scene, 1).await.contains("Accepted"));
    assert_eq!(results(&scene.standin, &message) + results(&scene.standin, &channel), 0);
    let (standin, _) = scene.stop().await;
    standin.finish();
}

/// The database is away: there is a folder in its place.
fn hide(standin: &Standin) {
    let file = standin.database();
    fs::rename(&file, file.with_extension("away")).expect("it is there");
    for ending in ["db-wal", "db-shm"] {
        let _ = fs::rename(file.with_extension(ending), file.with_extension(format!("{ending}-away")));
    }
    fs::create_dir(&file).expect("nothing is there");
}

fn bring_back(standin: &Standin) {
    let file = standin.database();
    fs::remove_dir(&file).expect("it is empty");
    for ending in ["db-wal", "db-shm"] {
        let _ = fs::rename(file.with_extension(format!("{ending}-away")), file.with_extension(ending));
    }
    fs::rename(file.with_extension("away"), &file).expect("it is there");
}

#[tokio::test]
async fn without_the_database_nothing_is_put_to_the_vote_and_no_result_is_lost() {
    let scene = Scene::start().await;
    let (_, poll) = vote(&scene, &manager(), &[]).await;
    let (standin, _) = scene.stop().await;
    hide(&standin);
    let scene = Scene::with(standin, &[]).await;
    let refused = scene.interact(&decide(&manager(), "Which?", &[])).await;
    assert!(refused.message()["poll"].is_null() && refused.is_ephemeral(), "{refused}");
    let list = scene.interact(&decisions(&manager(), "list", &[])).await;
    assert_eq!(title(&list), "I cannot look that up just now");
    scene.standin.vote(&poll, 1, 2);
    scene.standin.end_poll(&poll);
    scene.standin.next(|request| request.method == "GET" && request.path.ends_with(&poll)).await;
    let (standin, _) = scene.stop().await;
    assert_eq!(results(&standin, &poll), 0);
    bring_back(&standin);
    make_due(&standin).await;
    let scene = Scene::with(standin, &[]).await;
    let ended = result(&scene, &manager(), &poll).await;
    assert!(description(&ended.sent).contains("2 of 2 votes"), "{}", ended.sent);
    let (standin, _) = scene.stop().await;
    standin.finish();
}

#[tokio::test]
async fn a_poll_whose_message_was_not_noted_is_found_by_its_button() {
    let scene = Scene::start().await;
    // Discord posts it, and the bot ends before it learns what became of it.
    let event = decide(&manager(), "Which?", &[]);
    scene.standin.fault(Fault::hang("/callback", 1).after_taking_effect());
    scene.standin.interact(&event);
    scene.standin.next(callback_to(&event)).await;
    scene.bot.kill().await;
    let standin = scene.standin;
    let poll = standin.answer_to(&event)["id"].as_str().expect("it is posted").to_owned();
    let scene = Scene::with(standin, &[]).await;
    let ended = end(&scene, &manager(), &poll, &[0, 1]).await;
    assert_eq!(title(&ended.sent), "Vote #1 has ended");
    record(&scene, &manager(), &ended, "Coffee").await;
    assert!(status(&scene, 1).await.contains("Accepted"));
    scene.finish().await;
}

#[tokio::test]
async fn of_two_processes_one_counts_a_poll_and_one_records_it() {
    let scene = Scene::start().await;
    let (_, poll) = vote(&scene, &manager(), &[]).await;
    let (standin, _) = scene.stop().await;
    standin.vote(&poll, 1, 1);
    standin.finalize_poll(&poll);
    make_due(&standin).await;
    let doors = [Door::open(&standin).await, Door::open(&standin).await];
    let sent = standin.next(result_of(&poll)).await;
    counted(&standin).await;
    assert_eq!(results(&standin, &poll), 1);
    let message = standin.answer_to(&json!({ "id": poll }));
    let press = || crate::standin::events::button(&manager(), &custom_id(&sent, "Record"), &message);
    let form = doors[0].interact(&standin, &press()).await;
    let fill = |decision: &str| filled(&manager(), form.message(), &[("decision", decision)], Some(&message));
    let (one, other) = (fill("one"), fill("other"));
    let (one, other) = tokio::join!(doors[0].interact(&standin, &one), doors[1].interact(&standin, &other));
    let mut titles = [title(&one), title(&other)].map(str::to_owned);
    titles.sort_unstable();
    assert_eq!(titles, ["#1 · Which é 日 🦀?", "Decision #1 is not waiting to be recorded"]);
    for door in doors {
        door.close().await;
    }
    standin.finish();
}

/// The form for a record, filled in.
fn recorded(form: &Recorded, result: &View, decision: &str) -> Value {
    filled(&manager(), form.message(), &[("decision", decision)], Some(&result.message))
}

#[tokio::test]
async fn a_hundred_kills_between_vote_and_record_lose_no_record_and_make_none_twice() {
    let mut scene = Scene::start().await;
    for time in 0..TIMES {
        let number = time + 1;
        let (posted, poll) = vote(&scene, &manager(), &[]).await;
        scene.standin.vote(&poll, 1, 1);
        scene.standin.end_poll(&poll);
        // Each time it is killed a little later, in turn while the votes are counted and while the decision is recorded.
        if time % 2 == 0 {
            scene = killed_after(time, scene).await;
            // Whoever looks for the result finds it, also where the bot had not noted yet which message the poll became.
            scene.press(&manager(), &custom_id(&posted.sent, "Result"), &posted).await;
        }
        let ended = result(&scene, &manager(), &poll).await;
        let form = scene.press_label("Record", &ended).await;
        let event = recorded(&form, &ended, &format!("decision {number}"));
        scene.standin.interact(&event);
        if time % 2 == 0 {
            scene.standin.next(callback_to(&event)).await;
        } else {
            scene = killed_after(time, scene).await;
        }
        let acknowledged = scene.standin.requests().iter().any(|request| callback_to(&event)(request));
        check_kept(&scene.standin, number, acknowledged).await;
        assert_eq!(results(&scene.standin, &poll), 1, "the result of {number} is there once");
    }
    kill(scene).await.finish();
}

/// A bot that was killed after so many turns, and started again.
async fn killed_after(time: usize, scene: Scene) -> Scene {
    for _ in 0..time * TURNS {
        tokio::task::yield_now().await;
    }
    let standin = kill(scene).await;
    make_due(&standin).await;
    Scene::with(standin, &[]).await
}

async fn kill(scene: Scene) -> Standin {
    scene.bot.kill().await;
    scene.standin
}

/// There are as many decisions as votes, each under its own number, and what was acknowledged is recorded.
async fn check_kept(standin: &Standin, number: usize, acknowledged: bool) {
    let mut connection = open(standin).await;
    let rows = query("SELECT number, status, counted FROM decisions ORDER BY number");
    let rows = rows.fetch_all(&mut connection).await.expect("it can be read");
    connection.close().await.expect("it can be closed");
    let numbers: Vec<i64> = rows.iter().map(|row| row.get(0)).collect();
    let expected: Vec<i64> = (1..).take(number).collect();
    assert_eq!(numbers, expected);
    let last = rows.last().expect("there is one");
    assert_eq!(last.get::<i64, _>(2), 1, "the votes of {number} are counted");
    if acknowledged {
        assert_eq!(last.get::<String, _>(1), "accepted", "decision {number}");
    }
}

#[tokio::test]
async fn a_result_that_cannot_be_posted_is_posted_later_or_given_up() {
    let scene = Scene::start().await;
    let (posted, poll) = vote(&scene, &manager(), &[]).await;
    let refused = json!({ "message": "Missing Permissions", "code": 50013 });
    scene.standin.fault(Fault::status("POST /channels/", 9, 403, &refused));
    scene.standin.vote(&poll, 1, 1);
    scene.standin.end_poll(&poll);
    scene.standin.next(message_in(posted.message["channel_id"].as_str().expect("an id"))).await;
    counted(&scene.standin).await;
    assert!(votes(&scene, 1).await.to_string().contains("1 vote"), "they are counted all the same");
    scene.finish_after_faults(expect![[r#"
        WARN the result of a vote in channel 1100000000000000003 could not be posted: status 403, code 50013; the bot needs the permissions that `versus invite` asks for
    "#]]).await;
}
