//! `criteria.toml`.

use expect_test::expect;

use super::check;

#[test]
#[allow(clippy::too_many_lines, reason = "it is a list of cases")]
fn each_problem_of_the_criteria_is_reported_with_its_line() {
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
        expect!["criteria.toml:43: there is no source `loaf`, did you mean `leaf`"],
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
            criteria.toml:64: there is no criterion `flavour`, expected one of criteria.toml (and in 1 more line)"#]],
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
