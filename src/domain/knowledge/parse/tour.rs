//! Reads the tours and the quiz of `onboarding/`.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::fields::{Cited, Names, only_once, read_checked, read_id, read_topic_id, short_text};
use super::section::{Located, Section};
use crate::knowledge::{Item, Path, QUIZ_QUESTIONS, QuizQuestion, Step};

/// Steps of a tour: ten minutes at about a minute each.
const STEPS: RangeInclusive<usize> = 7..=9;
/// Characters in the id of a path or a step: both have to fit into the state of a button.
const ID: usize = 20;
const PATH_TITLE: usize = 40;
const PATH_DESCRIPTION: usize = 100;
const STEP_TITLE: usize = 60;
/// Characters in the text of a step: it is read in a minute.
const STEP_TEXT: usize = 650;
/// Wrong answers to choose from, so that a question looks different the next time.
const WRONG_FROM: usize = 4;
const QUESTION_ID: usize = 24;
const QUESTION_TEXT: usize = 200;
const ANSWER: usize = 100;
const EXPLANATION: usize = 300;
/// How much longer or shorter than the right answer a wrong one may be: else its length gives it away.
const LENGTH_RATIO: f64 = 1.7;

pub(super) fn read_path(id: &str, mut root: Section<'_, '_>, names: &Names<'_>) -> Path {
    let mut cited = Cited::default();
    if id.len() > ID {
        root.problem(1, format!("`{id}` is {} characters long, expected at most {ID}", id.len()));
    }
    let title = short_text(&mut root, "title", PATH_TITLE);
    let description = short_text(&mut root, "description", PATH_DESCRIPTION);
    let checked = read_checked(&mut root, names);
    let sections = root.sections("step", "a step").into_iter();
    let steps = sections.enumerate().map(|(number, section)| {
        section.note(Item::Step(number), section.line);
        read_step(section, names, &mut cited)
    });
    let steps: Vec<Step> = steps.collect();
    if !STEPS.contains(&steps.len()) {
        let what = format!("the tour has {} steps, expected {} to {}", steps.len(), STEPS.start(), STEPS.end());
        root.absence(1, what);
    }
    only_once(&root, "step", steps.iter().map(|step| step.id.clone()));
    root.finish();
    Path { id: id.to_owned(), title, description, checked, steps, sources: cited.into_sources(names) }
}

fn read_step(mut section: Section<'_, '_>, names: &Names<'_>, cited: &mut Cited) -> Step {
    let id = read_id(&mut section, ID).value;
    let title = short_text(&mut section, "title", STEP_TITLE);
    let text = short_text(&mut section, "text", STEP_TEXT);
    let topic = read_topic_id(&mut section, names).value;
    let sources = cited.read(&mut section, names);
    section.finish();
    Step { id, title, text, topic, sources }
}

pub(super) fn read_quiz(mut root: Section<'_, '_>, names: &Names<'_>) -> Vec<QuizQuestion> {
    let sections = root.sections("question", "a question").into_iter();
    let questions = sections.enumerate().map(|(number, section)| {
        section.note(Item::Question(number), section.line);
        read_question(section, names)
    });
    let questions: Vec<QuizQuestion> = questions.collect();
    if questions.len() < QUIZ_QUESTIONS {
        let what = format!("the quiz has {} questions, expected at least {QUIZ_QUESTIONS}", questions.len());
        root.absence(1, what);
    }
    only_once(&root, "question", questions.iter().map(|question| question.id.clone()));
    root.finish();
    questions
}

fn read_question(mut section: Section<'_, '_>, names: &Names<'_>) -> QuizQuestion {
    let mut cited = Cited::default();
    let id = read_id(&mut section, QUESTION_ID).value;
    let text = short_text(&mut section, "text", QUESTION_TEXT);
    let right = short_text(&mut section, "right", ANSWER);
    let has_wrong = section.has("wrong");
    let wrong = section.texts("wrong");
    if has_wrong && wrong.len() < WRONG_FROM {
        let what = format!("there are {} wrong answers, expected at least {WRONG_FROM}", wrong.len());
        section.absence(section.line, what);
    }
    check_answers(&section, &right, &wrong);
    let explanation = short_text(&mut section, "explanation", EXPLANATION);
    let topic = read_topic_id(&mut section, names).value;
    cited.read(&mut section, names);
    section.finish();
    let wrong = wrong.into_iter().map(|answer| answer.value).collect();
    QuizQuestion { id, text, right, wrong, explanation, topic, sources: cited.into_sources(names) }
}

/// Exactly one answer is right, and its length does not show which.
fn check_answers(section: &Section<'_, '_>, right: &str, wrong: &[Located<String>]) {
    let length = |text: &str| text.chars().count() as f64;
    let mut known = BTreeSet::from([right]);
    for answer in wrong {
        if !known.insert(&answer.value) {
            section.problem(answer.line, format!("the answer “{}” occurs twice, expected it once", answer.value));
        }
        let ratio = length(&answer.value) / length(right);
        if !right.is_empty() && !(1.0 / LENGTH_RATIO..=LENGTH_RATIO).contains(&ratio) {
            // Where a part is lost, it may be a part of an answer.
            let what = "the length of the answer is too far from the right one's, so that it gives the right one away";
            section.absence(answer.line, format!("{what}, expected at most {LENGTH_RATIO} times as much or as little"));
        }
        if answer.value.chars().count() > ANSWER {
            section.problem(answer.line, format!("the answer is longer than {ANSWER} characters"));
        }
    }
}
