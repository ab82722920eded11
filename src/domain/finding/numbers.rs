//! The numbers of a text, such as versions: an answer about another version is no answer.

use crate::matching::{Term, Terms};
use crate::question::{Boundary, Question};

/// The numbers in a text, such as `22` and `3.11`, each once, in the order of the text; letters behind them are left out.
pub(super) fn numbers(question: &Question) -> Vec<String> {
    let mut each_once = Vec::new();
    for (_, number) in numbered(question) {
        if !each_once.contains(&number) {
            each_once.push(number);
        }
    }
    each_once
}

/// The number that stands behind the name of a subject first, such as the 26 of "tea 26": the version that a text is about.
pub(super) fn version(question: &Question, terms: &Terms) -> Option<String> {
    // Single digits are no terms.
    let before = |at: usize| terms.iter().take_while(|term| term.token < at).last();
    let is_named = |at: usize, term: &Term| term.is_subject && at - term.token <= TOKENS_OF_A_NAME;
    let mut numbers = numbered(question).into_iter();
    numbers.find(|(at, _)| before(*at).is_some_and(|term| is_named(*at, term))).map(|(_, number)| number)
}

/// Tokens that the name of a subject has, at most.
const TOKENS_OF_A_NAME: usize = 2;

/// The numbers in a text, each with the index of its first token.
fn numbered(question: &Question) -> Vec<(usize, String)> {
    let mut numbers: Vec<(usize, String)> = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (at, token) in question.tokens().enumerate() {
        let digits: String = token.word.chars().take_while(char::is_ascii_digit).collect();
        let is_whole = digits.len() == token.word.len();
        match (&mut open, digits.is_empty()) {
            (_, true) => numbers.extend(open.take()),
            (Some((_, number)), false) => {
                number.push('.');
                number.push_str(&digits);
            }
            (None, false) => open = Some((at, digits)),
        }
        // "3.11" is one number, "3 11" are two.
        if token.boundary > Boundary::Nothing || !is_whole {
            numbers.extend(open.take());
        }
    }
    numbers.extend(open);
    numbers
}

#[cfg(test)]
mod tests {
    use super::{numbers, version};
    use crate::matching::toy::tea_and_coffee;
    use crate::question::Question;

    #[test]
    fn numbers_are_read_with_their_parts() {
        let check = |text: &str, expected: &[&str]| assert_eq!(numbers(&Question::read(text)), expected, "{text}");
        check("is version 22 supported, or 24?", &["22", "24"]);
        check("3.11 and 3.14t", &["3.11", "3.14"]);
        check("3 11 3", &["3", "11"]);
        check("tea24", &[]);
        check("24's enums é 日 🦀", &["24"]);
    }

    #[test]
    fn the_version_of_a_text_stands_behind_the_name_of_a_subject() {
        let matcher = tea_and_coffee().matcher;
        let check = |text: &str, expected: Option<&str>| {
            let question = Question::read(text);
            assert_eq!(version(&question, &matcher.read(&question)).as_deref(), expected, "{text}");
        };
        check("what does tea 26 bring that 24 did not have", Some("26"));
        check("é 日 🦀 coffee 3.14, please", Some("3.14"));
        check("24 cups of tea", None);
        check("tea for 2", None);
    }
}
