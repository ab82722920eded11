//! What the bot has to say about a request.

mod decisions;

pub use decisions::{DecisionAnswer, Proposal};

use super::backup::{Difference, TeamFile};
use super::knowledge::{DirectAnswer, Entry, Point, Project, Side, Source, Subject, Tool, Topic};
use super::language::Language;
use super::lifecycle::Version;
use super::onboarding::{QuizView, TourStep};
use super::recommendation::Recommendation;
use super::request::{Description, Quiz, View};
use super::situation::{Stored, Tally};
use super::smalltalk::SmallTalk;
use super::team::{Added, Count, Gap, Misfit, Note, Settings, Vote, Written};

/// What the bot has to say; it borrows from the knowledge.
#[derive(Debug)]
pub enum Answer<'k> {
    /// The answer to a question about a topic, or the topic itself, in brief.
    Brief(Box<Brief<'k>>),
    /// The answers to several questions of one text, in brief.
    Briefs(Vec<Brief<'k>>),
    /// Everything about a topic: the two sides compared on it, and the direct answer that led to it.
    Comparison(&'k Topic, Option<&'k DirectAnswer>),
    /// Which side suits a project, in brief, and the words of the question that led to it.
    Recommendation(Box<Recommendation<'k>>, Evidence),
    /// The reasons for that.
    Reasons(Box<Recommendation<'k>>),
    /// Everything about that.
    RecommendationInFull(Box<Recommendation<'k>>),
    /// What was understood of a project, to be corrected.
    Correction(Box<Recommendation<'k>>),
    /// What the article says about a topic or a kind of project.
    Article(Cited<'k>),
    /// The pages that an answer cites.
    Sources(Cited<'k>),
    /// Tools that were named, each with what the other side has instead.
    Tools(Tools<'k>),
    /// Somebody reported that an answer is wrong; it is known by this id.
    Reported(String),
    /// The tours for newcomers are offered.
    Welcome,
    /// The same as a message for a welcome channel.
    Panel,
    /// A step of a tour.
    Tour(TourStep<'k>),
    /// Nobody knows where the person is in a tour: it could not be read. Nothing is begun before the person says so.
    PositionUnreadable,
    /// A quiz as far as it was answered.
    Quiz(Quiz, QuizView<'k>),
    /// What the newcomers of a server did.
    Progress(Stored<Tally>),
    /// Everything about a person is deleted.
    Forgotten,
    /// What was asked is not clear; these come closest, best first.
    DidYouMean(Vec<Meaning<'k>>),
    /// Something was set against something else that is not compared.
    Other(Other<'k>),
    /// Something friendly was said.
    SmallTalk(SmallTalk),
    /// The question is in a language that the bot does not speak.
    Foreign(Language),
    /// The list of all topics.
    Topics,
    /// What the bot can do.
    Help,
    /// Nothing was asked: the text has no words.
    Empty,
    /// The question is about an earlier answer, and nobody knows which.
    NeedsContext,
    /// The question is about something that the bot knows nothing of.
    Unknown,
    /// What a button names is no longer in the knowledge.
    NotFound,
    /// Something of what the team keeps.
    Team(TeamAnswer<'k>),
    /// Something about votes and decisions.
    Decision(Box<DecisionAnswer<'k>>),
    /// The team lets everyone see answers only in other channels; the answer of this name is shown to who asks for it.
    Elsewhere(View),
}

/// What there is to say about what a team keeps.
#[derive(Debug)]
pub enum TeamAnswer<'k> {
    /// It is not for this person, or not there.
    Refused(Refusal),
    /// What is kept cannot be read, so that nothing can be changed.
    Unreadable,
    /// The settings, and whether one of them was changed.
    Settings(Settings, bool),
    /// A note is to be written.
    NoteForm(NoteSubject<'k>, Option<Note>),
    /// A note was written, or removed.
    Noted(NoteSubject<'k>, Option<Note>),
    /// What was written is no note.
    NoteMisfit(NoteSubject<'k>, Written, Misfit),
    /// A note was to be about something that is not known; these come closest.
    NoSubject(Vec<NoteSubject<'k>>),
    /// Somebody said whether an answer was of use.
    Voted(Vote),
    /// What was asked in the last weeks, each with the name that people read.
    Insights(Vec<(CountName<'k>, Count)>),
    /// The questions that got no answer, whether they are kept, and how many were added to topics.
    Gaps(Vec<Gap>, bool, usize),
    /// One of them.
    Gap(Gap),
    /// The topic of one of them is to be named.
    GapForm(Gap),
    /// The topic of one of them was named, and is not clear; these come closest.
    WhichTopic(Gap, Vec<&'k Topic>),
    /// A question is understood from now on, under this number.
    Added(u64, Added, &'k Topic),
    /// A question is not kept any more.
    Dismissed,
    /// A question is not there, or not any more.
    NoGap,
    /// A question that was added is not understood any more.
    TakenBack,
    /// The questions for the data, those that were added and those without a topic.
    GapsExport(Vec<Added>, Vec<Gap>),
    /// All that the team keeps in the server of an id.
    Exported(Box<TeamFile>, u64),
    /// What a file changes of it. Where it is not changed yet, what would be kept in the server of an id.
    Compared(Difference, Option<(Box<TeamFile>, u64)>),
    /// What is wrong with a file.
    WrongFile(Vec<String>),
    /// With the file there would be so many decisions, more than are kept.
    TooManyDecisions(usize),
}

/// What was counted, by the name that people read.
#[derive(Debug, Clone, Copy)]
pub enum CountName<'k> {
    /// A topic, and a direct answer of it.
    Topic(&'k Topic, Option<&'k DirectAnswer>),
    /// A kind of project.
    Project(&'k Project),
    /// Tools.
    Tools,
    /// Questions that got no answer.
    Unanswered,
}

/// Why something is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is for those who manage the server.
    NotAManager,
    /// It is for those who may write notes.
    NotAWriter,
    /// It exists only in a server to which the bot was added.
    OnlyInServers,
}

/// What a note or a decision is about.
#[derive(Debug, Clone, Copy)]
pub enum NoteSubject<'k> {
    /// A topic.
    Topic(&'k Topic),
    /// A tool.
    Tool(&'k Tool),
    /// A kind of project; only decisions are about one.
    Project(&'k Project),
}

/// An answer in brief.
#[derive(Debug)]
pub struct Brief<'k> {
    /// The topic that it is about.
    pub topic: &'k Topic,
    /// What answers the question; where nothing does, the topic's takeaway is the answer.
    pub said: Option<Said<'k>>,
    /// The name of the earlier answer that it is about, if it is about one.
    pub earlier: Option<View>,
    /// Tools that the question names and the answer does not.
    pub tools: Vec<&'k Tool>,
    /// Whether the question weighs both sides.
    pub weighs: bool,
    /// Whether nothing in particular was asked: the topic was chosen by its name.
    pub is_whole_topic: bool,
    /// A topic that the question may have meant as well.
    pub further: Option<&'k Topic>,
    /// The words by which the topic was understood.
    pub evidence: Evidence,
}

/// A passage of a topic that answers a question.
#[derive(Debug, Clone, Copy)]
pub enum Said<'k> {
    /// A direct answer.
    Answer(&'k DirectAnswer),
    /// A statement about one side.
    Point(Side, &'k Point),
    /// How a version stands on the day.
    Version(Version<'k>),
    /// Why the topic leans as it does.
    Reason,
    /// Whether this side is the one to take, by how the topic leans.
    Conclusion(Side),
}

/// A topic or a kind of project with the pages that are cited about it.
#[derive(Debug)]
pub struct Cited<'k> {
    /// What it is about.
    pub view: View,
    /// The topic or the kind of project; nothing where the kind is not known.
    pub entry: Option<&'k Entry>,
    /// The pages, in the order of their numbers.
    pub sources: Vec<&'k Source>,
}

/// Tools that were named.
#[derive(Debug)]
pub struct Tools<'k> {
    /// The tools, in the order of the question.
    pub named: Vec<&'k Tool>,
    /// A direct answer about them, with its topic.
    pub said: Option<(&'k Topic, &'k DirectAnswer)>,
    /// Whether the question asks for the counterparts of a tool.
    pub asks_counterparts: bool,
}

/// The words by which a question was understood, the most telling first; none where nothing had to be understood.
pub type Evidence = Vec<String>;

/// Things that a question sets against each other, of which at least one is not compared.
#[derive(Debug)]
pub struct Other<'k> {
    /// The names of languages and runtimes that are not compared, each with what is known of it as a tool. Without any, the
    /// tools are all of one side.
    pub rivals: Vec<(&'k str, Option<&'k Tool>)>,
    /// The subjects that stand on the other side of it, by themselves.
    pub sides: Vec<&'k Subject>,
    /// The tools that are named.
    pub tools: Vec<&'k Tool>,
    /// What is known of the one subject on the other side of it.
    pub known: Option<Known<'k>>,
}

/// What is known of one side in what a question asks about.
#[derive(Debug)]
pub struct Known<'k> {
    /// The side.
    pub side: Side,
    /// The topic or the kind of project.
    pub entry: &'k Entry,
    /// The statements that fit best, best first; they cite the pages of that entry.
    pub points: Vec<&'k Point>,
}

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

impl Meaning<'_> {
    /// The name by which it can be shown.
    pub fn view(&self) -> View {
        match self {
            Self::Topic(topic) => View::Topic(topic.entry.id.clone()),
            Self::Project(project) => View::Project(Description::of(project.entry.id.as_str())),
            Self::Onboarding => View::Onboarding,
            Self::Help => View::Help,
        }
    }
}

impl<'k> Said<'k> {
    /// What it says, word by word; nothing where that is put together.
    pub fn text(self) -> Option<&'k str> {
        match self {
            Self::Answer(answer) => Some(&answer.text),
            Self::Point(_, point) => Some(&point.text),
            Self::Version(_) | Self::Reason | Self::Conclusion(_) => None,
        }
    }
}

impl Brief<'_> {
    /// The name by which it can be shown again.
    pub fn view(&self) -> View {
        if let Some(earlier) = &self.earlier {
            return earlier.clone();
        }
        match self.said {
            Some(Said::Answer(answer)) => View::Answer(answer.id.clone()),
            _ => View::Topic(self.topic.entry.id.clone()),
        }
    }
}

impl Answer<'_> {
    /// The names of what was answered briefly, by which more about it can be shown; none for any other answer.
    pub fn views(&self) -> Vec<View> {
        match self {
            Self::Brief(brief) => vec![brief.view()],
            Self::Briefs(briefs) => briefs.iter().map(Brief::view).collect(),
            Self::Recommendation(found, _) | Self::Reasons(found) => vec![View::Project(found.description.clone())],
            _ => Vec::new(),
        }
    }

    /// The first of them.
    pub fn view(&self) -> Option<View> {
        self.views().into_iter().next()
    }
}
