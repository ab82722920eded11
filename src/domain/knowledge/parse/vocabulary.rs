//! Reads `vocabulary.toml` and the files in `intents/`.

use std::collections::BTreeSet;

use super::fields::values;
use super::section::Section;
use crate::domain::knowledge::{Phrasings, Subject, Vocabulary};

pub(super) fn read_phrasings(mut root: Section<'_, '_>) -> Phrasings {
    let words = values(root.texts("words"));
    let questions = values(root.texts("questions"));
    root.finish();
    Phrasings { words, questions }
}

pub(super) fn read_vocabulary(mut root: Section<'_, '_>, subjects: Option<&[Subject; 2]>) -> Vocabulary {
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
    let mut tools = [Vec::new(), Vec::new()];
    if let (Some(mut section), Some(subjects)) = (root.section("tools", "the tools"), subjects) {
        tools = subjects.each_ref().map(|subject| values(section.texts(&subject.id)));
        section.finish();
    }
    let others = values(root.texts("others"));
    let choosing = values(root.optional_texts("choosing"));
    let negating = values(root.optional_texts("negating"));
    let joining = values(root.optional_texts("joining"));
    root.finish();
    Vocabulary { same, tools, others, choosing, negating, joining }
}
