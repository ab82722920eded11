//! A reply as plain text, for the terminal.

use std::cell::RefCell;
use std::fmt::Write;

use textwrap::{Options, WordSeparator, WordSplitter};

use super::custom_id::Verb;
use super::reply::{Offers, Reply, Row, SelectOption};
use super::text::{Text, superscript};
use crate::domain::request::View;
use crate::domain::team::Change;

/// How a reply is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// How a text is made to stand out.
    pub emphasis: Emphasis,
    /// How a link is written.
    pub links: Links,
    /// Columns after which a line is broken between two words; without it, lines stay as they are.
    pub width: Option<usize>,
}

impl Layout {
    /// As into a file.
    pub const PLAIN: Self = Self { emphasis: Emphasis::None, links: Links::Written, width: None };
}

/// How a text is made to stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emphasis {
    /// Not at all, as into a file.
    None,
    /// By the terminal's bold face.
    Ansi,
}

/// How a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// Its label, then its address, which is never broken.
    Written,
    /// Its label, which the terminal opens (OSC 8).
    Live,
}

/// Something that can be pressed in the terminal by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// A button with what stands on it.
    Press(String, Verb),
    /// An option of a menu.
    Choose(View),
    /// An option that changes a setting.
    Set(Change),
}

/// The text of a reply; what can be pressed is numbered from 1 in the order of [`keys`].
pub fn text(reply: &Reply, layout: Layout) -> String {
    let mut out = text_only(reply, layout);
    let mut numbers = 1..;
    let mut numbered = |labels: Vec<&str>| {
        let labels = labels.into_iter().zip(&mut numbers);
        let labels = labels.map(|(label, number)| unbroken(&format!("[{number}] {label}")));
        labels.collect::<Vec<_>>().join("  ")
    };
    for row in &reply.rows {
        let (heading, labels) = match row {
            Row::Buttons(buttons) => ("", buttons.iter().map(|button| button.label.as_str()).collect()),
            Row::Menu(menu) => (menu.placeholder.as_str(), menu.options.iter().map(|one| one.label.as_str()).collect()),
            Row::Select(select) => {
                (select.placeholder.as_str(), options(&select.offers).iter().map(|one| one.label.as_str()).collect())
            }
        };
        let gap = if heading.is_empty() { "" } else { "\n" };
        let row = format!("{}{gap}{}", visible(heading), numbered(labels));
        // Writing to a string cannot fail.
        let _ = writeln!(out, "\n{}", wrap(&row, layout.width));
    }
    out
}

/// The text of a reply without what can be pressed.
pub fn text_only(reply: &Reply, layout: Layout) -> String {
    let line = |text: &str| wrap(&visible(text), layout.width);
    let heading = |text: &str| wrap(&strong(&visible(text), layout.emphasis), layout.width);
    let embed = &reply.embed;
    let mut out = String::new();
    // Writing to a string cannot fail.
    if let Some(author) = &embed.author {
        let _ = writeln!(out, "{}", line(&format!("> {author}")));
    }
    let _ = writeln!(out, "{}\n{}", heading(&embed.title), show(&embed.description, layout));
    for field in &embed.fields {
        let _ = writeln!(out, "\n{}\n{}", heading(&field.name), show(&field.text(), layout));
    }
    if let Some(footer) = &embed.footer {
        let _ = writeln!(out, "\n{}", line(footer));
    }
    let pages = pages(&embed.description);
    if !pages.is_empty() && layout.links == Links::Written {
        let _ = writeln!(out, "{}", wrap(&pages, layout.width));
    }
    out
}

/// The addresses of the pages whose numbers stand in a text, each once, in the order of their numbers.
fn pages(text: &Text) -> String {
    let mut pages: Vec<(usize, &str)> = text.cited().collect();
    pages.sort_unstable();
    pages.dedup();
    let pages = pages.into_iter().map(|(number, url)| format!("{} <{url}>", superscript(number)));
    pages.collect::<Vec<_>>().join(" ")
}

/// A formatted text as plain text.
pub fn show(text: &Text, layout: Layout) -> String {
    // The marks have no width, so that lines are broken by what is read of a link.
    let addresses = RefCell::new(Vec::new());
    let live = |label: &str, url: &str| {
        addresses.borrow_mut().push(url.to_owned());
        format!("{LINK_STARTS}{label}{LINK_ENDS}")
    };
    let link = |label: &str, url: &str| match layout.links {
        Links::Written => format!("{label} <{url}>"),
        Links::Live => live(label, url),
    };
    let cite = |number: &str, url: &str| match layout.links {
        // The address stands below.
        Links::Written => number.to_owned(),
        Links::Live => live(number, url),
    };
    let marked = text.to_terminal(|text| strong(text, layout.emphasis), link, cite, unbroken);
    let wrapped = wrap(&marked, layout.width);
    let addresses = addresses.into_inner();
    if addresses.is_empty() { wrapped } else { linked(&wrapped, &addresses) }
}

/// Breaks lines that are wider than `width` columns between two words. A word that is wider, such as an address, stays whole.
pub fn wrap(text: &str, width: Option<usize>) -> String {
    let Some(width) = width else { return text.replace(UNBROKEN_BLANK, " ") };
    let lines = text.split('\n').map(|line| {
        let indent = if line.starts_with(BULLET) { "  " } else { "" };
        let options = Options::new(width).break_words(false).subsequent_indent(indent);
        let options = options.word_separator(WordSeparator::AsciiSpace).word_splitter(WordSplitter::NoHyphenation);
        textwrap::fill(line, options)
    });
    lines.collect::<Vec<_>>().join("\n").replace(UNBROKEN_BLANK, " ")
}

/// How an item of a list begins; its further lines stand below its text.
const BULLET: &str = "• ";
/// Stands for a blank at which no line is broken.
const UNBROKEN_BLANK: char = '\u{a0}';
/// Mark the label of a link while lines are broken; no text has these characters.
const LINK_STARTS: char = '\u{2}';
const LINK_ENDS: char = '\u{3}';

fn unbroken(text: &str) -> String {
    visible(text).replace(' ', "\u{a0}")
}

/// A text without control characters, which a terminal would obey.
pub(super) fn visible(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

/// Puts the addresses into the labels that are marked. A label of several lines is a link in each of them, without their
/// indentation.
fn linked(marked: &str, addresses: &[String]) -> String {
    let mut out = String::new();
    let mut addresses = addresses.iter();
    // The address of the label that is being written, and whether its link is open.
    let mut label: Option<&String> = None;
    let mut is_open = false;
    for c in marked.chars() {
        if c == LINK_STARTS {
            label = addresses.next();
            continue;
        }
        if is_open && (c == LINK_ENDS || c == '\n') {
            out.push_str(&hyperlink(""));
            is_open = false;
        }
        if c == LINK_ENDS {
            label = None;
            continue;
        }
        if let Some(address) = label.filter(|_| !is_open && !c.is_whitespace()) {
            out.push_str(&hyperlink(address));
            is_open = true;
        }
        out.push(c);
    }
    out
}

/// The escape sequence that begins a link, and ends it with a blank address.
fn hyperlink(address: &str) -> String {
    format!("\u{1b}]8;;{address}\u{1b}\\")
}

fn strong(text: &str, emphasis: Emphasis) -> String {
    match emphasis {
        Emphasis::None => text.to_owned(),
        Emphasis::Ansi => format!("\u{1b}[1m{text}\u{1b}[0m"),
    }
}

/// What can be chosen in a terminal, which has neither channels nor roles.
fn options(offers: &Offers) -> &[SelectOption] {
    match offers {
        Offers::One(options) => options,
        Offers::Channels(_) | Offers::Role(_) => &[],
    }
}

/// What can be pressed under a reply, in order.
pub fn keys(reply: &Reply) -> Vec<Key> {
    let of_row = |row: &Row| -> Vec<Key> {
        match row {
            Row::Buttons(buttons) => {
                buttons.iter().map(|button| Key::Press(button.label.clone(), button.verb.clone())).collect()
            }
            Row::Menu(menu) => menu.options.iter().map(|option| Key::Choose(option.view.clone())).collect(),
            Row::Select(select) => {
                options(&select.offers).iter().map(|option| Key::Set(option.change.clone())).collect()
            }
        }
    };
    reply.rows.iter().flat_map(of_row).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{Emphasis, Layout, Links, show, wrap};
    use crate::presentation::text::Text;

    #[track_caller]
    fn check_wrap(text: &str, width: usize, expected: Expect) {
        let wrapped = wrap(text, Some(width));
        expected.assert_eq(&wrapped);
    }

    #[test]
    fn lines_break_between_words() {
        check_wrap("one two three", 7, expect![["one two\nthree"]]);
        check_wrap("é 日本 🦀 é 日本 🦀", 7, expect![["é 日本\n🦀 é\n日本 🦀"]]);
        check_wrap("\u{1b}[1mone two\u{1b}[0m", 7, expect![["\u{1b}[1mone two\u{1b}[0m"]]);
        check_wrap("• one two three\n\nfour", 9, expect![["• one two\n  three\n\nfour"]]);
        check_wrap("see <https://example.org/long> now", 10, expect![["see\n<https://example.org/long>\nnow"]]);
        check_wrap("[1]\u{a0}Back  [2]\u{a0}All topics", 10, expect![["[1] Back\n[2] All\ntopics"]]);
    }

    fn linked() -> Text {
        Text::plain("• see ").link("the long page", "https://b.example/é").and(" \u{1b}[31mnow")
    }

    #[test]
    fn a_link_stays_whole() {
        let layout = Layout { width: Some(12), ..Layout::PLAIN };
        expect![["• see the\n  long page\n  <https://b.example/é>\n  [31mnow"]].assert_eq(&show(&linked(), layout));
        let layout = Layout { emphasis: Emphasis::Ansi, links: Links::Live, width: Some(12) };
        expect![[r#"
            • see ESC]8;;https://b.example/éESC\theESC]8;;ESC\
              ESC]8;;https://b.example/éESC\long pageESC]8;;ESC\
              [31mnow"#]]
        .assert_eq(&show(&linked(), layout).replace('\u{1b}', "ESC"));
    }

    #[test]
    fn the_lines_of_a_chart_are_not_broken() {
        let chart = Text::default().block("██   │ speed and more\n  │██ memory");
        expect![["██   │ speed and more\n  │██ memory"]]
            .assert_eq(&show(&chart, Layout { width: Some(9), ..Layout::PLAIN }));
    }
}
