//! What became of something that was asked or pressed, as the page shows it.

use maud::Markup;

/// What became of a request.
pub(super) struct Turn {
    pub(super) effect: Effect,
    /// What is shown, the first first.
    pub(super) messages: Vec<Markup>,
    /// Where the person is in a tour now, as the state of a view; blank for nowhere.
    pub(super) tour: String,
    /// The title of the answer.
    pub(super) title: String,
    /// The state of the view that the answer is about, if a question can follow it.
    pub(super) about: Option<String>,
}

/// What the page does with the messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// They come after the others.
    Add,
    /// The first stands in the place of the message whose button was pressed, and the others come after all.
    Replace,
    /// The message whose button was pressed goes.
    Delete,
}

impl Effect {
    /// Its name in the page.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Replace => "replace",
            Self::Delete => "delete",
        }
    }
}
