//! What has been in the bin for more than 30 days is forgotten for good, with its card and its places; so are
//! spreadsheets that were read and never written.

use chrono::Duration;
use kernel::{Cx, StructureId};
use network::usecases::bin_structure::{self, BIN_DAYS};
use queue::Done;
use store::{Db, Error, Kind, Tx};

/// The job's name.
pub const EMPTY_BIN: &str = "directory.empty_bin";

/// Empties the bin, each structure in a transaction of its own. One that history still names (a slip it signed, a
/// lot it gave) stays in the bin, seen by nobody.
///
/// # Errors
/// When the database cannot be reached; the queue tries again.
pub async fn run(cx: &Cx, db: &Db) -> Done {
    let before = cx.now() - Duration::days(BIN_DAYS);
    let overdue = bin_structure::overdue(&mut db.read().await?, before).await?;
    let mut tx = db.write().await?;
    crate::store::imports::forget_read(&mut tx, before).await?;
    tx.commit().await?;
    for structure in overdue {
        let mut tx = db.write().await?;
        match forget(&mut tx, structure).await {
            Ok(()) => tx.commit().await?,
            Err(error) if error.kind() == Kind::Reference => tx.rollback().await?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

async fn forget(tx: &mut Tx, structure: StructureId) -> Result<(), Error> {
    crate::store::forget_card(tx, structure).await?;
    bin_structure::forget_within(tx, structure).await
}
