//! From word pieces to a vector: BERT's layers of attention (Devlin and others 2018), the mean over the tokens, the length 1.

use std::f32::consts::FRAC_1_SQRT_2;

use pulp::Arch;

use crate::product::{Tokens, dot};
use crate::weights::{Dense, HEADS, INNER, Layer, Norm, Weights};
use crate::{Sentence, WIDTH};

/// The width of one head of attention.
const HEAD: usize = WIDTH / HEADS;
/// What keeps a deviation of zero from being divided by.
const SMALLEST_DEVIATION: f32 = 1e-12;

/// Reads a sentence given as the rows of its word pieces, which are at most as many as there are positions.
pub(crate) fn read(weights: &Weights, pieces: &[usize]) -> Sentence {
    let mut states = vec![0.0; pieces.len() * WIDTH];
    for ((position, piece), state) in pieces.iter().enumerate().zip(states.chunks_exact_mut(WIDTH)) {
        weights.words.add_to(state, *piece);
        weights.positions.add_to(state, position);
    }
    normalize(&mut states, &weights.norm);
    for layer in &weights.layers {
        attend(&mut states, layer);
        think(&mut states, layer);
    }
    let mut mean = [0.0; WIDTH];
    for state in states.chunks_exact(WIDTH) {
        mean.iter_mut().zip(state).for_each(|(mean, value)| *mean += value / pieces.len() as f32);
    }
    let scores = log_shares(multiply(&mean, &weights.head));
    let length = dot(&mean, &mean).sqrt().max(f32::MIN_POSITIVE);
    Sentence { vector: mean.map(|value| value / length), scores }
}

/// Each token looks at all others and takes over what it finds.
fn attend(states: &mut Vec<f32>, layer: &Layer) {
    let looks = multiply(states, &layer.attention);
    let tokens: Vec<&[f32]> = looks.chunks_exact(3 * WIDTH).collect();
    let part = |token: &'_ [f32], which: usize, head: usize| -> std::ops::Range<usize> {
        let start = which * WIDTH + head * HEAD;
        start..(start + HEAD).min(token.len())
    };
    let mut found = vec![0.0; states.len()];
    for head in 0..HEADS {
        for (token, found) in tokens.iter().zip(found.chunks_exact_mut(WIDTH)) {
            let Some(query) = token.get(part(token, 0, head)) else { continue };
            let nearness = tokens
                .iter()
                .map(|other| dot(query, other.get(part(other, 1, head)).unwrap_or_default()) / (HEAD as f32).sqrt());
            let shares = shares(nearness.collect());
            let Some(found) = found.get_mut(head * HEAD..(head + 1) * HEAD) else { continue };
            for (share, other) in shares.iter().zip(&tokens) {
                let values = other.get(part(other, 2, head)).unwrap_or_default();
                found.iter_mut().zip(values).for_each(|(found, value)| *found += share * value);
            }
        }
    }
    add(states, multiply(&found, &layer.joined), &layer.joined_norm);
}

/// Each token is worked on by itself.
fn think(states: &mut Vec<f32>, layer: &Layer) {
    let mut inner = multiply(states, &layer.inner);
    Arch::new().dispatch(|| inner.iter_mut().for_each(|value| *value = gelu(*value)));
    add(states, multiply(&inner, &layer.outer), &layer.outer_norm);
}

fn add(states: &mut Vec<f32>, mut more: Vec<f32>, norm: &Norm) {
    more.iter_mut().zip(states.iter()).for_each(|(more, state)| *more += state);
    normalize(&mut more, norm);
    *states = more;
}

fn multiply(values: &[f32], dense: &Dense) -> Vec<f32> {
    let Dense { rows, bias } = dense;
    let columns = rows.values.len() / bias.len().max(1);
    let tokens = values.len() / columns.max(1);
    let mut out = bias.repeat(tokens);
    if columns == WIDTH || columns == INNER {
        Tokens::round(values, columns).times(rows.values, &rows.scales, &mut out);
    }
    out
}

/// Brings the values of each token to mean 0 and deviation 1, then weighs them.
fn normalize(states: &mut [f32], norm: &Norm) {
    const ONES: [f32; WIDTH] = [1.0; WIDTH];
    for state in states.chunks_exact_mut(WIDTH) {
        let mean = dot(state, &ONES) / WIDTH as f32;
        state.iter_mut().for_each(|value| *value -= mean);
        let factor = (dot(state, state) / WIDTH as f32 + SMALLEST_DEVIATION).sqrt().recip();
        for (value, (weight, bias)) in state.iter_mut().zip(norm.weight.iter().zip(&norm.bias)) {
            *value = *value * factor * weight + bias;
        }
    }
}

/// The shares of values whose logarithms these are.
fn shares(mut values: Vec<f32>) -> Vec<f32> {
    let highest = values.iter().copied().fold(f32::MIN, f32::max);
    values.iter_mut().for_each(|value| *value = (*value - highest).exp());
    let sum: f32 = values.iter().sum();
    values.iter_mut().for_each(|value| *value /= sum);
    values
}

fn log_shares(mut values: Vec<f32>) -> Vec<f32> {
    let highest = values.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = values.iter().map(|value| (*value - highest).exp()).sum();
    values.iter_mut().for_each(|value| *value -= highest + sum.ln());
    values
}

/// The Gaussian error linear unit (Hendrycks and Gimpel 2016).
#[inline(always)]
fn gelu(value: f32) -> f32 {
    0.5 * value * (1.0 + error_function(value * FRAC_1_SQRT_2))
}

/// Of the error function, the factors of a polynomial fitted by least squares; beyond 3 it is 1 but for 2e-5, as it is in between.
const ERROR_FUNCTION: [f32; 9] = [
    1.128_250_6,
    -0.375_219_52,
    0.110_930_6,
    -0.024_998_745,
    0.004_196_795,
    -0.000_502_907_8,
    4.008_655_4e-5,
    -1.882_914_1e-6,
    3.912_2e-8,
];
const ERROR_FUNCTION_UP_TO: f32 = 3.0;

#[inline(always)]
fn error_function(value: f32) -> f32 {
    let value = value.clamp(-ERROR_FUNCTION_UP_TO, ERROR_FUNCTION_UP_TO);
    let square = value * value;
    value * ERROR_FUNCTION.iter().rev().fold(0.0, |sum, factor| sum * square + factor)
}

#[cfg(test)]
mod tests {
    use super::{error_function, gelu, log_shares, normalize, shares};
    use crate::WIDTH;
    use crate::weights::Norm;

    #[test]
    fn the_error_function_is_as_in_the_tables() {
        for (value, expected) in
            [(0.0, 0.0), (0.5, 0.520_499_9), (1.0, 0.842_700_8), (2.0, 0.995_322_3), (3.0, 0.999_977_9), (9.0, 1.0)]
        {
            assert!((error_function(value) - expected).abs() < 3e-5, "{value}");
            assert!((error_function(-value) + expected).abs() < 3e-5, "{value}");
        }
        assert!((gelu(1.0) - 0.841_345).abs() < 1e-4 && gelu(-9.0).abs() < 1e-3);
    }

    #[test]
    fn shares_add_up_to_one() {
        let shares = shares(vec![0.0, 1.0, 80.0]);
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-6 && shares[2] > 0.99);
        let logarithms = log_shares(vec![2.0, 2.0]);
        assert!(logarithms.iter().all(|value| (value - 0.5_f32.ln()).abs() < 1e-6), "{logarithms:?}");
    }

    #[test]
    fn a_token_is_brought_to_mean_0_and_deviation_1() {
        let norm = Norm { weight: vec![1.0; WIDTH], bias: vec![0.0; WIDTH] };
        let mut values: Vec<f32> = (0..WIDTH).map(|at| at as f32).collect();
        normalize(&mut values, &norm);
        let mean: f32 = values.iter().sum::<f32>() / WIDTH as f32;
        let variance: f32 = values.iter().map(|value| value * value).sum::<f32>() / WIDTH as f32;
        assert!(mean.abs() < 1e-4 && (variance - 1.0).abs() < 1e-3, "{mean} {variance}");
        let mut same = vec![3.0; WIDTH];
        normalize(&mut same, &norm);
        assert!(same.iter().all(|value| value.abs() < 1e-3));
    }
}
