//! Somebody has food to give: one act, told at once to whoever can come in time.

use audit::Act;
use chrono::Datelike as _;
use kernel::{Cx, Failure, Grams, StructureId};
use network::queries as net;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Db, Tx};
use uuid::Uuid;

use super::{announce, args_of, giving, page_of, tell_on_behalf};
use crate::collection::{Collection, CollectionId, State};
use crate::offer::{Offer, OfferStopped};
use crate::photo::Photo;
use crate::{store as rows, urgency};

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct Post {
    /// Who gives.
    pub donor: StructureId,
    /// What.
    pub offer: Offer,
    /// What it looks like.
    pub photo: Option<Photo>,
}

/// What was posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The collection.
    pub collection: CollectionId,
    /// Its number.
    pub reference: String,
    /// Whether it goes at once.
    pub urgent: bool,
    /// Whether a partner is asked first.
    pub partner_first: bool,
    /// How many structures are told at once.
    pub told: usize,
}

/// Posts an offer.
///
/// # Errors
/// [`OfferStopped`]; forbidden to whoever may not give in the donor's name; not found where the donor takes no part in
/// the coordination.
pub async fn run(cx: &Cx, db: &Db, command: Post) -> Result<Posted, Failure<OfferStopped>> {
    let mut tx = match db.begin(cx, "collections.post", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let posted = within(cx, &mut tx, &command).await?;
    Ok(tx.done(posted).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &Post) -> Result<Posted, Failure<OfferStopped>> {
    let (coordination, behalf) = giving(cx, tx, command.donor).await?;
    let donor = net::structure(tx, command.donor).await?.ok_or(Failure::NotFound)?;
    let offer = &command.offer;
    offer.check(donor.kind.code(), cx.now(), cx.zone).map_err(Failure::Refused)?;
    let photo = match &command.photo {
        Some(photo) => {
            let id = cx.new_uuid();
            rows::insert_photo(tx, id, command.donor, photo, cx.now()).await?;
            Some(id)
        }
        None => None,
    };
    let ask = rows::agreements_of_donor(tx, coordination, command.donor)
        .await?
        .iter()
        .find_map(|agreement| agreement.ask(cx.now(), offer.until, cx.today()));
    let mut collection = collection_of(cx, coordination, command.donor, offer);
    collection.reference = network::next_reference(tx, coordination, "C", cx.today().year()).await?;
    collection.photo = photo;
    collection.first_ask = ask;
    collection.posted_for = behalf.is_some();
    rows::insert_collection(tx, &collection, None).await?;
    let act = Act::new("collections.post", "collection", collection.id.uuid())
        .detail(json!({
            "reference": collection.reference, "product": collection.product, "grams": collection.grams,
            "urgent": collection.urgent, "until": collection.pickup_until,
        }))
        .reason(offer.reason.clone())
        .on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    let told = announce::posted(cx, tx, &collection).await?;
    let args = args_of(tx, &collection).await?;
    tell_on_behalf(cx, tx, behalf, "collections-told-posted-for", args, page_of(collection.id)).await?;
    Ok(Posted {
        collection: collection.id,
        reference: collection.reference,
        urgent: collection.urgent,
        partner_first: ask.is_some_and(|ask| ask.holds_others(cx.now())),
        told,
    })
}

/// The collection an offer makes, without its number, photo and partner.
pub(crate) fn collection_of(
    cx: &Cx,
    coordination: kernel::CoordinationId,
    donor: StructureId,
    offer: &Offer,
) -> Collection {
    let urgent = urgency::is_urgent(
        offer.date_kind,
        offer.date,
        offer.until,
        cx.now(),
        cx.zone,
        urgency::DAILY_ALLOCATION,
    );
    Collection {
        id: CollectionId::new(cx),
        reference: String::new(),
        coordination,
        kind: offer.kind,
        donor,
        site: offer.site,
        pickup: None,
        product: offer.product.clone(),
        family: offer.family.clone(),
        temperature: offer.temperature,
        animal_origin: offer.animal_origin,
        prepackaged: offer.prepackaged,
        grams: offer.grams,
        taken: Grams::ZERO,
        estimated: offer.estimated,
        packages: offer.packages.as_ref().map(|(count, _)| *count),
        packaging: offer.packages.as_ref().map(|(_, code)| code.clone()),
        crate_grams: offer.crate_grams,
        lot_number: offer.lot_number.clone(),
        date_kind: offer.date_kind,
        date: offer.date,
        short_date_reason: offer.reason.clone(),
        pickup_from: offer.from,
        pickup_until: offer.until,
        pickup_address: offer.address.clone(),
        note: offer.note.clone(),
        photo: None::<Uuid>,
        urgent,
        first_ask: None,
        scope: offer.scope,
        named: offer.named.clone(),
        state: State::Published,
        state_reason: None,
        posted_by: cx.person(),
        posted_for: false,
        created_at: cx.now(),
        version: 1,
    }
}
