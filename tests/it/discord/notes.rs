//! A team's own notes on topics: who writes them, where they are shown, and what becomes of them.

use std::fs;

use expect_test::expect;
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection, query};

use super::database::quiet;
use super::onboarding::description;
use super::scene::{Scene, View, forged};
use super::sent::{line, title};
use super::settings::{manager, set_role};
use crate::standin::events::{
    GUILD, MANAGER, OTHER_GUILD, OTHER_USER, Origin, button, filled, in_server, slash, submitted, text,
};
use crate::standin::record::Recorded;

/// A role that may write, once it is chosen.
const ROLE: &str = "1100000000000000077";

pub(super) fn note(origin: &Origin, topic: &str) -> Value {
    slash(origin, "note", &[text("topic", topic)])
}

/// Fills in the form for a note.
pub(super) async fn write(scene: &Scene, by: &Origin, topic: &str, written: (&str, &str)) -> View {
    let form = scene.interact(&note(by, topic)).await;
    let event = filled(by, form.message(), &[("text", written.0), ("link", written.1)], None);
    scene.show(by, &event).await
}

fn compare(origin: &Origin) -> Value {
    slash(origin, "compare", &[text("topic", "taste")])
}

/// The team's line in an answer, without its date.
fn noted(sent: &Recorded) -> Option<String> {
    let line = description(sent).lines().find(|line| line.starts_with("📌"))?;
    let (mark, rest) = line.split_once(", ")?;
    Some(format!("{mark}, DATE:{}", rest.split_once(':')?.1))
}

async fn open(scene: &Scene) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(scene.standin.database());
    options.connect().await.expect("the database can be opened")
}

#[tokio::test]
async fn a_note_is_written_in_a_form_and_shown_in_answers_to_that_topic_in_that_server() {
    let scene = Scene::start().await;
    let form = scene.interact(&note(&manager(), "taste")).await;
    assert_eq!(line(&form), "opens the form: Note on Taste");
    let written =
        write(&scene, &manager(), "taste", ("We serve tea\n at noon 🦀", "https://wiki.example/tea_(black)")).await;
    assert_eq!(line(&written.sent), "answers privately: Note on Taste");
    let asker = Origin::guild().user(OTHER_USER);
    let answer = scene.use_command(&asker, &compare(&asker)).await;
    expect!["📌 **Your team, DATE:** We serve tea at noon 🦀 [(more)](https://wiki.example/tea_%28black%29)"]
        .assert_eq(&noted(&answer.sent).expect("it has the note"));
    let details = scene.press_label("Details", &answer).await;
    assert!(details.message()["embeds"][0]["fields"].to_string().contains("We serve tea at noon"), "{details}");
    let without = [
        ("another topic", slash(&asker, "compare", &[text("topic", "caffeine")])),
        ("another server", in_server(compare(&asker), OTHER_GUILD)),
        ("the own app", compare(&asker.clone().user_install())),
        ("a direct message", compare(&Origin::direct())),
    ];
    for (name, event) in without {
        assert_eq!(noted(&scene.interact(&event).await), None, "{name}");
    }
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    let scene = Scene::with(standin, &[]).await;
    assert!(noted(&scene.interact(&compare(&asker)).await).is_some(), "it outlives a restart");
    scene.finish().await;
}

#[tokio::test]
async fn a_note_is_changed_and_removed_in_the_same_form() {
    let scene = Scene::start().await;
    let first = write(&scene, &manager(), "taste", ("é 日 🦀", "https://wiki.example/1")).await;
    let form = scene.press_label("Change the note", &first).await;
    let values: Vec<Value> = form.controls().iter().map(|field| field["value"].clone()).collect();
    assert_eq!(values, [json!("é 日 🦀"), json!("https://wiki.example/1")]);
    let changed = filled(&manager(), form.message(), &[("text", "tea"), ("link", "")], Some(&first.message));
    assert_eq!(line(&scene.interact(&changed).await), "answers privately: Note on Taste");
    let answer = scene.interact(&compare(&manager())).await;
    assert_eq!(noted(&answer).as_deref(), Some("📌 **Your team, DATE:** tea"));
    let removed = write(&scene, &manager(), "taste", (" ", "")).await;
    assert_eq!(description(&removed.sent), "There is no note on this any more.");
    assert_eq!(noted(&scene.interact(&compare(&manager())).await), None);
    scene.finish().await;
}

#[tokio::test]
async fn only_those_write_who_manage_the_server_or_have_the_role() {
    let scene = Scene::start().await;
    let form = scene.interact(&note(&manager(), "taste")).await;
    let member = Origin::guild().user(OTHER_USER);
    let writer = member.clone().role(ROLE);
    let fill = |by: &Origin| filled(by, form.message(), &[("text", "tea")], None);
    let cases = |when: &str| {
        [
            (format!("{when}: a member opens"), note(&member, "taste")),
            (format!("{when}: a member sends"), fill(&member)),
            (format!("{when}: with the role, opens"), note(&writer, "taste")),
            (format!("{when}: with the role, sends"), fill(&writer)),
        ]
    };
    scene.check(cases("before"), expect![[r#"
        before: a member opens → answers privately: That is for those who may manage this server, and for the role that they chose in /settings.
        before: a member sends → answers privately: That is for those who may manage this server, and for the role that they chose in /settings.
        before: with the role, opens → answers privately: That is for those who may manage this server, and for the role that they chose in /settings.
        before: with the role, sends → answers privately: That is for those who may manage this server, and for the role that they chose in /settings.
    "#]]).await;
    set_role(&scene, &[ROLE]).await;
    scene.check(cases("after"), expect![[r#"
        after: a member opens → answers privately: That is for those who may manage this server, and for the role that they chose in /settings.
        after: a member sends → answers privately: That is for those who may manage this server, and for the role that they chose in /settings.
        after: with the role, opens → opens the form: Note on Taste
        after: with the role, sends → answers privately: Note on Taste
    "#]]).await;
    set_role(&scene, &[GUILD]).await;
    assert_eq!(
        line(&scene.interact(&note(&member, "taste")).await),
        "opens the form: Note on Taste",
        "everyone's role"
    );
    let others = [
        ("in another server", in_server(fill(&writer), OTHER_GUILD)),
        ("by the own app", fill(&manager().user_install())),
        ("in a direct message", note(&Origin::direct().permissions(MANAGER), "taste")),
    ];
    scene.check(others.map(|(name, event)| (name.to_owned(), event)), expect![[r#"
        in another server → answers privately: That is for those who may manage this server, and for the role that they chose in /settings.
        by the own app → answers privately: That works only in a server to which I was added.
        in a direct message → answers privately: That works only in a server to which I was added.
    "#]]).await;
    scene.finish().await;
}

#[tokio::test]
async fn what_is_no_note_is_not_kept_and_not_lost() {
    let scene = Scene::start().await;
    let form = scene.interact(&note(&manager(), "taste")).await;
    let state = form.message()["custom_id"].as_str().expect("a form has a state").to_owned();
    let field = |name: &str, value: &Value| json!({ "type": 4, "custom_id": name, "value": value });
    let rows = |text: &Value, link: &Value| {
        let rows = [field("text", text), field("link", link)];
        json!(rows.map(|field| json!({ "type": 1, "components": [field] })))
    };
    let labelled = ["text", "link"].map(|name| json!({ "type": 18, "id": 1, "component": field(name, &json!("")) }));
    let labelled = json!(labelled);
    let long = "🦀".repeat(151);
    let send = |state: &str, components: &Value| submitted(&manager(), state, components, None);
    let cases = [
        ("too long", send(&state, &rows(&json!(long), &json!("")))),
        ("another scheme", send(&state, &rows(&json!("tea"), &json!("http://wiki.example")))),
        ("only an address", send(&state, &rows(&json!(" "), &json!("https://wiki.example")))),
        ("another form of a field", send(&state, &rows(&json!(["tea"]), &json!(7)))),
        ("in labels, as new forms have them", send(&state, &labelled)),
        ("nothing", send(&state, &json!([]))),
        ("nonsense", send(&state, &json!({ "🦀": [null] }))),
        (
            "a topic that is not known",
            send(&forged_form(&state, "fill.note:topic:gone"), &rows(&json!("x"), &json!(""))),
        ),
        ("a button as a form", send(&forged_form(&state, "delete"), &rows(&json!("x"), &json!("")))),
        ("a state of version 1", send("1.7.fill.note:topic:taste", &rows(&json!("x"), &json!("")))),
        ("somebody else's form", send("quiz:answer", &rows(&json!("x"), &json!("")))),
    ];
    scene.check(cases.map(|(name, event)| (name.to_owned(), event)), expect![[r#"
        too long → answers privately: That is not saved yet
        another scheme → answers privately: That is not saved yet
        only an address → answers privately: That is not saved yet
        another form of a field → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        in labels, as new forms have them → answers privately: Note on Taste
        nothing → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        nonsense → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        a topic that is not known → answers privately: I don't know that topic
        a button as a form → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        a state of version 1 → answers privately: That button is from an older version. Please ask again, for example with /compare.
        somebody else's form → answers privately: I don't know that button any more. Please ask again, for example with /compare.
    "#]]).await;
    let refused = scene.interact(&send(&state, &rows(&json!("**tea** <@1>"), &json!("ftp://x")))).await;
    expect![[r#"
        The page needs an address that begins with https://. This is what you wrote:

        \*\*tea\*\* \<\@1> ftp://x"#]]
    .assert_eq(description(&refused));
    scene.finish().await;
}

/// The state of a form with something else to do.
fn forged_form(state: &str, what: &str) -> String {
    let asker = state.split('.').nth(1).expect("a state names its asker");
    format!("2.{asker}.{what}")
}

#[tokio::test]
async fn mark_up_in_a_note_is_shown_as_text() {
    let scene = Scene::start().await;
    let text = "# **b** `c` [d](https://e.example) <@1> @everyone ||s|| \u{202e}x";
    write(&scene, &manager(), "taste", (text, "")).await;
    let answer = scene.interact(&compare(&manager())).await;
    expect![[r#"📌 **Your team, DATE:** \# \*\*b\*\* \`c\` \[d\](https://e.example) \<\@1> \@everyone \|\|s\|\| x"#]]
        .assert_eq(&noted(&answer).expect("it has the note"));
    scene.finish().await;
}

#[tokio::test]
async fn a_topic_is_found_as_it_is_compared() {
    let scene = Scene::start_with_real_data().await;
    let of = |topic: &str| (topic.to_owned(), note(&manager(), topic));
    let cases = ["speed", "performence", "FastAPI", "fastapi or express", "zzz qqq", "", "🦀"].map(of);
    scene
        .check(
            cases,
            expect![[r#"
        speed → opens the form: Note on Speed
        performence → opens the form: Note on Speed
        FastAPI → opens the form: Note on fastapi
        fastapi or express → answers privately: I don't know that topic
        zzz qqq → answers privately: I don't know that topic
         → answers privately: I don't know that topic
        🦀 → answers privately: I don't know that topic
    "#]],
        )
        .await;
    scene.finish().await;
}

#[tokio::test]
async fn a_server_has_at_most_two_hundred_notes() {
    let scene = Scene::start().await;
    write(&scene, &manager(), "taste", ("one of ours", "")).await;
    let mut connection = open(&scene).await;
    let server: i64 = GUILD.parse().expect("it is a number");
    for number in 1..200 {
        let insert = query("INSERT INTO notes VALUES (?, 'topic', ?, 'x', '', 20261127, 0)");
        let insert = insert.bind(server).bind(format!("topic-{number}"));
        insert.execute(&mut connection).await.expect("it can be written");
    }
    connection.close().await.expect("it can be closed");
    let one_more = write(&scene, &manager(), "caffeine", ("one too many", "")).await;
    assert_eq!(title(&one_more.sent), "Your team has as many notes as I can keep");
    let changed = write(&scene, &manager(), "taste", ("changed", "")).await;
    assert_eq!(title(&changed.sent), "Note on Taste", "those that are there can be changed");
    write(&scene, &manager(), "taste", ("", "")).await;
    let now = write(&scene, &manager(), "caffeine", ("there is room", "")).await;
    assert_eq!(title(&now.sent), "Note on Caffeine");
    scene.finish().await;
}

#[tokio::test]
async fn leaving_a_server_deletes_what_its_team_kept() {
    const SECRET: &str = "only-in-the-note-é日🦀";
    let scene = Scene::start().await;
    write(&scene, &manager(), "taste", (SECRET, "")).await;
    set_role(&scene, &[ROLE]).await;
    scene.standin.remove_from(GUILD, true);
    scene.bot.logged("removed from a server").await;
    quiet(&scene).await;
    assert_eq!(noted(&scene.interact(&compare(&manager())).await), None);
    let file = scene.standin.database();
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints.len(), 1, "{complaints:?}");
    for ending in ["db", "db-wal"] {
        let bytes = fs::read(file.with_extension(ending)).unwrap_or_default();
        let has = |text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
        assert!(!has(SECRET.as_bytes()), "the note is still in {ending}");
    }
    standin.finish();
}

#[tokio::test]
async fn where_notes_cannot_be_read_the_answer_says_so_and_nothing_is_changed() {
    let scene = Scene::start().await;
    let form = scene.interact(&note(&manager(), "taste")).await;
    let written = filled(&manager(), form.message(), &[("text", "tea")], None);
    let member = button(
        &Origin::guild(),
        &forged(&scene.compare(&Origin::guild(), "taste", "public").await.sent, "edit.note:topic:taste"),
        &Value::Null,
    );
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    fs::remove_file(standin.database()).expect("it is there");
    fs::create_dir(standin.database()).expect("it can be made");
    let scene = Scene::with(standin, &[]).await;
    let cases = [
        ("an answer", compare(&Origin::guild())),
        ("settings", slash(&manager(), "settings", &[])),
        ("a note is opened", note(&manager(), "taste")),
        ("a note is sent", written),
        ("by a member", member),
    ];
    scene
        .check(
            cases.map(|(name, event)| (name.to_owned(), event)),
            expect![[r#"
        an answer → answers privately: Taste
        settings → answers privately: I cannot look that up just now
        a note is opened → answers privately: I cannot look that up just now
        a note is sent → answers privately: I cannot look that up just now
        by a member → answers privately: I cannot look that up just now
    "#]],
        )
        .await;
    let answer = scene.interact(&compare(&Origin::guild())).await;
    let footer = answer.message()["embeds"][0]["footer"]["text"].as_str().unwrap_or_default();
    assert!(footer.ends_with("Your team's notes cannot be read just now."), "{footer}");
    let (standin, _) = scene.stop().await;
    standin.finish();
}
