//! The buttons and menus under an answer.

use super::action::{Action, Verb, shown_to_text};
use super::limits;
use super::reply::{Button, Menu, MenuOption, Row, Style};
use super::wording;
use super::{Audience, Reader};
use crate::domain::answer::Meaning;
use crate::domain::knowledge::{Knowledge, Project, Topic};
use crate::domain::request::Shown;

pub(super) fn under_topic(knowledge: &Knowledge, topic: &Topic, reader: &Reader) -> Vec<Row> {
    let related = related(knowledge, &topic.related);
    let seen = |other: &Topic| other.id == topic.id || topic.related.contains(&other.id);
    let (near, far): (Vec<&Topic>, Vec<&Topic>) =
        knowledge.topics.iter().filter(|other| !seen(other)).partition(|other| other.category == topic.category);
    let further: Vec<&Topic> = near.into_iter().chain(far).take(limits::MENU_OPTIONS).collect();
    let mut rows = vec![Row::Buttons(topic_buttons(&related, reader))];
    rows.push(Row::Menu(menu(0, wording::FURTHER_TOPICS, &further, reader)));
    rows.push(Row::Buttons(last_row(Shown::Topic(topic.id.clone()), reader)));
    without_empty(rows)
}

pub(super) fn under_project(knowledge: &Knowledge, project: &Project, reader: &Reader) -> Vec<Row> {
    let related = related(knowledge, &project.related);
    let last = last_row(Shown::Project(project.id.clone()), reader);
    without_empty(vec![Row::Buttons(topic_buttons(&related, reader)), Row::Buttons(last)])
}

pub(super) fn under_topics(knowledge: &Knowledge, reader: &Reader) -> Vec<Row> {
    let topics: Vec<&Topic> = knowledge.topics_by_category().flat_map(|(_, topics)| topics).collect();
    let mut rows = Vec::new();
    for (number, chunk) in (0..).zip(topics.chunks(limits::MENU_OPTIONS).take(limits::ROWS - 1)) {
        let ends = (chunk.first(), chunk.last());
        let placeholder = match ends {
            (Some(first), Some(last)) => format!("{} … {}", first.title, last.title),
            _ => wording::FURTHER_TOPICS.to_owned(),
        };
        rows.push(Row::Menu(menu(number, &placeholder, chunk, reader)));
    }
    rows.push(Row::Buttons(last_row(Shown::Topics, reader)));
    without_empty(rows)
}

pub(super) fn under_start(topics: &[&Topic], reader: &Reader) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for chunk in topics.chunks(limits::BUTTONS_IN_ROW).take(limits::ROWS - 1) {
        rows.push(Row::Buttons(topic_buttons(chunk, reader)));
    }
    rows.push(Row::Buttons(last_row(Shown::Onboarding, reader)));
    without_empty(rows)
}

pub(super) fn under_meanings(meanings: &[Meaning<'_>], reader: &Reader) -> Vec<Row> {
    let buttons = meanings.iter().take(limits::BUTTONS_IN_ROW).map(|meaning| {
        let label = match meaning {
            Meaning::Topic(topic) => topic.title.as_str(),
            Meaning::Project(project) => project.title.as_str(),
            Meaning::Onboarding => wording::INTRODUCTION,
            Meaning::Help => wording::WHAT_I_CAN_DO,
        };
        show(label, Style::Primary, meaning.shown(), reader)
    });
    let topics = show(wording::ALL_TOPICS, Style::Secondary, Shown::Topics, reader);
    let last = std::iter::once(topics).chain(delete(reader)).collect();
    vec![Row::Buttons(buttons.collect()), Row::Buttons(last)]
}

pub(super) fn under_help(reader: &Reader) -> Vec<Row> {
    let topics = show(wording::ALL_TOPICS, Style::Primary, Shown::Topics, reader);
    let start = show(wording::INTRODUCTION, Style::Secondary, Shown::Onboarding, reader);
    let buttons = [topics, start].into_iter().chain(share(Shown::Help, reader)).chain(delete(reader));
    vec![Row::Buttons(buttons.collect())]
}

pub(super) fn under_notice(reader: &Reader) -> Vec<Row> {
    let topics = show(wording::ALL_TOPICS, Style::Primary, Shown::Topics, reader);
    let help = show(wording::WHAT_I_CAN_DO, Style::Secondary, Shown::Help, reader);
    vec![Row::Buttons([topics, help].into_iter().chain(delete(reader)).collect())]
}

fn related<'k>(knowledge: &'k Knowledge, ids: &[String]) -> Vec<&'k Topic> {
    ids.iter().filter_map(|id| knowledge.topic(id)).take(limits::BUTTONS_IN_ROW).collect()
}

fn topic_buttons(topics: &[&Topic], reader: &Reader) -> Vec<Button> {
    let button = |topic: &&Topic| show(&topic.title, Style::Secondary, Shown::Topic(topic.id.clone()), reader);
    topics.iter().map(button).collect()
}

fn show(label: &str, style: Style, shown: Shown, reader: &Reader) -> Button {
    let action = Action { asker: reader.asker, verb: Verb::Show(shown) };
    Button { label: limits::cut(label, limits::BUTTON_LABEL), style, action }
}

fn menu(number: u8, placeholder: &str, topics: &[&Topic], reader: &Reader) -> Menu {
    let option = |topic: &&Topic| MenuOption {
        label: limits::cut(&topic.title, limits::MENU_TEXT),
        description: limits::cut(&topic.takeaway, limits::MENU_TEXT),
        value: shown_to_text(&Shown::Topic(topic.id.clone())),
    };
    Menu {
        action: Action { asker: reader.asker, verb: Verb::Choose(number) },
        placeholder: limits::cut(placeholder, limits::MENU_TEXT),
        options: topics.iter().map(option).collect(),
    }
}

fn last_row(shown: Shown, reader: &Reader) -> Vec<Button> {
    share(shown, reader).into_iter().chain(delete(reader)).collect()
}

/// Only what others do not see can be shared.
fn share(shown: Shown, reader: &Reader) -> Option<Button> {
    let action = Action { asker: reader.asker, verb: Verb::Share(shown) };
    (reader.audience == Audience::OnlyAsker).then(|| Button {
        label: wording::SHARE.to_owned(),
        style: Style::Primary,
        action,
    })
}

/// A private answer is dismissed by Discord itself.
fn delete(reader: &Reader) -> Option<Button> {
    let action = Action { asker: reader.asker, verb: Verb::Delete };
    (reader.audience == Audience::Everyone).then(|| Button {
        label: wording::DELETE.to_owned(),
        style: Style::Danger,
        action,
    })
}

/// Discord refuses rows without anything in them.
fn without_empty(rows: Vec<Row>) -> Vec<Row> {
    let filled = |row: &Row| match row {
        Row::Buttons(buttons) => !buttons.is_empty(),
        Row::Menu(menu) => !menu.options.is_empty(),
    };
    rows.into_iter().filter(filled).collect()
}
