//! What the bot sent, as a line to compare, and the rules that hold for all of it.

use serde_json::Value;

use crate::standin::record::Recorded;

/// How much of a question is shown in a line.
const SHORT: usize = 24;

/// What was sent: how, to whom, under which question, and its title or sentence.
///
/// For example `answers privately “is python slow?”: Speed`.
pub(super) fn line(sent: &Recorded) -> String {
    let how = match (sent.segments().as_slice(), sent.callback_type()) {
        (["interactions", ..], Some(4)) if sent.is_ephemeral() => "answers privately",
        (["interactions", ..], Some(4)) => "answers everyone",
        (["interactions", ..], Some(6)) => return "acknowledges".to_owned(),
        (["interactions", ..], Some(7)) if sent.message()["embeds"].is_null() => {
            return "changes what can be pressed".to_owned();
        }
        (["interactions", ..], Some(7)) => "replaces",
        (["interactions", ..], Some(8)) => return format!("offers {:?}", values(sent)),
        (["interactions", ..], Some(9)) => {
            return format!("opens the form: {}", sent.message()["title"].as_str().unwrap_or_default());
        }
        (["webhooks", ..], _) if sent.method == "PATCH" => "edits",
        (["webhooks", ..], _) if sent.is_ephemeral() => "adds privately",
        (["webhooks", ..], _) => "posts for everyone",
        (["channels", ..], _) => "replies",
        _ => return sent.line(),
    };
    let question = question(sent).map(|question| format!(" “{}”", short(question))).unwrap_or_default();
    let files: String = sent.files.iter().map(|file| format!(" + {}", file.name)).collect();
    format!("{how}{question}: {}{files}", title(sent))
}

/// The title of the embed, or the sentence where there is none.
pub(super) fn title(sent: &Recorded) -> &str {
    let message = sent.message();
    let title = message["embeds"][0]["title"].as_str();
    title.or_else(|| message["content"].as_str()).unwrap_or_default()
}

/// The whole message as text, with its buttons and menus in the last line.
pub(super) fn text(sent: &Recorded) -> String {
    let embed = &sent.message()["embeds"][0];
    let fields = embed["fields"].as_array().into_iter().flatten();
    let fields = fields.flat_map(|field| [&field["name"], &field["value"]]);
    let above = [&embed["author"]["name"], &embed["title"], &embed["description"]];
    let parts = above.into_iter().chain(fields).chain([&embed["footer"]["text"]]).filter_map(Value::as_str);
    let labels = labels(sent).into_iter().map(|label| format!("[{label}]"));
    let parts: Vec<String> = parts.map(str::to_owned).chain([labels.collect::<Vec<_>>().join(" ")]).collect();
    parts.join("\n\n") + "\n"
}

/// The question that the embed shows.
pub(super) fn question(sent: &Recorded) -> Option<&str> {
    sent.message()["embeds"][0]["author"]["name"].as_str()
}

/// What stands on the buttons and menus.
pub(super) fn labels(sent: &Recorded) -> Vec<String> {
    let label = |control: &Value| {
        let text = control["label"].as_str().or_else(|| control["placeholder"].as_str());
        text.unwrap_or_default().to_owned()
    };
    sent.controls().iter().map(label).collect()
}

/// The values that an autocompletion offers.
pub(super) fn values(sent: &Recorded) -> Vec<String> {
    sent.choices().into_iter().map(|(_, value)| value).collect()
}

/// What holds for everything that the bot sends: it pings nobody, and is not seen twice.
#[track_caller]
pub(super) fn check_rules(sent: &Recorded) {
    let is_message = match sent.segments().as_slice() {
        ["interactions", ..] => matches!(sent.callback_type(), Some(4 | 7)),
        ["webhooks", ..] | ["channels", _, "messages", ..] => matches!(sent.method.as_str(), "POST" | "PATCH"),
        _ => false,
    };
    if !is_message {
        return;
    }
    assert!(sent.pings_nobody(), "it may ping somebody: {sent}");
    assert_eq!(sent.message()["allowed_mentions"]["replied_user"], false, "{sent}");
    assert_ne!(sent.message()["tts"], true, "{sent}");
    if sent.segments().first() == Some(&"channels") {
        let nonce = &sent.body["nonce"];
        assert!(nonce.as_str().is_some_and(|nonce| !nonce.is_empty()), "it has no nonce: {sent}");
        assert_eq!(sent.body["enforce_nonce"], true, "{sent}");
        let reference = &sent.body["message_reference"];
        assert!(reference.is_null() || reference["fail_if_not_exists"] == false, "{sent}");
    }
}

fn short(text: &str) -> String {
    if text.chars().count() <= SHORT {
        return text.to_owned();
    }
    text.chars().take(SHORT).chain(['…']).collect()
}
