//! Keeps the commands registered: at the start, and again when reloaded knowledge changes them.

use std::sync::Arc;
use std::time::Duration;

use axum::http::Method;
use serde::Deserialize;
use serenity::all::ApplicationId;
use tokio::sync::{Notify, watch};
use tokio::time::timeout;
use tracing::{error, warn};

use super::super::Failure;
use super::super::config::{Discord, PUBLIC_KEY, TOKEN};
use super::answering::Answering;
use super::elsewhere;
use super::registration::{Registration, register};
use super::request::{Request, Route};
use super::rest::{Rest, RestError};
use super::starting::{has_to_be_fixed, send};

/// How long the start waits for the registration. After that it goes on with the commands that exist.
const SETTLED_WITHIN: Duration = Duration::from_secs(5);
/// Discord's code for too many new commands in a day.
const TOO_MANY_TODAY: u64 = 30034;

/// Registers the commands of what is known.
pub(super) struct Registrar {
    rest: Arc<Rest>,
    answering: Arc<Answering>,
    settings: Arc<Discord>,
    changed: Notify,
    /// Whether the first registration was accepted or refused.
    settled: watch::Sender<bool>,
    /// Whether requests of Discord are verified, so that the application's key matters.
    verifies: bool,
}

/// The application that a token belongs to.
#[derive(Deserialize)]
struct Application {
    id: ApplicationId,
    /// Its public key, in hexadecimal digits.
    verify_key: Option<String>,
}

impl Registrar {
    pub(super) fn new(rest: Arc<Rest>, answering: Arc<Answering>, settings: Arc<Discord>, verifies: bool) -> Self {
        let settled = watch::Sender::new(false);
        Self { rest, answering, settings, changed: Notify::new(), settled, verifies }
    }

    /// Registers the commands, and again whenever the knowledge has changed. It ends only for what a person has to fix
    /// before the bot can be of use.
    pub(super) async fn run(&self) -> Failure {
        loop {
            match self.register().await {
                Ok(()) => {}
                Err(failure) if !*self.settled.borrow() => return failure,
                Err(failure) => error!("{failure}"),
            }
            self.settled.send_replace(true);
            self.changed.notified().await;
        }
    }

    /// Notes that other commands may have to be registered.
    pub(super) fn knowledge_changed(&self) {
        self.changed.notify_one();
    }

    /// Waits until the commands are registered, or for a while.
    pub(super) async fn settled(&self) {
        let mut settled = self.settled.subscribe();
        // Whether they are or not: the commands that exist are answered.
        let _ = timeout(SETTLED_WITHIN, settled.wait_for(|settled| *settled)).await;
    }

    async fn register(&self) -> Result<(), Failure> {
        let (rest, settings) = (&*self.rest, &*self.settings);
        let current = send(rest, settings, Request::new(Route::Oauth2ApplicationCurrent, Method::GET)).await;
        let application: Application = match current.and_then(|answer| answer.json()) {
            Ok(application) => application,
            Err(error) => return self.failed(&error),
        };
        self.check_key(&application)?;
        let (core, store) = (self.answering.core(), self.answering.store());
        let to = Registration { rest, settings, application_id: application.id };
        // It is noted first: a bot that ends now has registered nothing that it does not know of.
        elsewhere::remember(&to, store).await;
        if let Err(error) = register(&to, core.knowledge()).await {
            return self.failed(&error);
        }
        // Nobody waits for what follows.
        self.settled.send_replace(true);
        elsewhere::clear(&to, store, core.knowledge()).await;
        elsewhere::warn_of_doubles(&to, core.knowledge()).await;
        Ok(())
    }

    /// A failure costs the new commands and not the old ones.
    fn failed(&self, error: &RestError) -> Result<(), Failure> {
        if let Some(failure) = has_to_be_fixed(error, &self.settings) {
            return Err(failure);
        }
        let (what, remedy) = match error {
            RestError::Status { code: TOO_MANY_TODAY, .. } => (
                "Discord refused to register the commands",
                "too many were created within a day, so start it again tomorrow",
            ),
            RestError::Status { .. } => {
                ("Discord refused to register the commands", "update versus, or report it as a fault")
            }
            RestError::Unreachable(_) | RestError::Unreadable(_) => (
                "the commands cannot be registered",
                "check the network and the address of the interface, and start it again",
            ),
        };
        warn!("{what}: {error}; the bot goes on with those that exist; {remedy}");
        Ok(())
    }

    /// Requests that another key signs would all be refused.
    fn check_key(&self, application: &Application) -> Result<(), Failure> {
        let (true, Some(key), Some(own)) = (self.verifies, self.settings.public_key, &application.verify_key) else {
            return Ok(());
        };
        let key: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        if own.eq_ignore_ascii_case(&key) {
            return Ok(());
        }
        let cause = format!("{PUBLIC_KEY} is not the key of the application that {TOKEN} belongs to");
        let remedy = "copy the public key of the same application from https://discord.com/developers/applications";
        Err(Failure::new(cause, remedy))
    }
}
