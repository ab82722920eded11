//! Whether what is known can be shown in full: every answer is composed at its fullest and compared with Discord's limits.

use std::cmp::Reverse;

use super::misfits::{Fault, Misfit, Part, misfits};
use super::reply::Priority;
use super::{Reader, compose, limits};
use crate::domain::answer::Answer;
use crate::domain::knowledge::{Date, Item, Knowledge, Origins, Problem, QUIZ_QUESTIONS, QuizQuestion, Side};
use crate::domain::onboarding::{self, QuizView};
use crate::domain::outcome::Done;
use crate::domain::recommendation::recommend;
use crate::domain::request::{Description, Quiz, TourPosition};
use crate::domain::situation::{Audience, Missed, PathTally, Stored, Tally};

const COMPARISON: &str = "comparison.toml";
const QUIZ: &str = "onboarding/quiz.toml";

/// Everything in the knowledge that has to be shortened when it is shown.
pub fn entries_that_do_not_fit(knowledge: &Knowledge, origins: &Origins) -> Vec<Problem> {
    let mut problems = Vec::new();
    for topic in &knowledge.topics {
        let file = format!("topics/{}.toml", topic.entry.id);
        let longest = topic.answers.iter().max_by_key(|answer| limits::length(&answer.text));
        let answer = Answer::Comparison(topic, longest);
        problems.extend(check(knowledge, &answer, &file, |part| origins.line(&file, item(part))));
    }
    for project in &knowledge.projects {
        let file = format!("projects/{}.toml", project.entry.id);
        for description in [Description::of(project.entry.id.as_str()), fullest(knowledge, &project.entry.id)] {
            let answer = Answer::RecommendationInFull(Box::new(recommend(knowledge, &description)));
            problems.extend(check(knowledge, &answer, &file, |part| origins.line(&file, item(part))));
        }
    }
    problems.extend(check_tours(knowledge, origins));
    problems.extend(check_questions(knowledge, origins));
    problems.extend(check_quiz(knowledge));
    problems.extend(check(knowledge, &Answer::Welcome, COMPARISON, |_| 1));
    problems.extend(check(knowledge, &Answer::Help, "intents/help.toml", |_| 1));
    problems.extend(check(knowledge, &Answer::Unknown, COMPARISON, |_| 1));
    // Where there are many topics their list is an excerpt: all of them are found by autocompletion.
    let headings = misfits_in_full(knowledge, &Answer::Topics).into_iter();
    let headings = headings.filter(|misfit| matches!(misfit.part, Part::FieldName(_)));
    problems.extend(headings.map(|misfit| Problem::new(COMPARISON, 1, misfit.to_string())));
    problems
}

fn check_tours(knowledge: &Knowledge, origins: &Origins) -> Vec<Problem> {
    let mut problems = Vec::new();
    for path in &knowledge.onboarding.paths {
        let file = format!("onboarding/paths/{}.toml", path.id);
        for (number, step) in path.steps.iter().enumerate() {
            let position = TourPosition { path: path.id.clone(), step: step.id.clone() };
            let Some(step) = onboarding::step(knowledge, &position) else { continue };
            let line = origins.line(&file, Item::Step(number));
            problems.extend(check(knowledge, &Answer::Tour(step), &file, |_| line));
        }
    }
    problems
}

/// Each question of the quiz as it is asked and as it is explained.
fn check_questions(knowledge: &Knowledge, origins: &Origins) -> Vec<Problem> {
    let quiz = Quiz { number: u32::MAX, answers: vec![0; QUIZ_QUESTIONS], explains: true };
    let mut problems = Vec::new();
    for (number, question) in knowledge.onboarding.questions.iter().enumerate() {
        let chosen = question.wrong.iter().max_by_key(|answer| answer.len()).map_or("", String::as_str);
        let answers = question.wrong.iter().chain([&question.right]).map(String::as_str).collect();
        let line = origins.line(QUIZ, Item::Question(number));
        for view in [
            QuizView::Asks { number: 1, question, answers },
            QuizView::Explains { number: 1, question, chosen, is_right: false },
        ] {
            problems.extend(check(knowledge, &Answer::Quiz(quiz.clone(), view), QUIZ, |_| line));
        }
    }
    problems
}

/// The result of the quiz and what newcomers missed, both with the longest texts that can meet there.
fn check_quiz(knowledge: &Knowledge) -> Vec<Problem> {
    let onboarding = &knowledge.onboarding;
    let longest = |length: &dyn Fn(&QuizQuestion) -> usize| {
        let mut questions: Vec<&QuizQuestion> = onboarding.questions.iter().collect();
        questions.sort_by_key(|question| Reverse(length(question)));
        questions.truncate(QUIZ_QUESTIONS);
        questions
    };
    let takeaway = |question: &QuizQuestion| {
        knowledge.topic(&question.topic).map_or(0, |topic| limits::length(&topic.entry.takeaway))
    };
    let result = QuizView::Result { right: 0, missed: longest(&takeaway) };
    let result = Answer::Quiz(Quiz::new(u32::MAX), result);
    let missed = longest(&|question| limits::length(&question.text)).into_iter();
    let missed = missed.map(|question| Missed { question: question.id.clone(), missed: u64::MAX, given: u64::MAX });
    let paths = onboarding.paths.iter();
    let paths = paths.map(|path| PathTally { path: path.id.clone(), started: u64::MAX, finished: u64::MAX });
    let tally = Tally { paths: paths.collect(), missed: missed.collect() };
    let answers = [result, Answer::Progress(Stored::Value(tally))];
    answers.iter().flat_map(|answer| check(knowledge, answer, QUIZ, |_| 1)).collect()
}

/// A description with as many values as there can be.
fn fullest(knowledge: &Knowledge, id: &str) -> Description {
    let mut description = Description::of(id);
    for factor in &knowledge.weighing.factors {
        let values = factor.values.iter().map(|value| value.code.clone());
        let values = values.take(if factor.many { usize::MAX } else { 1 });
        description.stated.insert(factor.code.clone(), values.collect());
    }
    description
}

fn check(knowledge: &Knowledge, answer: &Answer<'_>, file: &str, line: impl Fn(Part) -> usize) -> Vec<Problem> {
    let misfits = misfits_in_full(knowledge, answer).into_iter();
    misfits.map(|misfit| Problem::new(file, line(misfit.part), misfit.to_string())).collect()
}

/// What has to be shortened in an answer at its fullest, and is not an excerpt anyway.
fn misfits_in_full(knowledge: &Knowledge, answer: &Answer<'_>) -> Vec<Misfit> {
    let checked = knowledge.topics.iter().map(|topic| topic.entry.checked).max();
    let mut found: Vec<Misfit> = Vec::new();
    for today in [checked, Some(FAR)] {
        // A private answer to the longest question has the fullest rows.
        let question = Some("?".repeat(limits::EMBED_AUTHOR));
        let reader = Reader { audience: Audience::OnlyAsker, question, today, ..Reader::default() };
        let mut reply = compose(knowledge, answer, &Done::default(), &reader);
        // The list of cited pages may be shortened: it is what goes first.
        reply.embed.fields.retain(|field| field.priority > Priority::Sources);
        let misfits = misfits(&reply).into_iter().filter(is_for_authors);
        found.extend(misfits.filter(|misfit| found.iter().all(|known| known.part != misfit.part)).collect::<Vec<_>>());
    }
    found
}

/// A day on which every statement is due for a check, and says so; on the day of the last check all versions are shown.
const FAR: Date = Date { year: u16::MAX, month: 12, day: 31 };

/// Whether the author of a text should know. What stands on buttons and options is an excerpt, and so is a menu.
fn is_for_authors(misfit: &Misfit) -> bool {
    match misfit.part {
        Part::Menu(_) | Part::Control(..) => matches!(misfit.fault, Fault::Long(..)),
        Part::Chart | Part::Rows | Part::Row(_) | Part::Placeholder(_) | Part::Label(..) => false,
        _ => true,
    }
}

/// The text of a topic or project that is shown in a part of its reply.
fn item(part: Part) -> Item {
    match part {
        Part::Description => Item::Takeaway,
        Part::FieldName(0) | Part::Field(0) => Item::Point(Side::First, 0),
        Part::FieldName(1) | Part::Field(1) => Item::Point(Side::Second, 0),
        Part::FieldName(_) | Part::Field(_) => Item::Claim(0),
        _ => Item::Title,
    }
}
