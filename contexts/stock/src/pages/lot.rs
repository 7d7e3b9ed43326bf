//! A lot's page: what it is, where it comes from, what became of it, who holds what, and what can be done.

use std::collections::{BTreeMap, BTreeSet};

use access::Gate;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use goods::labels;
use i18n::Words;
use kernel::{CoordinationId, SiteId, StructureId};
use store::{Conn, Error};
use web::{Answer, Problem, Shell, Visit, page};

use super::ACCENT;
use super::lines::state_label;
use super::sight::Sight;
use super::verb::Verb;
use crate::queries::{self, Holding, Step, Trace};
use crate::{Cause, Lot, LotId, Place, PlaceId, PlaceKind};

/// One event of the lot's life, as shown.
pub(super) struct Event {
    when: String,
    what: String,
    grams: String,
    detail: String,
    reason: String,
    lot: String,
    is_corrected: bool,
    correct_url: String,
}

/// What somebody holds, as shown.
struct Held {
    who: String,
    lot: String,
    place: String,
    grams: String,
    reserved: String,
}

/// A temperature, as shown.
struct Measured {
    when: String,
    what: String,
    celsius: String,
    is_too_warm: bool,
    reason: String,
}

/// A lot that this one came from or became.
struct Kin {
    url: String,
    reference: String,
}

/// Something that can be done.
struct Doable {
    url: String,
    label: String,
    icon: &'static str,
}

#[derive(Template)]
#[template(path = "stock/lot.html")]
struct LotPage {
    shell: Shell,
    words: Words,
    lot: Lot,
    family: String,
    temperature: String,
    date: String,
    date_figures: String,
    since: String,
    days_left: i64,
    donor: String,
    state: String,
    is_expired: bool,
    is_past_best: bool,
    collection: String,
    parents: Vec<Kin>,
    pieces: Vec<Kin>,
    events: Vec<Event>,
    hidden: usize,
    holdings: Vec<Held>,
    measured: Vec<Measured>,
    acts: Vec<Doable>,
    grave: Vec<Doable>,
}

/// What a viewer sees of a lot.
pub(super) struct Seen {
    pub(super) trace: Trace,
    pub(super) steps: Vec<Step>,
    pub(super) holdings: Vec<(Holding, Place)>,
    pub(super) hidden: usize,
    names: BTreeMap<StructureId, String>,
    places: BTreeMap<PlaceId, Place>,
    hubs: BTreeMap<SiteId, String>,
}

/// The lot as far as the viewer may see it: a lot of which they may see nothing is not there.
pub(super) async fn see(
    conn: &mut Conn,
    visit: &Visit,
    gate: &mut Gate,
    coordination: CoordinationId,
    id: LotId,
) -> Result<Seen, Problem> {
    let trace = queries::trace(conn, id).await?.ok_or(Problem::NOT_FOUND)?;
    if trace.lot.coordination != coordination {
        return Err(Problem::NOT_FOUND);
    }
    let sight = Sight::of(conn, &visit.cx, gate, coordination).await?;
    let viewer = &visit.cx.viewer;
    let ids: BTreeSet<PlaceId> = trace
        .steps
        .iter()
        .flat_map(|step| [step.from, step.to])
        .chain(trace.holdings.iter().map(|holding| holding.place_id))
        .collect();
    let places = queries::places(conn, &ids.into_iter().collect::<Vec<_>>()).await?;
    let sees: BTreeMap<PlaceId, bool> =
        places.iter().map(|(id, place)| (*id, sight.sees(gate, place))).collect();
    let seen = |place: &PlaceId| sees.get(place).copied().unwrap_or_default();
    let own = |structure: Option<StructureId>| structure.is_some_and(|structure| sight.is_own(structure));
    // Whoever has a part in a movement reads it whole. To the others, what a structure received or gave on is its own
    // affair: they read movements of which they see both ends. Whoever facilitates shares the common stock out.
    let common = |place: &PlaceId| {
        let site = places.get(place).and_then(|place| place.site);
        viewer.facilitates(coordination) && site.is_some_and(|site| sight.hubs().contains_key(&site))
    };
    let has_part = |step: &Step| {
        [step.structure, step.from_structure, step.to_structure].into_iter().any(own)
            || common(&step.from)
            || common(&step.to)
    };
    let is_closed =
        |place: &PlaceId| !seen(place) && places.get(place).is_some_and(|place| place.structure.is_some());
    let (steps, closed): (Vec<Step>, Vec<Step>) = trace.steps.iter().cloned().partition(|step| {
        has_part(step)
            || ((seen(&step.from) || seen(&step.to)) && !is_closed(&step.from) && !is_closed(&step.to))
    });
    let holdings: Vec<(Holding, Place)> = trace
        .holdings
        .iter()
        .filter(|holding| seen(&holding.place_id))
        .filter_map(|holding| Some((holding.clone(), places.get(&holding.place_id)?.clone())))
        .collect();
    let is_donor = trace.lot.donor.is_some_and(|donor| viewer.belongs_to(donor));
    if steps.is_empty() && holdings.is_empty() && !is_donor {
        return Err(Problem::NOT_FOUND);
    }
    let names = names(conn, gate, &visit.words, &trace, &steps, &holdings, has_part).await?;
    let hubs = sight.hubs().clone();
    Ok(Seen { hidden: closed.len(), trace, steps, holdings, names, places, hubs })
}

/// The names on a lot's page: those on papers of the viewer's own, and the others as far as the gate lets them through.
async fn names(
    conn: &mut Conn,
    gate: &mut Gate,
    words: &Words,
    trace: &Trace,
    steps: &[Step],
    holdings: &[(Holding, Place)],
    has_part: impl Fn(&Step) -> bool,
) -> Result<BTreeMap<StructureId, String>, Error> {
    let sides = |step: &Step| [step.structure, step.from_structure, step.to_structure];
    let mut papers: Vec<StructureId> =
        steps.iter().filter(|step| has_part(step)).flat_map(sides).flatten().collect();
    if steps.iter().any(&has_part) {
        papers.extend(trace.lot.donor);
    }
    let mut others: BTreeSet<StructureId> = steps.iter().flat_map(sides).flatten().collect();
    others.extend(holdings.iter().filter_map(|(_, place)| place.structure));
    others.extend(trace.lot.donor);
    papers.sort_unstable();
    papers.dedup();
    others.retain(|structure| !papers.contains(structure));
    let mut names = network::queries::structure_names(conn, &papers).await?;
    let others: Vec<StructureId> = others.into_iter().collect();
    let seen = network::queries::seen_names(conn, gate, &others).await?;
    names.extend(others.into_iter().map(|structure| (structure, seen.say(words, structure))));
    Ok(names)
}

impl Seen {
    pub(super) fn name(&self, structure: Option<StructureId>) -> String {
        structure.and_then(|structure| self.names.get(&structure).cloned()).unwrap_or_default()
    }

    /// What a zone is called: its hub, or the structure that holds it.
    pub(super) fn place_name(&self, place: &Place) -> String {
        let hub = place.site.and_then(|site| self.hubs.get(&site)).cloned();
        hub.unwrap_or_else(|| self.name(place.structure))
    }
}

pub(super) async fn show(visit: Visit, Path(id): Path<LotId>) -> Answer {
    visit.known()?;
    let coordination = visit.coordination()?;
    let words = &visit.words;
    let mut conn = visit.app.db.read().await?;
    let mut gate = Gate::new(&visit.cx, "page");
    let seen = see(&mut conn, &visit, &mut gate, coordination, id).await?;
    let families = goods::queries::families(&mut conn, coordination).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let lot = seen.trace.lot.clone();
    let kin = |lots: &[Lot]| -> Vec<Kin> {
        lots.iter()
            .map(|lot| Kin { url: format!("/stock/lots/{}", lot.id), reference: lot.reference.clone() })
            .collect()
    };
    let acts_at = |structure: Option<StructureId>| {
        structure.is_some_and(|structure| access::acting::<kernel::Never>(&visit.cx, structure).is_ok())
    };
    let holds =
        seen.holdings.iter().any(|(holding, place)| holding.lot_id == lot.id && acts_at(place.structure));
    let doable = |verbs: &[Verb]| -> Vec<Doable> {
        verbs
            .iter()
            .filter(|verb| holds && verb.fits(lot.state))
            .map(|verb| Doable {
                url: format!("/stock/lots/{}/{}", lot.id, verb.code()),
                label: words.t(verb.label()),
                icon: verb.icon(),
            })
            .collect()
    };
    let template = LotPage {
        shell: visit.shell(ACCENT),
        family: labels::family(&families, &lot.family, words.locale()),
        temperature: labels::temperature(words, lot.temperature),
        date: labels::date(words, lot.date_kind, lot.date),
        date_figures: lot.date.map(|date| words.date_figures(date)).unwrap_or_default(),
        since: words.moment(lot.created_at),
        days_left: labels::days_left(words, lot.date_kind, lot.date),
        donor: seen.name(lot.donor),
        state: state_label(words, lot.state),
        is_expired: lot.is_expired(words.today()),
        is_past_best: lot.date_kind == goods::DateKind::BestBefore
            && lot.date.is_some_and(|date| date < words.today()),
        collection: lot.collection.map(|id| format!("/collectes/{id}")).unwrap_or_default(),
        parents: kin(&seen.trace.upstream),
        pieces: kin(&seen.trace.downstream),
        events: events(words, &seen, acts_at),
        hidden: seen.hidden,
        holdings: seen.holdings.iter().map(|(holding, place)| held(words, &seen, holding, place)).collect(),
        measured: measured(words, &seen.trace),
        acts: doable(&Verb::DAILY),
        grave: doable(&Verb::GRAVE),
        lot,
        words: words.clone(),
    };
    Ok(page(StatusCode::OK, &template))
}

/// The key of the sentence for a cause.
pub(super) fn cause_key(cause: Cause) -> &'static str {
    match cause {
        Cause::Received => "stock-cause-received",
        Cause::Moved => "stock-cause-moved",
        Cause::Split => "stock-cause-split",
        Cause::HandedOver => "stock-cause-handed-over",
        Cause::HandedOut => "stock-cause-handed-out",
        Cause::Wasted => "stock-cause-wasted",
        Cause::Returned => "stock-cause-returned",
        Cause::Counted => "stock-cause-counted",
        Cause::Corrected => "stock-cause-corrected",
        Cause::Withdrawn => "stock-cause-withdrawn",
    }
}

/// The steps as shown; a movement of several entries is corrected from its first.
fn events(words: &Words, seen: &Seen, acts_at: impl Fn(Option<StructureId>) -> bool) -> Vec<Event> {
    let mut last = None;
    let shown = seen.steps.iter().map(|step| {
        let is_first = last.replace(step.movement) != Some(step.movement);
        event(words, seen, step, is_first && acts_at(step.structure))
    });
    shown.collect()
}

fn event(words: &Words, seen: &Seen, step: &Step, acts: bool) -> Event {
    let between_zones = step.cause == Cause::Moved || step.cause == Cause::Corrected;
    let zone = |id: &PlaceId| {
        let class = seen.places.get(id).and_then(|place| place.temperature).filter(|_| between_zones);
        class.map(|class| format!(" ({})", labels::temperature(words, class))).unwrap_or_default()
    };
    let side = |id: PlaceId, kind: PlaceKind, structure| match kind {
        PlaceKind::Zone | PlaceKind::Vehicle => {
            let name =
                seen.places.get(&id).map_or_else(|| seen.name(structure), |place| seen.place_name(place));
            format!("{name}{}", zone(&id))
        }
        PlaceKind::Donor => {
            let donor = seen.name(seen.trace.lot.donor);
            if donor.is_empty() { words.t("stock-place-donor") } else { donor }
        }
        PlaceKind::HandedOut => words.t("stock-place-people"),
        PlaceKind::Waste => words.t("stock-place-waste"),
        PlaceKind::Returned => words.t("stock-place-donor"),
        PlaceKind::Variance => words.t("stock-place-variance"),
        PlaceKind::Resplit => words.t("stock-place-resplit"),
    };
    let from = side(step.from, step.from_kind, step.from_structure);
    let to = side(step.to, step.to_kind, step.to_structure);
    Event {
        when: words.moment(step.occurred_at),
        what: words.t(cause_key(step.cause)),
        grams: words.mass(step.grams),
        detail: words.t2("stock-from-to", "from", from, "to", to),
        reason: step.reason.clone().unwrap_or_default(),
        lot: if step.lot == seen.trace.lot.id { String::new() } else { step.reference.clone() },
        is_corrected: step.corrected_by.is_some(),
        correct_url: if acts && step.corrected_by.is_none() && step.cause != Cause::Corrected {
            format!("/stock/mouvements/{}/corriger?lot={}", step.movement, seen.trace.lot.id)
        } else {
            String::new()
        },
    }
}

fn held(words: &Words, seen: &Seen, holding: &Holding, place: &Place) -> Held {
    Held {
        who: seen.place_name(place),
        lot: holding.reference.clone(),
        place: place.temperature.map(|class| labels::temperature(words, class)).unwrap_or_default(),
        grams: words.mass(holding.grams),
        reserved: if holding.reserved.is_positive() { words.mass(holding.reserved) } else { String::new() },
    }
}

fn measured(words: &Words, trace: &Trace) -> Vec<Measured> {
    trace
        .readings
        .iter()
        .map(|reading| Measured {
            when: words.moment(reading.read_at),
            what: words.t(match reading.moment.as_str() {
                "pickup" => "stock-moment-pickup",
                "arrival" => "stock-moment-arrival",
                _ => "stock-moment-storage",
            }),
            celsius: words.celsius(reading.tenths_celsius),
            is_too_warm: reading.threshold_tenths.is_some_and(|threshold| reading.tenths_celsius > threshold),
            reason: reading.reason.clone().unwrap_or_default(),
        })
        .collect()
}
