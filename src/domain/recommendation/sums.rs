//! Adds up the weights of a project, and says to which leaning they come.

use super::description::Values;
use super::score;
use crate::knowledge::{Factor, Leaning, Project, Side, Strength, Value, Weight};

/// A weight that counts.
pub(super) struct Counted<'k> {
    pub(super) weight: &'k Weight,
    pub(super) doubled_by: Option<&'k Value>,
    pub(super) because: Option<(&'k Factor, &'k Value)>,
}

impl Counted<'_> {
    pub(super) fn points(&self) -> i32 {
        i32::from(self.weight.points) * if self.doubled_by.is_some() { 2 } else { 1 }
    }
}

/// The weights of the kind of project and those of the values.
pub(super) fn counted<'v, 'k: 'v>(
    project: Option<&'k Project>,
    values: &'v Values<'k>,
) -> impl Iterator<Item = Counted<'k>> + 'v {
    let own = project.into_iter().flat_map(|project| &project.weights).map(|weight| (weight, None));
    let brought = values.iter().flat_map(|(factor, value)| {
        let because = Some((*factor, *value));
        value.weights.iter().map(move |weight| (weight, because))
    });
    own.chain(brought).map(|(weight, because)| {
        let doubled_by = values.iter().map(|(_, value)| *value).find(|value| value.doubles.contains(&weight.criterion));
        Counted { weight, doubled_by, because }
    })
}

/// The points of both sides together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sums {
    first: i32,
    second: i32,
}

impl Sums {
    pub(super) fn of(project: Option<&Project>, values: &Values<'_>) -> Self {
        let mut sums = Self::default();
        for weight in counted(project, values) {
            match weight.weight.toward {
                Side::First => sums.first += weight.points(),
                Side::Second => sums.second += weight.points(),
            }
        }
        sums
    }

    /// By how much the second side is ahead.
    pub(super) fn score(self) -> i32 {
        self.second - self.first
    }

    pub(super) fn leaning(self) -> Leaning {
        let score = self.score();
        let side = if score < 0 { Side::First } else { Side::Second };
        if score.abs() >= score::STRONG_FROM {
            return Leaning::Toward(side, Strength::Strong);
        }
        if score.abs() > score::EVEN_UP_TO {
            return Leaning::Toward(side, Strength::Slight);
        }
        let conflict = self.first.min(self.second) >= score::CONFLICT_FROM;
        if self == Self::default() || conflict { Leaning::Depends } else { Leaning::Even }
    }
}

#[cfg(test)]
mod tests {
    use super::Sums;
    use crate::knowledge::{Leaning, Side, Strength};
    use crate::recommendation::score::{CONFLICT_FROM, EVEN_UP_TO, STRONG_FROM};
    use crate::recommendation::toy::{Toy, describe, factor, project, toy, value};
    use crate::recommendation::{Reason, Recommendation, recommend};

    /// The leaning where both sides have `both` points and the second one `ahead` more; it mirrors that of the first one.
    #[track_caller]
    fn check_leaning(both: i32, ahead: i32, expected: Option<Strength>) {
        let leaning = |first: i32, second: i32| match (Sums { first, second }).leaning() {
            Leaning::Toward(side, strength) => Some((side, strength)),
            Leaning::Even | Leaning::Depends => None,
        };
        let [first, second] = Side::BOTH.map(|side| expected.map(|strength| (side, strength)));
        assert_eq!([leaning(both + ahead, both), leaning(both, both + ahead)], [first, second]);
    }

    #[test]
    fn a_side_is_ahead_beyond_what_is_even_and_strongly_from_a_bound_on() {
        for both in [0, CONFLICT_FROM - 1, CONFLICT_FROM, 2 * STRONG_FROM] {
            check_leaning(both, 0, None);
            check_leaning(both, EVEN_UP_TO, None);
            check_leaning(both, EVEN_UP_TO + 1, Some(Strength::Slight));
            check_leaning(both, STRONG_FROM - 1, Some(Strength::Slight));
            check_leaning(both, STRONG_FROM, Some(Strength::Strong));
            check_leaning(both, STRONG_FROM + 1, Some(Strength::Strong));
        }
    }

    #[test]
    fn what_is_even_depends_where_both_sides_have_much_or_nothing_is_known() {
        let leaning = |first: i32, second: i32| (Sums { first, second }).leaning();
        assert_eq!(leaning(0, 0), Leaning::Depends);
        assert_eq!(leaning(0, EVEN_UP_TO), Leaning::Even);
        assert_eq!(leaning(CONFLICT_FROM - 1, CONFLICT_FROM - 1), Leaning::Even);
        assert_eq!(leaning(CONFLICT_FROM - 1, CONFLICT_FROM - 1 + EVEN_UP_TO), Leaning::Even);
        assert_eq!(leaning(CONFLICT_FROM, CONFLICT_FROM), Leaning::Depends);
        assert_eq!(leaning(CONFLICT_FROM + EVEN_UP_TO, CONFLICT_FROM), Leaning::Depends);
        assert_eq!(leaning(CONFLICT_FROM + EVEN_UP_TO + 1, CONFLICT_FROM), {
            Leaning::Toward(Side::First, Strength::Slight)
        });
    }

    /// A team, needs of which several hold, and shops that bring points of their own.
    fn sums_toy() -> Toy {
        let team =
            [value("l", "", &[("ease", "left", 3)]), value("r", "", &[("ease", "right", 2)]), value("none", "", &[])];
        let needs = [
            value("fast", "doubles = [\"speed\"]", &[("speed", "right", 1)]),
            value("plain", "doubles = [\"ease\"]", &[]),
            value("wide", "", &[("speed", "left", 4)]),
        ];
        let own = [("speed", "right", 2), ("ease", "left", 1)];
        toy(
            &[factor("team", false, &team), factor("needs", true, &needs)],
            &[
                ("shop", project("shop", "", &own)),
                ("studio", project("studio", "implies = { team = [\"r\"], needs = [\"wide\"] }", &own)),
            ],
        )
    }

    /// The sum, the points of each criterion, and each reason with what brings it and what doubles it.
    fn summary(found: &Recommendation<'_>) -> String {
        let criteria = found.criteria.iter().map(|(criterion, points)| format!("{} {points:+}", criterion.id));
        let reason = |reason: &Reason<'_>| {
            let because = reason.because.map_or("kind", |(_, value)| value.id.as_str());
            let doubled = reason.doubled_by.map_or(String::new(), |value| format!(" by {}", value.id));
            format!("{} for {because}{doubled}", reason.points)
        };
        let criteria: Vec<String> = criteria.collect();
        let reasons: Vec<String> = found.reasons.iter().map(reason).collect();
        format!("{:+}; {}; {}", found.score, criteria.join(", "), reasons.join(", "))
    }

    #[track_caller]
    fn check(kind: &str, stated: &[(&str, &[&str])], expected: &str) {
        let toy = sums_toy();
        assert_eq!(summary(&recommend(&toy.knowledge, &describe(kind, stated))), expected);
    }

    #[test]
    fn the_points_of_the_kind_and_of_the_values_add_up() {
        check("", &[], "+0; ; ");
        check("shop", &[], "+1; speed +2, ease -1; 2 for kind, 1 for kind");
        check("shop", &[("team", &["l"])], "-2; speed +2, ease -4; 3 for l, 2 for kind, 1 for kind");
        check("-", &[("team", &["r"]), ("needs", &["wide"])], "-2; speed -4, ease +2; 4 for wide, 2 for r");
        check("-", &[("team", &["none"])], "+0; ; ");
    }

    #[test]
    fn a_value_doubles_the_points_of_its_criterion_whatever_brings_them() {
        check(
            "shop",
            &[("needs", &["fast"])],
            "+5; speed +6, ease -1; 4 for kind by fast, 2 for fast by fast, 1 for kind",
        );
        check("-", &[("team", &["l"]), ("needs", &["plain"])], "-6; ease -6; 6 for l by plain");
        check("-", &[("team", &["l"]), ("needs", &["fast", "plain"])], {
            "-4; speed +2, ease -6; 6 for l by plain, 2 for fast by fast"
        });
    }

    #[test]
    fn what_was_stated_replaces_what_goes_with_the_kind_unless_several_hold() {
        let both = "-1; speed -2, ease +1; 4 for wide, 2 for kind, 2 for r, 1 for kind";
        check("studio", &[], both);
        // What was left open on purpose still goes with the kind.
        check("studio", &[("team", &[]), ("needs", &[])], both);
        check("studio", &[("team", &["r"]), ("needs", &["wide"])], both);
        check("studio", &[("team", &["l"])], "-6; speed -2, ease -4; 4 for wide, 3 for l, 2 for kind, 1 for kind");
        check("studio", &[("needs", &["fast"])], {
            "-1; speed -2, ease +1; 8 for wide by fast, 4 for kind by fast, 2 for r, 2 for fast by fast, 1 for kind"
        });
    }

    #[test]
    fn of_values_that_exclude_each_other_the_first_holds() {
        check("-", &[("team", &["r", "l"])], "-3; ease -3; 3 for l");
        check("gone", &[("team", &["l", "é"]), ("日", &["🦀"])], "-3; ease -3; 3 for l");
    }
}
