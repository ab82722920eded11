//! A quiz: five of the questions, their order, and which answers each offers, all from one number.
//!
//! The number stands in the state of every button, for everyone to see. What follows from it also depends on a key that
//! is not, so that the right answer cannot be worked out from a `custom_id` and this source.

use siphasher::sip::SipHasher24;

use crate::knowledge::{Knowledge, QUIZ_QUESTIONS as QUESTIONS, QuizQuestion};
use crate::request::Quiz;

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
pub fn view<'k>(knowledge: &'k Knowledge, quiz: &Quiz, key: &[u8; 16]) -> Option<QuizView<'k>> {
    let mut chance = Chance::new(key, quiz.number);
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
fn offer<'k>(question: &'k QuizQuestion, chance: &mut Chance) -> Vec<&'k str> {
    let wrong: Vec<&str> = some_of(chance, &question.wrong, ANSWERS - 1).into_iter().map(String::as_str).collect();
    let all: Vec<&str> = wrong.into_iter().chain([question.right.as_str()]).collect();
    some_of(chance, &all, all.len()).into_iter().copied().collect()
}

/// Some of the items, in an order of chance.
fn some_of<'i, T>(chance: &mut Chance, items: &'i [T], most: usize) -> Vec<&'i T> {
    let mut items: Vec<&T> = items.iter().collect();
    chance.shuffle(&mut items);
    items.truncate(most);
    items
}

/// Chance that is the same for the same key and number, on every machine and in every version: a quiz that has begun goes on
/// after an update. SplitMix64 makes one number of 64 bits after the other.
///
/// Source: G. L. Steele, D. Lea and C. H. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014; the constants
/// are those of its reference implementation by S. Vigna.
struct Chance(u64);

impl Chance {
    /// SipHash-2-4 makes the beginning, so that it is not known without the key.
    fn new(key: &[u8; 16], number: u32) -> Self {
        // The same key may be used for something else: what is hashed says what it is.
        let message = [b"quiz".as_slice(), &number.to_le_bytes()].concat();
        Self(SipHasher24::new_with_key(key).hash(&message))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below another one: the upper half of their product. None is preferred by more than one in 2⁵⁰.
    fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// Shuffles by the method of Fisher and Yates, from the last item down.
    ///
    /// Source: D. E. Knuth, "The Art of Computer Programming", volume 2, algorithm 3.4.2P.
    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{ANSWERS, Chance, offer, some_of};
    use crate::knowledge::QuizQuestion;

    const KEY: [u8; 16] = [1; 16];

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
        let offered = |key: u8, number| offer(&question, &mut Chance::new(&[key; 16], number)).join(" ");
        assert_eq!(offered(1, 7), offered(1, 7));
        let of_many = |key| (0..20).map(|number| offered(key, number)).collect::<Vec<_>>();
        assert_ne!(of_many(1), of_many(2));
    }

    /// The first numbers of the reference implementation.
    #[test]
    fn chance_is_splitmix64() {
        let mut chance = Chance(1_234_567);
        let numbers = [0; 3].map(|_: u64| chance.next());
        assert_eq!(numbers, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    /// Quizzes have begun that depend on this order.
    #[test]
    fn the_order_of_a_quiz_is_fixed() {
        let items: Vec<usize> = (0..10).collect();
        let order =
            |number| some_of(&mut Chance::new(&KEY, number), &items, items.len()).into_iter().copied().collect();
        let orders: [Vec<usize>; 2] = [7, 8].map(order);
        assert_eq!(orders, [[8, 9, 2, 4, 6, 3, 0, 1, 5, 7], [0, 3, 8, 7, 6, 2, 5, 9, 1, 4]]);
        assert_eq!(offer(&question(), &mut Chance::new(&KEY, 7)), ["e", "right", "日", "é"]);
    }

    #[test]
    fn the_right_answer_stands_at_every_position_about_as_often_and_the_wrong_ones_vary() {
        let question = question();
        let mut positions = [0; ANSWERS];
        let mut wrong = BTreeSet::new();
        for number in 0..4_000 {
            let offered = offer(&question, &mut Chance::new(&KEY, number));
            let at = offered.iter().position(|answer| *answer == question.right).expect("the right one is offered");
            positions[at] += 1;
            wrong.extend(offered.into_iter().map(str::to_owned));
        }
        // Each 1,000 times but for chance, whose standard deviation is 27.
        assert!(positions.iter().all(|times| (870..1130).contains(times)), "{positions:?}");
        assert_eq!(wrong.len(), 1 + question.wrong.len());
    }

    #[test]
    fn nothing_to_choose_from_gives_nothing() {
        assert!(some_of::<u8>(&mut Chance(1), &[], 3).is_empty());
    }
}
