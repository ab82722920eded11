//! Brief answers: which passage answers a question about a topic, which tools it names, and what else there is to say.

use std::cell::LazyCell;

use super::Core;
use crate::answer::{Answer, Brief, Cited, Evidence, Said, Tools};
use crate::deciding::{Decision, Signs, decide};
use crate::finding::{Found, Passage};
use crate::knowledge::{Date, DirectAnswer, Tool, Topic};
use crate::lifecycle::{Version, stage};
use crate::matching::{Label, Understanding};
use crate::question::as_sentence;
use crate::request::{More, View};
use crate::thresholds::{
    AHEAD_COUNTS, ANSWERS_BY_MEANING_FROM, ANSWERS_FROM, ANSWERS_SURELY_FROM, ANSWERS_TOOLS_FROM, IS_PART_FROM,
    STATES_FROM,
};

/// What was understood of a question about a topic, by indexes in the knowledge.
#[derive(Debug, Default)]
pub(super) struct Topical {
    topic: usize,
    passage: Option<Passage>,
    /// The version that is asked about, where no passage answers the question.
    version: Option<usize>,
    tools: Vec<usize>,
    weighs: bool,
    is_whole_topic: bool,
    further: Option<usize>,
    evidence: Evidence,
}

/// A question about tools.
#[derive(Debug)]
pub(super) struct ToolQuestion {
    tools: Vec<usize>,
    passage: Option<Passage>,
    asks_counterparts: bool,
}

impl Topical {
    /// A topic that was asked for by its name.
    pub(super) fn of(topic: usize) -> Self {
        Self { topic, weighs: true, is_whole_topic: true, ..Self::default() }
    }

    /// A topic by which a team answers a question.
    pub(super) fn taught(topic: usize) -> Self {
        Self { is_whole_topic: false, ..Self::of(topic) }
    }
}

impl Topical {
    /// A passage that answers what was asked.
    pub(super) fn answered(passage: Passage) -> Self {
        Self { topic: passage.topic(), passage: Some(passage), ..Self::default() }
    }
}

impl Core {
    /// What a question about a topic asks in particular.
    pub(super) fn topical(&self, topic: usize, understanding: &Understanding) -> Topical {
        let passage = self.passage(topic, understanding);
        let about = passage.map_or(topic, Passage::topic);
        let shows_releases = self.knowledge.topics.get(topic).is_some_and(|topic| topic.shows_releases);
        let version = || self.finder.version(understanding, &self.knowledge.releases);
        Topical {
            topic: about,
            passage,
            version: (passage.is_none() && shows_releases).then(version).flatten(),
            tools: self.tool_names.read(&understanding.question).tools,
            weighs: understanding.chooses || understanding.names == [true, true],
            is_whole_topic: false,
            further: (about != topic).then_some(topic),
            evidence: self.evidence(Label::Compare(topic), understanding),
        }
    }

    /// The passage that answers a question: the direct answer that fits best if it fits well enough, else the statement of the
    /// topic that does.
    fn passage(&self, topic: usize, understanding: &Understanding) -> Option<Passage> {
        let found = self.find(understanding, self.finder.len());
        let from = if understanding.sentence.is_some() { ANSWERS_BY_MEANING_FROM } else { ANSWERS_FROM };
        let answer = best_answer(&found, understanding).filter(|found| found.score >= from);
        let is_point =
            |found: &&Found| matches!(found.passage, Passage::Point { .. }) && found.passage.topic() == topic;
        let point = || found.iter().find(is_point).copied().filter(|found| found.score >= STATES_FROM);
        answer.or_else(point).map(|found| found.passage)
    }

    /// The topic of a direct answer that fits a question so well that nothing else has to be known of it; none where no model read it.
    pub(super) fn sure_topic(&self, understanding: &Understanding) -> Option<usize> {
        understanding.sentence.as_ref()?;
        let best = best_answer(&self.find(understanding, self.finder.len()), understanding)?;
        (best.score >= ANSWERS_SURELY_FROM).then(|| best.passage.topic())
    }

    /// The question about tools that a text is, if it asks for nothing else.
    pub(super) fn tool_question(&self, understanding: &Understanding) -> Option<ToolQuestion> {
        let named = self.tool_names.read(&understanding.question);
        let asks = named.is_all || (named.asks_counterparts && !named.tools.is_empty());
        if !asks {
            return None;
        }
        let mentions = |passage: Passage| {
            let text = self.answer_at(passage).map_or("", |(_, answer)| &answer.text).to_lowercase();
            named.tools.iter().all(|at| self.knowledge.tools.get(*at).is_some_and(|tool| is_mentioned(tool, &text)))
        };
        let found = self.find(understanding, FEW).into_iter();
        // Where the question is what does the same on the other side, how two of them compare is no answer.
        let mut found = found
            .filter(|found| !named.asks_counterparts && found.score >= ANSWERS_TOOLS_FROM && mentions(found.passage));
        let passage = found.next().map(|found| found.passage);
        Some(ToolQuestion { passage, tools: named.tools, asks_counterparts: named.asks_counterparts })
    }

    /// The questions that a text asks one after the other, if each of them is about another topic.
    pub(super) fn parts(&self, text: &str, understanding: &Understanding) -> Vec<Topical> {
        let ranges = self.splitting.split(&understanding.question);
        if ranges.len() < 2 {
            return Vec::new();
        }
        // What answers a part is found by its meaning as well, where the whole text was read so.
        let sentences = understanding.sentence.as_ref().and(self.sentences.as_ref());
        let mut parts: Vec<Topical> = Vec::new();
        for part in ranges.into_iter().filter_map(|range| text.get(range)).take(PARTS) {
            let mut understanding = self.matcher.understand(part);
            let Decision::Answer(Label::Compare(topic)) = decide(&understanding, Signs::Words, || 0) else {
                return Vec::new();
            };
            if understanding.candidates.first().is_none_or(|best| best.score < IS_PART_FROM) {
                return Vec::new();
            }
            understanding.sentence = sentences.map(|sentences| sentences.read(&as_sentence(part)));
            let topical = self.topical(topic, &understanding);
            if parts.iter().all(|known| known.topic != topical.topic) {
                parts.push(topical);
            }
        }
        parts
    }

    pub(super) fn brief(&self, topical: &Topical, today: Option<Date>) -> Option<Brief<'_>> {
        let topics = &self.knowledge.topics;
        let topic = topics.get(topical.topic)?;
        let said = topical.passage.and_then(|passage| match passage {
            Passage::Answer { .. } => Some(Said::Answer(self.answer_at(passage)?.1)),
            Passage::Point { topic, side, point } => {
                Some(Said::Point(side, topics.get(topic)?.points(side).get(point)?))
            }
        });
        let version = |at: usize| {
            let release = self.knowledge.releases.get(at)?;
            Some(Said::Version(Version { release, stage: stage(release, today.unwrap_or(topic.entry.checked)) }))
        };
        let said = said.or_else(|| topical.version.and_then(version));
        // Most questions name no tool.
        let text = LazyCell::new(|| said.and_then(Said::text).unwrap_or(&topic.entry.takeaway).to_lowercase());
        let tools = topical.tools.iter().filter_map(|at| self.knowledge.tools.get(*at));
        Some(Brief {
            topic,
            said,
            earlier: None,
            tools: tools.filter(|tool| !is_mentioned(tool, &text)).collect(),
            weighs: topical.weighs,
            is_whole_topic: topical.is_whole_topic,
            further: topical.further.and_then(|at| topics.get(at)),
            evidence: topical.evidence.clone(),
        })
    }

    /// The brief answer of a name.
    pub(super) fn brief_of(&self, view: &View) -> Option<Brief<'_>> {
        let (topic, said) = self.topic_of(view)?;
        Some(Brief {
            topic,
            said: said.map(Said::Answer),
            earlier: None,
            tools: Vec::new(),
            weighs: true,
            is_whole_topic: said.is_none(),
            further: None,
            evidence: Evidence::new(),
        })
    }

    pub(super) fn tools(&self, question: &ToolQuestion) -> Tools<'_> {
        Tools {
            named: question.tools.iter().filter_map(|at| self.knowledge.tools.get(*at)).collect(),
            said: question.passage.and_then(|passage| self.answer_at(passage)),
            asks_counterparts: question.asks_counterparts,
        }
    }

    pub(super) fn tools_of(&self, ids: &[String]) -> Answer<'_> {
        let named: Vec<&Tool> = ids.iter().filter_map(|id| self.knowledge.tool(id)).collect();
        if named.is_empty() {
            return Answer::NotFound;
        }
        Answer::Tools(Tools { named, said: None, asks_counterparts: false })
    }

    /// More about something that was answered briefly.
    pub(super) fn more(&self, more: More, about: &View) -> Answer<'_> {
        if let Some((topic, answer)) = self.topic_of(about) {
            let cited = || Cited {
                view: about.clone(),
                entry: Some(&topic.entry),
                sources: topic.entry.sources.iter().collect(),
            };
            return match more {
                More::Details => Answer::Comparison(topic, answer),
                More::Article => Answer::Article(cited()),
                More::Sources => Answer::Sources(cited()),
            };
        }
        let View::Project(description) = about else { return Answer::NotFound };
        let Some(found) = self.recommend(description) else { return Answer::NotFound };
        let entry = found.project.map(|project| &project.entry);
        let cited = |sources: Vec<_>| Cited { view: about.clone(), entry, sources };
        match more {
            More::Details => Answer::RecommendationInFull(found),
            More::Article => Answer::Article(cited(found.sources())),
            More::Sources => Answer::Sources(cited(found.sources())),
        }
    }

    /// The id of an answer that somebody reports as wrong.
    pub(super) fn reported(&self, view: &View) -> Answer<'_> {
        let id = match (self.topic_of(view), view) {
            (Some((_, Some(answer))), _) => Some(answer.id.clone()),
            (Some((topic, None)), _) => Some(topic.entry.id.clone()),
            (None, View::Project(description)) => {
                let found = self.recommend(description);
                found.and_then(|found| found.project.map(|project| project.entry.id.clone()))
            }
            _ => None,
        };
        id.map_or(Answer::NotFound, Answer::Reported)
    }

    pub(super) fn topic_of(&self, view: &View) -> Option<(&Topic, Option<&DirectAnswer>)> {
        match view {
            View::Topic(id) => Some((self.knowledge.topic(id)?, None)),
            View::Answer(id) => {
                let (topic, answer) = self.knowledge.direct_answer(id)?;
                Some((topic, Some(answer)))
            }
            _ => None,
        }
    }

    pub(super) fn answer_at(&self, passage: Passage) -> Option<(&Topic, &DirectAnswer)> {
        let Passage::Answer { topic, answer } = passage else { return None };
        let topic = self.knowledge.topics.get(topic)?;
        Some((topic, topic.answers.get(answer)?))
    }
}

/// The direct answer among passages that fits a question best. Where a model read the question, it counts as well how far the answer
/// stands before the next one: two that are alike are often both wrong.
fn best_answer(found: &[Found], understanding: &Understanding) -> Option<Found> {
    let mut answers = found.iter().filter(|found| matches!(found.passage, Passage::Answer { .. }));
    let best = answers.next()?;
    let ahead = answers.next().map_or(0.0, |next| best.score - next.score);
    let counts = if understanding.sentence.is_some() { AHEAD_COUNTS } else { 0.0 };
    Some(Found { score: best.score + counts * ahead, ..*best })
}

/// Questions of one text that are answered.
const PARTS: usize = 3;
/// Passages among which one about tools is looked for.
const FEW: usize = 5;

/// Whether a text, in lower case, mentions a tool by one of its names.
fn is_mentioned(tool: &Tool, text: &str) -> bool {
    tool.names.iter().any(|name| text.contains(&name.to_lowercase()))
}
