//! A decision that begins at a recommendation, and its record as a file.

use expect_test::expect;

use super::deciding::{decisions, end, record, shown, vote};
use super::notes::note;
use super::onboarding::description;
use super::scene::{Scene, TEA_AND_COFFEE};
use super::sent::{self, line};
use super::settings::manager;
use super::team_file::{another, export, exported, import};
use crate::program::versus;
use crate::standin::Standin;
use crate::standin::events::{
    GUILD, OTHER_GUILD, Origin, at_the_bot, filled, in_server, integer, message, slash, snowflake, text,
};
use crate::standin::record::Recorded;
use crate::stored::{Stored, on_each_database};

on_each_database! {
    decisions_are_exported_on_the_command_line_as_in_discord
}

#[tokio::test]
async fn a_vote_begins_at_a_recommendation_and_says_what_it_came_from() {
    let scene = Scene::start().await;
    let asked = slash(&manager(), "recommend", &[text("project", "breakfast")]);
    let answer = scene.show(&manager(), &asked).await;
    let details = scene.show(&manager(), &answer.pressed("Details")).await;
    let form = scene.press_label("Start a vote", &details).await;
    let controls = form.controls();
    let values: Vec<&str> = controls.iter().filter_map(|field| field["value"].as_str()).collect();
    expect![[r#"
        [
            "Breakfast: what do we take?",
            "Tea\nCoffee\nboth\nneither",
        ]
    "#]]
    .assert_debug_eq(&values);
    let fields = [("question", "Which one é 日 🦀?"), ("options", values[1]), ("hours", "2"), ("least", "2")];
    let event = filled(&manager(), form.message(), &fields, None);
    let posted = scene.show(&manager(), &event).await;
    expect![[r#"
        Vote #1

        The recommendation for “Breakfast”, which leaned: slightly Coffee.
        It runs for 2 hours, and counts from 2 votes on.

        When it ends I count the votes. I keep the counts, never who voted.

        [Result] [What it came from]
    "#]]
    .assert_eq(&shown(&posted.sent));
    let poll = posted.message["id"].as_str().expect("it is posted").to_owned();
    let ended = end(&scene, &manager(), &poll, &[3, 1]).await;
    let recorded = record(&scene, &manager(), &ended, "Tea").await;
    let context = "Context\n\nThe recommendation for “Breakfast”, which leaned: slightly Coffee.";
    assert!(shown(&recorded.sent).contains(context), "{}", recorded.sent);
    let source = scene.press_label("What it came from", &recorded).await;
    assert_eq!(line(&source), "answers privately: Breakfast + criteria.png");
    scene.finish().await;
}

#[tokio::test]
async fn a_recommendation_remembers_what_was_decided_on_its_kind_of_project() {
    let scene = Scene::start().await;
    let ask = |project: &str| slash(&Origin::guild().user(&snowflake()), "recommend", &[text("project", project)]);
    let remembered = |sent: &Recorded| {
        let shown = shown(sent);
        shown.lines().find(|line| line.starts_with("⚖️")).map(str::to_owned)
    };
    let started = scene.show(&manager(), &ask("breakfast")).await;
    assert_eq!(remembered(&started.sent), None);
    let details = scene.show(&manager(), &started.pressed("Details")).await;
    let form = scene.press_label("Start a vote", &details).await;
    let posted = scene.show(&manager(), &filled(&manager(), form.message(), &[], None)).await;
    let poll = posted.message["id"].as_str().expect("it is posted").to_owned();
    let ended = end(&scene, &manager(), &poll, &[3, 1]).await;
    record(&scene, &manager(), &ended, "Tea, é 日 🦀").await;
    let shown_first = |sent: &Recorded| description(sent).lines().next().unwrap_or_default().starts_with("⚖️");
    let mut lines = String::new();
    for question in ["breakfast", "breakfast for 200 guests"] {
        let answer = scene.show(&manager(), &ask(question)).await;
        assert!(shown_first(&answer.sent), "{}", answer.sent);
        let details = scene.press_label("Details", &answer).await;
        for sent in [&answer.sent, &details] {
            lines += &format!("{question} → {}\n", remembered(sent).unwrap_or_default());
        }
    }
    let mention = scene.write(&at_the_bot(message(&Origin::guild(), "what do we take for breakfast?"))).await;
    lines += &format!("a mention → {}\n", remembered(&mention).unwrap_or_default());
    let elsewhere = scene.interact(&in_server(ask("breakfast"), OTHER_GUILD)).await;
    lines += &format!("another server → {:?}\n", remembered(&elsewhere));
    expect![[r#"
        breakfast → ⚖️ **Your team decided on DATE:** Tea, é 日 🦀. #1
        breakfast → ⚖️ **Your team decided on DATE:** Tea, é 日 🦀. #1
        breakfast for 200 guests → ⚖️ **Your team decided on DATE:** Tea, é 日 🦀. #1
        breakfast for 200 guests → ⚖️ **Your team decided on DATE:** Tea, é 日 🦀. #1
        a mention → ⚖️ **Your team decided on DATE:** Tea, é 日 🦀. #1
        another server → None
    "#]]
    .assert_eq(&lines);
    // The kind of project can be named as well, and a later decision takes the place of the first.
    let (_, second) = vote(&scene, &manager(), &[text("topic", "Breakfast"), text("options", "Tea, Coffee")]).await;
    let ended = end(&scene, &manager(), &second, &[0, 2]).await;
    record(&scene, &manager(), &ended, "Coffee").await;
    let line = remembered(&scene.interact(&ask("breakfast")).await).unwrap_or_default();
    assert!(line.ends_with("Coffee. #2"), "{line}");
    let file = exported(&scene, &export(&another())).await;
    assert_eq!(file.matches(r#""project": "breakfast""#).count(), 2, "{file}");
    let url = scene.standin.keep_file(file.as_bytes());
    scene.interact(&in_server(import(&another(), &url, Some("take")), OTHER_GUILD)).await;
    let line = remembered(&scene.interact(&in_server(ask("breakfast"), OTHER_GUILD)).await).unwrap_or_default();
    assert!(line.ends_with("Coffee. #2"), "{line}");
    scene.interact(&decisions(&manager(), "withdraw", &[integer("number", 2)])).await;
    let line = remembered(&scene.interact(&ask("breakfast")).await).unwrap_or_default();
    assert!(line.ends_with("é 日 🦀. #1"), "{line}");
    let note = scene.interact(&note(&another(), "Breakfast")).await;
    assert_eq!(
        sent::line(&note),
        "answers privately: I don't know that topic",
        "there are no notes on kinds of projects"
    );
    scene.finish().await;
}

/// Two decisions, of which the second takes the place of the first, and a vote that runs.
async fn decide_twice(scene: &Scene) {
    for decision in ["Tea, # *not* <b>bold</b>\n```", "Coffee"] {
        let (_, poll) = vote(scene, &manager(), &[text("topic", "taste"), text("options", "Tea, Coffee")]).await;
        let ended = end(scene, &manager(), &poll, &[2, 1]).await;
        record(scene, &manager(), &ended, decision).await;
    }
    scene.interact(&decisions(&manager(), "supersede", &[integer("number", 1), integer("by", 2)])).await;
    vote(scene, &manager(), &[]).await;
}

#[tokio::test]
async fn all_decisions_are_exported_as_records_in_markdown() {
    let scene = Scene::start().await;
    let export = || decisions(&Origin::guild(), "export", &[]);
    assert_eq!(line(&scene.interact(&export()).await), "answers privately: Your team has decided nothing yet");
    decide_twice(&scene).await;
    let sent = scene.interact(&export()).await;
    assert_eq!((sent.is_ephemeral(), sent.files.len()), (true, 1));
    assert_eq!(sent.files[0].name, "decisions.md");
    let text = String::from_utf8(sent.files[0].content.clone()).expect("it is text");
    let today = text.lines().find_map(|line| line.strip_prefix("date: ")).expect("a record has a date");
    expect![[r#"
        ---
        status: "superseded by #2"
        date: DATE
        ---

        # Which é 日 🦀?

        ## Context and Problem Statement

        Which é 日 🦀?

        The comparison on “Taste”, which leaned: even.

        ## Considered Options

        * Tea – 2 votes
        * Coffee – 1 vote

        ## Decision Outcome

        Chosen option: "Tea, # \*not\* \<b>bold\</b> \`\`\`"

        It suits us

        ## Pros and Cons of the Options

        Coffee

        ---
        status: "accepted"
        date: DATE
        ---

        # Which é 日 🦀?

        ## Context and Problem Statement

        Which é 日 🦀?

        The comparison on “Taste”, which leaned: even.

        ## Considered Options

        * Tea – 2 votes
        * Coffee – 1 vote

        ## Decision Outcome

        Chosen option: "Coffee"

        It suits us

        ## Pros and Cons of the Options

        Coffee

        ---
        status: "proposed"
        date: DATE
        ---

        # Which é 日 🦀?

        ## Context and Problem Statement

        Which é 日 🦀?

        ## Considered Options

        * Tea
        * Coffee
        * both
        * neither

        ## Decision Outcome

        Not decided yet.
    "#]]
    .assert_eq(&text.replace(today, "DATE"));
    scene.finish().await;
}

async fn decisions_are_exported_on_the_command_line_as_in_discord(stored: Stored) {
    let scene = Scene::with(Standin::start().await, &[stored.variable()]).await;
    decide_twice(&scene).await;
    let sent = scene.interact(&decisions(&manager(), "export", &[])).await;
    let shown = String::from_utf8(sent.files[0].content.clone()).expect("it is text");
    scene.finish().await;
    let run = |arguments: &[&str]| {
        let data = [TEA_AND_COFFEE];
        let run = versus(&[&["decisions", "export", stored.address()], arguments].concat(), b"", &data);
        (run.code, run.output, run.errors)
    };
    assert_eq!(run(&[]), (Some(0), shown.clone(), String::new()));
    assert_eq!(run(&["--server", GUILD]), (Some(0), shown, String::new()));
    let (code, output, errors) = run(&["--server", OTHER_GUILD]);
    assert_eq!((code, output.as_str()), (Some(1), ""));
    assert!(errors.contains(&format!("no decisions of the server {OTHER_GUILD}; choose one of {GUILD}\n")), "{errors}");
    stored.rows(&format!("UPDATE decisions SET server = {OTHER_GUILD} WHERE number = 2")).await;
    let (code, _, errors) = run(&[]);
    assert_eq!(code, Some(1));
    assert!(errors.contains("has decisions of 2 servers; add --server with one of "), "{errors}");
    stored.rows("DELETE FROM decisions").await;
    let (code, _, errors) = run(&[]);
    assert_eq!(code, Some(1));
    assert!(errors.contains("has no decisions; name another database"), "{errors}");
}
