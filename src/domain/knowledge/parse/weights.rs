//! Reads `criteria.toml`, and the weights in it and in the projects.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::{Cited, Names, check_small, expected, only_once, read_topic_id, short_text, values};
use super::section::{Located, Section};
use crate::knowledge::{Criterion, Factor, Implied, Phrase, Point, Value, Weighing, Weight};

/// The most points of one weight.
const MOST_POINTS: u8 = 4;
/// Characters in the name of a criterion: a bar stands beside it on a phone.
const CRITERION_TITLE: usize = 22;
/// Characters in the reason of a weight: several of them share one answer.
const REASON: usize = 150;
/// Characters in the name of a factor or of its value.
const VALUE_TITLE: usize = 40;
/// Characters in the question that asks for a factor.
const QUESTION: usize = 100;
/// Characters in the code of a factor or of its value.
const CODE: usize = 8;

/// What `criteria.toml` says.
#[derive(Default)]
pub(super) struct Criteria {
    pub(super) weighing: Weighing,
    pub(super) phrases: Vec<Phrase>,
    pub(super) groups: Vec<(String, Vec<String>)>,
}

pub(super) fn read_criteria(mut root: Section<'_, '_>, names: &Names<'_>) -> Criteria {
    let mut cited = Cited::default();
    let mut phrases = Vec::new();
    let groups = read_groups(&mut root);
    let mut topics = BTreeSet::new();
    let sections = root.sections("criterion", "a criterion").into_iter();
    let criteria: Vec<Criterion> = sections.map(|section| read_criterion(section, names, &mut topics)).collect();
    only_once(&root, "criterion", criteria.iter().map(|criterion| criterion.id.clone()));
    let sections = root.sections("factor", "a factor").into_iter();
    let context = Context { names, criteria: &criteria, groups: &groups };
    let factors = sections.enumerate().map(|(number, section)| {
        let (factor, words) = read_factor(section, &context, &mut cited);
        for (value, texts) in words.into_iter().enumerate() {
            phrases.extend(texts.into_iter().map(|text| Phrase { factor: number, value, text }));
        }
        factor
    });
    let factors: Vec<Factor> = factors.collect();
    only_once(&root, "factor", factors.iter().map(|factor| factor.id.clone()));
    only_once(&root, "code", factors.iter().map(|factor| factor.code.clone()));
    root.finish();
    Criteria { weighing: Weighing { criteria, factors, sources: cited.into_sources(names) }, phrases, groups }
}

/// The weights of a project and the values that go with its kind.
pub(super) fn read_weights_of_project(
    section: &mut Section<'_, '_>,
    names: &Names<'_>,
    weighing: &Weighing,
    cited: &mut Cited,
) -> (Vec<Weight>, Vec<Implied>) {
    let implies = section.optional::<BTreeMap<String, Vec<String>>>("implies", "lists of values by factor");
    let mut implied = Vec::new();
    if let Some(Located { value, line }) = implies {
        for (id, values) in value {
            match weighing.factors.iter().position(|factor| factor.id == id) {
                Some(factor) => implied.extend(read_implied(section, weighing, factor, &values, line)),
                None if names.knows_criteria() => {
                    let known = weighing.factors.iter().map(|factor| factor.id.as_str());
                    let expected = expected(&id, known, "one of criteria.toml");
                    section.unknown(line, format!("there is no factor `{id}`, {expected}"));
                }
                None => {}
            }
        }
    }
    let weights = section.sections("weight", "a weight").into_iter();
    let weights = weights.filter_map(|section| read_weight(section, names, &weighing.criteria, cited)).collect();
    (weights, implied)
}

fn read_implied(
    section: &Section<'_, '_>,
    weighing: &Weighing,
    number: usize,
    values: &[String],
    line: usize,
) -> Option<Implied> {
    let factor = weighing.factors.get(number)?;
    if !factor.many && values.len() > 1 {
        section.problem(line, format!("`{}` has one value at a time, expected one", factor.id));
    }
    let mut positions = Vec::new();
    for id in values {
        match factor.values.iter().position(|value| value.id == *id) {
            Some(value) => positions.push(value),
            None => {
                section.problem(line, format!("`{}` has no value `{id}`, expected one of criteria.toml", factor.id))
            }
        }
    }
    Some(Implied { factor: number, values: positions })
}

fn read_groups(root: &mut Section<'_, '_>) -> Vec<(String, Vec<String>)> {
    let groups = root.optional::<BTreeMap<String, Vec<String>>>("groups", "lists of words by name");
    groups.map_or_else(Vec::new, |groups| groups.value.into_iter().collect())
}

fn read_criterion(mut section: Section<'_, '_>, names: &Names<'_>, topics: &mut BTreeSet<String>) -> Criterion {
    let id = section.text("id").value;
    let title = short_text(&mut section, "title", CRITERION_TITLE);
    let topic = read_topic_id(&mut section, names);
    if !topics.insert(topic.value.clone()) {
        section.problem(topic.line, format!("the topic `{}` stands for two criteria, expected one each", topic.value));
    }
    section.finish();
    Criterion { id, title, topic: topic.value }
}

/// What a factor may refer to.
struct Context<'c> {
    names: &'c Names<'c>,
    criteria: &'c [Criterion],
    groups: &'c [(String, Vec<String>)],
}

/// A factor, and of each of its values the phrases that mention it.
fn read_factor(mut section: Section<'_, '_>, context: &Context<'_>, cited: &mut Cited) -> (Factor, Vec<Vec<String>>) {
    let id = section.text("id").value;
    let code = read_code(&mut section);
    let title = short_text(&mut section, "title", VALUE_TITLE);
    let question = short_text(&mut section, "question", QUESTION);
    let many = section.optional::<bool>("many", "true or false").is_some_and(|many| many.value);
    let mut values = Vec::new();
    let mut phrases = Vec::new();
    let mut unions = Vec::new();
    for mut value in section.sections("value", "a value of a factor") {
        unions.push((value.optional_texts("unites"), value.line));
        let (value, words) = read_value(value, context, cited);
        values.push(value);
        phrases.push(words);
    }
    if values.is_empty() {
        section.absence(section.line, format!("the factor `{id}` has no [[factor.value]], expected at least one"));
    }
    only_once(&section, "value", values.iter().map(|value: &Value| value.id.clone()));
    only_once(&section, "code", values.iter().map(|value| value.code.clone()));
    let ids: Vec<String> = values.iter().map(|value| value.id.clone()).collect();
    for (value, (unites, line)) in values.iter_mut().zip(unions) {
        for other in unites {
            match ids.iter().position(|id| *id == other.value) {
                Some(position) => value.unites.push(position),
                None => {
                    section.problem(line, format!("there is no value `{}` to unite, expected one of {id}", other.value))
                }
            }
        }
    }
    section.finish();
    (Factor { id, code, title, question, many, values }, phrases)
}

fn read_value(mut section: Section<'_, '_>, context: &Context<'_>, cited: &mut Cited) -> (Value, Vec<String>) {
    let (names, criteria) = (context.names, context.criteria);
    let id = section.text("id").value;
    let code = read_code(&mut section);
    let title = short_text(&mut section, "title", VALUE_TITLE);
    let words = section.optional_texts("words");
    check_small(&section, &words);
    words.iter().for_each(|phrase| check_phrase(&section, phrase, context));
    let words = values(words);
    let mut doubles = Vec::new();
    for double in section.optional_texts("doubles") {
        doubles.extend(position_of(&section, names, criteria, &double));
    }
    let weights = section.sections("weight", "a weight").into_iter();
    let weights = weights.filter_map(|weight| read_weight(weight, names, criteria, cited)).collect();
    section.finish();
    (Value { id, code, title, unites: Vec::new(), doubles, weights }, words)
}

/// A phrase that no text can contain is a mistake.
fn check_phrase(section: &Section<'_, '_>, phrase: &Located<String>, context: &Context<'_>) {
    if phrase.value.trim().is_empty() {
        section.problem(phrase.line, "a phrase is blank, expected words");
    }
    for part in phrase.value.split_whitespace() {
        let Some(name) = part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) else { continue };
        let is_group = context.groups.iter().any(|(group, _)| group == name);
        let subjects = context.names.subjects;
        if !is_group && subjects.is_some_and(|subjects| subjects.iter().all(|subject| subject.id != name)) {
            section.problem(phrase.line, format!("there is no group `{name}`, expected one of [groups] or a subject"));
        }
    }
}

fn read_weight(
    mut section: Section<'_, '_>,
    names: &Names<'_>,
    criteria: &[Criterion],
    cited: &mut Cited,
) -> Option<Weight> {
    let criterion = section.text("criterion");
    let criterion = if criterion.line > 0 { position_of(&section, names, criteria, &criterion) } else { None };
    let toward = section.text("toward");
    let side = names.side(&toward.value);
    if let (None, Some([first, second]), 1..) = (side, names.subjects, toward.line) {
        section.unknown(toward.line, format!("`toward` must be {} or {}", first.id, second.id));
    }
    let points = section.required::<u8>("points", "a number from 1 to 4");
    if let Some(points) = points.as_ref().filter(|points| !(1..=MOST_POINTS).contains(&points.value)) {
        section.problem(points.line, format!("`points` is {}, expected 1 to {MOST_POINTS}", points.value));
    }
    let text = short_text(&mut section, "reason", REASON);
    let sources = cited.read(&mut section, names);
    section.finish();
    Some(Weight {
        criterion: criterion?,
        toward: side?,
        points: points?.value,
        reason: Point { text, sources, until: None },
    })
}

fn position_of(
    section: &Section<'_, '_>,
    names: &Names<'_>,
    criteria: &[Criterion],
    id: &Located<String>,
) -> Option<usize> {
    let position = criteria.iter().position(|criterion| criterion.id == id.value);
    if position.is_none() && names.knows_criteria() && !section.is_broken() {
        let known = criteria.iter().map(|criterion| criterion.id.as_str());
        let expected = expected(&id.value, known, "one of criteria.toml");
        section.unknown(id.line, format!("there is no criterion `{}`, {expected}", id.value));
    }
    position
}

/// A code, or nothing if it is not one.
fn read_code(section: &mut Section<'_, '_>) -> String {
    let code = section.text("code");
    let is_code = (1..=CODE).contains(&code.value.len()) && code.value.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_code {
        return code.value;
    }
    if code.line > 0 {
        section.problem(code.line, format!("`code` must be 1 to {CODE} letters or digits, each of a-z, A-Z or 0-9"));
    }
    String::new()
}
