//! What the bot learns from: how people ask, and the words that they use. Nothing of it is needed after learning.

use serde::{Deserialize, Serialize};

/// What the bot learns from.
#[derive(Debug, Default)]
pub struct Examples {
    /// The words by which people call each subject.
    pub subjects: [Vec<String>; 2],
    /// How people ask for each topic, in the order of `Knowledge::topics`.
    pub topics: Vec<Phrasings>,
    /// How people describe each kind of project, in the order of `Knowledge::projects`.
    pub projects: Vec<Phrasings>,
    /// How a newcomer asks for an introduction.
    pub onboarding: Phrasings,
    /// How people ask what the bot can do.
    pub help: Phrasings,
    /// Texts that the bot should not answer.
    pub none: Phrasings,
    /// Texts near to the subject that it should not answer either, one entry a kind. They are for training a model of
    /// sentences: words that learn from them give up right answers.
    pub near: Vec<Phrasings>,
    /// The phrases by which texts mention factors of a project.
    pub phrases: Vec<Phrase>,
    /// Words that phrases may stand for, each group with its name.
    pub groups: Vec<(String, Vec<String>)>,
    /// Words that mean the same, tools and technologies.
    pub vocabulary: Vocabulary,
    /// What people say to be friendly.
    pub small_talk: SmallTalkWords,
    /// What people say who ask about the bot itself.
    pub about_bot: AboutBotWords,
}

/// Words and example texts with the same meaning; the wordings of answers are examples as well.
#[derive(Debug, Default)]
pub struct Phrasings {
    /// Words and short phrases.
    pub words: Vec<String>,
    /// Whole example texts.
    pub questions: Vec<String>,
    /// Names of a kind of project: a text that has one is most likely about it, unless it rules it out.
    pub names: Vec<String>,
    /// What a kind of project always has: a text that rules it out is about another kind.
    pub parts: Vec<String>,
    /// Of each direct answer of a topic, in the order of `Topic::answers`, the question and its other wordings.
    pub answers: Vec<Vec<String>>,
}

/// What people say to be friendly, as phrases of a few words.
#[derive(Debug, Default)]
pub struct SmallTalkWords {
    /// Greetings.
    pub greeting: Vec<String>,
    /// Thanks.
    pub thanks: Vec<String>,
    /// Goodbyes.
    pub goodbye: Vec<String>,
    /// Praise.
    pub praise: Vec<String>,
    /// What may stand around such phrases and says nothing by itself.
    pub around: Vec<String>,
}

/// What people say who ask about the bot itself, as phrases of a few words.
#[derive(Debug, Default)]
pub struct AboutBotWords {
    /// How they speak to it, or of it.
    pub bot: Vec<String>,
    /// What it may be, and how it may have come to be.
    pub nature: Vec<String>,
    /// What may stand around such phrases and says nothing by itself.
    pub around: Vec<String>,
}

/// A name of a tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolName {
    /// The name as people type it.
    pub name: String,
    /// Whether the tool has a name that is also a plain word; whether this one is, the matching decides.
    pub may_be_plain: bool,
}

/// A phrase by which texts mention a value of a factor.
#[derive(Debug)]
pub struct Phrase {
    /// The position of the factor in `Weighing::factors`.
    pub factor: usize,
    /// The position of the value in `Factor::values`.
    pub value: usize,
    /// Its words; `{name}` stands for a group or a subject.
    pub text: String,
}

/// Words by which a text sets two names against each other.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PairingWords {
    /// Between two names: one is set against the other.
    pub against: Vec<String>,
    /// Between two names: the first takes the place of the second.
    pub leaving: Vec<String>,
    /// After a name: it is preferred to the next.
    pub preferring: Vec<String>,
    /// Before a name that is preferred.
    pub choosing: Vec<String>,
    /// Anywhere in a text that compares names which stand beside each other,
    pub comparing: Vec<String>,
    /// with one of these in between.
    pub beside: Vec<String>,
    /// All that is compared, together.
    pub both: Vec<String>,
}

/// Words and short phrases by which a description of a project rules something out.
#[derive(Debug, Clone, Default)]
pub struct RulingWords {
    /// In front of its name,
    pub before: Vec<String>,
    /// but not before one of these,
    pub unless: Vec<String>,
    /// with nothing but these in between
    pub through: Vec<String>,
    /// or in a list that these join.
    pub or: Vec<String>,
    /// Behind its name.
    pub after: Vec<String>,
    /// As a sentence of its own behind its name.
    pub denying: Vec<String>,
    /// As a heading of all that is ruled out.
    pub heading: Vec<String>,
}

/// Words by which people ask about an earlier answer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FollowingWords {
    /// Why it is so.
    pub why: Vec<String>,
    /// What says so, and since when.
    pub source: Vec<String>,
    /// What would follow from it.
    pub concluding: Vec<String>,
    /// At the beginning of a text: how it is with something else.
    pub adding: Vec<String>,
}

/// Words that mean the same, tools and technologies.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Groups of words and phrases that mean the same; the first stands for all.
    pub same: Vec<Vec<String>>,
    /// Tools that belong to one subject: naming one names the subject.
    pub tools: [Vec<ToolName>; 2],
    /// Languages and runtimes that could be set against one of the two, and are not compared: of each the name to show, then
    /// further words for it.
    pub rivals: Vec<Vec<String>>,
    /// Technologies that go with either subject, such as databases.
    pub context: Vec<String>,
    /// Words of which one shows that a text is about software.
    pub technical: Vec<String>,
    /// Words by which people weigh one thing against another.
    pub choosing: Vec<String>,
    /// Words by which a text sets two names against each other.
    pub pairing: PairingWords,
    /// Words by which a description of a project rules something out.
    pub ruling: RulingWords,
    /// Words that turn what follows into its opposite.
    pub negating: Vec<String>,
    /// Words that join one thing to another.
    pub joining: Vec<String>,
    /// Words by which people ask for the counterpart of a tool.
    pub counterparts: Vec<String>,
    /// Words that say nothing about what is asked.
    pub small: Vec<String>,
    /// Words with which a question begins.
    pub asking: Vec<String>,
    /// Words by which people ask about an earlier answer.
    pub following: FollowingWords,
}
