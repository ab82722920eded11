//! What the bot learns from: how people ask, and the words that they use. Nothing of it is needed after learning.

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
    /// Texts near to the subject that it should not answer either, one entry a kind.
    pub near: Vec<Phrasings>,
    /// The phrases by which texts mention factors of a project.
    pub phrases: Vec<Phrase>,
    /// Words that phrases may stand for, each group with its name.
    pub groups: Vec<(String, Vec<String>)>,
    /// Words that mean the same, tools and technologies.
    pub vocabulary: Vocabulary,
}

/// Words and example texts with the same meaning.
#[derive(Debug, Default)]
pub struct Phrasings {
    /// Words and short phrases.
    pub words: Vec<String>,
    /// Whole example texts.
    pub questions: Vec<String>,
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

/// Words that mean the same, tools and technologies.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Groups of words and phrases that mean the same; the first stands for all.
    pub same: Vec<Vec<String>>,
    /// Tools that belong to one subject: naming one names the subject.
    pub tools: [Vec<ToolName>; 2],
    /// Languages and runtimes that could be set against one of the two, and are not compared.
    pub rivals: Vec<String>,
    /// Technologies that go with either subject, such as databases.
    pub context: Vec<String>,
    /// Words by which people weigh one thing against another.
    pub choosing: Vec<String>,
    /// Words that turn what follows into its opposite.
    pub negating: Vec<String>,
    /// Words that join one thing to another.
    pub joining: Vec<String>,
}
