//! Discord takes its time: a slow upload costs a picture, a connection that hangs costs a moment, and neither costs an answer.

use std::time::Instant;

use serde_json::{Value, json};

use super::scene::{Scene, View, custom_id, reply_to};
use super::sent::{labels, line};
use crate::standin::Standin;
use crate::standin::events::{OTHER_USER, Origin, at_the_bot, button, message, slash, snowflake, text};
use crate::standin::fault::Fault;
use crate::standin::record::{Recorded, callback_to, webhook_of};

/// Uploads that hang.
#[cfg(feature = "picture")]
const UPLOADS: usize = 20;

/// A bot whose time limits end while the test waits, and which has time enough on a busy machine: twelve times that of people.
async fn patient() -> Scene {
    Scene::with(Standin::start().await, &[("VERSUS_ANSWER_MS", "30000")]).await
}

#[cfg(feature = "picture")]
fn recommend(by: &str, visibility: &str) -> Value {
    let options = [text("project", "breakfast"), text("visibility", visibility)];
    slash(&Origin::guild().user(by), "recommend", &options)
}

/// Messages that a channel may have at once without a notice.
const OF_CHANNEL: usize = 100;

fn compare(by: &str) -> Value {
    slash(&Origin::guild().user(by), "compare", &[text("topic", "taste")])
}

/// The first answer to an interaction that Discord accepted.
async fn accepted(scene: &Scene, event: &Value) -> Recorded {
    let is_answer = callback_to(event);
    scene.standin.next(move |sent| is_answer(sent) && sent.answered == Some(204)).await
}

#[tokio::test]
#[cfg(feature = "picture")]
async fn an_upload_that_hangs_costs_the_picture_and_nobody_an_answer() {
    let scene = patient().await;
    scene.standin.fault(Fault::hang("POST /interactions/", 10 * UPLOADS).of_uploads());
    let slow: Vec<Value> = (0..UPLOADS).map(|_| recommend(&snowflake(), "public")).collect();
    slow.iter().for_each(|event| scene.standin.interact(event));
    let other = compare(OTHER_USER);
    assert_eq!(line(&scene.interact(&other).await), "answers everyone: Taste");
    for event in slow {
        assert_eq!(line(&accepted(&scene, &event).await), "answers everyone “breakfast”: Breakfast");
    }
    scene.finish().await;
}

#[tokio::test]
#[cfg(feature = "picture")]
async fn an_upload_with_a_message_that_hangs_costs_the_picture() {
    let scene = Scene::start().await;
    scene.standin.fault(Fault::hang("POST /channels/", 99).of_uploads());
    let question = at_the_bot(message(&Origin::guild(), "what should we serve for breakfast?"));
    scene.standin.write(&question);
    scene.standin.next(reply_to(&question)).await;
    assert_eq!(
        line(&scene.write(&at_the_bot(message(&Origin::guild(), "which tastes better?"))).await),
        "replies: Taste"
    );
    assert_eq!(line(&scene.standin.next(reply_to(&question)).await), "replies: Breakfast");
    scene.finish().await;
}

#[tokio::test]
#[cfg(feature = "picture")]
async fn a_shared_answer_is_posted_although_its_picture_hangs() {
    let scene = Scene::start().await;
    let shown = scene.show(&Origin::guild(), &recommend(&Origin::guild().user, "private")).await;
    scene.standin.fault(Fault::hang("/webhooks/", 9).of_uploads());
    let event = shown.pressed("Share");
    assert_eq!(line(&scene.interact(&event).await), "changes what can be pressed");
    let posted = scene.standin.next(webhook_of(&event)).await;
    assert_eq!((line(&posted).as_str(), posted.answered), ("posts for everyone: Breakfast", Some(200)));
    let picture = scene.standin.next(webhook_of(&event)).await;
    assert_eq!((picture.method.as_str(), picture.files.len(), picture.answered), ("PATCH", 1, None));
    let (standin, _) = scene.stop().await;
    standin.finish();
}

#[tokio::test]
async fn a_connection_that_hangs_is_given_up_while_there_is_time_for_another() {
    let scene = patient().await;
    scene.interact(&compare(OTHER_USER)).await;
    for fault in [Fault::hang("POST /interactions/", 1), Fault::hang("POST /interactions/", 1).after_taking_effect()] {
        scene.standin.fault(fault);
        let event = compare(OTHER_USER);
        scene.standin.interact(&event);
        let hangs = scene.standin.next(callback_to(&event)).await;
        let second = scene.standin.next(callback_to(&event)).await;
        assert_eq!((hangs.answered, line(&second).as_str()), (None, "answers everyone: Taste"));
    }
    scene.finish().await;
}

/// A private answer, and the press of its button Share.
async fn shared(scene: &Scene) -> (View, Value) {
    let shown = scene.compare(&Origin::guild(), "caffeine", "private").await;
    let press = button(&Origin::guild(), &custom_id(&shown.sent, "Share"), &shown.message);
    (shown, press)
}

fn posts(requests: &[Recorded], name: &str) -> usize {
    requests.iter().filter(|sent| line(sent) == format!("posts for everyone: {name}")).count()
}

#[tokio::test]
async fn two_presses_of_share_post_once() {
    let scene = Scene::start().await;
    let (shown, first) = shared(&scene).await;
    let second = button(&Origin::guild(), &custom_id(&shown.sent, "Share"), &shown.message);
    scene.standin.fault(Fault::hold("POST /webhooks/", 1));
    scene.standin.interact(&first);
    scene.standin.interact(&second);
    for press in [&first, &second] {
        let sent = scene.standin.next(callback_to(press)).await;
        assert_eq!((line(&sent).as_str(), sent.answered), ("changes what can be pressed", Some(204)));
    }
    scene.standin.next(|sent| sent.path.starts_with("/webhooks/")).await;
    scene.standin.release();
    // After it was posted it is not posted again either.
    let third = button(&Origin::guild(), &custom_id(&shown.sent, "Share"), &shown.message);
    scene.interact(&third).await;
    let (standin, complaints) = scene.stop().await;
    assert_eq!((complaints, posts(&standin.requests(), "Caffeine")), (Vec::new(), 1));
    standin.finish();
}

#[tokio::test]
async fn a_share_that_fails_for_the_moment_keeps_its_button_and_can_be_pressed_again() {
    let outage = [
        Fault::server_error("POST /webhooks/", 1),
        Fault::status("POST /webhooks/", 1, 503, &json!("<html>")),
        Fault::status("POST /webhooks/", 1, 502, &json!({})),
    ];
    for fault in outage {
        let scene = Scene::start().await;
        let (shown, press) = shared(&scene).await;
        scene.standin.fault(fault);
        scene.interact(&press).await;
        let sent: [Recorded; 3] = [
            scene.standin.next(webhook_of(&press)).await,
            scene.standin.next(webhook_of(&press)).await,
            scene.standin.next(webhook_of(&press)).await,
        ];
        assert_eq!(line(&sent[0]), "posts for everyone: Caffeine");
        assert_eq!(
            line(&sent[1]),
            "adds privately: Discord did not take it just now. If it does not appear, press Share again."
        );
        assert_eq!((sent[2].method.as_str(), labels(&sent[2])), ("PATCH", labels(&shown.sent)));
        let again = button(&Origin::guild(), &custom_id(&sent[2], "Share"), &scene.standin.answer_to(&press));
        scene.interact(&again).await;
        assert_eq!(scene.standin.next(webhook_of(&again)).await.answered, Some(200));
        let (standin, complaints) = scene.stop().await;
        assert!(complaints.len() == 1 && complaints[0].contains("see https://discordstatus.com"), "{complaints:?}");
        assert_eq!(posts(&standin.requests(), "Caffeine"), 2);
        standin.finish();
    }
}

#[tokio::test]
async fn what_fails_the_same_way_is_a_line_a_minute_however_many_ask() {
    let scene = Scene::start().await;
    let refused = json!({ "message": "Invalid Form Body", "code": 50035 });
    scene.standin.fault(Fault::status("POST /interactions/", OF_CHANNEL, 400, &refused));
    scene.standin.fault(Fault::status("POST /channels/", OF_CHANNEL, 400, &refused));
    let begin = Instant::now();
    for _ in 0..OF_CHANNEL {
        let event = compare(&snowflake());
        let mention = at_the_bot(message(&Origin::guild().user(&snowflake()), "which tastes better?"));
        scene.standin.interact(&event);
        scene.standin.write(&mention);
        scene.standin.next(callback_to(&event)).await;
        scene.standin.next(reply_to(&mention)).await;
    }
    let minutes = usize::try_from(begin.elapsed().as_secs() / 60).expect("it is not that long");
    let (standin, complaints) = scene.stop().await;
    assert!((2..=2 + 2 * minutes).contains(&complaints.len()), "{complaints:#?}");
    standin.finish();
}

#[tokio::test]
async fn messages_that_hang_and_interactions_do_not_wait_for_each_other() {
    // More interactions than are answered at the same time.
    const HANGING: usize = 600;
    let scene = Scene::start().await;
    scene.standin.fault(Fault::hold("POST /interactions/", HANGING));
    for _ in 0..HANGING {
        scene.standin.interact(&compare(&snowflake()));
    }
    let question = at_the_bot(message(&Origin::guild(), "which tastes better?"));
    assert_eq!(line(&scene.write(&question).await), "replies: Taste");
    scene.standin.release();
    let (standin, _) = scene.stop().await;
    standin.finish();
}

#[tokio::test]
async fn a_mistaken_limit_ends() {
    for seconds in [1e9, 1e19, 1e300] {
        let scene = Scene::start().await;
        scene.standin.fault(Fault::rate_limited("POST /channels/", 1, seconds));
        let question = at_the_bot(message(&Origin::guild(), "which tastes better?"));
        scene.standin.write(&question);
        scene.standin.next(reply_to(&question)).await;
        scene.bot.logged("could not be answered").await;
        // Another channel, and an interaction, wait for nothing; nothing has panicked.
        let mut elsewhere = Origin::guild();
        elsewhere.channel = snowflake();
        let other = at_the_bot(message(&elsewhere, "which tastes better?"));
        assert_eq!(line(&scene.write(&other).await), "replies: Taste");
        let (standin, complaints) = scene.stop().await;
        assert_eq!(complaints.len(), 1, "{complaints:?}");
        standin.finish();
    }
}
