//! Gathers and freezes what a run knows.

use std::collections::{BTreeMap, BTreeSet};

use ::store::Conn;
use chrono::{Duration, NaiveDate};
use collections::Collection;
use directory::queries::Profile;
use goods::DateGate;
use kernel::uuid::Uuid;
use kernel::{CoordinationId, Cx, Failure, Grams, SiteId, StructureId, time};
use requests::queries::OpenLine;

use super::{FETCHED_WITHIN, HORIZON, Refused};
use crate::inputs::{
    FrozenLine, FrozenLot, FrozenOffer, FrozenStructure, Inputs, PersonsFrom, need_of_a_day,
};
use crate::memory::{self, Past};
use crate::problem::storage;
use crate::rule::Rule;
use crate::store::{self as rows, Promised};

/// After so many half-lives a day counts for less than a thousandth, and is no longer read.
const HALF_LIVES_READ: i64 = 10;
/// Persons counted for where neither a structure nor anybody else in the run says how many it serves.
const PERSONS_UNKNOWN: i64 = 50;

/// Everything a run needs, read in one snapshot.
pub(super) async fn inputs(
    cx: &Cx,
    conn: &mut Conn,
    coordination: CoordinationId,
) -> Result<Inputs, Failure<Refused>> {
    let day = cx.today();
    let rule = rule_of(conn, coordination, day).await?;
    let families = goods::queries::families(conn, coordination).await?;
    let norm_per_person =
        families.iter().filter(|family| family.active).map(|family| family.norm_grams.0).sum();
    let promised = rows::promised(conn, coordination).await?;
    let lots = lots(cx, conn, coordination, day).await?;
    let open = requests::queries::open_lines(conn, coordination, day + HORIZON).await?;
    let lines = lines(&open, &promised);
    let ids: Vec<StructureId> =
        lines.iter().map(|line| line.structure).collect::<BTreeSet<_>>().into_iter().collect();
    let profiles = directory::queries::profiles(conn, &ids).await?;
    let places = places(conn, coordination, &lots).await?;
    let sectors: BTreeMap<StructureId, network::Sector> = network::queries::members(conn, coordination)
        .await?
        .into_iter()
        .map(|member| (member.structure, member.sector))
        .collect();
    let since = day - Duration::days(rule.half_life_days * HALF_LIVES_READ);
    let days = rows::days(conn, coordination, since).await?;
    let pasts = memory::remember(&days, day, rule.half_life_days);
    let persons = persons(&ids, &profiles, &open);
    let mut held: BTreeMap<StructureId, [Grams; 3]> = BTreeMap::new();
    let mut owed: BTreeMap<StructureId, Grams> = BTreeMap::new();
    for part in &promised {
        *owed.entry(part.structure_id).or_default() += part.grams;
        if let Some(class) = temperature_of(conn, part).await?
            && let Some(room) = held.entry(part.structure_id).or_default().get_mut(storage(class))
        {
            *room += part.grams;
        }
    }
    let mut structures = Vec::with_capacity(ids.len());
    for id in &ids {
        let profile = profiles.get(id).cloned().unwrap_or_default();
        let (persons, persons_from) =
            persons.get(id).copied().unwrap_or((PERSONS_UNKNOWN, PersonsFrom::Middle));
        let weight_permille =
            sectors.get(id).map_or(crate::rule::PLAIN_WEIGHT, |sector| rule.weights.of(*sector));
        let taken = held.get(id).copied().unwrap_or_default();
        let rooms = [profile.dry, profile.chilled, profile.frozen];
        let mut room = [Grams::ZERO; 3];
        for ((room, whole), taken) in room.iter_mut().zip(rooms).zip(taken) {
            *room = Grams((whole - taken).0.max(0));
        }
        let metres = places
            .iter()
            .filter_map(|(site, point)| Some((*site, point.distance(profile.point?).0)))
            .collect();
        structures.push(FrozenStructure {
            structure: *id,
            persons,
            persons_from,
            weight_permille,
            need_of_a_day: need_of_a_day(persons, norm_per_person, weight_permille),
            past: pasts.get(id).copied().unwrap_or_default(),
            is_new: !pasts.contains_key(id),
            promised: owed.get(id).copied().unwrap_or_default(),
            room,
            opens_on: opens_on(&profile, cx.civil_now()),
            excluded: profile.families_excluded,
            metres,
        });
    }
    start_the_new(&mut structures);
    Ok(Inputs { day, rule, norm_per_person, lots, structures, lines })
}

/// The rule in force on a day.
pub(crate) async fn rule_of(
    conn: &mut Conn,
    coordination: CoordinationId,
    day: NaiveDate,
) -> Result<Rule, ::store::Error> {
    let rules = rows::rules(conn, coordination).await?;
    Ok(rules.into_iter().find(|rule| rule.starts_on <= day).unwrap_or_else(Rule::initial))
}

/// Where goods lie: the hubs, and the donors' places of the offers.
async fn places(
    conn: &mut Conn,
    coordination: CoordinationId,
    lots: &[FrozenLot],
) -> Result<BTreeMap<SiteId, kernel::geo::Point>, ::store::Error> {
    let hubs = directory::queries::hub_sites(conn, coordination).await?;
    let mut places: BTreeMap<SiteId, kernel::geo::Point> =
        hubs.into_iter().filter_map(|hub| Some((hub.id, hub.point?))).collect();
    for site in lots.iter().filter(|lot| lot.offer.is_some()).filter_map(|lot| lot.site) {
        if let Some(point) = directory::queries::site(conn, site).await?.and_then(|site| site.point) {
            places.insert(site, point);
        }
    }
    Ok(places)
}

/// How cold something promised is kept.
async fn temperature_of(
    conn: &mut Conn,
    part: &Promised,
) -> Result<Option<goods::TemperatureClass>, ::store::Error> {
    if let Some(lot) = part.lot_id {
        return Ok(stock::queries::lot(conn, lot).await?.map(|lot| lot.temperature));
    }
    match part.collection_id {
        Some(offer) => {
            Ok(collections::queries::collection(conn, offer).await?.map(|offer| offer.temperature))
        }
        None => Ok(None),
    }
}

/// What may be given: the common stock, then the offers of the board that can wait.
async fn lots(
    cx: &Cx,
    conn: &mut Conn,
    coordination: CoordinationId,
    day: NaiveDate,
) -> Result<Vec<FrozenLot>, ::store::Error> {
    let mut refused_by: BTreeMap<stock::LotId, Vec<StructureId>> = BTreeMap::new();
    for (lot, structure) in rows::refusals(conn, coordination).await? {
        refused_by.entry(lot).or_default().push(structure);
    }
    let available = stock::queries::available(conn, coordination).await?;
    let mut lots: Vec<FrozenLot> = available
        .into_iter()
        .filter(|lot| !lot.is_expired(day))
        .map(|lot| FrozenLot {
            offer: None,
            refused_by: refused_by.remove(&lot.lot).unwrap_or_default(),
            lot: lot.lot,
            place: lot.place,
            holder: lot.holder,
            site: lot.site,
            reference: lot.reference,
            product: lot.product,
            family: lot.family,
            temperature: lot.temperature,
            date_kind: lot.date_kind,
            date: lot.date,
            free: lot.free,
            crate_grams: lot.crate_grams,
            estimated: lot.estimated,
        })
        .collect();
    for mut offer in
        collections::queries::to_share(conn, coordination, cx.now(), cx.now() + FETCHED_WITHIN).await?
    {
        if may_be_given(cx, &offer) {
            if let Some(site) = offer.site.filter(|_| offer.pickup_address.is_empty()) {
                let site = directory::queries::site(conn, site).await?;
                offer.pickup_address = site.map(|site| crate::address_of(&site)).unwrap_or_default();
            }
            let refused_by = refused_by.remove(&rows::as_lot(offer.id)).unwrap_or_default();
            lots.push(of_the_board(cx, offer, refused_by));
        }
    }
    Ok(lots)
}

/// The legal gate of a donation: never past its DLC, and with fewer than 48 hours left only where the donor has said how
/// it will be handed out in time.
fn may_be_given(cx: &Cx, offer: &Collection) -> bool {
    match goods::dates::gate(offer.date_kind, offer.date, cx.civil_now()) {
        DateGate::Never => false,
        DateGate::AsksReason { .. } => offer.short_date_reason.is_some(),
        _ => true,
    }
}

/// An offer as the run knows it: a lot that still lies at its donor's.
fn of_the_board(cx: &Cx, offer: Collection, refused_by: Vec<StructureId>) -> FrozenLot {
    FrozenLot {
        lot: rows::as_lot(offer.id),
        place: stock::PlaceId(Uuid::nil()),
        holder: offer.donor,
        site: offer.site,
        free: offer.free(),
        reference: offer.reference,
        product: offer.product,
        family: offer.family,
        temperature: offer.temperature,
        date_kind: offer.date_kind,
        date: offer.date,
        crate_grams: offer.crate_grams,
        estimated: offer.estimated,
        refused_by,
        offer: Some(FrozenOffer {
            collection: offer.id,
            address: offer.pickup_address,
            from: offer.pickup_from,
            until: offer.pickup_until,
            last_day: time::civil(offer.pickup_until, cx.zone).date(),
        }),
    }
}

/// What requests still want, what is promised to them taken off.
fn lines(open: &[OpenLine], promised: &[Promised]) -> Vec<FrozenLine> {
    let mut taken: BTreeMap<requests::RequestLineId, Grams> = BTreeMap::new();
    for part in promised {
        if let Some(line) = part.request_line_id {
            *taken.entry(line).or_default() += part.grams;
        }
    }
    open.iter()
        .map(|line| FrozenLine {
            line: line.line,
            structure: line.structure,
            family: line.family.clone(),
            temperature: line.temperature,
            left: line.wanted - line.served - taken.get(&line.line).copied().unwrap_or_default(),
            needed_on: line.needed_on,
        })
        .filter(|line| line.left.is_positive())
        .collect()
}

/// Persons served: of the card, else of the requests (the largest count: several requests are for the same people),
/// else the middle of the others.
fn persons(
    ids: &[StructureId],
    profiles: &BTreeMap<StructureId, Profile>,
    open: &[OpenLine],
) -> BTreeMap<StructureId, (i64, PersonsFrom)> {
    let mut known = BTreeMap::new();
    for id in ids {
        let card = profiles.get(id).and_then(|profile| {
            requests::norms::persons(profile.persons_served, profile.households_served, None)
        });
        let asked = open
            .iter()
            .filter(|line| line.structure == *id)
            .filter_map(|line| requests::norms::persons(line.persons, line.households, None))
            .max();
        let counted = card.map(|persons| (persons, PersonsFrom::Card));
        let counted = counted.or(asked.map(|persons| (persons, PersonsFrom::Request)));
        if let Some((persons, from)) = counted.filter(|(persons, _)| *persons > 0) {
            known.insert(*id, (persons, from));
        }
    }
    let mut counts: Vec<i64> = known.values().map(|(persons, _)| *persons).collect();
    let middle = memory::middle(&mut counts).unwrap_or(PERSONS_UNKNOWN);
    for id in ids {
        known.entry(*id).or_insert((middle, PersonsFrom::Middle));
    }
    known
}

/// The next day on which a structure takes deliveries: today while a window is still open, or where nobody said when.
fn opens_on(profile: &Profile, now: chrono::NaiveDateTime) -> NaiveDate {
    if profile.receiving.is_unknown() {
        return now.date();
    }
    (0..=7)
        .map(|ahead| now.date() + Duration::days(ahead))
        .find(|day| profile.receiving.on(*day).any(|window| *day > now.date() || window.to > now.time()))
        .unwrap_or_else(|| now.date())
}

/// Those of whom nothing is remembered start where the middle one stands.
fn start_the_new(structures: &mut [FrozenStructure]) {
    let known: Vec<(Past, i64)> = structures
        .iter()
        .filter(|structure| !structure.is_new)
        .map(|structure| (structure.past, structure.need_of_a_day.0))
        .collect();
    for structure in structures.iter_mut().filter(|structure| structure.is_new) {
        structure.past = memory::start_of_new(&known, structure.need_of_a_day.0);
    }
}
