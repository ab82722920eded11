//! The topics that a text typed so far may mean, for autocompletion.

use super::{Label, Matcher, spelling};
use crate::domain::knowledge::{Knowledge, Topic};
use crate::domain::question::Question;

/// How well a topic fits a text typed so far, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
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
        let typed_words: Vec<&str> = question.words().collect();
        let start = typed_words.join(" ");
        let meant: Vec<usize> =
            self.understand(typed).candidates.iter().filter_map(|candidate| topic(candidate.label)).collect();
        let fits = knowledge.topics.iter().enumerate().filter_map(|(at, topic)| {
            let meaning = || meant.iter().position(|other| *other == at).map(Fit::Meaning);
            let fit = spelled(topic, &start).or_else(|| misspelt(topic, &start)).or_else(meaning);
            fit.map(|fit| (fit, topic))
        });
        let mut fits: Vec<(Fit, &Topic)> = fits.collect();
        fits.sort_by_key(|(fit, topic)| (*fit, &topic.title));
        fits.into_iter().map(|(_, topic)| topic).take(most).collect()
    }
}

fn topic(label: Label) -> Option<usize> {
    match label {
        Label::Compare(at) => Some(at),
        _ => None,
    }
}

fn spelled(topic: &Topic, start: &str) -> Option<Fit> {
    if start.is_empty() {
        return None;
    }
    let names = [plain(&topic.title), plain(&topic.id)];
    if names.iter().any(|name| name.starts_with(start)) {
        return Some(Fit::Title);
    }
    if names.iter().any(|name| has_word_start(name, start)) {
        return Some(Fit::WordOfTitle);
    }
    topic.words.iter().any(|word| has_word_start(&plain(word), start)).then_some(Fit::Alias)
}

/// Compares with words cut to the length of what was typed, so that it works before a word is finished.
fn misspelt(topic: &Topic, start: &str) -> Option<Fit> {
    let length = start.chars().count();
    let names = [plain(&topic.title), plain(&topic.id)];
    let words = topic.words.iter().map(|word| plain(word));
    let starts = names.into_iter().chain(words).map(|word| word.chars().take(length).collect::<String>());
    let starts: Vec<String> = starts.collect();
    spelling::closest(start, starts.iter().map(String::as_str)).map(|_| Fit::Misspelt)
}

fn has_word_start(text: &str, start: &str) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        if rest.starts_with(start) {
            return true;
        }
        rest = rest.split_once(' ').map_or("", |(_, rest)| rest);
    }
    false
}

fn plain(text: &str) -> String {
    Question::read(text).words().collect::<Vec<_>>().join(" ")
}
