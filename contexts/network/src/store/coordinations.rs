//! The writes to coordinations and to the territories they work on.

use ::store::{Error, Json, Tx};
use chrono::{DateTime, Utc};

use crate::{Coordination, Territory};

/// Opens a coordination; its version begins where the table says.
///
/// # Errors
/// [`::store::Kind::Unique`] where another one has its slug.
pub(crate) async fn insert_coordination(
    tx: &mut Tx,
    coordination: Coordination,
    created_at: DateTime<Utc>,
) -> Result<(), Error> {
    tx.query(
        "INSERT INTO coordination (id, territory_id, parent_id, slug, name, full_name, zone, help_phone,
             settings, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(coordination.id)
    .bind(coordination.territory)
    .bind(coordination.parent)
    .bind(coordination.slug)
    .bind(coordination.name)
    .bind(coordination.full_name)
    .bind(coordination.zone.name())
    .bind(coordination.help_phone)
    .bind(Json(coordination.settings))
    .bind(created_at)
    .run()
    .await?;
    Ok(())
}

/// Draws a territory on the tree.
pub(crate) async fn insert_territory(tx: &mut Tx, territory: Territory) -> Result<(), Error> {
    tx.query(
        "INSERT INTO territory (id, parent_id, level, name, code_insee, zone) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(territory.id)
    .bind(territory.parent)
    .bind(territory.level.code())
    .bind(territory.name)
    .bind(territory.code_insee)
    .bind(territory.zone.name())
    .run()
    .await?;
    Ok(())
}
