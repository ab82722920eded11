//! Products of matrices: whole numbers times whole numbers, so that every processor gets the same.
//!
//! Tokens are worked on by blocks, of as many as a processor has lanes: their values in the first column lie side by side, then those
//! in the second. So nothing is added up across lanes, and what is done for one token is done for all of the block at the same time.

use pulp::{NullaryFnOnce, Simd};

use crate::WIDTH;
use crate::processor::{Floats, Processor, Whole};
use crate::weights::Dense;

/// The largest whole number for a value of a token: 1,536 of them times 127 fit into 32 bits.
const LARGEST: f32 = 8191.0;
/// Added to a float of at most 2^22 it leaves the nearest whole number in the lowest bits.
pub(crate) const TO_WHOLE: f32 = 12_582_912.0;
/// Two columns are multiplied at the same time; so many pairs of columns are a stretch.
const PAIRS: usize = WIDTH / 2;
/// Rows of weights that are multiplied at the same time, which share the loading of the values: as many as AVX2 has registers for their sums.
const ROWS: usize = 12;
/// Floats that are added at the same time.
const LANES: usize = 8;

/// Some rows of weights in a stretch of columns.
type Stretch = [[[i16; 2]; PAIRS]; ROWS];

/// Multiplies tokens with matrices. It keeps the memory that it needs for that.
pub(crate) struct Multiplier<P: Processor> {
    processor: P,
    /// The values of tokens as whole numbers, two in one, by blocks of tokens.
    values: Vec<Whole<P>>,
    /// What the whole numbers of each token are multiplied by.
    scales: Vec<Floats<P>>,
    weights: Vec<Stretch>,
}

impl<P: Processor> Multiplier<P> {
    pub(crate) fn new(processor: P) -> Self {
        Self { processor, values: Vec::new(), scales: Vec::new(), weights: Vec::new() }
    }

    /// `out` becomes the products of tokens with a matrix whose rows are a multiple of [`WIDTH`] long.
    pub(crate) fn multiply(&mut self, tokens: &[Floats<P>], matrix: &Dense, out: &mut Vec<Floats<P>>) {
        let columns = matrix.rows.values.len() / matrix.bias.len().max(1);
        let processor = self.processor;
        out.clear();
        let Some(blocks) = tokens.len().checked_div(columns) else { return };
        out.resize(blocks * matrix.bias.len(), processor.simd().splat_f32s(0.0));
        processor.run(Product { multiplier: self, tokens, matrix, columns, out });
    }

    /// Rounds the values of tokens with so many columns each.
    #[inline(always)]
    fn round(&mut self, tokens: &[Floats<P>], columns: usize) {
        let simd = self.processor.simd();
        let [smallest, most, to_whole] = [f32::MIN_POSITIVE, LARGEST, TO_WHOLE].map(|value| simd.splat_f32s(value));
        let (lower, upper) = (simd.splat_u32s(0xffff), simd.splat_u32s(0x1_0000));
        self.values.clear();
        self.scales.clear();
        for block in tokens.chunks_exact(columns) {
            let mut largest = smallest;
            for values in block {
                largest = simd.max_f32s(largest, simd.abs_f32s(*values));
            }
            let factor = simd.div_f32s(most, largest);
            self.scales.push(simd.div_f32s(largest, most));
            for pair in block.as_chunks().0 {
                let [one, other]: [_; 2] =
                    pair.map(|values| simd.transmute_u32s_f32s(simd.add_f32s(simd.mul_f32s(values, factor), to_whole)));
                let pair = simd.or_u32s(simd.and_u32s(one, lower), simd.mul_u32s(other, upper));
                self.values.push(simd.transmute_i32s_u32s(pair));
            }
        }
    }

    /// The products of the rounded tokens with the rows of a matrix.
    #[inline(always)]
    fn times(&mut self, matrix: &Dense, columns: usize, out: &mut [Floats<P>]) {
        let Self { processor, values, scales: of_tokens, weights } = self;
        let (simd, height) = (processor.simd(), matrix.bias.len());
        weights.resize(columns / WIDTH, [[[0; 2]; PAIRS]; ROWS]);
        for (group, rows) in matrix.rows.values.chunks(ROWS * columns).enumerate() {
            for (row, bytes) in rows.chunks_exact(columns).enumerate() {
                for (stretch, bytes) in weights.iter_mut().zip(bytes.as_chunks::<WIDTH>().0) {
                    let Some(row) = stretch.get_mut(row) else { continue };
                    let weights = row.as_flattened_mut().as_chunks_mut().0;
                    for (weights, bytes) in weights.iter_mut().zip(bytes.as_chunks().0) {
                        *weights = processor.widen(*bytes);
                    }
                }
            }
            let first = group * ROWS;
            let [scales, bias] = [&matrix.rows.scales, &matrix.bias].map(|rows| rows.get(first..).unwrap_or_default());
            let blocks = values.chunks_exact(columns / 2).zip(&*of_tokens).zip(out.chunks_exact_mut(height));
            for ((values, of_tokens), out) in blocks {
                let sums = products(*processor, weights, values);
                let out = out.iter_mut().skip(first);
                for (((out, sums), scale), bias) in out.zip(sums).zip(scales).zip(bias) {
                    let product = simd.mul_f32s(processor.to_floats(sums), simd.splat_f32s(*scale));
                    *out = simd.add_f32s(simd.splat_f32s(*bias), simd.mul_f32s(product, *of_tokens));
                }
            }
        }
    }
}

/// What [`Multiplier::multiply`] has to do.
struct Product<'p, P: Processor> {
    multiplier: &'p mut Multiplier<P>,
    tokens: &'p [Floats<P>],
    matrix: &'p Dense,
    columns: usize,
    out: &'p mut [Floats<P>],
}

impl<P: Processor> NullaryFnOnce for Product<'_, P> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { multiplier, tokens, matrix, columns, out } = self;
        multiplier.round(tokens, columns);
        multiplier.times(matrix, columns, out);
    }
}

/// Some rows times the tokens of a block.
#[inline(always)]
fn products<P: Processor>(processor: P, weights: &[Stretch], values: &[Whole<P>]) -> [Whole<P>; ROWS] {
    let mut sums = [processor.simd().splat_i32s(0); ROWS];
    for (rows, values) in weights.iter().zip(values.as_chunks::<PAIRS>().0) {
        for (pair, values) in values.iter().enumerate() {
            for (sums, row) in sums.iter_mut().zip(rows) {
                *sums = processor.add_products(*sums, row.get(pair).copied().unwrap_or_default(), *values);
            }
        }
    }
    sums
}

/// The product of two vectors, added up in an order that no compiler changes.
pub(crate) fn dot(one: &[f32], other: &[f32]) -> f32 {
    let (lanes, rest) = one.as_chunks::<LANES>();
    let (other_lanes, other_rest) = other.as_chunks::<LANES>();
    let mut sums = [0.0_f32; LANES];
    for (one, other) in lanes.iter().zip(other_lanes) {
        for (sum, (one, other)) in sums.iter_mut().zip(one.iter().zip(other)) {
            *sum += one * other;
        }
    }
    let rest: f32 = rest.iter().zip(other_rest).map(|(one, other)| one * other).sum();
    sums.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use pulp::bytemuck::cast_slice;
    use pulp::{Scalar256b, Simd};

    use super::{Multiplier, WIDTH, dot};
    use crate::processor::Any;
    use crate::weights::{Dense, INNER, Rows};

    const LANES: usize = Scalar256b::F32_LANES;

    /// Numbers without a pattern, -1 to 1.
    fn numbers(many: usize) -> Vec<f32> {
        (0..many).map(|at| ((at * at * 37 + at * 11) % 201) as f32 / 100.0 - 1.0).collect()
    }

    fn matrix(weights: Vec<u8>, scales: Vec<f32>) -> Dense {
        Dense { bias: vec![0.5; scales.len()], rows: Rows { values: weights.leak(), scales } }
    }

    /// The products of tokens, one after the other, with a matrix: those of each token.
    fn multiply(tokens: &[f32], columns: usize, matrix: &Dense) -> Vec<Vec<f32>> {
        let blocks = tokens.chunks(columns * LANES).flat_map(|block| {
            (0..columns).map(|column| {
                let mut lanes = [0.0; LANES];
                lanes
                    .iter_mut()
                    .zip(block.iter().skip(column).step_by(columns))
                    .for_each(|(lane, value)| *lane = *value);
                pulp::cast(lanes)
            })
        });
        let mut out = Vec::new();
        Multiplier::new(Any).multiply(&blocks.collect::<Vec<_>>(), matrix, &mut out);
        let height = matrix.bias.len();
        let of_token = |token: usize| {
            let block: &[f32] = cast_slice(&out[token / LANES * height..][..height]);
            block.iter().skip(token % LANES).step_by(LANES).copied().collect()
        };
        (0..tokens.len() / columns).map(of_token).collect()
    }

    #[test]
    fn a_product_is_what_it_is_in_floats_for_any_number_of_rows_and_tokens() {
        for (rows, tokens, columns) in [(1, 1, WIDTH), (2, 3, WIDTH), (12, 8, INNER), (31, 9, WIDTH)] {
            let weights = (0..rows * columns).map(|at| (at * 53 % 255) as u8);
            let weights: Vec<u8> = weights.map(|byte| if byte == 128 { 0 } else { byte }).collect();
            let scales: Vec<f32> = (1..=rows).map(|row| row as f32 / 1_000.0).collect();
            let values = numbers(tokens * columns);
            let found = multiply(&values, columns, &matrix(weights.clone(), scales.clone()));
            for (found, values) in found.iter().zip(values.chunks_exact(columns)) {
                for ((found, weights), scale) in found.iter().zip(weights.chunks_exact(columns)).zip(&scales) {
                    let products =
                        weights.iter().zip(values).map(|(weight, value)| f32::from(weight.cast_signed()) * value);
                    let expected = 0.5 + products.sum::<f32>() * scale;
                    assert!((found - expected).abs() < 0.02, "{rows} {tokens} {found} {expected}");
                }
            }
        }
    }

    #[test]
    fn the_largest_numbers_fit() {
        for value in [1.0, -1.0] {
            let found = multiply(&[value; INNER], INNER, &matrix(vec![127; INNER], vec![1.0]));
            assert!(((found[0][0] - 0.5) / value / (127.0 * 1536.0) - 1.0).abs() < 1e-4, "{found:?}");
        }
    }

    #[test]
    fn dots_add_what_is_left_over_too() {
        assert!((dot(&[2.0; 11], &[0.5; 11]) - 11.0).abs() < 1e-6);
        assert!(dot(&[], &[]).abs() < 1e-6);
    }
}
