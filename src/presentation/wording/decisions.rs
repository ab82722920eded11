//! What the bot says about votes and decisions.

use super::date;
use crate::domain::decisions::{Choice, Decision, Long, Misfit, Status, Step, Verdict, bounds};
use crate::domain::knowledge::Date;

/// Title of the form for a vote, and of a vote that cannot be held as it was typed.
pub const VOTE_FORM: &str = "Start a vote";
/// Title where something cannot be put to the vote.
pub const VOTE_MISFIT: &str = "That cannot be put to the vote yet";
/// Above the field for the question of a vote.
pub const QUESTION: &str = "Question";
/// In it while it is blank.
pub const QUESTION_HINT: &str = "What is to be decided?";
/// Above the field for the options of a vote.
pub const OPTIONS: &str = "Options, one a line";
/// In it while it is blank.
pub const OPTIONS_HINT: &str = "2 to 10 options of at most 55 characters";
/// Above the field for how long a vote runs.
pub const HOURS: &str = "Hours until the votes are counted";
/// In it while it is blank.
pub const HOURS_HINT: &str = "1 to 768; 24 if you leave it blank";
/// Above the field for how many votes a vote needs.
pub const LEAST: &str = "Votes that it needs at least";
/// In it while it is blank.
pub const LEAST_HINT: &str = "Any number, if you leave it blank";
/// Below a vote that runs.
pub const VOTE_FOOTER: &str = "When it ends I count the votes. I keep the counts, never who voted.";
/// Added where a vote is withdrawn and no bot is running.
pub const POLL_LEFT: &str =
    " A bot that runs on this database ends its poll within half a minute, or else when it starts.";
/// On the button that looks how a vote stands.
pub const RESULT: &str = "Result";
/// On the button that opens the form for a record.
pub const RECORD: &str = "Record";
/// On the button that starts a vote from an answer.
pub const START_VOTE: &str = "Start a vote";
/// On the button that shows the answer from which a vote was started.
pub const SOURCE: &str = "What it came from";
/// Title where the bot may not post polls.
pub const NO_POLLS: &str = "I may not post a poll here";
/// Below that title.
pub const NO_POLLS_TEXT: &str =
    "Somebody who manages this server has to allow me “Create Polls” in this channel. Then use the command again.";
/// Where Discord refuses a poll for another reason.
pub const NOT_POSTED: &str = "Discord did not take the poll; nothing was started. Please try again later.";
/// Title where a vote would be seen in a channel that is not for it.
pub const VOTE_CONFINED: &str = "Your team lets me post for everyone only in other channels";
/// Below that title.
pub const VOTE_CONFINED_TEXT: &str = "A vote is for everyone. Start it in one of the channels that /settings names.";
/// Title where no more votes or decisions can be kept.
pub const TOO_MANY: &str = "Your team has as many votes or decisions as I can keep";
/// Title of the form for a record.
pub const RECORD_FORM: &str = "Record";
/// Title where what was written cannot be recorded.
pub const RECORD_MISFIT: &str = "That cannot be recorded yet";
/// Above the field for what was decided, and before it in a record.
pub const DECISION: &str = "Decision";
/// In it while it is blank.
pub const DECISION_HINT: &str = "What you decided, in a line";
/// Above the field for the reason.
pub const REASON: &str = "Why";
/// Above the field for what was rejected.
pub const REJECTED: &str = "What was rejected, and why";
/// Above the field for the consequences.
pub const CONSEQUENCES: &str = "Consequences";
/// Heading of the options with their votes.
pub const VOTES: &str = "Votes";
/// Heading of the answer from which a vote was started.
pub const CONTEXT: &str = "Context";
/// Title of the list of decisions.
pub const DECISIONS: &str = "Decisions of your team";
/// Title of that list while there is nothing in it.
pub const NO_DECISIONS: &str = "Your team has decided nothing yet";
/// Below that title.
pub const NO_DECISIONS_TEXT: &str = "/decide puts a question to the vote; what comes of it can be recorded.";
/// On the menu of decisions.
pub const SHOW_DECISION: &str = "Show a decision …";
/// On the button that leads to the next page of decisions.
pub const NEXT_PAGE: &str = "Older ones";
/// On the button that leads to the page before.
pub const PREVIOUS_PAGE: &str = "Newer ones";
/// Stands before an accepted decision in a brief answer.
pub const DECIDED_MARK: &str = "⚖️ ";
/// Stands where the votes of a vote that is over could not be counted.
pub const UNCOUNTED: &str = "The votes were not counted: the vote still runs, or its message is not there any more.";
/// Below a record.
pub const RECORD_FOOTER: &str = "Counts of votes are kept, never who voted.";
/// Title of what was written down of all decisions.
pub const EXPORTED: &str = "Your team's decisions";
/// Below that title.
pub const EXPORTED_TEXT: &str = "All of them in one Markdown file, each in the MADR form.";

/// The question of a vote that is started from an answer.
pub fn question(name: &str) -> String {
    format!("{name}: what do we take?")
}

/// Title of a vote that runs.
pub fn vote(number: u32) -> String {
    format!("Vote #{number}")
}

/// Stands at the beginning of an answer on a topic on which a team decided something.
pub fn decided(on: Date) -> String {
    format!("Your team decided on {}:", date(on))
}

/// The number of a decision after its words.
pub fn number(number: u32) -> String {
    format!("#{number}")
}

/// How long a vote runs and what it needs.
pub fn runs(hours: u16, least: u32) -> String {
    let hours = match hours {
        1 => "an hour".to_owned(),
        hours if hours > 48 && hours % 24 == 0 => format!("{} days", hours / 24),
        hours => format!("{hours} hours"),
    };
    match least {
        0 => format!("It runs for {hours}."),
        1 => format!("It runs for {hours}, and counts if anybody votes."),
        least => format!("It runs for {hours}, and counts from {least} votes on."),
    }
}

/// What came of a vote, in a sentence.
pub fn verdict(decision: &Decision) -> String {
    match decision.verdict() {
        Verdict::Uncounted => UNCOUNTED.to_owned(),
        Verdict::Winner(winner) => {
            let votes = votes(decision.votes());
            format!("“{}” has the most votes: {} of {votes}.", winner.text, winner.votes)
        }
        Verdict::Tie(first) => {
            let each = first.first().map_or(0, |choice| choice.votes);
            let names: Vec<String> = first.iter().map(|choice| format!("“{}”", choice.text)).collect();
            format!("A tie: {} have {} each.", listed(&names), votes(each))
        }
        Verdict::TooFew(0) => "Nobody voted.".to_owned(),
        Verdict::TooFew(given) => {
            format!("Too few votes: {given}, where {} were asked for.", decision.least)
        }
    }
}

/// What to do after a vote, by what came of it.
pub fn next(decision: &Decision) -> &'static str {
    match decision.verdict() {
        Verdict::Winner(_) => "Those who may record decisions can record this one, with the reasons.",
        Verdict::Tie(_) | Verdict::TooFew(_) | Verdict::Uncounted => {
            "Talk it over: those who may record decisions can record what you come to, or start another vote by /decide."
        }
    }
}

fn votes(number: u32) -> String {
    if number == 1 { "1 vote".to_owned() } else { format!("{number} votes") }
}

fn listed(names: &[String]) -> String {
    match names {
        [rest @ .., before, last] => {
            let rest: String = rest.iter().map(|name| format!("{name}, ")).collect();
            format!("{rest}{before} and {last}")
        }
        _ => names.concat(),
    }
}

/// An option with its votes.
pub fn choice(choice: &Choice, is_counted: bool) -> String {
    match is_counted {
        true => format!("{} – {}", choice.text, votes(choice.votes)),
        false => choice.text.clone(),
    }
}

/// Title of the message that says what came of a vote.
pub fn ended(decision: &Decision) -> String {
    format!("Vote #{} has ended", decision.number)
}

/// Title of a record.
pub fn record(decision: &Decision) -> String {
    format!("#{} · {}", decision.number, decision.question)
}

/// What holds for a decision, with its day.
pub fn status(decision: &Decision) -> String {
    let day = date(decision.date);
    match decision.status {
        Status::Proposed => format!("Proposed on {day}"),
        Status::Accepted => format!("Accepted on {day}"),
        Status::SupersededBy(by) => format!("Accepted on {day}, superseded by #{by}"),
        Status::Withdrawn => format!("Withdrawn; it was of {day}"),
    }
}

/// The sign for what holds for a decision, in a list.
pub fn mark(status: Status) -> &'static str {
    match status {
        Status::Proposed => "🗳️",
        Status::Accepted => "✅",
        Status::SupersededBy(_) => "↪️",
        Status::Withdrawn => "🚫",
    }
}

/// What happened to a decision by a step.
pub fn taken(decision: &Decision, step: &Step) -> String {
    match step {
        Step::Record(_) => format!("Decision #{} is recorded.", decision.number),
        Step::Withdraw => format!("Decision #{} is withdrawn.", decision.number),
        Step::Supersede(by) => format!("Decision #{} is superseded by #{by}.", decision.number),
    }
}

/// Title where a step cannot be taken.
pub fn not_taken(decision: &Decision, step: &Step) -> String {
    let number = decision.number;
    match step {
        Step::Record(_) => format!("Decision #{number} is not waiting to be recorded"),
        Step::Withdraw => format!("Decision #{number} cannot be withdrawn"),
        Step::Supersede(by) => format!("Decision #{number} cannot be superseded by #{by}"),
    }
}

/// What is needed for a step that cannot be taken.
pub fn needed(step: &Step) -> &'static str {
    match step {
        Step::Record(_) => {
            "Somebody may have done it before you. What was recorded stays as it is: a new decision can supersede it."
        }
        Step::Withdraw => "Only a decision that is proposed or accepted can be withdrawn.",
        Step::Supersede(_) => "Both have to be accepted decisions of your team.",
    }
}

/// Title where there is no decision of a number.
pub fn missing(number: u32) -> String {
    format!("Your team has no decision #{number}")
}

/// Below the title where no more can be kept.
pub fn too_many() -> String {
    format!(
        "I keep {} decisions of a server, and {} votes that run at the same time. Wait until a vote has ended, or withdraw one \
         that is not needed.",
        bounds::DECISIONS,
        bounds::OPEN
    )
}

/// What is wrong with a vote as it was typed, and what to do.
pub fn misfit(misfit: &Misfit) -> String {
    match misfit {
        Misfit::NoQuestion => "Write a question.".to_owned(),
        Misfit::LongQuestion(excess) => {
            format!("Shorten the question by {}: it may have {}.", characters(*excess), bounds::QUESTION)
        }
        Misfit::Options(count) => {
            let (least, most) = (bounds::OPTIONS.start(), bounds::OPTIONS.end());
            format!("Give {least} to {most} options, not {count}.")
        }
        Misfit::LongOption(option, excess) => {
            format!("Shorten the option “{option}” by {}: it may have {}.", characters(*excess), bounds::OPTION)
        }
        Misfit::SameOption(option) => format!("The option “{option}” is there twice."),
        Misfit::Hours => format!("Let it run for {} to {} hours.", bounds::HOURS.start(), bounds::HOURS.end()),
        Misfit::Least => format!("Ask for {} to {} votes.", bounds::LEAST.start(), bounds::LEAST.end()),
    }
}

/// What is wrong with the words of a record, and what to do.
pub fn long(long: Long) -> String {
    let shorten = |what: &str, excess: usize, most: usize| {
        format!("Shorten “{what}” by {}: it may have {most}.", characters(excess))
    };
    match long {
        Long::NoDecision => "Write what you decided.".to_owned(),
        Long::Decision(excess) => shorten(DECISION, excess, bounds::DECISION),
        Long::Reason(excess) => shorten(REASON, excess, bounds::WORDS),
        Long::Rejected(excess) => shorten(REJECTED, excess, bounds::WORDS),
        Long::Consequences(excess) => shorten(CONSEQUENCES, excess, bounds::WORDS),
    }
}

fn characters(number: usize) -> String {
    if number == 1 { "1 character".to_owned() } else { format!("{number} characters") }
}

/// How many decisions there are.
pub fn count(number: usize) -> String {
    if number == 1 { "1 decision".to_owned() } else { format!("{number} decisions") }
}

/// The answer from which a vote was started, and which side it leaned to.
pub fn context(name: &str, is_recommendation: bool, leaned: Option<&str>) -> String {
    let what = if is_recommendation { "The recommendation for" } else { "The comparison on" };
    match leaned {
        Some(leaned) => format!("{what} “{name}”, which leaned: {leaned}."),
        None => format!("{what} “{name}”."),
    }
}
