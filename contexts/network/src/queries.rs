//! What other rooms and pages read of the network. Lists are alphabetical; nothing here orders by a quantity.

mod names;
mod scopes;

pub use names::{SeenNames, seen_names};
pub use scopes::{Choice, choice_of, scope_of, scopes_of, sharing};

use std::collections::{BTreeMap, BTreeSet};

use ::store::{Conn, Error};
use access::{FieldGroup, Gate, Seen};
use kernel::{CoordinationId, Cx, PersonId, Role, StructureId, TerritoryId};

use crate::coordination::role_code;
use crate::ids;
use crate::many::{AT_ONCE, bind_ids};
use crate::store::{CoordinationRow, FacilitatorRow, MemberRow, StructureRow, TerritoryRow};
use crate::{Colleague, Coordination, Facilitator, Member, Structure, Territory};

/// A structure by its id, one in the bin included.
///
/// # Errors
/// When the database cannot be read.
pub async fn structure(conn: &mut Conn, id: StructureId) -> Result<Option<Structure>, Error> {
    let row: Option<StructureRow> = conn
        .query(
            "SELECT id, name, kind, sector, head_network, siret, rna, accreditation, state, created_at, binned_at,
                 version
             FROM structure WHERE id = $1",
        )
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Structure::from))
}

/// The structure with this SIRET, if one is known that is not in the bin.
///
/// # Errors
/// When the database cannot be read.
pub async fn structure_with_siret(conn: &mut Conn, siret: &str) -> Result<Option<StructureId>, Error> {
    let row: Option<(StructureId,)> = conn
        .query("SELECT id FROM structure WHERE siret = $1 AND binned_at IS NULL ORDER BY id LIMIT 1")
        .bind(siret.to_owned())
        .optional()
        .await?;
    Ok(row.map(|(id,)| id))
}

/// The structures whose name folds to the same text, ten at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn namesakes(conn: &mut Conn, name: &str) -> Result<Vec<StructureId>, Error> {
    let rows: Vec<(StructureId,)> = conn
        .query("SELECT id FROM structure WHERE folded_name = $1 AND binned_at IS NULL ORDER BY id LIMIT 10")
        .bind(kernel::text::fold(name))
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The names of structures.
///
/// # Errors
/// When the database cannot be read.
pub async fn structure_names(
    conn: &mut Conn,
    ids: &[StructureId],
) -> Result<BTreeMap<StructureId, String>, Error> {
    let mut names = BTreeMap::new();
    // A list names the same structure on many of its lines.
    let ids: Vec<StructureId> = ids.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    for chunk in ids.chunks(AT_ONCE) {
        let query = conn.query(concat!("SELECT id, name FROM structure WHERE id IN ", ids!()));
        let rows: Vec<(StructureId, String)> = bind_ids(query, chunk).all().await?;
        names.extend(rows);
    }
    Ok(names)
}

/// A coordination by its id.
///
/// # Errors
/// When the database cannot be read.
pub async fn coordination(conn: &mut Conn, id: CoordinationId) -> Result<Option<Coordination>, Error> {
    let row: Option<CoordinationRow> = conn
        .query(
            "SELECT id, territory_id, parent_id, slug, name, full_name, zone, help_phone, settings, version
             FROM coordination WHERE id = $1",
        )
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Coordination::from))
}

/// Every coordination of the installation, alphabetical, 200 at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn coordinations(conn: &mut Conn) -> Result<Vec<Coordination>, Error> {
    let rows: Vec<CoordinationRow> = conn
        .query(
            "SELECT id, territory_id, parent_id, slug, name, full_name, zone, help_phone, settings, version
             FROM coordination ORDER BY slug LIMIT 200",
        )
        .all()
        .await?;
    Ok(rows.into_iter().map(Coordination::from).collect())
}

/// The coordinations a structure takes part in today, at any level.
///
/// # Errors
/// When the database cannot be read.
pub async fn coordinations_of(conn: &mut Conn, structure: StructureId) -> Result<Vec<CoordinationId>, Error> {
    let rows: Vec<(CoordinationId,)> = conn
        .query(
            "SELECT coordination_id FROM membership WHERE structure_id = $1 AND left_on IS NULL
             ORDER BY coordination_id",
        )
        .bind(structure)
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// A territory by its id.
///
/// # Errors
/// When the database cannot be read.
pub async fn territory(conn: &mut Conn, id: TerritoryId) -> Result<Option<Territory>, Error> {
    let row: Option<TerritoryRow> = conn
        .query("SELECT id, parent_id, level, name, code_insee, zone FROM territory WHERE id = $1")
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Territory::from))
}

/// A territory and those it lies in, widest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn territory_path(conn: &mut Conn, id: TerritoryId) -> Result<Vec<Territory>, Error> {
    let mut path = Vec::new();
    let mut next = Some(id);
    // Levels only widen, so the path is no longer than the list of levels.
    while let Some(id) = next.filter(|_| path.len() < crate::TerritoryLevel::ALL.len() + 1) {
        let Some(found) = territory(conn, id).await? else { break };
        next = found.parent;
        path.push(found);
    }
    path.reverse();
    Ok(path)
}

/// Who takes part in a coordination today, alphabetical, 10 000 at most. For machines; pages read
/// [`visible_members`].
///
/// # Errors
/// When the database cannot be read.
pub async fn members(conn: &mut Conn, coordination: CoordinationId) -> Result<Vec<Member>, Error> {
    let rows: Vec<MemberRow> = conn
        .query(
            "SELECT m.structure_id, s.name, s.kind, s.sector, m.level, m.since
             FROM membership m JOIN structure s ON s.id = m.structure_id
             WHERE m.coordination_id = $1 AND m.left_on IS NULL AND s.binned_at IS NULL
             ORDER BY s.folded_name, s.id LIMIT 10000",
        )
        .bind(coordination)
        .all()
        .await?;
    Ok(rows.into_iter().map(Member::from).collect())
}

/// The members whose identity the gate lets through, alphabetical.
///
/// # Errors
/// When the database cannot be read.
pub async fn visible_members(
    conn: &mut Conn,
    gate: &mut Gate,
    coordination: CoordinationId,
) -> Result<Vec<Member>, Error> {
    let members = members(conn, coordination).await?;
    let ids: Vec<StructureId> = members.iter().map(|member| member.structure).collect();
    let scopes = scopes_of(conn, &ids, FieldGroup::Identity).await?;
    let mut visible = Vec::with_capacity(members.len());
    for member in members {
        if let Some(of) = scopes.get(&member.structure)
            && let Seen::Shown(member) = gate.reveal(of, FieldGroup::Identity, member)
        {
            visible.push(member);
        }
    }
    Ok(visible)
}

/// Those of some structures that take part in a coordination today, in few statements however many take part.
///
/// # Errors
/// When the database cannot be read.
pub async fn members_among(
    conn: &mut Conn,
    coordination: CoordinationId,
    structures: &[StructureId],
) -> Result<BTreeSet<StructureId>, Error> {
    let mut members = BTreeSet::new();
    for chunk in structures.chunks(AT_ONCE) {
        let query = conn.query(concat!(
            "SELECT m.structure_id FROM membership m JOIN structure s ON s.id = m.structure_id
             WHERE m.structure_id IN ",
            ids!(),
            " AND m.coordination_id = $33 AND m.left_on IS NULL AND s.binned_at IS NULL"
        ));
        let rows: Vec<(StructureId,)> = bind_ids(query, chunk).bind(coordination).all().await?;
        members.extend(rows.into_iter().map(|(structure,)| structure));
    }
    Ok(members)
}

/// A structure's place in a coordination today.
///
/// # Errors
/// When the database cannot be read.
pub async fn member(
    conn: &mut Conn,
    coordination: CoordinationId,
    structure: StructureId,
) -> Result<Option<Member>, Error> {
    let row: Option<MemberRow> = conn
        .query(
            "SELECT m.structure_id, s.name, s.kind, s.sector, m.level, m.since
             FROM membership m JOIN structure s ON s.id = m.structure_id
             WHERE m.coordination_id = $1 AND m.structure_id = $2 AND m.left_on IS NULL",
        )
        .bind(coordination)
        .bind(structure)
        .optional()
        .await?;
    Ok(row.map(Member::from))
}

/// The people of a structure with one of these roles; every role where none is named.
///
/// # Errors
/// When the database cannot be read.
pub async fn people_of(
    conn: &mut Conn,
    structure: StructureId,
    roles: &[Role],
) -> Result<Vec<PersonId>, Error> {
    let people = colleagues(conn, structure).await?;
    Ok(people
        .into_iter()
        .filter(|one| roles.is_empty() || roles.contains(&one.role))
        .map(|one| one.person)
        .collect())
}

/// The people of several structures with one of these roles, every role where none is named, in few statements: to
/// tell a whole territory.
///
/// # Errors
/// When the database cannot be read.
pub async fn people_of_many(
    conn: &mut Conn,
    structures: &[StructureId],
    roles: &[Role],
) -> Result<Vec<PersonId>, Error> {
    let mut people = Vec::new();
    for chunk in structures.chunks(AT_ONCE) {
        let query = conn.query(concat!(
            "SELECT a.person_id, a.role, a.since FROM affiliation a JOIN person p ON p.id = a.person_id
             WHERE p.erased_at IS NULL AND a.structure_id IN ",
            ids!(),
            " ORDER BY a.structure_id, p.name, p.id LIMIT 16000"
        ));
        let rows: Vec<crate::store::ColleagueRow> = bind_ids(query, chunk).all().await?;
        let told = rows.into_iter().map(Colleague::from);
        people.extend(told.filter(|one| roles.is_empty() || roles.contains(&one.role)).map(|one| one.person));
    }
    Ok(people)
}

/// The people of a structure and their roles, alphabetical, 500 at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn colleagues(conn: &mut Conn, structure: StructureId) -> Result<Vec<Colleague>, Error> {
    let rows: Vec<crate::store::ColleagueRow> = conn
        .query(
            "SELECT a.person_id, a.role, a.since FROM affiliation a JOIN person p ON p.id = a.person_id
             WHERE a.structure_id = $1 AND p.erased_at IS NULL ORDER BY p.name, p.id LIMIT 500",
        )
        .bind(structure)
        .all()
        .await?;
    Ok(rows.into_iter().map(Colleague::from).collect())
}

/// Whether somebody leads the structure, and can be asked about it.
///
/// # Errors
/// When the database cannot be read.
pub async fn has_leads(conn: &mut Conn, structure: StructureId) -> Result<bool, Error> {
    Ok(!people_of(conn, structure, &[Role::Lead]).await?.is_empty())
}

/// What a person is in a structure.
///
/// # Errors
/// When the database cannot be read.
pub async fn role_in(
    conn: &mut Conn,
    structure: StructureId,
    person: PersonId,
) -> Result<Option<Colleague>, Error> {
    let row: Option<crate::store::ColleagueRow> = conn
        .query("SELECT person_id, role, since FROM affiliation WHERE structure_id = $1 AND person_id = $2")
        .bind(structure)
        .bind(person)
        .optional()
        .await?;
    Ok(row.map(Colleague::from))
}

/// How many leads a structure has.
///
/// # Errors
/// When the database cannot be read.
pub async fn lead_count(conn: &mut Conn, structure: StructureId) -> Result<i64, Error> {
    conn.query("SELECT COUNT(*) FROM affiliation WHERE structure_id = $1 AND role = $2")
        .bind(structure)
        .bind(role_code(Role::Lead))
        .value()
        .await
}

/// The co-facilitators of a coordination today, longest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn facilitators(conn: &mut Conn, coordination: CoordinationId) -> Result<Vec<Facilitator>, Error> {
    let rows: Vec<FacilitatorRow> = conn
        .query(
            "SELECT person_id, structure_id, since FROM facilitator
             WHERE coordination_id = $1 AND until IS NULL ORDER BY since, person_id",
        )
        .bind(coordination)
        .all()
        .await?;
    Ok(rows.into_iter().map(Facilitator::from).collect())
}

/// The people who facilitate a coordination today.
///
/// # Errors
/// When the database cannot be read.
pub async fn facilitator_people(
    conn: &mut Conn,
    coordination: CoordinationId,
) -> Result<Vec<PersonId>, Error> {
    Ok(facilitators(conn, coordination).await?.into_iter().map(|one| one.person).collect())
}

/// Whether the viewer leads a structure by the rows themselves: a structure in the bin is not in the viewer's list.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn leads_by_rows(conn: &mut Conn, cx: &Cx, structure: StructureId) -> Result<bool, Error> {
    let Some(person) = cx.person() else { return Ok(false) };
    Ok(role_in(conn, structure, person).await?.is_some_and(|one| one.role == Role::Lead))
}

/// Structures by their ids, those in the bin included.
///
/// # Errors
/// When the database cannot be read.
pub async fn structures(
    conn: &mut Conn,
    wanted: &[StructureId],
) -> Result<BTreeMap<StructureId, Structure>, Error> {
    let mut found = BTreeMap::new();
    for chunk in wanted.chunks(AT_ONCE) {
        let query = conn.query(concat!(
            "SELECT id, name, kind, sector, head_network, siret, rna, accreditation, state, created_at, binned_at,
                 version
             FROM structure WHERE id IN ",
            ids!()
        ));
        let rows: Vec<StructureRow> = bind_ids(query, chunk).all().await?;
        found.extend(rows.into_iter().map(|row| (row.id, Structure::from(row))));
    }
    Ok(found)
}

mod rosters;
pub use rosters::{members_without_people, sender, territory_named};

mod meetings;
pub use meetings::{meeting, meetings_ahead, people_at_table, seat_asks, seats_asked_by};
