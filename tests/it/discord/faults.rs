//! Discord stumbles while the bot runs: nothing is lost, nothing is sent twice, and the log says what happened.

use std::time::{Duration, Instant};

use expect_test::{Expect, expect};
use serde_json::{Value, json};

use super::scene::{PUNCTUAL, Scene, reply_to};
use super::sent::line;
use crate::standin::Standin;
use crate::standin::events::{Origin, at_the_bot, message, message_with, slash, snowflake, text, user};
use crate::standin::fault::Fault;
use crate::standin::record::{Recorded, callback_to};

const QUESTION: &str = "which tastes better, secretly?";

fn command() -> Value {
    slash(&Origin::guild(), "ask", &[text("question", QUESTION)])
}

fn mention() -> Value {
    at_the_bot(message(&Origin::guild(), QUESTION))
}

/// The statuses of the requests that belong to one question.
fn statuses(requests: &[Recorded], matches: impl Fn(&Recorded) -> bool) -> Vec<u16> {
    requests.iter().filter(|request| matches(request)).filter_map(|request| request.answered).collect()
}

/// Asks once by command and once by mention while the same fault meets both, then compares what was answered to each
/// of the requests, and what the log says besides.
async fn check(fault: impl Fn(&str) -> Fault, callbacks: &[u16], messages: &[u16], log: Expect) {
    let scene = Scene::start().await;
    scene.standin.fault(fault("POST /interactions/"));
    scene.standin.fault(fault("POST /channels/"));
    let (command, mention) = (command(), mention());
    scene.standin.interact(&command);
    scene.standin.write(&mention);
    for _ in callbacks {
        scene.standin.next(callback_to(&command)).await;
    }
    for _ in messages {
        scene.standin.next(reply_to(&mention)).await;
    }
    // Whatever went wrong, the next one is answered.
    assert_eq!(
        line(&scene.interact(&slash(&Origin::guild(), "topics", &[])).await),
        "answers everyone: What I can compare"
    );
    let (standin, mut complaints) = scene.stop().await;
    let requests = standin.requests();
    assert_eq!(statuses(&requests, callback_to(&command)), callbacks, "of the command");
    assert_eq!(statuses(&requests, reply_to(&mention)), messages, "of the message");
    // Each is logged by a task of its own.
    complaints.sort_unstable();
    let complaints = complaints.into_iter().map(|line| line + "\n").collect::<String>();
    assert!(!complaints.contains("secretly"), "{complaints}");
    log.assert_eq(&complaints);
    standin.finish();
}

#[tokio::test]
async fn a_stumble_is_tried_again() {
    check(|part| Fault::server_error(part, 1), &[500, 204], &[500, 200], expect![[""]]).await;
    check(|part| Fault::status(part, 1, 502, &json!("<html>")), &[502, 204], &[502, 200], expect![[""]]).await;
    check(|part| Fault::rate_limited(part, 1, 0.1), &[429, 204], &[429, 200], expect![[""]]).await;
}

#[tokio::test]
async fn what_took_effect_is_not_done_twice() {
    // The second callback is refused, because there is an answer; the second message is the first one again.
    let lost = |part: &str| Fault::server_error(part, 1).after_taking_effect();
    check(lost, &[500, 400], &[500, 200], expect![[""]]).await;
    let nonsense = |part: &str| Fault::status(part, 1, 200, &json!("<html>")).after_taking_effect();
    check(nonsense, &[200], &[200], expect![[""]]).await;
    let unknown = json!({ "id": "no number", "author": null });
    check(|part| Fault::status(part, 1, 200, &unknown).after_taking_effect(), &[200], &[200], expect![[""]]).await;
}

#[tokio::test]
async fn what_is_refused_is_not_tried_again_and_logged_once() {
    let missing = json!({ "message": "Missing Access", "code": 50001 });
    check(|part| Fault::status(part, 1, 403, &missing), &[403], &[403], expect![[r#"
        ERROR an interaction could not be answered: status 403, code 50001; allow the bot View Channel there
        WARN a message in channel 1100000000000000003 could not be answered: status 403, code 50001; allow the bot View Channel there
    "#]]).await;
    let expired = json!({ "message": "Unknown interaction", "code": 10062 });
    check(|part| Fault::status(part, 1, 404, &expired), &[404], &[404], expect![[r#"
        WARN a message in channel 1100000000000000003 could not be answered: status 404, code 10062; what it belongs to was deleted meanwhile; there is nothing to do
        WARN an interaction expired before its answer; the machine or its network is too slow
    "#]]).await;
    let invalid = json!({ "message": format!("Invalid Form Body: {QUESTION}"), "code": 50035 });
    check(|part| Fault::status(part, 1, 400, &invalid), &[400], &[400], expect![[r#"
        ERROR an interaction could not be answered: status 400, code 50035; report it as a fault of versus
        WARN a message in channel 1100000000000000003 could not be answered: status 400, code 50035; report it as a fault of versus
    "#]]).await;
}

#[tokio::test]
async fn a_second_try_waits_as_long_as_discord_says() {
    let scene = Scene::start().await;
    scene.standin.fault(Fault::rate_limited("POST /interactions/", 1, 0.7));
    let command = command();
    scene.standin.interact(&command);
    scene.standin.next(callback_to(&command)).await;
    let refused = Instant::now();
    assert_eq!(scene.standin.next(callback_to(&command)).await.answered, Some(204));
    // Its header says one second, its body says it exactly.
    let waited = refused.elapsed();
    assert!(waited > Duration::from_millis(650), "{waited:?}");
    scene.finish().await;
}

/// Seconds of a pause; so long that even a busy machine answers a command within it.
const PAUSE: f64 = 10.0;

/// Some people ask, each in the channel that `channel` gives. The first answer is refused for a while, in which nobody
/// else's is tried; everybody is answered in the end.
async fn check_pause(fault: Fault, channel: impl Fn() -> String) {
    let scene = Scene::start().await;
    scene.standin.fault(fault);
    let question = |_| {
        let by = json!({ "author": user(&snowflake(), "asker", false), "channel_id": channel() });
        at_the_bot(message_with(message(&Origin::guild(), QUESTION), &by))
    };
    let questions: Vec<Value> = (0..4).map(question).collect();
    scene.standin.write(&questions[0]);
    scene.standin.next(reply_to(&questions[0])).await;
    for question in &questions[1..] {
        scene.standin.write(question);
    }
    // Who uses a command does not wait.
    assert_eq!(scene.interact(&command()).await.answered, Some(204));
    for question in &questions {
        assert_eq!(scene.standin.next(reply_to(question)).await.answered, Some(200));
    }
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    let sent = standin.requests().into_iter().filter(|request| request.method == "POST");
    let answered: Vec<u16> = sent.filter_map(|request| request.answered).collect();
    assert_eq!(answered, [429, 204, 200, 200, 200, 200]);
    standin.finish();
}

#[tokio::test]
async fn what_is_limited_for_everything_is_not_tried_by_anybody_meanwhile() {
    check_pause(Fault::rate_limited_globally("POST /channels/", 1, PAUSE), snowflake).await;
}

#[tokio::test]
async fn what_is_limited_for_a_channel_is_not_tried_there_meanwhile() {
    let channel = snowflake();
    check_pause(Fault::rate_limited("POST /channels/", 1, PAUSE), || channel.clone()).await;
}

#[tokio::test]
async fn an_interaction_that_cannot_be_answered_in_time_is_given_up() {
    for fault in [
        Fault::server_error("POST /interactions/", 99),
        Fault::hang("POST /interactions/", 99),
        Fault::rate_limited("POST /interactions/", 99, 60.0),
    ] {
        let scene = Scene::with(Standin::start().await, &[PUNCTUAL]).await;
        scene.standin.fault(fault);
        scene.standin.interact(&command());
        scene.bot.logged("could not be answered").await;
        let (standin, complaints) = scene.stop().await;
        assert_eq!(complaints.len(), 1, "{complaints:?}");
        assert!(complaints[0].starts_with("ERROR an interaction could not be answered: "), "{complaints:?}");
        standin.finish();
    }
}

#[tokio::test]
async fn an_answer_on_its_way_is_sent_before_the_bot_stops() {
    let scene = Scene::start().await;
    scene.standin.fault(Fault::hold("POST /channels/", 1));
    let mention = mention();
    scene.standin.write(&mention);
    scene.standin.next(reply_to(&mention)).await;
    scene.bot.signal("TERM").await;
    scene.bot.logged("SIGTERM received").await;
    scene.standin.release();
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    assert_eq!(statuses(&standin.requests(), reply_to(&mention)), [200]);
    standin.finish();
}

#[tokio::test]
async fn one_question_that_hangs_does_not_hold_up_the_others() {
    let scene = Scene::start().await;
    let hanging = mention();
    // As often as it is tried: it still hangs when the others are answered.
    scene.standin.fault(Fault::hang("POST /channels/", 99).of_answers_to(&hanging));
    scene.standin.write(&hanging);
    scene.standin.next(reply_to(&hanging)).await;
    assert_eq!(line(&scene.write(&mention()).await), "replies: Taste");
    assert_eq!(
        line(&scene.interact(&command()).await),
        format!("answers everyone “{}…”: Taste", "which tastes better, sec")
    );
    scene
        .finish_after_faults(expect![[r#"
        WARN stopped although some answers were still on their way; look whether Discord was slow
    "#]])
        .await;
}
