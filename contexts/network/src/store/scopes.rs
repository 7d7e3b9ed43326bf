//! The writes to how far each group of a structure's fields goes.

use ::store::{Error, Json, Tx};
use access::{FieldGroup, Scope};
use kernel::StructureId;

/// Writes a structure's first choice for a group of fields, and says whether it is the first.
pub(crate) async fn insert_scope(
    tx: &mut Tx,
    structure: StructureId,
    group: FieldGroup,
    scope: Scope,
    named: Vec<StructureId>,
) -> Result<bool, Error> {
    let written = tx
        .query(
            "INSERT INTO field_scope (structure_id, field_group, scope, named) VALUES ($1, $2, $3, $4)
             ON CONFLICT (structure_id, field_group) DO NOTHING",
        )
        .bind(structure)
        .bind(group.code())
        .bind(scope.code())
        .bind(Json(named))
        .run()
        .await?;
    Ok(written > 0)
}

/// Changes a choice, and says whether it still had this version.
pub(crate) async fn update_scope(
    tx: &mut Tx,
    structure: StructureId,
    group: FieldGroup,
    scope: Scope,
    named: Vec<StructureId>,
    version: i64,
) -> Result<bool, Error> {
    let written = tx
        .query(
            "UPDATE field_scope SET scope = $1, named = $2, version = version + 1
             WHERE structure_id = $3 AND field_group = $4 AND version = $5",
        )
        .bind(scope.code())
        .bind(Json(named))
        .bind(structure)
        .bind(group.code())
        .bind(version)
        .run()
        .await?;
    Ok(written > 0)
}
