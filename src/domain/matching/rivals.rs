//! Finds out whether a text sets something against something else that is not compared: a rival, or two tools of one side.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::knowledge::{Belongs, Examples, Knowledge, PairingWords, Side};
use crate::question::{Boundary, Question, Token, is_english};

/// The longest name that is looked for, in words.
const LONGEST_NAME: usize = 3;
/// Words that may stand between two names of which one is set against the other: "is one really that much faster than the other".
const BETWEEN: usize = 5;
/// Letters up to which a name may be a plain word as well, although the list of English words has none that are so short.
const SHORT: usize = 2;

/// Names of what can be set against something else, and the words by which that is done.
#[derive(Debug, Serialize, Deserialize)]
pub struct Names {
    /// What a name stands for, by its words, joined by blanks.
    by_words: BTreeMap<String, Name>,
    /// The names of the rivals as they are shown.
    rivals: Vec<String>,
    pairing: PairingWords,
}

/// A name.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Name {
    named: Named,
    /// Whether it is also a plain word, or a single letter.
    is_plain: bool,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Named {
    Subject(Side),
    /// The tool at this index of `Knowledge::tools`.
    Tool(usize, Belongs),
    /// The rival at this index of the rivals.
    Rival(usize),
    /// Something that goes with either subject.
    Context,
}

/// Things that a text sets against each other, of which at least one is not compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairing {
    /// Languages and runtimes that are not compared, in the order of the text; [`Names::rival`] gives their names.
    pub rivals: Vec<usize>,
    /// The subjects that stand on the other side of it, by themselves.
    pub sides: Vec<Side>,
    /// The tools in it, as indexes of `Knowledge::tools`.
    pub tools: Vec<usize>,
}

/// A name in a text.
#[derive(Clone, Copy)]
struct Mention {
    named: Named,
    is_plain: bool,
    /// The indexes of its tokens.
    start: usize,
    end: usize,
}

/// How one name stands to the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    /// It has nothing to do with it.
    Nothing,
    /// It stands in a list with it.
    List,
    /// It is counted up beside it.
    Beside,
    /// It is set against it.
    Against,
    /// It would be replaced by it.
    Leaving,
}

impl Names {
    /// Collects the names of the data.
    pub fn new(knowledge: &Knowledge, examples: &Examples) -> Self {
        let vocabulary = &examples.vocabulary;
        let mut by_words = BTreeMap::new();
        let mut add = |name: &str, named: Named, may_be_plain: bool| {
            let words = Question::read(name).words().collect::<Vec<_>>().join(" ");
            let is_plain = may_be_plain && (words.len() <= SHORT || is_english(&words));
            by_words.insert(words, Name { named, is_plain });
        };
        vocabulary.context.iter().for_each(|name| add(name, Named::Context, false));
        for (at, tool) in knowledge.tools.iter().enumerate() {
            tool.names.iter().for_each(|name| add(name, Named::Tool(at, tool.belongs), tool.plain));
        }
        for (at, names) in vocabulary.rivals.iter().enumerate() {
            // Words beside a name, as in "vs go", are there for another reader.
            let names = names.iter().filter(|name| !has_word(name, &vocabulary.pairing.against));
            names.for_each(|name| add(name, Named::Rival(at), true));
        }
        for (side, words) in Side::BOTH.into_iter().zip(&examples.subjects) {
            words.iter().for_each(|name| add(name, Named::Subject(side), false));
        }
        let rivals = vocabulary.rivals.iter().filter_map(|names| names.first().cloned()).collect();
        Self { by_words, rivals, pairing: vocabulary.pairing.clone() }
    }

    /// Whether a word is a name, or a part of one.
    pub fn has(&self, word: &str) -> bool {
        self.by_words.contains_key(word)
    }

    /// The name of a rival, as it is shown.
    pub fn rival(&self, at: usize) -> Option<&str> {
        self.rivals.get(at).map(String::as_str)
    }

    /// Whether a text asks how all that is compared differs, without naming it: "how do the two differ in this".
    pub fn asks_of_both(&self, question: &Question) -> bool {
        let words: Vec<&str> = question.words().collect();
        let is_both = |start: usize| {
            let ends = start + 1..=words.len().min(start + LONGEST_NAME);
            ends.filter_map(|end| words.get(start..end)).any(|words| is_among(&words.join(" "), &self.pairing.both))
        };
        words.iter().any(|word| is_among(word, &self.pairing.comparing)) && (0..words.len()).any(is_both)
    }

    /// What a text sets against each other, if something of it is not compared.
    pub fn pairing(&self, question: &Question) -> Option<Pairing> {
        let tokens: Vec<Token<'_>> = question.tokens().collect();
        let mentions = self.mentions(&tokens);
        let groups = self.groups(&tokens, &mentions);
        let is_ours = |group: &Vec<Mention>| weighs_both(group) && !group.iter().any(|one| one.named.is_rival());
        // A text that weighs both of ours may name others beside them.
        if groups.iter().any(is_ours) {
            return None;
        }
        groups.iter().find(|group| Self::is_other(group, &mentions)).map(|group| Self::pairing_of(group))
    }

    /// Whether a group of names is not about the two that are compared; `all` are the names of the whole text.
    fn is_other(group: &[Mention], all: &[Mention]) -> bool {
        if group.iter().any(|one| one.named.is_rival()) {
            return true;
        }
        let mut tools: Vec<usize> = group.iter().filter_map(|one| one.named.tool()).collect();
        tools.sort_unstable();
        tools.dedup();
        let of_side = |side: Side| all.iter().any(|one| one.named.belongs_to(side));
        let is_of_one_side = Side::BOTH.into_iter().any(|side| of_side(side) && !of_side(side.other()));
        tools.len() >= 2 && tools.len() == group.len() && is_of_one_side
    }

    fn pairing_of(group: &[Mention]) -> Pairing {
        let mut pairing = Pairing { rivals: Vec::new(), sides: Vec::new(), tools: Vec::new() };
        for mention in group {
            match mention.named {
                Named::Subject(side) if !pairing.sides.contains(&side) => pairing.sides.push(side),
                Named::Tool(at, _) if !pairing.tools.contains(&at) => pairing.tools.push(at),
                Named::Rival(at) if !pairing.rivals.contains(&at) => pairing.rivals.push(at),
                Named::Subject(_) | Named::Tool(..) | Named::Rival(_) | Named::Context => {}
            }
        }
        pairing
    }

    /// Names that are set against each other, with those that stand in a list with them.
    fn groups(&self, tokens: &[Token<'_>], mentions: &[Mention]) -> Vec<Vec<Mention>> {
        let compares = tokens.iter().any(|token| is_among(token.word, &self.pairing.comparing));
        let mut groups: Vec<(Vec<Mention>, bool)> = Vec::new();
        // "We know Java and C#, this or that?": what was counted up before a comma is no part of the choice after it.
        let mut is_counted = false;
        for (at, mention) in mentions.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| mentions.get(before));
            let link = before.map_or(Link::Nothing, |before| self.link(tokens, before, mention, compares));
            let is_linked = match link {
                Link::Nothing | Link::Beside => false,
                Link::List => !is_counted,
                Link::Against | Link::Leaving => true,
            };
            match groups.last_mut() {
                Some((group, is_weighed)) if is_linked => {
                    // "This or that instead of PHP" leaves PHP behind.
                    let leaves = link == Link::Leaving && weighs_both(group);
                    group.extend(Some(*mention).filter(|_| !leaves));
                    *is_weighed |= link != Link::List;
                }
                _ => groups.push((vec![*mention], false)),
            }
            is_counted = link == Link::Beside;
        }
        groups.into_iter().filter(|(_, is_weighed)| *is_weighed).map(|(group, _)| group).collect()
    }

    fn link(&self, tokens: &[Token<'_>], one: &Mention, other: &Mention, compares: bool) -> Link {
        let between = tokens.get(one.end..other.start).unwrap_or_default();
        let with_last_of_one = tokens.get(one.end.saturating_sub(1)..other.start).unwrap_or_default();
        let ends = with_last_of_one.iter().map(|token| token.boundary).max().unwrap_or(Boundary::Word);
        if ends == Boundary::Sentence || between.len() > BETWEEN {
            return Link::Nothing;
        }
        let words: Vec<&str> = between.iter().map(|token| token.word).collect();
        let [first, last] = [words.first(), words.last()];
        let is_against = |word: &&str| is_among(word, &self.pairing.against);
        let sets_against = if one.is_plain && other.is_plain {
            matches!(words.as_slice(), [only] if is_against(only))
        } else if one.is_plain || other.is_plain {
            first.is_some_and(is_against) || last.is_some_and(is_against)
        } else {
            words.iter().any(is_against)
        };
        // "Let's go over" is no choice, "pick go over" is one.
        let is_chosen = || {
            let before = one.start.checked_sub(1).and_then(|before| tokens.get(before));
            !one.is_plain || before.is_some_and(|before| is_among(before.word, &self.pairing.choosing))
        };
        let prefers = || first.is_some_and(|word| is_among(word, &self.pairing.preferring)) && is_chosen();
        let is_joined = || !words.is_empty() && words.iter().all(|word| is_among(word, &self.pairing.beside));
        match words.is_empty() {
            true if ends == Boundary::Clause => Link::List,
            false if words.iter().any(|word| is_among(word, &self.pairing.leaving)) => Link::Leaving,
            false if sets_against || prefers() || compares && is_joined() => Link::Against,
            false if is_joined() => Link::Beside,
            _ => Link::Nothing,
        }
    }

    /// The names in a text, the longest at each position.
    fn mentions(&self, tokens: &[Token<'_>]) -> Vec<Mention> {
        let words: Vec<&str> = tokens.iter().map(|token| token.word).collect();
        let mut mentions = Vec::new();
        let mut start = 0;
        while start < words.len() {
            let ends = (start + 1..=words.len().min(start + LONGEST_NAME)).rev();
            let found = ends.filter_map(|end| Some((end, self.name(words.get(start..end)?)?))).next();
            if let Some((end, Name { named, is_plain })) = found {
                mentions.push(Mention { named, is_plain, start, end });
            }
            start = found.map_or(start + 1, |(end, _)| end);
        }
        mentions
    }

    fn name(&self, words: &[&str]) -> Option<Name> {
        match words {
            [word] => self.by_words.get(*word).copied(),
            words => self.by_words.get(&words.join(" ")).copied(),
        }
    }
}

/// Whether names stand for both sides.
fn weighs_both(group: &[Mention]) -> bool {
    Side::BOTH.iter().all(|side| group.iter().any(|one| one.named.belongs_to(*side)))
}

fn is_among(word: &str, words: &[String]) -> bool {
    words.iter().any(|one| one == word)
}

fn has_word(name: &str, words: &[String]) -> bool {
    Question::read(name).words().any(|word| is_among(word, words))
}

impl Named {
    fn belongs_to(self, side: Side) -> bool {
        match self {
            Self::Subject(own) | Self::Tool(_, Belongs::To(own)) => own == side,
            Self::Tool(..) | Self::Rival(_) | Self::Context => false,
        }
    }

    fn is_rival(self) -> bool {
        matches!(self, Self::Rival(_) | Self::Tool(_, Belongs::Neither))
    }

    fn tool(self) -> Option<usize> {
        match self {
            Self::Tool(at, _) => Some(at),
            _ => None,
        }
    }
}
