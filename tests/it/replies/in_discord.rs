//! A reply as Discord reads it, and what `twilight-validate` says about it.

use std::collections::BTreeSet;

use twilight_model::application::command::{CommandOptionChoice, CommandOptionChoiceValue};
use twilight_model::channel::message::Embed;
use twilight_model::channel::message::component::{
    ActionRow, Button, ButtonStyle, Component, SelectMenu, SelectMenuOption, SelectMenuType, TextInput, TextInputStyle,
};
use twilight_model::channel::message::embed::{EmbedAuthor, EmbedField, EmbedFooter};
use twilight_validate::{command, component, message};
use versus::presentation::form::{Input, Modal};
use versus::presentation::reply::{self, Choice, Menu, Reply, Row};

/// Everything that is wrong with a reply.
pub(super) fn violations(reply: &Reply) -> Vec<String> {
    let mut violations = Vec::new();
    let mut require = |what: &str, result: Result<(), String>| {
        violations.extend(result.err().map(|error| format!("{what}: {error}")));
    };
    require("embed", message::embeds(&[embed(&reply.embed)]).map_err(|error| format!("{error:?}")));
    let components: Vec<Component> = reply.rows.iter().map(row).collect();
    require("components", message::components(&components, false).map_err(|error| format!("{error:?}")));
    let alt = reply.chart.as_ref().map(|chart| units(&chart.description)).unwrap_or_default();
    require("picture", message::attachment_description(&alt).map_err(|error| format!("{error:?}")));
    violations.extend(what_twilight_leaves_out(reply));
    violations
}

/// Everything that is wrong with a form.
#[allow(deprecated, reason = "what replaces the label above a field, the components do not have yet")]
pub(super) fn violations_of_form(form: &Modal) -> Vec<String> {
    let check = |input: &Input| {
        let value = (!input.value.is_empty()).then(|| units(&input.value));
        let is_long = value.as_ref().is_some_and(|value| value.len() > input.most);
        let input = TextInput {
            custom_id: input.name.to_owned(),
            id: None,
            label: Some(units(&input.label)),
            max_length: u16::try_from(input.most).ok(),
            min_length: None,
            placeholder: Some(units(&input.hint)),
            required: Some(!input.is_optional),
            style: TextInputStyle::Paragraph,
            value,
        };
        let error = component::text_input(&input, true).err().map(|error| format!("{error:?}"));
        error.or_else(|| is_long.then(|| format!("{input:?} begins with too much")))
    };
    let has_title = (1..=45).contains(&form.title.encode_utf16().count());
    let has_state = (1..=100).contains(&form.custom_id.encode_utf16().count());
    let has_fields = (1..=5).contains(&form.inputs.len());
    let whole = (!(has_title && has_state && has_fields)).then(|| format!("{form:?}"));
    form.inputs.iter().filter_map(check).chain(whole).collect()
}

/// Everything that is wrong with what an autocompletion offers.
pub(super) fn violations_of_choices(choices: &[Choice]) -> Vec<String> {
    let check = |choice: &Choice| {
        let value = CommandOptionChoiceValue::String(units(&choice.value));
        let choice = CommandOptionChoice { name: units(&choice.name), name_localizations: None, value };
        command::choice(&choice).err().map(|error| format!("{error:?}"))
    };
    let too_many = (choices.len() > command::CHOICES_LIMIT).then(|| format!("{} choices", choices.len()));
    choices.iter().filter_map(check).chain(too_many).collect()
}

/// A text of one-byte characters, one for each unit of UTF-16: twilight adds up bytes in some places and characters in
/// others, and nobody documents what Discord counts.
fn units(text: &str) -> String {
    "x".repeat(text.encode_utf16().count())
}

fn embed(embed: &reply::Embed) -> Embed {
    let author = |name: &String| EmbedAuthor { icon_url: None, name: units(name), proxy_icon_url: None, url: None };
    let field = |field: &reply::Field| EmbedField {
        inline: field.inline,
        name: units(&field.name),
        value: units(&field.text().markdown()),
    };
    let footer = |text: &String| EmbedFooter { icon_url: None, proxy_icon_url: None, text: units(text) };
    Embed {
        author: embed.author.as_ref().map(author),
        color: Some(embed.colour),
        description: Some(units(&embed.description.markdown())),
        fields: embed.fields.iter().map(field).collect(),
        flags: None,
        footer: embed.footer.as_ref().map(footer),
        image: None,
        kind: "rich".to_owned(),
        provider: None,
        thumbnail: None,
        timestamp: None,
        title: Some(units(&embed.title)),
        url: None,
        video: None,
    }
}

fn row(row: &Row) -> Component {
    let components = match row {
        Row::Buttons(buttons) => buttons.iter().map(button).collect(),
        Row::Menu(menu) => vec![Component::SelectMenu(select_menu(menu))],
        // All of it is ours: tests against the stand-in see each of them.
        Row::Select(_) => Vec::new(),
    };
    Component::ActionRow(ActionRow { components, id: None })
}

fn button(button: &reply::Button) -> Component {
    Component::Button(Button {
        custom_id: Some(button.custom_id.clone()),
        disabled: false,
        emoji: None,
        id: None,
        label: Some(units(&button.label)),
        sku_id: None,
        style: ButtonStyle::Secondary,
        url: None,
    })
}

fn select_menu(menu: &Menu) -> SelectMenu {
    let option = |option: &reply::MenuOption| SelectMenuOption {
        default: false,
        description: (!option.description.is_empty()).then(|| units(&option.description)),
        emoji: None,
        label: units(&option.label),
        value: option.value.clone(),
    };
    SelectMenu {
        channel_types: None,
        custom_id: menu.custom_id.clone(),
        default_values: None,
        disabled: false,
        id: None,
        kind: SelectMenuType::Text,
        max_values: Some(if menu.many { u8::try_from(menu.options.len()).unwrap_or(u8::MAX) } else { 1 }),
        min_values: None,
        options: Some(menu.options.iter().map(option).collect()),
        placeholder: Some(units(&menu.placeholder)),
        required: None,
    }
}

/// Nothing is empty, and no state occurs twice.
fn what_twilight_leaves_out(reply: &Reply) -> Vec<String> {
    let mut violations = Vec::new();
    let mut require = |is_good: bool, what: String| violations.extend((!is_good).then_some(what));
    for field in &reply.embed.fields {
        let has_text = !field.name.trim().is_empty() && !field.text().markdown().trim().is_empty();
        require(has_text, format!("the field {:?} is empty", field.name));
    }
    let mut states = BTreeSet::new();
    for row in &reply.rows {
        match row {
            Row::Buttons(buttons) => {
                require(!buttons.is_empty(), "a row is empty".to_owned());
                for button in buttons {
                    require(!button.label.trim().is_empty(), "a button has no label".to_owned());
                    require(states.insert(&button.custom_id), format!("{:?} occurs twice", button.custom_id));
                }
            }
            Row::Menu(menu) => {
                require(states.insert(&menu.custom_id), format!("{:?} occurs twice", menu.custom_id));
                let values: BTreeSet<&str> = menu.options.iter().map(|option| option.value.as_str()).collect();
                require(values.len() == menu.options.len() && !values.is_empty(), format!("values of {menu:?}"));
            }
            Row::Select(select) => {
                require(states.insert(&select.custom_id), format!("{:?} occurs twice", select.custom_id));
                require(select.placeholder.encode_utf16().count() <= 100, format!("the text on {select:?}"));
            }
        }
    }
    violations
}
