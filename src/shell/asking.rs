//! `versus ask`: the answer to one question, as text or as one line of JSON.

use std::path::Path;

use serde::Serialize;

use super::recommending::{self, leaning};
use super::road::Arrived;
use super::{Failure, data, input, output, terminal};
use crate::domain::answer::{Answer, Brief, Meaning, Said};
use crate::domain::knowledge::{Date, Entry, Knowledge, Point, Side, Topic};
use crate::domain::request::Request;
use crate::presentation::plain::{self, Layout};
use crate::presentation::reply::{Reply, Row};

/// What there is to say about a question: the answer with its ids, and the reply as it is read.
#[derive(Serialize)]
struct Line<'a> {
    question: &'a str,
    answer: AnswerLine<'a>,
    reply: ReplyLine<'a>,
}

/// The kind of an answer, and what belongs to it.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum AnswerLine<'a> {
    Comparison(TopicLine<'a>),
    /// Several questions in one text.
    Comparisons {
        topics: Vec<TopicLine<'a>>,
    },
    /// Tools that were named.
    Tools {
        tools: Vec<&'a str>,
    },
    Recommendation {
        evidence: &'a [String],
        #[serde(flatten)]
        found: recommending::Line<'a>,
    },
    /// What comes closest, best first.
    DidYouMean {
        meanings: Vec<String>,
    },
    Onboarding,
    Help,
    Topics,
    /// Something friendly was said.
    SmallTalk,
    /// It is about something that is not compared here.
    Other,
    /// It is in another language.
    Foreign,
    /// No question was seen.
    Empty,
    /// It is about an earlier answer.
    NeedsContext,
    Unknown,
}

#[derive(Serialize)]
struct TopicLine<'a> {
    topic: &'a str,
    title: &'a str,
    takeaway: &'a str,
    leaning: &'a str,
    strength: &'static str,
    reason: &'a str,
    checked: String,
    /// The id of the direct answer to the question, if there is one.
    direct_answer: Option<&'a str>,
    evidence: &'a [String],
    sides: Vec<SideLine<'a>>,
    related: &'a [String],
    sources: Vec<SourceLine<'a>>,
}

#[derive(Serialize)]
struct SideLine<'a> {
    subject: &'a str,
    points: Vec<PointLine<'a>>,
}

#[derive(Serialize)]
struct PointLine<'a> {
    text: &'a str,
    /// Addresses of pages.
    sources: Vec<&'a str>,
}

#[derive(Serialize)]
struct SourceLine<'a> {
    title: &'a str,
    url: &'a str,
    as_of: &'a str,
    second_hand: bool,
}

/// A reply as it is read, without mark-up.
#[derive(Serialize)]
struct ReplyLine<'a> {
    title: &'a str,
    text: String,
    sections: Vec<SectionLine<'a>>,
    footer: Option<&'a str>,
    /// What could be asked next.
    next: Vec<&'a str>,
}

#[derive(Serialize)]
struct SectionLine<'a> {
    title: &'a str,
    text: String,
}

/// Answers one question, given as the words of the command line, in brief or with all there is to say.
///
/// # Errors
/// The data cannot be used, the input cannot be read, or the output cannot be written.
pub fn run(folder: Option<&Path>, words: &[String], details: bool, json: bool) -> Result<(), Failure> {
    let question = input::text(words)?;
    let core = data::load(folder)?;
    let arrived = terminal::answer(&core, Request::Ask(question.clone()));
    if json {
        return print_json(core.knowledge(), &question, &arrived);
    }
    terminal::print_answer(&core, &arrived, "ask", details)
}

/// Prints an answer as one line of JSON, which has everything.
///
/// # Errors
/// The output cannot be written.
pub(super) fn print_json(knowledge: &Knowledge, question: &str, arrived: &Arrived<'_>) -> Result<(), Failure> {
    output::json(&line(knowledge, question, arrived, &arrived.reply()))
}

fn line<'a>(knowledge: &'a Knowledge, question: &'a str, arrived: &'a Arrived<'a>, reply: &'a Reply) -> Line<'a> {
    Line { question, answer: answer_line(knowledge, arrived.answer()), reply: reply_line(reply) }
}

fn answer_line<'a>(knowledge: &'a Knowledge, answer: &'a Answer<'a>) -> AnswerLine<'a> {
    match answer {
        Answer::Brief(brief) => AnswerLine::Comparison(brief_line(knowledge, brief)),
        Answer::Briefs(briefs) => {
            AnswerLine::Comparisons { topics: briefs.iter().map(|brief| brief_line(knowledge, brief)).collect() }
        }
        Answer::Comparison(topic, said) => {
            AnswerLine::Comparison(topic_line(knowledge, topic, said.map(|said| said.id.as_str()), &[]))
        }
        Answer::Recommendation(found, evidence) => {
            AnswerLine::Recommendation { evidence, found: recommending::line(knowledge, found) }
        }
        Answer::Reasons(found) | Answer::RecommendationInFull(found) | Answer::Correction(found) => {
            AnswerLine::Recommendation { evidence: &[], found: recommending::line(knowledge, found) }
        }
        Answer::Tools(tools) => AnswerLine::Tools { tools: tools.named.iter().map(|tool| tool.id.as_str()).collect() },
        Answer::DidYouMean(meanings) => AnswerLine::DidYouMean { meanings: meanings.iter().map(name).collect() },
        Answer::Welcome
        | Answer::Panel
        | Answer::Tour(_)
        | Answer::PositionUnreadable
        | Answer::Quiz(..)
        | Answer::Progress(_)
        | Answer::Forgotten => AnswerLine::Onboarding,
        Answer::Help => AnswerLine::Help,
        Answer::Topics => AnswerLine::Topics,
        Answer::SmallTalk(_) => AnswerLine::SmallTalk,
        Answer::Other(_) => AnswerLine::Other,
        Answer::Foreign(_) => AnswerLine::Foreign,
        Answer::Empty => AnswerLine::Empty,
        Answer::NeedsContext => AnswerLine::NeedsContext,
        // Only buttons and commands of servers lead to the first five.
        Answer::Article(_)
        | Answer::Sources(_)
        | Answer::Reported(_)
        | Answer::Team(_)
        | Answer::Decision(_)
        | Answer::Elsewhere(_)
        | Answer::Unknown
        | Answer::NotFound => AnswerLine::Unknown,
    }
}

/// The name of a meaning, as `versus match` writes it.
fn name(meaning: &Meaning<'_>) -> String {
    match meaning {
        Meaning::Topic(topic) => format!("compare:{}", topic.entry.id),
        Meaning::Project(project) => format!("recommend:{}", project.entry.id),
        Meaning::Onboarding => "onboarding".to_owned(),
        Meaning::Help => "help".to_owned(),
    }
}

fn brief_line<'a>(knowledge: &'a Knowledge, brief: &'a Brief<'a>) -> TopicLine<'a> {
    let direct_answer = match brief.said {
        Some(Said::Answer(answer)) => Some(answer.id.as_str()),
        _ => None,
    };
    topic_line(knowledge, brief.topic, direct_answer, &brief.evidence)
}

fn topic_line<'a>(
    knowledge: &'a Knowledge,
    topic: &'a Topic,
    direct_answer: Option<&'a str>,
    evidence: &'a [String],
) -> TopicLine<'a> {
    let entry = &topic.entry;
    let (leaning, strength) = leaning(knowledge, entry.leaning);
    let Date { year, month, day } = entry.checked;
    let side = |side: Side| SideLine {
        subject: &knowledge.subject(side).id,
        points: topic.points(side).iter().map(|point| point_line(entry, point)).collect(),
    };
    let sources = entry.sources.iter().map(|source| SourceLine {
        title: &source.title,
        url: &source.url,
        as_of: &source.as_of,
        second_hand: source.second_hand,
    });
    TopicLine {
        topic: &entry.id,
        title: &entry.title,
        takeaway: &entry.takeaway,
        leaning,
        strength,
        reason: &entry.reason,
        checked: format!("{year}-{month:02}-{day:02}"),
        direct_answer,
        evidence,
        sides: Side::BOTH.map(side).into(),
        related: &entry.related,
        sources: sources.collect(),
    }
}

fn point_line<'a>(entry: &'a Entry, point: &'a Point) -> PointLine<'a> {
    let sources = point.sources.iter().filter_map(|at| entry.sources.get(*at));
    PointLine { text: &point.text, sources: sources.map(|source| source.url.as_str()).collect() }
}

fn reply_line(reply: &Reply) -> ReplyLine<'_> {
    let embed = &reply.embed;
    let next = reply.rows.iter().flat_map(|row| -> Vec<&str> {
        match row {
            Row::Buttons(buttons) => buttons.iter().map(|button| button.label.as_str()).collect(),
            Row::Menu(menu) => menu.options.iter().map(|option| option.label.as_str()).collect(),
            Row::Select(_) => Vec::new(),
        }
    });
    let sections = embed.fields.iter();
    let sections =
        sections.map(|field| SectionLine { title: &field.name, text: plain::show(&field.text(), Layout::PLAIN) });
    ReplyLine {
        title: &embed.title,
        text: plain::show(&embed.description, Layout::PLAIN),
        sections: sections.collect(),
        footer: embed.footer.as_deref(),
        next: next.collect(),
    }
}
