//! Answers as people read them: an embed with buttons, or the same as plain text.

pub mod action;
pub mod chart;
pub mod commands;
mod entry;
mod fitting;
pub mod limits;
mod onboarding;
mod overview;
pub mod plain;
mod recommendation;
pub mod reply;
mod rows;
pub mod text;
pub mod wording;

pub use fitting::{entries_that_do_not_fit, misfits};

use crate::domain::answer::Answer;
use crate::domain::knowledge::{Knowledge, Topic};
use crate::domain::outcome::Done;
use crate::domain::situation::Audience;
use action::Asker;
use reply::{Choice, Reply};

/// For whom an answer is presented.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    /// Who asked.
    pub asker: Asker,
    /// Who sees the answer.
    pub audience: Audience,
    /// What can be done with the message itself.
    pub controls: Controls,
    /// The question, where readers do not see it anyway; it is shown as one line of plain text.
    pub question: Option<String>,
}

/// What can be done with a message itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Controls {
    /// A public one can be deleted, a private one can be shared.
    #[default]
    Full,
    /// It was shared already.
    Shared,
    /// Nothing, as in the terminal: there is nobody to share with and nothing to delete.
    None,
}

/// Presents an answer with what became of its effects; the same always looks the same.
pub fn present(knowledge: &Knowledge, answer: &Answer<'_>, done: &Done, reader: &Reader) -> Reply {
    let mut reply = match answer {
        Answer::Comparison(topic, evidence) => entry::comparison(knowledge, topic, evidence, reader),
        Answer::Recommendation(found, evidence) => recommendation::recommendation(knowledge, found, evidence, reader),
        Answer::Welcome => onboarding::welcome(knowledge, reader),
        Answer::Panel => onboarding::panel(knowledge, reader),
        Answer::Tour(step) => onboarding::tour(step, &done.saved, reader),
        Answer::PositionUnreadable => onboarding::position_unreadable(knowledge, reader),
        Answer::Quiz(quiz, view) => onboarding::quiz(knowledge, quiz, view, reader),
        Answer::Progress(tally) => onboarding::progress(knowledge, tally, reader),
        Answer::Forgotten => onboarding::forgotten(knowledge, &done.forgotten, reader),
        Answer::DidYouMean(meanings) => overview::did_you_mean(meanings, reader),
        Answer::Topics => overview::topics(knowledge, reader),
        Answer::Help => overview::help(knowledge, reader),
        Answer::Empty => overview::notice(wording::EMPTY, wording::empty(knowledge), reader),
        Answer::Unknown => overview::notice(wording::UNKNOWN, wording::unknown(knowledge), reader),
        Answer::NotFound => overview::notice(wording::NOT_FOUND, wording::NOT_FOUND_TEXT.to_owned(), reader),
    };
    let question = reader.question.as_ref().map(|question| text::quote(question, limits::EMBED_AUTHOR));
    reply.embed.author = question.filter(|question| !question.is_empty());
    reply
}

/// The notice to somebody who asks too much in a short while.
pub fn too_fast(reader: &Reader) -> Reply {
    overview::notice(wording::TOO_FAST_TITLE, wording::TOO_FAST.to_owned(), reader)
}

/// The topics that an autocompletion offers.
pub fn choices(topics: &[&Topic]) -> Vec<Choice> {
    let choice = |topic: &&Topic| Choice {
        name: limits::cut(&format!("{} – {}", topic.entry.title, topic.entry.takeaway), limits::CHOICE_NAME),
        value: topic.entry.id.clone(),
    };
    topics.iter().take(limits::CHOICES).map(choice).collect()
}
