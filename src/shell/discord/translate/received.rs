//! What Discord sends, as far as an answer needs it. Everything else is skipped, so that a new form in somebody's profile or
//! in a component costs nothing. These are types of our own because serenity's models fail as a whole where one field does.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use serenity::all::{
    ApplicationId, ChannelId, GuildId, InteractionId, MessageId, Permissions, RoleId, Timestamp, UserId,
};

use super::lenient::{Partly, list, low_bits, or_default, parts, token};
use crate::presentation::text::unescaped;

/// The option of a subcommand.
///
/// Source: Discord's API documentation, "Application Command Option Type".
const SUBCOMMAND: u64 = 1;
/// The flag of a message that only one person sees.
const EPHEMERAL: u64 = 1 << 6;
/// An ordinary message.
const REGULAR: u64 = 0;
/// A message that replies to another one.
const REPLY: u64 = 19;
/// A message that says that a poll has ended.
const POLL_RESULT: u64 = 46;
/// Kinds of channel that are threads.
const THREADS: [u64; 3] = [10, 11, 12];
/// The permission to post polls, which serenity does not name as Discord does.
const SEND_POLLS: u64 = 1 << 49;

/// Somebody used a command, a button or a menu.
#[derive(Debug, Deserialize)]
pub(in crate::shell::discord) struct Interaction {
    pub(in crate::shell::discord) id: InteractionId,
    pub(in crate::shell::discord) application_id: ApplicationId,
    #[serde(deserialize_with = "token")]
    pub(in crate::shell::discord) token: String,
    #[serde(rename = "type")]
    pub(in crate::shell::discord) kind: Kind,
    #[serde(default, deserialize_with = "parts")]
    pub(super) data: Data,
    #[serde(default, deserialize_with = "or_default")]
    channel_id: Option<ChannelId>,
    #[serde(default, deserialize_with = "parts")]
    channel: Channel,
    /// The message that the button stands under.
    #[serde(default, deserialize_with = "or_default")]
    pub(super) message: Option<Message>,
    #[serde(default, deserialize_with = "parts")]
    member: Member,
    #[serde(default, deserialize_with = "parts")]
    user: Actor,
    #[serde(default, deserialize_with = "parts")]
    authorizing_integration_owners: Owners,
    /// What the bot may do here.
    #[serde(default, deserialize_with = "low_bits")]
    app_permissions: u64,
}

/// What somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u64")]
pub(in crate::shell::discord) enum Kind {
    /// Nobody did anything: Discord tries whether the bot answers.
    Ping,
    Command,
    Component,
    Autocomplete,
    Modal,
}

/// What exactly was used, and how.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Data {
    #[serde(deserialize_with = "or_default")]
    pub(super) name: String,
    #[serde(deserialize_with = "list")]
    pub(super) options: Vec<CommandOption>,
    #[serde(deserialize_with = "or_default")]
    target_id: Option<MessageId>,
    #[serde(deserialize_with = "parts")]
    resolved: Resolved,
    #[serde(deserialize_with = "or_default")]
    pub(super) custom_id: String,
    /// What was chosen in a menu.
    #[serde(deserialize_with = "list")]
    pub(super) values: Vec<String>,
    /// What was filled into a form.
    #[serde(deserialize_with = "list")]
    components: Vec<Filled>,
}

/// A field of a form with what was filled in, or what holds such fields: a row, or a label with its one component.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filled {
    #[serde(deserialize_with = "or_default")]
    custom_id: String,
    #[serde(deserialize_with = "or_default")]
    value: Option<String>,
    #[serde(deserialize_with = "list")]
    components: Vec<Self>,
    #[serde(deserialize_with = "or_default")]
    component: Option<Box<Self>>,
}

/// What the ids in a command stand for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Resolved {
    #[serde(deserialize_with = "or_default")]
    messages: BTreeMap<String, Value>,
    #[serde(deserialize_with = "or_default")]
    attachments: BTreeMap<String, Value>,
}

/// A file that was sent with a command.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::shell::discord) struct Attachment {
    /// Where it lies.
    pub(in crate::shell::discord) url: String,
    /// Its bytes.
    #[serde(default, deserialize_with = "or_default")]
    pub(in crate::shell::discord) size: u64,
}

/// An option of a command, or a subcommand with its options.
#[derive(Debug, Deserialize)]
pub(super) struct CommandOption {
    pub(super) name: String,
    #[serde(default, rename = "type", deserialize_with = "or_default")]
    kind: u64,
    #[serde(default)]
    value: Value,
    #[serde(default, deserialize_with = "or_default")]
    focused: bool,
    #[serde(default, deserialize_with = "list")]
    options: Vec<Self>,
}

/// A person or a bot.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct User {
    pub(super) id: UserId,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) bot: bool,
}

/// Where somebody did something.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::shell::discord) struct Channel {
    #[serde(rename = "type", deserialize_with = "or_default")]
    kind: u64,
    #[serde(deserialize_with = "or_default")]
    parent_id: Option<ChannelId>,
}

/// A person in a server.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Member {
    #[serde(deserialize_with = "parts")]
    user: Actor,
    #[serde(deserialize_with = "list")]
    roles: Vec<RoleId>,
    #[serde(deserialize_with = "low_bits")]
    permissions: u64,
}

/// Who acts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Actor {
    #[serde(deserialize_with = "or_default")]
    id: Option<UserId>,
}

/// For whom the bot was added.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Owners {
    /// For all in a server.
    #[serde(rename = "0", deserialize_with = "or_default")]
    server: Option<GuildId>,
}

/// A message.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::shell::discord) struct Message {
    pub(in crate::shell::discord) id: MessageId,
    pub(in crate::shell::discord) channel_id: ChannelId,
    #[serde(default, deserialize_with = "or_default")]
    pub(in crate::shell::discord) guild_id: Option<GuildId>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) author: Option<User>,
    #[serde(default)]
    webhook_id: Value,
    #[serde(default, rename = "type", deserialize_with = "or_default")]
    kind: u64,
    #[serde(default)]
    mentions: Partly<User>,
    #[serde(default)]
    mention_roles: Partly<RoleId>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) referenced_message: Option<Box<Message>>,
    #[serde(default, deserialize_with = "or_default")]
    interaction_metadata: Option<Cause>,
    #[serde(default, deserialize_with = "or_default")]
    message_reference: Option<Reference>,
    #[serde(default, deserialize_with = "low_bits")]
    flags: u64,
    #[serde(default, deserialize_with = "or_default")]
    timestamp: Option<Timestamp>,
    #[serde(default, deserialize_with = "or_default")]
    edited_timestamp: Option<Timestamp>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) content: String,
    #[serde(default, deserialize_with = "list")]
    pub(super) message_snapshots: Vec<Snapshot>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) poll: Option<Poll>,
    #[serde(default, deserialize_with = "list")]
    pub(super) embeds: Vec<Embed>,
    #[serde(default, deserialize_with = "list")]
    pub(super) components: Vec<Component>,
    #[serde(default, deserialize_with = "list")]
    pub(super) attachments: Vec<Described>,
}

/// The interaction that a message answers.
#[derive(Debug, Clone, Deserialize)]
struct Cause {
    user: User,
}

/// A message that was forwarded.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Snapshot {
    pub(super) message: Forwarded,
}

/// What is forwarded of a message.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Forwarded {
    #[serde(deserialize_with = "or_default")]
    pub(super) content: String,
    #[serde(deserialize_with = "or_default")]
    pub(super) poll: Option<Poll>,
    #[serde(deserialize_with = "list")]
    pub(super) embeds: Vec<Embed>,
    #[serde(deserialize_with = "list")]
    pub(super) components: Vec<Component>,
    #[serde(deserialize_with = "list")]
    pub(super) attachments: Vec<Described>,
}

/// A poll.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Poll {
    pub(super) question: PollQuestion,
    #[serde(default, deserialize_with = "or_default")]
    results: Results,
}

/// The votes of a poll.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Results {
    #[serde(deserialize_with = "or_default")]
    is_finalized: bool,
    #[serde(deserialize_with = "list")]
    answer_counts: Vec<AnswerCount>,
}

/// The votes for one answer; an answer without votes may be missing.
#[derive(Debug, Clone, Deserialize)]
struct AnswerCount {
    id: u64,
    count: u32,
}

/// The message that another one is about.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(in crate::shell::discord) struct Reference {
    #[serde(rename = "message_id")]
    pub(in crate::shell::discord) message: MessageId,
    #[serde(rename = "channel_id")]
    pub(in crate::shell::discord) channel: ChannelId,
}

/// What a poll asks.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct PollQuestion {
    pub(super) text: String,
}

/// A box under a message.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Embed {
    #[serde(deserialize_with = "or_default")]
    pub(super) title: String,
    #[serde(deserialize_with = "or_default")]
    pub(super) description: String,
    #[serde(deserialize_with = "list")]
    pub(super) fields: Vec<EmbedField>,
    #[serde(deserialize_with = "parts")]
    pub(super) footer: EmbedFooter,
}

/// The small line below a box.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct EmbedFooter {
    #[serde(deserialize_with = "or_default")]
    pub(super) text: String,
}

/// A file or a picture. Of a picture in a component only its description is read.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Described {
    #[serde(deserialize_with = "or_default")]
    pub(super) description: String,
    #[serde(deserialize_with = "or_default")]
    url: String,
    #[serde(deserialize_with = "or_default")]
    size: u64,
}

/// A field of a box.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct EmbedField {
    pub(super) name: String,
    pub(super) value: String,
}

/// A part of a message that is made of components: a text, pictures, or what holds others.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Component {
    #[serde(deserialize_with = "or_default")]
    pub(super) content: String,
    #[serde(deserialize_with = "or_default")]
    pub(super) custom_id: String,
    #[serde(deserialize_with = "list")]
    pub(super) components: Vec<Self>,
    /// What stands beside the components that it holds.
    #[serde(deserialize_with = "or_default")]
    pub(super) accessory: Option<Box<Self>>,
    #[serde(deserialize_with = "or_default")]
    pub(super) description: String,
    #[serde(deserialize_with = "list")]
    pub(super) items: Vec<Described>,
}

impl TryFrom<u64> for Kind {
    type Error = &'static str;

    fn try_from(number: u64) -> Result<Self, Self::Error> {
        match number {
            1 => Ok(Self::Ping),
            2 => Ok(Self::Command),
            3 => Ok(Self::Component),
            4 => Ok(Self::Autocomplete),
            5 => Ok(Self::Modal),
            _ => Err("an unknown type of interaction"),
        }
    }
}

impl Interaction {
    /// Who acts; nobody where Discord only tries whether the bot answers.
    pub(in crate::shell::discord) fn by(&self) -> Option<UserId> {
        self.member.user.id.or(self.user.id)
    }

    /// Where it happened; 0 where Discord does not say so.
    pub(in crate::shell::discord) fn channel(&self) -> u64 {
        self.channel_id.map_or(0, ChannelId::get)
    }

    /// The ids of the channel where it happened, and of the one that it is a thread of.
    pub(super) fn channels(&self) -> Vec<u64> {
        self.channel_id.into_iter().chain(self.channel.thread_of()).map(ChannelId::get).collect()
    }

    /// The ids of the roles of the person who acts.
    pub(super) fn roles(&self) -> Vec<u64> {
        self.member.roles.iter().map(|role| role.get()).collect()
    }

    /// The message that a button or a menu stands under.
    pub(in crate::shell::discord) fn message(&self) -> Option<&Message> {
        self.message.as_ref()
    }

    /// The button that was pressed: the message that it stands under, and its state.
    pub(in crate::shell::discord) fn button(&self) -> Option<(MessageId, String)> {
        self.message.as_ref().map(|message| (message.id, self.data.custom_id.clone()))
    }

    /// What that person may do here.
    pub(super) fn permissions(&self) -> Permissions {
        Permissions::from_bits_truncate(self.member.permissions)
    }

    /// Whether the bot may post a poll here, as far as Discord says so.
    pub(super) fn may_post_polls(&self) -> bool {
        let needed = SEND_POLLS | Permissions::ADMINISTRATOR.bits();
        self.app_permissions == 0 || self.app_permissions & needed != 0
    }

    /// What was typed before into a form that is opened again, by the heading under which a message shows it; nothing where it
    /// shows none.
    pub(super) fn shown(&self) -> Option<(&str, Vec<(&str, String)>)> {
        let embed = self.message.as_ref()?.embeds.first()?;
        let fields = embed.fields.iter().map(|field| (field.name.as_str(), unescaped(&field.value)));
        Some((embed.title.as_str(), fields.collect()))
    }

    /// The server to which the bot was added; 0 where the person brought it along.
    pub(super) fn server(&self) -> u64 {
        self.authorizing_integration_owners.server.map_or(0, GuildId::get)
    }
}

impl Channel {
    /// The channel that it is a thread of. That of any other channel is its category.
    pub(in crate::shell::discord) fn thread_of(&self) -> Option<ChannelId> {
        self.parent_id.filter(|_| THREADS.contains(&self.kind))
    }
}

impl Data {
    /// The subcommand that was used.
    pub(super) fn subcommand(&self) -> Option<&CommandOption> {
        self.options.iter().find(|option| option.kind == SUBCOMMAND)
    }

    /// The text of an option, also of a subcommand.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let options = self.subcommand().map_or(&self.options, |subcommand| &subcommand.options);
        options.iter().find(|option| option.name == name)?.value.as_str()
    }

    /// The file of an option.
    pub(super) fn attachment(&self, name: &str) -> Option<Attachment> {
        let attachment = self.resolved.attachments.get(self.text(name)?)?;
        Attachment::deserialize(attachment).ok()
    }

    /// What was given for an option of the command or its subcommand.
    pub(super) fn given(&self, name: &str) -> Option<String> {
        let options = self.subcommand().map_or(&self.options, |subcommand| &subcommand.options);
        match &options.iter().find(|option| option.name == name)?.value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// What was typed so far into the option that is being completed.
    pub(super) fn typed(&self) -> &str {
        focused(&self.options).unwrap_or_default()
    }

    /// What was filled into the field of a form; nothing where there is no such field, or none that can be read.
    pub(super) fn filled(&self, name: &str) -> Option<String> {
        find_filled(&self.components, name).map(str::to_owned)
    }

    /// The message that a message command was used on.
    pub(super) fn target(&self) -> Option<Message> {
        let message = self.resolved.messages.get(&self.target_id?.to_string())?;
        Message::deserialize(message).ok()
    }
}

fn has_one_of<const N: usize>(text: &str, mentions: [String; N]) -> bool {
    mentions.iter().any(|mention| text.contains(mention))
}

fn find_filled<'f>(fields: &'f [Filled], name: &str) -> Option<&'f str> {
    fields.iter().find_map(|field| {
        let own = field.value.as_deref().filter(|_| field.custom_id == name);
        let labelled = || find_filled(std::slice::from_ref(field.component.as_deref()?), name);
        own.or_else(|| find_filled(&field.components, name)).or_else(labelled)
    })
}

fn focused(options: &[CommandOption]) -> Option<&str> {
    let own = |option: &&CommandOption| option.focused;
    let here = options.iter().find(own).and_then(|option| option.value.as_str());
    here.or_else(|| options.iter().find_map(|option| focused(&option.options)))
}

impl Message {
    /// Whether a person wrote it, and not a bot, a webhook or Discord itself.
    pub(super) fn is_by_person(&self) -> bool {
        let by_person = self.author.as_ref().is_some_and(|author| !author.bot) && self.webhook_id.is_null();
        by_person && matches!(self.kind, REGULAR | REPLY)
    }

    /// Whether somebody of this id wrote it.
    pub(in crate::shell::discord) fn is_by(&self, id: UserId) -> bool {
        self.author.as_ref().is_some_and(|author| author.id == id)
    }

    /// Whether it mentions somebody. Where the form of its list is not known, its text says so.
    pub(super) fn mentions(&self, id: UserId) -> bool {
        let is_listed = self.mentions.items.iter().any(|user| user.id == id);
        is_listed || (!self.mentions.is_whole && has_one_of(&self.content, [format!("<@{id}>"), format!("<@!{id}>")]))
    }

    /// Whether it mentions a role, likewise.
    pub(super) fn mentions_role(&self, id: RoleId) -> bool {
        let roles = &self.mention_roles;
        roles.items.contains(&id) || (!roles.is_whole && has_one_of(&self.content, [format!("<@&{id}>")]))
    }

    /// The poll whose end this message notifies of, if somebody of this id posted that.
    pub(in crate::shell::discord) fn ends_poll_of(&self, id: UserId) -> Option<Reference> {
        self.message_reference.filter(|_| self.kind == POLL_RESULT && self.is_by(id))
    }

    /// Whether it replies to a message, and was written by the author of that.
    pub(in crate::shell::discord) fn is_reply_of_same_author(&self, to: &Self) -> bool {
        let is_reply = self.kind == REPLY && self.message_reference.is_some_and(|reference| reference.message == to.id);
        is_reply && to.author.as_ref().is_some_and(|author| self.is_by(author.id))
    }

    /// The votes of its poll by the numbers of the answers; nothing until they are final.
    pub(in crate::shell::discord) fn final_counts(&self) -> Option<BTreeMap<u64, u32>> {
        let results = &self.poll.as_ref()?.results;
        let counts = results.answer_counts.iter().map(|count| (count.id, count.count));
        results.is_finalized.then(|| counts.collect())
    }

    /// The states of its buttons and menus.
    pub(in crate::shell::discord) fn custom_ids(&self) -> impl Iterator<Item = &str> {
        self.components.iter().flat_map(|row| &row.components).map(|component| component.custom_id.as_str())
    }

    /// The first of its files.
    pub(in crate::shell::discord) fn file(&self) -> Option<Attachment> {
        self.attachments.first().map(|file| Attachment { url: file.url.clone(), size: file.size })
    }

    /// Whether only one person sees it.
    pub(super) fn is_private(&self) -> bool {
        self.flags & EPHEMERAL != 0
    }

    /// Who used the command or the button that it answers.
    pub(super) fn caused_by(&self) -> Option<UserId> {
        self.interaction_metadata.as_ref().map(|cause| cause.user.id)
    }

    /// How many seconds after it was written it was edited last; nothing where it was not edited.
    pub(in crate::shell::discord) fn edited_after(&self) -> Option<i64> {
        Some(self.edited_timestamp?.unix_timestamp() - self.timestamp?.unix_timestamp())
    }
}
