//! Requests as Discord signs them and posts them to the address of an application.

use std::time::{SystemTime, UNIX_EPOCH};

use ed25519_dalek::{Signer, SigningKey};
use reqwest::{Client, Method, Response};

/// The key of the application, and that of somebody else. They protect nothing, and are always the same, so that what
/// fails once fails again.
const APPLICATION: [u8; 32] = [7; 32];
const SOMEBODY_ELSE: [u8; 32] = [8; 32];

/// A request to the bot, with its signature or what is given for one.
#[derive(Clone)]
pub(crate) struct Post {
    pub(crate) signature: Option<Vec<u8>>,
    pub(crate) timestamp: Option<Vec<u8>>,
    pub(crate) body: Vec<u8>,
}

/// What the bot answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    pub(crate) body: Vec<u8>,
}

impl Post {
    /// A request that was signed just now.
    pub(crate) fn signed(body: impl Into<Vec<u8>>) -> Self {
        Self::signed_by(APPLICATION, &now(), body.into())
    }

    /// A request that was signed so many seconds from now.
    pub(crate) fn signed_at(seconds: i64, body: impl Into<Vec<u8>>) -> Self {
        Self::signed_by(APPLICATION, &(seconds_now() + seconds).to_string(), body.into())
    }

    /// A request with this in the place of the time, and a signature over it.
    pub(crate) fn signed_with(timestamp: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::signed_by(APPLICATION, timestamp, body.into())
    }

    /// A request that another application's key signed.
    pub(crate) fn signed_by_somebody_else(body: impl Into<Vec<u8>>) -> Self {
        Self::signed_by(SOMEBODY_ELSE, &now(), body.into())
    }

    fn signed_by(key: [u8; 32], timestamp: &str, body: Vec<u8>) -> Self {
        let signed = [timestamp.as_bytes(), &body].concat();
        let signature = hex(&SigningKey::from_bytes(&key).sign(&signed).to_bytes());
        Self { signature: Some(signature.into_bytes()), timestamp: Some(timestamp.as_bytes().to_vec()), body }
    }

    /// Sends it to an address.
    pub(crate) async fn send(self, client: &Client, url: &str) -> Answer {
        let mut request = client.post(url).header("content-type", "application/json");
        for (name, value) in [("x-signature-ed25519", self.signature), ("x-signature-timestamp", self.timestamp)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        Answer::read(request.body(self.body).send().await.expect("the bot answers")).await
    }
}

impl Answer {
    async fn read(response: Response) -> Self {
        let status = response.status().as_u16();
        let content_type = response.headers().get("content-type").and_then(|value| value.to_str().ok());
        let content_type = content_type.unwrap_or_default().to_owned();
        let body = response.bytes().await.expect("the answer has an end").to_vec();
        Self { status, content_type, body }
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Whoever sends requests to the bot; connections stay open, as those of Discord do.
pub(crate) fn client() -> Client {
    // What is sent to this machine never goes through a proxy of whoever runs the tests.
    Client::builder().no_proxy().build().expect("a client can be made")
}

/// A request without a body.
pub(crate) async fn request(client: &Client, method: &str, url: &str) -> Answer {
    let method: Method = method.parse().expect("it is a method");
    Answer::read(client.request(method, url).send().await.expect("the bot answers")).await
}

/// What the bot is given as `DISCORD_PUBLIC_KEY`.
pub(crate) fn public_key() -> String {
    hex(SigningKey::from_bytes(&APPLICATION).verifying_key().as_bytes())
}

fn now() -> String {
    seconds_now().to_string()
}

fn seconds_now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is later than 1970");
    i64::try_from(now.as_secs()).expect("it is not that late")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
