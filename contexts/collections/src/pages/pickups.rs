//! « Ramasses »: the week of recurring pickups, their single-date exceptions, and the form to add one.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use chrono::{Duration, NaiveDate};
use goods::{FamilyCode, TemperatureClass, labels};
use i18n::Words;
use kernel::{SiteId, StructureId};
use web::{Answer, Choice, Field, Form, Input, Kind, Notice, Problem, Shell, Visit, page};

use super::agreements::{choices, sides};
use super::{contributing, facilitates};
use crate::offer::usual_temperature;
use crate::queries;
use crate::recurrence::{ExceptionKind, Pickup, PickupId};
use crate::usecases::end_pickup;
use crate::usecases::except_pickup::{self, Change, ExceptPickup, ExceptRefused};
use crate::usecases::schedule_pickup::{self, SchedulePickup, ScheduleRefused};

#[derive(Template)]
#[template(path = "collections/pickups.html")]
struct PickupsPage {
    shell: Shell,
    words: Words,
    pickups: Vec<Shown>,
    form: Option<Form>,
    open: bool,
    key: String,
}

struct Shown {
    id: String,
    /// Its place in the list, to tell its forms' keys apart.
    tag: usize,
    title: String,
    when: String,
    who: String,
    quantity: String,
    class: &'static str,
    temperature: String,
    next: String,
    /// The next days, as the form offers them: value, words.
    days: Vec<(String, String)>,
    exceptions: Vec<(String, String)>,
    ends: String,
    may_change: bool,
}

pub(super) async fn show(visit: Visit) -> Answer {
    visit.known()?;
    let form = new_form(&visit).await?;
    render(&visit, form, StatusCode::OK).await
}

pub(super) async fn schedule(visit: Visit, input: Input) -> Answer {
    visit.known()?;
    let mut form = new_form(&visit).await?.ok_or(Problem::FORBIDDEN)?;
    form.fill(&input);
    let donor = form.choice("donateur").and_then(|id| id.parse::<StructureId>().ok());
    let partner = form.choice("partenaire").and_then(|id| id.parse::<StructureId>().ok());
    let weekday = form.choice("jour").and_then(|day| day.parse::<i64>().ok());
    let (from, until) = (form.time("de"), form.time("a"));
    let product = form.free_text("produit", 120).map(|typed| kernel::text::one_line(&typed));
    let family = form.choice("famille").map(FamilyCode);
    let cold = form.choice("froid").and_then(|code| TemperatureClass::from_code(&code));
    let usual = form.mass("quantite");
    let (Some(donor), Some(weekday), Some(from), Some(until), Some(product), Some(family), Some(usual), true) =
        (donor, weekday, from, until, product, family, usual, form.is_sound())
    else {
        return render(&visit, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let site = first_site(&visit, donor).await?;
    let command = SchedulePickup {
        donor,
        partner,
        site,
        weekday,
        from,
        until,
        product,
        temperature: cold.unwrap_or_else(|| usual_temperature(&family)),
        family,
        usual,
        starts_on: visit.cx.today(),
        ends_on: None,
    };
    match schedule_pickup::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(_) => Ok(visit.lead_to("/ramasses", Notice::done("collections-pickup-scheduled"))),
        Err(failure) => {
            let words = &visit.words;
            match web::refusal(failure)? {
                ScheduleRefused::NoProduct => form.refuse("produit", words.t("collections-stopped-product")),
                ScheduleRefused::Quantity => form.refuse("quantite", words.t("collections-stopped-quantity")),
                ScheduleRefused::Times => form.refuse("a", words.t("collections-pickup-times")),
                ScheduleRefused::SameStructure => {
                    form.refuse("partenaire", words.t("collections-agreement-same"));
                }
            }
            render(&visit, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

async fn first_site(visit: &Visit, donor: StructureId) -> Result<Option<SiteId>, Problem> {
    let mut conn = visit.app.db.read().await?;
    Ok(directory::queries::sites_of(&mut conn, donor).await?.first().map(|site| site.id))
}

pub(super) async fn except(visit: Visit, Path(id): Path<PickupId>, input: Input) -> Answer {
    visit.known()?;
    let mut form = Form::new(&visit)
        .with(Field::new(Kind::Date, "date", visit.words.t("collections-pickup-date")).required())
        .with(Field::new(Kind::Date, "nouvelle", visit.words.t("collections-pickup-new-date")))
        .with(Field::text("raison", visit.words.t("collections-cancel-reason")));
    form.fill(&input);
    let (day, moved, reason) = (form.date("date"), form.date("nouvelle"), form.free_text("raison", 300));
    let Some(day) = day.filter(|_| form.is_sound()) else {
        return Ok(visit.lead_to("/ramasses", Notice::warning("collections-pickup-unread")));
    };
    change(
        &visit,
        &input,
        id,
        day,
        moved.map_or(Change::Cancelled, Change::MovedTo),
        reason.unwrap_or_default(),
    )
    .await
}

/// One date is as usual after all; also the way back from an exception just made.
pub(super) async fn as_usual(
    visit: Visit,
    Path((id, day)): Path<(PickupId, NaiveDate)>,
    input: Input,
) -> Answer {
    visit.known()?;
    change(&visit, &input, id, day, Change::AsUsual, String::new()).await
}

async fn change(
    visit: &Visit,
    input: &Input,
    id: PickupId,
    day: NaiveDate,
    change: Change,
    reason: String,
) -> Answer {
    let command = ExceptPickup { pickup: id, day, change, reason };
    let notice = match except_pickup::run(&visit.act(input), &visit.app.db, command).await {
        Ok(()) => {
            let key = match change {
                Change::Cancelled => "collections-pickup-cancelled",
                Change::MovedTo(_) => "collections-pickup-moved",
                Change::AsUsual => "collections-pickup-as-usual",
            };
            let notice = Notice::done(key).with("day", visit.words.date(day));
            if change == Change::AsUsual {
                notice
            } else {
                notice.undo(format!("/ramasses/{id}/date/{day}/comme-avant"))
            }
        }
        Err(failure) => Notice::warning(match web::refusal(failure)? {
            ExceptRefused::NotADay => "collections-pickup-not-a-day",
            ExceptRefused::Past => "collections-pickup-past",
            ExceptRefused::TakenOver => "collections-pickup-taken",
        }),
    };
    Ok(visit.lead_to("/ramasses", notice))
}

pub(super) async fn end(visit: Visit, Path(id): Path<PickupId>, input: Input) -> Answer {
    visit.known()?;
    let command = end_pickup::EndPickup { pickup: id, last_day: Some(visit.cx.today() - Duration::days(1)) };
    end_pickup::run(&visit.act(&input), &visit.app.db, command).await?;
    let notice = Notice::done("collections-pickup-ended").undo(format!("/ramasses/{id}/reprendre"));
    Ok(visit.lead_to("/ramasses", notice))
}

pub(super) async fn resume(visit: Visit, Path(id): Path<PickupId>, input: Input) -> Answer {
    visit.known()?;
    let command = end_pickup::EndPickup { pickup: id, last_day: None };
    end_pickup::run(&visit.act(&input), &visit.app.db, command).await?;
    Ok(visit.lead_to("/ramasses", Notice::done("collections-pickup-resumed")))
}

/// The form, for those who may schedule.
async fn new_form(visit: &Visit) -> Result<Option<Form>, Problem> {
    let coordination = visit.coordination()?;
    if contributing(visit).is_empty() && !facilitates(visit) {
        return Ok(None);
    }
    let words = &visit.words;
    let mut conn = visit.app.db.read().await?;
    let mut members = vec![Choice::new("", words.t("collections-choose"))];
    let mut gate = access::Gate::new(&visit.cx, "form");
    members.extend(choices(&mut conn, &mut gate, coordination).await?);
    let mut partners = members.clone();
    if let Some(first) = partners.first_mut() {
        first.label = words.t("collections-pickup-anybody");
    }
    let families = goods::queries::families(&mut conn, coordination).await?;
    let (donor, partner) = sides(&mut conn, visit).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let mut cold = vec![Choice::new("auto", words.t("collections-cold-usual"))];
    cold.extend(labels::temperature_choices(words));
    let days = (1..=7).map(|day| Choice::new(day.to_string(), words.weekday(day))).collect();
    let select = |name: &str, key: &str| Field::new(Kind::Select, name, words.t(key));
    Ok(Some(
        Form::new(visit)
            .with(select("donateur", "collections-donor").options(members).value(donor).required())
            .with(select("partenaire", "collections-pickup-partner").options(partners).value(partner))
            .with(select("jour", "collections-pickup-weekday").options(days).required())
            .with(Field::new(Kind::Time, "de", words.t("collections-from")).required())
            .with(Field::new(Kind::Time, "a", words.t("collections-until")).required())
            .with(
                Field::text("produit", words.t("collections-pickup-what"))
                    .hint(words.t("collections-pickup-what-hint"))
                    .required(),
            )
            .with(
                select("famille", "collections-family")
                    .options(labels::family_choices(&families, words.locale()))
                    .required(),
            )
            .with(select("froid", "collections-cold").options(cold).value("auto"))
            .with(
                Field::new(Kind::Number, "quantite", words.t("collections-pickup-usual"))
                    .suffix("kg")
                    .required(),
            ),
    ))
}

async fn render(visit: &Visit, form: Option<Form>, status: StatusCode) -> Answer {
    let coordination = visit.coordination()?;
    access::taking_part(&visit.cx, kernel::Level::Reader).map_err(Problem::from)?;
    let words = &visit.words;
    let today = visit.cx.today();
    let mut conn = visit.app.db.read().await?;
    let pickups = queries::pickups(&mut conn, coordination, today).await?;
    let sides: Vec<StructureId> =
        pickups.iter().flat_map(|one| [Some(one.donor), one.partner]).flatten().collect();
    let names = network::queries::structure_names(&mut conn, &sides).await?;
    let scopes = network::queries::scopes_of(&mut conn, &sides, access::FieldGroup::Identity).await?;
    let mut gate = access::Gate::new(&visit.cx, "list");
    let mut shown = Vec::new();
    for one in &pickups {
        let exceptions = queries::exceptions(&mut conn, one.id, today).await?;
        let mut name = |id: StructureId| {
            let name = names.get(&id).cloned().unwrap_or_default();
            let seen = scopes.get(&id).map(|of| gate.reveal(of, access::FieldGroup::Identity, name));
            seen.and_then(|seen| seen.shown().cloned()).unwrap_or_else(|| words.t("collections-donor-hidden"))
        };
        let donor = name(one.donor);
        let partner = one.partner.map(&mut name);
        let occurrences = one.occurrences(today, today + Duration::days(35), &exceptions);
        shown.push(Shown {
            id: one.id.to_string(),
            tag: shown.len(),
            title: donor,
            when: words.tn(
                "collections-pickup-when",
                &[
                    ("day", words.weekday(one.weekday).into()),
                    ("from", words.hour(one.from).into()),
                    ("to", words.hour(one.until).into()),
                ],
            ),
            who: match partner {
                Some(name) => words.t1("collections-pickup-by", "partner", name),
                None => words.t("collections-pickup-by-anybody"),
            },
            quantity: words.t2(
                "collections-pickup-about",
                "kg",
                words.mass(one.usual),
                "product",
                one.product.as_str(),
            ),
            class: one.temperature.code(),
            temperature: labels::temperature(words, one.temperature),
            next: occurrences.first().map(|next| words.day(next.on)).unwrap_or_default(),
            days: days_ahead(words, one, today),
            exceptions: exceptions
                .iter()
                .map(|exception| {
                    let said = match (exception.kind, exception.moved_to) {
                        (ExceptionKind::Moved, Some(to)) => words.t2(
                            "collections-pickup-exception-moved",
                            "day",
                            words.date(exception.day),
                            "to",
                            words.date(to),
                        ),
                        _ => words.t1(
                            "collections-pickup-exception-cancelled",
                            "day",
                            words.date(exception.day),
                        ),
                    };
                    (exception.day.to_string(), said)
                })
                .collect(),
            ends: one
                .ends_on
                .map(|end| words.t1("collections-pickup-ends", "day", words.date(end)))
                .unwrap_or_default(),
            may_change: may_change(visit, one),
        });
    }
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let open = form.as_ref().is_some_and(|form| !form.is_sound());
    let template = PickupsPage {
        shell: visit.shell("collections"),
        words: words.clone(),
        pickups: shown,
        form,
        open,
        key: visit.new_key(),
    };
    Ok(page(status, &template))
}

fn may_change(visit: &Visit, pickup: &Pickup) -> bool {
    let viewer = &visit.cx.viewer;
    viewer.acts_for(pickup.donor)
        || pickup.partner.is_some_and(|partner| viewer.acts_for(partner))
        || facilitates(visit)
}

/// The pickup's own days of the next five weeks.
fn days_ahead(words: &Words, pickup: &Pickup, today: NaiveDate) -> Vec<(String, String)> {
    (0..35)
        .map(|ahead| today + Duration::days(ahead))
        .filter(|day| pickup.falls_on(*day))
        .map(|day| (day.to_string(), words.date(day)))
        .collect()
}
