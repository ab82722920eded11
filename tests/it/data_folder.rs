//! A data folder as people and machines make them: `versus check` reads what belongs to it, ends, and says what is wrong in one
//! line for each cause.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use expect_test::{Expect, expect};

use crate::folder::Folder;
use crate::knowledge::data_files;
use crate::program::{Run, versus};

/// A small comparison.
const OTHER: &str = "tests/it/other_comparison/data";
/// Bytes that a file may have.
const LARGEST_FILE: usize = 1 << 20;
/// How the report of a good folder begins; each file that is read twice would count.
const GOOD: &str = "no problems: 2 topics, 1 kind";
/// The end of each report of problems.
const END: &str = "; correct the lines above; README.md in the data folder explains the format";

/// The small comparison in a folder of this test's own.
fn folder() -> Folder {
    let folder = Folder::new();
    for (name, text) in data_files(OTHER) {
        write(&folder, &name, text);
    }
    folder
}

fn write(folder: &Folder, name: &str, text: impl AsRef<[u8]>) {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().expect("it has one")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

/// Changes a file of a folder.
#[track_caller]
fn change(folder: &Folder, name: &str, old: &str, new: &str) {
    let text = fs::read_to_string(folder.path().join(name)).expect("the file is there");
    assert!(text.contains(old), "{name} does not contain {old:?}");
    write(folder, name, text.replacen(old, new, 1));
}

fn run(folder: &Path) -> Run {
    versus(&["check", folder.to_str().expect("it is UTF-8")], b"", &[])
}

#[track_caller]
fn check_good(folder: &Folder) {
    let run = run(folder.path());
    assert_eq!((run.code, run.errors.as_str()), (Some(0), ""));
    assert!(run.output.starts_with(GOOD), "{}", run.output);
}

/// Compares what is reported of a folder, without its last line.
#[track_caller]
fn check(folder: &Folder, expected: Expect) {
    let run = run(folder.path());
    assert_eq!(run.code, Some(1), "{}", run.output);
    let path = folder.path().to_str().expect("it is UTF-8");
    let lines: Vec<&str> = run.errors.lines().filter(|line| !line.ends_with(END)).collect();
    expected.assert_eq(&(lines.join("\n").replace(&format!("{path}/"), "") + "\n"));
}

/// What is reported where one file has another text, or none.
#[track_caller]
fn check_text(name: &str, text: Option<&[u8]>, expected: Expect) {
    let folder = folder();
    match text {
        Some(text) => write(&folder, name, text),
        None => fs::remove_file(folder.path().join(name)).expect("it can be removed"),
    }
    check(&folder, expected);
}

#[track_caller]
fn check_change(name: &str, old: &str, new: &str, expected: Expect) {
    let folder = folder();
    change(&folder, name, old, new);
    check(&folder, expected);
}

fn link(target: impl AsRef<Path>, folder: &Folder, name: &str) {
    symlink(target, folder.path().join(name)).expect("it can be linked");
}

pub(crate) fn pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status().expect("there is mkfifo");
    assert!(made.success());
}

#[test]
fn what_does_not_belong_to_the_format_is_not_looked_at() {
    let folder = folder();
    for name in
        ["topics/.#speed.toml", "topics/.speed.toml.swp", ".git/config.toml", "..2026/comparison.toml", "README.md"]
    {
        write(&folder, name, "neither = TOML é 日 🦀");
    }
    for name in ["topics/notes.txt", "drafts/topics/speed.toml", "topics/taste.toml~", "topics/drafts/speed.toml"] {
        write(&folder, name, [0xFF; 9]);
    }
    link("nobody@nowhere.1234:5678", &folder, "topics/.#taste.toml");
    pipe(&folder.path().join("notes"));
    pipe(&folder.path().join("topics/notes"));
    check_good(&folder);
}

#[test]
fn links_that_lead_in_circles_end() {
    let folder = folder();
    for (target, name) in [(".", "a"), (".", "b"), ("..", "topics/a"), ("/", "topics/b"), ("c", "c"), (".", "tools")] {
        link(target, &folder, name);
    }
    check_good(&folder);
}

/// Kubernetes mounts a folder of links into a folder that is exchanged as a whole.
#[test]
fn a_mounted_folder_of_links_is_read() {
    let folder = Folder::new();
    for (name, text) in data_files(OTHER) {
        write(&folder, &format!("..2026_11_27/{name}"), text);
    }
    link("..2026_11_27", &folder, "..data");
    let names = ["comparison.toml", "sources.toml", "criteria.toml", "topics", "projects", "intents", "onboarding"];
    for name in names {
        link(format!("..data/{name}"), &folder, name);
    }
    check_good(&folder);
}

#[test]
fn a_file_of_two_names_is_read_once() {
    let folder = folder();
    link("taste.toml", &folder, "topics/aftertaste.toml");
    link(folder.path().join("topics/taste.toml"), &folder, "topics/zest.toml");
    fs::hard_link(folder.path().join("topics/taste.toml"), folder.path().join("topics/tasting.toml"))
        .expect("it can be linked");
    check_good(&folder);
}

#[test]
fn what_cannot_be_read_is_named_and_never_waited_for() {
    let folder = folder();
    pipe(&folder.path().join("topics/pipe.toml"));
    fs::create_dir(folder.path().join("topics/folder.toml")).expect("it can be made");
    link("/dev/zero", &folder, "topics/device.toml");
    // One that the kernel generates. Its log, /proc/kmsg, is such a file that never ends, and is not everywhere.
    link("/proc/version", &folder, "topics/kernel.toml");
    link("nowhere", &folder, "topics/nowhere.toml");
    link("loop.toml", &folder, "topics/loop.toml");
    write(&folder, "topics/large.toml", "# é\n".repeat(LARGEST_FILE / 5 + 1));
    check(
        &folder,
        expect![[r#"
            topics/device.toml:1: it is not a file, expected one
            topics/folder.toml:1: it is not a file, expected one
            topics/kernel.toml:1: the file is empty, expected a topic
            topics/large.toml:1: the file has more than 1048576 bytes, expected less
            topics/loop.toml:1: the file cannot be read: Too many levels of symbolic links (os error 40)
            topics/nowhere.toml:1: the file cannot be read: No such file or directory (os error 2)
            topics/pipe.toml:1: it is not a file, expected one
        "#]],
    );
}

#[test]
fn a_folder_that_is_no_data_folder_is_refused_at_once() {
    let folder = Folder::new();
    write(&folder, "notes.toml", "");
    write(&folder, "a/b/comparison.toml", "");
    link("/", &folder, "all");
    let run = run(folder.path());
    let errors = run.errors.replace(folder.path().to_str().expect("it is UTF-8"), "DIR");
    expect![[r#"
        versus: DIR is not a data folder; give a folder that has a comparison.toml and a folder topics/, or none for the compiled-in knowledge
    "#]].assert_eq(&errors);
    assert_eq!(run.code, Some(1));
}

#[test]
fn folders_without_an_end_are_refused() {
    let folder = folder();
    for number in 0..2_001 {
        write(&folder, &format!("topics/t{number}.toml"), "");
    }
    let run = run(folder.path());
    assert!(run.errors.contains("more than 2000 files"), "{}", run.errors);
}

/// One broken file is one cause: what others name in it is not their fault.
#[test]
fn a_file_that_is_lost_is_one_line() {
    let names = ["comparison.toml", "sources.toml", "criteria.toml", "topics/taste.toml", "projects/breakfast.toml"];
    let others = ["intents/none.toml", "onboarding/quiz.toml", "onboarding/paths/brewing.toml"];
    for name in names.into_iter().chain(others) {
        let text = data_files(OTHER).into_iter().find(|(file, _)| file == name).expect("it is there").1;
        let half: String = text.chars().take(text.chars().count() / 2).collect();
        let broken = [
            Vec::new(),
            b"# nothing but a remark\n".to_vec(),
            [text.as_bytes(), b"# \xFF\n"].concat(),
            [b"\xFF\xFE", text.as_bytes()].concat(),
            [text.as_bytes(), b"\nwithout a value\n"].concat(),
            [b"= 1\n", text.as_bytes()].concat(),
            (half + "\n\"an open text").into_bytes(),
            [text.as_bytes(), b"\nopen = \"\"\"\n"].concat(),
            b"\x00\x01\x02".to_vec(),
        ];
        for (number, broken) in broken.into_iter().enumerate() {
            let folder = folder();
            write(&folder, name, broken);
            let run = run(folder.path());
            assert_eq!(run.errors.lines().count(), 2, "{name} {number}:\n{}", run.errors);
        }
    }
    for name in ["comparison.toml", "sources.toml", "criteria.toml", "topics/taste.toml"] {
        let folder = folder();
        fs::remove_file(folder.path().join(name)).expect("it can be removed");
        let run = run(folder.path());
        assert_eq!(run.errors.lines().count(), 2, "{name}:\n{}", run.errors);
    }
}

#[test]
fn all_problems_are_reported_also_beside_a_file_that_is_not_utf_8() {
    let folder = folder();
    write(&folder, "topics/taste.toml", [b"title = \"\n".as_slice(), &[0xE9]].concat());
    write(&folder, "onboarding/quiz.toml", "");
    change(&folder, "topics/caffeine.toml", "takeaway", "takeway");
    change(&folder, "sources.toml", "2026-10", "October");
    write(&folder, "notes.toml", "");
    check(
        &folder,
        expect![[r#"
        notes.toml:1: the file belongs to nothing, expected comparison, sources, criteria, releases or vocabulary.toml or one in topics/, projects/, tools/, intents/ or onboarding/
        onboarding/quiz.toml:1: the file is empty, expected the quiz
        sources.toml:4: `as_of` must be "YYYY", "YYYY-MM" or "YYYY-MM-DD"
        topics/caffeine.toml:3: `takeway` is not a field of a topic, did you mean `takeaway`
        topics/taste.toml:2: the line is not UTF-8, expected UTF-8
    "#]],
    );
}

#[test]
fn a_misspelt_name_is_met_with_the_one_that_is_meant() {
    let topic = "topics/caffeine.toml";
    check_change(
        topic,
        "takeaway",
        "takeway",
        expect![[r#"
        topics/caffeine.toml:3: `takeway` is not a field of a topic, did you mean `takeaway`
    "#]],
    );
    check_change(
        topic,
        "[ask]",
        "[aks]",
        expect![[r#"
        topics/caffeine.toml:18: `aks` is not a field of a topic, did you mean `ask`
    "#]],
    );
    check_change(
        topic,
        "sources",
        "source",
        expect![[r#"
        topics/caffeine.toml:12: `source` is not a field of a point, did you mean `sources`
    "#]],
    );
    check_change(
        topic,
        "related",
        "relatde",
        expect![[r#"
        topics/caffeine.toml:8: `relatde` is not a field of a topic, did you mean `related`
    "#]],
    );
    check_change(
        topic,
        "category = \"cup\"",
        "category = \"cupp\"",
        expect![[r#"
        topics/caffeine.toml:2: there is no category `cupp`, did you mean `cup`
    "#]],
    );
}

#[test]
fn what_others_refer_to_is_met_once_where_it_is_misspelt() {
    check_change(
        "comparison.toml",
        "[[subject]]",
        "[[subjects]]",
        expect![[r#"
        comparison.toml:7: `subjects` is not a field of the comparison, did you mean `subject`
    "#]],
    );
    check_change(
        "sources.toml",
        "[leaf]",
        "[laef]",
        expect![[r#"
        criteria.toml:43: there is no source `leaf`, did you mean `laef` (and in 14 more lines)
    "#]],
    );
}

#[test]
fn a_misspelt_file_is_met_with_the_one_that_is_meant() {
    let folder = folder();
    for (old, new) in [("criteria.toml", "critera.toml"), ("onboarding", "onbording")] {
        fs::rename(folder.path().join(old), folder.path().join(new)).expect("it can be moved");
    }
    check(
        &folder,
        expect![[r#"
        critera.toml:1: the file belongs to nothing, did you mean `criteria.toml`
        onbording:1: the folder belongs to nothing, did you mean `onboarding`
    "#]],
    );
}

/// A line that is expected, and how the folder of the topics is lost.
type Loss<'l> = (&'l str, &'l dyn Fn(&Path));

/// A folder that is not what it should be is one cause: what others name in it is not their fault.
#[test]
fn a_folder_that_is_lost_is_one_line() {
    let remove = |topics: &Path| fs::remove_dir_all(topics).expect("it can be removed");
    let rename = |topics: &Path, name: &str| fs::rename(topics, topics.with_file_name(name)).expect("it can be moved");
    let replace = |topics: &Path, target: &str| {
        remove(topics);
        symlink(target, topics).expect("it can be linked");
    };
    let lost: [Loss<'_>; 6] = [
        ("Topics:1: the folder belongs to nothing, did you mean `topics`", &|topics| rename(topics, "Topics")),
        ("topic:1: the folder belongs to nothing, did you mean `topics`", &|topics| rename(topics, "topic")),
        ("topics/:1: there is no topic", &remove),
        ("topics/:1: there is no topic", &|topics| replace(topics, "/")),
        ("topics/:1: the folder cannot be read: Not a directory", &|topics| replace(topics, "comparison.toml")),
        ("topics/:1: the folder cannot be read: Too many levels", &|topics| replace(topics, "topics")),
    ];
    for (expected, lose) in lost {
        let folder = folder();
        lose(&folder.path().join("topics"));
        let run = run(folder.path());
        assert!(run.errors.contains(expected) && run.errors.lines().count() == 2, "{expected}:\n{}", run.errors);
    }
}

#[test]
fn a_name_that_is_nearly_right_is_one_line_as_well() {
    let folder = folder();
    for (old, new) in [
        ("topics/taste.toml", "topics/taste.TOML"),
        ("comparison.toml", "Comparison.toml"),
        ("criteria.toml", "CRITERIA.TOML"),
    ] {
        fs::rename(folder.path().join(old), folder.path().join(new)).expect("it can be moved");
    }
    let name = OsStr::from_bytes(b"topics/caf\xe9.toml");
    fs::write(folder.path().join(name), "").expect("it can be written");
    fs::write(folder.path().join(OsStr::from_bytes(b"topics/\xff")), "").expect("it can be written");
    check(
        &folder,
        expect![[r#"
        CRITERIA.TOML:1: the name ends in capitals, expected `.toml`
        Comparison.toml:1: the file belongs to nothing, did you mean `comparison.toml`
        topics/caf�.toml:1: the name is not UTF-8, expected a–z, 0–9 and -
        topics/taste.TOML:1: the name ends in capitals, expected `.toml`
    "#]],
    );
}

#[test]
fn what_cannot_be_meant_is_a_problem() {
    let topic = "topics/caffeine.toml";
    check_change(
        topic,
        "checked = 2026-11-01",
        "checked = 2999-01-01",
        expect![[r#"
        topics/caffeine.toml:7: `checked` is in the future, expected today or an earlier day
    "#]],
    );
    check_change(
        "sources.toml",
        "2026-10",
        "2999",
        expect![[r#"
        sources.toml:4: `as_of` is in the future, expected today or earlier
    "#]],
    );
    check_change(
        "sources.toml",
        "2026-10",
        "2999-01-31",
        expect![[r#"
        sources.toml:4: `as_of` is in the future, expected today or earlier
    "#]],
    );
    check_change(
        topic,
        "words = [",
        "words = [\"Élan\", ",
        expect![[r#"
        topics/caffeine.toml:19: the word `Élan` has capitals, expected small letters
    "#]],
    );
    check_change(
        "comparison.toml",
        "words = [",
        "words = [\"TEA\", ",
        expect![[r#"
        comparison.toml:12: the word `TEA` has capitals, expected small letters
    "#]],
    );
    check_change(
        "intents/none.toml",
        "words = [",
        "words = [\"Football\", ",
        expect![[r#"
        intents/none.toml:1: the word `Football` has capitals, expected small letters
    "#]],
    );
    let unused = "[unused]\ntitle = \"é 日 🦀\"\nurl = \"https://example.org/\"\nas_of = \"2026\"\n\n[leaf]";
    check_change(
        "sources.toml",
        "[leaf]",
        unused,
        expect![[r#"
        sources.toml:1: nothing names the source `unused`, expected a use of it or none
    "#]],
    );
}

#[test]
fn nothing_of_a_folder_acts_on_the_terminal() {
    let folder = folder();
    write(&folder, "topics/\u{1b}[31mred\u{7}.toml", "\u{1b}[2J = 1");
    change(&folder, "topics/caffeine.toml", "category = \"cup\"", "category = \"\\u001b]0;title\\u0007\\u202e\"");
    change(&folder, "topics/caffeine.toml", "related", "\"rel\\u001bated\"");
    check(
        &folder,
        expect![[r#"
        topics/\u{1b}[31mred\u{7}.toml:1: `\u{1b}[31mred\u{7}` cannot be an id, expected a name of a–z, 0–9 and -, at most 40 long
        topics/\u{1b}[31mred\u{7}.toml:1: key with no value, expected `=`
        topics/caffeine.toml:2: there is no category `\u{1b}]0;title\u{7}\u{202e}`, expected one of cup
        topics/caffeine.toml:8: `rel\u{1b}ated` is not a field of a topic, did you mean `related`
    "#]],
    );
    let elsewhere = folder.path().join("\u{1b}[31m");
    let run = run(&elsewhere);
    assert!(!run.errors.contains('\u{1b}') && run.errors.contains(r"\u{1b}[31m"), "{}", run.errors);
}

#[test]
fn one_missing_name_is_one_line_wherever_it_is_named() {
    let folder = folder();
    for name in ["topics/taste.toml", "topics/caffeine.toml"] {
        change(&folder, name, "category = \"cup\"", "category = \"spoon\"");
    }
    check(
        &folder,
        expect![[r#"
        topics/caffeine.toml:2: there is no category `spoon`, expected one of cup (and in 1 more line)
    "#]],
    );
    check_text(
        "topics/taste.toml",
        None,
        expect![[r#"
        criteria.toml:12: there is no topic `taste`, expected the name of a file in topics/ (and in 13 more lines)
    "#]],
    );
}
