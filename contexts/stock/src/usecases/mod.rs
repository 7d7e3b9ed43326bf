//! What people do with stock, one verb per file.
//!
//! `run` is an act of its own: it authorises, and a client may send it twice. `within` is the same inside a bigger
//! act. Where a file has `within` only, the bigger act (a hand-over, an allocation, a collection) authorises.
//! After a refusal the transaction must be dropped: part of it may be written.

pub mod block;
pub mod correct;
pub mod count;
pub mod ensure_outside;
pub mod ensure_zone;
pub mod hand_out;
pub mod hand_over;
pub mod lift;
pub mod move_lot;
pub mod note_temperature;
mod post;
pub mod quarantine;
pub mod receive;
pub mod receive_delivery;
pub mod release;
pub mod reserve;
pub mod return_surplus;
pub mod split;
pub mod waste;
pub mod withdraw;

use accounts::Note;
use chrono::{DateTime, Utc};
use i18n::Arg;
use kernel::{Cx, Failure, Role, StructureId};
use store::{Error, Tx};

use crate::{Lot, LotId, Place, PlaceId, Refusal, store as rows};

/// The place, who holds it, and in whose place the viewer acts there, where it is not their own.
pub(crate) struct Held {
    pub(crate) place: Place,
    pub(crate) structure: StructureId,
    pub(crate) on_behalf: Option<StructureId>,
}

/// Whether the viewer may act on what lies at a place.
pub(crate) async fn held<R>(cx: &Cx, tx: &mut Tx, id: PlaceId) -> Result<Held, Failure<R>> {
    let place = rows::place(tx, id).await?.ok_or(Failure::NotFound)?;
    let structure = place.structure.ok_or(Failure::NotFound)?;
    let on_behalf = access::acting(cx, structure)?;
    // A facilitator acts on behalf in their own coordination's ledger only.
    if on_behalf.is_some() && cx.coordination != Some(place.coordination) {
        return Err(Failure::Forbidden);
    }
    Ok(Held { place, structure, on_behalf })
}

/// Whether the viewer may set a lot aside or free it again: whoever holds some of it, the structure that the
/// lot came from or a facilitator of its coordination.
pub(crate) async fn over_lot<R>(cx: &Cx, tx: &mut Tx, lot: &Lot) -> Result<Option<StructureId>, Failure<R>> {
    if cx.viewer.is_machine() {
        return Ok(None);
    }
    let holders = rows::holders(tx, lot.id).await?;
    if holders.iter().any(|holder| cx.viewer.acts_for(*holder)) {
        return Ok(None);
    }
    if cx.coordination == Some(lot.coordination) && cx.viewer.facilitates(lot.coordination) {
        return Ok(holders.first().copied());
    }
    Err(Failure::Forbidden)
}

/// When something was done: as said, else now. A command says it only where a person did, never « now » on its own:
/// the same form sent again must be the same act (adr/0005).
pub(crate) fn happened(cx: &Cx, said: Option<DateTime<Utc>>) -> DateTime<Utc> {
    said.unwrap_or_else(|| cx.now())
}

/// In whose place the viewer acts, for the trail of an act that somebody else authorised.
pub(crate) fn in_place_of(cx: &Cx, structure: StructureId) -> Option<StructureId> {
    access::acting::<Refusal>(cx, structure).ok().flatten()
}

/// A reason that says something.
pub(crate) fn reason_given(reason: &str) -> Result<String, Failure<Refusal>> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Failure::Refused(Refusal::ReasonMissing));
    }
    Ok(reason.to_owned())
}

/// The page of a lot.
pub(crate) fn lot_path(lot: LotId) -> String {
    format!("/stock/lots/{lot}")
}

/// Tells structures what happened to a lot they hold or hoped for.
pub(crate) async fn tell(
    cx: &Cx,
    tx: &mut Tx,
    structures: &[StructureId],
    key: &'static str,
    lot: &Lot,
    direct: bool,
) -> Result<(), Error> {
    let mut told: Vec<StructureId> = structures.to_vec();
    told.sort_unstable();
    told.dedup();
    for structure in told {
        let people = network::queries::people_of(tx, structure, &[Role::Lead, Role::Member]).await?;
        let note = Note {
            direct,
            key,
            args: vec![
                ("product".to_owned(), Arg::from(lot.product.as_str())),
                ("reference".to_owned(), Arg::from(lot.reference.as_str())),
            ],
            link: lot_path(lot.id),
        };
        accounts::notify(tx, cx, &people, note).await?;
    }
    Ok(())
}

/// Tells a structure that somebody acted in its place (« saisi par X pour Y »).
pub(crate) async fn tell_on_behalf(
    cx: &Cx,
    tx: &mut Tx,
    on_behalf: Option<StructureId>,
    lot: &Lot,
) -> Result<(), Error> {
    match on_behalf {
        Some(structure) => tell(cx, tx, &[structure], "stock-told-on-behalf", lot, false).await,
        None => Ok(()),
    }
}
