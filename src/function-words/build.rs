//! Writes down the function words of a few languages, so that the program holds no others.

use std::path::PathBuf;
use std::{env, fs};

/// English, and the languages in Latin letters that the bot recognises.
const LANGUAGES: [&str; 6] = ["en", "es", "pt", "fr", "de", "it"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut lists = Vec::new();
    for language in LANGUAGES {
        let words = stop_words::lookup(language).ok_or_else(|| format!("no function words of {language}"))?;
        lists.push((language, words.join("\n")));
    }
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("lists.rs"), format!("&{lists:?}"))?;
    Ok(())
}
