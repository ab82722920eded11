//! The tour for newcomers: who sees it, where it goes on, what is kept of it, and when that is deleted.

use expect_test::{Expect, expect};
use serde_json::Value;

use super::quiz::{QUESTIONS, take_quiz};
use super::scene::{Scene, View, custom_id, forged};
use super::sent::{self, labels, line, title};
use crate::standin::Standin;
use crate::standin::events::{
    ADMINISTRATOR, MANAGER, OTHER_GUILD, OTHER_USER, Origin, at_the_bot, button, by_the_bot, in_server, message, slash,
    snowflake, subcommand,
};
use crate::standin::record::Recorded;

/// What begins a tour.
const START: &str = "Start the tour";

fn asker() -> Origin {
    Origin::guild()
}

fn somebody_else() -> Origin {
    Origin::guild().user(OTHER_USER)
}

fn manager() -> Origin {
    Origin::guild().user(&snowflake()).permissions(MANAGER)
}

/// A subcommand of `/onboard`.
pub(super) fn onboard(origin: &Origin, name: &str) -> Value {
    slash(origin, "onboard", &[subcommand(name, &[])])
}

pub(super) fn forget_me(origin: &Origin) -> Value {
    slash(origin, "forget-me", &[])
}

/// What `/onboard start` shows.
pub(super) async fn start(scene: &Scene, origin: &Origin) -> View {
    scene.use_command(origin, &onboard(origin, "start")).await
}

/// As [`start`], again and again until the database answers: a busy machine takes its time for it.
pub(super) async fn start_when_readable(scene: &Scene, origin: &Origin) -> View {
    loop {
        let shown = start(scene, origin).await;
        if !line(&shown.sent).contains("cannot look up") {
            return shown;
        }
    }
}

/// The same message after its button of this label was pressed.
pub(super) async fn press(scene: &Scene, shown: &View, label: &str) -> View {
    shown.replaced_by(scene.press_label(label, shown).await)
}

/// Presses one label after the other, beginning with `/onboard start`.
pub(super) async fn walk(scene: &Scene, origin: &Origin, labels: &[&str]) -> View {
    let mut shown = start(scene, origin).await;
    for label in labels {
        shown = press(scene, &shown, label).await;
    }
    shown
}

/// The text below the title.
pub(super) fn description(sent: &Recorded) -> &str {
    sent.message()["embeds"][0]["description"].as_str().unwrap_or_default()
}

/// A step as a line: how it was sent, how far it is, and what can be pressed.
fn step(sent: &Recorded) -> String {
    let bar = description(sent).lines().next().unwrap_or_default();
    format!("{} | {bar} | {}\n", line(sent), labels(sent).join(", "))
}

/// How many started and finished each tour in a server, as its managers read it.
pub(super) async fn progress(scene: &Scene, server: &str) -> String {
    let event = in_server(onboard(&manager(), "progress"), server);
    description(&scene.interact(&event).await).to_owned()
}

#[tokio::test]
async fn a_tour_is_one_private_message_with_a_bar() {
    let scene = Scene::start().await;
    let mut shown = start(&scene, &asker()).await;
    assert!(shown.sent.is_ephemeral());
    let mut lines = format!("{} | {}\n", line(&shown.sent), labels(&shown.sent).join(", "));
    let way =
        ["Brewing", "Next", "Next", "Back", "Next", "Next", "Next", "Next", "Next", "Other tours", "Serving", "Next"];
    for label in way {
        shown = press(&scene, &shown, label).await;
        lines += &step(&shown.sent);
    }
    expect![[r#"
        answers privately: Welcome to the team | Brewing, Serving
        replaces: Brewing · Water first | ▰▱▱▱▱▱▱ 1 of 7 | Next, More on this, Other tours
        replaces: Brewing · Leaves | ▰▰▱▱▱▱▱ 2 of 7 | Back, Next, More on this, Other tours
        replaces: Brewing · Beans | ▰▰▰▱▱▱▱ 3 of 7 | Back, Next, More on this, Other tours
        replaces: Brewing · Leaves | ▰▰▱▱▱▱▱ 2 of 7 | Back, Next, More on this, Other tours
        replaces: Brewing · Beans | ▰▰▰▱▱▱▱ 3 of 7 | Back, Next, More on this, Other tours
        replaces: Brewing · Waking up | ▰▰▰▰▱▱▱ 4 of 7 | Back, Next, More on this, Other tours
        replaces: Brewing · Patience | ▰▰▰▰▰▱▱ 5 of 7 | Back, Next, More on this, Other tours
        replaces: Brewing · In the evening | ▰▰▰▰▰▰▱ 6 of 7 | Back, Next, More on this, Other tours
        replaces: Brewing · Tidying up | ▰▰▰▰▰▰▰ 7 of 7 | Back, More on this, Other tours
        replaces: Welcome to the team | A tour of Tea and Coffee in about ten minutes, a step at a time; go on whenever and wherever you like. Which one fits your work? | Brewing, Serving
        replaces: Serving · Cups | ▰▱▱▱▱▱▱ 1 of 7 | Next, More on this, Other tours
        replaces: Serving · Guests | ▰▰▱▱▱▱▱ 2 of 7 | Back, Next, More on this, Other tours
    "#]].assert_eq(&lines);
    scene.finish().await;
}

#[tokio::test]
async fn more_on_a_step_opens_its_topic_beside_the_tour() {
    let scene = Scene::start().await;
    let shown = walk(&scene, &asker(), &["Brewing", "Next", "Next", "Next"]).await;
    let more = scene.press_label("More on this", &shown).await;
    assert_eq!(line(&more), "answers privately: Caffeine");
    assert_eq!(title(&press(&scene, &shown, "Next").await.sent), "Brewing · Patience");
    scene.finish().await;
}

#[tokio::test]
async fn a_step_looks_like_this() {
    let scene = Scene::start().await;
    let shown = walk(&scene, &asker(), &["Brewing"]).await;
    expect![[r#"
        Brewing · Water first

        ▰▱▱▱▱▱▱ 1 of 7

        Fresh water, just off the boil: é, 日 and 🦀 all drink it.

        Sources

        ¹ [The Leaf](https://example.org/leaf) (2026-10)

        Facts checked on 1 November 2026.

        [Next] [More on this] [Other tours]
    "#]]
    .assert_eq(&sent::text(&shown.sent));
    scene.finish().await;
}

#[tokio::test]
async fn a_tour_goes_on_where_it_was_left() {
    let scene = Scene::start().await;
    let left = walk(&scene, &asker(), &["Brewing", "Next"]).await;
    let elsewhere = start(&scene, &asker()).await;
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    let scene = Scene::with(standin, &[]).await;
    let after_restart = start(&scene, &asker()).await;
    let in_the_old_message = press(&scene, &left, "Next").await;
    let at_last = start(&scene, &asker()).await;
    let of_somebody_else = start(&scene, &somebody_else()).await;
    let shown = [elsewhere, after_restart, in_the_old_message, at_last, of_somebody_else];
    expect![[r#"
        answers privately: Brewing · Leaves
        answers privately: Brewing · Leaves
        replaces: Brewing · Beans
        answers privately: Brewing · Beans
        answers privately: Welcome to the team
    "#]]
    .assert_eq(&shown.iter().map(|shown| line(&shown.sent) + "\n").collect::<String>());
    scene.finish().await;
}

#[tokio::test]
async fn of_two_tours_the_one_goes_on_that_was_used_last() {
    let scene = Scene::start().await;
    for (first, last, expected) in
        [("Brewing", "Serving", "Serving · Guests"), ("Serving", "Brewing", "Brewing · Leaves")]
    {
        let person = asker().user(&snowflake());
        walk(&scene, &person, &[first, "Next", "Next", "Other tours", last, "Next"]).await;
        assert_eq!(title(&start(&scene, &person).await.sent), expected, "{last} after {first}");
    }
    scene.finish().await;
}

#[tokio::test]
async fn a_tour_goes_on_apart_in_each_place() {
    let scene = Scene::start().await;
    walk(&scene, &asker(), &["Brewing", "Next"]).await;
    walk(&scene, &asker().user_install(), &["Serving", "Next", "Next"]).await;
    let other_server = in_server(onboard(&asker(), "start"), OTHER_GUILD);
    let cases = [
        ("the server", onboard(&asker(), "start")),
        ("the server, by the person's own app", onboard(&asker().user_install(), "start")),
        ("a direct message", onboard(&Origin::direct(), "start")),
        ("a private channel", onboard(&Origin::private(), "start")),
        ("another server", other_server),
    ];
    let expected = expect![[r#"
        the server → answers privately: Brewing · Leaves
        the server, by the person's own app → answers privately: Serving · Children
        a direct message → answers privately: Serving · Children
        a private channel → answers privately: Serving · Children
        another server → answers privately: Welcome to the team
    "#]];
    scene.check(cases.map(|(name, event)| (name.to_owned(), event)), expected).await;
    scene.finish().await;
}

/// Two people press Start under a public message, and each gets a tour of their own.
async fn check_offer(scene: &Scene, offer: &View, path: &str, expected: Expect) {
    let mut lines = format!("{} | {}\n", line(&offer.sent), labels(&offer.sent).join(", "));
    for origin in [asker(), somebody_else()] {
        let begin = button(&origin, &custom_id(&offer.sent, START), &offer.message);
        let own = scene.use_command(&origin, &begin).await;
        lines += &format!("{} | {}\n", line(&own.sent), labels(&own.sent).join(", "));
        let own = press(scene, &own, path).await;
        lines += &step(&press(scene, &own, "Next").await.sent);
        let again = button(&origin, &custom_id(&offer.sent, START), &offer.message);
        lines += &step(&scene.interact(&again).await);
    }
    expected.assert_eq(&lines);
}

#[tokio::test]
async fn somebody_who_says_to_be_new_is_offered_a_tour_by_a_button() {
    let scene = Scene::start_with_real_data().await;
    let question = at_the_bot(message(&asker(), "I'm new here, where do I start?"));
    let sent = scene.write(&question).await;
    let offer = View::new(&asker(), by_the_bot(&asker(), &sent.body, &question), sent);
    check_offer(&scene, &offer, "Data", expect![[r#"
        replies: Welcome to the team | Start the tour, 🗑️
        answers privately: Welcome to the team | Back end, Data, Front end
        replaces: Data · Bytecode on top, native code beneath | ▰▰▱▱▱▱▱▱ 2 of 8 | Back, Next, More on this, Other tours
        answers privately: Data · Bytecode on top, native code beneath | ▰▰▱▱▱▱▱▱ 2 of 8 | Back, Next, More on this, Other tours
        answers privately: Welcome to the team | Back end, Data, Front end
        replaces: Data · Bytecode on top, native code beneath | ▰▰▱▱▱▱▱▱ 2 of 8 | Back, Next, More on this, Other tours
        answers privately: Data · Bytecode on top, native code beneath | ▰▰▱▱▱▱▱▱ 2 of 8 | Back, Next, More on this, Other tours
    "#]]).await;
    scene.finish().await;
}

#[tokio::test]
async fn a_panel_begins_a_tour_for_everybody_who_presses() {
    let scene = Scene::start().await;
    let panel = scene.use_command(&manager(), &onboard(&manager(), "panel")).await;
    check_offer(
        &scene,
        &panel,
        "Serving",
        expect![[r#"
        answers everyone: Welcome to the team | Start the tour, 🗑️
        answers privately: Welcome to the team | Brewing, Serving
        replaces: Serving · Guests | ▰▰▱▱▱▱▱ 2 of 7 | Back, Next, More on this, Other tours
        answers privately: Serving · Guests | ▰▰▱▱▱▱▱ 2 of 7 | Back, Next, More on this, Other tours
        answers privately: Welcome to the team | Brewing, Serving
        replaces: Serving · Guests | ▰▰▱▱▱▱▱ 2 of 7 | Back, Next, More on this, Other tours
        answers privately: Serving · Guests | ▰▰▱▱▱▱▱ 2 of 7 | Back, Next, More on this, Other tours
    "#]],
    )
    .await;
    scene.finish().await;
}

#[tokio::test]
async fn a_panel_and_the_progress_are_for_those_who_manage_the_server() {
    let scene = Scene::start().await;
    let places = [
        ("a member", asker()),
        ("a manager", asker().permissions(MANAGER)),
        ("an administrator", asker().permissions(ADMINISTRATOR)),
        ("a manager by the own app", asker().permissions(MANAGER).user_install()),
        ("in a direct message", Origin::direct().permissions(MANAGER)),
        ("in a private channel", Origin::private().permissions(MANAGER)),
    ];
    let cases = places.iter().flat_map(|(place, origin)| {
        ["panel", "progress"].map(|name| (format!("{place}: {name}"), onboard(origin, name)))
    });
    let expected = expect![[r#"
        a member: panel → answers privately: That is for those who may manage this server.
        a member: progress → answers privately: That is for those who may manage this server.
        a manager: panel → answers everyone: Welcome to the team
        a manager: progress → answers privately: Tours in this server
        an administrator: panel → answers everyone: Welcome to the team
        an administrator: progress → answers privately: Tours in this server
        a manager by the own app: panel → answers privately: That works only in a server to which I was added.
        a manager by the own app: progress → answers privately: That works only in a server to which I was added.
        in a direct message: panel → answers privately: That works only in a server to which I was added.
        in a direct message: progress → answers privately: That works only in a server to which I was added.
        in a private channel: panel → answers privately: That works only in a server to which I was added.
        in a private channel: progress → answers privately: That works only in a server to which I was added.
    "#]];
    scene.check(cases, expected).await;
    scene.finish().await;
}

#[tokio::test]
async fn a_step_that_is_gone_is_the_first_one() {
    let scene = Scene::start().await;
    let shown = walk(&scene, &asker(), &["Brewing", "Next"]).await;
    let sent = scene.press(&asker(), &forged(&shown.sent, "show.tour:brewing:gone"), &shown).await;
    assert_eq!(line(&sent), "replaces: Brewing · Water first");
    scene.finish().await;
}

#[tokio::test]
async fn progress_counts_people_and_names_nobody() {
    let scene = Scene::start().await;
    let people: Vec<String> = (0..3).map(|_| snowflake()).collect();
    let next = ["Next"; 6];
    let ways: [&[&str]; 3] = [&["Brewing"], &["Serving", "Next"], &[]];
    for (person, way) in people.iter().zip(ways) {
        walk(&scene, &asker().user(person), way).await;
    }
    walk(&scene, &asker().user(&people[2]), &[["Brewing"].as_slice(), &next, &["Back"]].concat()).await;
    take_quiz(&scene, &asker().user(&people[0]), [false, true, true, true, true]).await;
    take_quiz(&scene, &asker().user(&people[1]), [true; QUESTIONS]).await;
    let sent = scene.interact(&onboard(&manager(), "progress")).await;
    assert_eq!(line(&sent), "answers privately: Tours in this server");
    let told = sent.message().to_string();
    for secret in people.iter().flat_map(|id| [id.clone(), format!("person-{id}")]) {
        assert!(!told.contains(&secret), "{told}");
    }
    let missed = sent.message()["embeds"][0]["fields"][0]["value"].as_str().unwrap_or_default();
    let (question, counts) = missed.split_once('?').expect("a question was missed");
    // Which of the questions comes first is chance.
    let text = sent::text(&sent).replace(question, "• Which one");
    assert_eq!(counts, " (1 of 2 answers)");
    expect![[r#"
        Tours in this server

        • **Brewing**: 2 started, 1 finished
        • **Serving**: 1 started, 0 finished

        Missed most often in the quiz

        • Which one? (1 of 2 answers)

        Counts of people and answers. Who they are is not shown to anybody.


    "#]]
    .assert_eq(&text);
    scene.finish().await;
}

#[tokio::test]
async fn what_is_kept_about_a_person_is_deleted_on_demand() {
    let scene = Scene::start().await;
    let mut told = String::new();
    for way in [[].as_slice(), &["Brewing", "Next"], &["Brewing", "Other tours", "Serving"]] {
        if !way.is_empty() {
            walk(&scene, &asker(), way).await;
        }
        let sent = scene.interact(&forget_me(&asker())).await;
        told += &format!("{}\n{}\n", line(&sent), description(&sent));
    }
    walk(&scene, &asker(), &["Brewing"]).await;
    walk(&scene, &Origin::direct(), &["Brewing"]).await;
    walk(&scene, &somebody_else(), &["Serving"]).await;
    let sent = scene.interact(&forget_me(&asker())).await;
    told += &format!("{}\n{}\n", line(&sent), description(&sent));
    for origin in [asker(), Origin::direct(), somebody_else()] {
        told += &(line(&start(&scene, &origin).await.sent) + "\n");
    }
    expect![[r#"
        answers privately: Forgotten
        I kept nothing about you, so there was nothing to delete.
        answers privately: Forgotten
        I deleted your place in the tour “Brewing”, with its times. I keep nothing else about you.
        answers privately: Forgotten
        I deleted your 2 places in tours (Brewing, Serving), with their times. I keep nothing else about you.
        answers privately: Forgotten
        I deleted your 2 places in tours (Brewing), with their times. I keep nothing else about you.
        answers privately: Welcome to the team
        answers privately: Welcome to the team
        answers privately: Serving · Cups
    "#]]
    .assert_eq(&told);
    scene.finish().await;
}

#[tokio::test]
async fn without_an_address_it_is_kept_in_the_folder_for_data() {
    let standin = Standin::start().await;
    let scene = Scene::with(standin, &[("DATABASE_URL", "")]).await;
    walk(&scene, &asker(), &["Brewing"]).await;
    let mut folders = vec![scene.bot.home().to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("it can be read") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    assert!(files.iter().any(|file| file.ends_with("versus/versus.db")), "{files:?}");
    assert!(!scene.standin.database().exists());
    scene.finish().await;
}
