//! The forms of a reply: where Discord does not allow a part of it, the rest is sent.

use serenity::all::CreateAttachment;

use super::super::limits::warn_seldom;
use super::super::metrics::Metrics;
use super::super::remedies::{EMPTY_MESSAGE, MISSING_PERMISSIONS, NO_HISTORY};
use super::super::rest::RestError;
use super::super::translate::to_discord::Form;
use super::Answering;

/// A permission that the bot needs in a channel, as Discord names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Permission {
    AttachFiles,
    EmbedLinks,
    ReadMessageHistory,
}

/// A reply that is sent in smaller and smaller forms, until one is accepted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shrinking<'p> {
    full: Form<'p>,
    /// What is sent next, or was sent last.
    pub(super) form: Form<'p>,
    is_picture_refused: bool,
}

impl<'p> Shrinking<'p> {
    pub(super) fn new(picture: Option<&'p CreateAttachment>) -> Self {
        let full = Form::full(picture);
        Self { full, form: full, is_picture_refused: false }
    }

    /// Leaves out the part from which an error may come, and counts a picture that is left out.
    ///
    /// # Errors
    /// The same error, if nothing that is left out would help.
    pub(super) fn shrink(&mut self, error: RestError, metrics: &Metrics) -> Result<(), RestError> {
        let Some(less) = self.form.after(&error) else { return Err(error) };
        if self.form.picture.is_some() && less.picture.is_none() {
            self.is_picture_refused = matches!(error, RestError::Status { code: MISSING_PERMISSIONS, .. });
            metrics.picture_left_out();
        }
        self.form = less;
        Ok(())
    }
}

impl<'p> Form<'p> {
    /// All of a reply.
    pub(super) fn full(picture: Option<&'p CreateAttachment>) -> Self {
        Self { picture, is_framed: true, refers: true }
    }

    /// The words alone, in a frame.
    pub(super) fn without_picture(self) -> Self {
        Self { picture: None, ..self }
    }

    /// What is tried after an error: less of the reply, if the error may come from the part that is left out.
    pub(super) fn after(self, error: &RestError) -> Option<Self> {
        let code = match error {
            RestError::Status { code: NO_HISTORY, .. } if self.refers => return Some(Self { refers: false, ..self }),
            // The picture takes longest, and may be too large or not allowed.
            RestError::Unreachable(_) | RestError::Status { status: 400 | 403 | 413 | 500.., .. }
                if self.picture.is_some() =>
            {
                return Some(self.without_picture());
            }
            RestError::Status { code, .. } => *code,
            _ => return None,
        };
        // Without the permission for embeds Discord refuses the message, or drops the embed and finds nothing in it.
        let is_embed_refused = self.is_framed && matches!(code, MISSING_PERMISSIONS | EMPTY_MESSAGE);
        is_embed_refused.then_some(Self { is_framed: false, ..self })
    }

    /// The permissions without which `full` was refused and this was not.
    fn missing(self, full: Self, is_picture_refused: bool) -> impl Iterator<Item = Permission> {
        let history = (full.refers && !self.refers).then_some(Permission::ReadMessageHistory);
        let embeds = (full.is_framed && !self.is_framed).then_some(Permission::EmbedLinks);
        let files = (is_picture_refused && self.is_framed).then_some(Permission::AttachFiles);
        [history, embeds, files].into_iter().flatten()
    }
}

impl Permission {
    const fn name(self) -> &'static str {
        match self {
            Self::AttachFiles => "Attach Files",
            Self::EmbedLinks => "Embed Links",
            Self::ReadMessageHistory => "Read Message History",
        }
    }

    const fn effect(self) -> &'static str {
        match self {
            Self::AttachFiles => "its answers have no pictures there",
            Self::EmbedLinks => "its answers are plain text there",
            Self::ReadMessageHistory => "its answers do not refer to the question there",
        }
    }
}

impl Answering {
    /// Logs once a channel which permission is missing there, after a smaller form than the full one was accepted.
    pub(super) fn note_missing(&self, channel: u64, sent: Shrinking<'_>) {
        for permission in sent.form.missing(sent.full, sent.is_picture_refused) {
            if !self.is_first_lack(channel, permission) {
                continue;
            }
            let (name, effect) = (permission.name(), permission.effect());
            warn_seldom(&format!("lack {channel} {name}"), || {
                format!("the bot lacks the permission {name} in channel {channel}, so that {effect}; allow it there")
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use serenity::all::CreateAttachment;

    use super::{Form, Permission, RestError};

    /// Each of the three parts is left out once.
    const FORMS: usize = 4;

    /// Every form that is tried while each is refused in this way, as letters: picture, frame, reference.
    fn tried(status: u16, code: u64) -> Vec<String> {
        let picture = CreateAttachment::bytes(vec![0], "a.png");
        let letters = |form: Form<'_>| {
            let parts = [(form.picture.is_some(), 'p'), (form.is_framed, 'f'), (form.refers, 'r')];
            parts.into_iter().filter_map(|(has, letter)| has.then_some(letter)).collect::<String>()
        };
        let error = RestError::Status { status, code };
        let forms = std::iter::successors(Some(Form::full(Some(&picture))), |form| form.after(&error));
        let forms: Vec<String> = forms.map(letters).collect();
        assert!(forms.len() <= FORMS, "{forms:?}");
        forms
    }

    #[test]
    fn what_is_refused_is_left_out_part_by_part() {
        assert_eq!(tried(403, 50013), ["pfr", "fr", "r"]);
        assert_eq!(tried(400, 50006), ["pfr", "fr", "r"]);
        assert_eq!(tried(400, 160_002), ["pfr", "pf", "f"]);
        assert_eq!(tried(413, 40005), ["pfr", "fr"]);
        assert_eq!(tried(503, 0), ["pfr", "fr"]);
        assert_eq!(tried(404, 10008), ["pfr"]);
        assert_eq!(tried(401, 0), ["pfr"]);
    }

    #[test]
    fn the_missing_permission_follows_from_what_was_accepted() {
        let picture = CreateAttachment::bytes(vec![0], "a.png");
        let full = Form::full(Some(&picture));
        let plain = Form { picture: None, is_framed: false, refers: false };
        let missing = |form: Form<'_>, refused: bool| form.missing(full, refused).collect::<Vec<_>>();
        assert_eq!(missing(full.without_picture(), true), [Permission::AttachFiles]);
        assert_eq!(missing(full.without_picture(), false), [], "it only took too long");
        assert_eq!(missing(plain, true), [Permission::ReadMessageHistory, Permission::EmbedLinks]);
    }
}
