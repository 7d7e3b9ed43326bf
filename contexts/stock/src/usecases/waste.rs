//! Throws away or composts part of a lot, and says why.

use audit::Act;
use chrono::{DateTime, Utc};
use kernel::{Cx, Failure, Grams};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{ensure_outside, held, post, reason_given, tell_on_behalf};
use crate::{Cause, Entry, LotId, MovementId, PlaceId, PlaceKind, Refusal, store as rows};

/// What is thrown away.
#[derive(Clone, Debug, Serialize)]
pub struct Waste {
    /// The lot.
    pub lot: LotId,
    /// The place it leaves.
    pub from: PlaceId,
    /// How much.
    pub grams: Grams,
    /// Why.
    pub reason: String,
    /// When, where that was not now.
    pub occurred_at: Option<DateTime<Utc>>,
}

/// Throws away as an act of its own.
///
/// # Errors
/// As [`within`].
pub async fn run(cx: &Cx, db: &Db, command: Waste) -> Result<MovementId, Failure<Refusal>> {
    let mut tx = match db.begin(cx, "stock.waste", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let movement = within(cx, &mut tx, &command).await?;
    Ok(tx.done(movement).await?)
}

/// Throws away. What is promised cannot be: its reservation is given up first.
///
/// # Errors
/// [`Refusal`]: more than is free, no reason; forbidden to whoever does not act for the holder.
pub async fn within(cx: &Cx, tx: &mut Tx, command: &Waste) -> Result<MovementId, Failure<Refusal>> {
    let reason = reason_given(&command.reason)?;
    let held = held(cx, tx, command.from).await?;
    let lot = rows::lock_lot(tx, command.lot).await?;
    let coordination = held.place.coordination;
    let to = ensure_outside::within(cx, tx, coordination, PlaceKind::Waste).await.map_err(Failure::widen)?;
    let posting = post::Posting {
        coordination,
        cause: Cause::Wasted,
        structure: Some(held.structure),
        occurred_at: command.occurred_at,
        corrects: None,
        reason: Some(reason.clone()),
    };
    let entry = Entry { lot: command.lot, from: command.from, to, grams: command.grams };
    let movement = post::post(cx, tx, posting, &[entry]).await?;
    let detail = json!({ "grams": command.grams, "from": command.from, "movement": movement });
    let act = Act::new("stock.waste", "lot", lot.id.uuid())
        .detail(detail)
        .reason(Some(reason))
        .on_behalf_of(held.on_behalf);
    audit::record(tx, cx, act).await?;
    tell_on_behalf(cx, tx, held.on_behalf, &lot).await?;
    Ok(movement)
}
