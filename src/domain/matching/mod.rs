//! Which topic, project or intent a question means, how sure that is, and by what evidence.
//!
//! A question is read as words, pairs of neighbouring words and runs of letters. How much each of them speaks for a topic
//! is learned from the words and example questions of the data, so a new way of asking is a new line there.

mod complete;
mod features;
mod index;
mod lexicon;
mod parts;
mod rivals;
mod score;
mod specials;
mod spelling;
mod terms;
#[cfg(test)]
pub(crate) mod toy;

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::knowledge::{Examples, Knowledge, Phrasings};
use super::question::{Question, as_sentence};
use super::sentences::{Sentence, Sentences};
use super::thresholds::{PARTS_UNLESS_AHEAD, WORDS_COUNT};
use features::{Learner, Reader};
use index::{Index, Scales};
use parts::{Scores, parts};
pub use rivals::{Names, Pairing};
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
    /// How far the best meaning stands against "none of the others", if the text was read by a model that was trained on its label.
    pub against_none: Option<AgainstNone>,
    /// The question as a sentence, if a model read it.
    pub sentence: Option<Sentence>,
    /// The kinds of project that it names, as indexes of [`Knowledge::projects`].
    pub kinds: KindsNamed,
    pub(super) scales: Scales,
}

/// The logarithms of how many times the best meaning is as probable as "none of the others".
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AgainstNone {
    /// By the words.
    pub by_words: f32,
    /// By the sentence.
    pub by_sentence: f32,
}

/// The kinds of project that a text names, as indexes of [`Knowledge::projects`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KindsNamed {
    /// Those that it may be about, in the order of the text.
    pub meant: Vec<usize>,
    /// Those that it rules out.
    pub ruled_out: BTreeSet<usize>,
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

    /// Reads a text by its words and ranks what it may mean. Never fails: a text without words means nothing.
    pub fn understand(&self, text: &str) -> Understanding {
        self.understand_with(text, None)
    }

    /// The same by its words and as a sentence.
    pub fn understand_with(&self, text: &str, sentences: Option<&Sentences>) -> Understanding {
        let question = Question::read(text);
        let terms = self.read(&question);
        let features = terms.features(0..terms.len());
        let (names, chooses) = (terms.names(), self.reader.chooses(&question));
        let scales = self.index.scales(&features);
        let (against_none, kinds) = (None, KindsNamed::default());
        // Letters alone could be those of any language.
        if features.words.is_empty() {
            let candidates = vec![Match { label: Label::None, score: 1.0 }];
            return Understanding {
                question,
                terms,
                candidates,
                names,
                chooses,
                against_none,
                sentence: None,
                kinds,
                scales,
            };
        }
        let by_words = self.index.log_probabilities(&features);
        let sentence = sentences.map(|sentences| sentences.read(&as_sentence(text)));
        let by_sentence = sentence.as_ref().zip(sentences).map(|(sentence, sentences)| sentences.scores(sentence));
        let whole = Scores { by_words, by_sentence: by_sentence.unwrap_or_default() };
        let candidates = self.best(&blend(&whole), score::CANDIDATES);
        let parts = sentences.filter(|_| !is_far_ahead(&candidates));
        let parts = parts.map(|sentences| self.read_parts(text, &question, &terms, sentences)).unwrap_or_default();
        let candidates = match parts.is_empty() {
            true => candidates,
            false => self.best(&blend(&whole.clone().with_parts(&parts)), score::CANDIDATES),
        };
        let is_trained = sentences.is_some_and(Sentences::is_trained);
        let against_none = is_trained.then(|| self.against_none(&candidates, &whole)).flatten();
        Understanding { question, terms, candidates, names, chooses, against_none, sentence, kinds, scales }
    }

    /// What each sentence of a text says for itself; nothing where it is only one.
    fn read_parts(&self, text: &str, question: &Question, terms: &Terms, sentences: &Sentences) -> Vec<Scores> {
        let typed = |part: &Range<usize>| {
            let (first, last) = (question.tokens().nth(part.start)?, question.tokens().nth(part.end.checked_sub(1)?)?);
            text.get(first.range.start..last.range.end)
        };
        let scores = |part: Range<usize>| {
            let by_sentence = sentences.scores(&sentences.read(&as_sentence(typed(&part)?)));
            let by_words = self.index.log_probabilities(&terms.features(terms.of_tokens(part)));
            Some(Scores { by_words, by_sentence })
        };
        parts(question).into_iter().filter_map(scores).collect()
    }

    /// How far the best meaning stands against "none of the others", which is the last label.
    fn against_none(&self, candidates: &[Match], whole: &Scores) -> Option<AgainstNone> {
        let best = candidates.iter().find(|found| found.label != Label::None)?;
        let best = self.labels.iter().position(|label| *label == best.label)?;
        let none = self.labels.len().checked_sub(1)?;
        let sentence = |at: usize| whole.by_sentence.get(at).copied().flatten();
        Some(AgainstNone {
            by_words: whole.by_words.get(best)? - whole.by_words.get(none)?,
            by_sentence: sentence(best)? - sentence(none)?,
        })
    }

    /// The fixed names of all labels, in the order in which labels of the same score are ranked.
    pub fn label_names(&self, knowledge: &Knowledge) -> Vec<String> {
        self.labels.iter().map(|label| label.name(knowledge)).collect()
    }

    /// What the words of a question count for.
    pub fn read(&self, question: &Question) -> Terms {
        self.reader.read(question)
    }

    /// What a part of a question most likely means, read as if it were all of it.
    pub fn likeliest(&self, terms: &Terms, part: Range<usize>) -> Option<Match> {
        let features = terms.features(part);
        if features.words.is_empty() {
            return Some(Match { label: Label::None, score: 1.0 });
        }
        self.best(&self.index.log_probabilities(&features), 1).into_iter().next()
    }

    /// The words that speak for a label, each once, strongest first.
    pub fn evidence(&self, understanding: &Understanding, label: Label) -> Vec<Evidence> {
        let Some(at) = self.labels.iter().position(|known| *known == label) else { return Vec::new() };
        let mut evidence = self.index.evidence(&understanding.terms, understanding.scales, at);
        evidence.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        evidence
    }

    fn best(&self, scores: &[f32], most: usize) -> Vec<Match> {
        let best = index::best(scores, most).into_iter();
        best.filter_map(|(at, score)| Some(Match { label: *self.labels.get(at)?, score: score.exp() })).collect()
    }
}

impl Understanding {
    /// Takes over what the rest of the text may mean, without the kinds of project that the text rules out.
    pub(super) fn without_ruled_out(&mut self, rest: Self) {
        let ruled_out = &self.kinds.ruled_out;
        self.candidates = rest.candidates;
        self.candidates.retain(|found| !matches!(found.label, Label::Recommend(at) if ruled_out.contains(&at)));
        let all: f32 = self.candidates.iter().map(|found| found.score).sum();
        self.candidates.iter_mut().for_each(|found| found.score /= all.max(f32::EPSILON));
        (self.against_none, self.sentence) = (rest.against_none, rest.sentence);
    }

    /// A question of which nothing was understood, for tests that fill in the rest.
    #[cfg(test)]
    pub(super) fn of_nothing(question: Question) -> Self {
        let (terms, candidates) = (Terms::default(), Vec::new());
        let (names, chooses) = ([false; 2], false);
        let (against_none, scales) = (None, (0.0, 0.0));
        let kinds = KindsNamed::default();
        Self { question, terms, candidates, names, chooses, against_none, sentence: None, kinds, scales }
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

/// Whether the sentences of a text, each for itself, would hardly change what it means most likely.
fn is_far_ahead(candidates: &[Match]) -> bool {
    let mut meanings = candidates.iter().filter(|found| found.label != Label::None);
    let (best, next) = (meanings.next(), meanings.next());
    best.zip(next).is_some_and(|(best, next)| best.score >= next.score * PARTS_UNLESS_AHEAD)
}

/// Averages the logarithms of probabilities by words with those by the sentence. Labels of which the sentence says nothing keep
/// their probability by words.
fn blend(scores: &Scores) -> Vec<f32> {
    let Scores { by_words, by_sentence } = scores;
    let scored = |at: usize| by_sentence.get(at).copied().flatten();
    let known = by_words.iter().enumerate().filter(|(at, _)| scored(*at).is_some());
    let known = known.map(|(_, word)| word.exp()).sum::<f32>().ln();
    let average = |(at, word): (usize, &f32)| match scored(at) {
        Some(score) => WORDS_COUNT * word + (1.0 - WORDS_COUNT) * (score + known),
        None => *word,
    };
    let mut averages: Vec<f32> = by_words.iter().enumerate().map(average).collect();
    index::normalize(&mut averages);
    averages
}

/// The example texts of every label, in the order in which labels of the same score are ranked.
pub fn labelled(examples: &Examples) -> Vec<(Label, Vec<&str>)> {
    fn texts(phrasings: &Phrasings) -> Vec<&str> {
        let wordings = phrasings.answers.iter().flatten();
        phrasings.words.iter().chain(&phrasings.questions).chain(wordings).map(String::as_str).collect()
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
    use super::{Evidence, Label, Match, PARTS_UNLESS_AHEAD, Scores, WORDS_COUNT, is_far_ahead};

    fn blend(by_words: &[f32], by_sentence: &[Option<f32>]) -> Vec<f32> {
        super::blend(&Scores { by_words: by_words.to_vec(), by_sentence: by_sentence.to_vec() })
    }

    #[test]
    fn words_and_sentence_are_averaged_in_logarithms() {
        let words = [0.8_f32, 0.1, 0.1].map(f32::ln);
        let averages = blend(&words, &[0.1_f32, 0.8, 0.1].map(|share| Some(share.ln())));
        let ratio = WORDS_COUNT * 8.0_f32.ln() - (1.0 - WORDS_COUNT) * 8.0_f32.ln();
        assert!((averages[0] - averages[1] - ratio).abs() < 1e-5, "{averages:?}");
        let sum: f32 = averages.iter().map(|average| average.exp()).sum();
        assert!((sum - 1.0).abs() < 1e-5, "{averages:?}");
    }

    #[test]
    fn a_label_of_which_the_sentence_says_nothing_keeps_its_probability() {
        let words = [0.5_f32, 0.25, 0.25].map(f32::ln);
        let sentence = [None, Some(0.5_f32.ln()), Some(0.5_f32.ln())];
        let averages = blend(&words, &sentence);
        assert!(averages.iter().zip(words).all(|(average, word)| (average - word).abs() < 1e-5), "{averages:?}");
        assert_eq!(blend(&words, &[]), words);
    }

    #[test]
    fn only_where_the_next_meaning_is_near_the_parts_are_read() {
        let ahead = |best: f32, next: f32| {
            let scores = [(Label::None, 0.5), (Label::Help, best), (Label::Onboarding, next)];
            is_far_ahead(&scores.map(|(label, score)| Match { label, score }))
        };
        assert!(!ahead(0.1 * PARTS_UNLESS_AHEAD - 0.001, 0.1));
        assert!(ahead(0.1 * PARTS_UNLESS_AHEAD + 0.001, 0.1));
        assert!(!is_far_ahead(&[]));
    }

    #[test]
    fn evidence_is_shown_with_its_weight() {
        assert_eq!(Evidence { word: "é日🦀".to_owned(), weight: 0.5 }.to_string(), "é日🦀 +0.50");
    }
}
