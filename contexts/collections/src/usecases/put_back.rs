//! What was set aside is not wanted, or comes to nothing: it returns to the board.

use audit::Act;
use kernel::{Cx, Failure, Never};
use serde_json::json;
use store::Tx;

use super::{args_of, kilos, name_of, page_of, tell};
use crate::hold::{HoldId, HoldState};
use crate::store as rows;

/// Puts it back; a hold that has ended already gave back what it held. A donor who was expecting somebody is told.
///
/// # Errors
/// Not found where there is no such hold.
pub async fn within(cx: &Cx, tx: &mut Tx, id: HoldId) -> Result<(), Failure<Never>> {
    let seen = rows::hold(tx, id).await?.ok_or(Failure::NotFound)?;
    let collection = rows::lock_collection(tx, seen.collection).await?.ok_or(Failure::NotFound)?;
    let hold = rows::lock_hold(tx, id).await?.ok_or(Failure::NotFound)?;
    if !matches!(hold.state, HoldState::Proposed | HoldState::Held) {
        return Ok(());
    }
    rows::end_hold(tx, id, HoldState::Released, None, cx.now()).await?;
    rows::save_state(tx, collection.id, collection.taken - hold.grams, collection.state, None).await?;
    let act = Act::new("collections.put_back", "collection", collection.id.uuid())
        .detail(json!({ "hold": hold.id, "grams": hold.grams, "for": hold.structure }));
    audit::record(tx, cx, act).await?;
    if hold.state == HoldState::Held {
        let mut args = args_of(tx, &collection).await?;
        args.push(("held".to_owned(), kilos(hold.grams).into()));
        args.push(("structure".to_owned(), name_of(tx, hold.structure).await?.into()));
        tell(cx, tx, &[collection.donor], true, "collections-told-released", args, page_of(collection.id))
            .await?;
    }
    Ok(())
}
