//! Who somebody is in the network: their structures, the coordinations these take part in, the ones they facilitate.
//!
//! Invariant: a choice kept in a session counts only while it holds; somebody who was taken out of a structure acts
//! for it no more from the next request on.

use kernel::{Affiliation, CoordinationId, Membership, PersonId, StructureId, Viewer};
use store::{Conn, Error, FromRow};
use web::Recognised;

use crate::queries;
use crate::store::{KeptLevel, KeptRole};

#[derive(FromRow)]
struct Place {
    structure_id: StructureId,
    #[sqlx(try_from = "String")]
    role: KeptRole,
}

#[derive(FromRow)]
struct Seat {
    coordination_id: CoordinationId,
    structure_id: StructureId,
    #[sqlx(try_from = "String")]
    level: KeptLevel,
}

/// Recognises a person, or the structure of a link, given what they chose last.
///
/// # Errors
/// When the database cannot be read.
pub async fn recognise(
    conn: &mut Conn,
    person: Option<PersonId>,
    structure: Option<StructureId>,
    coordination: Option<CoordinationId>,
) -> Result<Recognised, Error> {
    let viewer = viewer(conn, person, structure).await?;
    let of_chosen = |seat: &&Membership| Some(seat.structure) == viewer.structure;
    let coordination = coordination
        .filter(|chosen| {
            person.is_none() || viewer.facilitates(*chosen) || viewer.level_in(*chosen).is_some()
        })
        .or_else(|| viewer.memberships.iter().find(of_chosen).map(|seat| seat.coordination))
        .or_else(|| viewer.facilitates.first().copied())
        .or_else(|| viewer.memberships.first().map(|seat| seat.coordination));
    let mut known = Recognised { coordination, ..Recognised::default() };
    if let Some(structure) = viewer.structure {
        known.structure_name = queries::structure(conn, structure).await?.map(|found| found.name);
    }
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

async fn viewer(
    conn: &mut Conn,
    person: Option<PersonId>,
    chosen: Option<StructureId>,
) -> Result<Viewer, Error> {
    let Some(person) = person else {
        return Ok(Viewer { structure: chosen, ..Viewer::default() });
    };
    let places: Vec<Place> = conn
        .query(
            "SELECT a.structure_id, a.role FROM affiliation a JOIN structure s ON s.id = a.structure_id
             WHERE a.person_id = $1 AND s.binned_at IS NULL ORDER BY a.since, a.structure_id",
        )
        .bind(person)
        .all()
        .await?;
    let seats: Vec<Seat> = conn
        .query(
            "SELECT m.coordination_id, m.structure_id, m.level
             FROM membership m JOIN affiliation a ON a.structure_id = m.structure_id
             JOIN structure s ON s.id = m.structure_id
             WHERE a.person_id = $1 AND m.left_on IS NULL AND s.binned_at IS NULL
             ORDER BY m.since, m.coordination_id, m.structure_id",
        )
        .bind(person)
        .all()
        .await?;
    let facilitates: Vec<(CoordinationId,)> = conn
        .query(
            "SELECT coordination_id FROM facilitator WHERE person_id = $1 AND until IS NULL
             ORDER BY since, coordination_id",
        )
        .bind(person)
        .all()
        .await?;
    let affiliations: Vec<Affiliation> = places
        .into_iter()
        .map(|place| Affiliation { structure: place.structure_id, role: place.role.0 })
        .collect();
    let structure = chosen
        .filter(|chosen| affiliations.iter().any(|place| place.structure == *chosen))
        .or_else(|| affiliations.first().map(|place| place.structure));
    Ok(Viewer {
        person: Some(person),
        structure,
        affiliations,
        memberships: seats
            .into_iter()
            .map(|seat| Membership {
                coordination: seat.coordination_id,
                structure: seat.structure_id,
                level: seat.level.0,
            })
            .collect(),
        facilitates: facilitates.into_iter().map(|(id,)| id).collect(),
        ..Viewer::default()
    })
}
