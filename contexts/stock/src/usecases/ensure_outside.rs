//! Finds or opens an outside place of a coordination's ledger.

use kernel::{CoordinationId, Cx, Failure, Never};
use store::Tx;

use crate::{Place, PlaceId, PlaceKind, store as rows};

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
    if let Some(place) = rows::outside(tx, coordination, kind).await? {
        return Ok(place);
    }
    let new = Place {
        id: PlaceId::new(cx),
        coordination,
        structure: None,
        site: None,
        kind,
        temperature: None,
        closed: false,
    };
    rows::open_place(tx, &new).await?;
    // Another act may have opened it in the same instant: whichever stands is the place.
    rows::outside(tx, coordination, kind).await?.ok_or(Failure::NotFound)
}
