//! The bot behind an address of its own: only what Discord signed gets in, and it is answered as through the gateway.

use std::collections::BTreeMap;

use expect_test::{Expect, expect};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::onboarding::onboard;
use super::scene::{LOUD, Scene, TEA_AND_COFFEE, View, check_secrets, custom_id, is_beginning, lines_of};
use super::sent::{check_rules, labels, line};
use crate::bot::Bot;
use crate::signed::{Answer, Post, client, public_key, request};
use crate::standin::events::{
    BOT, OTHER_USER, Origin, USER, autocomplete, by_the_bot, focused, message, message_command, slash, snowflake, text,
    user,
};
use crate::standin::fault::Fault;
use crate::standin::record::{Recorded, callback_to, webhook_of};
use crate::standin::{Standin, TIME_OUT, token};

pub(super) const ANY_PORT: &str = "127.0.0.1:0";
/// More than any interaction has.
const LARGEST_BODY: usize = 256 * 1024;
const WHAT_FOLLOWS: &str = "/webhooks/";

fn asker() -> Origin {
    Origin::guild()
}

/// Starts a bot behind a door, without waiting for it.
pub(super) fn start(standin: &Standin, environment: &[(&str, &str)]) -> Bot {
    start_at(ANY_PORT, standin, environment)
}

fn start_at(address: &str, standin: &Standin, environment: &[(&str, &str)]) -> Bot {
    let (token, url, key) = (token(), standin.url(), public_key());
    let database = format!("sqlite:{}", standin.database().display());
    let own = [
        ("DISCORD_TOKEN", &*token),
        ("DISCORD_API_URL", &*url),
        ("DISCORD_PUBLIC_KEY", &*key),
        ("DATABASE_URL", &*database),
    ];
    // What comes last counts.
    let all: BTreeMap<&str, &str> =
        own.iter().chain(&LOUD).chain([&TEA_AND_COFFEE]).chain(environment).copied().collect();
    Bot::run(&["serve", "--listen", address], &all.into_iter().collect::<Vec<_>>())
}

/// A bot behind a door that is open, with whoever posts to it.
pub(super) struct Door {
    pub(super) bot: Bot,
    pub(super) url: String,
    client: Client,
}

impl Door {
    /// A bot that compares tea and coffee.
    pub(super) async fn open(standin: &Standin) -> Self {
        Self::of(start(standin, &[])).await
    }

    pub(super) async fn of(bot: Bot) -> Self {
        bot.logged("ready on http://").await;
        let log = bot.log();
        let url = log.lines().find_map(|line| line.split_once("ready on ")).map(|(_, url)| url.to_owned());
        Self { bot, url: url.expect("the line was logged"), client: client() }
    }

    pub(super) async fn post(&self, post: Post) -> Answer {
        post.send(&self.client, &self.url).await
    }

    /// The bot's answer to an interaction. The stand-in accepts it, and checks it, as if it had come as a callback; where it
    /// does come as a callback, the request gets no more than a 202.
    async fn interact(&self, standin: &Standin, event: &Value) -> Recorded {
        standin.learn(event);
        let answer = self.post(Post::signed(event.to_string())).await;
        if answer.status == 202 {
            assert_eq!(&*answer.text(), "");
            return standin.next(callback_to(event)).await;
        }
        assert_eq!((answer.status, &*answer.content_type), (200, "application/json"), "{}", answer.text());
        let part = |name: &str| event[name].as_str().expect("an interaction has it");
        let callback = format!("{}/api/v10/interactions/{}/{}/callback", standin.url(), part("id"), part("token"));
        let posted = self.client.post(callback).header("user-agent", "DiscordBot (https://discord.com, 10)");
        let posted = posted.header("content-type", "application/json").body(answer.body);
        assert_eq!(posted.send().await.expect("the stand-in answers").status(), 204);
        standin.next(callback_to(event)).await
    }

    /// The same, with what follows the answer.
    async fn interact_and_follow(&self, standin: &Standin, event: &Value) -> [Recorded; 2] {
        let answer = self.interact(standin, event).await;
        assert_eq!(answer.answered, Some(204), "what follows comes after the answer");
        [answer, standin.next(webhook_of(event)).await]
    }

    /// What an interaction shows.
    async fn show(&self, standin: &Standin, event: &Value) -> View {
        let sent = self.interact(standin, event).await;
        View::new(&asker(), by_the_bot(&asker(), sent.message(), event), sent)
    }

    /// Stops the bot, and gives what its log says besides what it always says.
    pub(super) async fn close(self) -> Vec<String> {
        let (code, log) = self.bot.stop().await;
        assert_eq!(code, Some(0), "{log}");
        check_secrets(&log);
        let lines = lines_of(&log);
        assert!(lines.iter().any(|line| line == "INFO stopped"), "{log}");
        let usual = ["INFO registered", "INFO the 8 commands are registered already", "INFO ready on http://"];
        let usual = usual.iter().chain(&["INFO SIGTERM received, closing the port", "INFO stopped"]);
        let is_usual = |line: &String| is_beginning(line) || usual.clone().any(|usual| line.starts_with(usual));
        lines.into_iter().filter(|line| !is_usual(line)).collect()
    }
}

/// Ends a test in which nothing went wrong.
async fn finish(standin: Standin, doors: impl IntoIterator<Item = Door>) {
    for door in doors {
        assert_eq!(door.close().await, Vec::<String>::new());
    }
    for request in standin.requests() {
        check_rules(&request);
        assert!(request.answered.is_some_and(|status| status < 300), "{request}");
    }
    standin.finish();
}

/// What Discord posts to see whether somebody is at home.
pub(super) fn ping() -> String {
    let id = snowflake();
    json!({
        "id": id, "application_id": BOT, "type": 1, "version": 1, "token": format!("interaction-token-{id}"),
        "user": user(USER, "owner", false), "entitlements": [], "app_permissions": "562949953601536",
        "authorizing_integration_owners": {},
    })
    .to_string()
}

pub(super) fn changed(mut post: Post, change: impl FnOnce(&mut Post)) -> Post {
    change(&mut post);
    post
}

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
    let mut told = 0;
    for _ in 0..MANY {
        let sent = door.interact(&standin, &slash(&asker(), "help", &[])).await;
        told += usize::from(line(&sent).starts_with("answers privately: That was a lot"));
    }
    assert!((1..MANY).contains(&told), "{told}");
    let other = slash(&asker().user(OTHER_USER), "help", &[]);
    assert_eq!(line(&door.interact(&standin, &other).await), "answers everyone: Tea or coffee?");
    finish(standin, [door]).await;
}

async fn check_refusal(address: &str, environment: &[(&str, &str)], expected: Expect) {
    let standin = Standin::start().await;
    let (code, log) = start_at(address, &standin, environment).exit().await;
    assert_eq!(code, Some(1), "{log}");
    check_secrets(&log);
    expected.assert_eq(&(lines_of(&log).join("\n").replace(address, "ADDRESS") + "\n"));
    assert_eq!(standin.requests().len(), 0, "nothing is registered");
    standin.finish();
}

#[tokio::test]
async fn what_is_missing_or_wrong_is_told_in_one_line() {
    let key = |value: &'static str| [("DISCORD_PUBLIC_KEY", value)];
    // Of the numbers with as many digits only half are keys.
    let no_key = "0200000000000000000000000000000000000000000000000000000000000000";
    check_refusal(ANY_PORT, &key(""), expect![[r#"
        versus: requests cannot be verified without the application's public key; set DISCORD_PUBLIC_KEY to the public key from https://discord.com/developers/applications
    "#]]).await;
    check_refusal(ANY_PORT, &key("secretly"), expect![[r#"
        versus: DISCORD_PUBLIC_KEY is not a public key; copy the public key, 64 digits and letters, from https://discord.com/developers/applications
    "#]]).await;
    check_refusal(ANY_PORT, &key("02"), expect![[r#"
        versus: DISCORD_PUBLIC_KEY is not a public key; copy the public key, 64 digits and letters, from https://discord.com/developers/applications
    "#]]).await;
    check_refusal(ANY_PORT, &key(no_key), expect![[r#"
        versus: requests cannot be verified without the application's public key; set DISCORD_PUBLIC_KEY to the public key from https://discord.com/developers/applications
    "#]]).await;
    check_refusal(ANY_PORT, &[("DISCORD_TOKEN", "")], expect![[r#"
        versus: the commands cannot be registered without a token; set DISCORD_TOKEN to the token from the page Bot at https://discord.com/developers/applications
    "#]]).await;
    let taken = TcpListener::bind(ANY_PORT).await.expect("a local port is free");
    let address = taken.local_addr().expect("a bound socket has an address").to_string();
    check_refusal(
        &address,
        &[],
        expect![[r#"
        versus: ADDRESS cannot be listened on: Address already in use (os error 98); give --listen another address
    "#]],
    )
    .await;
}

/// A bot that is open before Discord has registered its commands, and what its log says besides what it always says.
async fn check_open_at_once(fault: Fault, expected: Expect) {
    let standin = Standin::start().await;
    standin.fault(fault);
    let door = Door::open(&standin).await;
    assert_eq!(door.post(Post::signed(ping())).await.status, 200);
    let help = slash(&asker(), "help", &[]);
    assert_eq!(line(&door.interact(&standin, &help).await), "answers everyone: Tea or coffee?");
    let url = standin.url();
    let lines: String = door.close().await.iter().map(|line| line.replace(&url, "ADDRESS") + "\n").collect();
    expected.assert_eq(&lines);
    standin.finish();
}

#[tokio::test]
async fn the_port_is_open_at_once() {
    check_open_at_once(Fault::hang("/oauth2/applications/@me", 9), expect![[r#""#]]).await;
    check_open_at_once(Fault::hang("PUT /applications/", 9), expect![[r#""#]]).await;
}

async fn check_end(fault: Option<Fault>, environment: &[(&str, &str)], expected: Expect) {
    let standin = Standin::start().await;
    if let Some(fault) = fault {
        standin.fault(fault);
    }
    let (code, log) = start(&standin, environment).exit().await;
    assert_eq!(code, Some(1), "{log}");
    check_secrets(&log);
    let is_usual = |line: &String| is_beginning(line) || line.starts_with("INFO ready on http://");
    let lines: Vec<String> = lines_of(&log).into_iter().filter(|line| !is_usual(line)).collect();
    expected.assert_eq(&(lines.join("\n") + "\n"));
    assert!(standin.commands(None).is_empty(), "nothing is registered");
    standin.finish();
}

#[tokio::test]
async fn what_a_person_has_to_fix_ends_it() {
    let refused =
        Fault::status("/oauth2/applications/@me", 9, 401, &json!({ "message": "401: Unauthorized", "code": 0 }));
    check_end(Some(refused), &[], expect![[r#"
        versus: Discord refused the token; reset it on the page Bot at https://discord.com/developers/applications and set DISCORD_TOKEN to the new one
    "#]]).await;
    // A key like any other, of another application.
    let other = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    check_end(None, &[("DISCORD_PUBLIC_KEY", other)], expect![[r#"
        versus: DISCORD_PUBLIC_KEY is not the key of the application that DISCORD_TOKEN belongs to; copy the public key of the same application from https://discord.com/developers/applications
    "#]]).await;
}

#[tokio::test]
async fn what_is_on_its_way_is_sent_before_the_bot_stops() {
    let standin = Standin::start().await;
    let door = Door::open(&standin).await;
    let private = [text("topic", "caffeine"), text("visibility", "private")];
    let private = door.show(&standin, &slash(&asker(), "compare", &private)).await;
    standin.fault(Fault::hold(WHAT_FOLLOWS, 1));
    let event = private.pressed("Share");
    door.interact(&standin, &event).await;
    standin.next(webhook_of(&event)).await;
    door.bot.signal("TERM").await;
    door.bot.logged("SIGTERM received").await;
    standin.release();
    let (code, log) = door.bot.exit().await;
    assert_eq!(code, Some(0), "{log}");
    let end = ["INFO SIGTERM received, closing the port", "INFO stopped"];
    assert!(lines_of(&log).ends_with(&end.map(str::to_owned)), "{log}");
    standin.finish();
}

#[tokio::test]
async fn a_key_with_a_digit_too_many_is_none() {
    let key = public_key() + "0";
    check_refusal(ANY_PORT, &[("DISCORD_PUBLIC_KEY", &key)], expect![[r#"
        versus: DISCORD_PUBLIC_KEY is not a public key; copy the public key, 64 digits and letters, from https://discord.com/developers/applications
    "#]]).await;
}

/// Whether the bot stops in time while somebody has sent it only this much of a request.
async fn stops_during(begun: &'static str) -> bool {
    let standin = Standin::start().await;
    let door = Door::open(&standin).await;
    let address = door.url.trim_start_matches("http://");
    let mut open = TcpStream::connect(address).await.expect("the door is open");
    open.write_all(begun.as_bytes()).await.expect("it can be written to");
    // A request that is answered came after that.
    assert_eq!(door.post(Post::signed(ping())).await.status, 200);
    door.bot.signal("TERM").await;
    let stopped = timeout(TIME_OUT, door.bot.exit_within(TIME_OUT * 2)).await;
    drop(open);
    standin.finish();
    stopped.is_ok_and(|(code, _)| code == Some(0))
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_hold_up_the_end() {
    let cases = [
        ("nothing", ""),
        ("a line", "POST / HTTP/1.1\r\n"),
        ("a part of the headers", "POST / HTTP/1.1\r\nHost: versus\r\nContent-"),
        ("a part of the body", "POST / HTTP/1.1\r\nHost: versus\r\nContent-Length: 9\r\n\r\n{"),
    ];
    let mut running = JoinSet::new();
    for (name, begun) in cases {
        running.spawn(async move { (name, stops_during(begun).await) });
    }
    let stopped: BTreeMap<&str, bool> = running.join_all().await.into_iter().collect();
    assert_eq!(stopped, cases.map(|(name, _)| (name, true)).into());
}

#[tokio::test]
async fn a_bot_that_is_still_starting_stops_as_well() {
    let standin = Standin::start().await;
    standin.fault(Fault::hang("PUT /applications/", 1));
    let bot = start(&standin, &[]);
    standin.next(|request| request.method == "PUT").await;
    let (code, log) = bot.stop().await;
    assert_eq!(code, Some(0), "{log}");
    standin.finish();
}
