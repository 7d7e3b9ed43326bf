//! One request: what was asked, suggested, accepted, handed over, and its trail.

use std::collections::BTreeMap;

use access::{FieldGroup, Gate, ScopeOf, Seen};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use chrono::NaiveDate;
use goods::Family;
use i18n::Words;
use kernel::{CoordinationId, Grams, PersonId, StructureId};
use store::{Conn, Error};
use web::{Answer, Problem, Shell, Visit, page};

use super::board::sees_all;
use crate::queries;
use crate::request::{CloseReason, Request, RequestId, RequestState};

/// One line, in words.
pub(super) struct ShownLine {
    pub family: String,
    pub temperature: String,
    pub wanted: String,
    pub suggested: String,
    pub accepted: String,
    pub served: String,
    pub left: String,
    pub is_left: bool,
}

/// One request, in words.
pub(super) struct Shown {
    pub url: String,
    pub reference: String,
    pub structure: String,
    pub order: String,
    pub needed_on: NaiveDate,
    pub day: String,
    pub days_left: i64,
    pub people: String,
    pub state: String,
    pub is_open: bool,
    pub is_own: bool,
    pub is_standing: bool,
    pub lines: Vec<ShownLine>,
    pub total: String,
    pub left: String,
}

/// Shows requests to one viewer through the gate: a request goes as far as its structure's wishes, its counts as far
/// as the structure's counts of people served, its name as far as its identity.
pub(super) struct Viewing {
    gate: Gate,
    words: Words,
    families: Vec<Family>,
    names: BTreeMap<StructureId, String>,
    identity: BTreeMap<StructureId, ScopeOf>,
    wishes: BTreeMap<StructureId, ScopeOf>,
    served: BTreeMap<StructureId, ScopeOf>,
    own: Vec<StructureId>,
}

impl Viewing {
    pub(super) async fn open(
        conn: &mut Conn,
        visit: &Visit,
        coordination: CoordinationId,
        surface: &'static str,
        requests: &[Request],
    ) -> Result<Self, Error> {
        let mut structures: Vec<StructureId> = requests.iter().map(|request| request.structure).collect();
        structures.sort_unstable();
        structures.dedup();
        Ok(Self {
            gate: Gate::new(&visit.cx, surface),
            words: visit.words.clone(),
            families: goods::queries::families(conn, coordination).await?,
            names: network::queries::structure_names(conn, &structures).await?,
            identity: network::queries::scopes_of(conn, &structures, FieldGroup::Identity).await?,
            wishes: network::queries::scopes_of(conn, &structures, FieldGroup::Wishes).await?,
            served: network::queries::scopes_of(conn, &structures, FieldGroup::PublicServed).await?,
            own: visit.cx.viewer.affiliations.iter().map(|a| a.structure).collect(),
        })
    }

    /// Whether the viewer may know of a request.
    pub(super) fn may_know(&mut self, request: &Request) -> bool {
        let Some(scope) = self.wishes.get(&request.structure) else { return false };
        self.gate.reveal(scope, FieldGroup::Wishes, ()).shown().is_some()
    }

    /// The request in words, or nothing where the viewer may not know of it.
    pub(super) fn show(&mut self, request: &Request) -> Option<Shown> {
        let scope = self.wishes.get(&request.structure)?;
        self.gate.reveal(scope, FieldGroup::Wishes, ()).shown()?;
        let people = self.people(request);
        let structure = self.name(request.structure);
        let words = &self.words;
        let lines = request
            .lines
            .iter()
            .map(|line| ShownLine {
                family: goods::labels::family(&self.families, &line.family, words.locale()),
                temperature: line
                    .temperature
                    .map(|t| goods::labels::temperature(words, t))
                    .unwrap_or_default(),
                wanted: words.mass(line.wanted),
                suggested: words.mass(line.suggested),
                accepted: words.mass(line.accepted),
                served: words.mass(line.served),
                left: words.mass(line.left()),
                is_left: line.left().is_positive(),
            })
            .collect();
        let left: Grams = request.lines.iter().map(crate::RequestLine::left).sum();
        let state = request.state();
        Some(Shown {
            url: format!("/demandes/{}", request.id),
            reference: request.reference.clone(),
            order: kernel::text::fold(&structure),
            structure,
            needed_on: request.needed_on,
            day: words.day(request.needed_on),
            days_left: words.days_until(request.needed_on),
            people,
            state: words.t(state.key()),
            is_open: !matches!(state, RequestState::Closed(_)),
            is_own: self.own.contains(&request.structure),
            is_standing: request.standing.is_some(),
            lines,
            total: words.mass(request.wanted()),
            left: words.mass(left),
        })
    }

    /// The name, where it may be seen.
    fn name(&mut self, structure: StructureId) -> String {
        let name = self.names.get(&structure).cloned().unwrap_or_default();
        let seen = self.identity.get(&structure).map(|of| self.gate.reveal(of, FieldGroup::Identity, name));
        seen.and_then(|seen| seen.shown().cloned()).unwrap_or_else(|| self.words.t("network-name-kept"))
    }

    /// The counts, where they may be seen.
    fn people(&mut self, request: &Request) -> String {
        let (Some(scope), words) = (self.served.get(&request.structure), &self.words) else {
            return String::new();
        };
        if request.households.is_none() && request.persons.is_none() {
            return String::new();
        }
        match self.gate.reveal(scope, FieldGroup::PublicServed, (request.households, request.persons)) {
            Seen::Hidden => String::new(),
            Seen::Shown((Some(households), Some(persons))) => {
                words.t2("requests-for-both", "households", households, "persons", persons)
            }
            Seen::Shown((Some(households), None)) => {
                words.t1("requests-for-households", "households", households)
            }
            Seen::Shown((None, Some(persons))) => words.t1("requests-for-persons", "persons", persons),
            Seen::Shown((None, None)) => String::new(),
        }
    }

    /// Writes down whose values were shown.
    pub(super) async fn note(self, visit: &Visit) -> Result<(), Problem> {
        if self.gate.has_readings() {
            network::usecases::note_readings::run(&visit.app.db, self.gate).await?;
        }
        Ok(())
    }
}

/// One remembered act, in words.
struct Step {
    when: String,
    what: String,
    who: String,
}

#[derive(Template)]
#[template(path = "requests/one.html")]
struct OnePage {
    shell: Shell,
    words: Words,
    request: Shown,
    key: String,
    acts: bool,
    restorable: bool,
    confirm: String,
    again: String,
    behalf: String,
    note: String,
    standing: String,
    trail: Vec<Step>,
}

/// The page of one request.
pub(super) async fn show(visit: Visit, Path(id): Path<RequestId>) -> Answer {
    visit.known()?;
    let mut conn = visit.app.db.read().await?;
    let request = queries::request(&mut conn, id).await?.ok_or(Problem::NOT_FOUND)?;
    let viewer = &visit.cx.viewer;
    let shared =
        visit.cx.coordination == Some(request.coordination) && sees_all(&visit, request.coordination);
    if !shared && !viewer.belongs_to(request.structure) {
        return Err(Problem::NOT_FOUND);
    }
    let mut viewing =
        Viewing::open(&mut conn, &visit, request.coordination, "page", std::slice::from_ref(&request))
            .await?;
    let shown = viewing.show(&request).ok_or(Problem::NOT_FOUND)?;
    let acts = access::acting_in::<kernel::Never>(&visit.cx, request.structure, request.coordination).is_ok();
    let trail = if acts { trail(&mut conn, &visit, &request, &shown.structure).await? } else { Vec::new() };
    let behalf = behalf(&mut conn, &visit, &request, &shown.structure).await?;
    drop(conn);
    viewing.note(&visit).await?;
    let confirms = acts && request.asks_confirmation(visit.cx.now());
    let template = OnePage {
        shell: visit.shell("requests"),
        key: visit.new_key(),
        acts: acts && shown.is_open,
        restorable: acts
            && request.closed == Some(CloseReason::Withdrawn)
            && request.needed_on >= visit.cx.today(),
        confirm: if confirms { format!("/demandes/confirmer/{id}") } else { String::new() },
        again: if acts && !shown.is_open {
            format!("/demandes/nouvelle?structure={}", request.structure)
        } else {
            String::new()
        },
        behalf,
        note: request.note.clone(),
        standing: request
            .standing
            .filter(|_| acts)
            .map(|s| format!("/demandes/permanentes/{s}"))
            .unwrap_or_default(),
        trail,
        request: shown,
        words: visit.words.clone(),
    };
    Ok(page(StatusCode::OK, &template))
}

/// « saisi par X pour Y », where somebody else wrote it down.
async fn behalf(conn: &mut Conn, visit: &Visit, request: &Request, structure: &str) -> Result<String, Error> {
    let Some(person) = request.posted_by.filter(|_| request.posted_for) else { return Ok(String::new()) };
    let name = accounts::names(conn, &[person]).await?.remove(&person).unwrap_or_default();
    Ok(visit.words.t2("requests-behalf", "person", name, "structure", structure))
}

/// The request's life in sentences. Acts without a sentence (bookkeeping of others) are left out.
async fn trail(
    conn: &mut Conn,
    visit: &Visit,
    request: &Request,
    structure: &str,
) -> Result<Vec<Step>, Error> {
    let acts = audit::history_of(conn, request.id.uuid()).await?;
    let people: Vec<PersonId> = acts.iter().filter_map(|act| act.person_id).collect();
    let names = accounts::names(conn, &people).await?;
    let words = &visit.words;
    let mut trail = Vec::new();
    for act in acts {
        let key = match act.action.as_str() {
            "requests.post" => "requests-trail-post",
            "requests.edit" => "requests-trail-edit",
            "requests.close" => "requests-trail-close",
            "requests.restore" => "requests-trail-restore",
            "requests.confirm" => "requests-trail-confirm",
            "requests.expire" => "requests-trail-expire",
            "requests.suggested" => "requests-trail-suggested",
            "requests.accepted" => "requests-trail-accepted",
            "requests.serve" => "requests-trail-serve",
            _ => continue,
        };
        let grams = act.detail.0.get("grams").and_then(serde_json::Value::as_i64).unwrap_or_default();
        let person = act.person_id.and_then(|person| names.get(&person)).cloned().unwrap_or_default();
        let who = match (person.is_empty(), act.on_behalf_of) {
            (true, _) => String::new(),
            (false, Some(_)) => words.t2("requests-behalf", "person", person, "structure", structure),
            (false, None) => person,
        };
        trail.push(Step {
            when: words.moment(act.at),
            what: words.t1(key, "mass", words.mass(Grams(grams))),
            who,
        });
    }
    Ok(trail)
}
