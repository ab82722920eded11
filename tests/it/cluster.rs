//! A PostgreSQL server of the tests' own: a fresh one in a temporary folder, run by an ordinary user, which ends with the tests.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;

use sqlx::{AssertSqlSafe, Connection, PgConnection, raw_sql};

use crate::folder::Folder;

/// Whose databases they are.
const USER: &str = "versus";
/// With characters that have a meaning of their own in an address.
const PASSWORD: &str = "se/cret@é";
/// The same in an address.
const CODED: &str = "se%2Fcret%40%C3%A9";
/// What must never be logged.
pub(crate) const SECRETS: [&str; 2] = [PASSWORD, CODED];
/// Runs the server until standard input ends, also where the tests are killed.
const UNTIL_THE_END: &str = "\"$0\" \"$@\" </dev/null & read -r _; kill -INT $!; wait";

/// A server.
pub(crate) struct Cluster {
    programs: PathBuf,
    folder: Folder,
    port: u16,
    running: Mutex<Option<Running>>,
}

struct Running {
    child: Child,
    _end: ChildStdin,
}

impl Cluster {
    /// The one that runs while a test uses it; nothing where PostgreSQL is not installed.
    pub(crate) fn shared() -> Option<Arc<Self>> {
        static SHARED: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cluster) = shared.upgrade() {
            return Some(cluster);
        }
        let cluster = Self::start()?;
        *shared = Arc::downgrade(&cluster);
        Some(cluster)
    }

    /// One that a test has for itself, so that it may stop it.
    pub(crate) fn start() -> Option<Arc<Self>> {
        let Some(programs) = find_programs() else {
            assert!(std::env::var_os("CI").is_none(), "there is no PostgreSQL; .ci/setup installs it");
            return None;
        };
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
        let port = port.expect("a local port is free").port();
        let cluster = Self { programs, folder: Folder::new(), port, running: Mutex::new(None) };
        cluster.make();
        cluster.run();
        Some(Arc::new(cluster))
    }

    fn make(&self) {
        let folder = self.folder.path();
        fs::write(folder.join("password"), PASSWORD).expect("the folder can be written");
        if let Some((user, group)) = ordinary_user(folder) {
            chown(folder, Some(user), Some(group)).expect("the administrator may give it away");
        }
        let made = self
            .command("initdb")
            .args(["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync", "--username", USER])
            .args(["--pwfile".as_ref(), folder.join("password").as_os_str()])
            .args(["--pgdata".as_ref(), self.data().as_os_str()])
            .output()
            .expect("initdb starts");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }

    /// Starts the server and waits until it can be used.
    pub(crate) fn run(&self) {
        let server = self.programs.join("postgres");
        let mut child = self
            .as_ordinary_user("sh")
            .args(["-c".as_ref(), UNTIL_THE_END.as_ref(), server.as_os_str(), "-D".as_ref(), self.data().as_os_str()])
            .args(["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-p", &self.port.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut log = BufReader::new(child.stderr.take().expect("it is piped")).lines().map_while(Result::ok);
        let mut seen = Vec::new();
        let is_ready = log.by_ref().any(|line| {
            seen.push(line);
            seen.last().is_some_and(|line| line.contains("ready to accept connections"))
        });
        assert!(is_ready, "{}", seen.join("\n"));
        // It would stop if nobody read what it says.
        thread::spawn(move || log.for_each(drop));
        let end = child.stdin.take().expect("it is piped");
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = Some(Running { child, _end: end });
    }

    /// Ends the server, by a signal that it cannot prepare for.
    pub(crate) fn kill(&self) {
        let file = fs::read_to_string(self.data().join("postmaster.pid")).expect("the server runs");
        let id = file.lines().next().expect("it begins with the number of the process");
        let killed = Command::new("kill").args(["-9", id]).status().expect("there is a kill command");
        assert!(killed.success());
        self.stop();
    }

    fn stop(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Running { mut child, _end: end }) = running {
            drop(end);
            // It has ended, one way or another.
            let _ = child.wait();
        }
    }

    /// Makes an empty database, and gives its address.
    pub(crate) async fn make_database(&self) -> String {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let mut connection = PgConnection::connect(&self.address("postgres")).await.expect("the server can be reached");
        let make = AssertSqlSafe(format!("CREATE DATABASE {name}"));
        raw_sql(make).execute(&mut connection).await.expect("a database can be made");
        connection.close().await.expect("it can be closed");
        self.address(&name)
    }

    /// The address of one of its databases.
    pub(crate) fn address(&self, database: &str) -> String {
        format!("postgres://{USER}:{CODED}@127.0.0.1:{}/{database}", self.port)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn command(&self, program: &str) -> Command {
        self.as_ordinary_user(self.programs.join(program).to_str().expect("it is UTF-8"))
    }

    /// A program of the user to whom the folder belongs: PostgreSQL refuses the administrator.
    fn as_ordinary_user(&self, program: &str) -> Command {
        let mut command = match ordinary_user(Path::new("/proc/self")) {
            Some((user, group)) => {
                let mut command = Command::new("setpriv");
                command.args([format!("--reuid={user}"), format!("--regid={group}")]).args(["--clear-groups", program]);
                command
            }
            None => Command::new(program),
        };
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The folder of the newest PostgreSQL that Debian's packages installed, or else the one of the search path.
fn find_programs() -> Option<PathBuf> {
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let installed =
        installed.filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path())));
    let newest = installed.max().map(|(_, folder)| folder.join("bin"));
    let paths = std::env::var_os("PATH").unwrap_or_default();
    newest.into_iter().chain(std::env::split_paths(&paths)).find(|folder| folder.join("initdb").is_file())
}

/// The user and the group who run the server where the tests run as the administrator, to whom this belongs then.
fn ordinary_user(path: &Path) -> Option<(u32, u32)> {
    if fs::metadata(path).expect("it is there").uid() != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").expect("there are users");
    let ids_of = |name: &str| {
        let mut fields =
            users.lines().map(|line| line.split(':')).find(|line| line.clone().next() == Some(name))?.skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    ids_of("postgres").or_else(|| ids_of("nobody"))
}
