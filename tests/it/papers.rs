//! The papers that go with the program: the list of bundled packages, the changelog, and the version.

use std::collections::BTreeMap;

use toml::Table;

const THIRD_PARTY: &str = include_str!("../../THIRD-PARTY.txt");

/// The packages of the lock file, each name with its versions.
fn locked() -> BTreeMap<String, Vec<String>> {
    let lock: Table = include_str!("../../Cargo.lock").parse().expect("it is TOML");
    let mut locked = BTreeMap::<String, Vec<String>>::new();
    for package in lock["package"].as_array().into_iter().flatten() {
        let text = |name: &str| package[name].as_str().unwrap_or_default().to_owned();
        locked.entry(text("name")).or_default().push(text("version"));
    }
    locked
}

/// The name, the version and the licence of each package that the list names.
fn listed() -> Vec<(&'static str, &'static str, &'static str)> {
    let rows = THIRD_PARTY.lines().filter_map(|line| {
        let (package, rest) = line.split_once(" | ")?;
        let (name, version) = package.split_once(' ')?;
        Some((name, version, rest.split(" | ").next()?))
    });
    rows.collect()
}

#[test]
fn the_list_of_bundled_packages_is_that_of_the_lock_file() {
    let (locked, listed) = (locked(), listed());
    assert!(listed.len() > 100, "{THIRD_PARTY}");
    let remedy = "run packaging/third-party > THIRD-PARTY.txt";
    for (name, version, licence) in &listed {
        let is_locked = locked.get(*name).is_some_and(|versions| versions.iter().any(|locked| locked == version));
        assert!(is_locked, "{name} {version} is not in Cargo.lock: {remedy}");
        assert!(!licence.trim().is_empty(), "{name} has no licence");
    }
    let manifest: Table = include_str!("../../Cargo.toml").parse().expect("it is TOML");
    let dependencies = manifest["dependencies"].as_table().expect("it is a table");
    // Those of this repository are ours.
    let others = dependencies.iter().filter(|(_, dependency)| dependency.get("path").is_none());
    for (name, _) in others {
        assert!(listed.iter().any(|(listed, ..)| listed == name), "{name} is not in THIRD-PARTY.txt: {remedy}");
    }
}

#[test]
fn the_changelog_has_an_entry_for_this_version_below_what_is_to_be_released() {
    let headings: Vec<&str> =
        include_str!("../../CHANGELOG.md").lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(headings.first(), Some(&"TBD"));
    let dated = format!("{} (", env!("CARGO_PKG_VERSION"));
    assert!(headings.get(1).is_some_and(|heading| heading.starts_with(&dated)), "{headings:?}");
}
