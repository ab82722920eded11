//! A person or a channel that asks far more than anybody reads: they get a notice, and nobody else waits for them.

use serde_json::Value;

use super::scene::{Scene, View, custom_id, reply_to};
use super::sent::{line, title};
use crate::standin::events::{
    OTHER_USER, Origin, at_the_bot, autocomplete, button, focused, message, select, slash, snowflake, text,
};
use crate::standin::fault::Fault;
use crate::standin::record::{Recorded, callback_to};

/// What a person, and what a channel, gets at once; a minute brings twice as much.
const OF_PERSON: usize = 60;
const OF_CHANNEL: usize = 120;
/// So many that even a machine that answers only five a second goes beyond the limit, which grows by two a second.
const FAR_TOO_MANY: usize = 300;

const NOTICE_PRIVATELY: &str = "answers privately: That was a lot in a short while. I answer again in a few seconds.";
const NOTICE_IN_CHANNEL: &str = "One moment";

fn flooder() -> Origin {
    Origin::guild()
}

fn somebody_else() -> Origin {
    Origin::guild().user(OTHER_USER)
}

fn command(origin: &Origin) -> Value {
    slash(origin, "compare", &[text("topic", "taste")])
}

fn typing(origin: &Origin) -> Value {
    autocomplete(origin, "compare", &[focused("topic", "caf")])
}

fn mention(origin: &Origin) -> Value {
    at_the_bot(message(origin, "which tastes better?"))
}

/// Events that are on their way at the same time: few enough that the slowest machine answers each before Discord, and so
/// the bot, gives it up.
const AT_ONCE: usize = 16;

/// Sends all of them as fast as they are answered, and gives what each was answered.
async fn flood(scene: &Scene, events: &[Value]) -> Vec<String> {
    let mut lines = Vec::new();
    for events in events.chunks(AT_ONCE) {
        for event in events {
            scene.standin.interact(event);
        }
        for event in events {
            let sent = scene.standin.next(callback_to(event)).await;
            assert_eq!(sent.answered, Some(204), "{sent}");
            lines.push(line(&sent));
        }
    }
    lines
}

/// An answer of the bot, as somebody else got it before the flood, with the buttons and a menu under it.
async fn list(scene: &Scene) -> View {
    scene.use_command(&somebody_else(), &slash(&somebody_else(), "topics", &[])).await
}

/// Checks how many were answered of those who flooded, who may have got back a little while it lasted.
#[track_caller]
fn check_notices(notices: usize, answered: usize, at_once: usize) {
    assert!((at_once..FAR_TOO_MANY).contains(&answered), "{answered} were answered, {notices} notices");
    // After being answered again there is a new notice; on a machine that is fast enough there is one.
    assert!((1..=1 + answered - at_once).contains(&notices), "{answered} were answered, {notices} notices");
}

/// The replies in all channels: answers and notices.
fn replies(requests: &[Recorded]) -> (usize, usize) {
    let replies = requests.iter().filter(|request| request.segments().first() == Some(&"channels"));
    let (notices, answered): (Vec<_>, Vec<_>) = replies.partition(|sent| title(sent) == NOTICE_IN_CHANNEL);
    (notices.len(), answered.len())
}

#[tokio::test]
async fn every_interaction_of_a_flood_is_acknowledged_and_most_only_by_a_remark() {
    let scene = Scene::start().await;
    let shown = list(&scene).await;
    let menu = custom_id(&shown.sent, "Caffeine … Taste");
    let of_kind = |number: usize| match number % 4 {
        0 => command(&flooder()),
        1 => slash(&flooder(), "nonsense", &[]),
        2 => select(&flooder(), &menu, &["topic:taste"], &shown.message),
        _ => button(&flooder(), "nonsense", &shown.message),
    };
    let events: Vec<Value> = (0..FAR_TOO_MANY).map(of_kind).collect();
    let lines = flood(&scene, &events).await;
    let notices = lines.iter().filter(|line| *line == NOTICE_PRIVATELY).count();
    assert!(notices > 0 && FAR_TOO_MANY - notices >= OF_PERSON, "{notices} notices: {lines:#?}");
    scene.finish().await;
}

#[tokio::test]
async fn everybody_else_is_answered_during_a_flood_of_interactions() {
    let scene = Scene::start().await;
    let shown = list(&scene).await;
    let menu = custom_id(&shown.sent, "Caffeine … Taste");
    let events: Vec<Value> = (0..FAR_TOO_MANY).map(|_| command(&flooder())).collect();
    flood(&scene, &events).await;
    let chosen = select(&somebody_else(), &menu, &["topic:taste"], &shown.message);
    let direct = Origin::direct().user(&snowflake());
    for (event, expected) in [
        (command(&somebody_else()), "answers everyone: Taste"),
        (chosen, "replaces: Taste"),
        (command(&direct), "answers everyone: Taste"),
    ] {
        assert_eq!(line(&scene.interact(&event).await), expected);
    }
    assert_eq!(line(&scene.write(&mention(&somebody_else())).await), "replies: Taste");
    scene.finish().await;
}

#[tokio::test]
async fn what_somebody_types_is_never_too_much() {
    let scene = Scene::start().await;
    let typed: Vec<Value> = (0..FAR_TOO_MANY).map(|_| typing(&flooder())).collect();
    let offered = vec![r#"offers ["caffeine"]"#.to_owned(); FAR_TOO_MANY];
    assert_eq!(flood(&scene, &typed).await, offered);
    assert_eq!(line(&scene.interact(&command(&flooder())).await), "answers everyone: Taste", "nothing was used up");
    let asked: Vec<Value> = (0..FAR_TOO_MANY).map(|_| command(&flooder())).collect();
    flood(&scene, &asked).await;
    let typed: Vec<Value> = (0..FAR_TOO_MANY).map(|_| typing(&flooder())).collect();
    assert_eq!(flood(&scene, &typed).await, offered, "also for somebody who is not answered");
    scene.finish().await;
}

#[tokio::test]
async fn somebody_who_floods_with_messages_gets_one_notice_and_the_others_are_answered() {
    let scene = Scene::start().await;
    for _ in 0..FAR_TOO_MANY {
        scene.standin.write(&mention(&flooder()));
    }
    let notice = scene.standin.next(|sent| title(sent) == NOTICE_IN_CHANNEL).await;
    assert_eq!(line(&notice), "replies: One moment");
    let others = [mention(&somebody_else()), message(&Origin::direct().user(OTHER_USER), "which tastes better?")];
    for other in &others {
        scene.standin.write(other);
        assert_eq!(line(&scene.standin.next(reply_to(other)).await), "replies: Taste");
    }
    let (standin, complaints) = scene.stop().await;
    let (notices, answered) = replies(&standin.requests());
    check_notices(notices, answered - others.len(), OF_PERSON);
    assert_eq!(complaints, Vec::<String>::new());
    standin.finish();
}

#[tokio::test]
async fn a_channel_in_which_many_flood_gets_one_notice_and_other_channels_are_answered() {
    let scene = Scene::start().await;
    for _ in 0..FAR_TOO_MANY {
        scene.standin.write(&mention(&Origin::guild().user(&snowflake())));
    }
    scene.standin.next(|sent| title(sent) == NOTICE_IN_CHANNEL).await;
    let mut elsewhere = somebody_else();
    elsewhere.channel = snowflake();
    let others = [mention(&elsewhere), message(&Origin::direct().user(OTHER_USER), "which tastes better?")];
    for other in &others {
        scene.standin.write(other);
        assert_eq!(line(&scene.standin.next(reply_to(other)).await), "replies: Taste");
    }
    let here = command(&somebody_else());
    assert_eq!(line(&scene.interact(&here).await), "answers everyone: Taste", "a command waits for no channel");
    let (standin, complaints) = scene.stop().await;
    let (notices, answered) = replies(&standin.requests());
    check_notices(notices, answered - others.len(), OF_CHANNEL);
    assert_eq!(complaints, Vec::<String>::new());
    standin.finish();
}

/// Answers that are shared, more than may be on their way at the same time.
const SHARED: usize = 80;
const ON_THEIR_WAY: usize = 64;

#[tokio::test]
async fn everybody_else_is_answered_while_shared_posts_hang() {
    let scene = Scene::start().await;
    scene.standin.fault(Fault::hold("POST /webhooks/", SHARED));
    let mut presses = Vec::new();
    for _ in 0..SHARED {
        let by = Origin::guild().user(&snowflake());
        let private = scene.compare(&by, "taste", "private").await;
        presses.push(button(&by, &custom_id(&private.sent, "Share"), &private.message));
    }
    let lines = flood(&scene, &presses).await;
    let taken = lines.iter().filter(|line| *line == "changes what can be pressed").count();
    // A post is held for ten seconds at the most, after which there is a permit again.
    assert!((ON_THEIR_WAY..=SHARED).contains(&taken), "{lines:#?}");
    let later = "answers privately: Discord did not take it just now. If it does not appear, press Share again.";
    assert_eq!(lines.iter().filter(|line| *line == later).count(), SHARED - taken);
    let event = command(&somebody_else());
    assert_eq!(line(&scene.interact(&event).await), "answers everyone: Taste");
    scene.standin.release();
    let (code, log) = scene.bot.stop().await;
    assert_eq!(code, Some(0), "{log}");
    scene.standin.finish();
}
