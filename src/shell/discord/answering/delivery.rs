//! How replies leave: as the answer to an interaction, as a second message after it, or as a message of their own.

use std::time::Duration;

use reqwest::Method;
use serde::Serialize;
use serenity::all::{
    ApplicationId, CommandInteraction, ComponentInteraction, CreateAttachment, CreateInteractionResponse,
    InteractionId, Message,
};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, timeout};
use tracing::{error, warn};

use super::super::super::picture;
use super::super::limits::Permit;
use super::super::request::{Request as HttpRequest, Route};
use super::super::rest::{Repeat, RestError};
use super::super::translate::to_discord;
use super::super::transport::{HttpAnswer, Transport};
use super::{ANSWER_WITHIN, Answering, MESSAGE_WITHIN};
use crate::presentation::reply::Reply;
use crate::presentation::wording;

/// How long something that follows an answer may take. Nobody waits for it, but it takes a permit.
const FOLLOW_UP_WITHIN: Duration = Duration::from_secs(10);

/// Discord's code for an interaction that it no longer knows.
const UNKNOWN_INTERACTION: u64 = 10062;

/// An interaction and the way by which it is answered.
pub(super) struct Here<'i> {
    pub(super) id: InteractionId,
    pub(super) application: ApplicationId,
    pub(super) token: &'i str,
    pub(super) transport: &'i Transport,
    /// When it came in.
    pub(super) since: Instant,
}

/// The body of an answer to an interaction, and what goes with it.
pub(super) struct Response<'p> {
    pub(super) body: Result<Vec<u8>, RestError>,
    pub(super) picture: Option<&'p CreateAttachment>,
    /// Whether something is done that must not come before the answer.
    pub(super) is_followed: bool,
}

impl<'i> Here<'i> {
    pub(super) fn new(id: InteractionId, application: ApplicationId, token: &'i str, transport: &'i Transport) -> Self {
        Self { id, application, token, transport, since: Instant::now() }
    }

    pub(super) fn of_command(interaction: &'i CommandInteraction, transport: &'i Transport) -> Self {
        Self::new(interaction.id, interaction.application_id, &interaction.token, transport)
    }

    pub(super) fn of_component(interaction: &'i ComponentInteraction, transport: &'i Transport) -> Self {
        Self::new(interaction.id, interaction.application_id, &interaction.token, transport)
    }
}

impl<'p> Response<'p> {
    /// An answer that nothing follows.
    pub(super) fn of(response: &CreateInteractionResponse, picture: Option<&'p CreateAttachment>) -> Self {
        Self { body: json(response), picture, is_followed: false }
    }
}

impl Answering {
    /// Answers an interaction; says whether that worked.
    pub(super) async fn respond(&self, here: &Here<'_>, response: Response<'_>) -> bool {
        let sent = async {
            let body = response.body?;
            if matches!(here.transport, Transport::Http(_)) {
                if response.picture.is_none() && !response.is_followed {
                    return here.transport.answer(HttpAnswer::Now(body));
                }
                here.transport.answer(HttpAnswer::ByCallback)?;
            }
            let route = Route::InteractionResponse { interaction_id: here.id, token: here.token };
            let request = with_body(HttpRequest::new(route, Method::POST), body, response.picture);
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

    /// Posts a private answer for everyone, after the answer to the person who shares it; `permit` is the one of that answer.
    pub(super) async fn post(
        &self,
        here: &Here<'_>,
        permit: Permit,
        reply: &Reply,
        picture: Option<&CreateAttachment>,
    ) {
        let Some(_follow_up) = self.begin_follow_up(permit).await else { return };
        let posted = json(&to_discord::follow_up(reply, picture));
        if let Err(error) = self.follow_up(here, posted, picture).await {
            warn!("an answer could not be shared: {error}; {}", error.remedy());
            let remark = json(&to_discord::follow_up_remark(wording::CANNOT_SHARE));
            if let Err(error) = self.follow_up(here, remark, None).await {
                warn!("the asker got no notice of that: {error}; {}", error.remedy());
            }
        }
    }

    /// Acknowledges first, then deletes the message that the button stands under.
    pub(super) async fn delete(&self, here: &Here<'_>, permit: Permit) {
        let body = json(&CreateInteractionResponse::Acknowledge);
        if !self.respond(here, Response { body, picture: None, is_followed: true }).await {
            return;
        }
        let Some(_follow_up) = self.begin_follow_up(permit).await else { return };
        let (application_id, token) = (here.application, here.token);
        let route = Route::WebhookOriginalInteractionResponse { application_id, token };
        match self.rest.send(HttpRequest::new(route, Method::DELETE), FOLLOW_UP_WITHIN).await {
            // It is deleted already, which is what was wanted.
            Ok(_) | Err(RestError::Status { status: 404, .. }) => {}
            Err(error) => warn!("an answer could not be deleted: {error}; delete it by hand"),
        }
    }

    /// Exchanges the permit of an answer for one of a follow-up, so that no answer waits for what follows others.
    async fn begin_follow_up(&self, permit: Permit) -> Option<Permit> {
        drop(permit);
        self.concurrency.for_follow_up(FOLLOW_UP_WITHIN).await
    }

    async fn follow_up(
        &self,
        here: &Here<'_>,
        body: Result<Vec<u8>, RestError>,
        picture: Option<&CreateAttachment>,
    ) -> Result<(), RestError> {
        let (application_id, token) = (here.application, here.token);
        let request = HttpRequest::new(Route::WebhookFollowupMessages { application_id, token }, Method::POST);
        let request = with_body(request, body?, picture);
        // A follow-up has no nonce, so a second one would be visible.
        self.rest.send_repeatably(request, FOLLOW_UP_WITHIN, Repeat::Unsafe).await.map(drop)
    }

    /// Draws the chart of a reply, if it has one, on a thread where others do not wait for it. Nothing if the picture is
    /// not there in time: the words say the same.
    pub(super) async fn draw(&self, reply: &Reply) -> Option<CreateAttachment> {
        let chart = reply.chart.clone()?;
        let drawn = async {
            let permit = self.concurrency.to_draw().await;
            let drawn = spawn_blocking(move || {
                let picture = picture::png(&chart).map(|png| to_discord::picture(&chart, png));
                drop(permit);
                picture
            });
            drawn.await
        };
        match timeout(self.picture_within, drawn).await {
            Ok(Ok(Ok(picture))) => Some(picture),
            Ok(Ok(Err(error))) => {
                warn!("{error}; {}", error.remedy());
                None
            }
            Ok(Err(error)) => {
                warn!("a picture could not be drawn: {error}; report it as a fault of versus");
                None
            }
            Err(_) => {
                self.metrics.picture_left_out();
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
        let request = HttpRequest::new(Route::ChannelMessages { channel_id: to.channel_id }, Method::POST);
        let request = with_body(request, json(&to_discord::message(reply, to, picture))?, picture);
        // The nonce makes a second try safe.
        self.rest.send(request, MESSAGE_WITHIN).await.map(drop)
    }
}

/// A request with a body, as a form where a picture goes with it.
fn with_body<'r>(request: HttpRequest<'r>, body: Vec<u8>, picture: Option<&CreateAttachment>) -> HttpRequest<'r> {
    match picture {
        Some(picture) => request.form(body, picture.clone()),
        None => request.json(body),
    }
}

/// Discord's form of something.
pub(super) fn json(value: &impl Serialize) -> Result<Vec<u8>, RestError> {
    serde_json::to_vec(value).map_err(|error| RestError::Unreadable(error.to_string()))
}
