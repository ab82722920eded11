//! A bot as a process on a core of its own, and what the system tells about it.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Child;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use crate::folder::Folder;

/// How long anything may take before the bench gives up.
pub(crate) const WITHIN: Duration = Duration::from_secs(60);

const OWN_CORE: &str = "0";
const CORE_OF_BOTS: &str = "1";
/// What `getconf CLK_TCK` says on every Linux.
const TICK: Duration = Duration::from_millis(10);
/// Whoever has used no processor time for so long has nothing left to do.
const QUIET_FOR: Duration = Duration::from_millis(500);
/// Lets /proc/PID/clear_refs begin anew with the peak of the memory.
const RESET_PEAK: &str = "5";

/// A running bot, which is killed when it is dropped.
pub(crate) struct Process {
    child: Child,
    id: u32,
    log: watch::Receiver<String>,
    /// What it writes goes here, and with it.
    _home: Folder,
}

impl Process {
    /// Starts a program with nothing but this environment.
    pub(crate) fn start(command: &[String], environment: &[(&str, &str)]) -> Self {
        let home = Folder::new();
        let mut child = tokio::process::Command::new("taskset")
            .args(["-c", CORE_OF_BOTS])
            .args(command)
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .env("HOME", home.path())
            .envs(environment.iter().copied())
            // Outside the repository, so that no developer's .env has a say.
            .current_dir(home.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("taskset starts it");
        let (sender, log) = watch::channel(String::new());
        collect(child.stdout.take().expect("the output is piped"), sender.clone());
        collect(child.stderr.take().expect("the errors are piped"), sender);
        let id = child.id().expect("it runs");
        Self { child, id, log, _home: home }
    }

    /// All that it has printed.
    pub(crate) fn log(&self) -> String {
        self.log.borrow().clone()
    }

    /// Waits for a line in which this stands, and gives what follows it.
    pub(crate) async fn logged(&self, text: &str) -> String {
        let mut log = self.log.clone();
        let rest = |log: &str| Some(log.split_once(text)?.1.split_once('\n')?.0.to_owned());
        let found = timeout(WITHIN, log.wait_for(|log| rest(log).is_some())).await;
        let Ok(Ok(log)) = found else { panic!("waited {WITHIN:?} for {text:?} in the log:\n{}", self.log()) };
        rest(&log).expect("it was waited for")
    }

    /// MiB that it has in memory.
    pub(crate) fn resident(&self) -> f64 {
        self.mebibytes("VmRSS:")
    }

    /// MiB that it had in memory at the most, since the start or since that was forgotten.
    pub(crate) fn peak(&self) -> f64 {
        self.mebibytes("VmHWM:")
    }

    /// From here on the peak is a new one.
    pub(crate) fn forget_peak(&self) {
        fs::write(format!("/proc/{}/clear_refs", self.id), RESET_PEAK).expect("the process is ours");
    }

    /// The processor time that it has used, once it has nothing left to do.
    pub(crate) async fn settled_time(&self) -> Duration {
        const LOOKS: u32 = 5;
        let settle = async {
            let (mut time, mut unchanged) = (used_time(self.id), 0);
            while unchanged < LOOKS {
                sleep(QUIET_FOR / LOOKS).await;
                let now = used_time(self.id);
                unchanged = if now == time { unchanged + 1 } else { 0 };
                time = now;
            }
            time
        };
        let settled = timeout(WITHIN, settle).await;
        settled.unwrap_or_else(|_| panic!("it was not quiet in {WITHIN:?}:\n{}", self.log()))
    }

    /// Ends it, in its own way if it has one.
    pub(crate) async fn stop(mut self) {
        let killed = Command::new("kill").args(["-TERM", &self.id.to_string()]).status();
        assert!(killed.is_ok_and(|status| status.success()), "it ended by itself:\n{}", self.log());
        let ended = timeout(WITHIN, self.child.wait()).await;
        assert!(ended.is_ok(), "it did not end in {WITHIN:?}:\n{}", self.log());
    }

    fn mebibytes(&self, entry: &str) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id)).expect("the bot runs");
        let line = status.lines().find_map(|line| line.strip_prefix(entry)).expect("the system tells the memory");
        let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().expect("it is a number");
        kilobytes / 1024.0
    }
}

/// The processor time that this bench has used.
pub(crate) fn own_time() -> Duration {
    used_time(std::process::id())
}

/// Leaves the other core to the bots.
pub(crate) fn move_to_own_core() {
    let own = std::process::id().to_string();
    let taskset = Command::new("taskset").args(["-a", "-p", "-c", OWN_CORE, &own]).stdout(Stdio::null()).status();
    assert!(taskset.is_ok_and(|status| status.success()), "taskset and two cores are needed");
}

fn used_time(id: u32) -> Duration {
    const USER: usize = 11;
    const SYSTEM: usize = 12;
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).expect("the process runs");
    // The name of the program, in parentheses, may contain anything.
    let (_, fields) = stat.rsplit_once(") ").expect("a name comes first");
    let fields: Vec<&str> = fields.split(' ').collect();
    let ticks = |field: usize| fields[field].parse::<u32>().expect("it is a number");
    TICK * (ticks(USER) + ticks(SYSTEM))
}

fn collect(mut stream: impl AsyncRead + Unpin + Send + 'static, log: watch::Sender<String>) {
    tokio::spawn(async move {
        let mut buffer = Vec::with_capacity(4096);
        while let Ok(1..) = stream.read_buf(&mut buffer).await {
            log.send_modify(|log| log.push_str(&String::from_utf8_lossy(&buffer)));
            buffer.clear();
        }
    });
}
