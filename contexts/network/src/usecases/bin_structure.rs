//! A structure that was written down by mistake goes to the bin, from which it comes back for 30 days.

use audit::Act;
use chrono::{DateTime, Duration, Utc};
use kernel::{Cx, Failure, StructureId};
use serde::Serialize;
use store::{Begin, Conn, Db, Error, Tx};

use crate::queries;
use crate::store::structures;
use crate::usecases::acting_for;

/// How long the bin keeps what is in it.
pub const BIN_DAYS: i64 = 30;

/// What is asked.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct BinStructure {
    /// The structure.
    pub structure: StructureId,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinRefused {
    /// It has people of its own: it is for its lead to leave, not for others to take away.
    HasPeople,
    /// It has been in the bin for more than 30 days.
    TooLate,
}

/// Puts the structure in the bin.
///
/// # Errors
/// [`BinRefused`]; not found where it is there already; forbidden to others than its leads and facilitators.
pub async fn run(cx: &Cx, db: &Db, command: BinStructure) -> Result<(), Failure<BinRefused>> {
    let mut tx = match db.begin(cx, "network.bin_structure", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    within(cx, &mut tx, &command).await?;
    Ok(tx.done(()).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &BinStructure) -> Result<(), Failure<BinRefused>> {
    let behalf = acting_for(cx, tx, command.structure).await?;
    let people = queries::people_of(tx, command.structure, &[]).await?;
    let own = cx.viewer.leads(command.structure) && people.len() == 1;
    if !people.is_empty() && !own {
        return Err(Failure::Refused(BinRefused::HasPeople));
    }
    if !structures::put_in_bin(tx, command.structure, cx.now()).await? {
        return Err(Failure::NotFound);
    }
    let act = Act::new("network.bin_structure", "structure", command.structure.uuid()).on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    Ok(())
}

/// Takes the structure back out of the bin.
///
/// # Errors
/// [`BinRefused::TooLate`]; not found where it is not in the bin; forbidden as above.
pub async fn undo(cx: &Cx, db: &Db, command: BinStructure) -> Result<(), Failure<BinRefused>> {
    let mut tx = match db.begin(cx, "network.bin_structure.undo", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    undo_within(cx, &mut tx, &command).await?;
    Ok(tx.done(()).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`undo`].
pub async fn undo_within(cx: &Cx, tx: &mut Tx, command: &BinStructure) -> Result<(), Failure<BinRefused>> {
    // A structure in the bin is in nobody’s list any more, so the rows say who leads it.
    let leads = queries::leads_by_rows(tx, cx, command.structure).await?;
    if !leads {
        acting_for(cx, tx, command.structure).await?;
    }
    let structure = queries::structure(tx, command.structure).await?.ok_or(Failure::NotFound)?;
    let since = structure.binned_at.ok_or(Failure::NotFound)?;
    if cx.now() - since > Duration::days(BIN_DAYS) {
        return Err(Failure::Refused(BinRefused::TooLate));
    }
    structures::take_from_bin(tx, command.structure).await?;
    let act = Act::new("network.bin_structure.undo", "structure", command.structure.uuid());
    audit::record(tx, cx, act).await?;
    Ok(())
}

/// The structures that have been in the bin since before `before`, 200 at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn overdue(conn: &mut Conn, before: DateTime<Utc>) -> Result<Vec<StructureId>, Error> {
    structures::binned_before(conn, before).await
}

/// Forgets a structure for good. What history still names it keeps it: the engine refuses, and it stays in the bin.
///
/// # Errors
/// [`store::Kind::Reference`] where other rows name it; the caller then forgets the transaction.
pub async fn forget_within(tx: &mut Tx, structure: StructureId) -> Result<(), Error> {
    structures::delete_structure(tx, structure).await
}
