//! Reads `vocabulary.toml` and the files below `intents/`.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::fields::{optional_small_words, small_words, values};
use super::section::Section;
use crate::knowledge::{
    AboutBotWords, Belongs, FollowingWords, PairingWords, Phrasings, RulingWords, Side, SmallTalkWords, Subject, Tool,
    ToolName, Vocabulary,
};

pub(super) fn read_phrasings(mut root: Section<'_, '_>) -> Phrasings {
    let words = small_words(&mut root, "words");
    let questions = values(root.texts("questions"));
    root.finish();
    Phrasings { words, questions, ..Phrasings::default() }
}

/// Reads what people say to be friendly.
pub(super) fn read_small_talk(mut root: Section<'_, '_>) -> SmallTalkWords {
    let mut texts = |key: &str| values(root.texts(key));
    let [greeting, thanks, goodbye, praise, around] =
        ["greeting", "thanks", "goodbye", "praise", "around"].map(&mut texts);
    root.finish();
    SmallTalkWords { greeting, thanks, goodbye, praise, around }
}

/// Reads what people say who ask about the bot itself.
pub(super) fn read_about_bot(mut root: Section<'_, '_>) -> AboutBotWords {
    let [bot, nature, around] = ["bot", "nature", "around"].map(|key: &str| values(root.texts(key)));
    root.finish();
    AboutBotWords { bot, nature, around }
}

/// Reads the vocabulary; its tools are those of `tools/` and, as in older folders, those of a table of its own.
pub(super) fn read_vocabulary(
    mut root: Section<'_, '_>,
    subjects: Option<&[Subject; 2]>,
    tools: &[Tool],
) -> Vocabulary {
    let same = read_same(&mut root);
    let mut tools = Side::BOTH.map(|side| names_of(tools, side));
    if let (Some(mut section), Some(subjects)) = (root.optional_section("tools", "the tools"), subjects) {
        for (subject, tools) in subjects.iter().zip(&mut tools) {
            let names = small_words(&mut section, &subject.id).into_iter();
            tools.extend(names.map(|name| ToolName { name, may_be_plain: false }));
        }
        section.finish();
    }
    let rivals = root.optional::<Vec<Rival>>("rivals", "a list of names, or of lists of words with the name first");
    let mut rivals: Vec<Vec<String>> = rivals.into_iter().flat_map(|rivals| rivals.value).map(Rival::names).collect();
    // Older folders do not say which of the others are rivals.
    rivals.extend(values(root.optional_texts("others")).into_iter().map(|name| vec![name]));
    let context = optional_small_words(&mut root, "context");
    let technical = optional_small_words(&mut root, "technical");
    let choosing = optional_small_words(&mut root, "choosing");
    let pairing = PairingWords {
        against: optional_small_words(&mut root, "against"),
        leaving: optional_small_words(&mut root, "leaving"),
        preferring: optional_small_words(&mut root, "preferring"),
        choosing: choosing.clone(),
        comparing: optional_small_words(&mut root, "comparing"),
        beside: optional_small_words(&mut root, "beside"),
        both: optional_small_words(&mut root, "both"),
    };
    let ruling = root.optional_section("ruling", "the words that rule something out").map(read_ruling);
    let negating = optional_small_words(&mut root, "negating");
    let joining = optional_small_words(&mut root, "joining");
    let counterparts = optional_small_words(&mut root, "counterparts");
    let small = optional_small_words(&mut root, "small");
    let asking = optional_small_words(&mut root, "asking");
    let following = root.optional_section("following", "the words by which people ask about an answer");
    let following = following.map(read_following).unwrap_or_default();
    root.finish();
    Vocabulary {
        same,
        tools,
        rivals,
        context,
        technical,
        choosing,
        pairing,
        ruling: ruling.unwrap_or_default(),
        negating,
        joining,
        counterparts,
        small,
        asking,
        following,
    }
}

/// Reads the groups of words that mean the same.
fn read_same(root: &mut Section<'_, '_>) -> Vec<Vec<String>> {
    let groups = root.optional::<Vec<Vec<String>>>("same", "a list of lists of words that mean the same");
    let Some(groups) = groups else { return Vec::new() };
    let mut known = BTreeSet::new();
    for group in &groups.value {
        for word in group.iter().filter(|word| word.chars().any(char::is_uppercase)) {
            root.problem(groups.line, format!("the word `{word}` has capitals, expected small letters"));
        }
        for word in group.iter().filter(|word| !known.insert((*word).clone())) {
            root.problem(groups.line, format!("`{word}` stands in two groups of `same`, expected it in one"));
        }
    }
    groups.value
}

fn read_following(mut section: Section<'_, '_>) -> FollowingWords {
    let [why, source, concluding, adding] =
        ["why", "source", "concluding", "adding"].map(|key| optional_small_words(&mut section, key));
    section.finish();
    FollowingWords { why, source, concluding, adding }
}

fn read_ruling(mut section: Section<'_, '_>) -> RulingWords {
    let mut texts = |key: &str| values(section.texts(key));
    let words = RulingWords {
        before: texts("before"),
        unless: texts("unless"),
        through: texts("through"),
        or: texts("or"),
        after: texts("after"),
        denying: texts("denying"),
        heading: texts("heading"),
    };
    section.finish();
    words
}

/// A rival by its only name, or with further words for it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Rival {
    Name(String),
    Names(Vec<String>),
}

impl Rival {
    fn names(self) -> Vec<String> {
        match self {
            Self::Name(name) => vec![name],
            Self::Names(names) => names,
        }
    }
}

/// The names of the tools that belong to a side alone.
fn names_of(tools: &[Tool], side: Side) -> Vec<ToolName> {
    let of_side = tools.iter().filter(|tool| tool.belongs == Belongs::To(side));
    let names = of_side.flat_map(|tool| tool.names.iter().map(|name| (name.clone(), tool.plain)));
    names.map(|(name, may_be_plain)| ToolName { name, may_be_plain }).collect()
}
