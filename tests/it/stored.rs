//! The databases on which the storage is tried: a file of SQLite, and a database on a PostgreSQL server of the tests' own.

use std::fmt::Write as _;
#[cfg(feature = "postgres")]
use std::sync::Arc;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row, raw_sql};
#[cfg(feature = "postgres")]
use tokio::time::timeout;

#[cfg(feature = "postgres")]
use crate::cluster::Cluster;
use crate::folder::Folder;
#[cfg(feature = "postgres")]
use crate::standin::TIME_OUT;

/// An empty database of a test's own.
pub(crate) struct Stored {
    address: String,
    kind: Kind,
}

/// What it lives on, which goes with the test.
enum Kind {
    File(Folder),
    #[cfg(feature = "postgres")]
    Server(Arc<Cluster>),
}

/// What keeps others from writing.
pub(crate) enum Held {
    Nothing,
    File(sqlx::SqliteConnection),
    #[cfg(feature = "postgres")]
    Server(sqlx::PgConnection),
}

impl Held {
    /// Lets them write.
    pub(crate) async fn release(self) {
        let closed = match self {
            Self::Nothing => Ok(()),
            Self::File(file) => file.close().await,
            #[cfg(feature = "postgres")]
            Self::Server(server) => server.close().await,
        };
        closed.expect("it can be closed");
    }
}

/// Reads all rows of an open connection, the values of each with `|` between them.
macro_rules! rows {
    ($connection:expr, $sql:expr) => {{
        let mut connection = $connection;
        let rows = raw_sql(AssertSqlSafe($sql.to_owned())).fetch_all(&mut connection).await.expect("it can be read");
        connection.close().await.expect("it can be closed");
        let mut lines: Vec<String> = Vec::new();
        for row in &rows {
            let mut line = String::new();
            for column in 0..row.len() {
                let text = match row.try_get::<Option<i64>, _>(column) {
                    Ok(number) => number.map_or_else(|| "-".to_owned(), |number| number.to_string()),
                    Err(_) => row.get(column),
                };
                // Writing to a string cannot fail.
                let _ = write!(line, "{}{text}", if column == 0 { "" } else { "|" });
            }
            lines.push(line);
        }
        lines
    }};
}

impl Stored {
    /// In a file.
    pub(crate) fn in_file() -> Self {
        let folder = Folder::new();
        Self { address: format!("sqlite:{}", folder.path().join("versus.db").display()), kind: Kind::File(folder) }
    }

    /// On the server that all tests share; nothing where there is no server, which continuous integration has to have.
    #[cfg(feature = "postgres")]
    pub(crate) async fn on_server() -> Option<Self> {
        Some(Self::on(Cluster::shared()?).await)
    }

    /// On a server.
    #[cfg(feature = "postgres")]
    pub(crate) async fn on(cluster: Arc<Cluster>) -> Self {
        Self { address: cluster.make_database().await, kind: Kind::Server(cluster) }
    }

    /// What the bot is given as `DATABASE_URL`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The same as a variable of the environment.
    pub(crate) fn variable(&self) -> (&'static str, &str) {
        ("DATABASE_URL", &self.address)
    }

    /// What a query gives, a line for each row.
    pub(crate) async fn rows(&self, sql: &str) -> Vec<String> {
        match &self.kind {
            Kind::File(folder) => {
                let file = SqliteConnectOptions::new().filename(folder.path().join("versus.db"));
                rows!(file.connect().await.expect("the database can be opened"), sql)
            }
            #[cfg(feature = "postgres")]
            Kind::Server(_) => {
                let connection = sqlx::PgConnection::connect(&self.address).await;
                rows!(connection.expect("the database can be opened"), sql)
            }
        }
    }

    /// Waits until nobody else is connected. A server carries out a statement it was sent although the process that sent it is gone;
    /// a file has no server.
    pub(crate) async fn left_alone(&self) {
        #[cfg(feature = "postgres")]
        if matches!(self.kind, Kind::Server(_)) {
            const OTHERS: &str = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() \
                                  AND backend_type = 'client backend' AND pid <> pg_backend_pid()";
            let leave = async { while self.rows(OTHERS).await != ["0"] {} };
            timeout(TIME_OUT, leave).await.expect("a killed process ends its connections");
        }
    }

    /// Keeps rows from being added to a table: each waits until this is released, and those that wait go on together. A file has
    /// one writer at a time anyway, so that nothing is kept from it there.
    pub(crate) async fn hold(&self, table: &str) -> Held {
        match &self.kind {
            Kind::File(_) => {
                let _ = table;
                Held::Nothing
            }
            #[cfg(feature = "postgres")]
            Kind::Server(_) => self.hold_by(&format!("TRIGGER held BEFORE INSERT ON {table}")).await,
        }
    }

    /// The same at the end of the transactions that add rows to it: they take effect when this is released, also where nobody waits
    /// for them any more. In a file nobody can write meanwhile.
    pub(crate) async fn hold_the_end(&self, table: &str) -> Held {
        match &self.kind {
            Kind::File(folder) => {
                // The file is locked as a whole.
                let _ = table;
                let file = SqliteConnectOptions::new().filename(folder.path().join("versus.db"));
                let mut connection = file.connect().await.expect("the database can be opened");
                raw_sql("BEGIN IMMEDIATE").execute(&mut connection).await.expect("it can be locked");
                Held::File(connection)
            }
            #[cfg(feature = "postgres")]
            Kind::Server(_) => {
                let trigger = format!("CONSTRAINT TRIGGER held AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED");
                self.hold_by(&trigger).await
            }
        }
    }

    #[cfg(feature = "postgres")]
    async fn hold_by(&self, trigger: &str) -> Held {
        self.rows(
            "CREATE OR REPLACE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS
             'BEGIN PERFORM pg_advisory_xact_lock_shared(42); RETURN NEW; END'",
        )
        .await;
        self.rows(&format!("CREATE {trigger} FOR EACH ROW EXECUTE FUNCTION held()")).await;
        let mut connection = sqlx::PgConnection::connect(&self.address).await.expect("the database can be opened");
        raw_sql("SELECT pg_advisory_lock(42)").execute(&mut connection).await.expect("it can be locked");
        Held::Server(connection)
    }

    /// Waits until so many transactions wait for a lock of a program; in a file there is none.
    pub(crate) async fn waiting(&self, count: usize) {
        #[cfg(feature = "postgres")]
        if matches!(self.kind, Kind::Server(_)) {
            let waiting = "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'
                           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
            let all = async { while self.rows(waiting).await != [count.to_string()] {} };
            timeout(TIME_OUT, all).await.expect("so many begin to write");
        }
        #[cfg(not(feature = "postgres"))]
        let _ = count;
    }

    /// Fills in so many numbers from 1 on for `N` in a statement whose rows end with `FROM numbers`.
    pub(crate) async fn fill(&self, count: u32, sql: &str) {
        let (keyword, first) =
            ("WITH RECURSIVE", "numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n <");
        self.rows(&format!("{keyword} {first} {count}) {sql}")).await;
    }
}

/// Tests on each kind of database, by functions that take a [`Stored`].
macro_rules! on_each_database {
    ($($name:ident)*) => {
        mod in_file {
            $(#[tokio::test]
            async fn $name() {
                super::$name(crate::stored::Stored::in_file()).await;
            })*
        }

        #[cfg(feature = "postgres")]
        mod on_server {
            $(#[tokio::test]
            async fn $name() {
                // Both would write the same expected texts at the same time.
                if std::env::var_os("UPDATE_EXPECT").is_some() {
                    return;
                }
                if let Some(stored) = crate::stored::Stored::on_server().await {
                    super::$name(stored).await;
                }
            })*
        }
    };
}
pub(crate) use on_each_database;
