//! Reads the knowledge in `data/`, learns from it how people ask, and keeps both for the program to be built with.
//!
//! So the program starts in milliseconds, runs from any folder, and is not built with knowledge that has a fault.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use versus_domain::compiled_in;
use versus_domain::core::Core;
use versus_domain::knowledge::{GENERAL, Parsed, parse};

const DATA: &str = "data";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed={DATA}");
    arrange()?;
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

/// Has the linker arrange the program so that it takes little memory. Only for the target for which rustc brings its own linker, with
/// which that was tried. Flags of the user's, as in `RUSTFLAGS`, may choose another one: with them nothing is arranged.
fn arrange() -> Result<(), env::VarError> {
    const ORDER: &str = "packaging/order.ld";
    let order = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join(ORDER);
    if !order.is_file() {
        return Ok(());
    }
    println!("cargo::rerun-if-changed={ORDER}");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|own| own == value);
    let own_linker = env::var_os("RUSTC_LINKER").is_some() || !is("CARGO_ENCODED_RUSTFLAGS", "");
    let here = "x86_64-unknown-linux-gnu";
    if own_linker || !is("PROFILE", "release") || !is("TARGET", here) || !is("HOST", here) {
        return Ok(());
    }
    // What runs at the start lies together.
    println!("cargo::rustc-link-arg-bins=-T{}", order.display());
    // The system maps blocks of 64 kB: so each of them is one of the file.
    println!("cargo::rustc-link-arg-bins=-Wl,-z,max-page-size=65536");
    // The addresses that are adjusted at the start take 5 kB instead of 420. A C library before 2.36 cannot start such a program.
    if c_library().is_some_and(|version| version >= (2, 36)) {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
    Ok(())
}

/// The version of this machine's glibc.
fn c_library() -> Option<(u32, u32)> {
    let output = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let output = String::from_utf8(output.stdout).ok()?;
    let (major, minor) = output.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
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
