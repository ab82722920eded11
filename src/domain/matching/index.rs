//! Which features speak for which label, kept as one list a feature.

use std::hash::Hasher;

use fnv::FnvHasher;
use serde::{Deserialize, Serialize};
use versus_learning::{Example, Learned, learn};

use super::Evidence;
use super::features::{Features, Learner};
use super::lexicon::FeatureId;
use super::score;
use super::terms::Terms;
use crate::packed::Packed;
use crate::question::Question;

/// What was learned about the features.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Index {
    labels: usize,
    /// How telling each feature is: the rarer among the examples, the more.
    telling: Packed<f32>,
    /// Where the list of each feature ends in `lists`.
    ends: Packed<u32>,
    /// The labels that a feature speaks for or against, one list after the other, in order of the label.
    lists: Packed<Weight>,
}

/// A text that was read.
struct Read {
    label: u32,
    /// The hash of the text.
    hash: u64,
    features: Features,
}

/// How far a label is from the one before it in a list, and how much the feature speaks for it in steps of 1/24, so that weights
/// from -5 to 5 fit; none is larger, and finer steps decide nothing. Longer ways are gone in several steps of no weight.
type Weight = (u8, i8);

const STEPS: f32 = 24.0;

/// What the values of the words and of the letters of a question are multiplied by to have the length 1 each.
pub(crate) type Scales = (f32, f32);

impl Index {
    /// Learns from the example texts of each label, the labels in order; the last label is "none of the others".
    pub(super) fn learn<'t>(learner: &mut Learner, texts: impl Iterator<Item = &'t [&'t str]>) -> Self {
        let mut labels = 0;
        let labelled = texts.zip(0..).flat_map(|(texts, label)| {
            labels = label + 1;
            texts.iter().map(move |text| (hash(text), label, *text))
        });
        let labelled = labelled.collect();
        let mut examples = read(learner, labelled);
        let worth_learning = worth_learning(learner, &examples, labels as usize);
        let numbers = learner.keep(&worth_learning);
        examples.iter_mut().for_each(|example| example.features.renumber(&numbers));
        let telling: Packed<f32> = telling(&examples, learner.features()).into_iter().collect();
        let examples: Vec<Example> = examples.iter().map(|example| to_example(example, &telling)).collect();
        let rows = learn(&examples, telling.len(), labels as usize);
        let lists: Vec<Vec<Weight>> = rows.iter().map(|row| to_list(row)).collect();
        let kept: Vec<bool> = lists.iter().map(|list| !list.is_empty()).collect();
        learner.keep(&kept);
        let telling = (0..).zip(&kept).filter(|(_, kept)| **kept).map(|(feature, _)| at(&telling, feature)).collect();
        let mut end = 0_u32;
        let ends = lists.iter().filter(|list| !list.is_empty()).map(|list| {
            end = end.saturating_add(u32::try_from(list.len()).unwrap_or(u32::MAX));
            end
        });
        Self { labels: labels as usize, telling, ends: ends.collect(), lists: lists.concat().into_iter().collect() }
    }

    /// Of each label, the logarithm of its probability by the features.
    pub(super) fn log_probabilities(&self, features: &Features) -> Vec<f32> {
        let mut scores = vec![0.0_f32; self.labels];
        for_each_value(features, &self.telling, |feature, value| {
            let step = value / STEPS;
            for (label, steps) in self.list(feature) {
                if let Some(score) = scores.get_mut(label) {
                    *score += step * f32::from(steps);
                }
            }
        });
        scores.iter_mut().for_each(|score| *score *= score::SHARPNESS);
        normalize(&mut scores);
        scores
    }

    /// The words that speak for the label of an index, each once, in the order of the question.
    pub(super) fn evidence(&self, terms: &Terms, scales: Scales, label: usize) -> Vec<Evidence> {
        let (scale_words, scale_letters) = scales;
        let weight = |feature: FeatureId, scale: f32| at(&self.telling, feature) * scale * self.speaks(feature, label);
        let mut evidence: Vec<Evidence> = Vec::new();
        for index in 0..terms.len() {
            let Some(word) = terms.word(index) else { continue };
            let by_words: f32 = terms.word_features(index).map(|feature| weight(feature, scale_words)).sum();
            let letters = terms.letter_features(index).iter();
            let by_letters: f32 = letters.map(|feature| weight(*feature, scale_letters)).sum();
            let weight = by_words + by_letters;
            if weight > 0.0 && !evidence.iter().any(|known| known.word == word) {
                evidence.push(Evidence { word: word.to_owned(), weight });
            }
        }
        evidence
    }

    /// What the values of the words and of the letters of a question are multiplied by.
    pub(super) fn scales(&self, features: &Features) -> Scales {
        (scale(&features.words, &self.telling), scale(&features.letters, &self.telling))
    }

    fn speaks(&self, feature: FeatureId, label: usize) -> f32 {
        let found = self.list(feature).find(|(other, _)| *other == label);
        found.map_or(0.0, |(_, steps)| f32::from(steps) / STEPS)
    }

    /// The labels that a feature speaks for or against, with the steps of each.
    fn list(&self, feature: FeatureId) -> impl Iterator<Item = (usize, i8)> {
        let index = feature as usize;
        let start = index.checked_sub(1).map_or(0, |before| self.ends.get(before).unwrap_or_default());
        let end = self.ends.get(index).unwrap_or(start);
        let mut label = 0;
        self.lists.range(start as usize, end as usize).map(move |(distance, steps)| {
            label += usize::from(distance);
            (label, steps)
        })
    }
}

impl Read {
    fn each_feature(&self) -> impl Iterator<Item = FeatureId> {
        self.features.words.iter().chain(&self.features.letters).copied()
    }
}

/// FNV-1a is the same on every machine.
fn hash(text: &str) -> u64 {
    let mut hasher = FnvHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// Reads texts, each given with its hash and its label, in order of the hashes: features are numbered as they come up, and
/// where a text stands in the data must not matter.
fn read(learner: &mut Learner, mut labelled: Vec<(u64, u32, &str)>) -> Vec<Read> {
    labelled.sort_unstable();
    let read = labelled.into_iter().map(|(hash, label, text)| {
        let features = learner.read(&Question::read(text));
        Read { label, hash, features }
    });
    read.collect()
}

/// Of each feature, whether it is worth learning. What only one example has, other than a word, is chance, and takes half of
/// the time and size; what occurs with very many labels does not tell them apart.
fn worth_learning(learner: &Learner, examples: &[Read], labels: usize) -> Vec<bool> {
    let mut found = vec![0_usize; learner.features()];
    for feature in examples.iter().flat_map(Read::each_feature) {
        count(&mut found, feature);
    }
    let mut found_labels = vec![0_usize; found.len()];
    if labels >= score::MANY_LABELS {
        let mut pairs: Vec<(FeatureId, u32)> = Vec::new();
        for example in examples {
            pairs.extend(example.each_feature().map(|feature| (feature, example.label)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs.into_iter().for_each(|(feature, _)| count(&mut found_labels, feature));
    }
    let stems = learner.stems();
    let counts = found.into_iter().zip(found_labels).zip(stems);
    counts.map(|((found, labels), is_stem)| (found > 1 || is_stem) && labels <= score::MOST_LABELS).collect()
}

fn count(found: &mut [usize], feature: FeatureId) {
    if let Some(found) = found.get_mut(feature as usize) {
        *found += 1;
    }
}

fn to_example(read: &Read, telling: &Packed<f32>) -> Example {
    let mut features = Vec::with_capacity(read.features.words.len() + read.features.letters.len());
    for_each_value(&read.features, telling, |feature, value| features.push((feature, value)));
    Example { label: read.label, hash: read.hash, features }
}

/// The weights of a feature that are worth keeping; those of a row are in order of their labels.
fn to_list(row: &[Learned]) -> Vec<Weight> {
    let mut list = Vec::new();
    let mut before = 0;
    for learned in row.iter().filter(|learned| learned.weight.abs() >= score::WEIGHT_FROM) {
        let mut distance = learned.label.saturating_sub(before);
        while distance > u32::from(u8::MAX) {
            list.push((u8::MAX, 0));
            distance -= u32::from(u8::MAX);
        }
        // The conversions saturate, and no weight comes near the limit.
        list.push((distance as u8, (learned.weight * STEPS).round() as i8));
        before = learned.label;
    }
    list
}

/// How telling each feature is: the logarithm of one over the share of the examples that have it, both counts plus one
/// (inverse document frequency, Spärck Jones 1972), plus one.
fn telling(examples: &[Read], features: usize) -> Vec<f32> {
    let mut found = vec![0_usize; features];
    examples.iter().flat_map(Read::each_feature).for_each(|feature| count(&mut found, feature));
    let all = examples.len() as f32 + 1.0;
    found.into_iter().map(|found| (all / (found as f32 + 1.0)).ln() + 1.0).collect()
}

/// Calls with each feature and its value; those of the words and those of the letters have the length 1 each, so that a
/// long question counts as much as a short one.
fn for_each_value(features: &Features, telling: &Packed<f32>, mut each: impl FnMut(FeatureId, f32)) {
    for list in [&features.words, &features.letters] {
        let scale = scale(list, telling);
        for feature in list {
            each(*feature, at(telling, *feature) * scale);
        }
    }
}

/// What the values of features have to be multiplied by to have the length 1.
fn scale(features: &[FeatureId], telling: &Packed<f32>) -> f32 {
    let squares: f32 = features.iter().map(|feature| at(telling, *feature).powi(2)).sum();
    if squares > 0.0 { squares.sqrt().recip() } else { 0.0 }
}

fn at(values: &Packed<f32>, feature: FeatureId) -> f32 {
    values.get(feature as usize).unwrap_or_default()
}

/// Moves logarithms so that the probabilities add up to 1.
pub(super) fn normalize(logarithms: &mut [f32]) {
    let highest = logarithms.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = logarithms.iter().map(|value| (value - highest).exp()).sum();
    logarithms.iter_mut().for_each(|value| *value -= highest + sum.ln());
}

/// The indexes of the highest values, highest first; of equal ones the first.
pub(super) fn best(values: &[f32], most: usize) -> Vec<(usize, f32)> {
    let mut best: Vec<(usize, f32)> = Vec::with_capacity(most + 1);
    for (index, value) in values.iter().copied().enumerate() {
        if best.len() == most && best.last().is_some_and(|(_, lowest)| value <= *lowest) {
            continue;
        }
        let rank = best.partition_point(|(_, other)| *other >= value);
        best.insert(rank, (index, value));
        best.truncate(most);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::best;
    use crate::matching::features::Features;
    use crate::matching::toy::{self, Toy};
    use crate::matching::{Evidence, Label};

    /// The words that speak for a topic, strongest first.
    fn evidence(toy: &Toy, text: &str, topic: &str) -> Vec<Evidence> {
        toy.matcher.evidence(&toy.matcher.understand(text), toy.topic(topic))
    }

    fn words(evidence: &[Evidence]) -> Vec<&str> {
        evidence.iter().map(|evidence| evidence.word.as_str()).collect()
    }

    #[test]
    fn the_highest_come_first_and_equal_ones_in_their_order() {
        assert_eq!(best(&[1.0, 3.0, 2.0, 3.0, 0.5], 3), [(1, 3.0), (3, 3.0), (2, 2.0)]);
        assert_eq!(best(&[1.0, 1.0, 1.0], 2), [(0, 1.0), (1, 1.0)]);
        assert_eq!(best(&[-1.0], 5), [(0, -1.0)]);
        assert_eq!(best(&[], 5), []);
    }

    #[test]
    fn what_is_asked_for_is_ranked_first_by_its_probability() {
        let toy = toy::tea_and_coffee();
        for (text, topic) in [("is it bitter?", "taste"), ("what keeps me awake", "caffeine"), ("the cost", "price")] {
            let candidates = toy.matcher.understand(text).candidates;
            assert_eq!(candidates[0].label, toy.topic(topic), "{text}: {candidates:?}");
            assert!(candidates.is_sorted_by(|one, next| one.score >= next.score), "{text}: {candidates:?}");
            let sum: f32 = candidates.iter().map(|candidate| candidate.score).sum();
            assert!((0.5..1.001).contains(&sum), "{text}: {candidates:?}");
        }
        assert_eq!(toy.matcher.understand("good morning").candidates[0].label, Label::None);
    }

    #[test]
    fn labels_of_the_same_score_stand_in_the_order_of_the_data() {
        let toy = toy::tea_and_coffee();
        let nothing = best(&toy.matcher.index.log_probabilities(&Features::default()), 9);
        let labels: Vec<Label> = nothing.iter().map(|(at, _)| toy.matcher.labels[*at]).collect();
        let topics = [0, 1, 2].map(Label::Compare);
        assert_eq!(labels, [&topics[..], &[Label::Onboarding, Label::Help, Label::None]].concat());
        assert!(nothing.iter().all(|(_, score)| (score.exp() - 1.0 / 6.0).abs() < 1e-6), "{nothing:?}");
        // Nothing was learned about these two.
        let candidates = toy.matcher.understand("is it bitter?").candidates;
        let score =
            |label: Label| candidates.iter().find(|candidate| candidate.label == label).map(|found| found.score);
        let at = |label: Label| candidates.iter().position(|candidate| candidate.label == label);
        assert!(at(Label::Onboarding).is_some() && at(Label::Onboarding) < at(Label::Help), "{candidates:?}");
        assert_eq!(score(Label::Onboarding), score(Label::Help));
    }

    #[test]
    fn evidence_comes_strongest_first_and_each_word_once() {
        let toy = toy::tea_and_coffee();
        let found = evidence(&toy, "so is it bitter, really bitter, or has it flavour?", "taste");
        assert!(found.is_sorted_by(|one, next| one.weight >= next.weight), "{found:?}");
        assert!(found.iter().all(|evidence| evidence.weight > 0.0), "{found:?}");
        let words = words(&found);
        assert_eq!(words.iter().filter(|word| **word == "bitter").count(), 1, "{found:?}");
        assert!(words[..2].contains(&"bitter") && words[..2].contains(&"flavour"), "{found:?}");
    }

    #[test]
    fn evidence_is_what_was_meant_and_never_a_class_of_words() {
        let toy = toy::tea_and_coffee();
        assert_eq!(words(&evidence(&toy, "how much cafeine", "caffeine"))[0], "caffeine");
        assert_eq!(words(&evidence(&toy, "how much coffein", "caffeine"))[0], "caffeine");
        for text in ["is tea bitter", "samovar or moka, which tastes better", "does cocoa taste better than tea"] {
            let found = evidence(&toy, text, "taste");
            assert!(!found.is_empty() && found.iter().all(|evidence| !evidence.word.contains('=')), "{found:?}");
        }
    }

    #[test]
    fn what_says_nothing_is_no_evidence() {
        let toy = toy::tea_and_coffee();
        assert_eq!(evidence(&toy, "é 日 🦀", "taste"), []);
        let understanding = toy.matcher.understand("is it bitter?");
        assert_eq!(toy.matcher.evidence(&understanding, Label::Help), []);
        assert_eq!(toy.matcher.evidence(&understanding, Label::Compare(99)), []);
    }
}
