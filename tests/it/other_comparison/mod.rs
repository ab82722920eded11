//! Another comparison, of which the sources know nothing either: right answers come from its data alone.

use versus::domain::core::Core;
use versus::domain::request::Request;
use versus::presentation::Reader;
use versus::presentation::plain::{self, Emphasis};

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
        Leans clearly to Coffee. A cup has about twice as much.

        🍵 Tea
        • About 40 mg a cup. ¹

        ☕ Coffee
        • About 90 mg a cup. ²

        What the article says, and what holds today
        The article says nothing about this.

        Sources
        ¹ The Leaf <https://example.org/leaf> (2026-10)
        ² The Bean <https://example.org/bean> (2025)

        Facts checked on 1 November 2026. The article: “Cups Compared” (2001).

        [1] Taste

        [2] Delete
    "#]]
    .assert_eq(&plain::text(&reply, Emphasis::None));
}

#[test]
fn a_project_is_weighed_by_its_criteria() {
    let core = core();
    let request = Request::Recommend("breakfast for early children, from porcelain".to_owned());
    let reply = road::reply(&core, &request, &Reader::default());
    expect![[r#"
        Breakfast
        🍵 Tea ━━●━━━━━━ Coffee ☕
        Leans slightly to Tea. The points: 8 for Tea, 4 for Coffee.

        For such projects in general: Serve coffee, and keep tea in the cupboard.

        ← Tea │ Coffee →
             │█      1 Waking up
        █████│       5 Flavour

        Why
        • Thin cups let one taste the leaf. ¹ (Flavour, 4 points)
        • Children are awake already. ¹ (Waking up, 3 points)
        • Some guests like a soft taste after the night. ¹ (Flavour, 1 point)

        What speaks against it
        • A cup in the morning wakes the guests up. ² (Waking up, 2 points)
        • Who rises early has to wake up. ² (Waking up, 2 points)

        What would flip it
        • Guests: without children → it depends
        • Cups: mugs and fine china instead of fine china → it depends

        What I understood
        • Kind of project: Breakfast
        • Guests: early risers, children (by “early … children”)
        • Cups: fine china (by “porcelain”)

        What the article says, and what holds today
        The article says nothing about this.

        Sources
        ¹ The Leaf <https://example.org/leaf> (2026-10)
        ² The Bean <https://example.org/bean> (2025)

        Facts checked on 1 November 2026. The article: “Cups Compared” (2001).

        [1] Taste  [2] Caffeine

        Misunderstood, or changed? Correct it here …
        [3] Kind of project  [4] Guests  [5] Cups

        [6] Delete
    "#]]
    .assert_eq(&plain::text(&reply, Emphasis::None));
}

#[test]
fn the_program_takes_it_as_its_data_folder() {
    let folder = format!("{}/{DATA}", env!("CARGO_MANIFEST_DIR"));
    let by_argument = versus(&["--data", &folder, "ask", "which has more caffeine?"], b"", &[]);
    let by_environment = versus(&["ask", "which has more caffeine?"], b"", &[("VERSUS_DATA", &folder)]);
    assert!(by_argument.output.contains("About 90 mg a cup."), "{by_argument:?}");
    assert_eq!(by_argument.output, by_environment.output);
}
