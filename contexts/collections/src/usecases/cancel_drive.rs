//! A drive does not take place.

use audit::Act;
use kernel::{Cx, Failure, Grams};
use serde::Serialize;
use store::{Begin, Db, Tx};

use crate::drive::{DriveId, DriveState, DriveUnfit};
use crate::store::drives as rows;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct CancelDrive {
    /// Which drive.
    pub drive: DriveId,
    /// Why.
    pub reason: Option<String>,
}

/// Cancels a drive.
///
/// # Errors
/// [`DriveUnfit::Over`]; forbidden to whoever does not act for its organiser.
pub async fn run(cx: &Cx, db: &Db, command: CancelDrive) -> Result<(), Failure<DriveUnfit>> {
    let mut tx = match db.begin(cx, "collections.cancel_drive", &command).await? {
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
pub async fn within(cx: &Cx, tx: &mut Tx, command: &CancelDrive) -> Result<(), Failure<DriveUnfit>> {
    let drive = rows::lock(tx, command.drive)
        .await?
        .filter(|drive| cx.viewer.is_machine() || cx.coordination == Some(drive.coordination))
        .ok_or(Failure::NotFound)?;
    let behalf = access::acting(cx, drive.organiser)?;
    drive.may_end().map_err(Failure::Refused)?;
    rows::save_state(tx, drive.id, DriveState::Cancelled, Grams::ZERO).await?;
    let act = Act::new("collections.cancel_drive", "drive", drive.id.uuid())
        .reason(command.reason.clone())
        .on_behalf_of(behalf);
    audit::record(tx, cx, act).await.map_err(Failure::from)
}
