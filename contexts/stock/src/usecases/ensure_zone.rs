//! Finds or opens the zone of a structure at one temperature, at a site or at the structure at large.

use goods::TemperatureClass;
use kernel::{CoordinationId, Cx, Failure, Never, SiteId, StructureId};
use store::Tx;

use crate::{PlaceId, PlaceKind};

/// The zone; opened when there is none. The act that needs a zone authorises.
///
/// # Errors
/// When the database cannot be written.
pub async fn within(
    cx: &Cx,
    tx: &mut Tx,
    coordination: CoordinationId,
    structure: StructureId,
    site: Option<SiteId>,
    temperature: TemperatureClass,
) -> Result<PlaceId, Failure<Never>> {
    // Written first: two acts that open the same zone at the same instant then find the same row.
    tx.query(
        "INSERT INTO place (id, coordination_id, structure_id, site_id, kind, name, temperature_class, outside)
         VALUES ($1, $2, $3, $4, $5, '', $6, FALSE) ON CONFLICT DO NOTHING",
    )
    .bind(PlaceId::new(cx))
    .bind(coordination)
    .bind(structure)
    .bind(site)
    .bind(PlaceKind::Zone.code())
    .bind(temperature.code())
    .run()
    .await?;
    let (place,): (PlaceId,) = tx
        .query(
            "SELECT id FROM place WHERE coordination_id = $1 AND structure_id = $2
                 AND COALESCE(site_id, structure_id) = COALESCE($3, structure_id)
                 AND temperature_class = $4 AND kind = 'zone'",
        )
        .bind(coordination)
        .bind(structure)
        .bind(site)
        .bind(temperature.code())
        .one()
        .await?;
    Ok(place)
}
