//! The one table of tables: what bounds each, what it is copied by, and whose its rows are.
//!
//! A column `person` says that `/forget-me` deletes by it, a column `server` that leaving a server does.

use std::time::Duration;

use super::database::{Kind, Statement};
use crate::domain::team::bounds;

/// A table.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: &'static str,
    /// What its rows are, in the plural, for the operator.
    pub(super) rows: &'static str,
    /// All its columns, those of the primary key first.
    pub(super) columns: &'static [Column],
    /// How many columns are the primary key.
    pub(super) keys: usize,
    /// How many rows it may have. What comes beyond is dropped within the hour, or sooner after many writes.
    pub(super) most: u32,
    /// The column with the time in milliseconds by which the oldest rows are dropped first; nothing for a table that has a
    /// fixed number of rows.
    pub(super) aged_by: Option<&'static str>,
    /// How long a row is kept after that time, if not for ever.
    pub(super) lasts: Option<Duration>,
    /// The rows that are not copied into another database, as a condition.
    pub(super) stays: Option<&'static str>,
}

/// A column.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Column {
    Number(&'static str),
    Text(&'static str),
}

use Column::{Number, Text};

/// How long it is kept that something was done: longer than Discord could send the event again, and than a button lives.
const DONE_LASTS: Duration = Duration::from_secs(24 * 60 * 60);

const fn days(days: u16) -> Duration {
    Duration::from_secs(days as u64 * 24 * 60 * 60)
}

/// How long it is tried to count a poll that has ended.
const UNCOUNTED_LASTS: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Every table, beside the one in which sqlx notes the migrations.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "progress",
        rows: "positions in tours",
        columns: &[
            Number("person"),
            Number("server"),
            Text("path"),
            Text("step"),
            Number("started"),
            Number("updated"),
            Number("finished"),
        ],
        keys: 3,
        most: 1_000_000,
        aged_by: Some("updated"),
        lasts: None,
        stays: None,
    },
    Table {
        name: "answers",
        rows: "counts of quiz answers",
        columns: &[Number("server"), Text("question"), Number("given"), Number("missed"), Number("updated")],
        keys: 2,
        most: 1_000_000,
        aged_by: Some("updated"),
        lasts: None,
        stays: None,
    },
    Table {
        name: "settings",
        rows: "settings",
        columns: &[
            Number("server"),
            Number("private"),
            Text("channels"),
            Number("writers"),
            Number("keeps"),
            Number("updated"),
        ],
        keys: 1,
        most: 100_000,
        aged_by: Some("updated"),
        lasts: None,
        stays: None,
    },
    Table {
        name: "notes",
        rows: "notes",
        columns: &[
            Number("server"),
            Text("kind"),
            Text("subject"),
            Text("text"),
            Text("link"),
            Number("written"),
            Number("updated"),
        ],
        keys: 3,
        most: 1_000_000,
        aged_by: Some("updated"),
        lasts: None,
        stays: None,
    },
    Table {
        name: "counts",
        rows: "counts of questions",
        columns: &[
            Number("server"),
            Number("day"),
            Text("topic"),
            Text("answer"),
            Number("asked"),
            Number("useful"),
            Number("useless"),
        ],
        keys: 4,
        most: 1_000_000,
        aged_by: Some("day"),
        lasts: Some(days(bounds::DAYS)),
        stays: None,
    },
    Table {
        name: "votes",
        rows: "votes",
        columns: &[
            Number("server"),
            Text("topic"),
            Text("answer"),
            Number("voter"),
            Number("useful"),
            Number("day"),
            Number("at"),
        ],
        keys: 4,
        most: 200_000,
        aged_by: Some("at"),
        lasts: Some(days(bounds::VOTE_DAYS)),
        stays: None,
    },
    Table {
        name: "gaps",
        rows: "questions without an answer",
        columns: &[Number("server"), Number("id"), Text("question"), Text("words"), Number("asked"), Number("last")],
        keys: 2,
        most: 200_000,
        aged_by: Some("last"),
        lasts: Some(days(bounds::DAYS)),
        stays: None,
    },
    Table {
        name: "added",
        rows: "questions that were added to topics",
        columns: &[Number("server"), Number("id"), Text("question"), Text("words"), Text("topic"), Number("updated")],
        keys: 2,
        most: 200_000,
        aged_by: Some("updated"),
        lasts: None,
        stays: None,
    },
    Table {
        name: "decisions",
        rows: "decisions",
        columns: &[
            Number("server"),
            Number("number"),
            Text("status"),
            Number("successor"),
            Number("date"),
            Text("question"),
            Text("kind"),
            Text("subject"),
            Text("source"),
            Text("options"),
            Number("least"),
            Number("counted"),
            Text("decision"),
            Text("reason"),
            Text("rejected"),
            Text("consequences"),
            Number("updated"),
        ],
        keys: 2,
        most: 1_000_000,
        aged_by: Some("updated"),
        lasts: None,
        stays: None,
    },
    Table {
        name: "polls",
        rows: "polls that were not counted",
        columns: &[
            Number("server"),
            Number("number"),
            Number("channel"),
            Number("message"),
            Number("ends"),
            Number("due"),
        ],
        keys: 2,
        most: 100_000,
        aged_by: Some("ends"),
        lasts: Some(UNCOUNTED_LASTS),
        stays: None,
    },
    Table {
        name: "events",
        rows: "events that were answered",
        columns: &[Number("event"), Text("done"), Number("at")],
        keys: 2,
        most: 200_000,
        aged_by: Some("at"),
        lasts: Some(DONE_LASTS),
        stays: None,
    },
    Table {
        name: "facts",
        rows: "facts about the database",
        columns: &[Text("name"), Text("value")],
        keys: 1,
        most: 8,
        aged_by: None,
        lasts: None,
        // Of the file itself, and of the copy that is being made.
        stays: Some("name IN ('tidied', 'incomplete')"),
    },
];

impl Column {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Number(name) | Text(name) => name,
        }
    }
}

impl Table {
    /// Whether it has a column.
    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.iter().any(|column| column.name() == name)
    }

    /// Whether its rows hold ids of Discord, which nobody may be able to read after they were deleted.
    fn has_ids(&self) -> bool {
        self.has("person") || self.has("server")
    }

    /// Deletes rows and gives the last column of the key of each.
    pub(super) fn delete_by(&self, column: &str, id: u64) -> Statement {
        let Self { name, columns, keys, .. } = self;
        let last = columns.get(keys.saturating_sub(1)).map_or("*", Column::name);
        Statement::made(Kind::Delete, format!("DELETE FROM {name} WHERE {column} = $1 RETURNING {last}")).with(id)
    }

    /// Counts its rows.
    pub(super) fn count(&self) -> Statement {
        Statement::made(Kind::Read, format!("SELECT COUNT(*) FROM {}", self.name))
    }

    /// Deletes what is older than a time in milliseconds.
    pub(super) fn expire(&self, now: i64) -> Option<Statement> {
        let (name, column) = (self.name, self.aged_by?);
        let lasts = i64::try_from(self.lasts?.as_millis()).unwrap_or(i64::MAX);
        let sql = format!("DELETE FROM {name} WHERE {column} < $1");
        Some(Statement::made(self.kind_of_trimming(), sql).with(now.saturating_sub(lasts)))
    }

    /// Deletes the oldest rows beyond the bound, and those of the same age.
    pub(super) fn trim(&self) -> Option<Statement> {
        let (name, column) = (self.name, self.aged_by?);
        let sql = format!(
            "DELETE FROM {name} WHERE {column} <= (SELECT {column} FROM {name} ORDER BY {column} DESC LIMIT 1 OFFSET $1)"
        );
        Some(Statement::made(self.kind_of_trimming(), sql).with(i64::from(self.most)))
    }

    fn kind_of_trimming(&self) -> Kind {
        if self.has_ids() { Kind::Delete } else { Kind::Write }
    }
}

#[cfg(test)]
mod tests {
    use sqlx::{Row, SqlitePool, query};

    use super::super::migrations;
    use super::{Column, TABLES};

    /// The tables of a database with their columns, each with its type and its number in the key, as SQLite reports them.
    async fn reported() -> Vec<(String, Vec<(String, String, i64)>)> {
        let pool = SqlitePool::connect("sqlite::memory:").await.unwrap();
        migrations::for_sqlite().run(&pool).await.unwrap();
        let names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> '_sqlx_migrations' ORDER BY name";
        let mut tables = Vec::new();
        for row in query(names).fetch_all(&pool).await.unwrap() {
            let name: String = row.get(0);
            let columns = query("SELECT name, type, pk FROM pragma_table_info($1) ORDER BY cid").bind(&name);
            let columns = columns.fetch_all(&pool).await.unwrap();
            tables.push((name, columns.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect()));
        }
        tables
    }

    #[tokio::test]
    async fn every_table_that_a_migration_makes_is_listed_with_all_its_columns() {
        let column = |(number, column): (usize, &Column), keys: usize| {
            let of_type = if matches!(column, Column::Number(_)) { "INTEGER" } else { "TEXT" };
            let in_key = if number < keys { i64::try_from(number).unwrap() + 1 } else { 0 };
            (column.name().to_owned(), of_type.to_owned(), in_key)
        };
        let mut listed: Vec<_> = TABLES
            .iter()
            .map(|table| {
                let columns = table.columns.iter().enumerate().map(|entry| column(entry, table.keys));
                (table.name.to_owned(), columns.collect::<Vec<_>>())
            })
            .collect();
        listed.sort();
        assert_eq!(listed, reported().await);
    }

    #[test]
    fn a_table_that_grows_has_a_column_by_which_the_oldest_rows_are_found() {
        for table in TABLES.iter().filter(|table| table.most > 100) {
            assert!(table.aged_by.is_some_and(|column| table.has(column)), "{}", table.name);
        }
    }
}
