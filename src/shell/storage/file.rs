//! The file of a database: who may read it, and whether it is still the one that was opened.

use std::fs::{self, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Which files a path and its write-ahead log stood for when the database was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    main: Option<Id>,
    log: Option<Id>,
}

/// The number of a device and of a file on it.
type Id = (u64, u64);

impl Identity {
    /// Which files a path stands for now.
    pub(super) fn of(path: &Path) -> Self {
        Self { main: id(path), log: id(&log_of(path)) }
    }

    /// Whether a path still stands for these files. A log that was not there may have come.
    pub(super) fn is_still(self, path: &Path) -> bool {
        let now = Self::of(path);
        self.main == now.main && (self.log.is_none() || self.log == now.log)
    }

    /// Removes the log of these files if it is left over beside another database: SQLite would read it into that one.
    pub(super) fn remove_log(self, path: &Path) {
        let now = Self::of(path);
        if self.main != now.main && self.log.is_some() && self.log == now.log {
            // What cannot be removed shows itself when the database is opened.
            let _ = fs::remove_file(log_of(path));
        }
    }
}

/// Makes the file of a database if there is none, readable by its owner alone; whether there is nothing in it yet.
///
/// # Errors
/// It cannot be made, or there is something else in its place, such as a folder or a pipe.
pub(super) fn make(path: &Path) -> io::Result<bool> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => Ok(found.len() == 0),
        Ok(_) => Err(io::Error::other("it is not a file")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let mut options = OpenOptions::new();
            options.write(true).create(true);
            // From the first moment on, and then whatever the umask took away.
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, OWNER_ONLY);
            options.open(path)?;
            close_to_others(path);
            Ok(true)
        }
        Err(error) => Err(error),
    }
}

/// Whether a file can be written, or made: then it is made.
pub(super) fn is_writable(path: &Path) -> bool {
    make(path).and_then(|_| OpenOptions::new().append(true).open(path)).is_ok()
}

/// Makes a folder, readable by its owner alone. If that fails, opening the file in it says so.
pub(super) fn make_folder(path: &Path) {
    let _ = fs::create_dir_all(path);
    #[cfg(unix)]
    set_mode(path, OWNER_ONLY_FOLDER);
}

/// Takes the file of a database, with its log, away from everybody but its owner.
pub(super) fn close_to_others(path: &Path) {
    #[cfg(unix)]
    for path in [path, &log_of(path), &beside(path, "-shm")] {
        set_mode(path, OWNER_ONLY);
    }
    #[cfg(not(unix))]
    let _ = path;
}

#[cfg(unix)]
const OWNER_ONLY: u32 = 0o600;
#[cfg(unix)]
const OWNER_ONLY_FOLDER: u32 = 0o700;

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    // What belongs to another user stays as that user made it.
    let _ = fs::set_permissions(path, fs::Permissions::from_mode(mode));
}

fn log_of(path: &Path) -> PathBuf {
    beside(path, "-wal")
}

/// A file that SQLite keeps beside a database.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn id(path: &Path) -> Option<Id> {
    fs::metadata(path).ok().and_then(|metadata| id_of(&metadata))
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there is none")]
fn id_of(metadata: &Metadata) -> Option<Id> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

/// Elsewhere an open file cannot be replaced.
#[cfg(not(unix))]
fn id_of(metadata: &Metadata) -> Option<Id> {
    Some((0, 0))
}
