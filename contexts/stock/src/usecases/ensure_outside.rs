//! Finds or opens an outside place of a coordination's ledger.

use kernel::{CoordinationId, Cx, Failure, Never};
use store::Tx;

use crate::{PlaceId, PlaceKind};

/// The outside place of a kind; opened when there is none.
///
/// # Errors
/// When the database cannot be written.
pub async fn within(
    cx: &Cx,
    tx: &mut Tx,
    coordination: CoordinationId,
    kind: PlaceKind,
) -> Result<PlaceId, Failure<Never>> {
    let known: Option<(PlaceId,)> = tx
        .query("SELECT id FROM place WHERE coordination_id = $1 AND kind = $2 AND outside")
        .bind(coordination)
        .bind(kind.code())
        .optional()
        .await?;
    if let Some((place,)) = known {
        return Ok(place);
    }
    tx.query(
        "INSERT INTO place (id, coordination_id, kind, name, outside) VALUES ($1, $2, $3, '', TRUE)
         ON CONFLICT DO NOTHING",
    )
    .bind(PlaceId::new(cx))
    .bind(coordination)
    .bind(kind.code())
    .run()
    .await?;
    let (place,): (PlaceId,) = tx
        .query("SELECT id FROM place WHERE coordination_id = $1 AND kind = $2 AND outside")
        .bind(coordination)
        .bind(kind.code())
        .one()
        .await?;
    Ok(place)
}
