//! What processors do for several tokens at the same time. All give the same numbers.

use pulp::{NullaryFnOnce, Scalar256b, Simd};

/// Floats side by side, as many as a processor works on at the same time.
pub(crate) type Floats<P> = <<P as Processor>::Simd as Simd>::f32s;
/// As many whole numbers of 32 bits.
pub(crate) type Whole<P> = <<P as Processor>::Simd as Simd>::i32s;

/// What the library below has for a processor, and the product of whole numbers.
pub(crate) trait Processor: Copy {
    type Simd: Simd;

    fn simd(self) -> Self::Simd;

    /// Does work that is compiled for this processor. All of it has to be inlined here, which is certain of a type whose `call` says so,
    /// and not of a closure.
    fn run<Work: NullaryFnOnce>(self, work: Work) -> Work::Output;

    /// Adds to each sum the products of two values with two weights. A whole number has two values of 16 bits, the first in its lower half.
    fn add_products(self, sums: Whole<Self>, weights: [i16; 2], values: Whole<Self>) -> Whole<Self>;

    fn to_floats(self, numbers: Whole<Self>) -> Floats<Self>;

    /// Bytes with a sign as whole numbers of 16 bits.
    // Nothing here relies on the compiler to find what can be done at the same time: it does not in a program that is built for size.
    #[inline(always)]
    fn widen(self, bytes: [u8; 16]) -> [i16; 16] {
        bytes.map(|byte| i16::from(byte.cast_signed()))
    }
}

/// Any processor: the compiler does what it can.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Any;

impl Processor for Any {
    type Simd = Scalar256b;

    #[inline(always)]
    fn simd(self) -> Scalar256b {
        Scalar256b
    }

    #[inline(always)]
    fn run<Work: NullaryFnOnce>(self, work: Work) -> Work::Output {
        work.call()
    }

    #[inline(always)]
    fn add_products(self, sums: Whole<Self>, weights: [i16; 2], values: Whole<Self>) -> Whole<Self> {
        let [one, other] = weights.map(i32::from);
        let (mut sums, values): ([i32; 8], [i32; 8]) = (pulp::cast(sums), pulp::cast(values));
        for (sum, pair) in sums.iter_mut().zip(values) {
            *sum = sum.wrapping_add(one * i32::from(pair as i16) + other * (pair >> i16::BITS));
        }
        pulp::cast(sums)
    }

    #[inline(always)]
    fn to_floats(self, numbers: Whole<Self>) -> Floats<Self> {
        pulp::cast(pulp::cast::<_, [i32; 8]>(numbers).map(|number| number as f32))
    }
}

#[cfg(target_arch = "x86_64")]
pub(crate) use x86::{Avx512, Sse2};

#[cfg(target_arch = "x86_64")]
mod x86 {
    use pulp::x86::{V3, V4};
    use pulp::{NullaryFnOnce, Scalar128b};

    use super::{Floats, Processor, Whole};

    pulp::simd_type! {
        /// What each processor of this kind has: eight products are one instruction.
        pub(crate) struct Sse2 {
            sse2: "sse2",
        }
    }

    impl Processor for Sse2 {
        type Simd = Scalar128b;

        #[inline(always)]
        fn simd(self) -> Scalar128b {
            Scalar128b
        }

        #[inline(always)]
        fn run<Work: NullaryFnOnce>(self, work: Work) -> Work::Output {
            self.vectorize(work)
        }

        #[inline(always)]
        fn add_products(self, sums: Whole<Self>, weights: [i16; 2], values: Whole<Self>) -> Whole<Self> {
            let weights = self.sse2._mm_set1_epi32(pulp::cast(weights));
            let products = self.sse2._mm_madd_epi16(weights, pulp::cast(values));
            pulp::cast(self.sse2._mm_add_epi32(pulp::cast(sums), products))
        }

        #[inline(always)]
        fn to_floats(self, numbers: Whole<Self>) -> Floats<Self> {
            pulp::cast(self.sse2._mm_cvtepi32_ps(pulp::cast(numbers)))
        }
    }

    /// With AVX2, sixteen products are one instruction.
    impl Processor for V3 {
        type Simd = Self;

        #[inline(always)]
        fn simd(self) -> Self {
            self
        }

        #[inline(always)]
        fn run<Work: NullaryFnOnce>(self, work: Work) -> Work::Output {
            self.vectorize(work)
        }

        #[inline(always)]
        fn add_products(self, sums: Whole<Self>, weights: [i16; 2], values: Whole<Self>) -> Whole<Self> {
            let weights = self.avx._mm256_set1_epi32(pulp::cast(weights));
            let products = self.avx2._mm256_madd_epi16(weights, pulp::cast(values));
            pulp::cast(self.avx2._mm256_add_epi32(pulp::cast(sums), products))
        }

        #[inline(always)]
        fn to_floats(self, numbers: Whole<Self>) -> Floats<Self> {
            pulp::cast(self.avx._mm256_cvtepi32_ps(pulp::cast(numbers)))
        }

        #[inline(always)]
        fn widen(self, bytes: [u8; 16]) -> [i16; 16] {
            pulp::cast(self.avx2._mm256_cvtepi8_epi16(pulp::cast(bytes)))
        }
    }

    /// AVX-512 with its instructions for neural networks: 32 products and their sums are one of them.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct Avx512 {
        v4: V4,
        vnni: Vnni,
    }

    pulp::simd_type! {
        struct Vnni {
            avx512f: "avx512f",
            avx512bw: "avx512bw",
            avx512cd: "avx512cd",
            avx512dq: "avx512dq",
            avx512vl: "avx512vl",
            avx512vnni: "avx512vnni",
        }
    }

    impl Avx512 {
        pub(crate) fn try_new() -> Option<Self> {
            Some(Self { v4: V4::try_new()?, vnni: Vnni::try_new()? })
        }
    }

    impl Processor for Avx512 {
        type Simd = V4;

        #[inline(always)]
        fn simd(self) -> V4 {
            self.v4
        }

        #[inline(always)]
        fn run<Work: NullaryFnOnce>(self, work: Work) -> Work::Output {
            self.vnni.vectorize(work)
        }

        #[inline(always)]
        fn add_products(self, sums: Whole<Self>, weights: [i16; 2], values: Whole<Self>) -> Whole<Self> {
            let weights = self.v4.avx512f._mm512_set1_epi32(pulp::cast(weights));
            // The compiler makes one instruction of these two, which has no name in the library.
            let products = self.v4.avx512bw._mm512_madd_epi16(weights, pulp::cast(values));
            pulp::cast(self.v4.avx512f._mm512_add_epi32(pulp::cast(sums), products))
        }

        #[inline(always)]
        fn to_floats(self, numbers: Whole<Self>) -> Floats<Self> {
            pulp::cast(self.v4.avx512f._mm512_cvtepi32_ps(pulp::cast(numbers)))
        }

        #[inline(always)]
        fn widen(self, bytes: [u8; 16]) -> [i16; 16] {
            pulp::cast(self.v4.avx2._mm256_cvtepi8_epi16(pulp::cast(bytes)))
        }
    }
}
