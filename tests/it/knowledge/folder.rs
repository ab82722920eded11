//! The folder as a whole: which files it has, and that all problems are reported at once.

use std::fs;

use expect_test::expect;
use versus::domain::knowledge::parse;

use super::{DATA, OTHER, data_files, folder_with, knowledge, lines};
use crate::program::versus;

/// The fixed ids of the topics.
const TOPICS: &str = "definition creator first-release paradigm typing runtime usage benefits ecosystem code-size \
    learning-curve speed async concurrency io-model generators real-time scalability memory large-projects error-handling \
    databases integration full-stack web-development data-science stability platforms package-management testing deployment \
    security popularity tooling support-lifecycle getting-started verdict";
/// The fixed ids of the kinds of project.
const PROJECTS: &str = "chat-app e-commerce marketplace cms rest-api microservices data-pipeline machine-learning \
    scientific-computing government website streaming dashboard desktop-app game automation iot serverless cli-tool \
    prototype web-scraping enterprise other";

#[test]
fn every_fixed_topic_and_project_is_there() {
    let knowledge = knowledge(DATA);
    for id in TOPICS.split_whitespace() {
        assert!(knowledge.topic(id).is_some(), "topic {id}");
    }
    for id in PROJECTS.split_whitespace() {
        assert!(knowledge.project(id).is_some(), "project {id}");
    }
}

#[test]
fn all_problems_are_reported_at_once() {
    let mut files = data_files(OTHER);
    for (_, text) in files.iter_mut().filter(|(name, _)| name.starts_with("topics/")) {
        *text = text.replace("takeaway", "takeway").replace("reason", "raison");
    }
    files.retain(|(name, _)| name != "comparison.toml");
    files.push(("topics/Bad Name.toml".to_owned(), String::new()));
    files.push(("notes.toml".to_owned(), String::new()));
    let problems = parse(&files).expect_err("there are problems");
    expect![[r#"
        comparison.toml:1: the file is missing, expected the comparison
        notes.toml:1: the file belongs to nothing, expected comparison, sources, criteria, releases or vocabulary.toml or one in topics/, projects/, tools/, intents/ or onboarding/
        topics/Bad Name.toml:1: `Bad Name` cannot be an id, expected a name of a–z, 0–9 and -, at most 40 long
        topics/Bad Name.toml:1: the file is empty, expected a topic
        topics/caffeine.toml:3: `takeway` is not a field of a topic, did you mean `takeaway`
        topics/caffeine.toml:6: `raison` is not a field of a topic, did you mean `reason`
        topics/taste.toml:3: `takeway` is not a field of a topic, did you mean `takeaway`
        topics/taste.toml:5: `raison` is not a field of a topic, did you mean `reason`"#]].assert_eq(&lines(&problems));
}

#[test]
fn a_text_that_would_not_fit_an_embed_is_found() {
    let folder = folder_with("too-long", "topics/taste.toml", "Bitter", &"Bitter é日🦀 ".repeat(200));
    let run = versus(&["check", folder.to_str().expect("it is UTF-8")], b"", &[]);
    fs::remove_dir_all(&folder).expect("the folder can be removed");
    assert_eq!(run.code, Some(1), "{}", run.output);
    let errors = run.errors.replace(folder.to_str().expect("it is UTF-8"), "DIR");
    expect![[r#"
        DIR/topics/taste.toml:13: the text under “☕ Coffee” is 2415 long in Discord, expected at most 1024
        versus: the knowledge in DIR has 1 problem; correct the lines above; README.md in the data folder explains the format
    "#]].assert_eq(&errors);
}
