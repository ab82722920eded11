//! What is known about a request: the core, as one function without side effects.

use serde::{Deserialize, Serialize};

use super::knowledge::{Examples, Knowledge, Project, Topic};
use super::matching::{Decision, Label, Matcher, Understanding};
use super::onboarding::{self, QuizView, TourStep};
use super::recommendation::{Phrases, Reading, Recommendation, recommend};
use super::request::{Description, Forgotten, Kind, Quiz, Request, Tally, TourPosition, View};

/// The knowledge together with the index by which it is searched.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Core {
    knowledge: Knowledge,
    matcher: Matcher,
    phrases: Phrases,
    /// Decides on the quizzes, so that they differ from bot to bot.
    #[serde(skip)]
    key: u64,
}

/// What the bot has to say; it borrows from the knowledge.
#[derive(Debug)]
pub enum Answer<'k> {
    /// The two sides compared on a topic, and the words of the question that led to it.
    Comparison(&'k Topic, Grounds),
    /// Which side suits a project, and the words of the question that led to it.
    Recommendation(Box<Recommendation<'k>>, Grounds),
    /// The tours for newcomers are offered.
    Welcome,
    /// The same as a message for a welcome channel.
    Panel,
    /// A step of a tour.
    Tour(TourStep<'k>),
    /// A quiz as far as it was answered.
    Quiz(Quiz, QuizView<'k>),
    /// What the newcomers of a server did, if that is stored.
    Progress(Option<Tally>),
    /// What was deleted about a person; nothing if it could not be.
    Forgotten(Option<Forgotten>),
    /// What was asked is not clear; these come closest, best first.
    DidYouMean(Vec<Meaning<'k>>),
    /// The list of all topics.
    Topics,
    /// What the bot can do.
    Help,
    /// Nothing was asked: the text has no words.
    Empty,
    /// The question is about something that the bot knows nothing of.
    Unknown,
    /// What a button names is no longer in the knowledge.
    NotFound,
}

/// The words by which a question was understood, the most telling first; none where nothing had to be understood.
pub type Grounds = Vec<String>;

/// Words that are given as grounds at the most.
const GROUNDS: usize = 3;
/// The share of the most telling word's weight that another word needs to be given as a ground.
const GROUNDS_FROM: f32 = 0.4;

/// Something that a question may have meant.
#[derive(Debug, Clone, Copy)]
pub enum Meaning<'k> {
    /// A topic.
    Topic(&'k Topic),
    /// A kind of project.
    Project(&'k Project),
    /// The introduction for newcomers.
    Onboarding,
    /// What the bot can do.
    Help,
}

impl Core {
    /// Learns from examples how people ask about the knowledge; the examples are not needed after that.
    pub fn new(knowledge: Knowledge, examples: &Examples) -> Self {
        let matcher = Matcher::new(examples);
        let phrases = Phrases::new(&knowledge, examples, &matcher);
        Self { knowledge, matcher, phrases, key: 0 }
    }

    /// The same with a key that decides on the quizzes: who does not know it cannot work out the right answers.
    pub fn with_key(self, key: u64) -> Self {
        Self { key, ..self }
    }

    /// What the team knows.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// The index over the knowledge.
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// Answers a request; the same request always gets the same answer.
    pub fn answer(&self, request: &Request) -> Answer<'_> {
        match request {
            Request::Compare(text) => match self.knowledge.topic(text.trim()) {
                Some(topic) => Answer::Comparison(topic, Grounds::new()),
                None => self.ask(text),
            },
            Request::Recommend(text) => {
                let understanding = self.matcher.understand(text);
                Answer::Recommendation(Box::new(self.weigh(self.read(text, &understanding))), Grounds::new())
            }
            Request::Ask(text) => self.ask(text),
            Request::Begin(place) => self.begin(place.as_ref()),
            Request::Progress(tally) => Answer::Progress(tally.clone()),
            Request::Forget(forgotten) => Answer::Forgotten(forgotten.clone()),
            Request::Show(shown) => self.show(shown),
        }
    }

    /// The topics that a text typed so far may mean, best first, at most `most`; all in order of category when it is blank.
    pub fn complete(&self, typed: &str, most: usize) -> Vec<&Topic> {
        if typed.trim().is_empty() {
            return self.knowledge.topics_by_category().flat_map(|(_, topics)| topics).take(most).collect();
        }
        self.matcher.complete(&self.knowledge, typed, most)
    }

    /// What a text that is addressed to the bot means, and what to do about it.
    pub fn decide(&self, text: &str) -> (Understanding, Decision) {
        let understanding = self.matcher.understand(text);
        let decision = match understanding.decision() {
            decision @ Decision::Answer(Label::Recommend(_)) => decision,
            decision => {
                let described = self.phrases.described_kind(&self.knowledge, &self.matcher, text, &understanding);
                described.map_or(decision, |kind| Decision::Answer(Label::Recommend(kind)))
            }
        };
        (understanding, decision)
    }

    fn read(&self, text: &str, understanding: &Understanding) -> Reading {
        self.phrases.read(&self.knowledge, &self.matcher, text, understanding)
    }

    fn ask(&self, text: &str) -> Answer<'_> {
        let (understanding, decision) = self.decide(text);
        if understanding.question.is_empty() {
            return Answer::Empty;
        }
        match decision {
            Decision::Answer(label) => self.act_on(label, text, &understanding),
            Decision::Ask(labels) => {
                let meanings: Vec<Meaning<'_>> = labels.into_iter().filter_map(|label| self.meaning(label)).collect();
                if meanings.is_empty() { Answer::Unknown } else { Answer::DidYouMean(meanings) }
            }
            Decision::Unknown => Answer::Unknown,
        }
    }

    fn act_on(&self, label: Label, text: &str, understanding: &Understanding) -> Answer<'_> {
        let grounds = || {
            let evidence = self.matcher.evidence(understanding, label);
            let least = evidence.first().map_or(0.0, |strongest| strongest.weight * GROUNDS_FROM);
            let telling = evidence.into_iter().take_while(|evidence| evidence.weight >= least);
            telling.map(|evidence| evidence.word).take(GROUNDS).collect()
        };
        match self.meaning(label) {
            Some(Meaning::Topic(topic)) => Answer::Comparison(topic, grounds()),
            Some(Meaning::Project(project)) => {
                let mut reading = self.read(text, understanding);
                reading.described.kind = Kind::Of(project.entry.id.clone());
                Answer::Recommendation(Box::new(self.weigh(reading)), grounds())
            }
            Some(Meaning::Onboarding) => Answer::Welcome,
            Some(Meaning::Help) => Answer::Help,
            None => Answer::Unknown,
        }
    }

    fn meaning(&self, label: Label) -> Option<Meaning<'_>> {
        match label {
            Label::Compare(at) => self.knowledge.topics.get(at).map(Meaning::Topic),
            Label::Recommend(at) => self.knowledge.projects.get(at).map(Meaning::Project),
            Label::Onboarding => Some(Meaning::Onboarding),
            Label::Help => Some(Meaning::Help),
            Label::None => None,
        }
    }

    fn show(&self, shown: &View) -> Answer<'_> {
        match shown {
            View::Topic(id) => {
                self.knowledge.topic(id).map_or(Answer::NotFound, |topic| Answer::Comparison(topic, Grounds::new()))
            }
            View::Project(described) => {
                let gone = matches!(&described.kind, Kind::Of(id) if self.knowledge.project(id).is_none());
                let answer = || Answer::Recommendation(Box::new(recommend(&self.knowledge, described)), Grounds::new());
                if gone { Answer::NotFound } else { answer() }
            }
            View::Topics => Answer::Topics,
            View::Help => Answer::Help,
            View::Onboarding => Answer::Welcome,
            View::Panel => Answer::Panel,
            View::Tour(place) => onboarding::step(&self.knowledge, place).map_or(Answer::NotFound, Answer::Tour),
            View::Quiz(quiz) => {
                let view = onboarding::view(&self.knowledge, quiz, self.key);
                view.map_or(Answer::NotFound, |view| Answer::Quiz(quiz.clone(), view))
            }
        }
    }

    fn weigh(&self, mut reading: Reading) -> Recommendation<'_> {
        let mut recommendation = recommend(&self.knowledge, &reading.described);
        for known in &mut recommendation.known {
            known.words = reading.words.remove(&known.factor.code).unwrap_or_default();
        }
        let others = reading.further.iter().filter_map(|at| self.knowledge.projects.get(*at));
        let others =
            others.filter(|other| recommendation.project.is_none_or(|project| project.entry.id != other.entry.id));
        recommendation.others = others
            .map(|other| {
                (other, recommend(&self.knowledge, &reading.described.clone().of_kind(&other.entry.id)).leaning)
            })
            .collect();
        recommendation
    }

    /// A tour that was left is gone on with; one that the data does not know any more begins anew.
    fn begin(&self, place: Option<&TourPosition>) -> Answer<'_> {
        let step = place.and_then(|place| onboarding::step(&self.knowledge, place));
        step.map_or(Answer::Welcome, Answer::Tour)
    }
}

impl Answer<'_> {
    /// The place in a tour that a person has come to, and whether the tour is over with it.
    pub fn reached(&self) -> Option<(TourPosition, bool)> {
        match self {
            Self::Tour(step) => {
                let place = TourPosition { path: step.path.id.clone(), step: step.step.id.clone() };
                Some((place, step.is_last()))
            }
            _ => None,
        }
    }

    /// The id of the question of a quiz that was answered, and whether it was missed.
    pub fn answered(&self) -> Option<(&str, bool)> {
        match self {
            Self::Quiz(_, QuizView::Explains { question, is_right, .. }) => Some((&question.id, !is_right)),
            _ => None,
        }
    }
}

impl Meaning<'_> {
    /// The name by which it can be shown.
    pub fn shown(&self) -> View {
        match self {
            Self::Topic(topic) => View::Topic(topic.entry.id.clone()),
            Self::Project(project) => View::Project(Description::of(project.entry.id.as_str())),
            Self::Onboarding => View::Onboarding,
            Self::Help => View::Help,
        }
    }
}
