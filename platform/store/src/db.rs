//! Opening the database: pools, migrations under a lock, read and write transactions.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::Connection as _;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::conn::Link;
use crate::together::Together;
use crate::{Conn, Error, Kind, Tx};

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations");

/// The two engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file, embedded, one writer.
    Sqlite,
    /// A server that several processes share.
    Postgres,
}

/// How to open the database.
#[derive(Clone, Copy, Debug)]
pub struct OpenOptions {
    /// Readers at the same time (SQLite), or connections in all (PostgreSQL).
    pub connections: u32,
    /// How long a request waits for its turn before it is told that the house is full.
    pub patience: Duration,
    /// Whether every commit reaches the disk (SQLite). Only what can be written again from scratch, such as a
    /// demonstration, may do without.
    pub durable: bool,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self { connections: 8, patience: Duration::from_secs(10), durable: true }
    }
}

#[derive(Clone)]
enum Pools {
    Sqlite { writer: SqlitePool, readers: SqlitePool, path: PathBuf },
    Postgres(PgPool),
}

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pools: Pools,
    together: Together,
}

impl Db {
    /// Opens `postgres://…`, `sqlite://path` or a bare path (created when missing).
    ///
    /// # Errors
    /// When the address is unreadable or the database cannot be reached.
    pub async fn open(address: &str, options: OpenOptions) -> Result<Self, Error> {
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            let connect = PgConnectOptions::from_str(address)?.application_name("tablee");
            let pool = PgPoolOptions::new()
                .max_connections(options.connections)
                .acquire_timeout(options.patience)
                .connect_with(connect)
                .await?;
            return Ok(Self { pools: Pools::Postgres(pool), together: Together::default() });
        }
        let path = PathBuf::from(address.strip_prefix("sqlite://").unwrap_or(address));
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| Error::new(Kind::Unavailable, error))?;
        }
        let connect = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // In WAL mode NORMAL cannot corrupt the file but may lose the last acts on a power cut;
            // a signed slip must not be lost, so every commit reaches the disk.
            .synchronous(if options.durable { SqliteSynchronous::Full } else { SqliteSynchronous::Off })
            .foreign_keys(true)
            .busy_timeout(options.patience)
            .pragma("cache_size", "-16000")
            .pragma("temp_store", "memory");
        let writer = sqlite_pool(options, 1).connect_with(connect.clone()).await?;
        let readers = sqlite_pool(options, options.connections)
            .connect_with(connect.pragma("query_only", "on"))
            .await?;
        Ok(Self { pools: Pools::Sqlite { writer, readers, path }, together: Together::default() })
    }

    pub(crate) fn together(&self) -> &Together {
        &self.together
    }

    /// The engine behind.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match &self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// The file, on SQLite.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match &self.pools {
            Pools::Sqlite { path, .. } => Some(path),
            Pools::Postgres(_) => None,
        }
    }

    /// Brings the tables up to date, once, however many processes start together.
    ///
    /// # Errors
    /// When a migration fails, or the database was written by a newer Tablée.
    pub async fn migrate(&self) -> Result<(), Error> {
        match &self.pools {
            Pools::Sqlite { writer, path, .. } => {
                let lock = path.with_extension("migrating");
                let held = File::create(&lock).map_err(|error| Error::new(Kind::Unavailable, error))?;
                let held = tokio::task::spawn_blocking(move || held.lock().map(|()| held))
                    .await
                    .map_err(|error| Error::new(Kind::Defect, error))?
                    .map_err(|error| Error::new(Kind::Unavailable, error))?;
                let done = MIGRATIONS.run(writer).await;
                drop(held);
                done.map_err(migration_error)
            }
            Pools::Postgres(pool) => MIGRATIONS.run(pool).await.map_err(migration_error),
        }
    }

    /// The migrations known to this program, oldest first, as (version, description).
    #[must_use]
    pub fn known_migrations() -> Vec<(i64, String)> {
        MIGRATIONS.iter().map(|m| (m.version, m.description.to_string())).collect()
    }

    /// A consistent snapshot that cannot write.
    ///
    /// # Errors
    /// When no connection came free in time.
    pub async fn read(&self) -> Result<Conn, Error> {
        Ok(Conn(match &self.pools {
            Pools::Sqlite { readers, .. } => Link::Sqlite(readers.begin().await?),
            Pools::Postgres(pool) => {
                Link::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        }))
    }

    /// The one way to write.
    ///
    /// # Errors
    /// When no connection came free in time.
    pub async fn write(&self) -> Result<Tx, Error> {
        Ok(Tx(Conn(match &self.pools {
            Pools::Sqlite { writer, .. } => Link::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres(pool) => Link::Postgres(pool.begin().await?),
        })))
    }

    /// Finishes what is under way and closes every connection.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

/// On a full disk SQLite ends a transaction by itself, and the driver goes on believing that one is open: such a
/// connection begins no other one ever again, so it is closed and the next one is opened in its place.
fn sqlite_pool(options: OpenOptions, connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(options.patience)
        .test_before_acquire(false)
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
}

fn migration_error(error: MigrateError) -> Error {
    match error {
        MigrateError::Execute(cause) => Error::from(cause),
        other => Error::new(Kind::Defect, other),
    }
}
