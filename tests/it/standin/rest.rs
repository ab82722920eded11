//! Discord's REST API: receives a request, records and checks it, and answers as Discord would.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::response::Response;
use serde_json::{Value, json};

use super::buckets::Windows;
use super::events::{BOT, bot_user, snowflake};
use super::fault::{self, Answer, Outcome};
use super::messages::Messages;
use super::record::{File, Recorded};
use super::{Shared, check, hurried, token};

/// More than Discord accepts for a message with files.
pub(super) const LARGEST_BODY: usize = 32 << 20;

/// The key of the application: the one by which the tests sign.
pub(crate) const VERIFY_KEY: &str = "ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c";

/// What REST remembers between requests.
#[derive(Default)]
pub(super) struct Memory {
    commands: HashMap<String, Vec<Value>>,
    pub(super) messages: Messages,
    /// Files that people sent, by their ids.
    pub(super) files: HashMap<String, Vec<u8>>,
    windows: Windows,
}

pub(super) async fn handle(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    if let Some(arrivals) = &shared.hurried
        && let Some((id, answer)) = hurried::known(&request)
    {
        hurried::take(id, request, arrivals).await;
        return respond(answer);
    }
    if let Some(file) = kept(&shared, &request) {
        return file;
    }
    let recorded = read(request).await;
    let (place, outcome) = shared.change(|state| answer(state, &shared, recorded));
    match outcome {
        Outcome::Answer(answer) => respond(answer),
        Outcome::Hang => std::future::pending().await,
        Outcome::Hold => {
            shared.released().await;
            respond(shared.change(|state| answer_late(state, &shared, place)))
        }
    }
}

/// A file that somebody sent. It lies with another host, which must not get the bot's token.
fn kept(shared: &Shared, request: &Request) -> Option<Response> {
    let id = request.uri().path().strip_prefix("/attachments/")?.split('/').next()?.to_owned();
    if request.headers().contains_key("authorization") {
        shared.lock().violations.push("a file was fetched with the bot's token".to_owned());
    }
    let content = shared.lock().rest.files.get(&id).cloned();
    let status = if content.is_some() { 200 } else { 404 };
    Response::builder().status(status).body(Body::from(content.unwrap_or_default())).ok()
}

async fn read(request: Request) -> Recorded {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let mut recorded = Recorded {
        method: parts.method.to_string(),
        path: path.strip_prefix("/api/v10").unwrap_or(path).to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers.clone(),
        body: Value::Null,
        files: Vec::new(),
        answered: None,
    };
    let content_type = recorded.header(CONTENT_TYPE.as_str()).unwrap_or_default();
    if content_type.starts_with("multipart/") {
        read_form(parts, body, &mut recorded).await;
    } else {
        let bytes = to_bytes(body, LARGEST_BODY).await.unwrap_or_default();
        recorded.body = parse(&bytes);
    }
    recorded
}

async fn read_form(parts: Parts, body: Body, recorded: &mut Recorded) {
    let request = Request::from_parts(parts, body);
    let Ok(mut form) = Multipart::from_request(request, &()).await else {
        return;
    };
    while let Ok(Some(field)) = form.next_field().await {
        let is_payload = field.name() == Some("payload_json");
        let part = field.name().unwrap_or_default().to_owned();
        let name = field.file_name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.unwrap_or_default();
        if is_payload {
            recorded.body = parse(&bytes);
        } else {
            recorded.files.push(File { part, name, content: bytes.to_vec() });
        }
    }
}

/// The JSON, or the text itself where it is none, so that a record shows it.
fn parse(bytes: &[u8]) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(bytes).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(bytes).into_owned()))
}

/// The place of the request among all, and what becomes of it.
fn answer(state: &mut super::State, shared: &Shared, mut request: Recorded) -> (usize, Outcome) {
    let mut violations = check::check(&request);
    let fault = fault::take(&mut state.faults, &request);
    let outcome = match fault {
        Some(fault) if !fault.takes_effect => fault.outcome,
        fault => {
            let answer = state.rest.answer_within_limits(&request, shared, violations.is_empty());
            if violations.is_empty() && answer.refuses_the_form() {
                violations.push(answer.body.clone());
            }
            fault.map_or(Outcome::Answer(answer), |fault| fault.outcome)
        }
    };
    let line = request.line();
    let listed = violations.into_iter().map(|violation| format!("{line}: {violation}"));
    state.violations.extend(listed);
    if let Outcome::Answer(answer) = &outcome {
        request.answered = Some(answer.status);
    }
    state.requests.push((request, false));
    (state.requests.len() - 1, outcome)
}

/// What was held back takes effect, after all that came meanwhile.
fn answer_late(state: &mut super::State, shared: &Shared, place: usize) -> Answer {
    let request = state.requests[place].0.clone();
    let answer = state.rest.answer(&request, &shared.address, true);
    state.requests[place].0.answered = Some(answer.status);
    answer
}

fn respond(answer: Answer) -> Response {
    let mut response = Response::builder().status(answer.status);
    if !answer.body.is_empty() {
        response = response.header(CONTENT_TYPE, "application/json");
    }
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(answer.body)).expect("a test's headers are valid")
}

impl Memory {
    /// An answer with the headers of its bucket, where channels have a limit.
    fn answer_within_limits(&mut self, request: &Recorded, shared: &Shared, valid: bool) -> Answer {
        let Some(limit) = shared.options.channel_limit else { return self.answer(request, &shared.address, valid) };
        match self.windows.count(request, limit) {
            Ok(headers) => Answer { headers, ..self.answer(request, &shared.address, valid) },
            Err(refusal) => refusal,
        }
    }

    fn answer(&mut self, request: &Recorded, address: &str, valid: bool) -> Answer {
        let segments = request.segments();
        if !authorized(request, &segments) {
            return Answer::error(401, 0, "401: Unauthorized");
        }
        if !valid {
            return Answer::invalid_form("Invalid Form Body");
        }
        match (request.method.as_str(), segments.as_slice()) {
            ("GET", ["gateway"]) => Answer::json(200, &json!({ "url": gateway_url(address) })),
            ("GET", ["gateway", "bot"]) => Answer::json(200, &gateway_for_bot(address)),
            ("GET", ["users", "@me"]) => Answer::json(200, &bot_user()),
            ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => Answer::json(200, &application()),
            ("GET", ["applications", BOT, "commands"]) => self.list_commands(None),
            ("PUT", ["applications", BOT, "commands"]) => self.put_commands(None, request),
            ("GET", ["applications", BOT, "guilds", guild, "commands"]) => self.list_commands(Some(guild)),
            ("PUT", ["applications", BOT, "guilds", guild, "commands"]) => self.put_commands(Some(guild), request),
            _ => self.messages.answer(request).unwrap_or_else(|| Answer::error(404, 0, "404: Not Found")),
        }
    }

    pub(super) fn commands(&self, guild: Option<&str>) -> Vec<Value> {
        let scope = guild.unwrap_or("global");
        self.commands.get(scope).cloned().unwrap_or_default()
    }

    pub(super) fn register(&mut self, guild: Option<&str>, commands: &[Value]) {
        let before = self.commands(guild);
        let registered = commands.iter().map(|command| registered(command, guild, &before)).collect();
        let scope = guild.unwrap_or("global").to_owned();
        self.commands.insert(scope, registered);
    }

    fn list_commands(&self, guild: Option<&str>) -> Answer {
        Answer::json(200, &json!(self.commands(guild)))
    }

    fn put_commands(&mut self, guild: Option<&str>, request: &Recorded) -> Answer {
        self.register(guild, request.body.as_array().map_or(&[], Vec::as_slice));
        self.list_commands(guild)
    }
}

/// The gateway's address is public; interactions are authorized by their own token, yet a wrong
/// bot token is refused there too.
fn authorized(request: &Recorded, segments: &[&str]) -> bool {
    let public = matches!(segments, ["gateway"] | ["interactions" | "webhooks", ..]);
    match request.header("authorization") {
        Some(header) => header == format!("Bot {}", token()),
        None => public,
    }
}

/// A command as Discord gives it back: decorated, without what is the default anyway, and with the
/// id that a command of this name and type had before.
fn registered(command: &Value, guild: Option<&str>, before: &[Value]) -> Value {
    let mut command = without_defaults(command);
    let kind = command.get("type").cloned().unwrap_or(json!(1));
    let same = |old: &&Value| old["name"] == command["name"] && old["type"] == kind;
    let id = before.iter().find(same).map_or_else(|| json!(snowflake()), |old| old["id"].clone());
    let given = |name: &str, default: Value| command.get(name).cloned().unwrap_or(default);
    let decoration = json!({
        "id": id, "application_id": BOT, "version": snowflake(), "type": kind,
        "default_member_permissions": given("default_member_permissions", Value::Null),
        "description": given("description", json!("")), "nsfw": given("nsfw", json!(false)),
        "integration_types": given("integration_types", json!([0])),
        "contexts": given("contexts", Value::Null),
    });
    super::events::merge(&mut command, &decoration);
    match guild {
        Some(guild) => command["guild_id"] = json!(guild),
        None => command["dm_permission"] = json!(true),
    }
    command
}

/// Discord leaves out of its answers what was null, false where false is the default, or empty.
fn without_defaults(value: &Value) -> Value {
    match value {
        Value::Object(entries) => entries
            .iter()
            .filter(|(name, value)| !is_default(name, value))
            .map(|(name, value)| (name.clone(), without_defaults(value)))
            .collect(),
        Value::Array(values) => values.iter().map(without_defaults).collect(),
        other => other.clone(),
    }
}

fn is_default(name: &str, value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(false) => matches!(name, "required" | "autocomplete" | "nsfw"),
        Value::Array(values) => matches!(name, "options" | "choices") && values.is_empty(),
        Value::Object(entries) => name.ends_with("_localizations") && entries.is_empty(),
        _ => false,
    }
}

pub(super) fn gateway_url(address: &str) -> String {
    format!("ws://{address}/gw")
}

pub(super) fn gateway_for_bot(address: &str) -> Value {
    json!({
        "url": gateway_url(address), "shards": 1,
        "session_start_limit": {
            "total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1,
        },
    })
}

fn application() -> Value {
    json!({
        "id": BOT, "name": "versus", "icon": null, "description": "", "summary": "", "type": null,
        "bot": bot_user(), "bot_public": true, "bot_require_code_grant": false,
        "verify_key": VERIFY_KEY, "flags": 0, "hook": true, "tags": [],
        "integration_types_config": { "0": {}, "1": {} }, "redirect_uris": [],
        "interactions_endpoint_url": null, "role_connections_verification_url": null,
        "owner": super::events::user(super::events::OTHER_USER, "owner", false), "team": null,
        "approximate_guild_count": 1, "approximate_user_install_count": 0, "rpc_origins": [],
    })
}
