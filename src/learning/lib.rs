//! Learns from examples how much each feature speaks for and against each label.
//!
//! Softmax regression (multinomial logistic regression), trained with AdaGrad (Duchi, Hazan and Singer 2011). Each example
//! is compared only with the labels that rival it most, so that the time grows with the examples and not with the labels.

/// How far a weight is changed by an example that is wholly wrong.
const RATE: f32 = 1.0;
/// Slows the first changes of a weight down, as if it had been changed by this much (squared) before.
const CAUTION: f32 = 1.0;
/// The labels with which an example is compared, beside its own and "none of the others".
const RIVALS: usize = 8;
/// An example that has this probability already is not learned from.
const ENOUGH: f32 = 0.9;
/// How often all examples are gone through.
const PASSES: usize = 4;
/// Where there are very many examples, they are gone through less often, to keep the start short.
const EXAMPLES_AT_MOST: usize = 60_000;

/// An example.
#[derive(Debug)]
pub struct Example {
    /// The position of its label.
    pub label: u32,
    /// Each feature and its value.
    pub features: Vec<(u32, f32)>,
}

/// What was learned about a feature and a label.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    /// The position of the label.
    pub label: u32,
    /// How much the feature speaks for the label; against it if below 0.
    pub weight: f32,
    /// The sum of the squares of all changes: what was changed often is changed less.
    squares: f32,
}

/// The state of learning.
struct Learner {
    /// The cells of each feature, in order of their labels.
    rows: Vec<Vec<Cell>>,
    /// The score of each label for the example at hand; those that are not in `touched` are 0.
    scores: Vec<f32>,
    touched: Vec<u32>,
}

/// Learns the cells of each feature. `labels` is their number; the last of them rivals every example.
pub fn learn(examples: &[Example], features: usize, labels: usize) -> Vec<Vec<Cell>> {
    let scores = vec![0.0; labels];
    let mut learner = Learner { rows: vec![Vec::new(); features], scores, touched: Vec::new() };
    let last = u32::try_from(labels).unwrap_or(u32::MAX).saturating_sub(1);
    let passes = (EXAMPLES_AT_MOST / examples.len().max(1)).clamp(1, PASSES);
    // What is surely right already teaches nothing, and is not looked at again.
    let mut open: Vec<&Example> = scattered(examples);
    for _ in 0..passes {
        open.retain(|example| !learner.visit(example, last));
    }
    learner.rows
}

impl Learner {
    /// Learns from an example; says whether it was surely right before.
    fn visit(&mut self, example: &Example, last: u32) -> bool {
        self.score(example);
        let rivals = self.rivals(example.label, last);
        let highest = rivals.iter().map(|(_, score)| *score).fold(f32::MIN, f32::max);
        let sum: f32 = rivals.iter().map(|(_, score)| (score - highest).exp()).sum();
        let probability = |score: f32| (score - highest).exp() / sum;
        let right = rivals.iter().find(|(label, _)| *label == example.label);
        if right.is_some_and(|(_, score)| probability(*score) > ENOUGH) {
            return true;
        }
        let wanted = |label: u32| if label == example.label { 1.0 } else { 0.0 };
        let mut errors: Vec<(u32, f32)> =
            rivals.iter().map(|(label, score)| (*label, probability(*score) - wanted(*label))).collect();
        errors.sort_unstable_by_key(|(label, _)| *label);
        for (feature, value) in &example.features {
            if let Some(row) = self.rows.get_mut(*feature as usize) {
                change(row, &errors, *value);
            }
        }
        false
    }

    fn score(&mut self, example: &Example) {
        for label in self.touched.drain(..) {
            if let Some(score) = self.scores.get_mut(label as usize) {
                *score = 0.0;
            }
        }
        for (feature, value) in &example.features {
            for cell in self.rows.get(*feature as usize).into_iter().flatten() {
                let Some(score) = self.scores.get_mut(cell.label as usize) else { continue };
                if *score == 0.0 {
                    self.touched.push(cell.label);
                }
                *score += value * cell.weight;
            }
        }
    }

    /// The label itself, the last one, and the highest others, with their scores.
    fn rivals(&self, label: u32, last: u32) -> Vec<(u32, f32)> {
        let score = |label: u32| self.scores.get(label as usize).copied().unwrap_or_default();
        let mut rivals: Vec<(u32, f32)> = Vec::with_capacity(RIVALS + 3);
        for other in self.touched.iter().copied().filter(|other| *other != label && *other != last) {
            let place = rivals.partition_point(|(known, known_score)| {
                *known_score > score(other) || (*known_score == score(other) && *known < other)
            });
            let known = rivals.get(place).is_some_and(|(known, _)| *known == other);
            if place < RIVALS && !known {
                rivals.insert(place, (other, score(other)));
                rivals.truncate(RIVALS);
            }
        }
        rivals.push((label, score(label)));
        if last != label {
            rivals.push((last, score(last)));
        }
        rivals
    }
}

/// Moves the weights of a feature against the errors, which come in order of their labels.
fn change(row: &mut Vec<Cell>, errors: &[(u32, f32)], value: f32) {
    let mut place = 0;
    for (label, error) in errors {
        place += row.iter().skip(place).take_while(|cell| cell.label < *label).count();
        if row.get(place).is_none_or(|cell| cell.label != *label) {
            row.insert(place, Cell { label: *label, weight: 0.0, squares: CAUTION });
        }
        if let Some(cell) = row.get_mut(place) {
            let slope = error * value;
            cell.squares += slope * slope;
            cell.weight -= RATE * slope / cell.squares.sqrt();
        }
    }
}

/// Every example once, widely scattered, because neighbours resemble each other; the same order in each run.
fn scattered(examples: &[Example]) -> Vec<&Example> {
    let count = examples.len();
    // Steps of about the golden section scatter best; one without a common divisor reaches every place.
    let golden = (count * 618 / 1000).max(1);
    let step = (golden..).find(|step| greatest_common_divisor(*step, count) == 1).unwrap_or(1);
    (0..count).filter_map(|number| examples.get(number * step % count)).collect()
}

fn greatest_common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}
