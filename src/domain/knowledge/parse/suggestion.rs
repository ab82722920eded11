//! Finds the name that a misspelt one was meant to be.

use strsim::osa_distance;

/// One letter in so many may be wrong.
const LETTERS_A_FAULT: usize = 3;
/// Letters that may be wrong at the most: one too many, too few or wrong, or two neighbours swapped.
const MOST_FAULTS: usize = 2;

/// The closest of the known names that are close enough, the first of several; capitals are one fault. Nothing for a name that is known.
pub(super) fn closest<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let allowed = (name.chars().count() / LETTERS_A_FAULT).min(MOST_FAULTS);
    let faults = |known: &str| match known != name && known.eq_ignore_ascii_case(name) {
        true => 1,
        false => osa_distance(name, known),
    };
    let near = known.map(|known| (faults(known), known)).filter(|(faults, _)| (1..=allowed).contains(faults));
    near.min_by_key(|(faults, _)| *faults).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_misspelt_name_is_found_and_another_word_is_not() {
        let known = ["takeaway", "title", "ask", "sides", "é日🦀é日🦀"];
        for (name, meant) in [
            ("takeway", Some("takeaway")),
            ("takeawya", Some("takeaway")),
            ("tilte", Some("title")),
            ("TAKEAWAY", Some("takeaway")),
            ("aks", Some("ask")),
            ("side", Some("sides")),
            ("é日🦀é日", Some("é日🦀é日🦀")),
            ("takeaway", None),
            ("as", None),
            ("summary", None),
            ("", None),
            ("🦀", None),
        ] {
            assert_eq!(closest(name, known.into_iter()), meant, "{name}");
        }
    }
}
