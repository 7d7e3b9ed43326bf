//! What the machine reads of cards and places, bound by no scope: engines and other rooms' use cases. Pages read
//! through [`seen`].

pub mod seen;
mod verdicts;

pub use verdicts::judge;

use std::collections::{BTreeMap, BTreeSet};

use goods::FamilyCode;
use kernel::geo::Point;
use kernel::{CoordinationId, Grams, SiteId, StructureId};
use network::ids;
use network::many::{AT_ONCE, bind_ids};
use store::{Conn, Error, FromRow, Json};

use crate::import::{Import, ImportId, PastImport};
use crate::store::{CardRow, SiteRow};
use crate::{Card, Receiving, Site};

/// A place by its id, one no longer in use included.
///
/// # Errors
/// When the database cannot be read.
pub async fn site(conn: &mut Conn, id: SiteId) -> Result<Option<Site>, Error> {
    let row: Option<SiteRow> = conn
        .query(
            "SELECT id, structure_id, name, address, postcode, city, latitude, longitude, is_hub, dry_grams,
                 chilled_grams, frozen_grams, dock, door_notes, receiving, state, version
             FROM site WHERE id = $1",
        )
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Site::from))
}

/// The places of a structure that are in use, in the order they were written down.
///
/// # Errors
/// When the database cannot be read.
pub async fn sites_of(conn: &mut Conn, structure: StructureId) -> Result<Vec<Site>, Error> {
    Ok(sites_of_many(conn, &[structure]).await?.remove(&structure).unwrap_or_default())
}

/// The places in use of several structures.
///
/// # Errors
/// When the database cannot be read.
pub async fn sites_of_many(
    conn: &mut Conn,
    structures: &[StructureId],
) -> Result<BTreeMap<StructureId, Vec<Site>>, Error> {
    let mut sites: BTreeMap<StructureId, Vec<Site>> = BTreeMap::new();
    for chunk in structures.chunks(AT_ONCE) {
        let query = conn.query(concat!(
            "SELECT id, structure_id, name, address, postcode, city, latitude, longitude, is_hub, dry_grams,
                 chilled_grams, frozen_grams, dock, door_notes, receiving, state, version
             FROM site WHERE state = 'open' AND structure_id IN ",
            ids!(),
            " ORDER BY structure_id, id"
        ));
        let rows: Vec<SiteRow> = bind_ids(query, chunk).all().await?;
        for site in rows.into_iter().map(Site::from) {
            sites.entry(site.structure).or_default().push(site);
        }
    }
    Ok(sites)
}

/// The places that hold a coordination's common stock: hubs in use of structures that take part in it.
///
/// # Errors
/// When the database cannot be read.
pub async fn hub_sites(conn: &mut Conn, coordination: CoordinationId) -> Result<Vec<Site>, Error> {
    let rows: Vec<SiteRow> = conn
        .query(
            "SELECT id, structure_id, name, address, postcode, city, latitude, longitude, is_hub, dry_grams,
                 chilled_grams, frozen_grams, dock, door_notes, receiving, state, version
             FROM site WHERE is_hub AND state = 'open' ORDER BY name, id LIMIT 1000",
        )
        .all()
        .await?;
    let sites: Vec<Site> = rows.into_iter().map(Site::from).collect();
    // The hubs are few, the members many: each page that shows stock or offers comes here.
    let keepers: Vec<StructureId> =
        sites.iter().map(|site| site.structure).collect::<BTreeSet<_>>().into_iter().collect();
    let members = network::queries::members_among(conn, coordination, &keepers).await?;
    Ok(sites.into_iter().filter(|site| members.contains(&site.structure)).collect())
}

/// Where some places are: those in use whose point is known.
///
/// # Errors
/// When the database cannot be read.
pub async fn points(conn: &mut Conn, sites: &[SiteId]) -> Result<BTreeMap<SiteId, Point>, Error> {
    let mut points = BTreeMap::new();
    for chunk in sites.chunks(AT_ONCE) {
        let query = conn.query(concat!(
            "SELECT id, latitude, longitude FROM site
             WHERE state = 'open' AND latitude IS NOT NULL AND longitude IS NOT NULL AND id IN ",
            ids!()
        ));
        let rows: Vec<(SiteId, f64, f64)> = bind_ids(query, chunk).all().await?;
        points.extend(rows.into_iter().map(|(id, latitude, longitude)| (id, Point { latitude, longitude })));
    }
    Ok(points)
}

/// A structure's card; a blank one where nothing has been written.
///
/// # Errors
/// When the database cannot be read.
pub async fn card(conn: &mut Conn, structure: StructureId) -> Result<Card, Error> {
    crate::store::card(conn, structure).await
}

/// The cards of several structures; those that have none are absent.
///
/// # Errors
/// When the database cannot be read.
pub async fn cards(
    conn: &mut Conn,
    structures: &[StructureId],
) -> Result<BTreeMap<StructureId, Card>, Error> {
    let mut cards = BTreeMap::new();
    for chunk in structures.chunks(AT_ONCE) {
        let query = conn.query(concat!(
            "SELECT structure_id, description, website, contact_name, contact_email, contact_phone,
                 households_served, persons_served, families_wanted, families_excluded, confirmed_at, version
             FROM structure_card WHERE structure_id IN ",
            ids!()
        ));
        let rows: Vec<CardRow> = bind_ids(query, chunk).all().await?;
        cards.extend(rows.into_iter().map(|row| (row.structure_id, Card::from(row))));
    }
    Ok(cards)
}

/// What an engine needs to know of a structure: whom it serves, what it wants, what its places hold together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// Persons served in an ordinary week.
    pub persons_served: Option<i64>,
    /// Households served in an ordinary week.
    pub households_served: Option<i64>,
    /// Families it is glad of; none says any.
    pub families_wanted: Vec<FamilyCode>,
    /// Families it cannot take.
    pub families_excluded: Vec<FamilyCode>,
    /// How much its places keep dry, together.
    pub dry: Grams,
    /// How much its places keep chilled, together.
    pub chilled: Grams,
    /// How much its places keep frozen, together.
    pub frozen: Grams,
    /// Where its first place is, where known.
    pub point: Option<Point>,
    /// When its first place takes deliveries.
    pub receiving: Receiving,
}

/// The profiles of structures, one for each, blank where nothing is known.
///
/// # Errors
/// When the database cannot be read.
pub async fn profiles(
    conn: &mut Conn,
    structures: &[StructureId],
) -> Result<BTreeMap<StructureId, Profile>, Error> {
    let mut cards = cards(conn, structures).await?;
    let mut profiles: BTreeMap<StructureId, Profile> = structures
        .iter()
        .map(|structure| {
            let mut profile = Profile::default();
            if let Some(card) = cards.remove(structure) {
                profile.persons_served = card.served.persons;
                profile.households_served = card.served.households;
                profile.families_wanted = card.wishes.wanted;
                profile.families_excluded = card.wishes.excluded;
            }
            (*structure, profile)
        })
        .collect();
    for chunk in structures.chunks(AT_ONCE) {
        let query = conn.query(concat!(
            "SELECT structure_id, latitude, longitude, dry_grams, chilled_grams, frozen_grams, receiving
             FROM site WHERE state = 'open' AND structure_id IN ",
            ids!(),
            " ORDER BY structure_id, id"
        ));
        let rows: Vec<PlaceRow> = bind_ids(query, chunk).all().await?;
        let mut last = None;
        for row in rows {
            let is_first = last.replace(row.structure_id) != Some(row.structure_id);
            if let Some(profile) = profiles.get_mut(&row.structure_id) {
                row.add_to(profile, is_first);
            }
        }
    }
    Ok(profiles)
}

/// What of a place counts for its structure's profile.
#[derive(FromRow)]
struct PlaceRow {
    structure_id: StructureId,
    latitude: Option<f64>,
    longitude: Option<f64>,
    dry_grams: Grams,
    chilled_grams: Grams,
    frozen_grams: Grams,
    receiving: Json<Receiving>,
}

impl PlaceRow {
    fn add_to(self, profile: &mut Profile, is_first: bool) {
        profile.dry += self.dry_grams;
        profile.chilled += self.chilled_grams;
        profile.frozen += self.frozen_grams;
        let point = self.latitude.zip(self.longitude);
        profile.point = profile.point.or(point.map(|(latitude, longitude)| Point { latitude, longitude }));
        if is_first {
            profile.receiving = self.receiving.0;
        }
    }
}

/// One import.
///
/// # Errors
/// When the database cannot be read.
pub async fn import(conn: &mut Conn, id: ImportId) -> Result<Option<Import>, Error> {
    crate::store::imports::import(conn, id).await
}

/// The imports of a coordination, latest first, 20 at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn past_imports(conn: &mut Conn, coordination: CoordinationId) -> Result<Vec<PastImport>, Error> {
    crate::store::imports::past(conn, coordination).await
}
