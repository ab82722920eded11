//! What teams keep, as it is read for answers: kept in memory for a few seconds, so that not every answer asks the database, and
//! that one which does not answer for a while costs nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::domain::situation::Stored;
use crate::domain::team::Team;

/// How long it is used without asking again: another process may have changed it meanwhile.
const FRESH_FOR: Duration = Duration::from_secs(5);
/// How long it is used where the database does not answer.
const USED_FOR: Duration = Duration::from_secs(10 * 60);
/// How long after a failure nobody asks again: each would wait until the call is given up.
const FAILED_FOR: Duration = Duration::from_secs(1);
/// Servers of which it is kept in memory.
const SERVERS: usize = 512;

/// What a team keeps, as it is handed out.
type Shared = Stored<Arc<Team>>;

/// What teams keep, by the ids of their servers.
#[derive(Debug, Default)]
pub(super) struct Teams(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    known: HashMap<u64, Known>,
    /// Changes with each change of what any team keeps, so that what was read before it is not taken for what is there.
    changes: u64,
}

#[derive(Debug)]
struct Known {
    team: Shared,
    read: Instant,
    /// After that it is read again.
    until: Instant,
}

/// What a reading began with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Begun(u64);

impl Teams {
    /// What is known of a server; else the beginning of a reading.
    pub(super) fn get(&self, server: u64) -> Result<Shared, Begun> {
        let mut state = self.lock();
        let changes = state.changes;
        let Some(known) = state.known.get_mut(&server) else { return Err(Begun(changes)) };
        let now = Instant::now();
        if now < known.until {
            return Ok(known.team.clone());
        }
        // While one reads it again, the others go on with what is there.
        known.until = now + FAILED_FOR;
        Err(Begun(changes))
    }

    /// Where a reading begins whatever is known.
    pub(super) fn begin(&self) -> Begun {
        Begun(self.lock().changes)
    }

    /// Notes what was read; nothing where the database did not answer. Gives what is to be used.
    pub(super) fn put(&self, server: u64, begun: Begun, read: Option<Stored<Team>>) -> Shared {
        let now = Instant::now();
        let mut state = self.lock();
        let Some(read) = read else {
            let old = state.known.get_mut(&server).filter(|known| now < known.read + USED_FOR);
            if let Some(known) = old {
                known.until = now + FAILED_FOR;
                return known.team.clone();
            }
            state.insert(server, Known { team: Stored::Unreadable, read: now, until: now + FAILED_FOR });
            return Stored::Unreadable;
        };
        let team = match read {
            Stored::Value(team) => Stored::Value(Arc::new(team)),
            Stored::Absent => Stored::Absent,
            Stored::Unreadable => Stored::Unreadable,
        };
        if state.changes == begun.0 {
            state.insert(server, Known { team: team.clone(), read: now, until: now + FRESH_FOR });
        }
        team
    }

    /// Forgets what is known of a server: it was changed, or is being changed.
    pub(super) fn forget(&self, server: u64) {
        let mut state = self.lock();
        state.changes += 1;
        state.known.remove(&server);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn insert(&mut self, server: u64, known: Known) {
        if self.known.len() >= SERVERS && !self.known.contains_key(&server) {
            let oldest = self.known.iter().min_by_key(|(_, known)| known.read).map(|(server, _)| *server);
            oldest.and_then(|oldest| self.known.remove(&oldest));
        }
        self.known.insert(server, known);
    }
}

#[cfg(test)]
#[allow(clippy::panic, reason = "a test stops where it cannot go on")]
mod tests {
    use tokio::time::advance;

    use super::{FAILED_FOR, FRESH_FOR, SERVERS, Stored, Team, Teams, USED_FOR};

    #[track_caller]
    fn begun(teams: &Teams, server: u64) -> super::Begun {
        match teams.get(server) {
            Err(begun) => begun,
            Ok(known) => panic!("{known:?} is known already"),
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_read_is_used_for_a_while_and_longer_where_nobody_answers() {
        let teams = Teams::default();
        teams.put(7, begun(&teams, 7), Some(Stored::Value(Team::default())));
        assert!(matches!(teams.get(7), Ok(Stored::Value(_))));
        advance(FRESH_FOR).await;
        let failed = begun(&teams, 7);
        assert!(matches!(teams.get(7), Ok(Stored::Value(_))), "another one does not wait meanwhile");
        assert!(matches!(teams.put(7, failed, None), Stored::Value(_)));
        advance(USED_FOR).await;
        assert!(matches!(teams.put(7, begun(&teams, 7), None), Stored::Unreadable));
        assert!(matches!(teams.get(7), Ok(Stored::Unreadable)), "nobody waits again at once");
        advance(FAILED_FOR).await;
        begun(&teams, 7);
    }

    #[tokio::test]
    async fn what_was_read_before_a_change_is_not_used_after_it() {
        let teams = Teams::default();
        let before = begun(&teams, 7);
        teams.forget(7);
        teams.put(7, before, Some(Stored::Absent));
        begun(&teams, 7);
    }

    #[tokio::test]
    async fn of_too_many_servers_the_oldest_is_forgotten() {
        let teams = Teams::default();
        for server in 0..=SERVERS as u64 {
            teams.put(server, begun(&teams, server), Some(Stored::Absent));
        }
        begun(&teams, 0);
        assert!(teams.get(SERVERS as u64).is_ok());
    }
}
