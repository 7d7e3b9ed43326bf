//! For whom somebody acts, who belongs to several structures or coordinations.

use askama::Template;
use axum::http::StatusCode;
use i18n::Words;
use kernel::{CoordinationId, StructureId};
use web::{Answer, Form, Input, Problem, Shell, Visit, page, see_other};

use crate::{labels, queries};

struct Place {
    structure: StructureId,
    coordination: String,
    name: String,
    detail: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "choose.html")]
struct ChoosePage {
    shell: Shell,
    words: Words,
    form: Form,
    places: Vec<Place>,
}

/// Every structure of the visitor in each coordination it takes part in; one line where it takes part in none.
async fn places(visit: &Visit) -> Result<Vec<Place>, Problem> {
    visit.known()?;
    let viewer = &visit.cx.viewer;
    let mut conn = visit.app.db.read().await?;
    let structures: Vec<StructureId> = viewer.affiliations.iter().map(|place| place.structure).collect();
    let names = queries::structure_names(&mut conn, &structures).await?;
    let mut places = Vec::new();
    for affiliation in &viewer.affiliations {
        let name = names.get(&affiliation.structure).cloned().unwrap_or_default();
        let role = labels::role(&visit.words, affiliation.role);
        let chosen = visit.cx.structure() == Some(affiliation.structure);
        let seats: Vec<CoordinationId> = viewer
            .memberships
            .iter()
            .filter(|seat| seat.structure == affiliation.structure)
            .map(|seat| seat.coordination)
            .collect();
        for seat in &seats {
            let coordination = queries::coordination(&mut conn, *seat).await?;
            let coordination = coordination.map(|found| found.name).unwrap_or_default();
            places.push(Place {
                structure: affiliation.structure,
                coordination: seat.to_string(),
                name: name.clone(),
                detail: visit.words.t2("network-role-in", "role", role.clone(), "coordination", coordination),
                current: chosen && visit.cx.coordination == Some(*seat),
            });
        }
        if seats.is_empty() {
            places.push(Place {
                structure: affiliation.structure,
                coordination: String::new(),
                name,
                detail: visit.words.t1("network-role-alone", "role", role),
                current: chosen,
            });
        }
    }
    places.sort_by_key(|place| kernel::text::fold(&place.name));
    Ok(places)
}

pub(super) async fn show(visit: Visit) -> Answer {
    let places = places(&visit).await?;
    let form = Form::new(&visit);
    Ok(page(StatusCode::OK, &ChoosePage { shell: visit.shell("home"), words: visit.words, form, places }))
}

pub(super) async fn choose(visit: Visit, input: Input) -> Answer {
    let places = places(&visit).await?;
    let structure = input.get("structure").unwrap_or_default();
    let coordination = input.get("coordination").unwrap_or_default();
    let chosen = places
        .into_iter()
        .find(|place| place.structure.to_string() == structure && place.coordination == coordination)
        .ok_or(Problem::NOT_FOUND)?;
    crate::usecases::act_for::run(
        &visit.cx,
        &visit.app.db,
        chosen.structure,
        chosen.coordination.parse().ok(),
    )
    .await?;
    Ok(visit.lead_to("/", web::Notice::done("network-chosen").with("name", chosen.name)))
}

/// « Ma structure » leads to its card.
pub(super) async fn card(visit: Visit) -> Answer {
    let structure = super::own_structure(&visit)?;
    Ok(see_other(&format!("/structures/{structure}")))
}
