//! Learns from examples how much each feature speaks for and against each label.
//!
//! Softmax regression (multinomial logistic regression), trained with AdaGrad (Duchi, Hazan and Singer 2011). Each example
//! is compared only with the labels that rival it most, so that the time grows with the examples and not with the labels.
//!
//! What is learned depends on the order of the examples. So they are learned in several orders, and the weights are
//! averaged. An order follows from the texts alone: a text that is added leaves the others in their order, and it does
//! not matter where in the data a text stands.

use std::ops::Range;
use std::thread;

/// How far a weight is changed by an example that is wholly wrong.
const RATE: f32 = 1.5;
/// Slows the first changes of a weight down, as if it had been changed by this much (squared) before.
const CAUTION: f32 = 1.0;
/// The labels with which an example is compared, beside its own and "none of the others".
const RIVALS: usize = 16;
/// An example that has this probability already is not learned from.
const ENOUGH: f32 = 0.9;
/// How often all examples are gone through, each time in another order.
const PASSES: usize = 3;
/// Where there are very many examples, they are gone through less often, to keep the start short: this many in all passes.
const EXAMPLES_AT_MOST: usize = 100_000;
/// How often all of that is done, in orders of its own. The average of the weights depends little on a single example: one
/// line more in the data changes the answers to 4 of 1,000 questions instead of 40.
const ORDERS: usize = 4;

/// From this number of labels on there is one order, to keep the start short.
const ONE_ORDER_FROM: usize = 500;

/// An example: its label, the hash of its text, and its features with their values.
#[derive(Debug)]
pub struct Example {
    /// The position of its label.
    pub label: u32,
    /// The hash of its text.
    pub hash: u64,
    /// Each feature and its value.
    pub features: Vec<(u32, f32)>,
}

/// How much a feature speaks for a label; below 0, against it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Learned {
    /// The position of the label.
    pub label: u32,
    /// How much the feature speaks for it.
    pub weight: f32,
}

/// Of each feature, the labels for and against which it can speak: those of the examples that have it, and the last one.
struct Layout {
    /// The labels, one list after the other, each in order.
    labels: Vec<u32>,
    /// Where the list of each feature ends.
    ends: Vec<usize>,
    last: u32,
}

/// What is being learned about a feature and a label.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cell {
    label: u32,
    weight: f32,
    /// The sum of the squares of all changes: what was changed often is changed less.
    squares: f32,
}

/// The state of learning in one order.
struct Learner<'l> {
    layout: &'l Layout,
    /// A cell for each label of the layout.
    cells: Vec<Cell>,
    /// The score of each label for the current example; those that are not in `touched` are 0.
    scores: Vec<f32>,
    touched: Vec<u32>,
    /// How much too probable each label is for the current example.
    errors: Vec<f32>,
}

/// Orders that are learned at the same time. Sums of floats depend on their grouping, so this is no matter of the machine.
const THREADS: usize = 2;

/// Learns what each feature says, in order of the labels. `labels` is their number; the last of them rivals every example.
pub fn learn(examples: &[Example], features: usize, labels: usize) -> Vec<Vec<Learned>> {
    let layout = Layout::new(examples, features, labels);
    let orders = if labels < ONE_ORDER_FROM { ORDERS } else { 1 };
    let mut sums: [Vec<f32>; THREADS] = std::array::from_fn(|_| vec![0.0; layout.labels.len()]);
    thread::scope(|scope| {
        for (first, sums) in sums.iter_mut().enumerate() {
            let layout = &layout;
            scope.spawn(move || {
                for order in (first..orders).step_by(THREADS) {
                    let cells = learn_in_order(order, examples, layout);
                    sums.iter_mut().zip(cells).for_each(|(sum, cell)| *sum += cell.weight);
                }
            });
        }
    });
    let weight = |at: usize| sums.iter().filter_map(|sums| sums.get(at)).sum::<f32>() / orders as f32;
    let learned = |at: usize| Some(Learned { label: *layout.labels.get(at)?, weight: weight(at) });
    layout.ranges().map(|range| range.filter_map(learned).collect()).collect()
}

fn learn_in_order(order: usize, examples: &[Example], layout: &Layout) -> Vec<Cell> {
    let passes = (EXAMPLES_AT_MOST / examples.len().max(1)).clamp(1, PASSES);
    let mut learner = Learner::new(layout);
    let mut open: Vec<&Example> = examples.iter().collect();
    for pass in 0..passes {
        // Examples with the same text differ at most in their labels.
        open.sort_by_cached_key(|example| (scattered(example.hash, order * PASSES + pass), example.label));
        // What is surely right already teaches nothing, and is not visited again.
        open.retain(|example| !learner.visit(example));
    }
    learner.cells
}

/// Where an example stands in an order: the hash of its text and the number of the order, well mixed (SplitMix64, Steele, Lea
/// and Flood 2014). These are whole numbers, so that it is the same on every machine.
fn scattered(hash: u64, order: usize) -> u64 {
    let mixed = hash.wrapping_add((order as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

impl Layout {
    fn new(examples: &[Example], features: usize, labels: usize) -> Self {
        let last = u32::try_from(labels).unwrap_or(u32::MAX).saturating_sub(1);
        let mut lists: Vec<Vec<u32>> = vec![vec![last]; features];
        for example in examples {
            for (feature, _) in &example.features {
                let Some(list) = lists.get_mut(*feature as usize) else { continue };
                if let Err(at) = list.binary_search(&example.label) {
                    list.insert(at, example.label);
                }
            }
        }
        let mut end = 0;
        let ends = lists.iter().map(|list| {
            end += list.len();
            end
        });
        Self { ends: ends.collect(), labels: lists.concat(), last }
    }

    /// Where the list of a feature lies.
    fn range(&self, feature: u32) -> Range<usize> {
        let index = feature as usize;
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        start..self.ends.get(index).copied().unwrap_or(start)
    }

    fn ranges(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| start..*end)
    }
}

impl<'l> Learner<'l> {
    fn new(layout: &'l Layout) -> Self {
        let cell = |label: &u32| Cell { label: *label, weight: 0.0, squares: CAUTION };
        let none = vec![0.0; layout.last as usize + 1];
        let cells = layout.labels.iter().map(cell).collect();
        Self { layout, cells, scores: none.clone(), touched: Vec::new(), errors: none }
    }

    /// Learns from an example; says whether it was surely right before.
    fn visit(&mut self, example: &Example) -> bool {
        self.score(example);
        let rivals = self.rivals(example.label);
        let highest = rivals.iter().map(|(_, score)| *score).fold(f32::MIN, f32::max);
        let sum: f32 = rivals.iter().map(|(_, score)| (score - highest).exp()).sum();
        let probability = |score: f32| (score - highest).exp() / sum;
        let right = rivals.iter().find(|(label, _)| *label == example.label);
        if right.is_some_and(|(_, score)| probability(*score) > ENOUGH) {
            return true;
        }
        for (label, score) in &rivals {
            let wanted = if *label == example.label { 1.0 } else { 0.0 };
            self.set_error(*label, probability(*score) - wanted);
        }
        self.change(example);
        rivals.iter().for_each(|(label, _)| self.set_error(*label, 0.0));
        false
    }

    fn score(&mut self, example: &Example) {
        for label in self.touched.drain(..) {
            if let Some(score) = self.scores.get_mut(label as usize) {
                *score = 0.0;
            }
        }
        for (feature, value) in &example.features {
            for cell in self.cells.get(self.layout.range(*feature)).into_iter().flatten() {
                let Some(score) = self.scores.get_mut(cell.label as usize) else { continue };
                if *score == 0.0 {
                    self.touched.push(cell.label);
                }
                *score += value * cell.weight;
            }
        }
    }

    /// The label itself, the last one, and the highest others, with their scores.
    fn rivals(&self, label: u32) -> Vec<(u32, f32)> {
        let last = self.layout.last;
        let score = |label: u32| self.scores.get(label as usize).copied().unwrap_or_default();
        let mut rivals: Vec<(u32, f32)> = Vec::with_capacity(RIVALS + 3);
        for other in self.touched.iter().copied().filter(|other| *other != label && *other != last) {
            let rank = rivals.partition_point(|(known, known_score)| {
                *known_score > score(other) || (*known_score == score(other) && *known < other)
            });
            let known = rivals.get(rank).is_some_and(|(known, _)| *known == other);
            if rank < RIVALS && !known {
                rivals.insert(rank, (other, score(other)));
                rivals.truncate(RIVALS);
            }
        }
        rivals.push((label, score(label)));
        if last != label {
            rivals.push((last, score(last)));
        }
        rivals
    }

    fn set_error(&mut self, label: u32, error: f32) {
        if let Some(old) = self.errors.get_mut(label as usize) {
            *old = error;
        }
    }

    /// Moves the weights of an example's features against the errors.
    fn change(&mut self, example: &Example) {
        for (feature, value) in &example.features {
            for cell in self.cells.get_mut(self.layout.range(*feature)).into_iter().flatten() {
                let slope = self.errors.get(cell.label as usize).copied().unwrap_or_default() * value;
                if slope != 0.0 {
                    cell.squares += slope * slope;
                    cell.weight -= RATE * slope / cell.squares.sqrt();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Example, Layout, Learned, Learner, ORDERS, learn, scattered};

    /// Features: one of each label, and one that all examples have.
    const LEAF: u32 = 0;
    const BEAN: u32 = 1;
    const OTHER: u32 = 2;
    const ALL: u32 = 3;
    /// Labels; the last is "none of the others".
    const TEA: u32 = 0;
    const COFFEE: u32 = 1;
    const NONE: u32 = 2;

    fn example(hash: u64, label: u32, features: &[u32]) -> Example {
        Example { label, hash, features: features.iter().map(|feature| (*feature, 0.6)).collect() }
    }

    fn examples() -> Vec<Example> {
        let kinds = [(TEA, LEAF), (COFFEE, BEAN), (NONE, OTHER)];
        let example = |hash: u64| {
            let (label, feature) = kinds[hash as usize % kinds.len()];
            example(hash, label, &[feature, ALL])
        };
        (0..24).map(example).collect()
    }

    fn weight(rows: &[Vec<Learned>], feature: u32, label: u32) -> f32 {
        let found = rows[feature as usize].iter().find(|learned| learned.label == label);
        found.map_or(0.0, |learned| learned.weight)
    }

    #[test]
    fn a_feature_speaks_for_the_label_of_its_examples() {
        let rows = learn(&examples(), 4, 3);
        for (feature, label) in [(LEAF, TEA), (BEAN, COFFEE), (OTHER, NONE)] {
            assert!(weight(&rows, feature, label) > 0.5, "{rows:?}");
            assert!(weight(&rows, feature, label) > 2.0 * weight(&rows, ALL, label).abs(), "{rows:?}");
        }
        assert!(weight(&rows, LEAF, NONE) < 0.0, "{rows:?}");
    }

    #[test]
    fn a_feature_says_something_only_about_labels_that_have_it_and_the_last() {
        let rows = learn(&examples(), 4, 3);
        let labels = |feature: u32| rows[feature as usize].iter().map(|learned| learned.label).collect::<Vec<_>>();
        assert_eq!(
            [LEAF, BEAN, OTHER, ALL].map(labels),
            [vec![TEA, NONE], vec![COFFEE, NONE], vec![NONE], vec![TEA, COFFEE, NONE]]
        );
    }

    #[test]
    fn what_is_surely_right_teaches_nothing() {
        let examples = examples();
        let layout = Layout::new(&examples, 4, 3);
        let mut learner = Learner::new(&layout);
        assert!(!learner.visit(&examples[0]), "nothing is sure at first");
        while examples.iter().any(|example| !learner.visit(example)) {}
        let before = learner.cells.clone();
        assert!(learner.visit(&examples[0]));
        assert_eq!(learner.cells, before);
    }

    #[test]
    fn the_same_is_learned_whatever_the_order_of_the_examples() {
        let mut reversed = examples();
        reversed.reverse();
        assert_eq!(learn(&reversed, 4, 3), learn(&examples(), 4, 3));
    }

    #[test]
    fn an_example_more_leaves_the_others_in_their_order() {
        let mut more = examples();
        more.insert(7, example(1_000, TEA, &[4]));
        let rows = learn(&more, 5, 3);
        assert_eq!(rows[..4], learn(&examples(), 4, 3)[..]);
        assert!(weight(&rows, 4, TEA) > 0.0, "{rows:?}");
    }

    #[test]
    fn each_order_is_another() {
        let order = |number: usize| {
            let mut hashes: Vec<u64> = (0..24).collect();
            hashes.sort_by_key(|hash| scattered(*hash, number));
            hashes
        };
        for number in 1..ORDERS {
            assert_ne!(order(number), order(0));
            assert_eq!(order(number), order(number));
        }
    }

    #[test]
    fn from_nothing_nothing_is_learned() {
        assert_eq!(learn(&[], 0, 1), Vec::<Vec<Learned>>::new());
        assert_eq!(learn(&[], 1, 1), [vec![Learned { label: 0, weight: 0.0 }]]);
    }
}
