//! From word pieces to a vector: BERT's layers of attention (Devlin and others 2018), the mean over the tokens, the length 1.
//!
//! Tokens are worked on by blocks whose values lie side by side (see `product.rs`). What is left over in the last block is worked on
//! too, and not used.

use pulp::bytemuck::{cast_slice, cast_slice_mut};
#[cfg(target_arch = "x86_64")]
use pulp::x86::V3;
use pulp::{NullaryFnOnce, Simd};

use crate::functions::{exp, gelu, log_shares};
use crate::processor::{Any, Floats, Processor};
#[cfg(target_arch = "x86_64")]
use crate::processor::{Avx512, Sse2};
use crate::product::{Multiplier, dot};
use crate::weights::{HEADS, Layer, Norm, Weights};
use crate::{Sentence, WIDTH};

/// The width of one head of attention.
const HEAD: usize = WIDTH / HEADS;
/// Sums of attention that are added up at the same time, which share the loading of a value.
const TOGETHER: usize = 4;
/// What keeps a deviation of zero from being divided by.
const SMALLEST_DEVIATION: f32 = 1e-12;

/// Reads a sentence given as the rows of its word pieces, which are at most as many as there are positions.
pub(crate) fn read(weights: &Weights, pieces: &[usize]) -> Sentence {
    #[cfg(target_arch = "x86_64")]
    {
        if let Some(avx512) = Avx512::try_new() {
            return Reader::new(avx512, pieces).read(weights);
        }
        if let Some(avx2) = V3::try_new() {
            return Reader::new(avx2, pieces).read(weights);
        }
        if let Some(sse2) = Sse2::try_new() {
            return Reader::new(sse2, pieces).read(weights);
        }
    }
    Reader::new(Any, pieces).read(weights)
}

/// Reads one sentence.
struct Reader<'r, P: Processor> {
    processor: P,
    pieces: &'r [usize],
    multiplier: Multiplier<P>,
    /// What is known of each token so far.
    states: Vec<Floats<P>>,
    /// What a layer makes of it.
    wide: Vec<Floats<P>>,
    narrow: Vec<Floats<P>>,
}

impl<'r, P: Processor> Reader<'r, P> {
    const LANES: usize = P::Simd::F32_LANES;

    fn new(processor: P, pieces: &'r [usize]) -> Self {
        let (states, wide, narrow) = (Vec::new(), Vec::new(), Vec::new());
        Self { processor, pieces, multiplier: Multiplier::new(processor), states, wide, narrow }
    }

    fn read(mut self, weights: &Weights) -> Sentence {
        self.begin(weights);
        for layer in &weights.layers {
            self.attend(layer);
            self.think(layer);
        }
        let mean = self.mean();
        let mean_of_all: Vec<Floats<P>> = mean.iter().map(|value| self.processor.simd().splat_f32s(*value)).collect();
        self.multiplier.multiply(&mean_of_all, &weights.head, &mut self.narrow);
        let scores: &[f32] = cast_slice(&self.narrow);
        let scores = scores.iter().step_by(Self::LANES).copied().collect();
        let length = dot(&mean, &mean).sqrt().max(f32::MIN_POSITIVE);
        Sentence { vector: mean.map(|value| value / length), scores: log_shares(scores) }
    }

    /// The word pieces with their positions.
    fn begin(&mut self, weights: &Weights) {
        let simd = self.processor.simd();
        self.states.resize(self.pieces.len().div_ceil(Self::LANES) * WIDTH, simd.splat_f32s(0.0));
        let blocks = self.states.chunks_exact_mut(WIDTH);
        let mut position = 0;
        for (block, pieces) in blocks.zip(self.pieces.chunks(Self::LANES)) {
            let block: &mut [f32] = cast_slice_mut(block);
            for (lane, piece) in pieces.iter().enumerate() {
                let mut token = [0.0; WIDTH];
                weights.words.add_to(&mut token, *piece);
                weights.positions.add_to(&mut token, position);
                block.iter_mut().skip(lane).step_by(Self::LANES).zip(token).for_each(|(state, value)| *state = value);
                position += 1;
            }
        }
        self.processor.run(Normalize { simd, states: &mut self.states, more: &[], norm: &weights.norm });
    }

    /// Each token looks at all others and takes over what it finds.
    fn attend(&mut self, layer: &Layer) {
        let Self { processor, multiplier, states, wide, narrow, .. } = self;
        let simd = processor.simd();
        multiplier.multiply(states, &layer.attention, wide);
        narrow.resize(states.len(), simd.splat_f32s(0.0));
        processor.run(Look { simd, looks: wide, count: self.pieces.len(), found: narrow });
        multiplier.multiply(narrow, &layer.joined, wide);
        processor.run(Normalize { simd, states, more: wide, norm: &layer.joined_norm });
    }

    /// Each token is worked on by itself.
    fn think(&mut self, layer: &Layer) {
        let Self { processor, multiplier, states, wide, narrow, .. } = self;
        let simd = processor.simd();
        multiplier.multiply(states, &layer.inner, wide);
        processor.run(Gelu { simd, values: wide });
        multiplier.multiply(wide, &layer.outer, narrow);
        processor.run(Normalize { simd, states, more: narrow, norm: &layer.outer_norm });
    }

    fn mean(&self) -> [f32; WIDTH] {
        let mut mean = [0.0; WIDTH];
        for (block, pieces) in self.states.chunks_exact(WIDTH).zip(self.pieces.chunks(Self::LANES)) {
            let block: &[f32] = cast_slice(block);
            for (mean, values) in mean.iter_mut().zip(block.chunks_exact(Self::LANES)) {
                values.iter().take(pieces.len()).for_each(|value| *mean += value);
            }
        }
        mean.map(|sum| sum / self.pieces.len() as f32)
    }
}

/// What each token finds.
struct Look<'l, S: Simd> {
    simd: S,
    /// The queries, keys and values of each block of tokens, one after the other.
    looks: &'l [S::f32s],
    /// How many tokens there are.
    count: usize,
    found: &'l mut [S::f32s],
}

impl<S: Simd> NullaryFnOnce for Look<'_, S> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { simd, looks, count, found } = self;
        let mut shares = Vec::with_capacity(count.next_multiple_of(S::F32_LANES));
        let blocks = looks.chunks_exact(3 * WIDTH);
        for (looking, found) in blocks.clone().zip(found.chunks_exact_mut(WIDTH)) {
            let heads = looking.chunks_exact(HEAD).zip(found.chunks_exact_mut(HEAD));
            for (head, (queries, found)) in heads.enumerate() {
                shares.clear();
                for block in blocks.clone() {
                    let keys = block.chunks_exact(HEAD).nth(HEADS + head).unwrap_or_default();
                    add_nearness(simd, queries, keys, &mut shares);
                }
                shares.truncate(count);
                to_shares(simd, &mut shares);
                for (part, found) in found.as_chunks_mut::<TOGETHER>().0.iter_mut().enumerate() {
                    let mut sums = [simd.splat_f32s(0.0); TOGETHER];
                    for (block, shares) in blocks.clone().zip(shares.chunks(S::F32_LANES)) {
                        let values = block.chunks_exact(TOGETHER).nth((2 * WIDTH + head * HEAD) / TOGETHER + part);
                        let values: &[f32] = cast_slice(values.unwrap_or_default());
                        for (lane, share) in shares.iter().enumerate() {
                            for (sum, values) in sums.iter_mut().zip(values.chunks_exact(S::F32_LANES)) {
                                let value = simd.splat_f32s(values.get(lane).copied().unwrap_or_default());
                                *sum = simd.add_f32s(*sum, simd.mul_f32s(*share, value));
                            }
                        }
                    }
                    *found = sums;
                }
            }
        }
    }
}

/// Applies the function to each value.
struct Gelu<'g, S: Simd> {
    simd: S,
    values: &'g mut [S::f32s],
}

impl<S: Simd> NullaryFnOnce for Gelu<'_, S> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { simd, values } = self;
        for values in values.iter_mut() {
            *values = gelu(simd, *values);
        }
    }
}

/// Adds for each key of a block how near it is to the queries of another.
#[inline(always)]
fn add_nearness<S: Simd>(simd: S, queries: &[S::f32s], keys: &[S::f32s], near: &mut Vec<S::f32s>) {
    let factor = simd.splat_f32s((HEAD as f32).sqrt().recip());
    let (keys, _) = cast_slice::<_, f32>(keys).as_chunks::<TOGETHER>();
    let parts = S::F32_LANES / TOGETHER;
    for part in 0..parts {
        let mut sums = [simd.splat_f32s(0.0); TOGETHER];
        for (query, keys) in queries.iter().zip(keys.chunks_exact(parts)) {
            let keys = keys.get(part).copied().unwrap_or_default();
            for (sum, key) in sums.iter_mut().zip(keys) {
                *sum = simd.add_f32s(*sum, simd.mul_f32s(*query, simd.splat_f32s(key)));
            }
        }
        near.extend(sums.map(|sum| simd.mul_f32s(sum, factor)));
    }
}

/// The shares of values whose logarithms these are, for each token.
#[inline(always)]
fn to_shares<S: Simd>(simd: S, values: &mut [S::f32s]) {
    let mut highest = simd.splat_f32s(f32::MIN);
    for values in values.iter() {
        highest = simd.max_f32s(highest, *values);
    }
    for values in values.iter_mut() {
        *values = exp(simd, simd.sub_f32s(*values, highest));
    }
    let mut sum = simd.splat_f32s(0.0);
    for values in values.iter() {
        sum = simd.add_f32s(sum, *values);
    }
    let factor = simd.div_f32s(simd.splat_f32s(1.0), sum);
    for values in values.iter_mut() {
        *values = simd.mul_f32s(*values, factor);
    }
}

/// Adds to the values of each token, then brings them to mean 0 and deviation 1, and weighs them.
struct Normalize<'n, S: Simd> {
    simd: S,
    states: &'n mut [S::f32s],
    /// As many values as `states`, or none.
    more: &'n [S::f32s],
    norm: &'n Norm,
}

impl<S: Simd> NullaryFnOnce for Normalize<'_, S> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { simd, states, more, norm } = self;
        for (states, more) in states.iter_mut().zip(more) {
            *states = simd.add_f32s(*states, *more);
        }
        let [zero, one, width, smallest] =
            [0.0, 1.0, WIDTH as f32, SMALLEST_DEVIATION].map(|value| simd.splat_f32s(value));
        for block in states.chunks_exact_mut(WIDTH) {
            let mut sum = zero;
            for values in block.iter() {
                sum = simd.add_f32s(sum, *values);
            }
            let mean = simd.div_f32s(sum, width);
            let mut squares = zero;
            for values in block.iter_mut() {
                *values = simd.sub_f32s(*values, mean);
                squares = simd.add_f32s(squares, simd.mul_f32s(*values, *values));
            }
            let deviation = simd.sqrt_f32s(simd.add_f32s(simd.div_f32s(squares, width), smallest));
            let factor = simd.div_f32s(one, deviation);
            for (values, (weight, bias)) in block.iter_mut().zip(norm.weight.iter().zip(&norm.bias)) {
                let weighed = simd.mul_f32s(simd.mul_f32s(*values, factor), simd.splat_f32s(*weight));
                *values = simd.add_f32s(weighed, simd.splat_f32s(*bias));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use pulp::{NullaryFnOnce, Scalar256b, Simd};

    use super::{Normalize, Reader, read, to_shares};
    use crate::processor::Any;
    #[cfg(target_arch = "x86_64")]
    use crate::processor::Sse2;
    use crate::weights::Norm;
    use crate::{Model, WIDTH, trained};

    #[test]
    fn all_processors_read_the_same() {
        let opened = Model::from_bytes(trained()).expect("weights of this version").open().expect("they are whole");
        for text in ["é 日 🦀", "is tea or coffee better for long evenings, or is it the same?"] {
            let pieces = opened.vocabulary.pieces(text, 64);
            let expected = Reader::new(Any, &pieces).read(&opened.weights);
            assert_eq!(read(&opened.weights, &pieces), expected, "{text}");
            #[cfg(target_arch = "x86_64")]
            for other in [
                pulp::x86::V3::try_new().map(|avx2| Reader::new(avx2, &pieces).read(&opened.weights)),
                Sse2::try_new().map(|sse2| Reader::new(sse2, &pieces).read(&opened.weights)),
            ] {
                assert!(other.is_none_or(|other| other == expected), "{text}");
            }
        }
    }

    #[test]
    fn shares_add_up_to_one() {
        let mut values = [0.0, 1.0, 80.0].map(|value| Scalar256b.splat_f32s(value));
        to_shares(Scalar256b, &mut values);
        let shares = values.map(|value| value.0);
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-6 && shares[2] > 0.99, "{shares:?}");
    }

    #[test]
    fn a_token_is_brought_to_mean_0_and_deviation_1() {
        let norm = Norm { weight: vec![1.0; WIDTH], bias: vec![0.0; WIDTH] };
        let mut values: Vec<_> = (0..WIDTH).map(|at| Scalar256b.splat_f32s(at as f32)).collect();
        Normalize { simd: Scalar256b, states: &mut values, more: &[], norm: &norm }.call();
        let mean: f32 = values.iter().map(|value| value.0).sum::<f32>() / WIDTH as f32;
        let variance: f32 = values.iter().map(|value| value.0 * value.0).sum::<f32>() / WIDTH as f32;
        assert!(mean.abs() < 1e-4 && (variance - 1.0).abs() < 1e-3, "{mean} {variance}");
        let mut same = vec![Scalar256b.splat_f32s(3.0); WIDTH];
        Normalize { simd: Scalar256b, states: &mut same, more: &[], norm: &norm }.call();
        assert!(same.iter().all(|value| value.0.abs() < 1e-3));
    }
}
