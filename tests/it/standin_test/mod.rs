//! The stand-in by itself: serenity, which speaks with the real Discord, must not tell the difference.

mod checks;
mod events;
mod gateway;
mod rest;

use std::sync::Arc;

use serenity::all::{
    Context, CreateInteractionResponse, CreateInteractionResponseMessage, EventHandler, GatewayIntents, Interaction,
    Message,
};
use serenity::async_trait;
use serenity::client::ClientBuilder;
use serenity::gateway::ShardManager;
use serenity::http::{Http, HttpBuilder};
use tokio::task::JoinHandle;

use crate::standin::{Standin, TIME_OUT, token};

const INTENTS: GatewayIntents = GatewayIntents::GUILD_MESSAGES.union(GatewayIntents::DIRECT_MESSAGES);

/// Repeats what it reads, and answers every command.
struct Echo;

#[async_trait]
impl EventHandler for Echo {
    async fn message(&self, context: Context, message: Message) {
        let text = format!("you wrote {:?}", message.content);
        let sent = message.channel_id.say(&context.http, text).await;
        sent.expect("the stand-in's answer parses");
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let text = CreateInteractionResponseMessage::new().content("here you are");
        let response = CreateInteractionResponse::Message(text);
        let (id, token) = (interaction.id(), interaction.token());
        let sent = context.http.create_interaction_response(id, token, &response, Vec::new());
        sent.await.expect("the stand-in takes the answer");
    }
}

/// serenity's REST client, pointed at the stand-in.
fn http(standin: &Standin, token: &str) -> Http {
    HttpBuilder::new(token)
        .proxy(standin.url())
        .ratelimiter_disabled(true)
        .application_id(1_100_000_000_000_000_001.into())
        .build()
}

/// serenity in the background.
struct Running {
    shards: Arc<ShardManager>,
    task: JoinHandle<serenity::Result<()>>,
}

impl Running {
    async fn stop(self) {
        self.shards.shutdown_all().await;
        let ended = self.task.await.expect("it does not panic");
        ended.expect("it ends in peace");
    }

    /// The error with which it ends by itself.
    async fn error(self) -> String {
        let result = tokio::time::timeout(TIME_OUT, self.task).await;
        let result = result.expect("it ends").expect("it does not panic");
        result.expect_err("it ends with an error").to_string()
    }
}

async fn connect(standin: &Standin, token: &str, intents: GatewayIntents) -> Running {
    let builder = ClientBuilder::new_with_http(http(standin, token), intents);
    let mut client = builder.event_handler(Echo).await.expect("a client");
    let shards = Arc::clone(&client.shard_manager);
    let task = tokio::spawn(async move { client.start().await });
    Running { shards, task }
}

/// A client that is ready.
async fn echo(standin: &Standin) -> Running {
    let client = connect(standin, &token(), INTENTS).await;
    standin.ready(1).await;
    client
}
