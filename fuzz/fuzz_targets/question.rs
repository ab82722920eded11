//! Any text is a question: it is understood, answered and presented without a panic and within Discord's limits.
//!
//! `cargo +nightly fuzz run question`, from the folder above.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use versus::domain::core::Core;
use versus::domain::outcome::Done;
use versus::domain::request::Request;
use versus::domain::situation::Situation;
use versus::presentation::codes::Codes;
use versus::presentation::custom_id::Action;
use versus::presentation::{Reader, misfits, present};
use versus::shell::data;

static CORE: LazyLock<Core> = LazyLock::new(|| data::load(None).expect("the compiled-in knowledge is good"));

fuzz_target!(|text: &str| {
    let reader = Reader { question: Some(text.to_owned()), ..Reader::default() };
    for request in [Request::Ask(text.to_owned()), Request::Compare(text.to_owned())] {
        let outcome = CORE.answer(&CORE.understand(&request), &Situation::default());
        let reply = present(CORE.knowledge(), &outcome.answer, &Done::default(), &reader);
        assert!(misfits(&reply).is_empty(), "{:?}", misfits(&reply));
    }
    CORE.complete(text, 25);
    let _ = Action::from_custom_id(text, &Codes::of(CORE.knowledge()));
});
