//! Places, each opened once.

use goods::TemperatureClass;
use kernel::{CoordinationId, SiteId, StructureId};
use store::{Conn, Error, FromRow, Tx};

use crate::{Place, PlaceId, PlaceKind};

#[derive(FromRow)]
pub(crate) struct PlaceRow {
    id: PlaceId,
    coordination_id: CoordinationId,
    structure_id: Option<StructureId>,
    site_id: Option<SiteId>,
    #[sqlx(try_from = "String")]
    kind: PlaceKind,
    temperature_class: Option<String>,
    closed: bool,
}

impl From<PlaceRow> for Place {
    fn from(row: PlaceRow) -> Self {
        Self {
            id: row.id,
            coordination: row.coordination_id,
            structure: row.structure_id,
            site: row.site_id,
            kind: row.kind,
            temperature: row.temperature_class.as_deref().and_then(TemperatureClass::from_code),
            closed: row.closed,
        }
    }
}

pub(crate) async fn place(conn: &mut Conn, place: PlaceId) -> Result<Option<Place>, Error> {
    let row: Option<PlaceRow> = conn
        .query(
            "SELECT id, coordination_id, structure_id, site_id, kind, temperature_class, closed FROM place WHERE id = $1",
        )
        .bind(place)
        .optional()
        .await?;
    Ok(row.map(Place::from))
}

/// Opens a place; nothing happens where that zone or outside is there already.
pub(crate) async fn open_place(tx: &mut Tx, new: &Place) -> Result<(), Error> {
    tx.query(
        "INSERT INTO place (id, coordination_id, structure_id, site_id, kind, name, temperature_class, outside)
         VALUES ($1, $2, $3, $4, $5, '', $6, $7) ON CONFLICT DO NOTHING",
    )
    .bind(new.id)
    .bind(new.coordination)
    .bind(new.structure)
    .bind(new.site)
    .bind(new.kind.code())
    .bind(new.temperature.map(TemperatureClass::code))
    .bind(new.kind.is_outside())
    .run()
    .await?;
    Ok(())
}

/// The zone of a holder at a temperature, at a site or at large.
pub(crate) async fn zone(
    conn: &mut Conn,
    coordination: CoordinationId,
    structure: StructureId,
    site: Option<SiteId>,
    temperature: TemperatureClass,
) -> Result<PlaceId, Error> {
    conn.query(
        "SELECT id FROM place WHERE coordination_id = $1 AND structure_id = $2
             AND COALESCE(site_id, structure_id) = COALESCE($3, structure_id)
             AND temperature_class = $4 AND kind = 'zone'",
    )
    .bind(coordination)
    .bind(structure)
    .bind(site)
    .bind(temperature.code())
    .value()
    .await
}

/// The outside place of a kind, where it has been opened.
pub(crate) async fn outside(
    conn: &mut Conn,
    coordination: CoordinationId,
    kind: PlaceKind,
) -> Result<Option<PlaceId>, Error> {
    let row: Option<(PlaceId,)> = conn
        .query("SELECT id FROM place WHERE coordination_id = $1 AND kind = $2 AND outside")
        .bind(coordination)
        .bind(kind.code())
        .optional()
        .await?;
    Ok(row.map(|(place,)| place))
}
