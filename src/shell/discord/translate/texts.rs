//! What can be read in a message: its own words, else those of what it forwards, asks in a poll, shows in boxes and components,
//! or says about its files for people who cannot see them.

use super::received::{Component, Described, Embed, Message, Poll};

/// Characters that are read of what a message carries; the longest option of a command has as many.
const LONGEST: usize = 6_000;

impl Message {
    /// The words of a message; blank where there are none, or where Discord does not deliver them.
    pub(super) fn text(&self) -> String {
        let carried = if has_words(&self.content) { None } else { self.carried() };
        carried.unwrap_or_else(|| self.content.clone())
    }

    /// The words of what a message carries beside its own.
    fn carried(&self) -> Option<String> {
        let forwarded = self.message_snapshots.iter().map(|snapshot| &snapshot.message);
        let forwarded = forwarded.flat_map(|message| {
            let own = (!message.content.trim().is_empty()).then(|| message.content.clone());
            own.or_else(|| shown(message.poll.as_ref(), &message.embeds, &message.components, &message.attachments))
        });
        let own = || shown(self.poll.as_ref(), &self.embeds, &self.components, &self.attachments);
        let text = forwarded.into_iter().next().or_else(own)?;
        Some(text.chars().take(LONGEST).collect())
    }
}

/// Whether a text has more than mentions and signs, such as an arrow that points at another message.
pub(super) fn has_words(text: &str) -> bool {
    let mut parts = text.split("<@");
    let before = parts.next().unwrap_or_default();
    let after_mentions = parts.map(|part| match part.split_once('>') {
        Some((id, rest)) if id.trim_start_matches(['!', '&']).bytes().all(|byte| byte.is_ascii_digit()) => rest,
        _ => part,
    });
    std::iter::once(before).chain(after_mentions).any(|text| text.chars().any(char::is_alphanumeric))
}

fn shown(poll: Option<&Poll>, embeds: &[Embed], components: &[Component], files: &[Described]) -> Option<String> {
    let asked = poll.map(|poll| poll.question.text.clone());
    let boxes = embeds.iter().map(|embed| {
        let fields = embed.fields.iter().flat_map(|field| [&field.name, &field.value]);
        lines([&embed.title, &embed.description].into_iter().chain(fields).chain([&embed.footer.text]))
    });
    let written = lines(contents(components).iter());
    let of_files = lines(files.iter().map(|file| &file.description));
    let of_pictures = lines(descriptions(components).iter());
    asked.into_iter().chain(boxes).chain([written, of_files, of_pictures]).find(|text| !text.trim().is_empty())
}

/// The texts among components, in the order in which they are read.
fn contents(components: &[Component]) -> Vec<String> {
    let own = |component: &Component| std::iter::once(component.content.clone()).chain(contents(&component.components));
    components.iter().flat_map(own).collect()
}

/// What pictures and files among components are described as.
fn descriptions(components: &[Component]) -> Vec<String> {
    let of = |component: &Component| {
        let own = std::iter::once(&component.description).chain(component.items.iter().map(|item| &item.description));
        let own: Vec<String> = own.cloned().collect();
        let beside = component.accessory.as_deref().map(std::slice::from_ref).unwrap_or_default();
        [own, descriptions(&component.components), descriptions(beside)].concat()
    };
    components.iter().flat_map(of).collect()
}

fn lines<'t>(texts: impl Iterator<Item = &'t String>) -> String {
    texts.filter(|text| !text.trim().is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::received::Message;
    use super::has_words;

    #[track_caller]
    fn check(message: Value, expected: &str) {
        let mut whole = json!({ "id": "1", "channel_id": "2" });
        let fields = message.as_object().cloned().unwrap_or_default();
        fields.into_iter().for_each(|(name, value)| whole[name] = value);
        let message: Message = serde_json::from_value(whole).expect("it is a message");
        assert_eq!(message.text(), expected);
    }

    #[test]
    fn the_words_of_a_message_come_before_what_it_carries() {
        let forward = json!([{ "message": { "content": "is 日 slow?" } }]);
        check(json!({ "content": "é?", "message_snapshots": forward }), "é?");
        check(json!({ "content": "<@7>", "message_snapshots": forward }), "is 日 slow?");
        check(json!({ "content": "", "message_snapshots": [{ "message": {} }, "🦀"] }), "");
        check(json!({ "content": null }), "");
    }

    #[test]
    fn polls_boxes_and_components_are_read() {
        let poll = json!({ "question": { "text": "which 🦀?" }, "answers": [{ "answer_id": 1 }] });
        let embed = json!({ "title": "Is it", "description": "slow?", "fields": [{ "name": "é", "value": "日" }, 7] });
        let text = json!({ "type": 10, "content": "is it slow?" });
        let container =
            json!({ "type": 17, "components": [{ "type": 99, "new": {} }, { "type": 9, "components": [text] }] });
        check(json!({ "content": "", "poll": poll }), "which 🦀?");
        check(json!({ "content": "", "embeds": [{}, embed] }), "Is it\nslow?\né\n日");
        check(json!({ "content": "", "components": [container] }), "is it slow?");
        let footer = json!({ "title": "é", "footer": { "text": "is it slow?", "icon_url": 7 } });
        check(json!({ "content": "", "embeds": [footer] }), "é\nis it slow?");
        check(json!({ "content": "", "embeds": [{ "footer": "日" }] }), "");
        let forward = json!({ "message": { "content": "", "poll": poll } });
        check(json!({ "content": "", "message_snapshots": [forward] }), "which 🦀?");
    }

    #[test]
    fn what_pictures_and_files_are_described_as_is_read_where_nothing_else_is() {
        let file = |description: Value| json!([{ "id": "1", "filename": "a.png", "description": description }]);
        check(json!({ "content": "", "attachments": file(json!("is 日 slow?")) }), "is 日 slow?");
        check(json!({ "content": "<@7>", "attachments": file(json!("🦀")) }), "🦀");
        check(json!({ "content": "", "attachments": file(json!([7])) }), "");
        check(json!({ "content": "é?", "attachments": file(json!("is it slow?")) }), "é?");
        let forward = json!({ "message": { "content": "", "attachments": file(json!("is it slow?")) } });
        check(json!({ "content": "", "message_snapshots": [forward] }), "is it slow?");
        let pictures = json!([
            { "type": 9, "components": [{ "type": 10 }], "accessory": { "type": 11, "description": "is it" } },
            { "type": 12, "items": [{ "description": "slow?" }, { "media": {} }] },
        ]);
        check(json!({ "content": "", "components": pictures }), "is it\nslow?");
    }

    #[test]
    fn what_a_message_carries_is_read_up_to_a_limit() {
        let embed = json!({ "description": "日".repeat(7_000) });
        check(json!({ "content": "", "embeds": [embed] }), &"日".repeat(6_000));
    }

    #[test]
    fn mentions_and_signs_are_no_words() {
        for text in ["", "<@7>", " <@!7> <@&8>", "<@7> ?", "☝️ <@7>", "^^", "🦀"] {
            assert!(!has_words(text), "{text}");
        }
        for text in ["<@7> é", "a<@7>", "<@x> ?", "日 <@7>", "<@7"] {
            assert!(has_words(text), "{text}");
        }
    }
}
