//! What the bot has to say about a request.

use super::knowledge::{Project, Subject, Tool, Topic};
use super::language::Language;
use super::onboarding::{QuizView, TourStep};
use super::recommendation::Recommendation;
use super::request::{Description, Quiz, View};
use super::situation::{Stored, Tally};
use super::smalltalk::SmallTalk;

/// What the bot has to say; it borrows from the knowledge.
#[derive(Debug)]
pub enum Answer<'k> {
    /// The two sides compared on a topic, and the words of the question that led to it.
    Comparison(&'k Topic, Evidence),
    /// Which side suits a project, and the words of the question that led to it.
    Recommendation(Box<Recommendation<'k>>, Evidence),
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
    /// The question is about something that the bot knows nothing of.
    Unknown,
    /// What a button names is no longer in the knowledge.
    NotFound,
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
