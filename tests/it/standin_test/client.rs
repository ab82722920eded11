//! A client of the stand-in's REST API, which knows no more than Discord's documentation; serenity reads the answers.

use reqwest::multipart::{Form, Part};
use reqwest::{Client, Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serenity::all::CreateAttachment;

use crate::standin::Standin;

pub(super) struct Http {
    client: Client,
    api: String,
    token: String,
}

pub(super) fn http(standin: &Standin, token: &str) -> Http {
    Http { client: Client::new(), api: format!("{}/api/v10", standin.url()), token: token.to_owned() }
}

impl Http {
    /// Sends JSON. An error is Discord's message, or why the answer cannot be read.
    pub(super) async fn send<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, String> {
        let body = serde_json::to_vec(body).expect("it is JSON");
        finish(self.request(method, path).header("content-type", "application/json").body(body)).await
    }

    /// Sends JSON with a file.
    pub(super) async fn upload<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        file: CreateAttachment,
    ) -> Result<T, String> {
        let body = serde_json::to_string(body).expect("it is JSON");
        let file = Part::bytes(file.data).file_name(file.filename);
        let form = Form::new().part("files[0]", file).text("payload_json", body);
        finish(self.request(Method::POST, path).multipart(form)).await
    }

    /// Sends no body.
    pub(super) async fn ask<T: DeserializeOwned>(&self, method: Method, path: &str) -> Result<T, String> {
        finish(self.request(method, path)).await
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.api));
        let request = request.header("user-agent", "DiscordBot (https://example.org, 1)");
        request.header("authorization", format!("Bot {}", self.token))
    }
}

async fn finish<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, String> {
    let answer = request.send().await.map_err(|error| error.to_string())?;
    let status = answer.status();
    let body = answer.bytes().await.map_err(|error| error.to_string())?;
    // An answer without a body says nothing.
    let body: &[u8] = if body.is_empty() { b"null" } else { &body };
    if status.is_success() {
        return serde_json::from_slice(body).map_err(|error| error.to_string());
    }
    let body: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    Err(body["message"].as_str().unwrap_or_default().to_owned())
}
