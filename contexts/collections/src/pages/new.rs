//! « Proposer une collecte »: sixty seconds, six touches at most, with or without an account.

use askama::Template;
use axum::http::StatusCode;
use i18n::Words;
use kernel::{CoordinationId, StructureId, Via};
use store::Conn;
use web::{Answer, Form, Input, Notice, Problem, Shell, Upload, Visit, page};

use super::cards::state_in_words;
use super::form::{self, Ground};
use super::{contributing, facilitates, own_structures, with_token};
use crate::collection::Collection;
use crate::hold::HoldState;
use crate::queries;
use crate::usecases::{POST_FOR_DONOR, post};

#[derive(Template)]
#[template(path = "collections/new.html")]
struct NewPage {
    shell: Shell,
    words: Words,
    form: Form,
    action: String,
    units: String,
    behalf: String,
    by_link: bool,
    donor: String,
    open: Vec<Open>,
    keys: String,
}

/// One of the donor's offers, as the holder of its link sees it.
struct Open {
    product: String,
    /// What was understood: « 20 × 8 kg, soit 160 kg ».
    quantity: String,
    window: String,
    state: String,
    /// Who comes, for how much, when.
    coming: Vec<String>,
    edit: String,
    cancel: String,
}

pub(super) async fn show(visit: Visit, input: Input) -> Answer {
    visit.known_or_by_link()?;
    let ground = ground(&visit, input.get("donateur")).await?;
    let form = ground.form(&visit);
    render(&visit, &ground, form, StatusCode::OK).await
}

pub(super) async fn post(visit: Visit, upload: Upload) -> Answer {
    visit.known_or_by_link()?;
    let ground = ground(&visit, upload.input.get("donateur")).await?;
    let mut form = ground.form(&visit);
    form.fill(&upload.input);
    let photo = form::read_photo(&visit, &mut form, &upload);
    let Some(offer) = ground.read_offer(&visit, &mut form) else {
        return render(&visit, &ground, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let typed = offer.clone();
    let what = form::understood(
        &visit.words,
        offer.packages.as_ref().map(|(count, _)| *count),
        offer.crate_grams,
        offer.grams,
    );
    let command = post::Post { donor: ground.donor, offer, photo };
    match post::run(&visit.act(&upload.input), &visit.app.db, command).await {
        Ok(posted) => {
            let key = match (posted.partner_first, posted.urgent, posted.told) {
                (true, ..) => "collections-posted-partner",
                (_, true, 1..) => "collections-posted-urgent",
                _ => "collections-posted",
            };
            let notice = Notice::done(key)
                .with("reference", posted.reference)
                .with("count", posted.told)
                .with("what", what);
            if matches!(visit.cx.viewer.via, Via::Link { .. }) {
                let undo = with_token(&visit, &format!("/collectes/{}/annuler", posted.collection));
                let notice = notice.undo(format!("{undo}&defaire=oui"));
                return Ok(visit.lead_to(&with_token(&visit, "/collectes/nouvelle"), notice));
            }
            let notice = notice.undo(format!("/collectes/{}/annuler?defaire=oui", posted.collection));
            Ok(visit.lead_to(&format!("/collectes/{}", posted.collection), notice))
        }
        Err(failure) => {
            form::refuse_all(&visit, &mut form, &ground, &typed, web::refusal(failure)?);
            render(&visit, &ground, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// For whom the viewer may give, and for whom they give now.
async fn ground(visit: &Visit, chosen: Option<&str>) -> Result<Ground, Problem> {
    let coordination = visit.coordination_or_of_link()?;
    let mut conn = visit.app.db.read().await?;
    let mut gate = access::Gate::new(&visit.cx, "form");
    let donors = donors(&mut conn, &mut gate, visit, coordination).await?;
    let chosen = chosen.and_then(|id| id.parse::<StructureId>().ok());
    let chosen = donors.iter().map(|(id, _)| *id).find(|id| Some(*id) == chosen);
    let donor = chosen.or_else(|| donors.first().map(|(id, _)| *id)).ok_or(Problem::FORBIDDEN)?;
    let mut ground = Ground::read(&mut conn, &mut gate, visit, coordination, donor, donors).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    ground.chosen |= chosen.is_some();
    Ok(ground)
}

/// A link's holder gives for its one donor, a member for their structures that contribute, a facilitator for every
/// member too.
pub(super) async fn donors(
    conn: &mut Conn,
    gate: &mut access::Gate,
    visit: &Visit,
    coordination: CoordinationId,
) -> Result<Vec<(StructureId, String)>, Problem> {
    let own = match &visit.cx.viewer.via {
        Via::Link { purpose, subject, .. } if purpose == POST_FOR_DONOR => vec![StructureId(*subject)],
        Via::Link { .. } => return Err(Problem::FORBIDDEN),
        _ => contributing(visit),
    };
    let names = network::queries::structure_names(conn, &own).await?;
    let mut donors: Vec<(StructureId, String)> =
        own.iter().filter_map(|id| Some((*id, names.get(id)?.clone()))).collect();
    if facilitates(visit) {
        for member in network::queries::visible_members(conn, gate, coordination).await? {
            // Nobody lifts their own structure above its level.
            if !own.contains(&member.structure) && !own_structures(visit).contains(&member.structure) {
                donors.push((member.structure, member.name));
            }
        }
    }
    Ok(donors)
}

/// One of the donor's own offers, with who comes for it.
async fn shown(conn: &mut Conn, visit: &Visit, one: &Collection) -> Result<Open, Problem> {
    let words = &visit.words;
    let mut holds = queries::holds(conn, one.id).await?;
    holds.retain(|hold| hold.state == HoldState::Held);
    let structures: Vec<StructureId> = holds.iter().map(|hold| hold.structure).collect();
    let names = network::queries::structure_names(conn, &structures).await?;
    let coming = holds
        .iter()
        .map(|hold| {
            let name = names.get(&hold.structure).cloned().unwrap_or_default();
            let kg = words.mass(hold.grams);
            let when = match hold.comes_at {
                Some(at) => words.t1("collections-comes", "moment", words.moment(at)),
                None => words.window(one.pickup_from, one.pickup_until),
            };
            words.tn(
                "collections-comes-for",
                &[("structure", name.into()), ("kg", kg.into()), ("when", when.into())],
            )
        })
        .collect();
    Ok(Open {
        product: one.product.clone(),
        quantity: form::understood(words, one.packages, one.crate_grams, one.grams),
        window: words.window(one.pickup_from, one.pickup_until),
        state: state_in_words(words, one),
        coming,
        edit: with_token(visit, &format!("/collectes/{}/modifier", one.id)),
        cancel: with_token(visit, &format!("/collectes/{}/annuler", one.id)),
    })
}

async fn render(visit: &Visit, ground: &Ground, form: Form, status: StatusCode) -> Answer {
    let by_link = matches!(visit.cx.viewer.via, Via::Link { .. });
    let mut open = Vec::new();
    if by_link {
        let mut conn = visit.app.db.read().await?;
        let found = queries::mine(&mut conn, ground.coordination, ground.donor).await?;
        let own: Vec<_> = found.into_iter().filter(|one| one.donor == ground.donor).collect();
        for one in &own {
            open.push(shown(&mut conn, visit, one).await?);
        }
    }
    let donor = ground.donors.iter().find(|(id, _)| *id == ground.donor).map(|(_, name)| name.clone());
    let donor = donor.unwrap_or_default();
    let own = visit.cx.viewer.acts_for(ground.donor) || by_link;
    let template = NewPage {
        shell: visit.shell("collections"),
        words: visit.words.clone(),
        action: with_token(visit, "/collectes/nouvelle"),
        units: ground.units(),
        behalf: if own {
            String::new()
        } else {
            visit.words.t1("collections-typed-for", "donor", donor.as_str())
        },
        by_link,
        donor,
        open,
        keys: form.key.clone(),
        form,
    };
    Ok(page(status, &template))
}
