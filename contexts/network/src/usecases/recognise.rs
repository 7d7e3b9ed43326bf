//! Who somebody is in the network: their structures, the coordinations these take part in, the ones they facilitate.
//!
//! Invariant: a choice kept in a session counts only while it holds; somebody who was taken out of a structure acts
//! for it no more from the next request on.

use kernel::{CoordinationId, Membership, PersonId, StructureId, Viewer};
use store::{Conn, Error};
use web::Recognised;

use crate::queries;
use crate::store::affiliations::affiliations_of_person;
use crate::store::facilitators::facilitated_by;
use crate::store::memberships::memberships_of_person;

/// Recognises a person, or the structure of a link, given what they chose last.
///
/// # Errors
/// When the database cannot be read.
pub async fn run(
    conn: &mut Conn,
    person: Option<PersonId>,
    structure: Option<StructureId>,
    coordination: Option<CoordinationId>,
) -> Result<Recognised, Error> {
    let (viewer, structure_name) = viewer(conn, person, structure).await?;
    let of_chosen = |seat: &&Membership| Some(seat.structure) == viewer.structure;
    let coordination = coordination
        .filter(|chosen| {
            person.is_none() || viewer.facilitates(*chosen) || viewer.level_in(*chosen).is_some()
        })
        .or_else(|| viewer.memberships.iter().find(of_chosen).map(|seat| seat.coordination))
        .or_else(|| viewer.facilitates.first().copied())
        .or_else(|| viewer.memberships.first().map(|seat| seat.coordination));
    let mut known = Recognised { coordination, structure_name, ..Recognised::default() };
    if let Some(coordination) = coordination
        && let Some(found) = queries::coordination(conn, coordination).await?
    {
        known.zone = Some(found.zone);
        known.coordination_name = Some(found.name);
        known.help_phone = found.help_phone;
    }
    known.viewer = viewer;
    Ok(known)
}

/// The viewer, and the name of the structure they act for.
async fn viewer(
    conn: &mut Conn,
    person: Option<PersonId>,
    chosen: Option<StructureId>,
) -> Result<(Viewer, Option<String>), Error> {
    let Some(person) = person else {
        let name = match chosen {
            Some(chosen) => queries::structure(conn, chosen).await?.map(|found| found.name),
            None => None,
        };
        return Ok((Viewer { structure: chosen, ..Viewer::default() }, name));
    };
    let places = affiliations_of_person(conn, person).await?;
    let memberships = memberships_of_person(conn, person).await?;
    let facilitates = facilitated_by(conn, person).await?;
    let acts_for = places
        .iter()
        .find(|(place, _)| Some(place.structure) == chosen)
        .or_else(|| places.first())
        .map(|(place, name)| (place.structure, name.clone()));
    let (structure, name) = acts_for.unzip();
    let viewer = Viewer {
        person: Some(person),
        structure,
        affiliations: places.into_iter().map(|(place, _)| place).collect(),
        memberships,
        facilitates,
        ..Viewer::default()
    };
    Ok((viewer, name))
}
