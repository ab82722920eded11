//! What a button or menu does, as the state that travels in its `custom_id`, so that it works after a restart.
//!
//! The form is `2.<asker>.<verb>[.<view>]`, where 2 is the version. What a state says never changes: what depends on the data
//! carries a digest of it (`codes.rs`), and is refused where that data has changed.

mod asker;
mod form;
mod view;

use std::str::FromStr;

use super::codes::Codes;
use super::reply::Row;
use crate::domain::request::View;
use crate::domain::team::Vote;
pub use asker::Asker;
pub use form::{Form, Setting};
pub(super) use form::{NO, YES};
pub use view::{view_from_text, view_to_text};

/// What happens when a button is pressed or an option is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Who asked for the message that the button stands under, as its state says.
    pub asker: Asker,
    /// What happens.
    pub verb: Verb,
}

/// What happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// Shows something else instead of this answer.
    Show(View),
    /// Shows what is chosen in the menu of this number.
    Choose(u8),
    /// Shows something in a private message of its own.
    Open(View),
    /// Starts the tour of the person who presses, or goes on with it.
    Begin,
    /// Posts a private answer for everyone.
    Share(View),
    /// Reports that an answer is wrong.
    Report(View),
    /// Deletes the answer.
    Delete,
    /// Changes a setting to what is chosen.
    Set(Setting),
    /// Opens a form.
    Edit(Form),
    /// Does something with what was filled into a form.
    Fill(Form),
    /// Says whether an answer was of use.
    Vote(Vote, View),
    /// Adds the question of a number to the topic of an id.
    AddTo(u64, String),
    /// Takes back what was added under a number.
    TakeBack(u64),
    /// Keeps the question of a number no longer.
    Dismiss(u64),
    /// Shows how the vote of a number stands, under its poll.
    Poll(u32),
    /// Keeps what the file of the message says that a team keeps.
    TakeOver,
}

/// Why a state cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It is none of ours.
    Unknown,
    /// An older version wrote it, or the data that it depends on was changed since.
    Older,
}

const VERSION: &str = "2";
/// Wrote the asker as a number, and a project as its id with one letter for each factor and value.
const OLDER_VERSION: &str = "1";

impl Action {
    /// The state as it is put into a `custom_id`.
    pub fn to_custom_id(&self, codes: &Codes<'_>) -> String {
        let (name, detail) = match &self.verb {
            Verb::Show(view) => ("show", Some(view_to_text(view, codes))),
            Verb::Open(view) => ("open", Some(view_to_text(view, codes))),
            Verb::Share(view) => ("share", Some(view_to_text(view, codes))),
            Verb::Report(view) => ("wrong", Some(view_to_text(view, codes))),
            Verb::Choose(number) => ("choose", Some(number.to_string())),
            Verb::Begin => ("begin", None),
            Verb::Delete => ("delete", None),
            Verb::Set(setting) => ("set", Some(setting.name().to_owned())),
            Verb::Edit(form) => ("edit", Some(form.to_text(codes))),
            Verb::Fill(form) => ("fill", Some(form.to_text(codes))),
            Verb::Vote(Vote::Useful, view) => ("up", Some(view_to_text(view, codes))),
            Verb::Vote(Vote::Useless, view) => ("down", Some(view_to_text(view, codes))),
            Verb::AddTo(id, topic) => ("add", Some(format!("{id}:{topic}"))),
            Verb::TakeBack(id) => ("back", Some(id.to_string())),
            Verb::Dismiss(id) => ("dismiss", Some(id.to_string())),
            Verb::Poll(number) => ("poll", Some(number.to_string())),
            Verb::TakeOver => ("take", None),
        };
        let asker = self.asker;
        detail
            .map_or_else(|| format!("{VERSION}.{asker}.{name}"), |detail| format!("{VERSION}.{asker}.{name}.{detail}"))
    }

    /// Reads a `custom_id`. What it says is a claim: permissions are checked elsewhere.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn from_custom_id(id: &str, codes: &Codes<'_>) -> Result<Self, Unreadable> {
        let mut parts = id.splitn(4, '.');
        let (version, asker, name, detail) = (parts.next(), parts.next(), parts.next(), parts.next());
        let (Some(version), Some(asker), Some(name)) = (version, asker, name) else { return Err(Unreadable::Unknown) };
        if version == OLDER_VERSION && asker.parse::<u64>().is_ok() {
            return Err(Unreadable::Older);
        }
        let asker = Asker::from_text(asker).filter(|_| version == VERSION).ok_or(Unreadable::Unknown)?;
        let verb = match (name, detail) {
            ("show", Some(view)) => Verb::Show(view_from_text(view, codes)?),
            ("open", Some(view)) => Verb::Open(view_from_text(view, codes)?),
            ("share", Some(view)) => Verb::Share(view_from_text(view, codes)?),
            ("wrong", Some(view)) => Verb::Report(view_from_text(view, codes)?),
            ("choose", Some(number)) => Verb::Choose(number.parse().map_err(|_| Unreadable::Unknown)?),
            ("begin", None) => Verb::Begin,
            ("delete", None) => Verb::Delete,
            ("set", Some(setting)) => {
                let setting = Setting::ALL.into_iter().find(|known| known.name() == setting);
                Verb::Set(setting.ok_or(Unreadable::Unknown)?)
            }
            ("edit", Some(form)) => Verb::Edit(Form::from_text(form, codes)?),
            ("fill", Some(form)) => Verb::Fill(Form::from_text(form, codes)?),
            ("up", Some(view)) => Verb::Vote(Vote::Useful, view_from_text(view, codes)?),
            ("down", Some(view)) => Verb::Vote(Vote::Useless, view_from_text(view, codes)?),
            ("add", Some(detail)) => {
                let (id, topic) = detail.split_once(':').ok_or(Unreadable::Unknown)?;
                Verb::AddTo(number(id)?, topic.to_owned())
            }
            ("back", Some(id)) => Verb::TakeBack(number(id)?),
            ("dismiss", Some(id)) => Verb::Dismiss(number(id)?),
            ("poll", Some(decision)) => Verb::Poll(number(decision)?),
            ("take", None) => Verb::TakeOver,
            _ => return Err(Unreadable::Unknown),
        };
        Ok(Self { asker, verb })
    }
}

fn number<N: FromStr>(text: &str) -> Result<N, Unreadable> {
    text.parse().map_err(|_| Unreadable::Unknown)
}

/// What was chosen in a menu; several options together where there are several, and nothing where there is none.
///
/// # Errors
/// Why one of them cannot be read.
pub fn chosen<'v>(values: impl Iterator<Item = &'v str>, codes: &Codes<'_>) -> Result<Option<View>, Unreadable> {
    let views: Vec<View> = values.map(|value| view_from_text(value, codes)).collect::<Result<_, _>>()?;
    Ok(views.into_iter().reduce(View::with))
}

/// What the buttons under a reply do.
pub fn verbs(rows: &[Row]) -> Vec<Verb> {
    let buttons = rows.iter().flat_map(|row| match row {
        Row::Buttons(buttons) => buttons.as_slice(),
        Row::Menu(_) | Row::Select(_) => &[],
    });
    buttons.map(|button| button.verb.clone()).collect()
}

/// What a message answered, by the buttons under it: all state of an answer is there.
pub fn answered(verbs: &[Verb]) -> Option<View> {
    let about = |view: &View| match view {
        View::More(_, about) => Some((**about).clone()),
        View::Correct(project) => Some(View::Project(project.clone())),
        View::Topic(_) | View::Answer(_) | View::Project(_) => Some(view.clone()),
        _ => None,
    };
    let surely = verbs.iter().find_map(|verb| match verb {
        Verb::Open(view) | Verb::Report(view) | Verb::Share(view) => about(view),
        _ => None,
    });
    // Under several brief answers there is only what leads to each.
    surely.or_else(|| {
        verbs.iter().find_map(|verb| match verb {
            Verb::Show(view) => about(view),
            _ => None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::codes::tests::{codes, project, weighing};
    use super::super::limits;
    use super::{Action, Asker, Codes, Form, Setting, Unreadable, Verb, View, Vote, answered};
    use crate::domain::request::{Description, More, Part, Quiz, TourPosition};
    use crate::domain::team::Subject;

    const KEY: [u8; 16] = [7; 16];

    fn every_verb(views: Vec<View>) -> impl Iterator<Item = Verb> {
        let with_view = views.into_iter().flat_map(|view| {
            let of_view = [Verb::Show, Verb::Open, Verb::Share, Verb::Report].map(|verb| verb(view.clone()));
            let votes = [Vote::Useful, Vote::Useless].map(|vote| Verb::Vote(vote, view.clone()));
            // The form of a vote reads a correction as the project that is corrected.
            let form = (!matches!(view, View::Correct(_) | View::More(..)))
                .then(|| Verb::Edit(Form::Vote(Some(view.clone()))));
            of_view.into_iter().chain(votes).chain(form)
        });
        let subjects = [Subject::Topic("io-model".into()), Subject::Tool("celery".into())];
        let forms =
            subjects.map(Form::Note).into_iter().chain([Form::Gap(u64::MAX), Form::Record(u32::MAX), Form::Vote(None)]);
        let of_notes = forms.flat_map(|form| [Verb::Edit(form.clone()), Verb::Fill(form)]);
        let of_gaps =
            [Verb::AddTo(u64::MAX, "io-model".into()), Verb::TakeBack(0), Verb::Dismiss(u64::MAX), Verb::Poll(7)];
        let of_settings = Setting::ALL.map(Verb::Set).into_iter().chain(of_gaps);
        with_view.chain([Verb::Choose(3), Verb::Begin, Verb::Delete, Verb::TakeOver]).chain(of_notes).chain(of_settings)
    }

    #[test]
    fn what_is_written_is_read_again() {
        let weighing = weighing(&[("E", "pnx"), ("P", "lrcd"), ("D", "f")]);
        let codes = codes(&weighing, &["cms"]);
        let changing = Description { changing: Some(Part::Kind), ..Description::of("cms") };
        let projects = [Description::default(), Description::of("cms"), changing, project(&[("P", "lr"), ("D", "")])];
        let tour = View::Tour(TourPosition { path: "back-end".into(), step: "speed".into() });
        let quizzes =
            [Quiz::new(u32::MAX), Quiz::new(7).answered(3), Quiz::new(0).answered(0).explained()].map(View::Quiz);
        let others = [
            View::Decision(7),
            View::Decisions(0),
            View::Gaps,
            View::Gap(u64::MAX),
            View::Topic("io-model".into()),
            View::Topics,
            View::Help,
            View::Onboarding,
            View::Panel,
            tour,
        ];
        let offer =
            View::Offer(vec![View::Topic("io-model".into()), View::Project(Description::of("cms")), View::Help]);
        let briefs = [offer, View::Answer("node-faster".into()), View::Tools(vec!["celery".into(), "bullmq".into()])];
        let corrections = projects.clone().map(View::Correct);
        let about =
            [View::Topic("io-model".into()), View::Answer("node-faster".into()), View::Project(projects[3].clone())];
        let more = [More::Details, More::Article, More::Sources].into_iter();
        let more = more.flat_map(|more| about.clone().map(|about| View::More(more, Box::new(about))));
        let views = others.into_iter().chain(quizzes).chain(projects.map(View::Project));
        let views = views.chain(briefs).chain(corrections).chain(more).collect();
        for verb in every_verb(views) {
            let action = Action { asker: Asker::signed(u64::MAX, &KEY), verb };
            let id = action.to_custom_id(&codes);
            assert_eq!(Action::from_custom_id(&id, &codes), Ok(action), "{id}");
        }
    }

    /// Buttons are out there that were written so: another form is another version.
    #[test]
    fn the_form_of_a_state_is_fixed() {
        let weighing = weighing(&[("E", "pnx"), ("P", "lrcd")]);
        let codes = codes(&weighing, &["cms"]);
        let asker = Asker::signed(1_100_000_000_000_000_005, &KEY);
        let write = |view| Action { asker, verb: Verb::Show(view) }.to_custom_id(&codes);
        let written = [
            write(View::Topic("speed".into())),
            write(View::Project(project(&[("P", "lr")]))),
            write(View::Quiz(Quiz::new(7).answered(3))),
        ];
        expect_test::expect![[r#"
            2.D0P8LATuAAXOJ5Eh.show.topic:speed
            2.D0P8LATuAAXOJ5Eh.show.project:rPsDbQAAAAAACYA
            2.D0P8LATuAAXOJ5Eh.show.quiz:c3cA1wAAAAc:3!"#]]
        .assert_eq(&written.join("\n"));
    }

    #[test]
    fn the_fullest_state_of_forty_factors_fits() {
        let factors: Vec<String> = (0..40).map(|number| format!("F{number}")).collect();
        let factors: Vec<(&str, &str)> = factors.iter().map(|code| (code.as_str(), "abcdef")).collect();
        let weighing = weighing(&factors);
        let kind = "k".repeat(40);
        let codes = codes(&weighing, &[&kind]);
        let mut fullest = project(&factors).of_kind(&kind);
        fullest.changing = Some(Part::Factor("F39".into()));
        let details = View::More(More::Details, Box::new(View::Project(fullest.clone())));
        for verb in every_verb(vec![View::Correct(fullest.clone()), details, View::Project(fullest)]) {
            let action = Action { asker: Asker::signed(u64::MAX, &KEY), verb };
            let id = action.to_custom_id(&codes);
            assert!(limits::length(&id) <= limits::CUSTOM_ID, "{} {id}", id.len());
            assert_eq!(Action::from_custom_id(&id, &codes), Ok(action), "{id}");
        }
    }

    #[track_caller]
    fn check_unreadable(ids: &[&str], codes: &Codes<'_>, expected: Unreadable) {
        for id in ids {
            assert_eq!(Action::from_custom_id(id, codes), Err(expected), "{id}");
        }
    }

    #[test]
    fn what_version_one_wrote_is_recognised_and_never_misread() {
        let weighing = weighing(&[]);
        let codes = codes(&weighing, &["cms"]);
        let ids = [
            "1.7.delete",
            "1.7.begin",
            "1.18446744073709551615.show.topic:speed",
            "1.7.show.project:cms:EpPlr?D",
            "1.7.show.quiz:1a2b:031!",
            "1.7.choose.0",
        ];
        check_unreadable(&ids, &codes, Unreadable::Older);
    }

    #[test]
    fn a_foreign_custom_id_is_unknown() {
        let weighing = weighing(&[("E", "pnx")]);
        let codes = codes(&weighing, &["cms"]);
        let asker = Asker::default();
        let ours =
            ["2", "1", "1.7", "1.x.delete", "1.-1.delete", "1.99999999999999999999.delete", "3.7.delete", "2.7.delete"];
        check_unreadable(&["", "....", "poll:vote:7", "é.日.🦀"], &codes, Unreadable::Unknown);
        check_unreadable(&ours, &codes, Unreadable::Unknown);
        let details = [
            "delete.now",
            "begin.now",
            "explode",
            "show",
            "show.x:y",
            "show.nonsense",
            "show.tour:back-end",
            "choose.x",
            "show.quiz:1:é",
            "show.project:",
            "show.project:cms:Ep",
            "show.project:é日🦀",
            "show.project:AAAA",
            "open.d:nonsense",
            "open.d:d:topic:speed",
        ];
        let ids: Vec<String> = details.iter().map(|detail| format!("2.{asker}.{detail}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        check_unreadable(&ids, &codes, Unreadable::Unknown);
    }

    #[test]
    fn what_was_answered_is_read_from_the_buttons() {
        let topic = |id: &str| View::Topic(id.to_owned());
        let open = |view: View| Verb::Open(View::More(More::Details, Box::new(view)));
        let project = || Description::of("cms");
        let cases = [
            (vec![open(topic("speed")), Verb::Show(topic("memory")), Verb::Delete], Some(topic("speed"))),
            (vec![open(View::Answer("é".into())), Verb::Share(topic("memory"))], Some(View::Answer("é".into()))),
            (vec![Verb::Show(topic("memory")), Verb::Open(View::Correct(project()))], Some(View::Project(project()))),
            (vec![Verb::Show(View::Topics), Verb::Show(topic("speed")), Verb::Show(topic("x"))], Some(topic("speed"))),
            (vec![Verb::Show(View::Topics), Verb::Delete], None),
            (Vec::new(), None),
        ];
        for (verbs, expected) in cases {
            assert_eq!(answered(&verbs), expected, "{verbs:?}");
        }
    }
}
