//! Where the lines that were typed in the chat are kept, for the next chat on this machine.

use std::fs;
use std::path::{Path, PathBuf};

/// The setting by which nothing is kept.
const OFF: &str = "off";

/// The file of the history; nothing where none is wanted or where it cannot be kept. Only its owner can read it.
pub(super) fn file(setting: Option<&Path>) -> Option<PathBuf> {
    let file = match setting {
        Some(file) if file == Path::new(OFF) => return None,
        Some(file) => file.to_owned(),
        None => dirs::state_dir().or_else(dirs::data_local_dir)?.join("versus/history"),
    };
    make_folder(file.parent()?).ok()?;
    Some(file)
}

#[cfg(unix)]
fn make_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_folder(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}
