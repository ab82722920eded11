//! The real binary, started once with some input, to its end.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a run of the program came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) output: String,
    pub(crate) errors: String,
}

/// Runs the program with these arguments, this input and nothing but this environment, outside of the repository.
pub(crate) fn versus(arguments: &[&str], input: &[u8], environment: &[(&str, &str)]) -> Run {
    versus_in(&std::env::temp_dir(), arguments, input, environment)
}

/// As [`versus`], in a folder.
pub(crate) fn versus_in(folder: &Path, arguments: &[&str], input: &[u8], environment: &[(&str, &str)]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_versus"))
        .args(arguments)
        .env_clear()
        .envs(environment.iter().copied())
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().expect("the input is piped");
    let input = input.to_vec();
    // A second thread, because a program that answers while it reads would wait for us.
    let writer = std::thread::spawn(move || {
        // A program that needs no input may have ended already.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("the binary ends");
    writer.join().expect("writing does not panic");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
    Run { code: output.status.code(), output: text(output.stdout), errors: text(output.stderr) }
}
