//! The donor takes an offer back; whoever reserved is told at once.

use audit::Act;
use kernel::{Cx, Failure, Grams};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{args_of, as_donor, locked, page_of, set_aside, tell, tell_on_behalf};
use crate::collection::{Collection, CollectionId, State, Unfit};
use crate::hold::HoldState;
use crate::store as rows;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct Cancel {
    /// Which collection.
    pub collection: CollectionId,
    /// Why: whoever had planned to come reads it.
    pub reason: String,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CancelRefused {
    /// No reason was given.
    ReasonMissing,
    /// It is over.
    Unfit(Unfit),
}

/// Cancels.
///
/// # Errors
/// [`CancelRefused`]; forbidden to whoever does not act for the donor.
pub async fn run(cx: &Cx, db: &Db, command: Cancel) -> Result<(), Failure<CancelRefused>> {
    let mut tx = match db.begin(cx, "collections.cancel", &command).await? {
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
pub async fn within(cx: &Cx, tx: &mut Tx, command: &Cancel) -> Result<(), Failure<CancelRefused>> {
    let collection = locked(cx, tx, command.collection).await?;
    let behalf = as_donor(cx, &collection)?;
    if command.reason.trim().is_empty() {
        return Err(Failure::Refused(CancelRefused::ReasonMissing));
    }
    collection.may_end().map_err(|unfit| Failure::Refused(CancelRefused::Unfit(unfit)))?;
    end(cx, tx, &collection, State::Cancelled, &command.reason).await?;
    let act = Act::new("collections.cancel", "collection", collection.id.uuid())
        .detail(json!({ "grams": collection.grams, "taken": collection.taken }))
        .reason(command.reason.clone())
        .on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    let args = args_of(tx, &collection).await?;
    tell_on_behalf(cx, tx, behalf, "collections-told-cancelled-for", args, page_of(collection.id)).await?;
    Ok(())
}

/// Ends a locked collection: its open holds are released and their structures told why. What was taken over before
/// stays taken, and then the collection is closed rather than undone.
pub(super) async fn end(
    cx: &Cx,
    tx: &mut Tx,
    collection: &Collection,
    state: State,
    reason: &str,
) -> Result<(), store::Error> {
    let holds = rows::holds(tx, collection.id).await?;
    let (mut back, mut expected, mut fetched) = (Grams::ZERO, Vec::new(), false);
    for hold in holds {
        match hold.state {
            HoldState::Held | HoldState::Proposed => {
                rows::end_hold(tx, hold.id, HoldState::Released, Some(reason.to_owned()), cx.now()).await?;
                set_aside::ended(cx, tx, hold.id).await?;
                back += hold.grams;
                // Whoever was only proposed a part is told by the allocation.
                if hold.state == HoldState::Held {
                    expected.push(hold.structure);
                }
            }
            HoldState::TakenOver => fetched = true,
            HoldState::Released | HoldState::NotTaken => {}
        }
    }
    let state = if fetched { State::Closed } else { state };
    rows::save_state(tx, collection.id, collection.taken - back, state, Some(reason.to_owned())).await?;
    let mut args = args_of(tx, collection).await?;
    args.push(("reason".to_owned(), reason.into()));
    let key = if state == State::NothingToCollect {
        "collections-told-nothing"
    } else {
        "collections-told-cancelled"
    };
    tell(cx, tx, &expected, true, key, args, page_of(collection.id)).await
}
