//! What a text means that follows an answer: it may stand for itself, or ask about that answer.

use super::brief::Topical;
use super::{Core, Intent};
use crate::answer::{Answer, Brief, Cited, Evidence, Said};
use crate::deciding::Signs;
use crate::finding::Found;
use crate::following::Following;
use crate::knowledge::{DirectAnswer, Side, Source, Topic};
use crate::request::{More, View};
use crate::thresholds::FOLLOWS_FROM;

/// What was asked about an earlier answer.
#[derive(Debug)]
pub(super) enum About {
    Why(View),
    Source(View),
    Conclusion(View, Side),
}

impl Core {
    /// What a text means that follows the answer of a name.
    pub(super) fn understand_following(&self, text: &str, earlier: &View, signs: Signs) -> Intent {
        let understanding = self.matcher.understand(text);
        match self.followings.read(&understanding.question) {
            Some(Following::Why) => Intent::About(About::Why(earlier.clone())),
            Some(Following::Source) => Intent::About(About::Source(earlier.clone())),
            Some(Following::Conclusion(side)) => Intent::About(About::Conclusion(earlier.clone(), side)),
            Some(Following::Addition) => self.understand_addition(text, earlier, signs),
            None => match self.understand_question(text, signs) {
                Intent::Unknown | Intent::Offer(_) => self.understand_addition(text, earlier, signs),
                intent => intent,
            },
        }
    }

    /// Something that is added to an earlier question. More about a project is added to its description; about a topic it is
    /// read together with the question that was answered.
    fn understand_addition(&self, text: &str, earlier: &View, signs: Signs) -> Intent {
        if let View::Project(described) = earlier {
            let reading = self.read(&self.matcher.understand(text));
            if !reading.description.stated.is_empty() || reading.description.kind != Default::default() {
                let mut all = described.clone();
                all.stated.extend(reading.description.stated);
                if reading.description.kind != Default::default() {
                    all.kind = reading.description.kind;
                }
                return Intent::Show(View::Project(all));
            }
            return self.understand_question(text, signs);
        }
        let together = self.question_of(earlier).map(|question| format!("{question} {text}"));
        let nearby = together.as_ref().and_then(|together| self.nearby(together, earlier));
        if let Some(topical) = nearby {
            return Intent::Brief(topical);
        }
        match (self.understand_question(text, signs), together) {
            (Intent::Unknown | Intent::Offer(_), Some(together)) => self.understand_question(&together, signs),
            (alone, _) => alone,
        }
    }

    /// Another direct answer of the same topic that fits both questions together well.
    fn nearby(&self, together: &str, earlier: &View) -> Option<Topical> {
        let (topic, answered) = self.topic_of(earlier)?;
        let at = self.topic(&topic.entry.id)?;
        let understanding = self.matcher.understand(together);
        let other = |found: &Found| {
            let answer = self.answer_at(found.passage).map(|(_, answer)| &answer.id);
            found.passage.topic() == at && answer.is_some() && answer != answered.map(|answer| &answer.id)
        };
        let found = self.find(&understanding, self.finder.len()).into_iter().find(other)?;
        (found.score >= FOLLOWS_FROM).then(|| Topical::answered(found.passage))
    }

    /// The question that an answer of a name answers.
    fn question_of(&self, view: &View) -> Option<String> {
        let (topic, answer) = self.topic_of(view)?;
        Some(answer.map_or_else(|| topic.entry.title.clone(), |answer| answer.question.clone()))
    }

    pub(super) fn answer_about(&self, about: &About) -> Answer<'_> {
        match about {
            About::Why(view) => match view {
                View::Project(description) => self.recommend(description).map_or(Answer::NotFound, Answer::Reasons),
                _ => self.brief_with(view, Said::Reason),
            },
            About::Source(view) => match self.topic_of(view) {
                Some((topic, answer)) => Answer::Sources(Cited {
                    view: view.clone(),
                    entry: Some(&topic.entry),
                    sources: sources_in_brief(topic, answer),
                }),
                None => self.more(More::Sources, view),
            },
            About::Conclusion(view, side) => match view {
                View::Project(_) => self.show_project(view),
                _ => self.brief_with(view, Said::Conclusion(*side)),
            },
        }
    }

    fn show_project(&self, view: &View) -> Answer<'_> {
        let View::Project(description) = view else { return Answer::NotFound };
        self.recommend(description).map_or(Answer::NotFound, |found| Answer::Recommendation(found, Evidence::new()))
    }

    fn brief_with<'k>(&'k self, view: &View, said: Said<'k>) -> Answer<'k> {
        let brief = self.brief_of(view).map(|brief| Brief {
            said: Some(said),
            earlier: Some(view.clone()),
            is_whole_topic: false,
            ..brief
        });
        brief.map_or(Answer::NotFound, |brief| Answer::Brief(Box::new(brief)))
    }
}

/// Points of each side whose pages are listed where somebody asks for the source of a topic.
const POINTS: usize = 2;

/// The pages behind a brief answer: those of the direct answer, else those of the first points of each side, each once.
fn sources_in_brief<'k>(topic: &'k Topic, answer: Option<&'k DirectAnswer>) -> Vec<&'k Source> {
    let points = Side::BOTH.into_iter().flat_map(|side| topic.points(side).iter().take(POINTS));
    let of_points: Vec<usize> = points.flat_map(|point| point.sources.iter().copied()).collect();
    let mut sources: Vec<&Source> = Vec::new();
    for source in
        answer.map_or(&of_points, |answer| &answer.sources).iter().filter_map(|at| topic.entry.sources.get(*at))
    {
        if !sources.iter().any(|known| known.url == source.url) {
            sources.push(source);
        }
    }
    sources
}
