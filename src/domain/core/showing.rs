//! What is known of something that has a name: of a label, of what a button shows, of a project that was described.

use super::Core;
use crate::answer::{Answer, Evidence, Meaning};
use crate::matching::Label;
use crate::onboarding;
use crate::recommendation::{Reading, Recommendation, recommend};
use crate::request::{Description, Kind, TourPosition, View};
use crate::situation::Stored;

impl Core {
    pub(super) fn answer_label(&self, label: Label, reading: Option<&Reading>, evidence: &Evidence) -> Answer<'_> {
        match self.meaning(label) {
            Some(Meaning::Topic(topic)) => Answer::Comparison(topic, None),
            Some(Meaning::Project(project)) => {
                let mut reading = reading.cloned().unwrap_or_default();
                reading.description.kind = Kind::Of(project.entry.id.clone());
                Answer::Recommendation(Box::new(self.weigh(&reading)), evidence.clone())
            }
            Some(Meaning::Onboarding) => Answer::Welcome,
            Some(Meaning::Help) => Answer::Help,
            None => Answer::Unknown,
        }
    }

    pub(super) fn meaning(&self, label: Label) -> Option<Meaning<'_>> {
        match label {
            Label::Compare(at) => self.knowledge.topics.get(at).map(Meaning::Topic),
            Label::Recommend(at) => self.knowledge.projects.get(at).map(Meaning::Project),
            Label::Onboarding => Some(Meaning::Onboarding),
            Label::Help => Some(Meaning::Help),
            Label::None => None,
        }
    }

    pub(super) fn show(&self, view: &View, position: &Stored<TourPosition>) -> Answer<'_> {
        match view {
            View::Topic(_) | View::Answer(_) => {
                self.brief_of(view).map_or(Answer::NotFound, |brief| Answer::Brief(Box::new(brief)))
            }
            View::Tools(ids) => self.tools_of(ids),
            View::Project(description) => match self.recommend(description) {
                Some(found) => Answer::Recommendation(found, Evidence::new()),
                None => Answer::NotFound,
            },
            View::Correct(description) => self.recommend(description).map_or(Answer::NotFound, Answer::Correction),
            View::More(more, about) => self.more(*more, about),
            View::Topics => Answer::Topics,
            View::Help => Answer::Help,
            View::Onboarding => Answer::Welcome,
            View::Panel => Answer::Panel,
            View::Offer(views) => self.offer(views),
            // They are understood as what a team keeps.
            View::Gaps | View::Gap(_) | View::Decision(_) | View::Decisions(_) => Answer::NotFound,
            View::Tour(asked) if asked.step.is_empty() => match position {
                Stored::Value(left) => self.step(left).unwrap_or(Answer::NotFound),
                Stored::Absent => self.step(asked).unwrap_or(Answer::NotFound),
                Stored::Unreadable => Answer::PositionUnreadable,
            },
            View::Tour(asked) => self.step(asked).unwrap_or(Answer::NotFound),
            View::Quiz(quiz) => {
                let view = onboarding::view(&self.knowledge, quiz, &self.key);
                view.map_or(Answer::NotFound, |view| Answer::Quiz(quiz.clone(), view))
            }
        }
    }

    /// Several meanings by their names; those that are not known any more are left out.
    pub(super) fn offer(&self, views: &[View]) -> Answer<'_> {
        let meaning = |view: &View| match view {
            View::Topic(id) => self.knowledge.topic(id).map(Meaning::Topic),
            View::Project(Description { kind: Kind::Of(id), .. }) => self.knowledge.project(id).map(Meaning::Project),
            View::Onboarding => Some(Meaning::Onboarding),
            View::Help => Some(Meaning::Help),
            _ => None,
        };
        let meanings: Vec<Meaning<'_>> = views.iter().filter_map(meaning).collect();
        if meanings.is_empty() { Answer::NotFound } else { Answer::DidYouMean(meanings) }
    }

    /// A tour that a person left goes on; one that the data does not know any more begins again.
    pub(super) fn begin(&self, position: &Stored<TourPosition>) -> Answer<'_> {
        match position {
            Stored::Value(left) => self.step(left).unwrap_or(Answer::Welcome),
            Stored::Absent => Answer::Welcome,
            Stored::Unreadable => Answer::PositionUnreadable,
        }
    }

    pub(super) fn step(&self, position: &TourPosition) -> Option<Answer<'_>> {
        onboarding::step(&self.knowledge, position).map(Answer::Tour)
    }

    /// Weighs a project; nothing if its kind is not in the knowledge any more.
    pub(super) fn recommend(&self, description: &Description) -> Option<Box<Recommendation<'_>>> {
        let is_unknown = matches!(&description.kind, Kind::Of(id) if self.knowledge.project(id).is_none());
        (!is_unknown).then(|| Box::new(recommend(&self.knowledge, description)))
    }

    pub(super) fn weigh(&self, reading: &Reading) -> Recommendation<'_> {
        let mut recommendation = recommend(&self.knowledge, &reading.description);
        for known in &mut recommendation.known {
            known.words = reading.words.get(&known.factor.code).cloned().unwrap_or_default();
        }
        let others = reading.further.iter().filter_map(|at| self.knowledge.projects.get(*at));
        let others =
            others.filter(|other| recommendation.project.is_none_or(|project| project.entry.id != other.entry.id));
        recommendation.others = others
            .map(|other| {
                let description = reading.description.clone().of_kind(&other.entry.id);
                (other, recommend(&self.knowledge, &description).leaning)
            })
            .collect();
        recommendation
    }
}
