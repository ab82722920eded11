//! The function words of a few languages, such as "the" and "with", by which a language is recognised.

/// The code of each language, and its words, one a line: a list of texts would have to be adjusted at each start.
static LISTS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/lists.rs"));

/// The function words of the language of a code of ISO 639-1; none where there is no list of it.
pub fn of(language: &str) -> impl Iterator<Item = &'static str> + use<> {
    let list = LISTS.iter().find(|(code, _)| *code == language);
    list.map_or("", |(_, words)| words).lines()
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_language_has_its_words_and_no_others() {
        assert!(of("en").any(|word| word == "with") && of("de").any(|word| word == "für"));
        assert!(of("en").all(|word| word != "für"));
        for code in ["", "xx", "é", "日", "🦀"] {
            assert_eq!(of(code).count(), 0, "{code}");
        }
    }
}
