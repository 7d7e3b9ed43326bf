//! « Denrées et conditionnements »: what the coordination counts in; members read it, facilitators change it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::{get, post};
use i18n::Words;
use kernel::{Failure, Grams};
use web::{Answer, Field, Form, Input, Kind, Notice, Problem, Routes, Shell, Visit, page, refusal};

use crate::usecases::{
    LONGEST_NAME, MOST_NORM, Names, Refused, add_family, add_packaging, edit_family, edit_packaging,
    remove_packaging,
};
use crate::{Family, FamilyCode, Packaging, queries};

/// Where the list stands.
const LIST: &str = "/coordination/denrees";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .route(LIST, get(show))
        .route("/coordination/denrees/familles/nouvelle", get(new_family).post(write_new_family))
        .route("/coordination/denrees/familles/{code}", get(family).post(write_family))
        .route("/coordination/denrees/conditionnements/nouveau", get(new_packaging).post(write_new_packaging))
        .route("/coordination/denrees/conditionnements/{code}", get(packaging).post(write_packaging))
        .route("/coordination/denrees/conditionnements/{code}/retirer", post(remove))
        .route("/coordination/denrees/conditionnements/{code}/remettre", post(put_back))
}

struct FamilyLine {
    name: String,
    norm: String,
    active: bool,
    url: String,
}

struct PackagingLine {
    name: String,
    grams: String,
    url: String,
    remove_url: String,
    key: String,
}

#[derive(Template)]
#[template(path = "goods/list.html")]
struct ListPage {
    shell: Shell,
    words: Words,
    edits: bool,
    families: Vec<FamilyLine>,
    total: String,
    packagings: Vec<PackagingLine>,
}

#[derive(Template)]
#[template(path = "goods/edit.html")]
struct EditPage {
    shell: Shell,
    words: Words,
    title: String,
    lead: String,
    action: String,
    form: Form,
}

fn facilitates(visit: &Visit) -> bool {
    access::facilitating::<kernel::Never>(&visit.cx).is_ok()
}

async fn show(visit: Visit) -> Answer {
    visit.known()?;
    let coordination = visit.coordination()?;
    let words = &visit.words;
    let mut conn = visit.app.db.read().await?;
    let families = queries::families(&mut conn, coordination).await?;
    let packagings = queries::packagings(&mut conn, coordination).await?;
    drop(conn);
    let total: Grams = families.iter().filter(|family| family.active).map(|family| family.norm_grams).sum();
    let template = ListPage {
        shell: visit.shell("home"),
        edits: facilitates(&visit),
        families: families
            .iter()
            .map(|family| FamilyLine {
                name: family.name(words.locale()).to_owned(),
                norm: words.mass(family.norm_grams),
                active: family.active,
                url: format!("{LIST}/familles/{}", family.code),
            })
            .collect(),
        total: words.mass(total),
        packagings: packagings
            .iter()
            .map(|packaging| PackagingLine {
                name: packaging.name(words.locale()).to_owned(),
                grams: words.mass(packaging.grams),
                url: format!("{LIST}/conditionnements/{}", packaging.code),
                remove_url: format!("{LIST}/conditionnements/{}/retirer", packaging.code),
                key: visit.new_key(),
            })
            .collect(),
        words: words.clone(),
    };
    Ok(page(StatusCode::OK, &template))
}

/// The name's two fields and what follows them.
fn form(visit: &Visit, fr: &str, en: &str, last: Field) -> Form {
    let words = &visit.words;
    Form::new(visit)
        .with(Field::text("nom", words.t("goods-field-name")).required().value(fr))
        .with(
            Field::text("nom_en", words.t("goods-field-name-en"))
                .hint(words.t("goods-field-name-en-hint"))
                .value(en),
        )
        .with(last)
        .with(Field::new(Kind::Hidden, "vu", ""))
}

fn norm_field(words: &Words, norm: Option<Grams>) -> Field {
    Field::new(Kind::Number, "norme", words.t("goods-field-norm"))
        .required()
        .hint(words.t("goods-field-norm-hint"))
        .suffix(words.t("goods-field-norm-unit"))
        .value(norm.map(|grams| grams.0.to_string()).unwrap_or_default())
}

fn grams_field(words: &Words, grams: Option<Grams>) -> Field {
    Field::new(Kind::Number, "poids", words.t("goods-field-weight"))
        .required()
        .hint(words.t("goods-field-weight-hint"))
        .suffix("kg")
        .value(grams.map(|grams| words.mass_for_input(grams)).unwrap_or_default())
}

fn family_form(visit: &Visit, family: Option<&Family>) -> Form {
    let norm = norm_field(&visit.words, family.map(|family| family.norm_grams));
    let mut form = form(
        visit,
        family.map(|family| family.name_fr.as_str()).unwrap_or_default(),
        family.map(|family| family.name_en.as_str()).unwrap_or_default(),
        norm,
    );
    if let Some(family) = family {
        let offered = if family.active { "oui" } else { "" };
        form =
            form.with(Field::new(Kind::Check, "active", visit.words.t("goods-field-active")).value(offered));
        set(&mut form, "vu", family.mark());
    }
    form
}

fn packaging_form(visit: &Visit, packaging: Option<&Packaging>) -> Form {
    let grams = grams_field(&visit.words, packaging.map(|packaging| packaging.grams));
    let mut form = form(
        visit,
        packaging.map(|packaging| packaging.name_fr.as_str()).unwrap_or_default(),
        packaging.map(|packaging| packaging.name_en.as_str()).unwrap_or_default(),
        grams,
    );
    if let Some(packaging) = packaging {
        set(&mut form, "vu", packaging.mark());
    }
    form
}

fn set(form: &mut Form, name: &str, value: String) {
    if let Some(field) = form.fields.iter_mut().find(|field| field.name == name) {
        field.value = value;
    }
}

fn names(form: &mut Form) -> Option<Names> {
    let fr = form.text("nom", LONGEST_NAME);
    let en = form.text("nom_en", LONGEST_NAME).unwrap_or_default();
    Some(Names { fr: fr?, en })
}

fn answer(visit: &Visit, title: &str, lead: &str, action: String, form: Form, status: StatusCode) -> Answer {
    let template = EditPage {
        shell: visit.shell("home"),
        title: visit.words.t(title),
        lead: visit.words.t(lead),
        action,
        form,
        words: visit.words.clone(),
    };
    Ok(page(status, &template))
}

fn family_page(visit: &Visit, code: &str, form: Form, status: StatusCode) -> Answer {
    let title = if code == "nouvelle" { "goods-new-family" } else { "goods-edit-family" };
    answer(visit, title, "goods-family-lead", format!("{LIST}/familles/{code}"), form, status)
}

fn packaging_page(visit: &Visit, code: &str, form: Form, status: StatusCode) -> Answer {
    let title = if code == "nouveau" { "goods-new-packaging" } else { "goods-edit-packaging" };
    answer(visit, title, "goods-packaging-lead", format!("{LIST}/conditionnements/{code}"), form, status)
}

/// Lets facilitators through; everybody else reads the list.
fn may_edit(visit: &Visit) -> Result<(), Problem> {
    visit.known()?;
    if facilitates(visit) { Ok(()) } else { Err(Problem::FORBIDDEN) }
}

async fn find_family(visit: &Visit, code: &str) -> Result<Family, Problem> {
    may_edit(visit)?;
    let mut conn = visit.app.db.read().await?;
    let families = queries::families(&mut conn, visit.coordination()?).await?;
    families.into_iter().find(|family| family.code.as_str() == code).ok_or(Problem::NOT_FOUND)
}

async fn find_packaging(visit: &Visit, code: &str) -> Result<Packaging, Problem> {
    may_edit(visit)?;
    let mut conn = visit.app.db.read().await?;
    let packagings = queries::packagings(&mut conn, visit.coordination()?).await?;
    packagings.into_iter().find(|packaging| packaging.code == code).ok_or(Problem::NOT_FOUND)
}

/// Writes a refusal beside its field.
fn refuse(visit: &Visit, form: &mut Form, failure: Failure<Refused>) -> Result<(), Problem> {
    let (field, key) = match refusal(failure)? {
        Refused::NameMissing => ("nom", "goods-refused-name-missing"),
        Refused::NameTaken => ("nom", "goods-refused-name-taken"),
        Refused::NormOutOfBounds => ("norme", "goods-refused-norm"),
        Refused::WeightOutOfBounds => ("poids", "goods-refused-weight"),
    };
    form.refuse(field, visit.words.t(key));
    Ok(())
}

async fn new_family(visit: Visit) -> Answer {
    may_edit(&visit)?;
    let form = family_form(&visit, None);
    family_page(&visit, "nouvelle", form, StatusCode::OK)
}

async fn write_new_family(visit: Visit, input: Input) -> Answer {
    may_edit(&visit)?;
    let mut form = family_form(&visit, None);
    form.fill(&input);
    let (names, norm) = (names(&mut form), form.whole("norme", 0, MOST_NORM.0));
    let (Some(names), Some(norm), true) = (names, norm, form.is_sound()) else {
        return family_page(&visit, "nouvelle", form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let command = add_family::AddFamily { names, norm: Grams(norm) };
    match add_family::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(_) => Ok(visit.lead_to(LIST, Notice::done("goods-done-added").with("name", form.f("nom").value))),
        Err(failure) => {
            refuse(&visit, &mut form, failure)?;
            family_page(&visit, "nouvelle", form, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

async fn family(visit: Visit, Path(code): Path<String>) -> Answer {
    let family = find_family(&visit, &code).await?;
    let form = family_form(&visit, Some(&family));
    family_page(&visit, &code, form, StatusCode::OK)
}

async fn write_family(visit: Visit, Path(code): Path<String>, input: Input) -> Answer {
    let family = find_family(&visit, &code).await?;
    let mut form = family_form(&visit, Some(&family));
    form.fill(&input);
    let (names, norm) = (names(&mut form), form.whole("norme", 0, MOST_NORM.0));
    let (Some(names), Some(norm), true) = (names, norm, form.is_sound()) else {
        return family_page(&visit, &code, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let command = edit_family::EditFamily {
        code: FamilyCode(code.clone()),
        seen: form.f("vu").value,
        names,
        norm: Grams(norm),
        active: form.checked("active"),
    };
    match edit_family::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(()) => {
            Ok(visit.lead_to(LIST, Notice::done("goods-done-changed").with("name", form.f("nom").value)))
        }
        Err(Failure::Conflict) => {
            let now = visit.words.t2(
                "goods-changed-meanwhile",
                "name",
                &family.name_fr,
                "grams",
                visit.words.mass(family.norm_grams),
            );
            form.refuse("nom", now);
            set(&mut form, "vu", family.mark());
            family_page(&visit, &code, form, StatusCode::CONFLICT)
        }
        Err(failure) => {
            refuse(&visit, &mut form, failure)?;
            family_page(&visit, &code, form, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

async fn new_packaging(visit: Visit) -> Answer {
    may_edit(&visit)?;
    let form = packaging_form(&visit, None);
    packaging_page(&visit, "nouveau", form, StatusCode::OK)
}

async fn write_new_packaging(visit: Visit, input: Input) -> Answer {
    may_edit(&visit)?;
    let mut form = packaging_form(&visit, None);
    form.fill(&input);
    let (names, grams) = (names(&mut form), form.mass("poids"));
    let (Some(names), Some(grams), true) = (names, grams, form.is_sound()) else {
        return packaging_page(&visit, "nouveau", form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let command = add_packaging::AddPackaging { names, grams };
    match add_packaging::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(_) => Ok(visit.lead_to(LIST, Notice::done("goods-done-added").with("name", form.f("nom").value))),
        Err(failure) => {
            refuse(&visit, &mut form, failure)?;
            packaging_page(&visit, "nouveau", form, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

async fn packaging(visit: Visit, Path(code): Path<String>) -> Answer {
    let packaging = find_packaging(&visit, &code).await?;
    let form = packaging_form(&visit, Some(&packaging));
    packaging_page(&visit, &code, form, StatusCode::OK)
}

async fn write_packaging(visit: Visit, Path(code): Path<String>, input: Input) -> Answer {
    let packaging = find_packaging(&visit, &code).await?;
    let mut form = packaging_form(&visit, Some(&packaging));
    form.fill(&input);
    let (names, grams) = (names(&mut form), form.mass("poids"));
    let (Some(names), Some(grams), true) = (names, grams, form.is_sound()) else {
        return packaging_page(&visit, &code, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let command =
        edit_packaging::EditPackaging { code: code.clone(), seen: form.f("vu").value, names, grams };
    match edit_packaging::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(()) => {
            Ok(visit.lead_to(LIST, Notice::done("goods-done-changed").with("name", form.f("nom").value)))
        }
        Err(Failure::Conflict) => {
            let mass = visit.words.mass(packaging.grams);
            let now = visit.words.t2("goods-changed-meanwhile", "name", &packaging.name_fr, "grams", mass);
            form.refuse("nom", now);
            set(&mut form, "vu", packaging.mark());
            packaging_page(&visit, &code, form, StatusCode::CONFLICT)
        }
        Err(failure) => {
            refuse(&visit, &mut form, failure)?;
            packaging_page(&visit, &code, form, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

async fn remove(visit: Visit, Path(code): Path<String>, input: Input) -> Answer {
    may_edit(&visit)?;
    let command = remove_packaging::RemovePackaging { code: code.clone() };
    let removed = remove_packaging::run(&visit.act(&input), &visit.app.db, command).await?.0;
    let back = format!(
        "{LIST}/conditionnements/{code}/remettre?nom={}&nom_en={}&g={}",
        encoded(&removed.name_fr),
        encoded(&removed.name_en),
        removed.grams.0
    );
    let notice = Notice::done("goods-done-removed").with("name", removed.name_fr).undo(back);
    Ok(visit.lead_to(LIST, notice))
}

/// « Annuler » after a removal: the same packaging again.
async fn put_back(
    visit: Visit,
    Path(_code): Path<String>,
    axum::extract::Query(kept): axum::extract::Query<std::collections::BTreeMap<String, String>>,
    input: Input,
) -> Answer {
    may_edit(&visit)?;
    let text = |name: &str| kept.get(name).cloned().unwrap_or_default();
    let grams = Grams(text("g").parse().unwrap_or_default());
    let names = Names { fr: text("nom"), en: text("nom_en") };
    let command = add_packaging::AddPackaging { names, grams };
    match add_packaging::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(_) => Ok(visit.lead_to(LIST, Notice::done("goods-done-added").with("name", text("nom")))),
        Err(failure) => {
            refusal(failure)?;
            Ok(visit.lead_to(LIST, Notice::warning("goods-not-put-back")))
        }
    }
}

/// A text in an address.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
