//! Which passages answer a question best, from whatever topic: direct answers, found by the wordings of their questions and by
//! their text, and statements about one side.

mod meanings;
mod numbers;
mod score;
mod splitting;
mod tools;
mod words;

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::knowledge::{Examples, Knowledge, Release, Side};
use super::matching::{Label, Matcher, Understanding};
use super::question::Question;
use meanings::Meanings;
pub use splitting::Splitting;
pub use tools::{NamedTools, ToolNames};
use words::{Words, WordsBuilder};

/// Something that can be said in answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Passage {
    /// The direct answer at this index of the topic at that index.
    Answer {
        /// The index of the topic.
        topic: usize,
        /// The index among its answers.
        answer: usize,
    },
    /// What the topic at this index says about a side.
    Point {
        /// The index of the topic.
        topic: usize,
        /// The side.
        side: Side,
        /// The index among the points of that side.
        point: usize,
    },
}

/// A passage, and how well it answers a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// The passage.
    pub passage: Passage,
    /// From 0, where it has nothing in common with the question.
    pub score: f32,
}

/// The index over all passages.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Finder {
    passages: Vec<Passage>,
    about: Vec<About>,
    /// The number of each version that is known, as it is read in a question.
    versions: Vec<String>,
    words: Words,
    /// The hash of each text by which a passage is found, with the index of the passage.
    texts: Vec<(u64, u16)>,
    /// The vectors of the texts; nothing where no model reads sentences.
    #[serde(skip)]
    vectors: Option<&'static [u8]>,
    /// Those of each passage, made when a sentence was read for the first time: until then they would only take memory.
    #[serde(skip)]
    meanings: OnceLock<Meanings>,
}

/// What a passage is about, beside its words.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct About {
    /// The numbers in its texts, sorted.
    numbers: Vec<String>,
    /// Whether its question has numbers: it is about these alone.
    asks_for_numbers: bool,
    /// The subjects that its questions name, or whose statement it is.
    sides: [bool; 2],
}

/// A text by which a passage is found, and what it counts.
struct Text<'t> {
    passage: usize,
    text: &'t str,
    counts: f32,
    /// Whether it is the question itself.
    is_question: bool,
}

/// What a question asks for by numbers.
struct Asked {
    /// The numbers in it, in their order.
    numbers: Vec<String>,
    /// The version of a subject that it names.
    version: Option<String>,
}

impl Passage {
    /// The index of its topic.
    pub fn topic(self) -> usize {
        match self {
            Self::Answer { topic, .. } | Self::Point { topic, .. } => topic,
        }
    }
}

impl About {
    /// What speaks against a passage as an answer: it is about other numbers, about another version, or about the other side alone.
    fn lacks(&self, asked: &Asked, names: [bool; 2]) -> f32 {
        let numbers = &asked.numbers;
        let is_of_others = !numbers.is_empty()
            && self.asks_for_numbers
            && !numbers.iter().any(|number| self.numbers.binary_search(number).is_ok());
        let is_of_other_side =
            matches!((names, self.sides), ([true, false], [false, true]) | ([false, true], [true, false]));
        let is_of = |version: &String| self.numbers.binary_search(version).is_ok();
        let lacks_version = asked.version.as_ref().is_some_and(|version| !is_of(version));
        let counts = |holds: bool, counts: f32| if holds { counts } else { 0.0 };
        let lacks_first =
            self.asks_for_numbers && numbers.first().is_some_and(|first| self.numbers.binary_search(first).is_err());
        counts(is_of_others, score::OTHER_NUMBERS)
            + counts(lacks_first, score::FIRST_NUMBER)
            + counts(lacks_version, score::OTHER_VERSION)
            + counts(is_of_other_side, score::OTHER_SIDE)
    }
}

impl Finder {
    /// The index of the version that a question names, if it names one of those of a side; where it names no side, of either.
    pub fn version(&self, understanding: &Understanding, releases: &[Release]) -> Option<usize> {
        let named = numbers::numbers(&understanding.question);
        let is_meant = |release: &Release| match understanding.names {
            [true, false] => release.side == Side::First,
            [false, true] => release.side == Side::Second,
            _ => true,
        };
        let versions = self.versions.iter().zip(releases);
        let mut meant =
            versions.enumerate().filter(|(_, (number, release))| named.contains(number) && is_meant(release));
        meant.next().map(|(at, _)| at)
    }

    /// Indexes the knowledge, as the matcher reads it.
    pub fn new(knowledge: &Knowledge, examples: &Examples, matcher: &Matcher) -> Self {
        let mut passages = Vec::new();
        let mut texts = Vec::new();
        for (at, topic) in knowledge.topics.iter().enumerate() {
            let wordings = examples.topics.get(at).map_or(&[][..], |examples| &examples.answers);
            for (number, answer) in topic.answers.iter().enumerate() {
                let passage = passages.len();
                passages.push(Passage::Answer { topic: at, answer: number });
                let wordings = wordings.get(number).into_iter().flatten();
                let wordings = wordings.enumerate();
                texts.extend(wordings.map(|(at, text)| Text { passage, text, counts: 1.0, is_question: at == 0 }));
                texts.push(Text { passage, text: &answer.text, counts: score::ANSWER_TEXT, is_question: false });
            }
            for side in Side::BOTH {
                for (number, point) in topic.points(side).iter().enumerate() {
                    texts.push(Text {
                        passage: passages.len(),
                        text: &point.text,
                        counts: score::STATEMENT,
                        is_question: false,
                    });
                    passages.push(Passage::Point { topic: at, side, point: number });
                }
            }
        }
        let mut words = WordsBuilder::default();
        let mut about = vec![About::default(); passages.len()];
        for text in &texts {
            let question = Question::read(text.text);
            let terms = matcher.read(&question);
            words.add(text.passage, text.counts, &terms);
            if let Some(about) = about.get_mut(text.passage) {
                about.numbers.extend(numbers::numbers(&question));
                about.asks_for_numbers |= text.is_question && !about.numbers.is_empty();
                for side in terms.iter().filter_map(|term| term.names) {
                    if let Some(named) = about.sides.get_mut(side as usize) {
                        *named = true;
                    }
                }
            }
        }
        about.iter_mut().for_each(|about| about.numbers.sort_unstable());
        let read = |release: &Release| numbers::numbers(&Question::read(&release.version)).pop().unwrap_or_default();
        let versions = knowledge.releases.iter().map(read).collect();
        let hashes =
            texts.iter().filter_map(|text| Some((meanings::hash(text.text), u16::try_from(text.passage).ok()?)));
        let texts = hashes.collect();
        let (vectors, meanings) = (None, OnceLock::new());
        Self { words: words.finish(), passages, about, versions, texts, vectors, meanings }
    }

    /// The same with the vectors of its texts, of the model that reads the questions, as its training wrote them.
    pub fn with_meanings(self, vectors: &'static [u8]) -> Self {
        Self { vectors: Some(vectors), meanings: OnceLock::new(), ..self }
    }

    fn meanings(&self) -> Option<&Meanings> {
        let vectors = self.vectors?;
        Some(self.meanings.get_or_init(|| {
            let texts = self.texts.iter().map(|(hash, passage)| (*hash, usize::from(*passage)));
            Meanings::read(vectors, texts, self.passages.len())
        }))
    }

    /// What a question asks for by numbers. The first part of many versions, such as the 3 of 3.14 and 3.15, is part of a name.
    fn asked(&self, understanding: &Understanding) -> Asked {
        let version = numbers::version(&understanding.question, &understanding.terms);
        let is_line = |number: &String| self.versions.iter().any(|version| version.starts_with(&format!("{number}.")));
        Asked { numbers: numbers::numbers(&understanding.question), version: version.filter(|number| !is_line(number)) }
    }

    /// How many passages there are.
    pub fn len(&self) -> usize {
        self.passages.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.passages.is_empty()
    }

    /// The passages that answer a question best, best first, at most `most`; those of the same score in the order of the data.
    /// `vector` is the meaning of the question, if a model read it.
    pub fn find(&self, understanding: &Understanding, vector: Option<&[f32]>, most: usize) -> Vec<Found> {
        let by_words = self.words.likeness(&understanding.terms, self.passages.len());
        let topic = |at: usize| {
            let meant = understanding.candidates.iter().find(|found| found.label == Label::Compare(at));
            meant.map_or(0.0, |found| found.score)
        };
        let mut nearness = vector.and_then(|vector| Some(self.meanings()?.nearness(vector)));
        let asked = self.asked(understanding);
        let found = self.passages.iter().zip(&self.about).zip(by_words).filter_map(|((passage, about), likeness)| {
            let near = nearness.as_mut().and_then(Iterator::next).flatten();
            let topic = topic(passage.topic());
            let score = match near {
                Some(near) => {
                    score::MEANING * near.max(0.0)
                        + score::WORDS_BESIDE_MEANING * likeness
                        + score::TOPIC_BESIDE_MEANING * topic
                }
                None if likeness > 0.0 => likeness + score::TOPIC * topic,
                None => return None,
            };
            Some(Found { passage: *passage, score: score - about.lacks(&asked, understanding.names) })
        });
        let mut found: Vec<Found> = found.collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found.truncate(most);
        found
    }
}
