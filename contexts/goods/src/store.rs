//! The writes to a coordination's families and packagings.
//!
//! Invariant: a code names one of them within its coordination and is never changed here.

use kernel::CoordinationId;
use store::{Error, Tx};

use crate::{Family, FamilyCode, Packaging};

/// Adds a family; it is born active.
pub(crate) async fn insert_family(
    tx: &mut Tx,
    coordination: CoordinationId,
    family: Family,
) -> Result<(), Error> {
    tx.query(
        "INSERT INTO family (coordination_id, code, name_fr, name_en, rank, norm_grams, active)
         VALUES ($1, $2, $3, $4, $5, $6, TRUE)",
    )
    .bind(coordination)
    .bind(family.code)
    .bind(family.name_fr)
    .bind(family.name_en)
    .bind(family.rank)
    .bind(family.norm_grams)
    .run()
    .await?;
    Ok(())
}

/// Adds a family where the coordination has none of its code; it is born active.
pub(crate) async fn insert_missing_family(
    tx: &mut Tx,
    coordination: CoordinationId,
    family: Family,
) -> Result<(), Error> {
    tx.query(
        "INSERT INTO family (coordination_id, code, name_fr, name_en, rank, norm_grams, active)
         VALUES ($1, $2, $3, $4, $5, $6, TRUE) ON CONFLICT (coordination_id, code) DO NOTHING",
    )
    .bind(coordination)
    .bind(family.code)
    .bind(family.name_fr)
    .bind(family.name_en)
    .bind(family.rank)
    .bind(family.norm_grams)
    .run()
    .await?;
    Ok(())
}

/// Touches a family's row, so that two changes of the same family wait for each other.
pub(crate) async fn hold_family(
    tx: &mut Tx,
    coordination: CoordinationId,
    code: &FamilyCode,
) -> Result<(), Error> {
    tx.query("UPDATE family SET rank = rank WHERE coordination_id = $1 AND code = $2")
        .bind(coordination)
        .bind(code.clone())
        .run()
        .await?;
    Ok(())
}

/// Changes a family's names, its norm and whether forms offer it; its rank stays.
pub(crate) async fn update_family(
    tx: &mut Tx,
    coordination: CoordinationId,
    family: Family,
) -> Result<(), Error> {
    tx.query(
        "UPDATE family SET name_fr = $3, name_en = $4, norm_grams = $5, active = $6
         WHERE coordination_id = $1 AND code = $2",
    )
    .bind(coordination)
    .bind(family.code)
    .bind(family.name_fr)
    .bind(family.name_en)
    .bind(family.norm_grams)
    .bind(family.active)
    .run()
    .await?;
    Ok(())
}

/// Adds a packaging.
pub(crate) async fn insert_packaging(
    tx: &mut Tx,
    coordination: CoordinationId,
    packaging: Packaging,
) -> Result<(), Error> {
    tx.query(
        "INSERT INTO packaging (coordination_id, code, name_fr, name_en, rank, grams) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(coordination)
    .bind(packaging.code)
    .bind(packaging.name_fr)
    .bind(packaging.name_en)
    .bind(packaging.rank)
    .bind(packaging.grams)
    .run()
    .await?;
    Ok(())
}

/// Adds a packaging where the coordination has none of its code.
pub(crate) async fn insert_missing_packaging(
    tx: &mut Tx,
    coordination: CoordinationId,
    packaging: Packaging,
) -> Result<(), Error> {
    tx.query(
        "INSERT INTO packaging (coordination_id, code, name_fr, name_en, rank, grams)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (coordination_id, code) DO NOTHING",
    )
    .bind(coordination)
    .bind(packaging.code)
    .bind(packaging.name_fr)
    .bind(packaging.name_en)
    .bind(packaging.rank)
    .bind(packaging.grams)
    .run()
    .await?;
    Ok(())
}

/// Touches a packaging's row, so that two changes of the same packaging wait for each other.
pub(crate) async fn hold_packaging(
    tx: &mut Tx,
    coordination: CoordinationId,
    code: &str,
) -> Result<(), Error> {
    tx.query("UPDATE packaging SET rank = rank WHERE coordination_id = $1 AND code = $2")
        .bind(coordination)
        .bind(code.to_owned())
        .run()
        .await?;
    Ok(())
}

/// Changes a packaging's names and weight; its rank stays.
pub(crate) async fn update_packaging(
    tx: &mut Tx,
    coordination: CoordinationId,
    packaging: Packaging,
) -> Result<(), Error> {
    tx.query("UPDATE packaging SET name_fr = $3, name_en = $4, grams = $5 WHERE coordination_id = $1 AND code = $2")
        .bind(coordination)
        .bind(packaging.code)
        .bind(packaging.name_fr)
        .bind(packaging.name_en)
        .bind(packaging.grams)
        .run()
        .await?;
    Ok(())
}

/// Takes a packaging off the list.
pub(crate) async fn delete_packaging(
    tx: &mut Tx,
    coordination: CoordinationId,
    code: &str,
) -> Result<(), Error> {
    tx.query("DELETE FROM packaging WHERE coordination_id = $1 AND code = $2")
        .bind(coordination)
        .bind(code.to_owned())
        .run()
        .await?;
    Ok(())
}
