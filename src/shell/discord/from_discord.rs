//! What Discord says, as requests. Nothing is decided here.

use serenity::all::{
    CommandData, CommandDataOptionValue, CommandInteraction, ComponentInteraction, ComponentInteractionDataKind,
    Message, MessageCommandInteractionMetadata, MessageComponentInteractionMetadata, MessageFlags,
    MessageInteractionMetadata, MessageType, Permissions, ResolvedTarget, User, UserId,
};

use super::press::Press;
use crate::domain::request::{Request, Shown};
use crate::presentation::action::{Action, shown_from_text};
use crate::presentation::commands::{self, Command};
use crate::presentation::{Audience, Reader};

/// What somebody asked for, and for whom it is answered.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) request: Request,
    pub(super) reader: Reader,
}

/// A command that was used; nothing if this version does not know it.
pub(super) fn command(interaction: &CommandInteraction) -> Option<Asked> {
    let data = &interaction.data;
    let command = Command::by_name(&data.name)?;
    let text = match data.target() {
        Some(ResolvedTarget::Message(message)) => message.content.clone(),
        _ => {
            let options = [commands::TOPIC, commands::PROJECT, commands::QUESTION];
            options.into_iter().find_map(|name| text_option(data, name)).unwrap_or_default().to_owned()
        }
    };
    // What stands in somebody's message is answered to the one who asked; sharing it is a second step.
    let private = !command.is_slash() || text_option(data, commands::VISIBILITY) == Some(commands::PRIVATE);
    let audience = if private { Audience::OnlyAsker } else { Audience::Everyone };
    let question = (!text.is_empty()).then(|| text.clone());
    let reader = Reader { asker: interaction.user.id.get(), audience, question };
    Some(Asked { request: command.request(&text), reader })
}

/// What was typed so far into the option that is being completed.
pub(super) fn typed(interaction: &CommandInteraction) -> String {
    interaction.data.autocomplete().map(|option| option.value.to_owned()).unwrap_or_default()
}

/// A message that is addressed to the bot; nothing for any other, and for those of bots and webhooks.
pub(super) fn message(message: &Message, me: UserId) -> Option<Asked> {
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
    let reader = Reader { asker: message.author.id.get(), audience: Audience::Everyone, question: None };
    Some(Asked { request: Request::Ask(message.content.clone()), reader })
}

/// A button or menu that was used.
pub(super) fn press(interaction: &ComponentInteraction) -> Press {
    let chosen = match &interaction.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => {
            let shown: Option<Vec<Shown>> = values.iter().map(|value| shown_from_text(value)).collect();
            shown.and_then(|shown| shown.into_iter().reduce(Shown::with))
        }
        _ => None,
    };
    let permissions = interaction.member.as_ref().and_then(|member| member.permissions).unwrap_or_default();
    let private = interaction.message.flags.unwrap_or_default().contains(MessageFlags::EPHEMERAL);
    Press {
        action: Action::from_custom_id(&interaction.data.custom_id),
        chosen,
        by: interaction.user.id.get(),
        may_manage_messages: permissions.intersects(Permissions::MANAGE_MESSAGES | Permissions::ADMINISTRATOR),
        audience: if private { Audience::OnlyAsker } else { Audience::Everyone },
    }
}

/// The id of what the message answers that a button stands under: of an interaction, or the message's own.
pub(super) fn answered(interaction: &ComponentInteraction) -> u64 {
    let message = &interaction.message;
    match message.interaction_metadata.as_deref() {
        Some(
            MessageInteractionMetadata::Command(MessageCommandInteractionMetadata { id, .. })
            | MessageInteractionMetadata::Component(MessageComponentInteractionMetadata { id, .. }),
        ) => id.get(),
        _ => message.id.get(),
    }
}

fn text_option<'d>(data: &'d CommandData, name: &str) -> Option<&'d str> {
    let option = data.options.iter().find(|option| option.name == name)?;
    match &option.value {
        CommandDataOptionValue::String(text) => Some(text),
        _ => None,
    }
}
