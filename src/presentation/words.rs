//! A reply as text without a frame, where Discord allows no embeds.

use super::limits;
use super::reply::Reply;
use super::text::Text;

impl Reply {
    /// The same words in Discord's mark-up, cut to what a message takes.
    pub fn words(&self) -> String {
        let embed = &self.embed;
        let author = embed.author.iter().map(Text::plain);
        let fields = embed.fields.iter().map(|field| Text::lines([Text::default().strong(&field.name), field.text()]));
        let footer = embed.footer.iter().map(Text::plain);
        let title = std::iter::once(Text::default().strong(&embed.title));
        let parts = author.chain(title).chain([embed.description.clone()]).chain(fields).chain(footer);
        let parts = parts.filter(|part| !part.is_blank());
        let words = parts.reduce(|all, part| all.and("\n\n").then(part)).unwrap_or_default();
        words.cut(limits::CONTENT).markdown()
    }
}

#[cfg(test)]
mod tests {
    use super::super::reply::{Embed, Field, Priority, Reply};
    use super::super::text::Text;
    use super::limits;

    fn reply(description: &str) -> Reply {
        let paragraphs = vec![Text::plain("日 *"), Text::default().link("page", "https://a.example")];
        let field = Field { name: "Why".to_owned(), paragraphs, inline: false, priority: Priority::Detail };
        let embed = Embed {
            author: Some("is *é* slow?".to_owned()),
            title: "Speed 🦀".to_owned(),
            description: Text::plain(description),
            colour: 0,
            fields: vec![field],
            footer: Some("2026".to_owned()),
        };
        Reply { embed, rows: Vec::new(), chart: None, file: None }
    }

    #[test]
    fn every_part_is_there_and_no_mark_up_of_a_user_is_live() {
        let expected =
            "is \\*é\\* slow?\n\n**Speed 🦀**\n\nIt is.\n\n**Why**\n日 \\*\n[page](https://a.example)\n\n2026";
        assert_eq!(reply("It is.").words(), expected);
        assert!(!reply("").words().contains("\n\n\n"));
    }

    #[test]
    fn a_long_reply_fits_into_a_message() {
        let words = reply(&"🦀 日é ".repeat(900)).words();
        assert!(limits::fits(&words, limits::CONTENT), "{}", limits::length(&words));
        assert!(words.ends_with(limits::ELLIPSIS), "{words}");
    }
}
