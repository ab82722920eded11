//! Votes and decisions whose texts are as long as they can be.

use versus::domain::decisions::{Choice, Decision, Source, Status, Step, Words, Written, bounds};
use versus::domain::knowledge::{Knowledge, Leaning};
use versus::domain::outcome::{Became, Decided};
use versus::domain::request::{DecisionRequest, Request, View};
use versus::domain::team::Remembered;

use super::{Chosen, TODAY, fullest_project};

/// Every kind of request about them.
pub(super) fn requests(chosen: &Chosen, knowledge: &Knowledge) -> Vec<Request> {
    let text = || chosen.text.clone();
    let typed = Written { question: text(), options: text(), hours: text(), least: text() };
    let lawful = Written {
        question: cut(&chosen.text, bounds::QUESTION).replace(char::is_whitespace, "x") + "?",
        ..Written::default()
    };
    let project = View::Project(fullest_project(chosen, knowledge));
    let words = Words { decision: text(), reason: text(), rejected: text(), consequences: text() };
    let topic = knowledge.topics[0].entry.id.clone();
    let steps = [Step::Record(words.clone()), Step::Record(kept_words(chosen)), Step::Withdraw, Step::Supersede(2)];
    let steps = steps.into_iter().map(|step| DecisionRequest::Step(1 + chosen.number % 4, step));
    let others = [
        DecisionRequest::Vote(typed.clone(), String::new(), Some(project.clone())),
        DecisionRequest::Vote(lawful.clone(), topic, None),
        DecisionRequest::Vote(lawful, text(), Some(project.clone())),
        DecisionRequest::EditVote(Some(typed), Some(project.clone())),
        DecisionRequest::EditVote(None, Some(project)),
        DecisionRequest::EditRecord(1 + chosen.number % 4, None),
        DecisionRequest::EditRecord(1, Some(words)),
        DecisionRequest::Export,
    ];
    let views = [View::Decision(1 + chosen.number % 5), View::Decision(9999), View::Decisions(0), View::Decisions(99)];
    steps.chain(others).map(Request::Decision).chain(views.map(Request::Show)).collect()
}

/// Decisions of every status.
pub(super) fn decisions(chosen: &Chosen, knowledge: &Knowledge) -> Vec<Decision> {
    let statuses = [Status::Proposed, Status::Accepted, Status::SupersededBy(u32::MAX), Status::Withdrawn];
    let sources = [
        Source::of(&View::Project(fullest_project(chosen, knowledge))),
        Some(Source::Topic(knowledge.topics[0].entry.id.clone())),
        Some(Source::Tools(knowledge.tools.iter().map(|tool| tool.id.clone()).collect())),
    ];
    let choice = Choice { text: cut(&chosen.text, bounds::OPTION), votes: chosen.number / 10 };
    let all = statuses.into_iter().cycle().zip(sources.into_iter().cycle()).zip(1..=40);
    let all = all.map(|((status, source), number)| Decision {
        number,
        date: TODAY,
        status,
        question: cut(&chosen.text, bounds::QUESTION),
        subject: None,
        source,
        leaning: Some(Leaning::Even),
        options: vec![choice.clone(); *bounds::OPTIONS.end()],
        least: *bounds::LEAST.end(),
        is_counted: chosen.number.is_multiple_of(2),
        words: if status == Status::Proposed { Words::default() } else { kept_words(chosen) },
    });
    all.collect()
}

/// What answers remember.
pub(super) fn remembered(chosen: &Chosen) -> Remembered {
    Remembered { number: u32::MAX, date: TODAY, decision: kept_words(chosen).decision }
}

/// What became of a change.
pub(super) fn done(chosen: &Chosen) -> Became<Decided> {
    let decided = [Decided::Number(u32::MAX), Decided::Yes, Decided::Meanwhile, Decided::Full];
    Became::Done(decided[chosen.number as usize % decided.len()])
}

fn kept_words(chosen: &Chosen) -> Words {
    let words = |most: usize| cut(&chosen.text, most);
    let [reason, rejected, consequences] = [(); 3].map(|()| words(bounds::WORDS));
    Words { decision: words(bounds::DECISION), reason, rejected, consequences }
}

/// As much of a text as has so many units at the most.
fn cut(text: &str, most: usize) -> String {
    text.chars().take(most / 2).collect()
}
