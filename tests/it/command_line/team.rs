//! What a team keeps, in the chat of a machine that has its database: the same commands as in a server.

use std::fs;

use expect_test::{Expect, expect};
use once_cell::sync::Lazy;
use regex::Regex;

use super::TEA_AND_COFFEE;
use crate::folder::Folder;
use crate::program::{Run, versus_in};

/// What stands below the answer on caffeine.
const BELOW: &str = "
🍵 Tea ━━━━━━━━● Coffee ☕
Clearly Coffee
🍵 About 40 mg a cup. ¹
☕ About 90 mg a cup. ²

Checked on DATE.
¹ <https://example.org/leaf> ² <https://example.org/bean>
";

/// Runs a chat of these lines in a folder, with a database in it.
pub(super) fn chat(folder: &Folder, lines: &[&str], environment: &[(&str, &str)]) -> Run {
    let address = format!("sqlite:{}", folder.path().join("versus.db").display());
    let environment = [&[("DATABASE_URL", address.as_str()), TEA_AND_COFFEE], environment].concat();
    let run = versus_in(folder.path(), &[], format!("{}\n", lines.join("\n")).as_bytes(), &environment);
    assert_eq!(run.code, Some(0), "{run:?}");
    run
}

/// What a chat says, with DATE instead of the days, and without what stands below each answer on caffeine.
#[track_caller]
pub(super) fn check(folder: &Folder, lines: &[&str], expected: Expect) {
    static DAYS: Lazy<Regex> = Lazy::new(|| Regex::new(r"\d{1,2} [A-Z][a-z]+ \d{4}").expect("it is a pattern"));
    let shown = DAYS.replace_all(&chat(folder, lines, &[]).output, "DATE").replace(BELOW, "…\n");
    expected.assert_eq(&shown);
}

#[test]
fn a_note_is_written_line_by_line_and_stands_in_answers() {
    let folder = Folder::new();
    let lines =
        ["/note topic: caffeine", "We take é 日 🦀 *one* cup", "http://x", "Try again", "", "-", "/compare caffeine"];
    check(
        &folder,
        &lines,
        expect![[r#"
        Note on Caffeine
        Enter keeps what stands in brackets, - leaves a field blank, /cancel changes nothing.

        What holds in your team (blank removes it):
        A page that says more (may be left blank):
        That is not saved yet
        The page needs an address that begins with https://. This is what you wrote:

        We take é 日 🦀 *one* cup http://x
        Note on Caffeine
        Enter keeps what stands in brackets, - leaves a field blank, /cancel changes nothing.

        What holds in your team (blank removes it) [We take é 日 🦀 *one* cup]:
        A page that says more (may be left blank) [http://x]:
        Note on Caffeine
        Your team, DATE: We take é 日 🦀 *one* cup

        From now on it is shown in answers to this in this server.
        Caffeine
        Coffee wakes you up faster.
        📌 Your team, DATE: We take é 日 🦀 *one* cup
        …
    "#]],
    );
    check(
        &folder,
        &["/note caffeine", "-", "", "/compare caffeine"],
        expect![[r#"
        Note on Caffeine
        Enter keeps what stands in brackets, - leaves a field blank, /cancel changes nothing.

        What holds in your team (blank removes it) [We take é 日 🦀 *one* cup]:
        A page that says more (may be left blank):
        Note on Caffeine
        There is no note on this any more.
        Caffeine
        Coffee wakes you up faster.
        …
    "#]],
    );
}

#[test]
fn a_form_can_be_left() {
    let folder = Folder::new();
    let lines = ["/note caffeine", "quit", "/cancel", "/compare caffeine", "/note caffeine", "/quit", "/topics"];
    check(
        &folder,
        &lines,
        expect![[r#"
        Note on Caffeine
        Enter keeps what stands in brackets, - leaves a field blank, /cancel changes nothing.

        What holds in your team (blank removes it):
        A page that says more (may be left blank):
        Nothing was changed.
        Caffeine
        Coffee wakes you up faster.
        …
        Note on Caffeine
        Enter keeps what stands in brackets, - leaves a field blank, /cancel changes nothing.

        What holds in your team (blank removes it):
    "#]],
    );
}

/// A question that the data has no answer to.
const UNKNOWN: &str = "how strong is the earl grey of the wiki";

#[test]
fn settings_are_changed_by_numbers() {
    let folder = Folder::new();
    check(
        &folder,
        &["/settings", "4", UNKNOWN],
        expect![[r#"
        Settings of this server
        Answers to commands: Everyone sees them, unless the asker says otherwise
        Questions without an answer: Are not kept

        Who manages the server may change them. A choice below counts at once.
        Settings of this server
        Answers to commands: Everyone sees them, unless the asker says otherwise
        Questions without an answer: Are kept for 30 days without their author, see /gaps

        Saved.
        I don't know that one
        It is outside of what I know, or I did not understand it. I compare Tea and Coffee on 2 topics and say which of them suits 1 kind of project. Each answer shows what an older article says, what holds today, and the sources.
    "#]],
    );
}

#[test]
fn a_question_without_an_answer_is_added_to_a_topic() {
    let folder = Folder::new();
    chat(&folder, &["/settings", "4", UNKNOWN], &[]);
    check(
        &folder,
        &["/gaps", "1", "Add to a topic", "nonsense é日🦀", "/gaps list", "1", "Add to a topic", "caffeine"],
        expect![[r#"
            Questions without an answer
            • 1 × how strong is the earl grey of the wiki

            1 question without an answer, kept for 30 days without their authors. 0 questions added to topics.
            Asked once
            how strong is the earl grey of the wiki
            Add to a topic
            Enter keeps what stands in brackets, - leaves a field blank, /cancel changes nothing.

            Which topic answers it?
            Which topic do you mean?
            I know no topic of that name. /topics lists what there is.

            how strong is the earl grey of the wiki
            Questions without an answer
            • 1 × how strong is the earl grey of the wiki

            1 question without an answer, kept for 30 days without their authors. 0 questions added to topics.
            Asked once
            how strong is the earl grey of the wiki
            Add to a topic
            Enter keeps what stands in brackets, - leaves a field blank, /cancel changes nothing.

            Which topic answers it?
            Understood from now on
            “how strong is the earl grey of the wiki” is answered by Caffeine

            In this server, also where it is asked in nearly the same words.
        "#]],
    );
    check(
        &folder,
        &[UNKNOWN, "/gaps export"],
        expect![[r#"
        Caffeine
        Coffee wakes you up faster.
        …
        Questions for the data
        1 question that you added to topics and 0 questions without a topic, in questions.toml.

        Saved as questions.toml in this folder.
    "#]],
    );
    let exported = fs::read_to_string(folder.path().join("questions.toml")).expect("it is written");
    assert!(exported.contains("earl grey"), "{exported}");
}

#[test]
fn what_was_asked_and_of_use_is_counted() {
    let folder = Folder::new();
    check(
        &folder,
        &["/insights", "/compare caffeine", "Details", "👍", "/insights"],
        expect![[r#"
        What was asked here
        Nothing was asked in this server yet.

        Counts of questions and answers. Who asked is not kept.
        Caffeine
        Coffee wakes you up faster.
        …
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

        Facts checked on DATE. The article: “Cups Compared” (2001).
        Good to know that it was useful
        Counted without your name. The other button changes it.
        What was asked here
        1 question in 30 days, 👍 1 👎 0.

        By topic
        • Caffeine: 1 × · 👍 1 👎 0

        Counts of questions and answers. Who asked is not kept.
    "#]],
    );
}

#[test]
fn what_a_team_keeps_is_written_beside_an_earlier_file_and_read_again() {
    let (folder, other) = (Folder::new(), Folder::new());
    fs::write(folder.path().join("team.json"), "kept").expect("it can be written");
    check(
        &folder,
        &["/note taste", "é 日 🦀", "", "/team export"],
        expect![[r#"
        Note on Taste
        Enter keeps what stands in brackets, - leaves a field blank, /cancel changes nothing.

        What holds in your team (blank removes it):
        A page that says more (may be left blank):
        Note on Taste
        Your team, DATE: é 日 🦀

        From now on it is shown in answers to this in this server.
        What your team keeps
        The settings, 1 note, 0 added questions and 0 decisions in team.json. /team import reads it again.

        Saved as team-2.json in this folder.
    "#]],
    );
    assert_eq!(fs::read_to_string(folder.path().join("team.json")).expect("it is there"), "kept");
    fs::copy(folder.path().join("team-2.json"), other.path().join("é 日.json")).expect("it can be copied");
    let lines =
        ["/team import file: é 日.json mode: do it", "/compare taste", "/team import nothing.json", "/team import"];
    check(
        &other,
        &lines,
        expect![[r#"
        Done: your team keeps what the file says
        The settings stay as they are.
        Notes: 1 new, 0 changed, 0 removed, 0 as they are.
        Added questions: 0 new, 0 changed, 0 removed, 0 as they are.
        Decisions: 0 new, 0 as they are.
        Taste
        A matter of liking.
        📌 Your team, DATE: é 日 🦀

        🍵 Tea ━━━━●━━━━ Coffee ☕
        Even
        🍵 Floral to smoky. ¹
        ☕ Bitter to fruity. ²
        📰 The article: “Tea has no taste” ❌ wrong

        Checked on DATE.
        ¹ <https://example.org/leaf> ² <https://example.org/bean>
        The file cannot be used
        • nothing.json cannot be read: No such file or directory (os error 2).

        Nothing was changed.
        The file cannot be used
        • Name the file behind the command, such as team.json.

        Nothing was changed.
    "#]],
    );
}

#[test]
fn what_is_posted_for_everyone_needs_discord() {
    let folder = Folder::new();
    let shown =
        chat(&folder, &["/decide tea or coffee?", "/onboard panel", "/recommend breakfast", "Details"], &[]).output;
    assert_eq!(shown.matches("which only Discord has").count(), 2, "{shown}");
}

#[test]
fn no_question_makes_a_database_and_a_command_says_why_there_is_none() {
    let folder = Folder::new();
    chat(&folder, &["/compare caffeine", "/topics"], &[]);
    assert!(!folder.path().join("versus.db").exists());
    let run = chat(&folder, &["/note caffeine", "/compare caffeine"], &[("DATABASE_URL", "none")]);
    assert!(run.output.starts_with("versus: there is no database: DATABASE_URL is none"), "{run:?}");
    assert!(run.output.contains("Coffee wakes you up faster."), "{run:?}");
    fs::create_dir(folder.path().join("folder.db")).expect("it can be made");
    let address = format!("sqlite:{}", folder.path().join("folder.db").display());
    let run = chat(&folder, &["/note caffeine", "/compare caffeine"], &[("DATABASE_URL", &address)]);
    assert!(run.output.contains("cannot be used") && run.output.contains("Coffee wakes you up faster."), "{run:?}");
}

#[test]
fn without_an_address_it_is_the_bots_own_file() {
    let folder = Folder::new();
    let home = ("HOME", folder.path().to_str().expect("it is UTF-8"));
    let run = |lines: &str| versus_in(folder.path(), &[], lines.as_bytes(), &[home, TEA_AND_COFFEE]).output;
    run("/compare caffeine\n");
    assert!(!folder.path().join(".local").exists(), "a question makes no database");
    run("/note caffeine\né 日 🦀\n\n");
    assert!(run("/compare caffeine\n").contains("é 日 🦀"));
}

#[test]
fn of_several_servers_one_is_chosen() {
    let folder = Folder::new();
    let note = |server: &str, text: &str| {
        chat(&folder, &["/note caffeine", text, ""], &[("DISCORD_GUILD_ID", server)]);
    };
    note("1100000000000000002", "of the first");
    let shown = |environment: &[(&str, &str)]| chat(&folder, &["/compare caffeine", "/settings"], environment);
    assert!(shown(&[]).output.contains("of the first"), "the only one is meant");
    note("1100000000000000003", "of the second");
    let run = shown(&[]);
    let ids = "set DISCORD_GUILD_ID to one of 1100000000000000002, 1100000000000000003";
    assert!(run.errors.contains(ids) && run.output.contains(ids), "{run:?}");
    assert!(run.output.contains("Coffee wakes you up faster.") && !run.output.contains("of the"), "{run:?}");
    assert!(shown(&[("DISCORD_GUILD_ID", "1100000000000000003")]).output.contains("of the second"));
}
