//! Gives a reservation up: what was promised is free again.

use audit::Act;
use kernel::{Cx, Failure};
use serde_json::json;
use store::Tx;

use crate::{Refusal, ReservationId, ReservationState, store as rows};

/// Releases within a bigger act, which authorises.
///
/// # Errors
/// [`Refusal::ReservationEnded`] where it was released or used before.
pub async fn within(cx: &Cx, tx: &mut Tx, id: ReservationId) -> Result<(), Failure<Refusal>> {
    let reservation = rows::reservation(tx, id).await?.ok_or(Failure::NotFound)?;
    rows::lock_lot::<Refusal>(tx, reservation.lot).await?;
    if !rows::end_reservation(cx, tx, id, ReservationState::Released).await? {
        return Err(Failure::Refused(Refusal::ReservationEnded));
    }
    rows::unpromise(tx, reservation.lot, reservation.place, reservation.grams).await?;
    let detail = json!({ "grams": reservation.grams, "reservation": id, "structure": reservation.structure });
    audit::record(tx, cx, Act::new("stock.release", "lot", reservation.lot.uuid()).detail(detail)).await?;
    Ok(())
}
