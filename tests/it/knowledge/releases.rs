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
fn each_problem_of_a_release_is_reported_with_its_line() {
    #[track_caller]
    fn check(old: &str, new: &str, expected: Expect) {
        assert!(HARVESTS.contains(old), "the releases do not contain {old:?}");
        check_added(FILE, &HARVESTS.replacen(old, new, 1), expected);
    }
    check("", "", expect![""]);
    check("side = \"coffee\"", "side = \"both\"", expect![""]);
    check("side = \"coffee\"", "side = \"tea\"", expect![""]);
    check("side = \"coffee\"\nversion = \"2026.1\"", "side = \"coffee\"\nversion = 2026.1", expect![""]);
    check("released = \"2027-04\"\n", "", expect![""]);
    check("\"2027-04\"", "\"2027-13\"", expect![""]);
    check("\"2027-04\"", "\"+202-04\"", expect![""]);
    check("\"2027-04\"", "\"é日🦀\"", expect![""]);
    check("\"2027-04\"", "2027", expect![""]);
    check("2026-03-20", "07:30:00", expect![""]);
    check("2028-02-29", "2027-02-29", expect![""]);
    check("2028-02-29", "2026-03-19", expect![""]);
    check("2028-02-29", "2026-03-20", expect![""]);
    check("\"2026-10\"", "\"2026-03\"", expect![""]);
    check("\"2026-10\"", "\"2026-02\"", expect![""]);
    check("First flush é 日 🦀", " ", expect![""]);
    check("prerelease = true", "prerelease = \"beta\"", expect![""]);
    check("sources = [\"bean\", \"leaf\"]", "sources = []", expect![""]);
    check("lts", "long", expect![""]);
    check("[[release]]", "[[version]]", expect![""]);
}
