//! How people ask, and the words that they use.

use serde::{Deserialize, Serialize};

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
