//! What was asked, whichever way it came in.

mod source;

use std::collections::{BTreeMap, BTreeSet};

use super::backup::TeamFile;
use super::decisions::{self, Step, Words};
use super::team::{Change, Subject, Vote, Written};

/// One thing that a person asked for; it is complete when it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// A comparison on a topic that was typed or chosen: an id, a title, an alias or any other text.
    Compare(String),
    /// Which side suits a project that is described in free text; a blank text leads to the first question about it.
    Recommend(String),
    /// A question in free text.
    Ask(String),
    /// A text that follows the answer of a name: it may ask about that answer, or stand for itself.
    Follow(String, View),
    /// The tour for newcomers, from where this person left it.
    BeginTour,
    /// What the newcomers of a server did.
    Progress,
    /// That everything about a person is deleted.
    Forget,
    /// Something whose name is known, such as a button under an earlier answer.
    Show(View),
    /// That an answer is wrong.
    Report(View),
    /// Something of what the team keeps in its server.
    Team(TeamRequest),
    /// Something about votes and decisions.
    Decision(DecisionRequest),
}

/// What can be done with what a team keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TeamRequest {
    /// Show the settings.
    Settings,
    /// Change one of them.
    Set(Change),
    /// Write, change or remove the note on a topic or a tool that was typed or chosen.
    FindNote(String),
    /// Write, change or remove the note on something.
    EditNote(Subject),
    /// Keep what was written for a note.
    WriteNote(Subject, Written),
    /// Say whether the answer of a name was of use.
    Vote(Vote, View),
    /// Show what was asked in the last weeks.
    Insights,
    /// Add the question of a number to a topic that is still to be named.
    NameTopic(u64),
    /// Add the question of a number to the topic that a text means.
    AddTo(u64, String),
    /// Take back what was added under this number.
    TakeBack(u64),
    /// Keep the question of a number no longer.
    Dismiss(u64),
    /// Write down the questions for the data.
    ExportGaps,
    /// Write down all that the team keeps.
    Export,
    /// Say what a file would change of what the team keeps, or what is wrong with it.
    Examine(Result<Box<TeamFile>, Vec<String>>),
    /// Keep what the file says instead of what is kept.
    Import(Result<Box<TeamFile>, Vec<String>>),
}

/// What can be done with votes and decisions, beside showing them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecisionRequest {
    /// Put something to the vote, with the topic or tool that was typed or chosen, and the answer it is started from.
    Vote(decisions::Written, String, Option<View>),
    /// Write down a vote, beginning with these words; it is started from an answer.
    EditVote(Option<decisions::Written>, Option<View>),
    /// Write down what was decided, beginning with these words.
    EditRecord(u32, Option<Words>),
    /// Take a step with the decision of a number.
    Step(u32, Step),
    /// Write down all decisions.
    Export,
}

/// What an answer can show, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// The topic of an id.
    Topic(String),
    /// The direct answer of an id.
    Answer(String),
    /// The tools of these ids.
    Tools(Vec<String>),
    /// Which side suits a project.
    Project(Description),
    /// More about something that was answered briefly: a topic, a direct answer or a project.
    More(More, Box<View>),
    /// What was understood of a project, to be corrected.
    Correct(Description),
    /// The list of all topics.
    Topics,
    /// What the bot can do.
    Help,
    /// The tours for newcomers.
    Onboarding,
    /// A step of a tour.
    Tour(TourPosition),
    /// A quiz as far as it was answered.
    Quiz(Quiz),
    /// The message for a welcome channel.
    Panel,
    /// The decision of a number.
    Decision(u32),
    /// A page of the list of decisions, counted from 0.
    Decisions(usize),
    /// A choice between several meanings.
    Offer(Vec<View>),
    /// The questions of a server that got no answer.
    Gaps,
    /// The one of a number.
    Gap(u64),
}

/// What a person wants to know beyond a brief answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum More {
    /// Everything.
    Details,
    /// What the article says about it.
    Article,
    /// The pages that it cites.
    Sources,
}

/// A position in a tour, by names that the data may not know any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TourPosition {
    /// The id of the tour.
    pub path: String,
    /// The id of the step; blank for the one at which the person left the tour.
    pub step: String,
}

/// A quiz as far as it was answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quiz {
    /// Decides on the questions and the order of the answers.
    pub number: u32,
    /// The indexes of the answers that were chosen, from 0, in order.
    pub answers: Vec<u8>,
    /// Whether the last answer is to be explained; else the next question follows, or the result.
    pub explains: bool,
}

impl Quiz {
    /// A quiz of which nothing was answered yet.
    pub fn new(number: u32) -> Self {
        Self { number, ..Self::default() }
    }

    /// The same with one more answer, which is to be explained.
    pub fn answered(&self, answer: u8) -> Self {
        let answers = self.answers.iter().copied().chain([answer]).collect();
        Self { number: self.number, answers, explains: true }
    }

    /// The same after the explanation.
    pub fn explained(&self) -> Self {
        Self { explains: false, ..self.clone() }
    }
}

/// A project as far as it was described. It holds the codes of the data, which may have changed since.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Description {
    /// What kind of project it is.
    pub kind: Kind,
    /// The codes of the values of each factor, by the code of the factor; a factor without values was left open on purpose.
    pub stated: BTreeMap<String, BTreeSet<String>>,
    /// What somebody wants to change.
    pub changing: Option<Part>,
}

/// What kind of project it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Kind {
    /// It was not said.
    #[default]
    Open,
    /// It was asked, and left open.
    Skipped,
    /// The kind of an id.
    Of(String),
}

/// A part of a description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The kind of project.
    Kind,
    /// The factor of a code.
    Factor(String),
}

impl View {
    /// Both together: several options of one menu that were chosen at once.
    pub fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Project(one), Self::Project(other)) => Self::Project(one.with(other)),
            (one, _) => one,
        }
    }
}

impl Description {
    /// A kind of project of which nothing else is known.
    pub fn of(id: impl Into<String>) -> Self {
        Self { kind: Kind::Of(id.into()), ..Self::default() }
    }

    /// The same for another kind of project.
    pub fn of_kind(self, id: &str) -> Self {
        Self { kind: Kind::Of(id.to_owned()), changing: None, ..self }
    }

    fn with(mut self, other: Self) -> Self {
        for (factor, values) in other.stated {
            self.stated.entry(factor).or_default().extend(values);
        }
        self
    }
}
