//! The bot under test: the real binary as a child process.

use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::folder::Folder;
use crate::standin::{Standin, TIME_OUT, token};

/// The program under test.
const PROGRAM: &str = env!("CARGO_BIN_EXE_versus");

/// A running `versus`, which is killed when it is dropped.
pub(crate) struct Bot {
    child: Child,
    log: Arc<Log>,
    readers: [JoinHandle<()>; 2],
    /// Nothing that a test does may be written into the folders of the developer.
    home: Folder,
}

/// All that the bot has printed.
#[derive(Default)]
struct Log {
    text: Mutex<Vec<u8>>,
    grown: Notify,
}

impl Bot {
    /// Starts the bot on this stand-in and on the database of its test; `environment` comes on top of that, of the
    /// token and of the address, and wins over them.
    pub(crate) fn start(standin: &Standin, environment: &[(&str, &str)]) -> Self {
        Self::start_by(Command::new(PROGRAM), standin, environment)
    }

    /// As [`Self::start`], where no file can grow: not a byte more can be written to one.
    pub(crate) fn start_on_full_disk(standin: &Standin, environment: &[(&str, &str)]) -> Self {
        let mut shell = Command::new("sh");
        // A program that ignores the signal gets an error instead, as on a full disk.
        shell.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\"", PROGRAM]);
        Self::start_by(shell, standin, environment)
    }

    /// As [`Self::start`], with a mask of the permissions that new files do not get, such as `027`.
    pub(crate) fn start_with_umask(umask: &str, standin: &Standin, environment: &[(&str, &str)]) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("umask {umask}; exec \"$0\""), PROGRAM]);
        Self::start_by(shell, standin, environment)
    }

    fn start_by(command: Command, standin: &Standin, environment: &[(&str, &str)]) -> Self {
        let (token, url, database) = (token(), standin.url(), format!("sqlite:{}", standin.database().display()));
        let own = [("DISCORD_TOKEN", &*token), ("DISCORD_API_URL", &*url), ("DATABASE_URL", &*database)];
        Self::spawn(command, &std::env::temp_dir(), &[&own, environment].concat())
    }

    /// Starts the binary with these arguments and nothing but this environment.
    pub(crate) fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        // Outside the repository, so that no developer's .env has a say.
        Self::run_in(&std::env::temp_dir(), arguments, environment)
    }

    /// As [`Self::run`], in a folder.
    pub(crate) fn run_in(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut command = Command::new(PROGRAM);
        command.args(arguments);
        Self::spawn(command, folder, environment)
    }

    fn spawn(mut command: Command, folder: &Path, environment: &[(&str, &str)]) -> Self {
        let home = Folder::new();
        let mut child = command
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .env("HOME", home.path())
            // Bots on the same data folder share the vectors of its examples, which the first of them writes. A file there comes by a
            // rename, so that none is read half written.
            .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
            .envs(environment.iter().copied())
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the binary starts");
        let log = Arc::new(Log::default());
        let output = child.stdout.take().expect("the output is piped");
        let errors = child.stderr.take().expect("the errors are piped");
        let readers = [collect(output, &log), collect(errors, &log)];
        Self { child, log, readers, home }
    }

    /// The folder in which it has its own.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The id of its process, while it runs.
    pub(crate) fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// What it has printed so far, on both streams.
    pub(crate) fn log(&self) -> String {
        self.log.read()
    }

    /// Waits until it has printed this.
    pub(crate) async fn logged(&self, text: &str) {
        self.logged_one_of(&[text]).await;
    }

    /// Waits until it has printed one of these.
    pub(crate) async fn logged_one_of(&self, texts: &[&str]) {
        let search = async {
            loop {
                // Listening starts before looking, so that no line falls in between.
                let mut grown = std::pin::pin!(self.log.grown.notified());
                grown.as_mut().enable();
                let log = self.log();
                if texts.iter().any(|text| log.contains(text)) {
                    return;
                }
                grown.await;
            }
        };
        let found = tokio::time::timeout(TIME_OUT, search).await.is_ok();
        assert!(found, "waited {TIME_OUT:?} for {texts:?} in the log:\n{}", self.log());
    }

    /// Sends SIGTERM, lets the bot drain what is in flight, and gives its exit code and its log. The
    /// code is none if a signal ended it.
    pub(crate) async fn stop(self) -> (Option<i32>, String) {
        self.signal("TERM").await;
        self.exit().await
    }

    /// Sends a signal by its name.
    pub(crate) async fn signal(&self, name: &str) {
        // A bot that has exited by itself has no id any more, and needs no signal.
        let Some(id) = self.child.id() else { return };
        let sent = Command::new("kill")
            .args([format!("-{name}"), id.to_string()])
            .status()
            .await
            .expect("there is a kill command");
        // It may have exited just before; whoever waits for its exit sees how.
        let _: ExitStatus = sent;
    }

    /// Sends SIGKILL, which no program can prepare for, and waits until it is gone.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.expect("the child can be killed");
    }

    /// Waits until it exits by itself, and gives its exit code and its log.
    pub(crate) async fn exit(self) -> (Option<i32>, String) {
        self.exit_within(TIME_OUT).await
    }

    /// As [`Self::exit`], for a bot that has a reason to take its time.
    pub(crate) async fn exit_within(mut self, within: Duration) -> (Option<i32>, String) {
        let ended = tokio::time::timeout(within, async {
            let status = self.child.wait().await.expect("the child can be waited for");
            for reader in &mut self.readers {
                reader.await.expect("reading the log does not panic");
            }
            status
        });
        let Ok(status) = ended.await else {
            panic!("the bot did not exit in {within:?}:\n{}", self.log());
        };
        (status.code(), self.log())
    }
}

impl Log {
    fn read(&self) -> String {
        let text = self.text.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&text).into_owned()
    }
}

fn collect(mut stream: impl AsyncRead + Unpin + Send + 'static, log: &Arc<Log>) -> JoinHandle<()> {
    let log = Arc::clone(log);
    tokio::spawn(async move {
        let mut buffer = Vec::with_capacity(4096);
        while let Ok(1..) = stream.read_buf(&mut buffer).await {
            let mut text = log.text.lock().unwrap_or_else(PoisonError::into_inner);
            text.append(&mut buffer);
            drop(text);
            log.grown.notify_waiters();
        }
    })
}
