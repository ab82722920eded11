//! What can be pressed under a reply, as forms: they work without a script as well.

use maud::{Markup, html};

use super::Frame;
use crate::presentation::custom_id::Verb;
use crate::presentation::reply::{Button, Menu, Row, Style};
use crate::presentation::wording;

/// The names of what a form sends.
pub mod fields {
    /// The state of the button or menu that was used.
    pub const PRESS: &str = "press";
    /// What was chosen in a menu.
    pub const CHOOSE: &str = "choose";
    /// There if only the asker sees the message.
    pub const PRIVATE: &str = "private";
    /// Where the person is in a tour, as the state of a view.
    pub const TOUR: &str = "tour";
    /// What was typed.
    pub const TEXT: &str = "q";
    /// The state of the view that a question follows.
    pub const ABOUT: &str = "about";
    /// The state of a view that is to be shown.
    pub const VIEW: &str = "view";
    /// There if the answer is to be private.
    pub const ONLY_ME: &str = "only-me";
}

/// The value of a field that is there or not.
pub const YES: &str = "1";

pub(super) fn rows(rows: &[Row], frame: &Frame<'_>) -> Markup {
    html! {
        @for row in rows {
            form.row action="/" method="get" {
                @if frame.is_private { input type="hidden" name=(fields::PRIVATE) value=(YES); }
                @if let Some(tour) = frame.tour { input type="hidden" name=(fields::TOUR) value=(tour); }
                @match row {
                    Row::Buttons(buttons) => { @for one in buttons { (button(one)) } }
                    Row::Menu(shown) => { (menu(shown)) }
                    // A page has no settings.
                    Row::Select(_) => {}
                }
            }
        }
    }
}

fn button(button: &Button) -> Markup {
    let style = match button.style {
        Style::Primary => "primary",
        Style::Secondary => "secondary",
        Style::Danger => "danger",
    };
    // A picture has no name that can be read out.
    let name = (button.verb == Verb::Delete).then_some(wording::page::DELETE);
    html! {
        button class=(style) name=(fields::PRESS) value=(button.custom_id) aria-label=[name] title=[name] { (button.label) }
    }
}

fn menu(menu: &Menu) -> Markup {
    html! {
        details.menu {
            summary { (menu.placeholder) }
            @if menu.many {
                ul {
                    @for option in &menu.options {
                        li { label.option {
                            input type="checkbox" name=(fields::CHOOSE) value=(option.value);
                            span { span.label { (option.label) } (description(&option.description)) }
                        } }
                    }
                }
                button.primary name=(fields::PRESS) value=(menu.custom_id) { (wording::page::CHOOSE) }
            } @else {
                input type="hidden" name=(fields::PRESS) value=(menu.custom_id);
                ul {
                    @for option in &menu.options {
                        li { button.option name=(fields::CHOOSE) value=(option.value) {
                            span.label { (option.label) } (description(&option.description))
                        } }
                    }
                }
            }
        }
    }
}

fn description(text: &str) -> Markup {
    html! { @if !text.is_empty() { span.description { (text) } } }
}
