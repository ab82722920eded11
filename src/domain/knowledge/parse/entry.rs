//! Reads the two kinds of entry, topic and project, which share most of their fields.

use super::fields::{Cited, Names, Words, check_topic_id, read_checked};
use super::section::Section;
use super::weights::read_weights_of_project;
use crate::domain::knowledge::{
    Claim, Entry, Leaning, Lines, Point, Project, Strength, Subject, Topic, Verdict, Weighing,
};

pub(super) fn read_topic(id: &str, mut section: Section<'_, '_>, names: &Names<'_>) -> (Topic, Words) {
    let mut cited = Cited::default();
    let category = section.text("category");
    if category.line > 0 && names.categories.iter().all(|known| known.id != category.value) {
        let known: Vec<&str> = names.categories.iter().map(|category| category.id.as_str()).collect();
        let expected = known.join(", ");
        section
            .problem(category.line, format!("there is no category `{}`, expected one of {expected}", category.value));
    }
    let (mut entry, words) = read_entry(id, &mut section, names);
    let sides;
    (sides, entry.lines.sides) = read_sides(&mut section, names, &mut cited);
    finish_entry(&mut entry, section, names, cited);
    (Topic { entry, category: category.value, sides }, words)
}

pub(super) fn read_project(
    id: &str,
    mut section: Section<'_, '_>,
    names: &Names<'_>,
    weighing: &Weighing,
) -> (Project, Words) {
    let mut cited = Cited::default();
    let (mut entry, words) = read_entry(id, &mut section, names);
    let sources = section.texts("sources");
    cited.positions(&mut section, names, sources, entry.lines.title);
    let (weights, implied) = read_weights_of_project(&mut section, names, weighing, &mut cited);
    finish_entry(&mut entry, section, names, cited);
    (Project { entry, weights, implied }, words)
}

/// Reads the fields that topics and projects share, but for the claims, which come last.
fn read_entry(id: &str, section: &mut Section<'_, '_>, names: &Names<'_>) -> (Entry, Words) {
    let title = section.text("title");
    let takeaway = section.text("takeaway");
    let reason = section.text("reason");
    let (leaning, leaning_line) = read_leaning(section, names);
    let checked = read_checked(section);
    let related = read_related(id, section, names);
    let (words, questions) = read_ask(section);
    let lines = Lines {
        title: title.line,
        takeaway: takeaway.line,
        reason: reason.line,
        sides: [title.line; 2],
        claims: title.line,
        leaning: leaning_line,
    };
    let entry = Entry {
        id: id.to_owned(),
        title: title.value,
        takeaway: takeaway.value,
        leaning,
        reason: reason.value,
        checked,
        related,
        words: words.iter().map(|(word, _)| word.clone()).collect(),
        questions,
        claims: Vec::new(),
        sources: Vec::new(),
        lines,
    };
    (entry, words)
}

/// Reads the claims, and adds the pages that the whole entry cites.
fn finish_entry(entry: &mut Entry, mut section: Section<'_, '_>, names: &Names<'_>, mut cited: Cited) {
    (entry.claims, entry.lines.claims) = read_claims(&mut section, names, &mut cited);
    section.finish();
    entry.sources = cited.into_sources(names);
}

fn read_ask(section: &mut Section<'_, '_>) -> (Words, Vec<String>) {
    let Some(mut ask) = section.section("ask", "how people ask") else { return Default::default() };
    let words = ask.texts("words").into_iter();
    let words: Words = words.map(|word| (word.value.trim().to_lowercase(), word.line)).collect();
    if words.is_empty() {
        ask.problem(ask.line, "`words` is empty, expected the words by which people ask for it");
    }
    let questions = ask.texts("questions").into_iter().map(|question| question.value).collect();
    ask.finish();
    (words, questions)
}

fn read_leaning(section: &mut Section<'_, '_>, names: &Names<'_>) -> (Leaning, usize) {
    let leaning = section.text("leaning");
    let line = leaning.line;
    let strength = section.optional::<String>("strength", "\"slight\" or \"strong\"");
    let side = names.side(&leaning.value);
    let strength_value = strength.as_ref().and_then(|strength| match strength.value.as_str() {
        "slight" => Some(Strength::Slight),
        "strong" => Some(Strength::Strong),
        _ => None,
    });
    match (side, strength, strength_value) {
        (Some(side), _, Some(strength)) => return (Leaning::Toward(side, strength), line),
        (Some(_), None, _) => section.problem(leaning.line, "`strength` is missing, expected \"slight\" or \"strong\""),
        (_, Some(found), None) => section.problem(found.line, "`strength` must be \"slight\" or \"strong\""),
        (None, Some(found), _) if names.subjects.is_some() => {
            section.problem(found.line, "`strength` belongs only to a leaning to one of the subjects");
        }
        (None, ..) => {}
    }
    match (leaning.value.as_str(), names.subjects) {
        ("depends", _) => return (Leaning::Depends, line),
        ("even", _) | (_, None) => {}
        (other, Some([first, second])) if side.is_none() && leaning.line > 0 => {
            let expected = format!("{}, {}, even or depends", first.id, second.id);
            section.problem(leaning.line, format!("`leaning` cannot be `{other}`, expected {expected}"));
        }
        _ => {}
    }
    (Leaning::Even, line)
}

fn read_related(id: &str, section: &mut Section<'_, '_>, names: &Names<'_>) -> Vec<String> {
    let related = section.texts("related");
    for other in &related {
        check_topic_id(section, names, other);
        if other.value == id && names.topics.contains(id) {
            section.problem(other.line, format!("`{id}` is related to itself, expected another topic"));
        }
    }
    related.into_iter().map(|other| other.value).collect()
}

fn read_sides(section: &mut Section<'_, '_>, names: &Names<'_>, cited: &mut Cited) -> ([Vec<Point>; 2], [usize; 2]) {
    let mut lines = [section.line; 2];
    let (Some(mut sides), Some(subjects)) = (section.section("sides", "what holds for each side"), names.subjects)
    else {
        return ([Vec::new(), Vec::new()], lines);
    };
    let mut read = |subject: &Subject, line: &mut usize| -> Vec<Point> {
        let points = sides.sections(&subject.id, "a point");
        match points.first() {
            Some(first) => *line = first.line,
            None => sides.problem(sides.line, format!("there is no point [[sides.{}]], expected one", subject.id)),
        }
        points.into_iter().map(|point| read_point(point, "text", names, cited)).collect()
    };
    let [first_line, second_line] = &mut lines;
    let [first, second] = subjects;
    let points = [read(first, first_line), read(second, second_line)];
    sides.finish();
    (points, lines)
}

fn read_point(mut section: Section<'_, '_>, key: &str, names: &Names<'_>, cited: &mut Cited) -> Point {
    let text = section.text(key);
    let sources = cited.read(&mut section, names);
    section.finish();
    Point { text: text.value, sources }
}

fn read_claims(section: &mut Section<'_, '_>, names: &Names<'_>, cited: &mut Cited) -> (Vec<Claim>, usize) {
    let sections = section.sections("article", "a claim of the article");
    let line = sections.first().map_or(section.line, |first| first.line);
    (sections.into_iter().map(|claim| read_claim(claim, names, cited)).collect(), line)
}

fn read_claim(mut section: Section<'_, '_>, names: &Names<'_>, cited: &mut Cited) -> Claim {
    let says = section.text("says").value;
    let passage = section.text("where").value;
    let verdict = section.text("verdict");
    let known = match verdict.value.as_str() {
        "holds" => Some(Verdict::Holds),
        "dated" => Some(Verdict::Dated),
        "misleading" => Some(Verdict::Misleading),
        "wrong" => Some(Verdict::Wrong),
        _ => None,
    };
    if known.is_none() && verdict.line > 0 {
        section.problem(verdict.line, "`verdict` must be holds, dated, misleading or wrong");
    }
    let verdict = known.unwrap_or(Verdict::Holds);
    let today = section.optional::<String>("today", "a text");
    if today.is_none() && verdict != Verdict::Holds {
        section.problem(section.line, "a claim that does not hold has no `today`, expected what holds instead");
    }
    let sources = section.optional_texts("sources");
    let today = today.map(|today| {
        let sources = cited.positions(&mut section, names, sources, today.line);
        Point { text: today.value, sources }
    });
    section.finish();
    Claim { says, passage, verdict, today }
}
