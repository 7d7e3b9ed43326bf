//! Holds: who comes for how much.

use chrono::{DateTime, Utc};
use goods::TemperatureClass;
use kernel::{Grams, StructureId};
use store::{Conn, Error, FromRow, Tx};
use uuid::Uuid;

use crate::collection::CollectionId;
use crate::hold::{Hold, HoldId, HoldState};

#[derive(FromRow)]
pub(crate) struct HoldRow {
    id: HoldId,
    collection_id: CollectionId,
    structure_id: StructureId,
    grams: Grams,
    #[sqlx(try_from = "String")]
    state: HoldState,
    reason: Option<String>,
    comes_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
    version: i64,
    answer_pending: bool,
}

/// Every column of a hold, in a statement.
macro_rules! hold_columns {
    () => {
        "id, collection_id, structure_id, grams, state, reason, comes_at, created_at, ended_at, version, answer_pending"
    };
}

impl From<HoldRow> for Hold {
    fn from(row: HoldRow) -> Self {
        // What is set aside is held like the rest, so that sums need not know it; only its structure has to answer.
        let pending = row.answer_pending && row.state == HoldState::Held;
        Self {
            id: row.id,
            collection: row.collection_id,
            structure: row.structure_id,
            grams: row.grams,
            state: if pending { HoldState::Proposed } else { row.state },
            reason: row.reason,
            comes_at: row.comes_at,
            created_at: row.created_at,
            ended_at: row.ended_at,
            version: row.version,
        }
    }
}

pub(crate) async fn insert_hold(tx: &mut Tx, hold: &Hold) -> Result<(), Error> {
    tx.query(
        "INSERT INTO collection_reservation (id, collection_id, structure_id, grams, state, comes_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(hold.id)
    .bind(hold.collection)
    .bind(hold.structure)
    .bind(hold.grams)
    .bind(hold.state.code())
    .bind(hold.comes_at)
    .bind(hold.created_at)
    .run()
    .await?;
    Ok(())
}

/// Keeps a hold as one that the daily allocation set aside, and what for.
pub(crate) async fn set_aside(tx: &mut Tx, id: HoldId, subject: Uuid) -> Result<(), Error> {
    tx.query("UPDATE collection_reservation SET subject_id = $1, answer_pending = TRUE WHERE id = $2")
        .bind(subject)
        .bind(id)
        .run()
        .await?;
    Ok(())
}

/// What was set aside is expected from now on.
pub(crate) async fn confirm_hold(tx: &mut Tx, id: HoldId) -> Result<(), Error> {
    tx.query("UPDATE collection_reservation SET answer_pending = FALSE WHERE id = $1").bind(id).run().await?;
    Ok(())
}

/// What a hold was set aside for, where the daily allocation made it.
pub(crate) async fn subject_of(conn: &mut Conn, id: HoldId) -> Result<Option<Uuid>, Error> {
    let row: Option<(Option<Uuid>,)> =
        conn.query("SELECT subject_id FROM collection_reservation WHERE id = $1").bind(id).optional().await?;
    Ok(row.and_then(|(subject,)| subject))
}

/// Locks a hold. Lock its collection first: everybody takes the two in that order.
pub(crate) async fn lock_hold(tx: &mut Tx, id: HoldId) -> Result<Option<Hold>, Error> {
    let row: Option<HoldRow> = tx
        .query(concat!(
            "UPDATE collection_reservation SET version = version + 1 WHERE id = $1 RETURNING ",
            hold_columns!()
        ))
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Hold::from))
}

/// A hold as it stands, unlocked.
pub(crate) async fn hold(conn: &mut Conn, id: HoldId) -> Result<Option<Hold>, Error> {
    let row: Option<HoldRow> = conn
        .query(concat!("SELECT ", hold_columns!(), " FROM collection_reservation WHERE id = $1"))
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Hold::from))
}

/// Every hold of a collection, in the order they were made.
pub(crate) async fn holds(conn: &mut Conn, id: CollectionId) -> Result<Vec<Hold>, Error> {
    let rows: Vec<HoldRow> = conn
        .query(concat!(
            "SELECT ",
            hold_columns!(),
            " FROM collection_reservation WHERE collection_id = $1 ORDER BY created_at, id LIMIT 500"
        ))
        .bind(id)
        .all()
        .await?;
    Ok(rows.into_iter().map(Hold::from).collect())
}

/// What a structure holds and has not fetched, in the order they were made.
pub(crate) async fn held_holds(conn: &mut Conn, structure: StructureId) -> Result<Vec<Hold>, Error> {
    let rows: Vec<HoldRow> = conn
        .query(concat!(
            "SELECT ",
            hold_columns!(),
            " FROM collection_reservation WHERE structure_id = $1 AND state = 'held' AND NOT answer_pending
              ORDER BY created_at, id LIMIT 500"
        ))
        .bind(structure)
        .all()
        .await?;
    Ok(rows.into_iter().map(Hold::from).collect())
}

/// What a structure still has to fetch of a temperature class, in a coordination.
pub(crate) async fn expected_at(
    conn: &mut Conn,
    structure: StructureId,
    class: TemperatureClass,
) -> Result<Grams, Error> {
    conn.query(
        "SELECT CAST(COALESCE(SUM(r.grams), 0) AS BIGINT) FROM collection_reservation r
         JOIN collection c ON c.id = r.collection_id
         WHERE r.structure_id = $1 AND r.state = 'held' AND c.temperature_class = $2",
    )
    .bind(structure)
    .bind(class.code())
    .value()
    .await
}

pub(crate) async fn end_hold(
    tx: &mut Tx,
    id: HoldId,
    state: HoldState,
    reason: Option<String>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    tx.query("UPDATE collection_reservation SET state = $1, reason = $2, ended_at = $3 WHERE id = $4")
        .bind(state.code())
        .bind(reason)
        .bind(at)
        .bind(id)
        .run()
        .await?;
    Ok(())
}
