//! A quiz: five of the questions, their order, and which answers each offers, all from one number.
//!
//! The number stands in the state of every button, for everyone to see. What follows from it also depends on a key that
//! is not, so that the right answer cannot be worked out from a `custom_id` and this source.

use std::hash::Hasher;

use fastrand::Rng;
use fnv::FnvHasher;

use crate::domain::knowledge::{Knowledge, QUIZ_QUESTIONS as QUESTIONS, QuizQuestion};
use crate::domain::request::Quiz;

/// Answers that a question offers, the right one among them.
const ANSWERS: usize = 4;

/// What a quiz shows.
#[derive(Debug)]
pub enum QuizView<'k> {
    /// A question is asked.
    Asks {
        /// Its number, from 1.
        number: usize,
        /// The question.
        question: &'k QuizQuestion,
        /// The answers that it offers, in order.
        answers: Vec<&'k str>,
    },
    /// The last answer is explained.
    Explains {
        /// The number of the question, from 1.
        number: usize,
        /// The question.
        question: &'k QuizQuestion,
        /// The answer that was chosen.
        chosen: &'k str,
        /// Whether it is right.
        is_right: bool,
    },
    /// All were answered.
    Result {
        /// How many answers were right.
        right: usize,
        /// The questions whose answers were not, in order.
        missed: Vec<&'k QuizQuestion>,
    },
}

/// What a quiz shows; nothing if it cannot be, because the state was forged or the data has too few questions.
pub fn view<'k>(knowledge: &'k Knowledge, quiz: &Quiz, key: u64) -> Option<QuizView<'k>> {
    let mut chance = chance(key, quiz.number);
    let questions = &knowledge.onboarding.questions;
    if questions.len() < QUESTIONS {
        return None;
    }
    let asked: Vec<&QuizQuestion> = some_of(&mut chance, questions, QUESTIONS);
    let offered: Vec<Vec<&str>> = asked.iter().map(|question| offer(question, &mut chance)).collect();
    let answered = asked.iter().zip(&offered).zip(&quiz.answers);
    let chosen = answered.map(|((question, offered), answer)| {
        let chosen = *offered.get(usize::from(*answer))?;
        Some((*question, chosen, chosen == question.right))
    });
    let chosen: Vec<(&QuizQuestion, &str, bool)> = chosen.collect::<Option<_>>()?;
    let number = quiz.answers.len();
    if number > QUESTIONS {
        return None;
    }
    if quiz.explains {
        let (question, chosen, is_right) = *chosen.last()?;
        return Some(QuizView::Explains { number, question, chosen, is_right });
    }
    if number == QUESTIONS {
        let missed: Vec<_> = chosen.iter().filter(|(_, _, right)| !right).map(|(question, ..)| *question).collect();
        return Some(QuizView::Result { right: QUESTIONS - missed.len(), missed });
    }
    let (question, answers) = (asked.get(number)?, offered.get(number)?.clone());
    Some(QuizView::Asks { number: number + 1, question, answers })
}

/// The answers that a question offers: the right one and some of the wrong ones, in an order that chance decides.
fn offer<'k>(question: &'k QuizQuestion, chance: &mut Rng) -> Vec<&'k str> {
    let wrong: Vec<&str> = some_of(chance, &question.wrong, ANSWERS - 1).into_iter().map(String::as_str).collect();
    let all: Vec<&str> = wrong.into_iter().chain([question.right.as_str()]).collect();
    some_of(chance, &all, all.len()).into_iter().copied().collect()
}

/// Chance that is the same for the same key and number.
fn chance(key: u64, number: u32) -> Rng {
    let mut hasher = FnvHasher::with_key(key);
    hasher.write(&number.to_le_bytes());
    Rng::with_seed(hasher.finish())
}

/// Some of the items, in an order of chance.
fn some_of<'i, T>(chance: &mut Rng, items: &'i [T], most: usize) -> Vec<&'i T> {
    let mut items: Vec<&T> = items.iter().collect();
    chance.shuffle(&mut items);
    items.truncate(most);
    items
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{ANSWERS, Rng, chance, offer};
    use crate::domain::knowledge::QuizQuestion;

    fn question() -> QuizQuestion {
        let text = |text: &str| text.to_owned();
        QuizQuestion {
            id: text("cup"),
            text: text("Which is it?"),
            right: text("right"),
            wrong: ["é", "日", "🦀", "d", "e"].map(text).to_vec(),
            explanation: text("Because."),
            topic: text("taste"),
            sources: Vec::new(),
        }
    }

    #[test]
    fn the_same_key_and_number_give_the_same_answers_and_another_key_gives_others() {
        let question = question();
        let offered = |key, number| offer(&question, &mut chance(key, number)).join(" ");
        assert_eq!(offered(1, 7), offered(1, 7));
        let of_many = |key| (0..20).map(|number| offered(key, number)).collect::<Vec<_>>();
        assert_ne!(of_many(1), of_many(2));
    }

    #[test]
    fn the_right_answer_stands_in_every_place_about_as_often_and_the_wrong_ones_vary() {
        let question = question();
        let mut places = [0; ANSWERS];
        let mut wrong = BTreeSet::new();
        for number in 0..4_000 {
            let offered = offer(&question, &mut chance(42, number));
            let place = offered.iter().position(|answer| *answer == question.right).expect("the right one is offered");
            places[place] += 1;
            wrong.extend(offered.into_iter().map(str::to_owned));
        }
        // Each 1,000 times but for chance, whose standard deviation is 27.
        assert!(places.iter().all(|times| (870..1130).contains(times)), "{places:?}");
        assert_eq!(wrong.len(), 1 + question.wrong.len());
    }

    #[test]
    fn nothing_to_choose_from_gives_nothing() {
        assert!(super::some_of::<u8>(&mut Rng::with_seed(1), &[], 3).is_empty());
    }
}
