//! Which features speak for which label, kept as one list a feature.

use serde::{Deserialize, Serialize};
use versus_learning::{Cell, Example, learn};

use super::Evidence;
use super::features::{Features, Learner};
use super::lexicon::FeatureId;
use super::score;
use super::terms::Terms;
use crate::domain::packed::Packed;
use crate::domain::question::Question;

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

/// A label, and how much a feature speaks for it in steps of 1/24, so that weights from -5 to 5 fit; none is larger, and
/// finer steps decide nothing.
type Weight = (u16, i8);

const STEPS: f32 = 24.0;

/// What the values of the words and of the letters of a question are multiplied by to have the length 1 each.
pub(crate) type Scales = (f32, f32);

impl Index {
    /// Learns from the example texts of each label, the labels in order; the last label is "none of the others".
    pub(super) fn learn<'t>(learner: &mut Learner, texts: impl Iterator<Item = &'t [&'t str]>) -> Self {
        let mut read: Vec<(u32, Features)> = Vec::new();
        let mut labels = 0;
        for texts in texts {
            read.extend(texts.iter().map(|text| (labels, learner.read(&Question::read(text)))));
            labels += 1;
        }
        let telling: Packed<f32> = telling(&read, learner.features()).into_iter().collect();
        let common = common(&read, learner.features());
        let example = |(label, features): &(u32, Features)| {
            let mut values = Vec::with_capacity(features.words.len() + features.letters.len());
            for_each_value(features, &telling, |feature, value| {
                if common.get(feature as usize) != Some(&true) {
                    values.push((feature, value));
                }
            });
            Example { label: *label, features: values }
        };
        let examples: Vec<Example> = read.iter().map(example).collect();
        let rows = learn(&examples, telling.len(), labels as usize);
        let lists: Vec<Vec<Weight>> = rows.iter().map(|row| to_list(row)).collect();
        let repeated = repeated(&examples, telling.len());
        let stems = learner.stems();
        // What only one example has, other than a word, is chance; it takes half of the room.
        let worth = |feature: usize| repeated.get(feature) == Some(&true) || stems.get(feature) == Some(&true);
        let kept = lists.iter().enumerate().map(|(feature, list)| !list.is_empty() && worth(feature));
        let kept: Vec<bool> = kept.collect();
        learner.keep(&kept);
        let telling = (0..).zip(&kept).filter(|(_, kept)| **kept).map(|(feature, _)| at(&telling, feature)).collect();
        let lists = lists.into_iter().zip(kept).filter_map(|(list, kept)| kept.then_some(list));
        let mut end = 0_u32;
        let mut all = Vec::new();
        let ends = lists.map(|list| {
            end = end.saturating_add(u32::try_from(list.len()).unwrap_or(u32::MAX));
            all.extend(list);
            end
        });
        let ends = ends.collect();
        Self { labels: labels as usize, telling, ends, lists: all.into_iter().collect() }
    }

    /// The indexes of the labels that the features speak for most, with their probabilities, best first.
    pub(super) fn rank(&self, features: &Features, most: usize) -> Vec<(usize, f32)> {
        let mut scores = vec![0.0_f32; self.labels];
        for_each_value(features, &self.telling, |feature, value| {
            let step = value / STEPS;
            for (label, steps) in self.list(feature) {
                if let Some(score) = scores.get_mut(usize::from(label)) {
                    *score += step * f32::from(steps);
                }
            }
        });
        let mut best = best(&scores, most);
        let highest = best.first().map_or(0.0, |(_, score)| *score);
        let share = |score: f32| ((score - highest) * score::SHARPNESS).exp();
        let sum: f32 = scores.iter().map(|score| share(*score)).sum();
        best.iter_mut().for_each(|(_, score)| *score = share(*score) / sum);
        best
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
        let found = self.list(feature).find(|(other, _)| usize::from(*other) == label);
        found.map_or(0.0, |(_, steps)| f32::from(steps) / STEPS)
    }

    fn list(&self, feature: FeatureId) -> impl Iterator<Item = Weight> {
        let index = feature as usize;
        let start = index.checked_sub(1).map_or(0, |before| self.ends.get(before).unwrap_or_default());
        let end = self.ends.get(index).unwrap_or(start);
        self.lists.range(start as usize, end as usize)
    }
}

/// Of each feature, whether it occurs with so many labels that it tells them apart no more. The examples come label by label.
fn common(examples: &[(u32, Features)], features: usize) -> Vec<bool> {
    let mut found = vec![(None, 0); features];
    for (label, example) in examples {
        for feature in example.words.iter().chain(&example.letters) {
            if let Some((last, labels)) = found.get_mut(*feature as usize).filter(|(last, _)| *last != Some(*label)) {
                *last = Some(*label);
                *labels += 1;
            }
        }
    }
    let many = examples.last().is_some_and(|(last, _)| *last as usize >= score::MANY_LABELS);
    found.into_iter().map(|(_, labels)| many && labels > score::MOST_LABELS).collect()
}

/// Of each feature, whether more than one example has it.
fn repeated(examples: &[Example], features: usize) -> Vec<bool> {
    let mut found = vec![0_u8; features];
    for (feature, _) in examples.iter().flat_map(|example| &example.features) {
        if let Some(found) = found.get_mut(*feature as usize) {
            *found = found.saturating_add(1);
        }
    }
    found.into_iter().map(|found| found > 1).collect()
}

/// The weights of a feature that are worth keeping.
fn to_list(row: &[Cell]) -> Vec<Weight> {
    let heavy = row.iter().filter(|cell| cell.weight.abs() >= score::WEIGHT_FROM);
    // The conversion saturates, and no weight comes near the limit.
    heavy.filter_map(|cell| Some((u16::try_from(cell.label).ok()?, (cell.weight * STEPS).round() as i8))).collect()
}

/// How telling each feature is: the logarithm of one over the share of the examples that have it, both counts plus one
/// (inverse document frequency, Spärck Jones 1972), plus one.
fn telling(examples: &[(u32, Features)], features: usize) -> Vec<f32> {
    let mut found = vec![0.0_f32; features];
    for (_, example) in examples {
        for feature in example.words.iter().chain(&example.letters) {
            if let Some(found) = found.get_mut(*feature as usize) {
                *found += 1.0;
            }
        }
    }
    let all = examples.len() as f32 + 1.0;
    found.iter().map(|found| (all / (found + 1.0)).ln() + 1.0).collect()
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

/// The indexes of the highest values, highest first; of equal ones the first.
fn best(values: &[f32], most: usize) -> Vec<(usize, f32)> {
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
