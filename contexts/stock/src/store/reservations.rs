//! Reservations, each ended once.

use kernel::{Cx, Grams, StructureId};
use store::{Conn, Error, FromRow, Tx};
use uuid::Uuid;

use crate::{LotId, PlaceId, Reservation, ReservationId, ReservationState};

#[derive(FromRow)]
struct ReservationRow {
    id: ReservationId,
    lot_id: LotId,
    place_id: PlaceId,
    structure_id: StructureId,
    grams: Grams,
    #[sqlx(try_from = "String")]
    state: ReservationState,
    purpose: String,
    subject_id: Uuid,
}

impl From<ReservationRow> for Reservation {
    fn from(row: ReservationRow) -> Self {
        Self {
            id: row.id,
            lot: row.lot_id,
            place: row.place_id,
            structure: row.structure_id,
            grams: row.grams,
            state: row.state,
            purpose: row.purpose,
            subject: row.subject_id,
        }
    }
}

pub(crate) async fn insert_reservation(cx: &Cx, tx: &mut Tx, new: &Reservation) -> Result<(), Error> {
    tx.query(
        "INSERT INTO stock_reservation (id, lot_id, place_id, structure_id, grams, state, purpose, subject_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(new.id)
    .bind(new.lot)
    .bind(new.place)
    .bind(new.structure)
    .bind(new.grams)
    .bind(new.state.code())
    .bind(new.purpose.clone())
    .bind(new.subject)
    .bind(cx.now())
    .run()
    .await?;
    Ok(())
}

pub(crate) async fn reservation(conn: &mut Conn, id: ReservationId) -> Result<Option<Reservation>, Error> {
    let row: Option<ReservationRow> = conn
        .query(
            "SELECT id, lot_id, place_id, structure_id, grams, state, purpose, subject_id FROM stock_reservation
             WHERE id = $1",
        )
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Reservation::from))
}

/// Every active reservation of a lot at a place.
pub(crate) async fn active_reservations(
    conn: &mut Conn,
    lot: LotId,
    place: PlaceId,
) -> Result<Vec<Reservation>, Error> {
    let rows: Vec<ReservationRow> = conn
        .query(
            "SELECT id, lot_id, place_id, structure_id, grams, state, purpose, subject_id FROM stock_reservation
             WHERE lot_id = $1 AND place_id = $2 AND state = 'active' ORDER BY id",
        )
        .bind(lot)
        .bind(place)
        .all()
        .await?;
    Ok(rows.into_iter().map(Reservation::from).collect())
}

/// Ends an active reservation, once; says whether this was the once. The caller holds the lot.
pub(crate) async fn end_reservation(
    cx: &Cx,
    tx: &mut Tx,
    id: ReservationId,
    state: ReservationState,
) -> Result<bool, Error> {
    let touched = tx
        .query("UPDATE stock_reservation SET state = $2, ended_at = $3 WHERE id = $1 AND state = 'active'")
        .bind(id)
        .bind(state.code())
        .bind(cx.now())
        .run()
        .await?;
    Ok(touched == 1)
}
