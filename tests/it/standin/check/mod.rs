//! Holds what the bot sends against Discord's rules: `twilight-model` parses it, `twilight-validate`
//! knows the limits, and a few rules that those two leave out are checked here.

mod commands;
mod forms;
mod polls;

use std::collections::HashSet;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use twilight_model::channel::message::{AllowedMentions, Component, Embed};
use twilight_model::http::interaction::{InteractionResponse, InteractionResponseType};
use twilight_validate::{command, message};

use super::attachments::referred_to;
use super::record::{Recorded, controls, is_ephemeral, list};

const CHOICES: usize = 25;
const NONCE: usize = 25;
const ATTACHMENT_DESCRIPTION: usize = 1024;
const COMPONENTS_V2: u64 = 1 << 15;

/// Everything that is wrong with a request; nothing if it is none that carries a message or commands.
pub(crate) fn check(request: &Recorded) -> Vec<String> {
    let mut violations = Violations::default();
    check_headers(request, &mut violations);
    check_files(request, &mut violations);
    match (request.method.as_str(), request.segments().as_slice()) {
        ("POST", ["interactions", _, _, "callback"]) => callback(&request.body, &mut violations),
        ("POST", ["webhooks", _, _]) => new_message(request, &mut violations),
        ("POST", ["channels", _, "messages"]) => {
            new_message(request, &mut violations);
            if is_ephemeral(&request.body) {
                violations.add("only an answer to an interaction can be ephemeral");
            }
        }
        ("PATCH", ["webhooks" | "channels", .., "messages", _]) => {
            check_message(&request.body, &mut violations);
            polls::check_change(&request.body, &mut violations);
        }
        ("PUT", ["applications", .., "commands"]) => {
            commands::check(&request.body, &mut violations);
        }
        _ => {}
    }
    violations.0
}

#[derive(Default)]
struct Violations(Vec<String>);

impl Violations {
    fn add(&mut self, violation: impl Into<String>) {
        self.0.push(violation.into());
    }

    /// The limit itself is only in the error's debug form.
    fn require<E: std::error::Error>(&mut self, what: &str, result: Result<(), E>) {
        if let Err(error) = result {
            self.add(format!("{what}: {error}: {error:?}"));
        }
    }

    /// Reads a value as one of Discord's types.
    fn parse<T: DeserializeOwned>(&mut self, what: &str, value: &Value) -> Option<T> {
        match serde_json::from_value(value.clone()) {
            Ok(parsed) => Some(parsed),
            Err(error) => {
                self.add(format!("{what} does not parse: {error}: {value}"));
                None
            }
        }
    }
}

fn check_headers(request: &Recorded, violations: &mut Violations) {
    let agent = request.header("user-agent").unwrap_or_default();
    if !agent.starts_with("DiscordBot (") {
        violations.add(format!("the user agent {agent:?} is not of the form `DiscordBot (URL, VERSION)`"));
    }
    let content = request.header("content-type").unwrap_or_default();
    let is_form = content.starts_with("multipart/form-data");
    if !request.body.is_null() && !is_form && !content.starts_with("application/json") {
        violations.add(format!("the content type {content:?} is not JSON's"));
    }
}

/// An embed shows only files that come with it; each file is described so that everybody can know what it shows.
fn check_files(request: &Recorded, violations: &mut Violations) {
    for name in referred_to(request.message()) {
        if !request.files.iter().any(|file| file.name == name) {
            violations.add(format!("an embed shows the file {name:?}, which is not sent with it"));
        }
    }
    for said in list(request.message(), "attachments") {
        let description = said["description"].as_str().unwrap_or_default();
        if description.chars().count() > ATTACHMENT_DESCRIPTION {
            violations.add("the description of an attachment has at most 1024 characters");
        }
        if said["id"].is_u64() && !request.files.iter().any(|file| file.is_meant_by(said)) {
            violations.add(format!("no file belongs to the attachment {said}"));
        }
    }
}

fn callback(body: &Value, violations: &mut Violations) {
    let mut typed = body.clone();
    if let Some(embeds) = typed.pointer_mut("/data/embeds") {
        fill_in_type(embeds);
    }
    // twilight takes it for a poll as Discord gives it back; it is checked by itself.
    if let Some(data) = typed["data"].as_object_mut() {
        data.remove("poll");
    }
    let Some(response) = violations.parse::<InteractionResponse>("the callback", &typed) else {
        return;
    };
    let data = &body["data"];
    match response.kind {
        InteractionResponseType::ChannelMessageWithSource => {
            check_message(data, violations);
            check_not_empty(data, violations);
        }
        InteractionResponseType::UpdateMessage => {
            check_message(data, violations);
            polls::check_change(data, violations);
        }
        InteractionResponseType::ApplicationCommandAutocompleteResult => {
            let choices = response.data.and_then(|data| data.choices);
            let choices = choices.unwrap_or_default();
            if choices.len() > CHOICES {
                violations.add(format!("{} choices are too many", choices.len()));
            }
            for choice in &choices {
                violations.require(&choice.name, command::choice(choice));
            }
        }
        InteractionResponseType::Modal => {
            forms::check(data, violations);
            check_components(data, violations);
        }
        _ => {}
    }
}

fn new_message(request: &Recorded, violations: &mut Violations) {
    check_message(&request.body, violations);
    if request.files.is_empty() {
        check_not_empty(&request.body, violations);
    }
}

fn check_not_empty(payload: &Value, violations: &mut Violations) {
    let content = payload["content"].as_str().unwrap_or_default();
    let lists = ["embeds", "components", "attachments", "sticker_ids"];
    let nothing = lists.iter().all(|name| list(payload, name).is_empty());
    if content.trim().is_empty() && nothing && payload["poll"].is_null() {
        violations.add("an empty message cannot be sent");
    }
}

fn check_message(payload: &Value, violations: &mut Violations) {
    if let Some(content) = payload["content"].as_str() {
        violations.require("content", message::content(content));
    }
    let mut embeds = payload["embeds"].clone();
    fill_in_type(&mut embeds);
    if let Some(embeds) = violations.parse::<Option<Vec<Embed>>>("embeds", &embeds) {
        check_embeds(&embeds.unwrap_or_default(), violations);
    }
    check_components(payload, violations);
    polls::check(payload, violations);
    controls(payload).iter().for_each(|control| forms::check_in_message(control, violations));
    violations.parse::<Option<AllowedMentions>>("allowed_mentions", &payload["allowed_mentions"]);
    if let Some(nonce) = payload["nonce"].as_str()
        && nonce.chars().count() > NONCE
    {
        violations.add("a nonce has at most 25 characters");
    }
}

/// twilight requires an embed's type, which Discord fills in.
fn fill_in_type(embeds: &mut Value) {
    for embed in embeds.as_array_mut().into_iter().flatten() {
        if embed.is_object() && embed["type"].is_null() {
            embed["type"] = json!("rich");
        }
    }
}

fn check_embeds(embeds: &[Embed], violations: &mut Violations) {
    let measured: Vec<Embed> = embeds.iter().map(one_byte_a_character).collect();
    violations.require("embeds", message::embeds(&measured));
    for embed in embeds {
        let blank = |field: &&twilight_model::channel::message::embed::EmbedField| {
            field.name.trim().is_empty() || field.value.trim().is_empty()
        };
        if embed.fields.iter().any(|field| blank(&field)) {
            violations.add("an embed's field needs a name and a value");
        }
        let shows = embed.title.is_some()
            || embed.description.is_some()
            || !embed.fields.is_empty()
            || embed.image.is_some()
            || embed.thumbnail.is_some()
            || embed.author.is_some()
            || embed.footer.is_some();
        if !shows {
            violations.add("an embed is empty");
        }
        check_link(embed.url.as_deref(), violations);
    }
}

/// twilight adds up an embed's bytes where Discord counts characters, so it is shown an embed that
/// has one byte a character.
fn one_byte_a_character(embed: &Embed) -> Embed {
    let plain = |text: &str| "x".repeat(text.chars().count());
    let mut embed = embed.clone();
    embed.title = embed.title.as_deref().map(plain);
    embed.description = embed.description.as_deref().map(plain);
    for field in &mut embed.fields {
        field.name = plain(&field.name);
        field.value = plain(&field.value);
    }
    if let Some(footer) = &mut embed.footer {
        footer.text = plain(&footer.text);
    }
    if let Some(author) = &mut embed.author {
        author.name = plain(&author.name);
    }
    embed
}

fn check_components(payload: &Value, violations: &mut Violations) {
    let parsed = violations.parse::<Option<Vec<Component>>>("components", &payload["components"]);
    let Some(components) = parsed.flatten() else {
        return;
    };
    let is_v2 = payload["flags"].as_u64().unwrap_or_default() & COMPONENTS_V2 != 0;
    violations.require("components", message::components(&components, is_v2));
    for row in list(payload, "components") {
        let inside = list(row, "components");
        let menu = |control: &Value| matches!(control["type"].as_u64(), Some(3 | 5..=8));
        if inside.is_empty() || (inside.len() > 1 && inside.iter().any(menu)) {
            violations.add("a row holds one to five buttons, or one menu alone");
        }
    }
    let mut seen = HashSet::new();
    for control in controls(payload) {
        let custom_id = control["custom_id"].as_str().map(str::to_owned);
        if custom_id.as_deref() == Some("") {
            violations.add("a custom_id is empty");
        }
        if let Some(custom_id) = custom_id
            && !seen.insert(custom_id.clone())
        {
            violations.add(format!("the custom_id {custom_id:?} occurs twice"));
        }
        check_link(control["url"].as_str(), violations);
        check_control(&control, violations);
    }
}

fn check_control(control: &Value, violations: &mut Violations) {
    let is_button = control["type"] == 2;
    let bare = control["label"].as_str().unwrap_or_default().is_empty();
    if is_button && bare && control["emoji"].is_null() && control["sku_id"].is_null() {
        violations.add("a button needs a label or an emoji");
    }
    if control["type"] == 3 {
        let options = list(control, "options");
        let values: HashSet<&str> = options.iter().filter_map(|o| o["value"].as_str()).collect();
        if options.is_empty() || values.len() != options.len() {
            violations.add("a menu needs options, each with its own value");
        }
    }
}

fn check_link(url: Option<&str>, violations: &mut Violations) {
    let Some(url) = url else { return };
    let schemes = ["http://", "https://", "discord://"];
    if !schemes.iter().any(|scheme| url.starts_with(scheme)) {
        violations.add(format!("{url:?} is no link that Discord accepts"));
    }
}
