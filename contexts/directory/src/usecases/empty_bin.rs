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
    tx.query("DELETE FROM sheet_import WHERE state = 'read' AND created_at < $1").bind(before).run().await?;
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

pub(crate) async fn forget(tx: &mut Tx, structure: StructureId) -> Result<(), Error> {
    tx.query("DELETE FROM site WHERE structure_id = $1").bind(structure).run().await?;
    tx.query("DELETE FROM structure_card WHERE structure_id = $1").bind(structure).run().await?;
    bin_structure::forget_within(tx, structure).await
}
