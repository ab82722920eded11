//! Formatted text as HTML.

use maud::{Markup, html};

use crate::presentation::plain::visible;
use crate::presentation::text::{Part, Text, superscript};
use crate::presentation::wording;

/// How the address of a page begins that a text may lead to.
const WEB: [&str; 2] = ["https://", "http://"];
/// How an item of a list begins.
const BULLET: &str = "• ";

/// A text in lines. An item of a list keeps its further lines beside its bullet.
pub(super) fn text(text: &Text) -> Markup {
    html! {
        @for line in lines(text) {
            @match line {
                Line::Block(block) => { pre tabindex="0" { (visible(block)) } }
                Line::Parts(parts) if is_item(&parts) => { div.item { (inline(&parts)) } }
                Line::Parts(parts) if parts.is_empty() => { div.gap {} }
                Line::Parts(parts) => { div { (inline(&parts)) } }
            }
        }
    }
}

/// A line of a text.
enum Line<'t> {
    /// Lines whose characters stand below each other.
    Block(&'t str),
    /// Parts without a line break.
    Parts(Vec<Piece<'t>>),
}

/// A part of a line.
enum Piece<'t> {
    /// A piece of plain text.
    Plain(&'t str),
    /// Any other part.
    Part(&'t Part),
}

fn lines(text: &Text) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut line = Vec::new();
    for part in &text.parts {
        match part {
            Part::Plain(text) => {
                let mut pieces = text.split('\n');
                line.extend(pieces.next().filter(|piece| !piece.is_empty()).map(Piece::Plain));
                for piece in pieces {
                    lines.push(Line::Parts(std::mem::take(&mut line)));
                    line.extend(Some(piece).filter(|piece| !piece.is_empty()).map(Piece::Plain));
                }
            }
            Part::Block(block) => {
                if !line.is_empty() {
                    lines.push(Line::Parts(std::mem::take(&mut line)));
                }
                lines.push(Line::Block(block));
            }
            other => line.push(Piece::Part(other)),
        }
    }
    if !line.is_empty() {
        lines.push(Line::Parts(line));
    }
    lines
}

fn is_item(parts: &[Piece<'_>]) -> bool {
    matches!(parts.first(), Some(Piece::Plain(text)) if text.starts_with(BULLET))
}

fn inline(parts: &[Piece<'_>]) -> Markup {
    html! {
        @for part in parts {
            @match part {
                Piece::Plain(text) => { (visible(text)) }
                Piece::Part(part) => { (formatted(part)) }
            }
        }
    }
}

fn formatted(part: &Part) -> Markup {
    match part {
        Part::Plain(text) | Part::Block(text) => html! { (visible(text)) },
        Part::Strong(text) => html! { strong { (visible(text)) } },
        Part::Link { label, url } => link(url, None, &visible(label)),
        Part::Cite { number, url } => {
            // A number stays beside what it stands for.
            html! { "\u{a0}" (link(url, Some(&wording::page::source(*number)), &superscript(*number))) }
        }
        Part::Person(_) => html! { span.person { "@" (wording::YOU) } },
    }
}

/// A link to a page; the label alone where the address is not one of a page.
fn link(url: &str, name: Option<&str>, label: &str) -> Markup {
    if !WEB.iter().any(|web| url.starts_with(web)) {
        return html! { (label) };
    }
    // What was said stays on the page when somebody reads a source.
    html! { a href=(url) target="_blank" rel="noopener noreferrer" aria-label=[name] { (label) } }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::text;
    use crate::presentation::text::Text;

    #[track_caller]
    fn check(shown: &Text, expected: Expect) {
        expected.assert_eq(&text(shown).into_string());
    }

    #[test]
    fn a_text_keeps_its_lines_and_its_formatting() {
        check(
            &Text::plain("é 日 🦀\n\n• see ")
                .link("the page", "https://b.example/é?a=1&b=2")
                .cite(12, "https://c.example/"),
            expect![[
                r#"<div>é 日 🦀</div><div class="gap"></div><div class="item">• see <a href="https://b.example/é?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">the page</a> <a href="https://c.example/" target="_blank" rel="noopener noreferrer" aria-label="Source 12">¹²</a></div>"#
            ]],
        );
        check(
            &Text::default().person(7).and(" got ").strong("4 of 5").block("█│\n │█").and("end\n"),
            expect![[r#"<div><span class="person">@You</span> got <strong>4 of 5</strong></div><pre tabindex="0">█│
 │█</pre><div>end</div>"#]],
        );
        check(&Text::default(), expect![[""]]);
    }

    #[test]
    fn no_text_is_mark_up() {
        let hostile = "<script>alert(1)</script> & \" ' <img src=x onerror=y> \u{0}\u{1b}[31m";
        check(
            &Text::plain(hostile).strong(hostile).link(hostile, "https://b.example/\"onclick=\"x").block("</pre><b>"),
            expect![[
                r#"<div>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot; ' &lt;img src=x onerror=y&gt; [31m<strong>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot; ' &lt;img src=x onerror=y&gt; [31m</strong><a href="https://b.example/&quot;onclick=&quot;x" target="_blank" rel="noopener noreferrer">&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot; ' &lt;img src=x onerror=y&gt; [31m</a></div><pre tabindex="0">&lt;/pre&gt;&lt;b&gt;</pre>"#
            ]],
        );
    }

    #[test]
    fn what_is_no_page_is_not_linked() {
        for url in [concat!("java", "script:alert(1)"), "data:text/html,x", "//b.example", ""] {
            assert_eq!(text(&Text::default().link("é", url)).into_string(), "<div>é</div>");
        }
    }
}
