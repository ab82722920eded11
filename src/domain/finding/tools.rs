//! Which tools a text names, and whether it says anything else.

use std::hash::Hasher;

use fnv::{FnvHashMap, FnvHashSet, FnvHasher};
use serde::{Deserialize, Serialize};

use crate::knowledge::{Examples, Knowledge};
use crate::question::{Boundary, Question, is_english};

/// The names of all tools, and the words that may stand beside them without saying more.
#[derive(Debug, Serialize, Deserialize)]
pub struct ToolNames {
    /// The index of the tool of each name.
    by_hash: FnvHashMap<u64, Name>,
    /// Words of the longest name.
    longest: usize,
    /// Words by which people choose, names of the subjects, and other small words.
    small: FnvHashSet<u64>,
    /// Words by which people ask for a counterpart.
    counterparts: FnvHashSet<u64>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Name {
    tool: u16,
    /// Whether it is also a plain word, which counts only where the text names something else of the kind.
    is_plain: bool,
}

/// The tools that a text names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NamedTools {
    /// Their indexes in the knowledge, each once, in the order of the text.
    pub tools: Vec<usize>,
    /// Whether the text asks for what the other side has instead.
    pub asks_counterparts: bool,
    /// Whether the text says nothing else, but for words that weigh one thing against another.
    pub is_all: bool,
}

impl ToolNames {
    /// The names of the tools in the knowledge.
    pub fn new(knowledge: &Knowledge, examples: &Examples) -> Self {
        let mut by_hash = FnvHashMap::default();
        let mut longest = 0;
        for (at, tool) in knowledge.tools.iter().enumerate() {
            for name in &tool.names {
                let question = Question::read(name);
                let words: Vec<&str> = question.words().collect();
                let Ok(at) = u16::try_from(at) else { continue };
                longest = longest.max(words.len());
                by_hash.insert(hash(&words), Name { tool: at, is_plain: tool.plain && is_english(name) });
            }
        }
        let vocabulary = &examples.vocabulary;
        let subjects = examples.subjects.iter().flatten();
        let small = vocabulary.choosing.iter().chain(&vocabulary.small).chain(subjects);
        let hashes = |words: &mut dyn Iterator<Item = &String>| {
            let read = words.flat_map(|words| {
                let question = Question::read(words);
                question.words().map(|word| hash(&[word])).collect::<Vec<_>>()
            });
            read.collect()
        };
        Self {
            by_hash,
            longest,
            small: hashes(&mut small.into_iter()),
            counterparts: hashes(&mut vocabulary.counterparts.iter()),
        }
    }

    /// The tools that a text names.
    pub fn read(&self, question: &Question) -> NamedTools {
        let words: Vec<&str> = question.words().collect();
        let ends: Vec<bool> = question.tokens().map(|token| token.boundary >= Boundary::Clause).collect();
        let (mut names, mut asks_counterparts, mut is_all) = (Vec::<Name>::new(), false, true);
        let mut at = 0;
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            let within = ends.iter().skip(at).position(|end| *end).map_or(rest.len(), |end| end + 1);
            let found = (1..=self.longest.min(within)).rev().find_map(|length| {
                let name = self.by_hash.get(&hash(rest.get(..length)?))?;
                Some((*name, length))
            });
            if let Some((name, length)) = found {
                names.push(name);
                at += length;
                continue;
            }
            let word = rest.first().map_or(0, |word| hash(&[word]));
            let asks = self.counterparts.contains(&word);
            asks_counterparts |= asks;
            is_all &= asks || self.small.contains(&word);
            at += 1;
        }
        // A plain word names a tool beside another name, or where there is nothing else that it could mean.
        let is_technical = names.iter().any(|name| !name.is_plain);
        let counts = is_technical || is_all;
        is_all &= !names.is_empty();
        let mut tools: Vec<usize> = Vec::new();
        for name in names.into_iter().filter(|name| counts || !name.is_plain) {
            if !tools.contains(&usize::from(name.tool)) {
                tools.push(name.tool.into());
            }
        }
        NamedTools { is_all: is_all && !tools.is_empty(), asks_counterparts, tools }
    }
}

/// FNV-1a is the same on every machine.
fn hash(words: &[&str]) -> u64 {
    let mut hasher = FnvHasher::default();
    for word in words {
        hasher.write(word.as_bytes());
        hasher.write(b" ");
    }
    hasher.finish()
}
