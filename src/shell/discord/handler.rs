//! The events of the gateway.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use serenity::all::{Context, EventHandler, Guild, Interaction, Message, Ready, UnavailableGuild, UserId};
use serenity::async_trait;
use tracing::info;

use super::answering::Answering;
use super::door::Door;

/// Handles the events of the gateway.
pub(super) struct Handler {
    answering: Arc<Answering>,
    me: OnceLock<UserId>,
}

impl Handler {
    pub(super) fn new(answering: Arc<Answering>) -> Self {
        Self { answering, me: OnceLock::new() }
    }
}

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, _: Context, ready: Ready) {
        // Every session says the same, so only the first counts.
        let _ = self.me.set(ready.user.id);
        let (shard, shards) = ready.shard.map_or((0, 1), |shard| (shard.id.0, shard.total.max(1)));
        info!("ready on shard {shard}");
        // The bot may have been removed from a server while it did not run.
        let here: BTreeSet<u64> = ready.guilds.iter().map(|guild| guild.id.get()).collect();
        let of_shard = |server: u64| (server >> 22) % u64::from(shards) == u64::from(shard);
        self.answering.store().leave_all(|server| of_shard(server) && !here.contains(&server)).await;
    }

    async fn guild_delete(&self, _: Context, guild: UnavailableGuild, _: Option<Guild>) {
        // A server that is out of order comes back.
        if !guild.unavailable {
            self.answering.store().leave(guild.id.get()).await;
        }
    }

    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        self.answering.interaction(&interaction, &Door::Callback).await;
    }

    async fn message(&self, _: Context, message: Message) {
        if let Some(me) = self.me.get() {
            self.answering.message(&message, *me).await;
        }
    }
}
