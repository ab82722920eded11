//! Products of matrices: whole numbers times whole numbers, so that every processor gets the same.
//!
//! Where the processor has AVX2, sixteen products are one instruction; elsewhere the compiler does what it can.

use pulp::Arch;

/// Tokens are read by blocks of so many, which share the loading of a weight.
pub(crate) const BLOCK: usize = 4;
/// The largest whole number for a value of a token: 1,536 of them times 127 fit into 32 bits.
const LARGEST: f32 = 8191.0;
/// Floats that are added at the same time.
const LANES: usize = 8;

/// The values of tokens as whole numbers, one token after the other, filled up with zeros to whole blocks.
pub(crate) struct Tokens {
    values: Vec<i16>,
    scales: Vec<f32>,
    columns: usize,
}

impl Tokens {
    /// Rounds the values of tokens with so many columns each.
    pub(crate) fn round(values: &[f32], columns: usize) -> Self {
        let mut rounded: Vec<i16> = Vec::with_capacity(values.len() + (BLOCK - 1) * columns);
        let mut scales = Vec::with_capacity(values.len() / columns);
        for token in values.chunks_exact(columns) {
            let largest = token.iter().fold(f32::MIN_POSITIVE, |largest, value| largest.max(value.abs()));
            let factor = LARGEST / largest;
            scales.push(largest / LARGEST);
            // Truncated after half was added; rounding proper is a call on older processors.
            rounded.extend(token.iter().map(|value| (value * factor + 0.5f32.copysign(*value)) as i16));
        }
        rounded.resize(scales.len().next_multiple_of(BLOCK) * columns, 0);
        Self { values: rounded, scales, columns }
    }

    /// Adds to each token's part of `out` its products with the rows.
    ///
    /// `rows` are whole numbers from -127 to 127 as bytes, one row of so many columns after the other, and `scales` what each row
    /// is multiplied by; `out` has a value for each row, one token after the other.
    pub(crate) fn times(&self, rows: &[u8], scales: &[f32], out: &mut [f32]) {
        #[cfg(target_arch = "x86_64")]
        if let Arch::V3(v3) = Arch::new() {
            return v3.vectorize(x86::Product { v3, tokens: self, rows, scales, out });
        }
        for (row, weights) in rows.chunks_exact(self.columns).enumerate() {
            for (number, block) in self.blocks().enumerate() {
                self.keep(row, scales, number, portable(weights, block), out);
            }
        }
    }

    fn blocks(&self) -> impl Iterator<Item = &[i16]> {
        self.values.chunks_exact(self.columns * BLOCK)
    }

    /// Adds the products of a row with the tokens of a block.
    #[inline(always)]
    fn keep(&self, row: usize, scales: &[f32], block: usize, sums: [i32; BLOCK], out: &mut [f32]) {
        let width = scales.len();
        let scale = scales.get(row).copied().unwrap_or_default();
        let first = block * BLOCK;
        let tokens = self.scales.get(first..).unwrap_or_default().iter().zip(sums);
        let values = out.get_mut(first * width + row..).unwrap_or_default().iter_mut().step_by(width);
        values.zip(tokens).for_each(|(value, (of_token, sum))| *value += sum as f32 * scale * of_token);
    }
}

/// A row of weights times each token of a block.
#[inline(always)]
fn portable(row: &[u8], block: &[i16]) -> [i32; BLOCK] {
    let mut sums = [0; BLOCK];
    for (sum, token) in sums.iter_mut().zip(block.chunks_exact(row.len())) {
        let products = row.iter().zip(token).map(|(weight, value)| i32::from(weight.cast_signed()) * i32::from(*value));
        *sum = products.fold(0, i32::wrapping_add);
    }
    sums
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::__m256i;

    use pulp::NullaryFnOnce;
    use pulp::x86::V3;

    use super::{BLOCK, Tokens, portable};

    /// What [`Tokens::times`] has to do.
    pub(super) struct Product<'p> {
        pub(super) v3: V3,
        pub(super) tokens: &'p Tokens,
        pub(super) rows: &'p [u8],
        pub(super) scales: &'p [f32],
        pub(super) out: &'p mut [f32],
    }

    impl NullaryFnOnce for Product<'_> {
        type Output = ();

        #[inline(always)]
        fn call(self) {
            let Self { v3, tokens, rows, scales, out } = self;
            let mut pairs = rows.chunks_exact(2 * tokens.columns);
            for (number, pair) in pairs.by_ref().enumerate() {
                let (one, other) = pair.split_at(tokens.columns);
                for (block, values) in tokens.blocks().enumerate() {
                    let [of_one, of_other] = products(v3, [one, other], values);
                    tokens.keep(2 * number, scales, block, of_one, out);
                    tokens.keep(2 * number + 1, scales, block, of_other, out);
                }
            }
            for (block, values) in tokens.blocks().enumerate().filter(|_| !pairs.remainder().is_empty()) {
                let sums = portable(pairs.remainder(), values);
                tokens.keep(scales.len().saturating_sub(1), scales, block, sums, out);
            }
        }
    }

    /// Two rows times each token of a block.
    #[inline(always)]
    fn products(v3: V3, rows: [&[u8]; 2], block: &[i16]) -> [[i32; BLOCK]; 2] {
        let (first_half, second_half) = block.split_at(block.len() / 2);
        let (first, second) = first_half.split_at(first_half.len() / 2);
        let (third, fourth) = second_half.split_at(second_half.len() / 2);
        let [one, other] = rows.map(|row| row.as_chunks::<16>().0.iter());
        let [first, second, third, fourth] =
            [first, second, third, fourth].map(|token| token.as_chunks::<16>().0.iter());
        let zero = v3.avx._mm256_setzero_si256();
        let mut sums = [[zero; BLOCK]; 2];
        for (((((one, other), first), second), third), fourth) in
            one.zip(other).zip(first).zip(second).zip(third).zip(fourth)
        {
            let weights = [one, other].map(|weights| v3.avx2._mm256_cvtepi8_epi16(pulp::cast(*weights)));
            let values: [__m256i; BLOCK] = [first, second, third, fourth].map(|values| pulp::cast(*values));
            for (sums, weights) in sums.iter_mut().zip(weights) {
                for (sum, values) in sums.iter_mut().zip(values) {
                    *sum = v3.avx2._mm256_add_epi32(*sum, v3.avx2._mm256_madd_epi16(weights, values));
                }
            }
        }
        sums.map(|sums| sums.map(|sum| pulp::cast::<__m256i, [i32; 8]>(sum).iter().sum()))
    }
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
    use super::{BLOCK, Tokens, dot, portable};

    /// Numbers without a pattern, -1 to 1.
    fn numbers(many: usize) -> Vec<f32> {
        (0..many).map(|at| ((at * at * 37 + at * 11) % 201) as f32 / 100.0 - 1.0).collect()
    }

    #[test]
    fn a_product_is_what_it_is_in_floats_for_any_number_of_rows_and_tokens() {
        let columns = 48;
        for (rows, tokens) in [(1, 1), (2, 3), (5, 4), (7, 9)] {
            let weights: Vec<u8> = (0..rows * columns).map(|at| (at * 53 % 255) as u8).collect();
            let weights: Vec<u8> = weights.into_iter().map(|byte| if byte == 128 { 0 } else { byte }).collect();
            let scales: Vec<f32> = (1..=rows).map(|row| row as f32 / 100.0).collect();
            let values = numbers(tokens * columns);
            let mut out = vec![0.5; tokens * rows];
            Tokens::round(&values, columns).times(&weights, &scales, &mut out);
            for token in 0..tokens {
                for row in 0..rows {
                    let weights = &weights[row * columns..(row + 1) * columns];
                    let values = &values[token * columns..(token + 1) * columns];
                    let products =
                        weights.iter().zip(values).map(|(weight, value)| f32::from(weight.cast_signed()) * value);
                    let expected = 0.5 + products.sum::<f32>() * scales[row];
                    assert!((out[token * rows + row] - expected).abs() < 0.01, "{rows} {tokens} {token} {row}");
                }
            }
        }
    }

    #[test]
    fn the_largest_numbers_fit() {
        let columns = 1536;
        let (weights, values) = (vec![127; columns], vec![1.0; columns]);
        let mut out = vec![0.0; 2];
        Tokens::round(&values, columns).times(&[weights.clone(), weights.clone()].concat(), &[1.0, 1.0], &mut out);
        assert!(out.iter().all(|value| (value / (127.0 * 1536.0) - 1.0).abs() < 1e-4), "{out:?}");
        assert_eq!(portable(&weights, &vec![8191; BLOCK * columns]), [127 * 8191 * 1536; BLOCK]);
    }

    #[test]
    fn dots_add_what_is_left_over_too() {
        assert!((dot(&[2.0; 11], &[0.5; 11]) - 11.0).abs() < 1e-6);
        assert!(dot(&[], &[]).abs() < 1e-6);
    }
}
