//! The topics that a text typed so far may mean, for autocompletion.

use super::{Label, Matcher, spelling};
use crate::knowledge::{Knowledge, Topic};
use crate::question::Question;

/// How well a topic fits a text typed so far, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The text is its title, its id or a word by which people ask for it.
    Exact,
    /// Its title or id begins with the text.
    Title,
    /// A word of its title or id begins with the text.
    WordOfTitle,
    /// A word by which people ask for it begins with the text.
    Alias,
    /// A misspelt word of the text is close to its title or to a word by which people ask for it.
    Misspelt,
    /// It is what the text means, read as a question.
    Meaning(usize),
}

impl Matcher {
    /// The topics that a text typed so far may mean, best first, at most `most`.
    pub fn complete<'k>(&self, knowledge: &'k Knowledge, typed: &str, most: usize) -> Vec<&'k Topic> {
        let question = Question::read(typed);
        let start = question.words().collect::<Vec<_>>().join(" ");
        let mut fits: Vec<(Fit, &Topic)> = fits(knowledge, |topic| spelled(topic, &start));
        if fits.is_empty() {
            fits = self::fits(knowledge, |topic| misspelt(topic, &start));
        }
        let meant = self.understand(typed).candidates.into_iter().enumerate();
        let meant = meant.filter_map(|(rank, candidate)| match candidate.label {
            Label::Compare(at) => Some((Fit::Meaning(rank), knowledge.topics.get(at)?)),
            _ => None,
        });
        let spelled: Vec<&str> = fits.iter().map(|(_, topic)| topic.entry.id.as_str()).collect();
        let meant: Vec<(Fit, &Topic)> =
            meant.filter(|(_, topic)| !spelled.contains(&topic.entry.id.as_str())).collect();
        fits.extend(meant);
        fits.sort_by_key(|(fit, topic)| (*fit, &topic.entry.title));
        fits.into_iter().map(|(_, topic)| topic).take(most).collect()
    }
}

fn fits(knowledge: &Knowledge, fit: impl Fn(&Topic) -> Option<Fit>) -> Vec<(Fit, &Topic)> {
    knowledge.topics.iter().filter_map(|topic| Some((fit(topic)?, topic))).collect()
}

fn spelled(topic: &Topic, start: &str) -> Option<Fit> {
    let names = [&topic.entry.title, &topic.entry.id];
    let exact = |name: &&String| plain(name).eq(start.chars());
    if start.is_empty() {
        None
    } else if names.iter().copied().chain(&topic.aliases).any(|name| exact(&name)) {
        Some(Fit::Exact)
    } else if names.iter().any(|name| begins(name, start)) {
        Some(Fit::Title)
    } else if names.iter().any(|name| has_word_start(name, start)) {
        Some(Fit::WordOfTitle)
    } else {
        topic.aliases.iter().any(|word| has_word_start(word, start)).then_some(Fit::Alias)
    }
}

/// Compares with words cut to the length of what was typed, so that it works before a word is finished.
fn misspelt(topic: &Topic, start: &str) -> Option<Fit> {
    let length = start.chars().count();
    let names = [&topic.entry.title, &topic.entry.id].into_iter().chain(&topic.aliases);
    let starts: Vec<String> = names.map(|name| plain(name).take(length).collect()).collect();
    spelling::closest(start, starts.iter().map(String::as_str)).map(|_| Fit::Misspelt)
}

fn has_word_start(text: &str, start: &str) -> bool {
    let later = text.char_indices().filter(|(_, c)| is_gap(*c)).filter_map(|(at, c)| text.get(at + c.len_utf8()..));
    std::iter::once(text).chain(later).any(|rest| begins(rest, start))
}

/// Whether a text begins with another, which is given in lower case with a blank between words.
fn begins(text: &str, start: &str) -> bool {
    let mut text = plain(text);
    start.chars().all(|c| text.next() == Some(c))
}

/// A name as it is compared: lower case, with a blank for a hyphen.
fn plain(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase).map(|c| if is_gap(c) { ' ' } else { c })
}

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '-')
}

#[cfg(test)]
mod tests {
    use crate::matching::toy::{Toy, ToyTopic, toy};

    /// Topics that fit the same text in different ways; the order of their ids is not that of their titles.
    const TOPICS: [ToyTopic<'_>; 6] = [
        ("awake", "Staying awake", &["caffeine"], &["which has more caffeine", "what wakes me up longest"]),
        ("cream", "Cream", &["oat milk", "foam"], &["which one goes with cream", "is the foam firmer"]),
        ("milk", "Milk", &["dairy"], &["which one goes with dairy", "is it good without anything"]),
        ("shakes", "Milkshake", &["blender"], &["which one can be blended", "a cold drink in summer"]),
        ("warm", "Warm milk", &["cosy"], &["which one is cosy", "a warm drink in winter"]),
        ("zest", "Citrus", &["lemon"], &["which one goes with lemon", "is it sour"]),
    ];

    #[track_caller]
    fn check(typed: &str, expected: &[&str]) {
        let Toy { knowledge, matcher } = toy(&TOPICS);
        let found = matcher.complete(&knowledge, typed, 9);
        let ids: Vec<&str> = found.iter().map(|topic| topic.entry.id.as_str()).collect();
        assert_eq!(ids.get(..expected.len()).unwrap_or(&ids), expected, "{typed:?}: {ids:?}");
    }

    #[test]
    fn a_whole_name_comes_before_the_start_of_one_and_that_before_the_start_of_a_word() {
        // Its title, the start of a title, the start of a word of a title, the start of a word by which people ask.
        check("milk", &["milk", "shakes", "warm", "cream"]);
        check("mil", &["milk", "shakes", "warm", "cream"]);
        check("MILK", &["milk", "shakes", "warm", "cream"]);
    }

    #[test]
    fn an_id_and_a_word_by_which_people_ask_are_names_as_well() {
        check("zest", &["zest"]);
        check("oat milk", &["cream"]);
        check("Oat-Milk", &["cream"]);
        check("warm-mi", &["warm"]);
    }

    #[test]
    fn topics_that_fit_as_well_stand_in_order_of_their_titles() {
        // "Citrus" and "Cream"; "Milk" and "Milkshake".
        check("c", &["zest", "cream"]);
        check("m", &["milk", "shakes"]);
    }

    #[test]
    fn a_misspelt_name_is_found_where_none_is_spelt_so() {
        check("milkshaek", &["shakes"]);
        check("blendre", &["shakes"]);
        check("citurs", &["zest"]);
    }

    #[test]
    fn what_is_no_name_is_read_as_a_question() {
        check("what wakes me up", &["awake"]);
        check("with lemon, is it sour?", &["zest"]);
    }

    #[test]
    fn what_fits_nothing_completes_nothing() {
        let Toy { knowledge, matcher } = toy(&TOPICS);
        for typed in ["", "  ", "qwrtz", "é 日 🦀"] {
            assert!(matcher.complete(&knowledge, typed, 9).is_empty(), "{typed:?}");
        }
        assert_eq!(matcher.complete(&knowledge, "milk", 2).len(), 2);
    }
}
