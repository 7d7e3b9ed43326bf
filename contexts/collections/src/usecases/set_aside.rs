//! The daily allocation sets a part of an offer aside for a structure, which then answers: [`super::confirm`] makes it
//! that structure's reservation, [`super::put_back`] returns it to the board.
//!
//! Invariant: what is set aside counts as spoken for, so nobody else is given it meanwhile. These three are acts within
//! somebody else's: whoever calls them has asked whether it may be done.

use audit::Act;
use kernel::{Cx, Failure, Grams, StructureId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use uuid::Uuid;

use crate::collection::{CollectionId, Unfit};
use crate::hold::{Hold, HoldId, HoldState};
use crate::store as rows;

/// The job that tells whoever set a part aside that its hold has ended: fetched, released, cancelled or past.
pub const HOLD_ENDED: &str = "collections.hold_ended";

/// What that job is about.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct HoldEnded {
    /// The hold.
    pub hold: HoldId,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct SetAside {
    /// Of which collection.
    pub collection: CollectionId,
    /// For whom.
    pub structure: StructureId,
    /// How much.
    pub grams: Grams,
    /// What it is set aside for.
    pub subject: Uuid,
}

/// Sets a part aside; nobody is told before the structure says yes.
///
/// # Errors
/// [`Unfit`] where the offer is over, its window is past or less is left; not found in another coordination.
pub async fn within(cx: &Cx, tx: &mut Tx, command: &SetAside) -> Result<HoldId, Failure<Unfit>> {
    let collection = rows::lock_collection(tx, command.collection).await?.ok_or(Failure::NotFound)?;
    if cx.coordination != Some(collection.coordination) {
        return Err(Failure::NotFound);
    }
    collection.may_reserve(command.grams, cx.now()).map_err(Failure::Refused)?;
    let hold = Hold {
        id: HoldId::new(cx),
        collection: collection.id,
        structure: command.structure,
        grams: command.grams,
        state: HoldState::Held,
        reason: None,
        comes_at: None,
        created_at: cx.now(),
        ended_at: None,
        version: 1,
    };
    rows::insert_hold(tx, &hold).await?;
    rows::set_aside(tx, hold.id, command.subject).await?;
    rows::save_state(tx, collection.id, collection.taken + hold.grams, collection.state, None).await?;
    let act = Act::new("collections.set_aside", "collection", collection.id.uuid())
        .detail(json!({ "hold": hold.id, "grams": hold.grams, "for": hold.structure }));
    audit::record(tx, cx, act).await?;
    Ok(hold.id)
}

/// Has whoever set a part aside told that its hold has ended; nothing for a hold that somebody made themselves.
pub(super) async fn ended(cx: &Cx, tx: &mut Tx, hold: HoldId) -> Result<(), store::Error> {
    if rows::subject_of(tx, hold).await?.is_none() {
        return Ok(());
    }
    let once = format!("{HOLD_ENDED}:{hold}");
    queue::enqueue(tx, cx, HOLD_ENDED, &HoldEnded { hold }, cx.now(), Some(once)).await
}
