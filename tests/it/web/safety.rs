//! What keeps a page safe that is left open: its headers, its limits, hostile text, and that it writes nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use expect_test::expect;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use versus::presentation::limits;
use versus::presentation::wording;

use super::{ANY_PORT, Page, TEA_AND_COFFEE};
use crate::bot::Bot;
use crate::program::versus;
use crate::standin::TIME_OUT;

const HOSTILE: &str = "</p></li><script>alert('é')</script><img src=x onerror=alert(1)> & 日 🦀 \u{202e}";

#[tokio::test]
async fn every_response_says_what_a_browser_may_do() {
    let page = Page::open().await;
    for path in
        ["", "?q=taste", "page.css", "page.js", "icon.svg", "complete?q=/", "picture?view=help", "nonsense", "reply"]
    {
        let answer = page.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; "), "{path}: {policy}");
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
        let others = ["x-content-type-options", "x-frame-options", "referrer-policy", "cross-origin-resource-policy"];
        let others = others.map(|name| answer.header(name));
        assert_eq!(others, ["nosniff", "DENY", "no-referrer", "same-origin"], "{path}");
        assert_eq!(answer.header("set-cookie"), "", "{path}");
    }
    let kinds = ["", "page.css", "page.js", "icon.svg"];
    let mut lines = String::new();
    for path in kinds {
        lines += &format!("/{path} {}\n", page.get(path).await.header("content-type"));
    }
    expect![[r#"
        / text/html; charset=utf-8
        /page.css text/css; charset=utf-8
        /page.js text/javascript; charset=utf-8
        /icon.svg image/svg+xml
    "#]]
    .assert_eq(&lines);
    page.close().await;
}

#[tokio::test]
async fn hostile_text_is_shown_as_text() {
    let page = Page::open().await;
    let fields = ["q", "about", "tour", "view", "press", "choose"];
    for field in fields {
        for answer in [page.load(&[(field, HOSTILE)]).await, page.send(&[(field, HOSTILE)]).await] {
            let html = answer.text();
            assert!(!html.contains("<script>") && !html.contains("<img src=x") && !html.contains('\u{202e}'), "{html}");
        }
    }
    let html = page.send(&[("q", HOSTILE)]).await.text();
    assert!(html.contains("&lt;script&gt;alert('é')&lt;/script&gt;"), "{html}");
    let command = page.send(&[("q", &format!("/ask {HOSTILE}"))]).await.text();
    assert!(!command.contains("<script>"), "{command}");
    page.close().await;
}

#[tokio::test]
async fn what_is_too_long_or_of_another_kind_is_refused() {
    let page = Page::open().await;
    let longest = "🦀".repeat(usize::from(limits::OPTION_TEXT) / 2);
    assert_ne!(page.ask(&longest).await.title, wording::page::TOO_LONG);
    assert_eq!(page.ask(&format!("{longest}é")).await.title, wording::page::TOO_LONG);
    let refused = exchange(&page, "POST /reply HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\nq=a").await;
    assert!(refused.starts_with("HTTP/1.1 413 "), "{refused}");
    assert_eq!(page.post(vec![0xff; 1_000]).await.status, 200);
    assert_eq!(page.get("reply").await.status, 405);
    assert_eq!(page.get("../../etc/passwd").await.status, 404);
    page.close().await;
}

/// What comes for these bytes until the connection ends.
async fn exchange(page: &Page, bytes: &str) -> String {
    let address = page.url.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(address).await.expect("it is open");
    stream.write_all(bytes.as_bytes()).await.expect("it reads");
    let mut answer = Vec::new();
    let read = timeout(TIME_OUT, stream.read_to_end(&mut answer)).await;
    assert!(read.is_ok(), "it waits for more than {bytes}");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_request_that_does_not_go_on_is_given_up() {
    let page = Page::open().await;
    for begun in [
        "GET / HTTP/1.1\r\nHost: localhost\r\n",
        "POST /reply HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nq=a",
    ] {
        let answer = exchange(&page, begun).await;
        assert!(answer.is_empty() || answer.contains(" 408 "), "{answer}");
    }
    page.close().await;
}

#[tokio::test]
async fn another_site_cannot_read_the_page_of_this_machine() {
    let page = Page::open().await;
    for (host, status) in [("localhost", 200), ("127.0.0.1", 200), ("evil.example", 421)] {
        let answer = page.client.get(&page.url).header("host", host).send().await.expect("it answers");
        assert_eq!(answer.status().as_u16(), status, "{host}");
    }
    page.close().await;
}

#[tokio::test]
async fn nothing_is_written() {
    let page = Page::open().await;
    let welcome = page.ask("/onboard start").await;
    let first = page.press(&welcome, "Brewing", "").await;
    let _ = page.press(&first.last(), wording::NEXT, &first.attribute("data-tour")).await;
    let _ = page.send(&[("q", "/forget-me"), ("tour", &first.attribute("data-tour"))]).await;
    assert_eq!(files(page.bot.home()), Vec::<PathBuf>::new());
    let log = page.bot.log();
    assert!(!log.contains("onboard") && !log.to_lowercase().contains("brewing"), "{log}");
    page.close().await;
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be read").path()).collect()
}

#[tokio::test]
async fn an_address_that_is_taken_is_a_failure_with_a_remedy() {
    let page = Page::open().await;
    let address = page.url.trim_start_matches("http://").trim_end_matches('/').to_owned();
    let bot = Bot::run(&["web", "--listen", &address], &[TEA_AND_COFFEE]);
    let (code, log) = bot.exit().await;
    assert_eq!(code, Some(1), "{log}");
    assert!(log.contains(&format!("versus: {address} cannot be listened on: ")), "{log}");
    assert!(log.contains("; give --listen another address"), "{log}");
    page.close().await;
    let run = versus(&["--data", "no-such-folder", "web", "--listen", ANY_PORT], b"", &[]);
    assert_eq!(run.code, Some(1), "{run:?}");
}

#[tokio::test]
async fn many_at_once_are_answered() {
    let page = Page::open().await;
    let asked = (0..200).map(|_| page.load(&[("q", "which has more caffeine?")]));
    let answers = timeout(TIME_OUT + Duration::from_secs(60), futures_util::future::join_all(asked)).await;
    for answer in answers.expect("they are answered") {
        assert_eq!(answer.last().title, "Caffeine");
    }
    page.close().await;
}
