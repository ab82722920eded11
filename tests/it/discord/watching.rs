//! What an operator can watch: whether the bot is alive, and what it does, as counts that name nobody.

use expect_test::expect;
use reqwest::Client;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::scene::{Scene, custom_id, lines_of, reply_to, start};
use super::sent::line;
use crate::bot::Bot;
use crate::signed::{Answer, client, request};
use crate::standin::events::{
    CHANNEL, GUILD, Origin, USER, at_the_bot, autocomplete, button, focused, message, slash, text,
};
use crate::standin::record::callback_to;
use crate::standin::{Standin, TIME_OUT};

const METRICS: &str = "VERSUS_METRICS_ADDR";
const ANY_PORT: &str = "127.0.0.1:0";

/// A bot with the knowledge that it ships with, which is watched.
struct Watched {
    scene: Scene,
    url: String,
    client: Client,
}

impl Watched {
    async fn start() -> Self {
        // An empty folder counts as none.
        let scene = Scene::with(Standin::start().await, &[(METRICS, ANY_PORT), ("VERSUS_DATA", "")]).await;
        let url = address(&scene.bot);
        Self { scene, url, client: client() }
    }

    async fn get(&self, path: &str) -> Answer {
        request(&self.client, "GET", &format!("{}{path}", self.url)).await
    }

    /// Waits until the metrics have this line; what is counted may be counted a moment after it was seen. Gives the
    /// metrics that do not have it when that takes too long.
    async fn settles(&self, line: &str) -> Option<String> {
        let mut last = String::new();
        let search = async {
            while !last.lines().any(|shown| shown == line) {
                last = self.get("/metrics").await.text();
            }
        };
        timeout(TIME_OUT, search).await.is_err().then_some(last)
    }

    /// As [`Self::settles`], where a test cannot go on without the line.
    async fn shows(&self, line: &str) {
        let other = self.settles(line).await;
        assert_eq!(other, None, "waited {TIME_OUT:?} for {line:?}");
    }

    /// What is counted under a name now.
    async fn count(&self, name: &str) -> usize {
        let metrics = self.get("/metrics").await.text();
        let line = metrics.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        let count = line.and_then(|count| count.parse().ok());
        count.unwrap_or_else(|| panic!("no {name:?} in:\n{metrics}"))
    }

    async fn compare(&self, topic: &str) {
        self.scene.interact(&slash(&Origin::guild(), "compare", &[text("topic", topic)])).await;
    }

    async fn finish(self) {
        let (standin, complaints) = self.scene.stop().await;
        assert_eq!(complaints, [format!("INFO metrics on {}", self.url)]);
        standin.finish();
    }
}

/// Where the bot says that it can be watched.
fn address(bot: &Bot) -> String {
    let log = bot.log();
    let line = log.lines().find_map(|line| line.split_once("metrics on "));
    let (_, address) = line.unwrap_or_else(|| panic!("no address in the log:\n{log}"));
    address.to_owned()
}

#[tokio::test]
async fn a_bot_that_is_connected_is_alive_and_counts_its_answers() {
    let watched = Watched::start().await;
    let health = watched.get("/healthz").await;
    assert_eq!((health.status, health.text().trim()), (200, "ok"));
    watched.shows("versus_gateway_connections 1").await;
    watched.compare("speed").await;
    for line in [
        r#"versus_answers_total{outcome="comparison",about="speed"} 1"#,
        "versus_answer_seconds_count 1",
        r#"versus_answer_seconds_bucket{le="+Inf"} 1"#,
        r#"versus_answer_seconds_bucket{le="3.0"} 1"#,
        "versus_limited_total 0",
        "versus_gateway_connections 1",
    ] {
        watched.shows(line).await;
    }
    let metrics = watched.get("/metrics").await;
    assert_eq!(metrics.status, 200);
    assert!(metrics.content_type.starts_with("application/openmetrics-text"), "{}", metrics.content_type);
    assert!(metrics.text().ends_with("# EOF\n"), "{}", metrics.text());
    watched.finish().await;
}

#[tokio::test]
async fn every_answer_is_counted_by_its_outcome() {
    let watched = Watched::start().await;
    let asker = Origin::guild();
    let ask = |question: &str| slash(&asker, "ask", &[text("question", question)]);
    let recommend = slash(&asker, "recommend", &[text("project", "chat app")]);
    let pressed = button(&asker, "2.AAAAAAAAAAAAAAAA.show.topic:gone", &message(&asker, ""));
    let cases: [(Value, &str, &str); 7] = [
        (slash(&asker, "compare", &[text("topic", "typing")]), "comparison", "typing"),
        (ask("is python slow?"), "comparison", "speed"),
        (recommend, "recommendation", "chat-app"),
        (ask("who won the football match?"), "unknown", ""),
        (ask("🦀"), "empty", ""),
        (slash(&asker, "topics", &[]), "help", ""),
        (pressed, "not_found", ""),
    ];
    for (event, outcome, about) in cases {
        watched.scene.interact(&event).await;
        watched.shows(&format!(r#"versus_answers_total{{outcome="{outcome}",about="{about}"}} 1"#)).await;
    }
    let mention = at_the_bot(message(&asker, "is python slow?"));
    watched.scene.standin.write(&mention);
    watched.scene.standin.next(reply_to(&mention)).await;
    watched.shows(r#"versus_answers_total{outcome="comparison",about="speed"} 2"#).await;
    watched.shows("versus_answer_seconds_count 8").await;
    watched.finish().await;
}

#[tokio::test]
async fn a_report_is_counted_by_its_answer_and_logged_without_a_person() {
    let watched = Watched::start().await;
    let asker = Origin::guild();
    let shown = watched.scene.compare(&asker, "speed", "public").await;
    let open = button(&asker, &custom_id(&shown.sent, "Details"), &shown.message);
    let details = watched.scene.use_command(&asker, &open).await;
    for times in 1..=2 {
        let report = button(&asker, &custom_id(&details.sent, "Wrong?"), &details.message);
        assert_eq!(line(&watched.scene.interact(&report).await), "answers privately: Thank you");
        watched.shows(&format!(r#"versus_answers_total{{outcome="reported",about="speed"}} {times}"#)).await;
    }
    let url = watched.url.clone();
    let (standin, complaints) = watched.scene.stop().await;
    let report = "WARN the answer speed was reported as wrong; check it against its sources";
    assert_eq!(complaints, [format!("INFO metrics on {url}"), report.to_owned()], "once, however often it is pressed");
    standin.finish();
}

#[tokio::test]
async fn what_is_not_answered_because_of_a_flood_is_counted() {
    let watched = Watched::start().await;
    // All at once: what is answered meanwhile is far less than what there is beyond the limit.
    const MANY: usize = 300;
    let events: Vec<Value> = (0..MANY).map(|_| slash(&Origin::guild(), "help", &[])).collect();
    events.iter().for_each(|event| watched.scene.standin.interact(event));
    // What is counted is asked for when there is nothing else to do.
    for event in &events {
        watched.scene.standin.next(callback_to(event)).await;
    }
    watched.shows(&format!("versus_answer_seconds_count {MANY}")).await;
    let limited = watched.count("versus_limited_total").await;
    let answered = watched.count(r#"versus_answers_total{outcome="help",about=""}"#).await;
    assert!(limited > 0 && limited + answered == MANY, "{limited} and {answered}");
    watched.finish().await;
}

/// How a connection can end, and whether the session goes on after that.
type End = (&'static str, fn(&Standin), bool);

const ENDS: [End; 5] = [
    ("the socket drops", |standin| standin.drop_connection(), true),
    ("it is closed", |standin| standin.close(4000), true),
    ("the bot is asked to reconnect", |standin| standin.reconnect(), true),
    ("the session is interrupted", |standin| standin.invalidate_session(true), true),
    ("the session is over", |standin| standin.invalidate_session(false), false),
];

/// How many connections are shown to be open after one has ended and another one was made; it is to be one.
async fn after(end: fn(&Standin), resumes: bool) -> String {
    let watched = Watched::start().await;
    watched.shows("versus_gateway_connections 1").await;
    end(&watched.scene.standin);
    match resumes {
        true => watched.scene.standin.resumed(1).await,
        false => watched.scene.standin.ready(2).await,
    };
    // This is sent after the bot got the notice that it is connected.
    watched.compare("speed").await;
    watched.settles("versus_gateway_connections 1").await;
    let shown =
        format!("{}, {}", watched.count("versus_gateway_connections").await, watched.get("/healthz").await.status);
    watched.finish().await;
    shown
}

#[tokio::test]
async fn after_a_new_connection_there_is_one_again() {
    let mut running = JoinSet::new();
    for (name, end, resumes) in ENDS {
        running.spawn(async move { format!("{name}: {}", after(end, resumes).await) });
    }
    let mut shown = running.join_all().await;
    shown.sort();
    let mut expected = ENDS.map(|(name, ..)| format!("{name}: 1, 200"));
    expected.sort();
    assert_eq!(shown, expected);
}

#[tokio::test]
async fn while_the_gateway_refuses_the_bot_there_is_no_connection() {
    const OFTEN: usize = 99;
    let watched = Watched::start().await;
    watched.shows("versus_gateway_connections 1").await;
    for _ in 0..OFTEN {
        watched.scene.standin.refuse_identify(4000);
    }
    watched.scene.standin.invalidate_session(false);
    watched.shows("versus_gateway_connections 0").await;
    let health = watched.get("/healthz").await;
    assert_eq!(health.status, 200, "it may come back soon");
    let (code, log) = watched.scene.bot.stop().await;
    assert_eq!(code, Some(0), "{log}");
}

#[tokio::test]
async fn nothing_that_is_counted_tells_of_anybody() {
    let watched = Watched::start().await;
    let asker = Origin::guild();
    let questions = ["is python slow, secretly?", "secretly qqq www", "secretly 🦀", "chat app, secretly"];
    for question in questions {
        watched.scene.interact(&slash(&asker, "ask", &[text("question", question)])).await;
        watched.scene.interact(&slash(&asker, "recommend", &[text("project", question)])).await;
        watched.scene.write(&at_the_bot(message(&asker, question))).await;
        watched.scene.write(&message(&Origin::direct(), question)).await;
    }
    watched.scene.interact(&autocomplete(&asker, "compare", &[focused("topic", "secretly")])).await;
    watched.scene.interact(&slash(&asker, "secretly", &[])).await;
    watched.scene.interact(&button(&asker, "2.AAAAAAAAAAAAAAAA.show.topic:secretly", &message(&asker, ""))).await;
    watched.shows(&format!("versus_answer_seconds_count {}", questions.len() * 4 + 3)).await;
    let metrics = watched.get("/metrics").await.text() + &watched.get("/healthz").await.text();
    for private in ["secretly", "qqq", "person", "Great", USER, CHANNEL, GUILD, "token"] {
        assert!(!metrics.contains(private), "{private:?} is in:\n{metrics}");
    }
    watched.finish().await;
}

#[tokio::test]
async fn there_is_nothing_else_to_see() {
    let watched = Watched::start().await;
    for (method, path, status) in [
        ("GET", "/", 404),
        ("GET", "/metrics/", 404),
        ("GET", "/debug", 404),
        ("POST", "/metrics", 405),
        ("POST", "/healthz", 405),
        ("HEAD", "/healthz", 200),
    ] {
        let answer = request(&watched.client, method, &format!("{}{path}", watched.url)).await;
        assert_eq!((answer.status, answer.body.len()), (status, 0), "{method} {path}");
    }
    watched.finish().await;
}

#[tokio::test]
async fn an_address_that_cannot_be_used_is_told_in_one_line() {
    let taken = TcpListener::bind(ANY_PORT).await.expect("a local port is free");
    let taken = taken.local_addr().map(|address| (address.to_string(), taken)).expect("it has an address");
    for (address, expected) in [
        (
            "nonsense",
            expect![[r#"
            versus: VERSUS_METRICS_ADDR is not an address; set it to an address and a port, such as 127.0.0.1:9090
        "#]],
        ),
        (
            "127.0.0.1",
            expect![[r#"
            versus: VERSUS_METRICS_ADDR is not an address; set it to an address and a port, such as 127.0.0.1:9090
        "#]],
        ),
        (
            "localhost:9090",
            expect![[r#"
            versus: VERSUS_METRICS_ADDR is not an address; set it to an address and a port, such as 127.0.0.1:9090
        "#]],
        ),
        (
            &taken.0,
            expect![[r#"
            versus: ADDRESS cannot be listened on: Address already in use (os error 98); set VERSUS_METRICS_ADDR to another address
        "#]],
        ),
    ] {
        let standin = Standin::start().await;
        let (code, log) = start(&standin, &[(METRICS, address)]).exit().await;
        assert_eq!(code, Some(1), "{log}");
        expected.assert_eq(&(lines_of(&log).join("\n").replace(&taken.0, "ADDRESS") + "\n"));
        standin.finish();
    }
}

#[tokio::test]
async fn a_health_check_asks_the_running_bot() {
    let watched = Watched::start().await;
    watched.shows("versus_gateway_connections 1").await;
    let address = watched.url.trim_start_matches("http://").to_owned();
    let (code, log) = Bot::run(&["health"], &[(METRICS, &address)]).exit().await;
    assert_eq!((code, log.as_str()), (Some(0), ""));
    let (code, log) = Bot::run(&["health"], &[]).exit().await;
    assert_eq!(code, Some(1));
    expect![[r#"
        versus: the bot cannot be asked; set VERSUS_METRICS_ADDR to the address that the running bot has
    "#]]
    .assert_eq(&log);
    watched.finish().await;
    let (code, log) = Bot::run(&["health"], &[(METRICS, &address)]).exit().await;
    assert_eq!(code, Some(1));
    assert!(log.contains("the bot does not answer at"), "{log}");
}

#[tokio::test]
async fn a_log_of_json_has_one_object_a_line() {
    let standin = Standin::start().await;
    let bot = Bot::start(&standin, &[("VERSUS_LOG_FORMAT", "json")]);
    bot.logged("ready on shard 0").await;
    let (_, log) = bot.stop().await;
    let messages = log.lines().map(|line| {
        let line: Value = serde_json::from_str(line).expect("it is a JSON object");
        format!(
            "{} {}",
            line["level"].as_str().unwrap_or_default(),
            line["fields"]["message"].as_str().unwrap_or_default()
        )
    });
    let messages: Vec<String> = messages.collect();
    assert!(messages.contains(&"INFO ready on shard 0".to_owned()), "{messages:?}");
    standin.finish();
}

#[tokio::test]
async fn a_process_keeps_only_its_part_of_the_shards() {
    let standin = Standin::start().await;
    let bot = Bot::start(&standin, &[("VERSUS_SHARDS", "2/4")]);
    bot.logged("ready on shard 2").await;
    let (_, log) = bot.stop().await;
    assert_eq!(log.matches("ready on shard").count(), 1, "{log}");
    standin.finish();
}
