//! What the database can answer instead of rows.

use kernel::{Failure, Fault};

/// The kinds of trouble that callers tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A value that must be the only one is there already.
    Unique,
    /// A row that is referred to is not there.
    Reference,
    /// An invariant held by the engine (a CHECK) was about to be broken.
    Check,
    /// The row that was asked for is not there.
    Missing,
    /// The database cannot be reached, is full or is too busy; trying again later may work.
    Unavailable,
    /// Anything else: a statement or a row that the code has wrong.
    Defect,
}

/// A database error and its kind.
#[derive(Debug, thiserror::Error)]
#[error("database ({kind:?})")]
pub struct Error {
    kind: Kind,
    #[source]
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl Error {
    pub(crate) fn new(kind: Kind, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { kind, source: source.into() }
    }

    /// The kind of trouble.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::error::ErrorKind;
        let kind = match &error {
            sqlx::Error::RowNotFound => Kind::Missing,
            sqlx::Error::Database(database) => match database.kind() {
                ErrorKind::UniqueViolation => Kind::Unique,
                ErrorKind::ForeignKeyViolation => Kind::Reference,
                ErrorKind::CheckViolation | ErrorKind::NotNullViolation => Kind::Check,
                _ if is_unavailable(database.code().as_deref()) => Kind::Unavailable,
                _ => Kind::Defect,
            },
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Tls(_) => Kind::Unavailable,
            _ => Kind::Defect,
        };
        Self::new(kind, error)
    }
}

/// SQLite: busy (5), locked (6), read-only (8), I/O (10), full (13), cannot open (14), with their extended
/// codes in the higher bits. PostgreSQL: classes 08 connection, 53 resources (disk full), 57 operator
/// intervention, 40 rollback (deadlock).
fn is_unavailable(code: Option<&str>) -> bool {
    let Some(code) = code else { return false };
    if code.len() == 5 && code.bytes().any(|b| b == b'P' || b.is_ascii_digit()) {
        return ["08", "53", "57", "40", "25006"].iter().any(|class| code.starts_with(class));
    }
    code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 8 | 10 | 13 | 14))
}

impl<R> From<Error> for Failure<R> {
    fn from(error: Error) -> Self {
        Self::Fault(Fault::new(error))
    }
}
