//! Recomputes what is kept for speed from what was written down.

use kernel::Grams;
use store::{Conn, Error, FromRow};

use crate::ledger::Discrepancy;
use crate::{LotId, MovementId, PlaceId};

#[derive(FromRow)]
struct Sides {
    lot_id: LotId,
    place_id: PlaceId,
    kept: Grams,
    derived: Grams,
}

/// Recomputes every balance and promise from entries and reservations; the first thousand discrepancies of each
/// kind. Nothing found is what `tablee doctor` wants to read.
///
/// # Errors
/// When the database cannot be read.
pub async fn verify(conn: &mut Conn) -> Result<Vec<Discrepancy>, Error> {
    let mut found = Vec::new();
    let sides: Vec<Sides> = conn
        .query(
            "SELECT lot_id, place_id, CAST(SUM(kept) AS BIGINT) AS kept, CAST(SUM(derived) AS BIGINT) AS derived
             FROM (SELECT lot_id, place_id, grams AS kept, 0 AS derived FROM balance
                   UNION ALL SELECT lot_id, place_id, 0, grams FROM stock_side) sides
             GROUP BY lot_id, place_id HAVING SUM(kept) <> SUM(derived) ORDER BY lot_id, place_id LIMIT 1000",
        )
        .all()
        .await?;
    found.extend(sides.into_iter().map(|side| Discrepancy::Balance {
        lot: side.lot_id,
        place: side.place_id,
        kept: side.kept,
        entries: side.derived,
    }));
    let promises: Vec<Sides> = conn
        .query(
            "SELECT lot_id, place_id, CAST(SUM(kept) AS BIGINT) AS kept, CAST(SUM(derived) AS BIGINT) AS derived
             FROM (SELECT lot_id, place_id, reserved AS kept, 0 AS derived FROM balance
                   UNION ALL SELECT lot_id, place_id, 0, grams FROM stock_reservation WHERE state = 'active') sides
             GROUP BY lot_id, place_id HAVING SUM(kept) <> SUM(derived) ORDER BY lot_id, place_id LIMIT 1000",
        )
        .all()
        .await?;
    found.extend(promises.into_iter().map(|side| Discrepancy::Reserved {
        lot: side.lot_id,
        place: side.place_id,
        kept: side.kept,
        reservations: side.derived,
    }));
    let empty: Vec<(MovementId,)> = conn
        .query(
            "SELECT id FROM movement WHERE NOT EXISTS (SELECT 1 FROM entry WHERE entry.movement_id = movement.id)
             ORDER BY id LIMIT 1000",
        )
        .all()
        .await?;
    found.extend(empty.into_iter().map(|(id,)| Discrepancy::Empty(id)));
    Ok(found)
}
