//! A question as the features that the index counts.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};
use serde::{Deserialize, Serialize};

use super::lexicon::{FeatureId, Lexicon};
use super::place;
use crate::domain::knowledge::{Knowledge, Side};
use crate::domain::question::Question;

/// Stands for either subject: which of the two is named rarely tells what is asked about it. No user can type it.
const SUBJECT: &str = "=subject";
/// Stands beside a tool of a subject.
const TOOL: &str = "=tool";
/// Stands beside a technology that is not compared.
const OTHER: &str = "=other";

/// Turns questions into features.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Reader {
    lexicon: Lexicon,
    specials: FxHashMap<u64, Special>,
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

impl Reader {
    pub(super) fn new(knowledge: &Knowledge) -> Self {
        let mut specials = FxHashMap::default();
        let mut add = |phrase: &str, special: Special| {
            let question = Question::read(phrase);
            let words: Vec<&str> = question.words().take(2).collect();
            specials.insert(phrase_hash(&words), special);
        };
        let vocabulary = &knowledge.vocabulary;
        for group in &vocabulary.same {
            let Some((first, others)) = group.split_first() else { continue };
            others.iter().for_each(|word| add(word, Special::Same(Question::read(first))));
        }
        vocabulary.others.iter().for_each(|word| add(word, Special::Other));
        for (side, tools) in Side::BOTH.into_iter().zip(&vocabulary.tools) {
            tools.iter().for_each(|word| add(word, Special::Tool(side)));
        }
        for side in Side::BOTH {
            knowledge.subject(side).words.iter().for_each(|word| add(word, Special::Subject(side)));
        }
        Self { lexicon: Lexicon::new(), specials }
    }

    /// How many features have been learned.
    pub(super) fn features(&self) -> usize {
        self.lexicon.features()
    }

    /// The features of an example; those that are new are learned.
    pub(super) fn learn(&mut self, example: &Question) -> Features {
        let mut features = Features::default();
        let mut before = None;
        let Self { lexicon, specials } = self;
        for_each_token(specials, example, |token| {
            if let Some(side) = token.names {
                mark(&mut features.names, side);
            }
            if let Some(class) = token.class {
                features.words.push(lexicon.learn(class).stem_feature);
            }
            let entry = lexicon.learn(token.word);
            let stem = entry.stem;
            features.words.push(entry.stem_feature);
            if !token.is_class() {
                features.letters.extend_from_slice(&entry.letter_features);
            }
            if let Some(before) = before.replace(stem) {
                features.words.push(lexicon.learn_pair(before, stem));
            }
        });
        features.tidy();
        features
    }

    /// The features of a question, as far as they are known.
    pub(super) fn read(&self, question: &Question) -> Features {
        let mut features = Features::default();
        self.for_each_word(question, |_, words, letters, names| {
            features.words.extend_from_slice(words);
            features.letters.extend_from_slice(letters);
            if let Some(side) = names {
                mark(&mut features.names, side);
            }
        });
        features.tidy();
        features
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
        for_each_token(&self.specials, question, |token| {
            words.clear();
            let class = token.class.and_then(|class| self.lexicon.find(class));
            words.extend(class.map(|entry| entry.stem_feature));
            let known = self.lexicon.find(token.word).or_else(|| self.lexicon.repair(token.word));
            let described;
            let (word, stem, letters) = match known {
                Some(entry) => {
                    words.push(entry.stem_feature);
                    (&*entry.word, entry.stem, &*entry.letter_features)
                }
                None => {
                    described = self.lexicon.describe(token.word);
                    words.extend(described.1);
                    (token.word, described.0, described.2.as_slice())
                }
            };
            if let Some(before) = before.replace(stem) {
                words.extend(self.lexicon.find_pair(before, stem));
            }
            each(word, &words, if token.is_class() { &[] } else { letters }, token.names);
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

impl Token<'_> {
    /// Whether the word stands for a class of words, so that its letters mean nothing.
    fn is_class(&self) -> bool {
        self.word == SUBJECT
    }
}

/// Calls with each word of a question, after synonyms and the names of subjects are replaced.
fn for_each_token(specials: &FxHashMap<u64, Special>, question: &Question, mut each: impl FnMut(Token<'_>)) {
    let mut words = question.words();
    while let Some(word) = words.next() {
        let next = words.clone().next();
        let pair = next.and_then(|next| specials.get(&phrase_hash(&[word, next])));
        let special = pair.or_else(|| specials.get(&phrase_hash(&[word])));
        let plain = |class, names| Token { word, class, names };
        match special {
            Some(Special::Subject(side)) => each(Token { word: SUBJECT, class: None, names: Some(*side) }),
            Some(Special::Same(same)) => same.words().for_each(|word| each(Token { word, class: None, names: None })),
            Some(Special::Tool(side)) => each(plain(Some(TOOL), Some(*side))),
            Some(Special::Other) => each(plain(Some(OTHER), None)),
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

fn mark(names: &mut [bool; 2], side: Side) {
    if let Some(named) = names.get_mut(place(side)) {
        *named = true;
    }
}

fn phrase_hash(words: &[&str]) -> u64 {
    let mut hasher = FxHasher::default();
    for word in words {
        hasher.write(word.as_bytes());
        hasher.write_u8(b' ');
    }
    hasher.finish()
}
