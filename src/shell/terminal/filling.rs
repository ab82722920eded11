//! A form that is filled in line by line.

use std::collections::BTreeMap;

use crate::domain::request::Request;
use crate::presentation::custom_id::Form;
use crate::presentation::form::{self, Input, Modal};
use crate::presentation::{limits, wording::terminal as wording};

/// A form as far as it is filled in.
#[derive(Debug)]
pub(super) struct Filling {
    modal: Modal,
    texts: Vec<String>,
}

/// What was filled into a form, by the names of its fields.
#[derive(Debug)]
pub(super) struct Filled {
    form: Form,
    texts: BTreeMap<&'static str, String>,
}

impl Filling {
    /// A form of which nothing is filled in yet. It begins with what was filled into the same form before.
    pub(super) fn new(mut modal: Modal, before: Option<&Filled>) -> Self {
        if let Some(before) = before.filter(|before| before.form == modal.form) {
            for input in &mut modal.inputs {
                input.value = before.texts.get(input.name).cloned().unwrap_or_default();
            }
        }
        Self { modal, texts: Vec::new() }
    }

    /// What is said first: the title, how it is filled in, and the first field.
    pub(super) fn heading(&self) -> String {
        format!("{}\n{}\n\n{}", self.modal.title, wording::HOW_TO_FILL, self.question())
    }

    /// Asks for the next field.
    pub(super) fn question(&self) -> String {
        self.input().map(wording::field).unwrap_or_default()
    }

    fn input(&self) -> Option<&Input> {
        self.modal.inputs.get(self.texts.len())
    }

    /// Takes a line as the text of the next field.
    ///
    /// # Errors
    /// Why it cannot be taken.
    pub(super) fn fill(&mut self, line: &str) -> Result<(), String> {
        let Some(input) = self.input() else { return Ok(()) };
        let text = match line.trim() {
            "" => input.value.clone(),
            wording::BLANK => String::new(),
            text => text.to_owned(),
        };
        if text.is_empty() && !input.is_optional {
            return Err(wording::NEEDS_TEXT.to_owned());
        }
        if limits::length(&text) > input.most {
            return Err(wording::too_long(input.most));
        }
        self.texts.push(text);
        Ok(())
    }

    /// Whether every field has its text.
    pub(super) fn is_done(&self) -> bool {
        self.input().is_none()
    }

    /// What was filled in.
    pub(super) fn filled(self) -> Filled {
        let names = self.modal.inputs.iter().map(|input| input.name);
        Filled { form: self.modal.form.clone(), texts: names.zip(self.texts).collect() }
    }
}

impl Filled {
    /// What is to be done with it.
    pub(super) fn request(&self) -> Option<Request> {
        form::request(self.form.clone(), |name| self.texts.get(name).cloned())
    }
}

#[cfg(test)]
mod tests {
    use super::{Filling, Form, Input, Modal};

    fn form() -> Filling {
        let input = |name, value: &str, is_optional| Input {
            name,
            label: name.to_owned(),
            hint: String::new(),
            value: value.to_owned(),
            most: 4,
            is_long: false,
            is_optional,
        };
        let inputs = vec![input("text", "é\n日", true), input("link", "", false)];
        let modal = Modal { form: Form::Gap(7), custom_id: String::new(), title: "T".to_owned(), inputs };
        Filling::new(modal, None)
    }

    /// What the form says to each line.
    #[track_caller]
    fn check(lines: &[&str], expected: &str) {
        let mut filling = form();
        let said: Vec<String> = lines
            .iter()
            .map(|line| match filling.fill(line) {
                Ok(()) => filling.question(),
                Err(problem) => problem,
            })
            .collect();
        let filled = if filling.is_done() { format!("{:?}", filling.filled().texts) } else { "more".to_owned() };
        assert_eq!(format!("{} / {filled}", said.join(" / ")), expected, "{lines:?}");
    }

    #[test]
    fn fields_are_asked_for_one_after_the_other() {
        assert!(form().heading().ends_with("text [é; 日]:"));
        check(&[" 🦀 ", "x"], "link: /  / {\"link\": \"x\", \"text\": \"🦀\"}");
        check(&["", "x"], "link: /  / {\"link\": \"x\", \"text\": \"é\\n日\"}");
        check(&["-", "x"], "link: /  / {\"link\": \"x\", \"text\": \"\"}");
        check(&["a"], "link: / more");
        check(&["a", "-", ""], "link: / That may not be blank. / That may not be blank. / more");
        check(&["🦀🦀🦀"], "That is too long: at most 4 characters. / more");
    }
}
