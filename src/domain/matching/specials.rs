//! Words that do not stand for themselves: synonyms, the names of the subjects, their tools, and other technologies.

use std::hash::Hasher;

use fnv::{FnvHashMap, FnvHasher};
use serde::{Deserialize, Serialize};

use crate::knowledge::{Examples, Side};
use crate::question::{Boundary, Question, is_english};

/// Stands for either subject: which of the two is named rarely tells what is asked about it.
pub(super) const SUBJECT: &str = "=subject";
/// Stands beside a tool of a subject.
const TOOL: &str = "=tool";
/// Stands beside a language or runtime that is not compared.
const RIVAL: &str = "=rival";
/// Stands beside a technology that goes with either subject.
const CONTEXT: &str = "=context";
/// The longest name of a tool or technology that is looked for, in words.
const LONGEST_NAME: usize = 2;

/// Words and pairs of words with a meaning of their own, by their hash.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Specials {
    by_hash: FnvHashMap<u64, Special>,
    choosing: Vec<String>,
    technical: Vec<String>,
}

/// A word or pair of words with a meaning of its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum Special {
    Subject(Side),
    Tool(Side),
    /// A tool whose name is also a plain word: it counts only in a text that names something technical as well.
    PlainTool(Side),
    Rival,
    Context,
    /// The words that it stands for.
    Same(Vec<String>),
}

/// A word of a question as it is counted.
pub(super) struct Classified<'t> {
    pub(super) word: &'t str,
    /// What kind of word it is, counted beside the word itself.
    pub(super) class: Option<&'static str>,
    /// The subject that it names, by itself or as its tool.
    pub(super) names: Option<Side>,
    /// The index of its token, of the first one where it stands for two.
    pub(super) token: usize,
}

impl Specials {
    pub(super) fn new(examples: &Examples) -> Self {
        let mut by_hash = FnvHashMap::default();
        let mut add = |phrase: &str, special: Special| {
            let question = Question::read(phrase);
            let words: Vec<&str> = question.words().collect();
            // Half of a longer name would mean something else.
            if words.len() <= LONGEST_NAME {
                by_hash.insert(phrase_hash(&words), special);
            }
        };
        let vocabulary = &examples.vocabulary;
        for group in &vocabulary.same {
            let Some((first, others)) = group.split_first() else { continue };
            let words: Vec<String> = Question::read(first).words().map(str::to_owned).collect();
            others.iter().for_each(|word| add(word, Special::Same(words.clone())));
        }
        vocabulary.context.iter().for_each(|word| add(word, Special::Context));
        // A single letter is no name by itself.
        let rivals = vocabulary.rivals.iter().flatten().filter(|name| name.chars().nth(1).is_some());
        rivals.for_each(|name| add(name, Special::Rival));
        for (side, tools) in Side::BOTH.into_iter().zip(&vocabulary.tools) {
            for tool in tools {
                let is_plain = tool.may_be_plain && is_english(&tool.name);
                add(&tool.name, if is_plain { Special::PlainTool(side) } else { Special::Tool(side) });
            }
        }
        for (side, words) in Side::BOTH.into_iter().zip(&examples.subjects) {
            words.iter().for_each(|word| add(word, Special::Subject(side)));
        }
        Self { by_hash, choosing: vocabulary.choosing.clone(), technical: vocabulary.technical.clone() }
    }

    /// Calls with each word of a question, after synonyms and the names of subjects are replaced.
    pub(super) fn classify(&self, question: &Question, mut each: impl FnMut(Classified<'_>)) {
        let mut is_technical = None;
        let mut tokens = question.tokens().enumerate().peekable();
        while let Some((at, token)) = tokens.next() {
            // Two words stand for one only within a clause.
            let next = tokens.peek().filter(|_| token.boundary < Boundary::Clause).map(|(_, next)| next.word);
            let pair = next.and_then(|next| self.by_hash.get(&phrase_hash(&[token.word, next])));
            let special = pair.or_else(|| self.by_hash.get(&phrase_hash(&[token.word])));
            let plain = Classified { word: token.word, class: None, names: None, token: at };
            match special {
                Some(Special::Subject(side)) => each(Classified { word: SUBJECT, names: Some(*side), ..plain }),
                Some(Special::Same(words)) => words.iter().for_each(|word| each(Classified { word, ..plain })),
                Some(Special::Tool(side)) => each(Classified { class: Some(TOOL), names: Some(*side), ..plain }),
                Some(Special::PlainTool(side)) if *is_technical.get_or_insert_with(|| self.is_technical(question)) => {
                    each(Classified { class: Some(TOOL), names: Some(*side), ..plain });
                }
                Some(Special::Rival) => each(Classified { class: Some(RIVAL), ..plain }),
                Some(Special::Context) => each(Classified { class: Some(CONTEXT), ..plain }),
                // A single letter or digit says nothing by itself.
                None if token.word.chars().nth(1).is_none() => {}
                Some(Special::PlainTool(_)) | None => each(plain),
            }
            if let (Some(special), Some(next)) = (pair, next) {
                tokens.next();
                if matches!(special, Special::Tool(_) | Special::Rival | Special::Context) {
                    each(Classified { word: next, class: None, names: None, token: at + 1 });
                }
            }
        }
    }

    /// Whether a question names something technical, other than by a word that may be meant plainly.
    fn is_technical(&self, question: &Question) -> bool {
        let special = |words: &[&str]| {
            let special = self.by_hash.get(&phrase_hash(words));
            matches!(special, Some(Special::Subject(_) | Special::Tool(_) | Special::Rival | Special::Context))
        };
        let words: Vec<&str> = question.words().collect();
        let is_technical = |word: &str| self.technical.iter().any(|technical| technical == word);
        words.iter().any(|word| is_technical(word) || special(&[*word])) || words.windows(LONGEST_NAME).any(special)
    }

    /// Whether a question weighs one thing against another, by the words that it uses.
    pub(super) fn chooses(&self, question: &Question) -> bool {
        question.words().any(|word| self.choosing.iter().any(|choosing| choosing == word))
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
