//! The arrows of the architecture: which part of the program may use which.

mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use source::Source;

/// Each part of the program, and the parts that it may use, `::*` for everything below one. A module belongs to the part with
/// the longest name that fits.
#[rustfmt::skip]
const ALLOWED: [(&str, &str); 30] = [
    ("domain", ""),
    ("domain::packed", ""),
    ("domain::compiled_in", ""),
    ("domain::thresholds", ""),
    ("domain::knowledge", ""),
    ("domain::lifecycle", "domain::knowledge"),
    ("domain::staleness", "domain::knowledge domain::lifecycle"),
    ("domain::question", "domain::knowledge"),
    ("domain::sentences", "domain::thresholds"),
    ("domain::matching", "domain::packed domain::thresholds domain::knowledge domain::question domain::sentences"),
    ("domain::finding", "domain::packed domain::knowledge domain::question domain::matching domain::sentences"),
    ("domain::following", "domain::knowledge domain::question"),
    ("domain::language", "domain::question"),
    ("domain::phrasebook", "domain::question"),
    ("domain::smalltalk", "domain::knowledge domain::question domain::phrasebook"),
    ("domain::about_bot", "domain::knowledge domain::question domain::phrasebook"),
    ("domain::deciding", "domain::thresholds domain::question domain::language domain::smalltalk domain::sentences domain::matching"),
    ("domain::team", "domain::knowledge domain::question"),
    ("domain::visible", ""),
    ("domain::decisions", "domain::knowledge domain::team domain::visible"),
    ("domain::backup", "domain::team domain::decisions"),
    ("domain::request", "domain::team domain::decisions domain::backup"),
    ("domain::recommendation", "domain::packed domain::thresholds domain::knowledge domain::question domain::matching domain::deciding domain::request"),
    ("domain::onboarding", "domain::knowledge domain::request"),
    ("domain::situation", "domain::knowledge domain::request domain::team domain::decisions"),
    ("domain::answer", "domain::knowledge domain::lifecycle domain::request domain::language domain::smalltalk domain::recommendation domain::onboarding domain::situation domain::team domain::decisions domain::backup"),
    ("domain::outcome", "domain::knowledge domain::request domain::situation domain::answer domain::team domain::decisions domain::backup"),
    ("domain::core", "domain::*"),
    ("presentation", "domain::*"),
    ("shell", "domain::* presentation"),
];

/// What the pure parts must not use: the clock, files, the environment, the network and Discord.
const IMPURE: &str = "std::time std::fs std::env std::net std::io std::process tokio serenity twilight_gateway \
    reqwest axum sqlx tracing url dirs rustyline resvg";
const PURE: [&str; 2] = ["domain", "presentation"];

/// Parts whose files must not need each other in a circle.
const WITHOUT_CIRCLES: [&str; 1] = ["domain::knowledge"];

/// The name by which the program's own library is called from outside.
const LIBRARY: &str = "versus";

/// The modules of the program, each with what its file uses.
struct Modules {
    sources: BTreeMap<String, Source>,
}

impl Modules {
    /// Reads files, given as (path below `src/`, text).
    fn new(files: impl Iterator<Item = (String, String)>) -> Self {
        let read = |(file, text): (String, String)| {
            let module = module_of(&file);
            let source = Source::read(&module.split("::").collect::<Vec<_>>(), &text);
            (module, source)
        };
        Self { sources: files.map(read).collect() }
    }

    /// The module whose file defines what a path names; nothing where the path leads out of the program. An import of a
    /// module that a path goes through is followed to where it leads.
    fn defining(&self, path: &[String]) -> Option<&str> {
        let mut path = path.to_vec();
        for _ in 0..self.sources.len() {
            let length = (1..=path.len()).rev().find(|length| self.sources.contains_key(&joined(&path, *length)))?;
            let (module, source) = self.sources.get_key_value(&joined(&path, length))?;
            let imported = path.get(length).and_then(|next| {
                let (_, target) = source.imports.iter().find(|(name, _)| name == next)?;
                Some(target.iter().chain(path.iter().skip(length + 1)).cloned().collect::<Vec<_>>())
            });
            match imported {
                Some(target) if target.first().is_some_and(|first| self.is_within(module, first)) => {
                    let target = self.rooted(module, target);
                    // Tests beside the code import from their own file.
                    if target == path {
                        return Some(module);
                    }
                    path = target;
                }
                Some(_) => return None,
                None => return Some(module),
            }
        }
        None
    }

    /// Whether a path that begins with this name leads to a module of the program.
    fn is_within(&self, module: &str, first: &str) -> bool {
        first == "crate" || first == LIBRARY || self.sources.contains_key(&format!("{module}::{first}"))
    }

    /// A path of a module from the root; it may begin with a module below it.
    fn rooted(&self, module: &str, mut path: Vec<String>) -> Vec<String> {
        match path.first_mut() {
            Some(first) if *first == LIBRARY => *first = "crate".to_owned(),
            Some(first) if self.sources.contains_key(&format!("{module}::{first}")) => {
                path = module.split("::").map(str::to_owned).chain(path).collect();
            }
            _ => {}
        }
        path
    }

    /// Every other module of the program that a module uses.
    fn used_by(&self, module: &str) -> BTreeSet<&str> {
        let paths = self.sources.get(module).into_iter().flat_map(|source| &source.paths);
        let paths = paths.map(|path| self.rooted(module, path.clone()));
        paths.filter_map(|path| self.defining(&path)).filter(|used| *used != module).collect()
    }

    /// A circle of modules below this one, each of which uses the next.
    fn circle(&self, part: &str) -> Option<Vec<&str>> {
        let modules: Vec<&str> = self.sources.keys().map(String::as_str).filter(|one| is_below(one, part)).collect();
        modules.iter().find_map(|start| self.way_back(&[*start], part, &mut BTreeSet::new()))
    }

    fn way_back<'m>(&'m self, way: &[&'m str], part: &str, visited: &mut BTreeSet<&'m str>) -> Option<Vec<&'m str>> {
        let (first, last) = (way.first()?, way.last()?);
        for next in self.used_by(last).into_iter().filter(|next| is_below(next, part)) {
            let further: Vec<&str> = way.iter().copied().chain([next]).collect();
            if next == *first {
                return Some(further);
            }
            if visited.insert(next)
                && let Some(circle) = self.way_back(&further, part, visited)
            {
                return Some(circle);
            }
        }
        None
    }
}

fn joined(path: &[String], length: usize) -> String {
    path.iter().take(length).map(String::as_str).collect::<Vec<_>>().join("::")
}

/// The module of a file below `src/`.
fn module_of(file: &str) -> String {
    let names = file.trim_end_matches(".rs").split('/').filter(|name| !["mod", "lib"].contains(name));
    std::iter::once("crate").chain(names).collect::<Vec<_>>().join("::")
}

/// Whether a module is a part of the program, or below it.
fn is_below(module: &str, part: &str) -> bool {
    let rest = module.strip_prefix("crate::").unwrap_or(module).strip_prefix(part);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// The part of the program that a module belongs to; nothing for the roots of the library and of the binary.
fn part_of(module: &str) -> Option<&'static str> {
    let parts = ALLOWED.iter().map(|(part, _)| *part).filter(|part| is_below(module, part));
    parts.max_by_key(|part| part.len())
}

fn may_use(part: &str, other: &str) -> bool {
    let mut allowed = ALLOWED.iter().filter(|(from, _)| *from == part).flat_map(|(_, to)| to.split_whitespace());
    part == other || allowed.any(|to| to.strip_suffix("::*").map_or(to == other, |to| is_below(other, to)))
}

fn program() -> Modules {
    Modules::new(files(&root().join("src")).into_iter().map(|file| {
        let name = file.strip_prefix(root().join("src")).expect("it lies below").to_str().expect("it is UTF-8");
        let (name, text) = (name.replace('\\', "/"), fs::read_to_string(&file).expect("a source file is UTF-8"));
        // The domain is a package of its own, in which `crate` is its root.
        let is_of_domain = name.starts_with("domain/");
        let text = if is_of_domain { text.replace("crate::", "crate::domain::") } else { text };
        (name, text)
    }))
}

#[test]
fn arrows_point_one_way() {
    let modules = program();
    for module in modules.sources.keys() {
        for used in modules.used_by(module) {
            if let (Some(part), Some(other)) = (part_of(module), part_of(used)) {
                assert!(may_use(part, other), "{module} uses {used}");
            }
        }
    }
}

#[test]
fn what_the_program_uses_is_found() {
    let modules = program();
    let used = |module: &str| modules.used_by(module);
    assert!(used("crate::domain::matching::features").contains("crate::domain::knowledge::examples"));
    assert!(used("crate::domain::knowledge::parse::section").contains("crate::domain::knowledge::origins"));
    assert!(used("crate::domain::core").contains("crate::domain::deciding"));
    assert!(used("crate::shell::press").contains("crate::presentation::custom_id"));
    assert!(used("crate::main").contains("crate::shell"));
}

#[test]
fn a_part_may_use_only_parts_before_it_in_the_table() {
    for (number, (part, allowed)) in ALLOWED.iter().enumerate() {
        for other in allowed.split_whitespace().map(|other| other.trim_end_matches("::*")) {
            assert!(ALLOWED.iter().take(number).any(|(before, _)| *before == other), "{part} is before {other}");
        }
    }
}

#[test]
fn every_part_of_the_domain_is_in_the_table() {
    for module in program().sources.keys().filter(|module| module.starts_with("crate::domain::")) {
        assert_ne!(part_of(module), Some("domain"), "{module} is a part of its own");
    }
}

#[test]
fn the_pure_parts_use_nothing_impure() {
    for (module, source) in program().sources {
        let paths = source.paths.iter().filter(|_| PURE.iter().any(|pure| is_below(&module, pure)));
        for path in paths.map(|path| path.join("::")) {
            assert!(!IMPURE.split_whitespace().any(|impure| is_below(&path, impure)), "{module} uses {path}");
        }
    }
}

#[test]
fn files_need_each_other_in_no_circle() {
    let modules = program();
    for part in WITHOUT_CIRCLES {
        assert_eq!(modules.circle(part), None, "each of these uses the next");
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

#[cfg(test)]
mod tests {
    use super::Modules;

    const FILES: [(&str, &str); 8] = [
        ("lib.rs", "pub mod tea; pub mod milk;"),
        ("main.rs", "use versus::milk; fn main() { milk::pour() }"),
        ("tea/mod.rs", "mod leaf; mod pot; pub use leaf::Leaf; pub(super) use self::pot::*; pub struct Tea;"),
        ("tea/leaf.rs", "use super::pot::Pot; use std::fmt; pub struct Leaf(Pot); fn boil() { crate::milk::pour() }"),
        ("tea/pot.rs", "pub struct Pot;"),
        ("milk/mod.rs", "mod cow; mod jug; pub use jug::Jug; pub fn pour() { super::tea::pot::Pot; }"),
        ("milk/cow.rs", "use super::Jug; use crate::tea::{Leaf, Tea as Drink}; pub struct Cow;"),
        ("milk/jug.rs", "use super::{cow::{self, Cow}}; pub struct Jug;"),
    ];

    fn modules() -> Modules {
        Modules::new(FILES.into_iter().map(|(file, text)| (file.to_owned(), text.to_owned())))
    }

    #[track_caller]
    fn check(module: &str, expected: &[&str]) {
        assert_eq!(modules().used_by(module).into_iter().collect::<Vec<_>>(), expected, "{module}");
    }

    #[test]
    fn what_a_module_hands_on_belongs_to_the_file_that_defines_it() {
        check("crate::main", &["crate::milk"]);
        check("crate::tea", &["crate::tea::leaf", "crate::tea::pot"]);
        check("crate::tea::leaf", &["crate::milk", "crate::tea::pot"]);
        check("crate::tea::pot", &[]);
        check("crate::milk", &["crate::milk::jug", "crate::tea::pot"]);
        check("crate::milk::cow", &["crate::milk::jug", "crate::tea", "crate::tea::leaf"]);
        check("crate::milk::jug", &["crate::milk::cow"]);
    }

    #[test]
    fn circles_are_found() {
        assert_eq!(modules().circle("tea"), None);
        assert_eq!(
            modules().circle("milk").as_deref(),
            Some(&["crate::milk::cow", "crate::milk::jug", "crate::milk::cow"][..])
        );
    }
}
