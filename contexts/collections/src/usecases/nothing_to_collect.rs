//! Whoever came, or the donor, says that there was nothing to collect.

use audit::Act;
use kernel::{Cx, Failure};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{args_of, cancel, locked, page_of, tell};
use crate::collection::{CollectionId, State, Unfit};
use crate::hold::HoldState;
use crate::store as rows;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct NothingToCollect {
    /// Which collection.
    pub collection: CollectionId,
    /// What was found, in one sentence.
    pub reason: String,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NothingRefused {
    /// No reason was given.
    ReasonMissing,
    /// It is over.
    Unfit(Unfit),
}

/// Says that there was nothing.
///
/// # Errors
/// [`NothingRefused`]; forbidden to whoever neither acts for the donor nor holds a part.
pub async fn run(cx: &Cx, db: &Db, command: NothingToCollect) -> Result<(), Failure<NothingRefused>> {
    let mut tx = match db.begin(cx, "collections.nothing_to_collect", &command).await? {
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
pub async fn within(cx: &Cx, tx: &mut Tx, command: &NothingToCollect) -> Result<(), Failure<NothingRefused>> {
    let collection = locked(cx, tx, command.collection).await?;
    let came = rows::holds(tx, collection.id)
        .await?
        .iter()
        .any(|hold| hold.state == HoldState::Held && cx.viewer.belongs_to(hold.structure));
    let behalf = if came { None } else { access::acting(cx, collection.donor)? };
    if command.reason.trim().is_empty() {
        return Err(Failure::Refused(NothingRefused::ReasonMissing));
    }
    collection.may_end().map_err(|unfit| Failure::Refused(NothingRefused::Unfit(unfit)))?;
    cancel::end(cx, tx, &collection, State::NothingToCollect, &command.reason).await?;
    let act = Act::new("collections.nothing_to_collect", "collection", collection.id.uuid())
        .detail(json!({ "grams": collection.grams }))
        .reason(command.reason.clone())
        .on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    let mut args = args_of(tx, &collection).await?;
    args.push(("reason".to_owned(), command.reason.clone().into()));
    tell(cx, tx, &[collection.donor], true, "collections-told-nothing", args, page_of(collection.id)).await?;
    Ok(())
}
