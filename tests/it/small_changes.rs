//! A line more in `data/` changes no answer to a plain question: nobody has to be afraid of adding one.

use versus::domain::core::Core;
use versus::domain::deciding::Decision;
use versus::domain::knowledge::{Parsed, parse};

use crate::knowledge::data_files;

/// Plain questions and what they mean.
const QUESTIONS: [(&str, &str); 14] = [
    ("which is faster, python or node?", "compare:speed"),
    ("which one needs more memory?", "compare:memory"),
    ("who invented node.js", "compare:creator"),
    ("is the GIL still a problem", "compare:concurrency"),
    ("pytest or jest", "compare:testing"),
    ("how does async await differ between python and node", "compare:async"),
    ("which one is easier to learn for a beginner", "compare:learning-curve"),
    ("which one has the better ORM for postgres", "compare:databases"),
    ("we build a ticket shop with a cart and checkout, which stack?", "recommend:e-commerce"),
    ("python or node for a chat app with rooms", "recommend:chat-app"),
    ("i'm new here, where do I start?", "onboarding"),
    ("what can you do", "help"),
    ("how do I read a file in python", "none"),
    ("lunch at twelve?", "none"),
];

/// A file, where in it something is added, and what.
const ADDED: [(&str, &str, &str); 6] = [
    // A word by which people ask for a topic, and questions about a topic, about a project, and about nothing of ours.
    ("topics/speed.toml", "\nwords = [", "\"quick as lightning\", "),
    ("topics/memory.toml", "\nquestions = [", "\"how greedy is each of them with ram sticks\", "),
    ("projects/chat-app.toml", "\nquestions = [", "\"a place where our volunteers type to one another\", "),
    ("intents/none.toml", "\nquestions = [", "\"is there still cake in the kitchen\", "),
    // A phrase by which texts mention a factor, and words that mean the same.
    ("criteria.toml", "\nwords = [", "\"all of us come from\", "),
    ("vocabulary.toml", "\nsame = [", "[\"latency\", \"lag time\"], "),
];

/// A file in which two words change places.
const SWAPPED: &str = "topics/async.toml";

/// The data with all of these changes.
fn changed() -> Vec<(String, String)> {
    let mut files = data_files("data");
    for (name, before, added) in ADDED {
        let text = text_of(&mut files, name);
        assert!(text.contains(before), "{name} has no {before:?}");
        *text = text.replacen(before, &format!("{before}{added}"), 1);
    }
    let text = text_of(&mut files, SWAPPED);
    let (before, words) = text.split_once("\nwords = [").expect("the topic has words");
    let quoted: Vec<&str> = words.split('"').skip(1).step_by(2).take(2).collect();
    let [one, other] = quoted[..] else { panic!("the topic has two words") };
    let (comma, rest) = words
        .split_once(&format!("{one:?}"))
        .and_then(|(_, rest)| rest.split_once(&format!("{other:?}")))
        .expect("they follow each other");
    *text = format!("{before}\nwords = [{other:?}{comma}{one:?}{rest}");
    files
}

fn text_of<'f>(files: &'f mut [(String, String)], name: &str) -> &'f mut String {
    let file = files.iter_mut().find(|(other, _)| other == name);
    &mut file.unwrap_or_else(|| panic!("{name} is not there")).1
}

/// The meaning of each question for somebody who learned from these files.
fn meanings(files: &[(String, String)]) -> Vec<String> {
    let Parsed { knowledge, examples, .. } = parse(files).expect("the data is good");
    let core = Core::new(knowledge, &examples);
    let meaning = |text: &str| match core.decide(text).1 {
        Decision::Answer(label) => label.name(core.knowledge()),
        Decision::Ask(_) => "ask".to_owned(),
        Decision::Other(_) => "other".to_owned(),
        Decision::SmallTalk(_) => "smalltalk".to_owned(),
        Decision::Foreign(_) | Decision::Unknown => "none".to_owned(),
    };
    QUESTIONS.iter().map(|(text, _)| meaning(text)).collect()
}

#[test]
fn plain_questions_mean_the_same_after_small_changes_of_the_data() {
    let found = meanings(&changed());
    let lost: Vec<String> = QUESTIONS
        .iter()
        .zip(&found)
        .filter(|((_, expected), found)| expected != found)
        .map(|((text, expected), found)| format!("{text:?} means {expected}, but became {found}"))
        .collect();
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}
