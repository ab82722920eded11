//! Requests to Discord's REST interface: where they go and what they carry. serenity builds what they carry.
//!
//! serenity has such requests too, but only together with a gateway client that is never used and a second, outdated TLS.

use axum::body::Bytes;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Method, Url};
use serenity::all::{ApplicationId, ChannelId, CreateAttachment, GuildId, InteractionId, MessageId};

/// The form that Discord asks for: a web address and a version.
pub(super) const AGENT: &str = concat!("DiscordBot (https://docs.rs/serenity, ", env!("CARGO_PKG_VERSION"), ")");
/// The version of the interface that serenity's models belong to.
const VERSION: &str = "/api/v10";

/// Where a request goes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Route<'r> {
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

    /// The request to an address such as `https://discord.com`, in the form of HTTP.
    pub(super) fn build(self, client: &Client, authorization: &str, api: &Url) -> reqwest::Result<reqwest::Request> {
        let mut address = api.clone();
        let path = self.route.path();
        let (path, query) = path.split_once('?').map_or((path.as_str(), None), |(path, query)| (path, Some(query)));
        address.set_path(&format!("{}{VERSION}{path}", api.path().trim_end_matches('/')));
        address.set_query(query);
        let request = client.request(self.method, address);
        let request = request.header(USER_AGENT, AGENT).header(AUTHORIZATION, authorization);
        let request = match self.body {
            Body::None => request.body(""),
            Body::Json(json) => request.header(CONTENT_TYPE, "application/json").body(json),
            Body::Form { json, file } => {
                let picture = Part::bytes(file.data).file_name(file.filename).mime_str("image/png")?;
                request.multipart(Form::new().part("files[0]", picture).part("payload_json", Part::bytes(json)))
            }
        };
        request.build()
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

    fn path(&self) -> String {
        match self {
            Self::ChannelMessages { channel_id } => format!("/channels/{channel_id}/messages"),
            Self::ChannelMessage { channel_id, message_id } => format!("/channels/{channel_id}/messages/{message_id}"),
            Self::Commands { application_id } => format!("/applications/{application_id}/commands"),
            Self::GatewayBot => "/gateway/bot".to_owned(),
            Self::GuildCommands { application_id, guild_id } => {
                format!("/applications/{application_id}/guilds/{guild_id}/commands")
            }
            Self::InteractionResponse { interaction_id, token } => {
                format!("/interactions/{interaction_id}/{token}/callback")
            }
            Self::InteractionResponseWithMessage { interaction_id, token } => {
                format!("/interactions/{interaction_id}/{token}/callback?with_response=true")
            }
            Self::LatestMessages { channel_id } => format!("/channels/{channel_id}/messages?limit=100"),
            Self::PollExpire { channel_id, message_id } => format!("/channels/{channel_id}/polls/{message_id}/expire"),
            Self::Oauth2ApplicationCurrent => "/oauth2/applications/@me".to_owned(),
            Self::WebhookFollowupMessage { application_id, token, message_id } => {
                format!("/webhooks/{application_id}/{token}/messages/{message_id}")
            }
            Self::WebhookFollowupMessages { application_id, token } => format!("/webhooks/{application_id}/{token}"),
            Self::WebhookOriginalInteractionResponse { application_id, token } => {
                format!("/webhooks/{application_id}/{token}/messages/@original")
            }
        }
    }
}
