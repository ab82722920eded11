//! Comparisons that were asked for by their topic's name. They are the same for everybody but for the asker's id in the
//! buttons, so each is made once, and after that only filled in.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::super::rest::RestError;
use super::super::to_discord;
use super::sending::json;
use crate::domain::answer::{Answer, Core, Grounds};
use crate::domain::knowledge::Topic;
use crate::presentation::{Audience, Reader, present};

/// Stands where the asker's id goes; nobody has it.
const ANYBODY: u64 = u64::MAX;

/// The JSON of an answer between the places of the asker's id.
type Parts = Arc<[String]>;

/// What is known, with the comparisons that were made of it.
pub(super) struct Prepared {
    pub(super) core: Arc<Core>,
    /// By the topic and whether only the asker sees it.
    comparisons: RwLock<HashMap<(String, bool), Parts>>,
}

impl Prepared {
    pub(super) fn new(core: Core) -> Self {
        Self { core: Arc::new(core), comparisons: RwLock::default() }
    }

    /// The comparison on a topic as the body of an answer to a command.
    pub(super) fn comparison(&self, topic: &Topic, asker: u64, audience: Audience) -> Result<Vec<u8>, RestError> {
        let key = (topic.entry.id.clone(), audience == Audience::OnlyAsker);
        let made = self.comparisons.read().unwrap_or_else(PoisonError::into_inner).get(&key).map(Arc::clone);
        let parts = match made {
            Some(parts) => parts,
            None => {
                let parts = self.make(topic, audience)?;
                let mut comparisons = self.comparisons.write().unwrap_or_else(PoisonError::into_inner);
                Arc::clone(comparisons.entry(key).or_insert(parts))
            }
        };
        Ok(parts.join(&asker.to_string()).into_bytes())
    }

    fn make(&self, topic: &Topic, audience: Audience) -> Result<Parts, RestError> {
        let reader = Reader { asker: ANYBODY, audience, ..Reader::default() };
        let reply = present(self.core.knowledge(), &Answer::Comparison(topic, Grounds::new()), &reader);
        let body = json(&to_discord::answer(&reply, audience == Audience::OnlyAsker))?;
        let body = String::from_utf8(body).map_err(|error| RestError::Unreadable(error.to_string()))?;
        Ok(body.split(&ANYBODY.to_string()).map(str::to_owned).collect())
    }
}
