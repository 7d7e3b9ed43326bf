//! « Inventaire »: the sheet to walk round with, on paper or on a phone, and the form that writes down what was found.

use access::Gate;
use askama::Template;
use axum::http::StatusCode;
use goods::{Family, labels};
use i18n::Words;
use kernel::{Failure, Grams, SiteId};
use std::collections::BTreeMap;
use web::{Answer, Field, Form, Input, Kind, Notice, Problem, Shell, Visit, page, refusal};

use super::ACCENT;
use super::lines::Line;
use super::sight::{Shelf, Sight};
use crate::queries::{self, OnShelf, ShelfFilter};
use crate::usecases::count::{self, Count, CountRefused, Counted};
use crate::{LotId, Place, PlaceId};

/// Lots of one zone on one sheet; a fuller zone is counted family by family.
const MOST: usize = 300;

/// One line of the sheet.
struct ToCount {
    line: Line,
    lot: LotId,
    seen: i64,
    found: Field,
}

/// One zone of the shelf.
struct Zone {
    key: String,
    name: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "stock/count.html")]
struct CountPage {
    shell: Shell,
    words: Words,
    name: String,
    printed: String,
    place: String,
    /// Where a delivery to this shelf is written down.
    receive: String,
    zones: Vec<Zone>,
    lines: Vec<ToCount>,
    is_cut: bool,
    key: String,
    errors: Vec<(String, String)>,
    behalf: String,
}

/// What is counted: a zone of a shelf on which the viewer may act.
struct Sheet {
    shelf: Shelf,
    zones: Vec<Place>,
    zone: Option<Place>,
    lots: Vec<OnShelf>,
    families: Vec<Family>,
    /// The names of the structure's places: two zones may be as cold as each other.
    sites: BTreeMap<SiteId, String>,
}

async fn sheet(visit: &Visit, input: &Input) -> Result<Sheet, Problem> {
    visit.known()?;
    let coordination = visit.coordination()?;
    let mut conn = visit.app.db.read().await?;
    let mut gate = Gate::new(&visit.cx, "form");
    let sight = Sight::of(&mut conn, &visit.cx, &mut gate, coordination).await?;
    let shelf = sight.choose(input.get("lieu")).ok_or(Problem::NOT_FOUND)?.clone();
    if !shelf.acts {
        return Err(Problem::FORBIDDEN);
    }
    let zones = sight.zones(&mut conn, &mut gate, coordination, &shelf).await?;
    let wanted: Option<PlaceId> = input.get("zone").and_then(|zone| zone.parse().ok());
    let zone = zones.iter().find(|zone| Some(zone.id) == wanted).or_else(|| zones.first()).cloned();
    let lots = match &zone {
        Some(zone) => {
            let most = i64::try_from(MOST + 1).unwrap_or(i64::MAX);
            queries::shelf_of(&mut conn, zone.id, &ShelfFilter::default(), None, most).await?
        }
        None => Vec::new(),
    };
    let families = goods::queries::families(&mut conn, coordination).await?;
    let sites = directory::queries::sites_of(&mut conn, shelf.structure).await?;
    let sites = sites.into_iter().map(|site| (site.id, site.name)).collect();
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    Ok(Sheet { shelf, zones, zone, lots, families, sites })
}

fn answer(visit: &Visit, sheet: Sheet, form: &Form, status: StatusCode) -> Answer {
    let words = &visit.words;
    let is_cut = sheet.lots.len() > MOST;
    let lines = sheet
        .lots
        .iter()
        .take(MOST)
        .map(|lot| ToCount {
            line: Line::of(words, &sheet.families, &BTreeMap::new(), &sheet.zones, lot),
            lot: lot.lot,
            seen: lot.grams.0,
            found: form.f(&name_of(lot.lot)),
        })
        .collect();
    let zone_name = |zone: &Place| {
        let cold = zone.temperature.map(|class| labels::temperature(words, class)).unwrap_or_default();
        let alike = sheet.zones.iter().filter(|one| one.temperature == zone.temperature).count();
        match zone.site.and_then(|site| sheet.sites.get(&site)).filter(|_| alike > 1) {
            Some(site) => words.t2("stock-zone-at", "zone", cold, "site", site.as_str()),
            None => cold,
        }
    };
    let here = sheet.zone.as_ref().map(|zone| zone.id);
    let behalf = match access::acting::<kernel::Never>(&visit.cx, sheet.shelf.structure) {
        Ok(Some(_)) => words.t1("stock-on-behalf", "structure", &sheet.shelf.name),
        _ => String::new(),
    };
    let template = CountPage {
        shell: visit.shell(ACCENT),
        name: sheet.shelf.name.clone(),
        printed: words.moment_in_full(visit.cx.now()),
        place: sheet.shelf.key.to_string(),
        receive: format!("/stock/recevoir?lieu={}", sheet.shelf.key),
        zones: sheet
            .zones
            .iter()
            .map(|zone| Zone {
                key: zone.id.to_string(),
                name: zone_name(zone),
                current: Some(zone.id) == here,
            })
            .collect(),
        lines,
        is_cut,
        key: form.key.clone(),
        errors: form.errors(),
        behalf,
        words: words.clone(),
    };
    Ok(page(status, &template))
}

fn name_of(lot: LotId) -> String {
    format!("trouve-{lot}")
}

fn form(visit: &Visit, sheet: &Sheet) -> Form {
    sheet.lots.iter().take(MOST).fold(Form::new(visit), |form, lot| {
        let label = visit.words.t1("stock-count-found", "reference", &lot.reference);
        form.with(Field::new(Kind::Number, &name_of(lot.lot), label))
    })
}

pub(super) async fn show(visit: Visit, input: Input) -> Answer {
    let sheet = sheet(&visit, &input).await?;
    let form = form(&visit, &sheet);
    answer(&visit, sheet, &form, StatusCode::OK)
}

pub(super) async fn post(visit: Visit, input: Input) -> Answer {
    let sheet = sheet(&visit, &input).await?;
    let mut form = form(&visit, &sheet);
    form.fill(&input);
    let Some(zone) = sheet.zone.clone() else { return Err(Problem::NOT_FOUND) };
    let mut lots = Vec::new();
    for lot in sheet.lots.iter().take(MOST) {
        // What is left blank was not counted, and stays as it is.
        let Some(found) = form.mass(&name_of(lot.lot)) else { continue };
        let seen = input.get(&format!("vu-{}", lot.lot)).and_then(|seen| seen.parse().ok()).map(Grams);
        lots.push(Counted { lot: lot.lot, found, seen });
    }
    if !form.is_sound() {
        return answer(&visit, sheet, &form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let path = format!("/stock/inventaire?lieu={}&zone={}", sheet.shelf.key, zone.id);
    if lots.is_empty() {
        return Ok(visit.lead_to(&path, Notice::info("stock-count-nothing")));
    }
    let counted = lots.len();
    let command = Count { place: zone.id, lots, occurred_at: None };
    match count::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(outcome) => {
            let mut notice = Notice::done(if outcome.variances.is_empty() {
                "stock-count-same"
            } else {
                "stock-count-done"
            })
            .with("lots", counted)
            .with("differences", outcome.variances.len());
            if let Some(movement) = outcome.movement {
                notice = notice.undo(format!("/stock/mouvements/{movement}/annuler"));
            }
            Ok(visit.lead_to(&path, notice))
        }
        Err(failure) => refused(&visit, sheet, form, failure),
    }
}

fn refused(visit: &Visit, sheet: Sheet, mut form: Form, failure: Failure<CountRefused>) -> Answer {
    let CountRefused { lot, why } = refusal(failure)?;
    let lot = lot.or_else(|| sheet.lots.first().map(|lot| lot.lot));
    if let Some(lot) = lot {
        form.refuse(&name_of(lot), why.in_words(&visit.words));
    }
    answer(visit, sheet, &form, StatusCode::UNPROCESSABLE_ENTITY)
}
