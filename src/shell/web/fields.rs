//! What a page sends, in its address or as a form.

use url::form_urlencoded::{Serializer, parse};

use crate::presentation::html::fields;

/// What a page sends. Nothing of it is trusted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fields {
    /// What was typed; blank if nothing was.
    pub(super) text: String,
    /// The state of the view that it follows; blank for none.
    pub(super) about: String,
    /// The state of a view that is to be shown.
    pub(super) view: Option<String>,
    /// The state of a button or menu that was used.
    pub(super) press: Option<String>,
    /// What was chosen in a menu.
    pub(super) chosen: Vec<String>,
    /// Whether only the asker sees the message that it stands under.
    pub(super) is_private: bool,
    /// Whether the answer is to be private.
    pub(super) only_me: bool,
    /// Where the person is in a tour; blank for nowhere.
    pub(super) tour: String,
}

impl Fields {
    /// Reads fields in the form that browsers send; what is unknown is ignored.
    pub(super) fn read(encoded: &[u8]) -> Self {
        let mut read = Self::default();
        for (name, value) in parse(encoded) {
            let value = value.into_owned();
            match &*name {
                fields::TEXT => read.text = value,
                fields::ABOUT => read.about = value,
                fields::VIEW => read.view = Some(value),
                fields::PRESS => read.press = Some(value),
                fields::CHOOSE => read.chosen.push(value),
                fields::PRIVATE => read.is_private = true,
                fields::ONLY_ME => read.only_me = true,
                fields::TOUR => read.tour = value,
                _ => {}
            }
        }
        read
    }
}

/// A path of the page with these fields; those that are blank are left out.
pub(super) fn path(path: &str, fields: &[(&str, &str)]) -> String {
    let filled = fields.iter().filter(|(_, value)| !value.is_empty());
    let query = Serializer::new(String::new()).extend_pairs(filled).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::{Fields, path};

    #[test]
    fn what_is_written_is_read_again() {
        let text = "é 日 🦀 a&b=c+d%zz <script>";
        let written = path("/", &[("q", text), ("about", ""), ("view", "topic:é")]);
        let (_, query) = written.split_once('?').expect("it has fields");
        let expected = Fields { text: text.to_owned(), view: Some("topic:é".to_owned()), ..Fields::default() };
        assert_eq!(Fields::read(query.as_bytes()), expected, "{written}");
        assert_eq!(path("/", &[("q", "")]), "/");
    }

    #[test]
    fn no_bytes_break_it() {
        for bytes in [&b"q=%ff%fe&=&&choose=a&choose=b&q=last&x=y"[..], b"\xff\x00=\xf0\x9f", b"q"] {
            let _ = Fields::read(bytes);
        }
        let read = Fields::read(b"q=first&choose=a&choose=b&q=last&private=1&only-me=1");
        assert_eq!((read.text.as_str(), read.chosen.len(), read.is_private && read.only_me), ("last", 2, true));
    }
}
