//! Reads the two kinds of entry, topic and project, which share most of their fields.

use super::answers::read_answers;
use super::fields::{
    Cited, Names, Owners, check_small, check_topic_id, expected, optional_small_words, read_checked, read_until, values,
};
use super::section::{Located, Section};
use super::weights::read_weights_of_project;
use crate::knowledge::{
    Claim, Date, Entry, Item, Leaning, Phrasings, Point, Project, Side, Strength, Subject, Topic, Verdict, Weighing,
};

/// What topics must not share.
#[derive(Default)]
pub(super) struct TopicOwners {
    words: Owners,
    answers: Owners,
}

/// A topic, and how people ask for it; `owners` have what stands in other topics already.
pub(super) fn read_topic(
    id: &str,
    mut section: Section<'_, '_>,
    names: &Names<'_>,
    owners: &mut TopicOwners,
) -> (Topic, Phrasings) {
    let mut cited = Cited::default();
    let category = section.text("category");
    if let Some(known) = names.categories.filter(|_| category.line > 0)
        && known.iter().all(|known| known.id != category.value)
    {
        let known: Vec<&str> = known.iter().map(|category| category.id.as_str()).collect();
        let expected = expected(&category.value, known.iter().copied(), &format!("one of {}", known.join(", ")));
        section.unknown(category.line, format!("there is no category `{}`, {expected}", category.value));
    }
    let (mut entry, mut phrasings) = read_entry(id, &mut section, names, &mut owners.words);
    let sides = read_sides(&mut section, names, entry.checked, &mut cited);
    entry.claims = read_claims(&mut section, names, &mut cited);
    let shows_releases = section.optional::<bool>("releases", "true or false").is_some_and(|shows| shows.value);
    let (answers, wordings) = read_answers(id, &mut section, names, entry.checked, &mut cited, &mut owners.answers);
    section.finish();
    phrasings.answers = wordings;
    entry.sources = cited.into_sources(names);
    (
        Topic { entry, category: category.value, aliases: phrasings.words.clone(), sides, answers, shows_releases },
        phrasings,
    )
}

/// A kind of project, and how people describe it; `owners` are the words that other kinds have already.
pub(super) fn read_project(
    id: &str,
    mut section: Section<'_, '_>,
    names: &Names<'_>,
    weighing: &Weighing,
    owners: &mut Owners,
) -> (Project, Phrasings) {
    let mut cited = Cited::default();
    let (mut entry, mut phrasings) = read_entry(id, &mut section, names, owners);
    if let Some(mut naming) = section.optional_section("naming", "what the kind of project is called") {
        phrasings.names = optional_small_words(&mut naming, "names");
        phrasings.parts = optional_small_words(&mut naming, "parts");
        naming.finish();
    }
    cited.read(&mut section, names);
    let (weights, implied) = read_weights_of_project(&mut section, names, weighing, &mut cited);
    entry.claims = read_claims(&mut section, names, &mut cited);
    section.finish();
    entry.sources = cited.into_sources(names);
    (Project { entry, weights, implied }, phrasings)
}

/// Reads the fields that topics and projects share, but for the claims and the sources, which come last.
fn read_entry(id: &str, section: &mut Section<'_, '_>, names: &Names<'_>, owners: &mut Owners) -> (Entry, Phrasings) {
    let title = section.text("title");
    let takeaway = section.text("takeaway");
    let reason = section.text("reason").value;
    let leaning = read_leaning(section, names);
    let checked = read_checked(section, names);
    let related = read_related(id, section, names);
    let phrasings = read_ask(id, section, owners);
    section.note(Item::Title, title.line);
    section.note(Item::Takeaway, takeaway.line);
    let entry = Entry {
        id: id.to_owned(),
        title: title.value,
        takeaway: takeaway.value,
        leaning,
        reason,
        checked,
        related,
        claims: Vec::new(),
        sources: Vec::new(),
    };
    (entry, phrasings)
}

fn read_ask(id: &str, section: &mut Section<'_, '_>, owners: &mut Owners) -> Phrasings {
    let Some(mut ask) = section.section("ask", "how people ask") else { return Phrasings::default() };
    let mut words = Vec::new();
    let is_there = ask.has("words");
    let texts = ask.texts("words");
    check_small(&ask, &texts);
    for Located { value, line } in texts {
        let word = value.trim().to_lowercase();
        // Of two entries with the same word either could be meant.
        if let Some(owner) = owners.insert(word.clone(), id.to_owned()) {
            let what = format!("the word `{word}` stands in {owner} too, expected each word in one place only");
            ask.problem(line, what);
        }
        words.push(word);
    }
    if words.is_empty() && is_there {
        ask.problem(ask.line, "`words` is empty, expected the words by which people ask for it");
    }
    let questions = values(ask.texts("questions"));
    ask.finish();
    Phrasings { words, questions, ..Phrasings::default() }
}

fn read_leaning(section: &mut Section<'_, '_>, names: &Names<'_>) -> Leaning {
    let leaning = section.text("leaning");
    section.note(Item::Leaning, leaning.line);
    let strength = section.optional::<String>("strength", "\"slight\" or \"strong\"");
    let side = names.side(&leaning.value);
    let strength_value = strength.as_ref().and_then(|strength| match strength.value.as_str() {
        "slight" => Some(Strength::Slight),
        "strong" => Some(Strength::Strong),
        _ => None,
    });
    match (side, strength, strength_value) {
        (Some(side), _, Some(strength)) => return Leaning::Toward(side, strength),
        (Some(_), None, _) => section.absence(leaning.line, "`strength` is missing, expected \"slight\" or \"strong\""),
        (_, Some(found), None) => section.problem(found.line, "`strength` must be \"slight\" or \"strong\""),
        (None, Some(found), _) if names.subjects.is_some() => {
            section.problem(found.line, "`strength` belongs only to a leaning to one of the subjects");
        }
        (None, ..) => {}
    }
    match (leaning.value.as_str(), names.subjects) {
        ("depends", _) => return Leaning::Depends,
        ("even", _) | (_, None) => {}
        (other, Some([first, second])) if side.is_none() && leaning.line > 0 => {
            let expected = format!("{}, {}, even or depends", first.id, second.id);
            section.problem(leaning.line, format!("`leaning` cannot be `{other}`, expected {expected}"));
        }
        _ => {}
    }
    Leaning::Even
}

fn read_related(id: &str, section: &mut Section<'_, '_>, names: &Names<'_>) -> Vec<String> {
    let related = section.texts("related");
    for other in &related {
        check_topic_id(section, names, other);
        if other.value == id {
            section.problem(other.line, format!("`{id}` is related to itself, expected another topic"));
        }
    }
    related.into_iter().map(|other| other.value).collect()
}

fn read_sides(section: &mut Section<'_, '_>, names: &Names<'_>, checked: Date, cited: &mut Cited) -> [Vec<Point>; 2] {
    let (Some(mut sides), Some([first, second])) =
        (section.section("sides", "what holds for each side"), names.subjects)
    else {
        return Default::default();
    };
    let mut read = |side: Side, subject: &Subject| -> Vec<Point> {
        let points = sides.sections(&subject.id, "a point");
        if points.is_empty() {
            sides.absence(sides.line, format!("there is no point [[sides.{}]], expected one", subject.id));
        }
        let points = points.into_iter().enumerate().map(|(number, point)| {
            point.note(Item::Point(side, number), point.line);
            read_point(point, names, checked, cited)
        });
        points.collect()
    };
    let points = [read(Side::First, first), read(Side::Second, second)];
    sides.finish();
    points
}

fn read_point(mut section: Section<'_, '_>, names: &Names<'_>, checked: Date, cited: &mut Cited) -> Point {
    let text = section.text("text");
    let sources = cited.read(&mut section, names);
    let until = read_until(&mut section, checked);
    section.finish();
    Point { text: text.value, sources, until }
}

fn read_claims(section: &mut Section<'_, '_>, names: &Names<'_>, cited: &mut Cited) -> Vec<Claim> {
    let sections = section.sections("article", "a claim of the article");
    if let Some(first) = sections.first().filter(|_| names.is_without_article) {
        section.unknown(first.line, "there is a claim and no article, expected a table [article] in comparison.toml");
    }
    let claims = sections.into_iter().enumerate().map(|(number, claim)| {
        claim.note(Item::Claim(number), claim.line);
        read_claim(claim, names, cited)
    });
    claims.collect()
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
        section.absence(section.line, "a claim that does not hold has no `today`, expected what holds instead");
    }
    let sources = section.optional_texts("sources");
    let today = today.map(|today| {
        let sources = cited.positions(&mut section, names, sources, today.line);
        Point { text: today.value, sources, until: None }
    });
    section.finish();
    Claim { says, passage, verdict, today }
}
