//! Requests to Discord's REST interface: where they go and what they carry. serenity builds what they carry.
//!
//! serenity has such requests too, but only together with a gateway client that is never used and a second, outdated TLS.

use std::fmt;

use axum::body::Bytes;
use axum::http::Method;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use axum::http::uri::{Authority, InvalidUri, Scheme};
use axum::http::{self, HeaderMap, HeaderValue, Uri};
use reqwest::multipart::{Form, Part};
use serenity::all::{ApplicationId, ChannelId, CreateAttachment, GuildId, InteractionId, MessageId};

use super::client::Sent;

/// The form that Discord asks for: a web address and a version.
pub(super) const AGENT: &str = concat!("DiscordBot (https://docs.rs/serenity, ", env!("CARGO_PKG_VERSION"), ")");
/// The version of the interface that serenity's models belong to.
const VERSION: &str = "/api/v10";

/// Headers of a request, with those that are added on its way.
const HEADERS: usize = 6;

/// Where a request goes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Route<'r> {
    Channel {
        channel_id: ChannelId,
    },
    ChannelMessage {
        channel_id: ChannelId,
        message_id: MessageId,
    },
    ChannelMessages {
        channel_id: ChannelId,
    },
    Commands {
        application_id: ApplicationId,
    },
    GatewayBot,
    GuildCommands {
        application_id: ApplicationId,
        guild_id: GuildId,
    },
    InteractionResponse {
        interaction_id: InteractionId,
        token: &'r str,
    },
    /// The same, which gives the message that it makes.
    InteractionResponseWithMessage {
        interaction_id: InteractionId,
        token: &'r str,
    },
    /// The latest messages of a channel, as many as Discord gives at once.
    LatestMessages {
        channel_id: ChannelId,
    },
    Oauth2ApplicationCurrent,
    PollExpire {
        channel_id: ChannelId,
        message_id: MessageId,
    },
    WebhookFollowupMessage {
        application_id: ApplicationId,
        token: &'r str,
        message_id: MessageId,
    },
    WebhookFollowupMessages {
        application_id: ApplicationId,
        token: &'r str,
    },
    WebhookOriginalInteractionResponse {
        application_id: ApplicationId,
        token: &'r str,
    },
}

/// Where requests go, and what lets them in.
pub(super) struct Target {
    scheme: Option<Scheme>,
    authority: Option<Authority>,
    /// The path before that of a route.
    path: String,
    authorization: HeaderValue,
}

/// A request that can be sent more than once.
#[derive(Debug, Clone)]
pub(super) struct Request<'r> {
    route: Route<'r>,
    method: Method,
    body: Body,
    /// Whether it is sent over a connection of its own: one that was kept may hang.
    is_fresh: bool,
}

#[derive(Debug, Clone)]
enum Body {
    None,
    /// A clone of it shares the bytes.
    Json(Bytes),
    Form {
        json: Vec<u8>,
        file: CreateAttachment,
    },
}

impl<'r> Request<'r> {
    pub(super) fn new(route: Route<'r>, method: Method) -> Self {
        Self { route, method, body: Body::None, is_fresh: false }
    }

    pub(super) fn json(self, json: Vec<u8>) -> Self {
        Self { body: Body::Json(json.into()), ..self }
    }

    /// A form with a picture.
    pub(super) fn form(self, json: Vec<u8>, file: CreateAttachment) -> Self {
        Self { body: Body::Form { json, file }, ..self }
    }

    /// The same over a connection of its own.
    pub(super) fn fresh(self) -> Self {
        Self { is_fresh: true, ..self }
    }

    pub(super) fn is_fresh(&self) -> bool {
        self.is_fresh
    }

    /// Whether Discord may need seconds for it: an upload, or commands that are registered.
    pub(super) fn may_take_long(&self) -> bool {
        let is_answer = self.route.is_of_interaction() || matches!(self.route, Route::ChannelMessages { .. });
        !is_answer || matches!(self.body, Body::Form { .. })
    }

    pub(super) fn route(&self) -> &Route<'r> {
        &self.route
    }

    /// The request in the form of HTTP.
    ///
    /// # Errors
    /// Its address cannot be one.
    pub(super) fn build(self, target: &Target) -> Result<Sent, http::Error> {
        let mut request = http::Request::new(reqwest::Body::default());
        *request.uri_mut() = target.address(&self.route)?;
        *request.method_mut() = self.method;
        let headers = request.headers_mut();
        headers.reserve(HEADERS);
        headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
        headers.insert(AUTHORIZATION, target.authorization.clone());
        match self.body {
            Body::None => {}
            Body::Json(json) => {
                headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
                *request.body_mut() = json.into();
            }
            Body::Form { json, file } => {
                let mut kind = HeaderMap::with_capacity(1);
                kind.insert(CONTENT_TYPE, HeaderValue::from_static("image/png"));
                let picture = Part::bytes(file.data).file_name(file.filename).headers(kind);
                let form = Form::new().part("files[0]", picture).part("payload_json", Part::bytes(json));
                return Ok(Sent::Form(request, form));
            }
        }
        Ok(Sent::Plain(request))
    }
}

impl Target {
    /// An address such as `https://discord.com`, and the header that lets in.
    ///
    /// # Errors
    /// It is not a valid address.
    pub(super) fn new(api: &str, authorization: HeaderValue) -> Result<Self, InvalidUri> {
        let address = api.parse::<Uri>()?;
        let path = format!("{}{VERSION}", address.path().trim_end_matches('/'));
        let parts = address.into_parts();
        Ok(Self { scheme: parts.scheme, authority: parts.authority, path, authorization })
    }

    fn address(&self, route: &Route<'_>) -> Result<Uri, http::Error> {
        let mut parts = http::uri::Parts::default();
        parts.scheme.clone_from(&self.scheme);
        parts.authority.clone_from(&self.authority);
        parts.path_and_query = Some(format!("{}{route}", self.path).try_into()?);
        Ok(Uri::from_parts(parts)?)
    }
}

impl Route<'_> {
    /// Whether it answers an interaction, or follows such an answer.
    pub(super) fn is_of_interaction(&self) -> bool {
        matches!(
            self,
            Self::InteractionResponse { .. }
                | Self::InteractionResponseWithMessage { .. }
                | Self::WebhookFollowupMessage { .. }
                | Self::WebhookFollowupMessages { .. }
                | Self::WebhookOriginalInteractionResponse { .. }
        )
    }
}

impl fmt::Display for Route<'_> {
    /// The path, and the question after it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Channel { channel_id } => write!(f, "/channels/{channel_id}"),
            Self::ChannelMessages { channel_id } => write!(f, "/channels/{channel_id}/messages"),
            Self::ChannelMessage { channel_id, message_id } => {
                write!(f, "/channels/{channel_id}/messages/{message_id}")
            }
            Self::Commands { application_id } => write!(f, "/applications/{application_id}/commands"),
            Self::GatewayBot => f.write_str("/gateway/bot"),
            Self::GuildCommands { application_id, guild_id } => {
                write!(f, "/applications/{application_id}/guilds/{guild_id}/commands")
            }
            Self::InteractionResponse { interaction_id, token } => {
                write!(f, "/interactions/{interaction_id}/{token}/callback")
            }
            Self::InteractionResponseWithMessage { interaction_id, token } => {
                write!(f, "/interactions/{interaction_id}/{token}/callback?with_response=true")
            }
            Self::LatestMessages { channel_id } => write!(f, "/channels/{channel_id}/messages?limit=100"),
            Self::PollExpire { channel_id, message_id } => {
                write!(f, "/channels/{channel_id}/polls/{message_id}/expire")
            }
            Self::Oauth2ApplicationCurrent => f.write_str("/oauth2/applications/@me"),
            Self::WebhookFollowupMessage { application_id, token, message_id } => {
                write!(f, "/webhooks/{application_id}/{token}/messages/{message_id}")
            }
            Self::WebhookFollowupMessages { application_id, token } => write!(f, "/webhooks/{application_id}/{token}"),
            Self::WebhookOriginalInteractionResponse { application_id, token } => {
                write!(f, "/webhooks/{application_id}/{token}/messages/@original")
            }
        }
    }
}
