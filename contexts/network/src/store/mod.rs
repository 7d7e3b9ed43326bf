//! Rows of this context as they are read, and the statements of its use cases, by noun.

pub(crate) mod affiliations;
pub(crate) mod coordinations;
pub(crate) mod facilitators;
pub(crate) mod meetings;
pub(crate) mod memberships;
pub(crate) mod scopes;
pub(crate) mod structures;

use ::store::{Error, FromRow, Json, Tx};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::time::Tz;
use kernel::{CoordinationId, Level, PersonId, Role, StructureId, TerritoryId};

use crate::coordination::{level_from_code, role_from_code};
use crate::{
    Accreditation, CardState, Colleague, Coordination, Facilitator, Member, Sector, Settings, Structure,
    StructureKind, Territory, TerritoryLevel, UnknownCode,
};

/// A level as it is kept.
pub(crate) struct KeptLevel(pub Level);

impl TryFrom<String> for KeptLevel {
    type Error = UnknownCode;
    fn try_from(code: String) -> Result<Self, UnknownCode> {
        level_from_code(&code).map(Self).ok_or(UnknownCode(code))
    }
}

/// A role as it is kept.
pub(crate) struct KeptRole(pub Role);

impl TryFrom<String> for KeptRole {
    type Error = UnknownCode;
    fn try_from(code: String) -> Result<Self, UnknownCode> {
        role_from_code(&code).map(Self).ok_or(UnknownCode(code))
    }
}

/// A time zone as it is kept.
pub(crate) struct KeptZone(pub Tz);

impl TryFrom<String> for KeptZone {
    type Error = UnknownCode;
    fn try_from(code: String) -> Result<Self, UnknownCode> {
        code.parse().map(Self).map_err(|_unknown| UnknownCode(code))
    }
}

#[derive(FromRow)]
pub(crate) struct StructureRow {
    pub id: StructureId,
    pub name: String,
    #[sqlx(try_from = "String")]
    pub kind: StructureKind,
    #[sqlx(try_from = "String")]
    pub sector: Sector,
    pub head_network: Option<String>,
    pub siret: Option<String>,
    pub rna: Option<String>,
    #[sqlx(try_from = "String")]
    pub accreditation: Accreditation,
    #[sqlx(try_from = "String")]
    pub state: CardState,
    pub created_at: DateTime<Utc>,
    pub binned_at: Option<DateTime<Utc>>,
    pub version: i64,
}

impl From<StructureRow> for Structure {
    fn from(row: StructureRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            kind: row.kind,
            sector: row.sector,
            head_network: row.head_network,
            siret: row.siret,
            rna: row.rna,
            accreditation: row.accreditation,
            state: row.state,
            created_at: row.created_at,
            binned_at: row.binned_at,
            version: row.version,
        }
    }
}

#[derive(FromRow)]
pub(crate) struct TerritoryRow {
    pub id: TerritoryId,
    pub parent_id: Option<TerritoryId>,
    #[sqlx(try_from = "String")]
    pub level: TerritoryLevel,
    pub name: String,
    pub code_insee: Option<String>,
    #[sqlx(try_from = "String")]
    pub zone: KeptZone,
}

impl From<TerritoryRow> for Territory {
    fn from(row: TerritoryRow) -> Self {
        Self {
            id: row.id,
            parent: row.parent_id,
            level: row.level,
            name: row.name,
            code_insee: row.code_insee,
            zone: row.zone.0,
        }
    }
}

#[derive(FromRow)]
pub(crate) struct CoordinationRow {
    pub id: CoordinationId,
    pub territory_id: TerritoryId,
    pub parent_id: Option<CoordinationId>,
    pub slug: String,
    pub name: String,
    pub full_name: String,
    #[sqlx(try_from = "String")]
    pub zone: KeptZone,
    pub help_phone: Option<String>,
    pub settings: Json<Settings>,
    pub version: i64,
}

impl From<CoordinationRow> for Coordination {
    fn from(row: CoordinationRow) -> Self {
        Self {
            id: row.id,
            territory: row.territory_id,
            parent: row.parent_id,
            slug: row.slug,
            name: row.name,
            full_name: row.full_name,
            zone: row.zone.0,
            help_phone: row.help_phone,
            settings: row.settings.0,
            version: row.version,
        }
    }
}

#[derive(FromRow)]
pub(crate) struct MemberRow {
    pub structure_id: StructureId,
    pub name: String,
    #[sqlx(try_from = "String")]
    pub kind: StructureKind,
    #[sqlx(try_from = "String")]
    pub sector: Sector,
    #[sqlx(try_from = "String")]
    pub level: KeptLevel,
    pub since: NaiveDate,
}

impl From<MemberRow> for Member {
    fn from(row: MemberRow) -> Self {
        Self {
            structure: row.structure_id,
            name: row.name,
            kind: row.kind,
            sector: row.sector,
            level: row.level.0,
            since: row.since,
        }
    }
}

#[derive(FromRow)]
pub(crate) struct FacilitatorRow {
    pub person_id: PersonId,
    pub structure_id: StructureId,
    pub since: NaiveDate,
}

impl From<FacilitatorRow> for Facilitator {
    fn from(row: FacilitatorRow) -> Self {
        Self { person: row.person_id, structure: row.structure_id, since: row.since }
    }
}

#[derive(FromRow)]
pub(crate) struct ColleagueRow {
    pub person_id: PersonId,
    #[sqlx(try_from = "String")]
    pub role: KeptRole,
    pub since: NaiveDate,
}

impl From<ColleagueRow> for Colleague {
    fn from(row: ColleagueRow) -> Self {
        Self { person: row.person_id, role: row.role.0, since: row.since }
    }
}

/// The next number on paper for a coordination, a kind of paper and a year: `C-26-041`. Two acts at the same time
/// wait for each other here; an act that is forgotten gives its number back.
///
/// # Errors
/// When the database cannot be written.
pub async fn next_reference(
    tx: &mut Tx,
    coordination: CoordinationId,
    prefix: &str,
    year: i32,
) -> Result<String, Error> {
    let last: i64 = tx
        .query(
            "INSERT INTO reference_counter (coordination_id, prefix, year, last) VALUES ($1, $2, $3, 1)
             ON CONFLICT (coordination_id, prefix, year) DO UPDATE SET last = reference_counter.last + 1
             RETURNING last",
        )
        .bind(coordination)
        .bind(prefix.to_owned())
        .bind(i64::from(year))
        .value()
        .await?;
    Ok(format!("{prefix}-{:02}-{last:03}", year.rem_euclid(100)))
}
