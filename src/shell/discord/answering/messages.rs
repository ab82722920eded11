//! Messages: how they are answered, and how their answers leave.

use axum::http::Method;
use serenity::all::CreateAttachment;
use tokio::time::Instant;

use super::super::super::road::Asked;
use super::super::super::storage::Whose;
use super::super::limits::{Deadlines, MESSAGE_READ_WITHIN, Upload, Verdict, warn_seldom};
use super::super::request::{Request as HttpRequest, Route};
use super::super::rest::{Repeat, RestError};
use super::super::translate::from_discord::{self, Addressed, Me};
use super::super::translate::received::Message;
use super::super::translate::to_discord;
use super::Answering;
use super::delivery::json;
use super::forms::Shrinking;
use crate::presentation::codes::Codes;
use crate::presentation::reply::Reply;
use crate::presentation::{question_hidden, too_fast};

impl Answering {
    /// Answers a message that is addressed to the bot and came in at `since`.
    pub(in crate::shell::discord) async fn message(&self, message: &Message, me: &Me, since: Instant) {
        let core = self.core();
        let codes = Codes::of(core.knowledge());
        let Some(addressed) = from_discord::message(message, me, &codes, core.key()) else { return };
        let Addressed { asked, whose, points_at_hidden } = addressed;
        if !self.is_new(message.id.get()) {
            return;
        }
        let verdict = self.rate_limit.check(whose.person, Some(message.channel_id.get()));
        if verdict != Verdict::Answer {
            self.metrics.limited();
        }
        if verdict == Verdict::Ignore {
            return;
        }
        let until = Deadlines::of_message(since);
        let Some(_sending) = self.concurrency.to_send(until).await else {
            self.metrics.dropped("message", "no_permit");
            return;
        };
        match verdict {
            Verdict::Answer if points_at_hidden => {
                let notice = question_hidden(self.core().knowledge(), &asked.reader);
                self.send_notice(message, &notice, until).await;
            }
            Verdict::Answer => self.answer_message(message, asked, whose, since).await,
            // The channel is flooded, and this is said once.
            Verdict::Warn | Verdict::Ignore => {
                self.send_notice(message, &too_fast(self.core().knowledge(), &asked.reader), until).await;
            }
        }
    }

    async fn send_notice(&self, message: &Message, notice: &Reply, until: Instant) {
        if let Err(error) = self.send_message(message, notice, None, until).await {
            self.not_sent(message, &error);
        }
    }

    async fn answer_message(&self, message: &Message, asked: Asked, whose: Whose, since: Instant) {
        // Somebody who asks in a message is answered in one, also that nothing was found.
        let core = self.core();
        let asked = self.with_parent(asked).await;
        let arrived = self.take_road_within(MESSAGE_READ_WITHIN, &core, asked, whose).await;
        let reply = arrived.reply();
        let picture = self.draw(&reply, self.picture_within).await;
        match self.send_message(message, &reply, picture.as_ref(), Deadlines::of_message(since)).await {
            Ok(()) => self.metrics.took(since),
            Err(error) => self.not_sent(message, &error),
        }
    }

    fn not_sent(&self, message: &Message, error: &RestError) {
        self.metrics.dropped("message", "not_sent");
        let channel = message.channel_id;
        // What one channel does not allow says nothing about another one; an outage is the same everywhere.
        let kind = if error.is_temporary() { String::new() } else { channel.to_string() };
        warn_seldom(&format!("message {kind} {}", error.kind()), || {
            format!("a message in channel {channel} could not be answered: {error}; {}", error.remedy())
        });
    }

    /// Sends a message, and as much of it as is allowed and as there is time for.
    pub(super) async fn send_message(
        &self,
        to: &Message,
        reply: &Reply,
        picture: Option<&CreateAttachment>,
        until: Instant,
    ) -> Result<(), RestError> {
        let mut tried = Shrinking::new(picture);
        loop {
            let request = HttpRequest::new(Route::ChannelMessages { channel_id: to.channel_id }, Method::POST);
            let body = json(&to_discord::message(reply, to, tried.form))?;
            // The nonce makes a second try safe.
            let result = match tried.form.picture {
                None => self.rest.send_until(request.json(body), until, Repeat::Safe).await,
                Some(picture) => {
                    let until = until.min(Deadlines::of_message_upload());
                    self.upload(request.form(body, picture.clone()), until, Upload::WithMessage).await
                }
            };
            match result {
                Ok(_) => break,
                Err(error) => tried.shrink(error, &self.metrics)?,
            }
        }
        self.note_missing(to.channel_id.get(), tried);
        Ok(())
    }
}
