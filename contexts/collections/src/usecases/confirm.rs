//! A structure says yes to what was set aside for it: the donor learns that it comes.

use audit::Act;
use kernel::{Cx, Failure};
use serde_json::json;
use store::Tx;

use super::{args_of, kilos, name_of, page_of, tell};
use crate::hold::{HoldId, HoldState};
use crate::store as rows;

/// Makes what was set aside a reservation; one that is a reservation already stays one.
///
/// # Errors
/// The state of a hold that has ended meanwhile.
pub async fn within(cx: &Cx, tx: &mut Tx, id: HoldId) -> Result<(), Failure<HoldState>> {
    let seen = rows::hold(tx, id).await?.ok_or(Failure::NotFound)?;
    let collection = rows::lock_collection(tx, seen.collection).await?.ok_or(Failure::NotFound)?;
    let hold = rows::lock_hold(tx, id).await?.ok_or(Failure::NotFound)?;
    match hold.state {
        HoldState::Proposed => {}
        HoldState::Held => return Ok(()),
        ended => return Err(Failure::Refused(ended)),
    }
    rows::confirm_hold(tx, id).await?;
    let act = Act::new("collections.reserve", "collection", collection.id.uuid())
        .detail(json!({ "hold": hold.id, "grams": hold.grams, "for": hold.structure }));
    audit::record(tx, cx, act).await?;
    let mut args = args_of(tx, &collection).await?;
    args.push(("held".to_owned(), kilos(hold.grams).into()));
    args.push(("structure".to_owned(), name_of(tx, hold.structure).await?.into()));
    tell(cx, tx, &[collection.donor], true, "collections-told-reserved", args, page_of(collection.id))
        .await?;
    Ok(())
}
