//! A text of several sentences is read sentence by sentence as well: in a story one of them asks, and the others lead away from it.

use std::ops::Range;

use crate::question::{Boundary, Question};
use crate::thresholds::{PARTS_COUNT, PARTS_READ};

/// The logarithms of the probabilities of all labels.
#[derive(Debug, Clone)]
pub(super) struct Scores {
    /// By the words.
    pub(super) by_words: Vec<f32>,
    /// By the sentence; nothing of labels about which it says nothing.
    pub(super) by_sentence: Vec<Option<f32>>,
}

impl Scores {
    /// Takes in what the parts of the text say each for itself: their probabilities are averaged, so that a part that is sure
    /// is not outvoted by those that say nothing, and the logarithm of the average counts [`PARTS_COUNT`].
    pub(super) fn with_parts(self, parts: &[Self]) -> Self {
        if parts.is_empty() {
            return self;
        }
        let average = |whole: f32, of_part: &dyn Fn(&Self) -> Option<f32>| {
            let sum: f32 = parts.iter().filter_map(of_part).map(f32::exp).sum();
            let average = (sum / parts.len() as f32).max(f32::MIN_POSITIVE).ln();
            (1.0 - PARTS_COUNT) * whole + PARTS_COUNT * average
        };
        let by_words = self.by_words.iter().enumerate();
        let by_words = by_words.map(|(at, whole)| average(*whole, &|part| part.by_words.get(at).copied()));
        let by_sentence = self.by_sentence.iter().enumerate();
        let by_sentence = by_sentence
            .map(|(at, whole)| Some(average((*whole)?, &|part| part.by_sentence.get(at).copied().flatten())));
        Self { by_words: by_words.collect(), by_sentence: by_sentence.collect() }
    }
}

/// The sentences of a text that has several, as ranges of its tokens; the last ones if there are too many, because people come
/// to the point late. A single word is none.
pub(super) fn parts(question: &Question) -> Vec<Range<usize>> {
    let mut start = 0;
    let ends = question.tokens().enumerate().filter(|(_, token)| token.boundary == Boundary::Sentence);
    let mut sentences: Vec<Range<usize>> = ends
        .map(|(at, _)| {
            let end = at + 1;
            std::mem::replace(&mut start, end)..end
        })
        .collect();
    sentences.push(start..question.tokens().count());
    sentences.retain(|sentence| sentence.len() > 1);
    if sentences.len() < 2 {
        return Vec::new();
    }
    sentences.split_off(sentences.len().saturating_sub(PARTS_READ))
}

#[cfg(test)]
mod tests {
    use super::{PARTS_COUNT, PARTS_READ, Question, Scores, parts};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let question = Question::read(text);
        let words: Vec<&str> = question.words().collect();
        let sentences: Vec<String> = parts(&question).into_iter().map(|part| words[part].join(" ")).collect();
        assert_eq!(sentences, expected, "{text:?}");
    }

    #[test]
    fn a_text_is_read_sentence_by_sentence() {
        check("We moved house. Is tea bitter? é 日!", &["we moved house", "is tea bitter", "e 日"]);
        check("first line here\nsecond one", &["first line here", "second one"]);
        check("Thanks! Is tea bitter?", &[]);
        check("is 1.5 cups too much, or not", &[]);
        check("", &[]);
        check("🦀", &[]);
    }

    #[test]
    fn of_many_sentences_the_last_are_read() {
        let text: String = (0..PARTS_READ + 3).map(|at| format!("number {at}. ")).collect();
        let found = parts(&Question::read(&text));
        assert_eq!((found.len(), found.first().map(|first| first.start)), (PARTS_READ, Some(6)));
    }

    #[test]
    fn a_part_that_is_sure_moves_the_whole_a_little() {
        let scores = |words: [f32; 2]| {
            let by_words: Vec<f32> = words.map(f32::ln).to_vec();
            Scores { by_sentence: vec![Some(by_words[0]), None], by_words }
        };
        let whole = scores([0.5, 0.5]).with_parts(&[scores([0.98, 0.02]), scores([0.5, 0.5])]);
        let expected = (1.0 - PARTS_COUNT) * 0.5_f32.ln() + PARTS_COUNT * 0.74_f32.ln();
        assert!((whole.by_words[0] - expected).abs() < 1e-5 && whole.by_words[0] > whole.by_words[1], "{whole:?}");
        assert_eq!(whole.by_sentence, [Some(whole.by_words[0]), None]);
        let alone = scores([0.5, 0.5]).with_parts(&[]);
        assert_eq!(alone.by_words, scores([0.5, 0.5]).by_words);
    }
}
