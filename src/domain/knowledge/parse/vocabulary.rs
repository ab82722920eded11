//! Reads `vocabulary.toml` and the files below `intents/`.

use std::collections::BTreeSet;

use super::fields::values;
use super::section::Section;
use crate::domain::knowledge::{Belongs, Phrasings, Side, Subject, Tool, ToolName, Vocabulary};

pub(super) fn read_phrasings(mut root: Section<'_, '_>) -> Phrasings {
    let words = values(root.texts("words"));
    let questions = values(root.texts("questions"));
    root.finish();
    Phrasings { words, questions }
}

/// Reads the vocabulary; its tools are those of `tools/` and, as in older folders, those of a table of its own.
pub(super) fn read_vocabulary(
    mut root: Section<'_, '_>,
    subjects: Option<&[Subject; 2]>,
    tools: &[Tool],
) -> Vocabulary {
    let mut known = BTreeSet::new();
    let mut same = Vec::new();
    if let Some(groups) = root.required::<Vec<Vec<String>>>("same", "a list of lists of words that mean the same") {
        for group in &groups.value {
            for word in group.iter().filter(|word| !known.insert((*word).clone())) {
                root.problem(groups.line, format!("`{word}` stands in two groups of `same`, expected it in one"));
            }
        }
        same = groups.value;
    }
    let mut tools = Side::BOTH.map(|side| names_of(tools, side));
    if let (Some(mut section), Some(subjects)) = (root.optional_section("tools", "the tools"), subjects) {
        for (subject, tools) in subjects.iter().zip(&mut tools) {
            let names = values(section.texts(&subject.id)).into_iter();
            tools.extend(names.map(|name| ToolName { name, may_be_plain: false }));
        }
        section.finish();
    }
    let mut rivals = values(root.optional_texts("rivals"));
    // Older folders do not say which of the others are rivals.
    rivals.extend(values(root.optional_texts("others")));
    let context = values(root.optional_texts("context"));
    let choosing = values(root.optional_texts("choosing"));
    let negating = values(root.optional_texts("negating"));
    let joining = values(root.optional_texts("joining"));
    root.finish();
    Vocabulary { same, tools, rivals, context, choosing, negating, joining }
}

/// The names of the tools that belong to a side alone.
fn names_of(tools: &[Tool], side: Side) -> Vec<ToolName> {
    let of_side = tools.iter().filter(|tool| tool.belongs == Belongs::To(side));
    let names = of_side.flat_map(|tool| tool.names.iter().map(|name| (name.clone(), tool.plain)));
    names.map(|(name, may_be_plain)| ToolName { name, may_be_plain }).collect()
}
