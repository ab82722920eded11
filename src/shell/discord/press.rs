//! What follows from a button or menu that was used. Whoever presses can forge the state, so permissions are checked here.

use crate::domain::request::View;
use crate::presentation::Audience;
use crate::presentation::action::{Action, Verb};

/// A button or menu that was used.
#[derive(Debug, Clone)]
pub(super) struct Press {
    /// What its state says; nothing if it is not one of ours.
    pub(super) action: Option<Action>,
    /// What was chosen in a menu.
    pub(super) chosen: Option<View>,
    /// Who pressed.
    pub(super) by: u64,
    /// Whether that person may manage messages here.
    pub(super) may_manage_messages: bool,
    /// Who sees the message that it stands under.
    pub(super) audience: Audience,
}

/// What follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// The message shows something else.
    Replace(View),
    /// Somebody else's answer stays; this one is shown to whoever pressed.
    ShowPrivately(View),
    /// The tour of whoever pressed begins, or goes on, in a private message.
    Begin,
    /// The answer is posted for everyone.
    Share(View),
    /// The message is deleted.
    Delete,
    /// The message stays, and whoever pressed is told why.
    RefuseToDelete,
    /// The button is not known.
    Unknown,
}

impl Press {
    pub(super) fn effect(self) -> Effect {
        let Some(action) = self.action else { return Effect::Unknown };
        // Only the asker sees a private message, whatever its state says.
        let by_asker = self.by == action.asker || self.audience == Audience::OnlyAsker;
        let shown = match (action.verb, self.chosen) {
            (Verb::Delete, _) if by_asker || self.may_manage_messages => return Effect::Delete,
            (Verb::Delete, _) => return Effect::RefuseToDelete,
            (Verb::Begin, _) => return Effect::Begin,
            (Verb::Open(shown), _) => return Effect::ShowPrivately(shown),
            (Verb::Share(shown), _) if self.audience == Audience::OnlyAsker => return Effect::Share(shown),
            (Verb::Share(shown) | Verb::Show(shown), _) | (Verb::Choose(_), Some(shown)) => shown,
            (Verb::Choose(_), None) => return Effect::Unknown,
        };
        if by_asker { Effect::Replace(shown) } else { Effect::ShowPrivately(shown) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, Audience, Effect, Press, Verb, View};

    #[track_caller]
    fn check(verb: Verb, by: u64, may_manage_messages: bool, audience: Audience, expected: Effect) {
        let action = Some(Action { asker: 7, verb });
        let press = Press { action, chosen: None, by, may_manage_messages, audience };
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
    fn whoever_begins_a_tour_or_opens_more_gets_a_message_of_their_own() {
        check(Verb::Begin, 8, false, Audience::Everyone, Effect::Begin);
        check(Verb::Begin, 7, false, Audience::OnlyAsker, Effect::Begin);
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
        let foreign = Press {
            action: None,
            chosen: Some(View::Help),
            by: 7,
            may_manage_messages: true,
            audience: Audience::Everyone,
        };
        assert_eq!(foreign.effect(), Effect::Unknown);
    }
}
