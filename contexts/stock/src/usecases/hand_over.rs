//! Hands part of a lot over to another structure: it enters that structure's own zone.

use audit::Act;
use chrono::{DateTime, Utc};
use kernel::{Cx, Failure, Grams, StructureId, time};
use serde::Serialize;
use serde_json::json;
use store::Tx;

use super::{ensure_zone, happened, in_place_of, post};
use crate::{
    Cause, Entry, LotId, MovementId, PlaceId, Refusal, ReservationId, ReservationState, store as rows,
};

/// What is handed over.
#[derive(Clone, Debug, Serialize)]
pub struct HandOver {
    /// The reservation it uses, where there was one; what it held beyond `grams` is free again.
    pub reservation: Option<ReservationId>,
    /// The lot.
    pub lot: LotId,
    /// The place it leaves.
    pub from: PlaceId,
    /// Who receives.
    pub to_structure: StructureId,
    /// How much was accepted.
    pub grams: Grams,
    /// When, where that was not now.
    pub occurred_at: Option<DateTime<Utc>>,
}

/// Hands over within a bigger act (a signed slip), which authorises.
///
/// # Errors
/// [`Refusal`]: more than is free, a lot set aside, blocked, withdrawn or past its DLC at that moment, a
/// reservation that ended or is for another lot, place or structure.
pub async fn within(cx: &Cx, tx: &mut Tx, command: &HandOver) -> Result<MovementId, Failure<Refusal>> {
    let lot = rows::lock_lot(tx, command.lot).await?;
    let place = rows::place(tx, command.from).await?.ok_or(Failure::NotFound)?;
    let giver = place.structure.ok_or(Failure::NotFound)?;
    lot.may_be_given(time::civil(happened(cx, command.occurred_at), cx.zone).date())
        .map_err(Failure::Refused)?;
    if let Some(id) = command.reservation {
        let reservation = rows::reservation(tx, id).await?.ok_or(Failure::NotFound)?;
        if (reservation.lot, reservation.place, reservation.structure)
            != (command.lot, command.from, command.to_structure)
        {
            return Err(Failure::Refused(Refusal::OtherReservation));
        }
        if !rows::end_reservation(cx, tx, id, ReservationState::Consumed).await? {
            return Err(Failure::Refused(Refusal::ReservationEnded));
        }
        rows::unpromise(tx, command.lot, command.from, reservation.grams).await?;
    }
    let to = ensure_zone::within(cx, tx, place.coordination, command.to_structure, None, lot.temperature)
        .await
        .map_err(Failure::widen)?;
    let posting = post::Posting {
        coordination: place.coordination,
        cause: Cause::HandedOver,
        structure: Some(giver),
        occurred_at: command.occurred_at,
        corrects: None,
        reason: None,
    };
    let entry = Entry { lot: command.lot, from: command.from, to, grams: command.grams };
    let movement = post::post(cx, tx, posting, &[entry]).await?;
    let detail = json!({ "grams": command.grams, "to": command.to_structure, "movement": movement });
    let act = Act::new("stock.hand_over", "lot", command.lot.uuid())
        .detail(detail)
        .on_behalf_of(in_place_of(cx, giver));
    audit::record(tx, cx, act).await?;
    Ok(movement)
}
