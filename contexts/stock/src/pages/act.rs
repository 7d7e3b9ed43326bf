//! What is done with a lot: one small form per act, at `/stock/lots/{id}/{act}`.

use access::Gate;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use goods::labels;
use i18n::Words;
use kernel::{CoordinationId, Cx, Failure, Grams, StructureId};
use std::collections::BTreeSet;
use store::Conn;
use web::{Answer, Choice, Field, Form, Input, Kind, Notice, Problem, Shell, Visit, page, refusal};

use super::ACCENT;
use super::lot::{Seen, see};
use super::verb::Verb;
use crate::usecases::note_temperature::Moment;
use crate::usecases::{
    block, hand_out, lift, move_lot, note_temperature, quarantine, return_surplus, split, waste, withdraw,
};
use crate::{Lot, LotId, MovementId, PlaceId, Refusal};

#[derive(Template)]
#[template(path = "stock/act.html")]
struct ActPage {
    shell: Shell,
    words: Words,
    lot: Lot,
    verb: &'static str,
    action: String,
    lead: String,
    is_grave: bool,
    behalf: String,
    form: Form,
}

/// A place where some of the lot lies and the viewer may act, who holds it, and what is free there.
type Here = (PlaceId, StructureId, Grams);

/// The lot, what can be done where, and the form that asks for it.
struct Desk {
    lot: Lot,
    form: Form,
    behalf: String,
}

async fn desk(visit: &Visit, id: LotId, verb: Verb) -> Result<Desk, Problem> {
    visit.known()?;
    let coordination = visit.coordination()?;
    let mut conn = visit.app.db.read().await?;
    let mut gate = Gate::new(&visit.cx, "form");
    let seen = see(&mut conn, visit, &mut gate, coordination, id).await?;
    let lot = seen.trace.lot.clone();
    let acting = |structure| access::acting::<kernel::Never>(&visit.cx, structure);
    let here: Vec<Here> = seen
        .holdings
        .iter()
        .filter(|(holding, _)| holding.lot_id == id)
        .filter_map(|(holding, place)| Some((place.id, place.structure?, holding.grams - holding.reserved)))
        .filter(|(_, structure, _)| acting(*structure).is_ok())
        .collect();
    let Some((_, holder, _)) = here.first().copied() else { return Err(Problem::FORBIDDEN) };
    let targets = targets(&mut conn, visit, coordination, verb, &seen, &here).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let behalf = match acting(holder) {
        Ok(Some(owner)) => visit.words.t1("stock-on-behalf", "structure", seen.name(Some(owner))),
        _ => String::new(),
    };
    let form = form(visit, verb, &seen, &here, targets);
    Ok(Desk { lot, form, behalf })
}

/// Where the goods may go: the holder's own zones for a move, the hubs and the donor for a return.
async fn targets(
    conn: &mut Conn,
    visit: &Visit,
    coordination: CoordinationId,
    verb: Verb,
    seen: &Seen,
    here: &[Here],
) -> Result<Vec<Choice>, Problem> {
    let words = &visit.words;
    let mut targets = Vec::new();
    let mut zones = Vec::new();
    if verb == Verb::Move {
        let holders: BTreeSet<StructureId> = here.iter().map(|(_, structure, _)| *structure).collect();
        for structure in holders {
            zones.extend(crate::queries::zones_of(conn, coordination, structure).await?);
        }
    }
    if verb == Verb::Return {
        targets.push(Choice::new("donneur", words.t("stock-return-donor")));
        zones = crate::queries::hub_zones(conn, coordination).await?;
        zones.retain(|zone| here.iter().all(|(place, _, _)| *place != zone.id));
    }
    zones.retain(|zone| zone.keeps(seen.trace.lot.temperature));
    targets.extend(zones.iter().map(|zone| {
        let class = zone.temperature.map(|class| labels::temperature(words, class)).unwrap_or_default();
        Choice::new(zone.id.to_string(), seen.place_name(zone)).hint(class)
    }));
    Ok(targets)
}

fn form(visit: &Visit, verb: Verb, seen: &Seen, here: &[Here], targets: Vec<Choice>) -> Form {
    let words = &visit.words;
    let mut form = Form::new(visit);
    if verb.asks_place() {
        let options: Vec<Choice> = here
            .iter()
            .filter_map(|(place, _, free)| {
                let (_, held) = seen.holdings.iter().find(|(_, held)| held.id == *place)?;
                let class =
                    held.temperature.map(|class| labels::temperature(words, class)).unwrap_or_default();
                let free = words.mass(*free);
                let name = words.t2("stock-place-free", "place", seen.place_name(held), "free", free);
                Some(Choice::new(place.to_string(), name).hint(class))
            })
            .collect();
        let kind = if options.len() == 1 { Kind::Hidden } else { Kind::Cards };
        let only = here.first().map(|(place, _, _)| place.to_string()).unwrap_or_default();
        form = form.with(
            Field::new(kind, "lieu", words.t("stock-field-place")).required().options(options).value(only),
        );
    }
    if verb.asks_grams() {
        let mut weight =
            Field::new(Kind::Number, "poids", words.t("stock-field-weight")).required().suffix("kg");
        if let [(_, _, free)] = here {
            weight = weight.hint(words.t1("stock-field-weight-hint", "free", words.mass(*free)));
        }
        form = form.with(weight);
    }
    if matches!(verb, Verb::Move | Verb::Return) {
        let label = words.t(if verb == Verb::Move { "stock-field-to" } else { "stock-field-return-to" });
        form = form.with(Field::new(Kind::Cards, "vers", label).required().options(targets));
    }
    if verb == Verb::Split {
        form = form
            .with(
                Field::text("numero", words.t("stock-field-lot-number"))
                    .hint(words.t("stock-split-number-hint")),
            )
            .with(
                Field::new(Kind::Date, "date", words.t("stock-split-date"))
                    .hint(words.t("stock-split-date-hint")),
            );
    }
    if verb == Verb::Measure {
        form = form.with(
            Field::new(Kind::Number, "temperature", words.t("stock-field-celsius"))
                .required()
                .suffix("°C")
                .hint(labels::temperature_limit(words, seen.trace.lot.temperature)),
        );
    }
    if verb.asks_reason() {
        let mut reason = Field::new(Kind::Area, "raison", words.t("stock-field-reason"));
        if verb.needs_reason() {
            reason = reason.required();
        } else {
            reason = reason.hint(words.t("stock-measure-reason-hint"));
        }
        form = form.with(reason);
    }
    form
}

fn answer(visit: &Visit, verb: Verb, desk: Desk, status: StatusCode) -> Answer {
    let template = ActPage {
        shell: visit.shell(ACCENT),
        verb: verb.label(),
        action: format!("/stock/lots/{}/{}", desk.lot.id, verb.code()),
        lead: visit.words.t(verb.lead()),
        is_grave: Verb::GRAVE.contains(&verb) && verb != Verb::Lift,
        behalf: desk.behalf,
        lot: desk.lot,
        form: desk.form,
        words: visit.words.clone(),
    };
    Ok(page(status, &template))
}

pub(super) async fn show(visit: Visit, Path((id, act)): Path<(LotId, String)>) -> Answer {
    let verb = Verb::from_code(&act).ok_or(Problem::NOT_FOUND)?;
    let desk = desk(&visit, id, verb).await?;
    answer(&visit, verb, desk, StatusCode::OK)
}

pub(super) async fn post(visit: Visit, Path((id, act)): Path<(LotId, String)>, input: Input) -> Answer {
    let verb = Verb::from_code(&act).ok_or(Problem::NOT_FOUND)?;
    let mut desk = desk(&visit, id, verb).await?;
    desk.form.fill(&input);
    let asked = read(&mut desk.form, verb);
    let Some(asked) = asked.filter(|_| desk.form.is_sound()) else {
        return answer(&visit, verb, desk, StatusCode::UNPROCESSABLE_ENTITY);
    };
    match execute(&visit.act(&input), &visit.app.db, verb, &desk.lot, asked).await {
        Ok(done) => {
            let mut notice = Notice::done(verb.done()).with("product", desk.lot.product.as_str());
            if let Some(movement) = done {
                notice = notice.undo(format!("/stock/mouvements/{movement}/annuler?lot={id}"));
            }
            Ok(visit.lead_to(&format!("/stock/lots/{id}"), notice))
        }
        Err(failure) => {
            let why = refusal(failure)?;
            desk.form.refuse(field_of(verb, &why), why.in_words(&visit.words));
            answer(&visit, verb, desk, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// What the form said.
#[derive(Default)]
struct Asked {
    place: Option<PlaceId>,
    grams: Grams,
    to: Option<PlaceId>,
    number: Option<String>,
    date: Option<chrono::NaiveDate>,
    tenths: i64,
    reason: String,
}

fn read(form: &mut Form, verb: Verb) -> Option<Asked> {
    let mut asked = Asked::default();
    if verb.asks_place() {
        asked.place = form.choice("lieu").and_then(|place| place.parse().ok());
    }
    if verb.asks_grams() {
        asked.grams = form.mass("poids").unwrap_or_default();
    }
    if matches!(verb, Verb::Move | Verb::Return) {
        asked.to = form.choice("vers").and_then(|place| place.parse().ok());
    }
    if verb == Verb::Split {
        asked.number = form.text("numero", 60);
        asked.date = form.date("date");
    }
    if verb == Verb::Measure {
        asked.tenths = form.celsius("temperature").unwrap_or_default();
    }
    if verb.asks_reason() {
        asked.reason = form.free_text("raison", 500).unwrap_or_default();
    }
    (asked.place.is_some() || !verb.asks_place()).then_some(asked)
}

/// Where a refusal is shown.
fn field_of(verb: Verb, why: &Refusal) -> &'static str {
    match why {
        Refusal::SamePlace | Refusal::TooWarm | Refusal::OtherStructure | Refusal::PlaceClosed => "vers",
        Refusal::ReasonMissing | Refusal::TooHot { .. } => "raison",
        _ if verb.asks_grams() => "poids",
        _ => "raison",
    }
}

/// Does it; answers the movement that a press on « Annuler » reverses, where there is one.
async fn execute(
    cx: &Cx,
    db: &store::Db,
    verb: Verb,
    lot: &Lot,
    asked: Asked,
) -> Result<Option<MovementId>, Failure<Refusal>> {
    let (id, grams, reason, occurred_at) = (lot.id, asked.grams, asked.reason, None);
    let place = || asked.place.ok_or(Failure::NotFound);
    Ok(match verb {
        Verb::Move => {
            let (from, to) = (place()?, asked.to.ok_or(Failure::NotFound)?);
            Some(move_lot::run(cx, db, move_lot::MoveLot { lot: id, from, to, grams, occurred_at }).await?)
        }
        Verb::Split => {
            let part = split::Part { grams, lot_number: asked.number, date: asked.date };
            let command = split::Split { lot: id, place: place()?, parts: vec![part], occurred_at };
            split::run(cx, db, command).await?;
            None
        }
        Verb::HandOut => Some(
            hand_out::run(cx, db, hand_out::HandOut { lot: id, from: place()?, grams, occurred_at }).await?,
        ),
        Verb::Return => {
            let command = return_surplus::ReturnSurplus {
                lot: id,
                from: place()?,
                to: asked.to,
                grams,
                reason,
                occurred_at,
            };
            Some(return_surplus::run(cx, db, command).await?)
        }
        Verb::Waste => Some(
            waste::run(cx, db, waste::Waste { lot: id, from: place()?, grams, reason, occurred_at }).await?,
        ),
        Verb::Measure => {
            let command = note_temperature::NoteTemperature {
                lot: id,
                subject: id.uuid(),
                moment: Moment::Storage,
                tenths: asked.tenths,
                reason: Some(reason),
            };
            note_temperature::run(cx, db, command).await?;
            None
        }
        Verb::Quarantine => {
            quarantine::run(cx, db, quarantine::Quarantine { lot: id, reason }).await?;
            None
        }
        Verb::Block => {
            block::run(cx, db, block::Block { lot: id, reason }).await?;
            None
        }
        Verb::Lift => {
            lift::run(cx, db, lift::Lift { lot: id, reason }).await?;
            None
        }
        Verb::Withdraw => {
            let command = withdraw::Withdraw { lot: id, place: place()?, reason, occurred_at };
            Some(withdraw::run(cx, db, command).await?.movement)
        }
    })
}
