//! What a team keeps, for a person at the terminal. Who can read the database may do all that a manager of the server may.

use std::sync::Arc;

use tokio::runtime::Runtime;

use super::address::Address;
use super::administration::{open, runtime};
use super::claim::Claim;
use super::{MemoryOf, Store, Use, WITHIN_IN_BACKGROUND, Whose, now};
use crate::domain::core::Core;
use crate::domain::outcome::{Done, Effect};
use crate::domain::situation::{Needs, Situation};
use crate::domain::team::Member;
use crate::shell::config::GUILD;
use crate::shell::own_memory::OwnMemory;
use crate::shell::road::{self, Arrived, Asked, Memory};
use crate::shell::{Failure, chance};

/// The server of a database that has none yet. Discord's ids are far greater.
const OWN: u64 = 1;

/// What one team keeps in a database.
#[derive(Debug)]
pub(in crate::shell) struct Local {
    runtime: Runtime,
    store: Arc<Store>,
    /// The id of the team's server.
    server: u64,
}

impl Local {
    /// Whether there is a database at an address, or where it is kept without one.
    pub(in crate::shell) fn is_there(address: Option<&str>) -> bool {
        match address {
            Some(address) => open(Some(address.to_owned()), Claim::default(), false).is_ok(),
            None => Address::is_found(),
        }
    }

    /// Opens the database at an address, which is made if need be, or where it is kept without one: for a server, or for the
    /// only one of which it keeps something.
    ///
    /// # Errors
    /// It cannot be used, or it is not clear which server is meant.
    pub(in crate::shell) fn open(address: Option<String>, server: Option<u64>) -> Result<Self, Failure> {
        let runtime = runtime()?;
        let (store, server) = runtime.block_on(async {
            let store = open(address, Claim::default(), true)?;
            store.storage.check().await.map_err(|error| store.failed(&error))?;
            let servers = store.storage.servers().await.map_err(|error| store.failed(&error))?;
            let server = match server {
                Some(server) => Some(server),
                None => store.only_one("something", &servers, &format!("set {GUILD} to"))?,
            };
            Ok((Arc::new(store), server.unwrap_or(OWN)))
        })?;
        Ok(Self { runtime, store, server })
    }

    /// The id of the team's server.
    pub(in crate::shell) fn server(&self) -> u64 {
        self.server
    }

    /// The road for a person who may manage the team's server.
    pub(in crate::shell) fn take_road<'k>(&self, core: &'k Core, own: &OwnMemory, asked: Asked) -> Arrived<'k> {
        let member = Member { server: self.server, manages: true, ..Member::default() };
        let whose = Whose { person: 0, server: self.server, event: u64::from(chance::number()), voter: 0 };
        let memory = Both { own, team: MemoryOf { store: Arc::clone(&self.store), whose } };
        self.runtime.block_on(road::take(core, &memory, Asked { member: Some(member), ..asked }))
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        self.runtime.block_on(async {
            let kept = self.store.storage.keep_bounds(now());
            self.store.within(WITHIN_IN_BACKGROUND, Use::Write, kept).await;
            self.store.close().await;
        });
    }
}

/// What is kept of the person for as long as the chat is open, and what the team keeps.
struct Both<'m> {
    own: &'m OwnMemory,
    team: MemoryOf,
}

impl Memory for Both<'_> {
    async fn read(&self, needs: Needs) -> Situation {
        let of_team = Needs { position: None, ..needs.clone() };
        let Situation { position, .. } = self.own.read(needs).await;
        Situation { position, ..self.team.read(of_team).await }
    }

    async fn carry_out(&self, effects: &[Effect]) -> Done {
        let is_of_team = |effect: &&Effect| matches!(effect, Effect::Team(_) | Effect::Decision(_));
        let (of_team, own): (Vec<&Effect>, Vec<&Effect>) = effects.iter().partition(is_of_team);
        let owned = |effects: Vec<&Effect>| effects.into_iter().cloned().collect::<Vec<_>>();
        let done = self.team.carry_out(&owned(of_team)).await;
        let Done { saved, forgotten, .. } = self.own.carry_out(&owned(own)).await;
        Done { saved, forgotten, ..done }
    }
}
