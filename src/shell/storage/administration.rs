//! `versus db`: brings the tables of a database up to date, checks them, and copies them into another database.

use std::path::Path;

use tokio::runtime::Runtime;

use super::address::Address;
use super::claim::Claim;
use super::copying::copy;
use super::database::{Kind, Statement};
use super::tables::{TABLES, Table};
use super::{StorageError, Store, WITHIN_IN_BACKGROUND, migrations, now};
use crate::presentation::wording::count;
use crate::shell::config::{DATABASE, Settings};
use crate::shell::{Db, Failure, output};

/// How far a time may lie in the future, in milliseconds: clocks differ.
const AHEAD: i64 = 24 * 60 * 60 * 1000;

/// Does what `versus db` is asked for.
///
/// # Errors
/// What keeps it from being done, or that something is wrong with the database.
pub(in crate::shell) fn run(command: Db) -> Result<(), Failure> {
    runtime()?.block_on(async {
        match command {
            Db::Migrate { address } => migrate(&open(address, Claim::default(), true)?).await,
            Db::Check { address } => check(&open(address, Claim::default(), false)?).await,
            Db::Copy { from, to } => {
                let from = open(Some(from), Claim::default(), false)?;
                let to = open(Some(to), Claim { may_be_incomplete: true, ..Claim::default() }, true)?;
                if from.address == to.address {
                    return Err(Failure::new("both addresses name the same database", "name another one to copy into"));
                }
                let copied = copy(&from, &to).await;
                from.storage.close().await;
                to.storage.close().await;
                for (table, rows) in copied? {
                    output::line(&format!("{:<12} {}", table.name, described(table, rows)))?;
                }
                output::line(&format!("{} holds now what {} holds", to.address, from.address))
            }
        }
    })
}

pub(super) fn runtime() -> Result<Runtime, Failure> {
    Runtime::new().map_err(|error| {
        Failure::new(format!("no threads can be started: {error}"), "raise the limit of threads or memory")
    })
}

/// The database of an address, or else of the settings. Only where it may be made, a file is.
pub(super) fn open(address: Option<String>, claim: Claim, may_be_made: bool) -> Result<Store, Failure> {
    let address = match address {
        Some(address) => Some(address),
        None => Settings::read()?.discord.database,
    };
    let address = address.as_deref().map_or_else(|| Ok(Address::find()), Address::parse)?;
    let is_missing = |file: &Path| !may_be_made && !file.is_file();
    match &address {
        Address::Nowhere(reason) => {
            Err(Failure::new(format!("there is no database: {reason}"), format!("name one, or set {DATABASE}")))
        }
        Address::File(file) if is_missing(file) => Err(Failure::new(
            format!("there is no file {}", file.display()),
            format!("name another one, or set {DATABASE}"),
        )),
        _ => Ok(Store::open(address, claim, WITHIN_IN_BACKGROUND)),
    }
}

async fn migrate(store: &Store) -> Result<(), Failure> {
    let checked = store.storage.check().await;
    store.storage.close().await;
    checked.map_err(|error| store.failed(&error))?;
    let migrations = count(migrations::count(), "migration", "migrations");
    output::line(&format!("{} is up to date: {migrations}", store.address))
}

async fn check(store: &Store) -> Result<(), Failure> {
    let checked = look(store).await;
    store.storage.close().await;
    let lines = checked.map_err(|error| store.failed(&error))?;
    let mut faults = 0;
    for (what, line) in lines {
        let (state, text) = match line {
            Ok(text) => ("ok", text),
            Err(text) => {
                faults += 1;
                ("fault", text)
            }
        };
        output::line(&format!("{state:<8} {what:<12} {text}"))?;
    }
    match faults {
        0 => Ok(()),
        faults => Err(Failure::new(count(faults, "fault was found", "faults were found"), "see the lines above")),
    }
}

/// A line about something: that it is well, or what is wrong with it and what helps.
type Line = (&'static str, Result<String, String>);

async fn look(store: &Store) -> Result<Vec<Line>, StorageError> {
    store.storage.check().await?;
    let mut lines: Vec<Line> = vec![("database", Ok(format!("{} can be written", store.address)))];
    let wrong = store.storage.examine().await?;
    let files =
        wrong.into_iter().map(|line| ("files", Err(format!("{line}; copy what can be read by versus db copy"))));
    lines.extend(files);
    for table in TABLES {
        let rows = rows_of(store, table.count()).await?;
        let text = format!("{}, of {} at the most", described(table, rows), table.most);
        let line = if rows > u64::from(table.most) {
            Err(format!("{text}; start the bot, which drops the oldest"))
        } else {
            Ok(text)
        };
        lines.push((table.name, line));
        if let Some(column) = table.aged_by {
            let later = format!("SELECT COUNT(*) FROM {} WHERE {column} > $1", table.name);
            let later = Statement::made(Kind::Read, later).with(now().saturating_add(AHEAD));
            match rows_of(store, later).await? {
                0 => {}
                rows => lines.push((
                    table.name,
                    Err(format!("{} have a time in the future; check the clock", described(table, rows))),
                )),
            }
        }
    }
    Ok(lines)
}

/// The number that a statement counts.
async fn rows_of(store: &Store, statement: Statement) -> Result<u64, StorageError> {
    store.storage.one(statement).await?.rows.first().map_or(Ok(0), |row| row.count(0))
}

fn described(table: &Table, rows: u64) -> String {
    format!("{rows} {}", table.rows)
}
