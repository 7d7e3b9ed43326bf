//! A donor's page: its link without account, its offers, its agreements. For its own people and for facilitators.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::Words;
use kernel::{Failure, StructureId};
use web::{Answer, Input, Notice, Problem, Shell, Visit, page};

use super::cards::{Card, Viewing};
use crate::queries;
use crate::usecases::{POST_FOR_DONOR, issue_donor_link, revoke_donor_link};

#[derive(Template)]
#[template(path = "collections/donor.html")]
struct DonorPage {
    shell: Shell,
    words: Words,
    name: String,
    url: String,
    cards: Vec<Card>,
    /// The address, shown once, just after it was made.
    link: String,
    links: Vec<String>,
    slips: bool,
    key: String,
}

pub(super) async fn show(visit: Visit, Path(id): Path<StructureId>) -> Answer {
    render(&visit, id, String::new()).await
}

pub(super) async fn issue(visit: Visit, Path(id): Path<StructureId>, input: Input) -> Answer {
    visit.known()?;
    let command = issue_donor_link::IssueDonorLink { donor: id };
    match issue_donor_link::run(&visit.act(&input), &visit.app.db, command).await? {
        Some(path) => {
            let link = format!("{}{path}", visit.app.settings.public_url);
            render(&visit, id, link).await
        }
        // Sent twice: the address was on the first page and cannot be read again.
        None => {
            Ok(visit
                .lead_to(&format!("/collectes/donateurs/{id}"), Notice::info("collections-link-shown-once")))
        }
    }
}

pub(super) async fn revoke(visit: Visit, Path(id): Path<StructureId>, input: Input) -> Answer {
    visit.known()?;
    let command = revoke_donor_link::RevokeDonorLink { donor: id };
    revoke_donor_link::run(&visit.act(&input), &visit.app.db, command).await?;
    Ok(visit.lead_to(&format!("/collectes/donateurs/{id}"), Notice::done("collections-link-revoked")))
}

async fn render(visit: &Visit, id: StructureId, link: String) -> Answer {
    visit.known()?;
    let coordination = visit.coordination()?;
    access::speaking(&visit.cx, id).map_err(|failure: Failure| Problem::from(failure))?;
    let words = &visit.words;
    let mut conn = visit.app.db.read().await?;
    let member = network::queries::member(&mut conn, coordination, id).await?.ok_or(Problem::NOT_FOUND)?;
    let found = queries::mine(&mut conn, coordination, id).await?;
    let mut given = Vec::new();
    for one in found.into_iter().filter(|one| one.donor == id) {
        if let Some((one, _)) = queries::seen(&mut conn, &visit.cx, one.id).await? {
            given.push(one);
        }
    }
    let mut viewing = Viewing::open(&mut conn, visit, coordination, "list", &given).await?;
    let links = accounts::links::in_force(&mut conn, &visit.cx, POST_FOR_DONOR, id.uuid()).await?;
    drop(conn);
    let cards = given.iter().map(|one| viewing.card(visit, one)).collect();
    viewing.note(visit).await?;
    let template = DonorPage {
        shell: visit.shell("collections"),
        words: words.clone(),
        name: member.name,
        url: format!("/collectes/donateurs/{id}"),
        cards,
        link,
        links: links
            .iter()
            .map(|link| {
                let used = link.last_used_at.map(|at| words.moment(at));
                words.tn(
                    "collections-link-line",
                    &[
                        ("since", words.moment(link.created_at).into()),
                        ("until", words.moment(link.expires_at).into()),
                        ("used", used.unwrap_or_else(|| words.t("collections-link-never")).into()),
                    ],
                )
            })
            .collect(),
        slips: visit.cx.viewer.belongs_to(id),
        key: visit.new_key(),
    };
    Ok(page(StatusCode::OK, &template))
}
