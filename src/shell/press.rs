//! What follows from a button or menu that was used. A state can be forged, so permissions are checked here.

use std::collections::BTreeMap;

use crate::domain::request::{Request, TeamRequest, View};
use crate::domain::situation::Audience;
use crate::domain::team::Change;
use crate::presentation::custom_id::{Action, Unreadable, Verb};
use crate::presentation::form;

/// A button or menu that was used.
#[derive(Debug, Clone)]
pub(super) struct Press {
    /// What its state says, if it can be read.
    pub(super) action: Result<Action, Unreadable>,
    /// Who asked for the message that it stands under, as far as that is known.
    pub(super) asker: Option<u64>,
    /// What was chosen in a menu, if that can be read.
    pub(super) chosen: Result<Option<Chosen>, Unreadable>,
    /// Who pressed.
    pub(super) by: u64,
    /// Whether that person may manage messages here.
    pub(super) may_manage_messages: bool,
    /// What the message shows of a form that is opened again, by the names of its fields.
    pub(super) typed: Option<BTreeMap<String, String>>,
    /// Who sees the message that it stands under.
    pub(super) audience: Audience,
}

/// What was chosen in a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Chosen {
    /// Something to show.
    View(View),
    /// A setting as it is to be.
    Change(Change),
}

/// What follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// The message shows something else.
    Replace(View),
    /// Somebody else's answer stays; this one is shown to the person who pressed.
    ShowPrivately(View),
    /// The tour of the person who pressed begins, or goes on, in a private message.
    Begin,
    /// The answer is posted for everyone.
    Share(View),
    /// Something is answered in a private message or a form of its own: a report, or a form for what the team keeps.
    Answer(Request),
    /// What the team keeps is changed, and the message shows what came of it.
    Change(TeamRequest),
    /// The file of the message is read again, and the message shows what came of it.
    TakeOver,
    /// The person who pressed sees how a vote stands, and it is looked whether it has ended.
    LookAt(u32),
    /// The message is deleted.
    Delete,
    /// The message stays, and the person who pressed learns why.
    RefuseToDelete,
    /// The button is not known.
    Unknown,
    /// The button is from an older version.
    Older,
}

impl From<Unreadable> for Effect {
    fn from(unreadable: Unreadable) -> Self {
        match unreadable {
            Unreadable::Unknown => Self::Unknown,
            Unreadable::Older => Self::Older,
        }
    }
}

impl Press {
    pub(super) fn effect(self) -> Effect {
        let (action, chosen) = match (self.action, self.chosen) {
            (Ok(action), Ok(chosen)) => (action, chosen),
            (Err(unreadable), _) | (_, Err(unreadable)) => return unreadable.into(),
        };
        // Only the asker sees a private message, whatever its state says.
        let by_asker = self.asker == Some(self.by) || self.audience == Audience::OnlyAsker;
        let view = match (action.verb, chosen) {
            (Verb::Delete, _) if by_asker || self.may_manage_messages => return Effect::Delete,
            (Verb::Delete, _) => return Effect::RefuseToDelete,
            (Verb::Begin, _) => return Effect::Begin,
            (Verb::Report(view), _) => return Effect::Answer(Request::Report(view)),
            (Verb::Edit(form), _) => {
                // What was left blank is not shown.
                let before =
                    self.typed.as_ref().map(|typed| |name: &str| Some(typed.get(name).cloned().unwrap_or_default()));
                let before = before.as_ref().map(|before| before as &form::Fields<'_>);
                return Effect::Answer(form::opening(form, before));
            }
            (Verb::Poll(number), _) => return Effect::LookAt(number),
            (Verb::TakeOver, _) => return Effect::TakeOver,
            (Verb::Vote(vote, view), _) => return Effect::Answer(Request::Team(TeamRequest::Vote(vote, view))),
            (Verb::AddTo(id, topic), _) => return Effect::Change(TeamRequest::AddTo(id, topic)),
            (Verb::TakeBack(id), _) => return Effect::Change(TeamRequest::TakeBack(id)),
            (Verb::Dismiss(id), _) => return Effect::Change(TeamRequest::Dismiss(id)),
            // Who may change a setting is decided by the core.
            (Verb::Set(_), Some(Chosen::Change(change))) => return Effect::Change(TeamRequest::Set(change)),
            (Verb::Open(view), _) => return Effect::ShowPrivately(view),
            (Verb::Share(view), _) if self.audience == Audience::OnlyAsker => return Effect::Share(view),
            (Verb::Share(view) | Verb::Show(view), _) | (Verb::Choose(_), Some(Chosen::View(view))) => view,
            (Verb::Choose(_) | Verb::Set(_) | Verb::Fill(_), _) => return Effect::Unknown,
        };
        if by_asker { Effect::Replace(view) } else { Effect::ShowPrivately(view) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, Audience, Chosen, Effect, Press, Request, Unreadable, Verb, View};
    use crate::presentation::custom_id::Asker;

    #[track_caller]
    fn check(verb: Verb, by: u64, may_manage_messages: bool, audience: Audience, expected: Effect) {
        let action = Ok(Action { asker: Asker::signed(7, &[0; 16]), verb });
        let press = Press { action, asker: Some(7), chosen: Ok(None), by, may_manage_messages, typed: None, audience };
        assert_eq!(press.effect(), expected);
    }

    #[test]
    fn only_the_asker_and_moderators_delete() {
        check(Verb::Delete, 7, false, Audience::Everyone, Effect::Delete);
        check(Verb::Delete, 8, true, Audience::Everyone, Effect::Delete);
        check(Verb::Delete, 8, false, Audience::Everyone, Effect::RefuseToDelete);
    }

    #[test]
    fn only_the_asker_changes_an_answer() {
        let show = || Verb::Show(View::Help);
        check(show(), 7, false, Audience::Everyone, Effect::Replace(View::Help));
        check(show(), 8, true, Audience::Everyone, Effect::ShowPrivately(View::Help));
        check(show(), 8, false, Audience::OnlyAsker, Effect::Replace(View::Help));
    }

    #[test]
    fn a_person_who_begins_a_tour_reports_an_answer_or_opens_more_gets_a_message_of_their_own() {
        check(Verb::Begin, 8, false, Audience::Everyone, Effect::Begin);
        check(Verb::Begin, 7, false, Audience::OnlyAsker, Effect::Begin);
        check(Verb::Report(View::Help), 8, false, Audience::OnlyAsker, Effect::Answer(Request::Report(View::Help)));
        check(Verb::Open(View::Help), 7, false, Audience::OnlyAsker, Effect::ShowPrivately(View::Help));
    }

    #[test]
    fn only_a_private_answer_is_shared() {
        let share = || Verb::Share(View::Help);
        check(share(), 7, false, Audience::OnlyAsker, Effect::Share(View::Help));
        check(share(), 7, false, Audience::Everyone, Effect::Replace(View::Help));
        check(share(), 8, false, Audience::Everyone, Effect::ShowPrivately(View::Help));
    }

    #[test]
    fn a_menu_without_a_choice_and_a_foreign_state_do_nothing() {
        check(Verb::Choose(0), 7, false, Audience::Everyone, Effect::Unknown);
        for (unreadable, effect) in [(Unreadable::Unknown, Effect::Unknown), (Unreadable::Older, Effect::Older)] {
            let (audience, asker, chosen) = (Audience::Everyone, Some(7), Ok(Some(Chosen::View(View::Help))));
            let foreign = Press {
                action: Err(unreadable),
                asker,
                chosen,
                by: 7,
                may_manage_messages: true,
                typed: None,
                audience,
            };
            assert_eq!(foreign.effect(), effect);
        }
    }
}
