//! The gateway's sockets, and what a test can do with them.

use std::sync::Arc;

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::session::{Order, invalid_session};
use super::{LONG, Shared, Standin, TIME_OUT};

/// The door of a new session.
pub(super) async fn upgrade(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    socket: WebSocketUpgrade,
) -> Response {
    open(shared, query.unwrap_or_default(), socket)
}

/// The door of a session that goes on.
pub(super) async fn upgrade_to_resume(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    socket: WebSocketUpgrade,
) -> Response {
    open(shared, format!("resume {}", query.unwrap_or_default()), socket)
}

fn open(shared: Arc<Shared>, query: String, socket: WebSocketUpgrade) -> Response {
    let is_away = shared.change(|state| {
        let is_away = state.gateway.away > 0;
        state.gateway.away = state.gateway.away.saturating_sub(1);
        is_away
    });
    if is_away {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    socket.on_upgrade(|socket| serve(shared, query, socket))
}

/// One connection, from HELLO to its end.
async fn serve(shared: Arc<Shared>, query: String, mut socket: WebSocket) {
    let (sender, mut orders) = mpsc::unbounded_channel();
    let options = &shared.options;
    let connection = shared.change(|state| {
        let connection = state.gateway.connect(query, sender.clone());
        let first = options.first_heartbeat_interval.filter(|_| connection == 1);
        let interval = first.unwrap_or(options.heartbeat_interval).as_millis();
        let hello = json!({ "op": 10, "d": { "heartbeat_interval": interval } });
        let _ = sender.send(Order::Send(hello.to_string()));
        connection
    });
    let mut code = None;
    loop {
        tokio::select! {
            Some(order) = orders.recv() => {
                let is_swallowed =
                    matches!(order, Order::Send(_)) && connection <= shared.lock().gateway.frozen;
                if !is_swallowed && !obey(&mut socket, order).await {
                    break;
                }
            }
            frame = socket.recv() => match frame {
                Some(Ok(Message::Text(text))) => {
                    let context = (&shared.options, shared.address.as_str());
                    shared.change(|state| {
                        state.gateway.receive(connection, &sender, &text, context);
                    });
                }
                Some(Ok(Message::Close(frame))) => {
                    code = frame.map(|frame| frame.code);
                    break;
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => break,
            }
        }
    }
    // No order may be lost in a queue that nobody reads any more.
    drop(orders);
    shared.change(|state| state.gateway.end(connection, code));
}

/// Does what the connection is told; false when it is over.
async fn obey(socket: &mut WebSocket, order: Order) -> bool {
    match order {
        Order::Send(text) => socket.send(Message::Text(text.into())).await.is_ok(),
        Order::Close(code, reason) => {
            let frame = CloseFrame { code, reason: reason.into() };
            if socket.send(Message::Close(Some(frame))).await.is_ok() {
                // Closing with unread frames would reset the connection and lose the close code.
                let rest = async { while let Some(Ok(_)) = socket.recv().await {} };
                let _ = tokio::time::timeout(TIME_OUT, rest).await;
            }
            false
        }
        Order::Drop => false,
    }
}

impl Standin {
    /// Waits until the n-th session (from 1) is ready, and gives its IDENTIFY.
    pub(crate) async fn ready(&self, number: usize) -> Value {
        self.shared
            .wait_for(&format!("session {number} to be ready"), |state| {
                let gateway = &state.gateway;
                (gateway.ready >= number).then(|| gateway.identifies.last().cloned())?
            })
            .await
    }

    /// Waits for the n-th RESUME (from 1) that succeeds, and gives the newest one.
    pub(crate) async fn resumed(&self, number: usize) -> Value {
        self.shared
            .wait_for(&format!("resume {number}"), |state| {
                let gateway = &state.gateway;
                (gateway.resumed >= number).then(|| gateway.resumes.last().cloned())?
            })
            .await
    }

    /// Waits for a RESUME that succeeds, where the bot may wait for a minute before.
    pub(crate) async fn resumed_in_the_end(&self) {
        self.shared.wait_within(LONG, "a resume", |state| (state.gateway.resumed > 0).then_some(())).await;
    }

    /// Waits until the n-th connection (from 1) has ended: the close code, if the bot sent one.
    pub(crate) async fn ended(&self, number: usize) -> Option<u16> {
        self.shared
            .wait_for(&format!("the end of connection {number}"), |state| {
                state.gateway.ended.get(number.saturating_sub(1)).copied()
            })
            .await
    }

    /// Waits until the bot has sent this many heartbeats in all.
    pub(crate) async fn heartbeats(&self, number: usize) {
        self.shared
            .wait_for(&format!("{number} heartbeats"), |state| (state.gateway.heartbeats >= number).then_some(()))
            .await;
    }

    /// Waits until the bot has opened this many connections; gives their queries.
    pub(crate) async fn connections(&self, number: usize) -> Vec<String> {
        self.shared
            .wait_for(&format!("{number} connections"), |state| {
                let connections = &state.gateway.connections;
                (connections.len() >= number).then(|| connections.clone())
            })
            .await
    }

    /// Every IDENTIFY so far, refused ones too.
    pub(crate) fn identifies(&self) -> Vec<Value> {
        self.shared.lock().gateway.identifies.clone()
    }

    /// Every RESUME so far, refused ones too.
    pub(crate) fn resumes(&self) -> Vec<Value> {
        self.shared.lock().gateway.resumes.clone()
    }

    /// What the bot sent besides IDENTIFY, RESUME and heartbeats.
    pub(crate) fn other_frames(&self) -> Vec<Value> {
        self.shared.lock().gateway.others.clone()
    }

    /// Sends an event as its intents let the bot see it; needs a session.
    pub(crate) fn dispatch(&self, name: &str, data: &Value) {
        self.shared.change(|state| {
            if name == "INTERACTION_CREATE" {
                state.rest.messages.learn(data);
            }
            state.gateway.dispatch(name, data.clone());
        });
    }

    /// Dispatches an interaction.
    pub(crate) fn interact(&self, interaction: &Value) {
        self.dispatch("INTERACTION_CREATE", interaction);
    }

    /// Dispatches a message that somebody wrote.
    pub(crate) fn write(&self, message: &Value) {
        self.dispatch("MESSAGE_CREATE", message);
    }

    /// Somebody removes the bot from a server: it is told so, at once or never, and not told of the server again.
    pub(crate) fn remove_from(&self, guild: &str, is_told: bool) {
        self.shared.change(|state| state.gateway.left.push(guild.to_owned()));
        if is_told {
            self.dispatch("GUILD_DELETE", &json!({ "id": guild }));
        }
    }

    /// Sends any text at all.
    pub(crate) fn send_text(&self, text: &str) {
        self.order(Order::Send(text.to_owned()));
    }

    /// Closes the connection with this code.
    pub(crate) fn close(&self, code: u16) {
        self.order(Order::Close(code, "Closed by the test."));
    }

    /// Breaks the connection without a close frame.
    pub(crate) fn drop_connection(&self) {
        self.order(Order::Drop);
    }

    /// Lets nothing come any more on the connections so far, which stay open.
    pub(crate) fn freeze(&self) {
        self.shared.change(|state| state.gateway.frozen = state.gateway.connections.len());
    }

    /// Opens the next connections, and lets nothing come on them, not even HELLO.
    pub(crate) fn freeze_next(&self, connections: usize) {
        self.shared.change(|state| state.gateway.frozen = state.gateway.connections.len() + connections);
    }

    /// Refuses so many attempts to connect.
    pub(crate) fn be_away(&self, attempts: usize) {
        self.shared.change(|state| state.gateway.away = attempts);
    }

    /// Ends the session without a word, so that it cannot be resumed.
    pub(crate) fn forget_session(&self) {
        self.shared.change(|state| state.gateway.forget_session());
    }

    /// Asks the bot to reconnect and resume (op 7).
    pub(crate) fn reconnect(&self) {
        self.order(Order::Send(json!({ "op": 7, "d": null }).to_string()));
    }

    /// Tells the bot that its session is invalid (op 9).
    pub(crate) fn invalidate_session(&self, resumable: bool) {
        self.shared.change(|state| {
            if !resumable {
                state.gateway.forget_session();
            }
            state.gateway.order(Order::Send(invalid_session(resumable)));
        });
    }

    /// Refuses the next IDENTIFY with this close code, after those that are to be refused already.
    pub(crate) fn refuse_identify(&self, code: u16) {
        self.shared.lock().gateway.refusals.push_back(code);
    }

    fn order(&self, order: Order) {
        self.shared.change(|state| state.gateway.order(order));
    }
}
