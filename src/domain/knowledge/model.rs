//! What is shown: everything that is known about the two subjects.

use serde::{Deserialize, Serialize};

use super::{Article, Category, DirectAnswer, Onboarding, Project, Release, Side, Subject, Tool, Topic, Weighing};

/// Everything that can be shown.
#[derive(Debug, Serialize, Deserialize)]
pub struct Knowledge {
    /// The question that the whole comparison answers, such as "Tea or coffee?".
    pub title: String,
    /// The article that the comparison started from, if there is one.
    pub article: Option<Article>,
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
    /// The introduction for newcomers.
    pub onboarding: Onboarding,
    /// The tools that people name, sorted by id.
    pub tools: Vec<Tool>,
    /// The versions of both subjects, in the order of the data.
    pub releases: Vec<Release>,
    /// Questions that show a newcomer what the bot can be asked.
    pub sample_questions: Vec<String>,
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
        let at = self.topics.binary_search_by(|topic| topic.entry.id.as_str().cmp(id)).ok()?;
        self.topics.get(at)
    }

    /// The kind of project of an id, if there is one.
    pub fn project(&self, id: &str) -> Option<&Project> {
        let at = self.projects.binary_search_by(|project| project.entry.id.as_str().cmp(id)).ok()?;
        self.projects.get(at)
    }

    /// The tool of an id, if there is one.
    pub fn tool(&self, id: &str) -> Option<&Tool> {
        let at = self.tools.binary_search_by(|tool| tool.id.as_str().cmp(id)).ok()?;
        self.tools.get(at)
    }

    /// The direct answer of an id, with its topic, if there is one.
    pub fn direct_answer(&self, id: &str) -> Option<(&Topic, &DirectAnswer)> {
        let of_topic = |topic: &'_ Topic| topic.answers.iter().position(|answer| answer.id == id);
        let (topic, at) = self.topics.iter().find_map(|topic| Some((topic, of_topic(topic)?)))?;
        Some((topic, topic.answers.get(at)?))
    }

    /// The topics of each category, both in the order in which they are shown.
    pub fn topics_by_category(&self) -> impl Iterator<Item = (&Category, Vec<&Topic>)> {
        self.categories.iter().map(|category| {
            let topics = self.topics.iter().filter(|topic| topic.category == category.id);
            (category, topics.collect())
        })
    }
}
