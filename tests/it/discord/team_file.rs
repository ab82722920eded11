//! What a team keeps as one file: written, looked at, and taken over whole or not at all.

use expect_test::expect;
use serde_json::{Value, json};
use versus::presentation::backup::LARGEST;

use super::deciding::{decisions, end, record, vote};
use super::door::{self, Door};
use super::notes::write;
use super::scene::{Scene, View, custom_id};
use super::sent::{labels, line, text as whole};
use super::settings::{manager, set, set_role};
use crate::standin::Standin;
use crate::standin::events::{
    GUILD, OTHER_GUILD, Origin, button, in_server, slash, snowflake, subcommand, text, with_file,
};
use crate::stored::{Stored, on_each_database};

/// Somebody who manages the server and has not asked before, so that nobody asks too often.
pub(super) fn another() -> Origin {
    manager().user(&snowflake())
}

pub(super) fn export(origin: &Origin) -> Value {
    slash(origin, "team", &[subcommand("export", &[])])
}

pub(super) fn import(origin: &Origin, url: &str, mode: Option<&str>) -> Value {
    with_file(origin, ("team", "import"), url, mode)
}

/// The file that an export gives.
pub(super) async fn exported(scene: &Scene, event: &Value) -> String {
    let sent = scene.interact(event).await;
    assert_eq!(line(&sent), "answers privately: What your team keeps + team.json");
    String::from_utf8(sent.files[0].content.clone()).expect("it is text")
}

/// The numbers of the decisions in a file.
fn numbers(file: &str) -> Vec<String> {
    let file: Value = serde_json::from_str(file).expect("it is JSON");
    let decisions = file["decisions"].as_array().expect("there are decisions").clone();
    decisions.iter().map(|decision| decision["number"].to_string()).collect()
}

/// A server with a note, a role and private answers.
async fn kept() -> Scene {
    kept_in(&[]).await
}

async fn kept_in(environment: &[(&str, &str)]) -> Scene {
    let scene = Scene::with(Standin::start().await, environment).await;
    write(&scene, &manager(), "taste", ("é 日 🦀", "https://wiki.example/1")).await;
    set_role(&scene, &["1100000000000000077"]).await;
    set(&scene, "private", "yes").await;
    let (_, poll) = vote(&scene, &manager(), &[text("topic", "taste"), text("options", "Tea, Coffee")]).await;
    let ended = end(&scene, &manager(), &poll, &[2, 1]).await;
    record(&scene, &manager(), &ended, "Tea").await;
    scene
}

on_each_database! {
    what_is_exported_can_be_imported_elsewhere
    a_file_replaces_all_that_is_kept_and_says_so_before
    a_button_takes_over_the_file_that_was_looked_at
    a_file_is_looked_at_and_taken_over_behind_an_address
}

#[expect(clippy::too_many_lines, reason = "most of them are what is expected")]
async fn what_is_exported_can_be_imported_elsewhere(stored: Stored) {
    let scene = kept_in(&[stored.variable()]).await;
    let file = exported(&scene, &export(&another())).await;
    let today = serde_json::from_str::<Value>(&file).expect("it is JSON")["notes"][0]["written"].clone();
    expect![[r#"
        {
          "versus": 1,
          "server": "1100000000000000002",
          "settings": {
            "private": true,
            "channels": [],
            "role": "1100000000000000077",
            "keep_unanswered": false
          },
          "notes": [
            {
              "topic": "taste",
              "text": "é 日 🦀",
              "link": "https://wiki.example/1",
              "written": "TODAY"
            }
          ],
          "questions": [],
          "decisions": [
            {
              "number": 1,
              "date": "TODAY",
              "status": "accepted",
              "question": "Which é 日 🦀?",
              "subject": {
                "topic": "taste"
              },
              "source": {
                "topic": "taste"
              },
              "leaning": "even",
              "options": [
                {
                  "text": "Tea",
                  "votes": 2
                },
                {
                  "text": "Coffee",
                  "votes": 1
                }
              ],
              "least": 0,
              "is_counted": true,
              "words": {
                "decision": "Tea",
                "reason": "It suits us",
                "rejected": "Coffee",
                "consequences": ""
              }
            }
          ]
        }
    "#]]
    .assert_eq(&file.replace(today.as_str().expect("it is a day"), "TODAY"));
    let url = scene.standin.keep_file(file.as_bytes());
    let elsewhere = |mode| in_server(import(&another(), &url, mode), OTHER_GUILD);
    let looked_at = scene.interact(&elsewhere(None)).await;
    expect![[r#"
        This is what the file would change

        **Answers to commands**: Only the asker sees them, unless they say otherwise
        **Answers for everyone**: in every channel
        **Notes and decisions**: those who manage the server
        **Questions without an answer**: Are not kept
        Notes: 1 new, 0 changed, 0 removed, 0 as they are.
        Added questions: 0 new, 0 changed, 0 removed, 0 as they are.
        Decisions: 1 new, 0 as they are.

        Nothing is changed yet.

        [Do it]
    "#]]
    .assert_eq(&whole(&looked_at));
    let compare = || in_server(slash(&Origin::guild(), "compare", &[text("topic", "taste")]), OTHER_GUILD);
    assert_eq!(line(&scene.interact(&compare()).await), "answers everyone: Taste", "nothing is changed yet");
    let done = scene.interact(&elsewhere(Some("take"))).await;
    expect![[r#"
        Done: your team keeps what the file says

        **Answers to commands**: Only the asker sees them, unless they say otherwise
        **Answers for everyone**: in every channel
        **Notes and decisions**: those who manage the server
        **Questions without an answer**: Are not kept
        Notes: 1 new, 0 changed, 0 removed, 0 as they are.
        Added questions: 0 new, 0 changed, 0 removed, 0 as they are.
        Decisions: 1 new, 0 as they are.


    "#]]
    .assert_eq(&whole(&done));
    let answer = scene.interact(&compare()).await;
    assert_eq!(line(&answer), "answers privately: Taste");
    assert!(super::onboarding::description(&answer).contains("é 日 🦀"), "{answer}");
    let there = exported(&scene, &in_server(export(&another()), OTHER_GUILD)).await;
    assert_eq!(numbers(&there), ["1"], "a decision keeps its number");
    let list = scene.interact(&in_server(decisions(&another(), "list", &[]), OTHER_GUILD)).await;
    assert!(super::onboarding::description(&list).contains("#1"), "{list}");
    let again = scene.interact(&elsewhere(Some("take"))).await;
    assert_eq!(line(&again), "answers privately: The file says what your team keeps already");
    scene.finish().await;
}

async fn a_file_replaces_all_that_is_kept_and_says_so_before(stored: Stored) {
    let scene = kept_in(&[stored.variable()]).await;
    let file = exported(&scene, &export(&another())).await;
    let url = scene.standin.keep_file(file.as_bytes());
    write(&scene, &manager(), "taste", ("another word", "")).await;
    write(&scene, &manager(), "caffeine", ("one more", "")).await;
    set(&scene, "private", "no").await;
    // What was decided since then stays.
    vote(&scene, &manager(), &[]).await;
    let looked_at = scene.interact(&import(&another(), &url, Some("examine"))).await;
    expect![[r#"
        This is what the file would change

        **Answers to commands**: Only the asker sees them, unless they say otherwise
        **Answers for everyone**: in every channel
        **Notes and decisions**: those who manage the server, and one role
        **Questions without an answer**: Are not kept
        Notes: 0 new, 1 changed, 1 removed, 0 as they are.
        Added questions: 0 new, 0 changed, 0 removed, 0 as they are.
        Decisions: 0 new, 1 as they are.

        Nothing is changed yet.

        [Do it]
    "#]]
    .assert_eq(&whole(&looked_at));
    scene.interact(&import(&another(), &url, Some("take"))).await;
    let after = exported(&scene, &export(&another())).await;
    assert_eq!(numbers(&after), ["1", "2"]);
    let without = |file: &str| {
        let mut file: Value = serde_json::from_str(file).expect("it is JSON");
        file["decisions"] = Value::Null;
        file
    };
    assert_eq!(without(&after), without(&file));
    scene.finish().await;
}

#[tokio::test]
async fn a_file_with_a_fault_changes_nothing() {
    let scene = kept().await;
    let before = exported(&scene, &export(&another())).await;
    let mut wrong: Value = serde_json::from_str(&before).expect("it is JSON");
    wrong["notes"] = json!([{ "topic": "caffeine", "text": "fine", "written": "2026-11-27" }, { "topic": "gone", "text": "x", "written": "2026-11-27" }]);
    let files = [
        ("one of two notes", wrong.to_string().into_bytes()),
        ("no JSON", b"\x7fELF".to_vec()),
        ("no text", vec![0xff; 10]),
        ("too large", vec![b' '; LARGEST + 1]),
        ("nothing", Vec::new()),
    ];
    let files = files.map(|(name, content)| (name, scene.standin.keep_file(&content)));
    let missing = format!("{}/attachments/1/team.json", scene.standin.url());
    let others = [
        ("deleted", missing),
        ("elsewhere", "https://files.example/team.json".to_owned()),
        ("no address", "é日🦀".to_owned()),
    ];
    let mut lines = String::new();
    for (name, url) in files.into_iter().chain(others) {
        let sent = scene.interact(&import(&another(), &url, Some("take"))).await;
        lines += &format!("{name} → {}: {}\n", line(&sent), super::onboarding::description(&sent));
    }
    expect![[r#"
        one of two notes → answers privately: The file cannot be used: • Note 2: it is about a topic or a tool that I do not know.
        no JSON → answers privately: The file cannot be used: • It is not a file of /team export: expected value at line 1 column 1
        no text → answers privately: The file cannot be used: • I could not fetch the file. Attach the JSON file that /team export gave you, and try again.
        too large → answers privately: The file cannot be used: • I could not fetch the file. Attach the JSON file that /team export gave you, and try again.
        nothing → answers privately: The file cannot be used: • It is not a file of /team export: EOF while parsing a value at line 1 column 0
        deleted → answers privately: The file cannot be used: • I could not fetch the file. Attach the JSON file that /team export gave you, and try again.
        elsewhere → answers privately: The file cannot be used: • I could not fetch the file. Attach the JSON file that /team export gave you, and try again.
        no address → answers privately: The file cannot be used: • I could not fetch the file. Attach the JSON file that /team export gave you, and try again.
    "#]].assert_eq(&lines);
    assert_eq!(exported(&scene, &export(&another())).await, before);
    let (standin, complaints) = scene.stop().await;
    assert!(
        complaints.iter().all(|line| line.starts_with("WARN a file that was sent could not be fetched")),
        "{complaints:?}"
    );
    standin.finish();
}

/// The message with what a file would change, whose file lies with the stand-in as it lies with Discord.
async fn looked_at(scene: &Scene, by: &Origin, url: &str) -> View {
    let shown = scene.show(by, &import(by, url, None)).await;
    assert_eq!(line(&shown.sent), "answers privately: This is what the file would change + team.json");
    let mut message = shown.message;
    assert_eq!(message["attachments"][0]["filename"], "team.json", "{message:#}");
    message["attachments"][0]["url"] = json!(scene.standin.keep_file(&shown.sent.files[0].content));
    View::new(by, message, shown.sent)
}

async fn a_button_takes_over_the_file_that_was_looked_at(stored: Stored) {
    let scene = kept_in(&[stored.variable()]).await;
    let file = exported(&scene, &export(&another())).await;
    let url = scene.standin.keep_file(file.as_bytes());
    write(&scene, &manager(), "taste", ("another word", "")).await;
    let by = another();
    let shown = looked_at(&scene, &by, &url).await;
    let press = |by: &Origin, message: &Value| button(by, &custom_id(&shown.sent, "Do it"), message);
    let mut without_file = shown.message.clone();
    without_file["attachments"] = json!([]);
    let mut elsewhere = shown.message.clone();
    elsewhere["attachments"][0]["url"] = json!("https://files.example/team.json");
    let mut wrong = shown.message.clone();
    wrong["attachments"][0]["url"] = json!(scene.standin.keep_file(file.replace("é 日 🦀", "").as_bytes()));
    let writer = Origin::guild().user(&snowflake()).role("1100000000000000077");
    let cases = [
        ("somebody who does not manage the server", press(&writer, &shown.message)),
        ("without its file", press(&another(), &without_file)),
        ("a file of another host", press(&another(), &elsewhere)),
        ("a file with a fault", press(&another(), &wrong)),
        ("the file", press(&another(), &shown.message)),
        ("once more", press(&another(), &shown.message)),
    ];
    let cases = cases.map(|(name, event)| (name.to_owned(), event));
    scene
        .check(
            cases,
            expect![[r#"
        somebody who does not manage the server → replaces: That is for those who may manage this server.
        without its file → replaces: The file cannot be used
        a file of another host → replaces: The file cannot be used
        a file with a fault → replaces: The file cannot be used
        the file → replaces: Done: your team keeps what the file says
        once more → replaces: The file says what your team keeps already
    "#]],
        )
        .await;
    assert_eq!(exported(&scene, &export(&another())).await, file);
    let same = scene.interact(&import(&another(), &url, None)).await;
    assert_eq!((labels(&same), same.files.len()), (Vec::new(), 0), "there is nothing to do");
    let (standin, complaints) = scene.stop().await;
    assert!(
        complaints.iter().all(|line| line.starts_with("WARN a file that was sent could not be fetched")),
        "{complaints:?}"
    );
    standin.finish();
}

/// Behind an address of its own, the same.
async fn a_file_is_looked_at_and_taken_over_behind_an_address(stored: Stored) {
    let scene = kept_in(&[stored.variable()]).await;
    let file = exported(&scene, &export(&another())).await.replace("é 日 🦀\",", "é 日 🦀 of the file\",");
    let (gateway, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    gateway.finish();
    let standin = Standin::start().await;
    let door = Door::of(door::start(&standin, &[stored.variable()])).await;
    let url = standin.keep_file(file.as_bytes());
    let mut lines = String::new();
    let looked_at = import(&another(), &url, None);
    let shown = door.interact(&standin, &looked_at).await;
    lines += &(line(&shown) + "\n");
    let mut message = standin.answer_to(&looked_at);
    message["attachments"][0]["url"] = json!(standin.keep_file(&shown.files[0].content));
    let pressed = button(&another(), &custom_id(&shown, "Do it"), &message);
    lines += &(line(&door.interact(&standin, &pressed).await) + "\n");
    let wrong = standin.keep_file(b"{}");
    for (url, mode) in [(&url, "take"), (&wrong, "take"), (&wrong, "examine")] {
        lines += &(line(&door.interact(&standin, &import(&another(), url, Some(mode))).await) + "\n");
    }
    let after = door.interact(&standin, &export(&another())).await;
    lines += &(line(&after) + "\n");
    expect![[r#"
        answers privately: This is what the file would change + team.json
        replaces: Done: your team keeps what the file says
        answers privately: The file says what your team keeps already
        answers privately: The file cannot be used
        answers privately: The file cannot be used
        answers privately: What your team keeps + team.json
    "#]]
    .assert_eq(&lines);
    assert_eq!(String::from_utf8_lossy(&after.files[0].content), file);
    door::finish(standin, [door]).await;
}

#[tokio::test]
async fn both_are_for_those_who_manage_the_server() {
    let scene = kept().await;
    let url = scene.standin.keep_file(b"{}");
    let writer = Origin::guild().role("1100000000000000077");
    let cases = [
        ("a member exports", export(&writer)),
        ("a member imports", import(&writer, &url, Some("take"))),
        ("without a file", slash(&manager(), "team", &[subcommand("import", &[])])),
        ("in a direct message", export(&Origin::direct())),
    ];
    scene
        .check(
            cases.map(|(name, event)| (name.to_owned(), event)),
            expect![[r#"
        a member exports → answers privately: That is for those who may manage this server.
        a member imports → answers privately: That is for those who may manage this server.
        without a file → answers privately: The file cannot be used
        in a direct message → answers privately: That works only in a server to which I was added.
    "#]],
        )
        .await;
    assert!(exported(&scene, &export(&another())).await.contains(GUILD));
    scene.finish().await;
}
