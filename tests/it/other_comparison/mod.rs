//! Another comparison, of which the sources know nothing either: right answers come from its data alone.

use versus::domain::core::Core;
use versus::domain::request::Request;
use versus::presentation::Reader;
use versus::presentation::plain::{self, Layout};

use expect_test::expect;

use crate::knowledge::parsed;
use crate::program::versus;
use crate::road;

const DATA: &str = "tests/it/other_comparison/data";

fn core() -> Core {
    let parsed = parsed(DATA);
    Core::new(parsed.knowledge, &parsed.examples)
}

#[track_caller]
fn check(question: &str, title: &str) {
    let core = core();
    let reply = road::reply(&core, &Request::Ask(question.to_owned()), &Reader::default());
    assert_eq!(reply.embed.title, title, "{question}");
}

#[test]
fn questions_about_it_are_answered() {
    check("which one tastes better?", "Taste");
    check("is espresso too bitter", "Taste");
    check("what has more cafeine, green tea or coffee?", "Caffeine");
    check("which keeps you awake", "Caffeine");
    check("tea or coffee for a brunch with guests?", "Breakfast");
    check("who won the football match?", "I don't know that one");
}

#[test]
fn an_answer_looks_as_its_data_says() {
    let core = core();
    let reply = road::reply(&core, &Request::Compare("caffeine".to_owned()), &Reader::default());
    assert_eq!(reply.embed.colour, 0x7B_3F_00);
    expect![[r#"
        Caffeine
        Coffee wakes you up faster.

        🍵 Tea ━━━━━━━━● Coffee ☕
        Clearly Coffee
        🍵 About 40 mg a cup. ¹
        ☕ About 90 mg a cup. ²

        Checked on 1 November 2026.
        ¹ <https://example.org/leaf> ² <https://example.org/bean>

        [1] Details  [2] Sources · 2  [3] Taste  [4] 🗑️
    "#]]
    .assert_eq(&plain::text(&reply, Layout::PLAIN));
}

#[test]
fn a_project_is_weighed_by_its_criteria() {
    let core = core();
    let request = Request::Recommend("breakfast for early children, from porcelain".to_owned());
    let reply = road::reply(&core, &request, &Reader::default());
    expect![[r#"
        Breakfast
        Slightly Tea, 8 : 4
        🍵 Tea ━━●━━━━━━ Coffee ☕
        🍵 Thin cups let one taste the leaf. ¹
        🍵 Children are awake already. ¹
        ☕ But: A cup in the morning wakes the guests up. ²
        🔀 Would change it: Guests: without children → only to “it depends”
        Understood: Breakfast; early risers, children; fine china.
        For such projects in general: Serve coffee, and keep tea in the cupboard.

        Checked on 1 November 2026.
        ¹ <https://example.org/leaf> ² <https://example.org/bean>

        [1] Details  [2] Correct  [3] 🗑️
    "#]]
    .assert_eq(&plain::text(&reply, Layout::PLAIN));
}

#[test]
fn the_program_takes_it_as_its_data_folder() {
    let folder = format!("{}/{DATA}", env!("CARGO_MANIFEST_DIR"));
    let by_argument = versus(&["--data", &folder, "ask", "which has more caffeine?"], b"", &[]);
    let by_environment = versus(&["ask", "which has more caffeine?"], b"", &[("VERSUS_DATA", &folder)]);
    assert!(by_argument.output.contains("Coffee wakes you up faster."), "{by_argument:?}");
    assert_eq!(by_argument.output, by_environment.output);
}
