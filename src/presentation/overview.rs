//! How everything looks that is not about one topic: lists, help, choices and notices.

use super::brief::statement;
use super::commands::COMMANDS;
use super::entry::{Checked, claims, list, neutral_colour, sources};
use super::reply::{Embed, Field, Priority, Reply, Row};
use super::rows;
use super::text::Text;
use super::{Context, limits, wording};
use crate::domain::answer::{Cited, Known, Meaning, Other};
use crate::domain::knowledge::{Belongs, Point};
use crate::domain::request::More;
use crate::domain::smalltalk::SmallTalk;

pub(super) fn did_you_mean(meanings: &[Meaning<'_>], context: Context<'_>) -> Reply {
    let description = Text::plain(wording::DID_YOU_MEAN_TEXT);
    framed(wording::DID_YOU_MEAN, description, Vec::new(), None, rows::under_meanings(meanings, context))
}

pub(super) fn topics(context: Context<'_>) -> Reply {
    let categories = context.knowledge.topics_by_category().filter(|(_, topics)| !topics.is_empty());
    let fields = categories.map(|(category, topics)| {
        let titles: Vec<&str> = topics.iter().map(|topic| topic.entry.title.as_str()).collect();
        let paragraphs = vec![Text::plain(titles.join(" · "))];
        Field { name: category.title.clone(), paragraphs, inline: false, priority: Priority::Answer }
    });
    framed(wording::TOPICS, Text::plain(wording::TOPICS_TEXT), fields.collect(), None, rows::under_topics(context))
}

pub(super) fn help(context: Context<'_>) -> Reply {
    let knowledge = context.knowledge;
    let commands = COMMANDS.iter().filter(|command| command.is_offered(knowledge));
    let commands = commands.filter_map(|command| Some((command.usage(), command.help?)));
    let ways = commands.chain([(wording::IN_WORDS.to_owned(), wording::IN_WORDS_HELP)]);
    let ways = ways.map(|(usage, help)| Text::default().strong(wording::usage(&usage)).and(format!(" {help}")));
    let mut fields = list(wording::WAYS, Priority::Answer, ways.collect());
    let examples = knowledge
        .sample_questions
        .iter()
        .take(limits::HELP_EXAMPLES)
        .map(|example| Text::plain(format!("• {example}")));
    fields.extend(list(wording::EXAMPLES, Priority::Detail, examples.collect()));
    let description = Text::plain(wording::purpose(knowledge));
    let footer = Some(wording::HELP_FOOTER.to_owned());
    framed(&knowledge.title, description, fields, footer, rows::under_help(context))
}

/// Something that is not compared: that comes first, then what is known of the side and of the tools in it.
pub(super) fn other(other: &Other<'_>, context: Context<'_>) -> Reply {
    let is_foreign = other.tools.iter().any(|tool| tool.belongs == Belongs::Neither);
    let is_same_side = other.rivals.is_empty() && !is_foreign;
    let title = if is_same_side { wording::SAME_SIDE } else { wording::NOT_COMPARED };
    let tools = other.rivals.iter().filter_map(|(_, tool)| *tool).chain(other.tools.iter().copied());
    let of_tools = tools.map(|tool| Field {
        name: tool.names.first().cloned().unwrap_or_default(),
        paragraphs: vec![Text::plain(wording::tool(tool))],
        inline: false,
        priority: Priority::Answer,
    });
    let fields = other.known.iter().map(|known| known_of_side(known, context)).chain(of_tools).collect();
    let description = Text::plain(wording::not_compared(context.knowledge, other));
    let footer = other.known.as_ref().map(|known| wording::checked(known.entry.checked, &[]));
    framed(title, description, fields, footer, rows::under_notice(context))
}

/// What is known of one side, with the numbers of its sources, and without saying which side is ahead.
fn known_of_side(known: &Known<'_>, context: Context<'_>) -> Field {
    let checked = Checked { on: known.entry.checked, today: context.reader.today };
    let point = |point: &&Point| statement(&point.text, false, known.entry, &point.sources, point.until, checked);
    Field {
        name: wording::known_of(context.knowledge.subject(known.side), &known.entry.title),
        paragraphs: known.points.iter().map(point).collect(),
        inline: false,
        priority: Priority::Answer,
    }
}

pub(super) fn small_talk(said: SmallTalk, context: Context<'_>) -> Reply {
    notice(wording::small_talk_title(said), wording::small_talk(context.knowledge, said), context)
}

/// What the article says about a topic or a kind of project.
pub(super) fn article(cited: &Cited<'_>, context: Context<'_>) -> Reply {
    let Some(entry) = cited.entry else {
        return notice(wording::CLAIMS, wording::NO_CLAIMS, context);
    };
    let checked = Checked { on: entry.checked, today: context.reader.today };
    let number = |at: usize| {
        let source = entry.sources.get(at);
        cited.sources.iter().position(|known| source.is_some_and(|source| source.url == known.url)).unwrap_or_default()
    };
    let fields = claims(context.knowledge, &entry.claims, checked, &mut { number });
    let footer = Some(wording::footer(context.knowledge, entry.checked));
    let rows = rows::under_cited(More::Article, &cited.view, context);
    framed(
        &wording::article_title(&entry.title),
        Text::plain(wording::article_text(context.knowledge)),
        fields,
        footer,
        rows,
    )
}

/// The pages that an answer cites.
pub(super) fn cited_pages(cited: &Cited<'_>, context: Context<'_>) -> Reply {
    let title = cited.entry.map_or(wording::PROJECT, |entry| entry.title.as_str());
    let fields = sources(cited.sources.iter().copied());
    let footer = cited.entry.map(|entry| wording::footer(context.knowledge, entry.checked));
    let rows = rows::under_cited(More::Sources, &cited.view, context);
    framed(&wording::sources_title(title), Text::plain(wording::SOURCES_TEXT), fields, footer, rows)
}

/// Thanks for a report.
pub(super) fn reported(context: Context<'_>) -> Reply {
    framed(wording::REPORTED, Text::plain(wording::REPORTED_TEXT), Vec::new(), None, rows::under_report(context))
}

pub(super) fn notice(title: &str, text: impl AsRef<str>, context: Context<'_>) -> Reply {
    framed(title, Text::plain(text), Vec::new(), None, rows::under_notice(context))
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
    Reply { embed: Embed { author, title, description, colour, fields, footer }, rows, chart: None, file: None }
}
