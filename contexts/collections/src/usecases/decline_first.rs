//! A partner who is asked first says « pas cette fois »: the others are told at once instead of waiting for nothing.

use audit::Act;
use kernel::{Cx, Failure};
use serde::Serialize;
use store::{Begin, Db, Tx};

use super::{announce, args_of, locked, name_of, page_of, tell};
use crate::collection::CollectionId;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct DeclineFirst {
    /// Which collection.
    pub collection: CollectionId,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeclineRefused {
    /// Nobody is asked first any more.
    NotAsked,
}

/// Declines.
///
/// # Errors
/// [`DeclineRefused`]; forbidden to whoever does not act for the partner. Refusing is a right: no reason is asked.
pub async fn run(cx: &Cx, db: &Db, command: DeclineFirst) -> Result<(), Failure<DeclineRefused>> {
    let mut tx = match db.begin(cx, "collections.decline_first", &command).await? {
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
pub async fn within(cx: &Cx, tx: &mut Tx, command: &DeclineFirst) -> Result<(), Failure<DeclineRefused>> {
    let collection = locked(cx, tx, command.collection).await?;
    let ask = collection.first_ask.ok_or(Failure::NotFound)?;
    let behalf = access::acting(cx, ask.partner)?;
    if !ask.holds_others(cx.now()) || collection.state.is_over() {
        return Err(Failure::Refused(DeclineRefused::NotAsked));
    }
    let act = Act::new("collections.decline_first", "collection", collection.id.uuid()).on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    announce::answered(cx, tx, &collection, ask.partner).await?;
    let mut args = args_of(tx, &collection).await?;
    args.push(("structure".to_owned(), name_of(tx, ask.partner).await?.into()));
    tell(cx, tx, &[collection.donor], false, "collections-told-declined", args, page_of(collection.id))
        .await?;
    Ok(())
}
