//! The families and packagings of a coordination, in its own order.

use std::collections::BTreeSet;

use kernel::{CoordinationId, Grams};
use store::{Conn, Error, FromRow};

use crate::{Family, FamilyCode, Packaging};

#[derive(FromRow)]
struct FamilyRow {
    code: FamilyCode,
    name_fr: String,
    name_en: String,
    rank: i64,
    norm_grams: Grams,
    active: bool,
}

#[derive(FromRow)]
struct PackagingRow {
    code: String,
    name_fr: String,
    name_en: String,
    rank: i64,
    grams: Grams,
}

/// The families of several coordinations, each code once: a structure's papers come from all of its coordinations.
///
/// # Errors
/// When the database cannot be read.
pub async fn families_of_many(
    conn: &mut Conn,
    coordinations: BTreeSet<CoordinationId>,
) -> Result<Vec<Family>, Error> {
    let mut all: Vec<Family> = Vec::new();
    for coordination in coordinations {
        for family in families(conn, coordination).await? {
            if all.iter().all(|known| known.code != family.code) {
                all.push(family);
            }
        }
    }
    Ok(all)
}

/// Every family of the coordination, those set aside included (they still name old lots).
///
/// # Errors
/// When the database cannot be read.
pub async fn families(conn: &mut Conn, coordination: CoordinationId) -> Result<Vec<Family>, Error> {
    let rows: Vec<FamilyRow> = conn
        .query(
            "SELECT code, name_fr, name_en, rank, norm_grams, active FROM family
             WHERE coordination_id = $1 ORDER BY rank, code LIMIT 200",
        )
        .bind(coordination)
        .all()
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Family {
            code: row.code,
            name_fr: row.name_fr,
            name_en: row.name_en,
            rank: row.rank,
            norm_grams: row.norm_grams,
            active: row.active,
        })
        .collect())
}

/// Every packaging of the coordination.
///
/// # Errors
/// When the database cannot be read.
pub async fn packagings(conn: &mut Conn, coordination: CoordinationId) -> Result<Vec<Packaging>, Error> {
    let rows: Vec<PackagingRow> = conn
        .query(
            "SELECT code, name_fr, name_en, rank, grams FROM packaging
             WHERE coordination_id = $1 ORDER BY rank, code LIMIT 200",
        )
        .bind(coordination)
        .all()
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Packaging {
            code: row.code,
            name_fr: row.name_fr,
            name_en: row.name_en,
            rank: row.rank,
            grams: row.grams,
        })
        .collect())
}
