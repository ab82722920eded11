//! The weights as they lie in the file, with what is made of them when the first sentence is read.

use crate::bytes::Bytes;
use crate::{LONGEST, WIDTH};

/// Layers, heads of attention, and the width of the inner part of a layer.
pub(crate) const LAYERS: usize = 6;
pub(crate) const HEADS: usize = 12;
pub(crate) const INNER: usize = 1536;

/// All weights, in the order of the file but for the whole numbers, which come last there.
pub(crate) struct Weights {
    /// A row for each word piece.
    pub(crate) words: Rows,
    /// A row for each position.
    pub(crate) positions: Rows,
    pub(crate) norm: Norm,
    pub(crate) layers: Vec<Layer>,
    /// A row for each label.
    pub(crate) head: Dense,
}

/// One layer of the model.
pub(crate) struct Layer {
    /// Queries, keys and values, one after the other.
    pub(crate) attention: Dense,
    pub(crate) joined: Dense,
    pub(crate) joined_norm: Norm,
    pub(crate) inner: Dense,
    pub(crate) outer: Dense,
    pub(crate) outer_norm: Norm,
}

/// Whole numbers from -127 to 127, stored as bytes, with one scale a row.
pub(crate) struct Rows {
    pub(crate) values: &'static [u8],
    pub(crate) scales: Vec<f32>,
}

/// A matrix, and what is added to its product.
pub(crate) struct Dense {
    pub(crate) rows: Rows,
    pub(crate) bias: Vec<f32>,
}

/// What the values of a token are multiplied by, and what is added to them, after they were brought to mean 0 and deviation 1.
pub(crate) struct Norm {
    pub(crate) weight: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

impl Weights {
    /// The bytes of all weights for so many labels and word pieces.
    pub(crate) fn size(labels: usize, words: usize) -> usize {
        let norm = 8 * WIDTH;
        let dense = |rows: usize, columns: usize| rows * (columns + 8);
        let layer =
            dense(3 * WIDTH, WIDTH) + dense(WIDTH, WIDTH) + dense(INNER, WIDTH) + dense(WIDTH, INNER) + 2 * norm;
        (words + LONGEST) * (WIDTH + 4) + norm + LAYERS * layer + dense(labels, WIDTH)
    }

    /// Reads the weights for so many labels and word pieces; nothing if there are too few bytes.
    pub(crate) fn read(bytes: &mut Bytes, labels: usize, words: usize) -> Option<Self> {
        Some(Self {
            words: Rows::read(bytes, words, WIDTH)?,
            positions: Rows::read(bytes, LONGEST, WIDTH)?,
            norm: Norm::read(bytes)?,
            layers: (0..LAYERS).map(|_| Layer::read(bytes)).collect::<Option<_>>()?,
            head: Dense::read(bytes, labels, WIDTH)?,
        })
    }
}

impl Layer {
    fn read(bytes: &mut Bytes) -> Option<Self> {
        Some(Self {
            attention: Dense::read(bytes, 3 * WIDTH, WIDTH)?,
            joined: Dense::read(bytes, WIDTH, WIDTH)?,
            joined_norm: Norm::read(bytes)?,
            inner: Dense::read(bytes, INNER, WIDTH)?,
            outer: Dense::read(bytes, WIDTH, INNER)?,
            outer_norm: Norm::read(bytes)?,
        })
    }
}

impl Rows {
    fn read(bytes: &mut Bytes, rows: usize, columns: usize) -> Option<Self> {
        Some(Self { scales: bytes.floats(rows)?, values: bytes.take(rows.checked_mul(columns)?)? })
    }

    /// Adds a row to values; none if there is no such row.
    pub(crate) fn add_to(&self, values: &mut [f32], row: usize) {
        let columns = values.len();
        let scale = self.scales.get(row).copied().unwrap_or_default();
        let found = self.values.get(row * columns..(row + 1) * columns).unwrap_or_default();
        values.iter_mut().zip(found).for_each(|(value, byte)| *value += scale * f32::from(byte.cast_signed()));
    }
}

impl Dense {
    fn read(bytes: &mut Bytes, rows: usize, columns: usize) -> Option<Self> {
        let bias = bytes.floats(rows)?;
        Some(Self { rows: Rows::read(bytes, rows, columns)?, bias })
    }
}

impl Norm {
    fn read(bytes: &mut Bytes) -> Option<Self> {
        Some(Self { weight: bytes.floats(WIDTH)?, bias: bytes.floats(WIDTH)? })
    }
}
