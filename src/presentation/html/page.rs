//! The page: what was said, and the input below it.

use maud::{DOCTYPE, Markup, html};

use super::remark;
use super::rows::{YES, fields};
use crate::presentation::limits;
use crate::presentation::wording::page as wording;

/// What a page shows.
#[derive(Debug, Clone, Copy)]
pub struct Page<'p> {
    /// What is compared.
    pub title: &'p str,
    /// What was said, the first first.
    pub messages: &'p [Markup],
    /// The answer that the next question follows.
    pub followed: Option<Followed<'p>>,
    /// Where the person is in a tour, as the state of a view.
    pub tour: Option<&'p str>,
}

/// An answer that the next question follows.
#[derive(Debug, Clone, Copy)]
pub struct Followed<'p> {
    /// Its title.
    pub title: &'p str,
    /// The state of its view.
    pub state: &'p str,
}

/// A whole page.
pub fn page(page: &Page<'_>) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (wording::title(page.title)) }
                link rel="icon" href="/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/page.css";
                // Before anything is drawn, because it knows whether the page is dark.
                script src="/page.js" {}
            }
            body {
                a.skip href="#ask" { (wording::SKIP) }
                header {
                    h1 { (page.title) }
                    button #dark.scripted type="button" aria-pressed="false" { (wording::DARK) }
                }
                main {
                    ol #channel aria-label=(wording::CHANNEL) data-tour=[page.tour] {
                        @for message in page.messages { (message) }
                    }
                    p #status.unseen role="status" {}
                    (composer(page))
                }
                // What the script shows by itself.
                template #unreachable { (remark(wording::UNREACHABLE)) }
                template #copied { (wording::COPIED) }
            }
        }
    }
}

/// Messages that the script adds to the page, or puts in the place of one.
pub fn fragment(effect: &str, tour: Option<&str>, messages: &[Markup]) -> Markup {
    html! { ol data-effect=(effect) data-tour=[tour] { @for message in messages { (message) } } }
}

fn composer(page: &Page<'_>) -> Markup {
    let (title, state) = page.followed.map_or(("", ""), |followed| (followed.title, followed.state));
    let is_following = page.followed.is_some();
    html! {
        form #composer action="/" method="get" autocomplete="off" {
            p #following hidden[!is_following] {
                (wording::FOLLOWING) " " strong { (title) } " "
                a href="/" { (wording::NOT_FOLLOWING) }
            }
            input type="hidden" name=(fields::ABOUT) value=(state) disabled[!is_following];
            @if let Some(tour) = page.tour { input type="hidden" name=(fields::TOUR) value=(tour); }
            label for="ask" { (wording::ASK) }
            div.line {
                input #ask type="text" name=(fields::TEXT) maxlength=(limits::OPTION_TEXT) enterkeyhint="send";
                button.primary { (wording::SEND) }
                ul #completions role="listbox" aria-label=(wording::SUGGESTIONS) hidden {}
            }
            label.box { input type="checkbox" name=(fields::ONLY_ME) value=(YES); (wording::ONLY_ME) }
        }
    }
}
