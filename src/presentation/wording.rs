//! Every sentence that the bot says. What is known about the subjects comes from the data, and what commands do is said in
//! their table, `commands.rs`.

#[cfg(feature = "web")]
pub mod page;

use super::limits;
use crate::domain::answer::Other;
use crate::domain::knowledge::{
    Belongs, Date, Knowledge, Leaning, Note, Side, Strength, Subject, Tool, Value, Verdict, When,
};
use crate::domain::language::Language;
use crate::domain::lifecycle::{Stage, Version};
use crate::domain::recommendation::{Change, Reason, Recommendation};
use crate::domain::smalltalk::SmallTalk;
use crate::domain::team::Vote;

/// The name of the bot.
pub const NAME: &str = "versus";

/// Heading of the claims of the article.
pub const CLAIMS: &str = "What the article says, and what holds today";
/// Shown instead of the claims where there are none.
pub const NO_CLAIMS: &str = "The article says nothing about this.";
/// Stands before what holds today.
pub const TODAY: &str = "Today: ";
/// Heading of the cited pages.
pub const SOURCES: &str = "Sources";
/// Stands after a source that reports figures of somebody else.
pub const SECOND_HAND: &str = "second-hand";

/// Title of a recommendation where the kind of project is not known.
pub const PROJECT: &str = "Your project";
/// Stands before what holds for a kind of project as such.
pub const IN_GENERAL: &str = "For such projects in general: ";
/// Heading of the reasons for the side that is ahead.
pub const REASONS: &str = "Why";
/// Heading of the reasons for the other side.
pub const AGAINST: &str = "What speaks against it";
/// Heading of the changes that would turn a recommendation.
pub const FLIPS: &str = "What would flip it";
/// Stands before the smallest change that would turn a recommendation, in a brief answer.
pub const WOULD_CHANGE: &str = "🔀 Would change it: ";
/// Stands there if there is none.
pub const NOTHING_CHANGES: &str = "🔀 Nothing that I ask for would change it.";
/// Stands before the strongest reason against a recommendation.
pub const BUT: &str = "But: ";
/// Stands there if there is none.
pub const NO_FLIP: &str = "Nothing that I ask for, not even all of it together.";
/// Joins changes that are needed at once.
pub const TOGETHER_WITH: &str = ", together with ";
/// Heading of what was understood of a description.
pub const UNDERSTOOD: &str = "What I understood";
/// Heading of further kinds of project.
pub const OTHER_KINDS: &str = "Also in your text";
/// The name of the kind of project among what was understood.
pub const KIND: &str = "Kind of project";
/// Stands for what was not said.
pub const NOT_SAID: &str = "not said";
/// The question for the kind of project.
pub const WHICH_KIND: &str = "What are you building?";
/// On the menu by which a misunderstanding is corrected.
pub const CORRECT: &str = "Misunderstood, or changed? Correct it here …";
/// On the button that leaves a question open.
pub const SKIP: &str = "Skip this question";
/// On the button that leaves an earlier answer as it is.
pub const KEEP: &str = "Leave it as it is";

/// On the button that deletes an answer.
pub const DELETE: &str = "🗑️";
/// On the button that posts a private answer for everyone.
pub const SHARE: &str = "Share";
/// On the button that opens everything about an answer.
pub const DETAILS: &str = "Details";
/// On the button that opens what was understood of a project.
pub const CORRECT_BUTTON: &str = "Correct";
/// On the button that reports an answer.
pub const WRONG_BUTTON: &str = "Wrong?";
/// Title of the thanks for such a report.
pub const REPORTED: &str = "Thank you";
/// Below that title.
pub const REPORTED_TEXT: &str =
    "I reported this answer to the people who run me, without your name. They check it against its sources.";
/// Stands before the most important claim of the article in a brief answer.
pub const ARTICLE_SAYS: &str = "📰 The article: ";
/// Title of what was understood of a project, to be corrected.
pub const CORRECTION: &str = "What I understood";
/// Below what was understood.
pub const CORRECTION_TEXT: &str = "Choose below what I got wrong.";
/// On the button that lists all topics.
pub const ALL_TOPICS: &str = "All topics";
/// On the button that shows what the bot can do.
pub const WHAT_I_CAN_DO: &str = "What I can do";
/// On the button that leads to the introduction for newcomers.
pub const INTRODUCTION: &str = "Introduction for newcomers";
/// On the menu under an answer.
pub const FURTHER_TOPICS: &str = "Another topic …";

/// Title of the choice between several meanings.
pub const DID_YOU_MEAN: &str = "Did you mean one of these?";
/// Below that title.
pub const DID_YOU_MEAN_TEXT: &str =
    "I am not sure enough to answer outright. Pick what comes closest, or ask again in other words.";
/// Title where the bot knows nothing.
pub const UNKNOWN: &str = "I don't know that one";
/// Title where only English is spoken.
pub const ENGLISH_ONLY: &str = "English only";
/// Title where something is named that is not compared.
pub const NOT_COMPARED: &str = "That is outside of what I compare";
/// Title where two tools of one side are named.
pub const SAME_SIDE: &str = "Those are on the same side";
/// Title where a question is about an earlier answer, and nobody knows which.
pub const NEEDS_CONTEXT: &str = "About which answer?";
/// Below that title.
pub const NEEDS_CONTEXT_TEXT: &str =
    "Reply to the answer that you mean, and leave the ping on, or I do not see your text. Or ask the whole question.";
/// Title where nothing was asked.
pub const EMPTY: &str = "I see no question there";
/// Title of the notice to somebody who asks too much in a short time.
pub const TOO_FAST_TITLE: &str = "One moment";
/// The text of that notice.
pub const TOO_FAST: &str = "That was a lot in a short while. I answer again in a few seconds.";
/// Title where somebody replies to a message with nothing but a mention, and the words of that message are not delivered.
pub const QUESTION_HIDDEN: &str = "I cannot read that message";
/// Title where a button names something that the knowledge no longer has.
pub const NOT_FOUND: &str = "That is no longer in my notes";
/// Below that title.
pub const NOT_FOUND_TEXT: &str =
    "The knowledge was changed since that message. The list of topics shows what there is now.";
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
/// To somebody who may not manage the server.
pub const NOT_A_MANAGER: &str = "That is for those who may manage this server.";
/// To somebody who asks for something of a server outside of one, or where the bot was not added to it.
pub const ONLY_IN_SERVERS: &str = "That works only in a server to which I was added.";
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
/// Where not everyone is to see answers in a channel.
pub const ELSEWHERE: &str = "In this channel I answer only so that you alone see it.";
/// On the button that shows the answer to the person who presses.
pub const SHOW_ME: &str = "Show me the answer";
/// To somebody who shares an answer where not everyone is to see it.
pub const NOT_SHARED_HERE: &str = "Your team lets me post answers for everyone only in other channels.";
/// Title of the list of topics.
pub const TOPICS: &str = "What I can compare";
/// Below that title.
pub const TOPICS_TEXT: &str = "Pick a topic from a menu below, or use /compare.";
/// Heading of the ways of asking.
pub const WAYS: &str = "How to ask";
/// Heading of the example questions.
pub const EXAMPLES: &str = "For example";
/// Footer of the help.
pub const HELP_FOOTER: &str = "I am a program with written answers, no language model. I read only messages that are addressed to me, keep of you only how far you \
     got with a tour, and ping nobody.";

/// To somebody who presses Delete under another person's answer.
pub const NOT_YOURS: &str =
    "Only the person who asked, or somebody who may manage messages here, can delete this answer.";
/// To somebody who presses something that this version does not know.
pub const UNKNOWN_BUTTON: &str = "I don't know that button any more. Please ask again, for example with /compare.";
/// To somebody who presses something that an older version wrote, or that depends on knowledge that was changed.
pub const OLD_BUTTON: &str = "That button is from an older version. Please ask again, for example with /compare.";
/// To somebody who uses a command that this version does not know.
pub const UNKNOWN_COMMAND: &str =
    "I don't know that command any more. Discord may need a minute to show the new ones; /help shows what there is.";
/// Where a shared answer could not be posted for the moment, so that the button stays.
pub const CANNOT_SHARE_NOW: &str = "Discord did not take it just now. If it does not appear, press Share again.";
/// Where a shared answer could not be posted.
pub const CANNOT_SHARE: &str = "I could not post it here. I may lack the permission to send messages in this channel.";

/// To somebody who starts the bot without a token.
pub const NO_TOKEN: &str = "\
There is no DISCORD_TOKEN, so this is the same bot as a chat in the terminal. To run it in Discord: create an \
     application at https://discord.com/developers/applications, copy the token from its page Bot into .env (see .env.example), \
     start again, and open the link that `versus invite` prints.";
/// Opens the chat in the terminal.
pub const CHAT_GREETING: &str = "Ask anything, or type /help. A number presses a button, Tab completes, Ctrl-C clears the line, quit or Ctrl-D ends the chat.";
/// Stands before what is typed.
pub const PROMPT: &str = "versus> ";

/// Where the terminal has no button of a number.
pub const NO_SUCH_BUTTON: &str = "There is no button of that number here. Press one that is listed, or ask something.";
/// Where the terminal does not know a command.
pub const NO_SUCH_COMMAND: &str = "I don't know that command. /help shows what there is.";

/// How many there are, in the singular or in the plural.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The leaning of a topic or project as a sentence.
pub fn leaning(knowledge: &Knowledge, leaning: Leaning) -> String {
    let name = |side: Side| knowledge.subject(side).name.as_str();
    match leaning {
        Leaning::Toward(side, Strength::Strong) => format!("Leans clearly to {}.", name(side)),
        Leaning::Toward(side, Strength::Slight) => format!("Leans slightly to {}.", name(side)),
        Leaning::Even => "Even.".to_owned(),
        Leaning::Depends => "It depends.".to_owned(),
    }
}

/// The same as a part of a sentence.
pub fn leaning_in_sentence(knowledge: &Knowledge, leaning: Leaning) -> String {
    let name = |side: Side| knowledge.subject(side).name.as_str();
    match leaning {
        Leaning::Toward(side, Strength::Strong) => format!("clearly {}", name(side)),
        Leaning::Toward(side, Strength::Slight) => format!("slightly {}", name(side)),
        Leaning::Even => "even".to_owned(),
        Leaning::Depends => "it depends".to_owned(),
    }
}

/// The same as the verdict of a brief answer.
pub fn leaning_in_brief(knowledge: &Knowledge, leaning: Leaning) -> String {
    capitalised(&leaning_in_sentence(knowledge, leaning))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether a side is the one to take, by how a topic leans.
pub fn conclusion(knowledge: &Knowledge, leaning: Leaning, side: Side) -> String {
    match leaning {
        Leaning::Toward(ahead, Strength::Strong) if ahead == side => "Yes, by this alone.".to_owned(),
        Leaning::Toward(ahead, Strength::Slight) if ahead == side => "Rather yes, by a little.".to_owned(),
        Leaning::Toward(..) => format!("No, by this it is {}.", leaning_in_sentence(knowledge, leaning)),
        Leaning::Even => "By this either will do.".to_owned(),
        Leaning::Depends => "That depends on what you need.".to_owned(),
    }
}

/// On the button that opens what the article says, with the number of its claims.
pub fn article_button(claims: usize) -> String {
    format!("Article · {claims}")
}

/// On the button that opens the cited pages, with their number.
pub fn sources_button(sources: usize) -> String {
    format!("Sources · {sources}")
}

/// Title of what the article says about something.
pub fn article_title(title: &str) -> String {
    format!("{title}: the article")
}

/// Below that title.
pub fn article_text(knowledge: &Knowledge) -> String {
    knowledge.article.as_ref().map_or_else(String::new, |article| format!("“{}” ({})", article.title, article.as_of))
}

/// Below the title of the pages that are cited about something.
pub const SOURCES_TEXT: &str = "Each number in the answer stands for one of these pages.";

/// Title of the pages that are cited about something.
pub fn sources_title(title: &str) -> String {
    format!("{title}: sources")
}

/// A tool with the mark of its side.
pub fn tool_name(knowledge: &Knowledge, tool: &Tool) -> String {
    let name = tool.names.first().map_or(tool.id.as_str(), String::as_str);
    match tool.belongs {
        Belongs::To(side) => format!("{} {name}", knowledge.subject(side).emoji),
        Belongs::Both | Belongs::Neither => name.to_owned(),
    }
}

/// What the other side has instead of a tool, in one sentence; nothing where it has nothing.
pub fn counterparts(knowledge: &Knowledge, tool: &Tool) -> String {
    let counterparts = tool.counterparts.iter().filter_map(|id| knowledge.tool(id));
    let names: Vec<&str> = counterparts.filter_map(|tool| Some(tool.names.first()?.as_str())).collect();
    match (tool.belongs, names.is_empty()) {
        (_, true) => String::new(),
        (Belongs::To(side), false) => {
            format!("For {}: {}.", knowledge.subject(side.other()).name, names.join(", "))
        }
        (Belongs::Both | Belongs::Neither, false) => format!("Compare {}.", names.join(", ")),
    }
}

/// Something about a tool that may have changed since a day.
pub fn note(note: &Note) -> String {
    format!("{} ({})", note.text, date(note.noted))
}

/// Which side has nothing instead of a tool.
pub fn no_counterpart(knowledge: &Knowledge, side: Side) -> String {
    format!("I know no counterpart for {}.", knowledge.subject(side).name)
}

/// The leaning of a recommendation with the points of both sides, those of the side that is ahead first.
pub fn total(knowledge: &Knowledge, found: &Recommendation<'_>) -> String {
    let [first, second] = found.totals();
    match found.leaning {
        Leaning::Toward(side, strength) => {
            let (ahead, behind) = if side == Side::First { (first, second) } else { (second, first) };
            let slightly = if strength == Strength::Slight { "slightly " } else { "" };
            capitalised(&format!("{slightly}{}, {ahead} : {behind}", knowledge.subject(side).name))
        }
        Leaning::Even => format!("Even, {first} : {second}"),
        Leaning::Depends if found.reasons.is_empty() => "It depends".to_owned(),
        Leaning::Depends => format!("It depends, {first} : {second}"),
    }
}

/// How a recommendation came about, in one or two sentences.
pub fn weighed(knowledge: &Knowledge, found: &Recommendation<'_>) -> String {
    let points = |side: Side| {
        let reasons = found.reasons.iter().filter(|reason| reason.toward == side);
        format!("{} for {}", reasons.map(|reason| reason.points).sum::<i32>(), knowledge.subject(side).name)
    };
    let [first, second] = Side::BOTH.map(points);
    match found.leaning {
        _ if found.reasons.is_empty() => "I know too little to lean to a side. Tell me more below.".to_owned(),
        Leaning::Depends => format!(
            "The needs pull apart: {first}, {second}. Weigh which of them you could give up, or give each part a service \
             in the stack that suits it."
        ),
        Leaning::Even => format!("{first}, {second}: take the one that your team likes better."),
        Leaning::Toward(..) => format!("The points: {first}, {second}."),
    }
}

/// Heading of the bars.
pub fn criteria(first: &str, second: &str) -> String {
    format!("← {first} │ {second} →")
}

/// Heading of the reasons for one side.
pub fn speaks_for(name: &str) -> String {
    format!("Speaks for {name}")
}

/// How much a reason counts, and for what.
pub fn reason_points(reason: &Reason<'_>) -> String {
    let doubled = reason.doubled_by.map_or_else(String::new, |value| format!(", doubled by “{}”", value.title));
    let points = if reason.points == 1 { "point" } else { "points" };
    format!("{}, {} {points}{doubled}", reason.criterion.title, reason.points)
}

/// A change that would turn a recommendation.
pub fn change(change: &Change<'_>) -> String {
    match (change.from, change.to) {
        (Some(from), Some(to)) => format!("{} instead of {}", to.title, from.title),
        (None, Some(to)) => to.title.clone(),
        (Some(from), None) => format!("without {}", from.title),
        (None, None) => String::new(),
    }
}

/// Where a change leads: one that leads to neither side is called so.
pub fn turned(knowledge: &Knowledge, leaning: Leaning) -> String {
    match leaning {
        Leaning::Toward(..) => leaning_in_sentence(knowledge, leaning),
        Leaning::Even => "only to even".to_owned(),
        Leaning::Depends => "only to “it depends”".to_owned(),
    }
}

/// What was understood of a project, in one line.
pub fn understood(found: &Recommendation<'_>) -> String {
    let kind = found.project.map_or(NOT_SAID, |project| project.entry.title.as_str());
    let stated = found.known.iter().filter(|known| !known.stated.is_empty());
    let stated: Vec<String> = stated.map(|known| values(&known.stated)).collect();
    match stated.is_empty() {
        true => format!("Understood: {kind}."),
        false => format!("Understood: {kind}; {}.", stated.join("; ")),
    }
}

/// Words of a text that are quoted at the most.
const QUOTES: usize = 5;
/// Units of a quoted word: nobody writes a longer one to be read.
const QUOTE: usize = 40;

/// Words of a text as they are quoted: each once, and not too many.
fn quotes(words: &[String]) -> Vec<String> {
    let mut quotes: Vec<String> = Vec::new();
    for word in words.iter().map(|word| limits::cut(word, QUOTE)) {
        if quotes.len() < QUOTES && !quotes.contains(&word) {
            quotes.push(word);
        }
    }
    quotes
}

/// A value that was stated, with the words that stated it.
pub fn stated(titles: &str, words: &[String]) -> String {
    if words.is_empty() { titles.to_owned() } else { format!("{titles} (by “{}”)", quotes(words).join(" … ")) }
}

/// A value that goes with the kind of project.
pub fn implied(titles: &str) -> String {
    format!("{titles} (goes with such a project)")
}

/// A question with the number of those that are left, where there are more.
pub fn question(question: &str, left: usize) -> String {
    if left > 1 { format!("{question} ({left} questions left)") } else { question.to_owned() }
}

/// The values of a factor, or that it was not said.
pub fn values(values: &[&Value]) -> String {
    let titles: Vec<&str> = values.iter().map(|value| value.title.as_str()).collect();
    if titles.is_empty() { NOT_SAID.to_owned() } else { titles.join(", ") }
}

/// A chart in words.
pub fn chart(knowledge: &Knowledge, found: &Recommendation<'_>, title: &str) -> String {
    let bars = found.criteria.iter().map(|(criterion, points)| {
        let side = if *points < 0 { Side::First } else { Side::Second };
        format!("{}: {} for {}", criterion.title, points.abs(), knowledge.subject(side).name)
    });
    let bars: Vec<String> = bars.collect();
    let result = total(knowledge, found);
    format!("Bar chart of the criteria. {title}: {result}. {}.", bars.join(", "))
}

/// The bar that shows which way a comparison leans: the first subject on the left, the second on the right.
pub fn bar(knowledge: &Knowledge, leaning: Leaning) -> String {
    let bar = match leaning {
        Leaning::Toward(Side::First, Strength::Strong) => "●━━━━━━━━",
        Leaning::Toward(Side::First, Strength::Slight) => "━━●━━━━━━",
        Leaning::Even => "━━━━●━━━━",
        Leaning::Toward(Side::Second, Strength::Slight) => "━━━━━━●━━",
        Leaning::Toward(Side::Second, Strength::Strong) => "━━━━━━━━●",
        Leaning::Depends => "◀━━━━━━━▶",
    };
    let [first, second] = Side::BOTH.map(|side| knowledge.subject(side));
    format!("{} {} {bar} {} {}", first.emoji, first.name, second.name, second.emoji)
}

/// The mark before a claim of the article.
pub fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "✅",
        Verdict::Dated => "🕰️",
        Verdict::Misleading => "⚠️",
        Verdict::Wrong => "❌",
    }
}

/// The word for a verdict on a claim of the article.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "holds",
        Verdict::Dated => "dated",
        Verdict::Misleading => "misleading",
        Verdict::Wrong => "wrong",
    }
}

/// After a statement that was to be checked again by a day, and was not.
pub fn due(until: Date) -> String {
    format!("was due for a check on {}, not checked since", date(until))
}

/// The same in a brief answer.
pub fn due_in_brief(until: Date) -> String {
    format!("due for a check since {}", date(until))
}

/// Heading of the versions on a day.
pub fn versions(today: Date) -> String {
    format!("Versions on {}", date(today))
}

/// How a version stands, after its number.
pub fn version(version: Version<'_>) -> String {
    let release = version.release;
    let end = release.end.map(when);
    match version.stage {
        Stage::Planned => format!("is planned for {}", when(release.released)),
        Stage::Prerelease => format!("can be tried since {}", when(release.released)),
        Stage::Supported { is_lts } => {
            let lts = match (is_lts, release.lts) {
                (true, Some(since)) => format!("has been LTS since {}", when(since)),
                (false, Some(from)) => format!("becomes LTS in {}", month(from)),
                _ => "is supported".to_owned(),
            };
            end.map_or_else(|| lts.clone(), |end| format!("{lts}, until {end}"))
        }
        Stage::Ended(Some(1)) => format!("ended yesterday, on {}", end.unwrap_or_default()),
        Stage::Ended(Some(days)) => format!("ended {days} days ago, on {}", end.unwrap_or_default()),
        Stage::Ended(None) => format!("ended in {}", end.unwrap_or_default()),
    }
}

/// How a version stands, as a sentence of its own.
pub fn version_in_full(knowledge: &Knowledge, of: Version<'_>) -> String {
    format!("{} {} {}.", knowledge.subject(of.release.side).name, of.release.version, version(of))
}

/// A day, or a month where no day is known.
fn when(when: When) -> String {
    match when {
        When::Day(day) => date(day),
        When::Month { .. } => month(when),
    }
}

/// The month of a day.
fn month(when: When) -> String {
    let (year, month) = match when {
        When::Day(day) => (day.year, day.month),
        When::Month { year, month } => (year, month),
    };
    format!("{} {year}", month_name(month))
}

fn month_name(month: u8) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS.get(usize::from(month).saturating_sub(1)).copied().unwrap_or_default()
}

/// A date as people write it.
pub fn date(date: Date) -> String {
    format!("{} {} {}", date.day, month_name(date.month), date.year)
}

/// The line at the bottom of an answer in full: how old it is, and from which article it started.
pub fn footer(knowledge: &Knowledge, checked: Date) -> String {
    let article = match &knowledge.article {
        Some(article) => format!(" The article: “{}” ({}).", article.title, article.as_of),
        None => String::new(),
    };
    format!("Facts checked on {}.{article}", date(checked))
}

/// The line at the bottom of a brief answer: how old it is, and the words by which a question was understood.
pub fn checked(checked: Date, evidence: &[String]) -> String {
    let evidence: Vec<String> = quotes(evidence).iter().map(|word| format!("“{word}”")).collect();
    let understood = match evidence.is_empty() {
        true => String::new(),
        false => format!(" Understood by {}.", evidence.join(", ")),
    };
    format!("Checked on {}.{understood}", date(checked))
}

/// What the bot is for.
pub fn purpose(knowledge: &Knowledge) -> String {
    let [first, second] = Side::BOTH.map(|side| &knowledge.subject(side).name);
    let topics = count(knowledge.topics.len(), "topic", "topics");
    let projects = count(knowledge.projects.len(), "kind of project", "kinds of project");
    let projects = match knowledge.projects.is_empty() {
        true => String::new(),
        false => format!(" and say which of them suits {projects}"),
    };
    let shows = match &knowledge.article {
        Some(_) => "what an older article says, what holds today, and the sources",
        None => "what holds for either, and the sources",
    };
    format!("I compare {first} and {second} on {topics}{projects}. Each answer shows {shows}.")
}

/// Where the bot knows nothing, with what it does know.
pub fn unknown(knowledge: &Knowledge) -> String {
    format!("It is outside of what I know, or I did not understand it. {}", purpose(knowledge))
}

/// Title of the answer to something friendly.
pub fn small_talk_title(said: SmallTalk) -> &'static str {
    match said {
        SmallTalk::Greeting => "Hello!",
        SmallTalk::Praise => "Glad to hear it!",
        SmallTalk::Goodbye => "Goodbye!",
        SmallTalk::Thanks => "You're welcome!",
    }
}

/// The answer to something friendly, below its title.
pub fn small_talk(knowledge: &Knowledge, said: SmallTalk) -> String {
    let [first, second] = Side::BOTH.map(|side| &knowledge.subject(side).name);
    match said {
        SmallTalk::Greeting => format!("Ask me anything about {first} and {second}, in your own words."),
        SmallTalk::Praise => format!("Ask me more about {first} and {second} whenever you like."),
        SmallTalk::Goodbye => format!("I'll be here whenever {first} and {second} come up again."),
        SmallTalk::Thanks => "I'm happy to help; just ask again.".to_owned(),
    }
}

/// In a language that the bot does not speak: that it speaks only English, and the next step.
pub fn english_only(language: Language) -> &'static str {
    match language {
        Language::Spanish => {
            "Por ahora solo hablo inglés. Pregúntame en inglés, o elige un tema con los botones de abajo."
        }
        Language::Portuguese => {
            "Por enquanto só falo inglês. Pergunte-me em inglês, ou escolha um tema com os botões abaixo."
        }
        Language::French => {
            "Pour l'instant, je ne parle qu'anglais. Posez votre question en anglais, ou choisissez un sujet avec les boutons              ci-dessous."
        }
        Language::German => {
            "Ich spreche bisher nur Englisch. Frag mich auf Englisch, oder wähle ein Thema über die Knöpfe unten."
        }
        Language::Italian => {
            "Per ora parlo solo inglese. Chiedimi in inglese, oppure scegli un argomento con i pulsanti qui sotto."
        }
        Language::Russian => {
            "Пока я говорю только по-английски. Спросите меня по-английски или выберите тему с помощью кнопок ниже."
        }
        Language::Chinese => "我目前只会说英语。请用英语提问，或者用下面的按钮选择一个主题。",
        Language::Japanese => {
            "今のところ英語しか話せません。英語で質問するか、下のボタンからトピックを選んでください。"
        }
        Language::Hindi => "मैं अभी केवल अंग्रेज़ी बोलता हूँ। कृपया अंग्रेज़ी में पूछें, या नीचे दिए गए बटनों से कोई विषय चुनें।",
        Language::Arabic => "أتحدث الإنجليزية فقط حتى الآن. اسألني بالإنجليزية، أو اختر موضوعًا من الأزرار أدناه.",
    }
}

/// Where something is named that is not compared, with what is compared and the next step.
pub fn not_compared(knowledge: &Knowledge, other: &Other<'_>) -> String {
    let [first, second] = Side::BOTH.map(|side| knowledge.subject(side).name.as_str());
    let rivals: Vec<&str> = other.rivals.iter().map(|(name, _)| *name).collect();
    let named = other.sides.iter().map(|side| side.name.as_str());
    let against: Vec<&str> =
        named.chain(other.tools.iter().filter_map(|tool| Some(tool.names.first()?.as_str()))).collect();
    let what = match (rivals.as_slice(), against.as_slice()) {
        ([], tools) => format!("{} are not a choice between {first} and {second}", listed(tools)),
        (rivals, []) => format!("I don't compare {}", listed(rivals)),
        (rivals, against) => {
            format!("I don't compare {}, so I can't set it against {}", listed(rivals), listed(against))
        }
    };
    format!(
        "{what}: I know {first} against {second}. Ask how these two compare in what matters to you, or pick a topic below."
    )
}

/// Above what is known of a side where it was set against something that is not compared.
pub fn known_of(subject: &Subject, about: &str) -> String {
    format!("{} {}: {about}", subject.emoji, subject.name)
}

/// A tool that was named, with what is known of it.
pub fn tool(tool: &Tool) -> String {
    let note = tool.note.as_ref().map_or_else(String::new, |note| format!(" {}", note.text));
    format!("{}{note}", tool.what)
}

/// Names in a sentence.
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Below a brief answer on the command line: how the rest is printed.
pub fn more_by(command: &str) -> String {
    format!("More: {NAME} {command} --details …")
}

/// Where nothing was asked, with the next step.
pub fn empty(knowledge: &Knowledge) -> String {
    let example = knowledge.sample_questions.first().map_or("/topics", String::as_str);
    format!("Ask me something in words, for example: {example}")
}

/// Where the words of a message are not delivered, with the command that brings them.
pub fn question_hidden(command: &str) -> String {
    format!(
        "Discord shows me only messages that mention me. Open the menu of that message and choose Apps → {command}, or ask \
         me in your own words."
    )
}

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
        "{} that you added to topics and {} without a topic, in {file}. If you see no file, allow me to attach files here.",
        count(added, "question", "questions"),
        count(gaps, "question", "questions")
    )
}

/// Where as many questions are added as can be.
pub fn too_many_added(most: usize) -> String {
    format!("Those are {most}. Put them into the data by /gaps export, and take some back.")
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

/// The ways of asking without a command.
pub const IN_WORDS: &str = "A mention, a reply or a direct message";
/// What they do.
pub const IN_WORDS_HELP: &str = "the same in plain words";

/// How a command is used, before what it does.
pub fn usage(usage: &str) -> String {
    format!("{usage}:")
}

/// The heading of a list where one field does not hold it all, from the second field on.
pub fn continued(heading: &str) -> String {
    match heading {
        CLAIMS => "The article, continued".to_owned(),
        heading => format!("{heading}, continued"),
    }
}
