//! The donor undoes a cancellation: what was reserved then has to be reserved again.

use audit::Act;
use kernel::{Cx, Failure};
use serde::Serialize;
use store::{Begin, Db, Tx};

use super::{announce, args_of, as_donor, locked, page_of, tell_on_behalf};
use crate::collection::{CollectionId, State, Unfit};
use crate::store as rows;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct Restore {
    /// Which collection.
    pub collection: CollectionId,
}

/// Puts a cancelled offer back on the board.
///
/// # Errors
/// [`Unfit`] where it was not cancelled or its window is past; forbidden to whoever does not act for the donor.
pub async fn run(cx: &Cx, db: &Db, command: Restore) -> Result<(), Failure<Unfit>> {
    let mut tx = match db.begin(cx, "collections.restore", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    within(cx, &mut tx, &command).await?;
    Ok(tx.done(()).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &Restore) -> Result<(), Failure<Unfit>> {
    let collection = locked(cx, tx, command.collection).await?;
    let behalf = as_donor(cx, &collection)?;
    collection.may_restore(cx.now()).map_err(Failure::Refused)?;
    rows::save_state(tx, collection.id, collection.taken, State::Published, None).await?;
    let act = Act::new("collections.restore", "collection", collection.id.uuid()).on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    let args = args_of(tx, &collection).await?;
    tell_on_behalf(cx, tx, behalf, "collections-told-posted-for", args, page_of(collection.id)).await?;
    if !collection.first_ask.is_some_and(|ask| ask.holds_others(cx.now())) {
        announce::everybody(cx, tx, &collection).await?;
    }
    Ok(())
}
