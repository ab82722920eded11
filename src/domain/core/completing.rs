//! The topics and tools that a text typed so far may mean.

use super::Core;
use crate::knowledge::{Tool, Topic};

impl Core {
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
    pub(super) fn tool_of_name(&self, name: &str) -> Option<&Tool> {
        self.knowledge.tools.iter().find(|tool| tool.names.iter().any(|own| own.eq_ignore_ascii_case(name)))
    }
}
