//! The one road of every request: understand it, say what has to be read for it, answer it. Three functions without side
//! effects.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

mod brief;
mod counting;
mod decisions;
mod follow;
mod other;
mod team;

use super::about_bot::AboutBot;
use super::answer::{Answer, Evidence, Meaning};
use super::deciding::{Decision, Signs, decide, decide_of_both};
use super::finding::{Finder, Found, Splitting, ToolNames};
use super::following::{Following, Followings};
use super::knowledge::{DirectAnswer, Examples, Knowledge, Tool, Topic};
use super::language::{self, Language};
use super::matching::{Label, Matcher, Names, Understanding};
use super::onboarding::{self, QuizView};
use super::outcome::{Effect, Outcome};
use super::question::Question;
use super::recommendation::{Phrases, Reading, Recommendation, recommend};
use super::request::{Description, Kind, Request, TourPosition, View};
use super::sentences::Sentences;
use super::situation::{Audience, Needs, Situation, Stored, TeamNeed, WhichDecisions, WhichTour};
use super::smalltalk::{SmallTalk, SmallTalkBook};
use super::team::Unanswered;
use super::thresholds::{EVIDENCE_WORDS, NO_EVIDENCE_BELOW_SHARE};

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

    /// The topics that a text typed so far may mean, best first, at most `most`; all in order of category when it is blank.
    pub fn complete(&self, typed: &str, most: usize) -> Vec<&Topic> {
        if typed.trim().is_empty() {
            return self.knowledge.topics_by_category().flat_map(|(_, topics)| topics).take(most).collect();
        }
        self.matcher.complete(&self.knowledge, typed, most)
    }

    /// The tools whose name begins with a text, in ASCII letters of any case, in order of their names, at most `most`; none when it
    /// is blank.
    pub fn complete_tools(&self, typed: &str, most: usize) -> Vec<&Tool> {
        let typed = typed.trim();
        let begins = |name: &String| name.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed));
        let found = self.knowledge.tools.iter().filter(|tool| !typed.is_empty() && tool.names.iter().any(begins));
        let mut found: Vec<&Tool> = found.collect();
        found.sort_by_key(|tool| tool.names.first());
        found.truncate(most);
        found
    }

    /// The tool of a name, as it is offered.
    fn tool_of_name(&self, name: &str) -> Option<&Tool> {
        self.knowledge.tools.iter().find(|tool| tool.names.iter().any(|own| own.eq_ignore_ascii_case(name)))
    }

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
    fn decide_at_sight(&self, text: &str, question: &Question) -> Option<Decision> {
        if self.help.contains(&words(question)) || self.about_bot.is_asked(question) {
            return Some(Decision::Answer(Label::Help));
        }
        let named = self.tool_names.read(question);
        let names_only_tools = named.is_all && named.tools.len() > 1;
        let without = (!names_only_tools).then(|| self.decide_without_question(text, question)).flatten();
        without.or_else(|| self.names.pairing(question).map(Decision::Other))
    }

    /// What to do about a text that asks nothing, or not in English.
    fn decide_without_question(&self, text: &str, question: &Question) -> Option<Decision> {
        let small_talk = || self.small_talk.recognise(text, question).map(Decision::SmallTalk);
        let foreign = || language::foreign(text, question, |word| self.names.has(word)).map(Decision::Foreign);
        small_talk().or_else(foreign)
    }

    fn decide_understood(
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

    fn understand_text(&self, text: &str, sentences: Option<&Sentences>) -> Understanding {
        let mut understanding = self.matcher.understand_with(text, sentences);
        let (kinds, out) = self.phrases.kinds(&understanding);
        understanding.kinds = kinds;
        if !understanding.kinds.ruled_out.is_empty() {
            let rest = understanding.question.without(text, &out);
            understanding.without_ruled_out(self.matcher.understand_with(&rest, sentences));
        }
        understanding
    }

    fn read(&self, understanding: &Understanding) -> Reading {
        self.phrases.read(&self.knowledge, &self.matcher, understanding)
    }

    fn sentences_for(&self, signs: Signs) -> Option<&Sentences> {
        self.sentences.as_ref().filter(|_| signs == Signs::All)
    }

    fn understand_question(&self, text: &str, signs: Signs) -> Intent {
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
    fn evidence(&self, label: Label, understanding: &Understanding) -> Evidence {
        let evidence = self.matcher.evidence(understanding, label);
        let least = evidence.first().map_or(0.0, |strongest| strongest.weight * NO_EVIDENCE_BELOW_SHARE);
        let telling = evidence.into_iter().take_while(|evidence| evidence.weight >= least);
        telling.map(|evidence| evidence.word).take(EVIDENCE_WORDS).collect()
    }

    fn answer_label(&self, label: Label, reading: Option<&Reading>, evidence: &Evidence) -> Answer<'_> {
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

    fn meaning(&self, label: Label) -> Option<Meaning<'_>> {
        match label {
            Label::Compare(at) => self.knowledge.topics.get(at).map(Meaning::Topic),
            Label::Recommend(at) => self.knowledge.projects.get(at).map(Meaning::Project),
            Label::Onboarding => Some(Meaning::Onboarding),
            Label::Help => Some(Meaning::Help),
            Label::None => None,
        }
    }

    fn show(&self, view: &View, position: &Stored<TourPosition>) -> Answer<'_> {
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
    fn offer(&self, views: &[View]) -> Answer<'_> {
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
    fn begin(&self, position: &Stored<TourPosition>) -> Answer<'_> {
        match position {
            Stored::Value(left) => self.step(left).unwrap_or(Answer::Welcome),
            Stored::Absent => Answer::Welcome,
            Stored::Unreadable => Answer::PositionUnreadable,
        }
    }

    fn step(&self, position: &TourPosition) -> Option<Answer<'_>> {
        onboarding::step(&self.knowledge, position).map(Answer::Tour)
    }

    /// Weighs a project; nothing if its kind is not in the knowledge any more.
    fn recommend(&self, description: &Description) -> Option<Box<Recommendation<'_>>> {
        let is_unknown = matches!(&description.kind, Kind::Of(id) if self.knowledge.project(id).is_none());
        (!is_unknown).then(|| Box::new(recommend(&self.knowledge, description)))
    }

    fn weigh(&self, reading: &Reading) -> Recommendation<'_> {
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

/// The words of a question, joined by blanks.
fn words(question: &Question) -> String {
    question.words().collect::<Vec<_>>().join(" ")
}

/// The intent of a decision that needs nothing else to be known.
fn intent(decision: Decision) -> Option<Intent> {
    match decision {
        Decision::Answer(_) | Decision::Other(_) => None,
        Decision::Ask(labels) => Some(Intent::Offer(labels)),
        Decision::SmallTalk(said) => Some(Intent::SmallTalk(said)),
        Decision::Foreign(language) => Some(Intent::Foreign(language)),
        Decision::Unknown => Some(Intent::Unknown),
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
