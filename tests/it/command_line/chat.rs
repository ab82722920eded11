//! The chat through a pipe.

use expect_test::expect;
use versus::presentation::commands::COMMANDS;

use super::TEA_AND_COFFEE;
use crate::program::versus;

/// The first lines of the output, which say what was understood.
#[track_caller]
fn check_chat(lines: &str, expected: &[&str]) {
    let run = versus(&[], lines.as_bytes(), &[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    for expected in expected {
        assert!(run.output.contains(expected), "{expected:?} is not in {}", run.output);
    }
}

#[test]
fn without_a_token_it_is_a_chat_that_says_how_to_get_one() {
    let run = versus(&[], b"/quit\n", &[]);
    assert_eq!((run.code, run.output.as_str()), (Some(0), ""));
    assert!(run.errors.contains("https://discord.com/developers/applications"), "{}", run.errors);
}

#[test]
fn the_chat_takes_commands_questions_and_numbers() {
    check_chat("/compare speed\n", &["Speed\n", "Checked on"]);
    check_chat("/compare topic: speed\n", &["Speed\n"]);
    check_chat("is python slow?\n1\n", &["Speed\n", "What the article says, and what holds today\n"]);
    check_chat("is python slow?\n4\n", &["Speed\n", "\nRuntime and engine\n"]);
    check_chat("/recommend chat app\n", &["Chat application\n", "Would change it: "]);
    check_chat("/recommend project: chat app\n", &["Chat application\n"]);
    check_chat("/recommend\n", &["Your project\n", "Understood: not said."]);
    check_chat("/topics\n", &["What I can compare\n"]);
    check_chat("/help\n", &["Python or Node.js?\n", "/compare topic:"]);
    check_chat("/quiz\n99\n0\n", &["I don't know that command", "There is no button of that number"]);
    check_chat("/ask who invented node\n/quit\n/topics\n", &["Creators and origins\n"]);
    check_chat("🦀\né\n日本語\n\n", &["I see no question there\n", "I don't know that one\n"]);
}

#[test]
fn buttons_are_listed_only_where_somebody_can_press_them() {
    let run = versus(&[], b"is python slow?\n1\n", &[]);
    assert!(run.output.contains("What the article says") && !run.output.contains("[1]"), "{}", run.output);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_line() {
    check_chat("\u{feff}/compare speed\n", &["Speed\n"]);
    let run = versus(&["match"], "\u{feff}is node faster?\n".as_bytes(), &[]);
    assert!(run.output.starts_with("{\"text\":\"is node faster?\""), "{}", run.output);
}

#[test]
fn input_that_is_not_utf_8_is_no_reason_to_stop() {
    let run = versus(&[], b"\xff\xfe speed \xc3\n/compare speed\n", &[]);
    assert_eq!(run.code, Some(0));
    assert!(run.output.contains("Speed\n"));
}

#[test]
fn the_help_says_how_each_command_is_used() {
    let help = versus(&[], b"/help\n", &[]).output;
    let lines: Vec<&str> =
        help.lines().skip_while(|line| *line != "How to ask").take_while(|line| *line != "For example").collect();
    expect![[r#"
        How to ask
        /compare topic: one topic
        /recommend project: which side suits it, and why
        /ask question: in your own words
        /onboard start: a tour in ten minutes
        /onboard quiz: five questions
        /topics: all that can be compared
        /forget-me: deletes what I keep about you: your step in a tour, and your 👍 and 👎 of the last 7 days
        Without a command: the same in plain words

        For your team
        /note your own word · /insights what was asked · /gaps list what I did not know · /decisions list what it led to · /team export all as a file · /settings who sees answers"#]]
    .assert_eq(lines.join("\n").trim_end());
}

#[test]
fn every_command_that_is_typed_works_in_the_chat() {
    let names: Vec<&str> = COMMANDS.iter().filter(|command| command.is_slash()).map(|command| command.name).collect();
    for name in names {
        let run = versus(&[], format!("/{name}\n").as_bytes(), &[TEA_AND_COFFEE]);
        assert!(!run.output.contains("I don't know that command") && !run.output.is_empty(), "{name}: {}", run.output);
    }
}
