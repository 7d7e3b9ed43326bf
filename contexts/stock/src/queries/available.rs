//! What the hubs have to give: what the allocation reads.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use goods::{DateKind, FamilyCode, TemperatureClass};
use kernel::{CoordinationId, Grams, SiteId, StructureId};
use store::{Conn, Error};

use super::{OnShelf, ShelfFilter, shelf, zones_of};
use crate::{LotId, LotState, Place, PlaceId};

/// Lots that one coordination's hubs can hold at once; beyond it the list is cut, latest dates first.
const MOST: usize = 20_000;

/// A lot that may be given, at a hub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Available {
    /// The lot.
    pub lot: LotId,
    /// Where it lies.
    pub place: PlaceId,
    /// Who keeps the hub.
    pub holder: StructureId,
    /// The hub.
    pub site: Option<SiteId>,
    /// What it is.
    pub product: String,
    /// Its family.
    pub family: FamilyCode,
    /// How cold it is kept.
    pub temperature: TemperatureClass,
    /// What its date means.
    pub date_kind: DateKind,
    /// Its date.
    pub date: Option<NaiveDate>,
    /// What is neither promised nor gone.
    pub free: Grams,
    /// What a crate of it weighs; zero where it has none.
    pub crate_grams: Grams,
    /// Its number on our papers.
    pub reference: String,
    /// Who gave it.
    pub donor: Option<StructureId>,
    /// Whether its mass was estimated.
    pub estimated: bool,
}

impl Available {
    /// Whether its DLC is past on a civil day: derived, so whoever plans asks with the day in mind.
    #[must_use]
    pub fn is_expired(&self, today: NaiveDate) -> bool {
        goods::dates::is_expired(self.date_kind, self.date, today)
    }
}

/// The zones of a coordination's hubs: its common stock.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn hub_zones(conn: &mut Conn, coordination: CoordinationId) -> Result<Vec<Place>, Error> {
    let mut by_structure: BTreeMap<StructureId, Vec<SiteId>> = BTreeMap::new();
    for site in directory::queries::hub_sites(conn, coordination).await? {
        by_structure.entry(site.structure).or_default().push(site.id);
    }
    let mut zones = Vec::new();
    for (structure, sites) in by_structure {
        let all = zones_of(conn, coordination, structure).await?;
        zones.extend(all.into_iter().filter(|zone| zone.site.is_some_and(|site| sites.contains(&site))));
    }
    Ok(zones)
}

/// What the hubs can give, FEFO: lots that are available and have something free. Lots past their DLC are in the
/// list ([`Available::is_expired`] tells them): what to do with them is a question too, but nobody can reserve them.
///
/// # Errors
/// When the database cannot be read.
pub async fn available(conn: &mut Conn, coordination: CoordinationId) -> Result<Vec<Available>, Error> {
    let zones = hub_zones(conn, coordination).await?;
    let lots = shelf(conn, &zones, &ShelfFilter::default(), None, MOST).await?;
    Ok(lots
        .into_iter()
        .filter(|line| line.state == LotState::Available && line.free().is_positive())
        .filter_map(|line| {
            let zone = zones.iter().find(|zone| zone.id == line.place)?;
            Some(of(line, zone.structure?, zone.site))
        })
        .collect())
}

fn of(line: OnShelf, holder: StructureId, site: Option<SiteId>) -> Available {
    Available {
        free: line.free(),
        lot: line.lot,
        place: line.place,
        holder,
        site,
        product: line.product,
        family: line.family,
        temperature: line.temperature,
        date_kind: line.date_kind,
        date: line.date,
        crate_grams: line.crate_grams,
        reference: line.reference,
        donor: line.donor,
        estimated: line.estimated,
    }
}
