//! Places: written down, changed, closed, opened again.

use access::FieldGroup;
use axum::extract::Path;
use axum::http::StatusCode;
use kernel::{Failure, SiteId, StructureId};
use web::{Answer, Form, Input, Notice, Problem, Visit, page, refusal};

use super::edit::{EditPage, behalf_text};
use super::forms::{self, Difference};
use super::kept::Kept;
use crate::usecases::edit_site::{self, EditSite};
use crate::usecases::register_site::{self, RegisterSite};
use crate::{Site, queries};

async fn owner(visit: &Visit, id: StructureId) -> Result<(String, bool), Problem> {
    visit.known()?;
    let mut conn = visit.app.db.read().await?;
    let (may_edit, behalf) = super::card::may_write(visit, &mut conn, id).await?;
    if !may_edit {
        return Err(Problem::FORBIDDEN);
    }
    let structure = network::queries::structure(&mut conn, id).await?.ok_or(Problem::NOT_FOUND)?;
    Ok((structure.name, behalf))
}

fn place_page(
    visit: &Visit,
    owner: (&str, bool, StructureId),
    status: StatusCode,
    form: Form,
    differences: Vec<Difference>,
) -> Answer {
    let words = visit.words.clone();
    let (name, behalf, id) = owner;
    let is_new = form.version == 0;
    let button = if differences.is_empty() { "directory-save" } else { "directory-save-mine" };
    let shown = EditPage {
        shell: visit.shell("directory"),
        title: words.t1(if is_new { "directory-new-place-of" } else { "directory-place-of" }, "name", name),
        lead: words.t("directory-place-lead"),
        sections: forms::PLACE,
        differences,
        known: Vec::new(),
        behalf: behalf_text(visit, behalf, name),
        button: words.t(button),
        back: format!("/structures/{id}"),
        form,
        words,
    };
    Ok(page(status, &shown))
}

pub(super) async fn ask_new(visit: Visit, Path(id): Path<StructureId>) -> Answer {
    let (name, behalf) = owner(&visit, id).await?;
    let form = forms::place_fields(Form::new(&visit), &visit.words, None);
    place_page(&visit, (&name, behalf, id), StatusCode::OK, form, Vec::new())
}

pub(super) async fn add(visit: Visit, Path(id): Path<StructureId>, input: Input) -> Answer {
    let (name, behalf) = owner(&visit, id).await?;
    let mut form = forms::place_fields(Form::new(&visit), &visit.words, None);
    form.fill(&input);
    if let Some(facts) = forms::read_place(&mut form, &visit.words) {
        let command = RegisterSite { structure: id, facts };
        match register_site::run(&visit.act(&input), &visit.app.db, command).await {
            Ok(_) => {
                return Ok(visit.lead_to(&format!("/structures/{id}"), Notice::done("directory-place-added")));
            }
            Err(failure) => forms::refuse_place(&mut form, &visit.words, refusal(failure)?),
        }
    }
    place_page(&visit, (&name, behalf, id), StatusCode::UNPROCESSABLE_ENTITY, form, Vec::new())
}

async fn held(visit: &Visit, id: SiteId) -> Result<Site, Problem> {
    visit.known()?;
    queries::site(&mut visit.app.db.read().await?, id).await?.ok_or(Problem::NOT_FOUND)
}

/// The form of a place, with what of it the visitor may read.
async fn form_of(visit: &Visit, site: &Site) -> Result<(Form, Kept), Problem> {
    let conn = visit.app.db.read().await?;
    let groups = [FieldGroup::Identity, FieldGroup::Capacity];
    let kept = Kept::from_form(visit, conn, site.structure, &groups).await?;
    Ok((kept.leaves_out(forms::place_fields(Form::new(visit), &visit.words, Some(site))), kept))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<SiteId>) -> Answer {
    let site = held(&visit, id).await?;
    let (name, behalf) = owner(&visit, site.structure).await?;
    let (form, _) = form_of(&visit, &site).await?;
    place_page(&visit, (&name, behalf, site.structure), StatusCode::OK, form, Vec::new())
}

pub(super) async fn save(visit: Visit, Path(id): Path<SiteId>, input: Input) -> Answer {
    let site = held(&visit, id).await?;
    let (name, behalf) = owner(&visit, site.structure).await?;
    let (theirs, kept) = form_of(&visit, &site).await?;
    let mut form = theirs.clone();
    form.fill(&input);
    // A box that is not ticked is not sent; `fill` has emptied it.
    let is_open = form.checked("ouvert");
    let owner = (name.as_str(), behalf, site.structure);
    if let Some(facts) = forms::read_place(&mut form, &visit.words) {
        let (facts, is_open) = kept.place(facts, is_open, &site);
        let command = EditSite { site: id, version: form.version, facts, is_open };
        match edit_site::run(&visit.act(&input), &visit.app.db, command).await {
            Ok(()) => {
                let to = format!("/structures/{}", site.structure);
                return Ok(visit.lead_to(&to, Notice::done("directory-place-saved")));
            }
            Err(Failure::Conflict) => {
                let differences = forms::differences(&visit.words, &form, &theirs);
                form.version = theirs.version;
                form.key = visit.new_key();
                return place_page(&visit, owner, StatusCode::CONFLICT, form, differences);
            }
            Err(failure) => forms::refuse_place(&mut form, &visit.words, refusal(failure)?),
        }
    }
    place_page(&visit, owner, StatusCode::UNPROCESSABLE_ENTITY, form, Vec::new())
}
