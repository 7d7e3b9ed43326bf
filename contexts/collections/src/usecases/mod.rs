//! What can be done with collections, one verb per file.
//!
//! Invariant: each locks what it decides on, writes the trail in its own transaction, and tells a structure what somebody
//! else did in its place.

pub mod accept_agreement;
pub mod announce_drive;
pub mod cancel;
pub mod cancel_drive;
pub mod come;
pub mod confirm;
pub mod decline_first;
pub mod edit;
pub mod end_agreement;
pub mod end_pickup;
pub mod except_pickup;
pub mod issue_donor_link;
pub mod lapse;
pub mod nothing_to_collect;
pub mod open_to_all;
pub mod post;
pub mod prepare_handover;
pub mod propose_agreement;
pub mod put_back;
pub mod record_drive;
pub mod release;
pub mod reserve;
pub mod restore;
pub mod revoke_donor_link;
pub mod schedule_pickup;
pub mod set_aside;
pub mod sign_handover;
pub mod spawn_pickups;
pub mod take_over;

pub(crate) mod announce;

use accounts::Note;
use i18n::Arg;
use kernel::{CoordinationId, Cx, Failure, Grams, Level, Role, StructureId};
use network::queries as net;
use store::{Error, Tx};

use crate::collection::{Collection, CollectionId};
use crate::visibility::{self, Part};
use crate::{store as rows, urgency};

/// What a donor's personal link is for; its subject is the donor's structure.
pub const POST_FOR_DONOR: &str = "collections.post_for_donor";

/// The roles that are told of goods: those who may act.
const TOLD: [Role; 3] = [Role::Lead, Role::Member, Role::Volunteer];

/// Lets through whoever may give in a donor's name, and says for whom it is done where that is somebody else: a member
/// of the donor that contributes to the coordination, a facilitator on its behalf, the holder of the donor's link.
async fn giving<R>(
    cx: &Cx,
    tx: &mut Tx,
    donor: StructureId,
) -> Result<(CoordinationId, Option<StructureId>), Failure<R>> {
    let coordination = cx.coordination.ok_or(Failure::Forbidden)?;
    let member = net::member(tx, coordination, donor).await?.ok_or(Failure::NotFound)?;
    if cx.viewer.holds_link(POST_FOR_DONOR, donor.uuid()) {
        return Ok((coordination, None));
    }
    let behalf = access::acting(cx, donor)?;
    if behalf.is_none() && !cx.viewer.is_machine() && member.level < Level::Contributor {
        return Err(Failure::Forbidden);
    }
    Ok((coordination, behalf))
}

/// Lets through whoever may act for the donor of a collection that is there already.
fn as_donor<R>(cx: &Cx, collection: &Collection) -> Result<Option<StructureId>, Failure<R>> {
    if cx.viewer.holds_link(POST_FOR_DONOR, collection.donor.uuid()) {
        return Ok(None);
    }
    access::acting(cx, collection.donor)
}

/// Locks a collection of the present coordination that the viewer may see; what they may not see is not there.
async fn locked<R>(cx: &Cx, tx: &mut Tx, id: CollectionId) -> Result<Collection, Failure<R>> {
    let collection = rows::lock_collection(tx, id).await?.ok_or(Failure::NotFound)?;
    let holds = rows::holds(tx, id).await?.iter().any(|hold| cx.viewer.belongs_to(hold.structure));
    let here = cx.viewer.is_machine() || cx.coordination == Some(collection.coordination);
    let by_link = cx.viewer.holds_link(POST_FOR_DONOR, collection.donor.uuid());
    if here && (by_link || visibility::may_see(&cx.viewer, &collection, Part { holds }, cx.now())) {
        Ok(collection)
    } else {
        Err(Failure::NotFound)
    }
}

/// Until when an offer waits for the daily allocation.
pub(crate) fn waits_until(cx: &Cx, collection: &Collection) -> Option<chrono::DateTime<chrono::Utc>> {
    urgency::waits_until(
        collection.urgent,
        collection.created_at,
        cx.now(),
        cx.zone,
        urgency::DAILY_ALLOCATION,
    )
}

/// The page of a collection.
pub(crate) fn page_of(id: CollectionId) -> String {
    format!("/collectes/{id}")
}

/// Tells those of a structure who may act. The sentence gets `product`, `kg`, `donor`, `reference` and what is added.
async fn tell(
    cx: &Cx,
    tx: &mut Tx,
    to: &[StructureId],
    direct: bool,
    key: &'static str,
    args: Vec<(String, Arg)>,
    link: String,
) -> Result<(), Error> {
    let people = net::people_of_many(tx, to, &TOLD).await?;
    accounts::notify(tx, cx, &people, Note { direct, key, args, link }).await
}

/// What sentences about a collection are filled with.
async fn args_of(tx: &mut Tx, collection: &Collection) -> Result<Vec<(String, Arg)>, Error> {
    let donor = name_of(tx, collection.donor).await?;
    Ok(vec![
        ("product".to_owned(), collection.product.clone().into()),
        ("kg".to_owned(), kilos(collection.grams).into()),
        ("donor".to_owned(), donor.into()),
        ("reference".to_owned(), collection.reference.clone().into()),
    ])
}

/// A structure's name.
async fn name_of(tx: &mut Tx, id: StructureId) -> Result<String, Error> {
    Ok(net::structure_names(tx, &[id]).await?.remove(&id).unwrap_or_default())
}

/// Tells a structure what a facilitator did in its place.
async fn tell_on_behalf(
    cx: &Cx,
    tx: &mut Tx,
    behalf: Option<StructureId>,
    key: &'static str,
    mut args: Vec<(String, Arg)>,
    link: String,
) -> Result<(), Error> {
    let Some(structure) = behalf else { return Ok(()) };
    let who = match cx.structure() {
        Some(own) => name_of(tx, own).await?,
        None => String::new(),
    };
    args.push(("who".to_owned(), who.into()));
    tell(cx, tx, &[structure], true, key, args, link).await
}

/// A mass for a sentence whose reader's language is not known yet: `120 kg`, `12,5 kg`, `800 g`.
fn kilos(grams: Grams) -> String {
    if grams.0.abs() < 1_000 {
        return format!("{}\u{a0}g", grams.0);
    }
    let (whole, rest) = (grams.0 / 1_000, (grams.0 % 1_000).abs());
    if rest == 0 {
        return format!("{whole}\u{a0}kg");
    }
    format!("{whole},{}\u{a0}kg", format!("{rest:03}").trim_end_matches('0'))
}
