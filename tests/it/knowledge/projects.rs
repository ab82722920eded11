//! `projects/*.toml`: fields, weights, and the leaning that the weights have to come to.

use expect_test::{Expect, expect};
use versus::domain::knowledge::parse;
use versus::domain::recommendation::disagreements;

use super::{check, lines, other_with};

#[test]
fn each_problem_of_the_weights_of_a_project_is_reported_with_its_line() {
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
        expect!["projects/breakfast.toml:18: a weight has no `sources`, expected a list of texts"],
    );
}

/// Changes the weights of the breakfast and lists where they disagree with its leaning.
#[track_caller]
fn check_leaning(old: &str, new: &str, expected: Expect) {
    let files = other_with("projects/breakfast.toml", old, new);
    let parsed = parse(&files).expect("the data is good");
    expected.assert_eq(&lines(&disagreements(&parsed.knowledge, &parsed.origins)));
}

#[test]
fn weights_that_do_not_come_to_the_leaning_are_reported() {
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
