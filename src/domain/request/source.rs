//! The answer from which a vote was started: from a view, and back to it.

use super::{Description, Kind, View};
use crate::decisions::Source;

impl Source {
    /// What is kept of a view; nothing for one that answers nothing.
    pub fn of(view: &View) -> Option<Self> {
        Some(match view {
            View::Topic(id) => Self::Topic(id.clone()),
            View::Answer(id) => Self::Answer(id.clone()),
            View::Tools(ids) => Self::Tools(ids.clone()),
            View::Project(project) | View::Correct(project) => {
                let kind = match &project.kind {
                    Kind::Of(id) => Some(id.clone()),
                    Kind::Open | Kind::Skipped => None,
                };
                Self::Project(kind, project.stated.clone())
            }
            View::More(_, about) => return Self::of(about),
            _ => return None,
        })
    }

    /// The view that shows it.
    pub fn view(&self) -> View {
        match self {
            Self::Topic(id) => View::Topic(id.clone()),
            Self::Answer(id) => View::Answer(id.clone()),
            Self::Tools(ids) => View::Tools(ids.clone()),
            Self::Project(kind, stated) => {
                let kind = kind.clone().map_or(Kind::Skipped, Kind::Of);
                View::Project(Description { kind, stated: stated.clone(), changing: None })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Description, Source, View};
    use crate::request::More;

    #[test]
    fn what_answers_something_is_kept_and_shown_again() {
        let mut project = Description::of("cms");
        project.stated.insert("E".to_owned(), ["p".to_owned()].into());
        let views = [
            View::Topic("speed".to_owned()),
            View::Answer("speed.1".to_owned()),
            View::Tools(vec!["a".to_owned(), "b".to_owned()]),
            View::Project(project),
        ];
        for view in views {
            let source = Source::of(&view).expect("it is kept");
            assert_eq!(source.view(), view);
            let details = View::More(More::Details, Box::new(view));
            assert_eq!(Source::of(&details), Some(source), "what it is more about");
        }
        assert_eq!(Source::of(&View::Help), None);
    }
}
