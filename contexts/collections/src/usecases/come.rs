//! Coming for an offer by the link that its letter carried: who may, and what they read.

use accounts::Note;
use accounts::links::{self, NewLink};
use chrono::{DateTime, Duration, Utc};
use i18n::Arg;
use kernel::{
    Affiliation, CoordinationId, Cx, Failure, Level, Membership, PersonId, Role, StructureId, Via, Viewer,
};
use store::{Error, Tx};

use super::TOLD;
use crate::collection::{Collection, CollectionId};

/// What the link is for; its subject is the collection.
pub const PURPOSE: &str = "collections.come";

/// For the structure itself (`None`): by its people, or by whoever holds the link that told it of the offer. The
/// structure itself where a facilitator acts in its place.
///
/// # Errors
/// Forbidden to everybody else.
pub(super) fn coming<R>(
    cx: &Cx,
    collection: CollectionId,
    structure: StructureId,
) -> Result<Option<StructureId>, Failure<R>> {
    if told_of(cx, collection) == Some(structure) { Ok(None) } else { access::acting(cx, structure) }
}

/// For which structure the viewer answers who came by the link that told it of the offer.
pub(crate) fn told_of(cx: &Cx, collection: CollectionId) -> Option<StructureId> {
    cx.viewer.structure.filter(|_| cx.viewer.holds_link(PURPOSE, collection.uuid()))
}

/// With whose eyes an offer is looked for: the link's holder sees it as a member of the structure that was told.
pub(super) fn eyes(cx: &Cx, collection: CollectionId, structure: StructureId) -> Cx {
    match cx.coordination {
        Some(coordination) if told_of(cx, collection) == Some(structure) => {
            reader(cx, structure, coordination)
        }
        _ => cx.clone(),
    }
}

/// What a member of a structure reads in a coordination: letters to it, and the pages that their links open.
#[must_use]
pub(crate) fn reader(cx: &Cx, structure: StructureId, coordination: CoordinationId) -> Cx {
    let mut reader = cx.clone();
    reader.coordination = Some(coordination);
    reader.viewer = Viewer {
        via: Via::SignedIn,
        structure: Some(structure),
        affiliations: vec![Affiliation { structure, role: Role::Member }],
        memberships: vec![Membership { coordination, structure, level: Level::Contributor }],
        ..Viewer::default()
    };
    reader
}

/// Tells the people of these structures at once, each with a link of their own that is good until the offer's window
/// closes.
pub(super) async fn tell(
    cx: &Cx,
    tx: &mut Tx,
    collection: &Collection,
    structures: &[StructureId],
    note: (&'static str, &[(String, Arg)]),
) -> Result<(), Error> {
    for structure in structures {
        for (person, note) in invitations(cx, tx, collection, *structure, note).await? {
            accounts::notify(tx, cx, &[person], note).await?;
        }
    }
    Ok(())
}

/// The same for the partner who is asked first, and has until `due`.
pub(super) async fn tell_before(
    cx: &Cx,
    tx: &mut Tx,
    collection: &Collection,
    partner: StructureId,
    note: (&'static str, &[(String, Arg)]),
    due: DateTime<Utc>,
) -> Result<(), Error> {
    for (person, note) in invitations(cx, tx, collection, partner, note).await? {
        accounts::notify_before(tx, cx, &[person], note, due).await?;
    }
    Ok(())
}

async fn invitations(
    cx: &Cx,
    tx: &mut Tx,
    collection: &Collection,
    structure: StructureId,
    (key, args): (&'static str, &[(String, Arg)]),
) -> Result<Vec<(PersonId, Note)>, Error> {
    // The job that tells the others is in no coordination; the offer is.
    let mut here = cx.clone();
    here.coordination = Some(collection.coordination);
    let mut notes = Vec::new();
    for person in network::queries::people_of(tx, structure, &TOLD).await? {
        let link = NewLink {
            purpose: PURPOSE,
            subject: collection.id.uuid(),
            structure: Some(structure),
            person: Some(person),
            label: collection.reference.clone(),
            valid_for: (collection.pickup_until - cx.now()).max(Duration::hours(1)),
        };
        let link = links::issue(tx, &here, link).await?;
        notes.push((person, Note { direct: true, key, args: args.to_vec(), link }));
    }
    Ok(notes)
}
