//! A structure's identity changes: name, kind, sector, network, numbers, accreditation. Always part of another act
//! (the edit of its card), which holds the version.

use kernel::{Cx, Failure, StructureId};
use store::Tx;

use crate::store::structures::update_identity;
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
    update_identity(tx, structure, checked.kept(identity, state)).await?;
    Ok(())
}
