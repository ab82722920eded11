//! Recommendations: a description, the questions that follow, corrections, and the picture that comes with the words.

use expect_test::{Expect, expect};
use serde_json::{Value, json};

use versus::domain::request::{Description, Kind, View as TargetView};

use super::scene::{Scene, View, custom_id, forged, reply_to, state_of};
use super::sent::{labels, line, question};
use crate::standin::Standin;
use crate::standin::events::{OTHER_USER, Origin, at_the_bot, button, message, select, slash, text};
use crate::standin::fault::Fault;
use crate::standin::record::{Recorded, callback_to, message_in, webhook_of};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const CUPS: &str = "What do they drink from? (2 questions left)";
const GUESTS: &str = "Who comes?";
const CORRECT: &str = "Misunderstood, or changed? Correct it here …";
const BREAKFAST: &str = "tea or coffee for a brunch with guests?";

fn asker() -> Origin {
    Origin::guild()
}

fn recommend(project: &str, visibility: &str) -> Value {
    slash(&asker(), "recommend", &[text("project", project), text("visibility", visibility)])
}

/// The recommendation for a breakfast, with its picture.
async fn breakfast(scene: &Scene) -> View {
    scene.show(&asker(), &recommend("breakfast", "public")).await
}

/// What the bot says that it understood, in one line.
fn understood(message: &Value) -> String {
    let description = message["embeds"][0]["description"].as_str().unwrap_or_default();
    description.lines().find(|line| line.starts_with("Understood: ")).unwrap_or_default().to_owned()
}

/// Whether the picture that a message shows lies with Discord, and nothing lies beside it.
fn shows_a_picture(message: &Value) -> bool {
    let url = message["embeds"][0]["image"]["url"].as_str().unwrap_or_default();
    let stored = url.starts_with("https://cdn.discordapp.com/") && url.ends_with("/criteria.png");
    stored && message["attachments"] == json!([])
}

fn lines(sent: &[Recorded]) -> String {
    sent.iter().map(|sent| line(sent) + "\n").collect()
}

#[tokio::test]
async fn the_words_come_with_their_picture() {
    let scene = Scene::start_with_real_data().await;
    let shown = scene.show(&asker(), &recommend("chat app", "public")).await;
    assert_eq!(line(&shown.sent), "answers everyone “chat app”: Chat application + criteria.png");
    let [file] = shown.sent.files.as_slice() else { panic!("one picture: {}", shown.sent) };
    assert!(file.content.starts_with(PNG), "{:?}", file.content.get(..8));
    let said = &shown.sent.message()["attachments"];
    assert_eq!((said[0]["filename"].as_str(), said[1].is_null()), (Some("criteria.png"), true));
    let description = said[0]["description"].as_str().expect("a picture is described");
    assert!(description.starts_with("Bar chart of the criteria. Chat application: Node.js, 7 : 1. "), "{description}");
    assert!(description.contains("Open connections: 5 for Node.js"), "{description}");
    assert_eq!(shown.sent.message()["embeds"][0]["image"]["url"], "attachment://criteria.png");
    assert!(shows_a_picture(&shown.message), "{:#}", shown.message);
    scene.finish().await;
}

#[tokio::test]
async fn a_picture_that_takes_too_long_is_left_out() {
    let scene = Scene::with(Standin::start().await, &[("VERSUS_PICTURE_MS", "0")]).await;
    let shown = scene.show(&asker(), &recommend("breakfast", "public")).await;
    assert_eq!(line(&shown.sent), "answers everyone “breakfast”: Breakfast");
    assert_eq!((&shown.message["embeds"][0]["image"], &shown.message["attachments"]), (&Value::Null, &json!([])));
    let question = at_the_bot(message(&asker(), BREAKFAST));
    assert_eq!(line(&scene.write(&question).await), "replies: Breakfast");
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    assert!(standin.requests().iter().all(|request| request.method != "PATCH"), "no picture comes later");
    standin.finish();
}

#[tokio::test]
async fn a_recommendation_is_for_everyone_unless_only_the_asker_is_to_see_it() {
    let scene = Scene::start().await;
    let cases = [("public", "everyone", 0), ("private", "privately", 64), ("nonsense", "everyone", 0)];
    for (visibility, who, flags) in cases {
        let shown = scene.show(&asker(), &recommend("breakfast", visibility)).await;
        assert_eq!(line(&shown.sent), format!("answers {who} “breakfast”: Breakfast + criteria.png"));
        assert_eq!((&shown.message["flags"], shows_a_picture(&shown.message)), (&json!(flags), true));
    }
    scene.finish().await;
}

#[tokio::test]
async fn without_a_description_it_asks_what_is_built() {
    let scene = Scene::start().await;
    let ask = |options: &[Value]| slash(&asker(), "recommend", options);
    for event in [ask(&[]), ask(&[text("project", "")]), ask(&[text("project", "  ")]), ask(&[text("project", "🦀")])]
    {
        let sent = scene.interact(&event).await;
        assert!(line(&sent).ends_with(": Your project"), "{}", line(&sent));
        assert_eq!(labels(&sent), ["Skip this question", "🗑️", "What are you building? (3 questions left)"]);
    }
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    assert!(standin.requests().iter().all(|request| request.method != "PATCH"), "there is nothing to draw");
    standin.finish();
}

/// Does one thing after the other under the same message, and compares what it is told to have understood.
async fn check_steps(scene: &Scene, mut shown: View, steps: &[(&str, &[&str])], expected: Expect) {
    let id = shown.message["id"].clone();
    let mut told = String::new();
    for (control, options) in steps {
        let event = if options.is_empty() { shown.pressed(control) } else { shown.chosen(&asker(), control, options) };
        shown = scene.show(&asker(), &event).await;
        assert_eq!((&shown.message["id"], shows_a_picture(&shown.message)), (&id, true), "{control}");
        let next: Vec<String> = labels(&shown.sent).into_iter().filter(|label| label.contains('?')).collect();
        let options = options.join(" + ");
        told +=
            &format!("{control} {options}\n  {}\n  {}\n  {next:?}\n", line(&shown.sent), understood(&shown.message));
    }
    expected.assert_eq(&told);
}

#[tokio::test]
async fn every_answer_to_a_question_edits_the_same_message() {
    let scene = Scene::start().await;
    let start = slash(&asker(), "recommend", &[]);
    let sent = scene.interact(&start).await;
    let shown = View::new(&asker(), scene.standin.answer_to(&start), sent);
    let event = shown.chosen(&asker(), "What are you building? (3 questions left)", &["Breakfast"]);
    let shown = scene.show(&asker(), &event).await;
    let steps: [(&str, &[&str]); 2] = [(CUPS, &["fine china"]), (GUESTS, &["early risers", "children"])];
    check_steps(
        &scene,
        shown,
        &steps,
        expect![[r#"
            What do they drink from? (2 questions left) fine china
              replaces: Breakfast + criteria.png
              Understood: Breakfast; fine china.
              ["Who comes?"]
            Who comes? early risers + children
              replaces: Breakfast + criteria.png
              Understood: Breakfast; early risers, children; fine china.
              []
        "#]],
    )
    .await;
    let skipped: [(&str, &[&str]); 2] = [("Skip this question", &[]), ("Skip this question", &[])];
    check_steps(
        &scene,
        breakfast(&scene).await,
        &skipped,
        expect![[r#"
            Skip this question 
              replaces: Breakfast + criteria.png
              Understood: Breakfast.
              ["Who comes?"]
            Skip this question 
              replaces: Breakfast + criteria.png
              Understood: Breakfast.
              []
        "#]],
    )
    .await;
    scene.finish().await;
}

#[tokio::test]
async fn what_was_understood_is_corrected_in_a_private_message() {
    let scene = Scene::start().await;
    let shown = scene.show(&asker(), &breakfast(&scene).await.chosen(&asker(), CUPS, &["fine china"])).await;
    let somebody = asker().user(OTHER_USER);
    for by in [asker(), somebody] {
        let open = button(&by, &custom_id(&shown.sent, "Correct"), &shown.message);
        let correction = scene.show(&by, &open).await;
        assert_eq!(line(&correction.sent), "answers privately: What I understood");
        assert_eq!(labels(&correction.sent), [CORRECT]);
        let asked = scene.show(&by, &correction.chosen(&by, CORRECT, &["Cups"])).await;
        assert_eq!(line(&asked.sent), "replaces: Breakfast + criteria.png");
        let kept = scene.show(&by, &asked.pressed("Leave it as it is")).await;
        assert_eq!(understood(&kept.message), understood(&shown.message));
        let corrected = scene.show(&by, &asked.chosen(&by, "What do they drink from?", &["big mugs"])).await;
        assert_eq!(understood(&corrected.message), "Understood: Breakfast; big mugs.");
        assert!(labels(&corrected.sent).contains(&"Share".to_owned()), "{:?}", labels(&corrected.sent));
    }
    scene.finish().await;
}

#[tokio::test]
async fn the_working_is_one_press_away() {
    let scene = Scene::start().await;
    let shown = breakfast(&scene).await;
    let details = scene.show(&asker(), &shown.pressed("Details")).await;
    assert_eq!(line(&details.sent), "answers privately: Breakfast + criteria.png");
    let fields = details.message["embeds"][0]["fields"].as_array().into_iter().flatten();
    let names: Vec<&str> = fields.filter_map(|field| field["name"].as_str()).collect();
    assert!(["Why", "What would flip it", "What I understood"].iter().all(|name| names.contains(name)), "{names:?}");
    assert!(labels(&details.sent).join(", ").ends_with("Share, 👍, 👎, Start a vote"), "{:?}", labels(&details.sent));
    scene.finish().await;
}

#[tokio::test]
async fn the_menus_work_after_a_restart() {
    let scene = Scene::start().await;
    let shown = breakfast(&scene).await;
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    let scene = Scene::with(standin, &[]).await;
    let shown = scene.show(&asker(), &shown.chosen(&asker(), CUPS, &["fine china"])).await;
    let correction = scene.show(&asker(), &shown.pressed("Correct")).await;
    let shown = scene.show(&asker(), &correction.chosen(&asker(), CORRECT, &["Guests"])).await;
    assert!(labels(&shown.sent).contains(&GUESTS.to_owned()), "{:?}", labels(&shown.sent));
    assert!(understood(&shown.message).contains("fine china"), "{}", understood(&shown.message));
    scene.finish().await;
}

#[tokio::test]
async fn somebody_else_who_chooses_gets_a_private_answer() {
    let scene = Scene::start().await;
    let event = recommend("breakfast", "public");
    let shown = scene.show(&asker(), &event).await;
    let other = asker().user(OTHER_USER);
    let chosen = shown.chosen(&other, CUPS, &["fine china"]);
    let theirs = scene.show(&other, &chosen).await;
    assert_eq!(line(&theirs.sent), "answers privately: Breakfast + criteria.png");
    assert_eq!((&theirs.message["flags"], shows_a_picture(&theirs.message)), (&json!(64), true));
    assert_eq!(scene.standin.answer_to(&event), shown.message, "the asker's answer stays");
    scene.finish().await;
}

#[tokio::test]
async fn a_mention_is_answered_by_one_message_with_its_picture() {
    let scene = Scene::start().await;
    let question = at_the_bot(message(&asker(), BREAKFAST));
    let sent = scene.write(&question).await;
    assert_eq!(line(&sent), "replies: Breakfast + criteria.png");
    let answer = scene.standin.answer_to(&question);
    assert!(shows_a_picture(&answer), "{answer:#}");
    let event = select(
        &asker(),
        &custom_id(&sent, CUPS),
        &[&project(Kind::Of("breakfast".to_owned()), &[("C", &["c"])])],
        &answer,
    );
    let shown = scene.show(&asker(), &event).await;
    assert_eq!(
        (line(&shown.sent).as_str(), &shown.message["id"]),
        ("replaces: Breakfast + criteria.png", &answer["id"])
    );
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    let sent = standin.requests().into_iter().filter(message_in(&asker().channel)).count();
    assert_eq!(sent, 1);
    standin.finish();
}

#[tokio::test]
async fn where_pictures_are_not_allowed_the_words_come_alone() {
    let scene = Scene::start().await;
    let missing = json!({ "message": "Missing Permissions", "code": 50013 });
    scene.standin.fault(Fault::status("POST /channels/", 1, 403, &missing));
    let question = at_the_bot(message(&asker(), BREAKFAST));
    let first = scene.write(&question).await;
    let second = scene.standin.next(reply_to(&question)).await;
    assert_eq!(lines(&[first, second]), "replies: Breakfast + criteria.png\nreplies: Breakfast\n");
    assert_eq!(scene.standin.answer_to(&question)["embeds"][0]["image"], Value::Null);
    scene.finish_after_faults(expect![[r#"
        WARN the bot lacks the permission Attach Files in channel 1100000000000000003, so that its answers have no pictures there; allow it there
    "#]]).await;
}

#[tokio::test]
async fn a_private_recommendation_is_shared_with_its_picture() {
    let scene = Scene::start().await;
    let shown = scene.show(&asker(), &recommend("breakfast", "private")).await;
    let shown = scene.show(&asker(), &shown.chosen(&asker(), CUPS, &["fine china"])).await;
    let event = shown.pressed("Share");
    let mut sent = vec![scene.interact(&event).await];
    sent.push(scene.standin.next(webhook_of(&event)).await);
    sent.push(scene.standin.next(webhook_of(&event)).await);
    expect![[r#"
        changes what can be pressed
        posts for everyone: Breakfast
        edits: Breakfast + criteria.png
    "#]]
    .assert_eq(&lines(&sent));
    assert!(!labels(&sent[0]).contains(&"Share".to_owned()), "it is shared once");
    let post = &sent[1];
    assert_eq!(post.body["flags"].as_u64().unwrap_or_default(), 0);
    assert_eq!(understood(&post.body), understood(&shown.message));
    assert!(labels(post).contains(&"🗑️".to_owned()), "{:?}", labels(post));
    assert!(shows_a_picture(&scene.standin.answer_to(&event)));
    scene.finish().await;
}

#[tokio::test]
async fn a_recommendation_is_deleted_with_its_picture() {
    let scene = Scene::start().await;
    let event = recommend("breakfast", "public");
    let shown = scene.show(&asker(), &event).await;
    let delete = shown.pressed("🗑️");
    assert_eq!(line(&scene.interact(&delete).await), "acknowledges");
    assert_eq!(scene.standin.next(webhook_of(&delete)).await.answered, Some(204));
    assert_eq!(scene.standin.answer_to(&event), Value::Null);
    scene.finish().await;
}

/// A project by its kind and the codes of its factors and values.
fn project(kind: Kind, stated: &[(&str, &[&str])]) -> String {
    let texts = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    let stated = stated.iter().map(|(factor, values)| ((*factor).to_owned(), texts(values)));
    state_of(&TargetView::Project(Description { kind, stated: stated.collect(), changing: None }))
}

#[tokio::test]
async fn forged_values_of_menus_do_no_harm() {
    let scene = Scene::start().await;
    let shown = breakfast(&scene).await;
    let id = custom_id(&shown.sent, CUPS);
    let breakfast = || Kind::Of("breakfast".to_owned());
    let children = project(breakfast(), &[("G", &["c"])]);
    let unknown: [&[&str]; 6] = [
        &["nonsense"],
        &["project:breakfast:é日🦀"],
        &["project:breakfast:Gc"],
        &["project:AAAA"],
        &[&children, "nonsense"],
        &[],
    ];
    for values in unknown {
        let sent = scene.interact(&select(&asker(), &id, values, &shown.message)).await;
        assert_eq!(
            line(&sent),
            "answers privately: I don't know that button any more. Please ask again, for example with /compare.",
            "{values:?}"
        );
    }
    let china = project(breakfast(), &[("C", &["c"])]);
    let both = project(breakfast(), &[("C", &["c", "m"])]);
    let of_no_kind = project(Kind::Skipped, &[("G", &["c"]), ("C", &["c"])]);
    let forged: [&[&str]; 4] = [&[&both], &[&of_no_kind], &[&children, &china], &[&children, "topic:taste"]];
    let mut told = String::new();
    for values in forged {
        let shown = scene.show(&asker(), &select(&asker(), &id, values, &shown.message)).await;
        told += &format!("{}\n", understood(&shown.message));
    }
    expect![[r#"
        Understood: Breakfast; big mugs.
        Understood: not said; children; fine china.
        Understood: Breakfast; children; fine china.
        Understood: Breakfast; children.
    "#]]
    .assert_eq(&told);
    let gone = project(Kind::Of("brunch".to_owned()), &[("G", &["c"])]);
    for older in [&gone, "project:AAAAAAAAAAAAAAAAAAAA"] {
        let sent = scene.interact(&select(&asker(), &id, &[older], &shown.message)).await;
        let expected =
            "answers privately: That button is from an older version. Please ask again, for example with /compare.";
        assert_eq!(line(&sent), expected, "{older}");
    }
    scene.finish().await;
}

#[tokio::test]
async fn a_topic_takes_the_picture_away() {
    let scene = Scene::start().await;
    let shown = breakfast(&scene).await;
    let event = button(&asker(), &forged(&shown.sent, "show.topic:taste"), &shown.message);
    assert_eq!(line(&scene.interact(&event).await), "replaces: Taste");
    let after = scene.standin.answer_to(&event);
    assert_eq!((&after["id"], &after["attachments"]), (&shown.message["id"], &json!([])));
    scene.finish().await;
}

#[tokio::test]
async fn what_a_person_typed_is_shown_only_where_no_mark_up_is_live() {
    let scene = Scene::start().await;
    let hostile = [
        "breakfast @everyone @here hostile for early guests",
        "breakfast <@1100000000000000006> <@&7> hostile **early** __kids__",
        "breakfast [hostile](https://evil.example) for ||children||",
        "hostile é 日 🦀 breakfast ```early",
        "hostile\n# breakfast\n> b \u{202e}early\u{200b}",
    ];
    for text in hostile {
        let event = recommend(text, "public");
        let shown = scene.show(&asker(), &event).await;
        let question = question(&shown.sent).expect("the question is shown").to_owned();
        assert!(question.contains("hostile") && !question.contains(['\u{202e}', '\u{200b}', '\n']), "{question:?}");
        let mut rest = shown.sent.body.clone();
        rest["data"]["embeds"][0]["author"] = Value::Null;
        let rest = rest.to_string();
        assert!(!rest.contains("hostile") && !rest.contains("@everyone"), "{rest}");
        // Words of the text stand where mark-up is live, as bare letters.
        let told = understood(&shown.message);
        assert!(!told.contains(['@', '<', '*', '_', '[', '`', '|', '#']), "{told}");
    }
    scene.finish().await;
}

#[tokio::test]
async fn the_longest_description_that_discord_lets_through_is_answered() {
    let scene = Scene::start().await;
    for part in ["breakfast ", "é", "日本 ", "🦀", "early, kids ", "no ", "\n> "] {
        let text: String = part.chars().cycle().take(6000).collect();
        let event = recommend(&text, "public");
        scene.standin.interact(&event);
        assert_eq!(scene.standin.next(callback_to(&event)).await.answered, Some(204), "{part:?}");
    }
    scene.finish().await;
}
