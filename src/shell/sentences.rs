//! The sentence model that is compiled in, and the vectors of the examples of a data folder, which are kept in a cache.

use std::collections::HashMap;
use std::fs;
use std::hash::Hasher;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::thread;

use fnv::FnvHasher;
use versus_sentences::Model;

use crate::domain::knowledge::{Examples, Knowledge};
use crate::domain::matching::{Matcher, labelled};
use crate::domain::question::as_sentence;
use crate::domain::sentences::{Sentence, SentenceModel, Sentences};

/// What the cached vectors belong to: other weights give other vectors.
const WEIGHTS_DIGEST: &str = include_str!("../sentences/weights.sha256");

/// The model, opened once; nothing of its weights is read before the first sentence.
static MODEL: LazyLock<Option<Arc<Compiled>>> =
    LazyLock::new(|| Some(Arc::new(Compiled(Model::from_bytes(versus_sentences::trained()).ok()?))));

/// Examples of a label that are read, spread over all of them: more take time at the start and add little.
const EXAMPLES_OF_A_LABEL: usize = 48;
/// So few examples are read again at each start, and not kept.
const NOT_KEPT_UP_TO: usize = 100;
/// So many examples take seconds. What every comparison inherits, and a small one, stay below.
const SAID_FROM: usize = 200;

#[derive(Debug)]
struct Compiled(Model);

impl SentenceModel for Compiled {
    fn labels(&self) -> &[&str] {
        self.0.labels()
    }

    fn subjects(&self) -> &[&str] {
        self.0.subjects()
    }

    fn read(&self, text: &str) -> Sentence {
        let sentence = self.0.read(text);
        Sentence { vector: sentence.vector.to_vec(), scores: sentence.scores }
    }
}

/// The model for a comparison that it was trained on; nothing for another one.
pub(super) fn trained(knowledge: &Knowledge, matcher: &Matcher) -> Option<Sentences> {
    let model = MODEL.clone()?;
    let is_same = knowledge.subjects.iter().map(|subject| subject.id.as_str()).eq(model.0.subjects().iter().copied());
    is_same.then(|| Sentences::trained(model, &matcher.label_names(knowledge)))
}

/// The model for any other comparison: the nearest examples decide. Their vectors come from a cache as far as it has them. What is
/// being done is said on standard error where it takes a while.
pub(super) fn by_examples(examples: &Examples, folder: &Path) -> Option<Sentences> {
    let model = MODEL.clone()?;
    let texts: Vec<Vec<&str>> = labelled(examples).into_iter().map(|(_, texts)| spread(texts)).collect();
    let all: Vec<&str> = texts.iter().flatten().copied().collect();
    let cache = (all.len() > NOT_KEPT_UP_TO).then(|| cache_file(folder)).flatten();
    let mut known = cache.as_deref().and_then(read_cache).unwrap_or_default();
    let mut missing: Vec<&str> = all.iter().copied().filter(|text| !known.contains_key(&hash(text))).collect();
    missing.sort_unstable();
    missing.dedup();
    if !missing.is_empty() {
        if missing.len() > SAID_FROM {
            say(&format!("reading {} examples of {} as sentences, a few seconds", missing.len(), folder.display()));
        }
        known.extend(read_all(&model.0, &missing));
        if let Some(cache) = &cache {
            keep(cache, &known, &all);
        }
    }
    let vector = |text: &&str| known.get(&hash(text)).cloned();
    let examples = texts.iter().map(|texts| texts.iter().filter_map(vector).collect()).collect();
    Some(Sentences::by_examples(model, examples))
}

/// At most as many texts as are read, evenly spread.
fn spread(texts: Vec<&str>) -> Vec<&str> {
    let step = texts.len().div_ceil(EXAMPLES_OF_A_LABEL).max(1);
    texts.into_iter().step_by(step).collect()
}

/// Reads texts on all processors.
fn read_all(model: &Model, texts: &[&str]) -> Vec<(u64, Vec<f32>)> {
    let threads = thread::available_parallelism().map_or(1, Into::into);
    let part = texts.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let read = |text: &&str| (hash(text), model.vector(&as_sentence(text)).to_vec());
        let started: Vec<_> =
            texts.chunks(part).map(|texts| scope.spawn(move || texts.iter().map(read).collect::<Vec<_>>())).collect();
        started.into_iter().filter_map(|thread| thread.join().ok()).flatten().collect()
    })
}

/// Where the vectors for a folder are kept.
fn cache_file(folder: &Path) -> Option<PathBuf> {
    let folder = fs::canonicalize(folder).ok()?;
    let name = format!("vectors-{:016x}.bin", hash(&folder.to_string_lossy()));
    Some(dirs::cache_dir()?.join(env!("CARGO_PKG_NAME")).join(name))
}

/// A cache that cannot be read, or is of other weights, is none.
fn read_cache(file: &Path) -> Option<HashMap<u64, Vec<f32>>> {
    let bytes = fs::read(file).ok()?;
    let rows = bytes.strip_prefix(WEIGHTS_DIGEST.as_bytes())?;
    let (rows, []) = rows.as_chunks::<ROW>() else { return None };
    let row = |row: &[u8; ROW]| {
        let (hash, vector) = row.split_first_chunk::<8>()?;
        let floats = vector.as_chunks::<4>().0.iter().map(|float| f32::from_le_bytes(*float));
        Some((u64::from_le_bytes(*hash), floats.collect()))
    };
    rows.iter().map(row).collect()
}

/// The bytes of a hash and a vector.
const ROW: usize = 8 + 4 * versus_sentences::WIDTH;

/// Keeps the vectors of some texts. Where that cannot be done, such as in a folder that is read-only, they are read again at the
/// next start.
fn keep(file: &Path, known: &HashMap<u64, Vec<f32>>, texts: &[&str]) {
    let mut hashes: Vec<u64> = texts.iter().map(|text| hash(text)).collect();
    hashes.sort_unstable();
    hashes.dedup();
    let mut bytes = WEIGHTS_DIGEST.as_bytes().to_vec();
    for (hash, vector) in hashes.iter().filter_map(|hash| Some((hash, known.get(hash)?))) {
        bytes.extend_from_slice(&hash.to_le_bytes());
        vector.iter().for_each(|value| bytes.extend_from_slice(&value.to_le_bytes()));
    }
    let Some(folder) = file.parent() else { return };
    // Written beside and renamed, so that a start at the same time never reads half of it.
    let draft = file.with_extension(format!("{}.tmp", std::process::id()));
    let kept =
        fs::create_dir_all(folder).and_then(|()| fs::write(&draft, bytes)).and_then(|()| fs::rename(&draft, file));
    if kept.is_err() {
        let _ = fs::remove_file(&draft);
    }
}

fn say(what: &str) {
    // Who closed standard error wants to read nothing.
    let _ = writeln!(std::io::stderr(), "{what}");
}

/// FNV-1a is the same on every machine.
fn hash(text: &str) -> u64 {
    let mut hasher = FnvHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}
