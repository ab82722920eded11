//! Draws the pictures of README and docs from the page of the compiled-in comparison.

#![allow(clippy::expect_used, reason = "a tool of developers stops where what it stands on is missing")]

use versus_browser::pictures::write;
use versus_browser::{Look, PHONE, Page, root};

/// Pixels of a page that is just wide enough for the pictures of who speaks.
const WIDE: u32 = 660;

/// A picture: its name, what is asked, how wide and how dark the page is, and what of it is drawn.
const PICTURES: [(&str, &str, u32, &str, &str); 3] = [
    ("answer", "is python slow?", WIDE, "dark", "#channel"),
    (
        "recommendation",
        "/recommend we build a ticket shop with live seat maps, three front-end devs, launch in May: node or python?",
        WIDE,
        "dark",
        "#channel",
    ),
    ("phone", "is python slow?", PHONE, "light", "#channel"),
];

#[tokio::main]
async fn main() {
    let page = Page::open(Look::REAL).await;
    for (name, text, width, scheme, selector) in PICTURES {
        page.be(width, scheme).await;
        page.go_to(text).await;
        let file = root().join("docs").join(format!("{name}.png"));
        write(&file, &page.picture(selector).await);
    }
    page.close().await;
}
