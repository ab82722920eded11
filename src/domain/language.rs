//! Recognises questions in languages that the bot does not speak, so that it can say so in them.

use std::collections::{HashMap, HashSet};

use once_cell::sync::Lazy;
use whatlang::{Detector, Lang};

use super::question::{Question, is_english};

/// A language that the bot recognises and does not speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Spanish.
    Spanish,
    /// Portuguese.
    Portuguese,
    /// French.
    French,
    /// German.
    German,
    /// Italian.
    Italian,
    /// Russian.
    Russian,
    /// Chinese.
    Chinese,
    /// Japanese.
    Japanese,
    /// Hindi.
    Hindi,
    /// Arabic.
    Arabic,
}

/// The languages in Latin letters, with their codes in the lists of function words and in those of runs of letters. Their
/// function words tell them from English even in a short text, where trigrams alone would guess.
const LATIN: [(Language, &str, Lang); 5] = [
    (Language::Spanish, "es", Lang::Spa),
    (Language::Portuguese, "pt", Lang::Por),
    (Language::French, "fr", Lang::Fra),
    (Language::German, "de", Lang::Deu),
    (Language::Italian, "it", Lang::Ita),
];

/// The languages in other scripts, and their neighbours, which would be taken for them.
const OTHER_SCRIPTS: [Lang; 8] =
    [Lang::Rus, Lang::Ukr, Lang::Cmn, Lang::Jpn, Lang::Hin, Lang::Ara, Lang::Pes, Lang::Urd];

/// English words in a chat that are also function words of one of the languages: "AI", "OS", "I'm".
const ALSO_ENGLISH: [&str; 8] = ["ai", "ad", "al", "da", "ed", "es", "im", "os"];

/// Function words that a text needs before it is taken for another language.
const FUNCTION_WORDS: usize = 2;
/// One is enough if it has this many letters and there is nothing else but names,
const LONG_FUNCTION_WORD: usize = 4;
/// Where there are fewer function words, this many words may tell as well,
const FEW_WORDS: usize = 3;
/// if at most one in this many is English, and their runs of letters are not.
const ENGLISH_SHARE: usize = 3;
/// Letters of another script that a text needs at least.
const OTHER_LETTERS: usize = 2;

/// A word of a text without accents, and as it was typed.
struct Word<'t> {
    plain: &'t str,
    typed: &'t str,
}

/// The function words of English.
static ENGLISH: Lazy<HashSet<&str>> = Lazy::new(|| versus_function_words::of("en").collect());

/// A function word, as a set of the languages of [`LATIN`] that have it.
static FUNCTION: Lazy<HashMap<String, u8>> = Lazy::new(|| {
    let mut words = HashMap::new();
    for (at, (_, name, _)) in LATIN.iter().enumerate() {
        for word in versus_function_words::of(name) {
            // Many leave out the accents when they type; with them, a word is no English one.
            let plain = Question::read(word).words().filter(|word| !is_also_english(word)).map(str::to_owned).collect();
            let accented = (!word.is_ascii()).then(|| word.to_owned());
            for word in accented.into_iter().chain::<Vec<String>>(plain) {
                *words.entry(word).or_insert(0) |= 1 << at;
            }
        }
    }
    words
});

/// The language of a text that is in none that the bot speaks; nothing where it is English, or too short to tell. Words for
/// which `is_name` holds, such as the names of tools, are the same in all languages and count for none.
pub fn foreign(text: &str, question: &Question, is_name: impl Fn(&str) -> bool) -> Option<Language> {
    let words: Vec<Word<'_>> = question
        .tokens()
        .filter(|token| !is_name(token.word) && token.word.chars().all(char::is_alphabetic))
        .map(|token| Word { plain: token.word, typed: text.get(token.range).unwrap_or_default() })
        .collect();
    in_other_script(text, &words).or_else(|| in_latin_letters(text, &words))
}

/// A language in another script. What is written in Latin letters within it are mostly names.
fn in_other_script(text: &str, words: &[Word<'_>]) -> Option<Language> {
    let letters: String = text.chars().map(|c| if is_latin(c) { ' ' } else { c }).collect();
    let others = letters.chars().filter(|c| c.is_alphabetic()).count();
    let english = words.iter().filter(|word| is_also_english(word.plain)).count();
    if others < OTHER_LETTERS || english * 2 > others {
        return None;
    }
    match Detector::with_allowlist(OTHER_SCRIPTS.to_vec()).detect_lang(&letters)? {
        Lang::Rus => Some(Language::Russian),
        Lang::Cmn => Some(Language::Chinese),
        Lang::Jpn => Some(Language::Japanese),
        Lang::Hin => Some(Language::Hindi),
        Lang::Ara => Some(Language::Arabic),
        _ => None,
    }
}

fn in_latin_letters(text: &str, words: &[Word<'_>]) -> Option<Language> {
    let mut counts = [0; LATIN.len()];
    for word in words {
        let languages = word.languages();
        counts.iter_mut().enumerate().filter(|(at, _)| languages >> at & 1 == 1).for_each(|(_, count)| *count += 1);
    }
    let most = counts.into_iter().max()?;
    let english = words.iter().filter(|word| is_also_english(word.plain) && word.languages() == 0).count();
    let says_nothing_else = most == words.len() && words.iter().any(|word| word.plain.len() >= LONG_FUNCTION_WORD);
    let is_clear = most >= FUNCTION_WORDS && most >= english || says_nothing_else;
    let is_likely = most > 0 && words.len() >= FEW_WORDS && english * ENGLISH_SHARE <= words.len();
    if !is_clear && !is_likely {
        return None;
    }
    let likeliest = LATIN.iter().zip(counts).filter(|(_, count)| *count == most).map(|((_, _, code), _)| *code);
    // Languages that are near to each other share words; their letters tell them apart.
    let english = (!is_clear).then_some(Lang::Eng);
    let found = Detector::with_allowlist(likeliest.chain(english).collect()).detect_lang(text)?;
    LATIN.iter().find(|(_, _, code)| *code == found).map(|(language, ..)| *language)
}

impl Word<'_> {
    /// The languages of [`LATIN`] that have it as a function word. Single letters and what stands in capitals, such as "MIT",
    /// may be anything.
    fn languages(&self) -> u8 {
        if self.typed.chars().count() < 2 || self.typed.chars().all(char::is_uppercase) {
            return 0;
        }
        let accented = || FUNCTION.get(&self.typed.to_lowercase());
        let found = if self.typed.is_ascii() { None } else { accented() };
        found.or_else(|| FUNCTION.get(self.plain)).copied().unwrap_or_default()
    }
}

fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}')
}

fn is_also_english(word: &str) -> bool {
    is_english(word) || ALSO_ENGLISH.contains(&word) || ENGLISH.contains(word)
}

#[cfg(test)]
mod tests {
    use super::{Language, foreign};
    use crate::question::Question;

    #[track_caller]
    fn check(text: &str, expected: Option<Language>) {
        let names = ["left", "right", "leftpad", "pip", "npm"];
        assert_eq!(foreign(text, &Question::read(text), |word| names.contains(&word)), expected, "{text:?}");
    }

    #[test]
    fn function_words_tell_a_language() {
        check("¿cuál es más rápido, left o right?", Some(Language::Spanish));
        check("cual es mejor para principiantes", Some(Language::Spanish));
        check("qual é mais rápido, left ou right?", Some(Language::Portuguese));
        check("quelle est la différence entre pip et npm", Some(Language::French));
        check("was ist schneller, left oder right?", Some(Language::German));
        check("left oder right?", Some(Language::German));
        check("perché left è così lento", Some(Language::Italian));
    }

    #[test]
    fn scripts_tell_a_language_whatever_names_stand_in_it() {
        check("что быстрее, left или right?", Some(Language::Russian));
        check("leftとright、どっちが速い？🦀", Some(Language::Japanese));
        check("leftのメモリ使用量は？", Some(Language::Japanese));
        check("left和right哪个更快？", Some(Language::Chinese));
        check("left इतना तेज़ क्यों है", Some(Language::Hindi));
        check("ما الفرق بين left و right", Some(Language::Arabic));
    }

    #[test]
    fn english_is_none_of_them_however_short_or_technical() {
        for text in [
            "",
            "🦀",
            "日",
            "é 🦀 z",
            "pip vs npm",
            "left o right?",
            "left",
            "MIT? GPL?",
            "im new to ai, which os",
            "wich is fastr leftt or rigth",
            "café app with a naïve parser",
            "what does 速い mean, and is it faster",
            "qwrtz plmkn",
            "Las Vegas node is down",
        ] {
            check(text, None);
        }
    }
}
