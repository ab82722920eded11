//! Decisions as Markdown files in the MADR form.
//!
//! Source: "Markdown Architectural Decision Records" 4.0.0, <https://adr.github.io/madr/>.

use std::fmt::Write as _;

use super::decisions::{source, written};
use super::limits;
use super::text::{Text, quote};
use super::wording::decisions as wording;
use crate::domain::decisions::{Decision, Status, Verdict};
use crate::domain::knowledge::Knowledge;

/// Units of the name of a file, without its number and its ending.
const NAME: usize = 60;

/// A file out of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its name, such as `0007-which-framework.md`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// A decision as a file.
pub fn record(decision: &Decision, knowledge: &Knowledge) -> Record {
    Record { name: name(decision), text: text(decision, knowledge) }
}

/// All decisions in one text, one below the other.
pub fn records(decisions: &[Decision], knowledge: &Knowledge) -> String {
    decisions.iter().map(|decision| text(decision, knowledge)).collect::<Vec<_>>().join("\n")
}

fn name(decision: &Decision) -> String {
    let letters = decision.question.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect::<String>();
    let words: Vec<String> = letters.split_whitespace().map(str::to_lowercase).collect();
    let name = limits::beginning(&words.join("-"), NAME, |_, c| c.len_utf16()).trim_end_matches('-').to_owned();
    let name = if name.is_empty() { name } else { format!("-{name}") };
    format!("{:04}{name}.md", decision.number)
}

fn text(decision: &Decision, knowledge: &Knowledge) -> String {
    let mut out = String::new();
    let status = match decision.status {
        Status::Proposed => "proposed".to_owned(),
        Status::Accepted => "accepted".to_owned(),
        Status::SupersededBy(by) => format!("superseded by #{by}"),
        Status::Withdrawn => "deprecated".to_owned(),
    };
    // Writing to a string cannot fail.
    let _ = write!(out, "---\nstatus: \"{status}\"\ndate: {date}\n---\n\n", date = decision.date);
    let _ = write!(out, "# {}\n\n## Context and Problem Statement\n\n", plain(&decision.question));
    out += &paragraph(&decision.question);
    if let Some(source) = source(decision, knowledge) {
        out += &paragraph(&source);
    }
    out += "## Considered Options\n\n";
    for choice in &decision.options {
        let _ = writeln!(out, "* {}", plain(&wording::choice(choice, decision.is_counted)));
    }
    out += "\n## Decision Outcome\n\n";
    match (decision.words.is_blank(), decision.verdict()) {
        (false, _) => {
            let _ = write!(out, "Chosen option: \"{}\"\n\n", plain(&decision.words.decision));
        }
        (true, Verdict::Uncounted) => out += "Not decided yet.\n\n",
        (true, _) => out += &paragraph(&wording::verdict(decision)),
    }
    out += &paragraph(&decision.words.reason);
    section(&mut out, "### Consequences", &decision.words.consequences);
    section(&mut out, "## Pros and Cons of the Options", &decision.words.rejected);
    out.truncate(out.trim_end().len());
    out + "\n"
}

fn section(out: &mut String, heading: &str, text: &str) {
    if !text.is_empty() {
        *out += &format!("{heading}\n\n{}", paragraph(text));
    }
}

fn paragraph(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{}\n\n", written(text).markdown().replace('\n', "  \n")) }
}

/// A text in one line, in which nothing is mark-up.
fn plain(text: &str) -> String {
    Text::plain(quote(text)).markdown()
}
