//! Rows of this context as they are read, and the writes its use cases share.

pub(crate) mod imports;

use ::store::{Conn, Error, FromRow, Json, Tx};
use chrono::{DateTime, Utc};
use goods::FamilyCode;
use kernel::geo::Point;
use kernel::{Grams, SiteId, StructureId};

use crate::{Card, Contact, Receiving, Served, Site, Wishes};

#[derive(FromRow)]
pub(crate) struct CardRow {
    pub structure_id: StructureId,
    pub description: String,
    pub website: Option<String>,
    pub contact_name: Option<String>,
    pub contact_email: Option<String>,
    pub contact_phone: Option<String>,
    pub households_served: Option<i64>,
    pub persons_served: Option<i64>,
    pub families_wanted: Json<Vec<FamilyCode>>,
    pub families_excluded: Json<Vec<FamilyCode>>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub version: i64,
}

impl From<CardRow> for Card {
    fn from(row: CardRow) -> Self {
        Self {
            structure: row.structure_id,
            description: row.description,
            website: row.website,
            contact: Contact { name: row.contact_name, email: row.contact_email, phone: row.contact_phone },
            served: Served { households: row.households_served, persons: row.persons_served },
            wishes: Wishes { wanted: row.families_wanted.0, excluded: row.families_excluded.0 },
            confirmed_at: row.confirmed_at,
            version: row.version,
        }
    }
}

#[derive(FromRow)]
pub(crate) struct SiteRow {
    pub id: SiteId,
    pub structure_id: StructureId,
    pub name: String,
    pub address: String,
    pub postcode: String,
    pub city: String,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub is_hub: bool,
    pub dry_grams: Grams,
    pub chilled_grams: Grams,
    pub frozen_grams: Grams,
    pub dock: bool,
    pub door_notes: String,
    pub receiving: Json<Receiving>,
    pub state: String,
    pub version: i64,
}

impl From<SiteRow> for Site {
    fn from(row: SiteRow) -> Self {
        Self {
            id: row.id,
            structure: row.structure_id,
            name: row.name,
            address: row.address,
            postcode: row.postcode,
            city: row.city,
            point: row.latitude.zip(row.longitude).map(|(latitude, longitude)| Point { latitude, longitude }),
            is_hub: row.is_hub,
            dry: row.dry_grams,
            chilled: row.chilled_grams,
            frozen: row.frozen_grams,
            dock: row.dock,
            door_notes: row.door_notes,
            receiving: row.receiving.0,
            is_open: row.state == "open",
            version: row.version,
        }
    }
}

/// A structure's card; a blank one where nothing has been written.
pub(crate) async fn card(conn: &mut Conn, structure: StructureId) -> Result<Card, Error> {
    let row: Option<CardRow> = conn
        .query(
            "SELECT structure_id, description, website, contact_name, contact_email, contact_phone,
                 households_served, persons_served, families_wanted, families_excluded, confirmed_at, version
             FROM structure_card WHERE structure_id = $1",
        )
        .bind(structure)
        .optional()
        .await?;
    Ok(row.map_or_else(|| Card::blank(structure), Card::from))
}

/// Writes a card over the one of `card.version` (0 writes the first); `false` where somebody else was faster.
pub(crate) async fn save_card(tx: &mut Tx, card: &Card) -> Result<bool, Error> {
    let query = if card.version == 0 {
        tx.query(
            "INSERT INTO structure_card (description, website, contact_name, contact_email, contact_phone,
                 households_served, persons_served, families_wanted, families_excluded, confirmed_at, structure_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (structure_id) DO NOTHING",
        )
    } else {
        tx.query(
            "UPDATE structure_card SET description = $1, website = $2, contact_name = $3, contact_email = $4,
                 contact_phone = $5, households_served = $6, persons_served = $7, families_wanted = $8,
                 families_excluded = $9, confirmed_at = $10, version = version + 1
             WHERE structure_id = $11 AND version = $12",
        )
    };
    let mut query = query
        .bind(card.description.clone())
        .bind(card.website.clone())
        .bind(card.contact.name.clone())
        .bind(card.contact.email.clone())
        .bind(card.contact.phone.clone())
        .bind(card.served.households)
        .bind(card.served.persons)
        .bind(Json(card.wishes.wanted.clone()))
        .bind(Json(card.wishes.excluded.clone()))
        .bind(card.confirmed_at)
        .bind(card.structure);
    if card.version != 0 {
        query = query.bind(card.version);
    }
    Ok(query.run().await? == 1)
}

/// Writes a new place.
pub(crate) async fn insert_site(tx: &mut Tx, site: &Site) -> Result<(), Error> {
    tx.query(
        "INSERT INTO site (name, address, postcode, city, latitude, longitude, is_hub, dry_grams, chilled_grams,
             frozen_grams, dock, door_notes, receiving, state, id, structure_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    )
    .bind(site.name.clone())
    .bind(site.address.clone())
    .bind(site.postcode.clone())
    .bind(site.city.clone())
    .bind(site.point.map(|point| point.latitude))
    .bind(site.point.map(|point| point.longitude))
    .bind(site.is_hub)
    .bind(site.dry)
    .bind(site.chilled)
    .bind(site.frozen)
    .bind(site.dock)
    .bind(site.door_notes.clone())
    .bind(Json(site.receiving.clone()))
    .bind(if site.is_open { "open" } else { "closed" })
    .bind(site.id)
    .bind(site.structure)
    .run()
    .await?;
    Ok(())
}

/// Writes a place over the one of `site.version`; `false` where somebody else was faster.
pub(crate) async fn update_site(tx: &mut Tx, site: &Site) -> Result<bool, Error> {
    let touched = tx
        .query(
            "UPDATE site SET name = $1, address = $2, postcode = $3, city = $4, latitude = $5, longitude = $6,
                 is_hub = $7, dry_grams = $8, chilled_grams = $9, frozen_grams = $10, dock = $11, door_notes = $12,
                 receiving = $13, state = $14, version = version + 1
             WHERE id = $15 AND version = $16",
        )
        .bind(site.name.clone())
        .bind(site.address.clone())
        .bind(site.postcode.clone())
        .bind(site.city.clone())
        .bind(site.point.map(|point| point.latitude))
        .bind(site.point.map(|point| point.longitude))
        .bind(site.is_hub)
        .bind(site.dry)
        .bind(site.chilled)
        .bind(site.frozen)
        .bind(site.dock)
        .bind(site.door_notes.clone())
        .bind(Json(site.receiving.clone()))
        .bind(if site.is_open { "open" } else { "closed" })
        .bind(site.id)
        .bind(site.version)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Forgets a structure's card and places for good; history that names a place makes the engine refuse.
pub(crate) async fn forget_card(tx: &mut Tx, structure: StructureId) -> Result<(), Error> {
    tx.query("DELETE FROM site WHERE structure_id = $1").bind(structure).run().await?;
    tx.query("DELETE FROM structure_card WHERE structure_id = $1").bind(structure).run().await?;
    Ok(())
}
