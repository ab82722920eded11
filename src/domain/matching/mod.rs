//! Which topic, project or intent a question means, how sure that is, and by what evidence.
//!
//! A question is read as words, pairs of neighbouring words and runs of letters. How much each of them speaks for a topic
//! is learned from the words and example questions of the data, so a new way of asking is a new line there.

mod complete;
mod features;
mod index;
mod lexicon;
mod score;
mod specials;
mod spelling;
mod terms;
#[cfg(test)]
mod toy;

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::knowledge::{Examples, Knowledge, Phrasings};
use super::question::Question;
use features::{Features, Learner, Reader};
use index::{Index, Scales};
pub use terms::{Term, Terms};

/// What a message can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Label {
    /// A comparison on the topic at this index of [`Knowledge::topics`].
    Compare(usize),
    /// A recommendation for the project at this index of [`Knowledge::projects`].
    Recommend(usize),
    /// An introduction for a newcomer.
    Onboarding,
    /// What the bot can do.
    Help,
    /// Nothing that the bot should answer.
    None,
}

/// A label and how much speaks for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// What may be meant.
    pub label: Label,
    /// The probability of it, 0–1; those of all labels add up to 1.
    pub score: f32,
}

/// What a question was understood to mean.
#[derive(Debug, Clone)]
pub struct Understanding {
    /// The text as it was read.
    pub question: Question,
    /// What its words count for.
    pub terms: Terms,
    /// The likeliest labels, best first, at most five; labels of the same score stand in the order of the data.
    pub candidates: Vec<Match>,
    /// Which subjects the question names, by themselves or by one of their tools.
    pub names: [bool; 2],
    /// Whether the question weighs one thing against another.
    pub chooses: bool,
    pub(super) scales: Scales,
}

/// A word of a question and how much it speaks for a label.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The word as it was read, or the word that it was taken for.
    pub word: String,
    /// Its part of the label's score; more than 0.
    pub weight: f32,
}

/// The index over everything that the bot can be asked.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Matcher {
    labels: Vec<Label>,
    reader: Reader,
    index: Index,
}

impl Matcher {
    /// Learns how people ask from the words and questions of the data.
    pub fn new(examples: &Examples) -> Self {
        let labelled = labelled(examples);
        let labels = labelled.iter().map(|(label, _)| *label).collect();
        let mut learner = Learner::new(examples);
        let texts = labelled.iter().map(|(_, texts)| texts.as_slice());
        let index = Index::learn(&mut learner, texts);
        let groups = examples.groups.iter().flat_map(|(_, words)| words);
        let phrases = examples.phrases.iter().map(|phrase| &phrase.text);
        groups.chain(phrases).for_each(|phrase| learner.know(&Question::read(phrase)));
        Self { labels, reader: learner.finish(), index }
    }

    /// Reads a text and ranks what it may mean. Never fails: a text without words means nothing.
    pub fn understand(&self, text: &str) -> Understanding {
        let question = Question::read(text);
        let terms = self.read(&question);
        let features = terms.features(0..terms.len());
        let (names, chooses) = (terms.names(), self.reader.chooses(&question));
        let (candidates, scales) = (self.rank(&features, score::CANDIDATES), self.index.scales(&features));
        Understanding { question, terms, candidates, names, chooses, scales }
    }

    /// What the words of a question count for.
    pub fn read(&self, question: &Question) -> Terms {
        self.reader.read(question)
    }

    /// What a part of a question most likely means, read as if it were all of it.
    pub fn likeliest(&self, terms: &Terms, part: Range<usize>) -> Option<Match> {
        self.rank(&terms.features(part), 1).into_iter().next()
    }

    /// The words that speak for a label, each once, strongest first.
    pub fn evidence(&self, understanding: &Understanding, label: Label) -> Vec<Evidence> {
        let Some(at) = self.labels.iter().position(|known| *known == label) else { return Vec::new() };
        let mut evidence = self.index.evidence(&understanding.terms, understanding.scales, at);
        evidence.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        evidence
    }

    fn rank(&self, features: &Features, most: usize) -> Vec<Match> {
        // Letters alone could be those of any language.
        if features.words.is_empty() {
            return vec![Match { label: Label::None, score: 1.0 }];
        }
        let best = self.index.rank(features, most);
        best.into_iter().filter_map(|(at, score)| Some(Match { label: *self.labels.get(at)?, score })).collect()
    }
}

impl Understanding {
    /// How sure the best candidate is, 0–1.
    pub fn confidence(&self) -> f32 {
        self.candidates.first().map_or(0.0, |best| best.score)
    }

    /// A question of which nothing was understood, for tests that fill in the rest.
    #[cfg(test)]
    pub(super) fn of_nothing(question: Question) -> Self {
        let (terms, candidates) = (Terms::default(), Vec::new());
        Self { question, terms, candidates, names: [false; 2], chooses: false, scales: (0.0, 0.0) }
    }
}

impl Label {
    /// The fixed name, such as `compare:speed`.
    pub fn name(self, knowledge: &Knowledge) -> String {
        match self {
            Self::Compare(at) => format!("compare:{}", knowledge.topics.get(at).map_or("", |topic| &topic.entry.id)),
            Self::Recommend(at) => {
                format!("recommend:{}", knowledge.projects.get(at).map_or("", |project| &project.entry.id))
            }
            Self::Onboarding => "onboarding".to_owned(),
            Self::Help => "help".to_owned(),
            Self::None => "none".to_owned(),
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:+.2}", self.word, self.weight)
    }
}

/// The example texts of every label, in the order in which labels of the same score are ranked.
fn labelled(examples: &Examples) -> Vec<(Label, Vec<&str>)> {
    fn texts(phrasings: &Phrasings) -> Vec<&str> {
        phrasings.words.iter().chain(&phrasings.questions).map(String::as_str).collect()
    }
    let topics = examples.topics.iter().enumerate().map(|(at, topic)| (Label::Compare(at), texts(topic)));
    let projects = examples.projects.iter().enumerate().map(|(at, project)| (Label::Recommend(at), texts(project)));
    let rest = [
        (Label::Onboarding, texts(&examples.onboarding)),
        (Label::Help, texts(&examples.help)),
        (Label::None, texts(&examples.none)),
    ];
    topics.chain(projects).chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::Evidence;

    #[test]
    fn evidence_is_shown_with_its_weight() {
        assert_eq!(Evidence { word: "é日🦀".to_owned(), weight: 0.5 }.to_string(), "é日🦀 +0.50");
    }
}
