//! A question as the features that the index counts.

use serde::{Deserialize, Serialize};

use super::lexicon::{Builder, FeatureId, Lexicon};
use super::specials::Specials;
use super::terms::Terms;
use crate::domain::knowledge::Examples;
use crate::domain::question::Question;

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

    /// Drops the features that are not kept.
    pub(super) fn keep(&mut self, kept: &[bool]) {
        self.lexicon.keep(kept);
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
    pub(super) fn tidy(&mut self) {
        for list in [&mut self.words, &mut self.letters] {
            list.sort_unstable();
            list.dedup();
        }
    }
}
