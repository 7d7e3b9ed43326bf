//! Finds or opens the zone of a structure at one temperature, at a site or at the structure at large.

use goods::TemperatureClass;
use kernel::{CoordinationId, Cx, Failure, Never, SiteId, StructureId};
use store::Tx;

use crate::{Place, PlaceId, PlaceKind, store as rows};

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
    let new = Place {
        id: PlaceId::new(cx),
        coordination,
        structure: Some(structure),
        site,
        kind: PlaceKind::Zone,
        temperature: Some(temperature),
        closed: false,
    };
    rows::open_place(tx, &new).await?;
    Ok(rows::zone(tx, coordination, structure, site, temperature).await?)
}
