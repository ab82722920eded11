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
    check("id = \"pot\"", "id = \"Pot é\"", expect![""]);
    check("id = \"juicer\"\n", "", expect![""]);
    check("id = \"juicer\"", "id = \"kettle\"", expect![""]);
    check("names = [\"juicer\"]", "names = []", expect![""]);
    check("names = [\"juicer\"]", "names = [\"juicer\", \" \"]", expect![""]);
    check("names = [\"juicer\"]", "names = [\"Tea Pot\"]", expect![""]);
    check("names = [\"juicer\"]", "names = [\"juicer\", \"juicer\"]", expect![""]);
    check("names = [\"juicer\"]\n", "", expect![""]);
    check("plain = true", "plain = \"yes\"", expect![""]);
    check("side = \"neither\"", "side = \"milk\"", expect![""]);
    check("side = \"neither\"\n", "", expect![""]);
    check("Presses fruit.", &"é日🦀 ".repeat(31), expect![""]);
    check("Presses fruit.", "Presses\\nfruit.", expect![""]);
    check("counterparts = [\"pot\"]", "counterparts = [\"pit\"]", expect![""]);
    check("counterparts = [\"press\", \"kettle\"]", "counterparts = [\"press\"]", expect![""]);
    check("side = \"coffee\"", "side = \"tea\"", expect![""]);
    check(
        "topic = \"taste\"\nsources = [\"leaf\"]\n",
        "topic = \"taste\"\ncounterparts = [\"juicer\"]\nsources = [\"leaf\"]\n",
        expect![""],
    );
    check("counterparts = [\"press\", \"kettle\"]", "counterparts = [\"press\", \"kettle\", \"pot\"]", expect![""]);
    check("topic = \"caffeine\"", "topic = \"heat\"", expect![""]);
    check("noted = 2026-11-01\n", "", expect![""]);
    check("note = \"Made of iron it keeps the water hot for longer.\"\n", "", expect![""]);
    check("Made of iron it keeps the water hot for longer.", &"é日🦀 ".repeat(51), expect![""]);
    check("sources = [\"bean\", \"leaf\"]", "sources = []", expect![""]);
    check("sources = [\"bean\", \"leaf\"]", "sources = [\"been\"]", expect![""]);
    check("plain", "plane", expect![""]);
    check("[[tool]]", "[[tools]]", expect![""]);
}

#[test]
fn a_tool_stands_in_one_file_only() {
    let mut files = data_files(OTHER);
    files.extend(["tools/cups.toml", "tools/more.toml"].map(|name| (name.to_owned(), CUPS.to_owned())));
    let problems = parse(&files).expect_err("each stands twice");
    expect![""].assert_eq(&lines(&problems));
}
