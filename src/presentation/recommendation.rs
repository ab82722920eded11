//! How a recommendation looks: which side and how strongly, a bar for each criterion, reasons, what would turn it, and
//! what was understood.

use super::chart::{Bar, Chart, Subject};
use super::entry::{Checked, claims, colour, list, raised, sources};
use super::reply::{Embed, Field, Priority, Reply};
use super::rows;
use super::text::Text;
use super::{Context, wording};
use crate::domain::knowledge::{Knowledge, Leaning, Side, Source};
use crate::domain::recommendation::{KnownFactor, Reason, Recommendation};

/// Reasons that are shown for the side that is ahead, or for each side where neither is.
const REASONS: usize = 3;
/// Reasons that are shown against it.
const REASONS_AGAINST: usize = 2;

pub(super) fn recommendation<'k>(found: &Recommendation<'k>, evidence: &[String], context: Context<'_>) -> Reply {
    let knowledge = context.knowledge;
    let title = found.project.map_or(wording::PROJECT, |project| project.entry.title.as_str()).to_owned();
    let chart = (!found.criteria.is_empty()).then(|| chart(knowledge, found, &title));
    let mut cited = Cited::default();
    let mut fields = Vec::new();
    if let Some(chart) = &chart {
        let [first, second] = Side::BOTH.map(|side| knowledge.subject(side).name.as_str());
        let bars = vec![Text::default().block(chart.lines())];
        fields.extend(list(&wording::criteria(first, second), Priority::Detail, bars));
    }
    reasons(&mut fields, knowledge, found, &mut cited);
    fields.extend(list(wording::FLIPS, Priority::Detail, flips(knowledge, found)));
    fields.extend(list(wording::UNDERSTOOD, Priority::Detail, understood(found)));
    let others = found.others.iter().map(|(project, leaning)| {
        Text::plain("• ")
            .strong(project.entry.title.as_str())
            .and(format!(": {}", wording::leaning(knowledge, *leaning)))
    });
    fields.extend(list(wording::OTHER_KINDS, Priority::Detail, others.collect()));
    if let Some(project) = found.project {
        let checked = Checked { on: project.entry.checked, today: context.reader.today };
        fields.extend(claims(&project.entry.claims, checked, &mut |at| cited.number(project.entry.sources.get(at))));
    }
    fields.extend(sources(cited.sources.iter().copied()));
    let embed = Embed {
        author: None,
        title,
        description: description(knowledge, found),
        colour: colour(knowledge, found.leaning),
        fields,
        footer: found.project.map(|project| wording::footer(knowledge, project.entry.checked, evidence)),
    };
    Reply { embed, rows: rows::under_recommendation(found, context), chart }
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
    Chart {
        title: title.to_owned(),
        result: wording::leaning_in_sentence(knowledge, found.leaning),
        subjects,
        bars: bars.collect(),
        description: wording::chart(knowledge, found, title),
    }
}

fn reasons<'k>(fields: &mut Vec<Field>, knowledge: &Knowledge, found: &Recommendation<'k>, cited: &mut Cited<'k>) {
    let mut add = |name: &str, toward: Side, most: usize| {
        let reasons = found.reasons.iter().filter(|reason| reason.toward == toward).take(most);
        fields.extend(list(name, Priority::Answer, reasons.map(|shown| reason(shown, cited)).collect()));
    };
    match found.leaning {
        Leaning::Toward(side, _) => {
            add(wording::REASONS, side, REASONS);
            let [first, second] = Side::BOTH;
            add(wording::AGAINST, if side == first { second } else { first }, REASONS_AGAINST);
        }
        Leaning::Even | Leaning::Depends => {
            for side in Side::BOTH {
                add(&wording::speaks_for(&knowledge.subject(side).name), side, REASONS);
            }
        }
    }
}

fn reason<'k>(reason: &Reason<'k>, cited: &mut Cited<'k>) -> Text {
    let text = Text::plain(format!("• {}", reason.text));
    let numbers = reason.sources.iter().map(|source| cited.number(Some(source)));
    let text = numbers.fold(text, |text, at| text.and(raised(at)));
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
    let mut values = Vec::new();
    if !known.stated.is_empty() {
        values.push(wording::stated(&wording::values(&known.stated), &known.words));
    }
    if !known.implied.is_empty() {
        values.push(wording::implied(&wording::values(&known.implied)));
    }
    Text::plain("• ").strong(known.factor.title.as_str()).and(format!(": {}", values.join(", ")))
}

/// The pages that an answer cites, in the order of the first citation.
#[derive(Default)]
struct Cited<'k> {
    sources: Vec<&'k Source>,
}

impl<'k> Cited<'k> {
    /// The index of a source in the list below.
    fn number(&mut self, source: Option<&'k Source>) -> usize {
        let Some(source) = source else { return 0 };
        let known = self.sources.iter().position(|known| known.url == source.url);
        known.unwrap_or_else(|| {
            self.sources.push(source);
            self.sources.len() - 1
        })
    }
}
