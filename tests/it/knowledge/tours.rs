//! `onboarding/paths/*.toml`.

use expect_test::{Expect, expect};
use versus::domain::knowledge::parse;

use super::{OTHER, check, data_files, lines};

#[test]
#[allow(clippy::too_many_lines, reason = "it is a list of cases")]
fn each_problem_of_a_tour_is_reported_with_its_line() {
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
        expect!["onboarding/paths/brewing.toml:5: a step has no `sources`, expected a list of texts"],
    );
    check(
        tour,
        "sources = [\"leaf\"]",
        "sources = [\"loaf\"]",
        expect!["onboarding/paths/brewing.toml:10: there is no source `loaf`, did you mean `leaf`"],
    );
    check(
        tour,
        "[[step]]\nid = \"tidying\"",
        "[[stop]]\nid = \"tidying\"",
        expect!["onboarding/paths/brewing.toml:47: `stop` is not a field of a tour, did you mean `step`"],
    );
}

/// Changes the steps of a tour of the small comparison and lists what is wrong with it then.
#[track_caller]
fn check_steps(change: impl Fn(&mut Vec<String>), expected: Expect) {
    let mut files = data_files(OTHER);
    let (_, text) = files.iter_mut().find(|(name, _)| name == "onboarding/paths/brewing.toml").expect("it is there");
    let mut steps: Vec<String> = text.split("[[step]]").map(str::to_owned).collect();
    change(&mut steps);
    *text = steps.join("[[step]]");
    expected.assert_eq(&lines(&parse(&files).err().unwrap_or_default()));
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
    expect![[r#"
        onboarding/notes.toml:1: the file belongs to nothing, expected comparison, sources, criteria, releases or vocabulary.toml or one in topics/, projects/, tools/, intents/ or onboarding/
        onboarding/paths/Brewing.toml:1: `Brewing` cannot be an id, expected a name of a–z, 0–9 and -, at most 40 long
        onboarding/paths/a/b.toml:1: `a/b` cannot be an id, expected a name of a–z, 0–9 and -, at most 40 long
        onboarding/paths/the-art-of-brewing-it.toml:1: `the-art-of-brewing-it` is 21 characters long, expected at most 20
        onboarding/paths/é-日-🦀.toml:1: `é-日-🦀` cannot be an id, expected a name of a–z, 0–9 and -, at most 40 long"#]].assert_eq(&lines(&problems));
}
