//! What the team knows: two subjects, the topics on which they differ, and the pages that say so.

mod entry;
mod onboarding;
mod parse;
mod problem;
mod section;
mod tour;
mod weighing;
mod weights;

use serde::{Deserialize, Serialize};

pub use onboarding::{Onboarding, Path, QUIZ_QUESTIONS, QuizQuestion, Step};
pub use parse::parse;
pub use problem::Problem;
pub use weighing::{Criterion, Factor, Implied, Value, Weighing, Weight};

/// Everything that was read from the data folder, checked and ready to be asked.
#[derive(Debug, Serialize, Deserialize)]
pub struct Knowledge {
    /// The question that the whole comparison answers, such as "Tea or coffee?".
    pub title: String,
    /// The article that the comparison started from.
    pub article: Article,
    /// The two subjects that are compared, in the order of the data.
    pub subjects: [Subject; 2],
    /// The groups that topics belong to, in the order in which they are shown.
    pub categories: Vec<Category>,
    /// The aspects that are compared, sorted by id.
    pub topics: Vec<Topic>,
    /// The kinds of project for which a stack is recommended, sorted by id.
    pub projects: Vec<Project>,
    /// How a project is weighed.
    pub weighing: Weighing,
    /// What a newcomer is told and asked.
    pub onboarding: Onboarding,
    /// How people ask for things that are neither a topic nor a project.
    pub intents: Intents,
    /// Words that mean the same, tools and technologies.
    pub vocabulary: Vocabulary,
}

/// Which of the two subjects is meant, by its place in the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Side {
    /// The subject that `comparison.toml` names first; it stands on the left.
    First,
    /// The subject that `comparison.toml` names second; it stands on the right.
    Second,
}

impl Side {
    /// Both sides, left to right.
    pub const BOTH: [Self; 2] = [Self::First, Self::Second];
}

/// The article that the comparison started from.
#[derive(Debug, Serialize, Deserialize)]
pub struct Article {
    /// The title by which answers cite it.
    pub title: String,
    /// When it was written, as far as known.
    pub as_of: String,
}

/// One of the two things that are compared.
#[derive(Debug, Serialize, Deserialize)]
pub struct Subject {
    /// The fixed name in files and labels.
    pub id: String,
    /// The name that people read.
    pub name: String,
    /// The emoji that marks its column.
    pub emoji: String,
    /// The colour of an answer that leans to it, 0xRRGGBB.
    pub colour: u32,
    /// The words by which people call it.
    pub words: Vec<String>,
}

/// A group of topics.
#[derive(Debug, Serialize, Deserialize)]
pub struct Category {
    /// The fixed name that topics refer to.
    pub id: String,
    /// The heading that people read.
    pub title: String,
}

/// One aspect on which the two subjects are compared.
#[derive(Debug, Serialize, Deserialize)]
pub struct Topic {
    /// The fixed name: the file's name without its ending.
    pub id: String,
    /// The title that people read.
    pub title: String,
    /// The id of the group that it is shown in.
    pub category: String,
    /// The answer in one line.
    pub takeaway: String,
    /// Which way the comparison falls out.
    pub leaning: Leaning,
    /// Why it leans that way.
    pub reason: String,
    /// The day on which the facts were checked last.
    pub checked: Date,
    /// The ids of topics worth reading next.
    pub related: Vec<String>,
    /// Words and phrases by which people ask for it.
    pub words: Vec<String>,
    /// Questions by which people ask for it.
    pub questions: Vec<String>,
    /// What holds for each side, in the order of [`Knowledge::subjects`].
    pub sides: [Vec<Point>; 2],
    /// What the article says about it.
    pub claims: Vec<Claim>,
    /// Every page that it cites, in the order of the first citation.
    pub sources: Vec<Source>,
    /// Where its texts stand in its file.
    pub lines: Lines,
}

impl Topic {
    /// What holds for one side.
    pub fn points(&self, side: Side) -> &[Point] {
        let [first, second] = &self.sides;
        match side {
            Side::First => first,
            Side::Second => second,
        }
    }
}

/// A kind of project and the stack that suits it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Project {
    /// The fixed name: the file's name without its ending.
    pub id: String,
    /// The title that people read.
    pub title: String,
    /// The advice in one line.
    pub takeaway: String,
    /// Which stack suits it.
    pub leaning: Leaning,
    /// Why that stack suits it.
    pub reason: String,
    /// The day on which the facts were checked last.
    pub checked: Date,
    /// The ids of topics on which the advice rests.
    pub related: Vec<String>,
    /// Words and phrases by which people speak of such a project.
    pub words: Vec<String>,
    /// Texts by which people describe such a project.
    pub questions: Vec<String>,
    /// What speaks for either side in such a project, beside what its factors bring.
    pub weights: Vec<Weight>,
    /// What goes with such a project without being said.
    pub implied: Vec<Implied>,
    /// What the article says about such projects.
    pub claims: Vec<Claim>,
    /// Every page that it cites, in the order of the first citation.
    pub sources: Vec<Source>,
    /// Where its texts stand in its file.
    pub lines: Lines,
}

/// The lines, from 1, in which the texts of an entry start, so that a text that does not fit can be found.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Lines {
    /// The line of the title.
    pub title: usize,
    /// The line of the takeaway.
    pub takeaway: usize,
    /// The line of the reason.
    pub reason: usize,
    /// The line of the first point of each side.
    pub sides: [usize; 2],
    /// The line of the first claim of the article.
    pub claims: usize,
    /// The line of the leaning.
    pub leaning: usize,
}

/// Which way a comparison falls out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Leaning {
    /// One side is ahead.
    Toward(Side, Strength),
    /// Both are as good.
    Even,
    /// It depends on what is needed.
    Depends,
}

/// How far one side is ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Strength {
    /// A little; other reasons may well outweigh it.
    Slight,
    /// Clearly.
    Strong,
}

/// One statement about one side.
#[derive(Debug, Serialize, Deserialize)]
pub struct Point {
    /// The statement.
    pub text: String,
    /// The pages that say so, as places in the `sources` of its topic.
    pub sources: Vec<usize>,
}

/// One statement of the article, and what holds today.
#[derive(Debug, Serialize, Deserialize)]
pub struct Claim {
    /// What the article says, in our own words.
    pub says: String,
    /// Where in the article it says so.
    pub place: String,
    /// Whether it still holds.
    pub verdict: Verdict,
    /// What holds today; always there unless the claim simply holds.
    pub today: Option<Point>,
}

/// Whether a claim of the article still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// It is right.
    Holds,
    /// It was right once.
    Dated,
    /// It leads to a wrong conclusion.
    Misleading,
    /// It is not right.
    Wrong,
}

/// A page that an answer cites.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Source {
    /// The title of the page.
    pub title: String,
    /// Its address, `https://` or `http://`.
    pub url: String,
    /// The date of the text that was read: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub as_of: String,
    /// Whether it reports figures of somebody else.
    pub second_hand: bool,
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Date {
    /// The year, such as 2026.
    pub year: u16,
    /// The month, 1–12.
    pub month: u8,
    /// The day, 1–31.
    pub day: u8,
}

/// How people ask for things that are neither a topic nor a project.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Intents {
    /// A newcomer asks for an introduction.
    pub onboarding: Phrasings,
    /// Somebody asks what the bot can do.
    pub help: Phrasings,
    /// Nothing that the bot should answer.
    pub none: Phrasings,
    /// Questions that show a newcomer to the bot what it can be asked.
    pub examples: Vec<String>,
}

/// Words and example texts that point to one intent.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Phrasings {
    /// Words and short phrases.
    pub words: Vec<String>,
    /// Whole example texts.
    pub questions: Vec<String>,
}

/// Words that mean the same, tools and technologies.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Vocabulary {
    /// Groups of words and phrases that mean the same; the first stands for all.
    pub same: Vec<Vec<String>>,
    /// Tools that belong to one subject: naming one names the subject.
    pub tools: [Vec<String>; 2],
    /// Technologies that are not compared here.
    pub others: Vec<String>,
    /// Words by which people weigh one thing against another.
    pub choosing: Vec<String>,
    /// Words that turn what follows into its opposite.
    pub negating: Vec<String>,
    /// Words that join one thing to another.
    pub joining: Vec<String>,
}

impl Knowledge {
    /// The subject on a side.
    pub fn subject(&self, side: Side) -> &Subject {
        let [first, second] = &self.subjects;
        match side {
            Side::First => first,
            Side::Second => second,
        }
    }

    /// The topic of an id, if there is one.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        let at = self.topics.binary_search_by(|topic| topic.id.as_str().cmp(id)).ok()?;
        self.topics.get(at)
    }

    /// The kind of project of an id, if there is one.
    pub fn project(&self, id: &str) -> Option<&Project> {
        let at = self.projects.binary_search_by(|project| project.id.as_str().cmp(id)).ok()?;
        self.projects.get(at)
    }

    /// Drops the example questions, which take most of the room.
    pub(super) fn forget_questions(&mut self) {
        self.weighing.groups = Vec::new();
        self.weighing
            .factors
            .iter_mut()
            .flat_map(|factor| &mut factor.values)
            .for_each(|value| value.words = Vec::new());
        self.topics.iter_mut().for_each(|topic| topic.questions = Vec::new());
        self.projects.iter_mut().for_each(|project| project.questions = Vec::new());
        for phrasings in [&mut self.intents.onboarding, &mut self.intents.help, &mut self.intents.none] {
            *phrasings = Phrasings::default();
        }
    }

    /// The topics of each category, both in the order in which they are shown.
    pub fn topics_by_category(&self) -> impl Iterator<Item = (&Category, Vec<&Topic>)> {
        self.categories.iter().map(|category| {
            let topics = self.topics.iter().filter(|topic| topic.category == category.id);
            (category, topics.collect())
        })
    }
}
