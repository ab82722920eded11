//! Replies in Discord's form. Nothing is decided here.

use std::time::Duration;

use serde_json::Value;
use serenity::all::{
    AutocompleteChoice, ButtonStyle, ChannelId, ChannelType, CreateActionRow, CreateAllowedMentions, CreateAttachment,
    CreateAutocompleteResponse, CreateButton, CreateEmbed, CreateEmbedAuthor, CreateEmbedFooter, CreateInputText,
    CreateInteractionResponse, CreateInteractionResponseFollowup, CreateInteractionResponseMessage, CreateMessage,
    CreateModal, CreatePoll, CreatePollAnswer, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
    EditInteractionResponse, InputTextStyle, MessageId, MessageReference, MessageReferenceKind, Nonce, RoleId,
};

use super::received::Message;
use crate::presentation::Poll;
use crate::presentation::chart::{Chart, FILE};
use crate::presentation::form::{Input, Modal};
use crate::presentation::reply::{Button, Choice, Embed, File, Menu, Offers, Reply, Row, Select, SelectOption, Style};

/// How much of a reply is sent: what Discord does not allow in a place is left out.
#[derive(Debug, Clone, Copy)]
pub(in crate::shell::discord) struct Form<'p> {
    pub(in crate::shell::discord) picture: Option<&'p CreateAttachment>,
    /// Whether the words stand in a frame.
    pub(in crate::shell::discord) is_framed: bool,
    /// Whether a message refers to the one that it answers.
    pub(in crate::shell::discord) refers: bool,
}

/// What an interaction is answered with.
#[derive(Clone, Copy)]
pub(in crate::shell::discord) enum Response<'r> {
    /// A message, which only the one who asked sees if it is private.
    New { reply: &'r Reply, is_private: bool },
    /// The same with its full form at hand: the reply is made only where that form is refused.
    Cached { reply: &'r (dyn Fn() -> Reply + Sync), is_private: bool },
    /// Another reply in the message whose button was pressed; without a picture the one that was there goes.
    Update(&'r Reply),
    /// The same message with other things to press under it.
    Controls(&'r Reply),
    /// A sentence that only the one who pressed or asked sees.
    Remark(&'r str),
    /// A form to be filled in.
    Form(&'r Modal),
    /// What an autocompletion offers.
    Choices(&'r [Choice]),
    /// Nothing that is seen.
    Acknowledgement,
}

impl Response<'_> {
    /// Whether menus for settings stand under it.
    pub(in crate::shell::discord) fn has_settings(self) -> bool {
        let reply = match self {
            Self::New { reply, .. } | Self::Update(reply) | Self::Controls(reply) => reply,
            Self::Cached { .. } | Self::Remark(_) | Self::Form(_) | Self::Choices(_) | Self::Acknowledgement => {
                return false;
            }
        };
        reply.rows.iter().any(|row| matches!(row, Row::Select(_)))
    }
}

/// Writes the ids that are chosen in menus as texts, as Discord does: serenity writes them as numbers.
pub(in crate::shell::discord) fn write_ids_as_text(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            let is_default = fields.len() == 2 && fields.contains_key("type");
            for (name, field) in fields {
                match field {
                    Value::Number(id) if is_default && name == "id" => *field = Value::String(id.to_string()),
                    field => write_ids_as_text(field),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(write_ids_as_text),
        _ => {}
    }
}

/// The answer to an interaction in one of its forms.
pub(in crate::shell::discord) fn response(response: Response<'_>, form: Form<'_>) -> CreateInteractionResponse {
    match response {
        Response::New { reply, is_private } => {
            CreateInteractionResponse::Message(content(reply, form).ephemeral(is_private))
        }
        Response::Cached { reply, is_private } => {
            CreateInteractionResponse::Message(content(&reply(), form).ephemeral(is_private))
        }
        // An earlier answer may have come without a frame.
        Response::Update(reply) if form.is_framed => {
            CreateInteractionResponse::UpdateMessage(content(reply, form).content(""))
        }
        Response::Update(reply) => CreateInteractionResponse::UpdateMessage(content(reply, form)),
        Response::Controls(reply) => {
            let message = CreateInteractionResponseMessage::new().components(rows(&reply.rows));
            CreateInteractionResponse::UpdateMessage(message.allowed_mentions(nobody()))
        }
        Response::Remark(text) => {
            let message = CreateInteractionResponseMessage::new().content(text).ephemeral(true);
            CreateInteractionResponse::Message(message.allowed_mentions(nobody()))
        }
        Response::Form(form) => CreateInteractionResponse::Modal(modal(form)),
        Response::Choices(choices) => choices_of(choices),
        Response::Acknowledgement => CreateInteractionResponse::Acknowledge,
    }
}

/// The answer to an interaction that puts something to the vote, in one of its forms.
pub(in crate::shell::discord) fn vote(reply: &Reply, poll: &Poll, form: Form<'_>) -> CreateInteractionResponse {
    let answers = poll.answers.iter().map(|answer| CreatePollAnswer::new().text(answer.as_str())).collect();
    let duration = Duration::from_secs(u64::from(poll.hours) * 60 * 60);
    let poll = CreatePoll::new().question(poll.question.as_str()).answers(answers).duration(duration);
    CreateInteractionResponse::Message(content(reply, form).poll(poll))
}

/// A second message after the answer, for everyone. Its picture follows by `edit`.
pub(in crate::shell::discord) fn follow_up(reply: &Reply, form: Form<'_>) -> CreateInteractionResponseFollowup {
    let message = CreateInteractionResponseFollowup::new();
    let message = match form.is_framed {
        true => message.embed(embed(&reply.embed, None)),
        false => message.content(reply.words()),
    };
    message.components(rows(&reply.rows)).allowed_mentions(nobody())
}

/// A sentence after the answer that only the one who pressed sees.
pub(in crate::shell::discord) fn follow_up_remark(text: &str) -> CreateInteractionResponseFollowup {
    CreateInteractionResponseFollowup::new().content(text).ephemeral(true).allowed_mentions(nobody())
}

/// A change of a message that was sent: its picture is added.
pub(in crate::shell::discord) fn with_picture(reply: &Reply, picture: &CreateAttachment) -> EditInteractionResponse {
    let edit = EditInteractionResponse::new().embed(embed(&reply.embed, Some(picture)));
    edit.new_attachment(picture.clone()).allowed_mentions(nobody())
}

/// A change of a message that was sent: other things can be pressed under it.
pub(in crate::shell::discord) fn with_controls(reply: &Reply) -> EditInteractionResponse {
    EditInteractionResponse::new().components(rows(&reply.rows)).allowed_mentions(nobody())
}

/// A message that answers another one.
pub(in crate::shell::discord) fn message(reply: &Reply, to: &Message, form: Form<'_>) -> CreateMessage {
    let message = match form.is_framed {
        true => CreateMessage::new().embed(embed(&reply.embed, form.picture)),
        false => CreateMessage::new().content(reply.words()),
    };
    let message = message.components(rows(&reply.rows)).allowed_mentions(nobody());
    let message = form.picture.cloned().into_iter().fold(message, CreateMessage::add_file);
    // The same nonce for the same question: Discord drops the second of two answers.
    let message = message.nonce(Nonce::String(to.id.to_string())).enforce_nonce(true);
    if form.refers { message.reference_message(reference(to.channel_id, to.id)) } else { message }
}

fn choices_of(choices: &[Choice]) -> CreateInteractionResponse {
    let choices = choices.iter().map(|choice| AutocompleteChoice::new(choice.name.as_str(), choice.value.as_str()));
    CreateInteractionResponse::Autocomplete(CreateAutocompleteResponse::new().set_choices(choices.collect()))
}

fn content(reply: &Reply, form: Form<'_>) -> CreateInteractionResponseMessage {
    let message = match form.is_framed {
        true => CreateInteractionResponseMessage::new().embed(embed(&reply.embed, form.picture)),
        // An update that names no embeds would leave the earlier one.
        false => CreateInteractionResponseMessage::new().embeds(Vec::new()).content(reply.words()),
    };
    let message = message.components(rows(&reply.rows)).allowed_mentions(nobody());
    form.picture.cloned().into_iter().fold(message, CreateInteractionResponseMessage::add_file)
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

/// A file that is sent with a reply.
pub(in crate::shell::discord) fn file(file: &File) -> CreateAttachment {
    CreateAttachment::bytes(file.text.as_bytes(), file.name)
}

fn embed(embed: &Embed, picture: Option<&CreateAttachment>) -> CreateEmbed {
    let fields = embed.fields.iter().map(|field| (field.name.as_str(), field.text().markdown(), field.inline));
    let mut out = CreateEmbed::new().title(embed.title.as_str()).colour(embed.colour).fields(fields);
    if !embed.description.is_empty() {
        out = out.description(embed.description.markdown());
    }
    if let Some(author) = &embed.author {
        out = out.author(CreateEmbedAuthor::new(author.as_str()));
    }
    // Any other file is not shown in the frame.
    if let Some(picture) = picture.filter(|picture| picture.filename == FILE) {
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
        Row::Select(select) => CreateActionRow::SelectMenu(setting_menu(select)),
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

/// Channels in which people write, and threads in them.
const WITH_MESSAGES: [ChannelType; 8] = [
    ChannelType::Text,
    ChannelType::News,
    ChannelType::Voice,
    ChannelType::Stage,
    ChannelType::Forum,
    ChannelType::PublicThread,
    ChannelType::PrivateThread,
    ChannelType::NewsThread,
];

fn setting_menu(select: &Select) -> CreateSelectMenu {
    let (kind, least, most) = match &select.offers {
        Offers::One(options) => {
            let option = |option: &SelectOption| {
                CreateSelectMenuOption::new(option.label.as_str(), option.value).default_selection(option.is_chosen)
            };
            (CreateSelectMenuKind::String { options: options.iter().map(option).collect() }, 1, 1)
        }
        Offers::Channels(chosen) => {
            let default_channels = Some(chosen.iter().map(|id| ChannelId::new(*id)).collect());
            let channel_types = Some(WITH_MESSAGES.to_vec());
            (CreateSelectMenuKind::Channel { channel_types, default_channels }, 0, MOST_CHANNELS)
        }
        Offers::Role(chosen) => {
            let default_roles = Some(chosen.iter().map(|id| RoleId::new(*id)).collect());
            (CreateSelectMenuKind::Role { default_roles }, 0, 1)
        }
    };
    let menu = CreateSelectMenu::new(select.custom_id.as_str(), kind).placeholder(select.placeholder.as_str());
    menu.min_values(least).max_values(most)
}

/// As many channels as a menu gives at the most.
const MOST_CHANNELS: u8 = 25;

fn modal(form: &Modal) -> CreateModal {
    let rows = form.inputs.iter().map(|input| CreateActionRow::InputText(input_text(input)));
    CreateModal::new(form.custom_id.as_str(), form.title.as_str()).components(rows.collect())
}

fn input_text(input: &Input) -> CreateInputText {
    let style = if input.is_long { InputTextStyle::Paragraph } else { InputTextStyle::Short };
    let most = u16::try_from(input.most).unwrap_or(u16::MAX);
    let text = CreateInputText::new(style, input.label.as_str(), input.name).max_length(most);
    let text = text.required(!input.is_optional).placeholder(input.hint.as_str());
    // Discord refuses an empty value.
    if input.value.is_empty() { text } else { text.value(input.value.as_str()) }
}
