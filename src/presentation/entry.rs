//! How a topic looks: takeaway, bar, both sides, the article, sources.

use super::brief::footer;
use super::decisions::remembered_line;
use super::limits;
use super::reply::{Embed, Field, Priority, Reply};
use super::rows;
use super::team::note_text;
use super::text::{Text, superscript};
use super::{Context, wording};
use crate::domain::knowledge::{Claim, Date, DirectAnswer, Knowledge, Leaning, Point, Side, Source, Topic};
use crate::domain::lifecycle::{self, Version, is_due};
use crate::domain::request::View;
use crate::domain::team::Subject;

/// The colour of an answer that leans to neither side.
const NEUTRAL: u32 = 0x8B_95_A1;

pub(super) fn comparison(topic: &Topic, answer: Option<&DirectAnswer>, context: Context<'_>) -> Reply {
    let knowledge = context.knowledge;
    let mut same = |at| at;
    let checked = Checked { on: topic.entry.checked, today: context.reader.today };
    let sides = Side::BOTH.map(|side| Field {
        name: format!("{} {}", knowledge.subject(side).emoji, knowledge.subject(side).name),
        paragraphs: topic
            .points(side)
            .iter()
            .map(|point| Text::plain("• ").then(statement(point, checked, &mut same)))
            .collect(),
        inline: true,
        priority: Priority::Answer,
    });
    let mut fields = Vec::new();
    let subject = Subject::Topic(topic.entry.id.clone());
    let team = context.reader.decided(&subject).map(remembered_line).into_iter();
    let team: Vec<Text> = team.chain(context.reader.note(&subject).map(note_text)).collect();
    if !team.is_empty() {
        fields.extend(list(wording::TEAM, Priority::Answer, team));
    }
    if let Some(answer) = answer {
        let text = cited(&answer.text, &answer.sources, answer.until, checked, &mut same);
        fields.extend(list(&answer.question, Priority::Answer, vec![text]));
    }
    fields.extend(sides);
    if let Some(today) = context.reader.today.filter(|_| topic.shows_releases) {
        fields.extend(versions(knowledge, today));
    }
    fields.extend(claims(knowledge, &topic.entry.claims, checked, &mut same));
    fields.extend(sources(topic.entry.sources.iter()));
    let embed = Embed {
        author: None,
        title: topic.entry.title.clone(),
        description: description(knowledge, &topic.entry.takeaway, topic.entry.leaning, &topic.entry.reason),
        colour: colour(knowledge, topic.entry.leaning),
        fields,
        footer: Some(footer(wording::footer(knowledge, topic.entry.checked), context)),
    };
    let view = answer.map_or_else(|| View::Topic(topic.entry.id.clone()), |answer| View::Answer(answer.id.clone()));
    Reply { embed, rows: rows::under_details(view, context), chart: None, file: None }
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

/// The index of a source in the list below an answer, by its index in the list of its entry.
pub(super) type Number<'n> = dyn FnMut(usize) -> usize + 'n;

/// When the statements of an entry were checked, and the day on which they are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Checked {
    pub(super) on: Date,
    pub(super) today: Option<Date>,
}

impl Checked {
    /// The day by which a statement was to be checked again, if that is past and it was not.
    pub(super) fn due(self, until: Option<Date>) -> Option<Date> {
        until.filter(|_| self.today.is_some_and(|today| is_due(until, self.on, today)))
    }
}

/// A statement with the numbers of its sources, and a note if it was to be checked again before today.
fn statement(point: &Point, checked: Checked, number: &mut Number<'_>) -> Text {
    cited(&point.text, &point.sources, point.until, checked, number)
}

fn cited(text: &str, sources: &[usize], until: Option<Date>, checked: Checked, number: &mut Number<'_>) -> Text {
    let numbers = sources.iter().map(|at| number(*at));
    let text = numbers.fold(Text::plain(text), |text, at| text.and(raised(at)));
    match checked.due(until) {
        Some(until) => text.and(format!(" ({})", wording::due(until))),
        None => text,
    }
}

/// How the versions of both subjects stand on a day, a line each.
fn versions(knowledge: &Knowledge, today: Date) -> Vec<Field> {
    let line = |version: Version<'_>| {
        let subject = knowledge.subject(version.release.side);
        let name = format!("{} {}", subject.emoji, version.release.version);
        Text::default().strong(name).and(format!(" {}", wording::version(version)))
    };
    let lines = lifecycle::versions(&knowledge.releases, today).map(line).collect();
    list(&wording::versions(today), Priority::Answer, lines)
}

/// The number of a source in the list below an answer, from 1, in raised digits.
pub(super) fn raised(at: usize) -> String {
    format!(" {}", superscript(at + 1))
}

/// What the article says; nothing where there is no article.
pub(super) fn claims(knowledge: &Knowledge, claims: &[Claim], checked: Checked, number: &mut Number<'_>) -> Vec<Field> {
    if knowledge.article.is_none() {
        return Vec::new();
    }
    let claims: Vec<Text> = claims.iter().map(|one| claim(one, checked, number)).collect();
    let claims = if claims.is_empty() { vec![Text::plain(wording::NO_CLAIMS)] } else { claims };
    list(wording::CLAIMS, Priority::Background, claims)
}

fn claim(claim: &Claim, checked: Checked, number: &mut Number<'_>) -> Text {
    let mark = wording::mark(claim.verdict);
    let verdict = wording::verdict(claim.verdict);
    let text = Text::plain(format!("{mark} “{}” ({}) ", claim.says.trim_end_matches('.'), claim.passage));
    let text = text.strong(verdict);
    match &claim.today {
        Some(today) => text.and(format!("\n{}", wording::TODAY)).then(statement(today, checked, number)),
        None => text,
    }
}

pub(super) fn sources<'s>(sources: impl Iterator<Item = &'s Source>) -> Vec<Field> {
    let lines = sources.enumerate().map(|(at, source)| {
        let second_hand = if source.second_hand { format!(", {}", wording::SECOND_HAND) } else { String::new() };
        let number = Text::plain(format!("{} ", superscript(at + 1)));
        number.link(source.title.as_str(), source.url.as_str()).and(format!(" ({}{second_hand})", source.as_of))
    });
    list(wording::SOURCES, Priority::Sources, lines.collect())
}

/// Puts paragraphs into as few fields as hold them; into none where there are none.
pub(super) fn list(name: &str, priority: Priority, paragraphs: Vec<Text>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let mut used = 0;
    for paragraph in paragraphs {
        let length = paragraph.length();
        match fields.last_mut() {
            Some(field) if used + 1 + length <= limits::FIELD_VALUE => {
                field.paragraphs.push(paragraph);
                used += 1 + length;
            }
            last => {
                let name = if last.is_some() { wording::continued(name) } else { name.to_owned() };
                fields.push(Field { name, paragraphs: vec![paragraph], inline: false, priority });
                used = length;
            }
        }
    }
    fields
}
