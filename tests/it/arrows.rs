//! The arrows of the architecture: which module may use which.

use std::fs;
use std::path::{Path, PathBuf};

/// A module and what it must not use.
const FORBIDDEN: [(&str, &[&str]); 4] = [
    (
        "src/domain",
        &["crate::presentation", "crate::shell", "serenity", "tokio", "std::env", "std::fs", "std::time", "std::net"],
    ),
    ("src/presentation", &["crate::shell", "serenity", "tokio", "std::env", "std::fs", "std::time", "std::net"]),
    ("src/domain/knowledge", &["domain::question", "domain::matching", "domain::answer", "domain::request"]),
    ("src/domain/question", &["domain::matching", "domain::answer", "domain::request"]),
];

#[test]
fn arrows_point_one_way() {
    for (module, forbidden) in FORBIDDEN {
        for file in files(&root().join(module)) {
            let text = fs::read_to_string(&file).expect("a source file is UTF-8");
            for name in forbidden {
                assert!(!text.contains(name), "{} uses {name}", file.display());
            }
        }
    }
}

#[test]
fn the_sources_know_nothing_about_the_subjects() {
    for file in files(&root().join("src")) {
        let text = fs::read_to_string(&file).expect("a source file is UTF-8").to_lowercase();
        let lines = text.lines().enumerate().filter(|(_, line)| !line.contains("#[test]"));
        for (at, line) in lines {
            for word in ["python", "node.js", "nodejs", "javascript"] {
                assert!(!line.contains(word), "{}:{} speaks of {word}", file.display(), at + 1);
            }
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be read").path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let deeper = folders.iter().flat_map(|folder| self::files(folder));
    files.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "rs")).chain(deeper).collect()
}
