//! Replies in Discord's form. Nothing is decided here.

use serenity::all::{
    AutocompleteChoice, ButtonStyle, ChannelId, CreateActionRow, CreateAllowedMentions, CreateAttachment,
    CreateAutocompleteResponse, CreateButton, CreateEmbed, CreateEmbedAuthor, CreateEmbedFooter,
    CreateInteractionResponse, CreateInteractionResponseFollowup, CreateInteractionResponseMessage, CreateMessage,
    CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption, Message, MessageId, MessageReference,
    MessageReferenceKind, Nonce,
};

use crate::presentation::chart::{Chart, FILE};
use crate::presentation::reply::{Button, Choice, Embed, Menu, Reply, Row, Style};

/// The answer to a command.
pub(in crate::shell::discord) fn answer(
    reply: &Reply,
    private: bool,
    picture: Option<&CreateAttachment>,
) -> CreateInteractionResponse {
    CreateInteractionResponse::Message(content(reply, picture).ephemeral(private))
}

/// Another reply in the message whose button was pressed; without a picture the one that was there goes.
pub(in crate::shell::discord) fn update(
    reply: &Reply,
    picture: Option<&CreateAttachment>,
) -> CreateInteractionResponse {
    CreateInteractionResponse::UpdateMessage(content(reply, picture))
}

/// A sentence that only the one who pressed or asked sees.
pub(in crate::shell::discord) fn remark(text: &str) -> CreateInteractionResponse {
    let message = CreateInteractionResponseMessage::new().content(text).ephemeral(true);
    CreateInteractionResponse::Message(message.allowed_mentions(nobody()))
}

/// A second message after the answer, for everyone.
pub(in crate::shell::discord) fn follow_up(
    reply: &Reply,
    picture: Option<&CreateAttachment>,
) -> CreateInteractionResponseFollowup {
    let message = CreateInteractionResponseFollowup::new().embed(embed(&reply.embed, picture));
    let message = message.components(rows(&reply.rows)).allowed_mentions(nobody());
    picture.cloned().into_iter().fold(message, CreateInteractionResponseFollowup::add_file)
}

/// A sentence after the answer that only the one who pressed sees.
pub(in crate::shell::discord) fn follow_up_remark(text: &str) -> CreateInteractionResponseFollowup {
    CreateInteractionResponseFollowup::new().content(text).ephemeral(true).allowed_mentions(nobody())
}

/// A message that answers another one.
pub(in crate::shell::discord) fn message(
    reply: &Reply,
    to: &Message,
    picture: Option<&CreateAttachment>,
) -> CreateMessage {
    let message = CreateMessage::new().embed(embed(&reply.embed, picture)).components(rows(&reply.rows));
    let message = picture.cloned().into_iter().fold(message, CreateMessage::add_file);
    // The same nonce for the same question: Discord drops the second of two answers.
    let message = message.nonce(Nonce::String(to.id.to_string())).enforce_nonce(true);
    message.reference_message(reference(to.channel_id, to.id)).allowed_mentions(nobody())
}

/// What an autocompletion offers.
pub(in crate::shell::discord) fn choices(choices: &[Choice]) -> CreateInteractionResponse {
    let choices = choices.iter().map(|choice| AutocompleteChoice::new(choice.name.as_str(), choice.value.as_str()));
    CreateInteractionResponse::Autocomplete(CreateAutocompleteResponse::new().set_choices(choices.collect()))
}

fn content(reply: &Reply, picture: Option<&CreateAttachment>) -> CreateInteractionResponseMessage {
    let message = CreateInteractionResponseMessage::new().embed(embed(&reply.embed, picture));
    let message = message.components(rows(&reply.rows)).allowed_mentions(nobody());
    picture.cloned().into_iter().fold(message, CreateInteractionResponseMessage::add_file)
}

/// Nobody is pinged, whatever an answer says.
fn nobody() -> CreateAllowedMentions {
    CreateAllowedMentions::new().replied_user(false)
}

/// The question may be deleted by now; then the answer stands alone.
fn reference(channel: ChannelId, message: MessageId) -> MessageReference {
    MessageReference::new(MessageReferenceKind::Default, channel).message_id(message).fail_if_not_exists(false)
}

/// A chart that was drawn, with its description for those who cannot see it.
pub(in crate::shell::discord) fn picture(chart: &Chart, png: Vec<u8>) -> CreateAttachment {
    CreateAttachment::bytes(png, FILE).description(chart.description.as_str())
}

fn embed(embed: &Embed, picture: Option<&CreateAttachment>) -> CreateEmbed {
    let fields = embed.fields.iter().map(|field| (field.name.as_str(), field.text().markdown(), field.inline));
    let mut out = CreateEmbed::new()
        .title(embed.title.as_str())
        .description(embed.description.markdown())
        .colour(embed.colour)
        .fields(fields);
    if let Some(author) = &embed.author {
        out = out.author(CreateEmbedAuthor::new(author.as_str()));
    }
    if let Some(picture) = picture {
        out = out.attachment(picture.filename.as_str());
    }
    if let Some(footer) = &embed.footer {
        out = out.footer(CreateEmbedFooter::new(footer.as_str()));
    }
    out
}

fn rows(rows: &[Row]) -> Vec<CreateActionRow> {
    let row = |row: &Row| match row {
        Row::Buttons(buttons) => CreateActionRow::Buttons(buttons.iter().map(button).collect()),
        Row::Menu(menu) => CreateActionRow::SelectMenu(select_menu(menu)),
    };
    rows.iter().map(row).collect()
}

fn button(button: &Button) -> CreateButton {
    let style = match button.style {
        Style::Primary => ButtonStyle::Primary,
        Style::Secondary => ButtonStyle::Secondary,
        Style::Danger => ButtonStyle::Danger,
    };
    CreateButton::new(button.custom_id.as_str()).label(button.label.as_str()).style(style)
}

fn select_menu(menu: &Menu) -> CreateSelectMenu {
    let options = menu.options.iter().map(|option| {
        let item = CreateSelectMenuOption::new(option.label.as_str(), option.value.as_str());
        // Discord refuses an empty description.
        if option.description.is_empty() { item } else { item.description(option.description.as_str()) }
    });
    let kind = CreateSelectMenuKind::String { options: options.collect() };
    let most = if menu.many { u8::try_from(menu.options.len()).unwrap_or(u8::MAX) } else { 1 };
    CreateSelectMenu::new(menu.custom_id.as_str(), kind).placeholder(menu.placeholder.as_str()).max_values(most)
}
