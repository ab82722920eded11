//! What is said about which side suits a project.

use super::super::limits;
use super::{capitalised, leaning_in_sentence};
use crate::domain::knowledge::{Knowledge, Leaning, Side, Strength, Value};
use crate::domain::recommendation::{Change, Reason, Recommendation};

/// Title of a recommendation where the kind of project is not known.
pub const PROJECT: &str = "Your project";
/// Stands before what holds for a kind of project as such.
pub const IN_GENERAL: &str = "For such projects in general: ";
/// Heading of the reasons for the side that is ahead.
pub const REASONS: &str = "Why";
/// Heading of the reasons for the other side.
pub const AGAINST: &str = "What speaks against it";
/// Heading of the changes that would turn a recommendation.
pub const FLIPS: &str = "What would flip it";
/// Stands before the smallest change that would turn a recommendation, in a brief answer.
pub const WOULD_CHANGE: &str = "🔀 Would change it: ";
/// Stands there if there is none.
pub const NOTHING_CHANGES: &str = "🔀 Nothing that I ask for would change it.";
/// Stands before the strongest reason against a recommendation.
pub const BUT: &str = "But: ";
/// Stands there if there is none.
pub const NO_FLIP: &str = "Nothing that I ask for, not even all of it together.";
/// Joins changes that are needed at once.
pub const TOGETHER_WITH: &str = ", together with ";
/// Heading of what was understood of a description.
pub const UNDERSTOOD: &str = "What I understood";
/// Heading of further kinds of project.
pub const OTHER_KINDS: &str = "Also in your text";
/// The name of the kind of project among what was understood.
pub const KIND: &str = "Kind of project";
/// Stands for what was not said.
pub const NOT_SAID: &str = "not said";
/// The question for the kind of project.
pub const WHICH_KIND: &str = "What are you building?";
/// On the menu by which a misunderstanding is corrected.
pub const CORRECT: &str = "Misunderstood, or changed? Correct it here …";
/// On the button that leaves a question open.
pub const SKIP: &str = "Skip this question";
/// On the button that leaves an earlier answer as it is.
pub const KEEP: &str = "Leave it as it is";
/// Title of what was understood of a project, to be corrected.
pub const CORRECTION: &str = "What I understood";
/// Below what was understood.
pub const CORRECTION_TEXT: &str = "Choose below what I got wrong.";

/// The leaning of a recommendation with the points of both sides, those of the side that is ahead first.
pub fn total(knowledge: &Knowledge, found: &Recommendation<'_>) -> String {
    let [first, second] = found.totals();
    match found.leaning {
        Leaning::Toward(side, strength) => {
            let (ahead, behind) = if side == Side::First { (first, second) } else { (second, first) };
            let slightly = if strength == Strength::Slight { "slightly " } else { "" };
            capitalised(&format!("{slightly}{}, {ahead} : {behind}", knowledge.subject(side).name))
        }
        Leaning::Even => format!("Even, {first} : {second}"),
        Leaning::Depends if found.reasons.is_empty() => "It depends".to_owned(),
        Leaning::Depends => format!("It depends, {first} : {second}"),
    }
}

/// How a recommendation came about, in one or two sentences.
pub fn weighed(knowledge: &Knowledge, found: &Recommendation<'_>) -> String {
    let points = |side: Side| {
        let reasons = found.reasons.iter().filter(|reason| reason.toward == side);
        format!("{} for {}", reasons.map(|reason| reason.points).sum::<i32>(), knowledge.subject(side).name)
    };
    let [first, second] = Side::BOTH.map(points);
    match found.leaning {
        _ if found.reasons.is_empty() => "I know too little to lean to a side. Tell me more below.".to_owned(),
        Leaning::Depends => format!(
            "The needs pull apart: {first}, {second}. Weigh which of them you could give up, or give each part a service \
             in the stack that suits it."
        ),
        Leaning::Even => format!("{first}, {second}: take the one that your team likes better."),
        Leaning::Toward(..) => format!("The points: {first}, {second}."),
    }
}

/// Heading of the bars.
pub fn criteria(first: &str, second: &str) -> String {
    format!("← {first} │ {second} →")
}

/// Heading of the reasons for one side.
pub fn speaks_for(name: &str) -> String {
    format!("Speaks for {name}")
}

/// How much a reason counts, and for what.
pub fn reason_points(reason: &Reason<'_>) -> String {
    let doubled = reason.doubled_by.map_or_else(String::new, |value| format!(", doubled by “{}”", value.title));
    let points = if reason.points == 1 { "point" } else { "points" };
    format!("{}, {} {points}{doubled}", reason.criterion.title, reason.points)
}

/// A change that would turn a recommendation.
pub fn change(change: &Change<'_>) -> String {
    match (change.from, change.to) {
        (Some(from), Some(to)) => format!("{} instead of {}", to.title, from.title),
        (None, Some(to)) => to.title.clone(),
        (Some(from), None) => format!("without {}", from.title),
        (None, None) => String::new(),
    }
}

/// Where a change leads: one that leads to neither side is called so.
pub fn turned(knowledge: &Knowledge, leaning: Leaning) -> String {
    match leaning {
        Leaning::Toward(..) => leaning_in_sentence(knowledge, leaning),
        Leaning::Even => "only to even".to_owned(),
        Leaning::Depends => "only to “it depends”".to_owned(),
    }
}

/// What was understood of a project, in one line.
pub fn understood(found: &Recommendation<'_>) -> String {
    let kind = found.project.map_or(NOT_SAID, |project| project.entry.title.as_str());
    let stated = found.known.iter().filter(|known| !known.stated.is_empty());
    let stated: Vec<String> = stated.map(|known| values(&known.stated)).collect();
    match stated.is_empty() {
        true => format!("Understood: {kind}."),
        false => format!("Understood: {kind}; {}.", stated.join("; ")),
    }
}

/// Words of a text that are quoted at the most.
const QUOTES: usize = 5;
/// Units of a quoted word: nobody writes a longer one to be read.
const QUOTE: usize = 40;

/// Words of a text as they are quoted: each once, and not too many.
pub(super) fn quotes(words: &[String]) -> Vec<String> {
    let mut quotes: Vec<String> = Vec::new();
    for word in words.iter().map(|word| limits::cut(word, QUOTE)) {
        if quotes.len() < QUOTES && !quotes.contains(&word) {
            quotes.push(word);
        }
    }
    quotes
}

/// A value that was stated, with the words that stated it.
pub fn stated(titles: &str, words: &[String]) -> String {
    if words.is_empty() { titles.to_owned() } else { format!("{titles} (by “{}”)", quotes(words).join(" … ")) }
}

/// A value that goes with the kind of project.
pub fn implied(titles: &str) -> String {
    format!("{titles} (goes with such a project)")
}

/// A question with the number of those that are left, where there are more.
pub fn question(question: &str, left: usize) -> String {
    if left > 1 { format!("{question} ({left} questions left)") } else { question.to_owned() }
}

/// The values of a factor, or that it was not said.
pub fn values(values: &[&Value]) -> String {
    let titles: Vec<&str> = values.iter().map(|value| value.title.as_str()).collect();
    if titles.is_empty() { NOT_SAID.to_owned() } else { titles.join(", ") }
}

/// A chart in words.
pub fn chart(knowledge: &Knowledge, found: &Recommendation<'_>, title: &str) -> String {
    let bars = found.criteria.iter().map(|(criterion, points)| {
        let side = if *points < 0 { Side::First } else { Side::Second };
        format!("{}: {} for {}", criterion.title, points.abs(), knowledge.subject(side).name)
    });
    let bars: Vec<String> = bars.collect();
    let result = total(knowledge, found);
    format!("Bar chart of the criteria. {title}: {result}. {}.", bars.join(", "))
}
