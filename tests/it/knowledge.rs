//! The knowledge in `data/`: complete, sourced, and refused with every problem at once when it is bad.

use std::fs;
use std::path::PathBuf;

use expect_test::{Expect, expect};
use versus::domain::knowledge::{Knowledge, parse};
use versus::domain::recommendation::disagreements;

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

/// A small comparison.
const OTHER: &str = "tests/it/other_comparison/data";

pub(crate) fn data_files(folder: &str) -> Vec<(String, String)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                let name = path.strip_prefix(&root).expect("it lies below").to_str().expect("it is UTF-8");
                files.push((name.replace('\\', "/"), fs::read_to_string(&path).expect("it is UTF-8")));
            }
        }
    }
    files
}

pub(crate) fn knowledge(folder: &str) -> Knowledge {
    parse(&data_files(folder)).expect("the data is good")
}

#[test]
fn every_fixed_topic_and_project_is_there() {
    let knowledge = knowledge("data");
    for id in TOPICS.split_whitespace() {
        assert!(knowledge.topic(id).is_some(), "topic {id}");
    }
    for id in PROJECTS.split_whitespace() {
        assert!(knowledge.project(id).is_some(), "project {id}");
    }
}

#[test]
fn every_fixed_place_of_the_article_is_told() {
    let knowledge = knowledge("data");
    let claims = knowledge.topics.iter().flat_map(|topic| &topic.claims);
    let places: Vec<&str> = claims.map(|claim| claim.place.as_str()).collect();
    let paragraphs = (1..=6).map(|number| format!("introduction §{number}"));
    let differences = (1..=10).map(|number| format!("key difference {number}"));
    let rows = ["Definition", "Usage", "Benefits", "Real Time Usage", "First Released"];
    let rows = rows.map(|row| format!("table, row “{row}”"));
    for place in paragraphs.chain(differences).chain(rows).chain(["conclusion".to_owned()]) {
        let told = places.iter().any(|other| other.split(", ").any(|part| part == place) || other.contains(&place));
        assert!(told, "{place} is told nowhere");
    }
}

/// Changes one file of the small comparison and lists what is wrong with it then.
#[track_caller]
fn check(file: &str, old: &str, new: &str, expected: Expect) {
    let mut files = data_files(OTHER);
    let (_, text) = files.iter_mut().find(|(name, _)| name == file).expect("the file is there");
    assert!(text.contains(old), "{file} does not contain {old:?}");
    *text = text.replacen(old, new, 1);
    let problems = parse(&files).expect_err("there is a problem");
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
#[allow(clippy::too_many_lines, reason = "it is a list of cases")]
fn each_problem_is_told_with_its_line() {
    let topic = "topics/taste.toml";
    check(
        topic,
        "takeaway",
        "takeway",
        expect![[r#"
        topics/taste.toml:1: a topic has no `takeaway`, expected a text
        topics/taste.toml:3: `takeway` is not a field of a topic, expected one of category, title, takeaway, reason, leaning, strength, checked, related, ask, sides, article"#]],
    );
    check(
        topic,
        "title = \"Taste\"",
        "title = 7",
        expect!["topics/taste.toml:1: `title` must be a text: invalid type: integer `7`, expected a string"],
    );
    check(
        topic,
        "title = \"Taste\"",
        "title = \" \"",
        expect!["topics/taste.toml:1: `title` is blank, expected a text"],
    );
    check(
        topic,
        "sources = [\"leaf\"]",
        "sources = []",
        expect!["topics/taste.toml:9: there is no source, expected at least one id of sources.toml"],
    );
    check(
        topic,
        "sources = [\"leaf\"]",
        "sources = [\"loaf\"]",
        expect!["topics/taste.toml:11: there is no source `loaf`, expected an id of sources.toml"],
    );
    check(
        topic,
        "related = [\"caffeine\"]",
        "related = [\"cafeine\", \"taste\"]",
        expect![[r#"
        topics/taste.toml:7: `taste` is related to itself, expected another topic
        topics/taste.toml:7: there is no topic `cafeine`, expected the name of a file in topics/"#]],
    );
    check(
        topic,
        "checked = 2026-11-01",
        "checked = \"2026-11-01\"",
        expect![[
            r#"topics/taste.toml:6: `checked` must be a date such as 2026-11-22, without quotes: invalid type: string "2026-11-01", expected a TOML datetime"#
        ]],
    );
    check(
        topic,
        "checked = 2026-11-01",
        "",
        expect!["topics/taste.toml:1: a topic has no `checked`, expected a date such as 2026-11-22, without quotes"],
    );
    check(
        topic,
        "leaning = \"even\"",
        "leaning = \"milk\"",
        expect!["topics/taste.toml:4: `leaning` cannot be `milk`, expected tea, coffee, even or depends"],
    );
    check(
        topic,
        "leaning = \"even\"",
        "leaning = \"tea\"",
        expect![[r#"topics/taste.toml:4: `strength` is missing, expected "slight" or "strong""#]],
    );
    check(
        topic,
        "category = \"cup\"",
        "category = \"cap\"",
        expect!["topics/taste.toml:2: there is no category `cap`, expected one of cup"],
    );
    check(
        topic,
        "\"flavour\"",
        "\"stimulant\"",
        expect![
            "topics/taste.toml:25: the word `stimulant` stands in caffeine too, expected each word in one place only"
        ],
    );
    check(
        topic,
        "[[sides.coffee]]",
        "[[sides.cocoa]]",
        expect![[r#"
        topics/taste.toml:9: there is no point [[sides.coffee]], expected one
        topics/taste.toml:13: `cocoa` is not a field of what holds for each side, expected one of tea, coffee"#]],
    );
    check(
        topic,
        "verdict = \"wrong\"",
        "verdict = \"false\"",
        expect!["topics/taste.toml:20: `verdict` must be holds, dated, misleading or wrong"],
    );
    check(
        topic,
        "today = ",
        "# today = ",
        expect!["topics/taste.toml:17: a claim that does not hold has no `today`, expected what holds instead"],
    );
    check(
        topic,
        "title = \"Taste\"",
        "title = \"Taste",
        expect![[r#"topics/taste.toml:1: invalid basic string, expected `"`"#]],
    );
    check(
        "sources.toml",
        "https://example.org/leaf",
        "example.org/leaf (1)",
        expect![[r#"
        sources.toml:3: `url` must have no blank and no closing bracket, write %20 and %29
        sources.toml:3: `url` must start with https:// or http://"#]],
    );
    check(
        "sources.toml",
        "\"2026-10\"",
        "\"October\"",
        expect![[r#"sources.toml:4: `as_of` must be "YYYY", "YYYY-MM" or "YYYY-MM-DD""#]],
    );
    check(
        "comparison.toml",
        "#7B3F00",
        "brown",
        expect![[r##"comparison.toml:18: `colour` must be written "#RRGGBB""##]],
    );
    check(
        "comparison.toml",
        "id = \"tea\"",
        "id = \"the\"",
        expect![[r#"
            criteria.toml:40: `toward` must be the or coffee
            criteria.toml:65: `toward` must be the or coffee
            projects/breakfast.toml:20: `toward` must be the or coffee
            topics/caffeine.toml:10: `tea` is not a field of what holds for each side, expected one of the, coffee
            topics/caffeine.toml:10: there is no point [[sides.the]], expected one
            topics/taste.toml:9: `tea` is not a field of what holds for each side, expected one of the, coffee
            topics/taste.toml:9: there is no point [[sides.the]], expected one"#]],
    );
}

#[test]
#[allow(clippy::too_many_lines, reason = "it is a list of cases")]
fn each_problem_of_the_criteria_is_told_with_its_line() {
    let criteria = "criteria.toml";
    check(
        criteria,
        "criterion = \"waking\"",
        "criterion = \"waken\"",
        expect!["criteria.toml:27: there is no criterion `waken`, expected one of criteria.toml"],
    );
    check(criteria, "points = 3", "points = 0", expect!["criteria.toml:41: `points` is 0, expected 1 to 4"]);
    check(criteria, "points = 3", "points = 5", expect!["criteria.toml:41: `points` is 5, expected 1 to 4"]);
    check(
        criteria,
        "points = 3",
        "points = 300",
        expect!["criteria.toml:41: `points` must be a number from 1 to 4: invalid value: integer `300`, expected u8"],
    );
    check(
        criteria,
        "points = 3",
        "points = \"é日🦀\"",
        expect![[
            r#"criteria.toml:41: `points` must be a number from 1 to 4: invalid type: string "é日🦀", expected u8"#
        ]],
    );
    check(
        criteria,
        "toward = \"tea\"",
        "toward = \"milk\"",
        expect!["criteria.toml:40: `toward` must be tea or coffee"],
    );
    check(
        criteria,
        "Children are",
        &"é日🦀".repeat(51),
        expect!["criteria.toml:42: `reason` is 168 characters long, expected at most 150"],
    );
    check(
        criteria,
        "sources = [\"leaf\"]",
        "sources = []",
        expect!["criteria.toml:38: there is no source, expected at least one id of sources.toml"],
    );
    check(
        criteria,
        "sources = [\"leaf\"]",
        "sources = [\"loaf\"]",
        expect!["criteria.toml:43: there is no source `loaf`, expected an id of sources.toml"],
    );
    check(
        criteria,
        "title = \"Waking up\"",
        "title = \"Being awakened again by é\"",
        expect!["criteria.toml:6: `title` is 25 characters long, expected at most 22"],
    );
    check(
        criteria,
        "title = \"children\"",
        &format!("title = \"{}\"", "é日🦀 ".repeat(11)),
        expect!["criteria.toml:36: `title` is 44 characters long, expected at most 40"],
    );
    check(
        criteria,
        "Who comes?",
        &"é日🦀?".repeat(26),
        expect!["criteria.toml:18: `question` is 104 characters long, expected at most 100"],
    );
    check(
        criteria,
        "topic = \"taste\"",
        "topic = \"smell\"",
        expect!["criteria.toml:12: there is no topic `smell`, expected the name of a file in topics/"],
    );
    check(
        criteria,
        "topic = \"taste\"",
        "topic = \"caffeine\"",
        expect!["criteria.toml:12: the topic `caffeine` stands for two criteria, expected one each"],
    );
    check(
        criteria,
        "id = \"flavour\"",
        "id = \"waking\"",
        expect![[r#"
        criteria.toml:1: the criterion `waking` occurs twice, expected it once
        criteria.toml:64: there is no criterion `flavour`, expected one of criteria.toml
        projects/breakfast.toml:19: there is no criterion `flavour`, expected one of criteria.toml"#]],
    );
    check(
        criteria,
        "id = \"cups\"",
        "id = \"guests\"",
        expect!["criteria.toml:1: the factor `guests` occurs twice, expected it once"],
    );
    check(
        criteria,
        "id = \"children\"",
        "id = \"early\"",
        expect!["criteria.toml:14: the value `early` occurs twice, expected it once"],
    );
    check(
        criteria,
        "code = \"C\"",
        "code = \"G\"",
        expect!["criteria.toml:1: the code `G` occurs twice, expected it once"],
    );
    check(
        criteria,
        "code = \"c\"",
        "code = \"e\"",
        expect!["criteria.toml:14: the code `e` occurs twice, expected it once"],
    );
    check(
        criteria,
        "code = \"C\"",
        "code = \"Cups4alll\"",
        expect!["criteria.toml:47: `code` must be 1 to 8 letters or digits, each of a-z, A-Z or 0-9"],
    );
    check(
        criteria,
        "code = \"C\"",
        "code = \"é日🦀\"",
        expect!["criteria.toml:47: `code` must be 1 to 8 letters or digits, each of a-z, A-Z or 0-9"],
    );
    check(
        criteria,
        "code = \"c\"",
        "code = \"-\"",
        expect!["criteria.toml:35: `code` must be 1 to 8 letters or digits, each of a-z, A-Z or 0-9"],
    );
    check(
        criteria,
        "doubles = [\"waking\"]",
        "doubles = [\"sleeping\"]",
        expect!["criteria.toml:56: there is no criterion `sleeping`, expected one of criteria.toml"],
    );
    check(
        criteria,
        "\"mugs\", \"china\"",
        "\"mugs\", \"glasses\"",
        expect!["criteria.toml:70: there is no value `glasses` to unite, expected one of cups"],
    );
    check(
        criteria,
        "many = true",
        "many = \"several\"",
        expect![[
            r#"criteria.toml:19: `many` must be true or false: invalid type: string "several", expected a boolean"#
        ]],
    );
    check(
        criteria,
        "many = true",
        "most = 2",
        expect![
            "criteria.toml:19: `most` is not a field of a factor, expected one of id, code, title, question, many, value"
        ],
    );
    check(
        criteria,
        "sleepy = [\"tired\", \"sleepy\", \"drowsy\"]",
        "sleepy = \"tired\"",
        expect![[r#"
            criteria.toml:1: `groups` must be lists of words by name: invalid type: string "tired", expected a sequence
            criteria.toml:25: there is no group `sleepy`, expected one of [groups] or a subject"#]],
    );
}

#[test]
fn each_problem_of_the_weights_of_a_project_is_told_with_its_line() {
    let project = "projects/breakfast.toml";
    check(
        project,
        "guests = [",
        "hosts = [",
        expect!["projects/breakfast.toml:9: there is no factor `hosts`, expected one of criteria.toml"],
    );
    check(
        project,
        "[\"early\"]",
        "[\"late\"]",
        expect!["projects/breakfast.toml:9: `guests` has no value `late`, expected one of criteria.toml"],
    );
    check(
        project,
        "guests = [\"early\"]",
        "cups = [\"mugs\", \"china\"]",
        expect!["projects/breakfast.toml:9: `cups` has one value at a time, expected one"],
    );
    check(
        project,
        "guests = [\"early\"]",
        "guests = \"early\"",
        expect![[
            r#"projects/breakfast.toml:9: `implies` must be lists of values by factor: invalid type: string "early", expected a sequence"#
        ]],
    );
    check(
        project,
        "criterion = \"waking\"",
        "criterion = \"price\"",
        expect!["projects/breakfast.toml:12: there is no criterion `price`, expected one of criteria.toml"],
    );
    check(project, "points = 2", "points = 0", expect!["projects/breakfast.toml:14: `points` is 0, expected 1 to 4"]);
    check(project, "points = 2", "points = 5", expect!["projects/breakfast.toml:14: `points` is 5, expected 1 to 4"]);
    check(
        project,
        "toward = \"coffee\"",
        "toward = \"even\"",
        expect!["projects/breakfast.toml:13: `toward` must be tea or coffee"],
    );
    check(
        project,
        "A cup in the morning",
        &"é日🦀".repeat(51),
        expect!["projects/breakfast.toml:15: `reason` is 174 characters long, expected at most 150"],
    );
    check(
        project,
        "sources = [\"leaf\"]",
        "",
        expect![[r#"
        projects/breakfast.toml:18: a weight has no `sources`, expected a list of texts
        projects/breakfast.toml:18: there is no source, expected at least one id of sources.toml"#]],
    );
}

#[test]
#[allow(clippy::too_many_lines, reason = "it is a list of cases")]
fn each_problem_of_a_tour_is_told_with_its_line() {
    let tour = "onboarding/paths/brewing.toml";
    check(
        tour,
        "title = \"Brewing\"",
        "title = \"é\"\nname = \"日\"",
        expect![
            "onboarding/paths/brewing.toml:2: `name` is not a field of a tour, expected one of title, description, checked, step"
        ],
    );
    check(
        tour,
        "title = \"Brewing\"\n",
        "",
        expect!["onboarding/paths/brewing.toml:1: a tour has no `title`, expected a text"],
    );
    check(
        tour,
        "Brewing",
        "Brewing é 日 🦀, and all that goes before it",
        expect!["onboarding/paths/brewing.toml:1: `title` is 42 characters long, expected at most 40"],
    );
    check(
        tour,
        "You stand at the kettle.",
        &"é日🦀 ".repeat(26),
        expect!["onboarding/paths/brewing.toml:2: `description` is 104 characters long, expected at most 100"],
    );
    check(
        tour,
        "checked = 2026-11-01",
        "checked = \"2026-11-01\"",
        expect![[
            r#"onboarding/paths/brewing.toml:3: `checked` must be a date such as 2026-11-22, without quotes: invalid type: string "2026-11-01", expected a TOML datetime"#
        ]],
    );
    check(
        tour,
        "id = \"water\"",
        "id = \"Water\"",
        expect!["onboarding/paths/brewing.toml:6: `Water` cannot be an id, expected a–z, 0–9 and -, at most 20 long"],
    );
    check(
        tour,
        "id = \"water\"",
        "id = \"é-日-🦀\"",
        expect!["onboarding/paths/brewing.toml:6: `é-日-🦀` cannot be an id, expected a–z, 0–9 and -, at most 20 long"],
    );
    check(
        tour,
        "id = \"water\"",
        "id = \"water-that-just-boiled\"",
        expect![
            "onboarding/paths/brewing.toml:6: `water-that-just-boiled` cannot be an id, expected a–z, 0–9 and -, at most 20 long"
        ],
    );
    check(
        tour,
        "id = \"water\"",
        "id = \"\"",
        expect!["onboarding/paths/brewing.toml:6: `id` is blank, expected a text"],
    );
    check(
        tour,
        "id = \"water\"\n",
        "",
        expect!["onboarding/paths/brewing.toml:5: a step has no `id`, expected a text"],
    );
    check(
        tour,
        "id = \"leaves\"",
        "id = \"water\"",
        expect!["onboarding/paths/brewing.toml:1: the step `water` occurs twice, expected it once"],
    );
    check(
        tour,
        "title = \"Water first\"",
        "title = \"Water first, é 日 🦀, and then all of the rest of it, cup by cup\"",
        expect!["onboarding/paths/brewing.toml:7: `title` is 62 characters long, expected at most 60"],
    );
    check(
        tour,
        "A spoon of leaves",
        &"A spoon of é日🦀 leaves ".repeat(32),
        expect!["onboarding/paths/brewing.toml:15: `text` is 718 characters long, expected at most 650"],
    );
    check(
        tour,
        "text = \"A spoon of leaves for each cup.\"\n",
        "",
        expect!["onboarding/paths/brewing.toml:12: a step has no `text`, expected a text"],
    );
    check(
        tour,
        "topic = \"taste\"",
        "topic = \"smell\"",
        expect!["onboarding/paths/brewing.toml:9: there is no topic `smell`, expected the name of a file in topics/"],
    );
    check(
        tour,
        "topic = \"taste\"\n",
        "",
        expect!["onboarding/paths/brewing.toml:5: a step has no `topic`, expected a text"],
    );
    check(
        tour,
        "sources = [\"leaf\"]",
        "sources = []",
        expect!["onboarding/paths/brewing.toml:5: there is no source, expected at least one id of sources.toml"],
    );
    check(
        tour,
        "sources = [\"leaf\"]\n",
        "",
        expect![[r#"
        onboarding/paths/brewing.toml:5: a step has no `sources`, expected a list of texts
        onboarding/paths/brewing.toml:5: there is no source, expected at least one id of sources.toml"#]],
    );
    check(
        tour,
        "sources = [\"leaf\"]",
        "sources = [\"loaf\"]",
        expect!["onboarding/paths/brewing.toml:10: there is no source `loaf`, expected an id of sources.toml"],
    );
    check(
        tour,
        "[[step]]\nid = \"tidying\"",
        "[[stop]]\nid = \"tidying\"",
        expect![[r#"
        onboarding/paths/brewing.toml:1: the tour has 6 steps, expected 7 to 9
        onboarding/paths/brewing.toml:47: `stop` is not a field of a tour, expected one of title, description, checked, step"#]],
    );
}

#[test]
#[allow(clippy::too_many_lines, reason = "it is a list of cases")]
fn each_problem_of_the_quiz_is_told_with_its_line() {
    let quiz = "onboarding/quiz.toml";
    check(
        quiz,
        "id = \"more-caffeine\"",
        "id = \"more caffeine\"",
        expect!["onboarding/quiz.toml:2: `more caffeine` cannot be an id, expected a–z, 0–9 and -, at most 24 long"],
    );
    check(
        quiz,
        "id = \"more-caffeine\"",
        "id = \"more-caffeine-of-the-two-cups\"",
        expect![
            "onboarding/quiz.toml:2: `more-caffeine-of-the-two-cups` cannot be an id, expected a–z, 0–9 and -, at most 24 long"
        ],
    );
    check(
        quiz,
        "id = \"leaf-taste\"",
        "id = \"more-caffeine\"",
        expect!["onboarding/quiz.toml:1: the question `more-caffeine` occurs twice, expected it once"],
    );
    check(
        quiz,
        "id = \"leaf-taste\"\n",
        "",
        expect!["onboarding/quiz.toml:15: a question has no `id`, expected a text"],
    );
    check(
        quiz,
        "Which cup has more caffeine?",
        &"é日🦀?".repeat(51),
        expect!["onboarding/quiz.toml:3: `text` is 204 characters long, expected at most 200"],
    );
    check(
        quiz,
        "right = \"A cup of coffee\"\n",
        "",
        expect!["onboarding/quiz.toml:1: a question has no `right`, expected a text"],
    );
    check(
        quiz,
        "right = \"A cup of coffee\"",
        "right = [\"A cup of coffee\"]",
        expect!["onboarding/quiz.toml:4: `right` must be a text: invalid type: sequence, expected a string"],
    );
    check(
        quiz,
        "right = \"A cup of coffee\"",
        "right = \" \"",
        expect![[r#"
        onboarding/quiz.toml:4: `right` is blank, expected a text
        onboarding/quiz.toml:6: the length of the answer is too far from the right one's, so that it gives the right one away, expected at most 1.7 times as much or as little
        onboarding/quiz.toml:7: the length of the answer is too far from the right one's, so that it gives the right one away, expected at most 1.7 times as much or as little
        onboarding/quiz.toml:8: the length of the answer is too far from the right one's, so that it gives the right one away, expected at most 1.7 times as much or as little
        onboarding/quiz.toml:9: the length of the answer is too far from the right one's, so that it gives the right one away, expected at most 1.7 times as much or as little"#]],
    );
    check(
        quiz,
        "  \"A cup of tea\",\n",
        "",
        expect!["onboarding/quiz.toml:1: there are 3 wrong answers, expected at least 4"],
    );
    check(
        quiz,
        "A cup of tea",
        "A cup of milk",
        expect!["onboarding/quiz.toml:8: the answer “A cup of milk” occurs twice, expected it once"],
    );
    check(
        quiz,
        "A cup of tea",
        "A cup of coffee",
        expect!["onboarding/quiz.toml:6: the answer “A cup of coffee” occurs twice, expected it once"],
    );
    check(
        quiz,
        "A cup of tea",
        "é日🦀",
        expect![
            "onboarding/quiz.toml:6: the length of the answer is too far from the right one's, so that it gives the right one away, expected at most 1.7 times as much or as little"
        ],
    );
    check(
        quiz,
        "A cup of tea",
        "A cup of tea, and another one 🦀",
        expect![
            "onboarding/quiz.toml:6: the length of the answer is too far from the right one's, so that it gives the right one away, expected at most 1.7 times as much or as little"
        ],
    );
    check(
        quiz,
        "A cup of tea",
        &"é日🦀".repeat(34),
        expect![[r#"
        onboarding/quiz.toml:6: the answer is longer than 100 characters
        onboarding/quiz.toml:6: the length of the answer is too far from the right one's, so that it gives the right one away, expected at most 1.7 times as much or as little"#]],
    );
    check(
        quiz,
        "A cup of tea",
        "",
        expect![
            "onboarding/quiz.toml:6: the length of the answer is too far from the right one's, so that it gives the right one away, expected at most 1.7 times as much or as little"
        ],
    );
    check(
        quiz,
        "explanation = \"About 90 mg against 40.\"\n",
        "",
        expect!["onboarding/quiz.toml:1: a question has no `explanation`, expected a text"],
    );
    check(
        quiz,
        "About 90 mg against 40.",
        " ",
        expect!["onboarding/quiz.toml:11: `explanation` is blank, expected a text"],
    );
    check(
        quiz,
        "About 90 mg against 40.",
        &"é日🦀".repeat(101),
        expect!["onboarding/quiz.toml:11: `explanation` is 303 characters long, expected at most 300"],
    );
    check(
        quiz,
        "topic = \"caffeine\"",
        "topic = \"smell\"",
        expect!["onboarding/quiz.toml:12: there is no topic `smell`, expected the name of a file in topics/"],
    );
    check(
        quiz,
        "sources = [\"bean\"]",
        "sources = []",
        expect!["onboarding/quiz.toml:1: there is no source, expected at least one id of sources.toml"],
    );
    check(
        quiz,
        "sources = [\"bean\"]",
        "sources = [\"been\"]",
        expect!["onboarding/quiz.toml:13: there is no source `been`, expected an id of sources.toml"],
    );
    check(
        quiz,
        "wrong = [",
        "wrong = \"A cup of tea\"\nothers = [",
        expect![[r#"
        onboarding/quiz.toml:1: there are 0 wrong answers, expected at least 4
        onboarding/quiz.toml:5: `wrong` must be a list of texts
        onboarding/quiz.toml:6: `others` is not a field of a question, expected one of id, text, right, wrong, explanation, topic, sources"#]],
    );
}

/// Lists what is wrong with the small comparison when its tour was changed by a function of its steps.
#[track_caller]
fn check_steps(change: impl Fn(&mut Vec<String>), expected: Expect) {
    let mut files = data_files(OTHER);
    let (_, text) = files.iter_mut().find(|(name, _)| name == "onboarding/paths/brewing.toml").expect("it is there");
    let mut steps: Vec<String> = text.split("[[step]]").map(str::to_owned).collect();
    change(&mut steps);
    *text = steps.join("[[step]]");
    let problems = parse(&files).err().unwrap_or_default();
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn a_tour_has_seven_to_nine_steps() {
    let another = |number: usize| {
        format!("\nid = \"more-{number}\"\ntitle = \"More\"\ntext = \"🦀\"\ntopic = \"taste\"\nsources = [\"leaf\"]\n")
    };
    check_steps(|steps| steps.extend((0..2).map(another)), expect![[r#""#]]);
    check_steps(
        |steps| steps.extend((0..3).map(another)),
        expect!["onboarding/paths/brewing.toml:1: the tour has 10 steps, expected 7 to 9"],
    );
    check_steps(
        |steps| steps.truncate(7),
        expect!["onboarding/paths/brewing.toml:1: the tour has 6 steps, expected 7 to 9"],
    );
    check_steps(
        |steps| steps.truncate(1),
        expect!["onboarding/paths/brewing.toml:1: the tour has 0 steps, expected 7 to 9"],
    );
}

#[test]
fn a_tour_has_a_name_that_fits_into_a_button() {
    let mut files = data_files(OTHER);
    let brewing =
        files.iter().find(|(name, _)| name == "onboarding/paths/brewing.toml").expect("it is there").1.clone();
    let names = ["Brewing", "é-日-🦀", "the-art-of-brewing-it", "a/b"];
    files.extend(names.map(|name| (format!("onboarding/paths/{name}.toml"), brewing.clone())));
    files.push(("onboarding/notes.toml".to_owned(), String::new()));
    let problems = parse(&files).expect_err("there are problems");
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    expect![[r#"
        onboarding/notes.toml:1: the file belongs to nothing, expected comparison, sources, criteria or vocabulary.toml or one in topics/, projects/, intents/ or onboarding/
        onboarding/paths/Brewing.toml:1: `Brewing` cannot be an id, expected a name of a–z, 0–9 and -, at most 40 long
        onboarding/paths/a/b.toml:1: `a/b` cannot be an id, expected a name of a–z, 0–9 and -, at most 40 long
        onboarding/paths/the-art-of-brewing-it.toml:1: `the-art-of-brewing-it` is 21 characters long, expected at most 20
        onboarding/paths/é-日-🦀.toml:1: `é-日-🦀` cannot be an id, expected a name of a–z, 0–9 and -, at most 40 long"#]].assert_eq(&lines.join("\n"));
}

/// Changes the weights of the breakfast and says where they disagree with its leaning.
#[track_caller]
fn check_leaning(old: &str, new: &str, expected: Expect) {
    let mut files = data_files(OTHER);
    let (_, text) = files.iter_mut().find(|(name, _)| name == "projects/breakfast.toml").expect("the file is there");
    assert!(text.contains(old), "it does not contain {old:?}");
    *text = text.replacen(old, new, 1);
    let problems = disagreements(&parse(&files).expect("the data is good"));
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn weights_that_do_not_come_to_the_leaning_are_told() {
    check_leaning("title", "title", expect![[""]]);
    check_leaning("points = 2", "points = 4", expect![[""]]);
    check_leaning("points = 1", "points = 2", expect![[""]]);
    check_leaning(
        "points = 1",
        "points = 4",
        expect![
            "projects/breakfast.toml:3: the weights come to depends, 0 points ahead, expected coffee, slight as `leaning` says: up to 1 points ahead is even, from 6 on strong"
        ],
    );
    check_leaning(
        "toward = \"tea\"\npoints = 1",
        "toward = \"coffee\"\npoints = 2",
        expect![
            "projects/breakfast.toml:3: the weights come to coffee, strong, 6 points ahead, expected coffee, slight as `leaning` says: up to 1 points ahead is even, from 6 on strong"
        ],
    );
    check_leaning(
        "leaning = \"coffee\"",
        "leaning = \"tea\"",
        expect![
            "projects/breakfast.toml:3: the weights come to coffee, slight, 3 points ahead, expected tea, slight as `leaning` says: up to 1 points ahead is even, from 6 on strong"
        ],
    );
    check_leaning(
        "leaning = \"coffee\"\nstrength = \"slight\"",
        "leaning = \"depends\"",
        expect![
            "projects/breakfast.toml:3: the weights come to coffee, slight, 3 points ahead, expected depends as `leaning` says: up to 1 points ahead is even, from 6 on strong"
        ],
    );
}

#[test]
fn all_problems_are_told_at_once() {
    let mut files = data_files(OTHER);
    for (_, text) in files.iter_mut().filter(|(name, _)| name.starts_with("topics/")) {
        *text = text.replace("takeaway", "takeway").replace("reason", "raison");
    }
    files.retain(|(name, _)| name != "comparison.toml");
    files.push(("topics/Bad Name.toml".to_owned(), String::new()));
    files.push(("notes.toml".to_owned(), String::new()));
    let problems = parse(&files).expect_err("there are problems");
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    expect![[r#"
        comparison.toml:1: the file is missing, expected the comparison
        notes.toml:1: the file belongs to nothing, expected comparison, sources, criteria or vocabulary.toml or one in topics/, projects/, intents/ or onboarding/
        topics/Bad Name.toml:1: `Bad Name` cannot be an id, expected a name of a–z, 0–9 and -, at most 40 long
        topics/Bad Name.toml:1: a topic has no `category`, expected a text
        topics/Bad Name.toml:1: a topic has no `checked`, expected a date such as 2026-11-22, without quotes
        topics/Bad Name.toml:1: a topic has no `leaning`, expected a text
        topics/Bad Name.toml:1: a topic has no `reason`, expected a text
        topics/Bad Name.toml:1: a topic has no `related`, expected a list of texts
        topics/Bad Name.toml:1: a topic has no `takeaway`, expected a text
        topics/Bad Name.toml:1: a topic has no `title`, expected a text
        topics/Bad Name.toml:1: a topic has no table [ask]
        topics/Bad Name.toml:1: a topic has no table [sides]
        topics/caffeine.toml:1: a topic has no `reason`, expected a text
        topics/caffeine.toml:1: a topic has no `takeaway`, expected a text
        topics/caffeine.toml:2: there is no category `cup`, expected one of 
        topics/caffeine.toml:3: `takeway` is not a field of a topic, expected one of category, title, takeaway, reason, leaning, strength, checked, related, ask, sides, article
        topics/caffeine.toml:6: `raison` is not a field of a topic, expected one of category, title, takeaway, reason, leaning, strength, checked, related, ask, sides, article
        topics/taste.toml:1: a topic has no `reason`, expected a text
        topics/taste.toml:1: a topic has no `takeaway`, expected a text
        topics/taste.toml:2: there is no category `cup`, expected one of 
        topics/taste.toml:3: `takeway` is not a field of a topic, expected one of category, title, takeaway, reason, leaning, strength, checked, related, ask, sides, article
        topics/taste.toml:5: `raison` is not a field of a topic, expected one of category, title, takeaway, reason, leaning, strength, checked, related, ask, sides, article"#]].assert_eq(&lines.join("\n"));
}

#[test]
fn a_text_that_would_not_fit_an_embed_is_found() {
    let folder = folder_with("too-long", "topics/taste.toml", "Bitter", &"Bitter é日🦀 ".repeat(200));
    let run = versus(&["check", folder.to_str().expect("it is UTF-8")], b"", &[]);
    fs::remove_dir_all(&folder).expect("the folder can be removed");
    assert_eq!(run.code, Some(1), "{}", run.output);
    let told = run.errors.replace(folder.to_str().expect("it is UTF-8"), "DIR");
    expect![[r#"
        DIR/topics/taste.toml:13: the text under “☕ Coffee” is 2215 long in Discord, expected at most 1024
        versus: the knowledge in DIR has 1 problem; mend the lines above; README.md in the data folder explains the format
    "#]].assert_eq(&told);
}

/// The small comparison in a fresh folder of this test's own, with one file changed.
pub(crate) fn folder_with(name: &str, file: &str, old: &str, new: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("versus-test-{name}-{}", std::process::id()));
    for (name, text) in data_files(OTHER) {
        let text = if name == file { text.replacen(old, new, 1) } else { text };
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }
    folder
}
