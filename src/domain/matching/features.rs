//! A question as the features that the index counts.

use serde::{Deserialize, Serialize};

use super::lexicon::{Builder, FeatureId, Lexicon};
use super::specials::Specials;
use super::terms::Terms;
use crate::knowledge::Examples;
use crate::question::Question;

/// Turns questions into terms.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Reader {
    lexicon: Lexicon,
    specials: Specials,
}

/// Turns examples into features, and remembers those that are new.
pub(super) struct Learner {
    lexicon: Builder,
    specials: Specials,
}

/// The features of a question.
#[derive(Debug, Default)]
pub(super) struct Features {
    /// Stems and pairs of neighbouring stems, sorted, each once.
    pub(super) words: Vec<FeatureId>,
    /// Runs of letters, sorted, each once.
    pub(super) letters: Vec<FeatureId>,
}

impl Learner {
    pub(super) fn new(examples: &Examples) -> Self {
        Self { lexicon: Builder::new(), specials: Specials::new(examples) }
    }

    /// The features of an example.
    pub(super) fn read(&mut self, example: &Question) -> Features {
        let mut features = Features::default();
        let mut before = None;
        let Self { lexicon, specials } = self;
        specials.classify(example, |classified| {
            if let Some(class) = classified.class {
                features.words.push(lexicon.add(class, &mut features.letters).stem_feature);
            }
            let entry = lexicon.add(classified.word, &mut features.letters);
            features.words.push(entry.stem_feature);
            if let Some(before) = before.replace(entry.stem) {
                features.words.push(lexicon.add_pair(before, entry.stem));
            }
        });
        features.tidy();
        features
    }

    /// Takes the words of a phrase for known, so that none of them is taken for a misspelling.
    pub(super) fn know(&mut self, phrase: &Question) {
        let Self { lexicon, specials } = self;
        specials.classify(phrase, |classified| lexicon.know(classified.word));
    }

    /// How many features there are so far.
    pub(super) fn features(&self) -> usize {
        self.lexicon.features()
    }

    /// Of each feature, whether it is the stem of a word.
    pub(super) fn stems(&self) -> Vec<bool> {
        self.lexicon.stems()
    }

    /// Drops the features that are not kept, and gives the new numbers of the others.
    pub(super) fn keep(&mut self, kept: &[bool]) -> Vec<Option<FeatureId>> {
        self.lexicon.keep(kept)
    }

    pub(super) fn finish(self) -> Reader {
        Reader { lexicon: self.lexicon.finish(), specials: self.specials }
    }
}

impl Reader {
    /// The terms of a question.
    pub(super) fn read(&self, question: &Question) -> Terms {
        Terms::read(question, &self.lexicon, &self.specials)
    }

    /// Whether a question weighs one thing against another, by the words that it uses.
    pub(super) fn chooses(&self, question: &Question) -> bool {
        self.specials.chooses(question)
    }
}

impl Features {
    /// Gives features their new numbers; those without one are dropped.
    pub(super) fn renumber(&mut self, numbers: &[Option<FeatureId>]) {
        for list in [&mut self.words, &mut self.letters] {
            *list = list.iter().filter_map(|feature| *numbers.get(*feature as usize)?).collect();
        }
    }

    pub(super) fn tidy(&mut self) {
        for list in [&mut self.words, &mut self.letters] {
            list.sort_unstable();
            list.dedup();
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::matching::toy;
    use crate::matching::{Label, Match};

    /// Two texts that count the same.
    #[track_caller]
    fn check_same(one: &str, other: &str) {
        let matcher = toy::tea_and_coffee().matcher;
        let [one_read, other_read] = [one, other].map(|text| matcher.understand(text).candidates);
        assert_eq!(one_read, other_read, "{one:?} and {other:?}");
        assert_ne!(one_read[0].score, 1.0, "{one:?} counts for something");
    }

    /// Which subjects a text names.
    #[track_caller]
    fn check_names(text: &str, expected: [bool; 2]) {
        assert_eq!(toy::tea_and_coffee().matcher.understand(text).names, expected, "{text:?}");
    }

    #[test]
    fn what_means_the_same_counts_the_same() {
        check_same("how much coffein has it", "how much caffeine has it");
        check_same("a low budget cup", "a cheap cup");
        check_same("Low-Budget CUP", "cheap cup");
    }

    #[test]
    fn either_subject_counts_the_same() {
        check_same("is tea bitter", "is espresso bitter");
        check_names("is tea bitter", [true, false]);
        check_names("is espresso bitter", [false, true]);
        check_names("chai or coffee?", [true, true]);
        check_names("is it bitter", [false, false]);
    }

    #[test]
    fn a_tool_names_its_subject() {
        check_names("samovar", [true, false]);
        check_names("a french press is cheap", [false, true]);
        check_names("gong fu, or moka", [true, true]);
        // Two words are one tool only within a clause.
        check_names("gong. fu", [false, false]);
        check_names("french", [false, false]);
    }

    #[test]
    fn what_is_not_compared_names_no_subject() {
        check_names("is cocoa or hot chocolate bitter", [false, false]);
    }

    #[test]
    fn a_single_letter_says_nothing() {
        check_same("x is it bitter 7 日", "is it bitter");
    }

    #[test]
    fn what_the_data_does_not_use_means_nothing() {
        let none = [Match { label: Label::None, score: 1.0 }];
        for text in ["", "a b c", "qwrtz", "日本語", "é 日 🦀"] {
            assert_eq!(toy::tea_and_coffee().matcher.understand(text).candidates, none, "{text:?}");
        }
    }
}
