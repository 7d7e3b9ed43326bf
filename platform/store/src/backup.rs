//! A copy of a running SQLite database, checked before it is trusted.

use std::path::Path;

use crate::{Db, Engine, Error, Kind};

/// Why a copy was not made.
#[derive(Debug, thiserror::Error)]
pub enum BackupRefused {
    /// PostgreSQL has its own tool for this.
    #[error("PostgreSQL is backed up with pg_dump")]
    UsePgDump,
    /// There is a file of that name already.
    #[error("{0} is there already")]
    Exists(String),
    /// The copy was made but does not read back as it should.
    #[error("the copy does not pass the integrity check: {0}")]
    Damaged(String),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] Error),
}

impl Db {
    /// Copies the whole database to a new file while the server runs, and checks the copy.
    ///
    /// # Errors
    /// On PostgreSQL, when the file exists, or when the copy cannot be made or is damaged.
    pub async fn backup(&self, to: &Path) -> Result<(), BackupRefused> {
        if self.engine() == Engine::Postgres {
            return Err(BackupRefused::UsePgDump);
        }
        if to.exists() {
            return Err(BackupRefused::Exists(to.display().to_string()));
        }
        self.vacuum_into(to).await?;
        let copy = Self::open(&to.display().to_string(), crate::OpenOptions::default()).await?;
        let verdict: String = copy.read().await?.query("PRAGMA integrity_check").value().await?;
        copy.close().await;
        if verdict == "ok" { Ok(()) } else { Err(BackupRefused::Damaged(verdict)) }
    }

    /// `VACUUM INTO` takes a snapshot without stopping writers, but not inside a transaction.
    async fn vacuum_into(&self, to: &Path) -> Result<(), Error> {
        use sqlx::Executor as _;
        let from = self.path().ok_or_else(|| Error::new(Kind::Defect, "not a file"))?;
        let mut plain = sqlx::ConnectOptions::connect(
            &sqlx::sqlite::SqliteConnectOptions::new()
                .filename(from)
                .busy_timeout(std::time::Duration::from_secs(30)),
        )
        .await?;
        plain
            .execute(sqlx::query("VACUUM INTO $1").bind(to.display().to_string()))
            .await
            .map_err(Error::from)?;
        sqlx::Connection::close(plain).await?;
        Ok(())
    }
}
