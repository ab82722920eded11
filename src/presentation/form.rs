//! Forms that people fill in: a modal in Discord, one line after the other in the terminal.

use super::custom_id::Form;
use super::limits;
use crate::domain::request::TeamRequest;
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

/// What opens a form.
pub fn opening(form: Form) -> TeamRequest {
    match form {
        Form::Note(subject) => TeamRequest::EditNote(subject),
        Form::Gap(id) => TeamRequest::NameTopic(id),
    }
}

/// What is to be done with a form, given the text of a field by its name. Nothing where a field is missing: a text that nobody
/// could read is no blank one, which removes a note.
pub fn request(form: Form, field: impl Fn(&str) -> Option<String>) -> Option<TeamRequest> {
    Some(match form {
        Form::Note(subject) => TeamRequest::WriteNote(subject, Written { text: field(TEXT)?, link: field(LINK)? }),
        Form::Gap(id) => TeamRequest::AddTo(id, field(TEXT)?),
    })
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
