//! Copies all tables of a database into another one, whichever kinds they are, and compares the two afterwards.

use sha2::{Digest, Sha256};

use super::database::{Kind, Statement, Value};
use super::tables::{Column, TABLES, Table};
use super::{StorageError, Store};
use crate::shell::Failure;

/// Rows that are read and written at a time: with seven columns 3,500 values, of which a database takes 32,766.
const ROWS: usize = 500;

/// The fact that a copy into a database is not finished. Nothing but another copy uses such a database.
const INCOMPLETE: &str = "incomplete";

/// Copies, and gives how many rows of each table.
///
/// # Errors
/// One of the two cannot be used, there is something in the second, or the first was changed meanwhile.
pub(super) async fn copy(from: &Store, to: &Store) -> Result<Vec<(&'static Table, u64)>, Failure> {
    let of_from = |error: StorageError| from.failed(&error);
    let of_to = |error: StorageError| to.failed(&error);
    let application = fact(from, "application").await.map_err(of_from)?;
    let other = fact(to, "application").await.map_err(of_to)?;
    if other.is_some() && application.is_some() && other != application {
        return Err(Failure::new("the two databases belong to different applications", "name an empty database"));
    }
    if fact(to, INCOMPLETE).await.map_err(of_to)?.is_none() {
        for table in TABLES.iter().filter(|table| table.stays.is_none()) {
            if !page(to, table, None).await.map_err(of_to)?.is_empty() {
                let cause = format!("there are {} in {} already", table.rows, to.address);
                return Err(Failure::new(cause, "name an empty database to copy into"));
            }
        }
    }
    empty(to).await.map_err(of_to)?;
    let mut copied = Vec::new();
    for table in TABLES {
        let (mut rows, mut last, mut digest) = (0, None, Sha256::new());
        loop {
            let page = page(from, table, last.as_deref()).await.map_err(of_from)?;
            let Some(end) = page.last() else { break };
            last = Some(end.clone());
            rows += u64::try_from(page.len()).unwrap_or(u64::MAX);
            page.iter().for_each(|row| add(&mut digest, row));
            to.storage.one(insert(table, page)).await.map_err(of_to)?;
        }
        let digest = digest.finalize();
        if digest != digest_of(to, table).await.map_err(of_to)?
            || digest != digest_of(from, table).await.map_err(of_from)?
        {
            let cause = format!("{} were changed while they were copied", table.rows);
            return Err(Failure::new(cause, "stop every process that uses one of the two databases, and copy again"));
        }
        copied.push((table, rows));
    }
    let finished = Statement::write("DELETE FROM facts WHERE name = $1").with(INCOMPLETE);
    to.storage.one(finished).await.map_err(of_to)?;
    Ok(copied)
}

async fn fact(store: &Store, name: &str) -> Result<Option<String>, StorageError> {
    let rows = store.storage.one(Statement::read("SELECT value FROM facts WHERE name = $1").with(name)).await?.rows;
    rows.first().map(|row| row.text(0)).transpose()
}

/// Notes that a copy begins, and deletes what one before it left.
async fn empty(to: &Store) -> Result<(), StorageError> {
    let note = Statement::write("INSERT INTO facts (name, value) VALUES ($1, '1') ON CONFLICT (name) DO NOTHING");
    let delete = |table: &Table| {
        let unless = table.stays.map(|stays| format!(" WHERE NOT ({stays})")).unwrap_or_default();
        Statement::made(Kind::Write, format!("DELETE FROM {}{unless}", table.name))
    };
    let all = [note.with(INCOMPLETE)].into_iter().chain(TABLES.iter().map(delete));
    to.storage.run(all.collect()).await.map(drop)
}

/// The rows that follow one, or the first, in the order of the key.
async fn page(store: &Store, table: &Table, after: Option<&[Value]>) -> Result<Vec<Vec<Value>>, StorageError> {
    let names: Vec<&str> = table.columns.iter().map(Column::name).collect();
    let key = names.iter().take(table.keys).copied().collect::<Vec<_>>().join(", ");
    let mut conditions = Vec::new();
    if after.is_some() {
        conditions.push(format!("({key}) > ({})", numbered(0, table.keys)));
    }
    conditions.extend(table.stays.map(|stays| format!("NOT ({stays})")));
    let conditions = if conditions.is_empty() { String::new() } else { format!(" WHERE {}", conditions.join(" AND ")) };
    let sql = format!("SELECT {} FROM {}{conditions} ORDER BY {key} LIMIT {ROWS}", names.join(", "), table.name);
    let keys = after.unwrap_or_default().iter().take(table.keys).cloned();
    let statement = keys.fold(Statement::made(Kind::Read, sql), Statement::with);
    let rows = store.storage.one(statement).await?.rows;
    let typed =
        |row: super::database::Row| row.0.into_iter().zip(table.columns).map(|(value, column)| typed(value, column));
    Ok(rows.into_iter().map(|row| typed(row).collect()).collect())
}

/// A value with the type of its column, which an empty one does not have by itself.
fn typed(value: Value, column: &Column) -> Value {
    match (value, column) {
        (Value::Number(None) | Value::Text(None), Column::Number(_)) => Value::Number(None),
        (Value::Number(None) | Value::Text(None), Column::Text(_)) => Value::Text(None),
        (Value::Text(Some(text)), _) => Value::from(&*text),
        (number, _) => number,
    }
}

fn insert(table: &Table, rows: Vec<Vec<Value>>) -> Statement {
    let names: Vec<&str> = table.columns.iter().map(Column::name).collect();
    let width = names.len();
    let values: Vec<String> = (0..rows.len()).map(|row| format!("({})", numbered(row * width, width))).collect();
    let sql = format!("INSERT INTO {} ({}) VALUES {}", table.name, names.join(", "), values.join(", "));
    rows.into_iter().flatten().fold(Statement::made(Kind::Write, sql), Statement::with)
}

/// The numbers of so many values after so many others: `$3, $4`.
fn numbered(before: usize, count: usize) -> String {
    (before + 1..=before + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}

async fn digest_of(store: &Store, table: &Table) -> Result<sha2::digest::Output<Sha256>, StorageError> {
    let (mut last, mut digest) = (None, Sha256::new());
    loop {
        let page = page(store, table, last.as_deref()).await?;
        let Some(end) = page.last() else { return Ok(digest.finalize()) };
        last = Some(end.clone());
        page.iter().for_each(|row| add(&mut digest, row));
    }
}

/// Adds a row to a digest, so that no two rows come to the same bytes.
fn add(digest: &mut Sha256, row: &[Value]) {
    for value in row {
        match value {
            Value::Number(None) | Value::Text(None) => digest.update([0]),
            Value::Number(Some(number)) => digest.update([&[1], number.to_le_bytes().as_slice()].concat()),
            Value::Text(Some(text)) => {
                digest.update([&[2], text.len().to_le_bytes().as_slice(), text.as_bytes()].concat())
            }
        }
    }
}
