//! `releases.toml`.

use expect_test::{Expect, expect};
use versus::domain::knowledge::{Date, Item, Side, When, parse};

use super::{OTHER, check_added, other_and, parsed};

/// Releases of the small comparison.
const HARVESTS: &str = "
[[release]]
side = \"tea\"
version = \"2026.1\"
released = 2026-03-20
lts = \"2026-10\"
end = 2028-02-29
codename = \"First flush é 日 🦀\"
sources = [\"leaf\"]

[[release]]
side = \"coffee\"
version = \"2026.1\"
released = \"2027-04\"
prerelease = true
sources = [\"bean\", \"leaf\"]
";
const FILE: &str = "releases.toml";

#[test]
fn releases_are_read_and_may_be_left_out() {
    assert!(parsed(OTHER).knowledge.releases.is_empty());
    let parsed = parse(&other_and(FILE, HARVESTS)).expect("the data is good");
    let [tea, coffee] = parsed.knowledge.releases.as_slice() else { panic!("there are two") };
    assert_eq!((tea.side, coffee.side), (Side::First, Side::Second));
    assert_eq!((tea.version.as_str(), tea.codename.as_deref()), ("2026.1", Some("First flush é 日 🦀")));
    assert_eq!(tea.released, When::Day(Date { year: 2026, month: 3, day: 20 }));
    assert_eq!(tea.lts, Some(When::Month { year: 2026, month: 10 }));
    assert_eq!(tea.end, Some(When::Day(Date { year: 2028, month: 2, day: 29 })));
    assert_eq!(coffee.released, When::Month { year: 2027, month: 4 });
    assert_eq!((coffee.lts, coffee.end, coffee.codename.as_ref()), (None, None, None));
    assert_eq!((tea.is_prerelease, coffee.is_prerelease), (false, true));
    let titles: Vec<&str> = coffee.sources.iter().map(|source| source.title.as_str()).collect();
    assert_eq!(titles, ["The Bean", "The Leaf"]);
    assert_eq!(parsed.origins.line(FILE, Item::Release(1)), 11);
}

#[test]
#[allow(clippy::too_many_lines, reason = "it is a list of cases")]
fn each_problem_of_a_release_is_reported_with_its_line() {
    #[track_caller]
    fn check(old: &str, new: &str, expected: Expect) {
        assert!(HARVESTS.contains(old), "the releases do not contain {old:?}");
        check_added(FILE, &HARVESTS.replacen(old, new, 1), expected);
    }
    check("", "", expect![""]);
    check("side = \"coffee\"", "side = \"both\"", expect!["releases.toml:12: `side` must be tea or coffee"]);
    check(
        "side = \"coffee\"",
        "side = \"tea\"",
        expect!["releases.toml:13: the version `2026.1` of tea occurs twice, expected it once"],
    );
    check(
        "side = \"coffee\"\nversion = \"2026.1\"",
        "side = \"coffee\"\nversion = 2026.1",
        expect!["releases.toml:13: `version` must be a text: invalid type: floating point `2026.1`, expected a string"],
    );
    check(
        "released = \"2027-04\"\n",
        "",
        expect![[
            r#"releases.toml:11: a release has no `released`, expected a date such as 2026-11-22, without quotes, or a month such as "2027-04""#
        ]],
    );
    check(
        "\"2027-04\"",
        "\"2027-13\"",
        expect![[
            r#"releases.toml:14: `released` must be a date such as 2026-11-22, without quotes, or a month such as "2027-04""#
        ]],
    );
    check(
        "\"2027-04\"",
        "\"+202-04\"",
        expect![[
            r#"releases.toml:14: `released` must be a date such as 2026-11-22, without quotes, or a month such as "2027-04""#
        ]],
    );
    check(
        "\"2027-04\"",
        "\"é日🦀\"",
        expect![[
            r#"releases.toml:14: `released` must be a date such as 2026-11-22, without quotes, or a month such as "2027-04""#
        ]],
    );
    check(
        "\"2027-04\"",
        "2027",
        expect![[
            r#"releases.toml:14: `released` must be a date such as 2026-11-22, without quotes, or a month such as "2027-04""#
        ]],
    );
    check(
        "2026-03-20",
        "07:30:00",
        expect![[
            r#"releases.toml:5: `released` must be a date such as 2026-11-22, without quotes, or a month such as "2027-04""#
        ]],
    );
    check(
        "2028-02-29",
        "2027-02-29",
        expect![[r#"
        releases.toml:7: `end` must be a date such as 2026-11-22, without quotes, or a month such as "2027-04": invalid datetime, expected year or hour
        releases.toml:7: invalid date, expected day between 01 and 28"#]],
    );
    check("2028-02-29", "2026-03-19", expect!["releases.toml:7: `end` is before `released`, expected it after that"]);
    check("2028-02-29", "2026-03-20", expect![""]);
    check("\"2026-10\"", "\"2026-03\"", expect![""]);
    check("\"2026-10\"", "\"2026-02\"", expect!["releases.toml:6: `lts` is before `released`, expected it after that"]);
    check("First flush é 日 🦀", " ", expect!["releases.toml:8: `codename` is blank, expected a text"]);
    check(
        "prerelease = true",
        "prerelease = \"beta\"",
        expect![[
            r#"releases.toml:15: `prerelease` must be true or false: invalid type: string "beta", expected a boolean"#
        ]],
    );
    check(
        "sources = [\"bean\", \"leaf\"]",
        "sources = []",
        expect!["releases.toml:11: there is no source, expected at least one id of sources.toml"],
    );
    check(
        "lts",
        "long",
        expect![
            "releases.toml:6: `long` is not a field of a release, expected one of side, version, codename, released, lts, end, prerelease, sources"
        ],
    );
    check(
        "[[release]]",
        "[[version]]",
        expect!["releases.toml:2: `version` is not a field of the releases, expected one of release"],
    );
}
