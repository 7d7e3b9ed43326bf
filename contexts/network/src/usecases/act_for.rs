//! A person of several structures or coordinations says for which they act from now on.

use kernel::{CoordinationId, Cx, Failure, Never, StructureId};
use store::Db;

/// Remembers the choice.
///
/// # Errors
/// Forbidden where the person does not belong to the structure, or the structure does not take part.
pub async fn run(
    cx: &Cx,
    db: &Db,
    structure: StructureId,
    coordination: Option<CoordinationId>,
) -> Result<(), Failure<Never>> {
    let seated = coordination.is_none_or(|coordination| {
        cx.viewer
            .memberships
            .iter()
            .any(|seat| seat.structure == structure && seat.coordination == coordination)
    });
    if !cx.viewer.belongs_to(structure) || !seated {
        return Err(Failure::Forbidden);
    }
    let mut tx = db.write().await?;
    accounts::sessions::choose(&mut tx, cx, Some(structure), coordination).await?;
    tx.commit().await?;
    Ok(())
}
