//! `topics/*.toml`.

use expect_test::expect;

use super::{DATA, check, knowledge};

#[test]
#[allow(clippy::too_many_lines, reason = "it is a list of cases")]
fn each_problem_of_a_topic_is_reported_with_its_line() {
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
}

#[test]
fn every_fixed_passage_of_the_article_is_discussed() {
    let knowledge = knowledge(DATA);
    let claims = knowledge.topics.iter().flat_map(|topic| &topic.entry.claims);
    let passages: Vec<&str> = claims.map(|claim| claim.passage.as_str()).collect();
    let paragraphs = (1..=6).map(|number| format!("introduction §{number}"));
    let differences = (1..=10).map(|number| format!("key difference {number}"));
    let rows = ["Definition", "Usage", "Benefits", "Real Time Usage", "First Released"];
    let rows = rows.map(|row| format!("table, row “{row}”"));
    for passage in paragraphs.chain(differences).chain(rows).chain(["conclusion".to_owned()]) {
        let is_this = |other: &&str| other.split(", ").any(|part| part == passage) || other.contains(&passage);
        assert!(passages.iter().any(is_this), "no claim is of {passage}");
    }
}
