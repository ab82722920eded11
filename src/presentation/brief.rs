//! How a brief answer looks: the answer itself, which way the topic leans, the most telling points, and what the article says.

use super::brevity::{Draft, MayGo};
use super::decisions::remembered_line;
use super::entry::{Checked, colour, neutral_colour};
use super::limits;
use super::reply::{Embed, Reply};
use super::rows;
use super::team::note_line;
use super::text::{Text, quote};
use super::{Context, wording};
use crate::domain::answer::{Brief, Said};
use crate::domain::knowledge::{Claim, Date, Entry, Knowledge, Side, Source, Tool, Topic};
use crate::domain::situation::Stored;
use crate::domain::team::Subject;

/// Points of each side at the most.
const POINTS: usize = 2;

// What is left out first has the greatest number; of the further points of each side, those of the second one.
const FIRST_POINTS: usize = 1;
const CLAIM: usize = 2;
const FURTHER_POINTS: usize = 3;

/// The answer to one question.
pub(super) fn brief(brief: &Brief<'_>, context: Context<'_>) -> Reply {
    let knowledge = context.knowledge;
    let entry = &brief.topic.entry;
    let checked = Checked { on: entry.checked, today: context.reader.today };
    // Where the answer is the topic's own, the words say by which the topic was taken for the one that is meant.
    let evidence = if brief.said.is_none() { brief.evidence.as_slice() } else { &[] };
    let mut embed = Embed {
        author: author(context),
        title: limits::cut(&entry.title, limits::BRIEF_TITLE),
        description: Text::default(),
        colour: colour(knowledge, entry.leaning),
        fields: Vec::new(),
        footer: Some(footer(wording::checked(entry.checked, evidence), context)),
    };
    let mut draft = Draft::default();
    if let Some(decided) = context.reader.decided(&Subject::Topic(entry.id.clone())) {
        draft.shrinks(remembered_line(decided));
    }
    draft.stays(lead(brief, checked, knowledge));
    if let Some(note) = context.reader.note(&Subject::Topic(entry.id.clone())) {
        draft.shrinks(note_line(note));
    }
    for tool in brief.tools.iter().take(TOOLS) {
        draft.stays(tool_line(tool, context));
        if let Some(decided) = context.reader.decided(&Subject::Tool(tool.id.clone())) {
            draft.shrinks(remembered_line(decided));
        }
        if let Some(note) = context.reader.note(&Subject::Tool(tool.id.clone())) {
            draft.shrinks(note_line(note));
        }
    }
    draft.stays(Text::plain(""));
    draft.stays(Text::plain(wording::bar(knowledge, entry.leaning)));
    draft.stays(Text::default().strong(wording::leaning_in_brief(knowledge, entry.leaning)));
    if brief.weighs {
        points(&mut draft, brief, checked, context);
    }
    if let Some(claim) = entry.claims.first() {
        draft.may_go(MayGo { rank: CLAIM, aim: aim(brief) }, claim_line(claim));
    }
    embed.description = draft.finish(&embed);
    Reply { embed, rows: rows::under_brief(brief, context), chart: None, file: None }
}

/// Units that an answer is meant to have: a topic as a whole may have more than the answer to a question.
fn aim(brief: &Brief<'_>) -> usize {
    if brief.is_whole_topic { limits::BRIEF_MOST } else { limits::BRIEF_AIM }
}

/// The line at the bottom, with a word where the team's notes could not be read.
pub(super) fn footer(footer: String, context: Context<'_>) -> String {
    match context.reader.team {
        Stored::Unreadable => format!("{footer} {}", wording::NOTES_UNREADABLE),
        _ => footer,
    }
}

/// Tools that are described beside an answer.
const TOOLS: usize = 2;

/// The answers to several questions, one after the other.
pub(super) fn briefs(all: &[Brief<'_>], context: Context<'_>) -> Reply {
    let knowledge = context.knowledge;
    let titles: Vec<&str> = all.iter().map(|brief| brief.topic.entry.title.as_str()).collect();
    let checked = all.iter().map(|brief| brief.topic.entry.checked).min();
    let mut embed = Embed {
        author: author(context),
        title: limits::cut(&titles.join(" · "), limits::BRIEF_TITLE),
        description: Text::default(),
        colour: neutral_colour(),
        fields: Vec::new(),
        footer: checked.map(|checked| footer(wording::checked(checked, &[]), context)),
    };
    let mut draft = Draft::default();
    for brief in all {
        let entry = &brief.topic.entry;
        if !draft.is_empty() {
            draft.stays(Text::plain(""));
        }
        if let Some(decided) = context.reader.decided(&Subject::Topic(entry.id.clone())) {
            draft.shrinks(remembered_line(decided));
        }
        draft.stays(lead(brief, Checked { on: entry.checked, today: context.reader.today }, knowledge));
        draft.stays(Text::plain(format!(
            "{}: {}",
            entry.title,
            wording::leaning_in_sentence(knowledge, entry.leaning)
        )));
        if let Some(note) = context.reader.note(&Subject::Topic(entry.id.clone())) {
            draft.shrinks(note_line(note));
        }
    }
    embed.description = draft.finish(&embed);
    Reply { embed, rows: rows::under_briefs(all, context), chart: None, file: None }
}

/// The question, which readers do not see elsewhere.
pub(super) fn author(context: Context<'_>) -> Option<String> {
    let question = context.reader.question.as_deref().map(quote).filter(|question| !question.is_empty())?;
    Some(limits::cut(&question, limits::BRIEF_QUESTION))
}

/// The answer itself with its sources: a direct answer or a statement, else the takeaway of the topic.
fn lead(brief: &Brief<'_>, checked: Checked, knowledge: &Knowledge) -> Text {
    let entry = &brief.topic.entry;
    match brief.said {
        Some(Said::Answer(answer)) => statement(&answer.text, true, entry, &answer.sources, answer.until, checked),
        Some(Said::Point(_, point)) => statement(&point.text, true, entry, &point.sources, point.until, checked),
        Some(Said::Version(version)) => {
            let text = Text::default().strong(wording::version_in_full(knowledge, version));
            version.release.sources.iter().fold(text, |text, source| {
                let at = entry.sources.iter().position(|known| known.url == source.url);
                at.map_or(text.clone(), |at| cite(text, Some(source), at))
            })
        }
        Some(Said::Reason) => Text::default().strong(limits::cut(&entry.reason, limits::BRIEF_STATEMENT)),
        Some(Said::Conclusion(side)) => {
            let text = wording::conclusion(knowledge, entry.leaning, side);
            Text::default().strong(text).and(format!(" {}", limits::cut(&entry.reason, limits::BRIEF_STATEMENT)))
        }
        None => Text::default().strong(limits::cut(&entry.takeaway, limits::BRIEF_STATEMENT)),
    }
}

/// A statement with the numbers of its sources, which lead there, and a note if it was to be checked again before today.
pub(super) fn statement(
    text: &str,
    is_strong: bool,
    entry: &Entry,
    sources: &[usize],
    until: Option<Date>,
    checked: Checked,
) -> Text {
    let text = limits::cut(text, limits::BRIEF_STATEMENT);
    let text = if is_strong { Text::default().strong(text) } else { Text::plain(text) };
    let text = sources.iter().fold(text, |text, at| cite(text, entry.sources.get(*at), *at));
    match checked.due(until) {
        Some(until) => text.and(format!(" ({})", wording::due_in_brief(until))),
        None => text,
    }
}

/// Continues with the number of a source, given by its index in the list.
pub(super) fn cite(text: Text, source: Option<&Source>, at: usize) -> Text {
    match source {
        Some(source) => text.cite(at + 1, source.url.as_str()),
        None => text,
    }
}

/// The most telling points of each side: the data has them first.
fn points(draft: &mut Draft, brief: &Brief<'_>, checked: Checked, context: Context<'_>) {
    let topic: &Topic = brief.topic;
    for side in Side::BOTH {
        let said = |text: &str| brief.said.is_some_and(|said| said.text() == Some(text));
        let telling = topic.points(side).iter().filter(|point| !said(&point.text)).take(POINTS);
        for (number, point) in telling.enumerate() {
            let emoji = Text::plain(format!("{} ", context.knowledge.subject(side).emoji));
            let text = statement(&point.text, false, &topic.entry, &point.sources, point.until, checked);
            let may_go = match number {
                // Where both sides are weighed, a point of each says more than a short answer.
                0 => MayGo { rank: FIRST_POINTS, aim: limits::BRIEF_MOST },
                _ => MayGo { rank: FURTHER_POINTS + side as usize, aim: aim(brief) },
            };
            draft.may_go(may_go, emoji.then(text));
        }
    }
}

fn claim_line(claim: &Claim) -> Text {
    let says = limits::cut(claim.says.trim_end_matches('.'), limits::BRIEF_CLAIM);
    let (mark, verdict) = (wording::mark(claim.verdict), wording::verdict(claim.verdict));
    Text::plain(format!("{}“{says}” {mark} {verdict}", wording::ARTICLE_SAYS))
}

/// A tool that the question names: what it is, and what the other side has instead.
pub(super) fn tool_line(tool: &Tool, context: Context<'_>) -> Text {
    let text = Text::default().strong(wording::tool_name(context.knowledge, tool));
    let text = text.and(format!(": {}", limits::cut(&tool.what, limits::BRIEF_STATEMENT)));
    let names = wording::counterparts(context.knowledge, tool);
    if names.is_empty() { text } else { text.and(format!(" {names}")) }
}
