//! Figures that must not fall: what share of some texts comes out right, and how far a harmless change may move it.
//!
//! `floors/*.toml` holds each figure as it was measured when its floor was set, with its standard deviation over the choice of the
//! texts (bootstrap, Efron 1979) and the texts that were missed then. The floor lies three deviations below the figure: a line
//! more in the data does not reach it, a real fault does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use serde::Deserialize;

/// Set, the figures are written to the files instead of being compared.
const UPDATE: &str = "UPDATE_FLOORS";
/// How many deviations a floor lies below its figure.
const DEVIATIONS: f64 = 3.0;
/// How often texts are drawn to find out how far a figure spreads.
const DRAWS: usize = 1_000;
/// Decides on the draws, so that they are the same in each run.
const SEED: u64 = 7;

const HEAD: &str = "# Figures as they were measured, and the texts that were missed. Written by
#     UPDATE_FLOORS=1 cargo test --no-default-features --test it phrasings descriptions
# A test is red where a figure falls more than three deviations below what is written here.
";

/// A text that was tried.
#[derive(Debug, Clone)]
pub(crate) struct Trial {
    /// Where it stands: a file and a line.
    pub(crate) at: String,
    /// The text; nothing where nobody is meant to read it.
    pub(crate) text: Option<String>,
    pub(crate) expected: String,
    pub(crate) got: String,
    pub(crate) hits: Vec<Hits>,
}

/// What a text adds to a figure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hits {
    pub(crate) figure: &'static str,
    pub(crate) right: usize,
    pub(crate) of: usize,
}

impl Hits {
    /// One thing that is right or wrong.
    pub(crate) fn one(figure: &'static str, is_right: bool) -> Self {
        Self { figure, right: usize::from(is_right), of: 1 }
    }
}

/// A figure as it was measured.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Measured {
    /// The share that was right, 0–1.
    figure: f64,
    /// Its standard deviation.
    deviation: f64,
    /// Where the texts stand that were not wholly right.
    missed: BTreeSet<String>,
}

type Figures = BTreeMap<String, Measured>;

/// Compares figures with those that are written down under a name.
#[track_caller]
pub(crate) fn check(name: &str, trials: &[Trial]) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/floors/{name}.toml"));
    let measured = measure(trials);
    if std::env::var_os(UPDATE).is_some() {
        fs::write(&file, to_text(&measured)).expect("the file can be written");
    }
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let set: Figures = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    if let Some(report) = report(&set, &measured, trials) {
        panic!("{report}");
    }
}

fn measure(trials: &[Trial]) -> Figures {
    let names: BTreeSet<&str> = trials.iter().flat_map(|trial| &trial.hits).map(|hits| hits.figure).collect();
    let figures = names.into_iter().map(|name| {
        let hits = |trial: &'_ Trial| trial.hits.iter().find(|hits| hits.figure == name && hits.of > 0).copied();
        let tried: Vec<(&Trial, Hits)> = trials.iter().filter_map(|trial| Some((trial, hits(trial)?))).collect();
        let missed = tried.iter().filter(|(_, hits)| hits.right < hits.of).map(|(trial, _)| trial.at.clone());
        let all: Vec<Hits> = tried.iter().map(|(_, hits)| *hits).collect();
        let measured = Measured { figure: share(all.iter()), deviation: deviation(&all), missed: missed.collect() };
        (name.to_owned(), measured)
    });
    figures.collect()
}

fn share<'h>(hits: impl Iterator<Item = &'h Hits>) -> f64 {
    let (right, of) = hits.fold((0, 0), |(right, of), hits| (right + hits.right, of + hits.of));
    right as f64 / of.max(1) as f64
}

/// How far a share spreads if other texts of the same kind had been written: as many are drawn from these, again and again.
fn deviation(hits: &[Hits]) -> f64 {
    let mut random = Random(SEED);
    let mut draw = || share((0..hits.len()).map(|_| &hits[random.below(hits.len())]));
    let shares: Vec<f64> = (0..DRAWS).map(|_| draw()).collect();
    let mean = shares.iter().sum::<f64>() / DRAWS as f64;
    let variance = shares.iter().map(|share| (share - mean).powi(2)).sum::<f64>() / (DRAWS - 1) as f64;
    variance.sqrt()
}

/// Numbers that look random, from Knuth's linear congruential generator MMIX.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % end
    }
}

/// What is wrong, which texts were lost, and what to do; nothing if no figure fell below its floor.
fn report(set: &Figures, measured: &Figures, trials: &[Trial]) -> Option<String> {
    let mut report = String::new();
    for (name, now) in measured {
        let Some(then) = set.get(name) else {
            report += &format!("there is no floor for `{name}`\n");
            continue;
        };
        let floor = then.figure - DEVIATIONS * then.deviation;
        if now.figure >= floor {
            continue;
        }
        let (figure, deviation) = (then.figure, then.deviation);
        report += &format!(
            "`{name}` is {:.3}, below its floor {floor:.3} ({figure:.3} less {DEVIATIONS} times {deviation:.3})\n\
             these texts were lost:\n",
            now.figure
        );
        for trial in trials.iter().filter(|trial| now.missed.contains(&trial.at) && !then.missed.contains(&trial.at)) {
            let text = trial.text.as_deref().unwrap_or("(held back, please don't read it)");
            report += &format!("  {} expected {}, got {}: {text}\n", trial.at, trial.expected, trial.got);
        }
    }
    if report.is_empty() {
        return None;
    }
    Some(format!(
        "{report}\
         What to do: in data/, add example questions to what was meant, in other wordings, never these texts themselves.\n\
         If the change is right all the same, write the new figures down and say why in the commit:\n    \
         {UPDATE}=1 cargo test --no-default-features --test it phrasings descriptions"
    ))
}

fn to_text(figures: &Figures) -> String {
    let mut text = HEAD.to_owned();
    for (name, Measured { figure, deviation, missed }) in figures {
        let missed: String = missed.iter().map(|at| format!("  {at:?},\n")).collect();
        text += &format!("\n[{name}]\nfigure = {figure:.4}\ndeviation = {deviation:.4}\nmissed = [\n{missed}]\n");
    }
    text
}

/// Texts of which the first are right.
fn trials(right: usize, of: usize) -> Vec<Trial> {
    let trial = |at: usize| Trial {
        at: format!("texts:{at}"),
        text: Some(format!("é 日 🦀 {at}")),
        expected: "tea".to_owned(),
        got: if at < right { "tea" } else { "coffee" }.to_owned(),
        hits: vec![Hits::one("kind", at < right)],
    };
    (0..of).map(trial).collect()
}

#[test]
fn a_figure_spreads_as_a_share_does() {
    let measured = &measure(&trials(80, 100))["kind"];
    assert!((measured.figure - 0.8).abs() < 1e-9, "{measured:?}");
    // The square root of 0.8 times 0.2 out of 100.
    assert!((0.035..0.045).contains(&measured.deviation), "{measured:?}");
    assert_eq!(measured.missed.len(), 20);
    assert!(measure(&trials(100, 100))["kind"].deviation < 1e-9);
}

#[test]
fn a_figure_below_its_floor_is_reported_with_the_texts_that_were_lost() {
    let set = measure(&trials(80, 100));
    assert_eq!(report(&set, &measure(&trials(70, 100)), &trials(70, 100)), None);
    let red = report(&set, &measure(&trials(60, 100)), &trials(60, 100)).expect("it fell by five deviations");
    assert_eq!(red.lines().filter(|line| line.contains("expected tea, got coffee: é 日 🦀")).count(), 20, "{red}");
    assert!(red.contains("texts:60 ") && !red.contains("texts:80 "), "{red}");
    assert!(red.contains("UPDATE_FLOORS=1 cargo test"), "{red}");
    assert!(report(&Figures::new(), &set, &trials(80, 100)).is_some(), "a figure without a floor is no good");
}

#[test]
fn figures_come_back_as_they_were_written_down() {
    let measured = measure(&trials(75, 100));
    let read: Figures = toml::from_str(&to_text(&measured)).expect("it is TOML");
    assert_eq!(read["kind"].missed, measured["kind"].missed);
    assert!((read["kind"].figure - 0.75).abs() < 1e-9);
}
