//! Finds out what a text means and what to do about it: the only part of the road that reads text.

use std::cell::OnceCell;

use super::{Core, Intent};
use crate::answer::Evidence;
use crate::deciding::{Decision, Signs, decide, decide_of_both};
use crate::finding::Found;
use crate::following::Following;
use crate::knowledge::DirectAnswer;
use crate::language;
use crate::matching::{Label, Understanding};
use crate::question::Question;
use crate::recommendation::Reading;
use crate::request::Request;
use crate::sentences::Sentences;
use crate::thresholds::{EVIDENCE_WORDS, NO_EVIDENCE_BELOW_SHARE};

impl Core {
    /// What a text that is addressed to the bot means, and what to do about it.
    pub fn decide(&self, text: &str) -> (Understanding, Decision) {
        let understanding = self.understand_text(text, self.sentences.as_ref());
        let decision = self.decide_at_sight(text, &understanding.question).unwrap_or_else(|| {
            self.decide_understood(&understanding, Signs::All, || self.read(&understanding).description.stated.len())
        });
        (understanding, decision)
    }

    /// What to do about a text that is no question of ours whatever it means, or one about the bot: nothing has to be
    /// learned to see that. The names of tools are of no language.
    pub(super) fn decide_at_sight(&self, text: &str, question: &Question) -> Option<Decision> {
        if self.help.contains(&words(question)) || self.about_bot.is_asked(question) {
            return Some(Decision::Answer(Label::Help));
        }
        let named = self.tool_names.read(question);
        let names_only_tools = named.is_all && named.tools.len() > 1;
        let without = (!names_only_tools).then(|| self.decide_without_question(text, question)).flatten();
        without.or_else(|| self.names.pairing(question).map(Decision::Other))
    }

    /// What to do about a text that asks nothing, or not in English.
    pub(super) fn decide_without_question(&self, text: &str, question: &Question) -> Option<Decision> {
        let small_talk = || self.small_talk.recognise(text, question).map(Decision::SmallTalk);
        let foreign = || language::foreign(text, question, |word| self.names.has(word)).map(Decision::Foreign);
        small_talk().or_else(foreign)
    }

    pub(super) fn decide_understood(
        &self,
        understanding: &Understanding,
        signs: Signs,
        stated_factors: impl FnOnce() -> usize,
    ) -> Decision {
        let decision = decide(understanding, signs, stated_factors);
        let is_in_doubt = matches!(decision, Decision::Ask(_) | Decision::Unknown);
        match is_in_doubt.then(|| self.sure_topic(understanding)).flatten() {
            Some(topic) => Decision::Answer(Label::Compare(topic)),
            None if decision == Decision::Unknown && self.names.asks_of_both(&understanding.question) => {
                decide_of_both(understanding)
            }
            None => decision,
        }
    }

    /// Whether a sentence has to be read to understand a request, which takes milliseconds; all else takes microseconds.
    pub fn reads_sentence(&self, request: &Request) -> bool {
        self.sentences.is_some()
            && match request {
                Request::Compare(text) => {
                    let text = text.trim();
                    !text.is_empty() && self.topic(text).is_none() && self.tool_of_name(text).is_none()
                }
                Request::Team(request) => self.reads_sentence_of(request),
                Request::Decision(request) => self.reads_sentence_for(request),
                Request::Recommend(text) | Request::Ask(text) | Request::Follow(text, _) => !text.trim().is_empty(),
                _ => false,
            }
    }

    pub(super) fn understand_text(&self, text: &str, sentences: Option<&Sentences>) -> Understanding {
        let mut understanding = self.matcher.understand_with(text, sentences);
        let (kinds, out) = self.phrases.kinds(&understanding);
        understanding.kinds = kinds;
        if !understanding.kinds.ruled_out.is_empty() {
            let rest = understanding.question.without(text, &out);
            understanding.without_ruled_out(self.matcher.understand_with(&rest, sentences));
        }
        understanding
    }

    pub(super) fn read(&self, understanding: &Understanding) -> Reading {
        self.phrases.read(&self.knowledge, &self.matcher, understanding)
    }

    pub(super) fn sentences_for(&self, signs: Signs) -> Option<&Sentences> {
        self.sentences.as_ref().filter(|_| signs == Signs::All)
    }

    pub(super) fn understand_question(&self, text: &str, signs: Signs) -> Intent {
        let question = Question::read(text);
        if question.is_empty() {
            return Intent::Empty;
        }
        match self.decide_at_sight(text, &question) {
            Some(Decision::Other(pairing)) => return Intent::Other(self.other_question(pairing, text, signs)),
            Some(Decision::Answer(label)) => return Intent::Label(label, None, Evidence::new()),
            Some(decision) => return intent(decision).unwrap_or(Intent::Unknown),
            None => {}
        }
        let following = self.followings.read(&question);
        if let Some(Following::Why | Following::Source) = following {
            return Intent::AboutNothing;
        }
        let understanding = self.understand_text(text, self.sentences_for(signs));
        // What a text says about a project is read only where it matters, and once.
        let reading = OnceCell::new();
        let read = || reading.get_or_init(|| self.read(&understanding));
        let decision = self.decide_understood(&understanding, signs, || read().description.stated.len());
        if let Some(question) = self.tool_question(&understanding) {
            return Intent::Tools(question);
        }
        match decision {
            Decision::Answer(Label::Compare(topic)) => {
                let parts = self.parts(text, &understanding);
                if parts.len() > 1 {
                    return Intent::Briefs(parts);
                }
                Intent::Brief(self.topical(topic, &understanding))
            }
            Decision::Answer(label) => {
                let reading = matches!(label, Label::Recommend(_)).then(|| Box::new(read().clone()));
                Intent::Label(label, reading, self.evidence(label, &understanding))
            }
            Decision::Unknown if matches!(following, Some(Following::Conclusion(_))) => Intent::AboutNothing,
            decision => intent(decision).unwrap_or(Intent::Unknown),
        }
    }

    /// The most telling words of a question, each once.
    pub(super) fn evidence(&self, label: Label, understanding: &Understanding) -> Evidence {
        let evidence = self.matcher.evidence(understanding, label);
        let least = evidence.first().map_or(0.0, |strongest| strongest.weight * NO_EVIDENCE_BELOW_SHARE);
        let telling = evidence.into_iter().take_while(|evidence| evidence.weight >= least);
        telling.map(|evidence| evidence.word).take(EVIDENCE_WORDS).collect()
    }

    /// The passages that answer a question best, best first, at most `most`.
    pub fn find(&self, understanding: &Understanding, most: usize) -> Vec<Found> {
        let vector = understanding.sentence.as_ref().map(|sentence| sentence.vector.as_slice());
        self.finder.find(understanding, vector, most)
    }

    /// The direct answers that fit a question best, each with its score, best first, at most `most`.
    pub fn answers(&self, understanding: &Understanding, most: usize) -> Vec<(&DirectAnswer, f32)> {
        let found = self.find(understanding, self.finder.len()).into_iter();
        found.filter_map(|found| Some((self.answer_at(found.passage)?.1, found.score))).take(most).collect()
    }
}

/// The words of a question, joined by blanks.
pub(super) fn words(question: &Question) -> String {
    question.words().collect::<Vec<_>>().join(" ")
}

/// The intent of a decision that needs nothing else to be known.
pub(super) fn intent(decision: Decision) -> Option<Intent> {
    match decision {
        Decision::Answer(_) | Decision::Other(_) => None,
        Decision::Ask(labels) => Some(Intent::Offer(labels)),
        Decision::SmallTalk(said) => Some(Intent::SmallTalk(said)),
        Decision::Foreign(language) => Some(Intent::Foreign(language)),
        Decision::Unknown => Some(Intent::Unknown),
    }
}
