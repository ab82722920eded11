//! Where the output goes: a full disk is an error, a reader who had enough is none.

use std::process::{Command, Stdio};

use expect_test::expect;

/// Commands that print something, each with what it reads.
const PRINTING: [&[&str]; 9] = [
    &["ask", "speed"],
    &["ask", "--json", "speed"],
    &["recommend", "--json", "chat app"],
    &["check"],
    &["check", "--stale"],
    &["commands"],
    &["completions", "bash"],
    &["man"],
    &["--help"],
];

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_versus"));
    command.args(arguments).env_clear().current_dir(std::env::temp_dir()).stdin(Stdio::null());
    command
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_reported() {
    for arguments in PRINTING {
        let full = std::fs::File::options().write(true).open("/dev/full").expect("Linux has it");
        let run = command(arguments).stdout(full).output().expect("the binary runs");
        assert_eq!(run.status.code(), Some(1), "{arguments:?}");
        expect![[r#"
            versus: the output cannot be written: No space left on device (os error 28); free some space, or write to another file
        "#]]
        .assert_eq(&String::from_utf8_lossy(&run.stderr));
    }
}

#[test]
fn a_reader_who_had_enough_is_no_error() {
    for arguments in PRINTING {
        let mut child =
            command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
        drop(child.stdout.take());
        let run = child.wait_with_output().expect("the binary ends");
        assert_eq!((run.status.code(), String::from_utf8_lossy(&run.stderr).as_ref()), (Some(0), ""), "{arguments:?}");
    }
}
