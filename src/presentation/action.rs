//! What a button or menu does, as the state that travels in its `custom_id`, so that it works after a restart.
//!
//! The form is `1.<asker>.<verb>[.<what>]`. The 1 is the version of the form: a later form can tell older buttons apart.

use std::collections::BTreeSet;

use crate::domain::request::{Description, Kind, Part, Quiz, TourPosition, View};

/// The id of the person that asked; 0 in the terminal.
pub type Asker = u64;

/// What happens when a button is pressed or an option is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Who asked for the message that the button stands under.
    pub asker: Asker,
    /// What happens.
    pub verb: Verb,
}

/// What happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// Shows something else in the place of this answer.
    Show(View),
    /// Shows what is chosen in the menu of this number.
    Choose(u8),
    /// Shows something in a private message of its own.
    Open(View),
    /// Begins the tour of whoever presses, or goes on with it.
    Begin,
    /// Posts a private answer for everyone.
    Share(View),
    /// Deletes the answer.
    Delete,
}

const VERSION: &str = "1";

impl Action {
    /// The state as it is put into a `custom_id`, at most 100 characters.
    pub fn to_custom_id(&self) -> String {
        let asker = self.asker;
        match &self.verb {
            Verb::Show(shown) => format!("{VERSION}.{asker}.show.{}", view_to_text(shown)),
            Verb::Open(shown) => format!("{VERSION}.{asker}.open.{}", view_to_text(shown)),
            Verb::Begin => format!("{VERSION}.{asker}.begin"),
            Verb::Choose(number) => format!("{VERSION}.{asker}.choose.{number}"),
            Verb::Share(shown) => format!("{VERSION}.{asker}.share.{}", view_to_text(shown)),
            Verb::Delete => format!("{VERSION}.{asker}.delete"),
        }
    }

    /// Reads a `custom_id`; nothing if it is not one of ours. What it says is a claim: permissions are checked elsewhere.
    pub fn from_custom_id(id: &str) -> Option<Self> {
        let mut parts = id.splitn(4, '.');
        if parts.next()? != VERSION {
            return None;
        }
        let asker = parts.next()?.parse().ok()?;
        let verb = match (parts.next()?, parts.next()) {
            ("show", Some(shown)) => Verb::Show(view_from_text(shown)?),
            ("choose", Some(number)) => Verb::Choose(number.parse().ok()?),
            ("open", Some(shown)) => Verb::Open(view_from_text(shown)?),
            ("begin", None) => Verb::Begin,
            ("share", Some(shown)) => Verb::Share(view_from_text(shown)?),
            ("delete", None) => Verb::Delete,
            _ => return None,
        };
        Some(Self { asker, verb })
    }
}

/// The state of something that can be shown, such as `topic:speed`.
pub fn view_to_text(shown: &View) -> String {
    match shown {
        View::Topic(id) => format!("topic:{id}"),
        View::Project(described) => format!("project:{}", described_to_text(described)),
        View::Topics => "topics".to_owned(),
        View::Help => "help".to_owned(),
        View::Onboarding => "onboarding".to_owned(),
        View::Tour(place) => format!("tour:{}:{}", place.path, place.step),
        View::Quiz(quiz) => format!("quiz:{}", quiz_to_text(quiz)),
        View::Panel => "panel".to_owned(),
    }
}

/// Reads what [`view_to_text`] wrote.
pub fn view_from_text(text: &str) -> Option<View> {
    match text.split_once(':') {
        Some(("topic", id)) => Some(View::Topic(id.to_owned())),
        Some(("project", described)) => described_from_text(described).map(View::Project),
        Some(("tour", place)) => {
            let (path, step) = place.split_once(':')?;
            Some(View::Tour(TourPosition { path: path.to_owned(), step: step.to_owned() }))
        }
        Some(("quiz", quiz)) => quiz_from_text(quiz).map(View::Quiz),
        Some(_) => None,
        None => match text {
            "topics" => Some(View::Topics),
            "help" => Some(View::Help),
            "onboarding" => Some(View::Onboarding),
            "panel" => Some(View::Panel),
            _ => None,
        },
    }
}

/// What stands behind the answers of a quiz whose last one is to be explained.
const EXPLAINS: char = '!';

/// A quiz in few characters, such as `1a2b:031!`: its number in hexadecimal digits, and the answers.
fn quiz_to_text(quiz: &Quiz) -> String {
    let answers: String = quiz.answers.iter().map(ToString::to_string).collect();
    let explains = if quiz.explains { EXPLAINS.to_string() } else { String::new() };
    format!("{:x}:{answers}{explains}", quiz.number)
}

fn quiz_from_text(text: &str) -> Option<Quiz> {
    let (number, answers) = text.split_once(':')?;
    let number = u32::from_str_radix(number, 16).ok()?;
    let explains = answers.ends_with(EXPLAINS);
    let answers = answers.strip_suffix(EXPLAINS).unwrap_or(answers).chars();
    let answers = answers.map(|digit| digit.to_digit(10).and_then(|digit| u8::try_from(digit).ok()));
    Some(Quiz { number, answers: answers.collect::<Option<_>>()?, explains })
}

/// What stands for a kind of project that was left open on purpose; no id is written so.
const SKIPPED: &str = "-";
/// What stands for the kind of project among the parts of a description.
const KIND: char = '*';

/// A description in few characters, such as `chat-app:EpPlr?D`: the kind of project, each factor with its values, and
/// behind the question mark what somebody wants to change.
fn described_to_text(described: &Description) -> String {
    let mut text = match &described.kind {
        Kind::Open => String::new(),
        Kind::Skipped => SKIPPED.to_owned(),
        Kind::Of(id) => id.clone(),
    };
    if !described.stated.is_empty() || described.changing.is_some() {
        text.push(':');
    }
    for (factor, values) in &described.stated {
        text.push(*factor);
        text.extend(values);
    }
    if let Some(changing) = described.changing {
        text.push('?');
        text.push(match changing {
            Part::Kind => KIND,
            Part::Factor(code) => code,
        });
    }
    text
}

fn described_from_text(text: &str) -> Option<Description> {
    let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
    let (stated, changing) = rest.split_once('?').unwrap_or((rest, ""));
    let kind = match kind {
        "" => Kind::Open,
        SKIPPED => Kind::Skipped,
        id => Kind::Of(id.to_owned()),
    };
    let mut described = Description { kind, ..Description::default() };
    let mut factor = None;
    for code in stated.chars() {
        match (code, factor) {
            ('A'..='Z', _) => {
                factor = Some(code);
                described.stated.insert(code, BTreeSet::new());
            }
            ('a'..='z', Some(factor)) => {
                described.stated.entry(factor).or_default().insert(code);
            }
            _ => return None,
        }
    }
    let mut changing = changing.chars();
    described.changing = match (changing.next(), changing.next()) {
        (None, _) => None,
        (Some(KIND), None) => Some(Part::Kind),
        (Some(code), None) => Some(Part::Factor(code)),
        (Some(_), Some(_)) => return None,
    };
    Some(described)
}

#[cfg(test)]
mod tests {
    use super::{Action, Description, Kind, Part, Quiz, TourPosition, Verb, View};

    #[test]
    fn what_is_written_is_read_again() {
        let stated = [('E', "p"), ('P', "lr"), ('D', "")].map(|(factor, values)| (factor, values.chars().collect()));
        let described = Description { kind: Kind::Skipped, stated: stated.into(), changing: Some(Part::Factor('E')) };
        let changing = Description { changing: Some(Part::Kind), ..Description::of("cms") };
        let projects = [Description::default(), Description::of("cms"), described, changing].map(View::Project);
        let tour = View::Tour(TourPosition { path: "back-end".into(), step: "speed".into() });
        let quizzes =
            [Quiz::new(u32::MAX), Quiz::new(7).answered(3), Quiz::new(0).answered(0).explained()].map(View::Quiz);
        let others = [View::Topic("io-model".into()), View::Topics, View::Help, View::Onboarding, View::Panel, tour];
        let shown = others.into_iter().chain(quizzes).chain(projects);
        let shown: Vec<View> = shown.collect();
        let shares = shown.clone().into_iter().map(Verb::Share);
        let opens = shown.clone().into_iter().map(Verb::Open);
        let verbs = shown.into_iter().map(Verb::Show).chain(shares).chain(opens);
        let verbs = verbs.chain([Verb::Choose(3), Verb::Begin, Verb::Delete]);
        for verb in verbs {
            let action = Action { asker: u64::MAX, verb };
            let id = action.to_custom_id();
            assert_eq!(Action::from_custom_id(&id), Some(action), "{id}");
        }
    }

    #[test]
    fn a_foreign_custom_id_is_nothing() {
        let foreign = [
            "",
            "1",
            "1.2",
            "2.7.delete",
            "1.x.delete",
            "1.7.delete.now",
            "1.7.show",
            "1.7.show.x:y",
            "é.日.🦀",
            "1.7.show.project:cms:p",
            "1.7.show.project:cms:Ep?DE",
            "1.7.show.project:cms:é日🦀",
            "1.7.show.quiz:x:1",
            "1.7.show.quiz:1:é",
            "1.7.show.tour:back-end",
            "1.7.begin.now",
        ];
        for id in foreign {
            assert_eq!(Action::from_custom_id(id), None, "{id}");
        }
    }
}
