//! Gives back what was too much: to a hub's zone, or to the donor.

use audit::Act;
use chrono::{DateTime, Utc};
use kernel::{Cx, Failure, Grams};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{ensure_outside, held, post, reason_given, tell, tell_on_behalf};
use crate::{Cause, Entry, LotId, MovementId, PlaceId, PlaceKind, Refusal, store as rows};

/// What is given back.
#[derive(Clone, Debug, Serialize)]
pub struct ReturnSurplus {
    /// The lot.
    pub lot: LotId,
    /// The place it leaves.
    pub from: PlaceId,
    /// The zone it enters; none for the donor.
    pub to: Option<PlaceId>,
    /// How much.
    pub grams: Grams,
    /// Why.
    pub reason: String,
    /// When, where that was not now.
    pub occurred_at: Option<DateTime<Utc>>,
}

/// Gives back as an act of its own.
///
/// # Errors
/// As [`within`].
pub async fn run(cx: &Cx, db: &Db, command: ReturnSurplus) -> Result<MovementId, Failure<Refusal>> {
    let mut tx = match db.begin(cx, "stock.return", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let movement = within(cx, &mut tx, &command).await?;
    Ok(tx.done(movement).await?)
}

/// Gives back. A lot past its DLC may go back to the donor, never into another zone.
///
/// # Errors
/// [`Refusal`]: more than is free, no reason, a zone too warm, a lot that may not be given; forbidden to whoever
/// does not act for the holder.
pub async fn within(cx: &Cx, tx: &mut Tx, command: &ReturnSurplus) -> Result<MovementId, Failure<Refusal>> {
    let reason = reason_given(&command.reason)?;
    let held = held(cx, tx, command.from).await?;
    let lot = rows::lock_lot(tx, command.lot).await?;
    let coordination = held.place.coordination;
    let (to, receiver) = match command.to {
        Some(zone) => {
            lot.may_be_given(cx.today()).map_err(Failure::Refused)?;
            let zone = rows::place(tx, zone).await?.ok_or(Failure::NotFound)?;
            if zone.kind.is_outside() || zone.coordination != coordination {
                return Err(Failure::NotFound);
            }
            if !zone.keeps(lot.temperature) {
                return Err(Failure::Refused(Refusal::TooWarm));
            }
            (zone.id, zone.structure)
        }
        None => {
            let place = ensure_outside::within(cx, tx, coordination, PlaceKind::Returned)
                .await
                .map_err(Failure::widen)?;
            (place, None)
        }
    };
    let posting = post::Posting {
        coordination,
        cause: Cause::Returned,
        structure: Some(held.structure),
        occurred_at: command.occurred_at,
        corrects: None,
        reason: Some(reason.clone()),
    };
    let entry = Entry { lot: command.lot, from: command.from, to, grams: command.grams };
    let movement = post::post(cx, tx, posting, &[entry]).await?;
    let detail = json!({ "grams": command.grams, "from": command.from, "to": to, "movement": movement });
    let act = Act::new("stock.return", "lot", lot.id.uuid())
        .detail(detail)
        .reason(Some(reason))
        .on_behalf_of(held.on_behalf);
    audit::record(tx, cx, act).await?;
    tell_on_behalf(cx, tx, held.on_behalf, &lot).await?;
    if let Some(receiver) = receiver.filter(|receiver| *receiver != held.structure) {
        tell(cx, tx, &[receiver], "stock-told-returned", &lot, false).await?;
    }
    Ok(movement)
}
