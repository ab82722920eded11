//! The buttons and menus under an answer.

use std::collections::BTreeSet;

use super::custom_id::{Action, Form, Setting, Verb, view_to_text};
use super::limits;
use super::reply::{Button, Menu, MenuOption, Offers, Row, Select, Style};
use super::text::quote;
use super::{Context, Controls, wording};
use crate::domain::answer::{Brief, Meaning, Tools};
use crate::domain::decisions::Decision;
use crate::domain::knowledge::{Factor, Topic};
use crate::domain::recommendation::{Next, Recommendation};
use crate::domain::request::{Description, Kind, More, Part, View};
use crate::domain::situation::Audience;
use crate::domain::team::Vote;

/// Everything else is one press away: in a message of its own for the person who presses.
pub(super) fn under_brief(brief: &Brief<'_>, context: Context<'_>) -> Vec<Row> {
    let entry = &brief.topic.entry;
    let view = brief.view();
    let is_other = |topic: &&Topic| topic.entry.id != entry.id;
    let related = entry.related.iter().filter_map(|id| context.knowledge.topic(id));
    let related = brief.further.into_iter().chain(related).find(is_other);
    let mut buttons = more_buttons(&view, entry.claims.len(), entry.sources.len(), context);
    buttons.extend(topic_buttons(related.as_slice(), context));
    buttons.extend(last_row(view, context));
    without_empty(vec![Row::Buttons(buttons), Row::Menu(further_topics(brief.topic, related, context))])
}

/// The topics of several brief answers.
pub(super) fn under_briefs(all: &[Brief<'_>], context: Context<'_>) -> Vec<Row> {
    let buttons = all.iter().map(|brief| show(&brief.topic.entry.title, Style::Secondary, brief.view(), context));
    let buttons: Vec<Button> = buttons.chain(delete(context)).collect();
    without_empty(vec![Row::Buttons(buttons)])
}

/// What is opened beside a brief answer.
fn more_buttons(view: &View, claims: usize, sources: usize, context: Context<'_>) -> Vec<Button> {
    let more = |label: &str, more: More| open(label, View::More(more, Box::new(view.clone())), context);
    let mut buttons = vec![more(wording::DETAILS, More::Details)];
    if claims > 0 {
        buttons.push(more(&wording::article_button(claims), More::Article));
    }
    if sources > 0 {
        buttons.push(more(&wording::sources_button(sources), More::Sources));
    }
    buttons
}

/// The topics beside this one and the one that has a button, those worth reading next first.
fn further_topics(topic: &Topic, shown: Option<&Topic>, context: Context<'_>) -> Menu {
    let is_other =
        |other: &&Topic| other.entry.id != topic.entry.id && shown.is_none_or(|shown| other.entry.id != shown.entry.id);
    let related: Vec<&Topic> = topic.entry.related.iter().filter_map(|id| context.knowledge.topic(id)).collect();
    let others = context.knowledge.topics.iter().filter(is_other);
    let others = others.filter(|other| !topic.entry.related.contains(&other.entry.id));
    let (near, far): (Vec<&Topic>, Vec<&Topic>) = others.partition(|other| other.category == topic.category);
    let further: Vec<&Topic> = related.into_iter().filter(is_other).chain(near).chain(far).collect();
    topic_menu(0, wording::FURTHER_TOPICS, &further, context)
}

/// Under an answer in full.
pub(super) fn under_details(view: View, context: Context<'_>) -> Vec<Row> {
    let topics: Vec<&Topic> = match &view {
        View::Topic(id) => context.knowledge.topic(id).into_iter().collect(),
        View::Answer(id) => context.knowledge.direct_answer(id).map(|(topic, _)| topic).into_iter().collect(),
        _ => Vec::new(),
    };
    let related = topics.iter().flat_map(|topic| &topic.entry.related).filter_map(|id| context.knowledge.topic(id));
    let related: Vec<&Topic> = related.take(TOPICS_OF_REASONS).collect();
    let mut buttons = topic_buttons(&related, context);
    buttons.extend(under_more(More::Details, &view, context));
    without_empty(vec![Row::Buttons(buttons), votes(&view, context)])
}

/// Where it is counted for whom an answer was of use.
fn votes(view: &View, context: Context<'_>) -> Row {
    if !context.reader.is_in_server {
        return Row::Buttons(Vec::new());
    }
    let vote = |label: &str, vote: Vote| button(label, Style::Secondary, Verb::Vote(vote, view.clone()), context);
    Row::Buttons(vec![vote(wording::USEFUL, Vote::Useful), vote(wording::USELESS, Vote::Useless)])
}

/// Under what the article says and under the cited pages.
pub(super) fn under_cited(more: More, view: &View, context: Context<'_>) -> Vec<Row> {
    without_empty(vec![Row::Buttons(under_more(more, view, context))])
}

fn under_more(more: More, view: &View, context: Context<'_>) -> Vec<Button> {
    let wrong = matches!(context.reader.controls, Controls::Full | Controls::Confined)
        .then(|| button(wording::WRONG_BUTTON, Style::Secondary, Verb::Report(view.clone()), context));
    wrong.into_iter().chain(last_row(View::More(more, Box::new(view.clone())), context)).collect()
}

/// The topics that say more about tools.
pub(super) fn under_tools(tools: &Tools<'_>, context: Context<'_>) -> Vec<Row> {
    let mut topics: Vec<&Topic> = Vec::new();
    for topic in tools.named.iter().filter_map(|tool| context.knowledge.topic(&tool.topic)) {
        if topics.len() < TOPICS_OF_REASONS && !topics.iter().any(|known| known.entry.id == topic.entry.id) {
            topics.push(topic);
        }
    }
    let view = View::Tools(tools.named.iter().map(|tool| tool.id.clone()).collect());
    let mut buttons = topic_buttons(&topics, context);
    buttons.extend(last_row(view, context));
    without_empty(vec![Row::Buttons(buttons)])
}

/// The next question, and what is opened beside it.
pub(super) fn under_recommendation(found: &Recommendation<'_>, context: Context<'_>) -> Vec<Row> {
    let view = View::Project(found.description.clone());
    let mut buttons = Vec::new();
    if !found.reasons.is_empty() {
        buttons.push(open(wording::DETAILS, View::More(More::Details, Box::new(view.clone())), context));
        buttons.push(open(wording::CORRECT_BUTTON, View::Correct(found.description.clone()), context));
    }
    let mut menu = None;
    if let Some(next) = found.next {
        menu = Some(Row::Menu(question(found, next, context)));
        let label = if found.description.changing.is_some() { wording::KEEP } else { wording::SKIP };
        buttons.push(show(label, Style::Secondary, View::Project(skipped(&found.description, next)), context));
    }
    if let Some((project, _)) = found.others.first() {
        let other = View::Project(found.description.clone().of_kind(&project.entry.id));
        buttons.push(show(&project.entry.title, Style::Secondary, other, context));
    }
    buttons.extend(last_row(view, context));
    without_empty([Row::Buttons(buttons)].into_iter().chain(menu).collect())
}

/// The topics behind the reasons.
pub(super) fn under_recommendation_in_full(found: &Recommendation<'_>, context: Context<'_>) -> Vec<Row> {
    let mut topics: Vec<&Topic> = Vec::new();
    for topic in found.reasons.iter().filter_map(|reason| context.knowledge.topic(&reason.criterion.topic)) {
        if topics.len() < TOPICS_OF_REASONS && !topics.iter().any(|known| known.entry.id == topic.entry.id) {
            topics.push(topic);
        }
    }
    let mut buttons = topic_buttons(&topics, context);
    let view = View::Project(found.description.clone());
    buttons.extend(under_more(More::Details, &view, context));
    let mut second = votes(&view, context);
    if let Row::Buttons(second) = &mut second
        && context.reader.is_in_server
    {
        let vote = Verb::Edit(Form::Vote(Some(view)));
        second.push(button(wording::decisions::START_VOTE, Style::Secondary, vote, context));
    }
    without_empty(vec![Row::Buttons(buttons), second])
}

/// The menu by which a misunderstanding is corrected.
pub(super) fn under_correction(found: &Recommendation<'_>, context: Context<'_>) -> Vec<Row> {
    without_empty(vec![Row::Menu(corrections(found, context))])
}

/// Topics of reasons that become buttons.
const TOPICS_OF_REASONS: usize = 3;

/// The menu that asks for something about a project.
fn question(found: &Recommendation<'_>, next: Next<'_>, context: Context<'_>) -> Menu {
    let project = Description { changing: None, ..found.description.clone() };
    let (question, many, options): (_, _, Vec<MenuOption>) = match next {
        Next::Kind => {
            let kinds = context.knowledge.projects.iter().map(|kind| {
                let of_kind = View::Project(project.clone().of_kind(&kind.entry.id));
                option(&kind.entry.title, &kind.entry.takeaway, of_kind, context)
            });
            (wording::WHICH_KIND, false, kinds.collect())
        }
        Next::Factor(factor) => {
            let values = factor.values.iter().map(|value| {
                let mut project = project.clone();
                project.stated.insert(factor.code.clone(), [value.code.clone()].into());
                let reason = value.weights.first().map_or("", |weight| weight.reason.text.as_str());
                option(&value.title, reason, View::Project(project), context)
            });
            (factor.question.as_str(), factor.many, values.collect())
        }
    };
    let placeholder = match found.description.changing {
        Some(_) => question.to_owned(),
        None => wording::question(question, found.questions_left),
    };
    Menu { many, ..menu(0, &placeholder, options, context) }
}

/// A description in which a question was left open.
fn skipped(described: &Description, next: Next<'_>) -> Description {
    let mut skipped = Description { changing: None, ..described.clone() };
    match (&described.changing, next) {
        (Some(_), _) => {}
        (None, Next::Kind) => skipped.kind = Kind::Skipped,
        (None, Next::Factor(factor)) => {
            skipped.stated.insert(factor.code.clone(), BTreeSet::new());
        }
    }
    skipped
}

/// The menu by which each part of a description can be changed. Where there are too many parts for it, those that are known
/// come first, because those may be misunderstood.
fn corrections(found: &Recommendation<'_>, context: Context<'_>) -> Menu {
    let correct = |label: &str, description: &str, part: Part| {
        let project = Description { changing: Some(part), ..found.description.clone() };
        option(label, description, View::Project(project), context)
    };
    let kind = found.project.map_or(wording::NOT_SAID, |project| project.entry.title.as_str());
    let known = |code: &str| found.known.iter().find(|known| known.factor.code == code);
    let mut factors: Vec<&Factor> = context.knowledge.weighing.factors.iter().collect();
    if factors.len() >= limits::MENU_OPTIONS {
        factors.sort_by_key(|factor| known(&factor.code).is_none());
    }
    let factors = factors.into_iter().map(|factor| {
        let values =
            known(&factor.code).map_or_else(Vec::new, |known| [known.stated.as_slice(), &known.implied].concat());
        correct(&factor.title, &wording::values(&values), Part::Factor(factor.code.clone()))
    });
    let options = std::iter::once(correct(wording::KIND, kind, Part::Kind)).chain(factors).collect();
    menu(1, wording::CORRECT, options, context)
}

pub(super) fn under_topics(context: Context<'_>) -> Vec<Row> {
    let topics: Vec<&Topic> = context.knowledge.topics_by_category().flat_map(|(_, topics)| topics).collect();
    let mut rows = Vec::new();
    // One row is for the buttons; more topics than the menus hold are found by autocompletion.
    for (number, chunk) in (0..).zip(topics.chunks(limits::MENU_OPTIONS).take(limits::ROWS - 1)) {
        let placeholder = match chunk {
            [first, .., last] => format!("{} … {}", first.entry.title, last.entry.title),
            [only] => only.entry.title.clone(),
            [] => continue,
        };
        rows.push(Row::Menu(topic_menu(number, &placeholder, chunk, context)));
    }
    rows.push(Row::Buttons(last_row(View::Topics, context)));
    without_empty(rows)
}

pub(super) fn under_meanings(meanings: &[Meaning<'_>], context: Context<'_>) -> Vec<Row> {
    let buttons = meanings.iter().map(|meaning| {
        let label = match meaning {
            Meaning::Topic(topic) => topic.entry.title.as_str(),
            Meaning::Project(project) => project.entry.title.as_str(),
            Meaning::Onboarding => wording::INTRODUCTION,
            Meaning::Help => wording::WHAT_I_CAN_DO,
        };
        show(label, Style::Primary, meaning.view(), context)
    });
    let topics = show(wording::ALL_TOPICS, Style::Secondary, View::Topics, context);
    let last = std::iter::once(topics).chain(delete(context)).collect();
    vec![Row::Buttons(buttons.collect()), Row::Buttons(last)]
}

pub(super) fn under_help(context: Context<'_>) -> Vec<Row> {
    let topics = show(wording::ALL_TOPICS, Style::Primary, View::Topics, context);
    let has_tours = !context.knowledge.onboarding.paths.is_empty();
    let start = has_tours.then(|| show(wording::INTRODUCTION, Style::Secondary, View::Onboarding, context));
    let buttons = std::iter::once(topics).chain(start).chain(share(View::Help, context)).chain(delete(context));
    vec![Row::Buttons(buttons.collect())]
}

pub(super) fn under_report(context: Context<'_>) -> Vec<Row> {
    without_empty(vec![Row::Buttons(delete(context).into_iter().collect())])
}

pub(super) fn under_notice(context: Context<'_>) -> Vec<Row> {
    let topics = show(wording::ALL_TOPICS, Style::Primary, View::Topics, context);
    let help = show(wording::WHAT_I_CAN_DO, Style::Secondary, View::Help, context);
    vec![Row::Buttons([topics, help].into_iter().chain(delete(context)).collect())]
}

fn topic_buttons(topics: &[&Topic], context: Context<'_>) -> Vec<Button> {
    let button =
        |topic: &&Topic| show(&topic.entry.title, Style::Secondary, View::Topic(topic.entry.id.clone()), context);
    topics.iter().map(button).collect()
}

/// A button that shows something in a private message of its own.
pub(super) fn open(label: &str, view: View, context: Context<'_>) -> Button {
    button(label, Style::Secondary, Verb::Open(view), context)
}

/// A button that shows something instead of the answer.
pub(super) fn show(label: &str, style: Style, view: View, context: Context<'_>) -> Button {
    button(label, style, Verb::Show(view), context)
}

pub(super) fn button(label: &str, style: Style, verb: Verb, context: Context<'_>) -> Button {
    let custom_id = custom_id(verb.clone(), context);
    Button { label: label.to_owned(), style, verb, custom_id }
}

fn custom_id(verb: Verb, context: Context<'_>) -> String {
    Action { asker: context.reader.asker, verb }.to_custom_id(context.codes)
}

fn topic_menu(number: u8, placeholder: &str, topics: &[&Topic], context: Context<'_>) -> Menu {
    let option = |topic: &&Topic| {
        option(&topic.entry.title, &topic.entry.takeaway, View::Topic(topic.entry.id.clone()), context)
    };
    menu(number, placeholder, topics.iter().map(option).collect(), context)
}

pub(super) fn menu(number: u8, placeholder: &str, options: Vec<MenuOption>, context: Context<'_>) -> Menu {
    let custom_id = custom_id(Verb::Choose(number), context);
    Menu { custom_id, placeholder: placeholder.to_owned(), many: false, options }
}

pub(super) fn option(label: &str, description: &str, view: View, context: Context<'_>) -> MenuOption {
    let value = view_to_text(&view, context.codes);
    MenuOption { label: label.to_owned(), description: description.to_owned(), view, value }
}

fn last_row(view: View, context: Context<'_>) -> Vec<Button> {
    share(view, context).into_iter().chain(delete(context)).collect()
}

/// Only what others do not see can be shared.
pub(super) fn share(view: View, context: Context<'_>) -> Option<Button> {
    let reader = context.reader;
    let is_private = reader.audience == Audience::OnlyAsker && reader.controls == Controls::Full;
    is_private.then(|| button(wording::SHARE, Style::Primary, Verb::Share(view), context))
}

/// A private answer is dismissed by Discord itself.
pub(super) fn delete(context: Context<'_>) -> Option<Button> {
    let reader = context.reader;
    let is_public = reader.audience == Audience::Everyone && reader.controls != Controls::None;
    is_public.then(|| button(wording::DELETE, Style::Danger, Verb::Delete, context))
}

/// A menu that changes a setting.
pub(super) fn select(setting: Setting, placeholder: &str, offers: Offers, context: Context<'_>) -> Row {
    let custom_id = custom_id(Verb::Set(setting), context);
    Row::Select(Select { setting, custom_id, placeholder: placeholder.to_owned(), offers })
}

/// A menu of decisions.
pub(super) fn decision_menu(placeholder: &str, decisions: &[&Decision], context: Context<'_>) -> Row {
    let option = |decision: &&Decision| {
        let label = format!("#{} · {}", decision.number, quote(&decision.question));
        option(&label, &quote(&decision.words.decision), View::Decision(decision.number), context)
    };
    Row::Menu(menu(0, placeholder, decisions.iter().map(option).collect(), context))
}

/// Discord refuses rows without anything in them.
pub(super) fn without_empty(rows: Vec<Row>) -> Vec<Row> {
    let filled = |row: &Row| match row {
        Row::Buttons(buttons) => !buttons.is_empty(),
        Row::Menu(menu) => !menu.options.is_empty(),
        Row::Select(_) => true,
    };
    rows.into_iter().filter(filled).collect()
}
