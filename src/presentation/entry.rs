//! How a topic looks: takeaway, bar, both sides, the article, sources.

use super::limits;
use super::reply::{Embed, Field, Reply};
use super::rows;
use super::text::Text;
use super::{Reader, wording};
use crate::domain::knowledge::{Claim, Knowledge, Leaning, Point, Side, Source, Topic};

/// The colour of an answer that leans to neither side.
const NEUTRAL: u32 = 0x8B_95_A1;

pub(super) fn comparison(knowledge: &Knowledge, topic: &Topic, evidence: &[String], reader: &Reader) -> Reply {
    let mut same = |place| place;
    let sides = Side::BOTH.map(|side| Field {
        name: format!("{} {}", knowledge.subject(side).emoji, knowledge.subject(side).name),
        value: Text::lines(topic.points(side).iter().map(|point| Text::plain("• ").then(statement(point, &mut same)))),
        inline: true,
    });
    let mut fields = Vec::from(sides);
    fields.extend(claims(&topic.entry.claims, &mut same));
    fields.extend(sources(topic.entry.sources.iter()));
    let embed = Embed {
        author: None,
        title: topic.entry.title.clone(),
        description: description(knowledge, &topic.entry.takeaway, topic.entry.leaning, &topic.entry.reason),
        colour: colour(knowledge, topic.entry.leaning),
        fields,
        footer: Some(wording::footer(knowledge, topic.entry.checked, evidence)),
    };
    Reply { embed, rows: rows::under_topic(knowledge, topic, reader), chart: None }
}

pub(super) fn neutral_colour() -> u32 {
    NEUTRAL
}

pub(super) fn colour(knowledge: &Knowledge, leaning: Leaning) -> u32 {
    match leaning {
        Leaning::Toward(side, _) => knowledge.subject(side).colour,
        Leaning::Even | Leaning::Depends => NEUTRAL,
    }
}

fn description(knowledge: &Knowledge, takeaway: &str, leaning: Leaning, reason: &str) -> Text {
    let bar = wording::bar(knowledge, leaning);
    let verdict = wording::leaning(knowledge, leaning);
    Text::default().strong(takeaway).and(format!("\n\n{bar}\n")).strong(verdict).and(format!(" {reason}"))
}

/// The place of a source in the list below an answer, by its place in the list of its entry.
pub(super) type Number<'n> = dyn FnMut(usize) -> usize + 'n;

/// A statement with the numbers of its sources.
fn statement(point: &Point, number: &mut Number<'_>) -> Text {
    let numbers = point.sources.iter().map(|place| number(*place));
    numbers.fold(Text::plain(point.text.as_str()), |text, number| text.and(raised(number)))
}

/// The place of a source in the list below as a raised number, from 1.
pub(super) fn raised(place: usize) -> String {
    format!(" {}", superscript(place + 1))
}

/// A number as raised digits.
fn superscript(number: usize) -> String {
    let raised = |digit: char| match digit {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        _ => '⁰',
    };
    number.to_string().chars().map(raised).collect()
}

pub(super) fn claims(claims: &[Claim], number: &mut Number<'_>) -> Vec<Field> {
    if claims.is_empty() {
        let value = Text::plain(wording::NO_CLAIMS);
        return vec![Field { name: wording::CLAIMS.to_owned(), value, inline: false }];
    }
    pack(wording::CLAIMS, wording::CLAIMS_CONTINUED, claims.iter().map(|one| claim(one, number)))
}

fn claim(claim: &Claim, number: &mut Number<'_>) -> Text {
    let mark = wording::mark(claim.verdict);
    let verdict = wording::verdict(claim.verdict);
    let text = Text::plain(format!("{mark} “{}” ({}) ", claim.says.trim_end_matches('.'), claim.passage));
    let text = text.strong(verdict);
    match &claim.today {
        Some(today) => text.and(format!("\n{}", wording::TODAY)).then(statement(today, number)),
        None => text,
    }
}

pub(super) fn sources<'s>(sources: impl Iterator<Item = &'s Source>) -> Vec<Field> {
    let lines = sources.enumerate().map(|(at, source)| {
        let second_hand = if source.second_hand { format!(", {}", wording::SECOND_HAND) } else { String::new() };
        let number = Text::plain(format!("{} ", superscript(at + 1)));
        number.link(source.title.as_str(), source.url.as_str()).and(format!(" ({}{second_hand})", source.as_of))
    });
    pack(wording::SOURCES, wording::SOURCES_CONTINUED, lines)
}

/// Puts paragraphs into as few fields as hold them.
fn pack(name: &str, continued: &str, paragraphs: impl Iterator<Item = Text>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let mut used = 0;
    for paragraph in paragraphs {
        let length = paragraph.length();
        match fields.last_mut() {
            Some(field) if used + 1 + length <= limits::FIELD_VALUE => {
                field.value = Text::lines([std::mem::take(&mut field.value), paragraph]);
                used += 1 + length;
            }
            last => {
                let name = if last.is_some() { continued } else { name };
                fields.push(Field { name: name.to_owned(), value: paragraph, inline: false });
                used = length;
            }
        }
    }
    fields
}
