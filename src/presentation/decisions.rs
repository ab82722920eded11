//! How votes and decisions look: the message with the poll, its result, the forms, a record, and the list.

use std::collections::BTreeMap;

use super::custom_id::{Form, Verb};
use super::form::{CONSEQUENCES, DECISION, HOURS, Input, LEAST, Modal, OPTIONS, QUESTION, REASON, REJECTED, fit};
use super::overview::{framed, notice};
use super::reply::{Button, Field, File, Priority, Reply, Row, Style};
use super::rows::{button, decision_menu, delete, open, share, show, without_empty};
use super::team::{name, note_text, refused, subject_id};
use super::text::{Text, quote};
use super::wording::decisions as wording;
use super::{Context, Controls, custom_id, limits, madr, wording as general};
use crate::domain::answer::{DecisionAnswer, NoteSubject, Proposal};
use crate::domain::decisions::{Decision, Long, Misfit, Source, Status, Step, Words, Written, bounds};
use crate::domain::knowledge::Knowledge;
use crate::domain::outcome::{Became, Decided, Done};
use crate::domain::request::View;
use crate::domain::team::Remembered;

/// Decisions on a page of the list: a menu has as many options.
pub(super) const ON_PAGE: usize = limits::MENU_OPTIONS;
/// The name of the file with all decisions.
const FILE: &str = "decisions.md";
/// Units of a line of the list.
const LINE: usize = 140;

/// A poll that goes with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poll {
    /// The number of the decision.
    pub number: u32,
    /// What is asked.
    pub question: String,
    /// What can be chosen.
    pub answers: Vec<String>,
    /// How long it runs.
    pub hours: u16,
}

/// The poll of an answer that puts something to the vote, once it is kept.
pub(super) fn poll(answer: &DecisionAnswer<'_>, done: &Done) -> Option<Poll> {
    let (DecisionAnswer::Vote(proposal), Became::Done(Decided::Number(number))) = (answer, &done.decided) else {
        return None;
    };
    // In a poll no mark-up is live.
    let question = limits::cut(&quote(&proposal.ballot.question), bounds::QUESTION);
    let answers = proposal.ballot.options.iter().map(|option| limits::cut(&quote(option), bounds::OPTION));
    Some(Poll { number: *number, question, answers: answers.collect(), hours: proposal.ballot.hours })
}

pub(super) fn decisions(answer: &DecisionAnswer<'_>, done: &Done, context: Context<'_>) -> Reply {
    match (answer, &done.decided) {
        (DecisionAnswer::Refused(refusal), _) => refused(*refusal),
        (DecisionAnswer::Unreadable, _) => notice(general::TEAM_UNREADABLE, general::TEAM_UNREADABLE_TEXT, context),
        (_, Became::Failed) => notice(general::NOT_KEPT, general::NOT_KEPT_TEXT, context),
        (_, Became::Done(Decided::Full)) => plain(wording::TOO_MANY, &wording::too_many()),
        (DecisionAnswer::Taken(decision, step), Became::Done(Decided::Meanwhile)) => not_taken(decision, step, context),
        (DecisionAnswer::NoPolls, _) => plain(wording::NO_POLLS, wording::NO_POLLS_TEXT),
        (DecisionAnswer::Confined, _) => plain(wording::VOTE_CONFINED, wording::VOTE_CONFINED_TEXT),
        (DecisionAnswer::NoSubject(near), _) => no_subject(near),
        (DecisionAnswer::VoteForm(..), _) => plain(wording::VOTE_FORM, wording::QUESTION_HINT),
        (DecisionAnswer::VoteMisfit(written, misfits, source), _) => {
            vote_misfit(written, misfits, source.as_ref(), context)
        }
        (DecisionAnswer::Vote(proposal), Became::Done(Decided::Number(number))) => vote(proposal, *number, context),
        (DecisionAnswer::Vote(_), _) => notice(general::NOT_KEPT, general::NOT_KEPT_TEXT, context),
        (DecisionAnswer::RecordForm(decision, _), _) => shown(decision, context),
        (DecisionAnswer::RecordMisfit(number, words, long), _) => record_misfit(*number, words, long, context),
        (DecisionAnswer::Taken(decision, step), _) => {
            let mut reply = shown(decision, context);
            let has_poll = !decision.is_counted && decision.words.is_blank() && *step == Step::Withdraw;
            // Where there are no buttons, no bot runs that could end it.
            let is_left = has_poll && context.reader.controls == Controls::None;
            let poll = if is_left { wording::POLL_LEFT } else { "" };
            reply.embed.footer = Some(wording::taken(decision, step) + poll);
            reply
        }
        (DecisionAnswer::NotTaken(decision, step), _) => not_taken(decision, step, context),
        (DecisionAnswer::Shown(decision), _) => shown(decision, context),
        (DecisionAnswer::Listed(all, page), _) => listed(all, *page, context),
        (DecisionAnswer::Missing(number), _) => notice(&wording::missing(*number), wording::NO_DECISIONS_TEXT, context),
        (DecisionAnswer::Exported(all), _) if all.is_empty() => listed(all, 0, context),
        (DecisionAnswer::Exported(all), _) => {
            let file = File { name: FILE, text: madr::records(all, context.knowledge) };
            Reply { file: Some(file), ..plain(wording::EXPORTED, wording::EXPORTED_TEXT) }
        }
        (DecisionAnswer::Ended(decision), _) => ended(decision, context),
    }
}

/// The form that an answer is, if it is one.
pub(super) fn form(answer: &DecisionAnswer<'_>, context: Context<'_>) -> Option<Modal> {
    let (form, title, inputs) = match answer {
        DecisionAnswer::VoteForm(written, source) => {
            let name = source.as_ref().and_then(|source| source_name(source, context.knowledge));
            let question = match name {
                Some(name) if written.question.is_empty() => wording::question(&name),
                _ => written.question.clone(),
            };
            let form = Form::Vote(source.as_ref().map(Source::view));
            (form, wording::VOTE_FORM, vote_inputs(&Written { question, ..written.clone() }))
        }
        DecisionAnswer::RecordForm(decision, words) => {
            (Form::Record(decision.number), wording::RECORD_FORM, record_inputs(words))
        }
        _ => return None,
    };
    let verb = Verb::Fill(form.clone());
    let custom_id = custom_id::Action { asker: context.reader.asker, verb }.to_custom_id(context.codes);
    Some(fit(Modal { form, custom_id, title: title.to_owned(), inputs }))
}

fn vote_inputs(written: &Written) -> Vec<Input> {
    let options_most = (bounds::OPTION + 1) * bounds::OPTIONS.end() * 2;
    let input = |name, label: &str, hint: &str, value: &str, most| Input {
        name,
        label: label.to_owned(),
        hint: hint.to_owned(),
        value: value.to_owned(),
        // What is too long is kept, so that it can be shortened.
        most: limits::length(value).clamp(most, limits::INPUT),
        is_long: false,
        is_optional: true,
    };
    let question = input(QUESTION, wording::QUESTION, wording::QUESTION_HINT, &written.question, bounds::QUESTION);
    let options = input(OPTIONS, wording::OPTIONS, wording::OPTIONS_HINT, &written.options, options_most);
    vec![
        Input { is_long: true, is_optional: false, ..question },
        Input { is_long: true, ..options },
        input(HOURS, wording::HOURS, wording::HOURS_HINT, &written.hours, NUMBER),
        input(LEAST, wording::LEAST, wording::LEAST_HINT, &written.least, NUMBER),
    ]
}

/// Units of a number in a form.
const NUMBER: usize = 5;

fn record_inputs(words: &Words) -> Vec<Input> {
    let input = |name, label: &str, value: &str| Input {
        name,
        label: label.to_owned(),
        hint: String::new(),
        value: value.to_owned(),
        most: limits::length(value).clamp(bounds::WORDS, limits::INPUT),
        is_long: true,
        is_optional: true,
    };
    let decision = input(DECISION, wording::DECISION, &words.decision);
    let most = limits::length(&words.decision).clamp(bounds::DECISION, limits::INPUT);
    vec![
        Input { most, is_long: false, is_optional: false, hint: wording::DECISION_HINT.to_owned(), ..decision },
        input(REASON, wording::REASON, &words.reason),
        input(REJECTED, wording::REJECTED, &words.rejected),
        input(CONSEQUENCES, wording::CONSEQUENCES, &words.consequences),
    ]
}

/// An accepted decision as the first line of an answer.
pub(super) fn remembered_line(decision: &Remembered) -> Text {
    let text = Text::plain(wording::DECIDED_MARK).strong(wording::decided(decision.date));
    text.and(format!(" {}. {}", quote(&decision.decision).trim_end_matches('.'), wording::number(decision.number)))
}

/// The message that the poll stands in: what is known, and the team's word on it.
fn vote(proposal: &Proposal<'_>, number: u32, context: Context<'_>) -> Reply {
    let known = proposal.subject.and_then(|subject| known(subject, context));
    let source = proposal.source.as_ref().and_then(|(source, leaning)| {
        let name = source_name(source, context.knowledge)?;
        let leaned = leaning.map(|leaning| general::leaning_in_sentence(context.knowledge, leaning));
        Some(Text::plain(wording::context(&name, is_recommendation(source), leaned.as_deref())))
    });
    let note = proposal.subject.and_then(|subject| context.reader.note(&subject_id(subject))).map(note_text);
    let runs = Text::plain(wording::runs(proposal.ballot.hours, proposal.ballot.least));
    let lines = source.into_iter().chain(known).chain(note).chain([runs]);
    let mut buttons = vec![button(wording::RESULT, Style::Secondary, Verb::Poll(number), context)];
    buttons.extend(proposal.source.as_ref().map(|(source, _)| open(wording::SOURCE, source.view(), context)));
    let rows = vec![Row::Buttons(buttons)];
    framed(&wording::vote(number), Text::lines(lines), Vec::new(), Some(wording::VOTE_FOOTER.to_owned()), rows)
}

/// What is known about a topic or tool, in a line. Of a kind of project the recommendation says it.
fn known(subject: NoteSubject<'_>, context: Context<'_>) -> Option<Text> {
    let (name, known) = match subject {
        NoteSubject::Topic(topic) => (topic.entry.title.as_str(), topic.entry.takeaway.as_str()),
        NoteSubject::Tool(tool) => (tool.names.first().map_or(tool.id.as_str(), String::as_str), tool.what.as_str()),
        NoteSubject::Project(_) => return None,
    };
    let known = limits::cut(known, limits::BRIEF_STATEMENT);
    let text = Text::default().strong(format!("{name}:")).and(format!(" {known}"));
    Some(match subject {
        NoteSubject::Topic(topic) => {
            text.and(format!(" ({})", general::leaning_in_sentence(context.knowledge, topic.entry.leaning)))
        }
        NoteSubject::Tool(_) | NoteSubject::Project(_) => text,
    })
}

/// What came of a vote, with the button by which it is recorded.
fn ended(decision: &Decision, context: Context<'_>) -> Reply {
    let verdict = Text::default().strong(wording::verdict(decision));
    let lines =
        [Some(Text::plain(quote(&decision.question))), Some(verdict), Some(Text::plain(wording::next(decision)))];
    let votes = decision.is_counted.then(|| votes(decision));
    let rows = vec![Row::Buttons(vec![record_button(decision.number, context), record_link(decision, context)])];
    let footer = Some(wording::RECORD_FOOTER.to_owned());
    framed(
        &wording::ended(decision),
        Text::lines(lines.into_iter().flatten()),
        votes.into_iter().collect(),
        footer,
        rows,
    )
}

fn record_button(number: u32, context: Context<'_>) -> Button {
    button(wording::RECORD, Style::Primary, Verb::Edit(Form::Record(number)), context)
}

fn record_link(decision: &Decision, context: Context<'_>) -> Button {
    open(&wording::number(decision.number), View::Decision(decision.number), context)
}

/// A decision as it is kept.
fn shown(decision: &Decision, context: Context<'_>) -> Reply {
    let words = &decision.words;
    let mut fields = Vec::new();
    if !words.is_blank() {
        fields.push(field(wording::DECISION, &words.decision, Priority::Answer));
    }
    fields.push(votes(decision));
    for (name, text) in [
        (wording::REASON, &words.reason),
        (wording::REJECTED, &words.rejected),
        (wording::CONSEQUENCES, &words.consequences),
    ] {
        if !text.is_empty() {
            fields.push(field(name, text, Priority::Detail));
        }
    }
    if let Some(source) = source(decision, context.knowledge) {
        fields.push(field(wording::CONTEXT, &source, Priority::Background));
    }
    let mut lines =
        vec![Text::default().strong(format!("{} {}", wording::mark(decision.status), wording::status(decision)))];
    if decision.status == Status::Proposed {
        lines.push(Text::plain(wording::verdict(decision)));
    }
    let mut buttons = Vec::new();
    if decision.status == Status::Proposed {
        buttons.push(record_button(decision.number, context));
    }
    if let Status::SupersededBy(by) = decision.status {
        buttons.push(show(&wording::number(by), Style::Secondary, View::Decision(by), context));
    }
    buttons.extend(decision.source.as_ref().map(|source| open(wording::SOURCE, source.view(), context)));
    buttons.extend(share(View::Decision(decision.number), context).into_iter().chain(delete(context)));
    let rows = without_empty(vec![Row::Buttons(buttons)]);
    let title = quote(&wording::record(decision));
    framed(&title, Text::lines(lines), fields, Some(wording::RECORD_FOOTER.to_owned()), rows)
}

fn votes(decision: &Decision) -> Field {
    let choices = match decision.is_counted {
        true => decision.ranked(),
        false => decision.options.iter().collect(),
    };
    let lines = choices.into_iter().map(|choice| Text::plain(quote(&wording::choice(choice, decision.is_counted))));
    let (name, inline) = (wording::VOTES.to_owned(), false);
    Field { name, paragraphs: lines.collect(), inline, priority: Priority::Answer }
}

fn field(name: &str, text: &str, priority: Priority) -> Field {
    Field { name: name.to_owned(), paragraphs: vec![written(text)], inline: false, priority }
}

/// A text that somebody wrote, with its line breaks; nothing in it is mark-up.
pub(super) fn written(text: &str) -> Text {
    Text::lines(text.lines().map(|line| Text::plain(quote(line))))
}

/// The answer from which a vote was started, in a sentence.
pub(super) fn source(decision: &Decision, knowledge: &Knowledge) -> Option<String> {
    let source = decision.source.as_ref()?;
    let name = source_name(source, knowledge)?;
    let leaned = decision.leaning.map(|leaning| general::leaning_in_sentence(knowledge, leaning));
    Some(wording::context(&name, is_recommendation(source), leaned.as_deref()))
}

fn source_name(source: &Source, knowledge: &Knowledge) -> Option<String> {
    match source {
        Source::Topic(id) => Some(knowledge.topic(id)?.entry.title.clone()),
        Source::Answer(id) => Some(knowledge.direct_answer(id)?.0.entry.title.clone()),
        Source::Tools(ids) => {
            let names = ids.iter().filter_map(|id| knowledge.tool(id)?.names.first());
            let names: Vec<&str> = names.map(String::as_str).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        Source::Project(kind, _) => {
            let project =
                kind.as_ref().and_then(|id| knowledge.projects.iter().find(|project| project.entry.id == *id));
            Some(project.map_or_else(|| general::PROJECT.to_owned(), |project| project.entry.title.clone()))
        }
    }
}

fn is_recommendation(source: &Source) -> bool {
    matches!(source, Source::Project(..))
}

fn not_taken(decision: &Decision, step: &Step, context: Context<'_>) -> Reply {
    let lines = [Text::plain(wording::needed(step)), Text::plain(wording::status(decision))];
    let rows = vec![Row::Buttons(vec![record_link(decision, context)])];
    framed(&wording::not_taken(decision, step), Text::lines(lines), Vec::new(), None, rows)
}

fn listed(all: &[Decision], page: usize, context: Context<'_>) -> Reply {
    if all.is_empty() {
        return notice(wording::NO_DECISIONS, wording::NO_DECISIONS_TEXT, context);
    }
    let newest_first: Vec<&Decision> = all.iter().rev().collect();
    let pages = newest_first.len().div_ceil(ON_PAGE);
    let page = page.min(pages - 1);
    let here: Vec<&Decision> = newest_first.into_iter().skip(page * ON_PAGE).take(ON_PAGE).collect();
    let lines = here.iter().map(|decision| {
        let what = if decision.words.is_blank() { String::new() } else { format!(" → {}", decision.words.decision) };
        let line = format!("{} #{} · {}{what}", wording::mark(decision.status), decision.number, decision.question);
        Text::plain(limits::cut(&quote(&line), LINE))
    });
    let footer = Some(wording::count(all.len()));
    let mut buttons = Vec::new();
    if page > 0 {
        buttons.push(show(wording::PREVIOUS_PAGE, Style::Secondary, View::Decisions(page - 1), context));
    }
    if page + 1 < pages {
        buttons.push(show(wording::NEXT_PAGE, Style::Secondary, View::Decisions(page + 1), context));
    }
    buttons.extend(share(View::Decisions(page), context).into_iter().chain(delete(context)));
    let menu = decision_menu(wording::SHOW_DECISION, &here, context);
    let rows = without_empty(vec![menu, Row::Buttons(buttons)]);
    framed(wording::DECISIONS, Text::lines(lines), Vec::new(), footer, rows)
}

/// What was wrong with a vote, and what was typed, so that nobody has to type it again: the form begins with it.
fn vote_misfit(written: &Written, misfits: &[Misfit], source: Option<&Source>, context: Context<'_>) -> Reply {
    let reasons = misfits.iter().map(|misfit| Text::plain(quote(&wording::misfit(misfit))));
    let typed = [
        (wording::QUESTION, &written.question),
        (wording::OPTIONS, &written.options),
        (wording::HOURS, &written.hours),
        (wording::LEAST, &written.least),
    ];
    let again = Form::Vote(source.map(Source::view));
    again_with(wording::VOTE_MISFIT, Text::lines(reasons), &typed, again, context)
}

/// The same for the words of a record.
fn record_misfit(number: u32, words: &Words, long: &[Long], context: Context<'_>) -> Reply {
    let reasons = long.iter().map(|long| Text::plain(wording::long(*long)));
    let typed = [
        (wording::DECISION, &words.decision),
        (wording::REASON, &words.reason),
        (wording::REJECTED, &words.rejected),
        (wording::CONSEQUENCES, &words.consequences),
    ];
    again_with(wording::RECORD_MISFIT, Text::lines(reasons), &typed, Form::Record(number), context)
}

/// What was typed into a form, as a message shows it that says why it was refused: by the names of the form's fields; nothing for
/// any other message.
pub fn typed_before(title: &str, shown: &[(&str, String)]) -> Option<BTreeMap<String, String>> {
    let fields: [(&str, &str); 4] = match title {
        wording::VOTE_MISFIT => [
            (wording::QUESTION, QUESTION),
            (wording::OPTIONS, OPTIONS),
            (wording::HOURS, HOURS),
            (wording::LEAST, LEAST),
        ],
        wording::RECORD_MISFIT => [
            (wording::DECISION, DECISION),
            (wording::REASON, REASON),
            (wording::REJECTED, REJECTED),
            (wording::CONSEQUENCES, CONSEQUENCES),
        ],
        _ => return None,
    };
    let typed = fields.into_iter().filter_map(|(heading, name)| {
        let (_, text) = shown.iter().find(|(shown, _)| *shown == heading)?;
        Some((name.to_owned(), text.clone()))
    });
    Some(typed.collect())
}

fn again_with(title: &str, reasons: Text, typed: &[(&str, &String)], again: Form, context: Context<'_>) -> Reply {
    let fields = typed.iter().filter(|(_, text)| !text.trim().is_empty());
    let fields = fields.map(|(name, text)| {
        let paragraphs = text.lines().map(|line| Text::plain(quote(line))).collect();
        Field { name: (*name).to_owned(), paragraphs, inline: false, priority: Priority::Detail }
    });
    let again = button(general::TRY_AGAIN, Style::Primary, Verb::Edit(again), context);
    framed(title, reasons, fields.collect(), None, vec![Row::Buttons(vec![again])])
}

fn no_subject(near: &[NoteSubject<'_>]) -> Reply {
    let names: Vec<String> = near.iter().map(|near| name(*near)).collect();
    let text = if names.is_empty() { general::NO_SUBJECT_TEXT.to_owned() } else { names.join(", ") };
    plain(general::NO_SUBJECT, &text)
}

/// A title with a text, and nothing to press.
fn plain(title: &str, text: &str) -> Reply {
    framed(title, Text::plain(text), Vec::new(), None, Vec::new())
}
