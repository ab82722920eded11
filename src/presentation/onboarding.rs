//! How the tour and the quiz for newcomers look.

use super::action::{Action, Verb};
use super::entry;
use super::limits;
use super::overview::{framed, notice};
use super::reply::{Button, Field, Reply, Row, Style};
use super::rows::{delete, open, share, show, without_empty};
use super::text::Text;
use super::{Reader, wording};
use crate::domain::knowledge::{Knowledge, Path, QUIZ_QUESTIONS as QUESTIONS, QuizQuestion, Topic};
use crate::domain::onboarding::{QuizView, TourStep};
use crate::domain::outcome::{Became, Forgotten};
use crate::domain::request::{Quiz, TourPosition, View};
use crate::domain::situation::{Audience, Stored, Tally};

/// The letters of the answers.
const LETTERS: [&str; 4] = ["A", "B", "C", "D"];

/// Offers the tour and the quiz. Where everyone sees it, whoever presses gets a tour of their own.
pub(super) fn welcome(knowledge: &Knowledge, reader: &Reader) -> Reply {
    let paths = &knowledge.onboarding.paths;
    if paths.is_empty() {
        return notice(wording::NO_TOUR, wording::NO_TOUR_TEXT.to_owned(), reader);
    }
    let lines =
        paths.iter().map(|path| Text::plain("• ").strong(path.title.as_str()).and(format!(": {}", path.description)));
    let description = Text::plain(format!("{}\n\n", wording::welcome(knowledge))).then(Text::lines(lines));
    let mut rows = Vec::new();
    if reader.audience == Audience::OnlyAsker {
        let buttons = paths.iter().take(limits::BUTTONS_IN_ROW);
        rows.push(Row::Buttons(buttons.map(|path| show(&path.title, Style::Primary, tour_of(path), reader)).collect()));
    } else {
        rows.push(Row::Buttons(vec![begin(reader)]));
    }
    rows.push(Row::Buttons(delete(reader).into_iter().collect()));
    let footer = Some(wording::PRIVACY.to_owned());
    framed(wording::WELCOME, description, Vec::new(), footer, without_empty(rows))
}

/// Says that nobody knows where the person is in a tour. A tour begins again only where the person asks for its first step:
/// what is stored must not be overwritten by chance.
pub(super) fn position_unreadable(knowledge: &Knowledge, reader: &Reader) -> Reply {
    let paths = knowledge.onboarding.paths.iter().take(limits::BUTTONS_IN_ROW);
    let from_start = paths.filter_map(|path| {
        let position = TourPosition { path: path.id.clone(), step: path.steps.first()?.id.clone() };
        Some(show(&wording::from_start(&path.title), Style::Secondary, View::Tour(position), reader))
    });
    let again = Button { label: wording::TRY_AGAIN.to_owned(), ..begin(reader) };
    let rows = vec![Row::Buttons(vec![again]), Row::Buttons(from_start.collect())];
    let description = Text::plain(wording::POSITION_UNREADABLE_TEXT);
    framed(wording::POSITION_UNREADABLE, description, Vec::new(), None, without_empty(rows))
}

/// A message for a welcome channel, which stays there.
pub(super) fn panel(knowledge: &Knowledge, reader: &Reader) -> Reply {
    let mut reply = welcome(knowledge, &Reader { audience: Audience::Everyone, ..reader.clone() });
    reply.rows =
        without_empty(vec![Row::Buttons(vec![begin(reader)]), Row::Buttons(delete(reader).into_iter().collect())]);
    reply
}

pub(super) fn tour(step: &TourStep<'_>, saved: &Became<()>, reader: &Reader) -> Reply {
    let TourStep { path, step: told, number } = *step;
    let bar = wording::progress(number, path.steps.len());
    let mut description = Text::plain(format!("{bar}\n\n{}", told.text));
    if *saved == Became::Failed {
        description = description.and("\n\n").strong(wording::NOT_SAVED);
    }
    let sources = told.sources.iter().filter_map(|place| path.sources.get(*place));
    let title = format!("{} · {}", path.title, told.title);
    let to = |id: &str| View::Tour(TourPosition { path: path.id.clone(), step: id.to_owned() });
    let back = step.back().map(|step| show(wording::BACK, Style::Secondary, to(&step.id), reader));
    let next = step.next().map(|step| show(wording::NEXT, Style::Primary, to(&step.id), reader));
    let more = open(wording::MORE, View::Topic(told.topic.clone()), reader);
    let other = show(wording::OTHER_TOUR, Style::Secondary, View::Onboarding, reader);
    let buttons = back.into_iter().chain(next).chain([more, other]).collect();
    let footer = Some(wording::tour_footer(path.checked, step.is_last()));
    let fields = entry::sources(sources);
    framed(&title, description, fields, footer, vec![Row::Buttons(buttons)])
}

pub(super) fn quiz(knowledge: &Knowledge, quiz: &Quiz, view: &QuizView<'_>, reader: &Reader) -> Reply {
    match view {
        QuizView::Asks { number, question, answers } => asks(quiz, *number, question, answers, reader),
        QuizView::Explains { number, question, chosen, is_right } => {
            explains(quiz, (*number, question), (chosen, *is_right), reader)
        }
        QuizView::Result { right, missed } => result(knowledge, quiz, *right, missed, reader),
    }
}

fn asks(quiz: &Quiz, number: usize, question: &QuizQuestion, answers: &[&str], reader: &Reader) -> Reply {
    let lines =
        LETTERS.iter().zip(answers).map(|(letter, answer)| Text::default().strong(*letter).and(format!("  {answer}")));
    let question = Text::default().strong(question.text.as_str()).and("\n\n").then(Text::lines(lines));
    let buttons = (0..).zip(LETTERS.iter().take(answers.len()));
    let buttons = buttons.map(|(place, letter)| show(letter, Style::Primary, View::Quiz(quiz.answered(place)), reader));
    let rows = vec![Row::Buttons(buttons.collect())];
    framed(&wording::quiz_title(number, QUESTIONS), question, Vec::new(), None, rows)
}

fn explains(
    quiz: &Quiz,
    (number, question): (usize, &QuizQuestion),
    (chosen, is_right): (&str, bool),
    reader: &Reader,
) -> Reply {
    let mut description = Text::default().strong(question.text.as_str()).and("\n\n");
    description = if is_right {
        description.and(format!("{} {chosen}", wording::RIGHT))
    } else {
        description.and(format!("{} {chosen}\n{} {}", wording::WRONG, wording::RIGHT_IS, question.right))
    };
    let description = description.and(format!("\n\n{}", question.explanation));
    let on = if number < QUESTIONS { wording::NEXT_QUESTION } else { wording::RESULT };
    let on = show(on, Style::Primary, View::Quiz(quiz.explained()), reader);
    let more = open(wording::MORE, View::Topic(question.topic.clone()), reader);
    let fields = entry::sources(question.sources.iter());
    let rows = vec![Row::Buttons(vec![on, more])];
    framed(&wording::quiz_title(number, QUESTIONS), description, fields, None, rows)
}

fn result(knowledge: &Knowledge, quiz: &Quiz, right: usize, missed: &[&QuizQuestion], reader: &Reader) -> Reply {
    let score = wording::quiz_score(right, QUESTIONS);
    if reader.audience == Audience::Everyone {
        let description =
            Text::default().person(reader.asker).and(format!(" {}", wording::quiz_shared(knowledge, &score)));
        let rows = vec![Row::Buttons(delete(reader).into_iter().collect())];
        return framed(wording::QUIZ_RESULT, description, Vec::new(), None, rows);
    }
    let mut topics: Vec<&Topic> = Vec::new();
    for topic in missed.iter().filter_map(|question| knowledge.topic(&question.topic)) {
        if topics.iter().all(|known| known.entry.id != topic.entry.id) {
            topics.push(topic);
        }
    }
    let lines = topics
        .iter()
        .map(|topic| Text::plain("• ").strong(topic.entry.title.as_str()).and(format!(": {}", topic.entry.takeaway)));
    let again = Text::lines(lines);
    let fields =
        (!again.is_empty()).then(|| Field { name: wording::READ_AGAIN.to_owned(), value: again, inline: false });
    let buttons = topics.iter().take(limits::BUTTONS_IN_ROW);
    let buttons = buttons.map(|topic| open(&topic.entry.title, View::Topic(topic.entry.id.clone()), reader)).collect();
    let share = share(View::Quiz(quiz.clone()), reader)
        .map(|share| Button { label: wording::SHARE_RESULT.to_owned(), ..share });
    let rows = vec![Row::Buttons(buttons), Row::Buttons(share.into_iter().collect())];
    let description = Text::default().strong(score).and(format!(" {}", wording::quiz_verdict(right, QUESTIONS)));
    framed(wording::QUIZ_RESULT, description, fields.into_iter().collect(), None, without_empty(rows))
}

pub(super) fn progress(knowledge: &Knowledge, tally: &Stored<Tally>, reader: &Reader) -> Reply {
    let nobody = Tally::default();
    let tally = match tally {
        Stored::Value(tally) => tally,
        Stored::Absent => &nobody,
        Stored::Unreadable => return notice(wording::NO_PROGRESS, wording::NO_PROGRESS_TEXT.to_owned(), reader),
    };
    let paths = knowledge.onboarding.paths.iter().map(|path| {
        let of_path = tally.paths.iter().find(|tally| tally.path == path.id);
        let (started, finished) = of_path.map_or((0, 0), |tally| (tally.started, tally.finished));
        Text::plain("• ")
            .strong(path.title.as_str())
            .and(format!(": {}", wording::started_and_finished(started, finished)))
    });
    let missed = tally.missed.iter().filter_map(|missed| {
        let question = knowledge.onboarding.questions.iter().find(|question| question.id == missed.question)?;
        Some(Text::plain(format!("• {} ({})", question.text, wording::missed(missed.missed, missed.given))))
    });
    let missed = Text::lines(missed);
    let fields = (!missed.is_empty()).then(|| Field { name: wording::MISSED.to_owned(), value: missed, inline: false });
    let footer = Some(wording::COUNTS_ONLY.to_owned());
    framed(wording::PROGRESS, Text::lines(paths), fields.into_iter().collect(), footer, Vec::new())
}

pub(super) fn forgotten(knowledge: &Knowledge, forgotten: &Became<Forgotten>, reader: &Reader) -> Reply {
    let Became::Done(forgotten) = forgotten else {
        return notice(wording::NOT_FORGOTTEN, wording::NOT_FORGOTTEN_TEXT.to_owned(), reader);
    };
    let title = |id: &String| {
        let path = knowledge.onboarding.paths.iter().find(|path| path.id == *id);
        path.map_or(id.clone(), |path| path.title.clone())
    };
    let titles: Vec<String> = forgotten.paths.iter().map(title).collect();
    let description = Text::plain(wording::forgotten(&titles, forgotten.positions));
    framed(wording::FORGOTTEN, description, Vec::new(), None, Vec::new())
}

/// The button that starts a tour for whoever presses it.
fn begin(reader: &Reader) -> Button {
    let action = Action { asker: reader.asker, verb: Verb::Begin };
    Button { label: wording::BEGIN.to_owned(), style: Style::Primary, action }
}

fn tour_of(path: &Path) -> View {
    // Without a step it goes on where it was left, or begins.
    View::Tour(TourPosition { path: path.id.clone(), step: String::new() })
}
