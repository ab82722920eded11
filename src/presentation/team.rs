//! How it looks what a team keeps: its settings, its notes, and the forms for them.

use super::backup::write_file;
use super::custom_id::{Form, NO, Setting, Verb, YES};
use super::form::{Input, LINK, Modal, TEXT, fit};
use super::overview::{framed, notice};
use super::reply::{Embed, File, Offers, Reply, Row, SelectOption, Style};
use super::rows::{button, open, select, without_empty};
use super::text::{Text, quote};
use super::{Context, Controls, custom_id, gaps, insights, limits, wording};
use crate::domain::answer::{NoteSubject, Refusal, TeamAnswer};
use crate::domain::backup::{Difference, TeamFile};
use crate::domain::decisions;
use crate::domain::outcome::{Became, Done, Kept};
use crate::domain::request::{Description, View};
use crate::domain::team::{Change, Misfit, Note, Settings, Subject, Writers, Written, bounds};

pub(super) fn team(answer: &TeamAnswer<'_>, done: &Done, context: Context<'_>) -> Reply {
    match (answer, &done.team) {
        (TeamAnswer::Refused(refusal), _) => refused(*refusal),
        (TeamAnswer::Unreadable, _) => notice(wording::TEAM_UNREADABLE, wording::TEAM_UNREADABLE_TEXT, context),
        (_, Became::Failed) => notice(wording::NOT_KEPT, wording::NOT_KEPT_TEXT, context),
        (TeamAnswer::Settings(settings, is_changed), _) => self::settings(settings, *is_changed, context),
        (TeamAnswer::Noted(..), Became::Done(Kept::Full)) => {
            notice(wording::TOO_MANY_NOTES, wording::too_many_notes(bounds::NOTES), context)
        }
        (TeamAnswer::Noted(subject, note), _) => noted(*subject, note.as_ref(), context),
        (TeamAnswer::NoteMisfit(subject, written, misfit), _) => note_misfit(*subject, written, *misfit, context),
        (TeamAnswer::NoSubject(near), _) => no_subject(near, context),
        // Where there are no forms, as in a reply, the title says what it is about.
        (TeamAnswer::NoteForm(subject, _), _) => framed(
            &wording::note_title(&name(*subject)),
            Text::plain(wording::NOTE_TEXT_HINT),
            Vec::new(),
            None,
            Vec::new(),
        ),
        (TeamAnswer::Voted(vote), _) => {
            framed(wording::voted(*vote), Text::plain(wording::VOTED_TEXT), Vec::new(), None, Vec::new())
        }
        (TeamAnswer::Insights(counts), _) => insights::insights(counts, context),
        (TeamAnswer::Added(..), Became::Done(Kept::Full)) => {
            notice(wording::TOO_MANY_ADDED, wording::too_many_added(bounds::ADDED), context)
        }
        (TeamAnswer::Exported(file, server), _) => exported(file, *server, context),
        (TeamAnswer::Compared(..), Became::Done(Kept::Full)) => {
            let text = Text::plain(wording::decided_meanwhile(decisions::bounds::DECISIONS));
            framed(wording::WRONG_FILE, text, Vec::new(), Some(wording::NOTHING_CHANGED.to_owned()), Vec::new())
        }
        (TeamAnswer::Compared(difference, None), _) => compared(difference, true),
        (TeamAnswer::Compared(difference, Some((file, server))), _) => {
            offered(compared(difference, false), difference, (file, *server), context)
        }
        (TeamAnswer::WrongFile(problems), _) => {
            let lines = problems.iter().map(|problem| Text::plain(format!("• {}", quote(problem))));
            framed(
                wording::WRONG_FILE,
                Text::lines(lines),
                Vec::new(),
                Some(wording::NOTHING_CHANGED.to_owned()),
                Vec::new(),
            )
        }
        (TeamAnswer::TooManyDecisions(all), _) => {
            let problem = wording::too_many(wording::DECISIONS_IN_FILE, *all, decisions::bounds::DECISIONS);
            let nothing = Some(wording::NOTHING_CHANGED.to_owned());
            framed(wording::WRONG_FILE, Text::plain(problem), Vec::new(), nothing, Vec::new())
        }
        (answer, _) => gaps::gaps(answer, context),
    }
}

/// The form that an answer is, if it is one.
pub(super) fn form(answer: &TeamAnswer<'_>, context: Context<'_>) -> Option<Modal> {
    let (subject, note) = match answer {
        TeamAnswer::NoteForm(subject, note) => (subject, note),
        TeamAnswer::GapForm(gap) => return Some(gaps::form(gap, context)),
        _ => return None,
    };
    let text = note.as_ref().map_or("", |note| &note.text).to_owned();
    let link = note.as_ref().and_then(|note| note.link.clone()).unwrap_or_default();
    let inputs = vec![
        Input {
            name: TEXT,
            label: wording::NOTE_TEXT.to_owned(),
            hint: wording::NOTE_TEXT_HINT.to_owned(),
            value: text,
            most: bounds::NOTE_TEXT,
            is_long: true,
            // A blank one removes the note.
            is_optional: true,
        },
        Input {
            name: LINK,
            label: wording::NOTE_LINK.to_owned(),
            hint: wording::NOTE_LINK_HINT.to_owned(),
            value: link,
            most: bounds::NOTE_LINK,
            is_long: false,
            is_optional: true,
        },
    ];
    Some(modal(Form::Note(subject_id(*subject)), wording::note_title(&name(*subject)), inputs, context))
}

/// A form with its state.
pub(super) fn modal(form: Form, title: String, inputs: Vec<Input>, context: Context<'_>) -> Modal {
    let verb = Verb::Fill(form.clone());
    let custom_id = custom_id::Action { asker: context.reader.asker, verb }.to_custom_id(context.codes);
    fit(Modal { form, custom_id, title, inputs })
}

/// One line in a channel in which not everyone is to see answers, and a button that shows it to the person who presses.
pub(super) fn elsewhere(view: &View, context: Context<'_>) -> Reply {
    let rows = vec![Row::Buttons(vec![open(wording::SHOW_ME, view.clone(), context)])];
    framed(wording::ELSEWHERE, Text::default(), Vec::new(), None, rows)
}

/// A team's note among the lines of a brief answer.
pub(super) fn note_line(note: &Note) -> Text {
    Text::plain(wording::NOTE_MARK).then(note_text(note))
}

/// A team's note with its date.
pub(super) fn note_text(note: &Note) -> Text {
    let text = Text::default().strong(wording::note_of(note.written)).and(format!(" {}", quote(&note.text)));
    match &note.link {
        Some(link) => text.and(" ").link(wording::NOTE_MORE, link.as_str()),
        None => text,
    }
}

/// What helps where the file of an answer is missing.
pub(super) fn no_file_seen(context: Context<'_>) -> &'static str {
    if context.reader.controls == Controls::None { "" } else { wording::NO_FILE_SEEN }
}

/// The name of the file.
const FILE: &str = "team.json";

fn exported(file: &TeamFile, server: u64, context: Context<'_>) -> Reply {
    let TeamFile { team, decisions } = file;
    let text = wording::team_export(team.notes.len(), team.added.len(), decisions.len(), FILE);
    let description = Text::plain(text).and(no_file_seen(context));
    let reply = framed(wording::TEAM_EXPORT, description, Vec::new(), None, Vec::new());
    Reply { file: Some(File { name: FILE, text: write_file(file, server) }), ..reply }
}

/// What a file would change, with the button that does it where there are buttons. The file goes along, so that it can be read
/// again by the message that the button stands under.
fn offered(reply: Reply, difference: &Difference, (file, server): (&TeamFile, u64), context: Context<'_>) -> Reply {
    if difference.is_empty() || context.reader.controls == Controls::None {
        return reply;
    }
    let rows = vec![Row::Buttons(vec![button(wording::TAKE_OVER, Style::Primary, Verb::TakeOver, context)])];
    let embed = Embed { footer: Some(wording::NOT_CHANGED_YET.to_owned()), ..reply.embed };
    Reply { embed, rows, file: Some(File { name: FILE, text: write_file(file, server) }), ..reply }
}

/// What a file changes, or has changed.
fn compared(difference: &Difference, is_kept: bool) -> Reply {
    let title = match (difference.is_empty(), is_kept) {
        (true, _) => wording::SAME_AS_FILE,
        (false, true) => wording::IMPORTED,
        (false, false) => wording::WOULD_CHANGE_FILE,
    };
    let settings = difference.settings.as_ref().map_or_else(
        || vec![Text::plain(wording::SETTINGS_STAY)],
        |settings| {
            let lines = [
                (wording::ANSWERS, wording::answers_are(settings.is_private)),
                (wording::CHANNELS, wording::public_in(settings.channels.len())),
                (wording::WRITERS, wording::writers(settings.writers != Writers::Managers).to_owned()),
                (wording::UNANSWERED, wording::unanswered(settings.keeps_unanswered).to_owned()),
            ];
            lines.map(|(name, value)| Text::default().strong(name).and(format!(": {value}"))).into()
        },
    );
    let lines = [(wording::NOTES_IN_FILE, difference.notes), (wording::QUESTIONS_IN_FILE, difference.questions)];
    let lines = lines.map(|(name, changes)| Text::plain(wording::changes(name, changes)));
    let footer = match (difference.is_empty(), is_kept) {
        (false, false) => Some(wording::HOW_TO_IMPORT.to_owned()),
        _ => None,
    };
    let decisions = Text::plain(wording::added_decisions(difference.decisions));
    framed(title, Text::lines(settings.into_iter().chain(lines).chain([decisions])), Vec::new(), footer, Vec::new())
}

pub(super) fn refused(refusal: Refusal) -> Reply {
    let title = match refusal {
        Refusal::NotAManager => wording::NOT_A_MANAGER,
        Refusal::NotAWriter => wording::NOT_A_WRITER,
        Refusal::OnlyInServers => wording::ONLY_IN_SERVERS,
    };
    framed(title, Text::default(), Vec::new(), None, Vec::new())
}

fn settings(settings: &Settings, is_changed: bool, context: Context<'_>) -> Reply {
    let has_places = context.reader.controls != Controls::None;
    let lines = [
        Some((wording::ANSWERS, wording::answers_are(settings.is_private))),
        has_places.then(|| (wording::CHANNELS, wording::public_in(settings.channels.len()))),
        has_places.then(|| (wording::WRITERS, wording::writers(settings.writers != Writers::Managers).to_owned())),
        Some((wording::UNANSWERED, wording::unanswered(settings.keeps_unanswered).to_owned())),
    ];
    let lines = lines.into_iter().flatten().map(|(name, value)| Text::default().strong(name).and(format!(": {value}")));
    let role = match settings.writers {
        Writers::Managers => None,
        Writers::Role(role) => Some(role),
    };
    let channels = settings.channels.iter().copied().collect();
    let one_of = |no: (&str, Change), yes: (&str, Change), is_yes: bool| {
        let option = |(label, change): (&str, Change), value, is_chosen| SelectOption {
            label: label.to_owned(),
            change,
            value,
            is_chosen,
        };
        Offers::One(vec![option(no, NO, !is_yes), option(yes, YES, is_yes)])
    };
    let private = one_of(
        (wording::SEEN_BY_ALL, Change::Private(false)),
        (wording::SEEN_BY_ASKER, Change::Private(true)),
        settings.is_private,
    );
    let unanswered = one_of(
        (wording::UNANSWERED_OFF, Change::KeepsUnanswered(false)),
        (wording::UNANSWERED_ON, Change::KeepsUnanswered(true)),
        settings.keeps_unanswered,
    );
    let mut rows = vec![select(Setting::Private, wording::ANSWERS, private, context)];
    if has_places {
        rows.push(select(Setting::Channels, wording::CHOOSE_CHANNELS, Offers::Channels(channels), context));
        rows.push(select(Setting::Writers, wording::CHOOSE_ROLE, Offers::Role(role), context));
    }
    rows.push(select(Setting::Unanswered, wording::UNANSWERED, unanswered, context));
    let footer = if is_changed { wording::SETTINGS_SAVED } else { wording::SETTINGS_FOOTER };
    framed(wording::SETTINGS, Text::lines(lines), Vec::new(), Some(footer.to_owned()), rows)
}

fn noted(subject: NoteSubject<'_>, note: Option<&Note>, context: Context<'_>) -> Reply {
    let title = wording::note_title(&name(subject));
    let description = match note {
        Some(note) => note_text(note),
        None => Text::plain(wording::NOTE_REMOVED),
    };
    let footer = note.map(|_| wording::NOTE_FOOTER.to_owned());
    let edit = button(wording::EDIT_NOTE, Style::Secondary, Verb::Edit(Form::Note(subject_id(subject))), context);
    let view = match subject {
        NoteSubject::Topic(topic) => View::Topic(topic.entry.id.clone()),
        NoteSubject::Tool(tool) => View::Tools(vec![tool.id.clone()]),
        NoteSubject::Project(project) => View::Project(Description::of(&project.entry.id)),
    };
    let show = open(wording::SHOW_ANSWER, view, context);
    framed(&title, description, Vec::new(), footer, vec![Row::Buttons(vec![edit, show])])
}

/// What was wrong with a note, and what was written, so that nobody has to write it again.
fn note_misfit(subject: NoteSubject<'_>, written: &Written, misfit: Misfit, context: Context<'_>) -> Reply {
    let text = [&written.text, &written.link].map(|text| quote(text));
    let text = text.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    let reason = match misfit {
        Misfit::LongText => wording::long_note(bounds::NOTE_TEXT),
        Misfit::LongLink => wording::long_link(bounds::NOTE_LINK),
        Misfit::NoLink => wording::NO_LINK.to_owned(),
        Misfit::NoText => wording::NO_NOTE_TEXT.to_owned(),
    };
    let description = Text::plain(format!("{reason}\n\n{text}"));
    let again = button(wording::TRY_AGAIN, Style::Primary, Verb::Edit(Form::Note(subject_id(subject))), context);
    framed(wording::NOT_NOTED, description, Vec::new(), None, vec![Row::Buttons(vec![again])])
}

fn no_subject(near: &[NoteSubject<'_>], context: Context<'_>) -> Reply {
    let buttons = near.iter().take(limits::BUTTONS_IN_ROW);
    let buttons = buttons
        .map(|near| button(&name(*near), Style::Secondary, Verb::Edit(Form::Note(subject_id(*near))), context))
        .collect();
    let rows = without_empty(vec![Row::Buttons(buttons)]);
    framed(wording::NO_SUBJECT, Text::plain(wording::NO_SUBJECT_TEXT), Vec::new(), None, rows)
}

pub(super) fn subject_id(subject: NoteSubject<'_>) -> Subject {
    match subject {
        NoteSubject::Topic(topic) => Subject::Topic(topic.entry.id.clone()),
        NoteSubject::Tool(tool) => Subject::Tool(tool.id.clone()),
        NoteSubject::Project(project) => Subject::Project(project.entry.id.clone()),
    }
}

pub(super) fn name(subject: NoteSubject<'_>) -> String {
    match subject {
        NoteSubject::Topic(topic) => topic.entry.title.clone(),
        NoteSubject::Tool(tool) => tool.names.first().unwrap_or(&tool.id).clone(),
        NoteSubject::Project(project) => project.entry.title.clone(),
    }
}
