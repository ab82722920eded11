//! What is read as a sentence: that nobody asked, an own data folder, and its cache.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use once_cell::sync::Lazy;
use versus::domain::core::Core;
use versus::domain::deciding::Decision;
use versus::domain::matching::Label;
use versus::domain::request::{Request, View};
use versus::shell::data;

use crate::folder::Folder;
use crate::knowledge::folder_with;
use crate::program::versus;

static CORE: Lazy<Core> = Lazy::new(|| data::load(None).expect("the compiled-in knowledge is good"));

#[test]
fn a_message_about_something_else_gets_no_card() {
    for text in [
        "pay my mortgage",
        "what is the meaning of life",
        "oracle backup with sqlplus",
        "set an alarm for seven tomorrow",
        "transfer 200 dollars to my savings account",
        "Hibernate lazy loading exception outside of a session",
        "WPF data binding does not update the combo box",
        "my washing machine leaks, whom do I call",
        "translate good night into italian",
        "sort a list of dictionaries by a key",
        "é 日 🦀",
    ] {
        let decision = CORE.decide(text).1;
        assert!(!matches!(decision, Decision::Answer(_)), "{text}: {decision:?}");
    }
}

#[test]
fn questions_about_the_bot_are_help() {
    for text in [
        "are you an AI?",
        "are you a bot",
        "Do you store my messages?",
        "what data do you keep",
        "do you log what i say",
        "who r u 🦀",
    ] {
        assert_eq!(CORE.decide(text).1, Decision::Answer(Label::Help), "{text}");
    }
}

#[test]
fn an_answer_that_fits_beyond_doubt_is_given_although_its_topic_is_in_doubt() {
    for (text, topic) in [
        ("socket.io vs django channels", "compare:real-time"),
        ("what is the latest django version", "compare:web-development"),
        ("could left-pad happen again", "compare:security"),
    ] {
        let Decision::Answer(label) = CORE.decide(text).1 else { panic!("{text} is not answered") };
        assert_eq!(label.name(CORE.knowledge()), topic, "{text}");
    }
}

#[test]
fn what_has_a_name_never_touches_the_model() {
    for request in [
        Request::Compare("speed".to_owned()),
        Request::Compare("Prisma ".to_owned()),
        Request::Compare("  ".to_owned()),
        Request::Recommend("  ".to_owned()),
        Request::BeginTour,
        Request::Show(View::Topics),
    ] {
        assert!(!CORE.reads_sentence(&request), "{request:?}");
    }
    assert!(CORE.reads_sentence(&Request::Ask("is it fast?".to_owned())));
    assert!(CORE.reads_sentence(&Request::Compare("which is quicker".to_owned())));
}

/// A folder with another comparison and many examples.
fn folder_with_many_examples() -> std::path::PathBuf {
    let folder = folder_with("sentences", "topics/taste.toml", "é", "é");
    for (file, what) in
        [("topics/taste.toml", "taste"), ("topics/caffeine.toml", "caffeine"), ("intents/none.toml", "rain")]
    {
        let path = folder.join(file);
        let text = fs::read_to_string(&path).expect("the file is there");
        let mut more = "questions = [\n".to_owned();
        for number in 0..60 {
            writeln!(more, "  \"number {number} asks about the {what}\",").expect("a text takes any line");
        }
        fs::write(&path, text.replacen("questions = [\n", &more, 1)).expect("the file can be written");
    }
    folder
}

/// Understands a line with the folder and a place for caches; the output, and whether examples were read.
#[track_caller]
fn understood(folder: &Path, caches: &Path) -> (String, bool) {
    let folder = folder.to_str().expect("the path is text");
    let caches = caches.to_str().expect("the path is text");
    let run = versus(&["match", "--data", folder], b"what tastes best\n", &[("XDG_CACHE_HOME", caches)]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.output.contains("\"label\":\"compare:taste\""), "{run:?}");
    (run.output, run.errors.contains("as sentences"))
}

#[cfg(target_os = "linux")]
#[test]
fn the_examples_of_a_folder_are_read_once_and_kept() {
    let (folder, caches) = (folder_with_many_examples(), Folder::new());
    let (first, read) = understood(&folder, caches.path());
    assert!(read, "nothing says what takes so long");
    assert_eq!(understood(&folder, caches.path()), (first.clone(), false));
    // A cache that is damaged is none.
    let kept = fs::read_dir(caches.path().join("versus")).expect("there is a cache").next().expect("it has a file");
    fs::write(kept.expect("it can be read").path(), "é 日 🦀").expect("it can be written");
    assert_eq!(understood(&folder, caches.path()), (first, true));
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_place_for_caches_the_examples_are_read_at_each_start() {
    let (folder, caches) = (folder_with_many_examples(), Folder::new());
    // Nobody can make a folder below a file, not even root.
    let file = caches.path().join("file");
    fs::write(&file, "").expect("it can be written");
    assert!(understood(&folder, &file).1);
    assert!(understood(&folder, &file).1);
}

#[test]
fn a_check_names_the_labels_that_the_model_does_not_know() {
    let folder = folder_with("unknown-labels", "topics/taste.toml", "é", "é");
    let check = || versus(&["check", folder.to_str().expect("the path is text")], b"", &[]).output;
    assert!(!check().contains("does not know"), "the model was not trained on this comparison");
    // The same topics about the subjects that it was trained on.
    let [first, second] = CORE.knowledge().subjects.each_ref().map(|subject| subject.id.as_str());
    let files = ["comparison", "criteria", "projects/breakfast", "topics/taste", "topics/caffeine"];
    for path in files.map(|file| folder.join(file).with_extension("toml")) {
        let mut text = fs::read_to_string(&path).expect("the file is there");
        for (old, new) in [("tea", first), ("coffee", second)] {
            text = text
                .replace(&format!("\"{old}\""), &format!("\"{new}\""))
                .replace(&format!("sides.{old}"), &format!("sides.{new}"));
        }
        fs::write(&path, text).expect("the file can be written");
    }
    let output = check();
    assert!(output.contains("does not know compare:caffeine, compare:taste, recommend:breakfast yet"), "{output}");
}
