//! Gathers and freezes what a run knows.

use std::collections::{BTreeMap, BTreeSet};

use ::store::Conn;
use chrono::{Duration, NaiveDate};
use directory::queries::Profile;
use kernel::{CoordinationId, Cx, Failure, Grams, StructureId};
use requests::queries::OpenLine;

use super::{HORIZON, Refused};
use crate::inputs::{FrozenLine, FrozenLot, FrozenStructure, Inputs, PersonsFrom, need_of_a_day};
use crate::memory::{self, Past};
use crate::problem::storage;
use crate::rule::Rule;
use crate::store as rows;

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
    let lots = lots(conn, coordination, day).await?;
    let open = requests::queries::open_lines(conn, coordination, day + HORIZON).await?;
    let lines = lines(&open, &promised);
    let ids: Vec<StructureId> =
        lines.iter().map(|line| line.structure).collect::<BTreeSet<_>>().into_iter().collect();
    let profiles = directory::queries::profiles(conn, &ids).await?;
    let hubs = directory::queries::hub_sites(conn, coordination).await?;
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
    for (structure, lot, _, grams) in &promised {
        *owed.entry(*structure).or_default() += *grams;
        if let Some(lot) = stock::queries::lot(conn, *lot).await?
            && let Some(room) = held.entry(*structure).or_default().get_mut(storage(lot.temperature))
        {
            *room += *grams;
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
        let metres =
            hubs.iter().filter_map(|hub| Some((hub.id, hub.point?.distance(profile.point?).0))).collect();
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

/// The common stock that may be given.
async fn lots(
    conn: &mut Conn,
    coordination: CoordinationId,
    day: NaiveDate,
) -> Result<Vec<FrozenLot>, ::store::Error> {
    let mut refused_by: BTreeMap<stock::LotId, Vec<StructureId>> = BTreeMap::new();
    for (lot, structure) in rows::refusals(conn, coordination).await? {
        refused_by.entry(lot).or_default().push(structure);
    }
    let available = stock::queries::available(conn, coordination).await?;
    Ok(available
        .into_iter()
        .filter(|lot| !lot.is_expired(day))
        .map(|lot| FrozenLot {
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
        .collect())
}

/// What requests still want, what is promised to them taken off.
fn lines(
    open: &[OpenLine],
    promised: &[(StructureId, stock::LotId, Option<requests::RequestLineId>, Grams)],
) -> Vec<FrozenLine> {
    let mut taken: BTreeMap<requests::RequestLineId, Grams> = BTreeMap::new();
    for (_, _, line, grams) in promised {
        if let Some(line) = line {
            *taken.entry(*line).or_default() += *grams;
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
