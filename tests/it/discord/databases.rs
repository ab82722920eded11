//! What every database has to do, tried on each kind of them.

use expect_test::expect;
use serde_json::Value;

use super::onboarding::{description, forget_me, onboard, press, progress, start, walk};
use super::quiz::{letters, take_quiz};
use super::scene::{Scene, custom_id, start as start_bot};
use super::sent::{labels, line, title};
use crate::program::versus;
use crate::standin::events::{GUILD, MANAGER, OTHER_GUILD, OTHER_USER, Origin, button, in_server, snowflake};
use crate::standin::record::{Recorded, callback_to};
use crate::standin::{Standin, TIME_OUT};
use crate::stored::{Stored, on_each_database};

on_each_database! {
    a_position_is_kept_for_each_person_server_and_tour
    what_the_newcomers_of_a_server_did_is_counted
    a_person_is_forgotten_and_nobody_else
    what_belongs_to_a_server_goes_with_it
    a_press_counts_once_whichever_process_takes_it
    an_answer_is_shared_once_by_two_processes
    a_database_belongs_to_one_application
    two_processes_that_start_at_the_same_time_make_the_tables_once
    what_is_too_old_or_too_much_is_dropped
    all_that_is_stored_is_copied_from_a_file_and_back
    a_copy_goes_only_into_an_empty_database_and_is_used_only_when_it_is_whole
    a_check_lists_each_table_and_what_is_wrong
}

fn asker() -> Origin {
    Origin::guild()
}

async fn scene_on(stored: &Stored) -> Scene {
    Scene::with(Standin::start().await, &[stored.variable()]).await
}

async fn stop(scene: Scene) -> Vec<Recorded> {
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    let requests = standin.requests();
    standin.finish();
    requests
}

/// Waits until a query gives what is expected: what nobody waits for is written after the answer.
pub(super) async fn wait_for(stored: &Stored, sql: &str, expected: &[&str]) {
    let search = async { while stored.rows(sql).await != expected {} };
    let found = tokio::time::timeout(TIME_OUT, search).await.is_ok();
    assert!(found, "waited for {expected:?}, and there is {:?}", stored.rows(sql).await);
}

async fn a_position_is_kept_for_each_person_server_and_tour(stored: Stored) {
    let scene = scene_on(&stored).await;
    walk(&scene, &asker(), &["Brewing", "Next", "Next"]).await;
    walk(&scene, &Origin::direct(), &["Serving"]).await;
    walk(&scene, &asker().user(OTHER_USER), &["Brewing"]).await;
    let back = press(&scene, &start(&scene, &asker()).await, "Other tours").await;
    press(&scene, &back, "Serving").await;
    stop(scene).await;
    let scene = scene_on(&stored).await;
    let mut lines = String::new();
    for origin in [asker(), Origin::direct(), asker().user(OTHER_USER), asker().user(&snowflake())] {
        lines += &(title(&start(&scene, &origin).await.sent).to_owned() + "\n");
    }
    let other = press(&scene, &start(&scene, &asker()).await, "Other tours").await;
    lines += &(labels(&other.sent).join(", ") + "\n");
    // The other tour goes on where it was left.
    lines += &(title(&press(&scene, &other, "Brewing").await.sent).to_owned() + "\n");
    expect![[r#"
        Serving · Cups
        Serving · Cups
        Brewing · Water first
        Welcome to the team
        Brewing, Serving
        Brewing · Beans
    "#]]
    .assert_eq(&lines);
    stop(scene).await;
}

async fn what_the_newcomers_of_a_server_did_is_counted(stored: Stored) {
    let scene = scene_on(&stored).await;
    for way in [["Brewing"].as_slice(), &["Serving"], &[["Brewing"].as_slice(), &["Next"; 6]].concat()] {
        walk(&scene, &asker().user(&snowflake()), way).await;
    }
    for is_right in [[false, false, true, true, true], [true; 5]] {
        take_quiz(&scene, &asker().user(&snowflake()), is_right).await;
    }
    wait_for(&stored, "SELECT CAST(SUM(given) AS BIGINT), CAST(SUM(missed) AS BIGINT) FROM answers", &["10|2"]).await;
    let shown = scene.interact(&onboard(&asker().permissions(MANAGER), "progress")).await;
    assert_eq!(description(&shown), "• **Brewing**: 2 started, 1 finished\n• **Serving**: 1 started, 0 finished");
    let missed = shown.message()["embeds"][0]["fields"][0]["value"].as_str().unwrap_or_default();
    assert_eq!(missed.lines().count(), 2, "{missed}");
    assert!(progress(&scene, OTHER_GUILD).await.starts_with("• **Brewing**: 0 started"));
    stop(scene).await;
}

async fn a_person_is_forgotten_and_nobody_else(stored: Stored) {
    let scene = scene_on(&stored).await;
    for origin in [asker(), Origin::direct(), asker().user(OTHER_USER)] {
        walk(&scene, &origin, &["Brewing"]).await;
    }
    let sent = scene.interact(&forget_me(&asker())).await;
    assert!(description(&sent).contains("2 places in tours (Brewing)"), "{sent}");
    assert_eq!(stored.rows("SELECT person FROM progress").await, [OTHER_USER]);
    assert!(description(&scene.interact(&forget_me(&asker())).await).contains("nothing to delete"));
    stop(scene).await;
}

async fn what_belongs_to_a_server_goes_with_it(stored: Stored) {
    let scene = scene_on(&stored).await;
    walk(&scene, &asker(), &["Brewing"]).await;
    let shown = scene.use_command(&asker(), &in_server(onboard(&asker(), "start"), OTHER_GUILD)).await;
    scene.interact(&in_server(shown.pressed("Serving"), OTHER_GUILD)).await;
    scene.standin.remove_from(OTHER_GUILD, true);
    scene.bot.logged("removed from a server: 1 positions in tours deleted").await;
    assert_eq!(stored.rows("SELECT server FROM progress").await, [GUILD]);
    let (standin, _) = scene.stop().await;
    standin.finish();
}

/// The answer of somebody to the first question of a new quiz, as an event.
pub(super) async fn answer_to_a_quiz(scene: &Scene) -> Value {
    let quiz = scene.use_command(&asker(), &onboard(&asker(), "quiz")).await;
    quiz.pressed(letters(&quiz.sent).0)
}

/// The same button pressed once more, by another event.
fn again(event: &Value) -> Value {
    button(&asker(), event["data"]["custom_id"].as_str().expect("it has one"), &event["message"])
}

async fn a_press_counts_once_whichever_process_takes_it(stored: Stored) {
    let (first, second) = (scene_on(&stored).await, scene_on(&stored).await);
    let event = answer_to_a_quiz(&first).await;
    for scene in [&first, &second] {
        scene.standin.interact(&event);
        scene.interact(&again(&event)).await;
        scene.standin.next(callback_to(&event)).await;
    }
    stop(first).await;
    stop(second).await;
    assert_eq!(stored.rows("SELECT given FROM answers").await, ["1"]);
    let scene = scene_on(&stored).await;
    scene.interact(&event).await;
    scene.interact(&answer_to_a_quiz(&scene).await).await;
    stop(scene).await;
    assert_eq!(stored.rows("SELECT CAST(SUM(given) AS BIGINT) FROM answers").await, ["2"]);
}

async fn an_answer_is_shared_once_by_two_processes(stored: Stored) {
    let (first, second) = (scene_on(&stored).await, scene_on(&stored).await);
    let shown = first.compare(&asker(), "caffeine", "private").await;
    let event = button(&asker(), &custom_id(&shown.sent, "Share"), &shown.message);
    first.standin.interact(&event);
    second.interact(&event).await;
    first.standin.next(callback_to(&event)).await;
    let requests = [stop(first).await, stop(second).await].concat();
    let posts = requests.iter().filter(|request| request.line().starts_with("POST /webhooks/")).count();
    assert_eq!(posts, 1);
}

async fn a_database_belongs_to_one_application(stored: Stored) {
    let scene = scene_on(&stored).await;
    walk(&scene, &asker(), &["Brewing"]).await;
    stop(scene).await;
    stored.rows("UPDATE facts SET value = '42' WHERE name = 'application'").await;
    let scene = scene_on(&stored).await;
    assert_eq!(line(&start(&scene, &asker()).await.sent), "answers privately: I cannot look up your tour just now");
    let (standin, complaints) = scene.stop().await;
    assert!(complaints[0].contains("it belongs to the application 42, and the token to"), "{complaints:?}");
    standin.finish();
}

async fn two_processes_that_start_at_the_same_time_make_the_tables_once(stored: Stored) {
    let standins = [Standin::start().await, Standin::start().await, Standin::start().await];
    let bots: Vec<_> = standins.iter().map(|standin| start_bot(standin, &[stored.variable()])).collect();
    for (standin, bot) in standins.into_iter().zip(bots) {
        let scene = Scene::ready(standin, bot).await;
        // Where another process had the tables locked, the next call opens them.
        let mut shown = start(&scene, &asker()).await;
        while line(&shown.sent).contains("cannot look up") {
            shown = start(&scene, &asker()).await;
        }
        let (standin, _) = scene.stop().await;
        standin.finish();
    }
    assert_eq!(stored.rows("SELECT COUNT(*) FROM facts WHERE name = 'application'").await, ["1"]);
}

async fn what_is_too_old_or_too_much_is_dropped(stored: Stored) {
    stop(scene_on(&stored).await).await;
    let day = 24 * 60 * 60 * 1000_i64;
    let now = milliseconds();
    stored.fill(200_100, &format!("INSERT INTO events SELECT n, 'é', {now} + n FROM numbers")).await;
    stored.fill(100, &format!("INSERT INTO events SELECT -n, '日', {now} - {day} - 1000 FROM numbers")).await;
    let scene = scene_on(&stored).await;
    scene.bot.logged("events that were answered were dropped, the oldest: more are not kept").await;
    assert_eq!(stored.rows("SELECT COUNT(*), MIN(event), MAX(event) FROM events").await, ["200000|101|200100"]);
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, ["WARN 100 events that were answered were dropped, the oldest: more are not kept"]);
    standin.finish();
}

/// The time in milliseconds since 1970.
fn milliseconds() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("it is later");
    i64::try_from(since.as_millis()).expect("it fits")
}

/// Runs `versus db`, and gives its exit code and what it printed.
fn db(arguments: &[&str], stored: &[&Stored]) -> (Option<i32>, String) {
    let run = versus(&[&["db"], arguments].concat(), b"", &[]);
    let mut text = run.output + &run.errors;
    for (stored, name) in stored.iter().zip(["FIRST", "SECOND", "THIRD"]) {
        text = text.replace(stored.address(), name).replace(&without_user(stored.address()), name);
    }
    #[cfg(feature = "postgres")]
    assert!(!crate::cluster::SECRETS.iter().any(|secret| text.contains(secret)), "{text}");
    (run.code, text)
}

fn without_user(address: &str) -> String {
    match address.split_once('@') {
        Some((_, rest)) => format!("postgres://{rest}"),
        None => address.to_owned(),
    }
}

/// Everything in a database but what is of the file itself.
/// What a team keeps.
const TEAM_TABLES: [&str; 6] = ["settings", "notes", "counts", "votes", "gaps", "added"];

async fn everything(stored: &Stored) -> Vec<String> {
    let mut all = stored.rows("SELECT * FROM progress ORDER BY person, server, path").await;
    all.extend(stored.rows("SELECT * FROM answers ORDER BY server, question").await);
    all.extend(stored.rows("SELECT * FROM events ORDER BY event").await);
    for table in TEAM_TABLES {
        all.extend(stored.rows(&format!("SELECT * FROM {table} ORDER BY 1, 2, 3")).await);
    }
    all.extend(stored.rows("SELECT name, value FROM facts WHERE name <> 'tidied' ORDER BY name").await);
    all
}

async fn all_that_is_stored_is_copied_from_a_file_and_back(stored: Stored) {
    let (first, last) = (Stored::in_file(), Stored::in_file());
    let scene = scene_on(&first).await;
    walk(&scene, &asker(), &["Brewing", "Next"]).await;
    take_quiz(&scene, &asker(), [true, false, true, false, true]).await;
    stop(scene).await;
    // More than one page, an id beyond 63 bits, and texts of all kinds.
    let sql =
        "INSERT INTO progress SELECT n - 700, -n, 'brewing é 日 🦀 '' \" ' || n, 'leaves', n, n, NULL FROM numbers";
    first.fill(1400, sql).await;
    for row in [
        "settings VALUES (-7, 1, '8 -9', 10, 1, 11)",
        "notes VALUES (-7, 'topic', 'taste', 'é 日 🦀 '' \"', 'https://wiki.example/', 20261127, 11)",
        "counts VALUES (-7, 86400000, 'taste', '', 3, 2, 1)",
        "votes VALUES (-7, 'taste', '', -5, 1, 86400000, 11)",
        "gaps VALUES (-7, -3, 'is mate tea?', 'mate tea', 2, 11)",
        "added VALUES (-7, 4, 'é 日 🦀?', 'é 日 🦀', 'taste', 11)",
    ] {
        first.rows(&format!("INSERT INTO {row}")).await;
    }
    let expected = everything(&first).await;
    let (code, text) = db(&["copy", first.address(), stored.address()], &[&first, &stored]);
    assert_eq!(code, Some(0), "{text}");
    expect![[r#"
        progress     1401 positions in tours
        answers      5 counts of quiz answers
        settings     1 settings
        notes        1 notes
        counts       1 counts of questions
        votes        1 votes
        gaps         1 questions without an answer
        added        1 questions that were added to topics
        decisions    0 decisions
        polls        0 polls that were not counted
        events       5 events that were answered
        facts        1 facts about the database
        SECOND holds now what FIRST holds
    "#]]
    .assert_eq(&text);
    let (code, text) = db(&["copy", stored.address(), last.address()], &[&stored, &last]);
    assert_eq!(code, Some(0), "{text}");
    assert_eq!(everything(&stored).await.len(), expected.len());
    assert_eq!(everything(&last).await, expected);
    let scene = scene_on(&stored).await;
    assert_eq!(title(&start(&scene, &asker()).await.sent), "Brewing · Leaves");
    // Discord names none of the servers that were filled in.
    let (standin, _) = scene.stop().await;
    standin.finish();
}

async fn a_copy_goes_only_into_an_empty_database_and_is_used_only_when_it_is_whole(stored: Stored) {
    let first = Stored::in_file();
    for stored in [&first, &stored] {
        let scene = scene_on(stored).await;
        walk(&scene, &asker(), &["Brewing"]).await;
        stop(scene).await;
    }
    let copy = || db(&["copy", first.address(), stored.address()], &[&first, &stored]);
    expect!["versus: there are positions in tours in SECOND already; name an empty database to copy into\n"]
        .assert_eq(&copy().1);
    let (code, text) = db(&["copy", first.address(), first.address()], &[&first]);
    assert_eq!(code, Some(1), "{text}");
    assert_eq!(text, "versus: both addresses name the same database; name another one to copy into\n");
    // A copy that was killed leaves this.
    stored.rows("INSERT INTO facts (name, value) VALUES ('incomplete', '1')").await;
    let scene = scene_on(&stored).await;
    assert_eq!(line(&start(&scene, &asker()).await.sent), "answers privately: I cannot look up your tour just now");
    let (standin, complaints) = scene.stop().await;
    assert!(complaints[0].contains("a copy into it was not finished"), "{complaints:?}");
    standin.finish();
    let (code, text) = copy();
    assert_eq!(code, Some(0), "{text}");
    let scene = scene_on(&stored).await;
    assert_eq!(title(&start(&scene, &asker()).await.sent), "Brewing · Water first");
    stop(scene).await;
}

async fn a_check_lists_each_table_and_what_is_wrong(stored: Stored) {
    let (code, text) = db(&["migrate", stored.address()], &[&stored]);
    assert_eq!((code, text.starts_with("FIRST is up to date: ")), (Some(0), true), "{text}");
    let (code, text) = db(&["check", stored.address()], &[&stored]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("ok       progress     0 positions in tours, of 1000000 at the most\n"), "{text}");
    stored.rows("INSERT INTO progress VALUES (1, 2, 'a', 'b', 0, 9000000000000, NULL)").await;
    stored.fill(9, "INSERT INTO facts SELECT 'é' || n, '' FROM numbers").await;
    let (code, text) = db(&["check", stored.address()], &[&stored]);
    assert_eq!(code, Some(1), "{text}");
    for fault in [
        "fault    progress     1 positions in tours have a time in the future; check the clock\n",
        " facts about the database, of 8 at the most; start the bot, which drops the oldest\n",
        "versus: 2 faults were found; see the lines above\n",
    ] {
        assert!(text.contains(fault), "{fault} {text}");
    }
}
