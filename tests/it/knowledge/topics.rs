//! `topics/*.toml`.

use expect_test::expect;

use versus::domain::knowledge::{Date, Item, Side, parse};

use super::{DATA, check, check_added, knowledge, lines, other_and, other_with};

#[test]
#[allow(clippy::too_many_lines, reason = "it is a list of cases")]
fn each_problem_of_a_topic_is_reported_with_its_line() {
    let topic = "topics/taste.toml";
    check(
        topic,
        "takeaway",
        "takeway",
        expect!["topics/taste.toml:3: `takeway` is not a field of a topic, did you mean `takeaway`"],
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
        expect!["topics/taste.toml:11: there is no source `loaf`, did you mean `leaf`"],
    );
    check(
        topic,
        "related = [\"caffeine\"]",
        "related = [\"cafeine\", \"taste\"]",
        expect![[r#"
            topics/taste.toml:7: `taste` is related to itself, expected another topic
            topics/taste.toml:7: there is no topic `cafeine`, did you mean `caffeine`"#]],
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
        expect!["topics/taste.toml:2: there is no category `cap`, did you mean `cup`"],
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

/// A direct answer of the small comparison; the taste has 25 lines before it.
const ANSWER: &str = "
[[answer]]
id = \"sugar\"
question = \"Does tea need sugar?\"
also = [\"tea with sugar or without\", \"é 日 🦀 sweet\"]
text = \"No, most of it is drunk without.\"
sources = [\"bean\", \"leaf\"]
until = 2027-04-22
";

#[test]
fn a_topic_has_direct_answers_whose_questions_are_learned() {
    let parsed = parse(&other_and("topics/taste.toml", ANSWER)).expect("the data is good");
    let topic = parsed.knowledge.topic("taste").expect("it is there");
    let [answer] = topic.answers.as_slice() else { panic!("there is one answer") };
    assert_eq!((answer.id.as_str(), answer.question.as_str()), ("sugar", "Does tea need sugar?"));
    assert_eq!(answer.text, "No, most of it is drunk without.");
    assert_eq!(answer.until, Some(Date { year: 2027, month: 4, day: 22 }));
    let cited: Vec<&str> = answer.sources.iter().map(|at| topic.entry.sources[*at].title.as_str()).collect();
    assert_eq!(cited, ["The Bean", "The Leaf"]);
    let position = parsed.knowledge.topics.iter().position(|topic| topic.entry.id == "taste").expect("it is there");
    let learned = &parsed.examples.topics[position].answers;
    assert_eq!(*learned, [["Does tea need sugar?", "tea with sugar or without", "é 日 🦀 sweet"]]);
    assert!(parsed.knowledge.topic("caffeine").expect("it is there").answers.is_empty(), "answers may be left out");
}

/// An answer is found by wordings that ask for the opposite as well.
#[test]
fn a_direct_answer_does_not_begin_with_what_only_its_own_question_explains() {
    let knowledge = knowledge(DATA);
    let answers: Vec<_> = knowledge.topics.iter().flat_map(|topic| &topic.answers).collect();
    assert!(!answers.is_empty());
    for answer in answers {
        let first = answer.text.split([' ', ',', ':']).next().unwrap_or_default();
        let leans = ["Yes", "No", "It", "They", "That", "This", "Partly", "Hardly", "Sometimes"].contains(&first);
        // "No usable figure was found" says of what.
        let is_whole = first == "No" && !["No,", "No:"].iter().any(|start| answer.text.starts_with(start));
        assert!(!leans || is_whole, "{} begins with {first:?}: name what it is about", answer.id);
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "it is a list of cases")]
fn each_problem_of_a_direct_answer_is_reported_with_its_line() {
    let check =
        |old: &str, new: &str, expected| check_added("topics/taste.toml", &ANSWER.replacen(old, new, 1), expected);
    check("", "", expect![""]);
    check("until = 2027-04-22\n", "", expect![""]);
    check("also = [\"tea with sugar or without\", \"é 日 🦀 sweet\"]\n", "", expect![""]);
    check(
        "id = \"sugar\"",
        "id = \"Sugar é\"",
        expect!["topics/taste.toml:34: `Sugar é` cannot be an id, expected a–z, 0–9 and -, at most 40 long"],
    );
    check("id = \"sugar\"\n", "", expect!["topics/taste.toml:33: an answer has no `id`, expected a text"]);
    check(
        "Does tea need sugar?",
        &"é日🦀?".repeat(26),
        expect!["topics/taste.toml:35: `question` is 104 characters long, expected at most 100"],
    );
    check(
        "No, most of it is drunk without.",
        &"é日🦀 ".repeat(56),
        expect!["topics/taste.toml:37: `text` is 224 characters long, expected at most 220"],
    );
    check(
        "sources = [\"bean\", \"leaf\"]",
        "sources = []",
        expect!["topics/taste.toml:33: there is no source, expected at least one id of sources.toml"],
    );
    check(
        "\"bean\", \"leaf\"",
        "\"been\"",
        expect!["topics/taste.toml:38: there is no source `been`, did you mean `bean`"],
    );
    check(
        "2027-04-22",
        "\"2027-04\"",
        expect![[
            r#"topics/taste.toml:39: `until` must be a date such as 2026-11-22, without quotes: invalid type: string "2027-04", expected a TOML datetime"#
        ]],
    );
    check(
        "2027-04-22",
        "10:30:00",
        expect!["topics/taste.toml:39: `until` must be a date such as 2026-11-22, without quotes"],
    );
    check(
        "2027-04-22",
        "2026-11-01",
        expect!["topics/taste.toml:39: `until` is not after the day of `checked`, expected a later day"],
    );
    check(
        "also",
        "others",
        expect![
            "topics/taste.toml:36: `others` is not a field of an answer, expected one of id, question, also, text, sources, until"
        ],
    );
    check(
        "also = [",
        "also = \"sweet\"\nsources = [",
        expect![[r#"
        topics/taste.toml:36: `also` must be a list of texts
        topics/taste.toml:37: there is no source `tea with sugar or without`, expected an id of sources.toml
        topics/taste.toml:37: there is no source `é 日 🦀 sweet`, expected an id of sources.toml
        topics/taste.toml:39: duplicate key"#]],
    );
    let twice = format!("{ANSWER}{ANSWER}");
    check_added(
        "topics/taste.toml",
        &twice,
        expect!["topics/taste.toml:42: the answer `sugar` stands in taste too, expected each id once"],
    );
    let mut files = other_and("topics/taste.toml", ANSWER);
    let (_, text) = files.iter_mut().find(|(name, _)| name == "topics/caffeine.toml").expect("it is there");
    text.push_str(ANSWER);
    expect!["topics/taste.toml:34: the answer `sugar` stands in caffeine too, expected each id once"]
        .assert_eq(&lines(&parse(&files).expect_err("the id occurs twice")));
}

#[test]
fn a_statement_may_have_a_day_from_which_it_has_to_be_checked_again() {
    let with = |until: &str| {
        other_with("topics/taste.toml", "text = \"Floral to smoky.\"", &format!("text = \"Floral.\"\n{until}"))
    };
    let parsed = parse(&with("until = 2028-02-29")).expect("the data is good");
    let [tea, coffee] = &parsed.knowledge.topic("taste").expect("it is there").sides;
    assert_eq!(tea[0].until, Some(Date { year: 2028, month: 2, day: 29 }));
    assert_eq!(coffee[0].until, None);
    expect!["topics/taste.toml:11: `until` is not after the day of `checked`, expected a later day"]
        .assert_eq(&lines(&parse(&with("until = 2026-10-31")).expect_err("it is before the last check")));
    expect![[r#"
        topics/taste.toml:11: `until` must be a date such as 2026-11-22, without quotes: invalid datetime, expected year or hour
        topics/taste.toml:11: invalid date, expected day between 01 and 28"#]].assert_eq(&lines(&parse(&with("until = 2027-02-29")).expect_err("there is no such day")));
}

#[test]
fn the_line_of_each_text_is_known() {
    let origins = parse(&other_and("topics/taste.toml", ANSWER)).expect("the data is good").origins;
    let line = |item| origins.line("topics/taste.toml", item);
    assert_eq!((line(Item::Title), line(Item::Takeaway), line(Item::Leaning), line(Item::Checked)), (1, 3, 4, 6));
    assert_eq!((line(Item::Point(Side::First, 0)), line(Item::Point(Side::Second, 0))), (9, 13));
    assert_eq!((line(Item::Claim(0)), line(Item::Answer(0))), (17, 33));
    assert_eq!(line(Item::Claim(9)), 1, "what is not there has the line of the title");
    assert_eq!(origins.line("onboarding/quiz.toml", Item::Question(1)), 15);
    assert_eq!(origins.line("onboarding/paths/brewing.toml", Item::Step(1)), 12);
    assert_eq!(origins.line("notes.toml", Item::Title), 1);
}
