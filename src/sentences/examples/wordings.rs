//! Adds the vectors of new wordings to `wordings.bin`, by the weights that are committed:
//!
//! ```sh
//! training/wordings.py | cargo run -p versus-sentences --example wordings
//! ```
//!
//! Standard input has one text a line, all by which direct answers are found. Vectors of other texts are dropped; those that are there
//! already stay as the training wrote them.

#![allow(clippy::print_stdout, reason = "it reports what it did")]

use std::collections::BTreeMap;
use std::error::Error;
use std::{fs, io};

use versus_sentences::{Model, WIDTH};

static WEIGHTS: &[u8] = include_bytes!("../weights.bin");
/// Bytes of a vector in the file: the hash of its text, what a step of its numbers stands for, and the numbers.
const ENTRY: usize = 8 + 4 + WIDTH;

fn main() -> Result<(), Box<dyn Error>> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/wordings.bin");
    let bytes = fs::read(file)?;
    let (entries, _) = bytes.as_chunks::<ENTRY>();
    let hash_of = |entry: &[u8; ENTRY]| entry.first_chunk().map_or(0, |hash| u64::from_le_bytes(*hash));
    let known: BTreeMap<u64, &[u8; ENTRY]> = entries.iter().map(|entry| (hash_of(entry), entry)).collect();
    let model = Model::from_bytes(WEIGHTS).map_err(|error| format!("{error:?}"))?;
    let mut all: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
    let mut added = 0;
    for text in io::stdin().lines() {
        let text = text?;
        let hash = fnv(&text);
        let entry = known.get(&hash).map(|entry| entry.to_vec()).unwrap_or_else(|| {
            added += 1;
            // As the program reads a text: without what stands around its words.
            entry(hash, &model.vector(text.trim_matches(|c: char| !c.is_alphanumeric())))
        });
        all.insert(hash, entry);
    }
    println!("{} wordings, {added} of them new", all.len());
    fs::write(file, all.into_values().collect::<Vec<_>>().concat())?;
    Ok(())
}

fn entry(hash: u64, vector: &[f32]) -> Vec<u8> {
    let step = vector.iter().fold(f32::MIN_POSITIVE, |most, number| most.max(number.abs())) / f32::from(i8::MAX);
    let mut bytes = hash.to_le_bytes().to_vec();
    bytes.extend(step.to_le_bytes());
    bytes.extend(vector.iter().flat_map(|number| ((number / step).round() as i8).to_le_bytes()));
    bytes
}

/// FNV-1a, as the program finds a text.
fn fnv(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}
