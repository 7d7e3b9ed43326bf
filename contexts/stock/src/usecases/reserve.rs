//! Promises part of a lot to a structure.

use audit::Act;
use kernel::{Cx, Failure, Grams, StructureId};
use serde::Serialize;
use serde_json::json;
use store::Tx;
use uuid::Uuid;

use crate::{LotId, PlaceId, Refusal, Reservation, ReservationId, ReservationState, store as rows};

/// What is promised.
#[derive(Clone, Debug, Serialize)]
pub struct Reserve {
    /// The lot.
    pub lot: LotId,
    /// Where it lies.
    pub place: PlaceId,
    /// For whom.
    pub structure: StructureId,
    /// How much.
    pub grams: Grams,
    /// What for, e.g. `allocation`.
    pub purpose: &'static str,
    /// Which one.
    pub subject: Uuid,
}

/// Reserves within a bigger act, which authorises. An act that reserves several lots takes them in the order of their
/// ids: two such acts then wait for one another instead of stopping each other.
///
/// # Errors
/// [`Refusal`]: more than is free, a lot set aside, blocked, withdrawn or past its DLC.
pub async fn within(cx: &Cx, tx: &mut Tx, command: &Reserve) -> Result<ReservationId, Failure<Refusal>> {
    if !command.grams.is_positive() {
        return Err(Failure::Refused(Refusal::NothingWeighed));
    }
    let lot = rows::lock_lot(tx, command.lot).await?;
    lot.may_be_given(cx.today()).map_err(Failure::Refused)?;
    let enough = rows::promise(tx, command.lot, command.place, command.grams)
        .await
        .map_err(|error| rows::checked(error, Grams::ZERO))?;
    if !enough {
        let free = rows::free(tx, command.lot, command.place).await?;
        return Err(Failure::Refused(Refusal::NotEnough { free }));
    }
    let reservation = Reservation {
        id: ReservationId::new(cx),
        lot: command.lot,
        place: command.place,
        structure: command.structure,
        grams: command.grams,
        state: ReservationState::Active,
        purpose: command.purpose.to_owned(),
        subject: command.subject,
    };
    rows::insert_reservation(cx, tx, &reservation).await?;
    let detail = json!({ "grams": command.grams, "place": command.place, "structure": command.structure,
        "reservation": reservation.id, "purpose": command.purpose });
    audit::record(tx, cx, Act::new("stock.reserve", "lot", command.lot.uuid()).detail(detail)).await?;
    Ok(reservation.id)
}
