//! How tools look that were named: what each is, what the other side has instead, and the note.

use super::brevity::{Draft, MayGo};
use super::brief::{author, cite, footer};
use super::decisions::remembered_line;
use super::entry::{Checked, neutral_colour};
use super::reply::{Embed, Reply};
use super::rows;
use super::team::note_line;
use super::text::Text;
use super::{Context, limits, wording};
use crate::domain::answer::Tools;
use crate::domain::knowledge::{Belongs, Tool};
use crate::domain::team::Subject;

/// Tools that are described.
const NAMED: usize = 4;
/// Counterparts that are described where one tool was named.
const COUNTERPARTS: usize = 4;

// What is left out first has the greatest number.
const COUNTERPART: usize = 1;
const NOTE: usize = 9;

pub(super) fn tools(tools: &Tools<'_>, context: Context<'_>) -> Reply {
    let named: Vec<&Tool> = tools.named.iter().copied().take(NAMED).collect();
    let names = named.iter().map(|tool| tool.names.first().map_or(tool.id.as_str(), String::as_str));
    let title = names.collect::<Vec<_>>().join(" · ");
    let checked = named.iter().filter_map(|tool| context.knowledge.topic(&tool.topic)).map(|topic| topic.entry.checked);
    let mut embed = Embed {
        author: author(context),
        title: limits::cut(&title, limits::BRIEF_TITLE),
        description: Text::default(),
        colour: neutral_colour(),
        fields: Vec::new(),
        footer: checked.min().map(|checked| footer(wording::checked(checked, &[]), context)),
    };
    let mut draft = Draft::default();
    if let Some((topic, answer)) = tools.said {
        let checked = Checked { on: topic.entry.checked, today: context.reader.today };
        let text = Text::default().strong(limits::cut(&answer.text, limits::BRIEF_STATEMENT));
        let cited = answer.sources.iter().filter_map(|at| topic.entry.sources.get(*at));
        let text = cited.enumerate().fold(text, |text, (at, source)| cite(text, Some(source), at));
        let due = checked.due(answer.until).map(|until| format!(" ({})", wording::due_in_brief(until)));
        draft.stays(text.and(due.unwrap_or_default()));
    }
    let mut cited = tools.said.map_or(0, |(_, answer)| answer.sources.len());
    if let (true, [tool]) = (tools.asks_counterparts, named.as_slice()) {
        draft.stays(Text::default().strong(counterparts(tool, context)));
    }
    for (number, tool) in named.iter().enumerate() {
        draft.stays(described(tool, &mut cited, context));
        if let Some(decided) = context.reader.decided(&Subject::Tool(tool.id.clone())) {
            draft.shrinks(remembered_line(decided));
        }
        if let Some(note) = context.reader.note(&Subject::Tool(tool.id.clone())) {
            draft.shrinks(note_line(note));
        }
        if let [_] = named.as_slice() {
            let others = tool.counterparts.iter().filter_map(|id| context.knowledge.tool(id)).take(COUNTERPARTS);
            for (rank, other) in others.enumerate() {
                let text = described(other, &mut cited, context);
                draft.may_go(MayGo { rank: COUNTERPART + rank, aim: limits::BRIEF_MOST }, text);
            }
            if !tools.asks_counterparts && tool.counterparts.is_empty() {
                draft.stays(Text::plain(counterparts(tool, context)));
            }
        } else if tools.said.is_none() {
            let text = wording::counterparts(context.knowledge, tool);
            if !text.is_empty() {
                draft.may_go(MayGo { rank: COUNTERPART + number, aim: limits::BRIEF_MOST }, Text::plain(text));
            }
        }
        if let Some(note) = &tool.note {
            let text = Text::plain(limits::cut(&wording::note(note), limits::BRIEF_STATEMENT));
            draft.may_go(MayGo { rank: NOTE + number, aim: limits::BRIEF_MOST }, text);
        }
    }
    embed.description = draft.finish(&embed);
    Reply { embed, rows: rows::under_tools(tools, context), chart: None, file: None }
}

/// What the other side has instead of a tool, or that it has nothing.
fn counterparts(tool: &Tool, context: Context<'_>) -> String {
    let known = wording::counterparts(context.knowledge, tool);
    match tool.belongs {
        Belongs::To(side) if known.is_empty() => wording::no_counterpart(context.knowledge, side.other()),
        _ => known,
    }
}

/// What a tool is, with the numbers of its sources.
fn described(tool: &Tool, cited: &mut usize, context: Context<'_>) -> Text {
    let text = Text::default().strong(wording::tool_name(context.knowledge, tool));
    let text = text.and(format!(": {}", limits::cut(&tool.what, limits::BRIEF_STATEMENT)));
    let text = tool.sources.iter().zip(*cited..).fold(text, |text, (source, at)| cite(text, Some(source), at));
    *cited += tool.sources.len();
    text
}
