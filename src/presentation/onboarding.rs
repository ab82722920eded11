//! How the tour and the quiz for newcomers look.

use super::custom_id::Verb;
use super::entry::{list, sources};
use super::overview::{framed, notice};
use super::reply::{Button, Priority, Reply, Row, Style};
use super::rows::{button, delete, open, share, show, without_empty};
use super::text::Text;
use super::{Context, Controls, wording};
use crate::domain::knowledge::{Path, QUIZ_QUESTIONS as QUESTIONS, QuizQuestion, Topic};
use crate::domain::onboarding::{QuizView, TourStep};
use crate::domain::outcome::{Became, Forgotten};
use crate::domain::request::{Quiz, TourPosition, View};
use crate::domain::situation::{Audience, Stored, Tally};

/// The letters of the answers.
const LETTERS: [&str; 4] = ["A", "B", "C", "D"];

/// Offers the tours. Where everyone sees it, the person who presses gets a tour of their own.
pub(super) fn welcome(context: Context<'_>) -> Reply {
    if context.reader.audience == Audience::Everyone {
        return offer(vec![begin(context)], context);
    }
    let paths = context.knowledge.onboarding.paths.iter();
    offer(paths.map(|path| show(&path.title, Style::Primary, tour_of(path), context)).collect(), context)
}

/// A message for a welcome channel, which stays there.
pub(super) fn panel(context: Context<'_>) -> Reply {
    offer(vec![begin(context)], context)
}

/// What there is for newcomers, with buttons that start it.
fn offer(start: Vec<Button>, context: Context<'_>) -> Reply {
    let paths = &context.knowledge.onboarding.paths;
    if paths.is_empty() {
        return notice(wording::NO_TOUR, wording::NO_TOUR_TEXT, context);
    }
    let lines =
        paths.iter().map(|path| Text::plain("• ").strong(path.title.as_str()).and(format!(": {}", path.description)));
    let description = Text::plain(format!("{}\n\n", wording::welcome(context.knowledge))).then(Text::lines(lines));
    let rows = vec![Row::Buttons(start), Row::Buttons(delete(context).into_iter().collect())];
    let footer = Some(wording::PRIVACY.to_owned());
    framed(wording::WELCOME, description, Vec::new(), footer, without_empty(rows))
}

/// Says that nobody knows where the person is in a tour. A tour begins again only where the person asks for its first step:
/// what is stored must not be overwritten by chance.
pub(super) fn position_unreadable(context: Context<'_>) -> Reply {
    let from_start = context.knowledge.onboarding.paths.iter().filter_map(|path| {
        let position = TourPosition { path: path.id.clone(), step: path.steps.first()?.id.clone() };
        Some(show(&wording::from_start(&path.title), Style::Secondary, View::Tour(position), context))
    });
    let again = button(wording::TRY_AGAIN, Style::Primary, Verb::Begin, context);
    let rows = vec![Row::Buttons(vec![again]), Row::Buttons(from_start.collect())];
    let description = Text::plain(wording::POSITION_UNREADABLE_TEXT);
    framed(wording::POSITION_UNREADABLE, description, Vec::new(), None, without_empty(rows))
}

pub(super) fn tour(step: &TourStep<'_>, saved: &Became<()>, context: Context<'_>) -> Reply {
    let TourStep { path, step: shown, number } = *step;
    let bar = wording::progress(number, path.steps.len());
    let mut description = Text::plain(format!("{bar}\n\n{}", shown.text));
    if *saved == Became::Failed {
        description = description.and("\n\n").strong(wording::NOT_SAVED);
    }
    let title = format!("{} · {}", path.title, shown.title);
    let to = |id: &str| View::Tour(TourPosition { path: path.id.clone(), step: id.to_owned() });
    let back = step.back().map(|step| show(wording::BACK, Style::Secondary, to(&step.id), context));
    let next = step.next().map(|step| show(wording::NEXT, Style::Primary, to(&step.id), context));
    let more = open(wording::MORE, View::Topic(shown.topic.clone()), context);
    let other = show(wording::OTHER_TOUR, Style::Secondary, View::Onboarding, context);
    let buttons = if context.reader.controls == Controls::None {
        // Where buttons are pressed by their numbers, that of the next step stays the same.
        next.into_iter().chain([more, other]).chain(back).collect()
    } else {
        back.into_iter().chain(next).chain([more, other]).collect()
    };
    let footer =
        Some(wording::tour_footer(path.checked, step.is_last(), !context.knowledge.onboarding.questions.is_empty()));
    let fields = sources(shown.sources.iter().filter_map(|at| path.sources.get(*at)));
    framed(&title, description, fields, footer, vec![Row::Buttons(buttons)])
}

pub(super) fn quiz(quiz: &Quiz, view: &QuizView<'_>, context: Context<'_>) -> Reply {
    match view {
        QuizView::Asks { number, question, answers } => asks(quiz, *number, question, answers, context),
        QuizView::Explains { number, question, chosen, is_right } => {
            explains(quiz, (*number, question), (chosen, *is_right), context)
        }
        QuizView::Result { right, missed } => result(quiz, *right, missed, context),
    }
}

fn asks(quiz: &Quiz, number: usize, question: &QuizQuestion, answers: &[&str], context: Context<'_>) -> Reply {
    let lines =
        LETTERS.iter().zip(answers).map(|(letter, answer)| Text::default().strong(*letter).and(format!("  {answer}")));
    let question = Text::default().strong(question.text.as_str()).and("\n\n").then(Text::lines(lines));
    let buttons = (0..).zip(LETTERS.iter().take(answers.len()));
    let buttons = buttons.map(|(at, letter)| show(letter, Style::Primary, View::Quiz(quiz.answered(at)), context));
    let rows = vec![Row::Buttons(buttons.collect())];
    framed(&wording::quiz_title(number, QUESTIONS), question, Vec::new(), None, rows)
}

fn explains(
    quiz: &Quiz,
    (number, question): (usize, &QuizQuestion),
    (chosen, is_right): (&str, bool),
    context: Context<'_>,
) -> Reply {
    let mut description = Text::default().strong(question.text.as_str()).and("\n\n");
    description = if is_right {
        description.and(format!("{} {chosen}", wording::RIGHT))
    } else {
        description.and(format!("{} {chosen}\n{} {}", wording::WRONG, wording::RIGHT_IS, question.right))
    };
    let description = description.and(format!("\n\n{}", question.explanation));
    let on = if number < QUESTIONS { wording::NEXT_QUESTION } else { wording::RESULT };
    let on = show(on, Style::Primary, View::Quiz(quiz.explained()), context);
    let more = open(wording::MORE, View::Topic(question.topic.clone()), context);
    let fields = sources(question.sources.iter());
    let rows = vec![Row::Buttons(vec![on, more])];
    framed(&wording::quiz_title(number, QUESTIONS), description, fields, None, rows)
}

fn result(quiz: &Quiz, right: usize, missed: &[&QuizQuestion], context: Context<'_>) -> Reply {
    let (knowledge, reader) = (context.knowledge, context.reader);
    let score = wording::quiz_score(right, QUESTIONS);
    if reader.audience == Audience::Everyone {
        let description =
            Text::default().person(reader.asker.id).and(format!(" {}", wording::quiz_shared(knowledge, &score)));
        let rows = vec![Row::Buttons(delete(context).into_iter().collect())];
        return framed(wording::QUIZ_RESULT, description, Vec::new(), None, rows);
    }
    let mut topics: Vec<&Topic> = Vec::new();
    for topic in missed.iter().filter_map(|question| knowledge.topic(&question.topic)) {
        if topics.iter().all(|known| known.entry.id != topic.entry.id) {
            topics.push(topic);
        }
    }
    let again = topics
        .iter()
        .map(|topic| Text::plain("• ").strong(topic.entry.title.as_str()).and(format!(": {}", topic.entry.takeaway)));
    let fields = list(wording::READ_AGAIN, Priority::Detail, again.collect());
    let buttons =
        topics.iter().map(|topic| open(&topic.entry.title, View::Topic(topic.entry.id.clone()), context)).collect();
    let share = share(View::Quiz(quiz.clone()), context)
        .map(|share| Button { label: wording::SHARE_RESULT.to_owned(), ..share });
    let rows = vec![Row::Buttons(buttons), Row::Buttons(share.into_iter().collect())];
    let description = Text::default().strong(score).and(format!(" {}", wording::quiz_verdict(right, QUESTIONS)));
    framed(wording::QUIZ_RESULT, description, fields, None, without_empty(rows))
}

pub(super) fn progress(tally: &Stored<Tally>, context: Context<'_>) -> Reply {
    let nobody = Tally::default();
    let tally = match tally {
        Stored::Value(tally) => tally,
        Stored::Absent => &nobody,
        Stored::Unreadable => return notice(wording::NO_PROGRESS, wording::NO_PROGRESS_TEXT, context),
    };
    let onboarding = &context.knowledge.onboarding;
    let paths = onboarding.paths.iter().map(|path| {
        let of_path = tally.paths.iter().find(|tally| tally.path == path.id);
        let (started, finished) = of_path.map_or((0, 0), |tally| (tally.started, tally.finished));
        Text::plain("• ")
            .strong(path.title.as_str())
            .and(format!(": {}", wording::started_and_finished(started, finished)))
    });
    let missed = tally.missed.iter().filter_map(|missed| {
        let question = onboarding.questions.iter().find(|question| question.id == missed.question)?;
        Some(Text::plain(format!("• {} ({})", question.text, wording::missed(missed.missed, missed.given))))
    });
    let fields = list(wording::MISSED, Priority::Detail, missed.collect());
    let footer = Some(wording::COUNTS_ONLY.to_owned());
    framed(wording::PROGRESS, Text::lines(paths), fields, footer, Vec::new())
}

pub(super) fn forgotten(forgotten: &Became<Forgotten>, context: Context<'_>) -> Reply {
    let Became::Done(forgotten) = forgotten else {
        return notice(wording::NOT_FORGOTTEN, wording::NOT_FORGOTTEN_TEXT, context);
    };
    let title = |id: &String| {
        let path = context.knowledge.onboarding.paths.iter().find(|path| path.id == *id);
        path.map_or(id.clone(), |path| path.title.clone())
    };
    let titles: Vec<String> = forgotten.paths.iter().map(title).collect();
    let description = Text::plain(wording::forgotten(&titles, forgotten.positions, forgotten.votes));
    framed(wording::FORGOTTEN, description, Vec::new(), None, Vec::new())
}

/// The button that starts a tour for the person who presses it.
fn begin(context: Context<'_>) -> Button {
    button(wording::BEGIN, Style::Primary, Verb::Begin, context)
}

fn tour_of(path: &Path) -> View {
    // Without a step it goes on where it was left, or begins.
    View::Tour(TourPosition { path: path.id.clone(), step: String::new() })
}
