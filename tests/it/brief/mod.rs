//! Brief answers: how long they are on a phone, and whether what was asked is answered first.

use std::collections::BTreeMap;

use once_cell::sync::Lazy;
use serde::Deserialize;
use versus::domain::answer::Answer;
use versus::domain::core::Core;
use versus::domain::request::{Description, Request, View};
use versus::presentation::custom_id::Asker;
use versus::presentation::reply::{Reply, Row};
use versus::presentation::{Reader, brevity, limits, wording};
use versus::shell::data;

use crate::road;

static CORE: Lazy<Core> = Lazy::new(|| data::load(None).expect("the compiled-in knowledge is good"));

/// The reply to a request by somebody who asked in a command, where the question stands above the answer.
fn reply(request: &Request, question: Option<&str>) -> Reply {
    show(&road::answer(&CORE, request), question)
}

fn show(answer: &Answer<'_>, question: Option<&str>) -> Reply {
    let question = question.map(str::to_owned);
    let reader = Reader { asker: Asker::signed(u64::MAX, &[7; 16]), question, ..Reader::default() };
    road::show(&CORE, answer, &reader)
}

fn ask(text: &str) -> Reply {
    reply(&Request::Ask(text.to_owned()), Some(text))
}

/// What is read of a reply, from top to bottom.
fn read(reply: &Reply) -> String {
    let embed = &reply.embed;
    let fields = embed.fields.iter().map(|field| format!("{}\n{}", field.name, field.text().visible()));
    let parts = [embed.title.clone(), embed.description.visible()].into_iter().chain(fields);
    parts.chain(embed.footer.clone()).collect::<Vec<_>>().join("\n")
}

/// Checks that a brief reply fits, and gives its length.
#[track_caller]
fn check_size(reply: &Reply, what: &str) -> usize {
    let (units, lines) = brevity::size(&reply.embed);
    let fits = units <= limits::BRIEF_MOST && lines <= limits::BRIEF_LINES;
    assert!(fits, "{what}: {units} units and {lines} lines\n{}", read(reply));
    // Where several meanings are offered, each has a button.
    if reply.embed.title == wording::DID_YOU_MEAN {
        return units;
    }
    let [buttons, menus] =
        [true, false].map(|wanted| reply.rows.iter().filter(|row| matches!(row, Row::Buttons(_)) == wanted).count());
    assert!(buttons <= 1 && menus <= 1, "{what}: {buttons} rows of buttons and {menus} menus");
    units
}

/// Every reply that the knowledge can lead to: its name, and its request.
fn requests() -> Vec<(&'static str, String, Request, Option<String>)> {
    let knowledge = CORE.knowledge();
    let mut all = Vec::new();
    for topic in &knowledge.topics {
        all.push(("topic", topic.entry.id.clone(), Request::Compare(topic.entry.id.clone()), None));
        for answer in &topic.answers {
            let question = answer.question.clone();
            all.push(("question", question.clone(), Request::Ask(question.clone()), Some(question)));
            all.push(("answer", answer.id.clone(), Request::Show(View::Answer(answer.id.clone())), None));
        }
    }
    for project in &knowledge.projects {
        let view = View::Project(Description::of(project.entry.id.as_str()));
        all.push(("project", project.entry.id.clone(), Request::Show(view.clone()), None));
        all.push(("why", project.entry.id.clone(), Request::Follow("why?".to_owned(), view), None));
    }
    for tool in &knowledge.tools {
        all.push(("tool", tool.id.clone(), Request::Compare(tool.names[0].clone()), Some(tool.names[0].clone())));
    }
    all
}

#[test]
fn every_topic_project_and_tool_fits_on_a_phone() {
    let mut lengths: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (kind, name, request, question) in requests() {
        let reply = reply(&request, question.as_deref());
        lengths.entry(kind).or_default().push(check_size(&reply, &format!("{kind} {name}")));
    }
    lengths.values_mut().for_each(|lengths| lengths.sort_unstable());
    let median = |kind: &str| lengths[kind][lengths[kind].len() / 2];
    assert!(median("question") <= limits::BRIEF_AIM, "{lengths:?}");
}

#[test]
fn whatever_was_collected_is_answered_briefly() {
    let collected = [
        include_str!("../phrasings/conversational.jsonl"),
        include_str!("../phrasings/forum.jsonl"),
        include_str!("../phrasings/short.jsonl"),
    ];
    let mut lengths = Vec::new();
    for line in collected.iter().flat_map(|text| text.lines()) {
        let line: serde_json::Value = serde_json::from_str(line).expect("it is JSON");
        let text = line["text"].as_str().expect("a line has its text");
        let answer = road::answer(&CORE, &Request::Ask(text.to_owned()));
        if matches!(answer, Answer::Brief(_) | Answer::Briefs(_) | Answer::Recommendation(..) | Answer::Tools(_)) {
            // A sentence takes long to read, so it is read once.
            lengths.push(check_size(&show(&answer, Some(text)), text));
        }
    }
    lengths.sort_unstable();
    assert!(lengths[lengths.len() / 2] <= limits::BRIEF_AIM, "{lengths:?}");
}

#[test]
fn the_help_is_as_short_as_an_answer() {
    let (units, _) = brevity::size(&ask("help").embed);
    assert!(units <= limits::BRIEF_MOST, "{units} units");
}

/// A question, and what has to stand in the first characters of its answer: of each list one, in any case of letters.
#[derive(Deserialize)]
struct Case {
    text: String,
    must: Vec<Vec<String>>,
}

/// Characters that a first screen shows.
const FIRST_SCREEN: usize = 500;

#[test]
fn the_first_screen_says_what_was_asked() {
    let mut missing = Vec::new();
    let cases: Vec<Case> = include_str!("first_screen.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("a case is a line"))
        .collect();
    for case in &cases {
        let screen: String = read(&ask(&case.text)).chars().take(FIRST_SCREEN).collect::<String>().to_lowercase();
        if !case.must.iter().all(|one_of| one_of.iter().any(|word| screen.contains(word.as_str()))) {
            missing.push(format!("{}: {}", case.text, screen.replace('\n', " ")));
        }
    }
    let share = 1.0 - missing.len() as f32 / cases.len() as f32;
    // Words alone find fewer answers.
    let least = if cfg!(feature = "sentences") { 0.9 } else { 0.7 };
    assert!(share >= least, "{share} of {}:\n{}", cases.len(), missing.join("\n"));
}

/// Checks that a reply says first that a rival is not compared, then what is known of the named side, and no verdict.
#[track_caller]
fn check_rival(text: &str, rival: &str, heading: &str) {
    let reply = ask(text);
    check_size(&reply, text);
    let read = read(&reply);
    let says = |what: &str| read.find(what).unwrap_or_else(|| panic!("{text}: no {what:?} in {read}"));
    assert!(says(&format!("I don't compare {rival}")) < says(heading), "{read}");
    assert!(reply.embed.fields.iter().any(|field| field.name == heading && !field.paragraphs.is_empty()), "{read}");
    for verdict in ["━", "Leans", "learly", "lightly"] {
        assert!(!read.contains(verdict), "{text}: {verdict:?} in {read}");
    }
}

#[test]
fn of_a_rival_it_is_said_that_it_is_not_compared_and_then_what_is_known_of_the_named_side() {
    check_rival("rust or python for a cli", "Rust", "🐍 Python: Command-line tool");
    check_rival("is deno faster than node", "Deno", "🟢 Node.js: Speed");
    check_rival("is julia really that much faster than python", "Julia", "🐍 Python: Speed");
    check_rival("python vs r for statistics", "R", "🐍 Python: Data science and AI");
    // Where nothing says what is asked about the side, nothing is made up.
    assert!(ask("go or rust").embed.fields.iter().all(|field| !field.name.contains("Python")));
}

#[test]
fn a_tool_that_is_named_is_never_passed_over() {
    let knowledge = CORE.knowledge();
    let mut passed_over = Vec::new();
    for tool in &knowledge.tools {
        let name = &tool.names[0];
        let counterpart = tool.counterparts.first().and_then(|id| knowledge.tool(id)).map(|tool| &tool.names[0]);
        let mut texts = vec![(name.clone(), vec![name])];
        if let Some(other) = counterpart {
            texts.push((format!("{name} vs {other}"), vec![name, other]));
            texts.push((format!("what is the equivalent of {name}?"), vec![name, other]));
        }
        for (text, names) in texts {
            let said = read(&reply(&Request::Compare(text.clone()), Some(&text))).to_lowercase();
            if !names.iter().all(|name| said.contains(&name.to_lowercase())) {
                passed_over.push(format!("{text}: {}", said.replace('\n', " ").chars().take(120).collect::<String>()));
            }
        }
    }
    assert!(passed_over.is_empty(), "{} of them:\n{}", passed_over.len(), passed_over.join("\n"));
}
