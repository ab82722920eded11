//! Why a value cannot be used.

use super::super::Failure;

/// What is wrong with a value, which is never repeated: it may be a secret in the wrong place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Goes on from the name of the setting, such as “is not a log level”.
    what: String,
    remedy: String,
}

impl Wrong {
    pub(super) fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: remedy.into() }
    }

    /// The failure of a setting whose value comes from a place, such as a line of a file, or from the environment.
    pub(super) fn of(self, name: &str, place: Option<&str>) -> Failure {
        let place = place.map(|place| format!(" ({place})")).unwrap_or_default();
        Failure::new(format!("{name}{place} {}", self.what), self.remedy)
    }
}
