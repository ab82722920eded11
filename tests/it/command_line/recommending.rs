//! `versus recommend`: as text, as JSON, and as a picture.

use expect_test::expect;
use serde_json::Value;

use super::check_failure;
#[cfg(feature = "picture")]
use crate::knowledge::folder_with;
use crate::program::versus;

#[test]
fn recommend_answers_with_a_verdict_and_bars() {
    let run = versus(&["recommend", "chat", "app"], b"", &[]);
    assert_eq!((run.code, run.errors.as_str()), (Some(0), ""));
    let first: Vec<&str> = run.output.lines().take(6).collect();
    expect![[r#"
        Chat application
        Node.js, 7 : 1
        🐍 Python ━━━━━━━━● Node.js 🟢
        🟢 Live updates come easily in Node.js: waiting does not block by default, and its HTTP is built for low latency. ¹
        🟢 Chat connections mostly wait, and one Node.js server can hold thousands of them without managing threads. ²
        🐍 But: Django Channels adds WebSockets to Django, whose logins and content administration a chat can use as well. ⁴ ⁵"#]].assert_eq(&first.join("\n"));
    for line in ["🔀 Would change it: ", "Understood: Chat application."] {
        assert!(run.output.contains(line), "{line} is not in {}", run.output);
    }
}

/// What a value of JSON is.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Number(number) if number.is_i64() => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
        Value::Bool(_) | Value::Number(_) => "something else",
    }
}

/// Fields of every entry of a list, with what they may be.
#[track_caller]
fn check_entries(list: &Value, fields: &[(&str, &str)]) {
    for entry in list.as_array().expect("it is a list") {
        for (name, kinds) in fields {
            assert!(kinds.contains(kind(&entry[*name])), "{name} of {entry}");
        }
    }
}

#[test]
fn what_describes_no_project_gets_json_as_well() {
    let run = versus(&["recommend", "--json", "hello"], b"", &[]);
    assert_eq!((run.code, run.errors.as_str(), run.output.lines().count()), (Some(0), "", 1));
    let line: Value = serde_json::from_str(&run.output).expect("it is JSON");
    assert_eq!((&line["question"], &line["answer"]["kind"]), (&Value::from("hello"), &Value::from("small-talk")));
}

#[test]
fn recommend_writes_one_line_of_json() {
    for (text, project) in [("chat app", Value::from("chat-app")), ("é 日 🦀", Value::Null)] {
        let run = versus(&["recommend", "--json", text], b"", &[]);
        assert_eq!((run.code, run.errors.as_str(), run.output.lines().count()), (Some(0), "", 1));
        let line: Value = serde_json::from_str(&run.output).expect("it is JSON");
        assert_eq!(line["project"], project);
        assert!(["nodejs", "python", "even"].map(Value::from).contains(&line["leaning"]), "{line}");
        assert!(["strong", "slight", "even"].map(Value::from).contains(&line["strength"]), "{line}");
        check_entries(
            &Value::from(vec![line.clone()]),
            &[("factors", "object"), ("totals", "object"), ("score", "number")],
        );
        check_entries(&line["criteria"], &[("id", "text"), ("title", "text"), ("points", "number")]);
        let reason = [("criterion", "text"), ("toward", "text"), ("points", "number"), ("reason", "text")];
        check_entries(&line["reasons"], &[reason.as_slice(), &[("sources", "list")]].concat());
        check_entries(&line["flips"], &[("leaning", "text"), ("score", "number"), ("changes", "list")]);
        for flip in line["flips"].as_array().into_iter().flatten() {
            check_entries(
                &flip["changes"],
                &[("factor", "text"), ("from", "text or nothing"), ("to", "text or nothing")],
            );
        }
        assert_eq!(line["criteria"].as_array().is_some_and(Vec::is_empty), project.is_null(), "{line}");
    }
}

/// The picture of the breakfast, whose title is another one.
#[cfg(feature = "picture")]
fn picture(name: &str, title: &str) -> Vec<u8> {
    let folder = folder_with(name, "projects/breakfast.toml", "title = \"Breakfast\"", &format!("title = '{title}'"));
    let (data, file) = (folder.to_str().expect("it is UTF-8"), folder.join("picture.png"));
    let image = file.to_str().expect("it is UTF-8");
    let run = versus(&["--data", data, "recommend", "--image", image, "breakfast"], b"", &[]);
    assert_eq!((run.code, run.errors.as_str()), (Some(0), ""), "{title}");
    let bytes = std::fs::read(&file).expect("the picture is there");
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
    bytes
}

#[test]
#[cfg(feature = "picture")]
fn recommend_draws_a_picture_with_its_text() {
    let titles = ["Breakfast", "Breakfasts", "Br&akfast", "<b>reakfast", "Cafe", "Café", "Кофе", "日 🦀 ]]>"];
    let pictures: Vec<Vec<u8>> =
        titles.iter().zip(0..).map(|(title, at)| picture(&format!("drawn-{at}"), title)).collect();
    for bytes in &pictures {
        assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "{:?}", bytes.get(..16));
        assert_eq!(bytes.get(16..20), Some(800u32.to_be_bytes().as_slice()), "its width");
        let data = bytes.get(33..41).expect("there is more than a header");
        assert_eq!(&data[4..], b"IDAT", "a text beside the picture would be no drawing");
    }
    for (at, picture_of) in pictures.iter().enumerate() {
        assert!(!pictures[..at].contains(picture_of), "{} looks like another title", titles[at]);
    }
    assert_eq!(picture("drawn-again", titles[0]), pictures[0], "the same is drawn the same");
}

#[test]
#[cfg(not(feature = "picture"))]
fn a_program_without_pictures_says_so() {
    check_failure(
        &["recommend", "--image", "é日🦀.png", "chat app"],
        &[],
        expect![[r#"
        versus: a picture could not be drawn: this program was built without pictures; build it with the feature `picture`
    "#]],
    );
}

#[test]
#[cfg(feature = "picture")]
fn what_keeps_it_from_drawing_is_told_with_its_remedy() {
    check_failure(
        &["recommend", "--image", "/no/such/folder/é日🦀.png", "chat app"],
        &[],
        expect![[r#"
        versus: /no/such/folder/é日🦀.png cannot be written: No such file or directory (os error 2); give --image another file
    "#]],
    );
    check_failure(
        &["recommend", "--image", "/no/such/folder/picture.png", "🦀"],
        &[],
        expect![[r#"
        versus: there is nothing to draw; describe the project: what it is, and who builds it
    "#]],
    );
}

#[test]
#[cfg(feature = "picture")]
fn a_picture_goes_to_standard_output_alone() {
    let run = bytes_of(&["recommend", "--image", "-", "chat app"]);
    assert!(run.starts_with(b"\x89PNG\r\n\x1a\n") && run.ends_with(b"IEND\xaeB`\x82"), "{:?}", run.get(..16));
    check_failure(
        &["recommend", "--json", "--image", "-", "chat app"],
        &[],
        expect![[r#"
            versus: --json and --image - cannot both write to standard output; give --image a file, or leave one of them out
        "#]],
    );
}

/// What the program writes, which is no text.
#[cfg(feature = "picture")]
fn bytes_of(arguments: &[&str]) -> Vec<u8> {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_versus"));
    let run = command.args(arguments).env_clear().current_dir(std::env::temp_dir()).output().expect("the binary runs");
    assert_eq!((run.status.code(), String::from_utf8_lossy(&run.stderr).as_ref()), (Some(0), ""));
    run.stdout
}
