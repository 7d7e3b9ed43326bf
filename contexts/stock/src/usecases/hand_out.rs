//! Hands goods out to people, as a mass: who took them home is nobody's business here.

use audit::Act;
use chrono::{DateTime, Utc};
use kernel::{Cx, Failure, Grams, time};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{ensure_outside, happened, held, post, tell_on_behalf};
use crate::{Cause, Entry, LotId, MovementId, PlaceId, PlaceKind, Refusal, store as rows};

/// What is handed out.
#[derive(Clone, Debug, Serialize)]
pub struct HandOut {
    /// The lot.
    pub lot: LotId,
    /// The place it leaves.
    pub from: PlaceId,
    /// How much.
    pub grams: Grams,
    /// When, where that was not now.
    pub occurred_at: Option<DateTime<Utc>>,
}

/// Hands out as an act of its own.
///
/// # Errors
/// As [`within`].
pub async fn run(cx: &Cx, db: &Db, command: HandOut) -> Result<MovementId, Failure<Refusal>> {
    let mut tx = match db.begin(cx, "stock.hand_out", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let movement = within(cx, &mut tx, &command).await?;
    Ok(tx.done(movement).await?)
}

/// Hands out.
///
/// # Errors
/// [`Refusal`]: more than is free, a lot set aside, blocked, withdrawn or past its DLC at that moment; forbidden to
/// whoever does not act for the holder.
pub async fn within(cx: &Cx, tx: &mut Tx, command: &HandOut) -> Result<MovementId, Failure<Refusal>> {
    let held = held(cx, tx, command.from).await?;
    let lot = rows::lock_lot(tx, command.lot).await?;
    lot.may_be_given(time::civil(happened(cx, command.occurred_at), cx.zone).date())
        .map_err(Failure::Refused)?;
    let coordination = held.place.coordination;
    let to =
        ensure_outside::within(cx, tx, coordination, PlaceKind::HandedOut).await.map_err(Failure::widen)?;
    let posting = post::Posting {
        coordination,
        cause: Cause::HandedOut,
        structure: Some(held.structure),
        occurred_at: command.occurred_at,
        corrects: None,
        reason: None,
    };
    let entry = Entry { lot: command.lot, from: command.from, to, grams: command.grams };
    let movement = post::post(cx, tx, posting, &[entry]).await?;
    let detail = json!({ "grams": command.grams, "from": command.from, "movement": movement });
    let act = Act::new("stock.hand_out", "lot", lot.id.uuid()).detail(detail).on_behalf_of(held.on_behalf);
    audit::record(tx, cx, act).await?;
    tell_on_behalf(cx, tx, held.on_behalf, &lot).await?;
    Ok(movement)
}
