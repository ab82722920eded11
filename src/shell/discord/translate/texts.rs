//! What can be read in a message: its own words, else those of what it forwards, asks in a poll, or shows in boxes and
//! components.

use super::received::{Component, Embed, Message, Poll};

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
            own.or_else(|| shown(message.poll.as_ref(), &message.embeds, &message.components))
        });
        let text =
            forwarded.into_iter().next().or_else(|| shown(self.poll.as_ref(), &self.embeds, &self.components))?;
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

fn shown(poll: Option<&Poll>, embeds: &[Embed], components: &[Component]) -> Option<String> {
    let asked = poll.map(|poll| poll.question.text.clone());
    let boxes = embeds.iter().map(|embed| {
        let fields = embed.fields.iter().flat_map(|field| [&field.name, &field.value]);
        lines([&embed.title, &embed.description].into_iter().chain(fields))
    });
    let written = lines(contents(components).iter());
    asked.into_iter().chain(boxes).chain([written]).find(|text| !text.trim().is_empty())
}

/// The texts among components, in the order in which they are read.
fn contents(components: &[Component]) -> Vec<String> {
    let own = |component: &Component| std::iter::once(component.content.clone()).chain(contents(&component.components));
    components.iter().flat_map(own).collect()
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
        let forward = json!({ "message": { "content": "", "poll": poll } });
        check(json!({ "content": "", "message_snapshots": [forward] }), "which 🦀?");
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
