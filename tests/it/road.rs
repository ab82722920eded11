//! The road of a request where nothing is stored and nothing has to be: what most tests of the core need.

use versus::domain::answer::Answer;
use versus::domain::core::Core;
use versus::domain::outcome::Done;
use versus::domain::request::Request;
use versus::domain::situation::Situation;
use versus::presentation::reply::Reply;
use versus::presentation::{Reader, present};

/// The answer to a request of somebody of whom nothing is stored.
pub(crate) fn answer<'k>(core: &'k Core, request: &Request) -> Answer<'k> {
    core.answer(&core.understand(request), &Situation::default()).answer
}

/// The reply to such a request.
pub(crate) fn reply(core: &Core, request: &Request, reader: &Reader) -> Reply {
    show(core, &answer(core, request), reader)
}

/// An answer as it is read, where nothing had to be stored for it.
pub(crate) fn show(core: &Core, answer: &Answer<'_>, reader: &Reader) -> Reply {
    present(core.knowledge(), answer, &Done::default(), reader)
}
