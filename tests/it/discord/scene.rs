//! A bot that is ready, and the stand-in that it talks to.

use std::fmt::Write as _;

use expect_test::Expect;
use serde_json::{Value, json};

use versus::domain::request::View as TargetView;
use versus::presentation::codes::Codes;
use versus::presentation::custom_id::view_to_text;

use super::sent::{check_rules, line};
use crate::bot::Bot;
use crate::standin::events::{Origin, button, by_the_bot, message_with, select, slash, text};
use crate::standin::record::{Recorded, callback_to};
use crate::standin::{Standin, token};

/// A small comparison, with which a bot starts faster than with the real one.
pub(super) const TEA_AND_COFFEE: (&str, &str) =
    ("VERSUS_DATA", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/other_comparison/data"));

/// All that can be logged is logged, so that what must not be logged would be. Answers and pictures may take as long as they
/// need: this machine may be busy, and no test depends on its speed.
pub(super) const LOUD: [(&str, &str); 4] =
    [("VERSUS_LOG", "trace"), ("NO_COLOR", "1"), ("VERSUS_PICTURE_MS", "600000"), ("VERSUS_ANSWER_MS", "600000")];

/// Time limits as people get them, for tests that wait until they end.
pub(super) const PUNCTUAL: (&str, &str) = ("VERSUS_ANSWER_MS", "2500");

/// A bot that is ready.
pub(super) struct Scene {
    pub(super) standin: Standin,
    pub(super) bot: Bot,
}

/// A message of the bot as people see it.
pub(super) struct View {
    origin: Origin,
    /// The message as Discord keeps it.
    pub(super) message: Value,
    /// The request that made it what it is.
    pub(super) sent: Recorded,
}

impl Scene {
    /// A bot that compares tea and coffee.
    pub(super) async fn start() -> Self {
        Self::with(Standin::start().await, &[]).await
    }

    /// A bot with the knowledge that it ships with.
    pub(super) async fn start_with_real_data() -> Self {
        let standin = Standin::start().await;
        let bot = Bot::start(&standin, &LOUD);
        Self::ready(standin, bot).await.opened().await
    }

    pub(super) async fn with(standin: Standin, environment: &[(&str, &str)]) -> Self {
        let bot = start(&standin, environment);
        Self::ready(standin, bot).await.opened().await
    }

    /// Waits until the database is open, or until the log says why it cannot be; a busy machine takes its time for it.
    async fn opened(self) -> Self {
        self.bot
            .logged_one_of(&["DEBUG the database", "progress cannot be kept", "progress in tours is not kept"])
            .await;
        self
    }

    /// Waits until a bot is ready that was started already.
    pub(super) async fn ready(standin: Standin, bot: Bot) -> Self {
        bot.logged("ready on shard 0").await;
        Self { standin, bot }
    }

    /// The bot's answer to an interaction.
    pub(super) async fn interact(&self, event: &Value) -> Recorded {
        self.standin.interact(event);
        self.standin.next(callback_to(event)).await
    }

    /// The bot's answer to a message.
    pub(super) async fn write(&self, message: &Value) -> Recorded {
        self.standin.write(message);
        self.standin.next(reply_to(message)).await
    }

    /// What a command shows.
    pub(super) async fn use_command(&self, origin: &Origin, event: &Value) -> View {
        let sent = self.interact(event).await;
        let message = by_the_bot(origin, sent.message(), event);
        View { origin: origin.clone(), message, sent }
    }

    /// What an interaction shows, as Discord keeps it.
    pub(super) async fn show(&self, origin: &Origin, event: &Value) -> View {
        let sent = self.interact(event).await;
        View { origin: origin.clone(), message: self.standin.answer_to(event), sent }
    }

    /// What `/compare` shows to everyone, or only to the one who asked.
    pub(super) async fn compare(&self, origin: &Origin, topic: &str, visibility: &str) -> View {
        let options = [text("topic", topic), text("visibility", visibility)];
        self.use_command(origin, &slash(origin, "compare", &options)).await
    }

    /// What is sent when somebody presses a button.
    pub(super) async fn press(&self, by: &Origin, custom_id: &str, shown: &View) -> Recorded {
        self.interact(&button(by, custom_id, &shown.message)).await
    }

    /// What is sent when the asker presses the button of this label.
    pub(super) async fn press_label(&self, label: &str, shown: &View) -> Recorded {
        self.press(&shown.origin, &custom_id(&shown.sent, label), shown).await
    }

    /// What is sent when somebody chooses from the menu of this number.
    pub(super) async fn choose(&self, by: &Origin, custom_id: &str, value: &str, shown: &View) -> Recorded {
        self.interact(&select(by, custom_id, &[value], &shown.message)).await
    }

    /// Does one thing after the other, and compares what was sent as one line each.
    pub(super) async fn check(&self, cases: impl IntoIterator<Item = (String, Value)>, expected: Expect) {
        let mut lines = String::new();
        for (name, event) in cases {
            let sent = self.interact(&event).await;
            // Writing to a string cannot fail.
            let _ = writeln!(lines, "{name} → {}", line(&sent));
        }
        expected.assert_eq(&lines);
    }

    /// Stops the bot, which must have had nothing to complain of.
    pub(super) async fn finish(self) {
        let (standin, complaints) = self.stop().await;
        assert_eq!(complaints, Vec::<String>::new());
        standin.finish();
    }

    /// As [`Self::finish`], after faults: compares what the log says besides what it always says.
    pub(super) async fn finish_after_faults(self, expected: Expect) {
        let (standin, complaints) = self.stop().await;
        let mut lines = complaints.join("\n");
        if !lines.is_empty() {
            lines.push('\n');
        }
        expected.assert_eq(&lines);
        standin.finish();
    }

    /// Stops the bot and gives what its log says besides what it always says.
    pub(super) async fn stop(self) -> (Standin, Vec<String>) {
        let connections = self.standin.connections(1).await.len();
        let (code, log) = self.bot.stop().await;
        assert_eq!(code, Some(0), "{log}");
        assert_eq!(self.standin.ended(connections).await, Some(1000), "{log}");
        for request in self.standin.requests() {
            check_rules(&request);
        }
        check_secrets(&log);
        let usual = |line: &String| {
            let lines = ["registered", "ready on shard 0", "SIGTERM received, closing the connection", "stopped"];
            is_beginning(line)
                || line.starts_with("DEBUG trying again in ")
                || line.starts_with("INFO") && lines.iter().any(|usual| line.contains(usual))
        };
        let complaints = lines_of(&log).into_iter().filter(|line| !usual(line)).collect();
        (self.standin, complaints)
    }
}

impl View {
    /// What somebody sees in a place, made by this request.
    pub(super) fn new(origin: &Origin, message: Value, sent: Recorded) -> Self {
        Self { origin: origin.clone(), message, sent }
    }

    /// The event of the asker pressing the button of this label.
    #[track_caller]
    pub(super) fn pressed(&self, label: &str) -> Value {
        button(&self.origin, &custom_id(&self.sent, label), &self.message)
    }

    /// The event of somebody choosing options from the menu of this placeholder, by what stands on them.
    #[track_caller]
    pub(super) fn chosen(&self, by: &Origin, placeholder: &str, options: &[&str]) -> Value {
        let menu = self.sent.control(placeholder);
        let all = menu["options"].as_array().expect("a menu has options");
        let value = |label: &&str| all.iter().find(|option| option["label"] == **label)?["value"].as_str();
        let values: Option<Vec<&str>> = options.iter().map(value).collect();
        let values = values.unwrap_or_else(|| panic!("not all of {options:?} are in {menu:#}"));
        select(by, &custom_id(&self.sent, placeholder), &values, &self.message)
    }

    /// The same message after what was pressed under it replaced its contents.
    #[track_caller]
    pub(super) fn replaced_by(&self, sent: Recorded) -> Self {
        assert_eq!(sent.callback_type(), Some(7), "{sent}");
        let changes = json!({ "embeds": sent.message()["embeds"], "components": sent.message()["components"] });
        Self { origin: self.origin.clone(), message: message_with(self.message.clone(), &changes), sent }
    }
}

/// Starts a bot that compares tea and coffee, without waiting for it.
pub(super) fn start(standin: &Standin, environment: &[(&str, &str)]) -> Bot {
    Bot::start(standin, &[LOUD.as_slice(), &[TEA_AND_COFFEE], environment].concat())
}

/// The log without its times.
pub(super) fn lines_of(log: &str) -> Vec<String> {
    let has_time = |word: &str| word.ends_with('Z') && word.starts_with("20");
    let without_time = |line: &str| match line.split_once(' ') {
        Some((time, rest)) if has_time(time) => rest.trim().to_owned(),
        _ => line.to_owned(),
    };
    log.lines().map(without_time).collect()
}

/// Whether a line is one of those with which each log of a bot on a stand-in begins.
pub(super) fn is_beginning(line: &str) -> bool {
    line == format!("INFO versus {} starts", env!("CARGO_PKG_VERSION"))
        || line.starts_with("DEBUG the database")
        || line.starts_with("WARN requests, and the token with them, go to http://127.0.0.1:")
}

/// Neither the bot's token nor an interaction's is ever logged, nor a part that reveals it.
#[track_caller]
pub(super) fn check_secrets(log: &str) {
    let token = token();
    let parts = token.split('.').chain([&*token, "interaction-token"]);
    #[cfg(feature = "postgres")]
    let parts = parts.chain(crate::cluster::SECRETS);
    for part in parts {
        assert!(!log.contains(part), "{part:?} is in the log:\n{log}");
    }
}

/// The state of the button of this label, or of the menu of this placeholder.
#[track_caller]
pub(super) fn custom_id(sent: &Recorded, label: &str) -> String {
    let control = sent.control(label);
    control["custom_id"].as_str().expect("a control has a custom_id").to_owned()
}

/// A state as somebody can forge it: that of a control of a message, with something else to do.
#[track_caller]
pub(super) fn forged(sent: &Recorded, what: &str) -> String {
    let controls = sent.controls();
    let state = controls.first().and_then(|control| control["custom_id"].as_str()).expect("the message has a control");
    let asker = state.split('.').nth(1).expect("a state names its asker");
    format!("2.{asker}.{what}")
}

/// The state of something that the small comparison can show.
pub(super) fn state_of(view: &TargetView) -> String {
    let knowledge = crate::knowledge::knowledge("tests/it/other_comparison/data");
    view_to_text(view, &Codes::of(&knowledge))
}

/// Matches the message that answers this one.
pub(super) fn reply_to(message: &Value) -> impl Fn(&Recorded) -> bool + use<> {
    let id = message["id"].clone();
    let channel = message["channel_id"].as_str().unwrap_or_default().to_owned();
    move |request| {
        let line = format!("POST /channels/{channel}/messages");
        request.line() == line && request.body["message_reference"]["message_id"] == id
    }
}
