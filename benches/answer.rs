//! From a question to a reply that is ready to be sent, and what a start costs. Run with `cargo bench`.

#![allow(clippy::expect_used, reason = "without its data a bench has nothing to measure")]
#![allow(missing_docs, reason = "each function is one measurement, named in the table")]

use std::path::Path;
use std::sync::Arc;

use divan::{Bencher, black_box};
use versus::domain::core::Core;
use versus::domain::knowledge::Date;
use versus::domain::outcome::Done;
use versus::domain::request::Request;
use versus::domain::situation::{Situation, Stored};
use versus::domain::team::{Member, Note, Remembered, Settings, Subject, Team, Writers};
use versus::presentation::reply::Reply;
use versus::presentation::{Reader, present};
use versus::shell::data;
#[cfg(feature = "picture")]
use versus::shell::picture;

const QUESTIONS: [&str; 5] = [
    "speed",
    "is python slow?",
    "wich has better performence, py or njs",
    "we build a ticket shop with live seat maps, three front-end devs, launch in May: node or python?",
    "someone in standup said node never blocks and i nodded but what does that mean in practice",
];

fn main() {
    divan::main();
}

fn core() -> Core {
    data::load(None).expect("the compiled-in knowledge is good")
}

/// The whole road of a request for which nothing is stored.
fn reply(core: &Core, request: &Request) -> Reply {
    let outcome = core.answer(&core.understand(request), &Situation::default());
    present(core.knowledge(), &outcome.answer, &Done::default(), &Reader::default())
}

#[divan::bench(args = QUESTIONS)]
fn understand(bencher: Bencher<'_, '_>, question: &str) {
    let core = core();
    bencher.bench(|| core.matcher().understand(black_box(question)));
}

#[cfg(feature = "sentences")]
#[divan::bench(args = QUESTIONS)]
fn read_sentence(bencher: Bencher<'_, '_>, question: &str) {
    let core = core();
    let sentences = core.sentences().expect("the model is compiled in");
    bencher.bench(|| sentences.read(black_box(question)));
}

#[divan::bench(args = QUESTIONS)]
fn question_to_reply(bencher: Bencher<'_, '_>, question: &str) {
    let core = core();
    bencher.bench(|| {
        let request = Request::Ask(black_box(question).to_owned());
        reply(&core, &request)
    });
}

const TOPIC: &str = "speed";

const NOTHING: &str = "nothing is kept";
const NOTE: &str = "settings and a note";
const DECISION: &str = "settings, a note and a decision";

/// What a team keeps, with all that an answer looks at.
fn team(kept: &str) -> Team {
    if kept == NOTHING {
        return Team::default();
    }
    let about = Subject::Topic(TOPIC.to_owned());
    let date = Date { year: 2026, month: 11, day: 28 };
    let text = "We standardised on it in spring, see the wiki. ".repeat(6);
    let note = Note { text, link: Some("https://wiki.example/speed".to_owned()), written: date };
    let decision = Remembered { number: 7, date, decision: "what we measured in spring".to_owned() };
    let settings =
        Settings { is_private: true, channels: (1..=25).collect(), writers: Writers::Role(7), ..Settings::default() };
    let notes = [(about.clone(), note)].into();
    let decided = (kept == DECISION).then_some((about, decision)).into_iter().collect();
    Team { settings, notes, decided, ..Team::default() }
}

#[divan::bench(args = [NOTHING, NOTE, DECISION])]
fn compare_in_a_server(bencher: Bencher<'_, '_>, kept: &str) {
    let core = core();
    let team = Arc::new(team(kept));
    let member = Member { server: 1, manages: false, roles: vec![7], channels: vec![25] };
    bencher.bench(|| {
        let request = Request::Compare(black_box(TOPIC).to_owned());
        let team = Stored::Value(Arc::clone(&team));
        let situation = Situation { member: Some(member.clone()), team, can_be_private: true, ..Situation::default() };
        let outcome = core.answer(&core.understand(&request), &situation);
        let reader = Reader { team: situation.team, is_in_server: true, ..Reader::default() };
        present(core.knowledge(), &outcome.answer, &Done::default(), &reader)
    });
}

const PROJECTS: [&str; 4] = [
    "chat app",
    "we build a ticket shop with live seat maps, three front-end devs, launch in May: node or python?",
    "an internal tool that forecasts stock from millions of rows, two data scientists, no front end, on our own server",
    "machine learning dashboard in real time for a hospital, millions of rows, heavy computation, thousands of users, react front \
     end, existing django code, raspberry pi, python devs, by friday, tight budget",
];

#[divan::bench(args = PROJECTS)]
fn description_to_recommendation(bencher: Bencher<'_, '_>, project: &str) {
    let core = core();
    bencher.bench(|| {
        let request = Request::Recommend(black_box(project).to_owned());
        reply(&core, &request)
    });
}

#[cfg(feature = "picture")]
#[divan::bench(args = PROJECTS)]
fn picture(bencher: Bencher<'_, '_>, project: &str) {
    let core = core();
    let chart = reply(&core, &Request::Recommend(project.to_owned())).chart.expect("each has criteria");
    bencher.bench(|| picture::png(black_box(&chart)).expect("it can be drawn"));
}

#[divan::bench(args = ["", "spe", "performence", "how many threads can it use"])]
fn complete(bencher: Bencher<'_, '_>, typed: &str) {
    let core = core();
    bencher.bench(|| core.complete(black_box(typed), 25).len());
}

#[divan::bench]
fn load_compiled_in_knowledge() -> Core {
    core()
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn load_and_learn_from_folder() -> Core {
    data::load(Some(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data")))).expect("the data is good")
}
