//! What is said about what a team keeps: settings, notes, feedback, and questions without an answer.

use super::{count, date};
use crate::domain::backup::Changes;
use crate::domain::knowledge::Date;
use crate::domain::team::Vote;

/// To somebody who may not write notes.
pub const NOT_A_WRITER: &str =
    "That is for those who may manage this server, and for the role that they chose in /settings.";
/// Title where what a team keeps cannot be read.
pub const TEAM_UNREADABLE: &str = "I cannot look that up just now";
/// Below that title.
pub const TEAM_UNREADABLE_TEXT: &str = "What your team keeps cannot be read at the moment; nothing was changed, and nothing is lost. Try again in a moment.";
/// Title where a change could not be saved.
pub const NOT_KEPT: &str = "I could not save it just now";
/// Below that title.
pub const NOT_KEPT_TEXT: &str =
    "What your team keeps cannot be reached at the moment. Please try again later; nothing was changed.";
/// In the small line of an answer without the team's notes.
pub const NOTES_UNREADABLE: &str = "Your team's notes cannot be read just now.";
/// Title of the settings.
pub const SETTINGS: &str = "Settings of this server";
/// Below the settings.
pub const SETTINGS_FOOTER: &str = "Who manages the server may change them. A choice below counts at once.";
/// The same after a change.
pub const SETTINGS_SAVED: &str = "Saved.";
/// The name of the setting that says who sees answers.
pub const ANSWERS: &str = "Answers to commands";
/// A value of that setting.
pub const SEEN_BY_ALL: &str = "Everyone sees them, unless the asker says otherwise";
/// A value of that setting.
pub const SEEN_BY_ASKER: &str = "Only the asker sees them, unless they say otherwise";
/// The name of the setting that says in which channels everyone sees answers.
pub const CHANNELS: &str = "Answers for everyone";
/// On the menu of that setting.
pub const CHOOSE_CHANNELS: &str = "Channels with answers for everyone (none chosen: all)";
/// The name of the setting that says who writes.
pub const WRITERS: &str = "Notes and decisions";
/// On the menu of that setting.
pub const CHOOSE_ROLE: &str = "A role that may write notes and record decisions";
/// The name of the setting that says whether questions without an answer are kept.
pub const UNANSWERED: &str = "Questions without an answer";
/// A value of that setting.
pub const UNANSWERED_OFF: &str = "Are not kept";
/// A value of that setting.
pub const UNANSWERED_ON: &str = "Are kept for 30 days without their author, see /gaps";
/// Heading of the team's note.
pub const TEAM: &str = "Your team";
/// Stands before a team's note in a brief answer.
pub const NOTE_MARK: &str = "📌 ";
/// On the link in a team's note.
pub const NOTE_MORE: &str = "(more)";
/// Above the field for the text of a note.
pub const NOTE_TEXT: &str = "What holds in your team (blank removes it)";
/// In that field while it is blank.
pub const NOTE_TEXT_HINT: &str = "We standardised on it in spring, see the wiki";
/// Above the field for the address of a note.
pub const NOTE_LINK: &str = "A page that says more (may be left blank)";
/// In that field while it is blank.
pub const NOTE_LINK_HINT: &str = "https://…";
/// Below a note that was written.
pub const NOTE_FOOTER: &str = "From now on it is shown in answers to this in this server.";
/// Where a note was removed.
pub const NOTE_REMOVED: &str = "There is no note on this any more.";
/// On the button that opens a note to be changed.
pub const EDIT_NOTE: &str = "Change the note";
/// On the button that shows the answer with a note.
pub const SHOW_ANSWER: &str = "Show the answer";
/// Title where something that was written is no note.
pub const NOT_NOTED: &str = "That is not saved yet";
/// Where the address of a note is none.
pub const NO_LINK: &str = "The page needs an address that begins with https://. This is what you wrote:";
/// Where a note has only an address.
pub const NO_NOTE_TEXT: &str =
    "An address alone is no note: say in a few words what it is about. This is what you wrote:";
/// Title where there are as many notes as can be kept.
pub const TOO_MANY_NOTES: &str = "Your team has as many notes as I can keep";
/// Title where nobody knows what a note is to be about.
pub const NO_SUBJECT: &str = "I don't know that topic";
/// Below that title.
pub const NO_SUBJECT_TEXT: &str =
    "A note belongs to a topic or a tool that I know. Choose one of those that are offered while you type after /note.";
/// On the button that says that an answer was of use.
pub const USEFUL: &str = "👍";
/// On the button that says that it was not.
pub const USELESS: &str = "👎";
/// Below the thanks for that.
pub const VOTED_TEXT: &str = "Counted without your name. The other button changes it.";
/// Title of what was asked.
pub const INSIGHTS: &str = "What was asked here";
/// Where nothing was asked.
pub const NO_INSIGHTS: &str = "Nothing was asked in this server yet.";
/// Below what was asked.
pub const INSIGHTS_FOOTER: &str = "Counts of questions and answers. Who asked is not kept.";
/// Heading of what was asked, by topic.
pub const ASKED: &str = "By topic";
/// Heading of the answers that more people found useless than useful.
pub const DOUBTED: &str = "Answers that more people found useless";
/// The name of tools among what was asked.
pub const TOOLS: &str = "Tools";
/// The name of questions without an answer among what was asked.
pub const WITHOUT_ANSWER: &str = "Without an answer";
/// Above the bars of what was asked.
pub const TIMES_ASKED: &str = "times asked";
/// Title of the questions that got no answer.
pub const GAPS: &str = "Questions without an answer";
/// Where there are none.
pub const NO_GAPS: &str = "There is none: every question of the last weeks got an answer.";
/// Where there are none because none is kept.
pub const GAPS_OFF: &str = "None is kept. Who manages the server may switch that on in /settings.";
/// On the menu of questions.
pub const CHOOSE_GAP: &str = "Choose a question …";
/// On the button that adds a question to a topic.
pub const ADD_TO_TOPIC: &str = "Add to a topic";
/// On the button that keeps a question no longer.
pub const DISMISS: &str = "Dismiss";
/// On the button that leads back to the questions.
pub const TO_GAPS: &str = "All questions";
/// Above the field for the topic of a question.
pub const GAP_TOPIC: &str = "Which topic answers it?";
/// Title where it is not clear which topic is meant.
pub const WHICH_TOPIC: &str = "Which topic do you mean?";
/// Below that title.
pub const WHICH_TOPIC_TEXT: &str = "Choose the one that answers the question, or name another one.";
/// Below that title where there is none.
pub const NO_SUCH_TOPIC: &str = "I know no topic of that name. /topics lists what there is.";
/// On the button that asks for the topic again.
pub const OTHER_WORDS: &str = "Name another one";
/// Title where a question was added to a topic.
pub const ADDED: &str = "Understood from now on";
/// Stands between the question and its topic.
pub const ADDED_TO: &str = "is answered by ";
/// Below that.
pub const ADDED_FOOTER: &str = "In this server, also where it is asked in nearly the same words.";
/// On the button that takes back that a question was added.
pub const TAKE_BACK: &str = "Take it back";
/// Title where that was done.
pub const TAKEN_BACK: &str = "Taken back";
/// Below that title.
pub const TAKEN_BACK_TEXT: &str = "The question is not understood any more. It is kept again when somebody asks it.";
/// Title where a question is not kept any more.
pub const DISMISSED: &str = "Dismissed";
/// Below that title.
pub const DISMISSED_TEXT: &str = "The question is not kept any more.";
/// Title where a question is not there.
pub const NO_GAP: &str = "That is no longer kept";
/// Below that title.
pub const NO_GAP_TEXT: &str = "Somebody else may have dealt with it, or it is older than what I keep.";
/// Title of the file for the data.
pub const GAPS_EXPORT: &str = "Questions for the data";
/// How that file begins.
pub const GAPS_TOML: &str = "# Questions of one server. Each table is named after a file of data/: add its questions to the list of the\n# same name under [ask] there. Those of `unanswered` have no topic yet.\n";
/// Title where as many questions are added as can be.
pub const TOO_MANY_ADDED: &str = "Your team has added as many questions as I can keep";
/// Title of the file with all that a team keeps.
pub const TEAM_EXPORT: &str = "What your team keeps";
/// Title where a file says what is kept already.
pub const SAME_AS_FILE: &str = "The file says what your team keeps already";
/// Title where a file was taken over.
pub const IMPORTED: &str = "Done: your team keeps what the file says";
/// Title of what a file would change.
pub const WOULD_CHANGE_FILE: &str = "This is what the file would change";
/// Below that, where a button does it.
pub const NOT_CHANGED_YET: &str = "Nothing is changed yet.";
/// On that button.
pub const TAKE_OVER: &str = "Do it";
/// Below that, where there are no buttons.
pub const HOW_TO_IMPORT: &str = "Nothing is changed yet. Use the command again and choose “do it” as the mode.";
/// Title where a file cannot be taken over.
pub const WRONG_FILE: &str = "The file cannot be used";
/// Below what is wrong with it.
pub const NOTHING_CHANGED: &str = "Nothing was changed.";
/// Where a file has the same settings.
pub const SETTINGS_STAY: &str = "The settings stay as they are.";
/// The channels of a file.
pub const CHANNELS_IN_FILE: &str = "Channels";
/// The notes of a file.
pub const NOTES_IN_FILE: &str = "Notes";
/// The questions of a file that belong to topics.
pub const QUESTIONS_IN_FILE: &str = "Added questions";
/// The decisions of a file.
pub const DECISIONS_IN_FILE: &str = "Decisions";
/// Where something in a file is about nothing that is known.
pub const UNKNOWN_SUBJECT: &str = "it is about a topic or a tool that I do not know";
/// Where a note in a file is about several things or nothing.
pub const ONE_SUBJECT: &str = "it needs either a topic or a tool";
/// Where a note in a file has no day.
pub const NO_DATE: &str = "it needs a day such as 2026-11-27 under “written”";
/// Where two notes of a file are about the same.
pub const SAME_SUBJECT: &str = "another one is about the same";
/// Where a note in a file has a text or a link that cannot be kept.
pub const NO_NOTE: &str = "its text is blank or too long, or its link does not begin with https://";
/// Where a decision in a file has no number of its own.
pub const NO_NUMBER: &str = "it needs a number from 1 on that no other one has";
/// Where a decision in a file cannot be put to the vote.
pub const NO_BALLOT: &str = "its question or its options are missing, too long or too many";
/// Where the words of a decision in a file cannot be recorded.
pub const NO_RECORD: &str = "its words are missing or too long for its status";
/// Where a decision in a file was superseded by one that is not there.
pub const NO_SUCCESSOR: &str = "the decision that took its place is not in the file";
/// Where a question in a file has no words.
pub const NO_QUESTION: &str = "it has no words";
/// Where two questions of a file are the same.
pub const SAME_QUESTION: &str = "another one says the same";
/// Where a file was not sent or could not be fetched.
pub const NO_FILE: &str = "I could not fetch the file. Attach the JSON file that /team export gave you, and try again.";
/// Where not everyone is to see answers in a channel.
pub const ELSEWHERE: &str = "In this channel I answer only so that you alone see it.";
/// On the button that shows the answer to the person who presses.
pub const SHOW_ME: &str = "Show me the answer";
/// To somebody who shares an answer where not everyone is to see it.
pub const NOT_SHARED_HERE: &str = "Your team lets me post answers for everyone only in other channels.";

/// Who sees answers where the asker chose nothing.
pub fn answers_are(is_private: bool) -> String {
    (if is_private { SEEN_BY_ASKER } else { SEEN_BY_ALL }).to_owned()
}

/// In how many channels everyone sees answers.
pub fn public_in(channels: usize) -> String {
    match channels {
        0 => "in every channel".to_owned(),
        channels => format!("in {}; elsewhere only the asker sees them", count(channels, "channel", "channels")),
    }
}

/// Who may write notes and record decisions.
pub fn writers(has_role: bool) -> &'static str {
    if has_role { "those who manage the server, and one role" } else { "those who manage the server" }
}

/// Whether questions without an answer are kept.
pub fn unanswered(keeps: bool) -> &'static str {
    if keeps { UNANSWERED_ON } else { UNANSWERED_OFF }
}

/// Thanks for saying whether an answer was of use.
pub fn voted(vote: Vote) -> &'static str {
    match vote {
        Vote::Useful => "Good to know that it was useful",
        Vote::Useless => "Thank you, noted as not useful",
    }
}

/// How often something was asked, and how useful it was.
pub fn asked(asked: u64, useful: u64, useless: u64) -> String {
    match useful + useless {
        0 => times(asked),
        _ => format!("{} · {}", times(asked), votes(useful, useless)),
    }
}

/// How often somebody said that an answer was useful, and that it was not.
pub fn votes(useful: u64, useless: u64) -> String {
    format!("{USEFUL} {useful} {USELESS} {useless}")
}

/// How often.
pub fn times(times: u64) -> String {
    format!("{times} ×")
}

/// How often a question was asked.
pub fn asked_times(times: u64) -> String {
    match times {
        1 => "Asked once".to_owned(),
        times => format!("Asked {times} times"),
    }
}

/// So many days.
pub fn days(days: u16) -> String {
    format!("{days} days")
}

/// All that was asked over so many days.
pub fn insights(asked: u64, useful: u64, useless: u64, days: u16) -> String {
    format!(
        "{} in {days} days, {}.",
        count(usize::try_from(asked).unwrap_or(usize::MAX), "question", "questions"),
        votes(useful, useless)
    )
}

/// The chart of what was asked, in words.
pub fn insights_chart(bars: &[String]) -> String {
    format!("Bar chart of how often each topic was asked about: {}.", bars.join(", "))
}

/// Below the questions that got no answer.
pub fn gaps_footer(gaps: usize, added: usize, days: u16) -> String {
    format!(
        "{} without an answer, kept for {days} days without their authors. {} added to topics.",
        count(gaps, "question", "questions"),
        count(added, "question", "questions")
    )
}

/// What is in the file for the data.
pub fn gaps_export(added: usize, gaps: usize, file: &str) -> String {
    format!(
        "{} that you added to topics and {} without a topic, in {file}.",
        count(added, "question", "questions"),
        count(gaps, "question", "questions")
    )
}

/// Behind what is said about a file, where Discord may leave it out.
pub const NO_FILE_SEEN: &str = " If you see no file, allow me to attach files here.";

/// Where as many questions are added as can be.
pub fn too_many_added(most: usize) -> String {
    format!("Those are {most}. Put them into the data by /gaps export, and take some back.")
}

/// What is in the file with all that a team keeps.
pub fn team_export(notes: usize, questions: usize, decisions: usize, file: &str) -> String {
    format!(
        "The settings, {}, {} and {} in {file}. /team import reads it again.",
        count(notes, "note", "notes"),
        count(questions, "added question", "added questions"),
        count(decisions, "decision", "decisions")
    )
}

/// How many decisions a file adds; none is changed or removed by it.
pub fn added_decisions(changes: Changes) -> String {
    let Changes { new, changed, kept, .. } = changes;
    let differ = if changed == 0 {
        String::new()
    } else {
        format!(" {changed} of the same number differ: what your team has stays.")
    };
    format!("{DECISIONS_IN_FILE}: {new} new, {kept} as they are.{differ}")
}

/// How many things of a kind a file changes.
pub fn changes(name: &str, changes: Changes) -> String {
    let Changes { new, changed, removed, kept } = changes;
    format!("{name}: {new} new, {changed} changed, {removed} removed, {kept} as they are.")
}

/// Where a file does not come from `/team export`.
pub fn not_a_backup(error: &str) -> String {
    format!("It is not a file of /team export: {error}")
}

/// Where a file has a form that is not known.
pub fn other_form(form: u32) -> String {
    format!("It is of the form {form}, and I know the form 1: a newer version wrote it.")
}

/// Where a file has something else in the place of an id.
pub fn no_id(text: &str) -> String {
    format!("“{text}” is not the id of a channel or a role.")
}

/// Where a file has more of something than can be kept.
pub fn too_many(name: &str, number: usize, most: usize) -> String {
    format!("{name}: {number}, at most {most} can be kept.")
}

/// Where decisions came meanwhile, so that those of a file are too many.
pub fn decided_meanwhile(most: usize) -> String {
    format!("Your team decided something meanwhile, and at most {most} decisions can be kept.")
}

/// What is wrong with a note of a file, by its number from 1.
pub fn in_note(number: usize, what: &str) -> String {
    format!("Note {number}: {what}.")
}

/// What is wrong with a decision of a file, by its place from 1.
pub fn in_decision(number: usize, what: &str) -> String {
    format!("Decision {number} of the file: {what}.")
}

/// What is wrong with a question of a file, by its number from 1.
pub fn in_question(number: usize, what: &str) -> String {
    format!("Added question {number}: {what}.")
}

/// Whose note something is, and since when.
pub fn note_of(written: Date) -> String {
    format!("Your team, {}:", date(written))
}

/// Title of a note.
pub fn note_title(name: &str) -> String {
    format!("Note on {name}")
}

/// Where a note is too long.
pub fn long_note(most: usize) -> String {
    format!("A note has at most {most} characters. This is what you wrote:")
}

/// Where an address is too long.
pub fn long_link(most: usize) -> String {
    format!("An address has at most {most} characters. This is what you wrote:")
}

/// Where there are as many notes as can be kept.
pub fn too_many_notes(most: usize) -> String {
    format!("Those are {most}. Remove one first: open it with /note and clear its text.")
}
