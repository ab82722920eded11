//! Settings and forms in the states of menus and buttons.

use std::num::NonZeroU64;

use super::view::{plain_view_from_text, view_to_text};
use super::{Codes, Unreadable, number};
use crate::domain::request::View;
use crate::domain::team::{Change, Subject, Writers};

/// A setting of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// Who sees answers where nothing was chosen.
    Private,
    /// In which channels everyone sees them.
    Channels,
    /// Who writes notes.
    Writers,
    /// Whether questions without an answer are kept.
    Unanswered,
}

/// What a form is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// A note on a topic or a tool.
    Note(Subject),
    /// The topic of the question of a number.
    Gap(u64),
    /// A vote, started from an answer or from nothing.
    Vote(Option<View>),
    /// The record of the decision of a number.
    Record(u32),
}

impl Form {
    pub(super) fn to_text(&self, codes: &Codes<'_>) -> String {
        match self {
            Self::Note(subject) => format!("note:{}", subject_to_text(subject)),
            Self::Gap(id) => format!("gap:{id}"),
            // Briefly, because a project behind it takes most of a state.
            Self::Vote(Some(View::Project(project))) => {
                format!("v:{}", view_to_text(&View::Correct(project.clone()), codes))
            }
            Self::Vote(Some(view)) => format!("v:{}", view_to_text(view, codes)),
            Self::Vote(None) => "v:".to_owned(),
            Self::Record(number) => format!("record:{number}"),
        }
    }

    pub(super) fn from_text(text: &str, codes: &Codes<'_>) -> Result<Self, Unreadable> {
        match text.split_once(':') {
            Some(("note", subject)) => subject_from_text(subject).map(Self::Note),
            Some(("gap", id)) => number(id).map(Self::Gap),
            Some(("v", "")) => Ok(Self::Vote(None)),
            Some(("v", view)) => Ok(Self::Vote(Some(match plain_view_from_text(view, codes)? {
                View::Correct(project) => View::Project(project),
                view => view,
            }))),
            Some(("record", decision)) => number(decision).map(Self::Record),
            _ => Err(Unreadable::Unknown),
        }
    }
}

impl Setting {
    pub(super) const ALL: [Self; 4] = [Self::Private, Self::Channels, Self::Writers, Self::Unanswered];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Channels => "channels",
            Self::Writers => "writers",
            Self::Unanswered => "unanswered",
        }
    }

    /// What is changed by what was chosen in its menu.
    ///
    /// # Errors
    /// It cannot have been chosen there.
    pub fn change(self, values: &[String]) -> Result<Change, Unreadable> {
        // No id is 0.
        let id = |id: &String| id.parse().map(NonZeroU64::get).map_err(|_| Unreadable::Unknown);
        let ids = || values.iter().map(id).collect::<Result<Vec<u64>, _>>();
        Ok(match (self, values) {
            (Self::Private, [value]) => Change::Private(is_yes(value)?),
            (Self::Unanswered, [value]) => Change::KeepsUnanswered(is_yes(value)?),
            (Self::Channels, _) => Change::Channels(ids()?.into_iter().collect()),
            (Self::Writers, _) => match ids()?.as_slice() {
                [] => Change::Writers(Writers::Managers),
                [role] => Change::Writers(Writers::Role(*role)),
                _ => return Err(Unreadable::Unknown),
            },
            (Self::Private | Self::Unanswered, _) => return Err(Unreadable::Unknown),
        })
    }
}

/// The value of an option that switches a setting on.
pub(in crate::presentation) const YES: &str = "yes";
/// The value of an option that switches it off.
pub(in crate::presentation) const NO: &str = "no";

fn is_yes(value: &str) -> Result<bool, Unreadable> {
    match value {
        YES => Ok(true),
        NO => Ok(false),
        _ => Err(Unreadable::Unknown),
    }
}

fn subject_to_text(subject: &Subject) -> String {
    match subject {
        Subject::Topic(id) => format!("topic:{id}"),
        Subject::Tool(id) => format!("tool:{id}"),
        // It is never read: there are no notes on it.
        Subject::Project(id) => format!("project:{id}"),
    }
}

fn subject_from_text(text: &str) -> Result<Subject, Unreadable> {
    match text.split_once(':') {
        Some(("topic", id)) => Ok(Subject::Topic(id.to_owned())),
        Some(("tool", id)) => Ok(Subject::Tool(id.to_owned())),
        _ => Err(Unreadable::Unknown),
    }
}
