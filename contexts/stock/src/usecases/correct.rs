//! Puts a mistake right: reverses a movement by a new one that says why. History is never rewritten.

use std::collections::BTreeSet;

use audit::Act;
use kernel::{Cx, Failure, StructureId};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{post, reason_given, tell, tell_on_behalf};
use crate::{Cause, Entry, LotId, MovementId, Refusal, store as rows};

/// What is put right.
#[derive(Clone, Debug, Serialize)]
pub struct Correct {
    /// The movement to reverse.
    pub movement: MovementId,
    /// Why.
    pub reason: String,
}

/// Corrects as an act of its own.
///
/// # Errors
/// As [`within`].
pub async fn run(cx: &Cx, db: &Db, command: Correct) -> Result<MovementId, Failure<Refusal>> {
    let mut tx = match db.begin(cx, "stock.correct", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let movement = within(cx, &mut tx, &command).await?;
    Ok(tx.done(movement).await?)
}

/// Corrects. Everybody else whose zone it changes is told.
///
/// # Errors
/// [`Refusal`]: no reason, corrected before, or what the movement brought has gone on or is promised since;
/// forbidden to whoever does not act for the structure whose movement it was.
pub async fn within(cx: &Cx, tx: &mut Tx, command: &Correct) -> Result<MovementId, Failure<Refusal>> {
    let reason = reason_given(&command.reason)?;
    let movement = rows::movement(tx, command.movement).await?.ok_or(Failure::NotFound)?;
    let owner = movement.structure.ok_or(Failure::NotFound)?;
    let on_behalf = access::acting(cx, owner)?;
    if on_behalf.is_some() && cx.coordination != Some(movement.coordination) {
        return Err(Failure::Forbidden);
    }
    let entries = rows::entries(tx, movement.id).await?;
    let ids: BTreeSet<LotId> = entries.iter().map(|entry| entry.lot).collect();
    let mut lots = Vec::new();
    for lot in ids {
        lots.push(rows::lock_lot(tx, lot).await?);
    }
    if rows::is_corrected(tx, movement.id).await? {
        return Err(Failure::Refused(Refusal::AlreadyCorrected));
    }
    let mut concerned: BTreeSet<StructureId> = BTreeSet::new();
    for entry in &entries {
        for place in [entry.from, entry.to] {
            concerned.extend(rows::place(tx, place).await?.and_then(|place| place.structure));
        }
    }
    concerned.remove(&owner);
    let posting = post::Posting {
        coordination: movement.coordination,
        cause: Cause::Corrected,
        structure: Some(owner),
        occurred_at: None,
        corrects: Some(movement.id),
        reason: Some(reason.clone()),
    };
    // Split lots go back before the whole does: the outside may owe in between, a zone may not.
    let reversed: Vec<Entry> = entries.into_iter().map(Entry::reversed).collect();
    let posted = post::post(cx, tx, posting, &reversed).await;
    let correction = posted.map_err(|failure| {
        failure.map_refusal(|why| match why {
            Refusal::NotEnough { free } => Refusal::GoneSince { free },
            other => other,
        })
    })?;
    let concerned: Vec<StructureId> = concerned.into_iter().collect();
    for lot in &lots {
        let detail =
            json!({ "corrects": movement.id, "cause": movement.cause.code(), "movement": correction });
        let act = Act::new("stock.correct", "lot", lot.id.uuid())
            .detail(detail)
            .reason(Some(reason.clone()))
            .on_behalf_of(on_behalf);
        audit::record(tx, cx, act).await?;
        tell(cx, tx, &concerned, "stock-told-corrected", lot, true).await?;
    }
    if let Some(lot) = lots.first() {
        tell_on_behalf(cx, tx, on_behalf, lot).await?;
    }
    Ok(correction)
}
