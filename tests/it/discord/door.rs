//! A bot behind an address of its own, and what Discord posts to it.

use std::collections::BTreeMap;

use reqwest::Client;
use serde_json::{Value, json};

use super::registration::definitions;
use super::scene::{LOUD, TEA_AND_COFFEE, View, check_secrets, is_beginning, lines_of};
use super::sent::check_rules;
use crate::bot::Bot;
use crate::signed::{Answer, Post, client, public_key};
use crate::standin::events::{BOT, Origin, USER, by_the_bot, snowflake, user};
use crate::standin::record::{Recorded, callback_to, webhook_of};
use crate::standin::{Standin, token};

pub(super) const ANY_PORT: &str = "127.0.0.1:0";

/// Who asks.
pub(super) fn asker() -> Origin {
    Origin::guild()
}

/// Starts a bot behind a door, without waiting for it.
pub(super) fn start(standin: &Standin, environment: &[(&str, &str)]) -> Bot {
    start_at(ANY_PORT, standin, environment)
}

pub(super) fn start_at(address: &str, standin: &Standin, environment: &[(&str, &str)]) -> Bot {
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

/// A bot behind a door that is open, and the client that posts to it.
pub(super) struct Door {
    pub(super) bot: Bot,
    pub(super) url: String,
    pub(super) client: Client,
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
    pub(super) async fn interact(&self, standin: &Standin, event: &Value) -> Recorded {
        standin.learn(event);
        let answer = self.post(Post::signed(event.to_string())).await;
        self.take(standin, event, answer).await
    }

    /// The answer to an event that the stand-in knows, after it was posted.
    pub(super) async fn take(&self, standin: &Standin, event: &Value, answer: Answer) -> Recorded {
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
    pub(super) async fn interact_and_follow(&self, standin: &Standin, event: &Value) -> [Recorded; 2] {
        let answer = self.interact(standin, event).await;
        assert_eq!(answer.answered, Some(204), "what follows comes after the answer");
        [answer, standin.next(webhook_of(event)).await]
    }

    /// What an interaction shows.
    pub(super) async fn show(&self, standin: &Standin, event: &Value) -> View {
        let sent = self.interact(standin, event).await;
        View::new(&asker(), by_the_bot(&asker(), sent.message(), event), sent)
    }

    /// Stops the bot, and gives what its log says besides what it always says.
    pub(super) async fn close(self) -> Vec<String> {
        let (code, log) = self.bot.stop().await;
        assert_eq!(code, Some(0), "{log}");
        check_secrets(&log);
        let lines = lines_of(&log);
        assert_eq!(lines.last().map(String::as_str), Some("INFO stopped"), "{log}");
        let known = format!("INFO the {} commands are registered already", definitions().len());
        let usual = ["INFO registered", known.as_str(), "INFO ready on http://"];
        let usual = usual.iter().chain(&["INFO SIGTERM received, closing the port", "INFO stopped"]);
        let is_usual = |line: &String| is_beginning(line) || usual.clone().any(|usual| line.starts_with(usual));
        lines.into_iter().filter(|line| !is_usual(line)).collect()
    }
}

/// Ends a test in which nothing went wrong.
pub(super) async fn finish(standin: Standin, doors: impl IntoIterator<Item = Door>) {
    for door in doors {
        assert_eq!(door.close().await, Vec::<String>::new());
    }
    for request in standin.requests() {
        check_rules(&request);
        assert!(request.answered.is_some_and(|status| status < 300), "{request}");
    }
    standin.finish();
}

/// What Discord posts to see whether the bot answers.
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
