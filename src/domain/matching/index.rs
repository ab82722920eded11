//! Which features speak for which label: a complement naive Bayes classifier, kept as sparse lists.

use super::features::{Features, Reader};
use super::lexicon::FeatureId;
use super::score;
use super::{Evidence, Question};

/// What was learned about the features.
#[derive(Debug)]
pub(super) struct Index {
    /// How telling each feature is: the rarer among the examples, the more.
    telling: Vec<f32>,
    /// Where the list of each feature ends in `lists`.
    ends: Vec<u32>,
    /// The labels that a feature speaks for and how much, one list after the other, in order of the label.
    lists: Vec<(u32, f32)>,
    /// What speaks for each label before anything is read, per unit of weight in the question.
    start: Vec<f32>,
}

/// An example and the label that it belongs to.
type Labelled = (u32, Features);

impl Index {
    /// Learns from the example texts of each label, the labels in order.
    pub(super) fn learn<'t>(reader: &mut Reader, texts: impl Iterator<Item = &'t [&'t str]>) -> Self {
        let mut examples: Vec<Labelled> = Vec::new();
        let mut labels = 0;
        for texts in texts {
            examples.extend(texts.iter().map(|text| (labels, reader.learn(&Question::read(text)))));
            labels += 1;
        }
        let telling = telling(&examples, reader.features());
        let counts = Counts::of(&examples, &telling, labels);
        let (ends, lists, start) = counts.into_lists();
        Self { telling, ends, lists, start }
    }

    /// The places of the labels that the features speak for most, with their probabilities, best first.
    pub(super) fn rank(&self, features: &Features, most: usize) -> Vec<(usize, f32)> {
        let mut scores = vec![0.0_f32; self.start.len()];
        let mut weight = 0.0;
        self.for_each_weight(features, |feature, value| {
            weight += value;
            for (label, speaks) in self.list(feature) {
                if let Some(score) = usize::try_from(*label).ok().and_then(|label| scores.get_mut(label)) {
                    *score += value * speaks;
                }
            }
        });
        scores.iter_mut().zip(&self.start).for_each(|(score, start)| *score += weight * start);
        best(&to_probabilities(scores), most)
    }

    /// The words that speak for the label at a place, in the order of the question.
    pub(super) fn evidence(&self, reader: &Reader, question: &Question, label: usize) -> Vec<Evidence> {
        let features = reader.read(question);
        let scale_words = scale(&features.words, &self.telling);
        let scale_letters = scale(&features.letters, &self.telling);
        let mut evidence: Vec<Evidence> = Vec::new();
        reader.for_each_word(question, |word, words, letters, _| {
            let sum = |features: &[FeatureId], scale: f32| {
                let each = features.iter().map(|feature| self.telling(*feature) * scale * self.speaks(*feature, label));
                each.sum::<f32>()
            };
            let weight = sum(words, scale_words) + sum(letters, scale_letters);
            let known = evidence.iter().any(|known| known.word == word);
            if weight > 0.0 && !known {
                evidence.push(Evidence { word: word.trim_start_matches('=').to_owned(), weight });
            }
        });
        evidence
    }

    fn for_each_weight(&self, features: &Features, mut each: impl FnMut(FeatureId, f32)) {
        for list in [&features.words, &features.letters] {
            let scale = scale(list, &self.telling);
            for feature in list {
                each(*feature, self.telling(*feature) * scale);
            }
        }
    }

    fn telling(&self, feature: FeatureId) -> f32 {
        at(&self.telling, feature)
    }

    fn speaks(&self, feature: FeatureId, label: usize) -> f32 {
        let list = self.list(feature);
        let found = list.iter().find(|(other, _)| usize::try_from(*other) == Ok(label));
        found.map_or(0.0, |(_, speaks)| *speaks)
    }

    fn list(&self, feature: FeatureId) -> &[(u32, f32)] {
        let place = feature as usize;
        let start = place.checked_sub(1).map_or(0, |before| self.ends.get(before).copied().unwrap_or_default());
        let end = self.ends.get(place).copied().unwrap_or(start);
        self.lists.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// How often features occur with labels, in weights of the examples.
struct Counts {
    /// (label, feature, weight), in order of the label; each pair once.
    pairs: Vec<(u32, FeatureId, f32)>,
    of_feature: Vec<f32>,
    of_label: Vec<f32>,
}

impl Counts {
    fn of(examples: &[Labelled], telling: &[f32], labels: u32) -> Self {
        let mut pairs: Vec<(u32, FeatureId, f32)> = Vec::new();
        let mut of_feature = vec![0.0_f32; telling.len()];
        let mut of_label = vec![0.0_f32; labels as usize];
        let mut sums = vec![0.0_f32; telling.len()];
        let mut touched: Vec<FeatureId> = Vec::new();
        for same_label in examples.chunk_by(|a, b| a.0 == b.0) {
            let label = same_label.first().map_or(0, |(label, _)| *label);
            for (_, features) in same_label {
                for list in [&features.words, &features.letters] {
                    let scale = scale(list, telling);
                    for feature in list {
                        add(&mut sums, *feature, at(telling, *feature) * scale);
                    }
                    touched.extend_from_slice(list);
                }
            }
            touched.sort_unstable();
            touched.dedup();
            for feature in touched.drain(..) {
                let sum = sums.get_mut(feature as usize).map_or(0.0, std::mem::take);
                pairs.push((label, feature, sum));
                add(&mut of_feature, feature, sum);
                add(&mut of_label, label, sum);
            }
        }
        Self { pairs, of_feature, of_label }
    }

    /// The lists of each feature, where they end, and what speaks for each label from the start.
    ///
    /// A label's weight for a feature is minus the logarithm of how frequent the feature is in all *other* labels. Where
    /// a feature never occurs with a label, that is the same for all labels, so only the difference is kept.
    fn into_lists(self) -> (Vec<u32>, Vec<(u32, f32)>, Vec<f32>) {
        let smoothing = score::SMOOTHING;
        let mut ends = vec![0_u32; self.of_feature.len()];
        for (_, feature, _) in &self.pairs {
            if let Some(end) = ends.get_mut(*feature as usize) {
                *end += 1;
            }
        }
        let mut sum = 0;
        let mut next: Vec<u32> = Vec::with_capacity(ends.len());
        for end in &mut ends {
            next.push(sum);
            sum += *end;
            *end = sum;
        }
        let mut lists = vec![(0, 0.0); self.pairs.len()];
        for (label, feature, count) in self.pairs {
            let all = at(&self.of_feature, feature);
            let others = (all - count).max(0.0);
            let speaks = ((all + smoothing) / (others + smoothing)).ln();
            let Some(place) = next.get_mut(feature as usize) else { continue };
            if let Some(item) = lists.get_mut(*place as usize) {
                *item = (label, speaks);
            }
            *place += 1;
        }
        let total: f32 = self.of_label.iter().sum();
        let room = smoothing * self.of_feature.len() as f32;
        let start = self.of_label.iter().map(|count| ((total - count + room) / (total + room)).ln()).collect();
        (ends, lists, start)
    }
}

/// How telling each feature is: the logarithm of one over the share of the examples that have it, both counts plus one
/// (inverse document frequency, Spärck Jones 1972), plus one.
fn telling(examples: &[Labelled], features: usize) -> Vec<f32> {
    let mut found = vec![0.0_f32; features];
    for (_, example) in examples {
        example.words.iter().chain(&example.letters).for_each(|feature| add(&mut found, *feature, 1.0));
    }
    let all = examples.len() as f32 + 1.0;
    found.iter().map(|found| (all / (found + 1.0)).ln() + 1.0).collect()
}

/// What a list of features has to be multiplied by to have the length 1.
fn scale(features: &[FeatureId], telling: &[f32]) -> f32 {
    let squares: f32 = features.iter().map(|feature| at(telling, *feature).powi(2)).sum();
    if squares > 0.0 { squares.sqrt().recip() } else { 0.0 }
}

fn at(values: &[f32], feature: FeatureId) -> f32 {
    values.get(feature as usize).copied().unwrap_or_default()
}

fn add(values: &mut [f32], place: u32, value: f32) {
    if let Some(sum) = values.get_mut(place as usize) {
        *sum += value;
    }
}

/// The scores as probabilities (softmax).
fn to_probabilities(mut scores: Vec<f32>) -> Vec<f32> {
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    scores.iter_mut().for_each(|score| *score = ((*score - highest) * score::SHARPNESS).exp());
    let sum: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|score| *score /= sum);
    scores
}

/// The places of the highest values, highest first; of equal ones the first.
fn best(values: &[f32], most: usize) -> Vec<(usize, f32)> {
    let mut best: Vec<(usize, f32)> = Vec::with_capacity(most + 1);
    for (place, value) in values.iter().copied().enumerate() {
        if best.len() == most && best.last().is_some_and(|(_, lowest)| value <= *lowest) {
            continue;
        }
        let rank = best.partition_point(|(_, other)| *other >= value);
        best.insert(rank, (place, value));
        best.truncate(most);
    }
    best
}
