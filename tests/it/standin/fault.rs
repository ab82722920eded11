//! What goes wrong on purpose: the next requests of a kind get another answer, or none.

use serde_json::{Value, json};

use super::record::Recorded;

const INVALID_FORM: u32 = 50035;

/// A fault that a test puts in the way of the bot's requests.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    part: String,
    times: usize,
    /// Whether only requests with a file are meant.
    uploads_only: bool,
    /// The id of the message that is to be answered, where only answers to it are meant.
    answers: Option<Value>,
    pub(super) outcome: Outcome,
    /// Whether the request takes effect all the same and only its answer goes wrong.
    pub(super) takes_effect: bool,
}

/// What becomes of the request.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    Answer(Answer),
    /// No answer ever comes.
    Hang,
    /// It arrives late: nothing happens until the test releases it.
    Hold,
}

/// A response.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
}

impl Fault {
    /// The next requests whose line (`POST /channels/1/messages`) contains this get this status and
    /// body instead of the right answer. The body is sent as it is if it is a string.
    pub(crate) fn status(part: &str, times: usize, status: u16, body: &Value) -> Self {
        let body = match body {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let answer = Answer { status, headers: Vec::new(), body };
        Self::new(part, times, Outcome::Answer(answer))
    }

    /// A 429 as Discord words it.
    pub(crate) fn rate_limited(part: &str, times: usize, seconds: f64) -> Self {
        Self::too_many_requests(part, times, seconds, false)
            .header("x-ratelimit-scope", "user")
            .header("x-ratelimit-reset-after", &seconds.to_string())
    }

    /// A 429 for all that the bot sends.
    pub(crate) fn rate_limited_globally(part: &str, times: usize, seconds: f64) -> Self {
        Self::too_many_requests(part, times, seconds, true)
            .header("x-ratelimit-scope", "global")
            .header("x-ratelimit-global", "true")
    }

    fn too_many_requests(part: &str, times: usize, seconds: f64, is_global: bool) -> Self {
        let message = "You are being rate limited.";
        let body = json!({ "message": message, "retry_after": seconds, "global": is_global });
        Self::status(part, times, 429, &body).header("retry-after", &seconds.ceil().to_string())
    }

    /// A 500 as Discord words it.
    pub(crate) fn server_error(part: &str, times: usize) -> Self {
        let body = json!({ "message": "500: Internal Server Error", "code": 0 });
        Self::status(part, times, 500, &body)
    }

    /// The connection stays open and nothing comes.
    pub(crate) fn hang(part: &str, times: usize) -> Self {
        Self::new(part, times, Outcome::Hang)
    }

    /// The request takes effect, and is answered, only when the test releases it.
    pub(crate) fn hold(part: &str, times: usize) -> Self {
        Self::new(part, times, Outcome::Hold)
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        if let Outcome::Answer(answer) = &mut self.outcome {
            answer.headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// The same for requests with a file only.
    pub(crate) fn of_uploads(mut self) -> Self {
        self.uploads_only = true;
        self
    }

    /// The same for answers to a message only.
    pub(crate) fn of_answers_to(mut self, message: &Value) -> Self {
        self.answers = Some(message["id"].clone());
        self
    }

    /// Discord does what it was asked to do, and only the answer is lost.
    pub(crate) fn after_taking_effect(mut self) -> Self {
        self.takes_effect = true;
        self
    }

    fn new(part: &str, times: usize, outcome: Outcome) -> Self {
        Self { part: part.to_owned(), times, uploads_only: false, answers: None, outcome, takes_effect: false }
    }
}

/// Uses up one time of the first fault that is meant for this request.
pub(super) fn take(faults: &mut [Fault], request: &Recorded) -> Option<Fault> {
    let line = request.line();
    let due = |fault: &&mut Fault| {
        fault.times > 0
            && line.contains(&fault.part)
            && !(fault.uploads_only && request.files.is_empty())
            && fault.answers.as_ref().is_none_or(|id| request.body["message_reference"]["message_id"] == *id)
    };
    let fault = faults.iter_mut().find(due)?;
    fault.times -= 1;
    Some(fault.clone())
}

impl Answer {
    pub(super) fn json(status: u16, body: &Value) -> Self {
        Self { status, headers: Vec::new(), body: body.to_string() }
    }

    pub(super) fn empty() -> Self {
        Self { status: 204, headers: Vec::new(), body: String::new() }
    }

    /// Discord's form of an error.
    pub(super) fn error(status: u16, code: u32, message: &str) -> Self {
        Self::json(status, &json!({ "message": message, "code": code }))
    }

    /// What was sent breaks a rule.
    pub(super) fn invalid_form(message: &str) -> Self {
        Self::error(400, INVALID_FORM, message)
    }

    pub(super) fn refuses_the_form(&self) -> bool {
        self.status == 400 && self.body.contains(&INVALID_FORM.to_string())
    }
}
