//! « Conventions »: with whom a structure has agreed, what waits for its word, and the form to propose one.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::Words;
use kernel::{CoordinationId, Role, StructureId};
use store::Conn;
use web::{Answer, Choice, Field, Form, Input, Kind, Notice, Problem, Shell, Visit, page};

use super::{facilitates, own_structures};
use crate::agreement::{Agreement, AgreementId, Standing};
use crate::queries;
use crate::usecases::announce::gives_only;
use crate::usecases::propose_agreement::{AgreementRefused, ProposeAgreement};
use crate::usecases::{accept_agreement, end_agreement, propose_agreement};

#[derive(Template)]
#[template(path = "collections/agreements.html")]
struct AgreementsPage {
    shell: Shell,
    words: Words,
    agreements: Vec<Shown>,
    form: Option<Form>,
    open: bool,
    key: String,
}

struct Shown {
    title: String,
    standing: String,
    tone: &'static str,
    delay: String,
    dates: String,
    notes: String,
    accept: String,
    end: String,
}

pub(super) async fn show(visit: Visit) -> Answer {
    visit.known()?;
    let form = proposal(&visit).await?;
    render(&visit, form, StatusCode::OK).await
}

pub(super) async fn propose(visit: Visit, input: Input) -> Answer {
    visit.known()?;
    let mut form = proposal(&visit).await?.ok_or(Problem::FORBIDDEN)?;
    form.fill(&input);
    let donor = form.choice("donateur").and_then(|id| id.parse::<StructureId>().ok());
    let partner = form.choice("partenaire").and_then(|id| id.parse::<StructureId>().ok());
    let minutes = form.whole("delai", 0, crate::agreement::LONGEST_ASK_MINUTES);
    let starts_on = form.date("debut");
    let ends_on = form.date("fin");
    let notes = form.free_text("notes", 1_000);
    let (Some(donor), Some(partner), Some(first_ask_minutes), true) =
        (donor, partner, minutes, form.is_sound())
    else {
        return render(&visit, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let command = ProposeAgreement {
        donor,
        partner,
        starts_on: starts_on.unwrap_or_else(|| visit.cx.today()),
        ends_on,
        first_ask_minutes,
        notes: notes.unwrap_or_default(),
    };
    match propose_agreement::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(_) => Ok(visit.lead_to("/conventions", Notice::done("collections-agreement-proposed"))),
        Err(failure) => {
            let words = &visit.words;
            match web::refusal(failure)? {
                AgreementRefused::SameStructure => {
                    form.refuse("partenaire", words.t("collections-agreement-same"));
                }
                AgreementRefused::Dates => form.refuse("fin", words.t("collections-agreement-dates")),
                AgreementRefused::Delay => form.refuse("delai", words.t("collections-agreement-delay")),
                AgreementRefused::ThereAlready => {
                    form.refuse("partenaire", words.t("collections-agreement-there"));
                }
            }
            render(&visit, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

pub(super) async fn accept(visit: Visit, Path(id): Path<AgreementId>, input: Input) -> Answer {
    visit.known()?;
    let command = accept_agreement::AcceptAgreement { agreement: id };
    let notice = match accept_agreement::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(()) => Notice::done("collections-agreement-accepted"),
        Err(failure) => match web::refusal(failure)? {
            accept_agreement::AcceptRefused::Ended => Notice::info("collections-agreement-over"),
        },
    };
    Ok(visit.lead_to("/conventions", notice))
}

pub(super) async fn end(visit: Visit, Path(id): Path<AgreementId>, input: Input) -> Answer {
    visit.known()?;
    let mut form = Form::new(&visit).with(Field::text("raison", visit.words.t("collections-cancel-reason")));
    form.fill(&input);
    let reason = form.free_text("raison", 300).unwrap_or_default();
    if !form.is_sound() {
        return Ok(visit.lead_to("/conventions", Notice::warning("collections-reason-names-somebody")));
    }
    let command = end_agreement::EndAgreement { agreement: id, reason };
    let notice = match end_agreement::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(()) => Notice::done("collections-agreement-ended"),
        Err(failure) => match web::refusal(failure)? {
            end_agreement::EndRefused::Ended => Notice::info("collections-agreement-over"),
            end_agreement::EndRefused::ReasonMissing => Notice::warning("collections-reason-needed"),
        },
    };
    Ok(visit.lead_to("/conventions", notice))
}

/// The form, for leads and facilitators.
async fn proposal(visit: &Visit) -> Result<Option<Form>, Problem> {
    let coordination = visit.coordination()?;
    let leads = visit.cx.viewer.affiliations.iter().any(|one| visit.cx.viewer.leads(one.structure));
    if !leads && !facilitates(visit) {
        return Ok(None);
    }
    let words = &visit.words;
    let mut conn = visit.app.db.read().await?;
    let mut gate = access::Gate::new(&visit.cx, "form");
    let members = choices(&mut conn, &mut gate, coordination).await?;
    let (donor, partner) = sides(&mut conn, visit).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let mut any = vec![Choice::new("", words.t("collections-choose"))];
    any.extend(members);
    Ok(Some(
        Form::new(visit)
            .with(
                Field::new(Kind::Select, "donateur", words.t("collections-donor"))
                    .options(any.clone())
                    .value(donor)
                    .required(),
            )
            .with(
                Field::new(Kind::Select, "partenaire", words.t("collections-partner"))
                    .options(any)
                    .value(partner)
                    .required(),
            )
            .with(
                Field::new(Kind::Number, "delai", words.t("collections-delay"))
                    .hint(words.t("collections-delay-hint"))
                    .suffix("min")
                    .value("30")
                    .required(),
            )
            .with(
                Field::new(Kind::Date, "debut", words.t("collections-starts"))
                    .value(visit.cx.today().to_string()),
            )
            .with(Field::new(Kind::Date, "fin", words.t("collections-ends")))
            .with(
                Field::new(Kind::Area, "notes", words.t("collections-agreement-notes"))
                    .hint(words.t("collections-agreement-notes-hint")),
            ),
    ))
}

/// Whoever fills a form between a donor and a partner stands on the side that is theirs.
pub(super) async fn sides(conn: &mut Conn, visit: &Visit) -> Result<(String, String), store::Error> {
    let Some(own) = own_structures(visit).first().copied() else { return Ok(Default::default()) };
    let known = network::queries::structure(conn, own).await?;
    let gives = known.is_some_and(|known| gives_only(known.kind));
    Ok(if gives { (own.to_string(), String::new()) } else { (String::new(), own.to_string()) })
}

/// The members whose names may be seen, for a list of choices.
pub(super) async fn choices(
    conn: &mut Conn,
    gate: &mut access::Gate,
    coordination: CoordinationId,
) -> Result<Vec<Choice>, store::Error> {
    let members = network::queries::visible_members(conn, gate, coordination).await?;
    Ok(members.into_iter().map(|member| Choice::new(member.structure.to_string(), member.name)).collect())
}

/// Whose word each proposal waits for: the lead's name within one's own structure, else the structure.
async fn waited_for(
    conn: &mut Conn,
    visit: &Visit,
    agreements: &[Agreement],
    name: &impl Fn(StructureId) -> String,
) -> Result<BTreeMap<AgreementId, String>, store::Error> {
    let today = visit.cx.today();
    let mut waited = BTreeMap::new();
    for one in agreements {
        let sides: Vec<StructureId> =
            [one.donor, one.partner].into_iter().filter(|side| one.awaits(*side, today)).collect();
        let mut said = Vec::new();
        for side in sides {
            let name = name(side);
            let leads = if visit.cx.viewer.belongs_to(side) {
                network::queries::people_of(conn, side, &[Role::Lead]).await?
            } else {
                Vec::new()
            };
            let people = accounts::people::names(conn, &leads).await?;
            match people.into_values().next() {
                Some(person) => {
                    said.push(visit.words.t2(
                        "collections-standing-lead",
                        "person",
                        person,
                        "structure",
                        name,
                    ));
                }
                None => said.push(name),
            }
        }
        waited.insert(one.id, said.join(", "));
    }
    Ok(waited)
}

/// Whoever signs an agreement knows the other side by name; whoever only reads of it, as far as each side lets it go.
async fn names(
    conn: &mut Conn,
    gate: &mut access::Gate,
    own: &[StructureId],
    agreements: &[Agreement],
) -> Result<BTreeMap<StructureId, String>, store::Error> {
    let sides = |ours: bool| -> Vec<StructureId> {
        let signed = |one: &&Agreement| own.contains(&one.donor) || own.contains(&one.partner);
        let chosen = agreements.iter().filter(|one| signed(one) == ours);
        chosen.flat_map(|one| [one.donor, one.partner]).collect()
    };
    let mut names = network::queries::seen_names(conn, gate, &sides(false)).await?.shown();
    names.extend(network::queries::structure_names(conn, &sides(true)).await?);
    Ok(names)
}

async fn render(visit: &Visit, form: Option<Form>, status: StatusCode) -> Answer {
    let coordination = visit.coordination()?;
    let words = &visit.words;
    let today = visit.cx.today();
    let mut conn = visit.app.db.read().await?;
    let mut agreements = Vec::new();
    let own: Vec<StructureId> = visit.cx.viewer.affiliations.iter().map(|one| one.structure).collect();
    for structure in &own {
        agreements.extend(queries::agreements_of(&mut conn, coordination, *structure).await?);
    }
    if facilitates(visit) {
        agreements.extend(queries::agreements_proposed(&mut conn, coordination).await?);
    }
    let mut listed = std::collections::BTreeSet::new();
    agreements.retain(|one| listed.insert(one.id));
    let mut gate = access::Gate::new(&visit.cx, "list");
    let names = names(&mut conn, &mut gate, &own, &agreements).await?;
    let name = |id: StructureId| names.get(&id).cloned().unwrap_or_else(|| words.t("network-name-kept"));
    let waited = waited_for(&mut conn, visit, &agreements, &name).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let shown = agreements
        .into_iter()
        .map(|one| {
            let standing = one.standing(today);
            let leads = visit.cx.viewer.leads(one.donor) || visit.cx.viewer.leads(one.partner);
            let awaits = own.iter().any(|id| one.awaits(*id, today) && visit.cx.viewer.leads(*id));
            let (key, tone) = match standing {
                Standing::Proposed if awaits => ("collections-standing-awaits-us", "warning"),
                Standing::Proposed => ("collections-standing-proposed", "info"),
                Standing::Ahead => ("collections-standing-ahead", "info"),
                Standing::InForce => ("collections-standing-in-force", "done"),
                Standing::Ended => ("collections-standing-ended", "outline"),
            };
            Shown {
                title: words.t2(
                    "collections-agreement-title",
                    "donor",
                    name(one.donor),
                    "partner",
                    name(one.partner),
                ),
                standing: match waited.get(&one.id).filter(|_| standing == Standing::Proposed && !awaits) {
                    Some(who) => words.t1("collections-standing-waits-for", "who", who.as_str()),
                    None => words.t(key),
                },
                tone,
                delay: words.t1("collections-agreement-minutes", "count", one.first_ask_minutes),
                dates: match one.ends_on {
                    Some(end) => words.t2(
                        "collections-agreement-from-to",
                        "from",
                        words.date(one.starts_on),
                        "to",
                        words.date(end),
                    ),
                    None => words.t1("collections-agreement-from", "from", words.date(one.starts_on)),
                },
                notes: one.notes.clone(),
                accept: if awaits { format!("/conventions/{}/accepter", one.id) } else { String::new() },
                end: if leads && standing != Standing::Ended {
                    format!("/conventions/{}/terminer", one.id)
                } else {
                    String::new()
                },
            }
        })
        .collect();
    let open = form.as_ref().is_some_and(|form| !form.is_sound());
    let template = AgreementsPage {
        shell: visit.shell("collections"),
        words: words.clone(),
        agreements: shown,
        form,
        open,
        key: visit.new_key(),
    };
    Ok(page(status, &template))
}
