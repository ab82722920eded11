//! `versus ask`.

use serde_json::Value;

use crate::program::versus;

#[test]
fn ask_answers_once() {
    let run = versus(&["ask", "is", "python", "slow?"], b"", &[]);
    assert_eq!((run.code, run.errors.as_str()), (Some(0), ""));
    assert!(run.output.starts_with("Speed\n"), "{}", run.output);
}

#[test]
fn a_question_is_read_from_standard_input() {
    let typed = versus(&["ask", "is", "python", "slow?"], b"", &[]);
    for input in ["is python slow?", "is python slow?\r\n", "\u{feff}is python slow?\n"] {
        let run = versus(&["ask", "-"], input.as_bytes(), &[]);
        assert_eq!((run.code, run.errors.as_str()), (Some(0), ""));
        assert_eq!(run.output, typed.output, "{input:?}");
    }
    let run = versus(&["recommend", "-"], "\u{feff}a chat app".as_bytes(), &[]);
    assert!(run.output.starts_with("Chat application\n"), "{run:?}");
    let run = versus(&["ask", "-"], b"", &[]);
    assert!(run.output.starts_with("I see no question there\n"), "{run:?}");
    let run = versus(&["ask", "-"], b"\xff\xfe speed \xc3", &[]);
    assert!(run.output.starts_with("Speed\n"), "{run:?}");
}

#[test]
fn a_text_without_an_end_is_refused() {
    let run = versus(&["ask", "-"], "é日🦀 ".repeat(200_000).as_bytes(), &[]);
    assert_eq!((run.code, run.output.as_str()), (Some(1), ""));
    assert_eq!(run.errors, "versus: the input is longer than a megabyte; give it one question or description\n");
}

/// The answer as one line of JSON.
#[track_caller]
fn json(question: &str) -> Value {
    let run = versus(&["ask", "--json", question], b"", &[]);
    assert_eq!((run.code, run.errors.as_str(), run.output.lines().count()), (Some(0), "", 1));
    serde_json::from_str(&run.output).expect("it is JSON")
}

#[test]
fn ask_writes_the_answer_and_the_reply_as_json() {
    let line = json("which is faster, é 日 🦀?");
    assert_eq!(line["question"], "which is faster, é 日 🦀?");
    let answer = &line["answer"];
    assert_eq!((&answer["kind"], &answer["topic"]), (&Value::from("comparison"), &Value::from("speed")));
    assert!(["nodejs", "python", "even"].map(Value::from).contains(&answer["leaning"]), "{line}");
    for text in ["title", "takeaway", "strength", "reason", "checked"] {
        assert!(answer[text].as_str().is_some_and(|text| !text.is_empty()), "{text} of {line}");
    }
    for list in ["evidence", "sides", "related", "sources"] {
        assert!(answer[list].as_array().is_some_and(|list| !list.is_empty()), "{list} of {line}");
    }
    let point = &answer["sides"][0]["points"][0];
    assert!(point["sources"][0].as_str().is_some_and(|url| url.starts_with("http")), "{line}");
    let reply = &line["reply"];
    assert_eq!(reply["title"], answer["title"]);
    assert!(reply["text"].as_str().is_some_and(|text| !text.is_empty()), "{line}");
    assert!(reply["sections"].is_array() && reply["next"].as_array().is_some_and(|next| !next.is_empty()), "{line}");
}

#[test]
fn the_json_says_what_kind_of_answer_it_is() {
    let kind = |question: &str| json(question)["answer"]["kind"].clone();
    assert_eq!(kind("which one for a chat app?"), "recommendation");
    assert_eq!(kind("I'm new here, where do I start?"), "onboarding");
    assert_eq!(kind("what can you do?"), "help");
    assert_eq!(kind("who won the football match?"), "unknown");
    assert_eq!(kind(" "), "empty");
}

#[test]
fn nothing_is_offered_that_nobody_can_press() {
    let run = versus(&["ask", "is python slow?"], b"", &[]);
    assert!(!run.output.contains("[1]"), "{}", run.output);
}

#[test]
fn details_print_all_there_is_to_say() {
    for (command, text, in_full) in
        [("ask", "is python slow?", "What the article says"), ("recommend", "a chat app", "What would flip it")]
    {
        let brief = versus(&[command, text], b"", &[]);
        let more = format!("More: versus {command} --details …\n");
        assert!(brief.output.ends_with(&more) && !brief.output.contains(in_full), "{}", brief.output);
        let details = versus(&[command, "--details", text], b"", &[]);
        assert_eq!((details.code, details.errors.as_str()), (Some(0), ""));
        assert!(details.output.contains(in_full) && !details.output.contains("More: "), "{}", details.output);
    }
}

#[test]
fn details_of_two_questions_are_those_of_both() {
    let text = "is node faster and does it use more memory?";
    let details = versus(&["ask", "--details", text], b"", &[]).output;
    for title in ["Speed", "Memory"] {
        assert!(details.lines().any(|line| line.starts_with(title)), "{title} is not in {details}");
    }
}

#[test]
fn what_has_no_details_does_not_offer_any() {
    for text in ["what can you do?", "who won the football match?", "rust or python for a cli"] {
        let brief = versus(&["ask", text], b"", &[]).output;
        assert!(!brief.contains("--details"), "{brief}");
        assert_eq!(versus(&["ask", "--details", text], b"", &[]).output, brief);
    }
}
