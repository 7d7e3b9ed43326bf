//! A structure gives back what it reserved; it returns to the board at once.

use audit::Act;
use kernel::{Cx, Failure, Grams};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{announce, args_of, come, kilos, locked, name_of, page_of, set_aside, tell, tell_on_behalf};
use crate::collection::{Collection, CollectionId};
use crate::hold::{HoldId, HoldState};
use crate::store as rows;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct Release {
    /// Which hold.
    pub hold: HoldId,
    /// Why, if they wish to say.
    pub reason: Option<String>,
}

/// What was released.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    /// Of which collection.
    pub collection: CollectionId,
    /// How much went back.
    pub grams: Grams,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleaseRefused {
    /// It has ended already.
    Ended(HoldState),
}

/// Releases a hold.
///
/// # Errors
/// [`ReleaseRefused`]; forbidden to whoever does not act for the structure that holds it.
pub async fn run(cx: &Cx, db: &Db, command: Release) -> Result<Released, Failure<ReleaseRefused>> {
    let mut tx = match db.begin(cx, "collections.release", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let released = within(cx, &mut tx, &command).await?;
    Ok(tx.done(released).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &Release) -> Result<Released, Failure<ReleaseRefused>> {
    let seen = rows::hold(tx, command.hold).await?.ok_or(Failure::NotFound)?;
    let eyes = come::eyes(cx, seen.collection, seen.structure);
    let collection = locked(&eyes, tx, seen.collection).await?;
    let hold = rows::lock_hold(tx, command.hold).await?.ok_or(Failure::NotFound)?;
    let behalf = come::coming(cx, hold.collection, hold.structure)?;
    if hold.state != HoldState::Held {
        return Err(Failure::Refused(ReleaseRefused::Ended(hold.state)));
    }
    rows::end_hold(tx, hold.id, HoldState::Released, command.reason.clone(), cx.now()).await?;
    set_aside::ended(cx, tx, hold.id).await?;
    rows::save_state(tx, collection.id, collection.taken - hold.grams, collection.state, None).await?;
    let act = Act::new("collections.release", "collection", collection.id.uuid())
        .detail(json!({ "hold": hold.id, "grams": hold.grams, "for": hold.structure }))
        .reason(command.reason.clone())
        .on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    let mut args = args_of(tx, &collection).await?;
    args.push(("held".to_owned(), kilos(hold.grams).into()));
    args.push(("structure".to_owned(), name_of(tx, hold.structure).await?.into()));
    let link = page_of(collection.id);
    tell(cx, tx, &[collection.donor], true, "collections-told-released", args.clone(), link.clone()).await?;
    tell_on_behalf(cx, tx, behalf, "collections-told-released-for", args, link).await?;
    let now = Collection { taken: collection.taken - hold.grams, ..collection };
    announce::answered(cx, tx, &now, hold.structure).await?;
    Ok(Released { collection: now.id, grams: hold.grams })
}
