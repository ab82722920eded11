//! How replies are drawn, and that no text in them is mark-up.

use expect_test::expect_file;

use super::{Followed, Frame, Page, completions, fragment, message, page, question, remark};
use crate::domain::request::View;
use crate::presentation::chart::{Chart, Subject};
use crate::presentation::custom_id::Verb;
use crate::presentation::reply::{Button, Choice, Embed, Field, Menu, MenuOption, Priority, Reply, Row, Style};
use crate::presentation::text::Text;

const HOSTILE: &str = "</p><script>alert('é')</script><img src=x onerror=\"y\"> & 日 🦀";

fn button(label: &str, style: Style, verb: Verb) -> Button {
    Button { label: label.to_owned(), style, verb, custom_id: format!("2.x.{}", label.len()) }
}

fn menu(many: bool) -> Row {
    let option = |label: &str, description: &str| MenuOption {
        label: label.to_owned(),
        description: description.to_owned(),
        view: View::Help,
        value: "topic:é".to_owned(),
    };
    let options = vec![option("Speed", "How fast"), option("日 🦀", "")];
    Row::Menu(Menu { custom_id: "2.x.choose.0".to_owned(), placeholder: "Another …".to_owned(), many, options })
}

fn reply(text: &str, rows: Vec<Row>) -> Reply {
    let field = |inline| Field {
        name: text.to_owned(),
        paragraphs: vec![Text::plain(text), Text::default().strong(text)],
        inline,
        priority: Priority::Answer,
    };
    let embed = Embed {
        author: Some(text.to_owned()),
        title: text.to_owned(),
        description: Text::plain(text).link(text, "https://b.example/"),
        colour: 0x2E_7D,
        fields: vec![field(true), field(false)],
        footer: Some(text.to_owned()),
    };
    Reply { embed, rows, chart: None, file: None }
}

#[test]
fn a_reply_is_drawn_part_by_part() {
    let rows = vec![
        Row::Buttons(vec![
            button("Share", Style::Primary, Verb::Share(View::Help)),
            button("🗑️", Style::Danger, Verb::Delete),
        ]),
        menu(false),
        menu(true),
    ];
    let chart = Chart {
        title: String::new(),
        result: String::new(),
        subjects: ["Tea", "Coffee"].map(|name| Subject { name: name.to_owned(), colour: 0 }),
        bars: Vec::new(),
        description: "Tea leads".to_owned(),
    };
    let reply = Reply { chart: Some(chart), ..reply("é 日 🦀", rows) };
    let frame = Frame {
        is_private: true,
        address: Some("/?q=a&only-me=1"),
        followed: Some("topic:é"),
        follow_address: Some("/?about=topic%3Aé"),
        picture: Some("/picture?view=x"),
        tour: Some("tour:a:b"),
    };
    let html = message(&reply, &frame).into_string();
    // A line for each element, so that a difference can be read.
    expect_file!["reply.html"].assert_eq(&format!("{}\n", html.replace("><", ">\n<")));
}

/// A frame with a text wherever it takes one.
fn frame(text: &str) -> Frame<'_> {
    Frame {
        is_private: true,
        address: Some(text),
        followed: Some(text),
        follow_address: Some(text),
        picture: Some(text),
        tour: Some(text),
    }
}

#[test]
fn no_text_is_mark_up() {
    let rows = |label: &str| {
        let Row::Menu(mut menu) = menu(true) else { return Vec::new() };
        menu.placeholder = label.to_owned();
        menu.custom_id = label.to_owned();
        for option in &mut menu.options {
            (option.label, option.description, option.value) = (label.to_owned(), label.to_owned(), label.to_owned());
        }
        let button = Button { custom_id: label.to_owned(), ..button(label, Style::Primary, Verb::Begin) };
        vec![Row::Buttons(vec![button]), Row::Menu(menu)]
    };
    let choices = |text: &str| [Choice { name: text.to_owned(), value: text.to_owned() }];
    let all = |text: &str| {
        let messages = [
            message(&reply(text, rows(text)), &frame(text)),
            question(text),
            remark(text),
            completions(&choices(text)),
        ];
        let followed = Some(Followed { title: text, state: text });
        let whole = page(&Page { title: text, messages: &messages, followed, tour: Some(text) });
        let part = fragment("new", Some(text), &messages);
        format!("{}{}", whole.into_string(), part.into_string())
    };
    let (harmless, hostile) = (all("x"), all(HOSTILE));
    let count = |html: &str, of: &str| html.matches(of).count();
    for of in ["<", ">", "\"", "<script", "<img", "</p>", " onerror=\"", "<template"] {
        assert_eq!(count(&hostile, of), count(&harmless, of), "{of}");
    }
    assert!(hostile.contains("&lt;script&gt;alert('é')&lt;/script&gt;"), "{hostile}");
}

#[test]
fn what_is_typed_is_one_visible_line() {
    let html = question("is\u{202e} it\n\u{200b}<b>é</b> 日 🦀?").into_string();
    assert!(html.contains(">is it &lt;b&gt;é&lt;/b&gt; 日 🦀?<"), "{html}");
}

#[test]
fn a_page_has_a_name_a_language_and_one_input() {
    let html = page(&Page { title: "Tea or coffee?", messages: &[], followed: None, tour: None }).into_string();
    for part in [
        "<html lang=\"en\">",
        "<title>Tea or coffee? · versus</title>",
        "<h1>Tea or coffee?</h1>",
        "<label for=\"ask\">",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    // Scripts and styles are files: the page allows no others.
    assert!(!html.contains("style=") && !html.contains("onclick") && html.matches("<script").count() == 1, "{html}");
}
