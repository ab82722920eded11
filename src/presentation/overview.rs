//! How everything looks that is not about one topic: lists, help, choices and notices.

use super::entry::neutral_colour;
use super::limits;
use super::reply::{Embed, Field, Reply, Row};
use super::rows;
use super::text::Text;
use super::{Reader, wording};
use crate::domain::answer::Meaning;
use crate::domain::knowledge::Knowledge;

pub(super) fn did_you_mean(meanings: &[Meaning<'_>], reader: &Reader) -> Reply {
    let description = Text::plain(wording::DID_YOU_MEAN_TEXT);
    framed(wording::DID_YOU_MEAN, description, Vec::new(), None, rows::under_meanings(meanings, reader))
}

pub(super) fn topics(knowledge: &Knowledge, reader: &Reader) -> Reply {
    let fields = knowledge.topics_by_category().filter(|(_, topics)| !topics.is_empty()).map(|(category, topics)| {
        let titles: Vec<&str> = topics.iter().map(|topic| topic.entry.title.as_str()).collect();
        // Half the limit, because escaping may double the length.
        let value = limits::cut(&titles.join(" · "), limits::FIELD_VALUE / 2);
        Field { name: limits::cut(&category.title, limits::FIELD_NAME), value: Text::plain(value), inline: false }
    });
    let fields = fields.take(limits::EMBED_FIELDS).collect();
    framed(wording::TOPICS, Text::plain(wording::TOPICS_TEXT), fields, None, rows::under_topics(knowledge, reader))
}

pub(super) fn help(knowledge: &Knowledge, reader: &Reader) -> Reply {
    let ways = wording::WAYS_TEXT.iter().map(|(way, what)| Text::default().strong(*way).and(format!(": {what}")));
    let mut fields = vec![Field { name: wording::WAYS.to_owned(), value: Text::lines(ways), inline: false }];
    let examples = &knowledge.sample_questions;
    if !examples.is_empty() {
        let lines = examples.iter().map(|example| Text::plain(format!("• {example}")));
        fields.push(Field { name: wording::EXAMPLES.to_owned(), value: Text::lines(lines), inline: false });
    }
    let description = Text::plain(wording::purpose(knowledge));
    let footer = Some(wording::HELP_FOOTER.to_owned());
    framed(&knowledge.title, description, fields, footer, rows::under_help(reader))
}

pub(super) fn notice(title: &str, text: String, reader: &Reader) -> Reply {
    framed(title, Text::plain(text), Vec::new(), None, rows::under_notice(reader))
}

/// A reply that leans to neither side.
pub(super) fn framed(
    title: &str,
    description: Text,
    fields: Vec<Field>,
    footer: Option<String>,
    rows: Vec<Row>,
) -> Reply {
    let (author, title, colour) = (None, title.to_owned(), neutral_colour());
    Reply { embed: Embed { author, title, description, colour, fields, footer }, rows, chart: None }
}
