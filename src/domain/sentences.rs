//! What a sentence as a whole says about its meaning. The model that reads sentences is a value that is handed in: the domain knows
//! what it gives, not how.

use std::fmt::Debug;
use std::sync::Arc;

use super::thresholds::{NEAREST, NEARNESS_TENFOLD};

/// What a model says of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// The meaning as a vector of the length 1: the product of two, -1 to 1, says how near two sentences are.
    pub vector: Vec<f32>,
    /// The logarithm of the probability of each label of the model, at most 0.
    pub scores: Vec<f32>,
}

/// Reads sentences.
pub trait SentenceModel: Debug + Send + Sync {
    /// The names of the labels that it was trained on.
    fn labels(&self) -> &[&str];
    /// The ids of the subjects whose comparison it was trained on; for others its labels mean nothing.
    fn subjects(&self) -> &[&str];
    /// Reads a sentence; the same sentence always gives the same.
    fn read(&self, text: &str) -> Sentence;
}

/// A model with what its labels mean here.
#[derive(Debug, Clone)]
pub struct Sentences {
    model: Arc<dyn SentenceModel>,
    labels: Labels,
}

#[derive(Debug, Clone)]
enum Labels {
    /// For each label of the data its index among those of the model, if the model knows it.
    Known(Vec<Option<usize>>),
    /// The examples of each label of the data: the nearest ones decide.
    Examples(Vec<Vec<Vec<f32>>>),
}

impl Sentences {
    /// A model that was trained on this comparison. `labels` are the names of the labels of the data.
    pub fn trained(model: Arc<dyn SentenceModel>, labels: &[String]) -> Self {
        let index = |label: &String| model.labels().iter().position(|known| known == label);
        let labels = Labels::Known(labels.iter().map(index).collect());
        Self { model, labels }
    }

    /// A model that was trained on another comparison. `examples` are the vectors of the examples of each label of the data.
    pub fn by_examples(model: Arc<dyn SentenceModel>, examples: Vec<Vec<Vec<f32>>>) -> Self {
        Self { model, labels: Labels::Examples(examples) }
    }

    /// Whether the model was trained on the labels of the data, and not only their examples decide.
    pub fn is_trained(&self) -> bool {
        matches!(self.labels, Labels::Known(_))
    }

    /// Reads a sentence.
    pub fn read(&self, text: &str) -> Sentence {
        self.model.read(text)
    }

    /// Of each label of the data, the logarithm of its probability by a sentence, at most 0; nothing where the model says nothing
    /// about the label.
    pub(super) fn scores(&self, sentence: &Sentence) -> Vec<Option<f32>> {
        match &self.labels {
            Labels::Known(labels) => {
                labels.iter().map(|at| at.and_then(|at| sentence.scores.get(at).copied())).collect()
            }
            Labels::Examples(examples) => by_nearest(&sentence.vector, examples),
        }
    }

    /// The labels of the data that the model does not know.
    pub fn unknown<'l>(&self, names: &'l [String]) -> Vec<&'l str> {
        match &self.labels {
            Labels::Known(labels) => {
                let names = labels.iter().zip(names).filter(|(known, _)| known.is_none());
                names.map(|(_, name)| name.as_str()).collect()
            }
            Labels::Examples(_) => Vec::new(),
        }
    }
}

/// How near two vectors of the length 1 are, -1 to 1.
pub fn nearness(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// A label is as near as the mean of its nearest examples.
fn by_nearest(vector: &[f32], examples: &[Vec<Vec<f32>>]) -> Vec<Option<f32>> {
    let near = |examples: &Vec<Vec<f32>>| {
        let mut near: Vec<f32> = examples.iter().map(|example| nearness(vector, example)).collect();
        near.sort_by(|one, other| other.total_cmp(one));
        near.truncate(NEAREST);
        (!near.is_empty()).then(|| near.iter().sum::<f32>() / near.len() as f32)
    };
    let near: Vec<Option<f32>> = examples.iter().map(near).collect();
    let log = |near: f32| near / NEARNESS_TENFOLD * std::f32::consts::LN_10;
    let highest = near.iter().flatten().copied().fold(-1.0, f32::max);
    let sum: f32 = near.iter().flatten().map(|near| log(near - highest).exp()).sum();
    near.into_iter().map(|near| near.map(|near| log(near - highest) - sum.ln())).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Sentence, SentenceModel, Sentences};

    /// Gives the direction that a text names.
    #[derive(Debug)]
    struct Compass;

    impl SentenceModel for Compass {
        fn labels(&self) -> &[&str] {
            &["east", "north"]
        }

        fn subjects(&self) -> &[&str] {
            &["tea", "coffee"]
        }

        fn read(&self, text: &str) -> Sentence {
            let is_north = text.contains("north");
            let vector = if is_north { vec![0.0, 1.0] } else { vec![1.0, 0.0] };
            Sentence { vector, scores: if is_north { vec![-2.0, -0.1] } else { vec![-0.1, -2.0] } }
        }
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn labels_are_found_by_their_names() {
        let names = names(&["north", "south", "east"]);
        let sentences = Sentences::trained(Arc::new(Compass), &names);
        let scores = sentences.scores(&sentences.read("due north"));
        assert_eq!(scores, [Some(-0.1), None, Some(-2.0)]);
        assert_eq!(sentences.unknown(&names), ["south"]);
    }

    #[test]
    fn of_another_comparison_the_nearest_examples_decide() {
        let examples = vec![vec![vec![0.0, 1.0], vec![0.6, 0.8]], vec![vec![1.0, 0.0]], Vec::new()];
        let sentences = Sentences::by_examples(Arc::new(Compass), examples);
        let scores = sentences.scores(&sentences.read("due north"));
        assert!(scores[0] > scores[1] && scores[2].is_none(), "{scores:?}");
        let sum: f32 = scores.iter().flatten().map(|score| score.exp()).sum();
        assert!((sum - 1.0).abs() < 1e-5, "{scores:?}");
        assert!(sentences.unknown(&names(&["north"])).is_empty());
    }
}
