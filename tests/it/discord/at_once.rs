//! Two processes on one database that write at the same time, and writes that are given up.

use serde_json::{Value, json};

use super::databases::wait_for;
use super::deciding::decide;
use super::gaps::{ask, choose, gaps};
use super::notes::note;
use super::scene::{PUNCTUAL, Scene};
use super::sent::line;
use super::settings::{manager, set};
use super::team_file::{another, export, exported, import};
use crate::standin::Standin;
use crate::standin::events::{GUILD, Origin, filled, slash, snowflake, text};
use crate::standin::record::callback_to;
use crate::stored::{Stored, on_each_database};

on_each_database! {
    notes_stay_within_their_bound
    questions_that_are_added_stay_within_their_bound
    questions_without_an_answer_stay_within_their_bound
    decisions_stay_within_their_bound
    decisions_of_files_stay_within_their_bound
    of_two_files_one_is_kept_whole
    what_was_asked_counts_once_where_a_write_was_given_up
}

/// A time to come, in milliseconds since 1970, so that nothing is too old.
const SOON: i64 = 8_000_000_000_000;

/// Two processes on one database.
async fn two(stored: &Stored) -> [Scene; 2] {
    let first = Scene::with(Standin::start().await, &[stored.variable()]).await;
    [first, Scene::with(Standin::start().await, &[stored.variable()]).await]
}

/// What two processes answer that write to a table at the same time, in any order: neither has written before both wait, as far as
/// the database lets both begin.
async fn at_once(stored: &Stored, table: &str, scenes: &[Scene; 2], events: &[Value; 2]) -> Vec<String> {
    let held = stored.hold(table).await;
    for (scene, event) in scenes.iter().zip(events) {
        scene.standin.interact(event);
    }
    stored.waiting(2).await;
    held.release().await;
    let mut lines = Vec::new();
    for (scene, event) in scenes.iter().zip(events) {
        lines.push(line(&scene.standin.next(callback_to(event)).await));
    }
    lines.sort();
    lines
}

async fn finish(scenes: [Scene; 2]) {
    for scene in scenes {
        scene.finish().await;
    }
}

async fn rows(stored: &Stored, table: &str) -> String {
    stored.rows(&format!("SELECT COUNT(*) FROM {table} WHERE server = {GUILD}")).await.concat()
}

async fn notes_stay_within_their_bound(stored: Stored) {
    let scenes = two(&stored).await;
    stored
        .fill(199, &format!("INSERT INTO notes SELECT {GUILD}, 'tool', 'n' || n, 'x', '', 20261127, n FROM numbers"))
        .await;
    let mut events = Vec::new();
    for (scene, topic) in scenes.iter().zip(["taste", "caffeine"]) {
        let form = scene.interact(&note(&manager(), topic)).await;
        events.push(filled(&manager(), form.message(), &[("text", "é 日 🦀")], None));
    }
    let events: [Value; 2] = events.try_into().expect("there are two");
    let lines = at_once(&stored, "notes", &scenes, &events).await;
    assert_eq!(lines[1], "answers privately: Your team has as many notes as I can keep", "{lines:?}");
    assert!(lines[0].starts_with("answers privately: Note on "), "{lines:?}");
    assert_eq!(rows(&stored, "notes").await, "200");
    finish(scenes).await;
}

async fn questions_that_are_added_stay_within_their_bound(stored: Stored) {
    let scenes = two(&stored).await;
    let questions = ["zzzz qqqqq wwwww?", "xxxx kkkkk jjjjj"];
    stored
        .fill(199, &format!("INSERT INTO added SELECT {GUILD}, n, 'n' || n, 'n' || n, 'taste', n FROM numbers"))
        .await;
    let mut events = Vec::new();
    for ((scene, question), id) in scenes.iter().zip(questions).zip(1001..) {
        stored.rows(&format!("INSERT INTO gaps VALUES ({GUILD}, {id}, '{question}', '{question}', 1, {SOON})")).await;
        let list = scene.use_command(&manager(), &gaps(&manager(), "list")).await;
        let one = choose(scene, &list, question).await;
        let form = scene.press_label("Add to a topic", &one).await;
        events.push(filled(&manager(), form.message(), &[("text", "taste")], Some(&one.message)));
    }
    let events: [Value; 2] = events.try_into().expect("there are two");
    let lines = at_once(&stored, "added", &scenes, &events).await;
    assert_eq!(
        lines,
        [
            "answers privately: Understood from now on",
            "answers privately: Your team has added as many questions as I can keep",
        ]
    );
    assert_eq!(rows(&stored, "added").await, "200");
    finish(scenes).await;
}

async fn questions_without_an_answer_stay_within_their_bound(stored: Stored) {
    let scenes = two(&stored).await;
    set(&scenes[0], "unanswered", "yes").await;
    // Those that were asked least often go first, whichever are asked now.
    stored
        .fill(199, &format!("INSERT INTO gaps SELECT {GUILD}, n, 'n' || n, 'n' || n, 1 + n, {SOON} FROM numbers"))
        .await;
    let events = ["zzzz qqqqq wwwww?", "xxxx kkkkk jjjjj"].map(|question| ask(&Origin::guild(), question));
    at_once(&stored, "gaps", &scenes, &events).await;
    // Nobody waits for it, so it is done at the end.
    finish(scenes).await;
    assert_eq!(rows(&stored, "gaps").await, "200");
    let dropped = stored.rows("SELECT COUNT(*) FROM gaps WHERE id = 1 OR asked = 1").await;
    assert_eq!(dropped, ["2"], "the two that are new stay, and the first one goes");
}

async fn fill_decisions(stored: &Stored) {
    let columns = "'withdrawn', 0, 20261127, 'n' || n, '', '', '{}', '[]', 0, 0, '', '', '', '', n";
    stored.fill(499, &format!("INSERT INTO decisions SELECT {GUILD}, n, {columns} FROM numbers")).await;
}

async fn decisions_stay_within_their_bound(stored: Stored) {
    let scenes = two(&stored).await;
    fill_decisions(&stored).await;
    let events = ["Which é 日 🦀?", "Which one?"].map(|question| decide(&manager(), question, &[]));
    let lines = at_once(&stored, "decisions", &scenes, &events).await;
    assert_eq!(
        lines,
        ["answers everyone: Vote #500", "answers privately: Your team has as many votes or decisions as I can keep"]
    );
    assert_eq!(rows(&stored, "decisions").await, "500");
    finish(scenes).await;
}

/// A file with a decision of a number, a note, and private answers or not.
fn file(number: u32, topic: &str, is_private: bool) -> String {
    let words = json!({ "decision": "Tea", "reason": "", "rejected": "", "consequences": "" });
    let decision = json!({
        "number": number, "date": "2026-11-27", "status": "accepted", "question": "Which?",
        "options": [{ "text": "Tea" }, { "text": "Coffee" }],
        "words": words,
    });
    let settings = json!({ "private": is_private, "channels": [], "keep_unanswered": false });
    let notes = json!([{ "topic": topic, "text": "é 日 🦀", "written": "2026-11-27" }]);
    json!({ "versus": 1, "server": GUILD, "settings": settings, "notes": notes, "questions": [], "decisions": [decision] })
        .to_string()
}

/// The events by which each of two processes imports a file.
fn imports(scenes: &[Scene; 2], files: [String; 2]) -> [Value; 2] {
    let [first, second] = scenes;
    [(first, &files[0]), (second, &files[1])].map(|(scene, file)| {
        let url = scene.standin.keep_file(file.as_bytes());
        import(&another(), &url, Some("take"))
    })
}

async fn decisions_of_files_stay_within_their_bound(stored: Stored) {
    let scenes = two(&stored).await;
    fill_decisions(&stored).await;
    let events = imports(&scenes, [file(1000, "taste", true), file(1001, "caffeine", false)]);
    let lines = at_once(&stored, "decisions", &scenes, &events).await;
    assert_eq!(
        lines,
        ["answers privately: Done: your team keeps what the file says", "answers privately: The file cannot be used",]
    );
    assert_eq!(rows(&stored, "decisions").await, "500");
    // Nothing is kept of the file that could not be kept whole.
    let number = stored.rows("SELECT number FROM decisions WHERE number > 499").await;
    let kept = stored.rows("SELECT subject, private FROM notes, settings").await;
    let expected = if number == ["1000"] { "taste|1" } else { "caffeine|0" };
    assert_eq!(kept, [expected]);
    finish(scenes).await;
}

async fn of_two_files_one_is_kept_whole(stored: Stored) {
    let scenes = two(&stored).await;
    let files = [file(1, "taste", true), file(1, "caffeine", false)];
    let events = imports(&scenes, files.clone());
    let lines = at_once(&stored, "notes", &scenes, &events).await;
    assert_eq!(lines, ["answers privately: Done: your team keeps what the file says"; 2]);
    let kept: Value = serde_json::from_str(&exported(&scenes[0], &export(&another())).await).expect("it is JSON");
    let is_kept = |file: &String| {
        let file: Value = serde_json::from_str(file).expect("it is JSON");
        let is_same = |part: &str| kept[part] == file[part];
        kept["settings"]["private"] == file["settings"]["private"] && is_same("notes")
    };
    assert!(files.iter().any(is_kept), "{kept:#}");
    assert_eq!(rows(&stored, "decisions").await, "1");
    finish(scenes).await;
}

async fn what_was_asked_counts_once_where_a_write_was_given_up(stored: Stored) {
    let scene = Scene::with(Standin::start().await, &[stored.variable(), PUNCTUAL]).await;
    let held = stored.hold_the_end("counts").await;
    let asker = Origin::guild().user(&snowflake());
    scene.interact(&slash(&asker, "compare", &[text("topic", "taste")])).await;
    scene.bot.logged_one_of(&["no answer within 500 ms", "database is locked"]).await;
    held.release().await;
    wait_for(&stored, "SELECT asked FROM counts", &["1"]).await;
    // What is left is written at the end.
    let (standin, _) = scene.stop().await;
    standin.finish();
    assert_eq!(stored.rows("SELECT asked FROM counts").await, ["1"]);
}
