//! The stand-in by itself: twilight and serenity, which speak with the real Discord, must not tell the difference.

mod checks;
mod client;
mod events;
mod gateway;
mod polls;
mod rest;

use futures_util::StreamExt;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use serenity::all::{Interaction, Message};
use tokio::task::JoinHandle;
use twilight_gateway::{ConfigBuilder, Intents, Shard, ShardId};

use crate::standin::{Standin, TIME_OUT, token};
use client::{Http, http};

const INTENTS: Intents = Intents::GUILD_MESSAGES.union(Intents::DIRECT_MESSAGES);

/// The content of an event, as serenity reads it.
fn content<T: for<'e> Deserialize<'e>>(event: &Value) -> T {
    T::deserialize(&event["d"]).expect("the stand-in's event parses")
}

/// Repeats what it reads, and answers every command.
async fn answer(http: &Http, event: &Value) {
    match event["t"].as_str() {
        Some("MESSAGE_CREATE") => {
            let message: Message = content(event);
            let text = format!("you wrote {:?}", message.content);
            let path = format!("/channels/{}/messages", message.channel_id);
            let sent: Result<Message, String> = http.send(Method::POST, &path, &json!({ "content": text })).await;
            sent.expect("the stand-in's answer parses");
        }
        Some("INTERACTION_CREATE") => {
            let interaction: Interaction = content(event);
            let path = format!("/interactions/{}/{}/callback", interaction.id(), interaction.token());
            let response = json!({ "type": 4, "data": { "content": "here you are" } });
            let sent: Result<(), String> = http.send(Method::POST, &path, &response).await;
            sent.expect("the stand-in takes the answer");
        }
        _ => {}
    }
}

/// A client in the background.
struct Running(JoinHandle<Option<u16>>);

impl Running {
    /// The code with which its connection is closed for good.
    async fn closed_with(self) -> Option<u16> {
        let code = tokio::time::timeout(TIME_OUT, self.0).await;
        code.expect("it ends").expect("it does not panic")
    }
}

fn connect(standin: &Standin, token: &str, intents: Intents) -> Running {
    let config = ConfigBuilder::new(token.to_owned(), intents).proxy_url(standin.gateway_url()).build();
    let mut shard = Shard::with_config(ShardId::ONE, config);
    let http = http(standin, token);
    Running(tokio::spawn(async move {
        let mut code = None;
        while let Some(item) = shard.next().await {
            match item.expect("the stand-in can be reached and read") {
                twilight_gateway::Message::Text(text) => {
                    answer(&http, &serde_json::from_str(&text).expect("an event is JSON")).await;
                }
                twilight_gateway::Message::Close(frame) => code = frame.map(|frame| frame.code),
            }
        }
        code
    }))
}

/// A client that is ready.
async fn echo(standin: &Standin) -> Running {
    let client = connect(standin, &token(), INTENTS);
    standin.ready(1).await;
    client
}
