//! The numbers of a text, such as versions: an answer about another version is no answer.

use crate::domain::question::{Boundary, Question};

/// The numbers in a text, such as `22` and `3.11`, each once, in the order of the text; letters behind them are left out.
pub(super) fn numbers(question: &Question) -> Vec<String> {
    let mut numbers: Vec<String> = Vec::new();
    let mut open: Option<String> = None;
    for token in question.tokens() {
        let digits: String = token.word.chars().take_while(char::is_ascii_digit).collect();
        let is_whole = digits.len() == token.word.len();
        match (&mut open, digits.is_empty()) {
            (_, true) => numbers.extend(open.take()),
            (Some(number), false) => {
                number.push('.');
                number.push_str(&digits);
            }
            (None, false) => open = Some(digits),
        }
        // "3.11" is one number, "3 11" are two.
        if token.boundary > Boundary::Nothing || !is_whole {
            numbers.extend(open.take());
        }
    }
    numbers.extend(open);
    let mut each_once = Vec::new();
    for number in numbers {
        if !each_once.contains(&number) {
            each_once.push(number);
        }
    }
    each_once
}

#[cfg(test)]
mod tests {
    use super::numbers;
    use crate::domain::question::Question;

    #[test]
    fn numbers_are_read_with_their_parts() {
        let check = |text: &str, expected: &[&str]| assert_eq!(numbers(&Question::read(text)), expected, "{text}");
        check("is version 22 supported, or 24?", &["22", "24"]);
        check("3.11 and 3.14t", &["3.11", "3.14"]);
        check("3 11 3", &["3", "11"]);
        check("tea24", &[]);
        check("24's enums é 日 🦀", &["24"]);
    }
}
