//! How far structures let each group of their fields go.

use std::collections::BTreeMap;

use ::store::{Conn, Error, FromRow, Json};
use access::{FieldGroup, Scope, ScopeOf};
use kernel::{CoordinationId, StructureId};

use super::coordinations_of;
use crate::Member;
use crate::ids;
use crate::many::{AT_ONCE, bind_ids};
use crate::store::MemberRow;

/// A structure's choice for one group of fields, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// How far it goes.
    pub scope: Scope,
    /// Whom it names, for [`Scope::Named`].
    pub named: Vec<StructureId>,
    /// Goes up with each change; 0 while the structure has not chosen.
    pub version: i64,
}

#[derive(FromRow)]
struct ChoiceRow {
    structure_id: StructureId,
    scope: String,
    named: Json<Vec<StructureId>>,
    version: i64,
}

impl ChoiceRow {
    /// A scope that this program cannot read is taken for the narrowest.
    fn choice(self) -> Choice {
        Choice {
            scope: Scope::from_code(&self.scope).unwrap_or(Scope::Me),
            named: self.named.0,
            version: self.version,
        }
    }
}

/// What a structure chose for a group of fields, or what holds until it chooses.
///
/// # Errors
/// When the database cannot be read.
pub async fn choice_of(conn: &mut Conn, structure: StructureId, group: FieldGroup) -> Result<Choice, Error> {
    let row: Option<ChoiceRow> = conn
        .query(
            "SELECT structure_id, scope, named, version FROM field_scope
             WHERE structure_id = $1 AND field_group = $2",
        )
        .bind(structure)
        .bind(group.code())
        .optional()
        .await?;
    Ok(row.map_or(Choice { scope: group.default_scope(), named: Vec::new(), version: 0 }, ChoiceRow::choice))
}

/// The scope of a structure's group of fields, ready for [`access::Gate::reveal`].
///
/// # Errors
/// When the database cannot be read.
pub async fn scope_of(conn: &mut Conn, structure: StructureId, group: FieldGroup) -> Result<ScopeOf, Error> {
    let choice = choice_of(conn, structure, group).await?;
    let coordinations = coordinations_of(conn, structure).await?;
    Ok(ScopeOf { owner: structure, scope: choice.scope, named: choice.named, coordinations })
}

/// The scopes of one group of fields of several structures, in few statements.
///
/// # Errors
/// When the database cannot be read.
pub async fn scopes_of(
    conn: &mut Conn,
    structures: &[StructureId],
    group: FieldGroup,
) -> Result<BTreeMap<StructureId, ScopeOf>, Error> {
    let mut scopes: BTreeMap<StructureId, ScopeOf> = structures
        .iter()
        .map(|owner| {
            let owner = *owner;
            (
                owner,
                ScopeOf { owner, scope: group.default_scope(), named: Vec::new(), coordinations: Vec::new() },
            )
        })
        .collect();
    for chunk in structures.chunks(AT_ONCE) {
        let query = conn.query(concat!(
            "SELECT structure_id, scope, named, version FROM field_scope WHERE structure_id IN ",
            ids!(),
            " AND field_group = $33"
        ));
        let chosen: Vec<ChoiceRow> = bind_ids(query, chunk).bind(group.code()).all().await?;
        for row in chosen {
            if let Some(of) = scopes.get_mut(&row.structure_id) {
                let choice = row.choice();
                of.scope = choice.scope;
                of.named = choice.named;
            }
        }
        let query = conn.query(concat!(
            "SELECT structure_id, coordination_id FROM membership WHERE left_on IS NULL AND structure_id IN ",
            ids!()
        ));
        let places: Vec<(StructureId, CoordinationId)> = bind_ids(query, chunk).all().await?;
        for (structure, coordination) in places {
            if let Some(of) = scopes.get_mut(&structure) {
                of.coordinations.push(coordination);
            }
        }
    }
    Ok(scopes)
}

#[derive(FromRow)]
struct SharingRow {
    #[sqlx(flatten)]
    member: MemberRow,
    scope: String,
    named: Option<Json<Vec<StructureId>>>,
}

/// The members of a coordination that let a group of fields leave their own structure, with how far: what a list of
/// what others share begins from. Whoever keeps it at home is not even read. Alphabetical, 10 000 at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn sharing(
    conn: &mut Conn,
    coordination: CoordinationId,
    group: FieldGroup,
) -> Result<Vec<(Member, ScopeOf)>, Error> {
    let rows: Vec<SharingRow> = conn
        .query(
            "SELECT m.structure_id, s.name, s.kind, s.sector, m.level, m.since, COALESCE(f.scope, $3) AS scope, f.named
             FROM membership m JOIN structure s ON s.id = m.structure_id
             LEFT JOIN field_scope f ON f.structure_id = m.structure_id AND f.field_group = $2
             WHERE m.coordination_id = $1 AND m.left_on IS NULL AND s.binned_at IS NULL
                 AND COALESCE(f.scope, $3) NOT IN ('me', 'structure')
             ORDER BY s.folded_name, s.id LIMIT 10000",
        )
        .bind(coordination)
        .bind(group.code())
        .bind(group.default_scope().code())
        .all()
        .await?;
    let places: Vec<(StructureId, CoordinationId)> = conn
        .query(
            "SELECT other.structure_id, other.coordination_id
             FROM membership m JOIN membership other ON other.structure_id = m.structure_id
             LEFT JOIN field_scope f ON f.structure_id = m.structure_id AND f.field_group = $2
             WHERE m.coordination_id = $1 AND m.left_on IS NULL AND other.left_on IS NULL
                 AND COALESCE(f.scope, $3) NOT IN ('me', 'structure')",
        )
        .bind(coordination)
        .bind(group.code())
        .bind(group.default_scope().code())
        .all()
        .await?;
    let mut coordinations: BTreeMap<StructureId, Vec<CoordinationId>> = BTreeMap::new();
    for (structure, coordination) in places {
        coordinations.entry(structure).or_default().push(coordination);
    }
    Ok(rows
        .into_iter()
        .map(|row| {
            let owner = row.member.structure_id;
            let of = ScopeOf {
                owner,
                // A scope that this program cannot read is taken for the narrowest.
                scope: Scope::from_code(&row.scope).unwrap_or(Scope::Me),
                named: row.named.map(|named| named.0).unwrap_or_default(),
                coordinations: coordinations.remove(&owner).unwrap_or_default(),
            };
            (Member::from(row.member), of)
        })
        .collect())
}
