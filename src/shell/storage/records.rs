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
    let server = match (server, servers.as_slice()) {
        (Some(server), _) if servers.contains(&server) => server,
        (None, [server]) => *server,
        (_, []) => {
            return Err(Failure::new(format!("{} has no decisions", store.address), "name another database"));
        }
        (Some(server), _) => {
            let cause = format!("{} has no decisions of the server {server}", store.address);
            return Err(Failure::new(cause, format!("choose one of {}", listed(&servers))));
        }
        (None, _) => {
            let cause = format!("{} has decisions of {} servers", store.address, servers.len());
            return Err(Failure::new(cause, format!("add --server with one of {}", listed(&servers))));
        }
    };
    store.storage.decisions(server, &WhichDecisions::All).await.map_err(failed)
}

/// The ids of the servers that have decisions.
async fn servers(store: &Store) -> Result<Vec<u64>, StorageError> {
    let rows = store.storage.one(Statement::read("SELECT DISTINCT server FROM decisions ORDER BY server")).await?.rows;
    rows.iter().map(|row| row.id(0)).collect()
}

/// Ids, as they are named to choose one of them.
pub(super) fn listed(servers: &[u64]) -> String {
    let named: Vec<String> = servers.iter().take(NAMED).map(u64::to_string).collect();
    let more = if servers.len() > NAMED { " …" } else { "" };
    format!("{}{more}", named.join(", "))
}
