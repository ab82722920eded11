//! How the questions look that got no answer, and what becomes of them.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::custom_id::{Form, Verb};
use super::form::{Input, Modal, TEXT};
use super::overview::framed;
use super::reply::{File, Reply, Row, Style};
use super::rows::{button, menu, open, option, show, without_empty};
use super::team::{modal, no_file_seen};
use super::text::{Text, quote};
use super::{Context, limits, wording};
use crate::domain::answer::TeamAnswer;
use crate::domain::knowledge::Topic;
use crate::domain::request::View;
use crate::domain::team::{Added, Gap, bounds};

/// Questions of the list.
const LISTED: usize = 10;
/// Topics that are offered where it is not clear which one is meant.
const OFFERED: usize = 4;
/// The name of the file for the data.
const FILE: &str = "questions.toml";

pub(super) fn gaps(answer: &TeamAnswer<'_>, context: Context<'_>) -> Reply {
    match answer {
        TeamAnswer::Gaps(gaps, are_kept, added) => listed(gaps, *are_kept, *added, context),
        TeamAnswer::Gap(gap) | TeamAnswer::GapForm(gap) => one(gap, context),
        TeamAnswer::WhichTopic(gap, near) => which(gap, near, context),
        TeamAnswer::Added(id, added, topic) => self::added(*id, added, topic, context),
        TeamAnswer::GapsExport(added, gaps) => exported(added, gaps, context),
        TeamAnswer::Dismissed => plain(wording::DISMISSED, wording::DISMISSED_TEXT, context),
        TeamAnswer::TakenBack => plain(wording::TAKEN_BACK, wording::TAKEN_BACK_TEXT, context),
        _ => plain(wording::NO_GAP, wording::NO_GAP_TEXT, context),
    }
}

/// The form for the topic of a question.
pub(super) fn form(gap: &Gap, context: Context<'_>) -> Modal {
    let input = Input {
        name: TEXT,
        label: wording::GAP_TOPIC.to_owned(),
        hint: quote(&gap.text),
        value: String::new(),
        most: limits::CHOICE,
        is_long: false,
        is_optional: false,
    };
    modal(Form::Gap(gap.id), wording::ADD_TO_TOPIC.to_owned(), vec![input], context)
}

fn listed(gaps: &[Gap], are_kept: bool, added: usize, context: Context<'_>) -> Reply {
    let lines = gaps
        .iter()
        .take(LISTED)
        .map(|gap| Text::plain("• ").strong(wording::times(gap.asked)).and(format!(" {}", quote(&gap.text))));
    let description = match (gaps.is_empty(), are_kept) {
        (true, true) => Text::plain(wording::NO_GAPS),
        (true, false) => Text::plain(wording::GAPS_OFF),
        (false, _) => Text::lines(lines),
    };
    let options = gaps.iter().take(limits::MENU_OPTIONS);
    let options = options.map(|gap| option(&quote(&gap.text), &wording::times(gap.asked), View::Gap(gap.id), context));
    let rows = without_empty(vec![Row::Menu(menu(0, wording::CHOOSE_GAP, options.collect(), context))]);
    let footer = wording::gaps_footer(gaps.len(), added, bounds::DAYS);
    framed(wording::GAPS, description, Vec::new(), Some(footer), rows)
}

fn one(gap: &Gap, context: Context<'_>) -> Reply {
    let description = Text::plain(quote(&gap.text));
    let buttons = vec![
        button(wording::ADD_TO_TOPIC, Style::Primary, Verb::Edit(Form::Gap(gap.id)), context),
        button(wording::DISMISS, Style::Secondary, Verb::Dismiss(gap.id), context),
        back(context),
    ];
    framed(&wording::asked_times(gap.asked), description, Vec::new(), None, vec![Row::Buttons(buttons)])
}

fn which(gap: &Gap, near: &[&Topic], context: Context<'_>) -> Reply {
    let topics = near.iter().take(OFFERED).map(|topic| {
        let verb = Verb::AddTo(gap.id, topic.entry.id.clone());
        button(&topic.entry.title, Style::Primary, verb, context)
    });
    let again = button(wording::OTHER_WORDS, Style::Secondary, Verb::Edit(Form::Gap(gap.id)), context);
    let buttons = topics.chain([again]).collect();
    let text = if near.is_empty() { wording::NO_SUCH_TOPIC } else { wording::WHICH_TOPIC_TEXT };
    let description = Text::plain(text).and("\n\n").and(quote(&gap.text));
    framed(wording::WHICH_TOPIC, description, Vec::new(), None, vec![Row::Buttons(buttons)])
}

fn added(id: u64, added: &Added, topic: &Topic, context: Context<'_>) -> Reply {
    let description =
        Text::plain(format!("“{}” ", quote(&added.text))).and(wording::ADDED_TO).strong(topic.entry.title.as_str());
    let buttons = vec![
        open(wording::SHOW_ANSWER, View::Topic(topic.entry.id.clone()), context),
        button(wording::TAKE_BACK, Style::Secondary, Verb::TakeBack(id), context),
        back(context),
    ];
    let footer = Some(wording::ADDED_FOOTER.to_owned());
    framed(wording::ADDED, description, Vec::new(), footer, vec![Row::Buttons(buttons)])
}

fn plain(title: &str, text: &str, context: Context<'_>) -> Reply {
    framed(title, Text::plain(text), Vec::new(), None, vec![Row::Buttons(vec![back(context)])])
}

fn back(context: Context<'_>) -> super::reply::Button {
    show(wording::TO_GAPS, Style::Secondary, View::Gaps, context)
}

fn exported(added: &[Added], gaps: &[Gap], context: Context<'_>) -> Reply {
    let description = Text::plain(wording::gaps_export(added.len(), gaps.len(), FILE)).and(no_file_seen(context));
    let reply = framed(wording::GAPS_EXPORT, description, Vec::new(), None, Vec::new());
    Reply { file: Some(File { name: FILE, text: toml(added, gaps) }), ..reply }
}

/// The questions as they stand in the data: a table for each topic's file, and those without a topic.
fn toml(added: &[Added], gaps: &[Gap]) -> String {
    let mut topics: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for added in added {
        topics.entry(&added.topic).or_default().push(quote(&added.text));
    }
    let mut out = String::from(wording::GAPS_TOML);
    let list = |questions: Vec<String>| {
        let lines: Vec<String> = questions.iter().map(|question| format!("    {},\n", toml_text(question))).collect();
        format!("questions = [\n{}]\n", lines.concat())
    };
    for (topic, questions) in topics {
        // Writing to a string cannot fail.
        let _ = write!(out, "\n[{}.ask]\n{}", toml_text(&format!("topics/{topic}.toml")), list(questions));
    }
    let _ = write!(out, "\n[unanswered]\n{}", list(gaps.iter().map(|gap| quote(&gap.text)).collect()));
    out
}

/// A basic string of TOML.
fn toml_text(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out + "\""
}
