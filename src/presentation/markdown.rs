//! A reply as Markdown, to be pasted somewhere else.

use super::reply::Reply;
use super::text::{Part, Text};
use super::wording::YOU;

/// How an item of a list begins in a reply, and in Markdown.
const BULLETS: [&str; 2] = ["• ", "- "];

/// The words of a reply as Markdown; nothing in it but its own formatting is live.
pub(super) fn markdown(reply: &Reply) -> String {
    let embed = &reply.embed;
    let plain = |text: &str| Text::plain(text).markdown();
    let strong = |text: &str| Text::default().strong(text).markdown();
    let author = embed.author.as_deref().map(|author| format!("> {}", plain(author)));
    let head = author.into_iter().chain([strong(&embed.title), named(&embed.description)]);
    let fields = embed.fields.iter().map(|field| format!("{}\n{}", strong(&field.name), named(&field.text())));
    let parts = head.chain(fields).chain(embed.footer.as_deref().map(plain));
    let parts: Vec<String> = parts.filter(|part| !part.trim().is_empty()).map(|part| listed(&part)).collect();
    parts.join("\n\n")
}

/// A text whose reader has no name that is known elsewhere.
fn named(text: &Text) -> String {
    let parts = text.parts.iter().map(|part| match part {
        Part::Person(_) => Part::Plain(YOU.to_owned()),
        other => other.clone(),
    });
    Text { parts: parts.collect() }.markdown()
}

/// A text whose items begin as Markdown's do.
fn listed(text: &str) -> String {
    let [ours, theirs] = BULLETS;
    let lines = text.lines().map(|line| match line.strip_prefix(ours) {
        Some(item) => format!("{theirs}{item}"),
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::markdown;
    use crate::presentation::reply::{Embed, Field, Priority, Reply};
    use crate::presentation::text::Text;

    #[test]
    fn only_the_formatting_of_a_reply_is_live() {
        let field = Field {
            name: "Sources <b>".to_owned(),
            paragraphs: vec![
                Text::plain("• é ").link("日 [x]", "https://b.example/"),
                Text::plain("• 🦀").cite(2, "https://c.example/"),
            ],
            inline: false,
            priority: Priority::Sources,
        };
        let embed = Embed {
            author: Some("is *this* <script> it?".to_owned()),
            title: "A_title".to_owned(),
            description: Text::default().person(7).and(" won: ").strong("4 of 5").block("█│"),
            colour: 0,
            fields: vec![field],
            footer: Some("checked 2026-11-01".to_owned()),
        };
        let reply = Reply { embed, rows: Vec::new(), chart: None, file: None };
        expect![[r#"
            > is \*this\* \<script> it?

            **A\_title**

            You won: **4 of 5**```
            █│
            ```

            **Sources \<b>**
            - é [日 \[x\]](https://b.example/)
            - 🦀 [²](https://c.example/)

            checked 2026-11-01"#]]
        .assert_eq(&markdown(&reply));
    }
}
