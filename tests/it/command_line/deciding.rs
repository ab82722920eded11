//! Decisions of a team in the chat of a machine that has its database, and the file that they come in.

use std::fs;

use expect_test::expect;

use super::team::{chat, check};
use crate::folder::Folder;

/// A file of a team with three decisions, of which the last is not recorded.
const DECISIONS: &str = r#"{
    "versus": 1, "server": "1",
    "settings": {"private": false, "channels": [], "role": null, "keep_unanswered": false},
    "notes": [], "questions": [],
    "decisions": [
        {"number": 1, "date": "2026-11-02", "status": "accepted", "question": "Which é 日 🦀?",
         "subject": {"topic": "caffeine"}, "options": [{"text": "Tea", "votes": 2}, {"text": "Coffee", "votes": 1}],
         "is_counted": true, "words": {"decision": "Tea", "reason": "it is there"}},
        {"number": 2, "date": "2026-11-03", "status": "accepted", "question": "Which one at night?",
         "subject": {"project": "breakfast"},
         "options": [{"text": "Tea", "votes": 2}, {"text": "Coffee", "votes": 0}], "is_counted": true, "words": {"decision": "Tea"}},
        {"number": 3, "date": "2026-11-04", "status": "proposed", "question": "Which cup?",
         "options": [{"text": "big", "votes": 3}, {"text": "small", "votes": 1}], "is_counted": true}
    ]
}"#;

/// A folder with a database that has the decisions of [`DECISIONS`].
fn with_decisions() -> Folder {
    let folder = Folder::new();
    fs::write(folder.path().join("decisions.json"), DECISIONS).expect("it can be written");
    chat(&folder, &["/team import decisions.json do it"], &[]);
    folder
}

#[test]
fn a_file_is_looked_at_before_it_is_taken_over() {
    let folder = Folder::new();
    fs::write(folder.path().join("decisions.json"), DECISIONS).expect("it can be written");
    check(
        &folder,
        &["/team import decisions.json", "/team import file: decisions.json mode: do it"],
        expect![[r#"
        This is what the file would change
        The settings stay as they are.
        Notes: 0 new, 0 changed, 0 removed, 0 as they are.
        Added questions: 0 new, 0 changed, 0 removed, 0 as they are.
        Decisions: 3 new, 0 as they are.

        Nothing is changed yet. Use the command again and choose “do it” as the mode.
        Done: your team keeps what the file says
        The settings stay as they are.
        Notes: 0 new, 0 changed, 0 removed, 0 as they are.
        Added questions: 0 new, 0 changed, 0 removed, 0 as they are.
        Decisions: 3 new, 0 as they are.
    "#]],
    );
}

#[test]
fn decisions_are_read_and_answers_remember_them() {
    let folder = with_decisions();
    check(
        &folder,
        &["/compare caffeine", "/recommend breakfast", "/decisions", "/decisions show 1"],
        expect![[r#"
            Caffeine
            ⚖️ Your team decided on DATE: Tea. #1
            Coffee wakes you up faster.
            …
            Breakfast
            ⚖️ Your team decided on DATE: Tea. #2
            Slightly Coffee, 4 : 1
            🍵 Tea ━━━━━━●━━ Coffee ☕
            ☕ A cup in the morning wakes the guests up. ¹
            ☕ Who rises early has to wake up. ¹
            🍵 But: Some guests like a soft taste after the night. ²
            🔀 Would change it: Guests: children → only to “it depends”
            Understood: Breakfast.
            For such projects in general: Serve coffee, and keep tea in the cupboard.

            Checked on DATE.
            ¹ <https://example.org/bean> ² <https://example.org/leaf>
            Decisions of your team
            🗳 #3 · Which cup?
            ✅ #2 · Which one at night? → Tea
            ✅ #1 · Which é 日 🦀? → Tea

            3 decisions
            #1 · Which é 日 🦀?
            ✅ Accepted on DATE

            Decision
            Tea

            Votes
            Tea – 2 votes
            Coffee – 1 vote

            Why
            it is there

            Counts of votes are kept, never who voted.
        "#]],
    );
}

#[test]
fn decisions_are_superseded_and_withdrawn() {
    let folder = with_decisions();
    check(
        &folder,
        &["/decisions supersede 1 2", "/decisions withdraw number: 2", "/decisions withdraw 9"],
        expect![[r#"
            #1 · Which é 日 🦀?
            ↪️ Accepted on DATE, superseded by #2

            Decision
            Tea

            Votes
            Tea – 2 votes
            Coffee – 1 vote

            Why
            it is there

            Decision #1 is superseded by #2.
            #2 · Which one at night?
            🚫 Withdrawn; it was of DATE

            Decision
            Tea

            Votes
            Tea – 2 votes
            Coffee – 0 votes

            Decision #2 is withdrawn.
            Your team has no decision #9
            /decide puts a question to the vote; what comes of it can be recorded.
        "#]],
    );
}

#[test]
fn a_decision_is_recorded_line_by_line_and_exported() {
    let folder = with_decisions();
    check(
        &folder,
        &["/decisions show 3", "Record", "", "it is big", "-", ""],
        expect![[r#"
        #3 · Which cup?
        🗳️ Proposed on DATE
        “big” has the most votes: 3 of 4 votes.

        Votes
        big – 3 votes
        small – 1 vote

        Counts of votes are kept, never who voted.
        Record
        Enter keeps what stands in brackets, - leaves a field blank, /cancel changes nothing.

        Decision [big]:
        Why:
        What was rejected, and why [small]:
        Consequences:
        #3 · Which cup?
        ✅ Accepted on DATE

        Decision
        big

        Votes
        big – 3 votes
        small – 1 vote

        Why
        it is big

        Decision #3 is recorded.
    "#]],
    );
    check(
        &folder,
        &["/decisions list", "/decisions export"],
        expect![[r#"
            Decisions of your team
            ✅ #3 · Which cup? → big
            ✅ #2 · Which one at night? → Tea
            ✅ #1 · Which é 日 🦀? → Tea

            3 decisions
            Your team's decisions
            All of them in one Markdown file, each in the MADR form.

            Saved as decisions.md in this folder.
        "#]],
    );
    let exported = fs::read_to_string(folder.path().join("decisions.md")).expect("it is written");
    assert!(exported.contains("Which é 日 🦀?") && exported.contains("it is big"), "{exported}");
}
