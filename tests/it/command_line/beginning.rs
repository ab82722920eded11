//! `versus new`, and what a folder of one's own inherits.

use std::fs;

use crate::folder::Folder;
use crate::program::{Run, versus};

/// A comparison that was begun, in a folder that goes with the test.
fn begun() -> (Folder, String) {
    let folder = Folder::new();
    let data = folder.path().join("my data é日🦀");
    let name = data.to_str().expect("it is UTF-8").to_owned();
    let run = versus(&["new", &name], b"", &[]);
    assert_eq!((run.code, run.errors.as_str()), (Some(0), ""));
    assert!(run.output.contains(&format!("versus check {name}")), "{}", run.output);
    (folder, name)
}

/// What is understood of each question, in one run.
fn labels(data: &str, questions: &[&str]) -> Vec<String> {
    let run = versus(&["--data", data, "match"], questions.join("\n").as_bytes(), &[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let label = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("it is JSON")["label"].clone();
    run.output.lines().map(|line| label(line).as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_begun_comparison_passes_the_check() {
    let (_folder, data) = begun();
    let run = versus(&["check", &data], b"", &[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(run.output, "no problems: 2 topics, 0 kinds of project, 0 tours, 0 quiz questions\n");
    for file in ["comparison.toml", "sources.toml", "topics/caffeine.toml", "topics/taste.toml"] {
        let text = fs::read_to_string(format!("{data}/{file}")).expect("the file is there");
        assert!(text.starts_with("# ") && !text.contains("YYYY"), "{file}: {text}");
    }
}

#[test]
fn a_begun_comparison_answers_and_offers_only_what_it_has() {
    let (_folder, data) = begun();
    let ask = |question: &str| versus(&["--data", &data, "ask", question], b"", &[]).output;
    let answer = ask("which has more caffeine?");
    assert!(answer.starts_with("Caffeine\n") && answer.contains("About 90 mg a cup."), "{answer}");
    assert!(!answer.contains("article"), "{answer}");
    let help = ask("what can you do?");
    assert!(help.contains("/compare topic:") && help.contains("which has more caffeine?"), "{help}");
    for missing in ["/onboard", "/recommend", "article", "kinds of project"] {
        assert!(!help.contains(missing), "{missing} is in {help}");
    }
    let commands = versus(&["--data", &data, "commands"], b"", &[]).output;
    assert!(commands.contains("\"compare\"") && !commands.contains("\"onboard\""), "{commands}");
}

#[test]
fn a_folder_of_ones_own_keeps_quiet_about_the_rest_of_the_world() {
    let (_folder, data) = begun();
    let others = [
        "what is the capital of France",
        "who won the football match yesterday?",
        "what's the weather like tomorrow",
        "how tall is mount everest",
        "can you recommend a good keyboard",
        "translate this sentence into spanish",
        "lol",
        "working from home tomorrow",
        "é 日 🦀",
    ];
    let labels =
        labels(&data, &[&others[..], &["which tastes better?", "what keeps me awake", "what can you do?"]].concat());
    let (quiet, known) = labels.split_at(others.len());
    assert!(quiet.iter().all(|label| label == "none"), "{quiet:?}");
    assert_eq!(known, ["compare:taste", "compare:caffeine", "help"]);
}

#[test]
fn a_list_of_its_own_extends_the_inherited_one() {
    let (_folder, data) = begun();
    fs::create_dir_all(format!("{data}/intents")).expect("the folder can be made");
    let none =
        "words = [\"kettle\"]\nquestions = [\"my kettle is broken\", \"which kettle do you like\", \"buy a kettle\"]\n";
    fs::write(format!("{data}/intents/none.toml"), none).expect("the file can be written");
    assert_eq!(labels(&data, &["the kettle is broken", "what is the capital of France"]), ["none", "none"]);
}

#[test]
fn what_is_there_is_never_overwritten() {
    let (folder, data) = begun();
    let check = |run: Run, expected: &str| {
        assert_eq!((run.code, run.output.as_str()), (Some(1), ""));
        assert_eq!(run.errors, expected);
    };
    check(
        versus(&["new", &data], b"", &[]),
        &format!("versus: there is something in {data} already; give a new folder\n"),
    );
    let file = folder.path().join("file");
    fs::write(&file, "").expect("the file can be written");
    let name = file.display();
    let run = versus(&["new", file.to_str().expect("it is UTF-8")], b"", &[]);
    check(
        run,
        &format!(
            "versus: {name} cannot be written: Not a directory (os error 20); give another folder, or free some space\n"
        ),
    );
}

#[test]
fn numbers_of_one_are_in_the_singular() {
    let (_folder, data) = begun();
    fs::remove_file(format!("{data}/topics/taste.toml")).expect("the file is there");
    let caffeine = format!("{data}/topics/caffeine.toml");
    let text = fs::read_to_string(&caffeine).expect("the file is there").replace("\"taste\"", "");
    fs::write(&caffeine, text).expect("the file can be written");
    let run = versus(&["check", &data], b"", &[]);
    assert_eq!(run.output, "no problems: 1 topic, 0 kinds of project, 0 tours, 0 quiz questions\n", "{run:?}");
    let help = versus(&["--data", &data, "ask", "what can you do?"], b"", &[]).output;
    assert!(help.contains("I compare Tea and Coffee on 1 topic."), "{help}");
}

#[test]
fn a_folder_of_something_else_is_no_data_folder() {
    let folder = Folder::new();
    let name = folder.path().to_str().expect("it is UTF-8");
    fs::write(folder.path().join("notes.toml"), "a = 1\n").expect("the file can be written");
    for arguments in [&["check", name][..], &["--data", name, "ask", "speed"]] {
        let run = versus(arguments, b"", &[]);
        assert_eq!((run.code, run.output.as_str()), (Some(1), ""));
        assert!(run.errors.starts_with(&format!("versus: {name} is not a data folder; ")), "{}", run.errors);
    }
}
