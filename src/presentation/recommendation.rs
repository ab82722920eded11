//! How a recommendation looks. In brief: which side, by how many points, the strongest reasons, what would change it and what
//! was understood. In full: a bar for each criterion and every reason as well.

use super::brevity::{Draft, MayGo};
use super::brief::{author, cite, footer};
use super::chart::{self, Bar, Chart};
use super::decisions::remembered_line;
use super::entry::{Checked, claims, colour, list, raised, sources};
use super::limits;
use super::overview::framed;
use super::reply::{Embed, Field, Priority, Reply};
use super::rows;
use super::text::Text;
use super::{Context, wording};
use crate::domain::knowledge::{Knowledge, Leaning, Side, Source};
use crate::domain::recommendation::{Flip, KnownFactor, Reason, Recommendation};
use crate::domain::team::Subject;

/// Reasons that are shown for the side that is ahead, or for each side where neither is.
const REASONS: usize = 3;
/// Reasons that are shown against it.
const REASONS_AGAINST: usize = 2;

/// Reasons for the side that is ahead in a brief answer, or for each side where neither is.
const BRIEF_REASONS: usize = 2;

// What is left out first has the greatest number.
const FIRST_REASON: usize = 0;
const UNDERSTOOD: usize = 10;
const FIRST_FLIP: usize = 11;
const IN_GENERAL: usize = 12;

pub(super) fn recommendation(found: &Recommendation<'_>, context: Context<'_>) -> Reply {
    let reply = brief(found, (BRIEF_REASONS, 1), context);
    Reply { chart: chart_of(context.knowledge, found, &title(found)), ..reply }
}

/// The same with more of its reasons, and without the picture, which was there already.
pub(super) fn reasons_in_brief(found: &Recommendation<'_>, context: Context<'_>) -> Reply {
    brief(found, (REASONS + 1, REASONS_AGAINST), context)
}

/// A brief recommendation with at most so many reasons for it and against it.
fn brief(found: &Recommendation<'_>, most: (usize, usize), context: Context<'_>) -> Reply {
    let knowledge = context.knowledge;
    let title = title(found);
    let mut embed = Embed {
        author: author(context),
        title: limits::cut(&title, limits::BRIEF_TITLE),
        description: Text::default(),
        colour: colour(knowledge, found.leaning),
        fields: Vec::new(),
        footer: found.project.map(|project| footer(wording::checked(project.entry.checked, &[]), context)),
    };
    let mut draft = Draft::default();
    if let Some(decided) = decided(found, context) {
        draft.shrinks(decided);
    }
    draft.stays(Text::default().strong(wording::total(knowledge, found)));
    draft.stays(Text::plain(wording::bar(knowledge, found.leaning)));
    if found.reasons.is_empty() {
        draft.stays(Text::plain(wording::weighed(knowledge, found)));
    }
    let sources = found.sources();
    brief_reasons(&mut draft, found, most, &sources, context);
    if let Some(flip) = found.flips.first() {
        let text = Text::plain(wording::WOULD_CHANGE).then(flip_text(knowledge, flip));
        draft.may_go(MayGo { rank: FIRST_FLIP, aim: limits::BRIEF_MOST }, text);
    } else if !found.reasons.is_empty() {
        draft.may_go(MayGo { rank: FIRST_FLIP, aim: limits::BRIEF_MOST }, Text::plain(wording::NOTHING_CHANGES));
    }
    let understood = limits::cut(&wording::understood(found), limits::BRIEF_STATEMENT);
    draft.may_go(MayGo { rank: UNDERSTOOD, aim: limits::BRIEF_MOST }, Text::plain(understood));
    if let Some(project) = found.project {
        let general = limits::cut(&project.entry.takeaway, limits::BRIEF_STATEMENT);
        let text = Text::plain(wording::IN_GENERAL).and(general);
        draft.may_go(MayGo { rank: IN_GENERAL, aim: limits::BRIEF_AIM }, text);
    }
    embed.description = draft.finish(&embed);
    Reply { embed, rows: rows::under_recommendation(found, context), chart: None, file: None }
}

/// What the team decided on projects of this kind.
fn decided(found: &Recommendation<'_>, context: Context<'_>) -> Option<Text> {
    let subject = Subject::Project(found.project?.entry.id.clone());
    context.reader.decided(&subject).map(remembered_line)
}

fn title(found: &Recommendation<'_>) -> String {
    found.project.map_or(wording::PROJECT, |project| project.entry.title.as_str()).to_owned()
}

fn chart_of(knowledge: &Knowledge, found: &Recommendation<'_>, title: &str) -> Option<Chart> {
    (!found.criteria.is_empty()).then(|| chart(knowledge, found, title))
}

/// The strongest reasons, and the strongest one against them.
fn brief_reasons(
    draft: &mut Draft,
    found: &Recommendation<'_>,
    (most, most_against): (usize, usize),
    sources: &[&Source],
    context: Context<'_>,
) {
    let mut rank = FIRST_REASON;
    let mut add = |toward: Side, most: usize, before: &str| {
        let reasons = found.reasons.iter().filter(|reason| reason.toward == toward).take(most);
        for reason in reasons {
            let emoji = &context.knowledge.subject(toward).emoji;
            let text = limits::cut(reason.text, limits::BRIEF_STATEMENT);
            let text = Text::plain(format!("{emoji} {before}{text}"));
            let number = |source: &Source| sources.iter().position(|known| known.url == source.url);
            let cited = reason.sources.iter().filter_map(|source| Some((*source, number(source)?)));
            let text = cited.fold(text, |text, (source, at)| cite(text, Some(source), at));
            draft.may_go(MayGo { rank, aim: limits::BRIEF_MOST }, text);
            rank += 1;
        }
    };
    match found.leaning {
        Leaning::Toward(side, _) => {
            add(side, most, "");
            add(side.other(), most_against, wording::BUT);
        }
        Leaning::Even | Leaning::Depends => {
            Side::BOTH.into_iter().for_each(|side| add(side, most.div_ceil(2), ""));
        }
    }
}

/// What was understood of a project, with the menu by which it is corrected.
pub(super) fn correction(found: &Recommendation<'_>, context: Context<'_>) -> Reply {
    let lines = understood(found).into_iter().chain([Text::plain(""), Text::plain(wording::CORRECTION_TEXT)]);
    let rows = rows::under_correction(found, context);
    framed(wording::CORRECTION, Text::lines(lines), Vec::new(), None, rows)
}

/// All of a recommendation.
pub(super) fn in_full<'k>(found: &Recommendation<'k>, context: Context<'_>) -> Reply {
    let knowledge = context.knowledge;
    let title = title(found);
    let chart = chart_of(knowledge, found, &title);
    let mut cited = Numbered { sources: found.sources() };
    let mut fields = Vec::new();
    fields.extend(list(wording::TEAM, Priority::Answer, decided(found, context).into_iter().collect()));
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
        fields.extend(claims(context.knowledge, &project.entry.claims, checked, &mut |at| {
            cited.number(project.entry.sources.get(at))
        }));
    }
    fields.extend(sources(cited.sources.iter().copied()));
    let embed = Embed {
        author: None,
        title,
        description: description(knowledge, found),
        colour: colour(knowledge, found.leaning),
        fields,
        footer: found.project.map(|project| footer(wording::footer(knowledge, project.entry.checked), context)),
    };
    Reply { embed, rows: rows::under_recommendation_in_full(found, context), chart, file: None }
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
        chart::Subject { name: subject.name.clone(), colour: subject.colour }
    });
    let bars = found.criteria.iter().map(|(criterion, points)| Bar { title: criterion.title.clone(), points: *points });
    Chart {
        title: title.to_owned(),
        result: wording::total(knowledge, found),
        subjects,
        bars: bars.collect(),
        description: wording::chart(knowledge, found, title),
    }
}

fn reasons<'k>(fields: &mut Vec<Field>, knowledge: &Knowledge, found: &Recommendation<'k>, cited: &mut Numbered<'k>) {
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

fn reason<'k>(reason: &Reason<'k>, cited: &mut Numbered<'k>) -> Text {
    let text = Text::plain(format!("• {}", reason.text));
    let numbers = reason.sources.iter().map(|source| cited.number(Some(source)));
    let text = numbers.fold(text, |text, at| text.and(raised(at)));
    text.and(format!(" ({})", wording::reason_points(reason)))
}

fn flips(knowledge: &Knowledge, found: &Recommendation<'_>) -> Vec<Text> {
    if found.criteria.is_empty() {
        return Vec::new();
    }
    let flips = found.flips.iter().map(|flip| Text::plain("• ").then(flip_text(knowledge, flip)));
    let flips: Vec<Text> = flips.collect();
    if flips.is_empty() { vec![Text::plain(wording::NO_FLIP)] } else { flips }
}

/// What changes, and where that leads: only to neither side, or to the other one.
fn flip_text(knowledge: &Knowledge, flip: &Flip<'_>) -> Text {
    let changes = flip.changes.iter().enumerate().fold(Text::default(), |text, (at, change)| {
        let text = if at > 0 { text.and(wording::TOGETHER_WITH) } else { text };
        text.strong(change.factor.title.as_str()).and(format!(": {}", wording::change(change)))
    });
    changes.and(format!(" → {}", wording::turned(knowledge, flip.leaning)))
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
struct Numbered<'k> {
    sources: Vec<&'k Source>,
}

impl<'k> Numbered<'k> {
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
