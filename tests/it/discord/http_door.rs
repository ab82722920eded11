//! The bot behind an address of its own: only what Discord signed gets in, and it is answered as through the gateway.

use expect_test::expect;
use serde_json::Value;
use tokio::task::JoinSet;

use super::door::{Door, asker, changed, finish, ping, start};
use super::onboarding::onboard;
use super::scene::{Scene, View, custom_id};
use super::sent::{labels, line};
use crate::signed::{Post, request};
use crate::standin::Standin;
use crate::standin::events::{
    OTHER_USER, Origin, autocomplete, by_the_bot, focused, message, message_command, slash, text,
};
use crate::standin::record::Recorded;
#[cfg(feature = "picture")]
use crate::standin::record::callback_to;

/// More than any interaction has.
pub(super) const LARGEST_BODY: usize = 256 * 1024;

#[tokio::test]
async fn a_ping_is_answered() {
    let standin = Standin::start().await;
    let door = Door::open(&standin).await;
    // A few seconds of difference between two clocks do no harm.
    for post in [Post::signed(ping()), Post::signed_at(-60, ping()), Post::signed_at(60, ping())] {
        let answer = door.post(post).await;
        assert_eq!((answer.status, &*answer.content_type, &*answer.text()), (200, "application/json", r#"{"type":1}"#));
    }
    finish(standin, [door]).await;
}

#[tokio::test]
async fn what_discord_did_not_sign_just_now_does_not_get_in() {
    let standin = Standin::start().await;
    let door = Door::open(&standin).await;
    let signed = || Post::signed(ping());
    let other_body = ping();
    let cases = [
        ("no signature", changed(signed(), |post| post.signature = None)),
        ("no time", changed(signed(), |post| post.timestamp = None)),
        ("neither", changed(signed(), |post| (post.signature, post.timestamp) = (None, None))),
        ("an empty signature", changed(signed(), |post| post.signature = Some(Vec::new()))),
        ("a signature of zeros", changed(signed(), |post| post.signature = Some(b"00".repeat(64)))),
        ("a short signature", changed(signed(), |post| post.signature.as_mut().expect("it is there").truncate(127))),
        ("a long signature", changed(signed(), |post| post.signature.as_mut().expect("it is there").push(b'0'))),
        ("a signature that is not hexadecimal", changed(signed(), |post| post.signature = Some(b"zz".repeat(64)))),
        ("a signature with signs", changed(signed(), |post| post.signature = Some(b"+1".repeat(64)))),
        ("a signature beyond ASCII", changed(signed(), |post| post.signature = Some("é".repeat(64).into_bytes()))),
        ("a signature beyond UTF-8", changed(signed(), |post| post.signature = Some(vec![0xFF; 128]))),
        ("another signature", changed(signed(), |post| post.signature = Post::signed(other_body.clone()).signature)),
        ("the key of somebody else", Post::signed_by_somebody_else(ping())),
        ("another body", changed(signed(), |post| post.body = other_body.clone().into_bytes())),
        ("one more blank", changed(signed(), |post| post.body.push(b' '))),
        ("no body", changed(signed(), |post| post.body.clear())),
        ("another time", changed(signed(), |post| post.timestamp = Post::signed_at(-1, "").timestamp)),
        ("an empty time", changed(signed(), |post| post.timestamp = Some(Vec::new()))),
        ("a time beyond ASCII", changed(signed(), |post| post.timestamp = Some("१७".into()))),
        ("a time beyond UTF-8", changed(signed(), |post| post.timestamp = Some(vec![0xFF; 10]))),
        ("ten minutes old", Post::signed_at(-600, ping())),
        ("ten minutes ahead", Post::signed_at(600, ping())),
        ("of 1970", Post::signed_with("0", ping())),
        ("before 1970", Post::signed_with("-1", ping())),
        ("the end of time", Post::signed_with(&u64::MAX.to_string(), ping())),
        ("beyond the end of time", Post::signed_with("99999999999999999999999", ping())),
        ("no number", Post::signed_with("now", ping())),
        ("nothing in the place of the time", Post::signed_with("", ping())),
    ];
    for (name, post) in cases {
        let answer = door.post(post).await;
        assert_eq!((answer.status, &*answer.text()), (401, ""), "{name}");
    }
    assert_eq!(door.post(signed()).await.status, 200, "it is open for who knocks well");
    // Why, is said once for each reason.
    let complaints = door.close().await;
    assert!(complaints.iter().all(|line| line.starts_with("WARN a request was refused, ")), "{complaints:#?}");
    assert_eq!(complaints.len(), 4, "{complaints:#?}");
    standin.finish();
}

#[tokio::test]
async fn only_posts_of_a_size_that_discord_sends_are_read() {
    let standin = Standin::start().await;
    let door = Door::open(&standin).await;
    for method in ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"] {
        assert_eq!(request(&door.client, method, &door.url).await.status, 405, "{method}");
    }
    let padded = |size: usize| {
        let ping = ping();
        let blanks = " ".repeat(size - ping.len());
        ping + &blanks
    };
    for (size, status) in [(LARGEST_BODY, 200), (LARGEST_BODY + 1, 413), (LARGEST_BODY * 4, 413)] {
        assert_eq!(door.post(Post::signed(padded(size))).await.status, status, "{size} bytes");
    }
    finish(standin, [door]).await;
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_and_logged_without_a_part_of_it() {
    let unknown = slash(&asker(), "secretly", &[]).to_string().replace(r#""type":2"#, r#""type":99"#);
    let cases = [
        (b"secretly".to_vec(), "Syntax"),
        (b"".to_vec(), "Eof"),
        (b"{\"secretly\":".to_vec(), "Eof"),
        (b"\"secretly\"".to_vec(), "Data"),
        (b"[]".to_vec(), "Data"),
        (b"null".to_vec(), "Data"),
        (b"{\"type\":2,\"secretly\":1}".to_vec(), "Data"),
        (b"{\"type\":\"secretly\"}".to_vec(), "Data"),
        (b"{\"type\":1e999}".to_vec(), "Syntax"),
        (b"\xFF\xFEsecretly".to_vec(), "Syntax"),
        (b"[".repeat(LARGEST_BODY), "Data"),
        (b"{\"type\":".repeat(LARGEST_BODY / 8), "Data"),
        (unknown.into_bytes(), "Data"),
    ];
    for (body, kind) in cases {
        let standin = Standin::start().await;
        let door = Door::open(&standin).await;
        let answer = door.post(Post::signed(body.clone())).await;
        let name = String::from_utf8_lossy(&body[..body.len().min(80)]).into_owned();
        assert_eq!((answer.status, &*answer.text()), (400, ""), "{name}");
        let line =
            format!("WARN an interaction cannot be read ({kind}); update versus, Discord has changed what it sends");
        assert_eq!(door.close().await, [line], "{name}");
        standin.finish();
    }
}

/// Sends the same event through both doors, and gives what was answered through this one.
async fn same(gateway: &Scene, door: &Door, standin: &Standin, event: &Value) -> Recorded {
    let answer = door.interact(standin, event).await;
    assert_eq!(answer.body, gateway.interact(event).await.body, "{event}");
    answer
}

#[tokio::test]
async fn an_answer_is_the_same_through_both_doors() {
    let (gateway, standin) = (Scene::start_with_real_data().await, Standin::start().await);
    let door = Door::of(start(&standin, &[("VERSUS_DATA", "")])).await;
    let speed = slash(&asker(), "compare", &[text("topic", "speed")]);
    let sent = same(&gateway, &door, &standin, &speed).await;
    let shown = View::new(&asker(), by_the_bot(&asker(), sent.message(), &speed), sent);
    let label = labels(&shown.sent)[0].clone();
    let menu = slash(&asker(), "topics", &[text("visibility", "private")]);
    let question = message(&asker().user(OTHER_USER), "is python slow?");
    let cases = [
        ("press", shown.pressed(&label)),
        ("press of somebody else", {
            let other = asker().user(OTHER_USER);
            crate::standin::events::button(&other, &custom_id(&shown.sent, "🗑️"), &shown.message)
        }),
        ("typing", autocomplete(&asker(), "compare", &[focused("topic", "spe")])),
        ("question", slash(&asker(), "ask", &[text("question", "is python slow?")])),
        ("list", menu),
        ("message command", message_command(&asker(), "Answer this question", &question)),
        ("in a direct message", slash(&Origin::direct(), "compare", &[text("topic", "speed")])),
        ("unknown", slash(&asker(), "nonsense", &[])),
        ("tour", onboard(&asker(), "start")),
    ];
    let mut lines = String::new();
    for (name, event) in cases {
        lines += &format!("{name} → {}\n", line(&same(&gateway, &door, &standin, &event).await));
    }
    expect![[r#"
        press → answers privately: Speed
        press of somebody else → answers privately: Only the person who asked, or somebody who may manage messages here, can delete this answer.
        typing → offers ["speed", "runtime", "definition"]
        question → answers everyone “is python slow?”: Speed
        list → answers privately: What I can compare
        message command → answers privately “is python slow?”: Speed
        in a direct message → answers everyone: Speed
        unknown → answers privately: I don't know that command any more. Discord may need a minute to show the new ones; /help shows what there is.
        tour → answers privately: Welcome to the team
    "#]].assert_eq(&lines);
    gateway.finish().await;
    finish(standin, [door]).await;
}

#[tokio::test]
#[cfg(feature = "picture")]
async fn a_recommendation_with_its_picture_is_posted_to_the_callback() {
    let (gateway, standin) = (Scene::start_with_real_data().await, Standin::start().await);
    let door = Door::of(start(&standin, &[("VERSUS_DATA", "")])).await;
    let event = slash(&asker(), "recommend", &[text("project", "chat app")]);
    standin.learn(&event);
    let answer = door.post(Post::signed(event.to_string())).await;
    assert_eq!((answer.status, &*answer.text()), (202, ""));
    let posted = standin.next(callback_to(&event)).await;
    assert_eq!(line(&posted), "answers everyone “chat app”: Chat application + criteria.png");
    let through_gateway = gateway.interact(&event).await;
    assert_eq!(posted.body, through_gateway.body);
    assert!(posted.files[0].content == through_gateway.files[0].content, "the pictures differ");
    gateway.finish().await;
    finish(standin, [door]).await;
}

#[tokio::test]
async fn an_answer_is_shared_and_deleted() {
    let standin = Standin::start().await;
    let door = Door::open(&standin).await;
    let private = [text("topic", "caffeine"), text("visibility", "private")];
    let private = door.show(&standin, &slash(&asker(), "compare", &private)).await;
    let [update, post] = door.interact_and_follow(&standin, &private.pressed("Share")).await;
    assert_eq!([line(&update), line(&post)], ["changes what can be pressed", "posts for everyone: Caffeine"]);
    let public = View::new(&asker(), by_the_bot(&asker(), post.message(), &Value::Null), post);
    let [acknowledgement, deletion] = door.interact_and_follow(&standin, &public.pressed("🗑️")).await;
    assert_eq!((&*line(&acknowledgement), &*deletion.method), ("acknowledges", "DELETE"));
    assert!(deletion.path.ends_with("/messages/@original"), "{deletion}");
    finish(standin, [door]).await;
}

#[tokio::test]
async fn another_process_answers_what_the_first_one_showed() {
    let standin = Standin::start().await;
    let (first, second) = (Door::open(&standin).await, Door::open(&standin).await);
    let options = [text("topic", "caffeine"), text("visibility", "private")];
    let cases = [
        ("topic", slash(&asker(), "compare", &[text("topic", "caffeine")]), "Taste"),
        ("private topic", slash(&asker(), "compare", &options), "Taste"),
        ("tour", onboard(&asker(), "start"), "Brewing"),
        ("help", slash(&asker(), "help", &[]), "All topics"),
    ];
    let mut lines = String::new();
    for (name, event, label) in cases {
        let shown = first.show(&standin, &event).await;
        let next = second.interact(&standin, &shown.pressed(label)).await;
        let again = first.interact(&standin, &shown.pressed(label)).await;
        assert_eq!(next.body, again.body, "{name}");
        lines += &format!("{name} → {}\n", line(&next));
    }
    expect![[r#"
        topic → replaces: Taste
        private topic → replaces: Taste
        tour → replaces: Brewing · Water first
        help → replaces: What I can compare
    "#]]
    .assert_eq(&lines);
    let quiz = first.show(&standin, &onboard(&asker(), "quiz")).await;
    for label in labels(&quiz.sent) {
        let [by_second, by_first] = [
            second.interact(&standin, &quiz.pressed(&label)).await,
            first.interact(&standin, &quiz.pressed(&label)).await,
        ];
        assert_eq!(by_second.body, by_first.body, "the same number is the same quiz to both: {label}");
    }
    finish(standin, [first, second]).await;
}

#[tokio::test]
async fn a_flood_gets_an_answer_to_every_request() {
    let standin = Standin::start().await;
    let door = Door::open(&standin).await;
    const MANY: usize = 150;
    let events: Vec<Value> = (0..MANY).map(|_| slash(&asker(), "help", &[])).collect();
    // All at once, so that the limit does not grow meanwhile.
    let mut running = JoinSet::new();
    for (number, event) in events.iter().enumerate() {
        standin.learn(event);
        let (client, url, post) = (door.client.clone(), door.url.clone(), Post::signed(event.to_string()));
        running.spawn(async move { (number, post.send(&client, &url).await) });
    }
    let mut refused = 0;
    for (number, answer) in running.join_all().await {
        let sent = door.take(&standin, &events[number], answer).await;
        refused += usize::from(line(&sent).starts_with("answers privately: That was a lot"));
    }
    assert!((1..MANY).contains(&refused), "{refused}");
    let other = slash(&asker().user(OTHER_USER), "help", &[]);
    assert_eq!(line(&door.interact(&standin, &other).await), "answers everyone: Tea or coffee?");
    finish(standin, [door]).await;
}
