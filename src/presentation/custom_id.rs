//! What a button or menu does, as the state that travels in its `custom_id`, so that it works after a restart.
//!
//! The form is `2.<asker>.<verb>[.<view>]`, where 2 is the version. What a state says never changes: what depends on the data
//! carries a digest of it (`codes.rs`), and is refused where that data has changed.

use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use siphasher::sip::SipHasher24;

use super::codes::Codes;
use super::reply::Row;
use crate::domain::request::{More, TourPosition, View};
use crate::domain::team::{Change, Subject, Vote, Writers};

/// Who asked for a message, as the bot wrote it under it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asker {
    /// The id of the person; 0 in the terminal.
    pub id: u64,
    /// Shows that the bot wrote it: a message authentication code under a key that only the bot knows.
    mac: u32,
}

impl Asker {
    /// The person of an id, as only who knows the key can write it.
    pub fn signed(id: u64, key: &[u8; 16]) -> Self {
        Self { id, mac: mac(id, key) }
    }

    /// Whether it was written with this key. If not, somebody made it up, or the key was another one.
    pub fn is_genuine(self, key: &[u8; 16]) -> bool {
        self.mac == mac(self.id, key)
    }

    fn from_text(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (id, mac) = bytes.split_first_chunk()?;
        Some(Self { id: u64::from_be_bytes(*id), mac: u32::from_be_bytes(mac.try_into().ok()?) })
    }
}

/// Sixteen characters.
impl fmt::Display for Asker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [self.id.to_be_bytes().as_slice(), &self.mac.to_be_bytes()].concat();
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

/// Half of SipHash-2-4, which was made for such codes. Guessing takes two thousand million tries on average, each of them a
/// press of a button.
///
/// Source: J.-P. Aumasson and D. J. Bernstein, "SipHash: a fast short-input PRF", INDOCRYPT 2012.
fn mac(id: u64, key: &[u8; 16]) -> u32 {
    // The same key may be used for something else: what is authenticated says what it is.
    let message = [b"asker".as_slice(), &id.to_le_bytes()].concat();
    SipHasher24::new_with_key(key).hash(&message) as u32
}

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

/// A setting of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// Who sees answers where nothing was chosen.
    Private,
    /// In which channels everyone sees them.
    Channels,
    /// Who writes notes.
    Writers,
    /// Whether questions without an answer are kept.
    Unanswered,
}

/// What a form is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// A note on a topic or a tool.
    Note(Subject),
    /// The topic of the question of a number.
    Gap(u64),
    /// A vote, started from an answer or from nothing.
    Vote(Option<View>),
    /// The record of the decision of a number.
    Record(u32),
}

impl Form {
    fn to_text(&self, codes: &Codes<'_>) -> String {
        match self {
            Self::Note(subject) => format!("note:{}", subject_to_text(subject)),
            Self::Gap(id) => format!("gap:{id}"),
            // Briefly, because a project behind it takes most of a state.
            Self::Vote(Some(View::Project(project))) => {
                format!("v:{}", view_to_text(&View::Correct(project.clone()), codes))
            }
            Self::Vote(Some(view)) => format!("v:{}", view_to_text(view, codes)),
            Self::Vote(None) => "v:".to_owned(),
            Self::Record(number) => format!("record:{number}"),
        }
    }

    fn from_text(text: &str, codes: &Codes<'_>) -> Result<Self, Unreadable> {
        match text.split_once(':') {
            Some(("note", subject)) => subject_from_text(subject).map(Self::Note),
            Some(("gap", id)) => number(id).map(Self::Gap),
            Some(("v", "")) => Ok(Self::Vote(None)),
            Some(("v", view)) => Ok(Self::Vote(Some(match plain_view_from_text(view, codes)? {
                View::Correct(project) => View::Project(project),
                view => view,
            }))),
            Some(("record", decision)) => number(decision).map(Self::Record),
            _ => Err(Unreadable::Unknown),
        }
    }
}

impl Setting {
    const ALL: [Self; 4] = [Self::Private, Self::Channels, Self::Writers, Self::Unanswered];

    const fn name(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Channels => "channels",
            Self::Writers => "writers",
            Self::Unanswered => "unanswered",
        }
    }

    /// What is changed by what was chosen in its menu.
    ///
    /// # Errors
    /// It cannot have been chosen there.
    pub fn change(self, values: &[String]) -> Result<Change, Unreadable> {
        // No id is 0.
        let id = |id: &String| id.parse().map(NonZeroU64::get).map_err(|_| Unreadable::Unknown);
        let ids = || values.iter().map(id).collect::<Result<Vec<u64>, _>>();
        Ok(match (self, values) {
            (Self::Private, [value]) => Change::Private(is_yes(value)?),
            (Self::Unanswered, [value]) => Change::KeepsUnanswered(is_yes(value)?),
            (Self::Channels, _) => Change::Channels(ids()?.into_iter().collect()),
            (Self::Writers, _) => match ids()?.as_slice() {
                [] => Change::Writers(Writers::Managers),
                [role] => Change::Writers(Writers::Role(*role)),
                _ => return Err(Unreadable::Unknown),
            },
            (Self::Private | Self::Unanswered, _) => return Err(Unreadable::Unknown),
        })
    }
}

/// The value of an option that switches a setting on.
pub(super) const YES: &str = "yes";
/// The value of an option that switches it off.
pub(super) const NO: &str = "no";

fn is_yes(value: &str) -> Result<bool, Unreadable> {
    match value {
        YES => Ok(true),
        NO => Ok(false),
        _ => Err(Unreadable::Unknown),
    }
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

fn number<N: FromStr>(text: &str) -> Result<N, Unreadable> {
    text.parse().map_err(|_| Unreadable::Unknown)
}

fn subject_to_text(subject: &Subject) -> String {
    match subject {
        Subject::Topic(id) => format!("topic:{id}"),
        Subject::Tool(id) => format!("tool:{id}"),
        // It is never read: there are no notes on it.
        Subject::Project(id) => format!("project:{id}"),
    }
}

fn subject_from_text(text: &str) -> Result<Subject, Unreadable> {
    match text.split_once(':') {
        Some(("topic", id)) => Ok(Subject::Topic(id.to_owned())),
        Some(("tool", id)) => Ok(Subject::Tool(id.to_owned())),
        _ => Err(Unreadable::Unknown),
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
fn plain_view_from_text(text: &str, codes: &Codes<'_>) -> Result<View, Unreadable> {
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

#[cfg(test)]
mod tests {
    use super::super::codes::tests::{codes, project, weighing};
    use super::super::limits;
    use super::{
        Action, Asker, Codes, Form, More, Setting, Subject, TourPosition, Unreadable, Verb, View, Vote, answered,
    };
    use crate::domain::request::{Description, Part, Quiz};

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

    #[test]
    fn only_who_knows_the_key_writes_an_asker() {
        let asker = Asker::signed(7, &KEY);
        assert!(asker.is_genuine(&KEY));
        assert!(!asker.is_genuine(&[8; 16]));
        assert!(!Asker { id: 8, ..asker }.is_genuine(&KEY));
        assert!(!Asker { id: 7, mac: 0 }.is_genuine(&KEY));
        assert!(!Asker::default().is_genuine(&KEY));
    }
}
