//! What can be shown, in the states of buttons and menus.

use super::{Codes, Unreadable, number};
use crate::domain::request::{More, TourPosition, View};

/// The state of something that can be shown, such as `topic:speed`.
pub fn view_to_text(view: &View, codes: &Codes<'_>) -> String {
    match view {
        View::Topic(id) => format!("topic:{id}"),
        View::Answer(id) => format!("answer:{id}"),
        View::Tools(ids) => format!("tools:{}", ids.join(",")),
        View::Correct(project) => format!("c:{}", codes.write_project(project)),
        View::More(more, about) => format!("{}:{}", more_to_text(*more), view_to_text(about, codes)),
        View::Project(project) => format!("project:{}", codes.write_project(project)),
        View::Topics => "topics".to_owned(),
        View::Help => "help".to_owned(),
        View::Onboarding => "onboarding".to_owned(),
        View::Tour(position) => format!("tour:{}:{}", position.path, position.step),
        View::Quiz(quiz) => format!("quiz:{}", codes.write_quiz(quiz)),
        View::Panel => "panel".to_owned(),
        View::Offer(views) => {
            let views: Vec<String> = views.iter().map(|view| view_to_text(view, codes)).collect();
            format!("offer:{}", views.join(","))
        }
        View::Gaps => "gaps".to_owned(),
        View::Gap(id) => format!("gap:{id}"),
        View::Decision(number) => format!("decision:{number}"),
        View::Decisions(page) => format!("decisions:{page}"),
    }
}

/// Reads what [`view_to_text`] wrote.
///
/// # Errors
/// Why it cannot be read.
pub fn view_from_text(text: &str, codes: &Codes<'_>) -> Result<View, Unreadable> {
    match text.split_once(':').and_then(|(more, about)| Some((more_from_text(more)?, about))) {
        Some((more, about)) => Ok(View::More(more, Box::new(plain_view_from_text(about, codes)?))),
        None => plain_view_from_text(text, codes),
    }
}

/// Reads what is not more about something else.
/// The same without what is more about something.
pub(super) fn plain_view_from_text(text: &str, codes: &Codes<'_>) -> Result<View, Unreadable> {
    match text.split_once(':') {
        Some(("topic", id)) => Ok(View::Topic(id.to_owned())),
        Some(("answer", id)) => Ok(View::Answer(id.to_owned())),
        Some(("tools", ids)) => Ok(View::Tools(ids.split(',').map(str::to_owned).collect())),
        Some(("c", project)) => codes.read_project(project).map(View::Correct),
        Some(("project", project)) => codes.read_project(project).map(View::Project),
        Some(("tour", position)) => {
            let (path, step) = position.split_once(':').ok_or(Unreadable::Unknown)?;
            Ok(View::Tour(TourPosition { path: path.to_owned(), step: step.to_owned() }))
        }
        Some(("quiz", quiz)) => codes.read_quiz(quiz).map(View::Quiz),
        Some(("gap", id)) => number(id).map(View::Gap),
        Some(("decision", id)) => number(id).map(View::Decision),
        Some(("decisions", page)) => number(page).map(View::Decisions),
        Some(("offer", views)) => {
            // No view in it holds a comma, or another offer.
            let views = views.split(',').map(|view| plain_view_from_text(view, codes));
            views.collect::<Result<_, _>>().map(View::Offer)
        }
        Some(_) => Err(Unreadable::Unknown),
        None => match text {
            "topics" => Ok(View::Topics),
            "help" => Ok(View::Help),
            "onboarding" => Ok(View::Onboarding),
            "panel" => Ok(View::Panel),
            "gaps" => Ok(View::Gaps),
            _ => Err(Unreadable::Unknown),
        },
    }
}

/// One letter each, because a project behind it takes most of a state.
fn more_to_text(more: More) -> &'static str {
    match more {
        More::Details => "d",
        More::Article => "a",
        More::Sources => "s",
    }
}

fn more_from_text(text: &str) -> Option<More> {
    [More::Details, More::Article, More::Sources].into_iter().find(|more| more_to_text(*more) == text)
}
