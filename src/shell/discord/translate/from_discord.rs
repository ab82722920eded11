//! What Discord sends, as requests. Nothing is decided here.

use serenity::all::{
    AuthorizingIntegrationOwner, AuthorizingIntegrationOwners, CommandData, CommandDataOptionValue, CommandInteraction,
    ComponentInteraction, ComponentInteractionDataKind, GuildId, Message, MessageFlags, MessageInteractionMetadata,
    MessageType, Permissions, ResolvedTarget, User, UserId,
};

use super::super::answering::Press;
use crate::domain::request::{Request, View};
use crate::domain::situation::Audience;
use crate::presentation::Reader;
use crate::presentation::codes::Codes;
use crate::presentation::commands::{self, Command};
use crate::presentation::custom_id::{Action, Asker, Unreadable, view_from_text};
use crate::shell::road::Asked;
use crate::shell::storage::Whose;

/// A command that was used, by whom, and whether that person may manage the server.
#[derive(Debug)]
pub(in crate::shell::discord) struct Used {
    pub(in crate::shell::discord) command: Command,
    pub(in crate::shell::discord) asked: Asked,
    pub(in crate::shell::discord) whose: Whose,
    pub(in crate::shell::discord) by_manager: bool,
}

/// A command that was used; nothing if this version does not know it.
pub(in crate::shell::discord) fn command(interaction: &CommandInteraction, key: &[u8; 16]) -> Option<Used> {
    let data = &interaction.data;
    let subcommand = data.options.iter().find(|option| matches!(option.value, CommandDataOptionValue::SubCommand(_)));
    let name = subcommand.map_or_else(|| data.name.clone(), |subcommand| format!("{} {}", data.name, subcommand.name));
    let command = Command::by_name(&name)?;
    let text = match data.target() {
        Some(ResolvedTarget::Message(message)) => message.content.clone(),
        _ => {
            let options = [commands::TOPIC, commands::PROJECT, commands::QUESTION];
            options.into_iter().find_map(|name| text_option(data, name)).unwrap_or_default().to_owned()
        }
    };
    let private = command.is_private() || text_option(data, commands::VISIBILITY) == Some(commands::PRIVATE);
    let audience = if private { Audience::OnlyAsker } else { Audience::Everyone };
    let question = (!text.is_empty()).then(|| text.clone());
    let asker = Asker::signed(interaction.user.id.get(), key);
    let reader = Reader { asker, audience, question, ..Reader::default() };
    // Each interaction has an id of its own, whose last bits change the most.
    let number = u32::try_from(interaction.id.get() & u64::from(u32::MAX)).unwrap_or_default();
    let request = command.request(&text, number);
    let whose = whose(&interaction.user, &interaction.authorizing_integration_owners);
    let permissions = interaction.member.as_ref().and_then(|member| member.permissions).unwrap_or_default();
    let by_manager = permissions.intersects(Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR);
    Some(Used { command, asked: Asked { request, reader, can_be_private: true }, whose, by_manager })
}

/// Who pressed a button, and where.
pub(in crate::shell::discord) fn presser(interaction: &ComponentInteraction) -> Whose {
    whose(&interaction.user, &interaction.authorizing_integration_owners)
}

/// A person, and the server to which the bot was added; none where the person brought it along.
fn whose(user: &User, owners: &AuthorizingIntegrationOwners) -> Whose {
    let server = owners.0.iter().find_map(|owner| match owner {
        AuthorizingIntegrationOwner::GuildInstall(server) => *server,
        _ => None,
    });
    Whose { person: user.id.get(), server: server.map_or(0, GuildId::get) }
}

/// What was typed so far into the option that is being completed.
pub(in crate::shell::discord) fn typed(interaction: &CommandInteraction) -> String {
    interaction.data.autocomplete().map(|option| option.value.to_owned()).unwrap_or_default()
}

/// A message that is addressed to the bot; nothing for any other, and for those of bots and webhooks.
pub(in crate::shell::discord) fn message(message: &Message, me: UserId, key: &[u8; 16]) -> Option<(Asked, Whose)> {
    let by_person = !message.author.bot && message.webhook_id.is_none() && message.author.id != me;
    let conversation = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
    let to_me = |user: &User| user.id == me;
    let reply_to_me = || message.referenced_message.as_ref().is_some_and(|referenced| to_me(&referenced.author));
    let mentions_me = message.mentions.iter().any(to_me);
    // A reply that does not ping comes without its text, so there is nothing to answer.
    let has_text = !message.content.is_empty();
    let addressed = message.guild_id.is_none() || mentions_me || (has_text && reply_to_me());
    if !by_person || !conversation || !addressed {
        return None;
    }
    let reader = Reader { asker: Asker::signed(message.author.id.get(), key), ..Reader::default() };
    let whose = Whose { person: message.author.id.get(), server: message.guild_id.map_or(0, GuildId::get) };
    Some((Asked { request: Request::Ask(message.content.clone()), reader, can_be_private: false }, whose))
}

/// A button or menu that was used.
pub(in crate::shell::discord) fn press(interaction: &ComponentInteraction, codes: &Codes<'_>, key: &[u8; 16]) -> Press {
    let chosen = match &interaction.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => {
            let views: Result<Vec<View>, Unreadable> =
                values.iter().map(|value| view_from_text(value, codes)).collect();
            views.map(|views| views.into_iter().reduce(View::with))
        }
        _ => Ok(None),
    };
    let permissions = interaction.member.as_ref().and_then(|member| member.permissions).unwrap_or_default();
    let private = interaction.message.flags.unwrap_or_default().contains(MessageFlags::EPHEMERAL);
    let action = Action::from_custom_id(&interaction.data.custom_id, codes);
    let asker_in_state = action.as_ref().ok().map(|action| action.asker).filter(|asker| asker.is_genuine(key));
    Press {
        asker: asker_of(&interaction.message).or(asker_in_state.map(|asker| asker.id)),
        action,
        chosen,
        by: interaction.user.id.get(),
        may_manage_messages: permissions.intersects(Permissions::MANAGE_MESSAGES | Permissions::ADMINISTRATOR),
        audience: if private { Audience::OnlyAsker } else { Audience::Everyone },
    }
}

/// Who asked for a message, if Discord says so: for the answer to an interaction it does, for a reply it does not.
fn asker_of(message: &Message) -> Option<u64> {
    match message.interaction_metadata.as_deref() {
        Some(MessageInteractionMetadata::Command(by)) => Some(by.user.id.get()),
        Some(MessageInteractionMetadata::Component(by)) => Some(by.user.id.get()),
        _ => None,
    }
}

fn text_option<'d>(data: &'d CommandData, name: &str) -> Option<&'d str> {
    let option = data.options.iter().find(|option| option.name == name)?;
    match &option.value {
        CommandDataOptionValue::String(text) => Some(text),
        _ => None,
    }
}
