//! What can go wrong between a poll and its record: outages, deletions, crashes, and two processes.

use std::fs;
use std::path::PathBuf;

use expect_test::expect;
use serde_json::{Value, json};

use super::databases::wait_for;
use super::deciding::{decide, decisions, end, record, result, result_of, vote};
use super::door::{self, Door};
use super::onboarding::description;
use super::scene::{Scene, TEA_AND_COFFEE, View, custom_id};
use super::sent::{line, title};
use super::settings::manager;
use crate::program::versus;
use crate::standin::Standin;
use crate::standin::events::{GUILD, filled, integer, text};
use crate::standin::fault::Fault;
use crate::standin::record::{Recorded, callback_to, message_in};
use crate::stored::{Stored, on_each_database};

on_each_database! {
    a_poll_that_ended_while_the_bot_was_away_is_counted_when_it_is_back
    votes_are_taken_only_when_they_are_final
    a_vote_that_is_withdrawn_in_the_terminal_ends_where_a_bot_runs
    behind_an_address_no_event_says_that_a_poll_has_ended
    of_a_poll_that_was_deleted_only_the_record_is_left
    a_withdrawn_vote_is_ended
    a_result_that_is_there_is_not_posted_again
    a_poll_whose_message_was_not_noted_is_found_by_its_button
    of_two_processes_one_counts_a_poll_and_one_records_it
    a_hundred_kills_between_vote_and_record_lose_no_record_and_make_none_twice
}

/// How often the bot is killed between a vote and its record.
const TIMES: usize = 100;
/// How much longer it is waited each time before that, in turns of the scheduler: no clock is looked at.
const TURNS: usize = 40;

async fn scene_on(stored: &Stored) -> Scene {
    Scene::with(Standin::start().await, &[stored.variable()]).await
}

async fn door_on(standin: &Standin, stored: &Stored) -> Door {
    Door::of(door::start(standin, &[stored.variable()])).await
}

/// While no bot runs: every poll that is still to be counted is due.
async fn make_due(stored: &Stored) {
    // What a bot had sent when it was killed may still take effect, and make it later again.
    stored.left_alone().await;
    stored.rows("UPDATE polls SET due = 0").await;
}

/// Waits until so many polls are still to be counted.
async fn still_open(stored: &Stored, count: usize) {
    wait_for(stored, "SELECT COUNT(*) FROM polls", &[&count.to_string()]).await;
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

async fn a_poll_that_ended_while_the_bot_was_away_is_counted_when_it_is_back(stored: Stored) {
    let scene = scene_on(&stored).await;
    let (_, poll) = vote(&scene, &manager(), &[]).await;
    let (standin, _) = scene.stop().await;
    standin.vote(&poll, 2, 3);
    standin.finalize_poll(&poll);
    make_due(&stored).await;
    let scene = Scene::with(standin, &[stored.variable()]).await;
    let ended = result(&scene, &manager(), &poll).await;
    assert!(description(&ended.sent).contains("3 of 3 votes"), "{}", ended.sent);
    still_open(&stored, 0).await;
    let recorded = record(&scene, &manager(), &ended, "Coffee").await;
    assert_eq!(line(&recorded.sent), "answers privately: #1 · Which é 日 🦀?");
    scene.finish().await;
}

/// Withdraws a decision in the terminal, on a database.
fn withdraw_in_the_terminal(stored: &Stored, number: u32) -> String {
    let environment = [TEA_AND_COFFEE, stored.variable(), ("DISCORD_GUILD_ID", GUILD)];
    let run = versus(&[], format!("/decisions withdraw {number}\n").as_bytes(), &environment);
    run.output.lines().last().unwrap_or_default().to_owned()
}

async fn a_vote_that_is_withdrawn_in_the_terminal_ends_where_a_bot_runs(stored: Stored) {
    let scene = scene_on(&stored).await;
    let (_, poll) = vote(&scene, &manager(), &[]).await;
    let (_, ended_poll) = vote(&scene, &manager(), &[]).await;
    let ended = end(&scene, &manager(), &ended_poll, &[1]).await;
    record(&scene, &manager(), &ended, "Tea").await;
    // A bot that runs looks every 30 s; one that starts looks at once.
    let (standin, _) = scene.stop().await;
    assert_eq!(
        withdraw_in_the_terminal(&stored, 1),
        "Decision #1 is withdrawn. A bot that runs on this database ends its poll within half a minute, or else when it starts."
    );
    assert_eq!(withdraw_in_the_terminal(&stored, 2), "Decision #2 is withdrawn.", "its poll has ended");
    let scene = Scene::with(standin, &[stored.variable()]).await;
    scene.standin.next(|request| request.path.ends_with(&format!("/polls/{poll}/expire"))).await;
    still_open(&stored, 0).await;
    assert_eq!(results(&scene.standin, &poll), 0);
    scene.finish().await;
}

async fn votes_are_taken_only_when_they_are_final(stored: Stored) {
    let scene = scene_on(&stored).await;
    let (_, poll) = vote(&scene, &manager(), &[]).await;
    scene.standin.vote(&poll, 1, 1);
    scene.standin.announce_end(&poll);
    scene.standin.next(|request| request.method == "GET" && request.path.ends_with(&poll)).await;
    let (standin, _) = scene.stop().await;
    still_open(&stored, 1).await;
    assert_eq!(results(&standin, &poll), 0);
    standin.vote(&poll, 2, 2);
    standin.finalize_poll(&poll);
    make_due(&stored).await;
    let scene = Scene::with(standin, &[stored.variable()]).await;
    let ended = result(&scene, &manager(), &poll).await;
    assert!(description(&ended.sent).contains("2 of 3 votes"), "{}", ended.sent);
    scene.finish().await;
}

async fn behind_an_address_no_event_says_that_a_poll_has_ended(stored: Stored) {
    let standin = Standin::start().await;
    let door = door_on(&standin, &stored).await;
    let event = decide(&manager(), "Which?", &[text("options", "Tea, Coffee")]);
    let posted = door.interact(&standin, &event).await;
    assert_eq!(line(&posted), "answers everyone: Vote #1");
    let poll = standin.answer_to(&event)["id"].as_str().expect("it is posted").to_owned();
    assert_eq!(door.close().await, Vec::<String>::new());
    standin.vote(&poll, 1, 4);
    standin.finalize_poll(&poll);
    make_due(&stored).await;
    let door = door_on(&standin, &stored).await;
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

async fn of_a_poll_that_was_deleted_only_the_record_is_left(stored: Stored) {
    let scene = scene_on(&stored).await;
    let (_, message) = vote(&scene, &manager(), &[]).await;
    let (_, channel) = vote(&scene, &manager(), &[]).await;
    let (standin, _) = scene.stop().await;
    standin.delete_message(&message);
    let unknown = json!({ "message": "Unknown Channel", "code": 10003 });
    standin.fault(Fault::status(&format!("/messages/{channel}"), 9, 404, &unknown));
    make_due(&stored).await;
    let scene = Scene::with(standin, &[stored.variable()]).await;
    still_open(&stored, 0).await;
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

fn file(stored: &Stored) -> PathBuf {
    PathBuf::from(stored.address().trim_start_matches("sqlite:"))
}

/// The database is away: there is a folder in its place.
fn hide(stored: &Stored) {
    let file = file(stored);
    fs::rename(&file, file.with_extension("away")).expect("it is there");
    for ending in ["db-wal", "db-shm"] {
        let _ = fs::rename(file.with_extension(ending), file.with_extension(format!("{ending}-away")));
    }
    fs::create_dir(&file).expect("nothing is there");
}

fn bring_back(stored: &Stored) {
    let file = file(stored);
    fs::remove_dir(&file).expect("it is empty");
    for ending in ["db-wal", "db-shm"] {
        let _ = fs::rename(file.with_extension(format!("{ending}-away")), file.with_extension(ending));
    }
    fs::rename(file.with_extension("away"), &file).expect("it is there");
}

#[tokio::test]
async fn without_the_database_nothing_is_put_to_the_vote_and_no_result_is_lost() {
    let stored = Stored::in_file();
    let scene = scene_on(&stored).await;
    let (_, poll) = vote(&scene, &manager(), &[]).await;
    let (standin, _) = scene.stop().await;
    hide(&stored);
    let scene = Scene::with(standin, &[stored.variable()]).await;
    let refused = scene.interact(&decide(&manager(), "Which?", &[])).await;
    assert!(refused.message()["poll"].is_null() && refused.is_ephemeral(), "{refused}");
    let list = scene.interact(&decisions(&manager(), "list", &[])).await;
    assert_eq!(title(&list), "I cannot look that up just now");
    scene.standin.vote(&poll, 1, 2);
    scene.standin.end_poll(&poll);
    scene.standin.next(|request| request.method == "GET" && request.path.ends_with(&poll)).await;
    let (standin, _) = scene.stop().await;
    assert_eq!(results(&standin, &poll), 0);
    bring_back(&stored);
    make_due(&stored).await;
    let scene = Scene::with(standin, &[stored.variable()]).await;
    let ended = result(&scene, &manager(), &poll).await;
    assert!(description(&ended.sent).contains("2 of 2 votes"), "{}", ended.sent);
    let (standin, _) = scene.stop().await;
    standin.finish();
}

async fn a_poll_whose_message_was_not_noted_is_found_by_its_button(stored: Stored) {
    let scene = scene_on(&stored).await;
    // Discord posts it, and the bot ends before it learns what became of it.
    let event = decide(&manager(), "Which?", &[]);
    scene.standin.fault(Fault::hang("/callback", 1).after_taking_effect());
    scene.standin.interact(&event);
    scene.standin.next(callback_to(&event)).await;
    scene.bot.kill().await;
    let standin = scene.standin;
    let poll = standin.answer_to(&event)["id"].as_str().expect("it is posted").to_owned();
    let scene = Scene::with(standin, &[stored.variable()]).await;
    let ended = end(&scene, &manager(), &poll, &[0, 1]).await;
    assert_eq!(title(&ended.sent), "Vote #1 has ended");
    record(&scene, &manager(), &ended, "Coffee").await;
    assert!(status(&scene, 1).await.contains("Accepted"));
    scene.finish().await;
}

async fn of_two_processes_one_counts_a_poll_and_one_records_it(stored: Stored) {
    let scene = scene_on(&stored).await;
    let (_, poll) = vote(&scene, &manager(), &[]).await;
    let (standin, _) = scene.stop().await;
    standin.vote(&poll, 1, 1);
    standin.finalize_poll(&poll);
    make_due(&stored).await;
    let doors = [door_on(&standin, &stored).await, door_on(&standin, &stored).await];
    let sent = standin.next(result_of(&poll)).await;
    still_open(&stored, 0).await;
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

async fn a_hundred_kills_between_vote_and_record_lose_no_record_and_make_none_twice(stored: Stored) {
    let mut scene = scene_on(&stored).await;
    for time in 0..TIMES {
        let number = time + 1;
        let (posted, poll) = vote(&scene, &manager(), &[]).await;
        scene.standin.vote(&poll, 1, 1);
        scene.standin.end_poll(&poll);
        // Each time it is killed a little later, in turn while the votes are counted and while the decision is recorded.
        if time % 2 == 0 {
            scene = killed_after(time, scene, &stored).await;
            // Somebody who looks for the result finds it, also where the bot had not noted yet which message the poll became.
            scene.press(&manager(), &custom_id(&posted.sent, "Result"), &posted).await;
        }
        let ended = result(&scene, &manager(), &poll).await;
        let form = scene.press_label("Record", &ended).await;
        let event = recorded(&form, &ended, &format!("decision {number}"));
        scene.standin.interact(&event);
        if time % 2 == 0 {
            scene.standin.next(callback_to(&event)).await;
        } else {
            scene = killed_after(time, scene, &stored).await;
        }
        let acknowledged = scene.standin.requests().iter().any(|request| callback_to(&event)(request));
        check_kept(&stored, number, acknowledged).await;
        assert_eq!(results(&scene.standin, &poll), 1, "the result of {number} is there once");
    }
    kill(scene).await.finish();
}

/// A bot that was killed after so many turns, and started again.
async fn killed_after(time: usize, scene: Scene, stored: &Stored) -> Scene {
    for _ in 0..time * TURNS {
        tokio::task::yield_now().await;
    }
    let standin = kill(scene).await;
    make_due(stored).await;
    Scene::with(standin, &[stored.variable()]).await
}

async fn kill(scene: Scene) -> Standin {
    scene.bot.kill().await;
    scene.standin
}

/// There are as many decisions as votes, each under its own number, and what was acknowledged is recorded.
async fn check_kept(stored: &Stored, number: usize, acknowledged: bool) {
    let rows = stored.rows("SELECT number, status, counted FROM decisions ORDER BY number").await;
    let numbers: Vec<&str> = rows.iter().filter_map(|row| Some(row.split_once('|')?.0)).collect();
    let expected: Vec<String> = (1..=number).map(|number| number.to_string()).collect();
    assert_eq!(numbers, expected);
    let last = rows.last().expect("there is one");
    assert!(last.ends_with("|1"), "the votes of {number} are counted: {last}");
    if acknowledged {
        assert!(last.contains("|accepted|"), "decision {number}: {last}");
    }
}

async fn a_withdrawn_vote_is_ended(stored: Stored) {
    let scene = scene_on(&stored).await;
    let (_, poll) = vote(&scene, &manager(), &[]).await;
    scene.standin.vote(&poll, 1, 1);
    scene.interact(&decisions(&manager(), "withdraw", &[integer("number", 1)])).await;
    scene.standin.next(|request| request.method == "POST" && request.path.ends_with("/expire")).await;
    still_open(&stored, 0).await;
    assert_eq!(scene.standin.message(&poll)["poll"]["results"]["is_finalized"], true);
    assert_eq!(results(&scene.standin, &poll), 0, "nobody waits for a result");
    assert!(status(&scene, 1).await.contains("Withdrawn"));
    scene.finish().await;
}

/// The bot ended between posting the result and noting that, and was away until Discord had forgotten the nonce.
async fn a_result_that_is_there_is_not_posted_again(stored: Stored) {
    let scene = scene_on(&stored).await;
    let (_, poll) = vote(&scene, &manager(), &[]).await;
    scene.standin.fault(Fault::hang("POST /channels/", 1).after_taking_effect());
    scene.standin.vote(&poll, 1, 1);
    scene.standin.end_poll(&poll);
    scene.standin.next(result_of(&poll)).await;
    let standin = kill(scene).await;
    still_open(&stored, 1).await;
    standin.forget_nonces();
    make_due(&stored).await;
    let scene = Scene::with(standin, &[stored.variable()]).await;
    still_open(&stored, 0).await;
    assert_eq!(results(&scene.standin, &poll), 1);
    scene.finish().await;
}

#[tokio::test]
async fn a_result_that_cannot_be_posted_is_posted_later_or_given_up() {
    let stored = Stored::in_file();
    let scene = scene_on(&stored).await;
    let (posted, poll) = vote(&scene, &manager(), &[]).await;
    let refused = json!({ "message": "Missing Permissions", "code": 50013 });
    scene.standin.fault(Fault::status("POST /channels/", 9, 403, &refused));
    scene.standin.vote(&poll, 1, 1);
    scene.standin.end_poll(&poll);
    scene.standin.next(message_in(posted.message["channel_id"].as_str().expect("an id"))).await;
    still_open(&stored, 0).await;
    assert!(votes(&scene, 1).await.to_string().contains("1 vote"), "they are counted all the same");
    scene.finish_after_faults(expect![[r#"
        WARN the result of a vote in channel 1100000000000000003 could not be posted: status 403, code 50013; the bot needs the permissions that `versus invite` asks for
    "#]]).await;
}
