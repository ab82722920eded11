//! What the chat in the terminal says beside answers.

use crate::presentation::form::Input;

/// To somebody who uses a command whose answer everyone sees.
pub const ONLY_IN_DISCORD: &str =
    "That is posted for everyone in a channel, which only Discord has. The other commands work here.";
/// Leaves a form.
pub const CANCEL: &str = "/cancel";
/// Leaves a field of a form blank.
pub const BLANK: &str = "-";
/// Below the title of a form.
pub const HOW_TO_FILL: &str = "Enter keeps what stands in brackets, - leaves a field blank, /cancel changes nothing.";
/// After a form was left.
pub const CANCELLED: &str = "Nothing was changed.";
/// Where a field that has to be filled is blank.
pub const NEEDS_TEXT: &str = "That may not be blank.";
/// Where a command needs the name of a file.
pub const NAME_A_FILE: &str = "Name the file behind the command, such as team.json.";

/// Asks for the text of a field.
pub fn field(input: &Input) -> String {
    let value = input.value.trim().lines().collect::<Vec<_>>().join("; ");
    let label = &input.label;
    match value.is_empty() {
        true if label.ends_with('?') => label.clone(),
        true => format!("{label}:"),
        false => format!("{label} [{value}]:"),
    }
}

/// Where the text of a field has more characters than it may have.
pub fn too_long(most: usize) -> String {
    format!("That is too long: at most {most} characters.")
}

/// Where a file was written.
pub fn saved_as(name: &str) -> String {
    format!("Saved as {name} in this folder.")
}

/// Where a file could not be written.
pub fn not_saved(name: &str, cause: &str) -> String {
    format!("{name} could not be written to this folder: {cause}. Free its name, or start versus in another folder.")
}

/// Where a file cannot be read.
pub fn unreadable(name: &str, cause: &str) -> String {
    format!("{name} cannot be read: {cause}.")
}

/// Where a file has more bytes than it may have.
pub fn too_large(name: &str, most: usize) -> String {
    format!("{name} has more than {most} bytes.")
}
