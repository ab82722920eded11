//! `versus match`.

use serde_json::Value;

use crate::program::versus;

#[test]
fn match_writes_a_line_of_json_for_each_question() {
    let run = versus(&["match"], "is node faster?\n\nlunch at twelve\né 🦀 日\n".as_bytes(), &[]);
    let lines: Vec<Value> = run.output.lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect();
    let labels: Vec<&str> = lines.iter().filter_map(|line| line["label"].as_str()).collect();
    assert_eq!(labels, ["compare:speed", "none", "none", "none"]);
    let first = &lines[0];
    assert_eq!(first["text"], "is node faster?");
    assert_eq!(first["candidates"].as_array().map(Vec::len), Some(5));
    assert!(first["confidence"].as_f64().is_some_and(|confidence| (0.0..=1.0).contains(&confidence)));
    assert!(first["evidence"][0].as_str().is_some_and(|evidence| evidence.starts_with("faster ")), "{first}");
}

/// What the program takes messages for that were not addressed to it.
#[track_caller]
fn check_overheard(messages: &[&str], expected: &str) {
    let run = versus(&["match", "--overheard"], messages.join("\n").as_bytes(), &[]);
    let label = |line: &str| serde_json::from_str::<Value>(line).expect("it is JSON")["label"].clone();
    let labels: Vec<Value> = run.output.lines().map(label).collect();
    assert_eq!(labels, vec![Value::from(expected); messages.len()], "{}", run.output);
}

#[test]
fn what_was_not_addressed_to_the_bot_needs_far_more() {
    let chatter = ["is it slow?", "the node is down again", "python script broke", "thanks, that fixed my async code"];
    check_overheard(&chatter, "none");
    check_overheard(&["which uses less memory, python or node?"], "compare:memory");
}
