//! The program as it is used from a shell: one-shot commands, and the chat. One file for each subject.

mod asking;
mod beginning;
mod chat;
#[cfg(feature = "discord")]
mod deciding;
#[cfg(unix)]
mod in_a_terminal;
mod lists;
mod matching;
mod misuse;
mod output;
mod recommending;
mod starting;
#[cfg(feature = "discord")]
mod team;

use expect_test::Expect;

use crate::program::{Run, versus};

const TOKEN: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.not-a-real-secret_not-a-real-secret";

/// The small comparison.
const TEA_AND_COFFEE: (&str, &str) =
    ("VERSUS_DATA", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/other_comparison/data"));

/// What the operator reads when the program cannot go on.
#[track_caller]
fn check_failure(arguments: &[&str], environment: &[(&str, &str)], expected: Expect) {
    let run: Run = versus(arguments, b"", environment);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(!run.errors.contains("not-a-real-secret"), "{}", run.errors);
    expected.assert_eq(&run.errors);
}
