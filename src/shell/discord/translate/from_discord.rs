//! What Discord sends, as requests. Nothing is decided here.

use std::collections::BTreeMap;

use serenity::all::{GuildId, Permissions, RoleId, UserId};
use siphasher::sip::SipHasher24;

use super::received::{Attachment, Interaction, Message};
use super::texts::has_words;
use crate::domain::request::Request;
use crate::domain::situation::Audience;
use crate::domain::team::Member;
use crate::presentation::Reader;
use crate::presentation::codes::Codes;
use crate::presentation::commands::{self, Command};
use crate::presentation::custom_id::{Action, Asker, Unreadable, Verb, answered, chosen};
use crate::presentation::decisions;
use crate::presentation::form;
use crate::shell::press::{Chosen, Press};
use crate::shell::road::Asked;
use crate::shell::storage::Whose;

/// A command that was used, and by whom.
#[derive(Debug)]
pub(in crate::shell::discord) struct Used {
    pub(in crate::shell::discord) command: Command,
    pub(in crate::shell::discord) asked: Asked,
    pub(in crate::shell::discord) whose: Whose,
    /// The file that was sent with it, and whether it is to be taken over.
    pub(in crate::shell::discord) file: Option<(Attachment, bool)>,
}

/// The bot as it is mentioned: as itself, or as the role that Discord made for it in a server.
#[derive(Debug, Clone)]
pub(in crate::shell::discord) struct Me {
    pub(in crate::shell::discord) id: UserId,
    pub(in crate::shell::discord) role: Option<RoleId>,
}

/// A message that is addressed to the bot.
#[derive(Debug)]
pub(in crate::shell::discord) struct Addressed {
    pub(in crate::shell::discord) asked: Asked,
    pub(in crate::shell::discord) whose: Whose,
    /// Whether it only points at another message, whose words Discord does not deliver.
    pub(in crate::shell::discord) points_at_hidden: bool,
}

/// A command that somebody used; nothing if this version does not know it.
pub(in crate::shell::discord) fn command(interaction: &Interaction, by: UserId, key: &[u8; 16]) -> Option<Used> {
    let data = &interaction.data;
    let name = match data.subcommand() {
        Some(subcommand) => format!("{} {}", data.name, subcommand.name),
        None => data.name.clone(),
    };
    let command = Command::by_name(&name).or_else(|| Command::by_name(&format!("{name} {}", commands::LIST)))?;
    let text = match data.target() {
        // What the bot itself said is no question.
        Some(message) if message.is_by(UserId::new(interaction.application_id.get())) => message.content,
        Some(message) => message.text(),
        None => {
            let options = [commands::TOPIC, commands::PROJECT, commands::QUESTION];
            options.into_iter().find_map(|name| data.text(name)).unwrap_or_default().to_owned()
        }
    };
    let visibility = data.text(commands::VISIBILITY);
    let private = command.is_private() || visibility == Some(commands::PRIVATE);
    let audience = if private { Audience::OnlyAsker } else { Audience::Everyone };
    let question = (!text.is_empty() && command.request_of.is_none()).then(|| text.clone());
    let reader = Reader { asker: Asker::signed(by.get(), key), audience, question, ..Reader::default() };
    // Each interaction has an id of its own, whose last bits change the most.
    let number = u32::try_from(interaction.id.get() & u64::from(u32::MAX)).unwrap_or_default();
    let request = match command.request_of {
        Some(request_of) => request_of(&|name| data.given(name)),
        None => command.request(&text, number),
    };
    let (is_chosen, member) = (command.is_private() || visibility.is_some(), member(interaction));
    let may_post_polls = interaction.may_post_polls();
    let asked = Asked { can_be_private: true, is_chosen, member, may_post_polls, ..Asked::alone(request, reader) };
    let file = data.attachment(commands::FILE).map(|file| (file, data.text(commands::MODE) == Some(commands::TAKE)));
    Some(Used { command, asked, whose: whose(interaction, by, key), file })
}

/// The person who acts as a member of the server to which the bot was added; nothing anywhere else.
pub(in crate::shell::discord) fn member(interaction: &Interaction) -> Option<Member> {
    let server = interaction.server();
    (server > 0).then(|| Member {
        server,
        manages: interaction.permissions().intersects(Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR),
        roles: interaction.roles(),
        channels: interaction.channels(),
    })
}

/// What was filled into a form.
///
/// # Errors
/// Why that cannot be read.
pub(in crate::shell::discord) fn filled(interaction: &Interaction, codes: &Codes<'_>) -> Result<Request, Unreadable> {
    match Action::from_custom_id(&interaction.data.custom_id, codes)?.verb {
        Verb::Fill(form) => form::request(form, |name| interaction.data.filled(name)).ok_or(Unreadable::Unknown),
        _ => Err(Unreadable::Unknown),
    }
}

/// A person who acts, and the server to which the bot was added; none where the person brought it along.
pub(in crate::shell::discord) fn whose(interaction: &Interaction, by: UserId, key: &[u8; 16]) -> Whose {
    // A button is the same one however often it is pressed; anything else has an id of its own.
    let event = match interaction.button() {
        Some((message, custom_id)) => {
            let chosen = interaction.data.values.iter().map(String::as_str);
            let parts: Vec<&str> = [&*custom_id].into_iter().chain(chosen).collect();
            event(key, by, message.get(), &parts.join(" "))
        }
        None => event(key, by, interaction.id.get(), ""),
    };
    Whose { person: by.get(), server: interaction.server(), event, voter: voter(key, by) }
}

/// A number for a person, which says nothing about them without the key.
fn voter(key: &[u8; 16], by: UserId) -> u64 {
    let text = [b"voter".as_slice(), &by.get().to_le_bytes()].concat();
    SipHasher24::new_with_key(key).hash(&text)
}

/// A number for what somebody did, which says nothing about it without the key.
fn event(key: &[u8; 16], by: UserId, id: u64, what: &str) -> u64 {
    let text = [&by.get().to_le_bytes(), &id.to_le_bytes(), what.as_bytes()].concat();
    SipHasher24::new_with_key(key).hash(&text)
}

/// What was typed so far into the option that is being completed.
pub(in crate::shell::discord) fn typed(interaction: &Interaction) -> String {
    interaction.data.typed().to_owned()
}

/// A message that is addressed to the bot; nothing for any other, and for those of bots and webhooks.
pub(in crate::shell::discord) fn message(
    message: &Message,
    me: &Me,
    codes: &Codes<'_>,
    key: &[u8; 16],
) -> Option<Addressed> {
    let author = message.author.as_ref().filter(|author| author.id != me.id)?;
    if !message.is_by_person() {
        return None;
    }
    let other = message.referenced_message.as_deref();
    let reply_to_me = other.is_some_and(|other| other.is_by(me.id));
    let mentions_me = message.mentions(me.id);
    let mentions_my_role = me.role.is_some_and(|role| message.mentions_role(role));
    // A reply that does not ping, and a mention of the role, may come without their text; then there is nothing to answer.
    let has_text = !message.content.is_empty();
    let is_direct = message.guild_id.is_none();
    if !(is_direct || mentions_me || (has_text && (reply_to_me || mentions_my_role))) {
        return None;
    }
    let text = message.text();
    // A reply to somebody that holds nothing but a mention means that message.
    let meant = other.filter(|other| !other.is_by(me.id) && !has_words(&text)).map(Message::text);
    let points_at_hidden = !is_direct && meant.as_ref().is_some_and(|meant| meant.trim().is_empty());
    let question = meant.filter(|meant| has_words(meant));
    let reader = Reader { asker: Asker::signed(author.id.get(), key), question: question.clone(), ..Reader::default() };
    // What follows an answer of ours is read together with it.
    let earlier = other.filter(|other| other.is_by(me.id)).and_then(|earlier| answered(&verbs(earlier, codes)));
    let request = match earlier {
        Some(earlier) => Request::Follow(text, earlier),
        None => Request::Ask(question.unwrap_or(text)),
    };
    let server = message.guild_id.map_or(0, GuildId::get);
    let event = event(key, author.id, message.id.get(), "");
    let whose = Whose { person: author.id.get(), server, event, voter: voter(key, author.id) };
    // A message is no way to change anything, so that permissions do not matter.
    let channels = vec![message.channel_id.get()];
    let member = (!is_direct).then(|| Member { server: whose.server, channels, ..Member::default() });
    let asked = Asked { is_posted: true, member, ..Asked::alone(request, reader) };
    Some(Addressed { asked, whose, points_at_hidden })
}

/// What the buttons under a message do, as far as that can be read.
fn verbs(message: &Message, codes: &Codes<'_>) -> Vec<Verb> {
    let ids = message.components.iter().flat_map(|row| &row.components).map(|component| &component.custom_id);
    ids.filter_map(|id| Some(Action::from_custom_id(id, codes).ok()?.verb)).collect()
}

/// Whether the bot may post a poll where something was done.
pub(in crate::shell::discord) fn may_post_polls(interaction: &Interaction) -> bool {
    interaction.may_post_polls()
}

/// What was typed into a form that is opened again, as the message shows it that says why it was refused.
fn typed_before(interaction: &Interaction) -> Option<BTreeMap<String, String>> {
    let (title, shown) = interaction.shown()?;
    decisions::typed_before(title, &shown)
}

/// A button or menu that was used by somebody.
pub(in crate::shell::discord) fn press(
    interaction: &Interaction,
    by: UserId,
    codes: &Codes<'_>,
    key: &[u8; 16],
) -> Press {
    let data = &interaction.data;
    let message = interaction.message.as_ref();
    let private = message.is_some_and(Message::is_private);
    let action = Action::from_custom_id(&data.custom_id, codes);
    let chosen = match &action {
        Ok(Action { verb: Verb::Set(setting), .. }) => {
            setting.change(&data.values).map(|change| Some(Chosen::Change(change)))
        }
        _ => chosen(data.values.iter().map(String::as_str), codes).map(|view| view.map(Chosen::View)),
    };
    let asker_in_state = action.as_ref().ok().map(|action| action.asker).filter(|asker| asker.is_genuine(key));
    // For the answer to an interaction Discord says who asked, for a reply it does not.
    let caused_by = message.and_then(Message::caused_by);
    Press {
        typed: typed_before(interaction),
        asker: caused_by.map(UserId::get).or(asker_in_state.map(|asker| asker.id)),
        action,
        chosen,
        by: by.get(),
        may_manage_messages: interaction
            .permissions()
            .intersects(Permissions::MANAGE_MESSAGES | Permissions::ADMINISTRATOR),
        audience: if private { Audience::OnlyAsker } else { Audience::Everyone },
    }
}
