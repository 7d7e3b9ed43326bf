//! What the owner reads about who read.

use chrono::NaiveDate;
use kernel::StructureId;
use store::{Conn, Error, FromRow};

/// One line of the reading log: a structure, never a person.
#[derive(Clone, Debug, FromRow)]
pub struct Reading {
    /// The structure that read.
    pub reader_id: StructureId,
    /// The group of fields, as [`crate::FieldGroup::code`].
    pub what: String,
    /// Where: `page`, `list`, `export`…
    pub surface: String,
    /// The day.
    pub day: NaiveDate,
    /// How many times that day.
    pub times: i64,
}

/// Who read this structure's non-public values since `since`, latest first, 200 lines at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn readings_of(
    conn: &mut Conn,
    owner: StructureId,
    since: NaiveDate,
) -> Result<Vec<Reading>, Error> {
    conn.query(
        "SELECT reader_id, what, surface, day, times FROM reading
         WHERE owner_id = $1 AND day >= $2 ORDER BY day DESC, reader_id, what LIMIT 200",
    )
    .bind(owner)
    .bind(since)
    .all()
    .await
}
