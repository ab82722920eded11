//! A local stand-in for Discord: its REST API and its gateway over real sockets, scripted by a test.
//!
//! It answers as Discord does, records all that it is sent, and checks every message and command list
//! against Discord's limits; a test that breaks one fails when its stand-in is dropped.

mod attachments;
mod buckets;
pub(crate) mod check;
mod door;
pub(crate) mod events;
pub(crate) mod fault;
mod gateway;
pub(crate) mod hurried;
mod intents;
mod messages;
pub(crate) mod polls;
pub(crate) mod record;
pub(crate) mod rest;
mod session;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::routing::any;
use axum::serve::ListenerExt;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

use crate::folder::Folder;
use fault::Fault;
use hurried::Arrival;
use record::Recorded;
use session::Gateway;

/// How long any wait of a test may take before the test fails: long enough for any machine, and reached only by a fault.
pub(crate) const TIME_OUT: Duration = Duration::from_secs(60);
/// The same where the bot is to wait for a minute.
pub(crate) const LONG: Duration = Duration::from_secs(180);

/// What a test can choose before the bot connects.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Discord's own, so that no heartbeat disturbs a test that does not look at them.
    pub(crate) heartbeat_interval: Duration,
    /// That of the first connection, where it is another one.
    pub(crate) first_heartbeat_interval: Option<Duration>,
    /// Whether heartbeats are acknowledged.
    pub(crate) acknowledge_heartbeats: bool,
    /// How many messages a channel takes in a window; without it, as many as there are.
    pub(crate) channel_limit: Option<(usize, Duration)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            heartbeat_interval: Duration::from_millis(41_250),
            first_heartbeat_interval: None,
            acknowledge_heartbeats: true,
            channel_limit: None,
        }
    }
}

/// The running stand-in.
pub(crate) struct Standin {
    shared: Arc<Shared>,
    server: JoinHandle<()>,
    /// What the bot keeps lies here: it outlives a restart of the bot, and not the test.
    folder: Folder,
}

/// What the server's tasks and the test both hold.
struct Shared {
    address: String,
    options: Options,
    /// Where answers go that are neither checked nor recorded.
    hurried: Option<UnboundedSender<Arrival>>,
    state: Mutex<State>,
    changed: Notify,
}

/// All that has happened, and all that is to happen.
#[derive(Default)]
struct State {
    requests: Vec<(Recorded, Taken)>,
    faults: Vec<Fault>,
    /// How often what was held back has been released.
    releases: usize,
    violations: Vec<String>,
    rest: rest::Memory,
    gateway: Gateway,
}

/// Whether a test has already waited for this request, so that the next wait finds the next one.
type Taken = bool;

/// The only token that the stand-in accepts. It has the shape of a real one, put together here so
/// that no scanner takes it for a leaked secret.
pub(crate) fn token() -> String {
    let user = "MTEwMDAwMDAwMDAwMDAwMDAwMQ";
    [user, "GSTAND", "stand-in-stand-in-stand-in-stand-in-00"].join(".")
}

impl Standin {
    pub(crate) async fn start() -> Self {
        Self::start_with(Options::default()).await
    }

    pub(crate) async fn start_with(options: Options) -> Self {
        Self::open(options, None).await
    }

    /// Starts one that takes in answers without a look, and passes them on.
    pub(crate) async fn start_hurried() -> (Self, UnboundedReceiver<Arrival>) {
        let (arrivals, arrived) = unbounded_channel();
        (Self::open(Options::default(), Some(arrivals)).await, arrived)
    }

    async fn open(options: Options, hurried: Option<UnboundedSender<Arrival>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a local port is free");
        let address = listener.local_addr().expect("a bound socket has an address");
        // An event does not wait until the one before is acknowledged; a socket that is gone already needs nothing.
        let listener = listener.tap_io(|socket| drop(socket.set_nodelay(true)));
        let shared = Arc::new(Shared {
            address: address.to_string(),
            options,
            hurried,
            state: Mutex::default(),
            changed: Notify::new(),
        });
        let router = Router::new()
            .route("/gw", any(gateway::upgrade))
            .route("/gw/", any(gateway::upgrade))
            .route("/gw/resume/", any(gateway::upgrade_to_resume))
            .fallback(rest::handle)
            .with_state(Arc::clone(&shared));
        let server = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("the server runs until it is aborted");
        });
        Self { shared, server, folder: Folder::new() }
    }

    /// The file that the bot is given as its database.
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("versus.db")
    }

    /// What the bot is given as `DISCORD_API_URL`.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.shared.address)
    }

    /// What it gives as the gateway's address.
    pub(crate) fn gateway_url(&self) -> String {
        rest::gateway_url(&self.shared.address)
    }

    /// What it says about its gateway, with these changes.
    pub(crate) fn gateway_for_bot(&self, changes: &Value) -> Value {
        let mut gateway = rest::gateway_for_bot(&self.shared.address);
        events::merge(&mut gateway, changes);
        gateway
    }

    /// Every request so far, in order.
    pub(crate) fn requests(&self) -> Vec<Recorded> {
        let state = self.shared.lock();
        let requests = state.requests.iter();
        requests.map(|(request, _)| request.clone()).collect()
    }

    /// Waits for the first request that matches and that no earlier wait was given.
    pub(crate) async fn next(&self, matches: impl Fn(&Recorded) -> bool) -> Recorded {
        let find = |state: &mut State| {
            let untaken = |entry: &&mut (Recorded, Taken)| !entry.1 && matches(&entry.0);
            let found = state.requests.iter_mut().find(untaken)?;
            found.1 = true;
            Some(found.0.clone())
        };
        self.shared.wait_for("a matching request", find).await
    }

    /// Lets the next requests of this kind go wrong.
    pub(crate) fn fault(&self, fault: Fault) {
        self.shared.lock().faults.push(fault);
    }

    /// Lets everything happen that a fault holds back.
    pub(crate) fn release(&self) {
        self.shared.change(|state| state.releases += 1);
    }

    /// Keeps a file as Discord does for somebody who sends it, and gives its address.
    pub(crate) fn keep_file(&self, content: &[u8]) -> String {
        let id = events::snowflake();
        self.shared.lock().rest.files.insert(id.clone(), content.to_vec());
        format!("{}/attachments/{id}/team.json", self.url())
    }

    /// Describes a channel: its kind, and the channel that it is a thread of or the category that it is in.
    pub(crate) fn describe_channel(&self, id: &str, kind: u8, parent: &str) {
        let channel = messages::described(id, kind, Some(parent));
        self.shared.lock().rest.messages.channels.insert(id.to_owned(), channel);
    }

    /// The message that answers an interaction or a message, as Discord shows it now; null where there is none.
    pub(crate) fn answer_to(&self, event: &Value) -> Value {
        self.shared.lock().rest.messages.answer_to(event)
    }

    /// The commands that are registered, globally or in a guild, as Discord would list them.
    pub(crate) fn commands(&self, guild: Option<&str>) -> Vec<Value> {
        self.shared.lock().rest.commands(guild)
    }

    /// Registers commands as if an earlier run of the bot had done it.
    pub(crate) fn register(&self, guild: Option<&str>, commands: &[Value]) {
        self.shared.lock().rest.register(guild, commands);
    }

    /// What broke a limit so far; the test answers for them from here on.
    pub(crate) fn take_violations(&self) -> Vec<String> {
        std::mem::take(&mut self.shared.lock().violations)
    }

    /// Fails the test if anything that the bot sent broke one of Discord's rules.
    pub(crate) fn finish(self) {
        drop(self);
    }
}

impl Drop for Standin {
    fn drop(&mut self) {
        self.server.abort();
        let violations = self.take_violations();
        // A second panic would hide the first one.
        let lawful = violations.is_empty() || std::thread::panicking();
        assert!(lawful, "the bot broke Discord's rules:\n{}", violations.join("\n"));
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A test that failed while it held the state must still be able to report what it saw.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state and wakes every wait.
    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut self.lock());
        self.changed.notify_waiters();
        result
    }

    /// Waits until the test lets go of what is held back, however long that takes.
    async fn released(&self) {
        let before = self.lock().releases;
        loop {
            let mut changed = std::pin::pin!(self.changed.notified());
            changed.as_mut().enable();
            if self.lock().releases > before {
                return;
            }
            changed.await;
        }
    }

    /// Waits until the state has what is looked for; fails the test when that takes too long.
    async fn wait_for<T>(&self, what: &str, find: impl FnMut(&mut State) -> Option<T>) -> T {
        self.wait_within(TIME_OUT, what, find).await
    }

    async fn wait_within<T>(&self, within: Duration, what: &str, mut find: impl FnMut(&mut State) -> Option<T>) -> T {
        let search = async {
            loop {
                // Listening starts before looking, so that no change falls in between.
                let mut changed = std::pin::pin!(self.changed.notified());
                changed.as_mut().enable();
                if let Some(found) = find(&mut self.lock()) {
                    return found;
                }
                changed.await;
            }
        };
        let Ok(found) = tokio::time::timeout(within, search).await else {
            let seen = self.lock().report();
            panic!("waited {within:?} for {what} and saw:\n{seen}");
        };
        found
    }
}

impl State {
    /// What has happened, for the message of a failed wait.
    fn report(&self) -> String {
        let mut report = self.gateway.report();
        for (request, taken) in &self.requests {
            let mark = if *taken { " (already taken)" } else { "" };
            // Writing to a string cannot fail.
            let _ = writeln!(report, "{request}{mark}");
        }
        for violation in &self.violations {
            let _ = writeln!(report, "violation: {violation}");
        }
        report
    }
}
