//! The storage on a server, by PostgreSQL: for several processes and machines.

use std::time::Duration;

use async_trait::async_trait;
use sqlx::postgres::PgPoolOptions;
use sqlx::{ConnectOptions, Connection, PgPool, Postgres};
use tokio::time::timeout;
use tracing::debug;

use super::claim::Claim;
use super::database::{Answer, Database, Statement, define_carry_out};
use super::lazily::{Lazily, Opening};
use super::server::Server;
use super::{StorageError, migrations};

/// Connections that a process keeps, at the most; what comes at the same time waits for one. A server allows 100 by default.
const CONNECTIONS: u32 = 8;
/// How long a call waits for a connection; who waits for the call gives up earlier.
const CONNECTED_WITHIN: Duration = Duration::from_secs(10);
/// How every transaction begins. Each of its statements sees what there is when it begins, also behind a lock. The server ends a wait for a
/// lock after 2 s, and after 10 s a transaction whose process is cut off, so that neither keeps the others waiting.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '2s'; \
                     SET LOCAL idle_in_transaction_session_timeout = '10s'";
/// A table or a column that is not there: somebody made an empty database, so that it is opened again.
const TABLES_GONE: [&str; 2] = ["42P01", "42703"];

/// What helps against most errors.
const REMEDY: &str = "See that the server runs and has free space, and that DATABASE_URL has the right host, user, password and database";

/// A database on a server.
#[derive(Debug)]
pub(super) struct OnServer(Lazily<Connecting>);

/// How it is connected.
#[derive(Debug)]
struct Connecting {
    server: Server,
    claim: Claim,
}

define_carry_out!(Postgres);

impl OnServer {
    pub(super) fn at(server: Server, claim: Claim) -> Self {
        Self(Lazily::new(Connecting { server, claim }))
    }

    fn failed(&self, error: &sqlx::Error) -> StorageError {
        self.0.how().failed(error)
    }
}

impl Connecting {
    fn failed(&self, error: &sqlx::Error) -> StorageError {
        let code = error.as_database_error().and_then(|error| error.code());
        let is_broken = code.is_some_and(|code| TABLES_GONE.contains(&&*code));
        StorageError { is_broken, ..self.error(&error.to_string()) }
    }

    fn error(&self, cause: &str) -> StorageError {
        StorageError { remedy: REMEDY, ..StorageError::new(self.server.without_secrets(cause)) }
    }

    /// Connects once and says what is wrong, where the pool would try again and again and say that it took too long.
    async fn try_to_connect(&self) -> Result<(), StorageError> {
        let connected = timeout(CONNECTED_WITHIN, self.server.options.connect()).await;
        let connected = connected.map_err(|_| self.error("the server does not answer"))?;
        let connection = connected.map_err(|error| self.failed(&error))?;
        // What becomes of a connection that is not used any more does not matter.
        let _ = timeout(CONNECTED_WITHIN, connection.close()).await;
        Ok(())
    }

    async fn prepare(&self, pool: &PgPool) -> Result<(), StorageError> {
        let migrated = migrations::for_postgres().run(pool).await;
        migrated.map_err(|error| self.error(&error.to_string()))?;
        let mut connection = pool.acquire().await.map_err(|error| self.failed(&error))?;
        let noted = carry_out(&mut connection, &[Claim::read()]).await.map_err(|error| self.failed(&error))?;
        if let Some(note) = self.claim.check(&noted)? {
            self.claim.check(&carry_out(&mut connection, &note).await.map_err(|error| self.failed(&error))?)?;
        }
        Ok(())
    }
}

#[async_trait]
impl Opening for Connecting {
    type Opened = PgPool;
    type Pool = PgPool;

    fn pool(opened: &PgPool) -> PgPool {
        opened.clone()
    }

    fn is_usable(&self, opened: &PgPool) -> bool {
        !opened.is_closed()
    }

    async fn open(&self, stale: Option<(PgPool, bool)>) -> Result<PgPool, StorageError> {
        if let Some((stale, _)) = stale {
            stale.close().await;
        }
        self.try_to_connect().await?;
        let options = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(CONNECTED_WITHIN);
        let pool = options.connect_lazy_with(self.server.options.clone());
        if let Err(error) = self.prepare(&pool).await {
            pool.close().await;
            return Err(error);
        }
        Ok(pool)
    }

    async fn close(&self, opened: PgPool) {
        opened.close().await;
    }
}

#[async_trait]
impl Database for OnServer {
    async fn run(&self, statements: Vec<Statement>) -> Result<Vec<Answer>, StorageError> {
        let pool = self.0.pool().await?;
        let done = if statements.len() == 1 {
            run_alone(&pool, &statements).await
        } else {
            run_together(&pool, &statements).await
        };
        self.0.noted(done.map_err(|error| self.failed(&error)))
    }

    fn lock(&self, server: u64) -> Option<Statement> {
        // It ends with the transaction. The statement that follows sees what was there when the lock was given.
        Some(Statement::read("SELECT 1 FROM pg_advisory_xact_lock($1)").with(server))
    }

    async fn check(&self) -> Result<(), StorageError> {
        // A server that only follows another one refuses this lock.
        let lock = Statement::write("LOCK TABLE facts IN ROW EXCLUSIVE MODE");
        self.run(vec![lock, Statement::read("SELECT 1")]).await?;
        debug!("the database {} is open", self.0.how().server);
        Ok(())
    }

    async fn examine(&self) -> Result<Vec<String>, StorageError> {
        // A server looks after its files by itself.
        Ok(Vec::new())
    }

    fn remedy(&self) -> &'static str {
        REMEDY
    }

    async fn close(&self) {
        self.0.close().await;
    }
}

async fn run_alone(pool: &PgPool, statements: &[Statement]) -> Result<Vec<Answer>, sqlx::Error> {
    carry_out(&mut *pool.acquire().await?, statements).await
}

async fn run_together(pool: &PgPool, statements: &[Statement]) -> Result<Vec<Answer>, sqlx::Error> {
    let mut all = pool.begin_with(BEGIN).await?;
    let answers = carry_out(&mut all, statements).await?;
    if answers.len() < statements.len() {
        all.rollback().await?;
    } else {
        all.commit().await?;
    }
    Ok(answers)
}
