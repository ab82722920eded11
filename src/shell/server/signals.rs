//! The signals that stop the bot or reload its knowledge. They are caught before anything else is done: a signal that comes
//! earlier would end the process without a word, or, where it is process 1 of a container, be ignored.

use crate::shell::Failure;

#[cfg(unix)]
mod system {
    use std::io;

    use tokio::signal::unix::{Signal, SignalKind, signal};

    /// SIGINT and SIGTERM.
    #[derive(Debug)]
    pub(in crate::shell) struct Stop {
        interrupt: Signal,
        terminate: Signal,
    }

    /// SIGHUP.
    #[derive(Debug)]
    pub(in crate::shell) struct Hangup(Signal);

    pub(super) fn catch() -> io::Result<(Stop, Hangup)> {
        let stop = Stop { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? };
        Ok((stop, Hangup(signal(SignalKind::hangup())?)))
    }

    impl Stop {
        /// Waits until the bot is to stop, and gives the name of the signal.
        pub(in crate::shell) async fn wait(&mut self) -> &'static str {
            tokio::select! {
                _ = self.interrupt.recv() => "SIGINT",
                _ = self.terminate.recv() => "SIGTERM",
            }
        }
    }

    impl Hangup {
        #[cfg_attr(not(feature = "discord"), expect(dead_code, reason = "only the bot reloads its knowledge"))]
        /// Waits until the knowledge is to be reloaded. One that came before anybody waited counts.
        pub(in crate::shell) async fn wait(&mut self) {
            self.0.recv().await;
        }
    }
}

#[cfg(not(unix))]
mod system {
    use std::future::pending;
    use std::io;

    /// Ctrl-C.
    #[derive(Debug)]
    pub(in crate::shell) struct Stop;

    /// There is no such signal here.
    #[derive(Debug)]
    pub(in crate::shell) struct Hangup;

    pub(super) fn catch() -> io::Result<(Stop, Hangup)> {
        Ok((Stop, Hangup))
    }

    impl Stop {
        /// Waits until the bot is to stop.
        pub(in crate::shell) async fn wait(&mut self) -> &'static str {
            match tokio::signal::ctrl_c().await {
                Ok(()) => "Ctrl-C",
                Err(_) => pending().await,
            }
        }
    }

    impl Hangup {
        /// Never ends.
        pub(in crate::shell) async fn wait(&mut self) {
            pending().await
        }
    }
}

pub(in crate::shell) use system::{Hangup, Stop};

/// Catches the signals from here on.
pub(in crate::shell) fn catch() -> Result<(Stop, Hangup), Failure> {
    system::catch()
        .map_err(|error| Failure::new(format!("signals cannot be caught: {error}"), "raise the limit of open files"))
}
