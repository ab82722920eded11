//! The storage in a file, by SQLite.

use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::{Sqlite, SqlitePool, query};
use tokio::spawn;
use tokio::time::timeout;
use tracing::{debug, info};

use super::address::SQLITE;
use super::claim::Claim;
use super::database::{Answer, Database, Kind, Statement, define_carry_out};
use super::lazily::{Lazily, Opening};
use super::opening::{Opened, tidy};
use super::{REMEDY, StorageError, failed};

/// How long a deletion waits until the file is tidied as well; that goes on after it.
const TIDIED_WITHIN: Duration = Duration::from_millis(150);
/// Notes, together with a deletion, that the file has to be tidied.
const UNTIDY: &str = "DELETE FROM facts WHERE name = 'tidied'";

/// A database in a file.
#[derive(Debug)]
pub(super) struct InFile(Lazily<File>);

/// How the file is opened.
#[derive(Debug)]
struct File {
    path: PathBuf,
    claim: Claim,
}

define_carry_out!(Sqlite);

impl InFile {
    pub(super) fn at(path: PathBuf, claim: Claim) -> Self {
        Self(Lazily::new(File { path, claim }))
    }
}

#[async_trait]
impl Opening for File {
    type Opened = Opened;
    type Pool = SqlitePool;

    fn pool(opened: &Opened) -> SqlitePool {
        opened.pool.clone()
    }

    fn is_usable(&self, opened: &Opened) -> bool {
        opened.identity.is_still(&self.path)
    }

    async fn open(&self, stale: Option<(Opened, bool)>) -> Result<Opened, StorageError> {
        if let Some((stale, is_broken)) = stale {
            if !is_broken {
                let path = self.path.display();
                info!("the database {SQLITE}{path} is not the file that was open any more, and is opened again");
            }
            stale.close(&self.path).await;
        }
        Opened::open(&self.path, self.claim).await
    }

    async fn close(&self, opened: Opened) {
        opened.close(&self.path).await;
    }
}

#[async_trait]
impl Database for InFile {
    async fn run(&self, statements: Vec<Statement>) -> Result<Vec<Answer>, StorageError> {
        let pool = self.0.pool().await?;
        let deletes = statements.iter().any(|statement| statement.kind == Kind::Delete);
        let done = if statements.len() == 1 && !deletes {
            run_alone(&pool, &statements).await
        } else {
            run_together(&pool, &statements).await
        };
        let answers = self.0.noted(done.map_err(failed))?;
        if deleted_any(&statements, &answers) {
            // What was just deleted is taken out of the file as well.
            let _ = timeout(TIDIED_WITHIN, spawn(tidy(pool))).await;
        }
        Ok(answers)
    }

    fn lock(&self, _: u64) -> Option<Statement> {
        None
    }

    async fn check(&self) -> Result<(), StorageError> {
        // This waits for the right to write, and is refused where nobody may.
        let writing = self.0.pool().await?.begin_with("BEGIN IMMEDIATE").await;
        self.0.noted(writing.map_err(failed))?.rollback().await.map_err(failed)?;
        debug!("the database {SQLITE}{} is open", self.0.how().path.display());
        Ok(())
    }

    async fn examine(&self) -> Result<Vec<String>, StorageError> {
        let rows = (self as &dyn Database).one(Statement::read("PRAGMA integrity_check")).await?.rows;
        let lines = rows.iter().map(|row| row.text(0)).collect::<Result<Vec<_>, _>>()?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }

    fn remedy(&self) -> &'static str {
        REMEDY
    }

    async fn close(&self) {
        self.0.close().await;
    }
}

fn deleted_any(statements: &[Statement], answers: &[Answer]) -> bool {
    let deleted = |(statement, answer): (&Statement, &Answer)| {
        statement.kind == Kind::Delete && (answer.changed > 0 || !answer.rows.is_empty())
    };
    statements.iter().zip(answers).any(deleted)
}

async fn run_alone(pool: &SqlitePool, statements: &[Statement]) -> Result<Vec<Answer>, sqlx::Error> {
    carry_out(&mut *pool.acquire().await?, statements).await
}

async fn run_together(pool: &SqlitePool, statements: &[Statement]) -> Result<Vec<Answer>, sqlx::Error> {
    // A transaction that begins with reading could not go on to write where another process wrote meanwhile.
    let writes = statements.iter().any(|statement| statement.kind != Kind::Read);
    let mut all = pool.begin_with(if writes { "BEGIN IMMEDIATE" } else { "BEGIN" }).await?;
    let answers = carry_out(&mut all, statements).await?;
    if answers.len() < statements.len() {
        all.rollback().await?;
        return Ok(answers);
    }
    if deleted_any(statements, &answers) {
        query(UNTIDY).execute(&mut *all).await?;
    }
    all.commit().await?;
    Ok(answers)
}
