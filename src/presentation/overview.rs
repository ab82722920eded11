//! How everything looks that is not about one topic: lists, help, choices and notices.

use super::brief::statement;
use super::commands::{COMMANDS, Command};
use super::entry::{Checked, claims, list, neutral_colour, sources};
use super::reply::{Embed, Field, Priority, Reply, Row};
use super::rows;
use super::text::Text;
use super::{Context, Controls, limits, wording};
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
    let is_terminal = context.reader.controls == Controls::None;
    let is_there = |command: &&Command| command.is_offered(knowledge) && (!is_terminal || command.is_in_terminal());
    let (of_team, for_all): (Vec<&Command>, Vec<&Command>) =
        COMMANDS.iter().filter(is_there).partition(|command| command.is_of_servers);
    let in_words = if is_terminal { wording::WITHOUT_COMMAND } else { wording::IN_WORDS };
    let mut ways: Vec<Text> = for_all.iter().filter_map(|command| Some(way(&command.usage(), command.help?))).collect();
    ways.push(way(in_words, wording::IN_WORDS_HELP));
    let mut fields = list(wording::WAYS, Priority::Answer, ways);
    let heading = if is_terminal { wording::TEAM_WAYS } else { wording::TEAM_WAYS_IN_SERVERS };
    fields.extend(list(heading, Priority::Answer, in_one_line(&of_team).into_iter().collect()));
    let examples = knowledge
        .sample_questions
        .iter()
        .take(limits::HELP_EXAMPLES)
        .map(|example| Text::plain(format!("• {example}")));
    fields.extend(list(wording::EXAMPLES, Priority::Detail, examples.collect()));
    let description = Text::plain(wording::compares(knowledge));
    let footer = Some(wording::HELP_FOOTER.to_owned());
    framed(&knowledge.title, description, fields, footer, rows::under_help(context))
}

/// What the help says of commands that few people need, without a line for each.
fn in_one_line(commands: &[&Command]) -> Option<Text> {
    let helps = commands.iter().filter_map(|command| {
        Some(Text::default().strong(wording::command(command.name)).and(format!(" {}", command.help?)))
    });
    helps.reduce(|all, next| all.and(wording::BETWEEN).then(next))
}

fn way(usage: &str, help: &str) -> Text {
    Text::default().strong(wording::usage(usage)).and(format!(" {help}"))
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
