//! The bot of this comparison in bare serenity, as its examples would write it.

use std::env;
use std::sync::OnceLock;

use serenity::all::{
    ClientBuilder, CommandInteraction, Context, CreateAllowedMentions, CreateEmbed, CreateEmbedFooter,
    CreateInteractionResponse, CreateInteractionResponseMessage, CreateMessage, EventHandler, GatewayIntents,
    HttpBuilder, Interaction, Mentionable, Message, Ready, UserId,
};
use serenity::async_trait;

#[derive(Default)]
struct Handler {
    /// Without a cache, `Message::mentions_me` would ask the REST API who the bot is, each time.
    me: OnceLock<UserId>,
}

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, _: Context, ready: Ready) {
        self.me.get_or_init(|| ready.user.id);
        println!("ready");
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let Interaction::Command(command) = interaction else { return };
        if command.data.name != "compare" {
            return;
        }
        let message = CreateInteractionResponseMessage::new()
            .embed(answer(topic(&command)))
            .allowed_mentions(CreateAllowedMentions::new());
        if let Err(error) = command.create_response(&context.http, CreateInteractionResponse::Message(message)).await {
            eprintln!("cannot answer: {error}");
        }
    }

    async fn message(&self, context: Context, message: Message) {
        let Some(me) = self.me.get() else { return };
        if message.author.bot || !message.mentions_user_id(*me) {
            return;
        }
        let topic = message.content.replace(&me.mention().to_string(), "");
        let reply = CreateMessage::new()
            .reference_message(&message)
            .embed(answer(topic.trim()))
            .allowed_mentions(CreateAllowedMentions::new());
        if let Err(error) = message.channel_id.send_message(&context.http, reply).await {
            eprintln!("cannot reply: {error}");
        }
    }
}

fn topic(command: &CommandInteraction) -> &str {
    let option = command.data.options.iter().find(|option| option.name == "topic");
    option.and_then(|option| option.value.as_str()).unwrap_or_default()
}

/// The same for every topic; all bots of this comparison say it.
fn answer(topic: &str) -> CreateEmbed {
    CreateEmbed::new()
        .title(format!("Python or Node.js: {topic}"))
        .description(
            "Both do the job well, and for most teams the skills at hand decide. Python leads where data, science and \
             machine learning matter; Node.js leads where many connections stay open at once and the front end speaks \
             JavaScript anyway. Measure your own case before you rewrite anything; it often surprises.",
        )
        .field("Python", "Reads like prose, and has a library for every science.", true)
        .field("Node.js", "One language for both ends, and waits for many at once.", true)
        .footer(CreateEmbedFooter::new("A fixed answer, to measure how fast it is given"))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = env::var("DISCORD_TOKEN")?;
    let address = env::var("DISCORD_API_URL")?;
    // Serenity's rate limiter sends its requests past the proxy, to Discord itself.
    let http = HttpBuilder::new(token).proxy(address).ratelimiter_disabled(true).build();
    let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    let mut client = ClientBuilder::new_with_http(http, intents).event_handler(Handler::default()).await?;
    client.start().await?;
    Ok(())
}
