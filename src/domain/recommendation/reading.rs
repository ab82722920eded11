//! A description of a project, read out of free text: the kinds of project by the matching, its factors by phrases.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::phrases::{PhraseBook, Target, WordSet};
use super::ruling_out::Ruling;
use super::score;
use super::search::{self, Found, NAMES};
use crate::deciding::likeliest_kind;
use crate::knowledge::{Examples, Factor, Knowledge, Phrase, Phrasings};
use crate::matching::{KindsNamed, Label, Match, Matcher, Terms, Understanding};
use crate::question::{Boundary, Question, Token};
use crate::request::{Description, Kind};
use crate::thresholds::{NAMED_AT_LEAST, NAMED_COUNTS, NAMED_FIRST_COUNTS, NO_FURTHER_KIND_BELOW};

/// The phrases by which texts mention what is known about a project.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Phrases {
    book: PhraseBook,
    /// The stems of words that turn what follows into its opposite.
    negating: BTreeSet<u64>,
    /// The words between the parts of a text.
    joining: Vec<String>,
    /// The phrases that name kinds of project, and those that name what they always have.
    kinds: PhraseBook,
    ruling: Ruling,
}

/// How a phrase stands to a kind of project, in place of the value of a factor.
const NAME: u32 = 0;
const PART: u32 = 1;

/// What a text says about a project.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The project.
    pub description: Description,
    /// Further kinds of project, by their indexes in [`Knowledge::projects`].
    pub further: Vec<usize>,
    /// The words that state the values of each factor, by its code; each word once, and only the first few.
    pub words: BTreeMap<String, Vec<String>>,
}

impl Phrases {
    /// Prepares the phrases of the data.
    pub fn new(knowledge: &Knowledge, examples: &Examples, matcher: &Matcher) -> Self {
        let read = |phrase: &Phrase| {
            let target = (u32::try_from(phrase.factor).ok()?, u32::try_from(phrase.value).ok()?);
            let words = read_phrase(&phrase.text, knowledge, examples, matcher);
            (!words.is_empty()).then_some((words, target))
        };
        let phrases = examples.phrases.iter().filter_map(read).collect();
        let vocabulary = &examples.vocabulary;
        let negating = vocabulary.negating.iter().flat_map(|word| hashes(matcher, word)).collect();
        let joining = vocabulary.joining.iter().map(|word| Question::read(word).words().collect()).collect();
        let kinds = PhraseBook::new(kind_phrases(knowledge, examples, matcher));
        Self { book: PhraseBook::new(phrases), negating, joining, kinds, ruling: Ruling::new(&vocabulary.ruling) }
    }

    /// The kinds of project that a text names, and the ranges of its tokens by which it rules some out.
    pub fn kinds(&self, understanding: &Understanding) -> (KindsNamed, Vec<Range<usize>>) {
        let (mut kinds, mut out) = (KindsNamed::default(), Vec::new());
        let tokens: Vec<Token<'_>> = understanding.question.tokens().collect();
        for Found { target: (kind, how), terms } in search::find_all(&self.kinds, &search::text_terms(understanding)) {
            let (kind, name) = (kind as usize, understanding.terms.tokens_of(&terms, tokens.len()));
            if let Some(by) = self.ruling.rules_out(&tokens, name) {
                kinds.ruled_out.insert(kind);
                out.push(by);
            } else if how == NAME && !kinds.meant.contains(&kind) {
                kinds.meant.push(kind);
            }
        }
        kinds.ruled_out.retain(|kind| !kinds.meant.contains(kind));
        (kinds, out)
    }

    /// Reads what was understood already. Reading never fails: what is not understood is left open.
    pub fn read(&self, knowledge: &Knowledge, matcher: &Matcher, understanding: &Understanding) -> Reading {
        let mut reading = Reading::default();
        let kind = likeliest_kind(&with_names(understanding));
        if let Some(project) = kind.and_then(|at| knowledge.projects.get(at)) {
            reading.description.kind = Kind::Of(project.entry.id.clone());
        }
        reading.further = self.further_kinds(matcher, understanding, kind);
        self.read_factors(knowledge, understanding, &mut reading);
        reading
    }

    /// Kinds of project that are named by parts of a text.
    fn further_kinds(&self, matcher: &Matcher, understanding: &Understanding, kind: Option<usize>) -> Vec<usize> {
        let mut further = Vec::new();
        let parts = self.parts(&understanding.question);
        if parts.len() < 2 {
            return further;
        }
        for part in parts.into_iter().take(score::PARTS) {
            let best = matcher.likeliest(&understanding.terms, understanding.terms.of_tokens(part));
            let best = best.filter(|best| best.score >= NO_FURTHER_KIND_BELOW);
            if let Some(Label::Recommend(at)) = best.map(|best| best.label)
                && Some(at) != kind
                && !understanding.kinds.ruled_out.contains(&at)
                && !further.contains(&at)
            {
                further.push(at);
            }
        }
        further
    }

    /// The parts of a text between joining words and the ends of clauses, as ranges of its tokens.
    fn parts(&self, question: &Question) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let (mut start, mut end) = (0, 0);
        let mut before = Boundary::Word;
        for token in question.tokens() {
            // A part of a word as it was typed, such as the middle of "plug-and-play", joins nothing.
            let is_whole = before > Boundary::Nothing && token.boundary > Boundary::Nothing;
            if is_whole && self.joining.iter().any(|joining| joining == token.word) {
                parts.push(start..end);
                start = end + 1;
            }
            end += 1;
            if token.boundary >= Boundary::Clause {
                parts.push(start..end);
                start = end;
            }
            before = token.boundary;
        }
        parts.push(start..end);
        parts.retain(|part| !part.is_empty());
        parts
    }

    fn read_factors(&self, knowledge: &Knowledge, understanding: &Understanding, reading: &mut Reading) {
        let found = search::find(&self.book, &self.negating, &search::text_terms(understanding));
        for (number, factor) in (0..).zip(&knowledge.weighing.factors) {
            let of_factor: Vec<&Found> = found.iter().filter(|found| found.target.0 == number).collect();
            let values = values(factor, &of_factor);
            if values.is_empty() {
                continue;
            }
            let terms: BTreeSet<usize> = of_factor.iter().flat_map(|found| found.terms.iter().copied()).collect();
            let codes = values.into_iter().filter_map(|value| factor.values.get(value)).map(|value| value.code.clone());
            reading.description.stated.insert(factor.code.clone(), codes.collect());
            reading.words.insert(factor.code.clone(), quoted(&understanding.terms, terms));
        }
    }
}

/// What a text may mean, where kinds of project that it names count for more, the first one most: people say first what they
/// build, and then what belongs to it.
fn with_names(understanding: &Understanding) -> Vec<Match> {
    let mut candidates = understanding.candidates.clone();
    for (number, kind) in understanding.kinds.meant.iter().enumerate() {
        let label = Label::Recommend(*kind);
        let counts = if number == 0 { NAMED_FIRST_COUNTS } else { NAMED_COUNTS };
        match candidates.iter_mut().find(|candidate| candidate.label == label) {
            Some(candidate) => candidate.score = candidate.score.max(NAMED_AT_LEAST) * counts,
            None => candidates.push(Match { label, score: NAMED_AT_LEAST * counts }),
        }
    }
    candidates.sort_by(|one, other| other.score.total_cmp(&one.score));
    candidates
}

/// The phrases that name kinds of project and their parts.
fn kind_phrases(knowledge: &Knowledge, examples: &Examples, matcher: &Matcher) -> Vec<(Vec<WordSet>, Target)> {
    let read = |(kind, how, phrase): (u32, u32, &String)| {
        let words = read_phrase(phrase, knowledge, examples, matcher);
        (!words.is_empty()).then_some((words, (kind, how)))
    };
    let of_kind = |(kind, phrasings)| {
        let Phrasings { names, parts, .. }: &Phrasings = phrasings;
        let names = names.iter().map(move |name| (kind, NAME, name));
        names.chain(parts.iter().map(move |part| (kind, PART, part)))
    };
    (0..).zip(&examples.projects).flat_map(of_kind).filter_map(read).collect()
}

/// The values of a factor that phrases in a text state, by their indexes; none where they exclude each other.
fn values(factor: &Factor, found: &[&Found]) -> BTreeSet<usize> {
    let stated: BTreeSet<usize> = found.iter().map(|found| found.target.1 as usize).collect();
    if factor.many || stated.len() < 2 {
        return stated;
    }
    let unites = |value: usize, unites: &[usize]| {
        !unites.is_empty() && stated.iter().all(|stated| *stated == value || unites.contains(stated))
    };
    // Where a text contradicts itself the factor is left open, and asked.
    let united = factor.values.iter().enumerate().find(|(index, value)| unites(*index, &value.unites));
    united.map(|(index, _)| index).into_iter().collect()
}

/// The words of terms, each once, as many as are quoted. The name of a subject is left out: the title of the value says it.
fn quoted(terms: &Terms, indexes: BTreeSet<usize>) -> Vec<String> {
    let mut quoted: Vec<String> = Vec::new();
    for word in indexes.into_iter().filter_map(|index| terms.word(index)) {
        if quoted.len() < score::QUOTED_WORDS && quoted.iter().all(|known| known != word) {
            quoted.push(word.to_owned());
        }
    }
    quoted
}

/// A phrase of the data as the words that it may consist of.
fn read_phrase(phrase: &str, knowledge: &Knowledge, examples: &Examples, matcher: &Matcher) -> Vec<WordSet> {
    let mut words = Vec::new();
    for part in phrase.split_whitespace() {
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(name) => words.push(group(name, knowledge, examples, matcher)),
            None => words.extend(hashes(matcher, part).into_iter().map(|hash| vec![hash])),
        }
    }
    words
}

/// The words that a name in braces stands for: those of a subject, or those of a group.
fn group(name: &str, knowledge: &Knowledge, examples: &Examples, matcher: &Matcher) -> WordSet {
    let side = knowledge.subjects.iter().position(|subject| subject.id == name);
    if let Some(names) = side.and_then(|side| NAMES.get(side)) {
        return vec![*names];
    }
    let group = examples.groups.iter().find(|(group, _)| group == name);
    let words = group.into_iter().flat_map(|(_, words)| words);
    let mut words: WordSet = words.filter_map(|word| hashes(matcher, word).first().copied()).collect();
    words.sort_unstable();
    words
}

fn hashes(matcher: &Matcher, text: &str) -> Vec<u64> {
    matcher.read(&Question::read(text)).iter().map(|term| search::hashes(term).0).collect()
}

#[cfg(test)]
mod tests {
    use crate::question::Question;
    use crate::recommendation::score::{PARTS, QUOTED_WORDS};
    use crate::recommendation::toy::{Toy, factor, project, toy, value};
    use crate::request::Kind;

    const MANY: [&str; 7] = ["kappa", "lambda", "sigma", "theta", "omicron", "upsilon", "epsilon"];

    fn reading_toy() -> Toy {
        let team = [
            value("l", "words = [\"alpha\", \"{left} folks\"]", &[]),
            value("r", "words = [\"beta\"]", &[]),
            value("x", "words = [\"gamma\"]", &[]),
            value("both", "words = [\"delta\"]\nunites = [\"l\", \"r\"]", &[]),
        ];
        let many: Vec<String> = MANY.iter().map(|word| value(word, &format!("words = [\"{word}\"]"), &[])).collect();
        let kinds = [("game", project("game", "", &[])), ("shop", project("shop", "", &[]))];
        toy(&[factor("T", false, &team), factor("M", true, &many)], &kinds)
    }

    #[test]
    fn values_that_exclude_each_other_are_united_or_left_open() {
        let toy = reading_toy();
        for (text, expected) in [
            ("alpha", "T:l"),
            ("alpha. alpha", "T:l"),
            ("alpha. beta", "T:both"),
            ("beta. delta", "T:both"),
            ("alpha, beta, gamma", ""),
            ("alpha. gamma", ""),
            ("delta. gamma", ""),
            ("gamma. not alpha", "T:x"),
        ] {
            assert_eq!(toy.stated(text), expected, "{text}");
        }
        assert!(toy.read("alpha. gamma").words.is_empty(), "what is left open is not quoted");
    }

    #[test]
    fn each_word_is_quoted_once_and_only_a_few() {
        let toy = reading_toy();
        let quoted = |text: &str, factor: &str| toy.read(text).words.remove(factor).unwrap_or_default();
        assert_eq!(quoted(&"alpha 🦀 ".repeat(150), "T"), ["alpha"]);
        assert_eq!(quoted("Béta, alpha; beta", "T"), ["beta", "alpha"]);
        // The title of the value says whose folks they are.
        assert_eq!(quoted("lefty folks", "T"), ["folks"]);
        assert_eq!(quoted(&MANY.join(" 日 "), "M"), MANY[..QUOTED_WORDS]);
        assert_eq!(quoted("omicron kappa", "M"), ["omicron", "kappa"]);
    }

    #[test]
    fn parts_lie_between_joining_words_and_the_ends_of_clauses() {
        let toy = reading_toy();
        for (text, expected) in [
            ("one big shop", "one big shop"),
            ("shop and game", "shop|game"),
            ("shop, and then game. AND café", "shop|then game|cafe"),
            ("plug-and-play (and) 日本 🦀", "plug and play|日本"),
            ("and, and. 🦀", ""),
            ("", ""),
        ] {
            let question = Question::read(text);
            let words: Vec<&str> = question.words().collect();
            let parts = toy.phrases.parts(&question).into_iter().map(|part| words[part].join(" "));
            assert_eq!(parts.collect::<Vec<_>>().join("|"), expected, "{text}");
        }
    }

    /// The kinds that a text names: the first one, and the others.
    fn kinds(toy: &Toy, text: &str) -> Vec<String> {
        let reading = toy.read(text);
        let first = match reading.description.kind {
            Kind::Of(id) => Some(id),
            Kind::Open | Kind::Skipped => None,
        };
        let others = reading.further.iter().map(|at| toy.knowledge.projects[*at].entry.id.clone());
        first.into_iter().chain(others).collect()
    }

    #[test]
    fn each_part_of_a_text_may_name_a_kind_of_project() {
        let toy = reading_toy();
        let check = |text: &str, expected: &[&str]| {
            let mut kinds = kinds(&toy, text);
            kinds.sort();
            assert_eq!(kinds, expected, "{text}");
        };
        check("we build a shop", &["shop"]);
        check("a shop and a game", &["game", "shop"]);
        check("a shop, a game; a shop", &["game", "shop"]);
        check("who won the match?", &[]);
        check("日 🦀", &[]);
        // Only the first parts are read by themselves.
        let after = |parts: usize| format!("{}game, shop", "café, ".repeat(parts));
        check(&after(PARTS - 2), &["game", "shop"]);
        let beyond = kinds(&toy, &after(PARTS));
        assert_eq!(beyond.len(), 1, "only the whole text names a kind: {beyond:?}");
    }
}
