//! The two ways by which an interaction comes in and is answered.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot::Sender;
use tokio::time::sleep;

use super::rest::RestError;

/// How an interaction is answered.
pub(super) enum Door {
    /// By a request to Discord, as for what comes through the gateway.
    Callback,
    /// As the answer to a request of Discord's own; whoever answers first takes it.
    Http(Mutex<Option<Sender<Vec<u8>>>>),
}

/// How long Discord gets to take in an answer before it is asked to change it.
const TAKEN_IN_AFTER: Duration = Duration::from_millis(300);

impl Door {
    /// The door of a request that waits for its answer at the other end.
    pub(super) fn http(answer: Sender<Vec<u8>>) -> Self {
        Self::Http(Mutex::new(Some(answer)))
    }

    /// Answers the request, once.
    pub(super) fn answer(&self, body: Vec<u8>) -> Result<(), RestError> {
        let Self::Http(answer) = self else { return Ok(()) };
        let answer = answer.lock().unwrap_or_else(PoisonError::into_inner).take();
        let sent = answer.is_some_and(|answer| answer.send(body).is_ok());
        if sent { Ok(()) } else { Err(RestError::Unreachable("the request was given up".to_owned())) }
    }

    /// Waits until Discord has taken in the answer. A callback is taken in when its request returns; of an answer to
    /// Discord's own request nothing returns.
    pub(super) async fn answered(&self) {
        if let Self::Http(_) = self {
            sleep(TAKEN_IN_AFTER).await;
        }
    }
}
