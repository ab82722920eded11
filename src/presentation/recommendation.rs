//! How a recommendation looks: which side and how strongly, a bar for each criterion, reasons, what would turn it, and
//! what was understood.

use super::chart::{Bar, Chart, Subject};
use super::entry::{self, colour, raised};
use super::limits;
use super::reply::{Embed, Field, Reply};
use super::rows;
use super::text::Text;
use super::{Reader, wording};
use crate::domain::knowledge::{Knowledge, Leaning, Side, Source};
use crate::domain::recommendation::{KnownFactor, Reason, Recommendation};

/// Reasons that are told for the side that is ahead, or for each side where neither is.
const REASONS: usize = 3;
/// Reasons that are told against it.
const REASONS_AGAINST: usize = 2;

pub(super) fn recommendation<'k>(
    knowledge: &'k Knowledge,
    found: &Recommendation<'k>,
    evidence: &[String],
    reader: &Reader,
) -> Reply {
    let title = found.project.map_or(wording::PROJECT, |project| project.entry.title.as_str()).to_owned();
    let chart = (!found.criteria.is_empty()).then(|| chart(knowledge, found, &title));
    let mut cited = Cited::default();
    let mut fields = Vec::new();
    if let Some(chart) = &chart {
        let [first, second] = Side::BOTH.map(|side| knowledge.subject(side).name.as_str());
        field(&mut fields, wording::criteria(first, second), vec![Text::default().block(chart.lines())]);
    }
    reasons(&mut fields, knowledge, found, &mut cited);
    field(&mut fields, wording::FLIPS.to_owned(), flips(knowledge, found));
    field(&mut fields, wording::UNDERSTOOD.to_owned(), understood(found));
    let others = found.others.iter().map(|(project, leaning)| {
        Text::plain("• ")
            .strong(project.entry.title.as_str())
            .and(format!(": {}", wording::leaning(knowledge, *leaning)))
    });
    field(&mut fields, wording::OTHER_KINDS.to_owned(), others.collect());
    if let Some(project) = found.project {
        fields.extend(entry::claims(&project.entry.claims, &mut |place| cited.place(project.entry.sources.get(place))));
    }
    let mut embed = Embed {
        author: None,
        title,
        description: description(knowledge, found),
        colour: colour(knowledge, found.leaning),
        fields,
        footer: found.project.map(|project| wording::footer(knowledge, project.entry.checked, evidence)),
    };
    add_sources(&mut embed, &cited);
    Reply { embed, rows: rows::under_recommendation(knowledge, found, reader), chart }
}

fn description(knowledge: &Knowledge, found: &Recommendation<'_>) -> Text {
    let bar = wording::bar(knowledge, found.leaning);
    let verdict = wording::leaning(knowledge, found.leaning);
    let explained = wording::weighed(knowledge, found);
    let text = Text::plain(format!("{bar}\n")).strong(verdict).and(format!(" {explained}"));
    match found.project {
        Some(project) => text.and("\n\n").and(wording::IN_GENERAL).and(project.entry.takeaway.as_str()),
        None => text,
    }
}

fn chart(knowledge: &Knowledge, found: &Recommendation<'_>, title: &str) -> Chart {
    let subjects = Side::BOTH.map(|side| {
        let subject = knowledge.subject(side);
        Subject { name: subject.name.clone(), colour: subject.colour }
    });
    let bars = found.criteria.iter().map(|(criterion, points)| Bar { title: criterion.title.clone(), points: *points });
    let description = wording::chart(knowledge, found, title);
    Chart {
        title: title.to_owned(),
        result: wording::leaning_in_sentence(knowledge, found.leaning),
        subjects,
        bars: bars.collect(),
        description: limits::cut(&description, limits::DESCRIPTION),
    }
}

fn reasons<'k>(fields: &mut Vec<Field>, knowledge: &Knowledge, found: &Recommendation<'k>, cited: &mut Cited<'k>) {
    let mut tell = |name: String, toward: Side, most: usize| {
        let reasons = found.reasons.iter().filter(|reason| reason.toward == toward).take(most);
        field(fields, name, reasons.map(|told| reason(told, cited)).collect());
    };
    match found.leaning {
        Leaning::Toward(side, _) => {
            tell(wording::REASONS.to_owned(), side, REASONS);
            let [first, second] = Side::BOTH;
            tell(wording::AGAINST.to_owned(), if side == first { second } else { first }, REASONS_AGAINST);
        }
        Leaning::Even | Leaning::Depends => {
            for side in Side::BOTH {
                tell(wording::speaks_for(&knowledge.subject(side).name), side, REASONS);
            }
        }
    }
}

fn reason<'k>(reason: &Reason<'k>, cited: &mut Cited<'k>) -> Text {
    let text = Text::plain(format!("• {}", reason.text));
    let numbers = reason.sources.iter().map(|source| cited.place(Some(source)));
    let text = numbers.fold(text, |text, number| text.and(raised(number)));
    text.and(format!(" ({})", wording::reason_points(reason)))
}

fn flips(knowledge: &Knowledge, found: &Recommendation<'_>) -> Vec<Text> {
    if found.criteria.is_empty() {
        return Vec::new();
    }
    let flips = found.flips.iter().map(|flip| {
        let turned = wording::leaning_in_sentence(knowledge, flip.leaning);
        let changes = flip.changes.iter().enumerate().fold(Text::plain("• "), |text, (at, change)| {
            let text = if at > 0 { text.and(wording::TOGETHER_WITH) } else { text };
            text.strong(change.factor.title.as_str()).and(format!(": {}", wording::change(change)))
        });
        changes.and(format!(" → {turned}"))
    });
    let flips: Vec<Text> = flips.collect();
    if flips.is_empty() { vec![Text::plain(wording::NO_FLIP)] } else { flips }
}

fn understood(found: &Recommendation<'_>) -> Vec<Text> {
    let kind = found.project.map_or(wording::NOT_SAID, |project| project.entry.title.as_str());
    let kind = Text::plain("• ").strong(wording::KIND).and(format!(": {kind}"));
    std::iter::once(kind).chain(found.known.iter().map(known)).collect()
}

fn known(known: &KnownFactor<'_>) -> Text {
    let mut told = Vec::new();
    if !known.stated.is_empty() {
        told.push(wording::stated(&wording::values(&known.stated), &known.words));
    }
    if !known.implied.is_empty() {
        told.push(wording::implied(&wording::values(&known.implied)));
    }
    Text::plain("• ").strong(known.factor.title.as_str()).and(format!(": {}", told.join(", ")))
}

/// Adds a field of lines, as many as fit; none where there is nothing to say.
fn field(fields: &mut Vec<Field>, name: String, lines: Vec<Text>) {
    let mut used = 0;
    let fitting = lines.into_iter().take_while(|line| {
        used += line.length() + 1;
        used <= limits::FIELD_VALUE
    });
    let value = Text::lines(fitting);
    if !value.is_empty() {
        fields.push(Field { name, value, inline: false });
    }
}

/// The pages that an answer cites, in the order of the first citation.
#[derive(Default)]
struct Cited<'k> {
    sources: Vec<&'k Source>,
}

impl<'k> Cited<'k> {
    /// The place of a source in the list below.
    fn place(&mut self, source: Option<&'k Source>) -> usize {
        let Some(source) = source else { return 0 };
        let known = self.sources.iter().position(|known| known.url == source.url);
        known.unwrap_or_else(|| {
            self.sources.push(source);
            self.sources.len() - 1
        })
    }
}

/// Adds as many sources as the embed has room for; those of what comes first come first.
fn add_sources(embed: &mut Embed, cited: &Cited<'_>) {
    let mut most = cited.sources.len();
    loop {
        let fields = entry::sources(cited.sources.iter().copied().take(most));
        let added: usize = fields.iter().map(|field| limits::length(&field.name) + field.value.length()).sum();
        if most == 0 || embed.length() + added <= limits::EMBED_TOTAL - limits::EMBED_AUTHOR {
            embed.fields.extend(fields);
            return;
        }
        most -= 1;
    }
}
