//! The owner corrects an offer; who reserved is told what changed.

use audit::Act;
use kernel::{Cx, Failure};
use network::queries as net;
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{args_of, as_donor, locked, page_of, tell, tell_on_behalf};
use crate::collection::{Collection, CollectionId, Unfit};
use crate::hold::HoldState;
use crate::offer::{Offer, OfferStopped};
use crate::photo::Photo;
use crate::store as rows;

use super::post::collection_of;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct Edit {
    /// Which collection.
    pub collection: CollectionId,
    /// The version it was read at.
    pub version: i64,
    /// What it becomes.
    pub offer: Offer,
    /// A new photo; without one the old photo stays.
    pub photo: Option<Photo>,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditRefused {
    /// The offer would not pass.
    Stopped(OfferStopped),
    /// It is over, or less than what is reserved.
    Unfit(Unfit),
}

/// Edits an offer.
///
/// # Errors
/// [`EditRefused`]; conflict where it was changed since `version`; forbidden to whoever does not act for the donor.
pub async fn run(cx: &Cx, db: &Db, command: Edit) -> Result<(), Failure<EditRefused>> {
    let mut tx = match db.begin(cx, "collections.edit", &command).await? {
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
pub async fn within(cx: &Cx, tx: &mut Tx, command: &Edit) -> Result<(), Failure<EditRefused>> {
    let before = locked(cx, tx, command.collection).await?;
    let behalf = as_donor(cx, &before)?;
    // Locking raised the version by one.
    if before.version != command.version + 1 {
        return Err(Failure::Conflict);
    }
    before.may_edit(command.offer.grams).map_err(|unfit| Failure::Refused(EditRefused::Unfit(unfit)))?;
    let donor = net::structure(tx, before.donor).await?.ok_or(Failure::NotFound)?;
    command
        .offer
        .check(donor.kind.code(), cx.now(), cx.zone)
        .map_err(|stopped| Failure::Refused(EditRefused::Stopped(stopped)))?;
    let made = collection_of(cx, before.coordination, before.donor, &command.offer);
    let photo = match &command.photo {
        Some(photo) => {
            let id = cx.new_uuid();
            rows::insert_photo(tx, id, before.donor, photo, cx.now()).await?;
            Some(id)
        }
        None => before.photo,
    };
    let after = Collection { id: before.id, photo, urgent: before.urgent || made.urgent, ..made };
    rows::save_facts(tx, &after).await?;
    let act = Act::new("collections.edit", "collection", before.id.uuid())
        .detail(json!({ "before": facts(&before), "after": facts(&after) }))
        .on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    let told = Collection { reference: before.reference.clone(), ..after };
    let args = args_of(tx, &told).await?;
    let expected: Vec<_> = rows::holds(tx, before.id)
        .await?
        .into_iter()
        .filter(|hold| hold.state == HoldState::Held)
        .map(|hold| hold.structure)
        .collect();
    tell(cx, tx, &expected, true, "collections-told-edited", args.clone(), page_of(before.id)).await?;
    tell_on_behalf(cx, tx, behalf, "collections-told-edited-for", args, page_of(before.id)).await?;
    Ok(())
}

/// What the trail keeps of an offer.
fn facts(collection: &Collection) -> serde_json::Value {
    json!({
        "product": collection.product, "family": collection.family, "grams": collection.grams,
        "temperature": collection.temperature, "date": collection.date, "from": collection.pickup_from,
        "until": collection.pickup_until, "lot": collection.lot_number,
    })
}
