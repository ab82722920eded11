//! A database as the queries use it: statements with values go in, rows come out. A query is written once; SQLite and PostgreSQL
//! both understand `$1`, `ON CONFLICT … DO UPDATE` and `RETURNING`.

use std::fmt;

use async_trait::async_trait;
use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};

use super::StorageError;

/// A database. The implementations differ in how it is opened, locked and cleaned, not in what is asked.
#[async_trait]
pub(super) trait Database: fmt::Debug + Send + Sync {
    /// Carries out statements in this order, all or none, and gives what came of each. Where a [`Kind::Once`] changes nothing,
    /// all is left as it was, and what would follow has no answer.
    async fn run(&self, statements: Vec<Statement>) -> Result<Vec<Answer>, StorageError>;
    /// What comes first in a transaction that counts what a server has before it adds to it, so that no other process does so
    /// before its end; nothing where all that write come one after the other anyway.
    fn lock(&self, server: u64) -> Option<Statement>;
    /// Whether it can be written.
    async fn check(&self) -> Result<(), StorageError>;
    /// What the database itself finds wrong with its files, a line each.
    async fn examine(&self) -> Result<Vec<String>, StorageError>;
    /// What helps against most of what can be wrong with it: a sentence without a full stop.
    fn remedy(&self) -> &'static str;
    /// Ends cleanly.
    async fn close(&self);
}

impl dyn Database + '_ {
    /// Carries out one statement.
    pub(super) async fn one(&self, statement: Statement) -> Result<Answer, StorageError> {
        Ok(self.run(vec![statement]).await?.pop().unwrap_or_default())
    }

    /// Carries out statements while no other process does so for the same server.
    pub(super) async fn run_in_turn(
        &self,
        server: u64,
        statements: Vec<Statement>,
    ) -> Result<Vec<Answer>, StorageError> {
        let Some(lock) = self.lock(server) else { return self.run(statements).await };
        let mut answers = self.run([lock].into_iter().chain(statements).collect()).await?;
        // The lock's own answer is not needed.
        answers.drain(..answers.len().min(1));
        Ok(answers)
    }
}

/// What is asked of a database.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    pub(super) sql: SqlStr,
    pub(super) values: Vec<Value>,
    pub(super) kind: Kind,
}

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It changes nothing.
    Read,
    /// It adds or changes rows.
    Write,
    /// It deletes rows that nobody may be able to read any more, also not in the files.
    Delete,
    /// It adds a row that says that what follows was done. If the row was there already, nothing follows.
    Once,
}

/// A value in a row. Ids are kept with the same bits and a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Number(Option<i64>),
    Text(Option<String>),
}

/// What came of a statement.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) rows: Vec<Row>,
    /// Rows that were added, changed or deleted.
    pub(super) changed: u64,
}

/// A row of an answer. A column that has another type than expected is an error, not a missing value.
#[derive(Debug)]
pub(super) struct Row(pub(super) Vec<Value>);

impl Statement {
    /// Asks for rows. A sum has to be cast: `CAST(SUM(given) AS BIGINT)`.
    pub(super) fn read(sql: &'static str) -> Self {
        Self::new(Kind::Read, sql.into_sql_str())
    }

    /// Adds or changes rows. In `DO UPDATE` a column of the old row needs the table's name before it.
    pub(super) fn write(sql: &'static str) -> Self {
        Self::new(Kind::Write, sql.into_sql_str())
    }

    /// Adds a row, `ON CONFLICT … DO NOTHING`; see [`Kind::Once`].
    pub(super) fn once(sql: &'static str) -> Self {
        Self::new(Kind::Once, sql.into_sql_str())
    }

    /// A statement that was put together out of names of tables and columns. No value is ever a part of it.
    pub(super) fn made(kind: Kind, sql: String) -> Self {
        Self::new(kind, AssertSqlSafe(sql).into_sql_str())
    }

    fn new(kind: Kind, sql: SqlStr) -> Self {
        Self { sql, values: Vec::new(), kind }
    }

    /// The next value: `$1`, then `$2` and so on.
    pub(super) fn with(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }
}

impl Row {
    pub(super) fn text(&self, column: usize) -> Result<String, StorageError> {
        match self.0.get(column) {
            Some(Value::Text(Some(text))) => Ok(text.clone()),
            other => Err(unexpected("a text", column, other)),
        }
    }

    pub(super) fn number(&self, column: usize) -> Result<i64, StorageError> {
        match self.0.get(column) {
            Some(Value::Number(Some(number))) => Ok(*number),
            other => Err(unexpected("a number", column, other)),
        }
    }

    pub(super) fn id(&self, column: usize) -> Result<u64, StorageError> {
        self.number(column).map(i64::cast_unsigned)
    }

    /// A number that is never below 0.
    pub(super) fn count(&self, column: usize) -> Result<u64, StorageError> {
        self.number(column).map(|number| number.max(0).unsigned_abs())
    }
}

fn unexpected(expected: &str, column: usize, found: Option<&Value>) -> StorageError {
    let found = match found {
        None => "nothing",
        Some(Value::Number(None) | Value::Text(None)) => "an empty value",
        Some(Value::Number(Some(_))) => "a number",
        Some(Value::Text(Some(_))) => "a text",
    };
    StorageError::new(format!("column {column} of a row holds {found} instead of {expected}"))
}

impl From<u64> for Value {
    fn from(id: u64) -> Self {
        Self::Number(Some(id.cast_signed()))
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(Some(number))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Value {
    fn from(is: bool) -> Self {
        Self::Number(Some(i64::from(is)))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::from(Some(text))
    }
}

impl From<Option<&str>> for Value {
    /// PostgreSQL keeps no U+0000, so neither does SQLite.
    fn from(text: Option<&str>) -> Self {
        Self::Text(text.map(|text| text.replace('\0', "")))
    }
}

/// Defines how statements are carried out over a connection of one kind of database, whose types of sqlx have no common trait
/// for that.
macro_rules! define_carry_out {
    ($Database:ty) => {
        /// Carries out statements one after the other, until one of them says that nothing is to follow.
        pub(super) async fn carry_out(
            connection: &mut <$Database as sqlx::Database>::Connection,
            statements: &[super::database::Statement],
        ) -> Result<Vec<super::database::Answer>, sqlx::Error> {
            use super::database::{Answer, Kind, Row, Value};
            use futures_util::TryStreamExt as _;
            use sqlx::Row as _;

            let mut answers = Vec::with_capacity(statements.len());
            for statement in statements {
                let mut query = sqlx::query::<$Database>(statement.sql.clone());
                for value in &statement.values {
                    query = match value {
                        Value::Number(number) => query.bind(*number),
                        Value::Text(text) => query.bind(text.as_deref()),
                    };
                }
                let mut answer = Answer::default();
                let mut stream = sqlx::Executor::fetch_many(&mut *connection, query);
                while let Some(part) = stream.try_next().await? {
                    match part {
                        sqlx::Either::Left(done) if statement.kind != Kind::Read => {
                            answer.changed += done.rows_affected()
                        }
                        sqlx::Either::Left(_) => {}
                        sqlx::Either::Right(row) => {
                            let value = |column: usize| {
                                row.try_get::<Option<i64>, _>(column)
                                    .or_else(|_| {
                                        row.try_get::<Option<i32>, _>(column).map(|number| number.map(i64::from))
                                    })
                                    .map(Value::Number)
                                    .or_else(|_| row.try_get::<Option<String>, _>(column).map(Value::Text))
                            };
                            answer.rows.push(Row((0..row.len()).map(value).collect::<Result<_, _>>()?));
                        }
                    }
                }
                drop(stream);
                let ends = statement.kind == Kind::Once && answer.changed == 0;
                answers.push(answer);
                if ends {
                    break;
                }
            }
            Ok(answers)
        }
    };
}
pub(super) use define_carry_out;
