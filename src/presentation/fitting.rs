//! Whether what is known can be shown: every answer is presented once and held against Discord's limits.

use super::limits;
use super::reply::{Reply, Row};
use super::{Reader, present};
use crate::domain::answer::Answer;
use crate::domain::knowledge::{Item, Knowledge, Origins, Problem, QUIZ_QUESTIONS, Side};
use crate::domain::onboarding::{self, QuizView};
use crate::domain::outcome::Done;
use crate::domain::recommendation::recommend;
use crate::domain::request::{self, Description, Part, Quiz};
use crate::domain::situation::Audience;

/// Everything in the knowledge that would not fit into an embed.
pub fn entries_that_do_not_fit(knowledge: &Knowledge, origins: &Origins) -> Vec<Problem> {
    let mut problems = Vec::new();
    for topic in &knowledge.topics {
        let file = format!("topics/{}.toml", topic.entry.id);
        let answer = Answer::Comparison(topic, Vec::new());
        problems.extend(check(knowledge, &answer, &file, |place| origins.line(&file, item(place))));
    }
    for project in &knowledge.projects {
        let file = format!("projects/{}.toml", project.entry.id);
        for described in [Description::of(project.entry.id.as_str()), fullest(knowledge, &project.entry.id)] {
            let answer = Answer::Recommendation(Box::new(recommend(knowledge, &described)), Vec::new());
            problems.extend(check(knowledge, &answer, &file, |place| origins.line(&file, item(place))));
        }
    }
    for path in &knowledge.onboarding.paths {
        let file = format!("onboarding/paths/{}.toml", path.id);
        for (number, step) in path.steps.iter().enumerate() {
            let position = request::TourPosition { path: path.id.clone(), step: step.id.clone() };
            let Some(step) = onboarding::step(knowledge, &position) else { continue };
            let line = origins.line(&file, Item::Step(number));
            problems.extend(check(knowledge, &Answer::Tour(step), &file, |_| line));
        }
    }
    let file = "onboarding/quiz.toml";
    for (number, question) in knowledge.onboarding.questions.iter().enumerate() {
        let chosen = question.wrong.iter().max_by_key(|answer| answer.len()).map_or("", String::as_str);
        let view = QuizView::Explains { number: 1, question, chosen, is_right: false };
        let quiz = Quiz { number: u32::MAX, answers: vec![0; QUIZ_QUESTIONS], explains: true };
        let line = origins.line(file, Item::Question(number));
        problems.extend(check(knowledge, &Answer::Quiz(quiz, view), file, |_| line));
    }
    problems.extend(check(knowledge, &Answer::Welcome, "comparison.toml", |_| 1));
    problems.extend(check(knowledge, &Answer::Help, "intents/help.toml", |_| 1));
    problems.extend(check(knowledge, &Answer::Topics, "comparison.toml", |_| 1));
    problems.extend(check(knowledge, &Answer::Unknown, "comparison.toml", |_| 1));
    problems
}

/// A description with as many values as there can be, whose state is the longest.
fn fullest(knowledge: &Knowledge, id: &str) -> Description {
    let mut described = Description::of(id);
    for factor in &knowledge.weighing.factors {
        let values = factor.values.iter().map(|value| value.code);
        described.stated.insert(factor.code, values.take(if factor.many { usize::MAX } else { 1 }).collect());
        described.changing = Some(Part::Factor(factor.code));
    }
    described
}

fn check(knowledge: &Knowledge, answer: &Answer<'_>, file: &str, line: impl Fn(Place) -> usize) -> Vec<Problem> {
    // The longest asker and a private answer give the longest state and the fullest rows.
    let reader = Reader { asker: u64::MAX, audience: Audience::OnlyAsker, ..Reader::default() };
    let reply = present(knowledge, answer, &Done::default(), &reader);
    misfits(&reply).into_iter().map(|(place, what)| Problem::new(file, line(place), what)).collect()
}

/// A part of a reply, so that a fault can be led back to its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The title.
    Title,
    /// The text below the title.
    Description,
    /// The field of this number, from 0.
    Field(usize),
    /// The reply as a whole.
    Whole,
}

/// The text of a topic or project that is shown in a part of its reply.
fn item(place: Place) -> Item {
    match place {
        Place::Title | Place::Whole => Item::Title,
        Place::Description => Item::Takeaway,
        Place::Field(0) => Item::Point(Side::First, 0),
        Place::Field(1) => Item::Point(Side::Second, 0),
        Place::Field(_) => Item::Claim(0),
    }
}

/// Every limit of Discord that a reply breaks, with the part that breaks it.
pub fn misfits(reply: &Reply) -> Vec<(Place, String)> {
    let embed = &reply.embed;
    let description = embed.description.length();
    let mut found = Vec::new();
    let mut hold = |place, what: &str, length: usize, most: usize| {
        if length > most {
            found.push((place, format!("{what} is {length} long in Discord, expected at most {most}")));
        }
    };
    hold(Place::Title, "the title", limits::length(&embed.title), limits::EMBED_TITLE);
    hold(Place::Description, "the takeaway with the reason", description, limits::EMBED_DESCRIPTION);
    hold(Place::Whole, "the number of fields", embed.fields.len(), limits::EMBED_FIELDS);
    for (at, field) in embed.fields.iter().enumerate() {
        let value = field.value.length();
        hold(Place::Field(at), "the name of a field", limits::length(&field.name), limits::FIELD_NAME);
        let what = format!("the text under “{}”", field.name);
        hold(Place::Field(at), &what, value, limits::FIELD_VALUE);
    }
    let footer = embed.footer.as_deref().map_or(0, limits::length);
    hold(Place::Whole, "the footer", footer, limits::EMBED_FOOTER);
    hold(Place::Whole, "the answer", embed.length(), limits::EMBED_TOTAL);
    hold(Place::Whole, "the number of rows", reply.rows.len(), limits::ROWS);
    for row in &reply.rows {
        let ids: Vec<String> = match row {
            Row::Buttons(buttons) => buttons.iter().map(|button| button.action.to_custom_id()).collect(),
            Row::Menu(menu) => {
                let values = menu.options.iter().map(|option| option.value.clone());
                values.chain([menu.action.to_custom_id()]).collect()
            }
        };
        for id in ids {
            hold(Place::Whole, "the state of a button or menu", limits::length(&id), limits::CUSTOM_ID);
        }
    }
    found
}
