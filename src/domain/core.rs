//! The one road of every request: understand it, say what has to be read for it, answer it. Three functions without side
//! effects.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

mod brief;
mod completing;
mod counting;
mod decisions;
mod follow;
mod other;
mod reading;
mod showing;
mod team;

use super::about_bot::AboutBot;
use super::answer::{Answer, Evidence, Meaning};
use super::deciding::Signs;
use super::finding::{Finder, Splitting, ToolNames};
use super::following::Followings;
use super::knowledge::{Examples, Knowledge};
use super::language::Language;
use super::matching::{Label, Matcher, Names};
use super::onboarding::QuizView;
use super::outcome::{Effect, Outcome};
use super::question::Question;
use super::recommendation::{Phrases, Reading};
use super::request::{Request, TourPosition, View};
use super::sentences::Sentences;
use super::situation::{Audience, Needs, Situation, TeamNeed, WhichDecisions, WhichTour};
use super::smalltalk::{SmallTalk, SmallTalkBook};
use super::team::Unanswered;
use reading::{intent, words};

/// The knowledge together with the index by which it is searched.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Core {
    knowledge: Knowledge,
    matcher: Matcher,
    phrases: Phrases,
    names: Names,
    small_talk: SmallTalkBook,
    about_bot: AboutBot,
    finder: Finder,
    tool_names: ToolNames,
    splitting: Splitting,
    followings: Followings,
    /// The words of each question about the bot that the data names: such a one needs no reading.
    help: BTreeSet<String>,
    /// Decides on the quizzes, so that they differ from bot to bot.
    #[serde(skip)]
    key: [u8; 16],
    /// Reads texts as sentences; without it their words decide alone.
    #[serde(skip)]
    sentences: Option<Sentences>,
}

/// What a request means. After this step nobody reads its text again.
#[derive(Debug)]
pub struct Understood {
    intent: Intent,
    /// The question, where the knowledge has no answer to it: a team may have added it to a topic.
    unanswered: Option<Unanswered>,
}

#[derive(Debug)]
enum Intent {
    /// A topic, with what answers the question about it.
    Brief(brief::Topical),
    /// Several of them, of one text.
    Briefs(Vec<brief::Topical>),
    /// Tools that were named.
    Tools(brief::ToolQuestion),
    /// Something about an earlier answer.
    About(follow::About),
    /// The same, where nobody knows which answer.
    AboutNothing,
    /// A meaning that was found, with what the text says about a project.
    Label(Label, Option<Box<Reading>>, Evidence),
    /// A project as far as it was described.
    Project(Box<Reading>),
    /// Several meanings, best first.
    Offer(Vec<Label>),
    /// Something that is not compared.
    Other(other::OtherQuestion),
    SmallTalk(SmallTalk),
    Foreign(Language),
    Empty,
    Unknown,
    BeginTour,
    Progress,
    Forget,
    Show(View),
    Report(View),
    Team(team::Task),
    Decision(decisions::Task),
}

impl Core {
    /// Learns from examples how people ask about the knowledge; the examples are not needed after that.
    pub fn new(knowledge: Knowledge, examples: &Examples) -> Self {
        let matcher = Matcher::new(examples);
        let phrases = Phrases::new(&knowledge, examples, &matcher);
        let names = Names::new(&knowledge, examples);
        let small_talk = SmallTalkBook::new(&examples.small_talk);
        let about_bot = AboutBot::new(&examples.about_bot);
        let finder = Finder::new(&knowledge, examples, &matcher);
        let tool_names = ToolNames::new(&knowledge, examples);
        let splitting = Splitting::new(&examples.vocabulary);
        let followings = Followings::new(&examples.vocabulary, &examples.subjects);
        let help = examples.help.questions.iter().map(|text| words(&Question::read(text))).collect();
        let (key, sentences) = ([0; 16], None);
        Self {
            knowledge,
            matcher,
            phrases,
            names,
            small_talk,
            about_bot,
            finder,
            tool_names,
            splitting,
            followings,
            help,
            key,
            sentences,
        }
    }

    /// The same with a key that decides on the quizzes: who does not know it cannot work out the right answers.
    pub fn with_key(self, key: [u8; 16]) -> Self {
        Self { key, ..self }
    }

    /// The same with a model that reads texts as sentences.
    pub fn with_sentences(self, sentences: Option<Sentences>) -> Self {
        Self { sentences, ..self }
    }

    /// The same with the vectors of the texts by which passages are found, as the training of that model wrote them.
    pub fn with_meanings(self, vectors: &'static [u8]) -> Self {
        Self { finder: self.finder.with_meanings(vectors), ..self }
    }

    /// That model.
    pub fn sentences(&self) -> Option<&Sentences> {
        self.sentences.as_ref()
    }

    /// That key.
    pub fn key(&self) -> &[u8; 16] {
        &self.key
    }

    /// What the team knows.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// The knowledge without the index.
    pub fn into_knowledge(self) -> Knowledge {
        self.knowledge
    }

    /// The index over the knowledge.
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// Finds out what a request means: the only step that reads text. The same request always means the same.
    pub fn understand(&self, request: &Request) -> Understood {
        self.understand_by(request, Signs::All)
    }

    /// The same by other signs.
    pub fn understand_by(&self, request: &Request, signs: Signs) -> Understood {
        let intent = match request {
            Request::Compare(text) => match self.topic(text.trim()) {
                Some(topic) => Intent::Brief(brief::Topical::of(topic)),
                None => match self.tool_of_name(text.trim()) {
                    Some(tool) => Intent::Show(View::Tools(vec![tool.id.clone()])),
                    None => self.understand_question(text, signs),
                },
            },
            Request::Recommend(text) => {
                let at_sight = self.decide_without_question(text, &Question::read(text)).and_then(intent);
                at_sight.unwrap_or_else(|| {
                    let understanding = self.understand_text(text, self.sentences_for(signs));
                    Intent::Project(Box::new(self.read(&understanding)))
                })
            }
            Request::Ask(text) => self.understand_question(text, signs),
            Request::Follow(text, earlier) => self.understand_following(text, earlier, signs),
            Request::BeginTour => Intent::BeginTour,
            Request::Progress => Intent::Progress,
            Request::Forget => Intent::Forget,
            Request::Show(View::Gaps) => Intent::Team(team::Task::Gaps),
            Request::Show(View::Gap(id)) => Intent::Team(team::Task::Gap(*id)),
            Request::Show(view) => Intent::Show(view.clone()),
            Request::Report(view) => Intent::Report(view.clone()),
            Request::Team(request) => Intent::Team(self.understand_team(request, signs)),
            Request::Decision(request) => Intent::Decision(self.understand_decision(request, signs)),
        };
        Understood { unanswered: counting::unanswered(request, &intent), intent }
    }

    /// The stored facts on which the answer depends.
    pub fn needs(&self, understood: &Understood) -> Needs {
        let intent = &understood.intent;
        if let Intent::Decision(task) = intent {
            return task.needs();
        }
        let decisions = match intent {
            Intent::Show(view) => decisions::needed_by(view),
            _ => WhichDecisions::None,
        };
        let position = match intent {
            Intent::BeginTour => Some(WhichTour::Last),
            Intent::Show(View::Tour(position)) if position.step.is_empty() => {
                Some(WhichTour::Of(position.path.clone()))
            }
            _ => None,
        };
        let decisions = match intent {
            Intent::Team(task) if task.needs_decisions() => WhichDecisions::All,
            _ => decisions,
        };
        let (counts, gaps) = match intent {
            Intent::Team(task) => (task.needs_counts(), task.needs_gaps()),
            _ => (false, false),
        };
        Needs { position, tally: matches!(intent, Intent::Progress), team: needs_team(intent), counts, gaps, decisions }
    }

    /// Answers what was understood; the same in the same situation always gets the same answer.
    pub fn answer(&self, understood: &Understood, situation: &Situation) -> Outcome<'_> {
        if let Some(answer) = self.taught(understood, situation) {
            return self.outcome(answer, situation, understood);
        }
        let answer = match &understood.intent {
            Intent::Brief(topical) => {
                self.brief(topical, situation.today).map_or(Answer::NotFound, |brief| Answer::Brief(Box::new(brief)))
            }
            Intent::Briefs(all) => {
                Answer::Briefs(all.iter().filter_map(|topical| self.brief(topical, situation.today)).collect())
            }
            Intent::Tools(question) => Answer::Tools(self.tools(question)),
            Intent::About(about) => self.answer_about(about),
            Intent::AboutNothing => Answer::NeedsContext,
            Intent::Label(label, reading, evidence) => self.answer_label(*label, reading.as_deref(), evidence),
            Intent::Project(reading) => Answer::Recommendation(Box::new(self.weigh(reading)), Evidence::new()),
            Intent::Offer(labels) => {
                let meanings: Vec<Meaning<'_>> = labels.iter().filter_map(|label| self.meaning(*label)).collect();
                if meanings.is_empty() { Answer::Unknown } else { Answer::DidYouMean(meanings) }
            }
            Intent::Other(question) => self.answer_other(question),
            Intent::SmallTalk(said) => Answer::SmallTalk(*said),
            Intent::Foreign(language) => Answer::Foreign(*language),
            Intent::Empty => Answer::Empty,
            Intent::Unknown => Answer::Unknown,
            Intent::BeginTour => self.begin(&situation.position),
            Intent::Progress => Answer::Progress(situation.tally.clone()),
            Intent::Forget => Answer::Forgotten,
            Intent::Show(view @ (View::Decision(_) | View::Decisions(_))) => self.show_decisions(view, situation),
            Intent::Show(view) => self.show(view, &situation.position),
            Intent::Report(view) => self.reported(view),
            Intent::Team(task) => return self.carry_out(task, situation),
            Intent::Decision(task) => return self.decide_on(task, situation),
        };
        self.outcome(answer, situation, understood)
    }

    /// An answer with who sees it and what has to be done for it.
    fn outcome<'k>(&'k self, answer: Answer<'k>, situation: &Situation, understood: &Understood) -> Outcome<'k> {
        let is_confined = team::is_confined(situation) && !matches!(answer, Answer::Panel);
        let mut effects = effects(&answer);
        effects.extend(counting::effects(&answer, situation, understood).into_iter().map(Effect::Team));
        if is_confined && situation.is_posted {
            // What the asker opens is the answer, and has its own effects.
            effects.retain(|effect| matches!(effect, Effect::Team(_)));
            let answer = Answer::Elsewhere(elsewhere(&answer));
            return Outcome { answer, audience: situation.audience, is_confined, effects };
        }
        let audience = audience(&answer, is_confined, situation);
        Outcome { audience, is_confined, effects, answer }
    }

    /// The index of the topic of an id.
    fn topic(&self, id: &str) -> Option<usize> {
        let topics = &self.knowledge.topics;
        topics.binary_search_by(|topic| topic.entry.id.as_str().cmp(id)).ok()
    }
}

/// Whether the team's settings or notes matter for an answer; not where only the asker ever sees it and no note belongs to it.
fn needs_team(intent: &Intent) -> TeamNeed {
    match intent {
        Intent::BeginTour
        | Intent::Progress
        | Intent::Forget
        | Intent::Report(_)
        | Intent::Show(View::Tour(_) | View::Quiz(_) | View::Panel) => TeamNeed::Nothing,
        // Nobody changes what they did not see.
        Intent::Team(_) | Intent::Decision(_) => TeamNeed::Now,
        _ => TeamNeed::Lately,
    }
}

/// That nothing was found concerns only the person who asked.
fn audience(answer: &Answer<'_>, is_confined: bool, situation: &Situation) -> Audience {
    let concerns_asker = matches!(answer, Answer::Unknown | Answer::NeedsContext | Answer::Empty | Answer::Foreign(_));
    let is_private = !situation.is_chosen && team::is_private(situation) && !matches!(answer, Answer::Panel);
    match situation.can_be_private && (concerns_asker || is_confined || is_private) {
        true => Audience::OnlyAsker,
        false => situation.audience,
    }
}

/// The name by which an answer can be shown somewhere else; the help where it has none.
fn elsewhere(answer: &Answer<'_>) -> View {
    match answer {
        Answer::Tools(tools) => View::Tools(tools.named.iter().map(|tool| tool.id.clone()).collect()),
        Answer::DidYouMean(meanings) => View::Offer(meanings.iter().map(Meaning::view).collect()),
        Answer::Topics => View::Topics,
        Answer::Welcome => View::Onboarding,
        answer => answer.view().unwrap_or(View::Help),
    }
}

fn effects(answer: &Answer<'_>) -> Vec<Effect> {
    match answer {
        Answer::Tour(step) => {
            let position = TourPosition { path: step.path.id.clone(), step: step.step.id.clone() };
            vec![Effect::SavePosition { position, is_last: step.is_last() }]
        }
        Answer::Quiz(_, QuizView::Explains { question, is_right, .. }) => {
            vec![Effect::CountAnswer { question: question.id.clone(), missed: !is_right }]
        }
        Answer::Forgotten => vec![Effect::Forget],
        _ => Vec::new(),
    }
}
