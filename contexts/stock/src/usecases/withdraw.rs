//! Takes what is left of a lot at a place out of the stock, after a recall or a quarantine.

use audit::Act;
use chrono::{DateTime, Utc};
use kernel::{Cx, Failure, Grams, StructureId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{ensure_outside, held, post, reason_given, tell, tell_on_behalf};
use crate::{
    Cause, Entry, LotId, MovementId, PlaceId, PlaceKind, Refusal, ReservationId, ReservationState,
    StateChange, store as rows,
};

/// Which lot, where, and why.
#[derive(Clone, Debug, Serialize)]
pub struct Withdraw {
    /// The lot.
    pub lot: LotId,
    /// The place it leaves.
    pub place: PlaceId,
    /// Why.
    pub reason: String,
    /// When, where that was not now.
    pub occurred_at: Option<DateTime<Utc>>,
}

/// What was taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// The movement.
    pub movement: MovementId,
    /// How much.
    pub grams: Grams,
    /// The reservations that could not be kept; their structures are told.
    pub released: Vec<ReservationId>,
}

/// Withdraws as an act of its own.
///
/// # Errors
/// As [`within`].
pub async fn run(cx: &Cx, db: &Db, command: Withdraw) -> Result<Withdrawn, Failure<Refusal>> {
    let mut tx = match db.begin(cx, "stock.withdraw", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let withdrawn = within(cx, &mut tx, &command).await?;
    Ok(tx.done(withdrawn).await?)
}

/// Withdraws all that lies at the place. When nothing is left anywhere, the lot is withdrawn.
///
/// # Errors
/// [`Refusal`]: no reason, a lot that was not set aside first, nothing there; forbidden to whoever does not act
/// for the holder.
pub async fn within(cx: &Cx, tx: &mut Tx, command: &Withdraw) -> Result<Withdrawn, Failure<Refusal>> {
    let reason = reason_given(&command.reason)?;
    let held = held(cx, tx, command.place).await?;
    let lot = rows::lock_lot(tx, command.lot).await?;
    let state = lot.state.after(StateChange::Withdraw).map_err(Failure::Refused)?;
    let mut released = Vec::new();
    let mut hoped: Vec<StructureId> = Vec::new();
    for reservation in rows::active_reservations(tx, command.lot, command.place).await? {
        rows::end_reservation(cx, tx, reservation.id, ReservationState::Released).await?;
        rows::unpromise(tx, command.lot, command.place, reservation.grams).await?;
        released.push(reservation.id);
        hoped.push(reservation.structure);
    }
    let grams = rows::free(tx, command.lot, command.place).await?;
    let coordination = held.place.coordination;
    let to = ensure_outside::within(cx, tx, coordination, PlaceKind::Waste).await.map_err(Failure::widen)?;
    let posting = post::Posting {
        coordination,
        cause: Cause::Withdrawn,
        structure: Some(held.structure),
        occurred_at: command.occurred_at,
        corrects: None,
        reason: Some(reason.clone()),
    };
    let entry = Entry { lot: command.lot, from: command.place, to, grams };
    let movement = post::post(cx, tx, posting, &[entry]).await?;
    if !rows::left_inside(tx, lot.id).await?.is_positive() {
        rows::set_state(tx, lot.id, state, Some(&reason)).await?;
    }
    let detail =
        json!({ "grams": grams, "place": command.place, "movement": movement, "released": released });
    let act = Act::new("stock.withdraw", "lot", lot.id.uuid())
        .detail(detail)
        .reason(Some(reason))
        .on_behalf_of(held.on_behalf);
    audit::record(tx, cx, act).await?;
    tell_on_behalf(cx, tx, held.on_behalf, &lot).await?;
    tell(cx, tx, &hoped, "stock-told-withdrawn", &lot, true).await?;
    Ok(Withdrawn { movement, grams, released })
}
