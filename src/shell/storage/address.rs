//! Where it is kept: reads `DATABASE_URL`, or finds a file for it.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::super::Failure;
use super::super::config::DATABASE;
use super::file;
#[cfg(feature = "postgres")]
use super::server::Server;

/// Where it is kept.
#[derive(Debug)]
pub(super) enum Address {
    /// In a file.
    File(PathBuf),
    /// On a server.
    #[cfg(feature = "postgres")]
    Server(Box<Server>),
    /// Nowhere, with the reason.
    Nowhere(String),
}

/// The beginning of an address of SQLite.
pub(super) const SQLITE: &str = "sqlite:";
/// How addresses of PostgreSQL begin.
const POSTGRES: [&str; 2] = ["postgres:", "postgresql:"];
/// The address that keeps nothing, for trying.
const NONE: &str = "none";
/// SQLite's name for a database in memory.
const MEMORY: &str = ":memory:";
/// The name of the file, where none is set.
const FILE: &str = "versus.db";
/// The folder that systemd makes for the state of a service.
const STATE_DIRECTORY: &str = "STATE_DIRECTORY";
/// The volume of a container.
const VOLUME: &str = "/data";

impl Address {
    /// Reads an address. Everything is refused that other programs read as more than the name of a file: a file of that
    /// name would be made somewhere, and what is kept in it would be lost.
    ///
    /// # Errors
    /// Why it is not an address that versus knows.
    pub(super) fn parse(text: &str) -> Result<Self, Failure> {
        if text == NONE {
            return Ok(Self::Nowhere(format!("{DATABASE} is {NONE}")));
        }
        if POSTGRES.iter().any(|scheme| text.starts_with(scheme)) {
            return on_server(text);
        }
        let file =
            format!("set it to {SQLITE}FILE, to {NONE} to keep nothing, or unset it for a file in your data folder");
        let refuse = |what: &str, remedy: &str| Err(Failure::new(format!("{DATABASE} {what}"), remedy));
        let Some(path) = text.strip_prefix(SQLITE) else {
            return refuse("is not the address of a database that versus knows", &file);
        };
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.contains(MEMORY) {
            return refuse(
                "is a database in memory, which would lose everything at each stop",
                &format!("set it to {SQLITE}FILE, or to {NONE} to keep nothing"),
            );
        }
        if path.starts_with("file:") {
            return refuse("has a second scheme, file:", &format!("write {SQLITE} and the path of the file alone"));
        }
        if has_parameters(path) {
            return refuse(
                "has a `?`, a `#` or a percent code, which would become a part of the file's name",
                &format!("write {SQLITE} and the path of the file alone"),
            );
        }
        if path.starts_with("localhost/") || path.starts_with(':') || path.contains(';') || path == "-" {
            return refuse(
                "has a form of another program's addresses, which would become the file's name",
                &format!("write {SQLITE} and the path of the file alone"),
            );
        }
        if path.starts_with(['~', '$']) {
            return refuse(
                "begins with `~` or `$`, which only a shell replaces",
                &format!("write the whole path, such as {SQLITE}/home/me/versus.db"),
            );
        }
        if path.is_empty()
            || path.ends_with(['/', '"', '\''])
            || path.starts_with(['"', '\''])
            || path.contains(char::is_control)
        {
            return refuse("does not name a file", &file);
        }
        Ok(Self::File(PathBuf::from(path)))
    }

    /// The file where none is set: in the platform's folder for data of programs, else in the folder of the service, else in
    /// the volume of the container. The first in which a file can be written is taken.
    pub(super) fn find() -> Self {
        if let Some(folder) = platform_folder() {
            file::make_folder(&folder);
        }
        let mut files = candidates().peekable();
        let first = files.peek().cloned();
        let writable = files.find(|path| file::is_writable(path));
        // Where none can be written, the first may be later.
        writable.or(first).map_or_else(
            || {
                Self::Nowhere(format!(
                    "there is no folder for the data of programs; set HOME, or {DATABASE} to {SQLITE}FILE"
                ))
            },
            Self::File,
        )
    }

    /// Whether there is a file already where none is set. Nothing is made for looking.
    pub(super) fn is_found() -> bool {
        candidates().any(|file| file.is_file())
    }
}

/// The files that come into question where none is set, best first.
fn candidates() -> impl Iterator<Item = PathBuf> {
    [platform_folder(), state_folder(), volume()].into_iter().flatten().map(|folder| folder.join(FILE))
}

#[cfg(feature = "postgres")]
fn on_server(text: &str) -> Result<Address, Failure> {
    Server::parse(text).map(|server| Address::Server(Box::new(server)))
}

#[cfg(not(feature = "postgres"))]
fn on_server(_: &str) -> Result<Address, Failure> {
    Err(Failure::new(
        format!("{DATABASE} is the address of a PostgreSQL server, which this program was built without"),
        format!("build it with `--features postgres`, or set it to {SQLITE}FILE"),
    ))
}

/// Whether a path has what a URL has after its path, or in place of some characters.
fn has_parameters(path: &str) -> bool {
    let is_code =
        |code: &[u8]| matches!(code, [b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit());
    path.contains(['?', '#']) || path.as_bytes().windows(3).any(is_code)
}

/// The program's own folder among the platform's.
fn platform_folder() -> Option<PathBuf> {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| Path::new(&value).is_absolute());
    // Without these the home of the user would be looked up, which for a service is nobody's or the administrator's.
    if cfg!(unix) && !is_set("HOME") && !is_set("XDG_DATA_HOME") {
        return None;
    }
    Some(dirs::data_local_dir()?.join(env!("CARGO_PKG_NAME")))
}

/// The folder that systemd made for the service; the first, if there are several.
fn state_folder() -> Option<PathBuf> {
    let folders = env::var_os(STATE_DIRECTORY)?;
    let first = folders.to_str()?.split(':').next().filter(|first| !first.is_empty())?;
    Some(PathBuf::from(first))
}

fn volume() -> Option<PathBuf> {
    let volume = Path::new(OsStr::new(VOLUME));
    volume.is_dir().then(|| volume.to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Address;

    #[test]
    fn a_path_is_taken_as_it_is_written() {
        for (text, path) in [
            ("sqlite:versus.db", "versus.db"),
            ("sqlite:/var/lib/versus.db", "/var/lib/versus.db"),
            ("sqlite://versus.db", "versus.db"),
            ("sqlite:///var/lib/versus.db", "/var/lib/versus.db"),
            ("sqlite:é 日 🦀/100%.db", "é 日 🦀/100%.db"),
        ] {
            let address = Address::parse(text);
            assert!(matches!(&address, Ok(Address::File(file)) if file == Path::new(path)), "{text}: {address:?}");
        }
    }

    #[test]
    fn nothing_is_kept_only_where_that_is_asked_for() {
        assert!(matches!(Address::parse("none"), Ok(Address::Nowhere(_))));
    }

    #[test]
    fn what_other_programs_read_as_more_than_a_path_is_refused() {
        for text in [
            "",
            "versus.db",
            "/var/lib/versus.db",
            "postgres://user:secret@host/",
            "postgres://user:secret@host:port/versus",
            "postgres://user:secret@host/versus?password=secret",
            "postgres://user:secret@host/versus?sslmode=secret",
            "postgres://user:secret@host/versus/secret",
            "postgres://user:secret@host/versus#secret",
            "postgresql://user:se/cret@host",
            "postgres:secret",
            "mysql://host/versus",
            "file:versus.db",
            "memory",
            "None",
            "sqlite",
            "sqlite:",
            "sqlite://",
            "sqlite::memory:",
            "sqlite://:memory:",
            "sqlite:file::memory:?cache=shared",
            "sqlite:file:versus.db",
            "sqlite:file:versus.db?mode=memory",
            "sqlite://file:/var/lib/versus.db",
            "sqlite:versus.db?mode=rwc",
            "sqlite:?mode=memory",
            "sqlite:versus.db#main",
            "sqlite:my%20data/versus.db",
            "sqlite://localhost/versus.db",
            "sqlite::versus.db",
            "sqlite:versus.db;mode=memory",
            "sqlite:-",
            "sqlite:~/versus.db",
            "sqlite:~me/versus.db",
            "sqlite:$HOME/versus.db",
            "sqlite:${HOME}/versus.db",
            "sqlite:\"versus.db\"",
            "sqlite:'versus.db'",
            "sqlite:versus/",
            "sqlite:/",
            "sqlite:a\nb",
            "sqlite:a\u{1b}[31mb",
        ] {
            let failure = Address::parse(text).expect_err(text).to_string();
            assert!(failure.starts_with("versus: DATABASE_URL "), "{failure}");
            assert!(!failure.contains("secret") && !failure.contains('\u{1b}'), "{failure}");
        }
    }
}
