//! Every sentence and label of the page in a browser that is not a part of an answer.

use super::NAME;

/// Who asks.
pub const YOU: &str = "You";
/// Stands beside the bot's name, as in Discord.
pub const BADGE: &str = "APP";
/// Leads past what was said to the input.
pub const SKIP: &str = "Skip to the input";
/// The name of what was said.
pub const CHANNEL: &str = "Questions and answers";
/// The label of the input.
pub const ASK: &str = "Ask a question, or type / for a command";
/// On the button that sends the input.
pub const SEND: &str = "Send";
/// The name of what is offered while something is typed.
pub const SUGGESTIONS: &str = "Suggestions";
/// Beside the box that makes the answer private.
pub const ONLY_ME: &str = "Only me";
/// Under a private answer.
pub const PRIVATE: &str = "👁 Only you see this";
/// Before the title of the answer that the next question follows.
pub const FOLLOWING: &str = "About:";
/// Ends that.
pub const NOT_FOLLOWING: &str = "Ask something else";
/// Leads to the address of an answer.
pub const LINK: &str = "Link";
/// Makes the next question follow an answer.
pub const FOLLOW: &str = "Reply";
/// Copies an answer.
pub const COPY: &str = "Copy as Markdown";
/// After that.
pub const COPIED: &str = "Copied";
/// Takes a private answer off the page.
pub const DISMISS: &str = "Dismiss";
/// The name of the button that Discord shows as a picture of a bin.
pub const DELETE: &str = "Delete";
/// Sends what is chosen in a menu of several.
pub const CHOOSE: &str = "Choose";
/// On the button that switches between the dark and the light page.
pub const DARK: &str = "Dark";
/// After a deletion, where the page has nothing else to show.
pub const DELETED: &str = "Deleted.";
/// Where an answer would be reported.
pub const REPORTS_NOTHING: &str =
    "In Discord this reports the answer to the people who run the bot. This page keeps and sends nothing.";
/// To a question that is longer than Discord allows.
pub const TOO_LONG: &str = "That is longer than Discord allows. Please ask in fewer words.";
/// Where an answer takes too long.
pub const TOO_SLOW: &str = "That took too long. Please ask again in a moment.";
/// Where the page does not reach the program.
pub const UNREACHABLE: &str = "I cannot be reached. If `versus web` was stopped, start it again, then ask again.";

/// The title of the page.
pub fn title(comparison: &str) -> String {
    format!("{comparison} · {NAME}")
}

/// The name of a link to a page that is cited, by its number.
pub fn source(number: usize) -> String {
    format!("Source {number}")
}
