//! Votes and decisions: from the poll to its result, the record, and the answers that remember it.

use expect_test::expect;
use once_cell::sync::Lazy;
use regex::Regex;
use serde_json::{Value, json};

use super::onboarding::description;
use super::scene::{Scene, View, custom_id, forged};
use super::sent::{self, labels, line, title};
use super::settings::{manager, set_role};
use crate::standin::Standin;
use crate::standin::events::{
    CHANNEL, GUILD, MEMBER, OTHER_GUILD, OTHER_USER, Origin, filled, in_server, integer, message_with, slash,
    snowflake, subcommand, text,
};
use crate::standin::polls::SEND_POLLS;
use crate::standin::record::Recorded;

/// A role that may decide, once it is chosen.
const ROLE: &str = "1100000000000000077";

/// The whole message as text, whatever day it is.
pub(super) fn shown(sent: &Recorded) -> String {
    static DAY: Lazy<Regex> = Lazy::new(|| Regex::new(r"on \d+ [A-Z][a-z]+ \d{4}").expect("it is a pattern"));
    DAY.replace_all(&sent::text(sent), "on DATE").into_owned()
}

/// The command that starts a vote.
pub(super) fn decide(by: &Origin, question: &str, options: &[Value]) -> Value {
    slash(by, "decide", &[&[text("question", question)], options].concat())
}

/// A command about decisions.
pub(super) fn decisions(by: &Origin, name: &str, options: &[Value]) -> Value {
    slash(by, "decisions", &[subcommand(name, options)])
}

/// A vote that a manager starts: its event, and the id of the message with the poll.
pub(super) async fn vote(scene: &Scene, by: &Origin, options: &[Value]) -> (View, String) {
    let shown = scene.show(by, &decide(by, "Which é 日 🦀?", options)).await;
    // What was posted is noted after it.
    let id = shown.message["id"].as_str().expect("it is posted").to_owned();
    (shown, id)
}

/// Matches the message with the result of a poll.
pub(super) fn result_of(poll: &str) -> impl Fn(&Recorded) -> bool + use<> {
    let poll = poll.to_owned();
    move |request| request.method == "POST" && request.body["message_reference"]["message_id"] == *poll
}

/// What comes of a poll for whose options so many voted.
pub(super) async fn end(scene: &Scene, by: &Origin, poll: &str, votes: &[u64]) -> View {
    for (votes, option) in votes.iter().zip(1..) {
        scene.standin.vote(poll, option, *votes);
    }
    scene.standin.end_poll(poll);
    result(scene, by, poll).await
}

/// The message that says what came of a poll.
pub(super) async fn result(scene: &Scene, by: &Origin, poll: &str) -> View {
    let sent = scene.standin.next(result_of(poll)).await;
    let asked = json!({ "id": poll });
    View::new(by, scene.standin.answer_to(&asked), sent)
}

/// Fills in the form for a record.
pub(super) async fn record(scene: &Scene, by: &Origin, result: &View, decision: &str) -> View {
    let form = scene.press_label("Record", result).await;
    let event = filled(by, form.message(), &[("decision", decision), ("reason", "It suits us")], Some(&result.message));
    scene.show(by, &event).await
}

/// How many messages say what came of a poll.
fn results(standin: &Standin, poll: &str) -> usize {
    standin.replies_to(poll)
}

async fn show(scene: &Scene, number: i64) -> Recorded {
    scene.interact(&decisions(&manager(), "show", &[integer("number", number)])).await
}

#[expect(clippy::too_many_lines, reason = "most of them are what is expected")]
#[tokio::test]
async fn a_vote_is_a_poll_with_what_is_known_and_its_result_is_recorded_and_superseded() {
    let scene = Scene::start().await;
    let options = [text("options", "Tea, Coffee, Water"), text("topic", "taste"), integer("hours", 48)];
    let (posted, poll) = vote(&scene, &manager(), &options).await;
    expect![[r#"
        Vote #1

        The comparison on “Taste”, which leaned: even.
        **Taste:** A matter of liking. (even)
        It runs for 48 hours.

        When it ends I count the votes. I keep the counts, never who voted.

        [Result] [What it came from]
    "#]]
    .assert_eq(&shown(&posted.sent));
    expect![[r#"{"allow_multiselect":false,"answers":[{"poll_media":{"emoji":null,"text":"Tea"}},{"poll_media":{"emoji":null,"text":"Coffee"}},{"poll_media":{"emoji":null,"text":"Water"}}],"duration":48,"layout_type":null,"question":{"text":"Which é 日 🦀?"}}"#]].assert_eq(&posted.sent.message()["poll"].to_string());
    let ended = end(&scene, &manager(), &poll, &[1, 3, 2]).await;
    expect![[r#"
        Vote #1 has ended

        Which é 日 🦀?
        **“Coffee” has the most votes: 3 of 6 votes.**
        Those who may record decisions can record this one, with the reasons.

        Votes

        Coffee – 3 votes
        Water – 2 votes
        Tea – 1 vote

        Counts of votes are kept, never who voted.

        [Record] [#1]
    "#]]
    .assert_eq(&shown(&ended.sent));
    let form = scene.press_label("Record", &ended).await;
    let values: Vec<Value> = form.controls().iter().map(|field| field["value"].clone()).collect();
    assert_eq!(values, [json!("Coffee"), Value::Null, json!("Water\nTea"), Value::Null]);
    let recorded = record(&scene, &manager(), &ended, "Coffee").await;
    expect![[r#"
        #1 · Which é 日 🦀?

        **✅ Accepted on DATE**

        Decision

        Coffee

        Votes

        Coffee – 3 votes
        Water – 2 votes
        Tea – 1 vote

        Why

        It suits us

        What was rejected, and why

        Water
        Tea

        Context

        The comparison on “Taste”, which leaned: even.

        Decision #1 is recorded.

        [What it came from] [Share]
    "#]]
    .assert_eq(&shown(&recorded.sent));
    let (_, second) = vote(&scene, &manager(), &[text("options", "Tea; Water")]).await;
    let second = end(&scene, &manager(), &second, &[2]).await;
    record(&scene, &manager(), &second, "Tea").await;
    let supersede = decisions(&manager(), "supersede", &[integer("number", 1), integer("by", 2)]);
    let superseded = scene.interact(&supersede).await;
    // The record is the same but for what holds for it.
    let before = shown(&recorded.sent);
    let after = before
        .replace("✅ Accepted on DATE", "↪️ Accepted on DATE, superseded by #2")
        .replace("Decision #1 is recorded.", "Decision #1 is superseded by #2.")
        .replace("[What it came from]", "[#2] [What it came from]");
    assert_eq!(shown(&superseded), after);
    let list = scene.interact(&decisions(&manager(), "list", &[])).await;
    expect![[r#"
        Decisions of your team

        ✅ #2 · Which é 日 🦀? → Tea
        ↪ #1 · Which é 日 🦀? → Coffee

        2 decisions

        [Show a decision …] [Share]
    "#]]
    .assert_eq(&shown(&list));
    scene.finish().await;
}

#[tokio::test]
async fn of_a_tie_and_of_too_few_votes_the_result_says_so() {
    let scene = Scene::start().await;
    let mut lines = String::new();
    for (options, votes) in [
        (vec![], vec![2, 2]),
        (vec![text("options", "a,b,c")], vec![1, 1, 1]),
        (vec![], vec![]),
        (vec![integer("minimum", 4)], vec![1, 2]),
        (vec![integer("minimum", 3)], vec![1, 2]),
    ] {
        let (_, poll) = vote(&scene, &manager(), &options).await;
        let ended = end(&scene, &manager(), &poll, &votes).await;
        lines += &format!("{votes:?} → {}\n", description(&ended.sent).lines().nth(1).unwrap_or_default());
    }
    expect![[r#"
        [2, 2] → **A tie: “Tea” and “Coffee” have 2 votes each.**
        [1, 1, 1] → **A tie: “a”, “b” and “c” have 1 vote each.**
        [] → **Nobody voted.**
        [1, 2] → **Too few votes: 3, where 4 were asked for.**
        [1, 2] → **“Coffee” has the most votes: 2 of 3 votes.**
    "#]]
    .assert_eq(&lines);
    scene.finish().await;
}

#[expect(clippy::too_many_lines, reason = "most of them are what is expected")]
#[tokio::test]
async fn only_those_decide_who_may_and_everybody_in_the_server_reads() {
    let scene = Scene::start().await;
    let (_, poll) = vote(&scene, &manager(), &[]).await;
    let ended = end(&scene, &manager(), &poll, &[1]).await;
    let form = scene.press_label("Record", &ended).await;
    let member = Origin::guild().user(OTHER_USER);
    let writer = member.clone().role(ROLE);
    let fill = |by: &Origin| filled(by, form.message(), &[("decision", "Tea")], Some(&ended.message));
    let press =
        |by: &Origin, label: &str| crate::standin::events::button(by, &custom_id(&ended.sent, label), &ended.message);
    let number = || [integer("number", 1)];
    let cases = |when: &str, by: &Origin| {
        [
            ("starts a vote", decide(by, "Which?", &[])),
            ("opens the form", press(by, "Record")),
            ("shows", decisions(by, "show", &number())),
            ("lists", decisions(by, "list", &[])),
            ("supersedes", decisions(by, "supersede", &[integer("number", 1), integer("by", 1)])),
        ]
        .map(|(name, event)| (format!("{when}: {name}"), event))
    };
    scene.check(cases("a member", &member), expect![[r#"
        a member: starts a vote → answers privately: That is for those who may manage this server, and for the role that they chose in /settings.
        a member: opens the form → answers privately: That is for those who may manage this server, and for the role that they chose in /settings.
        a member: shows → answers privately: #1 · Which é 日 🦀?
        a member: lists → answers privately: Decisions of your team
        a member: supersedes → answers privately: That is for those who may manage this server, and for the role that they chose in /settings.
    "#]]).await;
    assert_eq!(
        line(&scene.interact(&fill(&member)).await),
        "answers privately: That is for those who may manage this server, and for the role that they chose in /settings."
    );
    set_role(&scene, &[ROLE]).await;
    scene
        .check(
            cases("with the role", &writer),
            expect![[r#"
        with the role: starts a vote → answers everyone: Vote #2
        with the role: opens the form → opens the form: Record
        with the role: shows → answers privately: #1 · Which é 日 🦀?
        with the role: lists → answers privately: Decisions of your team
        with the role: supersedes → answers privately: Decision #1 cannot be superseded by #1
    "#]],
        )
        .await;
    let elsewhere = [
        ("another server records", in_server(fill(&manager()), OTHER_GUILD)),
        ("another server shows", in_server(decisions(&manager(), "show", &number()), OTHER_GUILD)),
        ("by the own app", decisions(&manager().user_install(), "list", &[])),
        ("in a direct message", decide(&Origin::direct(), "Which?", &[])),
        ("recorded", fill(&writer)),
        ("recorded twice", fill(&manager())),
        ("withdrawn by a member", decisions(&member, "withdraw", &number())),
        ("withdrawn", decisions(&manager(), "withdraw", &number())),
        ("withdrawn twice", decisions(&manager(), "withdraw", &number())),
        ("not there", decisions(&manager(), "show", &[integer("number", 77)])),
    ];
    scene.check(elsewhere.map(|(name, event)| (name.to_owned(), event)), expect![[r#"
        another server records → answers privately: Your team has no decision #1
        another server shows → answers privately: Your team has no decision #1
        by the own app → answers privately: That works only in a server to which I was added.
        in a direct message → answers privately: That works only in a server to which I was added.
        recorded → answers privately: #1 · Which é 日 🦀?
        recorded twice → answers privately: Decision #1 is not waiting to be recorded
        withdrawn by a member → answers privately: That is for those who may manage this server, and for the role that they chose in /settings.
        withdrawn → answers privately: #1 · Which é 日 🦀?
        withdrawn twice → answers privately: Decision #1 cannot be withdrawn
        not there → answers privately: Your team has no decision #77
    "#]]).await;
    scene.finish().await;
}

#[tokio::test]
async fn what_does_not_fit_is_kept_and_the_person_reads_what_to_shorten() {
    let scene = Scene::start().await;
    let long = format!("{}; b*_~`|[](<@1> é 日; {}", "x".repeat(56), "🦀".repeat(28));
    let event = decide(&manager(), &"日".repeat(301), &[text("options", &long), integer("hours", 769)]);
    let refused = scene.show(&manager(), &event).await;
    assert!(refused.sent.is_ephemeral());
    expect![[r#"
        Shorten the question by 1 character: it may have 300.
        Shorten the option “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx” by 1 character: it may have 55.
        Shorten the option “🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀” by 1 character: it may have 55.
        Let it run for 1 to 768 hours."#]]
    .assert_eq(description(&refused.sent));
    let form = scene.press_label("Try again", &refused).await;
    let values: Vec<String> =
        form.controls().iter().map(|field| field["value"].as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(values, ["日".repeat(301), long, "769".to_owned(), String::new()]);
    let fixed = filled(&manager(), form.message(), &[("question", "Which?"), ("options", "a\nb"), ("hours", "")], None);
    assert_eq!(line(&scene.interact(&fixed).await), "answers everyone: Vote #1");
    let cases = [
        ("one option", decide(&manager(), "?", &[text("options", "one")])),
        ("the same twice", decide(&manager(), "?", &[text("options", "a, A")])),
        ("a blank question", decide(&manager(), " \u{200b}", &[])),
        ("an unknown topic", decide(&manager(), "?", &[text("topic", "zzz qqq")])),
    ];
    scene
        .check(
            cases.map(|(name, event)| (name.to_owned(), event)),
            expect![[r#"
                one option → answers privately: That cannot be put to the vote yet
                the same twice → answers privately: That cannot be put to the vote yet
                a blank question → answers privately: That cannot be put to the vote yet
                an unknown topic → answers privately: I don't know that topic
            "#]],
        )
        .await;
    scene.finish().await;
}

#[tokio::test]
async fn where_polls_are_not_allowed_the_reply_says_so_and_nothing_is_kept() {
    let scene = Scene::start().await;
    let not_allowed = json!({ "app_permissions": (MEMBER & !SEND_POLLS).to_string() });
    let known = message_with(decide(&manager(), "Which?", &[]), &not_allowed);
    assert_eq!(line(&scene.interact(&known).await), "answers privately: I may not post a poll here");
    // Discord may know better than what came with the interaction.
    let fault = crate::standin::fault::Fault::status(
        "/callback",
        2,
        403,
        &json!({ "message": "Missing Permissions", "code": 50013 }),
    );
    scene.standin.fault(fault);
    let event = decide(&manager(), "Which?", &[]);
    scene.standin.interact(&event);
    let remark = scene
        .standin
        .next(|request| crate::standin::record::callback_to(&event)(request) && request.is_ephemeral())
        .await;
    assert!(title(&remark).contains("Create Polls"), "{remark}");
    let list = scene.interact(&decisions(&manager(), "list", &[])).await;
    assert_eq!(title(&list), "Your team has decided nothing yet");
    let (standin, _) = scene.stop().await;
    standin.finish();
}

#[tokio::test]
async fn a_vote_in_a_thread_ends_there() {
    let scene = Scene::start().await;
    let thread = snowflake();
    let by = manager().channel(&thread).thread_of(CHANNEL);
    let (_, poll) = vote(&scene, &by, &[]).await;
    let ended = end(&scene, &by, &poll, &[1]).await;
    assert_eq!(ended.sent.path, format!("/channels/{thread}/messages"));
    scene.finish().await;
}

#[tokio::test]
async fn a_poll_of_somebody_else_is_never_touched() {
    let scene = Scene::start().await;
    let (posted, poll) = vote(&scene, &manager(), &[]).await;
    // Somebody copies the bot's button under a poll of their own.
    let foreign = message_with(
        crate::standin::events::message(&Origin::guild(), ""),
        &json!({ "poll": posted.message["poll"], "components": posted.message["components"] }),
    );
    scene.standin.keep_message(&foreign);
    let id = foreign["id"].as_str().expect("an id");
    scene.standin.end_poll(id);
    // A poll of the bot's own without its button.
    let bare = message_with(posted.message.clone(), &json!({ "id": snowflake(), "components": [] }));
    scene.standin.keep_message(&bare);
    scene.standin.end_poll(bare["id"].as_str().expect("an id"));
    let ended = end(&scene, &manager(), &poll, &[1]).await;
    assert_eq!(title(&ended.sent), "Vote #1 has ended");
    assert_eq!((results(&scene.standin, id), results(&scene.standin, bare["id"].as_str().expect("an id"))), (0, 0));
    scene.finish().await;
}

#[tokio::test]
async fn the_button_under_a_poll_shows_how_it_stands_and_counts_what_has_ended() {
    let scene = Scene::start().await;
    let (posted, poll) = vote(&scene, &manager(), &[]).await;
    let asker = Origin::guild().user(OTHER_USER);
    let pressed = scene.press(&asker, &custom_id(&posted.sent, "Result"), &posted).await;
    assert_eq!(line(&pressed), "answers privately: #1 · Which é 日 🦀?");
    scene.standin.vote(&poll, 2, 3);
    scene.standin.finalize_poll(&poll);
    scene.press(&asker, &custom_id(&posted.sent, "Result"), &posted).await;
    let ended = result(&scene, &manager(), &poll).await;
    assert!(description(&ended.sent).contains("3 of 3 votes"), "{}", ended.sent);
    let forged = forged(&posted.sent, "poll.77");
    assert_eq!(line(&scene.press(&asker, &forged, &posted).await), "answers privately: Your team has no decision #77");
    scene.finish().await;
}

#[tokio::test]
async fn answers_remember_what_the_team_decided() {
    let scene = Scene::start().await;
    let compare = || slash(&Origin::guild(), "compare", &[text("topic", "taste")]);
    let remembered = |sent: &Recorded| {
        let line = description(sent).lines().next().unwrap_or_default().to_owned();
        line.starts_with("⚖️").then_some(line)
    };
    let (_, poll) = vote(&scene, &manager(), &[text("topic", "taste"), text("options", "Tea, Coffee")]).await;
    assert_eq!(remembered(&scene.interact(&compare()).await), None, "it is only proposed");
    let ended = end(&scene, &manager(), &poll, &[1]).await;
    record(&scene, &manager(), &ended, "Tea. **With** milk <@1>").await;
    let first = remembered(&scene.interact(&compare()).await).expect("it is remembered");
    let (date, rest) = first.split_once(":** ").expect("it has a date");
    assert!(date.starts_with("⚖️ **Your team decided on "), "{date}");
    expect![[r#"Tea. \*\*With\*\* milk \<\@1>. #1"#]].assert_eq(rest);
    assert_eq!(
        remembered(&scene.interact(&slash(&Origin::guild(), "compare", &[text("topic", "caffeine")])).await),
        None
    );
    assert_eq!(remembered(&scene.interact(&in_server(compare(), OTHER_GUILD)).await), None);
    scene.interact(&decisions(&manager(), "withdraw", &[integer("number", 1)])).await;
    assert_eq!(remembered(&scene.interact(&compare()).await), None, "it was withdrawn");
    scene.finish().await;
}

#[tokio::test]
async fn leaving_a_server_deletes_its_decisions() {
    let scene = Scene::start().await;
    vote(&scene, &manager(), &[]).await;
    scene.standin.remove_from(GUILD, true);
    scene.bot.logged("removed from a server: ").await;
    let gone = show(&scene, 1).await;
    assert_eq!(title(&gone), "Your team has no decision #1");
    assert!(labels(&gone).contains(&"All topics".to_owned()));
    let (standin, _) = scene.stop().await;
    standin.finish();
}
