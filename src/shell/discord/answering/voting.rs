//! Votes: how a poll is posted, and what comes of it when it has ended.
//!
//! Where a poll was posted is kept, with when it ends. The gateway says that it has ended, by a message of the bot's own; where it
//! does not, as behind `versus serve` or after an outage, the poll is asked for when it is due. The process that looks at a poll
//! first has it alone for a minute, so that of several processes one counts it.

use std::time::Duration;

use axum::http::Method;
use serde::Deserialize;
use serenity::all::{ChannelId, MessageId, UserId};
use tokio::time::{Instant, timeout};
use tracing::info;

use super::super::super::road::Arrived;
use super::super::super::storage::{FindPoll, OpenPoll, Whose, now};
use super::super::limits::{Deadlines, warn_seldom};
use super::super::remedies::{MISSING_PERMISSIONS, UNKNOWN_INTERACTION};
use super::super::request::{Request as HttpRequest, Route};
use super::super::rest::{Answer, Repeat, RestError};
use super::super::translate::received::Message;
use super::super::translate::to_discord;
use super::super::transport::{HttpAnswer, Transport};
use super::Answering;
use super::delivery::{Here, json};
use super::forms::Shrinking;
use crate::domain::answer::{Answer as Said, DecisionAnswer};
use crate::domain::decisions::{Decision, Status};
use crate::domain::outcome::Done;
use crate::presentation::codes::Codes;
use crate::presentation::custom_id::{Action, Asker, Verb};
use crate::presentation::{Poll, Reader, present, wording};

/// How often polls are looked for that are due.
const LOOKED_EVERY: Duration = Duration::from_secs(30);
/// How long after its end a poll whose votes are not counted yet is looked at again, at the soonest; in milliseconds.
const AGAIN_AFTER: i64 = 15_000;
/// How long posting a result is tried; after that it is posted when the poll is looked at again.
const RESULT_WITHIN: Duration = Duration::from_secs(20);
/// Discord's code for a channel that is not there, or that the bot does not see.
const UNKNOWN_CHANNEL: u64 = 10003;
/// Its code for a message that is not there.
const UNKNOWN_MESSAGE: u64 = 10008;
/// Its code for a poll that has ended.
const POLL_EXPIRED: u64 = 520_001;

/// What Discord says about an interaction that was answered by a message.
#[derive(Deserialize)]
struct Responded {
    resource: Resource,
}

#[derive(Deserialize)]
struct Resource {
    message: Message,
}

impl Answering {
    /// Answers with a poll for everyone, and keeps where it stands. Where it cannot be posted, there is no vote.
    pub(super) async fn send_vote(&self, here: &Here<'_>, arrived: &Arrived<'_>, poll: &Poll, whose: Whose) {
        let posted = self.post_vote(here, arrived, poll).await;
        let (server, number) = (whose.server, poll.number);
        match posted {
            Ok(answer) => {
                self.metrics.took(here.since);
                let message = match answer.json::<Responded>() {
                    Ok(responded) => Some(responded.resource.message),
                    // An earlier try took effect, whose answer was lost.
                    Err(_) => self.own_answer(here).await,
                };
                // Without it the poll is found by its button.
                let Some(message) = message else { return };
                let (channel, message) = (message.channel_id.get(), message.id.get());
                self.store.note_poll(OpenPoll { server, number, channel, message, ends: 0 }).await;
            }
            Err(error @ (RestError::Unreachable(_) | RestError::Unreadable(_))) => {
                // It may stand there all the same.
                self.not_answered(&error);
            }
            Err(error) => {
                self.store.take_back(server, number).await;
                if matches!(error, RestError::Status { code: UNKNOWN_INTERACTION, .. }) {
                    return self.not_answered(&error);
                }
                let remark = match error {
                    RestError::Status { code: MISSING_PERMISSIONS, .. } => wording::decisions::NO_POLLS_TEXT,
                    _ => wording::decisions::NOT_POSTED,
                };
                self.not_answered(&error);
                self.remark_by_callback(here, remark).await;
            }
        }
    }

    /// Posts a poll by a callback, whichever way the interaction came: only that says which message it became.
    async fn post_vote(&self, here: &Here<'_>, arrived: &Arrived<'_>, poll: &Poll) -> Result<Answer, RestError> {
        if matches!(here.transport, Transport::Http(_)) {
            here.transport.answer(HttpAnswer::ByCallback)?;
        }
        let until = self.deadlines.of_interaction(here.since);
        let reply = arrived.reply();
        let mut tried = Shrinking::new(None);
        loop {
            let body = json(&to_discord::vote(&reply, poll, tried.form))?;
            let route = Route::InteractionResponseWithMessage { interaction_id: here.id, token: here.token };
            let request = HttpRequest::new(route, Method::POST).json(body);
            match self.rest.send_until(request, until, Repeat::Safe).await {
                Ok(answer) => {
                    self.note_missing(here.channel, tried);
                    return Ok(answer);
                }
                Err(error) => tried.shrink(error, &self.metrics)?,
            }
        }
    }

    /// The message by which an interaction was answered.
    async fn own_answer(&self, here: &Here<'_>) -> Option<Message> {
        let request = HttpRequest::new(here.original(), Method::GET);
        let answer = self.rest.send_until(request, Deadlines::of_follow_up(), Repeat::Safe).await.ok()?;
        answer.json().ok()
    }

    /// Looks at a poll because its button was pressed.
    pub(super) async fn look_at_poll(&self, server: u64, number: u32, message: Option<&Message>) {
        let Some(message) = message else { return };
        let (channel, message) = (message.channel_id.get(), message.id.get());
        let find = FindPoll::Button { server, number, channel, message };
        if let Some(poll) = self.store.take_poll(find).await {
            self.count(poll).await;
        }
    }

    /// Counts the votes of a poll of which Discord says that it has ended. It says so by a message of the author of the poll.
    pub(in crate::shell::discord) async fn poll_ended(&self, message: &Message, me: UserId) {
        let Some(ended) = message.ends_poll_of(me) else { return };
        if !self.is_new(message.id.get()) {
            return;
        }
        let poll = match self.store.take_poll(FindPoll::Message(ended.message.get())).await {
            Some(poll) => Some(poll),
            // It was not kept where the poll was posted; the button under it says which one it is.
            None => match (self.read_message(ended.channel, ended.message).await, message.guild_id) {
                (Ok(poll), Some(server)) => match self.number_on(&poll).filter(|_| poll.is_by(me)) {
                    Some(number) => {
                        let (channel, message) = (ended.channel.get(), ended.message.get());
                        let find = FindPoll::Button { server: server.get(), number, channel, message };
                        self.store.take_poll(find).await
                    }
                    None => None,
                },
                _ => None,
            },
        };
        if let Some(poll) = poll {
            self.count(poll).await;
        }
    }

    /// Counts the votes of polls that are due, now and then, until the storage is closed.
    pub(super) async fn watch_polls(&self) {
        while !self.store.is_closed() {
            for poll in self.store.due_polls().await {
                self.count(poll).await;
            }
            // Either way it is looked.
            let _ = timeout(LOOKED_EVERY, self.store.poll_is_due()).await;
        }
    }

    /// Counts the votes of a poll that this process has for itself, if they are final, and says what came of it.
    async fn count(&self, poll: OpenPoll) {
        let message = match self.read_message(ChannelId::new(poll.channel), MessageId::new(poll.message)).await {
            Ok(message) => message,
            Err(
                RestError::Status { code: UNKNOWN_CHANNEL | UNKNOWN_MESSAGE, .. }
                | RestError::Status { status: 404, .. },
            ) => {
                info!("a vote cannot be counted: its message or its channel was deleted");
                return self.store.close_poll(poll).await;
            }
            Err(error) => {
                warn_seldom(&format!("poll {}", error.kind()), || {
                    format!("a poll in channel {} cannot be read: {error}; {}", poll.channel, error.remedy())
                });
                return self.look_again(poll).await;
            }
        };
        if self.number_on(&message) != Some(poll.number) {
            return self.store.close_poll(poll).await;
        }
        let Some(decision) = self.store.decision(poll.server, poll.number).await else { return };
        let Some(decision) = decision else { return self.store.close_poll(poll).await };
        let Some(counts) = message.final_counts() else {
            return match decision.status {
                Status::Withdrawn => self.end_early(poll).await,
                _ => self.look_again(poll).await,
            };
        };
        let was_counted = decision.is_counted;
        let decision = decision.counted(&counts);
        if self.store.count_votes(poll.server, &decision).await.is_none() {
            return;
        }
        let is_open = decision.status == Status::Proposed;
        // Votes that were counted before may have a result already.
        if is_open && !(was_counted && self.has_result(&message).await) && !self.say_result(&message, decision).await {
            return;
        }
        self.store.close_poll(poll).await;
    }

    /// Ends a poll on which nothing depends any more.
    async fn end_early(&self, poll: OpenPoll) {
        let (channel_id, message_id) = (ChannelId::new(poll.channel), MessageId::new(poll.message));
        let request = HttpRequest::new(Route::PollExpire { channel_id, message_id }, Method::POST);
        match self.rest.send_until(request, Deadlines::of_follow_up(), Repeat::Safe).await {
            Ok(_) | Err(RestError::Status { code: POLL_EXPIRED, .. }) => self.store.close_poll(poll).await,
            Err(error) => {
                warn_seldom(&format!("end poll {channel_id} {}", error.kind()), || {
                    format!("a withdrawn vote in channel {channel_id} cannot be ended: {error}; {}", error.remedy())
                });
                match error.is_temporary() {
                    true => self.store.postpone_poll(poll, now().saturating_add(AGAIN_AFTER)).await,
                    false => self.store.close_poll(poll).await,
                }
            }
        }
    }

    /// Whether the result of a poll is among the latest messages of its channel. Where they cannot be read, it counts as missing:
    /// a second result is better than none.
    async fn has_result(&self, poll: &Message) -> bool {
        let request = HttpRequest::new(Route::LatestMessages { channel_id: poll.channel_id }, Method::GET);
        let answer = self.rest.send_until(request, Deadlines::of_follow_up(), Repeat::Safe).await;
        let latest: Vec<Message> = answer.and_then(|answer| answer.json()).unwrap_or_default();
        latest.iter().any(|message| message.is_reply_of_same_author(poll))
    }

    /// Says what came of a vote, below the poll; whether nothing more has to be done for it.
    async fn say_result(&self, poll: &Message, decision: Decision) -> bool {
        let core = self.core();
        let reader = Reader { asker: Asker::signed(0, core.key()), ..Reader::default() };
        let answer = Said::Decision(Box::new(DecisionAnswer::Ended(Box::new(decision))));
        let reply = present(core.knowledge(), &answer, &Done::default(), &reader);
        // Discord drops a second one with the same nonce.
        match self.send_message(poll, &reply, None, Instant::now() + RESULT_WITHIN).await {
            Ok(()) => true,
            Err(error) => {
                self.metrics.dropped("message", "not_sent");
                let channel = poll.channel_id;
                warn_seldom(&format!("result {channel} {}", error.kind()), || {
                    format!(
                        "the result of a vote in channel {channel} could not be posted: {error}; {}",
                        error.remedy()
                    )
                });
                !error.is_temporary()
            }
        }
    }

    async fn look_again(&self, poll: OpenPoll) {
        let now = now();
        // The longer it takes, the more seldom.
        let again = now.saturating_add(AGAIN_AFTER.max(now.saturating_sub(poll.ends)));
        self.store.postpone_poll(poll, again.max(poll.ends)).await;
    }

    async fn read_message(&self, channel_id: ChannelId, message_id: MessageId) -> Result<Message, RestError> {
        let request = HttpRequest::new(Route::ChannelMessage { channel_id, message_id }, Method::GET);
        self.rest.send_until(request, Deadlines::of_follow_up(), Repeat::Safe).await?.json()
    }

    /// The number on the button under a poll that the bot posted; nothing for any other message.
    fn number_on(&self, message: &Message) -> Option<u32> {
        let core = self.core();
        let codes = Codes::of(core.knowledge());
        message.custom_ids().find_map(|id| match Action::from_custom_id(id, &codes) {
            Ok(Action { asker, verb: Verb::Poll(number) }) if asker.is_genuine(core.key()) => Some(number),
            _ => None,
        })
    }
}
