//! The log of a server.

use std::env;
use std::io::IsTerminal;

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Begins to log. Only our own events are logged: serenity's may contain the text of messages.
pub(in crate::shell) fn begin(level: Level, is_json: bool) {
    let ours = Targets::new().with_target(env!("CARGO_CRATE_NAME"), level);
    let coloured = std::io::stderr().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false);
    let registry = tracing_subscriber::registry().with(ours);
    // A second start in the same process keeps the first subscriber.
    let _ = match is_json {
        true => registry.with(lines.json().with_ansi(false)).try_init(),
        false => registry.with(lines.with_ansi(coloured)).try_init(),
    };
}
