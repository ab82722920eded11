//! What happens at each event: translate, answer, present, send. Each event is handled once and ends in one log line at most.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serde::Serialize;
use serenity::all::{
    ApplicationId, CommandInteraction, ComponentInteraction, Context, CreateInteractionResponse, EventHandler,
    Interaction, InteractionId, Message, Ready, UserId,
};
use serenity::async_trait;
use serenity::http::{LightMethod, Request as HttpRequest, Route};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tracing::{error, info, warn};

use super::from_discord::{self, Asked};
use super::press::Effect;
use super::rest::{Repeat, Rest, RestError};
use super::to_discord;
use crate::domain::answer::{Answer, Core};
use crate::domain::knowledge::Knowledge;
use crate::domain::request::{Request, Shown};
use crate::presentation::reply::Reply;
use crate::presentation::{Audience, Reader, choices, limits, present, wording};

/// An interaction has to be answered within 3 s; this leaves some of it for the way.
const ANSWER_WITHIN: Duration = Duration::from_millis(2_500);
/// How long a message is tried to be sent; later, nobody waits for it any more.
const MESSAGE_WITHIN: Duration = Duration::from_secs(60);
/// Events that are handled at the same time; more wait for their turn.
const AT_ONCE: u32 = 256;

/// Handles the events of the gateway.
pub(super) struct Handler {
    core: Arc<Core>,
    rest: Arc<Rest>,
    me: OnceLock<UserId>,
    room: Semaphore,
}

impl Handler {
    pub(super) fn new(core: Arc<Core>, rest: Arc<Rest>) -> Self {
        Self { core, rest, me: OnceLock::new(), room: Semaphore::new(AT_ONCE as usize) }
    }

    /// Waits until what is on its way has been sent, but no longer than `within`.
    pub(super) async fn drain(&self, within: Duration) {
        if timeout(within, self.room.acquire_many(AT_ONCE)).await.is_err() {
            warn!("stopped although some answers were still on their way; look whether Discord was slow");
        }
    }

    pub(super) fn knowledge(&self) -> &Knowledge {
        self.core.knowledge()
    }

    fn is_gone(&self, shown: &Shown) -> bool {
        matches!(self.core.answer(&Request::Show(shown.clone())), Answer::Gone)
    }

    fn show(&self, shown: Shown, reader: &Reader) -> Reply {
        present(self.core.knowledge(), &self.core.answer(&Request::Show(shown)), reader)
    }

    async fn command(&self, interaction: &CommandInteraction) {
        let response = match from_discord::command(interaction) {
            Some(mut asked) => {
                let answer = self.core.answer(&asked.request);
                // That nothing was found concerns only the one who asked.
                if matches!(answer, Answer::Unknown | Answer::Empty) {
                    asked.reader.audience = Audience::OnlyAsker;
                }
                // The title says what a topic's name would say again.
                if matches!((&asked.request, &answer), (Request::Compare(text), Answer::Comparison(topic, _)) if *text == topic.id)
                {
                    asked.reader.question = None;
                }
                let reply = present(self.core.knowledge(), &answer, &asked.reader);
                to_discord::answer(&reply, asked.reader.audience == Audience::OnlyAsker)
            }
            None => to_discord::remark(wording::UNKNOWN_COMMAND),
        };
        self.respond(interaction.id, &interaction.token, &response).await;
    }

    async fn complete(&self, interaction: &CommandInteraction) {
        let topics = self.core.complete(&from_discord::typed(interaction), limits::CHOICES);
        self.respond(interaction.id, &interaction.token, &to_discord::choices(&choices(&topics))).await;
    }

    async fn press(&self, interaction: &ComponentInteraction) {
        let press = from_discord::press(interaction);
        let asker = interaction.user.id.get();
        let (audience, only_asker) = (press.audience, Audience::OnlyAsker);
        let response = match press.effect() {
            Effect::Share(shown) if !self.is_gone(&shown) => return self.share(interaction, shown).await,
            Effect::Replace(shown) | Effect::Share(shown) => {
                let reader = Reader { asker, audience, question: None };
                to_discord::update(&self.show(shown, &reader))
            }
            Effect::ShowPrivately(shown) => {
                let reader = Reader { asker, audience: only_asker, question: None };
                to_discord::answer(&self.show(shown, &reader), true)
            }
            Effect::Delete => return self.delete(interaction).await,
            Effect::RefuseToDelete => to_discord::remark(wording::NOT_YOURS),
            Effect::Unknown => to_discord::remark(wording::UNKNOWN_BUTTON),
        };
        self.respond(interaction.id, &interaction.token, &response).await;
    }

    /// Posts a private answer for everyone. The button goes first, so that pressing it twice posts once.
    async fn share(&self, interaction: &ComponentInteraction, shown: Shown) {
        let asker = interaction.user.id.get();
        let reader = |audience| Reader { asker, audience, question: None };
        let without_button = self.show(shown.clone(), &reader(Audience::Shared));
        if !self.respond(interaction.id, &interaction.token, &to_discord::update(&without_button)).await {
            return;
        }
        let post = to_discord::follow_up(&self.show(shown, &reader(Audience::Everyone)));
        if let Err(error) = self.follow_up(interaction, &post).await {
            warn!("an answer could not be shared: {error}; {}", error.remedy());
            let remark = to_discord::follow_up_remark(wording::CANNOT_SHARE);
            if let Err(error) = self.follow_up(interaction, &remark).await {
                warn!("the asker could not be told so: {error}; {}", error.remedy());
            }
        }
    }

    /// Acknowledges first, then deletes the message that the button stands under.
    async fn delete(&self, interaction: &ComponentInteraction) {
        if !self.respond(interaction.id, &interaction.token, &CreateInteractionResponse::Acknowledge).await {
            return;
        }
        let (application_id, token) = (interaction.application_id, interaction.token.as_str());
        let route = Route::WebhookOriginalInteractionResponse { application_id, token };
        match self.rest.send(HttpRequest::new(route, LightMethod::Delete), MESSAGE_WITHIN).await {
            // It is gone, which is what was wanted.
            Ok(_) | Err(RestError::Status { status: 404, .. }) => {}
            Err(error) => warn!("an answer could not be deleted: {error}; delete it by hand"),
        }
    }

    async fn follow_up(&self, interaction: &ComponentInteraction, message: &impl Serialize) -> Result<(), RestError> {
        let (application_id, token): (ApplicationId, _) = (interaction.application_id, interaction.token.as_str());
        let request = HttpRequest::new(Route::WebhookFollowupMessages { application_id, token }, LightMethod::Post);
        let request = request.body(Some(json(message)?));
        // A follow-up has no nonce, so a second one would be seen.
        self.rest.send_repeatably(request, MESSAGE_WITHIN, Repeat::Unsafe).await.map(drop)
    }

    /// Answers an interaction; says whether that worked.
    async fn respond(&self, interaction_id: InteractionId, token: &str, response: &CreateInteractionResponse) -> bool {
        let sent = async {
            let route = Route::InteractionResponse { interaction_id, token };
            let request = HttpRequest::new(route, LightMethod::Post).body(Some(json(response)?));
            self.rest.send(request, ANSWER_WITHIN).await
        };
        match sent.await {
            Ok(_) => true,
            Err(RestError::Status { code: UNKNOWN_INTERACTION, .. }) => {
                warn!("an interaction expired before its answer; the machine or its network is too slow");
                false
            }
            Err(error) => {
                error!("an interaction could not be answered: {error}; {}", error.remedy());
                false
            }
        }
    }

    async fn answer_message(&self, message: &Message, asked: &Asked) {
        let reply = present(self.core.knowledge(), &self.core.answer(&asked.request), &asked.reader);
        let sent = async {
            let route = Route::ChannelMessages { channel_id: message.channel_id };
            let body = json(&to_discord::message(&reply, message))?;
            // The nonce makes a second try safe.
            self.rest.send(HttpRequest::new(route, LightMethod::Post).body(Some(body)), MESSAGE_WITHIN).await
        };
        if let Err(error) = sent.await {
            let channel = message.channel_id;
            warn!("a message in channel {channel} could not be answered: {error}; {}", error.remedy());
        }
    }
}

/// Discord's code for an interaction that it no longer knows.
const UNKNOWN_INTERACTION: u64 = 10062;

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, _: Context, ready: Ready) {
        // Every session says the same, so only the first counts.
        let _ = self.me.set(ready.user.id);
        let shard = ready.shard.map_or(0, |shard| shard.id.0);
        info!("ready on shard {shard}");
    }

    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        let Ok(_room) = self.room.acquire().await else { return };
        match interaction {
            Interaction::Command(command) => self.command(&command).await,
            Interaction::Autocomplete(typing) => self.complete(&typing).await,
            Interaction::Component(component) => self.press(&component).await,
            Interaction::Modal(modal) => {
                let remark = to_discord::remark(wording::UNKNOWN_BUTTON);
                self.respond(modal.id, &modal.token, &remark).await;
            }
            _ => {}
        }
    }

    async fn message(&self, _: Context, message: Message) {
        let Some(me) = self.me.get() else { return };
        let Some(asked) = from_discord::message(&message, *me) else { return };
        let Ok(_room) = self.room.acquire().await else { return };
        self.answer_message(&message, &asked).await;
    }
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, RestError> {
    serde_json::to_vec(value).map_err(|error| RestError::Unreadable(error.to_string()))
}
