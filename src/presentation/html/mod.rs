//! Replies and the page around them as HTML, drawn as Discord draws them. All text is escaped.

mod page;
mod rows;
mod text;

use maud::{Markup, html};

pub use page::{Followed, Page, fragment, page};
pub use rows::{YES, fields};

use super::chart::Chart;
use super::markdown::markdown;
use super::reply::{Choice, Embed, Field, Reply};
use super::text::quote;
use super::wording;

/// What stands around a reply in the page. Addresses are those of the page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Frame<'f> {
    /// Whether only the asker sees it.
    pub is_private: bool,
    /// Where the same is shown again.
    pub address: Option<&'f str>,
    /// What the next question can follow.
    pub followed: Option<&'f str>,
    /// Where the page is whose next question follows it.
    pub follow_address: Option<&'f str>,
    /// Where the picture of its chart is.
    pub picture: Option<&'f str>,
    /// Where the person is in a tour, as the state of a view.
    pub tour: Option<&'f str>,
}

/// What somebody typed.
pub fn question(text: &str) -> Markup {
    html! {
        li.message.question {
            article aria-label=(wording::page::YOU) {
                p.from { span.name { (wording::page::YOU) } }
                p.said { (quote(text)) }
            }
        }
    }
}

/// A reply.
pub fn message(reply: &Reply, frame: &Frame<'_>) -> Markup {
    html! {
        li.message.private[frame.is_private] data-followed=[frame.followed] {
            article aria-label=(name(&reply.embed.title)) {
                (from())
                (embed(&reply.embed, reply.chart.as_ref().zip(frame.picture)))
                (rows::rows(&reply.rows, frame))
                @if frame.is_private { p.note { (wording::page::PRIVATE) } }
                p.actions {
                    @if let Some(address) = frame.address { a.address href=(address) { (wording::page::LINK) } }
                    @if let Some(address) = frame.follow_address { a.follow href=(address) { (wording::page::FOLLOW) } }
                    button.copy.scripted type="button" { (wording::page::COPY) }
                    @if frame.is_private { button.dismiss.scripted type="button" { (wording::page::DISMISS) } }
                }
                template.markdown { (markdown(reply)) }
            }
        }
    }
}

/// A sentence that only the asker sees.
pub fn remark(text: &str) -> Markup {
    html! {
        li.message.private {
            article aria-label=(name(text)) {
                (from())
                p.said { (text) }
                p.note { (wording::page::PRIVATE) }
                p.actions { button.dismiss.scripted type="button" { (wording::page::DISMISS) } }
            }
        }
    }
}

/// What is offered while something is typed.
pub fn completions(choices: &[Choice]) -> Markup {
    html! {
        @for (at, choice) in choices.iter().enumerate() {
            li role="option" id={ "completion-" (at) } aria-selected="false" data-value=(choice.value) { (choice.name) }
        }
    }
}

/// The name of a message of the bot for those who hear it.
fn name(title: &str) -> String {
    format!("{}: {title}", wording::NAME)
}

fn from() -> Markup {
    html! { p.from { span.name { (wording::NAME) } " " span.badge { (wording::page::BADGE) } } }
}

fn embed(embed: &Embed, picture: Option<(&Chart, &str)>) -> Markup {
    html! {
        div.embed {
            // Its colour comes out of the data, and the page allows no style but its own file.
            svg.stripe aria-hidden="true" { rect width="100%" height="100%" fill={ "#" (format!("{:06X}", embed.colour)) } {} }
            @if let Some(author) = &embed.author { p.author { (author) } }
            h2 tabindex="-1" { (embed.title) }
            @if !embed.description.is_blank() { div.text { (text::text(&embed.description)) } }
            @if !embed.fields.is_empty() { div.fields { @for one in &embed.fields { (field(one)) } } }
            @if let Some((chart, address)) = picture {
                @let (width, height) = chart.size();
                img.picture src=(address) alt=(chart.description) width=(width) height=(height);
            }
            @if let Some(footer) = &embed.footer { p.footer { (footer) } }
        }
    }
}

fn field(field: &Field) -> Markup {
    html! {
        div.field.inline[field.inline] {
            h3 { (field.name) }
            div.text { (text::text(&field.text())) }
        }
    }
}

#[cfg(test)]
mod tests;
