//! The two ways by which an interaction comes in and is answered: the gateway and HTTP.

use std::sync::{Mutex, PoisonError};

use tokio::sync::oneshot::Sender;

use super::rest::RestError;

/// How an interaction is answered.
pub(super) enum Transport {
    /// By a callback, which is a request to Discord, as for all that comes through the gateway.
    Gateway,
    /// As the answer to the request by which Discord posted the interaction; the first answer is taken.
    Http(Mutex<Option<Sender<HttpAnswer>>>),
}

/// The answer to a request by which Discord posted an interaction.
pub(super) enum HttpAnswer {
    /// The answer itself.
    Now(Vec<u8>),
    /// A callback follows: for a picture, which cannot stand in the answer to such a request, and where something has to
    /// come after the answer, because nothing says when Discord has processed an answer to its own request.
    ByCallback,
}

impl Transport {
    /// The transport of a request whose sender waits at the other end.
    pub(super) fn http(answer: Sender<HttpAnswer>) -> Self {
        Self::Http(Mutex::new(Some(answer)))
    }

    /// Answers a request of Discord's; through the gateway there is none.
    pub(super) fn answer(&self, answer: HttpAnswer) -> Result<(), RestError> {
        let Self::Http(waiting) = self else { return Ok(()) };
        let waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
        let sent = waiting.is_some_and(|waiting| waiting.send(answer).is_ok());
        if sent { Ok(()) } else { Err(RestError::Unreachable("the request was given up".to_owned())) }
    }
}
