//! The weights that are committed, against the vectors that the model gave before it was packed.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test stops where it cannot go on")]

use versus_sentences::{LONGEST, Model, Unreadable, WIDTH, nearness};

static FILE: &[u8] = include_bytes!("../weights.bin");
/// Texts with the label and the vector that the model gives before its weights are rounded, written by `training/pack.py`.
const REFERENCE: &str = include_str!("../reference.tsv");

fn model() -> Model {
    Model::from_bytes(FILE).expect("the weights are of this version")
}

#[test]
fn vectors_are_those_of_the_model_before_its_weights_were_rounded() {
    let model = model();
    for line in REFERENCE.lines() {
        let [text, label, vector] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let vector: Vec<f32> = vector.split(' ').map(|value| value.parse().expect("a number")).collect();
        let sentence = model.read(text);
        let near = nearness(&sentence.vector, &vector.try_into().expect("384 numbers"));
        assert!(near >= 0.99, "{near} {text}");
        let best = sentence.scores.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1));
        assert_eq!(best.map(|(at, _)| model.labels()[at]), Some(label), "{text}");
    }
}

#[test]
fn any_text_has_a_vector_of_length_1_and_probabilities() {
    let model = model();
    let long = "é 日 🦀 ".repeat(LONGEST * 9);
    for text in ["", " ", "é", "日", "🦀", "\u{200b}", &long, &"x".repeat(9_999)] {
        let sentence = model.read(text);
        assert!((nearness(&sentence.vector, &sentence.vector) - 1.0).abs() < 1e-4, "{text}");
        let sum: f32 = sentence.scores.iter().map(|score| score.exp()).sum();
        assert!((sum - 1.0).abs() < 1e-4 && sentence.scores.len() == model.labels().len(), "{text}");
    }
}

#[test]
fn near_sentences_are_near() {
    let model = model();
    let [one, other, far] = ["is it fast", "how quick is it", "merry christmas"].map(|text| model.vector(text));
    assert!(nearness(&one, &other) > nearness(&one, &far) + 0.1);
}

#[test]
fn bytes_that_are_no_weights_are_refused() {
    for file in [&b""[..], b"versus sentences 0", &FILE[..FILE.len() - 1], &FILE[..40], &[7; WIDTH]] {
        assert_eq!(Model::from_bytes(file).err(), Some(Unreadable));
    }
}
