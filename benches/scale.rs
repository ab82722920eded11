//! How the matching grows with the knowledge: up to 10,000 topics with made-up words.

#![allow(clippy::expect_used, reason = "without its data a bench has nothing to measure")]
#![allow(missing_docs, reason = "each function is one measurement, named in the table")]

use divan::{Bencher, black_box};
use versus::domain::knowledge::{Examples, parse};
use versus::domain::matching::Matcher;

const SIZES: [usize; 3] = [100, 1_000, 10_000];
/// Words by which a topic is asked for, and questions.
const WORDS: usize = 2;
const QUESTIONS: usize = 2;

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn build_index(bencher: Bencher<'_, '_>, topics: usize) {
    let examples = examples(topics);
    bencher.bench_local(|| Matcher::new(&examples));
}

#[divan::bench(args = SIZES)]
fn understand(bencher: Bencher<'_, '_>, topics: usize) {
    let matcher = Matcher::new(&examples(topics));
    let question = format!("which one is better at {} and {} for us?", word(17), word(42));
    bencher.bench_local(|| matcher.understand(black_box(&question)));
}

#[divan::bench(args = SIZES)]
fn understand_misspelt(bencher: Bencher<'_, '_>, topics: usize) {
    let matcher = Matcher::new(&examples(topics));
    let question = format!("wich is bettr at {}x?", word(17));
    bencher.bench_local(|| matcher.understand(black_box(&question)));
}

fn examples(topics: usize) -> Examples {
    let shared = [
        (
            "comparison.toml",
            "title = \"Left or right?\"\narticle = { title = \"A\", as_of = \"2001\" }\n\
            [[subject]]\nid = \"left\"\nname = \"Left\"\nemoji = \"L\"\ncolour = \"#000000\"\nwords = [\"left\"]\n\
            [[subject]]\nid = \"right\"\nname = \"Right\"\nemoji = \"R\"\ncolour = \"#000001\"\nwords = [\"right\"]\n\
            [[category]]\nid = \"all\"\ntitle = \"All\"\n",
        ),
        ("sources.toml", "[s]\ntitle = \"S\"\nurl = \"https://example.org\"\nas_of = \"2026\"\n"),
    ];
    let shared = shared.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let topics = (0..topics).map(|number| (format!("topics/t{number}.toml"), topic(number)));
    parse(&shared.into_iter().chain(topics).collect::<Vec<_>>()).expect("the made-up data is good").examples
}

fn topic(number: usize) -> String {
    let words: Vec<String> = (0..WORDS).map(|at| word(number * WORDS + at)).collect();
    let question =
        |at: usize| format!("\"which one is better at {} and {}?\"", word(number * WORDS + at), word(number * 7 + at));
    let questions: Vec<String> = (0..QUESTIONS).map(question).collect();
    format!(
        "title = \"T\"\ncategory = \"all\"\ntakeaway = \"T\"\nleaning = \"even\"\nreason = \"R\"\nchecked = 2026-11-01\n\
         related = []\n[[sides.left]]\ntext = \"L\"\nsources = [\"s\"]\n[[sides.right]]\ntext = \"R\"\nsources = [\"s\"]\n\
         [ask]\nwords = {words:?}\nquestions = [{}]\n",
        questions.join(", ")
    )
}

/// A made-up word of its own for each number, four syllables long.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 24] = [
        "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qui", "ro", "su", "ta", "ve", "wi",
        "xo", "yu", "za", "bre", "sti", "glo",
    ];
    let mut rest = number.wrapping_mul(7_919) + 100_003;
    let syllables = (0..4).map(|_| {
        let syllable = SYLLABLES.get(rest % SYLLABLES.len()).copied().unwrap_or_default();
        rest /= SYLLABLES.len();
        syllable
    });
    syllables.collect()
}
