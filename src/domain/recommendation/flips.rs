//! What would turn a recommendation, and what is worth asking: every factor is changed by itself and all is summed again.

use std::cmp::Reverse;

use super::description::{Known, Values};
use super::sums::Sums;
use super::{Next, score};
use crate::knowledge::{Factor, Knowledge, Leaning, Side, Value};
use crate::request::Kind;

/// What turns a recommendation: one change, or several at once where no single one does.
#[derive(Debug, Clone)]
pub struct Flip<'k> {
    /// What changes, each in another factor.
    pub changes: Vec<Change<'k>>,
    /// The sum that it leads to.
    pub score: i32,
    /// The leaning that it leads to.
    pub leaning: Leaning,
}

/// A change of one factor.
#[derive(Debug, Clone, Copy)]
pub struct Change<'k> {
    /// The factor that changes.
    pub factor: &'k Factor,
    /// Its value before; nothing if it was not known.
    pub from: Option<&'k Value>,
    /// Its value after; nothing if a need falls away.
    pub to: Option<&'k Value>,
}

/// A change of one factor, with everything that holds after it.
struct Changed<'k> {
    change: Change<'k>,
    /// The values of the factor after it.
    after: Vec<&'k Value>,
    sums: Sums,
}

/// Every single change of a description.
pub(super) struct Changes<'c, 'k> {
    known: &'c Known<'k>,
    values: &'c Values<'k>,
    before: Sums,
    /// Of each factor: whether it needs no question, and what it could be instead.
    of_factors: Vec<(&'k Factor, bool, Vec<Changed<'k>>)>,
}

impl<'c, 'k> Changes<'c, 'k> {
    /// Makes every single change.
    pub(super) fn of(knowledge: &'k Knowledge, known: &'c Known<'k>, values: &'c Values<'k>) -> Self {
        let factors = knowledge.weighing.factors.iter().enumerate();
        let of_factors = factors.map(|(index, factor)| {
            let others: Values<'k> = values.iter().copied().filter(|(other, _)| other.code != factor.code).collect();
            (factor, known.settles(index, factor), changes(known, &others, index, factor))
        });
        Self { known, values, before: Sums::of(known.project, values), of_factors: of_factors.collect() }
    }

    /// The smallest change of each factor that leads to another side, or from a side to neither; the smallest first, then
    /// in the order of the data. Where no single change does, as few as possible at once. The kind of project is not
    /// changed: another project is another question.
    pub(super) fn smallest(&self) -> Vec<Flip<'k>> {
        if self.before == Sums::default() {
            return Vec::new();
        }
        let turning = |changes: &'_ Vec<Changed<'k>>| {
            let turning = changes.iter().filter(|changed| self.turns(changed.sums));
            let smallest = turning.min_by_key(|changed| self.distance(changed.sums))?;
            let (score, leaning) = (smallest.sums.score(), smallest.sums.leaning());
            Some(Flip { changes: vec![smallest.change], score, leaning })
        };
        let mut flips: Vec<Flip<'k>> = self.of_factors.iter().filter_map(|(_, _, changes)| turning(changes)).collect();
        flips.sort_by_key(|flip| (flip.score - self.before.score()).abs());
        flips.truncate(score::FLIPS);
        if flips.is_empty() { self.fewest().into_iter().collect() } else { flips }
    }

    /// The fewest changes that turn it at once: of each factor the one that moves furthest to the other side, the furthest
    /// first.
    fn fewest(&self) -> Option<Flip<'k>> {
        let back = |sums: Sums| (sums.score() - self.before.score()) * self.before.score().signum();
        let furthest =
            self.of_factors.iter().filter_map(|(_, _, changes)| changes.iter().min_by_key(|one| back(one.sums)));
        let mut furthest: Vec<&Changed<'k>> = furthest.filter(|changed| back(changed.sums) < 0).collect();
        furthest.sort_by_key(|changed| back(changed.sums));
        let mut values = self.values.clone();
        let mut changes = Vec::new();
        for changed in furthest {
            let factor = changed.change.factor;
            values.retain(|(other, _)| other.code != factor.code);
            values.extend(changed.after.iter().map(|value| (factor, *value)));
            changes.push(changed.change);
            let sums = Sums::of(self.known.project, &values);
            if self.turns(sums) {
                return Some(Flip { changes, score: sums.score(), leaning: sums.leaning() });
            }
        }
        None
    }

    fn distance(&self, sums: Sums) -> i32 {
        (sums.score() - self.before.score()).abs()
    }

    /// What may still be asked: the kind of project, then the factors that could turn the answer, then those that could
    /// move it furthest. What could not move it is not asked.
    pub(super) fn questions(&self) -> Vec<Next<'k>> {
        let open = self.of_factors.iter().filter(|(_, settled, _)| !settled);
        let swings = open.filter_map(|(factor, _, changes)| {
            let scores = || changes.iter().map(|changed| changed.sums.score()).chain([self.before.score()]);
            let swing = scores().max()? - scores().min()?;
            let turns = changes.iter().any(|changed| self.turns(changed.sums));
            (swing > 0).then_some((Reverse(turns), Reverse(swing), *factor))
        });
        let mut swings: Vec<_> = swings.collect();
        swings.sort_by_key(|(turns, swing, _)| (*turns, *swing));
        let kind = (self.known.description.kind == Kind::Open).then_some(Next::Kind);
        kind.into_iter().chain(swings.into_iter().map(|(_, _, factor)| Next::Factor(factor))).collect()
    }

    fn turns(&self, sums: Sums) -> bool {
        side(sums.leaning()) != side(self.before.leaning())
    }
}

/// Everything that a factor could be instead; `others` are the values of the other factors.
fn changes<'k>(known: &Known<'k>, others: &Values<'k>, index: usize, factor: &'k Factor) -> Vec<Changed<'k>> {
    let (stated, implied) = (known.stated(factor), known.implied(index, factor));
    let is = |value: &'k Value| move |other: &&'k Value| other.code == value.code;
    let now = stated.first().or(implied.first()).copied();
    let change = |value: &'k Value| {
        let held: Vec<&'k Value> =
            implied.iter().chain(stated.iter().filter(|one| !implied.iter().any(is(one)))).copied().collect();
        let holds =
            if factor.many { held.iter().any(is(value)) } else { now.is_some_and(|now| now.code == value.code) };
        let (from, to, after): (_, _, Vec<&'k Value>) = match (factor.many, holds) {
            (true, false) => (None, Some(value), held.into_iter().chain([value]).collect()),
            // What goes with the kind of project does not fall away.
            (true, true) if !implied.iter().any(is(value)) => {
                (Some(value), None, held.into_iter().filter(|held| held.code != value.code).collect())
            }
            (false, false) => (now, Some(value), vec![value]),
            _ => return None,
        };
        let all: Values<'k> = others.iter().copied().chain(after.iter().map(|value| (factor, *value))).collect();
        let sums = Sums::of(known.project, &all);
        Some(Changed { change: Change { factor, from, to }, after, sums })
    };
    factor.values.iter().filter_map(change).collect()
}

fn side(leaning: Leaning) -> Option<Side> {
    match leaning {
        Leaning::Toward(side, _) => Some(side),
        Leaning::Even | Leaning::Depends => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Flip};
    use crate::knowledge::Value;
    use crate::recommendation::score::{EVEN_UP_TO, FLIPS, STRONG_FROM};
    use crate::recommendation::toy::{Toy, describe, factor, project, toy, value};
    use crate::recommendation::{Next, recommend};
    use crate::request::{Description, Kind, Part};

    /// A factor whose one value has these points for the right, or for the left where they are below 0.
    fn one(code: &str, points: i32) -> String {
        factor(code, false, &[of_points("v", "", points)])
    }

    fn of_points(code: &str, fields: &str, points: i32) -> String {
        let side = if points < 0 { "left" } else { "right" };
        // A weight has few points, so that many points are several weights.
        let weights = vec![("speed", side, 1); points.unsigned_abs() as usize];
        value(code, fields, &weights)
    }

    fn shop(points: i32) -> (&'static str, String) {
        let side = if points < 0 { "left" } else { "right" };
        ("shop", project("shop", "", &vec![("speed", side, 1); points.unsigned_abs() as usize]))
    }

    #[track_caller]
    fn check_flips(toy: &Toy, description: &Description, expected: &str) {
        let found = recommend(&toy.knowledge, description);
        let flip = |flip: &Flip<'_>| {
            let code = |value: Option<&Value>| value.map_or("-".to_owned(), |value| value.code.clone());
            let change =
                |change: &Change<'_>| format!("{}:{}>{}", change.factor.code, code(change.from), code(change.to));
            let changes: Vec<String> = flip.changes.iter().map(change).collect();
            format!("{} {:+}", changes.join("+"), flip.score)
        };
        assert_eq!(found.flips.iter().map(flip).collect::<Vec<_>>().join(", "), expected);
    }

    /// The kind where it is asked, and the codes of the factors that are asked, in order.
    #[track_caller]
    fn check_questions(toy: &Toy, description: &Description, expected: &[&str]) {
        let mut description = description.clone();
        let mut asked = Vec::new();
        let mut left = expected.len();
        while let Some(next) = recommend(&toy.knowledge, &description).next {
            assert_eq!(recommend(&toy.knowledge, &description).questions_left, left);
            left = left.saturating_sub(1);
            match next {
                Next::Kind => {
                    asked.push("kind".to_owned());
                    description.kind = Kind::Skipped;
                }
                Next::Factor(factor) => {
                    asked.push(factor.code.clone());
                    description.stated.insert(factor.code.clone(), [].into());
                }
            }
        }
        assert_eq!(asked, expected);
    }

    #[test]
    fn the_smallest_change_comes_first_and_of_equal_ones_the_first_in_the_data() {
        let ahead = EVEN_UP_TO + 1;
        let factors = [one("a", -ahead - 2), one("b", -1), one("c", -ahead), one("d", -1), one("e", 3)];
        let toy = toy(&factors, &[shop(ahead)]);
        // Each of them leads to neither side, and the largest to the other one; one more for the same side turns nothing.
        let expected = format!("b:->v {EVEN_UP_TO:+}, d:->v {EVEN_UP_TO:+}, c:->v +0");
        check_flips(&toy, &describe("shop", &[]), &expected);
        assert_eq!(FLIPS, 3, "the test has one change more");
    }

    #[test]
    fn of_several_values_of_a_factor_the_smallest_change_is_shown() {
        let ahead = STRONG_FROM;
        let enough = ahead - EVEN_UP_TO;
        let values =
            [of_points("far", "", -ahead - 1), of_points("near", "", -enough), of_points("less", "", 1 - enough)];
        let toy = toy(&[factor("a", false, &values)], &[shop(ahead)]);
        check_flips(&toy, &describe("shop", &[]), &format!("a:->near {EVEN_UP_TO:+}"));
        check_flips(&toy, &describe("shop", &[("a", &["far"])]), &format!("a:far>less {:+}", EVEN_UP_TO + 1));
        check_flips(&toy, &describe("shop", &[("a", &["less"])]), &format!("a:less>near {EVEN_UP_TO:+}"));
    }

    #[test]
    fn where_no_single_change_turns_it_the_fewest_do_the_furthest_first() {
        let factors = [one("a", -2), one("b", -STRONG_FROM), one("c", -2), one("d", -1), one("e", 4)];
        let toy = toy(&factors, &[shop(STRONG_FROM + EVEN_UP_TO + 3)]);
        let left = EVEN_UP_TO + 3 - 2;
        check_flips(&toy, &describe("shop", &[]), &format!("b:->v+a:->v+c:->v {:+}", left - 2));
        // Nothing turns it together either.
        let toy = self::toy(&factors, &[shop(4 * STRONG_FROM)]);
        check_flips(&toy, &describe("shop", &[]), "");
    }

    #[test]
    fn of_several_needs_each_comes_or_falls_away_by_itself() {
        let enough = EVEN_UP_TO + 1;
        let needs = [of_points("x", "", -1), of_points("y", "", enough), value("z", "", &[])];
        let implied = project("shop", "implies = { n = [\"x\"] }", &[("ease", "right", 1)]);
        let toy = toy(&[factor("n", true, &needs)], &[("shop", implied)]);
        check_flips(&toy, &describe("shop", &[]), &format!("n:->y {enough:+}"));
        // What goes with the kind does not fall away.
        check_flips(&toy, &describe("shop", &[("n", &["y"])]), "n:y>- +0");
        check_flips(&toy, &describe("-", &[("n", &["y", "z"])]), &format!("n:->x {EVEN_UP_TO:+}"));
    }

    #[test]
    fn where_nothing_is_known_nothing_can_turn() {
        let toy = toy(&[one("a", STRONG_FROM)], &[shop(0)]);
        check_flips(&toy, &describe("", &[]), "");
        check_flips(&toy, &describe("shop", &[]), "");
    }

    #[test]
    fn the_kind_is_asked_first_then_what_turns_it_then_what_moves_it_furthest() {
        let ahead = EVEN_UP_TO + 1;
        let factors = [one("a", 2), one("b", 3), one("none", 0), one("c", -1), one("d", -ahead - 1), one("e", 3)];
        let toy = toy(&factors, &[shop(ahead)]);
        check_questions(&toy, &describe("shop", &[]), &["d", "c", "b", "e", "a"]);
        check_questions(&toy, &describe("shop", &[("d", &[]), ("b", &["v"])]), &["e", "a", "c"]);
    }

    #[test]
    fn what_goes_with_the_kind_is_not_asked_unless_several_may_hold() {
        let single = factor("s", false, &[of_points("v", "", 1), of_points("w", "", 2)]);
        let several = factor("m", true, &[of_points("v", "", 1), of_points("w", "", 2)]);
        let implied = project("shop", "implies = { s = [\"v\"], m = [\"v\"] }", &[]);
        let toy = toy(&[single, several], &[("shop", implied)]);
        check_questions(&toy, &describe("", &[]), &["kind", "s", "m"]);
        check_questions(&toy, &describe("shop", &[]), &["m"]);
    }

    #[test]
    fn what_somebody_wants_to_change_is_asked_next() {
        let toy = toy(&[one("a", 1), one("b", 3)], &[shop(2)]);
        let next = |changing: Option<Part>| {
            let found = recommend(&toy.knowledge, &Description { changing, ..describe("shop", &[]) });
            match found.next {
                Some(Next::Factor(factor)) => factor.code.clone(),
                Some(Next::Kind) => "kind".to_owned(),
                None => "nothing".to_owned(),
            }
        };
        assert_eq!(next(Some(Part::Factor("a".to_owned()))), "a");
        assert_eq!(next(Some(Part::Kind)), "kind");
        // The data may have changed since.
        assert_eq!(next(Some(Part::Factor("日".to_owned()))), "b");
        assert_eq!(next(None), "b");
    }
}
