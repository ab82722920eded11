//! What a team learns from questions: which were asked, which got no answer, and which it answered itself.

use super::brief::Topical;
use super::{Core, Intent, Understood};
use crate::answer::{Answer, CountName};
use crate::outcome::TeamEffect;
use crate::request::{Description, Kind, Request, View};
use crate::situation::Situation;
use crate::team::{Counted, Unanswered, feedback};

/// The question of a request, where the knowledge has no answer to it.
pub(super) fn unanswered(request: &Request, intent: &Intent) -> Option<Unanswered> {
    match (intent, request) {
        (
            Intent::Unknown | Intent::Offer(_),
            Request::Compare(text) | Request::Recommend(text) | Request::Ask(text) | Request::Follow(text, _),
        ) => Unanswered::read(text),
        _ => None,
    }
}

/// What is counted and kept of a question in a server. What somebody only opens is not asked.
pub(super) fn effects(answer: &Answer<'_>, situation: &Situation, understood: &Understood) -> Vec<TeamEffect> {
    if situation.member.is_none() || matches!(understood.intent, Intent::Show(_) | Intent::Team(_)) {
        return Vec::new();
    }
    let count = counted(answer).into_iter().map(TeamEffect::Count);
    let keeps = situation.team.value().is_some_and(|team| team.settings.keeps_unanswered);
    let is_unanswered = matches!(answer, Answer::Unknown | Answer::DidYouMean(_));
    let question = understood.unanswered.clone().filter(|_| keeps && is_unanswered);
    count.chain(question.map(TeamEffect::KeepQuestion)).collect()
}

/// What an answer counts as.
fn counted(answer: &Answer<'_>) -> Vec<Counted> {
    let named = |topic: &str| vec![Counted { topic: topic.to_owned(), answer: String::new() }];
    match answer {
        Answer::Brief(brief) => vec![of_view(&brief.view(), &brief.topic.entry.id)],
        Answer::Briefs(briefs) => briefs.iter().map(|brief| of_view(&brief.view(), &brief.topic.entry.id)).collect(),
        Answer::Recommendation(found, _) => {
            found.project.map_or_else(Vec::new, |project| vec![of_project(&project.entry.id)])
        }
        Answer::Tools(_) => named(feedback::TOOLS),
        Answer::DidYouMean(_) | Answer::Unknown => named(feedback::UNANSWERED),
        _ => Vec::new(),
    }
}

fn of_view(view: &View, topic: &str) -> Counted {
    let answer = match view {
        View::Answer(id) => id.clone(),
        _ => String::new(),
    };
    Counted { topic: format!("{COMPARE}{topic}"), answer }
}

fn of_project(id: &str) -> Counted {
    Counted { topic: format!("{RECOMMEND}{id}"), answer: String::new() }
}

/// How the names of topics and of kinds of project begin.
const COMPARE: &str = "compare:";
const RECOMMEND: &str = "recommend:";

impl Core {
    /// The answer of the topic to which the team added a question that the knowledge does not answer.
    pub(super) fn taught<'k>(&'k self, understood: &Understood, situation: &Situation) -> Option<Answer<'k>> {
        let question = understood.unanswered.as_ref()?;
        let topic = situation.team.value()?.topic_of(&question.words)?;
        self.brief(&Topical::taught(self.topic(topic)?), situation.today).map(|brief| Answer::Brief(Box::new(brief)))
    }

    /// What the answer of a name counts as.
    pub(super) fn counted(&self, view: &View) -> Option<Counted> {
        match view {
            View::Project(Description { kind: Kind::Of(id), .. }) => self.knowledge.project(id).map(|_| of_project(id)),
            _ => self.topic_of(view).map(|(topic, _)| of_view(view, &topic.entry.id)),
        }
    }

    /// What was counted, as people read it; nothing for what the data does not know any more.
    pub(super) fn count_name(&self, of: &Counted) -> Option<CountName<'_>> {
        if let Some(id) = of.topic.strip_prefix(COMPARE) {
            let answer = self.knowledge.direct_answer(&of.answer).map(|(_, answer)| answer);
            return self.knowledge.topic(id).map(|topic| CountName::Topic(topic, answer));
        }
        if let Some(id) = of.topic.strip_prefix(RECOMMEND) {
            return self.knowledge.project(id).map(CountName::Project);
        }
        match of.topic.as_str() {
            feedback::TOOLS => Some(CountName::Tools),
            feedback::UNANSWERED => Some(CountName::Unanswered),
            _ => None,
        }
    }
}
