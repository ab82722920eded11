//! Comparisons that were asked for by their topic's name: the replies that are asked for most. Such a reply is the same for
//! everybody but for the asker in its buttons, so each is made once, and after that only the asker is filled in. That saves
//! two thirds of the processor time of such an answer.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::super::super::road::Arrived;
use super::super::rest::RestError;
use super::super::translate::to_discord::{self, Form, Response};
use super::delivery::json;
use crate::domain::answer::Answer;
use crate::domain::core::Core;
use crate::domain::knowledge::Date;
use crate::domain::outcome::Done;
use crate::domain::request::Request;
use crate::domain::situation::{Audience, Situation, Stored};
use crate::domain::team::Subject;
use crate::presentation::custom_id::Asker;
use crate::presentation::{Controls, Reader, present};

/// Stands for the asker; nobody has this id.
const ANYBODY: u64 = u64::MAX;
/// The key that this asker is written with; the one who is filled in is written with the real key.
const NO_KEY: [u8; 16] = [0; 16];

/// The JSON of an answer, cut where the asker's id stands.
type Parts = Arc<[String]>;

/// Everything that such a reply depends on beside the knowledge and the asker.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    topic: String,
    audience: Audience,
    controls: Controls,
    today: Option<Date>,
}

/// What is known, with the replies that were made of it.
pub(super) struct Known {
    pub(super) core: Arc<Core>,
    replies: RwLock<HashMap<Key, Parts>>,
}

impl Known {
    pub(super) fn new(core: Core) -> Self {
        Self { core: Arc::new(core), replies: RwLock::default() }
    }

    /// The body of an answer to a command, if it is one of those that are cached.
    pub(super) fn cached_body(&self, arrived: &Arrived<'_>) -> Option<Result<Vec<u8>, RestError>> {
        let Answer::Brief(brief) = arrived.answer() else { return None };
        let reader = arrived.reader();
        // What answers a question in particular, and the question itself, depend on what was typed.
        if !brief.is_whole_topic || reader.question.is_some() {
            return None;
        }
        // So does what a team has to say about it.
        let is_noted = match &reader.team {
            Stored::Value(team) => {
                let subject = Subject::Topic(brief.topic.entry.id.clone());
                team.notes.contains_key(&subject) || team.decided.contains_key(&subject)
            }
            Stored::Absent => false,
            Stored::Unreadable => true,
        };
        if is_noted {
            return None;
        }
        let key = Key {
            topic: brief.topic.entry.id.clone(),
            audience: reader.audience,
            controls: reader.controls,
            today: reader.today,
        };
        let cached = self.replies.read().unwrap_or_else(PoisonError::into_inner).get(&key).map(Arc::clone);
        let parts = match cached {
            Some(parts) => parts,
            None => match self.make(&key) {
                Ok(parts) => {
                    let mut replies = self.replies.write().unwrap_or_else(PoisonError::into_inner);
                    // What was said yesterday is of no use any more.
                    replies.retain(|other, _| other.today == key.today);
                    Arc::clone(replies.entry(key).or_insert(parts))
                }
                Err(error) => return Some(Err(error)),
            },
        };
        Some(Ok(parts.join(&reader.asker.to_string()).into_bytes()))
    }

    fn make(&self, key: &Key) -> Result<Parts, RestError> {
        let knowledge = self.core.knowledge();
        let understood = self.core.understand(&Request::Compare(key.topic.clone()));
        let answer = self.core.answer(&understood, &Situation::default()).answer;
        let anybody = Asker::signed(ANYBODY, &NO_KEY);
        let (audience, controls, today) = (key.audience, key.controls, key.today);
        let reader = Reader { asker: anybody, audience, controls, today, ..Reader::default() };
        let reply = present(knowledge, &answer, &Done::default(), &reader);
        let response = Response::New { reply: &reply, is_private: key.audience == Audience::OnlyAsker };
        let body = json(&to_discord::response(response, Form::full(None)))?;
        let body = String::from_utf8(body).map_err(|error| RestError::Unreadable(error.to_string()))?;
        Ok(body.split(&anybody.to_string()).map(str::to_owned).collect())
    }
}
