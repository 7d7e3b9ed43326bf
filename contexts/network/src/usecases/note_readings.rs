//! Writes down which structure read whose data, so that the owner can read it (rule 4 of the domain).

use access::Gate;
use store::{Db, Error};

/// Writes a gate's readings; opens no transaction where there are none.
///
/// # Errors
/// When the database cannot be written; the caller then shows nothing rather than showing unnoted.
pub async fn run(db: &Db, gate: Gate) -> Result<(), Error> {
    if !gate.has_readings() {
        return Ok(());
    }
    db.write_together(move |tx| Box::pin(gate.note(tx))).await
}
