//! A structure's identity changes: name, kind, sector, network, numbers, accreditation. Always part of another act
//! (the edit of its card), which holds the version.

use kernel::text::fold;
use kernel::{Cx, Failure, StructureId};
use store::Tx;

use crate::usecases::acting_for;
use crate::usecases::register_structure::{RegisterRefused, RegisterStructure, check};
use crate::{CardState, queries};

/// Writes the identity. Whoever may write for the structure stands by the card, so a spotted, contacted or
/// to-be-reviewed one becomes valid.
///
/// # Errors
/// [`RegisterRefused`]; not found in the bin; forbidden to others than its people and facilitators on its behalf.
pub async fn within(
    cx: &Cx,
    tx: &mut Tx,
    structure: StructureId,
    identity: &RegisterStructure,
) -> Result<(), Failure<RegisterRefused>> {
    acting_for(cx, tx, structure).await?;
    let checked = check(identity).map_err(Failure::Refused)?;
    let before = queries::structure(tx, structure)
        .await?
        .filter(|structure| structure.binned_at.is_none())
        .ok_or(Failure::NotFound)?;
    if let Some(siret) = &checked.siret
        && let Some(known) = queries::structure_with_siret(tx, siret).await?
        && known != structure
    {
        return Err(Failure::Refused(RegisterRefused::Known(known)));
    }
    let state =
        if before.state.may_become(CardState::Validated) { CardState::Validated } else { before.state };
    tx.query(
        "UPDATE structure SET name = $1, folded_name = $2, kind = $3, sector = $4, head_network = $5, siret = $6,
             rna = $7, accreditation = $8, state = $9, version = version + 1
         WHERE id = $10",
    )
    .bind(checked.name.clone())
    .bind(fold(&checked.name))
    .bind(identity.kind.code())
    .bind(identity.sector.code())
    .bind(checked.head_network)
    .bind(checked.siret)
    .bind(checked.rna)
    .bind(identity.accreditation.code())
    .bind(state.code())
    .bind(structure)
    .run()
    .await?;
    Ok(())
}
