//! Questions that got no answer: kept where a server wants it, added to topics, and written down for the data.

use std::fs;

use expect_test::expect;
use serde_json::Value;

use super::onboarding::description;
use super::scene::{Scene, View, custom_id, forged};
use super::sent::{labels, line, text as whole};
use super::settings::{manager, set, set_role};
use crate::program::versus;
use crate::standin::events::{
    OTHER_GUILD, OTHER_USER, Origin, at_the_bot, filled, in_server, message, select, slash, snowflake, subcommand, text,
};
use crate::standin::record::{Recorded, callback_to};

const ROLE: &str = "1100000000000000077";

pub(super) fn ask(origin: &Origin, question: &str) -> Value {
    slash(origin, "ask", &[text("question", question)])
}

pub(super) fn gaps(origin: &Origin, what: &str) -> Value {
    slash(origin, "gaps", &[subcommand(what, &[])])
}

/// A server that keeps questions, after these were asked and kept.
async fn asked(questions: &[&str]) -> Scene {
    let scene = Scene::start().await;
    set(&scene, "unanswered", "yes").await;
    for question in questions {
        scene.interact(&ask(&Origin::guild().user(&snowflake()), question)).await;
    }
    scene
}

/// The questions, once so many of them are kept: nobody waits for that while they are asked.
async fn listed(scene: &Scene, questions: usize) -> View {
    loop {
        // Nobody asks too often.
        let by = manager().user(&snowflake());
        let shown = scene.use_command(&by, &gaps(&by, "list")).await;
        let kept: usize = description(&shown.sent).lines().filter_map(times).sum();
        if kept >= questions {
            return shown;
        }
    }
}

/// How often a question of the list was asked.
fn times(line: &str) -> Option<usize> {
    line.strip_prefix("• **")?.split_once(' ')?.0.parse().ok()
}

/// Chooses a question from the list.
pub(super) async fn choose(scene: &Scene, shown: &View, question: &str) -> View {
    shown.replaced_by(scene.interact(&shown.chosen(&manager(), "Choose a question …", &[question])).await)
}

/// Names the topic of a question that is shown.
async fn name_topic(scene: &Scene, shown: &View, topic: &str) -> Recorded {
    let form = scene.press_label("Add to a topic", shown).await;
    assert_eq!(line(&form), "opens the form: Add to a topic");
    scene.interact(&filled(&manager(), form.message(), &[("text", topic)], Some(&shown.message))).await
}

#[tokio::test]
async fn nothing_is_kept_unless_the_server_wants_it() {
    let scene = Scene::start().await;
    scene.interact(&ask(&Origin::guild(), "zzzz qqqqq wwwww")).await;
    let off = scene.interact(&gaps(&manager(), "list")).await;
    expect![[r#"
        Questions without an answer

        None is kept. Who manages the server may switch that on in /settings.

        0 questions without an answer, kept for 30 days without their authors. 0 questions added to topics.


    "#]]
    .assert_eq(&whole(&off));
    set(&scene, "unanswered", "yes").await;
    let on = scene.interact(&gaps(&manager(), "list")).await;
    expect![[r#"
        Questions without an answer

        There is none: every question of the last weeks got an answer.

        0 questions without an answer, kept for 30 days without their authors. 0 questions added to topics.


    "#]]
    .assert_eq(&whole(&on));
    scene.finish().await;
}

#[tokio::test]
async fn near_identical_questions_are_one_and_name_nobody() {
    let scene = asked(&["zzzz qqqqq wwwww with <@1100000000000000005>?"]).await;
    listed(&scene, 1).await;
    scene.interact(&ask(&Origin::guild(), "Zzzz qqqqq wwwwv please")).await;
    listed(&scene, 2).await;
    scene.write(&at_the_bot(message(&Origin::guild().user(OTHER_USER), "the zzzz qqqqq wwwww?"))).await;
    listed(&scene, 3).await;
    scene.interact(&ask(&Origin::guild(), "xxxx kkkkk jjjjj")).await;
    scene.interact(&ask(&Origin::direct(), "xxxx kkkkk jjjjj")).await;
    scene.interact(&in_server(ask(&Origin::guild(), "xxxx kkkkk jjjjj"), OTHER_GUILD)).await;
    scene.interact(&ask(&Origin::guild(), "which tastes better?")).await;
    let shown = listed(&scene, 4).await;
    expect![[r#"
        Questions without an answer

        • **3 ×** zzzz qqqqq wwwww with ?
        • **1 ×** xxxx kkkkk jjjjj

        2 questions without an answer, kept for 30 days without their authors. 0 questions added to topics.

        [Choose a question …]
    "#]]
    .assert_eq(&whole(&shown.sent));
    let file = scene.standin.database();
    let (standin, _) = scene.stop().await;
    let bytes = fs::read(&file).expect("it is there");
    let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    assert!(has(b"zzzz") && !has(b"1100000000000000005") && !has(OTHER_USER.as_bytes()), "a person is in the file");
    standin.finish();
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "the lines are what is expected, one step after the other")]
async fn a_question_that_was_added_is_understood_at_once_in_that_server() {
    let scene = asked(&["zzzz qqqqq wwwww?"]).await;
    let list = listed(&scene, 1).await;
    let one = choose(&scene, &list, "zzzz qqqqq wwwww?").await;
    let added = name_topic(&scene, &one, "Taste").await;
    expect![[r#"
        Understood from now on

        “zzzz qqqqq wwwww?” is answered by **Taste**

        In this server, also where it is asked in nearly the same words.

        [Show the answer] [Take it back] [All questions]
    "#]]
    .assert_eq(&whole(&added));
    let member = Origin::guild().user(OTHER_USER);
    let cases = |when: &str| {
        [
            (format!("{when}: the same"), ask(&member, "zzzz qqqqq wwwww?")),
            (format!("{when}: nearly"), ask(&member, "hey, zzzz qqqqq wwwwv please")),
            (format!("{when}: another one"), ask(&member, "zzzz qqqqq")),
            (format!("{when}: another server"), in_server(ask(&member, "zzzz qqqqq wwwww?"), OTHER_GUILD)),
        ]
    };
    scene
        .check(
            cases("added"),
            expect![[r#"
        added: the same → answers everyone “zzzz qqqqq wwwww?”: Taste
        added: nearly → answers everyone “hey, zzzz qqqqq wwwwv pl…”: Taste
        added: another one → answers everyone “zzzz qqqqq”: Taste
        added: another server → answers privately “zzzz qqqqq wwwww?”: I don't know that one
    "#]],
        )
        .await;
    let question = at_the_bot(message(&member, "zzzz qqqqq wwwww?"));
    assert_eq!(line(&scene.write(&question).await), "replies: Taste");
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    let scene = Scene::with(standin, &[]).await;
    scene
        .check(
            cases("after a restart"),
            expect![[r#"
        after a restart: the same → answers everyone “zzzz qqqqq wwwww?”: Taste
        after a restart: nearly → answers everyone “hey, zzzz qqqqq wwwwv pl…”: Taste
        after a restart: another one → answers everyone “zzzz qqqqq”: Taste
        after a restart: another server → answers privately “zzzz qqqqq wwwww?”: I don't know that one
    "#]],
        )
        .await;
    let message = crate::standin::events::by_the_bot(&manager(), added.message(), &Value::Null);
    let added = View::new(&manager(), message, added);
    let taken_back = scene.press_label("Take it back", &added).await;
    assert_eq!(line(&taken_back), "replaces: Taken back");
    scene
        .check(
            cases("taken back"),
            expect![[r#"
        taken back: the same → answers privately “zzzz qqqqq wwwww?”: I don't know that one
        taken back: nearly → answers privately “hey, zzzz qqqqq wwwwv pl…”: I don't know that one
        taken back: another one → answers privately “zzzz qqqqq”: I don't know that one
        taken back: another server → answers privately “zzzz qqqqq wwwww?”: I don't know that one
    "#]],
        )
        .await;
    scene.finish().await;
}

#[tokio::test]
async fn a_topic_that_is_not_clear_is_asked_for_again_and_a_question_can_be_dismissed() {
    let scene = asked(&["zzzz qqqqq wwwww?", "xxxx kkkkk jjjjj"]).await;
    let list = listed(&scene, 2).await;
    let one = choose(&scene, &list, "zzzz qqqqq wwwww?").await;
    assert_eq!(labels(&one.sent), ["Add to a topic", "Dismiss", "All questions"]);
    let unclear = name_topic(&scene, &one, "zzz qqq").await;
    expect![[r#"
        Which topic do you mean?

        I know no topic of that name. /topics lists what there is.

        zzzz qqqqq wwwww?

        [Name another one]
    "#]]
    .assert_eq(&whole(&unclear));
    let chosen =
        crate::standin::events::button(&manager(), &forged(&one.sent, &add_state(&one, "taste")), &one.message);
    assert_eq!(line(&scene.interact(&chosen).await), "replaces: Understood from now on");
    let again = crate::standin::events::button(&manager(), &forged(&one.sent, &add_state(&one, "taste")), &one.message);
    assert_eq!(line(&scene.interact(&again).await), "replaces: That is no longer kept");
    let other = choose(&scene, &list, "xxxx kkkkk jjjjj").await;
    let dismissed = other.replaced_by(scene.press_label("Dismiss", &other).await);
    assert_eq!(line(&dismissed.sent), "replaces: Dismissed");
    let back = scene.press_label("All questions", &dismissed).await;
    expect![[r#"
        Questions without an answer

        There is none: every question of the last weeks got an answer.

        0 questions without an answer, kept for 30 days without their authors. 1 question added to topics.


    "#]]
    .assert_eq(&whole(&back));
    scene.finish().await;
}

/// What the button says that adds the question that is shown to a topic.
fn add_state(shown: &View, topic: &str) -> String {
    let state = custom_id(&shown.sent, "Dismiss");
    format!("add.{}:{topic}", state.rsplit('.').next().expect("it has a number"))
}

#[tokio::test]
async fn only_those_deal_with_them_who_may_write() {
    let scene = asked(&["zzzz qqqqq wwwww?"]).await;
    let list = listed(&scene, 1).await;
    let one = choose(&scene, &list, "zzzz qqqqq wwwww?").await;
    let member = Origin::guild().user(OTHER_USER);
    let writer = member.clone().role(ROLE);
    let menu = list.sent.controls().first().expect("there is a menu").clone();
    let (state, value) =
        (menu["custom_id"].as_str().unwrap_or_default(), menu["options"][0]["value"].as_str().unwrap_or_default());
    let by = |who: &Origin| {
        let press = |state: &str| crate::standin::events::button(who, state, &one.message);
        [
            ("lists", gaps(who, "list")),
            ("lists, by the name alone", slash(who, "gaps", &[])),
            ("chooses", select(who, state, &[value], &list.message)),
            ("opens the form", press(&custom_id(&one.sent, "Add to a topic"))),
            ("exports", gaps(who, "export")),
            ("adds", press(&forged(&one.sent, &add_state(&one, "taste")))),
            ("dismisses", press(&custom_id(&one.sent, "Dismiss"))),
        ]
    };
    scene.check(by(&member).map(|(name, event)| (format!("a member {name}"), event)), expect![[r#"
        a member lists → answers privately: That is for those who may manage this server, and for the role that they chose in /settings.
        a member lists, by the name alone → answers privately: That is for those who may manage this server, and for the role that they chose in /settings.
        a member chooses → replaces: That is for those who may manage this server, and for the role that they chose in /settings.
        a member opens the form → answers privately: That is for those who may manage this server, and for the role that they chose in /settings.
        a member exports → answers privately: That is for those who may manage this server, and for the role that they chose in /settings.
        a member adds → replaces: That is for those who may manage this server, and for the role that they chose in /settings.
        a member dismisses → replaces: That is for those who may manage this server, and for the role that they chose in /settings.
    "#]]).await;
    set_role(&scene, &[ROLE]).await;
    scene
        .check(
            by(&writer).map(|(name, event)| (format!("with the role, {name}"), event)),
            expect![[r#"
        with the role, lists → answers privately: Questions without an answer
        with the role, lists, by the name alone → answers privately: Questions without an answer
        with the role, chooses → replaces: Asked once
        with the role, opens the form → opens the form: Add to a topic
        with the role, exports → answers privately: Questions for the data + questions.toml
        with the role, adds → replaces: Understood from now on
        with the role, dismisses → replaces: Dismissed
    "#]],
        )
        .await;
    scene.finish().await;
}

#[tokio::test]
async fn the_questions_can_be_merged_into_the_data() {
    let scene = asked(&["zzzz \"qqqqq\" wwwww?", "xxxx kkkkk jjjjj é日🦀"]).await;
    let list = listed(&scene, 2).await;
    let one = choose(&scene, &list, "zzzz \"qqqqq\" wwwww?").await;
    name_topic(&scene, &one, "taste").await;
    let event = gaps(&manager(), "export");
    let sent = scene.interact(&event).await;
    expect![[r#"
        Questions for the data

        1 question that you added to topics and 1 question without a topic, in questions.toml. If you see no file, allow me to attach files here.


    "#]].assert_eq(&whole(&sent));
    assert_eq!(sent.files.len(), 1);
    assert_eq!(sent.files[0].name, "questions.toml");
    let exported = String::from_utf8(sent.files[0].content.clone()).expect("it is text");
    expect![[r##"
        # Questions of one server. Each table is named after a file of data/: add its questions to the list of the
        # same name under [ask] there. Those of `unanswered` have no topic yet.

        ["topics/taste.toml".ask]
        questions = [
            "zzzz \"qqqqq\" wwwww?",
        ]

        [unanswered]
        questions = [
            "xxxx kkkkk jjjjj é日🦀",
        ]
    "##]]
    .assert_eq(&exported);
    let read: toml::Table = exported.parse().expect("it is TOML");
    let questions = read["topics/taste.toml"]["ask"]["questions"].as_array().expect("there are questions");
    let question = questions[0].as_str().expect("it is a text");
    let folder = crate::folder::Folder::new();
    copy("tests/it/other_comparison/data".as_ref(), folder.path());
    let topic = folder.path().join("topics/taste.toml");
    let merged = fs::read_to_string(&topic).expect("it is there");
    let quoted = serde_json::to_string(question).expect("it is a text");
    let merged = merged.replacen("questions = [", &format!("questions = [{quoted}, "), 1);
    fs::write(&topic, merged).expect("it can be written");
    let data = [("VERSUS_DATA", folder.path().to_str().expect("it is text"))];
    let run = versus(&["ask", question], b"", &data);
    assert!(run.output.starts_with("Taste") || run.output.contains("\nTaste"), "{}{}", run.output, run.errors);
    scene.finish().await;
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    for entry in fs::read_dir(from).expect("it is a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).expect("it can be made");
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("it can be copied");
        }
    }
}

#[tokio::test]
async fn a_server_keeps_two_hundred_questions_at_the_most() {
    let scene = asked(&["zzzz qqqqq wwwww?", "zzzz qqqqq wwwww?"]).await;
    listed(&scene, 2).await;
    let (standin, _) = scene.stop().await;
    {
        use sqlx::{ConnectOptions as _, Connection as _};
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(standin.database());
        let mut connection = options.connect().await.expect("the database can be opened");
        for number in 1..200_i64 {
            let insert = sqlx::query("INSERT INTO gaps VALUES (?, ?, ?, ?, 1, 9000000000000 + ?)");
            let server: i64 = crate::standin::events::GUILD.parse().expect("it is a number");
            let question = format!("question {number}");
            let insert =
                insert.bind(server).bind(number).bind(&question).bind(format!("w{number}a w{number}b")).bind(number);
            insert.execute(&mut connection).await.expect("it can be written");
        }
        connection.close().await.expect("it can be closed");
    }
    let scene = Scene::with(standin, &[]).await;
    let event = ask(&Origin::guild(), "xxxx kkkkk jjjjj");
    scene.standin.interact(&event);
    scene.standin.next(callback_to(&event)).await;
    let shown = loop {
        let by = manager().user(&snowflake());
        let shown = scene.use_command(&by, &gaps(&by, "export")).await;
        let text = String::from_utf8_lossy(&shown.sent.files[0].content).into_owned();
        if text.contains("xxxx kkkkk jjjjj") {
            break text;
        }
    };
    assert_eq!(shown.matches(",\n").count(), 200, "{shown}");
    assert!(
        shown.contains("zzzz qqqqq wwwww?") && !shown.contains("\"question 1\""),
        "the least asked one goes, and of those the oldest"
    );
    scene.finish().await;
}
