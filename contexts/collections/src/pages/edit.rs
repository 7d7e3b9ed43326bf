//! The owner's page to correct an offer; where somebody was faster, both versions are shown.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use goods::{DateKind, labels};
use i18n::Words;
use kernel::{Failure, Via};
use web::{Answer, Field, Form, Notice, Problem, Shell, Upload, Visit, page};

use super::cards::date_in_words;
use super::form::{self, Ground};
use super::with_token;
use crate::collection::{Collection, CollectionId, Unfit};
use crate::queries;
use crate::usecases::{POST_FOR_DONOR, edit};

#[derive(Template)]
#[template(path = "collections/edit.html")]
struct EditPage {
    shell: Shell,
    words: Words,
    form: Form,
    action: String,
    back: String,
    units: String,
    title: String,
    /// What the offer says now, where somebody changed it in between.
    now: Vec<(String, String)>,
}

async fn ground(visit: &Visit, id: CollectionId) -> Result<(Ground, Collection), Problem> {
    visit.known_or_by_link()?;
    let coordination = visit.coordination_or_of_link()?;
    let mut conn = visit.app.db.read().await?;
    let collection = queries::collection(&mut conn, id).await?.ok_or(Problem::NOT_FOUND)?;
    // The holder of the donor's link corrects what they posted by it; they see nothing else.
    if !visit.cx.viewer.holds_link(POST_FOR_DONOR, collection.donor.uuid()) {
        queries::seen(&mut conn, &visit.cx, id).await?.ok_or(Problem::NOT_FOUND)?;
        access::acting(&visit.cx, collection.donor).map_err(|failure: Failure| Problem::from(failure))?;
    }
    let donors = Vec::new();
    let mut gate = access::Gate::new(&visit.cx, "form");
    let ground = Ground::read(&mut conn, &mut gate, visit, coordination, collection.donor, donors).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    Ok((ground, collection))
}

pub(super) async fn show(visit: Visit, Path(id): Path<CollectionId>) -> Answer {
    let (ground, collection) = ground(&visit, id).await?;
    let form = filled(&visit, &ground, &collection);
    render(&visit, &ground, &collection, form, StatusCode::OK, false)
}

pub(super) async fn post(visit: Visit, Path(id): Path<CollectionId>, upload: Upload) -> Answer {
    let (ground, collection) = ground(&visit, id).await?;
    let mut form = filled(&visit, &ground, &collection);
    form.fill(&upload.input);
    let photo = form::read_photo(&visit, &mut form, &upload);
    let Some(offer) = ground.read_offer(&visit, &mut form) else {
        return render(&visit, &ground, &collection, form, StatusCode::UNPROCESSABLE_ENTITY, false);
    };
    let typed = offer.clone();
    let command = edit::Edit { collection: id, version: form.version, offer, photo };
    match edit::run(&visit.act(&upload.input), &visit.app.db, command).await {
        Ok(()) => Ok(visit.lead_to(&back(&visit, id), Notice::done("collections-edited"))),
        Err(Failure::Conflict) => {
            // What was typed stays; sending again then means it, with both versions before the eyes.
            form.version = collection.version;
            form.key = visit.new_key();
            render(&visit, &ground, &collection, form, StatusCode::CONFLICT, true)
        }
        Err(failure) => {
            match web::refusal(failure)? {
                edit::EditRefused::Stopped(stopped) => {
                    form::refuse_all(&visit, &mut form, &ground, &typed, stopped);
                }
                edit::EditRefused::Unfit(Unfit::Held) => {
                    let taken = visit.words.mass(collection.taken);
                    form.refuse("nombre", visit.words.t1("collections-edit-held", "kg", taken));
                }
                edit::EditRefused::Unfit(_) => form.refuse("produit", visit.words.t("collections-over")),
            }
            render(&visit, &ground, &collection, form, StatusCode::UNPROCESSABLE_ENTITY, false)
        }
    }
}

/// Where whoever corrects came from.
fn back(visit: &Visit, id: CollectionId) -> String {
    match &visit.cx.viewer.via {
        Via::Link { .. } => with_token(visit, "/collectes/nouvelle"),
        _ => format!("/collectes/{id}"),
    }
}

/// The form of an offer that is there.
fn filled(visit: &Visit, ground: &Ground, collection: &Collection) -> Form {
    let words = &visit.words;
    let mut form = ground.form(visit).of_version(collection.version);
    let (from, until) = (words.civil(collection.pickup_from), words.civil(collection.pickup_until));
    let last_day = if from.date() == until.date() { String::new() } else { until.date().to_string() };
    let (count, unit) = match (&collection.packages, &collection.packaging) {
        (Some(count), Some(unit)) => (count.to_string(), unit.clone()),
        _ => (words.mass_for_input(collection.grams), "kg".to_owned()),
    };
    let reason = collection.short_date_reason.clone().unwrap_or_default();
    let named = collection.named.first().map(ToString::to_string).unwrap_or_default();
    let is_animal =
        ground.families.iter().find(|one| one.code == collection.family).is_none_or(goods::Family::is_animal);
    // Goods without a date have an empty one; the kind is then the form's own default.
    let dated = if collection.date_kind == DateKind::None { DateKind::UseBy } else { collection.date_kind };
    let yes = |is: bool| if is { "oui".to_owned() } else { String::new() };
    for (name, value) in [
        ("famille", collection.family.0.clone()),
        ("produit", collection.product.clone()),
        ("nombre", count),
        ("unite", unit),
        ("pesee", if collection.estimated { "estime" } else { "pese" }.to_owned()),
        ("froid", collection.temperature.code().to_owned()),
        ("date_type", dated.code().to_owned()),
        ("date", collection.date.map(|date| date.to_string()).unwrap_or_default()),
        ("motif", reason),
        ("fenetre", "autre".to_owned()),
        ("jour", from.date().to_string()),
        ("de", from.format("%H:%M").to_string()),
        ("a", until.format("%H:%M").to_string()),
        ("dernier", last_day),
        ("lieu", collection.site.map(|site| site.to_string()).unwrap_or_default()),
        ("adresse", collection.site.map_or_else(|| collection.pickup_address.clone(), |_| String::new())),
        ("lot", collection.lot_number.clone().unwrap_or_default()),
        ("vegetal", yes(is_animal && !collection.animal_origin)),
        ("vrac", yes(!collection.prepackaged)),
        ("nature", collection.kind.code().to_owned()),
        ("pour_qui", named),
        ("note", collection.note.clone()),
    ] {
        put(&mut form, name, value);
    }
    form
}

fn put(form: &mut Form, name: &str, value: String) {
    if let Some(field) = form.fields.iter_mut().find(|field| field.name == name) {
        let owned = std::mem::replace(field, Field::text("", ""));
        *field = owned.value(value);
    }
}

fn render(
    visit: &Visit,
    ground: &Ground,
    collection: &Collection,
    form: Form,
    status: StatusCode,
    conflict: bool,
) -> Answer {
    let words = &visit.words;
    let now = if conflict {
        vec![
            (words.t("collections-product"), collection.product.clone()),
            (words.t("collections-quantity"), words.mass(collection.grams)),
            (words.t("collections-cold"), labels::temperature(words, collection.temperature)),
            (words.t("collections-date"), date_in_words(words, collection)),
            (words.t("collections-window"), words.window(collection.pickup_from, collection.pickup_until)),
            (words.t("collections-place"), collection.pickup_address.clone()),
        ]
    } else {
        Vec::new()
    };
    let template = EditPage {
        shell: visit.shell("collections"),
        words: words.clone(),
        action: with_token(visit, &format!("/collectes/{}/modifier", collection.id)),
        back: back(visit, collection.id),
        units: ground.units(),
        title: collection.product.clone(),
        form,
        now,
    };
    Ok(page(status, &template))
}
