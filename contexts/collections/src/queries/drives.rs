//! Drives: those that come, a structure's own, one of them.

use chrono::{DateTime, Utc};
use kernel::{CoordinationId, StructureId};
use store::{Conn, Error};

use crate::drive::{Drive, DriveId};
use crate::store::drives as rows;

/// A drive of a coordination; its members all see it.
///
/// # Errors
/// When the database cannot be read.
pub async fn drive(
    conn: &mut Conn,
    coordination: CoordinationId,
    id: DriveId,
) -> Result<Option<Drive>, Error> {
    Ok(rows::drive(conn, id).await?.filter(|drive| drive.coordination == coordination))
}

/// The drives of a coordination that are announced and not over, soonest first, 30 at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn drives_coming(
    conn: &mut Conn,
    coordination: CoordinationId,
    now: DateTime<Utc>,
) -> Result<Vec<Drive>, Error> {
    rows::coming(conn, coordination, now).await
}

/// A structure's own drives, latest first, 30 at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn drives_of(
    conn: &mut Conn,
    coordination: CoordinationId,
    organiser: StructureId,
) -> Result<Vec<Drive>, Error> {
    rows::of_organiser(conn, coordination, organiser).await
}
