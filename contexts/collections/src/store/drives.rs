//! Rows of drives.

use chrono::{DateTime, Utc};
use kernel::{CoordinationId, Grams, StructureId};
use store::{Conn, Error, FromRow, Tx};

use crate::drive::{Drive, DriveId, DriveState};

#[derive(FromRow)]
struct DriveRow {
    id: DriveId,
    reference: String,
    coordination_id: CoordinationId,
    organiser_id: StructureId,
    title: String,
    begins_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    address: String,
    note: String,
    #[sqlx(try_from = "String")]
    state: DriveState,
    grams: Grams,
    created_at: DateTime<Utc>,
    version: i64,
}

impl From<DriveRow> for Drive {
    fn from(row: DriveRow) -> Self {
        Self {
            id: row.id,
            reference: row.reference,
            coordination: row.coordination_id,
            organiser: row.organiser_id,
            title: row.title,
            begins_at: row.begins_at,
            ends_at: row.ends_at,
            address: row.address,
            note: row.note,
            state: row.state,
            grams: row.grams,
            created_at: row.created_at,
            version: row.version,
        }
    }
}

macro_rules! drive_columns {
    () => {
        "id, reference, coordination_id, organiser_id, title, begins_at, ends_at, address, note, state, grams,
         created_at, version"
    };
}

pub(crate) async fn insert(tx: &mut Tx, drive: &Drive) -> Result<(), Error> {
    tx.query(
        "INSERT INTO drive (id, reference, coordination_id, organiser_id, title, begins_at, ends_at, address, note,
             state, grams, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(drive.id)
    .bind(drive.reference.clone())
    .bind(drive.coordination)
    .bind(drive.organiser)
    .bind(drive.title.clone())
    .bind(drive.begins_at)
    .bind(drive.ends_at)
    .bind(drive.address.clone())
    .bind(drive.note.clone())
    .bind(drive.state.code())
    .bind(drive.grams)
    .bind(drive.created_at)
    .bind(drive.version)
    .run()
    .await?;
    Ok(())
}

/// Locks a drive and gives it as it stands.
pub(crate) async fn lock(tx: &mut Tx, id: DriveId) -> Result<Option<Drive>, Error> {
    let row: Option<DriveRow> = tx
        .query(concat!("UPDATE drive SET version = version + 1 WHERE id = $1 RETURNING ", drive_columns!()))
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Drive::from))
}

pub(crate) async fn save_state(
    tx: &mut Tx,
    id: DriveId,
    state: DriveState,
    grams: Grams,
) -> Result<(), Error> {
    tx.query("UPDATE drive SET state = $1, grams = $2 WHERE id = $3")
        .bind(state.code())
        .bind(grams)
        .bind(id)
        .run()
        .await?;
    Ok(())
}

/// A drive as it stands, unlocked.
pub(crate) async fn drive(conn: &mut Conn, id: DriveId) -> Result<Option<Drive>, Error> {
    let row: Option<DriveRow> = conn
        .query(concat!("SELECT ", drive_columns!(), " FROM drive WHERE id = $1"))
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Drive::from))
}

/// Announced and not over, soonest first, 30 at most.
pub(crate) async fn coming(
    conn: &mut Conn,
    coordination: CoordinationId,
    now: DateTime<Utc>,
) -> Result<Vec<Drive>, Error> {
    let rows: Vec<DriveRow> = conn
        .query(concat!(
            "SELECT ",
            drive_columns!(),
            " FROM drive WHERE coordination_id = $1 AND state = 'announced' AND ends_at > $2
              ORDER BY begins_at, id LIMIT 30"
        ))
        .bind(coordination)
        .bind(now)
        .all()
        .await?;
    Ok(rows.into_iter().map(Drive::from).collect())
}

/// A structure's own, latest first, 30 at most.
pub(crate) async fn of_organiser(
    conn: &mut Conn,
    coordination: CoordinationId,
    organiser: StructureId,
) -> Result<Vec<Drive>, Error> {
    let rows: Vec<DriveRow> = conn
        .query(concat!(
            "SELECT ",
            drive_columns!(),
            " FROM drive WHERE coordination_id = $1 AND organiser_id = $2 ORDER BY ends_at DESC, id DESC LIMIT 30"
        ))
        .bind(coordination)
        .bind(organiser)
        .all()
        .await?;
    Ok(rows.into_iter().map(Drive::from).collect())
}
