//! Polls: how Discord keeps one in its message, the votes, and its end.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use serenity::all::Timestamp;

use super::Standin;
use super::events::{BOT, GUILD, kept, merge, plain};
use super::fault::Answer;
use super::messages::{Messages, unknown_message};
use super::record::{list, text};

/// The permission without which nobody posts a poll.
pub(crate) const SEND_POLLS: u64 = 1 << 49;
/// The kind of the message that says that a poll has ended.
const POLL_RESULT: u64 = 46;
/// How long a poll runs for which nothing is said, in hours.
const HOURS: u64 = 24;
/// How many messages Discord gives at once, at most.
const LATEST: usize = 100;

/// The poll of a message, as Discord keeps it.
pub(super) fn of(sent: &Value) -> Value {
    let answers = list(sent, "answers").iter().zip(1..);
    let answers: Vec<Value> =
        answers.map(|(answer, id)| json!({ "answer_id": id, "poll_media": answer["poll_media"] })).collect();
    let hours = sent["duration"].as_u64().unwrap_or(HOURS);
    let end = SystemTime::now() + Duration::from_secs(hours * 3600);
    let end = end.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let end = Timestamp::from_unix_timestamp(i64::try_from(end).unwrap_or_default()).expect("it is a time");
    json!({
        "question": sent["question"], "answers": answers, "expiry": end.to_string(),
        "allow_multiselect": sent["allow_multiselect"] == true, "layout_type": 1,
        "results": { "is_finalized": false, "answer_counts": [] },
    })
}

impl Standin {
    /// People vote for an answer of the bot's poll, by its number from 1. Until the end Discord's counts are only about right.
    pub(crate) fn vote(&self, poll: &str, answer: u64, votes: u64) {
        self.change_results(poll, |results| {
            let counts = results["answer_counts"].as_array_mut().expect("a poll has counts");
            match counts.iter_mut().find(|count| count["id"] == answer) {
                Some(count) => count["count"] = json!(count["count"].as_u64().unwrap_or_default() + votes),
                None => counts.push(json!({ "id": answer, "count": votes, "me_voted": false })),
            }
        });
    }

    /// The time of a poll is over and its votes are counted; nobody is notified of it, as behind `versus serve`.
    pub(crate) fn finalize_poll(&self, poll: &str) {
        self.change_results(poll, |results| results["is_finalized"] = json!(true));
    }

    /// Its message notifies of its end, which may be before the votes are counted.
    pub(crate) fn announce_end(&self, poll: &str) {
        let message = self.message(poll);
        assert!(message["poll"].is_object(), "there is no poll {poll}");
        self.dispatch("MESSAGE_CREATE", &end_of(&message));
    }

    /// A poll ends: its votes are counted, and the gateway says so.
    pub(crate) fn end_poll(&self, poll: &str) {
        self.finalize_poll(poll);
        self.announce_end(poll);
    }

    /// A message as Discord keeps it; null where there is none.
    pub(crate) fn message(&self, id: &str) -> Value {
        self.shared.lock().rest.messages.find(id)
    }

    /// How many messages reply to a message.
    pub(crate) fn replies_to(&self, id: &str) -> usize {
        self.shared.lock().rest.messages.replies_to(id)
    }

    /// Discord does not know any more which messages were sent with which nonce.
    pub(crate) fn forget_nonces(&self) {
        self.shared.lock().rest.messages.forget_nonces();
    }

    /// Somebody deletes a message.
    pub(crate) fn delete_message(&self, id: &str) {
        self.shared.lock().rest.messages.forget(id);
    }

    /// Somebody else's message is there, with a poll or without.
    pub(crate) fn keep_message(&self, message: &Value) {
        self.shared.lock().rest.messages.keep(message);
    }

    fn change_results(&self, poll: &str, change: impl FnOnce(&mut Value)) {
        self.shared.change(|state| {
            let message = state.rest.messages.find_mut(poll).expect("the message is there");
            let results = message.pointer_mut("/poll/results").expect("it has a poll");
            change(results);
        });
    }
}

impl Messages {
    /// The latest messages of a channel, the latest first.
    pub(super) fn latest(&self, channel: &str) -> Answer {
        let mut latest: Vec<&Value> = self.all().filter(|message| message["channel_id"] == channel).collect();
        latest.sort_by_key(|message| std::cmp::Reverse(text(message, "id")));
        latest.truncate(LATEST);
        Answer::json(200, &json!(latest))
    }

    /// The bot ends a poll of its own early.
    pub(super) fn expire(&mut self, channel: &str, id: &str) -> Answer {
        let found = self.find_mut(id).filter(|message| message["channel_id"] == channel);
        let Some(message) = found else { return unknown_message() };
        if message["author"]["id"] != BOT {
            return Answer::error(403, 50005, "Cannot edit a message authored by another user");
        }
        let Some(results) = message.pointer_mut("/poll/results") else {
            return Answer::error(400, 520_006, "Cannot expire a message that is not a poll");
        };
        if results["is_finalized"] == true {
            return Answer::error(400, 520_001, "Poll expired");
        }
        results["is_finalized"] = json!(true);
        Answer::json(200, message)
    }

    /// A message in a channel, as it is asked for.
    pub(super) fn in_channel(&self, channel: &str, id: &str) -> Option<&Value> {
        self.find_ref(id).filter(|message| message["channel_id"] == channel)
    }
}

/// The message of the author of a poll that says that it has ended.
pub(crate) fn end_of(message: &Value) -> Value {
    let poll = &message["poll"];
    let counts = list(&poll["results"], "answer_counts");
    let total: u64 = counts.iter().filter_map(|count| count["count"].as_u64()).sum();
    let most = counts.iter().max_by_key(|count| count["count"].as_u64());
    let field = |name: &str, value: String| json!({ "name": name, "value": value, "inline": false });
    let mut fields = vec![
        field("poll_question_text", text(&poll["question"], "text")),
        field("victor_answer_votes", most.map_or(0, |most| most["count"].as_u64().unwrap_or_default()).to_string()),
        field("total_votes", total.to_string()),
    ];
    fields.extend(most.map(|most| field("victor_answer_id", most["id"].to_string())));
    let mut end = plain(&text(message, "channel_id"), &message["author"], "");
    let embeds = json!({ "embeds": [{ "fields": fields }] });
    merge(&mut end, &kept(&embeds));
    end["embeds"][0]["type"] = json!("poll_result");
    let changes = json!({
        "type": POLL_RESULT, "guild_id": GUILD,
        "message_reference": {
            "type": 0, "message_id": message["id"], "channel_id": message["channel_id"], "guild_id": GUILD,
        },
    });
    merge(&mut end, &changes);
    end
}
