//! Answers as people read them: an embed with buttons, or the same as plain text.

pub mod backup;
pub mod brevity;
mod brief;
pub mod chart;
mod checking;
pub mod codes;
pub mod commands;
pub mod custom_id;
pub mod decisions;
mod entry;
mod fit;
pub mod form;
mod gaps;
#[cfg(feature = "web")]
pub mod html;
mod insights;
pub mod limits;
pub mod madr;
#[cfg(feature = "web")]
mod markdown;
mod misfits;
mod onboarding;
mod overview;
pub mod plain;
mod recommendation;
pub mod registration;
pub mod reply;
mod rows;
mod team;
pub mod text;
mod tools;
pub mod typed;
pub mod wording;
mod words;

pub use checking::entries_that_do_not_fit;
pub use misfits::{Misfit, misfits};

use crate::domain::answer::Answer;
use crate::domain::knowledge::{Date, Knowledge, Tool, Topic};
use crate::domain::outcome::Done;
use crate::domain::situation::{Audience, Stored};
use crate::domain::team::{Note, Remembered, Subject, Team};
use std::sync::Arc;

use codes::Codes;
use custom_id::Asker;
pub use decisions::Poll;
use fit::fit;
use form::Modal;
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
    /// The day on which it is read, in UTC; without it, nothing is said that depends on the day.
    pub today: Option<Date>,
    /// What the team keeps where it is read.
    pub team: Stored<Arc<Team>>,
    /// Whether it is read in a server to which the bot was added.
    pub is_in_server: bool,
}

impl Reader {
    /// The team's note on something.
    fn note(&self, subject: &Subject) -> Option<&Note> {
        self.team.value()?.notes.get(subject)
    }

    /// What the team decided on something.
    fn decided(&self, subject: &Subject) -> Option<&Remembered> {
        self.team.value()?.decided.get(subject)
    }
}

/// What can be done with a message itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Controls {
    /// A public one can be deleted, a private one can be shared.
    #[default]
    Full,
    /// It was shared already.
    Shared,
    /// It may not be shared: the team lets nobody else see it in this channel.
    Confined,
    /// Nothing, as in the terminal: there is nobody to share with and nothing to delete.
    None,
}

/// What every part of a reply is made with.
#[derive(Debug, Clone, Copy)]
struct Context<'a> {
    knowledge: &'a Knowledge,
    reader: &'a Reader,
    codes: &'a Codes<'a>,
}

/// Presents an answer with what became of its effects, so that it fits into Discord; the same always looks the same.
pub fn present(knowledge: &Knowledge, answer: &Answer<'_>, done: &Done, reader: &Reader) -> Reply {
    fit(compose(knowledge, answer, done, reader))
}

/// The notice to a person who asks too much in a short time.
pub fn too_fast(knowledge: &Knowledge, reader: &Reader) -> Reply {
    let context = Context { knowledge, reader, codes: &Codes::of(knowledge) };
    fit(overview::notice(wording::TOO_FAST_TITLE, wording::TOO_FAST, context))
}

/// What there is to say to a message that points at another one whose words Discord does not deliver.
pub fn question_hidden(knowledge: &Knowledge, reader: &Reader) -> Reply {
    let context = Context { knowledge, reader, codes: &Codes::of(knowledge) };
    fit(overview::notice(wording::QUESTION_HIDDEN, wording::question_hidden(commands::ANSWER_THIS), context))
}

/// What an answer asks for in a form of its own; nothing where it is something to read.
pub fn form(answer: &Answer<'_>, knowledge: &Knowledge, reader: &Reader) -> Option<Modal> {
    let context = Context { knowledge, reader, codes: &Codes::of(knowledge) };
    match answer {
        Answer::Team(answer) => team::form(answer, context),
        Answer::Decision(answer) => decisions::form(answer, context),
        _ => None,
    }
}

/// The poll that goes with an answer, if something is put to the vote.
pub fn poll(answer: &Answer<'_>, done: &Done) -> Option<Poll> {
    match answer {
        Answer::Decision(answer) => decisions::poll(answer, done),
        _ => None,
    }
}

/// An answer in full, however long that is.
fn compose(knowledge: &Knowledge, answer: &Answer<'_>, done: &Done, reader: &Reader) -> Reply {
    let context = Context { knowledge, reader, codes: &Codes::of(knowledge) };
    let mut reply = match answer {
        Answer::Brief(found) => brief::brief(found, context),
        Answer::Briefs(all) => brief::briefs(all, context),
        Answer::Comparison(topic, answer) => entry::comparison(topic, *answer, context),
        Answer::Recommendation(found, _) => recommendation::recommendation(found, context),
        Answer::RecommendationInFull(found) => recommendation::in_full(found, context),
        Answer::Correction(found) => recommendation::correction(found, context),
        Answer::Article(cited) => overview::article(cited, context),
        Answer::Sources(cited) => overview::cited_pages(cited, context),
        Answer::Tools(found) => tools::tools(found, context),
        Answer::Reported(_) => overview::reported(context),
        Answer::Welcome => onboarding::welcome(context),
        Answer::Panel => onboarding::panel(context),
        Answer::Tour(step) => onboarding::tour(step, &done.saved, context),
        Answer::PositionUnreadable => onboarding::position_unreadable(context),
        Answer::Quiz(quiz, view) => onboarding::quiz(quiz, view, context),
        Answer::Progress(tally) => onboarding::progress(tally, context),
        Answer::Forgotten => onboarding::forgotten(&done.forgotten, context),
        Answer::DidYouMean(meanings) => overview::did_you_mean(meanings, context),
        Answer::Topics => overview::topics(context),
        Answer::Help => overview::help(context),
        Answer::Other(other) => overview::other(other, context),
        Answer::SmallTalk(said) => overview::small_talk(*said, context),
        Answer::Foreign(language) => overview::notice(wording::ENGLISH_ONLY, wording::english_only(*language), context),
        Answer::Reasons(found) => recommendation::reasons_in_brief(found, context),
        Answer::NeedsContext => overview::notice(wording::NEEDS_CONTEXT, wording::NEEDS_CONTEXT_TEXT, context),
        Answer::Empty => overview::notice(wording::EMPTY, wording::empty(knowledge), context),
        Answer::Unknown => overview::notice(wording::UNKNOWN, wording::unknown(knowledge), context),
        Answer::NotFound => overview::notice(wording::NOT_FOUND, wording::NOT_FOUND_TEXT, context),
        Answer::Team(answer) => team::team(answer, done, context),
        Answer::Decision(answer) => decisions::decisions(answer, done, context),
        Answer::Elsewhere(view) => team::elsewhere(view, context),
    };
    if reply.embed.author.is_none() && !matches!(answer, Answer::Team(_) | Answer::Decision(_) | Answer::Elsewhere(_)) {
        reply.embed.author = reader.question.as_deref().map(text::quote).filter(|question| !question.is_empty());
    }
    reply
}

/// The topics that an autocompletion offers, and the tools after them.
pub fn choices(topics: &[&Topic], tools: &[&Tool]) -> Vec<Choice> {
    let choice = |topic: &&Topic| Choice {
        name: limits::cut(&format!("{} – {}", topic.entry.title, topic.entry.takeaway), limits::CHOICE),
        value: topic.entry.id.clone(),
    };
    let of_tools = tools.iter().filter_map(|tool| {
        let name = tool.names.first()?;
        Some(Choice { name: limits::cut(&format!("{name} – {}", tool.what), limits::CHOICE), value: name.clone() })
    });
    let choices =
        topics.iter().map(choice).chain(of_tools).filter(|choice| limits::fits(&choice.value, limits::CHOICE));
    choices.take(limits::CHOICES).collect()
}
