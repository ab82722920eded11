//! Finds the word that a misspelt one was meant to be.

use super::score;
use crate::question::is_english;

/// The index of the word that is closest to a misspelt one: fewest faults, then first in order. Nothing if the word is
/// good English, too short to tell, or too far from all of them.
///
/// A fault is a letter too many, too few or wrong, or two neighbours swapped (Damerau 1964, each stretch edited once).
pub(super) fn closest<'w>(word: &str, words: impl Iterator<Item = &'w str>) -> Option<usize> {
    let most = faults_allowed(word)?;
    if is_english(word) {
        return None;
    }
    let shape = letters(word);
    let mut best: Option<(usize, usize)> = None;
    for (at, known) in words.enumerate() {
        let allowed = best.map_or(most, |(faults, _)| faults.saturating_sub(1));
        let near = known.len() >= score::ONE_FAULT_FROM && known.len().abs_diff(word.len()) <= allowed;
        // Each fault changes at most two letters of the set.
        if !near || (shape ^ letters(known)).count_ones() as usize > 2 * allowed || !same_start(word, known) {
            continue;
        }
        let faults = distance(word.as_bytes(), known.as_bytes());
        if faults > 0 && faults <= allowed {
            best = Some((faults, at));
        }
    }
    best.map(|(_, at)| at)
}

fn faults_allowed(word: &str) -> Option<usize> {
    // Only letters: what is wrong in a number or in another script cannot be told.
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    match word.len() {
        length if length >= score::TWO_FAULTS_FROM => Some(score::MOST_FAULTS),
        length if length >= score::ONE_FAULT_FROM => Some(1),
        _ => None,
    }
}

/// People rarely get the first letter wrong, but swap it with the second.
fn same_start(word: &str, known: &str) -> bool {
    let mut first = word.bytes();
    let mut second = known.bytes();
    let (a, b) = (first.next(), second.next());
    a == b || (a == second.next() && first.next() == b)
}

/// The set of letters of a word.
fn letters(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii_lowercase).fold(0, |set, byte| set | 1 << (byte - b'a'))
}

/// The least number of faults that turns one word into the other.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut previous = None;
    for (row, x) in a.iter().enumerate() {
        let mut current = Vec::with_capacity(above.len());
        current.push(row + 1);
        for (column, y) in b.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX - 1);
            let change = at(&above, column) + usize::from(x != y);
            let mut least = change.min(at(&above, column + 1) + 1).min(at(&current, column) + 1);
            let swapped = column > 0 && previous == Some(y) && b.get(column - 1) == Some(x);
            if swapped {
                least = least.min(at(&before, column - 1) + 1);
            }
            current.push(least);
        }
        previous = Some(x);
        before = std::mem::replace(&mut above, current);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[track_caller]
    fn check(word: &str, expected: Option<&str>) {
        let known = ["performance", "async", "debugging", "speed", "memory", "node", "scale", "typing"];
        let found = closest(word, known.into_iter()).and_then(|at| known.get(at).copied());
        assert_eq!(found, expected, "{word}");
    }

    #[test]
    fn a_misspelt_word_is_found() {
        check("performence", Some("performance"));
        check("preformance", Some("performance"));
        check("assync", Some("async"));
        check("debuging", Some("debugging"));
        check("speeed", Some("speed"));
        check("psede", None);
        check("memmory", Some("memory"));
    }

    #[test]
    fn the_fewest_faults_win_and_of_equal_ones_the_first() {
        let meant = |word: &str, known: &[&str]| closest(word, known.iter().copied());
        assert_eq!(meant("performanze", &["performed", "performances", "performance"]), Some(2));
        assert_eq!(meant("asynk", &["async", "asynd", "asynl"]), Some(0));
        assert_eq!(meant("asynk", &[]), None);
    }

    #[test]
    fn a_fault_more_needs_a_longer_word() {
        check("asnyk", None);
        check("perfomanze", Some("performance"));
        check("pxrfxmanze", None);
    }

    #[test]
    fn a_real_word_is_no_misspelling() {
        check("stale", None);
        check("spend", None);
        check("typical", None);
    }

    #[test]
    fn what_is_short_or_foreign_is_left_alone() {
        check("nod", None);
        check("日本語日本語", None);
        check("sp33d", None);
        check("", None);
    }
}
