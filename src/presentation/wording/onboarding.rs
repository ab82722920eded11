//! What newcomers read: tours, the quiz, and what is kept about them.

use super::{count, date};
use crate::domain::knowledge::{Date, Knowledge, Side};

/// Title of the offer of a tour.
pub const WELCOME: &str = "Welcome to the team";
/// Below it, in small letters.
pub const PRIVACY: &str = "Only you see your tour. I keep how far you got, nothing else; /forget-me deletes it.";
/// Title where the knowledge has no tour.
pub const NO_TOUR: &str = "There is no tour here";
/// Below that title.
pub const NO_TOUR_TEXT: &str =
    "Nobody has written one for this knowledge yet. The list of topics is the place to start.";
/// On the button that begins a tour.
pub const BEGIN: &str = "Start the tour";
/// On the button to the step before.
pub const BACK: &str = "Back";
/// On the button to the next step.
pub const NEXT: &str = "Next";
/// On the button that opens the topic of a step or a question.
pub const MORE: &str = "More on this";
/// On the button that leads to the other tours.
pub const OTHER_TOUR: &str = "Other tours";
/// Where the position in a tour could not be saved.
pub const NOT_SAVED: &str =
    "I cannot save your place just now. The tour goes on; you may have to find this step again later.";
/// Title where the position in a tour could not be read.
pub const POSITION_UNREADABLE: &str = "I cannot look up your tour just now";
/// Below that title.
pub const POSITION_UNREADABLE_TEXT: &str = "What I keep about your tour cannot be read at the moment; nothing is lost. \
     Try again in a moment, or start a tour from its first step.";
/// On the button that tries again.
pub const TRY_AGAIN: &str = "Try again";
/// Before the right answer of a quiz, if it was chosen.
pub const RIGHT: &str = "✅ Right:";
/// Before a wrong answer of a quiz.
pub const WRONG: &str = "❌ You chose:";
/// Before the right answer, if another was chosen.
pub const RIGHT_IS: &str = "✅ Right is:";
/// On the button to the next question of a quiz.
pub const NEXT_QUESTION: &str = "Next question";
/// On the button to the result of a quiz.
pub const RESULT: &str = "My result";
/// Title of the result of a quiz.
pub const QUIZ_RESULT: &str = "Quiz: the result";
/// Heading of the topics that are worth reading again.
pub const READ_AGAIN: &str = "Worth reading again";
/// On the button that posts the result of a quiz for everyone.
pub const SHARE_RESULT: &str = "Share my result";
/// Stands for a person in the terminal.
pub const YOU: &str = "You";
/// Title of what the newcomers of a server did.
pub const PROGRESS: &str = "Tours in this server";
/// Heading of the questions that were missed most often.
pub const MISSED: &str = "Missed most often in the quiz";
/// Below what the newcomers did.
pub const COUNTS_ONLY: &str = "Counts of people and answers. Who they are is not shown to anybody.";
/// Title where it is not known what the newcomers did.
pub const NO_PROGRESS: &str = "I cannot look that up just now";
/// Below that title.
pub const NO_PROGRESS_TEXT: &str = "What I keep cannot be read at the moment. Please try again later.";
/// Title where everything about a person was deleted.
pub const FORGOTTEN: &str = "Forgotten";
/// Title where it could not be deleted.
pub const NOT_FORGOTTEN: &str = "I could not delete it just now";
/// Below that title.
pub const NOT_FORGOTTEN_TEXT: &str =
    "What I keep cannot be reached at the moment. Please try again later; nothing was deleted.";

/// Offers the tours.
pub fn welcome(knowledge: &Knowledge) -> String {
    let [first, second] = Side::BOTH.map(|side| &knowledge.subject(side).name);
    format!(
        "A tour of {first} and {second} in about ten minutes, a step at a time; go on whenever and wherever you like. Which \
         one fits your work?"
    )
}

/// How far a tour has come.
pub fn progress(number: usize, of: usize) -> String {
    format!("{}{} {number} of {of}", "▰".repeat(number), "▱".repeat(of.saturating_sub(number)))
}

/// Below a step of a tour.
pub fn tour_footer(checked: Date, is_last: bool, has_quiz: bool) -> String {
    let end = match (is_last, has_quiz) {
        (true, true) => "That was the tour. /onboard quiz shows what stuck. ",
        (true, false) => "That was the tour. ",
        (false, _) => "",
    };
    format!("{end}Facts checked on {}.", date(checked))
}

/// On the button that starts a tour from its first step.
pub fn from_start(title: &str) -> String {
    format!("{title}, from the start")
}

/// Title of a question of a quiz.
pub fn quiz_title(number: usize, of: usize) -> String {
    format!("Quiz: question {number} of {of}")
}

/// The result of a quiz in numbers.
pub fn quiz_score(right: usize, of: usize) -> String {
    format!("{right} of {of}")
}

/// What a result of a quiz is worth.
pub fn quiz_verdict(right: usize, of: usize) -> &'static str {
    match of - right {
        0 => "right. You can hold your own in any of these discussions.",
        1 | 2 => "right. A good start, and below is what is worth a second look.",
        _ => "right. These things take a while; below is where to begin.",
    }
}

/// The result of a quiz for everyone, behind the name of the person who shares it.
pub fn quiz_shared(knowledge: &Knowledge, score: &str) -> String {
    let [first, second] = Side::BOTH.map(|side| &knowledge.subject(side).name);
    format!("got {score} right in the quiz on {first} and {second}. Try it yourself: /onboard quiz")
}

/// How many people started and finished a tour.
pub fn started_and_finished(started: u64, finished: u64) -> String {
    format!("{started} started, {finished} finished")
}

/// How often a question was missed.
pub fn missed(missed: u64, given: u64) -> String {
    format!("{missed} of {given} answers")
}

/// What was deleted about a person.
pub fn forgotten(paths: &[String], positions: usize, votes: usize) -> String {
    let votes = match votes {
        0 => String::new(),
        votes => format!(
            " Of {} I deleted that it was you who found {} useful or not.",
            count(votes, "answer", "answers"),
            if votes == 1 { "it" } else { "them" }
        ),
    };
    let positions = match paths {
        [] if !votes.is_empty() => "I kept no place of yours in a tour.".to_owned(),
        [] => "I kept nothing about you, so there was nothing to delete.".to_owned(),
        [path] if positions == 1 => {
            format!("I deleted your place in the tour “{path}”, with its times. I keep nothing else about you.")
        }
        paths => format!(
            "I deleted your {positions} places in tours ({}), with their times. I keep nothing else about you.",
            paths.join(", ")
        ),
    };
    positions + &votes
}
