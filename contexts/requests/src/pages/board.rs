//! « Demandes »: what is needed, in the order of the days.

use askama::Template;
use axum::http::StatusCode;
use i18n::Words;
use kernel::{CoordinationId, Level, StructureId};
use web::{Answer, Input, Problem, Shell, Visit, page};

use super::one::{Shown, Viewing};
use crate::queries::{self, After};
use crate::request::RequestId;

/// How many requests a page holds.
const MOST: i64 = 16;

#[derive(Template)]
#[template(path = "requests/board.html")]
struct BoardPage {
    shell: Shell,
    words: Words,
    requests: Vec<Shown>,
    mine: bool,
    sees_all: bool,
    next: String,
    first: String,
    /// Whether the viewer may ask for somebody; readers read.
    asks: bool,
    /// What is still wanted in all, by family, in the order of the families.
    totals: Vec<(String, String)>,
}

/// The open requests the viewer may see; `?a=nous` keeps their own structures' only.
pub(super) async fn show(visit: Visit, input: Input) -> Answer {
    visit.known()?;
    let coordination = visit.coordination()?;
    let sees_all = sees_all(&visit, coordination);
    let mine = !sees_all || input.get("a") == Some("nous");
    let after = input.get("apres").and_then(read_after);
    let (requests, next) = read(&visit, coordination, mine, after).await?;
    // The sums are of everything that is shown over all the pages, said once, on the first.
    let totals = match after {
        None => super::export::totals(&visit, coordination, mine).await?,
        Some(_) => Vec::new(),
    };
    let kept = if mine && sees_all { "a=nous&" } else { "" };
    let template = BoardPage {
        shell: visit.shell("requests"),
        requests,
        asks: sees_all,
        totals,
        mine,
        sees_all,
        next: next.map(|(day, id)| format!("/demandes?{kept}apres={day}.{id}")).unwrap_or_default(),
        first: if after.is_some() {
            format!("/demandes?{}", kept.trim_end_matches('&'))
        } else {
            String::new()
        },
        words: visit.words.clone(),
    };
    Ok(page(StatusCode::OK, &template))
}

/// Whoever asks and gives sees what the others ask for; readers see their own.
pub(super) fn sees_all(visit: &Visit, coordination: CoordinationId) -> bool {
    let viewer = &visit.cx.viewer;
    viewer.facilitates(coordination)
        || viewer.level_in(coordination).is_some_and(|level| level >= Level::Contributor)
}

/// A page of requests, and where the next one begins.
async fn read(
    visit: &Visit,
    coordination: CoordinationId,
    mine: bool,
    after: Option<After>,
) -> Result<(Vec<Shown>, Option<After>), Problem> {
    let mut conn = visit.app.db.read().await?;
    let mut found = Vec::new();
    if mine {
        let structures: Vec<StructureId> = visit.cx.viewer.affiliations.iter().map(|a| a.structure).collect();
        for structure in structures {
            found.extend(
                queries::open_requests(&mut conn, coordination, Some(structure), after, MOST + 1).await?,
            );
        }
        found.sort_by_key(|request| (request.needed_on, request.id));
    } else {
        found = queries::open_requests(&mut conn, coordination, None, after, MOST + 1).await?;
    }
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    let next = found.last().filter(|_| more).map(|request| (request.needed_on, request.id));
    let mut viewing = Viewing::open(&mut conn, visit, coordination, "list", &found).await?;
    let mut shown: Vec<Shown> = found.iter().filter_map(|request| viewing.show(request)).collect();
    // Within one day the alphabet decides, never a quantity.
    shown.sort_by(|a, b| (a.needed_on, &a.order).cmp(&(b.needed_on, &b.order)));
    drop(conn);
    viewing.note(visit).await?;
    Ok((shown, next))
}

fn read_after(text: &str) -> Option<After> {
    let (day, id) = text.split_once('.')?;
    let id: RequestId = id.parse().ok()?;
    Some((web::parse_date(day, chrono::NaiveDate::default())?, id))
}
