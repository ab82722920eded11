//! Functions of floats that are computed for many at the same time: without branches, and the same on every processor.

use std::f32::consts::{FRAC_1_SQRT_2, LOG2_E};

use pulp::{Scalar, Simd};

use crate::product::TO_WHOLE;

/// The logarithms of the shares of values whose logarithms these are.
pub(crate) fn log_shares(mut values: Vec<f32>) -> Vec<f32> {
    let highest = values.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = values.iter().map(|value| exp(Scalar, *value - highest)).sum();
    values.iter_mut().for_each(|value| *value -= highest + sum.ln());
    values
}

/// Of e^x between -0.35 and 0.35, the factors from x² on, by Cephes' `expf` (Moshier): wrong by 2e-7 of it at most.
const EXP: [f32; 6] = [0.5, 0.166_666_65, 0.041_665_796, 0.008_333_452, 0.001_398_199_9, 0.000_198_756_91];
/// ln 2 in two parts, of which the first times a small whole number is exact.
const LN_2: [f32; 2] = [0.693_359_4, -0.000_212_194_44];
/// Below this the exponential function is taken to be what it is here: as good as nothing.
const EXP_FROM: f32 = -87.0;

/// The exponential function of numbers that are at most 0.
#[inline(always)]
pub(crate) fn exp<S: Simd>(simd: S, values: S::f32s) -> S::f32s {
    let [least, log2_e, to_whole, first, second] =
        [EXP_FROM, LOG2_E, TO_WHOLE, LN_2[0], LN_2[1]].map(|value| simd.splat_f32s(value));
    let values = simd.max_f32s(values, least);
    // 2 to a whole number times e to what is left.
    let power = simd.add_f32s(simd.mul_f32s(values, log2_e), to_whole);
    let whole = simd.sub_f32s(power, to_whole);
    let rest = simd.sub_f32s(values, simd.mul_f32s(whole, first));
    let rest = simd.sub_f32s(rest, simd.mul_f32s(whole, second));
    let sum = simd.mul_f32s(simd.mul_f32s(polynomial(simd, rest, &EXP), rest), rest);
    let of_rest = simd.add_f32s(simd.add_f32s(sum, rest), simd.splat_f32s(1.0));
    let shift = simd.splat_u32s(1 << (f32::MANTISSA_DIGITS - 1));
    let power = simd.mul_u32s(simd.transmute_u32s_f32s(power), shift);
    simd.transmute_f32s_u32s(simd.add_u32s(simd.transmute_u32s_f32s(of_rest), power))
}

#[inline(always)]
fn polynomial<S: Simd>(simd: S, values: S::f32s, factors: &[f32]) -> S::f32s {
    let mut sum = simd.splat_f32s(0.0);
    for factor in factors.iter().rev() {
        sum = simd.add_f32s(simd.mul_f32s(sum, values), simd.splat_f32s(*factor));
    }
    sum
}

/// The Gaussian error linear unit (Hendrycks and Gimpel 2016).
#[inline(always)]
pub(crate) fn gelu<S: Simd>(simd: S, values: S::f32s) -> S::f32s {
    let [half, one, scale] = [0.5, 1.0, FRAC_1_SQRT_2].map(|value| simd.splat_f32s(value));
    let error = error_function(simd, simd.mul_f32s(values, scale));
    simd.mul_f32s(simd.mul_f32s(half, values), simd.add_f32s(one, error))
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
fn error_function<S: Simd>(simd: S, values: S::f32s) -> S::f32s {
    let [least, most] = [-ERROR_FUNCTION_UP_TO, ERROR_FUNCTION_UP_TO].map(|value| simd.splat_f32s(value));
    let values = simd.min_f32s(simd.max_f32s(values, least), most);
    simd.mul_f32s(values, polynomial(simd, simd.mul_f32s(values, values), &ERROR_FUNCTION))
}

#[cfg(test)]
mod tests {
    use pulp::Scalar;

    use super::{error_function, exp, gelu, log_shares};

    #[test]
    fn the_error_function_is_as_in_the_tables() {
        for (value, expected) in
            [(0.0, 0.0), (0.5, 0.520_499_9), (1.0, 0.842_700_8), (2.0, 0.995_322_3), (3.0, 0.999_977_9), (9.0, 1.0)]
        {
            assert!((error_function(Scalar, value) - expected).abs() < 3e-5, "{value}");
            assert!((error_function(Scalar, -value) + expected).abs() < 3e-5, "{value}");
        }
        assert!((gelu(Scalar, 1.0) - 0.841_345).abs() < 1e-4 && gelu(Scalar, -9.0).abs() < 1e-3);
    }

    #[test]
    fn the_exponential_function_is_that_of_the_library() {
        for step in 0..=87_000 {
            let value = -(step as f32) / 1_000.0;
            let expected = f64::from(value).exp();
            assert!((f64::from(exp(Scalar, value)) / expected - 1.0).abs() < 3e-7, "{value}");
        }
        assert!(exp(Scalar, f32::MIN) < 1e-37 && exp(Scalar, f32::NEG_INFINITY) < 1e-37);
    }

    #[test]
    fn logarithms_are_those_of_shares() {
        let logarithms = log_shares(vec![2.0, 2.0]);
        assert!(logarithms.iter().all(|value| (value - 0.5_f32.ln()).abs() < 1e-6), "{logarithms:?}");
    }
}
