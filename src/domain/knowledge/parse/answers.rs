//! Reads the direct answers of a topic.

use super::fields::{Cited, Names, Owners, read_id, read_until, short_text, values};
use super::section::Section;
use crate::knowledge::{Date, DirectAnswer, Item};

/// Letters of an id.
const ID: usize = 40;
/// Characters in a question: it may become the label of a choice.
const QUESTION: usize = 100;
/// Characters in an answer: it is read at a glance.
const TEXT: usize = 220;

/// Reads each `[[answer]]` of a topic, and of each the wordings of its question; `owners` are the ids that other answers have.
pub(super) fn read_answers(
    topic: &str,
    section: &mut Section<'_, '_>,
    names: &Names<'_>,
    checked: Date,
    cited: &mut Cited,
    owners: &mut Owners,
) -> (Vec<DirectAnswer>, Vec<Vec<String>>) {
    let sections = section.sections("answer", "an answer").into_iter().enumerate();
    let answers = sections.map(|(number, mut section)| {
        section.note(Item::Answer(number), section.line);
        let id = read_id(&mut section, ID);
        if let Some(owner) = owners.insert(id.value.clone(), topic.to_owned()).filter(|_| id.line > 0) {
            section.problem(id.line, format!("the answer `{}` stands in {owner} too, expected each id once", id.value));
        }
        let question = short_text(&mut section, "question", QUESTION);
        let also = values(section.optional_texts("also"));
        let wordings = std::iter::once(question.clone()).chain(also).collect();
        let text = short_text(&mut section, "text", TEXT);
        let sources = cited.read(&mut section, names);
        let until = read_until(&mut section, checked);
        section.finish();
        (DirectAnswer { id: id.value, question, text, sources, until }, wordings)
    });
    answers.unzip()
}
