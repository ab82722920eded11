//! The real binary in a terminal of the test's own.

use std::io::{Read, Write};
use std::process::Child;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};

/// How long something to be shown is waited for: no machine is so slow.
const PATIENCE: Duration = Duration::from_secs(300);
/// Lines of the terminal.
const ROWS: u16 = 50;
/// Ends the input where a line begins.
pub(crate) const CTRL_D: &str = "\u{4}";
/// Interrupts.
pub(crate) const CTRL_C: &str = "\u{3}";
/// Recalls the line before.
pub(crate) const UP: &str = "\u{1b}[A";

/// A terminal in which the program runs.
pub(crate) struct Terminal {
    pty: Arc<Pty>,
    child: Child,
    arriving: Receiver<Vec<u8>>,
    shown: Vec<u8>,
    read: usize,
}

impl Terminal {
    /// Starts the program in a terminal of a width, with nothing but this environment, outside of the repository.
    pub(crate) fn start(arguments: &[&str], columns: u16, environment: &[(&str, &str)]) -> Self {
        let (pty, inside) = open().expect("there are terminals");
        pty.resize(Size::new(ROWS, columns)).expect("it has a size");
        let command = Command::new(env!("CARGO_BIN_EXE_versus")).args(arguments).env_clear();
        let command = command.envs(environment.iter().copied()).current_dir(std::env::temp_dir());
        let child = command.spawn(inside).expect("the binary starts");
        let pty = Arc::new(pty);
        let (sender, arriving) = channel();
        let reader = Arc::clone(&pty);
        std::thread::spawn(move || {
            let mut buffer = [0; 4_096];
            // Where the program has ended, reading fails.
            while let Ok(length @ 1..) = (&*reader).read(&mut buffer) {
                if sender.send(buffer[..length].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self { pty, child, arriving, shown: Vec::new(), read: 0 }
    }

    /// Types a text.
    pub(crate) fn send(&self, text: &str) {
        (&*self.pty).write_all(text.as_bytes()).expect("the terminal takes it");
    }

    /// Waits until a text is shown, and gives what was shown up to its end since the last call.
    #[track_caller]
    pub(crate) fn until(&mut self, text: &str) -> String {
        loop {
            let unread = &self.shown[self.read..];
            if let Some(at) = unread.windows(text.len()).position(|window| window == text.as_bytes()) {
                let end = at + text.len();
                let found = String::from_utf8_lossy(&unread[..end]).into_owned();
                self.read += end;
                return found;
            }
            match self.arriving.recv_timeout(PATIENCE) {
                Ok(bytes) => self.shown.extend(bytes),
                Err(_) => panic!("{text:?} is not in {:?}", String::from_utf8_lossy(unread)),
            }
        }
    }

    /// Waits until the program ends, and gives all that was shown, and the exit code.
    pub(crate) fn end(mut self) -> (String, Option<i32>) {
        while let Ok(bytes) = self.arriving.recv_timeout(PATIENCE) {
            self.shown.extend(bytes);
        }
        let status = self.child.wait().expect("the binary ends");
        let shown = String::from_utf8(std::mem::take(&mut self.shown)).expect("the program prints UTF-8");
        (shown.replace("\r\n", "\n"), status.code())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // One that has ended already needs nothing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
