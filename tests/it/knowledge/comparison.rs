//! `comparison.toml` and `sources.toml`.

use expect_test::expect;

use super::check;

#[test]
fn each_problem_of_the_comparison_and_the_sources_is_reported_with_its_line() {
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
        "[article]\ntitle = \"Cups Compared\"\nas_of = \"2001\"\n",
        "",
        expect![[
            r#"topics/taste.toml:17: there is a claim and no article, expected a table [article] in comparison.toml"#
        ]],
    );
    check(
        "comparison.toml",
        "id = \"tea\"",
        "id = \"the\"",
        expect![[r#"
            criteria.toml:40: `toward` must be the or coffee (and in 2 more lines)
            topics/caffeine.toml:10: `tea` is not a field of what holds for each side, expected one of the, coffee
            topics/caffeine.toml:10: there is no point [[sides.the]], expected one
            topics/taste.toml:9: `tea` is not a field of what holds for each side, expected one of the, coffee
            topics/taste.toml:9: there is no point [[sides.the]], expected one"#]],
    );
}
