//! Adding a structure, editing its card, the bin.

use access::FieldGroup;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use goods::Family;
use i18n::Words;
use kernel::{CoordinationId, Failure, Level, StructureId};
use network::usecases::bin_structure::{self, BinRefused, BinStructure};
use network::usecases::join::{self, Join, JoinRefused};
use network::usecases::register_structure::RegisterStructure;
use network::{Sector, StructureKind, labels, level_code, level_from_code};
use web::{Answer, Field, Form, Input, Kind, Notice, Problem, Shell, Visit, page, refusal};

use super::forms::{self, Difference, Section};
use super::kept::Kept;
use crate::usecases::add_structure::{self, AddRefused, AddStructure};
use crate::usecases::edit_card::{self, CardFacts, EditCard};
use crate::{Contact, Served, Wishes, queries};

#[derive(Template)]
#[template(path = "edit.html")]
pub(super) struct EditPage {
    pub shell: Shell,
    pub words: Words,
    pub form: Form,
    pub title: String,
    pub lead: String,
    pub sections: &'static [Section],
    pub differences: Vec<Difference>,
    pub behalf: String,
    /// Structures of the name just typed that are known already.
    pub known: Vec<KnownRow>,
    pub button: String,
    pub back: String,
}

/// A structure that is known, when somebody adds one of the same name or number.
pub(super) struct KnownRow {
    id: StructureId,
    name: String,
    detail: String,
    /// The level it would be let in at, where the visitor may let it in.
    enters_at: Option<&'static str>,
    is_member: bool,
    /// Whether it has leads of its own, who ask for its place.
    asks_itself: bool,
}

impl EditPage {
    /// Whether the form has any field of a section.
    pub fn has(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.form.fields.iter().any(|field| field.name == **name))
    }

    /// Whether the form has a field.
    pub fn has_field(&self, name: &str) -> bool {
        self.form.fields.iter().any(|field| field.name == name)
    }
}

/// « saisi par X pour Y », before it is written.
pub(super) fn behalf_text(visit: &Visit, behalf: bool, name: &str) -> String {
    if !behalf {
        return String::new();
    }
    let who = visit.arrival.person_name.clone().unwrap_or_default();
    visit.words.t2("directory-behalf-warning", "who", who, "structure", name)
}

async fn families(visit: &Visit) -> Result<Vec<Family>, Problem> {
    match visit.cx.coordination {
        Some(coordination) => {
            Ok(goods::queries::families(&mut visit.app.db.read().await?, coordination).await?)
        }
        None => Ok(Vec::new()),
    }
}

/// What is held now, and the form made of what of it the visitor may read.
struct Held {
    name: String,
    behalf: bool,
    form: Form,
    facts: CardFacts,
    kept: Kept,
}

/// The groups of fields of a card's form.
const GROUPS: &[FieldGroup] =
    &[FieldGroup::Identity, FieldGroup::Contact, FieldGroup::PublicServed, FieldGroup::Wishes];

async fn held(visit: &Visit, id: StructureId) -> Result<Held, Problem> {
    visit.known()?;
    let families = families(visit).await?;
    let mut conn = visit.app.db.read().await?;
    let (may_edit, behalf) = super::card::may_write(visit, &mut conn, id).await?;
    if !may_edit {
        return Err(Problem::FORBIDDEN);
    }
    let structure = network::queries::structure(&mut conn, id)
        .await?
        .filter(|structure| structure.binned_at.is_none())
        .ok_or(Problem::NOT_FOUND)?;
    let card = queries::card(&mut conn, id).await?;
    let kept = Kept::from_form(visit, conn, id, GROUPS).await?;
    let facts = CardFacts::of(&structure, &card);
    let form = kept.leaves_out(forms::card_form(visit, &families, &facts, card.version));
    Ok(Held { name: structure.name, behalf, form, facts, kept })
}

fn card_page(
    visit: &Visit,
    id: StructureId,
    status: StatusCode,
    form: Form,
    (name, behalf): (&str, bool),
    differences: Vec<Difference>,
) -> Answer {
    let words = visit.words.clone();
    let button = if differences.is_empty() { "directory-save" } else { "directory-save-mine" };
    let shown = EditPage {
        shell: visit.shell("directory"),
        title: words.t1("directory-edit-of", "name", name),
        lead: words.t("directory-edit-lead"),
        sections: forms::CARD,
        differences,
        behalf: behalf_text(visit, behalf, name),
        known: Vec::new(),
        button: words.t(button),
        back: format!("/structures/{id}"),
        form,
        words,
    };
    Ok(page(status, &shown))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<StructureId>) -> Answer {
    let Held { name, behalf, form, .. } = held(&visit, id).await?;
    card_page(&visit, id, StatusCode::OK, form, (&name, behalf), Vec::new())
}

pub(super) async fn save(visit: Visit, Path(id): Path<StructureId>, input: Input) -> Answer {
    let Held { name, behalf, form: theirs, facts: held, kept } = held(&visit, id).await?;
    let mut form = theirs.clone();
    form.fill(&input);
    if let Some(facts) = forms::read_card(&mut form) {
        let facts = kept.card(facts, &held);
        let command = EditCard { structure: id, version: form.version, facts };
        match edit_card::run(&visit.act(&input), &visit.app.db, command).await {
            Ok(()) => {
                return Ok(visit.lead_to(&format!("/structures/{id}"), Notice::done("directory-card-saved")));
            }
            Err(Failure::Conflict) => {
                let differences = forms::differences(&visit.words, &form, &theirs);
                form.version = theirs.version;
                form.key = visit.new_key();
                return card_page(&visit, id, StatusCode::CONFLICT, form, (&name, behalf), differences);
            }
            Err(failure) => forms::refuse_card(&mut form, &visit.words, &refusal(failure)?),
        }
    }
    card_page(&visit, id, StatusCode::UNPROCESSABLE_ENTITY, form, (&name, behalf), Vec::new())
}

/// The sections of a new structure's form: what is known at the first telephone call.
const NEW: &[Section] = &[
    ("directory-section-identity", &["nom", "nature", "secteur", "reseau", "siret"]),
    ("directory-section-place", &["adresse", "cp", "ville"]),
    ("directory-section-contact", &["contact-nom", "contact-tel", "contact-email"]),
    ("directory-section-level", &["niveau"]),
];

fn may_add(visit: &Visit) -> Result<(CoordinationId, bool), Problem> {
    let coordination = visit.coordination()?;
    access::taking_part::<kernel::Never>(&visit.cx, Level::Contributor)?;
    Ok((coordination, visit.cx.viewer.facilitates(coordination)))
}

fn new_form(visit: &Visit, facilitates: bool) -> Form {
    let words = &visit.words;
    let facts = CardFacts {
        identity: RegisterStructure::new("", StructureKind::Association, Sector::FoodAid),
        description: String::new(),
        website: String::new(),
        contact: Contact::default(),
        served: Served::default(),
        wishes: Wishes::default(),
    };
    let mut form = forms::place_fields(forms::card_form(visit, &[], &facts, 0), words, None);
    let wanted: Vec<&str> = NEW.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    form.fields.retain(|field| wanted.contains(&field.name.as_str()));
    for field in &mut form.fields {
        field.required = matches!(field.name.as_str(), "nom" | "nature" | "secteur");
    }
    if facilitates {
        let level = Field::new(Kind::Cards, "niveau", words.t("directory-level"))
            .options(labels::level_choices(words))
            .value(level_code(Level::Listed));
        form = form.with(level);
    }
    form
}

fn new_page(visit: &Visit, status: StatusCode, form: Form, known: Vec<KnownRow>) -> Answer {
    let words = visit.words.clone();
    let shown = EditPage {
        shell: visit.shell("directory"),
        title: words.t("directory-add"),
        lead: words.t("directory-add-lead"),
        sections: NEW,
        differences: Vec::new(),
        behalf: String::new(),
        known,
        button: words.t("directory-add"),
        back: "/structures".to_owned(),
        form,
        words,
    };
    Ok(page(status, &shown))
}

pub(super) async fn ask_new(visit: Visit) -> Answer {
    let (_, facilitates) = may_add(&visit)?;
    new_page(&visit, StatusCode::OK, new_form(&visit, facilitates), Vec::new())
}

pub(super) async fn add(visit: Visit, input: Input) -> Answer {
    let (coordination, facilitates) = may_add(&visit)?;
    let mut form = new_form(&visit, facilitates);
    form.fill(&input);
    if let Some(command) = read_new(&mut form) {
        let level = facilitates.then(|| level_code(command.level));
        let cx = visit.act(&input);
        let known = known_already(&visit, coordination, &command, level).await?;
        // Sent twice, the structure that is known already is the one just added.
        let asks = !known.is_empty() && input.get("autre") != Some("oui");
        if asks && !visit.app.db.was_done(&cx).await? {
            form.key = visit.new_key();
            return new_page(&visit, StatusCode::CONFLICT, form, known);
        }
        match add_structure::run(&cx, &visit.app.db, command).await {
            Ok(id) => {
                let notice = Notice::done(if facilitates { "directory-added" } else { "directory-spotted" })
                    .undo(format!("/structures/{id}/supprimer"));
                return Ok(visit.lead_to(&format!("/structures/{id}"), notice));
            }
            Err(failure) => match refusal(failure)? {
                AddRefused::Card(refused) => forms::refuse_card(&mut form, &visit.words, &refused),
                AddRefused::Site(refused) => forms::refuse_place(&mut form, &visit.words, refused),
            },
        }
    }
    new_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, form, Vec::new())
}

/// The structures of the installation that have this name or this number, as far as the visitor may know of them.
async fn known_already(
    visit: &Visit,
    coordination: CoordinationId,
    command: &AddStructure,
    level: Option<&'static str>,
) -> Result<Vec<KnownRow>, Problem> {
    let mut conn = visit.app.db.read().await?;
    let identity = &command.facts.identity;
    let mut found = network::queries::namesakes(&mut conn, &identity.name).await?;
    if let Some(siret) = identity.siret.as_deref().and_then(network::Siret::parse)
        && let Some(known) = network::queries::structure_with_siret(&mut conn, siret.as_str()).await?
        && !found.contains(&known)
    {
        found.push(known);
    }
    let scopes = network::queries::scopes_of(&mut conn, &found, FieldGroup::Identity).await?;
    let names = network::queries::structure_names(&mut conn, &found).await?;
    let sites = queries::sites_of_many(&mut conn, &found).await?;
    let mut gate = access::Gate::new(&visit.cx, "form");
    let mut rows = Vec::new();
    for id in found {
        let Some(of) = scopes.get(&id) else { continue };
        let name = names.get(&id).cloned().unwrap_or_default();
        let access::Seen::Shown(name) = gate.reveal(of, FieldGroup::Identity, name) else { continue };
        let is_member = network::queries::member(&mut conn, coordination, id).await?.is_some();
        let asks_itself = network::queries::has_leads(&mut conn, id).await?;
        let mut towns: Vec<String> =
            sites.get(&id).into_iter().flatten().map(|site| site.city.clone()).collect();
        towns.dedup();
        rows.push(KnownRow {
            id,
            name,
            detail: towns.join(", "),
            enters_at: level.filter(|_| !is_member && !asks_itself),
            asks_itself,
            is_member,
        });
    }
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    Ok(rows)
}

/// A facilitator lets a structure in that is known in another coordination: its card stays one and the same.
pub(super) async fn let_in(visit: Visit, Path(structure): Path<StructureId>, input: Input) -> Answer {
    let coordination = visit.coordination()?;
    let level = input.get("niveau").and_then(level_from_code).unwrap_or(Level::Listed);
    let notice =
        match join::run(&visit.act(&input), &visit.app.db, Join { coordination, structure, level }).await {
            Ok(()) => Notice::done("directory-let-in"),
            Err(failure) => match refusal(failure)? {
                JoinRefused::AlreadyIn => Notice::info("directory-known-here"),
                JoinRefused::AsksItself => Notice::info("directory-known-asks-itself"),
            },
        };
    Ok(visit.lead_to(&format!("/structures/{structure}"), notice))
}

/// A place is written down as soon as one of its fields is; it is then called after the structure.
fn read_new(form: &mut Form) -> Option<AddStructure> {
    let located = ["adresse", "cp", "ville"].iter().any(|name| !form.f(name).value.trim().is_empty());
    if located {
        for field in form.fields.iter_mut().filter(|field| matches!(field.name.as_str(), "cp" | "ville")) {
            field.required = true;
        }
    }
    let level = form.choice("niveau").and_then(|code| level_from_code(&code)).unwrap_or(Level::Listed);
    let place = located.then(|| (form.text("adresse", 200), form.text("cp", 10), form.text("ville", 80)));
    let facts = forms::read_card(form)?;
    let site = place.map(|(address, postcode, city)| crate::usecases::register_site::SiteFacts {
        name: facts.identity.name.clone(),
        address: address.unwrap_or_default(),
        postcode: postcode.unwrap_or_default(),
        city: city.unwrap_or_default(),
        ..Default::default()
    });
    Some(AddStructure { facts, site, level })
}

pub(super) async fn bin(visit: Visit, Path(id): Path<StructureId>, input: Input) -> Answer {
    match bin_structure::run(&visit.act(&input), &visit.app.db, BinStructure { structure: id }).await {
        Ok(()) => {
            let notice = Notice::done("directory-binned").undo(format!("/structures/{id}/retablir"));
            Ok(visit.lead_to("/structures", notice))
        }
        Err(failure) => match refusal(failure)? {
            BinRefused::HasPeople | BinRefused::TooLate => {
                Ok(visit.lead_to(&format!("/structures/{id}"), Notice::warning("directory-has-people")))
            }
        },
    }
}

pub(super) async fn unbin(visit: Visit, Path(id): Path<StructureId>, input: Input) -> Answer {
    match bin_structure::undo(&visit.act(&input), &visit.app.db, BinStructure { structure: id }).await {
        Ok(()) => Ok(visit.lead_to(&format!("/structures/{id}"), Notice::done("directory-unbinned"))),
        Err(failure) => match refusal(failure)? {
            BinRefused::HasPeople | BinRefused::TooLate => Err(Problem::GONE),
        },
    }
}
