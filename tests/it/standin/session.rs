//! The gateway's side of a session: who identified, what was dispatched, what a resume replays.

use std::collections::VecDeque;
use std::fmt::Write as _;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::events::{BOT, GUILD, OTHER_GUILD, bot_user, snowflake};
use super::{Options, intents, token};

/// What a connection's task is told to do.
#[derive(Debug)]
pub(super) enum Order {
    Send(String),
    Close(u16, &'static str),
    /// The connection ends without a word.
    Drop,
}

/// The state of the gateway over all connections.
#[derive(Default)]
pub(super) struct Gateway {
    /// The query of each connection, as `v=10&encoding=json`, with `resume ` before it where the address is the one for that.
    pub(super) connections: Vec<String>,
    /// So many attempts to connect are refused next.
    pub(super) away: usize,
    /// The connections from this one on (from 1) are open, but nothing comes or goes on those before it.
    pub(super) frozen: usize,
    /// How each connection ended that has ended: with the bot's close code if it sent one.
    pub(super) ended: Vec<Option<u16>>,
    pub(super) identifies: Vec<Value>,
    pub(super) resumes: Vec<Value>,
    pub(super) ready: usize,
    pub(super) resumed: usize,
    pub(super) heartbeats: usize,
    /// What else the bot sent.
    pub(super) others: Vec<Value>,
    /// The close codes with which the next IDENTIFYs are refused.
    pub(super) refusals: VecDeque<u16>,
    /// The servers that the bot was removed from.
    pub(super) left: Vec<String>,
    withheld: Vec<String>,
    latest: Option<UnboundedSender<Order>>,
    session: Option<Session>,
}

struct Session {
    id: String,
    intents: u64,
    /// Every dispatch with its sequence number, for a resume.
    history: Vec<(u64, String)>,
    /// The connection that the session is on, with its number.
    attached: Option<(usize, UnboundedSender<Order>)>,
}

impl Gateway {
    /// A new connection; gives its number.
    pub(super) fn connect(&mut self, query: String, orders: UnboundedSender<Order>) -> usize {
        self.latest = Some(orders);
        self.connections.push(query);
        self.connections.len()
    }

    pub(super) fn end(&mut self, connection: usize, code: Option<u16>) {
        self.ended.push(code);
        if let Some(session) = &mut self.session {
            session.attached.take_if(|(number, _)| *number == connection);
        }
    }

    /// Tells the newest connection what to do.
    #[track_caller]
    pub(super) fn order(&self, order: Order) {
        let latest = self.latest.as_ref().expect("the bot has connected");
        latest.send(order).expect("the connection is still open");
    }

    /// Sends an event, or keeps it for the resume while the bot is away.
    #[track_caller]
    pub(super) fn dispatch(&mut self, name: &str, data: Value) {
        let session = self.session.as_mut().expect("the bot is ready");
        match intents::allowed(session.intents, name, data) {
            Ok(data) => session.dispatch(name, &data),
            Err(intent) => self.withheld.push(format!("{name} for want of {intent}")),
        }
    }

    /// Ends the session, so that it cannot be resumed.
    pub(super) fn forget_session(&mut self) {
        self.session = None;
    }

    /// Takes in one frame of the bot.
    pub(super) fn receive(
        &mut self,
        connection: usize,
        orders: &UnboundedSender<Order>,
        frame: &str,
        (options, address): (&Options, &str),
    ) {
        let frame: Value = serde_json::from_str(frame).unwrap_or_default();
        let answer = match frame["op"].as_u64() {
            Some(1) => {
                self.heartbeats += 1;
                options.acknowledge_heartbeats.then(|| Order::Send(json!({ "op": 11 }).to_string()))
            }
            Some(2) => self.identify(connection, orders, &frame["d"], address),
            Some(6) => self.resume(connection, orders, &frame["d"]),
            Some(_) => {
                self.others.push(frame);
                None
            }
            None => Some(Order::Close(4002, "Error while decoding payload.")),
        };
        if let Some(answer) = answer {
            // A connection that is gone needs no answer.
            let _ = orders.send(answer);
        }
    }

    fn identify(
        &mut self,
        connection: usize,
        orders: &UnboundedSender<Order>,
        data: &Value,
        address: &str,
    ) -> Option<Order> {
        self.identifies.push(data.clone());
        let intents = data["intents"].as_u64();
        if let Some(code) = self.refusals.pop_front() {
            return Some(Order::Close(code, "Refused by the test."));
        }
        if !is_token(&data["token"]) {
            return Some(Order::Close(4004, "Authentication failed."));
        }
        let Some(intents) = intents else {
            return Some(Order::Close(4013, "Invalid intent(s)."));
        };
        if intents::are_privileged(intents) {
            return Some(Order::Close(4014, "Disallowed intent(s)."));
        }
        let mut session = Session {
            id: format!("session-{}", snowflake()),
            intents,
            history: Vec::new(),
            attached: Some((connection, orders.clone())),
        };
        let ready = ready(&session.id, &data["shard"], address, &self.left);
        session.dispatch("READY", &ready);
        self.session = Some(session);
        self.ready += 1;
        None
    }

    fn resume(&mut self, connection: usize, orders: &UnboundedSender<Order>, data: &Value) -> Option<Order> {
        self.resumes.push(data.clone());
        if !is_token(&data["token"]) {
            return Some(Order::Close(4004, "Authentication failed."));
        }
        let named = |session: &&mut Session| data["session_id"] == session.id.as_str();
        let Some(session) = self.session.as_mut().filter(named) else {
            return Some(Order::Send(invalid_session(false)));
        };
        let seen = data["seq"].as_u64().unwrap_or_default();
        let missed = session.history.iter().filter(|(sequence, _)| *sequence > seen);
        for (_, text) in missed {
            // A connection that is gone needs no replay.
            let _ = orders.send(Order::Send(text.clone()));
        }
        session.attached = Some((connection, orders.clone()));
        session.dispatch("RESUMED", &json!({ "_trace": ["stand-in"] }));
        self.resumed += 1;
        None
    }

    pub(super) fn report(&self) -> String {
        let mut report = String::new();
        // Writing to a string cannot fail.
        let _ = writeln!(
            report,
            "gateway: {} connections, {} ready, {} resumed, ended with {:?}",
            self.connections.len(),
            self.ready,
            self.resumed,
            self.ended,
        );
        for event in &self.withheld {
            let _ = writeln!(report, "withheld: {event}");
        }
        report
    }
}

impl Session {
    fn dispatch(&mut self, name: &str, data: &Value) {
        let sequence = self.history.len() as u64 + 1;
        let text = json!({ "op": 0, "t": name, "s": sequence, "d": data }).to_string();
        self.history.push((sequence, text.clone()));
        if let Some((_, orders)) = &self.attached {
            // While the bot is away the history keeps the event.
            let _ = orders.send(Order::Send(text));
        }
    }
}

pub(super) fn invalid_session(resumable: bool) -> String {
    json!({ "op": 9, "d": resumable }).to_string()
}

/// Discord takes the token in an IDENTIFY with and without `Bot ` in front.
fn is_token(given: &Value) -> bool {
    let given = given.as_str().unwrap_or_default();
    given.trim_start_matches("Bot ") == token()
}

fn ready(session: &str, shard: &Value, address: &str, left: &[String]) -> Value {
    let guilds = [GUILD, OTHER_GUILD].into_iter().filter(|guild| !left.iter().any(|left| left == guild));
    // Discord tells later how they are.
    let guilds: Vec<Value> = guilds.map(|guild| json!({ "id": guild, "unavailable": true })).collect();
    let mut user = bot_user();
    super::events::merge(&mut user, &json!({ "verified": true, "mfa_enabled": false, "email": null, "flags": 0 }));
    json!({
        "v": 10, "user": user, "session_id": session, "session_type": "normal",
        "resume_gateway_url": format!("ws://{address}/gw/resume"), "guilds": guilds, "shard": shard,
        "application": { "id": BOT, "flags": 0 }, "private_channels": [], "presences": [],
        "relationships": [], "user_settings": {}, "user_settings_proto": null,
        "guild_join_requests": [], "geo_ordered_rtc_regions": [], "auth": {},
        "_trace": ["stand-in"],
    })
}
