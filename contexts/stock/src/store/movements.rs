//! Movements and their entries: added, never changed.

use chrono::{DateTime, Utc};
use kernel::{CoordinationId, Grams, PersonId, StructureId};
use store::{Conn, Error, FromRow, Tx};

use crate::{Cause, Entry, LotId, Movement, MovementId, PlaceId};

#[derive(FromRow)]
struct MovementRow {
    id: MovementId,
    coordination_id: CoordinationId,
    occurred_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
    #[sqlx(try_from = "String")]
    cause: Cause,
    structure_id: Option<StructureId>,
    person_id: Option<PersonId>,
    corrects_id: Option<MovementId>,
    reason: Option<String>,
}

#[derive(FromRow)]
struct EntryRow {
    lot_id: LotId,
    from_id: PlaceId,
    to_id: PlaceId,
    grams: Grams,
}

pub(crate) async fn movement(conn: &mut Conn, id: MovementId) -> Result<Option<Movement>, Error> {
    let row: Option<MovementRow> = conn
        .query(
            "SELECT id, coordination_id, occurred_at, recorded_at, cause, structure_id, person_id, corrects_id, reason
             FROM movement WHERE id = $1",
        )
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(|row| Movement {
        id: row.id,
        coordination: row.coordination_id,
        occurred_at: row.occurred_at,
        recorded_at: row.recorded_at,
        cause: row.cause,
        structure: row.structure_id,
        person: row.person_id,
        corrects: row.corrects_id,
        reason: row.reason,
    }))
}

pub(crate) async fn entries(conn: &mut Conn, movement: MovementId) -> Result<Vec<Entry>, Error> {
    let rows: Vec<EntryRow> = conn
        .query("SELECT lot_id, from_id, to_id, grams FROM entry WHERE movement_id = $1 ORDER BY lot_id, from_id, to_id")
        .bind(movement)
        .all()
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Entry { lot: row.lot_id, from: row.from_id, to: row.to_id, grams: row.grams })
        .collect())
}

pub(crate) async fn insert_movement(tx: &mut Tx, head: &Movement, entries: &[Entry]) -> Result<(), Error> {
    tx.query(
        "INSERT INTO movement (id, coordination_id, occurred_at, recorded_at, cause, structure_id, person_id, corrects_id,
             reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(head.id)
    .bind(head.coordination)
    .bind(head.occurred_at)
    .bind(head.recorded_at)
    .bind(head.cause.code())
    .bind(head.structure)
    .bind(head.person)
    .bind(head.corrects)
    .bind(head.reason.clone())
    .run()
    .await?;
    for entry in entries {
        tx.query(
            "INSERT INTO entry (movement_id, lot_id, from_id, to_id, grams) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(head.id)
        .bind(entry.lot)
        .bind(entry.from)
        .bind(entry.to)
        .bind(entry.grams)
        .run()
        .await?;
    }
    Ok(())
}

/// Whether a movement has been reversed.
pub(crate) async fn is_corrected(conn: &mut Conn, movement: MovementId) -> Result<bool, Error> {
    let earlier: i64 =
        conn.query("SELECT COUNT(*) FROM movement WHERE corrects_id = $1").bind(movement).value().await?;
    Ok(earlier > 0)
}
