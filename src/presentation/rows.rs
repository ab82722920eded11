//! The buttons and menus under an answer.

use std::collections::BTreeSet;

use super::action::{Action, Verb, view_to_text};
use super::limits;
use super::reply::{Button, Menu, MenuOption, Row, Style};
use super::wording;
use super::{Controls, Reader};
use crate::domain::answer::Meaning;
use crate::domain::knowledge::{Knowledge, Topic};
use crate::domain::recommendation::{Next, Recommendation};
use crate::domain::request::{Description, Kind, Part, View};
use crate::domain::situation::Audience;

pub(super) fn under_topic(knowledge: &Knowledge, topic: &Topic, reader: &Reader) -> Vec<Row> {
    let related = related(knowledge, &topic.entry.related);
    let seen = |other: &Topic| other.entry.id == topic.entry.id || topic.entry.related.contains(&other.entry.id);
    let (near, far): (Vec<&Topic>, Vec<&Topic>) =
        knowledge.topics.iter().filter(|other| !seen(other)).partition(|other| other.category == topic.category);
    let further: Vec<&Topic> = near.into_iter().chain(far).take(limits::MENU_OPTIONS).collect();
    let mut rows = vec![Row::Buttons(topic_buttons(&related, reader))];
    rows.push(Row::Menu(topic_menu(0, wording::FURTHER_TOPICS, &further, reader)));
    rows.push(Row::Buttons(last_row(View::Topic(topic.entry.id.clone()), reader)));
    without_empty(rows)
}

/// The topics behind the reasons, the next question, and the menu by which a misunderstanding is corrected.
pub(super) fn under_recommendation(knowledge: &Knowledge, found: &Recommendation<'_>, reader: &Reader) -> Vec<Row> {
    let mut topics: Vec<&Topic> = Vec::new();
    for topic in found.reasons.iter().filter_map(|reason| knowledge.topic(&reason.criterion.topic)) {
        if topics.len() < TOPICS_OF_REASONS && !topics.iter().any(|known| known.entry.id == topic.entry.id) {
            topics.push(topic);
        }
    }
    let others = found.others.iter().take(limits::BUTTONS_IN_ROW - 1).map(|(project, _)| {
        let described = found.described.clone().of_kind(&project.entry.id);
        show(&project.entry.title, Style::Secondary, View::Project(described), reader)
    });
    let mut rows = vec![Row::Buttons(topic_buttons(&topics, reader))];
    let mut buttons = Vec::new();
    if let Some(next) = found.next {
        rows.push(Row::Menu(question(knowledge, found, next, reader)));
        let label = if found.described.changing.is_some() { wording::KEEP } else { wording::SKIP };
        buttons.push(show(label, Style::Secondary, View::Project(skipped(&found.described, next)), reader));
    }
    rows.push(Row::Buttons(buttons.into_iter().chain(others).collect()));
    rows.push(Row::Menu(corrections(knowledge, found, reader)));
    rows.push(Row::Buttons(last_row(View::Project(found.described.clone()), reader)));
    without_empty(rows)
}

/// Topics of reasons that become buttons.
const TOPICS_OF_REASONS: usize = 3;

/// The menu that asks for something about a project.
fn question(knowledge: &Knowledge, found: &Recommendation<'_>, next: Next<'_>, reader: &Reader) -> Menu {
    let described = Description { changing: None, ..found.described.clone() };
    let option = |label: &str, description: &str, described: Description| MenuOption {
        label: limits::cut(label, limits::MENU_TEXT),
        description: limits::cut(description, limits::MENU_TEXT),
        value: view_to_text(&View::Project(described)),
    };
    let (question, most, options): (_, _, Vec<MenuOption>) = match next {
        Next::Kind => {
            let projects = knowledge.projects.iter().take(limits::MENU_OPTIONS);
            let kinds = projects.map(|project| {
                option(&project.entry.title, &project.entry.takeaway, described.clone().of_kind(&project.entry.id))
            });
            (wording::WHICH_KIND, 1, kinds.collect())
        }
        Next::Factor(factor) => {
            let values = factor.values.iter().take(limits::MENU_OPTIONS).map(|value| {
                let mut described = described.clone();
                described.stated.insert(factor.code, [value.code].into());
                let reason = value.weights.first().map_or("", |weight| weight.reason.text.as_str());
                option(&value.title, reason, described)
            });
            (factor.question.as_str(), if factor.many { factor.values.len() } else { 1 }, values.collect())
        }
    };
    let placeholder = match found.described.changing {
        Some(_) => question.to_owned(),
        None => wording::question(question, found.questions_left),
    };
    menu(0, &placeholder, most, options, reader)
}

/// A description in which a question was left open.
fn skipped(described: &Description, next: Next<'_>) -> Description {
    let mut skipped = Description { changing: None, ..described.clone() };
    match (described.changing, next) {
        (Some(_), _) => {}
        (None, Next::Kind) => skipped.kind = Kind::Skipped,
        (None, Next::Factor(factor)) => {
            skipped.stated.insert(factor.code, BTreeSet::new());
        }
    }
    skipped
}

/// The menu by which each part of a description can be changed.
fn corrections(knowledge: &Knowledge, found: &Recommendation<'_>, reader: &Reader) -> Menu {
    let option = |label: &str, description: &str, part: Part| MenuOption {
        label: limits::cut(label, limits::MENU_TEXT),
        description: limits::cut(description, limits::MENU_TEXT),
        value: view_to_text(&View::Project(Description { changing: Some(part), ..found.described.clone() })),
    };
    let kind = found.project.map_or(wording::NOT_SAID, |project| project.entry.title.as_str());
    let factors = knowledge.weighing.factors.iter().map(|factor| {
        let known = found.known.iter().find(|known| known.factor.code == factor.code);
        let values = known.map_or_else(Vec::new, |known| [known.stated.as_slice(), &known.implied].concat());
        option(&factor.title, &wording::values(&values), Part::Factor(factor.code))
    });
    let options = std::iter::once(option(wording::KIND, kind, Part::Kind)).chain(factors).take(limits::MENU_OPTIONS);
    menu(1, wording::CORRECT, 1, options.collect(), reader)
}

pub(super) fn under_topics(knowledge: &Knowledge, reader: &Reader) -> Vec<Row> {
    let topics: Vec<&Topic> = knowledge.topics_by_category().flat_map(|(_, topics)| topics).collect();
    let mut rows = Vec::new();
    for (number, chunk) in (0..).zip(topics.chunks(limits::MENU_OPTIONS).take(limits::ROWS - 1)) {
        let ends = (chunk.first(), chunk.last());
        let placeholder = match ends {
            (Some(first), Some(last)) => format!("{} … {}", first.entry.title, last.entry.title),
            _ => wording::FURTHER_TOPICS.to_owned(),
        };
        rows.push(Row::Menu(topic_menu(number, &placeholder, chunk, reader)));
    }
    rows.push(Row::Buttons(last_row(View::Topics, reader)));
    without_empty(rows)
}

pub(super) fn under_meanings(meanings: &[Meaning<'_>], reader: &Reader) -> Vec<Row> {
    let buttons = meanings.iter().take(limits::BUTTONS_IN_ROW).map(|meaning| {
        let label = match meaning {
            Meaning::Topic(topic) => topic.entry.title.as_str(),
            Meaning::Project(project) => project.entry.title.as_str(),
            Meaning::Onboarding => wording::INTRODUCTION,
            Meaning::Help => wording::WHAT_I_CAN_DO,
        };
        show(label, Style::Primary, meaning.view(), reader)
    });
    let topics = show(wording::ALL_TOPICS, Style::Secondary, View::Topics, reader);
    let last = std::iter::once(topics).chain(delete(reader)).collect();
    vec![Row::Buttons(buttons.collect()), Row::Buttons(last)]
}

pub(super) fn under_help(reader: &Reader) -> Vec<Row> {
    let topics = show(wording::ALL_TOPICS, Style::Primary, View::Topics, reader);
    let start = show(wording::INTRODUCTION, Style::Secondary, View::Onboarding, reader);
    let buttons = [topics, start].into_iter().chain(share(View::Help, reader)).chain(delete(reader));
    vec![Row::Buttons(buttons.collect())]
}

pub(super) fn under_notice(reader: &Reader) -> Vec<Row> {
    let topics = show(wording::ALL_TOPICS, Style::Primary, View::Topics, reader);
    let help = show(wording::WHAT_I_CAN_DO, Style::Secondary, View::Help, reader);
    vec![Row::Buttons([topics, help].into_iter().chain(delete(reader)).collect())]
}

fn related<'k>(knowledge: &'k Knowledge, ids: &[String]) -> Vec<&'k Topic> {
    ids.iter().filter_map(|id| knowledge.topic(id)).take(limits::BUTTONS_IN_ROW).collect()
}

fn topic_buttons(topics: &[&Topic], reader: &Reader) -> Vec<Button> {
    let button =
        |topic: &&Topic| show(&topic.entry.title, Style::Secondary, View::Topic(topic.entry.id.clone()), reader);
    topics.iter().map(button).collect()
}

/// A button that shows something in a private message of its own.
pub(super) fn open(label: &str, shown: View, reader: &Reader) -> Button {
    let action = Action { asker: reader.asker, verb: Verb::Open(shown) };
    Button { label: limits::cut(label, limits::BUTTON_LABEL), style: Style::Secondary, action }
}

pub(super) fn show(label: &str, style: Style, shown: View, reader: &Reader) -> Button {
    let action = Action { asker: reader.asker, verb: Verb::Show(shown) };
    Button { label: limits::cut(label, limits::BUTTON_LABEL), style, action }
}

fn topic_menu(number: u8, placeholder: &str, topics: &[&Topic], reader: &Reader) -> Menu {
    let option = |topic: &&Topic| MenuOption {
        label: limits::cut(&topic.entry.title, limits::MENU_TEXT),
        description: limits::cut(&topic.entry.takeaway, limits::MENU_TEXT),
        value: view_to_text(&View::Topic(topic.entry.id.clone())),
    };
    menu(number, placeholder, 1, topics.iter().map(option).collect(), reader)
}

fn menu(number: u8, placeholder: &str, most: usize, options: Vec<MenuOption>, reader: &Reader) -> Menu {
    let action = Action { asker: reader.asker, verb: Verb::Choose(number) };
    Menu { action, placeholder: limits::cut(placeholder, limits::MENU_TEXT), most, options }
}

fn last_row(shown: View, reader: &Reader) -> Vec<Button> {
    share(shown, reader).into_iter().chain(delete(reader)).collect()
}

/// Only what others do not see can be shared.
pub(super) fn share(shown: View, reader: &Reader) -> Option<Button> {
    let action = Action { asker: reader.asker, verb: Verb::Share(shown) };
    (reader.audience == Audience::OnlyAsker && reader.controls == Controls::Full).then(|| Button {
        label: wording::SHARE.to_owned(),
        style: Style::Primary,
        action,
    })
}

/// A private answer is dismissed by Discord itself.
pub(super) fn delete(reader: &Reader) -> Option<Button> {
    let action = Action { asker: reader.asker, verb: Verb::Delete };
    (reader.audience == Audience::Everyone && reader.controls != Controls::None).then(|| Button {
        label: wording::DELETE.to_owned(),
        style: Style::Danger,
        action,
    })
}

/// Discord refuses rows without anything in them.
pub(super) fn without_empty(rows: Vec<Row>) -> Vec<Row> {
    let filled = |row: &Row| match row {
        Row::Buttons(buttons) => !buttons.is_empty(),
        Row::Menu(menu) => !menu.options.is_empty(),
    };
    rows.into_iter().filter(filled).collect()
}
