//! Moves part of a lot to another zone of the same structure.

use audit::Act;
use chrono::{DateTime, Utc};
use kernel::{Cx, Failure, Grams};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{held, post, tell_on_behalf};
use crate::{Cause, Entry, LotId, MovementId, PlaceId, Refusal, store as rows};

/// What moves.
#[derive(Clone, Debug, Serialize)]
pub struct MoveLot {
    /// The lot.
    pub lot: LotId,
    /// The zone it leaves.
    pub from: PlaceId,
    /// The zone it enters.
    pub to: PlaceId,
    /// How much.
    pub grams: Grams,
    /// When, where that was not now.
    pub occurred_at: Option<DateTime<Utc>>,
}

/// Moves as an act of its own.
///
/// # Errors
/// As [`within`].
pub async fn run(cx: &Cx, db: &Db, command: MoveLot) -> Result<MovementId, Failure<Refusal>> {
    let mut tx = match db.begin(cx, "stock.move", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let moved = within(cx, &mut tx, &command).await?;
    Ok(tx.done(moved).await?)
}

/// Moves. A lot set aside may move too: that is how it is put apart.
///
/// # Errors
/// [`Refusal`]: more than is free, a zone that is too warm, closed or of another structure; forbidden to whoever
/// does not act for the holder.
pub async fn within(cx: &Cx, tx: &mut Tx, command: &MoveLot) -> Result<MovementId, Failure<Refusal>> {
    let held = held(cx, tx, command.from).await?;
    let lot = rows::lock_lot(tx, command.lot).await?;
    let to = rows::place(tx, command.to).await?.ok_or(Failure::NotFound)?;
    if to.structure != Some(held.structure) || to.coordination != held.place.coordination {
        return Err(Failure::Refused(Refusal::OtherStructure));
    }
    if !to.keeps(lot.temperature) {
        return Err(Failure::Refused(Refusal::TooWarm));
    }
    let posting = post::Posting {
        coordination: held.place.coordination,
        cause: Cause::Moved,
        structure: Some(held.structure),
        occurred_at: command.occurred_at,
        corrects: None,
        reason: None,
    };
    let entry = Entry { lot: command.lot, from: command.from, to: command.to, grams: command.grams };
    let movement = post::post(cx, tx, posting, &[entry]).await?;
    let detail =
        json!({ "grams": command.grams, "from": command.from, "to": command.to, "movement": movement });
    let act = Act::new("stock.move", "lot", lot.id.uuid()).detail(detail).on_behalf_of(held.on_behalf);
    audit::record(tx, cx, act).await?;
    tell_on_behalf(cx, tx, held.on_behalf, &lot).await?;
    Ok(movement)
}
