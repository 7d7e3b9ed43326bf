//! The writes to the structures themselves, and the bin they go to.

use ::store::{Conn, Error, Tx};
use chrono::{DateTime, Utc};
use kernel::StructureId;
use kernel::text::fold;

use crate::{Accreditation, CardState, Sector, StructureKind};

/// The identity of a structure as it is written, all of it checked.
pub(crate) struct KeptIdentity {
    pub name: String,
    pub kind: StructureKind,
    pub sector: Sector,
    pub head_network: Option<String>,
    pub siret: Option<String>,
    pub rna: Option<String>,
    pub accreditation: Accreditation,
    pub state: CardState,
}

/// Writes a new structure down.
pub(crate) async fn insert_structure(
    tx: &mut Tx,
    id: StructureId,
    identity: KeptIdentity,
    created_at: DateTime<Utc>,
) -> Result<(), Error> {
    tx.query(
        "INSERT INTO structure (id, name, folded_name, kind, sector, head_network, siret, rna, accreditation, state,
             created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(id)
    .bind(identity.name.clone())
    .bind(fold(&identity.name))
    .bind(identity.kind.code())
    .bind(identity.sector.code())
    .bind(identity.head_network)
    .bind(identity.siret)
    .bind(identity.rna)
    .bind(identity.accreditation.code())
    .bind(identity.state.code())
    .bind(created_at)
    .run()
    .await?;
    Ok(())
}

/// Gives a structure another identity.
pub(crate) async fn update_identity(
    tx: &mut Tx,
    structure: StructureId,
    identity: KeptIdentity,
) -> Result<(), Error> {
    tx.query(
        "UPDATE structure SET name = $1, folded_name = $2, kind = $3, sector = $4, head_network = $5, siret = $6,
             rna = $7, accreditation = $8, state = $9, version = version + 1
         WHERE id = $10",
    )
    .bind(identity.name.clone())
    .bind(fold(&identity.name))
    .bind(identity.kind.code())
    .bind(identity.sector.code())
    .bind(identity.head_network)
    .bind(identity.siret)
    .bind(identity.rna)
    .bind(identity.accreditation.code())
    .bind(identity.state.code())
    .bind(structure)
    .run()
    .await?;
    Ok(())
}

/// Touches the structure's row, so that two acts on the same structure wait for each other.
pub(crate) async fn hold_structure(tx: &mut Tx, structure: StructureId) -> Result<(), Error> {
    tx.query("UPDATE structure SET version = version WHERE id = $1").bind(structure).run().await?;
    Ok(())
}

/// Puts a structure in the bin, and says whether it was not there yet.
pub(crate) async fn put_in_bin(
    tx: &mut Tx,
    structure: StructureId,
    binned_at: DateTime<Utc>,
) -> Result<bool, Error> {
    let binned = tx
        .query(
            "UPDATE structure SET binned_at = $1, version = version + 1 WHERE id = $2 AND binned_at IS NULL",
        )
        .bind(binned_at)
        .bind(structure)
        .run()
        .await?;
    Ok(binned > 0)
}

/// Takes a structure out of the bin.
pub(crate) async fn take_from_bin(tx: &mut Tx, structure: StructureId) -> Result<(), Error> {
    tx.query("UPDATE structure SET binned_at = NULL, version = version + 1 WHERE id = $1")
        .bind(structure)
        .run()
        .await?;
    Ok(())
}

/// The structures binned before an instant, longest first, 200 at most.
pub(crate) async fn binned_before(conn: &mut Conn, before: DateTime<Utc>) -> Result<Vec<StructureId>, Error> {
    let rows: Vec<(StructureId,)> = conn
        .query("SELECT id FROM structure WHERE binned_at < $1 ORDER BY binned_at LIMIT 200")
        .bind(before)
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Deletes a structure and what this context keeps of it.
pub(crate) async fn delete_structure(tx: &mut Tx, structure: StructureId) -> Result<(), Error> {
    for statement in [
        "DELETE FROM field_scope WHERE structure_id = $1",
        "DELETE FROM facilitator WHERE structure_id = $1",
        "DELETE FROM affiliation WHERE structure_id = $1",
        "DELETE FROM membership WHERE structure_id = $1",
        "DELETE FROM structure WHERE id = $1",
    ] {
        tx.query(statement).bind(structure).run().await?;
    }
    Ok(())
}
