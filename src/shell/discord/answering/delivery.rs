//! How the answers to interactions leave, and what follows them.

use axum::http::Method;
use serde::{Deserialize, Serialize};
use serenity::all::{ApplicationId, CreateAttachment, InteractionId, MessageId};
use tokio::time::Instant;
use tracing::debug;

use super::super::limits::{Deadlines, Permit, Upload, error_seldom, warn_seldom};
use super::super::remedies::UNKNOWN_INTERACTION;
use super::super::request::{Request as HttpRequest, Route};
use super::super::rest::{Answer, Repeat, RestError};
use super::super::translate::received::Interaction;
use super::super::translate::to_discord::{self, Form, Response};
use super::super::transport::{HttpAnswer, Transport};
use super::Answering;
use super::forms::Shrinking;
use crate::presentation::reply::Reply;
use crate::presentation::wording;

/// An interaction and the way by which it is answered.
pub(super) struct Here<'i> {
    pub(super) id: InteractionId,
    pub(super) application: ApplicationId,
    pub(super) token: &'i str,
    pub(super) channel: u64,
    pub(super) transport: &'i Transport,
    /// When it came in.
    pub(super) since: Instant,
}

/// The answer to an interaction, and how it is sent.
pub(super) struct Sent<'r> {
    pub(super) response: Response<'r>,
    pub(super) picture: Option<&'r CreateAttachment>,
    /// The response in Discord's form, where it is made already.
    pub(super) body: Option<Vec<u8>>,
    /// Whether something is done that must not come before the answer.
    pub(super) is_followed: bool,
}

/// A message that was sent.
#[derive(Deserialize)]
struct Posted {
    id: MessageId,
}

impl<'i> Here<'i> {
    pub(super) fn of(interaction: &'i Interaction, transport: &'i Transport, since: Instant) -> Self {
        Self {
            id: interaction.id,
            application: interaction.application_id,
            token: &interaction.token,
            channel: interaction.channel(),
            transport,
            since,
        }
    }

    /// The route to the answer that was given.
    pub(super) fn original(&self) -> Route<'i> {
        Route::WebhookOriginalInteractionResponse { application_id: self.application, token: self.token }
    }

    /// The route to messages after the answer.
    fn follow_ups(&self) -> Route<'i> {
        Route::WebhookFollowupMessages { application_id: self.application, token: self.token }
    }
}

impl<'r> Sent<'r> {
    /// An answer that nothing follows.
    pub(super) fn alone(response: Response<'r>, picture: Option<&'r CreateAttachment>) -> Self {
        Self { response, picture, body: None, is_followed: false }
    }

    /// An answer without a picture that something follows.
    pub(super) fn followed(response: Response<'r>) -> Self {
        Self { response, picture: None, body: None, is_followed: true }
    }
}

impl Answering {
    /// Answers an interaction; returns whether that worked.
    pub(super) async fn respond(&self, here: &Here<'_>, sent: Sent<'_>) -> bool {
        match self.send_response(here, sent).await {
            Ok(()) => {
                self.metrics.took(here.since);
                true
            }
            Err(error) => {
                self.not_answered(&error);
                false
            }
        }
    }

    /// Counts and logs that an interaction got no answer.
    pub(super) fn not_answered(&self, error: &RestError) {
        match error {
            RestError::Status { code: UNKNOWN_INTERACTION, .. } => {
                self.metrics.dropped("interaction", "expired");
                warn_seldom("interaction expired", || {
                    "an interaction expired before its answer; the machine or its network is too slow".to_owned()
                });
            }
            error => {
                self.metrics.dropped("interaction", "not_sent");
                error_seldom(&format!("interaction {}", error.kind()), || {
                    format!("an interaction could not be answered: {error}; {}", error.remedy())
                });
            }
        }
    }

    /// Sends a sentence that only the asker sees, by a callback also where the interaction came by a request.
    pub(super) async fn remark_by_callback(&self, here: &Here<'_>, text: &str) {
        let route = Route::InteractionResponse { interaction_id: here.id, token: here.token };
        let until = self.deadlines.of_interaction(here.since);
        let sent = async {
            let body = response_body(Response::Remark(text), Form::full(None))?;
            self.rest.send_until(HttpRequest::new(route, Method::POST).json(body), until, Repeat::Safe).await
        };
        if let Err(error) = sent.await {
            self.not_answered(&error);
        }
    }

    /// Sends an answer, and as much of it as is allowed and as there is time for.
    async fn send_response(&self, here: &Here<'_>, sent: Sent<'_>) -> Result<(), RestError> {
        let mut tried = Shrinking::new(sent.picture);
        let mut body = match sent.body {
            Some(body) => body,
            None => response_body(sent.response, tried.form)?,
        };
        if matches!(here.transport, Transport::Http(_)) {
            if sent.picture.is_none() && !sent.is_followed {
                return here.transport.answer(HttpAnswer::Now(body));
            }
            here.transport.answer(HttpAnswer::ByCallback)?;
        }
        let until = self.deadlines.of_interaction(here.since);
        let mut request =
            HttpRequest::new(Route::InteractionResponse { interaction_id: here.id, token: here.token }, Method::POST);
        loop {
            let result = match tried.form.picture {
                None => self.rest.send_until(request.clone().json(body), until, Repeat::Safe).await,
                Some(picture) => {
                    let request = request.clone().form(body, picture.clone());
                    self.upload(request, self.deadlines.of_upload(here.since), Upload::WithInteraction).await
                }
            };
            let error = match result {
                Ok(_) => break,
                Err(error) => error,
            };
            if matches!(error, RestError::Unreachable(_)) {
                request = request.fresh();
            }
            tried.shrink(error, &self.metrics)?;
            body = response_body(sent.response, tried.form)?;
        }
        self.note_missing(here.channel, tried);
        Ok(())
    }

    /// Sends a request with a picture, if not too many are on their way.
    pub(super) async fn upload(
        &self,
        request: HttpRequest<'_>,
        until: Instant,
        upload: Upload,
    ) -> Result<Answer, RestError> {
        let Some(_permit) = self.concurrency.to_upload(upload) else {
            return Err(RestError::Unreachable("too many uploads are on their way".to_owned()));
        };
        self.rest.send_until(request, until, Repeat::Safe).await
    }

    /// Posts a private answer for everyone, after the answer to the person who shares it.
    pub(super) async fn post(
        &self,
        here: &Here<'_>,
        reply: &Reply,
        picture: Option<&CreateAttachment>,
        _permit: Permit,
    ) -> Result<(), RestError> {
        let until = Deadlines::of_follow_up();
        let answer = self.post_words(here, reply, until).await?;
        if let Some(picture) = picture {
            self.add_picture(here, &answer, (reply, picture), until).await;
        }
        Ok(())
    }

    /// Says to the person who shared an answer that it was not posted. Where it may work a little later, the message gets the
    /// buttons of `private` again.
    pub(super) async fn not_posted(&self, here: &Here<'_>, private: &Reply, error: &RestError) {
        self.metrics.dropped("follow_up", "not_sent");
        warn_seldom(&format!("share {}", error.kind()), || {
            format!("an answer could not be shared: {error}; {}", error.remedy())
        });
        let until = Deadlines::of_follow_up();
        let remark = if error.is_temporary() { wording::CANNOT_SHARE_NOW } else { wording::CANNOT_SHARE };
        let remark = json(&to_discord::follow_up_remark(remark));
        let notified = async { self.follow_up(here, remark?, until).await };
        if let Err(error) = notified.await {
            warn_seldom("share notice", || format!("the asker got no notice of that: {error}; {}", error.remedy()));
        }
        if error.is_temporary() {
            self.change_original(here, json(&to_discord::with_controls(private)), until).await;
        }
    }

    async fn post_words(&self, here: &Here<'_>, reply: &Reply, until: Instant) -> Result<Answer, RestError> {
        let mut tried = Shrinking::new(None);
        loop {
            match self.follow_up(here, json(&to_discord::follow_up(reply, tried.form))?, until).await {
                Ok(answer) => {
                    self.note_missing(here.channel, tried);
                    return Ok(answer);
                }
                // Only after a refusal: what may have worked is not sent again.
                Err(error) => tried.shrink(error, &self.metrics)?,
            }
        }
    }

    /// Adds the picture to a message that was posted. Its words are there already, so that nothing is lost where it is late.
    async fn add_picture(
        &self,
        here: &Here<'_>,
        answer: &Answer,
        (reply, picture): (&Reply, &CreateAttachment),
        until: Instant,
    ) {
        let added = async {
            let message_id = answer.json::<Posted>()?.id;
            let (application_id, token) = (here.application, here.token);
            let route = Route::WebhookFollowupMessage { application_id, token, message_id };
            let body = json(&to_discord::with_picture(reply, picture))?;
            let request = HttpRequest::new(route, Method::PATCH).form(body, picture.clone());
            self.rest.send_until(request, until, Repeat::Safe).await
        };
        if let Err(error) = added.await {
            debug!("a picture could not be added: {error}");
            self.metrics.picture_left_out();
        }
    }

    async fn follow_up(&self, here: &Here<'_>, body: Vec<u8>, until: Instant) -> Result<Answer, RestError> {
        let request = HttpRequest::new(here.follow_ups(), Method::POST).json(body);
        // A follow-up has no nonce, so a second one would be visible.
        self.rest.send_until(request, until, Repeat::Unsafe).await
    }

    async fn change_original(&self, here: &Here<'_>, body: Result<Vec<u8>, RestError>, until: Instant) {
        let changed = async {
            let request = HttpRequest::new(here.original(), Method::PATCH).json(body?);
            self.rest.send_until(request, until, Repeat::Safe).await
        };
        if let Err(error) = changed.await {
            warn_seldom(&format!("change {}", error.kind()), || {
                format!("a private answer could not be changed: {error}; {}", error.remedy())
            });
        }
    }

    /// Acknowledges first, then deletes the message that the button stands under.
    pub(super) async fn delete(&self, here: &Here<'_>, permit: Permit) {
        if !self.respond(here, Sent::followed(Response::Acknowledgement)).await {
            return;
        }
        // No answer waits for what follows others.
        drop(permit);
        let until = Deadlines::of_follow_up();
        let Some(_follow_up) = self.concurrency.for_follow_up(until).await else {
            self.metrics.dropped("follow_up", "no_permit");
            return;
        };
        match self.rest.send_until(HttpRequest::new(here.original(), Method::DELETE), until, Repeat::Safe).await {
            // It is deleted already, which is what was wanted.
            Ok(_) | Err(RestError::Status { status: 404, .. }) => {}
            Err(error) => {
                self.metrics.dropped("follow_up", "not_sent");
                warn_seldom(&format!("delete {}", error.kind()), || {
                    format!("an answer could not be deleted: {error}; delete it by hand")
                });
            }
        }
    }
}

/// The answer to an interaction in Discord's form.
fn response_body(response: Response<'_>, form: Form<'_>) -> Result<Vec<u8>, RestError> {
    let is_plain = !response.has_settings();
    let response = to_discord::response(response, form);
    if is_plain {
        return json(&response);
    }
    let unreadable = |error: serde_json::Error| RestError::Unreadable(error.to_string());
    let mut value = serde_json::to_value(&response).map_err(unreadable)?;
    to_discord::write_ids_as_text(&mut value);
    json(&value)
}

/// Discord's form of something.
pub(super) fn json(value: &impl Serialize) -> Result<Vec<u8>, RestError> {
    serde_json::to_vec(value).map_err(|error| RestError::Unreadable(error.to_string()))
}
