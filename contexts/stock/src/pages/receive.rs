//! « Recevoir »: what comes through the door, one block per lot, large enough to fill in standing up.

use access::Gate;
use askama::Template;
use axum::http::StatusCode;
use goods::{DateKind, FamilyCode, TemperatureClass, labels};
use i18n::Words;
use kernel::{CoordinationId, Grams, SiteId, StructureId};
use store::Conn;
use web::{Answer, Choice, Field, Form, Input, Kind, Notice, Problem, Shell, Visit, page, refusal};

use super::ACCENT;
use crate::NewLot;
use crate::Refusal;
use crate::usecases::receive_delivery::{self, Arriving, DeliveryRefused, ReceiveDelivery};

/// Lots in one form; a longer delivery is written in two goes.
const MOST: usize = 12;

/// Where a delivery may come in.
struct Door {
    value: String,
    name: String,
    structure: StructureId,
    site: Option<SiteId>,
    on_behalf: bool,
}

/// One lot of the form.
struct Block {
    number: usize,
    heading: String,
    product: Field,
    weight: Field,
    measured: Field,
    family: Field,
    temperature: Field,
    date_kind: Field,
    date: Field,
    celsius: Field,
    lot_number: Field,
    reason: Field,
    aside: Field,
}

#[derive(Template)]
#[template(path = "stock/receive.html")]
struct ReceivePage {
    shell: Shell,
    words: Words,
    form: Form,
    blocks: Vec<Block>,
    count: usize,
    may_add: bool,
    behalf: String,
}

async fn doors(conn: &mut Conn, visit: &Visit, coordination: CoordinationId) -> Result<Vec<Door>, Problem> {
    let viewer = &visit.cx.viewer;
    let mut doors = Vec::new();
    for hub in directory::queries::hub_sites(conn, coordination).await? {
        if let Ok(on_behalf) = access::acting::<kernel::Never>(&visit.cx, hub.structure) {
            doors.push(Door {
                value: hub.id.to_string(),
                name: hub.name,
                structure: hub.structure,
                site: Some(hub.id),
                on_behalf: on_behalf.is_some(),
            });
        }
    }
    // Whoever keeps a hub receives there; others' hubs come after the viewer's own doors.
    let own: Vec<StructureId> =
        viewer.affiliations.iter().map(|place| place.structure).filter(|id| viewer.acts_for(*id)).collect();
    let names = network::queries::structure_names(conn, &own).await?;
    for structure in own {
        let name = names.get(&structure).cloned().unwrap_or_default();
        let value = structure.to_string();
        doors.push(Door { value, name, structure, site: None, on_behalf: false });
    }
    doors.sort_by_key(|door| door.on_behalf);
    if doors.is_empty() {
        return Err(Problem::FORBIDDEN);
    }
    Ok(doors)
}

fn named(name: &str, number: usize) -> String {
    format!("{name}-{number}")
}

/// How many blocks the form has: what was sent, plus one where another was asked for.
fn count(input: &Input) -> usize {
    let sent = input.get("lignes").and_then(|lines| lines.parse().ok()).unwrap_or(1);
    let more = usize::from(input.get("ajouter").is_some());
    (sent + more).clamp(1, MOST)
}

async fn form(
    conn: &mut Conn,
    gate: &mut Gate,
    visit: &Visit,
    coordination: CoordinationId,
    doors: &[Door],
    input: &Input,
) -> Result<Form, Problem> {
    let words = &visit.words;
    let options: Vec<Choice> = doors.iter().map(|door| Choice::new(&door.value, &door.name)).collect();
    let kind = if options.len() == 1 { Kind::Hidden } else { Kind::Select };
    let first = doors.first().map(|door| door.value.clone()).unwrap_or_default();
    let wanted = input.get("lieu").filter(|lieu| doors.iter().any(|door| door.value == *lieu));
    let mut donors = vec![Choice::new("", words.t("stock-donor-unknown"))];
    donors.extend(
        network::queries::visible_members(conn, gate, coordination)
            .await?
            .into_iter()
            .map(|member| Choice::new(member.structure.to_string(), member.name)),
    );
    let families = goods::queries::families(conn, coordination).await?;
    let mut choices = vec![Choice::new("", words.t("stock-choose"))];
    choices.extend(labels::family_choices(&families, words.locale()));
    let mut form = Form::new(visit)
        .with(
            Field::new(kind, "lieu", words.t("stock-field-door"))
                .required()
                .options(options)
                .value(wanted.unwrap_or(&first)),
        )
        .with(Field::new(Kind::Select, "donneur", words.t("stock-field-donor")).options(donors));
    for number in 1..=count(input) {
        form = lot_fields(form, words, &choices, number);
    }
    Ok(form)
}

fn lot_fields(form: Form, words: &Words, families: &[Choice], number: usize) -> Form {
    let measured = vec![
        Choice::new("pese", words.t("stock-weighed-choice")),
        Choice::new("estime", words.t("stock-estimated-choice")),
    ];
    let name = |name| named(name, number);
    form.with(
        Field::text(&name("produit"), words.t("stock-field-product"))
            .required()
            .hint(words.t("stock-field-product-hint")),
    )
    .with(Field::new(Kind::Number, &name("poids"), words.t("stock-field-weight")).required().suffix("kg"))
    .with(
        Field::new(Kind::Cards, &name("mesure"), words.t("stock-field-measured"))
            .required()
            .options(measured)
            .value("pese"),
    )
    .with(
        Field::new(Kind::Select, &name("famille"), words.t("stock-field-family"))
            .required()
            .options(families.to_vec()),
    )
    .with(
        Field::new(Kind::Cards, &name("conservation"), words.t("stock-field-kept"))
            .required()
            .options(labels::temperature_choices(words)),
    )
    .with(
        Field::new(Kind::Cards, &name("date-type"), words.t("stock-field-date-kind"))
            .required()
            .options(labels::date_kind_choices(words)),
    )
    .with(Field::new(Kind::Date, &name("date"), words.t("stock-field-date")))
    .with(
        Field::new(Kind::Number, &name("temperature"), words.t("stock-field-celsius"))
            .suffix("°C")
            .hint(words.t("stock-field-celsius-hint")),
    )
    .with(
        Field::text(&name("numero"), words.t("stock-field-lot-number"))
            .hint(words.t("stock-field-lot-number-hint")),
    )
    .with(
        Field::new(Kind::Check, &name("ecarter"), words.t("stock-field-aside"))
            .hint(words.t("stock-field-aside-hint")),
    )
    .with(
        Field::new(Kind::Area, &name("raison"), words.t("stock-field-why"))
            .hint(words.t("stock-field-why-hint")),
    )
}

fn answer(visit: &Visit, doors: &[Door], form: Form, count: usize, status: StatusCode) -> Answer {
    let words = &visit.words;
    let blocks = (1..=count)
        .map(|number| {
            let field = |name| form.f(&named(name, number));
            Block {
                number,
                heading: words.t1("stock-lot-number", "number", number),
                product: field("produit"),
                weight: field("poids"),
                measured: field("mesure"),
                family: field("famille"),
                temperature: field("conservation"),
                date_kind: field("date-type"),
                date: field("date"),
                celsius: field("temperature"),
                lot_number: field("numero"),
                reason: field("raison"),
                aside: field("ecarter"),
            }
        })
        .collect();
    let chosen = form.f("lieu").value;
    let behalf = match doors.iter().find(|door| door.value == chosen) {
        Some(door) if door.on_behalf => words.t1("stock-on-behalf", "structure", &door.name),
        _ => String::new(),
    };
    let template = ReceivePage {
        shell: visit.shell(ACCENT),
        blocks,
        count,
        may_add: count < MOST,
        behalf,
        form,
        words: words.clone(),
    };
    Ok(page(status, &template))
}

pub(super) async fn show(visit: Visit, input: Input) -> Answer {
    visit.known()?;
    let coordination = visit.coordination()?;
    let mut conn = visit.app.db.read().await?;
    let doors = doors(&mut conn, &visit, coordination).await?;
    let mut gate = Gate::new(&visit.cx, "form");
    let form = form(&mut conn, &mut gate, &visit, coordination, &doors, &input).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    answer(&visit, &doors, form, count(&input), StatusCode::OK)
}

pub(super) async fn post(visit: Visit, input: Input) -> Answer {
    visit.known()?;
    let coordination = visit.coordination()?;
    let mut conn = visit.app.db.read().await?;
    let doors = doors(&mut conn, &visit, coordination).await?;
    let mut gate = Gate::new(&visit.cx, "form");
    let mut form = form(&mut conn, &mut gate, &visit, coordination, &doors, &input).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    form.fill(&input);
    let count = count(&input);
    if input.get("ajouter").is_some() {
        return answer(&visit, &doors, form, count, StatusCode::OK);
    }
    let door = form.choice("lieu").and_then(|value| doors.iter().find(|door| door.value == value));
    let donor: Option<StructureId> = form.choice("donneur").and_then(|donor| donor.parse().ok());
    let lots: Vec<Option<Arriving>> = (1..=count).map(|number| arriving(&mut form, number, donor)).collect();
    let (Some(door), Some(lots), true) =
        (door, lots.into_iter().collect::<Option<Vec<_>>>(), form.is_sound())
    else {
        return answer(&visit, &doors, form, count, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let (structure, site) = (door.structure, door.site);
    let command = ReceiveDelivery { coordination, structure, site, lots, occurred_at: None };
    match receive_delivery::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(delivered) => {
            let key =
                if delivered.quarantined > 0 { "stock-done-received-aside" } else { "stock-done-received" };
            let mut notice =
                Notice::done(key).with("lots", delivered.lots.len()).with("aside", delivered.quarantined);
            if let [only] = delivered.lots.as_slice() {
                notice = notice.undo(format!("/stock/mouvements/{}/annuler", only.movement));
            }
            Ok(visit.lead_to(&format!("/stock?lieu={}", door.value), notice))
        }
        Err(failure) => {
            let DeliveryRefused { line, why } = refusal(failure)?;
            form.refuse(&named(field_of(&why), line + 1), why.in_words(&visit.words));
            answer(&visit, &doors, form, count, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// One lot as typed; nothing where a field carries its error.
fn arriving(form: &mut Form, number: usize, donor: Option<StructureId>) -> Option<Arriving> {
    let name = |name| named(name, number);
    let product = form.text(&name("produit"), 120);
    let grams = form.mass(&name("poids"));
    let measured = form.choice(&name("mesure"));
    let family = form.choice(&name("famille"));
    let temperature = form.choice(&name("conservation")).and_then(|code| TemperatureClass::from_code(&code));
    let date_kind = form.choice(&name("date-type")).and_then(|code| DateKind::from_code(&code));
    let date = form.date(&name("date"));
    let tenths = form.celsius(&name("temperature"));
    let lot_number = form.text(&name("numero"), 60);
    let reason = form.free_text(&name("raison"), 500);
    let aside = form.checked(&name("ecarter"));
    let date_kind = date_kind?;
    let lot = NewLot {
        product: product?,
        family: FamilyCode(family?),
        temperature: temperature?,
        lot_number,
        date_kind,
        // A date typed beside « sans date » was typed by mistake.
        date: date.filter(|_| date_kind != DateKind::None),
        donor,
        collection: None,
        crate_grams: Grams::ZERO,
        estimated: measured? == "estime",
    };
    let quarantine = aside.then(|| reason.clone().unwrap_or_default());
    Some(Arriving { lot, grams: grams?, tenths, reason, quarantine })
}

/// Where a refusal is shown.
fn field_of(why: &Refusal) -> &'static str {
    match why {
        Refusal::DateMissing | Refusal::PastUseBy => "date",
        Refusal::ShortDate { .. } | Refusal::TooHot { .. } | Refusal::ReasonMissing => "raison",
        Refusal::ProductMissing => "produit",
        _ => "poids",
    }
}
