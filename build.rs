//! Reads the knowledge in `data/`, learns from it how people ask, and keeps both for the program to be built with.
//!
//! So the program starts in milliseconds, runs from any folder, and is not built with knowledge that has a fault.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use versus_domain::compiled_in;
use versus_domain::core::Core;
use versus_domain::knowledge::{GENERAL, Parsed, parse};

const DATA: &str = "data";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed={DATA}");
    let mut files = Vec::new();
    read_folder(Path::new(DATA), &mut files)?;
    match parse(&files) {
        Ok(Parsed { knowledge, examples, origins }) => {
            let out = PathBuf::from(env::var("OUT_DIR")?);
            let parts = compiled_in::write(&Core::new(knowledge, &examples))?;
            fs::write(out.join("knowledge.bin"), parts.read)?;
            fs::write(out.join("tables.bin"), parts.tables)?;
            fs::write(out.join("origins.bin"), postcard::to_allocvec(&origins)?)?;
            // A folder of the user's own inherits these when it is read.
            files.retain(|(name, _)| name.starts_with(GENERAL));
            fs::write(out.join("general.bin"), postcard::to_allocvec(&files)?)?;
        }
        Err(problems) => problems.iter().for_each(|problem| println!("cargo::error={DATA}/{problem}")),
    }
    Ok(())
}

fn read_folder(folder: &Path, files: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_folder(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.strip_prefix(DATA).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.push((name, fs::read_to_string(&path)?));
        }
    }
    Ok(())
}
