//! What the database can answer instead of rows.

use kernel::{Failure, Fault, Remedy};

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
    /// The database cannot be reached or is too busy; trying again later may work.
    Unavailable,
    /// The disk is full, or the database may only be read for now.
    Unwritable,
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
                _ => of_code(database.code().as_deref()),
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

/// SQLite: busy (5), locked (6), I/O (10), cannot open (14), and read-only (8), full (13), with their extended codes in
/// the higher bits. PostgreSQL: classes 08 connection, 53 resources, 57 operator intervention, 40 rollback (deadlock),
/// and 53100 disk full, 25006 read-only.
fn of_code(code: Option<&str>) -> Kind {
    let Some(code) = code else { return Kind::Defect };
    // PostgreSQL's codes have five characters; SQLite's are numbers that never reach five digits.
    if code.len() == 5 {
        return match code {
            "53100" | "25006" => Kind::Unwritable,
            _ if ["08", "53", "57", "40"].iter().any(|class| code.starts_with(class)) => Kind::Unavailable,
            _ => Kind::Defect,
        };
    }
    match code.parse::<u32>().map(|code| code & 0xff) {
        Ok(8 | 13) => Kind::Unwritable,
        Ok(5 | 6 | 10 | 14) => Kind::Unavailable,
        _ => Kind::Defect,
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let remedy = match error.kind() {
            Kind::Unavailable => Remedy::Wait,
            Kind::Unwritable => Remedy::MakeRoom,
            _ => Remedy::Repair,
        };
        Self::new(error).with(remedy)
    }
}

impl<R> From<Error> for Failure<R> {
    fn from(error: Error) -> Self {
        Self::Fault(error.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_is_told_from_what_is_broken() {
        for (code, kind) in [
            ("5", Kind::Unavailable),
            ("261", Kind::Unavailable),
            ("13", Kind::Unwritable),
            ("1032", Kind::Unwritable),
            ("1", Kind::Defect),
            ("57P01", Kind::Unavailable),
            ("08006", Kind::Unavailable),
            ("40P01", Kind::Unavailable),
            ("53100", Kind::Unwritable),
            ("53300", Kind::Unavailable),
            ("25006", Kind::Unwritable),
            ("42P01", Kind::Defect),
            ("", Kind::Defect),
        ] {
            assert_eq!(of_code(Some(code)), kind, "{code}");
        }
        assert_eq!(of_code(None), Kind::Defect);
    }
}
