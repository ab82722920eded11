//! A wrong command line, and the help.

use expect_test::{Expect, expect};
use versus::shell::config::SETTINGS;

use crate::program::versus;

/// What somebody reads who mistyped; the exit code is 2.
#[track_caller]
fn check(arguments: &[&str], expected: Expect) {
    let run = versus(arguments, b"", &[]);
    assert_eq!((run.code, run.output.as_str()), (Some(2), ""), "{run:?}");
    expected.assert_eq(&run.errors);
}

#[test]
fn a_mistyped_command_or_option_gets_a_suggestion() {
    check(
        &["aks", "which is faster?"],
        expect![[r#"
        error: unrecognized subcommand 'aks'

        Usage: versus [OPTIONS] [COMMAND]

        For more information, try '--help'.

        Did you mean: versus ask
    "#]],
    );
    check(
        &["recomend", "a chat app"],
        expect![[r#"
        error: unrecognized subcommand 'recomend'

          tip: some similar subcommands exist: 'commands', 'recommend'

        Usage: versus [OPTIONS] [COMMAND]

        For more information, try '--help'.
    "#]],
    );
    check(
        &["ask", "--jsn", "which is faster?"],
        expect![[r#"
        error: unexpected argument '--jsn' found

          tip: a similar argument exists: '--json'

        Usage: versus ask --json <QUESTION>...

        For more information, try '--help'.
    "#]],
    );
    check(
        &["check", "--stael"],
        expect![[r#"
        error: unexpected argument '--stael' found

          tip: a similar argument exists: '--stale'

        Usage: versus check --stale [DIR]

        For more information, try '--help'.
    "#]],
    );
    check(
        &["completions", "bsh"],
        expect![[r#"
        error: invalid value 'bsh' for '<SHELL>'
          [possible values: bash, elvish, fish, powershell, zsh]

          tip: a similar value exists: 'bash'

        For more information, try '--help'.
    "#]],
    );
}

#[test]
fn a_question_without_its_command_is_told_which_one() {
    check(
        &["which is faster, é 日 🦀?"],
        expect![[r#"
        error: unrecognized subcommand 'which is faster, é 日 🦀?'

        Usage: versus [OPTIONS] [COMMAND]

        For more information, try '--help'.

        To ask a question: versus ask "…"
    "#]],
    );
    check(
        &["ask"],
        expect![[r#"
        error: the following required arguments were not provided:
          <QUESTION>...

        Usage: versus ask <QUESTION>...

        For more information, try '--help'.
    "#]],
    );
}

#[test]
fn the_help_has_examples_variables_and_exit_codes() {
    let help = versus(&["--help"], b"", &[]);
    assert_eq!((help.code, help.errors.as_str()), (Some(0), ""));
    for heading in ["Examples:", "Environment variables", "Exit codes:"] {
        assert!(help.output.contains(heading), "{heading} is not in {}", help.output);
    }
    for name in SETTINGS.iter().map(|setting| setting.name) {
        assert!(help.output.contains(name), "{name} is not in {}", help.output);
    }
    for command in ["ask", "recommend", "match", "check", "new", "completions", "man"] {
        let help = versus(&[command, "--help"], b"", &[]).output;
        assert!(help.contains("Examples:\n  versus") || help.contains("| versus"), "{help}");
    }
}

#[test]
fn no_line_of_the_help_is_wider_than_a_page() {
    for arguments in [&["--help"][..], &["-h"], &["ask", "--help"], &["recommend", "--help"]] {
        for line in versus(arguments, b"", &[]).output.lines() {
            assert!(line.chars().count() <= 100, "{line}");
        }
    }
}
