//! The answer from which a vote was started, in a form that is kept.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// The answer from which a vote was started, by ids and codes that the data may not know any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The topic of an id.
    Topic(String),
    /// The direct answer of an id.
    Answer(String),
    /// The tools of these ids.
    Tools(Vec<String>),
    /// A project, by the id of its kind and the codes of what was stated.
    Project(Option<String>, BTreeMap<String, BTreeSet<String>>),
}
