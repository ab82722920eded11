//! `versus decisions export`: the decisions of a server in a database, as Markdown.

use std::path::Path;

use super::administration::{open, runtime};
use super::claim::Claim;
use super::database::Statement;
use super::{StorageError, Store};
use crate::domain::decisions::Decision;
use crate::domain::situation::WhichDecisions;
use crate::presentation::madr;
use crate::shell::{Failure, data, output};

/// Servers that are named where it is not clear which one is meant.
const NAMED: usize = 10;

/// Prints them.
///
/// # Errors
/// The data or the database cannot be read, or it is not clear which server is meant.
pub(in crate::shell) fn export(
    folder: Option<&Path>,
    address: Option<String>,
    server: Option<u64>,
) -> Result<(), Failure> {
    let core = data::load(folder)?;
    let decisions = runtime()?.block_on(async {
        let store = open(address, Claim::default(), false)?;
        let read = read(&store, server).await;
        store.storage.close().await;
        read
    })?;
    output::bytes(madr::records(&decisions, core.knowledge()).as_bytes())
}

async fn read(store: &Store, server: Option<u64>) -> Result<Vec<Decision>, Failure> {
    let failed = |error: StorageError| store.failed(&error);
    let servers = servers(store).await.map_err(failed)?;
    if let Some(server) = server.filter(|server| !servers.contains(server) && !servers.is_empty()) {
        let cause = format!("{} has no decisions of the server {server}", store.address);
        return Err(Failure::new(cause, format!("choose one of {}", listed(&servers))));
    }
    let only = match server.filter(|_| !servers.is_empty()) {
        Some(server) => Some(server),
        None => store.only_one("decisions", &servers, "add --server with")?,
    };
    let nothing = || Failure::new(format!("{} has no decisions", store.address), "name another database");
    let server = only.ok_or_else(nothing)?;
    store.storage.decisions(server, &WhichDecisions::All).await.map_err(failed)
}

/// The ids of the servers that have decisions.
async fn servers(store: &Store) -> Result<Vec<u64>, StorageError> {
    let rows = store.storage.one(Statement::read("SELECT DISTINCT server FROM decisions ORDER BY server")).await?.rows;
    rows.iter().map(|row| row.id(0)).collect()
}

impl Store {
    /// The only one of the servers of which a database has something; nothing where there is none.
    ///
    /// # Errors
    /// There are several, and nobody said how one is chosen: by doing this to its id.
    pub(super) fn only_one(&self, what: &str, servers: &[u64], how: &str) -> Result<Option<u64>, Failure> {
        match servers {
            [] => Ok(None),
            [server] => Ok(Some(*server)),
            several => {
                let cause = format!("{} has {what} of {} servers", self.address, several.len());
                Err(Failure::new(cause, format!("{how} one of {}", listed(several))))
            }
        }
    }
}

/// Ids, as they are named to choose one of them.
fn listed(servers: &[u64]) -> String {
    let named: Vec<String> = servers.iter().take(NAMED).map(u64::to_string).collect();
    let more = if servers.len() > NAMED { " …" } else { "" };
    format!("{}{more}", named.join(", "))
}
