//! The one road from a request to a reply, for commands, presses, messages, the terminal and the command line.

use super::clock;
use crate::domain::answer::Answer;
use crate::domain::core::{Core, Understood};
use crate::domain::outcome::{Done, Effect, Outcome};
use crate::domain::request::Request;
#[cfg(feature = "server")]
use crate::domain::situation::Audience;
use crate::domain::situation::{Needs, Situation};
use crate::domain::team::Member;
use crate::presentation::form::Modal;
use crate::presentation::reply::Reply;
use crate::presentation::{Controls, Reader, present};
#[cfg(feature = "discord")]
use crate::presentation::{Poll, poll};

/// What is kept between two requests of a person, read and changed as one request needs it.
pub(super) trait Memory {
    /// Reads the stored facts that are needed, and leaves the rest of the situation as it is by default.
    async fn read(&self, needs: Needs) -> Situation;
    /// Carries out the effects. It returns when those are done that a reply reports on; the others may follow.
    async fn carry_out(&self, effects: &[Effect]) -> Done;
}

/// A request with all that its answer depends on beside what is stored.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) request: Request,
    /// For whom it is answered; the core may decide that fewer people see the answer.
    pub(super) reader: Reader,
    /// Whether an answer can be shown to the asker alone.
    pub(super) can_be_private: bool,
    /// Whether the asker chose who sees it.
    pub(super) is_chosen: bool,
    /// Whether the answer becomes a message of its own that everyone sees.
    pub(super) is_posted: bool,
    /// The asker as a member of a server to which the bot was added.
    pub(super) member: Option<Member>,
    /// Whether the bot may post a poll where it is asked.
    pub(super) may_post_polls: bool,
}

impl Asked {
    /// A request of somebody who alone sees its answer, or who sees it where the answer before it stands.
    pub(super) fn alone(request: Request, reader: Reader) -> Self {
        Self {
            request,
            reader,
            can_be_private: false,
            is_chosen: false,
            is_posted: false,
            member: None,
            may_post_polls: false,
        }
    }
}

/// Where the road ends: an outcome with what became of its effects.
pub(super) struct Arrived<'k> {
    core: &'k Core,
    outcome: Outcome<'k>,
    done: Done,
    reader: Reader,
}

/// Takes a request from what was asked to what there is to say.
pub(super) async fn take<'k>(core: &'k Core, memory: &impl Memory, asked: Asked) -> Arrived<'k> {
    let understood = core.understand(&asked.request);
    take_understood(core, memory, understood, asked).await
}

/// The same from where the request was understood.
pub(super) async fn take_understood<'k>(
    core: &'k Core,
    memory: &impl Memory,
    understood: Understood,
    asked: Asked,
) -> Arrived<'k> {
    let Asked { reader, can_be_private, is_chosen, is_posted, member, may_post_polls, .. } = asked;
    let read = memory.read(core.needs(&understood)).await;
    let today = Some(clock::today());
    let (audience, is_in_server) = (reader.audience, member.is_some());
    let situation = Situation { audience, can_be_private, is_chosen, is_posted, member, today, may_post_polls, ..read };
    let outcome = core.answer(&understood, &situation);
    let done = memory.carry_out(&outcome.effects).await;
    let question = reader.question.filter(|question| !is_in_title(question, &outcome.answer));
    let is_full = reader.controls == Controls::Full;
    let controls = if is_full && outcome.is_confined { Controls::Confined } else { reader.controls };
    let reader =
        Reader { audience: outcome.audience, controls, question, today, team: situation.team, is_in_server, ..reader };
    Arrived { core, outcome, done, reader }
}

/// Whether a question says no more than the title of its answer: it was chosen from the list of topics or tools.
fn is_in_title(question: &str, answer: &Answer<'_>) -> bool {
    match answer {
        Answer::Brief(brief) => brief.is_whole_topic && brief.topic.entry.id == question,
        Answer::Tools(tools) => match tools.named.as_slice() {
            [tool] => tool.names.iter().any(|name| name == question),
            _ => false,
        },
        _ => false,
    }
}

impl<'k> Arrived<'k> {
    /// What there is to say.
    pub(super) fn answer(&self) -> &Answer<'k> {
        &self.outcome.answer
    }

    /// The form that the answer is, if it is one.
    pub(super) fn form(&self) -> Option<Modal> {
        crate::presentation::form(&self.outcome.answer, self.core.knowledge(), &self.reader)
    }

    /// The poll that goes with the answer, if something is put to the vote.
    #[cfg(feature = "discord")]
    pub(super) fn poll(&self) -> Option<Poll> {
        poll(&self.outcome.answer, &self.done)
    }

    /// The answer as it is read.
    pub(super) fn reply(&self) -> Reply {
        present(self.core.knowledge(), &self.outcome.answer, &self.done, &self.reader)
    }
}

/// What only a chat with several people needs.
#[cfg(feature = "server")]
impl Arrived<'_> {
    /// For whom it is said.
    #[cfg(feature = "discord")]
    pub(super) fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Whether only the asker sees it.
    pub(super) fn is_private(&self) -> bool {
        // That there is no vote concerns only the person who wanted one.
        self.reader.audience == Audience::OnlyAsker || (self.is_of_decisions() && self.poll().is_none())
    }

    fn is_of_decisions(&self) -> bool {
        matches!(self.outcome.answer, Answer::Decision(_))
    }

    /// The same answer for others, or with other controls.
    pub(super) fn reply_for(&self, audience: Audience, controls: Controls) -> Reply {
        let reader = Reader { audience, controls, ..self.reader.clone() };
        present(self.core.knowledge(), &self.outcome.answer, &self.done, &reader)
    }
}
