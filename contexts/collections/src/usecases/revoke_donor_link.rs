//! A donor's link is taken back.

use accounts::links;
use audit::Act;
use kernel::{Cx, Failure, Never, StructureId};
use serde::Serialize;
use store::{Begin, Db, Tx};

use super::POST_FOR_DONOR;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct RevokeDonorLink {
    /// Of which donor.
    pub donor: StructureId,
}

/// Takes back every link of a donor and says how many there were.
///
/// # Errors
/// Forbidden to whoever neither acts for the donor nor facilitates.
pub async fn run(cx: &Cx, db: &Db, command: RevokeDonorLink) -> Result<u64, Failure<Never>> {
    let mut tx = match db.begin(cx, "collections.revoke_donor_link", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let revoked = within(cx, &mut tx, &command).await?;
    Ok(tx.done(revoked).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &RevokeDonorLink) -> Result<u64, Failure<Never>> {
    let behalf = network::usecases::acting_for(cx, tx, command.donor).await?;
    let revoked = links::revoke(tx, cx, POST_FOR_DONOR, command.donor.uuid()).await?;
    let act =
        Act::new("collections.revoke_donor_link", "structure", command.donor.uuid()).on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    Ok(revoked)
}
