//! How replies leave: as the answer to an interaction, as an edit of it, as a second message, or as a message of their own.

use serde::Serialize;
use serenity::all::{
    ApplicationId, CommandInteraction, ComponentInteraction, CreateAttachment, CreateInteractionResponse,
    InteractionId, Message,
};
use serenity::http::{LightMethod, Multipart, MultipartUpload, Request as HttpRequest, Route};
use tokio::task::spawn_blocking;
use tokio::time::Instant;
use tracing::{error, warn};

use super::super::super::picture;
use super::super::door::Door;
use super::super::rest::{Repeat, RestError};
use super::super::settling::Change;
use super::super::to_discord;
use super::{ANSWER_WITHIN, Answering, MESSAGE_WITHIN};
use crate::presentation::reply::Reply;
use crate::presentation::wording;

impl Answering {
    /// Adds the picture to an answer, if it has one, and sees to it that the newest answer of a message stays.
    pub(super) async fn settle(&self, here: &Here<'_>, mut change: Change<'_>, reply: &Reply) {
        change.responded();
        if reply.chart.is_none() && !change.is_contested {
            return;
        }
        let picture = self.draw(reply).await;
        here.door.answered().await;
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

    pub(super) async fn post(&self, here: &Here<'_>, reply: &Reply) {
        let picture = self.draw(reply).await;
        here.door.answered().await;
        let post = to_discord::follow_up(reply, picture.as_ref());
        if let Err(error) = self.follow_up(here, &post, picture.as_ref()).await {
            warn!("an answer could not be shared: {error}; {}", error.remedy());
            let remark = to_discord::follow_up_remark(wording::CANNOT_SHARE);
            if let Err(error) = self.follow_up(here, &remark, None).await {
                warn!("the asker could not be told so: {error}; {}", error.remedy());
            }
        }
    }

    /// Acknowledges first, then deletes the message that the button stands under.
    pub(super) async fn delete(&self, here: &Here<'_>) {
        if !self.respond(here, &CreateInteractionResponse::Acknowledge).await {
            return;
        }
        here.door.answered().await;
        let (application_id, token) = (here.application, here.token);
        let route = Route::WebhookOriginalInteractionResponse { application_id, token };
        match self.rest.send(HttpRequest::new(route, LightMethod::Delete), MESSAGE_WITHIN).await {
            // It is gone, which is what was wanted.
            Ok(_) | Err(RestError::Status { status: 404, .. }) => {}
            Err(error) => warn!("an answer could not be deleted: {error}; delete it by hand"),
        }
    }

    async fn follow_up(
        &self,
        here: &Here<'_>,
        message: &impl Serialize,
        picture: Option<&CreateAttachment>,
    ) -> Result<(), RestError> {
        let (application_id, token) = (here.application, here.token);
        let request = HttpRequest::new(Route::WebhookFollowupMessages { application_id, token }, LightMethod::Post);
        let request = with_body(request, message, picture)?;
        // A follow-up has no nonce, so a second one would be seen.
        self.rest.send_repeatably(request, MESSAGE_WITHIN, Repeat::Unsafe).await.map(drop)
    }

    /// Answers an interaction; says whether that worked.
    pub(super) async fn respond(&self, here: &Here<'_>, response: &CreateInteractionResponse) -> bool {
        self.respond_with(here, json(response)).await
    }

    /// The same by an answer in Discord's form.
    pub(super) async fn respond_with(&self, here: &Here<'_>, body: Result<Vec<u8>, RestError>) -> bool {
        let sent = async {
            let body = body?;
            let Door::Callback = here.door else { return here.door.answer(body) };
            let route = Route::InteractionResponse { interaction_id: here.id, token: here.token };
            let request = HttpRequest::new(route, LightMethod::Post).body(Some(body));
            self.rest.send(request, ANSWER_WITHIN).await.map(drop)
        };
        match sent.await {
            Ok(()) => {
                self.metrics.took(here.since);
                true
            }
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

    /// Draws the chart of a reply, if it has one, on a thread where others do not wait for it.
    pub(super) async fn draw(&self, reply: &Reply) -> Option<CreateAttachment> {
        let chart = reply.chart.clone()?;
        let place = self.room.to_draw().await;
        let drawn = spawn_blocking(move || {
            let picture = picture::png(&chart).map(|png| to_discord::picture(&chart, png));
            drop(place);
            picture
        });
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

    pub(super) async fn send_message(
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

/// An interaction and the way by which it is answered.
pub(super) struct Here<'i> {
    pub(super) id: InteractionId,
    pub(super) application: ApplicationId,
    pub(super) token: &'i str,
    pub(super) door: &'i Door,
    /// When it came in.
    pub(super) since: Instant,
}

impl<'i> Here<'i> {
    pub(super) fn new(id: InteractionId, application: ApplicationId, token: &'i str, door: &'i Door) -> Self {
        Self { id, application, token, door, since: Instant::now() }
    }

    pub(super) fn of_command(interaction: &'i CommandInteraction, door: &'i Door) -> Self {
        Self::new(interaction.id, interaction.application_id, &interaction.token, door)
    }

    pub(super) fn of_component(interaction: &'i ComponentInteraction, door: &'i Door) -> Self {
        Self::new(interaction.id, interaction.application_id, &interaction.token, door)
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

/// Discord's form of something.
pub(super) fn json(value: &impl Serialize) -> Result<Vec<u8>, RestError> {
    serde_json::to_vec(value).map_err(|error| RestError::Unreadable(error.to_string()))
}
