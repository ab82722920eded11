//! Every sentence that the bot says. What is known about the subjects comes from the data, and what commands do is said in
//! their table, `commands.rs`.

pub mod decisions;
mod facts;
mod onboarding;
#[cfg(feature = "web")]
pub mod page;
mod recommendation;
mod team;
pub mod terminal;

pub use facts::*;
pub use onboarding::*;
pub use recommendation::*;
pub use team::*;

use crate::domain::answer::Other;
use crate::domain::knowledge::{Belongs, Knowledge, Leaning, Note, Side, Strength, Subject, Tool};
use crate::domain::language::Language;
use crate::domain::smalltalk::SmallTalk;

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
/// To somebody who may not manage the server.
pub const NOT_A_MANAGER: &str = "That is for those who may manage this server.";
/// To somebody who asks for something of a server outside of one, or where the bot was not added to it.
pub const ONLY_IN_SERVERS: &str = "That works only in a server to which I was added.";
/// Title of the list of topics.
pub const TOPICS: &str = "What I can compare";
/// Below that title.
pub const TOPICS_TEXT: &str = "Pick a topic from a menu below, or use /compare.";
/// Heading of the ways of asking.
pub const WAYS: &str = "How to ask";
/// Heading of the commands for what a team keeps, where they exist.
pub const TEAM_WAYS: &str = "For your team";
/// The same where the commands may be missing: they exist only in servers to which the bot was added.
pub const TEAM_WAYS_IN_SERVERS: &str = "In a server";
/// Heading of the example questions.
pub const EXAMPLES: &str = "For example";
/// Footer of the help.
pub const HELP_FOOTER: &str =
    "I am a program with written answers, no language model. I read only what is addressed to me, and ping nobody.";
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

/// What the bot compares.
pub fn compares(knowledge: &Knowledge) -> String {
    let [first, second] = Side::BOTH.map(|side| &knowledge.subject(side).name);
    let topics = count(knowledge.topics.len(), "topic", "topics");
    let projects = count(knowledge.projects.len(), "kind of project", "kinds of project");
    let projects = match knowledge.projects.is_empty() {
        true => String::new(),
        false => format!(" and say which of them suits {projects}"),
    };
    format!("I compare {first} and {second} on {topics}{projects}.")
}

/// What the bot is for.
pub fn purpose(knowledge: &Knowledge) -> String {
    let shows = match &knowledge.article {
        Some(_) => "what an older article says, what holds today, and the sources",
        None => "what holds for either, and the sources",
    };
    format!("{} Each answer shows {shows}.", compares(knowledge))
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

/// The ways of asking without a command.
pub const IN_WORDS: &str = "A mention, reply or direct message";
/// The same in the terminal.
pub const WITHOUT_COMMAND: &str = "Without a command";
/// What they do.
pub const IN_WORDS_HELP: &str = "the same in plain words";

/// A command, as it is typed.
pub fn command(name: &str) -> String {
    format!("/{name}")
}

/// Stands between things in one line.
pub const BETWEEN: &str = " · ";

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
