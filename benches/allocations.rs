//! How often a question allocates memory. Counting costs time, so the times here are not those of `answer`.

#![allow(clippy::expect_used, reason = "without its data a bench has nothing to measure")]
#![allow(missing_docs, reason = "each function is one measurement, named in the table")]

use divan::{AllocProfiler, Bencher, black_box};
use versus::domain::outcome::Done;
use versus::domain::request::Request;
use versus::domain::situation::Situation;
use versus::presentation::{Reader, present};
use versus::shell::data;

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

const QUESTIONS: [&str; 2] = ["is python slow?", "wich has better performence, py or njs"];

fn main() {
    divan::main();
}

#[divan::bench(args = QUESTIONS)]
fn understand(bencher: Bencher<'_, '_>, question: &str) {
    let core = data::load(None).expect("the compiled-in knowledge is good");
    bencher.bench(|| core.matcher().understand(black_box(question)));
}

#[divan::bench(args = QUESTIONS)]
fn question_to_reply(bencher: Bencher<'_, '_>, question: &str) {
    let core = data::load(None).expect("the compiled-in knowledge is good");
    let request = Request::Ask(question.to_owned());
    bencher.bench(|| {
        let outcome = core.answer(&core.understand(black_box(&request)), &Situation::default());
        present(core.knowledge(), &outcome.answer, &Done::default(), &Reader::default())
    });
}
