//! Forms that people fill in: a modal in Discord, one line after the other in the terminal.

use super::custom_id::Form;
use super::limits;
use crate::domain::decisions::{self, Step, Words};
use crate::domain::request::{DecisionRequest, Request, TeamRequest};
use crate::domain::team::Written;

/// A form that is shown at once, by whatever transport.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modal {
    /// What is done with what is filled in.
    pub form: Form,
    /// The same as the state that comes back with it.
    pub custom_id: String,
    /// The title.
    pub title: String,
    /// The fields, from top to bottom.
    pub inputs: Vec<Input>,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The name by which its text comes back.
    pub name: &'static str,
    /// What stands above it.
    pub label: String,
    /// What stands in it while it is blank.
    pub hint: String,
    /// What it begins with.
    pub value: String,
    /// Units that it may have.
    pub most: usize,
    /// Whether it has several lines.
    pub is_long: bool,
    /// Whether it may be left blank.
    pub is_optional: bool,
}

/// The field of a note's text, or of any other text.
pub const TEXT: &str = "text";
/// The field of an address.
pub const LINK: &str = "link";

/// The field of a vote's question.
pub const QUESTION: &str = "question";
/// The field of its options.
pub const OPTIONS: &str = "options";
/// The field of the hours that it runs.
pub const HOURS: &str = "hours";
/// The field of the votes that it needs.
pub const LEAST: &str = "least";
/// The field of what was decided.
pub const DECISION: &str = "decision";
/// The field of the reason.
pub const REASON: &str = "reason";
/// The field of what was rejected.
pub const REJECTED: &str = "rejected";
/// The field of the consequences.
pub const CONSEQUENCES: &str = "consequences";

/// The text in the field of a name, if it is there.
pub type Fields<'f> = dyn Fn(&str) -> Option<String> + 'f;

/// What opens a form. A form that is opened again begins with what was written before, where a field of that name has it.
pub fn opening(form: Form, before: Option<&Fields<'_>>) -> Request {
    Request::Team(match form {
        Form::Note(subject) => TeamRequest::EditNote(subject),
        Form::Gap(id) => TeamRequest::NameTopic(id),
        Form::Vote(view) => return Request::Decision(DecisionRequest::EditVote(before.and_then(vote), view)),
        Form::Record(number) => return Request::Decision(DecisionRequest::EditRecord(number, before.and_then(words))),
    })
}

/// What is to be done with a form, given the text of a field by its name. Nothing where a field is missing: a text that nobody
/// could read is no blank one, which removes a note.
pub fn request(form: Form, field: impl Fn(&str) -> Option<String>) -> Option<Request> {
    Some(Request::Team(match form {
        Form::Note(subject) => TeamRequest::WriteNote(subject, Written { text: field(TEXT)?, link: field(LINK)? }),
        Form::Gap(id) => TeamRequest::AddTo(id, field(TEXT)?),
        Form::Vote(view) => {
            return Some(Request::Decision(DecisionRequest::Vote(vote(&field)?, String::new(), view)));
        }
        Form::Record(number) => {
            return Some(Request::Decision(DecisionRequest::Step(number, Step::Record(words(&field)?))));
        }
    }))
}

/// The words of a vote out of the fields of their names.
fn vote(field: &Fields<'_>) -> Option<decisions::Written> {
    let (question, options, hours, least) = (field(QUESTION)?, field(OPTIONS)?, field(HOURS)?, field(LEAST)?);
    Some(decisions::Written { question, options, hours, least })
}

fn words(field: &Fields<'_>) -> Option<Words> {
    let (decision, reason) = (field(DECISION)?, field(REASON)?);
    Some(Words { decision, reason, rejected: field(REJECTED)?, consequences: field(CONSEQUENCES)? })
}

/// The form, shortened where Discord would refuse it.
pub(super) fn fit(mut modal: Modal) -> Modal {
    modal.title = limits::cut(&modal.title, limits::MODAL_TITLE);
    modal.inputs.truncate(limits::MODAL_INPUTS);
    for input in &mut modal.inputs {
        input.label = limits::cut(&input.label, limits::INPUT_LABEL);
        input.hint = limits::cut(&input.hint, limits::INPUT_HINT);
        input.value = limits::cut(&input.value, input.most);
    }
    modal
}
