//! A question as the features that the index counts.

use std::hash::Hasher;

use fnv::{FnvHashMap, FnvHasher};
use serde::{Deserialize, Serialize};

use super::lexicon::{Builder, FeatureId, Lexicon};
use super::place;
use crate::domain::knowledge::{Examples, Side};
use crate::domain::question::Question;

/// Stands for either subject: which of the two is named rarely tells what is asked about it.
pub(super) const SUBJECT: &str = "=subject";
/// Stands beside a tool of a subject.
const TOOL: &str = "=tool";
/// Stands beside a technology that is not compared.
const OTHER: &str = "=other";

/// Turns questions into features.
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

/// Words and pairs of words with a meaning of their own, by their hash.
#[derive(Debug, Serialize, Deserialize)]
struct Specials {
    by_hash: FnvHashMap<u64, Special>,
    choosing: Vec<String>,
}

/// A word or pair of words with a meaning of its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum Special {
    Subject(Side),
    Tool(Side),
    Other,
    Same(Question),
}

/// The features of a question.
#[derive(Debug, Default)]
pub(super) struct Features {
    /// Stems and pairs of neighbouring stems, sorted, each once.
    pub(super) words: Vec<FeatureId>,
    /// Runs of letters, sorted, each once.
    pub(super) letters: Vec<FeatureId>,
    /// Which subjects are named, by themselves or by a tool.
    pub(super) names: [bool; 2],
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
        specials.for_each_token(example, |token| {
            if let Some(class) = token.class {
                features.words.push(lexicon.add(class, &mut features.letters).stem_feature);
            }
            let entry = lexicon.add(token.word, &mut features.letters);
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
        specials.for_each_token(phrase, |token| lexicon.know(token.word));
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
    /// The features of a question, as far as they are known.
    pub(super) fn read(&self, question: &Question) -> Features {
        let mut features = Features::default();
        self.for_each_word(question, |_, words, letters, names| {
            features.words.extend_from_slice(words);
            features.letters.extend_from_slice(letters);
            if let Some(named) = names.and_then(|side| features.names.get_mut(place(side))) {
                *named = true;
            }
        });
        features.tidy();
        features
    }

    /// Calls with each word of a question, the hash of its stem, and the subject that it names. A misspelt word comes as the
    /// word that it was meant to be.
    pub(super) fn for_each_stem(&self, question: &Question, mut each: impl FnMut(&str, u64, Option<Side>)) {
        let mut letters = Vec::with_capacity(32);
        self.specials.for_each_token(question, |token| {
            letters.clear();
            let found = self.lexicon.read(token.word, &mut letters);
            each(found.word, found.stem, token.names);
        });
    }

    /// Whether a question weighs one thing against another, by the words that it uses.
    pub(super) fn chooses(&self, question: &Question) -> bool {
        question.words().any(|word| self.specials.choosing.iter().any(|choosing| choosing == word))
    }

    /// Calls with each word, its features among the words and pairs, those among the letters, and the subject that it
    /// names. A misspelt word comes as the word that it was meant to be.
    pub(super) fn for_each_word(
        &self,
        question: &Question,
        mut each: impl FnMut(&str, &[FeatureId], &[FeatureId], Option<Side>),
    ) {
        let mut before = None;
        let mut words = Vec::with_capacity(4);
        let mut letters = Vec::with_capacity(32);
        self.specials.for_each_token(question, |token| {
            words.clear();
            letters.clear();
            if let Some(class) = token.class {
                words.extend(self.lexicon.read(class, &mut letters).stem_feature);
            }
            let found = self.lexicon.read(token.word, &mut letters);
            words.extend(found.stem_feature);
            if let Some(before) = before.replace(found.stem) {
                words.extend(self.lexicon.pair(before, found.stem));
            }
            each(found.word, &words, &letters, token.names);
        });
    }
}

impl Features {
    fn tidy(&mut self) {
        for list in [&mut self.words, &mut self.letters] {
            list.sort_unstable();
            list.dedup();
        }
    }
}

/// A word as it is counted.
struct Token<'t> {
    word: &'t str,
    /// What kind of word it is, counted beside the word itself.
    class: Option<&'static str>,
    names: Option<Side>,
}

impl Specials {
    fn new(examples: &Examples) -> Self {
        let mut by_hash = FnvHashMap::default();
        let mut add = |phrase: &str, special: Special| {
            let question = Question::read(phrase);
            let words: Vec<&str> = question.words().take(2).collect();
            by_hash.insert(phrase_hash(&words), special);
        };
        let vocabulary = &examples.vocabulary;
        for group in &vocabulary.same {
            let Some((first, others)) = group.split_first() else { continue };
            others.iter().for_each(|word| add(word, Special::Same(Question::read(first))));
        }
        vocabulary.others.iter().for_each(|word| add(word, Special::Other));
        for (side, tools) in Side::BOTH.into_iter().zip(&vocabulary.tools) {
            tools.iter().for_each(|word| add(word, Special::Tool(side)));
        }
        for (side, words) in Side::BOTH.into_iter().zip(&examples.subjects) {
            words.iter().for_each(|word| add(word, Special::Subject(side)));
        }
        Self { by_hash, choosing: vocabulary.choosing.clone() }
    }

    /// Calls with each word of a question, after synonyms and the names of subjects are replaced.
    fn for_each_token(&self, question: &Question, mut each: impl FnMut(Token<'_>)) {
        let mut words = question.words();
        while let Some(word) = words.next() {
            let next = words.clone().next();
            let pair = next.and_then(|next| self.by_hash.get(&phrase_hash(&[word, next])));
            let special = pair.or_else(|| self.by_hash.get(&phrase_hash(&[word])));
            let plain = |class, names| Token { word, class, names };
            match special {
                Some(Special::Subject(side)) => each(Token { word: SUBJECT, class: None, names: Some(*side) }),
                Some(Special::Same(same)) => {
                    same.words().for_each(|word| each(Token { word, class: None, names: None }))
                }
                Some(Special::Tool(side)) => each(plain(Some(TOOL), Some(*side))),
                Some(Special::Other) => each(plain(Some(OTHER), None)),
                // A single letter or digit says nothing by itself.
                None if word.chars().nth(1).is_none() => {}
                None => each(plain(None, None)),
            }
            if let (Some(special), Some(next)) = (pair, next) {
                words.next();
                if matches!(special, Special::Tool(_) | Special::Other) {
                    each(Token { word: next, class: None, names: None });
                }
            }
        }
    }
}

fn phrase_hash(words: &[&str]) -> u64 {
    let mut hasher = FnvHasher::default();
    for word in words {
        hasher.write(word.as_bytes());
        hasher.write(b" ");
    }
    hasher.finish()
}
