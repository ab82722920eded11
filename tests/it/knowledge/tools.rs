//! `tools/*.toml`.

use expect_test::{Expect, expect};
use versus::domain::knowledge::{Belongs, Date, Item, Parsed, Side, parse};

use super::{OTHER, check_added, data_files, lines, other_and, parsed};

/// Tools of the small comparison.
const CUPS: &str = "
[[tool]]
id = \"pot\"
names = [\"pot\", \"tea pot\", \"é 日 🦀\"]
plain = true
side = \"tea\"
what = \"Keeps leaves and hot water together until they are poured.\"
counterparts = [\"press\", \"kettle\"]
topic = \"taste\"
note = \"Made of iron it keeps the water hot for longer.\"
noted = 2026-11-01
sources = [\"leaf\"]

[[tool]]
id = \"press\"
names = [\"french press\"]
side = \"coffee\"
what = \"Presses the grounds to the bottom of the pot.\"
counterparts = [\"pot\"]
topic = \"taste\"
sources = [\"bean\", \"leaf\"]

[[tool]]
id = \"kettle\"
names = [\"kettle\"]
side = \"both\"
what = \"Boils the water.\"
counterparts = [\"pot\"]
topic = \"caffeine\"
sources = [\"leaf\"]

[[tool]]
id = \"juicer\"
names = [\"juicer\"]
side = \"neither\"
what = \"Presses fruit.\"
topic = \"taste\"
sources = [\"leaf\"]
";
const FILE: &str = "tools/cups.toml";

fn cups() -> Parsed {
    parse(&other_and(FILE, CUPS)).expect("the data is good")
}

#[test]
fn tools_are_read_and_may_be_left_out() {
    assert!(parsed(OTHER).knowledge.tools.is_empty());
    let parsed = cups();
    let tools = &parsed.knowledge.tools;
    let ids: Vec<&str> = tools.iter().map(|tool| tool.id.as_str()).collect();
    assert_eq!(ids, ["juicer", "kettle", "pot", "press"]);
    let belong: Vec<Belongs> = tools.iter().map(|tool| tool.belongs).collect();
    assert_eq!(belong, [Belongs::Neither, Belongs::Both, Belongs::To(Side::First), Belongs::To(Side::Second)]);
    let [_, kettle, pot, press] = tools.as_slice() else { panic!("there are four") };
    assert_eq!(pot.names, ["pot", "tea pot", "é 日 🦀"]);
    assert_eq!((pot.plain, press.plain), (true, false));
    assert_eq!((pot.topic.as_str(), kettle.topic.as_str()), ("taste", "caffeine"));
    assert_eq!(pot.counterparts, ["press", "kettle"]);
    let note = pot.note.as_ref().expect("it has one");
    assert_eq!(note.noted, Date { year: 2026, month: 11, day: 1 });
    assert!(press.note.is_none());
    let titles: Vec<&str> = press.sources.iter().map(|source| source.title.as_str()).collect();
    assert_eq!(titles, ["The Bean", "The Leaf"]);
    assert_eq!(parsed.origins.line(FILE, Item::Tool(1)), 14);
}

#[test]
#[allow(clippy::too_many_lines, reason = "it is a list of cases")]
fn each_problem_of_a_tool_is_reported_with_its_line() {
    #[track_caller]
    fn check(old: &str, new: &str, expected: Expect) {
        assert!(CUPS.contains(old), "the tools do not contain {old:?}");
        check_added(FILE, &CUPS.replacen(old, new, 1), expected);
    }
    check("", "", expect![""]);
    check(
        "id = \"pot\"",
        "id = \"Pot é\"",
        expect![[r#"
            tools/cups.toml:3: `Pot é` cannot be an id, expected a–z, 0–9 and -, at most 40 long
            tools/cups.toml:8: `kettle` does not have `Pot é` among its counterparts, expected it
            tools/cups.toml:8: `press` does not have `Pot é` among its counterparts, expected it
            tools/cups.toml:19: there is no tool `pot`, expected an id of a tool in tools/ (and in 1 more line)"#]],
    );
    check("id = \"juicer\"\n", "", expect!["tools/cups.toml:32: a tool has no `id`, expected a text"]);
    check(
        "id = \"juicer\"",
        "id = \"kettle\"",
        expect![[r#"
        tools/cups.toml:8: `kettle` is not on the other side, expected a tool that is
        tools/cups.toml:33: the tool `kettle` stands in tools/cups.toml too, expected each tool once"#]],
    );
    check(
        "names = [\"juicer\"]",
        "names = []",
        expect!["tools/cups.toml:32: `names` is empty, expected the names by which people call the tool"],
    );
    check(
        "names = [\"juicer\"]",
        "names = [\"juicer\", \" \"]",
        expect!["tools/cups.toml:34: a name is blank, expected a text"],
    );
    check(
        "names = [\"juicer\"]",
        "names = [\"Tea Pot\"]",
        expect![[r#"
            tools/cups.toml:34: the name `Tea Pot` belongs to pot too, expected it for one tool only
            tools/cups.toml:34: the word `Tea Pot` has capitals, expected small letters"#]],
    );
    check(
        "names = [\"juicer\"]",
        "names = [\"juicer\", \"juicer\"]",
        expect!["tools/cups.toml:34: the name `juicer` belongs to juicer too, expected it for one tool only"],
    );
    check("names = [\"juicer\"]\n", "", expect!["tools/cups.toml:32: a tool has no `names`, expected a list of texts"]);
    check(
        "plain = true",
        "plain = \"yes\"",
        expect![[
            r#"tools/cups.toml:5: `plain` must be true or false: invalid type: string "yes", expected a boolean"#
        ]],
    );
    check(
        "side = \"neither\"",
        "side = \"milk\"",
        expect!["tools/cups.toml:35: `side` cannot be `milk`, expected tea, coffee, both or neither"],
    );
    check("side = \"neither\"\n", "", expect!["tools/cups.toml:32: a tool has no `side`, expected a text"]);
    check(
        "Presses fruit.",
        &"é日🦀 ".repeat(31),
        expect!["tools/cups.toml:36: `what` is 124 characters long, expected at most 120"],
    );
    check("Presses fruit.", "Presses\\nfruit.", expect!["tools/cups.toml:32: `what` has several lines, expected one"]);
    check(
        "counterparts = [\"pot\"]",
        "counterparts = [\"pit\"]",
        expect![[r#"
        tools/cups.toml:8: `press` does not have `pot` among its counterparts, expected it
        tools/cups.toml:19: there is no tool `pit`, expected an id of a tool in tools/"#]],
    );
    check(
        "counterparts = [\"press\", \"kettle\"]",
        "counterparts = [\"press\"]",
        expect!["tools/cups.toml:28: `pot` does not have `kettle` among its counterparts, expected it"],
    );
    check(
        "side = \"coffee\"",
        "side = \"tea\"",
        expect![[r#"
        tools/cups.toml:8: `press` is not on the other side, expected a tool that is
        tools/cups.toml:19: `pot` is not on the other side, expected a tool that is"#]],
    );
    check(
        "topic = \"taste\"\nsources = [\"leaf\"]\n",
        "topic = \"taste\"\ncounterparts = [\"juicer\"]\nsources = [\"leaf\"]\n",
        expect!["tools/cups.toml:38: `juicer` is not on the other side, expected a tool that is"],
    );
    check(
        "counterparts = [\"press\", \"kettle\"]",
        "counterparts = [\"press\", \"kettle\", \"pot\"]",
        expect!["tools/cups.toml:8: `pot` is not on the other side, expected a tool that is"],
    );
    check(
        "topic = \"caffeine\"",
        "topic = \"heat\"",
        expect!["tools/cups.toml:29: there is no topic `heat`, expected the name of a file in topics/"],
    );
    check(
        "noted = 2026-11-01\n",
        "",
        expect!["tools/cups.toml:10: the `note` has no `noted`, expected the day on which it was so"],
    );
    check(
        "note = \"Made of iron it keeps the water hot for longer.\"\n",
        "",
        expect!["tools/cups.toml:10: `noted` belongs to a `note`, expected one"],
    );
    check(
        "Made of iron it keeps the water hot for longer.",
        &"é日🦀 ".repeat(51),
        expect!["tools/cups.toml:10: `note` is 204 characters long, expected at most 200"],
    );
    check(
        "sources = [\"bean\", \"leaf\"]",
        "sources = []",
        expect!["tools/cups.toml:14: there is no source, expected at least one id of sources.toml"],
    );
    check(
        "sources = [\"bean\", \"leaf\"]",
        "sources = [\"been\"]",
        expect!["tools/cups.toml:21: there is no source `been`, did you mean `bean`"],
    );
    check(
        "plain",
        "plane",
        expect![
            "tools/cups.toml:5: `plane` is not a field of a tool, expected one of id, names, plain, side, what, counterparts, topic, note, noted, sources"
        ],
    );
    check(
        "[[tool]]",
        "[[tools]]",
        expect!["tools/cups.toml:2: `tools` is not a field of a list of tools, did you mean `tool`"],
    );
}

#[test]
fn a_tool_stands_in_one_file_only() {
    let mut files = data_files(OTHER);
    files.extend(["tools/cups.toml", "tools/more.toml"].map(|name| (name.to_owned(), CUPS.to_owned())));
    let problems = parse(&files).expect_err("each stands twice");
    expect![[r#"
        tools/more.toml:3: the tool `pot` stands in tools/cups.toml too, expected each tool once
        tools/more.toml:4: the name `pot` belongs to pot too, expected it for one tool only
        tools/more.toml:4: the name `tea pot` belongs to pot too, expected it for one tool only
        tools/more.toml:4: the name `é 日 🦀` belongs to pot too, expected it for one tool only
        tools/more.toml:15: the tool `press` stands in tools/cups.toml too, expected each tool once
        tools/more.toml:16: the name `french press` belongs to press too, expected it for one tool only
        tools/more.toml:24: the tool `kettle` stands in tools/cups.toml too, expected each tool once
        tools/more.toml:25: the name `kettle` belongs to kettle too, expected it for one tool only
        tools/more.toml:33: the tool `juicer` stands in tools/cups.toml too, expected each tool once
        tools/more.toml:34: the name `juicer` belongs to juicer too, expected it for one tool only"#]]
    .assert_eq(&lines(&problems));
}
