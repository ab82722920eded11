//! The gateway: `connection` keeps the connections, `events` takes what concerns the bot out of what they bring.

mod connection;
mod events;

pub(super) use connection::{Gateway, run};
