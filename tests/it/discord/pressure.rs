//! Clients that only hold connections, send half of a request or one that was not signed: nobody else waits for them, and the
//! operator reads why they were refused.

use expect_test::{Expect, expect};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::door::{ANY_PORT, Door, changed, finish, ping, start};
use super::http_door::LARGEST_BODY;
use crate::signed::{Post, client, request};
use crate::standin::events::{Origin, slash, text};
use crate::standin::{Standin, TIME_OUT};

/// More connections than the bot keeps open.
const CONNECTIONS: usize = 400;
const METRICS: &str = "VERSUS_METRICS_ADDR";

/// What somebody sends who never comes to an end.
const BEGUN: [(&str, &str); 4] = [
    ("nothing", ""),
    ("half of a header", "POST / HTTP/1.1\r\nHost: versus\r\nX-Padding: é"),
    ("no signature and half of a body", "POST / HTTP/1.1\r\nHost: versus\r\nContent-Length: 9\r\n\r\n{"),
    (
        "half of a body",
        "POST / HTTP/1.1\r\nHost: versus\r\nX-Signature-Ed25519: SIGNATURE\r\nX-Signature-Timestamp: TIME\r\nContent-Length: 9\r\n\r\n{",
    ),
];

/// What is sent, with a signature that nobody can check before the body is there.
fn begun(text: &str) -> Vec<u8> {
    let post = Post::signed("");
    let header = |value: Option<Vec<u8>>| String::from_utf8(value.expect("it is signed")).expect("it is ASCII");
    text.replace("SIGNATURE", &header(post.signature)).replace("TIME", &header(post.timestamp)).into_bytes()
}

/// Connections that have sent so much, and stay open.
async fn hold(url: &str, text: &str, count: usize) -> Vec<TcpStream> {
    let mut open = Vec::new();
    for _ in 0..count {
        let mut stream = TcpStream::connect(url.trim_start_matches("http://")).await.expect("the port is open");
        stream.write_all(&begun(text)).await.expect("it can be written to");
        open.push(stream);
    }
    open
}

/// What comes on a connection until the other side closes it.
async fn rest(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    // A connection that is reset has ended as well.
    let ended = timeout(TIME_OUT, stream.read_to_end(&mut answer)).await;
    assert!(ended.is_ok(), "it was not closed in {TIME_OUT:?}");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_body_that_is_cut_off_is_a_bad_request() {
    let standin = Standin::start().await;
    let door = Door::open(&standin).await;
    let signed =
        "POST / HTTP/1.1\r\nHost: localhost\r\nX-Signature-Ed25519: SIGNATURE\r\nX-Signature-Timestamp: TIME\r\n";
    let most = LARGEST_BODY;
    for (body, status) in [
        ("Content-Length: 100\r\n\r\n{".to_owned(), 400),
        (format!("Content-Length: {most}\r\n\r\n"), 400),
        (format!("Content-Length: {}\r\n\r\n{{", most + 1), 400),
        (format!("Content-Length: {}\r\n\r\n{{", most * 100), 413),
        ("Transfer-Encoding: chunked\r\n\r\n9\r\n{".to_owned(), 400),
        ("Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n".to_owned(), 400),
    ] {
        let mut stream = hold(&door.url, &format!("{signed}{body}"), 1).await.remove(0);
        stream.shutdown().await.expect("one side of it can be closed");
        let answer = rest(stream).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{body:?}: {answer:?}");
    }
    assert_eq!(door.post(Post::signed(ping())).await.status, 200);
    finish(standin, [door]).await;
}

#[tokio::test]
async fn those_who_only_hold_connections_lock_nobody_out() {
    let standin = Standin::start().await;
    let door = Door::of(start(&standin, &[(METRICS, ANY_PORT)])).await;
    let log = door.bot.log();
    let metrics = log.lines().find_map(|line| line.split_once("metrics on ")).expect("it is logged").1.to_owned();
    for (name, text) in BEGUN {
        let held = hold(&door.url, text, CONNECTIONS).await;
        assert_eq!(door.post(Post::signed(ping())).await.status, 200, "{name}");
        drop(held);
        let held = hold(&metrics, text, CONNECTIONS / 4).await;
        assert_eq!(request(&client(), "GET", &format!("{metrics}/healthz")).await.status, 200, "{name}");
        drop(held);
    }
    let (code, log) = door.bot.stop().await;
    assert_eq!(code, Some(0), "{log}");
    standin.finish();
}

#[tokio::test]
async fn nobody_is_waited_for_without_end() {
    let standin = Standin::start().await;
    let door = Door::open(&standin).await;
    let mut running = JoinSet::new();
    for (name, text) in BEGUN {
        let mut open = hold(&door.url, text, 1).await;
        running.spawn(async move { (name, rest(open.remove(0)).await) });
    }
    for (name, answer) in running.join_all().await {
        let status = answer.lines().next().unwrap_or_default();
        let expected = match name {
            // The body is not waited for where the headers are enough to refuse it.
            "no signature and half of a body" => ["HTTP/1.1 401 Unauthorized"].as_slice(),
            "half of a body" => &["HTTP/1.1 408 Request Timeout"],
            _ => &["", "HTTP/1.1 408 Request Timeout"],
        };
        assert!(expected.contains(&status), "{name}: {answer}");
    }
    let (code, log) = door.bot.stop().await;
    assert_eq!(code, Some(0), "{log}");
    standin.finish();
}

/// Refuses the same request three times, and compares the one line that says why.
async fn check_refusal(why: &str, post: impl Fn() -> Post, expected: Expect) {
    let standin = Standin::start().await;
    let door = Door::of(start(&standin, &[(METRICS, ANY_PORT)])).await;
    let log = door.bot.log();
    let metrics = log.lines().find_map(|line| line.split_once("metrics on ")).expect("it is logged").1.to_owned();
    for _ in 0..3 {
        assert_eq!(door.post(post()).await.status, 401);
    }
    let counted = request(&client(), "GET", &format!("{metrics}/metrics")).await.text();
    let line = format!(r#"versus_dropped_total{{kind="request",why="{why}"}} 3"#);
    assert!(counted.lines().any(|counted| counted == line), "{line} is not in:\n{counted}");
    let lines: Vec<String> =
        door.close().await.into_iter().filter(|line| !line.starts_with("INFO metrics on")).collect();
    expected.assert_eq(&(lines.join("\n") + "\n"));
    standin.finish();
}

#[tokio::test]
async fn a_refusal_is_logged_with_its_reason_once() {
    check_refusal("no_signature", || changed(Post::signed(ping()), |post| post.signature = None), expect![[r#"
        WARN a request was refused, the headers X-Signature-Ed25519 and X-Signature-Timestamp are missing or malformed; if it was Discord's, let the proxy in front of this address pass them on
    "#]]).await;
    // Half a minute more, so that a slow machine still counts the same minutes.
    check_refusal(
        "too_old",
        || Post::signed_at(-630, ping()),
        expect![[r#"
        WARN a request was refused, it was signed 10 minutes ago; check the clock of this machine
    "#]],
    )
    .await;
    check_refusal(
        "ahead",
        || Post::signed_at(630, ping()),
        expect![[r#"
        WARN a request was refused, it was signed 10 minutes ahead of now; check the clock of this machine
    "#]],
    )
    .await;
    check_refusal("other_key", || Post::signed_by_somebody_else(ping()), expect![[r#"
        WARN a request was refused, its signature does not match the key; compare DISCORD_PUBLIC_KEY with the public key at https://discord.com/developers/applications, and let no proxy change the body
    "#]]).await;
}

#[tokio::test]
async fn a_signed_request_that_is_sent_again_acts_once() {
    let standin = Standin::start().await;
    let door = Door::open(&standin).await;
    let event = slash(&Origin::guild(), "compare", &[text("topic", "taste")]);
    standin.learn(&event);
    let post = Post::signed(event.to_string());
    let first = door.post(post.clone()).await;
    assert_eq!(first.status, 200);
    for _ in 0..3 {
        let again = door.post(post.clone()).await;
        assert_eq!((again.status, &*again.text()), (503, ""));
    }
    let other: Value = slash(&Origin::guild(), "compare", &[text("topic", "taste")]);
    standin.learn(&other);
    assert_eq!(door.post(Post::signed(other.to_string())).await.status, 200, "another one is answered");
    assert_eq!(door.close().await, Vec::<String>::new());
    standin.finish();
}

#[tokio::test]
async fn a_token_that_would_lead_to_another_address_is_refused() {
    for token in ["../../users/@me", "a/b", "a?b=c", "é日🦀", ""] {
        let standin = Standin::start().await;
        let door = Door::open(&standin).await;
        let mut event = slash(&Origin::guild(), "compare", &[text("topic", "taste")]);
        event["token"] = token.into();
        assert_eq!(door.post(Post::signed(event.to_string())).await.status, 400, "{token}");
        let complaints = door.close().await;
        assert!(complaints.len() == 1 && (token.is_empty() || !complaints[0].contains(token)), "{complaints:?}");
        standin.finish();
    }
}
