//! What happens at each event: translate, answer, present, send. Each event is handled once and ends in one log line at most.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serde::Serialize;
use serenity::all::{
    ApplicationId, CommandInteraction, ComponentInteraction, Context, CreateAttachment, CreateInteractionResponse,
    EventHandler, Interaction, InteractionId, Message, Ready, UserId,
};
use serenity::async_trait;
use serenity::http::{LightMethod, Multipart, MultipartUpload, Request as HttpRequest, Route};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use tracing::{error, info, warn};

use super::super::picture;
use super::from_discord::{self, Asked};
use super::press::Effect;
use super::rest::{Repeat, Rest, RestError};
use super::settling::{Change, Settling};
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
    settling: Settling,
}

impl Handler {
    pub(super) fn new(core: Arc<Core>, rest: Arc<Rest>) -> Self {
        let room = Semaphore::new(AT_ONCE as usize);
        Self { core, rest, me: OnceLock::new(), room, settling: Settling::default() }
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
        let Some(mut asked) = from_discord::command(interaction) else {
            let remark = to_discord::remark(wording::UNKNOWN_COMMAND);
            self.respond(interaction.id, &interaction.token, &remark).await;
            return;
        };
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
        let response = to_discord::answer(&reply, asked.reader.audience == Audience::OnlyAsker);
        let here = Here::new(interaction.id, interaction.application_id, &interaction.token, interaction.id.get());
        self.respond_and_draw(&here, &response, &reply).await;
    }

    async fn complete(&self, interaction: &CommandInteraction) {
        let topics = self.core.complete(&from_discord::typed(interaction), limits::CHOICES);
        self.respond(interaction.id, &interaction.token, &to_discord::choices(&choices(&topics))).await;
    }

    async fn press(&self, interaction: &ComponentInteraction) {
        let press = from_discord::press(interaction);
        let asker = interaction.user.id.get();
        let (audience, only_asker) = (press.audience, Audience::OnlyAsker);
        let here = |message| Here::new(interaction.id, interaction.application_id, &interaction.token, message);
        let remark = match press.effect() {
            Effect::Share(shown) if !self.is_gone(&shown) => return self.share(interaction, shown).await,
            Effect::Replace(shown) | Effect::Share(shown) => {
                let reply = self.show(shown, &Reader { asker, audience, question: None });
                let here = here(from_discord::answered(interaction));
                self.respond_and_draw(&here, &to_discord::update(&reply), &reply).await;
                return;
            }
            Effect::ShowPrivately(shown) => {
                let reply = self.show(shown, &Reader { asker, audience: only_asker, question: None });
                let here = here(interaction.id.get());
                self.respond_and_draw(&here, &to_discord::answer(&reply, true), &reply).await;
                return;
            }
            Effect::Delete => return self.delete(interaction).await,
            Effect::RefuseToDelete => wording::NOT_YOURS,
            Effect::Unknown => wording::UNKNOWN_BUTTON,
        };
        self.respond(interaction.id, &interaction.token, &to_discord::remark(remark)).await;
    }

    /// Answers an interaction at once, and adds the picture as soon as it is drawn.
    async fn respond_and_draw(&self, here: &Here<'_>, response: &CreateInteractionResponse, reply: &Reply) {
        let change = self.settling.begin(here.message, here.interaction.get());
        if self.respond(here.interaction, here.token, response).await {
            self.settle(here, change, reply).await;
        }
    }

    /// Adds the picture to an answer, if it has one, and sees to it that the newest answer of a message stays.
    async fn settle(&self, here: &Here<'_>, mut change: Change<'_>, reply: &Reply) {
        change.responded();
        if reply.chart.is_none() && !change.is_contested {
            return;
        }
        let picture = draw(reply).await;
        let Some(_turn) = change.turn().await else { return };
        let (application_id, token) = (here.application, here.token);
        let route = Route::WebhookOriginalInteractionResponse { application_id, token };
        let request = HttpRequest::new(route, LightMethod::Patch);
        let sent = async {
            let request = with_body(request, &to_discord::edit(reply, picture.as_ref()), picture.as_ref())?;
            self.rest.send(request, MESSAGE_WITHIN).await
        };
        match sent.await {
            // The answer was deleted meanwhile.
            Ok(_) | Err(RestError::Status { status: 404, .. }) => {}
            Err(error) => warn!("a picture could not be added to an answer: {error}; {}", error.remedy()),
        }
    }

    /// Posts a private answer for everyone. The button goes first, so that pressing it twice posts once.
    async fn share(&self, interaction: &ComponentInteraction, shown: Shown) {
        let asker = interaction.user.id.get();
        let reader = |audience| Reader { asker, audience, question: None };
        let without_button = self.show(shown.clone(), &reader(Audience::Shared));
        let message = from_discord::answered(interaction);
        let here = Here::new(interaction.id, interaction.application_id, &interaction.token, message);
        let mut change = self.settling.begin(message, interaction.id.get());
        if !self.respond(interaction.id, &interaction.token, &to_discord::update(&without_button)).await {
            return;
        }
        change.responded();
        self.post(interaction, &self.show(shown, &reader(Audience::Everyone))).await;
        self.settle(&here, change, &without_button).await;
    }

    async fn post(&self, interaction: &ComponentInteraction, reply: &Reply) {
        let picture = draw(reply).await;
        let post = to_discord::follow_up(reply, picture.as_ref());
        if let Err(error) = self.follow_up(interaction, &post, picture.as_ref()).await {
            warn!("an answer could not be shared: {error}; {}", error.remedy());
            let remark = to_discord::follow_up_remark(wording::CANNOT_SHARE);
            if let Err(error) = self.follow_up(interaction, &remark, None).await {
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

    async fn follow_up(
        &self,
        interaction: &ComponentInteraction,
        message: &impl Serialize,
        picture: Option<&CreateAttachment>,
    ) -> Result<(), RestError> {
        let (application_id, token): (ApplicationId, _) = (interaction.application_id, interaction.token.as_str());
        let request = HttpRequest::new(Route::WebhookFollowupMessages { application_id, token }, LightMethod::Post);
        let request = with_body(request, message, picture)?;
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
        let picture = draw(&reply).await;
        let mut sent = self.send_message(message, &reply, picture.as_ref()).await;
        // Where pictures are not allowed the words are.
        if picture.is_some() && matches!(sent, Err(RestError::Status { status: 403, .. })) {
            sent = self.send_message(message, &reply, None).await;
        }
        if let Err(error) = sent {
            let channel = message.channel_id;
            warn!("a message in channel {channel} could not be answered: {error}; {}", error.remedy());
        }
    }

    async fn send_message(
        &self,
        to: &Message,
        reply: &Reply,
        picture: Option<&CreateAttachment>,
    ) -> Result<(), RestError> {
        let request = HttpRequest::new(Route::ChannelMessages { channel_id: to.channel_id }, LightMethod::Post);
        let request = with_body(request, &to_discord::message(reply, to, picture), picture)?;
        // The nonce makes a second try safe.
        self.rest.send(request, MESSAGE_WITHIN).await.map(drop)
    }
}

/// An interaction and the message in which it is answered.
struct Here<'i> {
    interaction: InteractionId,
    application: ApplicationId,
    token: &'i str,
    /// The id of what the message answers, under which its edits meet.
    message: u64,
}

impl<'i> Here<'i> {
    fn new(interaction: InteractionId, application: ApplicationId, token: &'i str, message: u64) -> Self {
        Self { interaction, application, token, message }
    }
}

/// Draws the chart of a reply, if it has one, on a thread where others do not wait for it.
async fn draw(reply: &Reply) -> Option<CreateAttachment> {
    let chart = reply.chart.clone()?;
    let drawn = spawn_blocking(move || picture::png(&chart).map(|png| to_discord::picture(&chart, png)));
    match drawn.await {
        Ok(Ok(picture)) => Some(picture),
        Ok(Err(error)) => {
            warn!("{error}; report it as a fault of versus");
            None
        }
        Err(error) => {
            warn!("a picture could not be drawn: {error}; report it as a fault of versus");
            None
        }
    }
}

/// A request with a body, as a form where a picture goes with it.
fn with_body<'r>(
    request: HttpRequest<'r>,
    body: &impl Serialize,
    picture: Option<&CreateAttachment>,
) -> Result<HttpRequest<'r>, RestError> {
    let body = json(body)?;
    let Some(picture) = picture else { return Ok(request.body(Some(body))) };
    let payload = String::from_utf8(body).map_err(|error| RestError::Unreadable(error.to_string()))?;
    let upload = MultipartUpload::Attachments(vec![picture.clone()]);
    Ok(request.multipart(Some(Multipart { upload, fields: Vec::new(), payload_json: Some(payload) })))
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
