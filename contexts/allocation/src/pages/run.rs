//! One run: what came in, what is proposed to whom, at what levels, what is for nobody and why; then validate.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::Words;
use kernel::{Grams, StructureId};
use web::{Answer, Input, Notice, Shell, Visit, page};

use super::shown::{self, ShownLine, ShownLot, Speaking};
use crate::line::LineState;
use crate::queries;
use crate::reasons::{Barrier, Decided, Reasons, shared_levels};
use crate::run::{RunId, RunState};
use crate::usecases::{cancel, validate};

/// A lot, and what of it is left.
struct Came {
    lot: ShownLot,
    proposed: String,
    left: String,
    is_left: bool,
}

/// A structure's part, as a facilitator reads it.
struct Part {
    structure: String,
    total: String,
    lines: Vec<ShownLine>,
    answer: String,
    why: String,
    remise: String,
    /// Why nothing is proposed, where nothing is.
    nothing: String,
}

/// A level shared by a group.
struct Level {
    structures: String,
    level: String,
}

#[derive(Template)]
#[template(path = "allocation/run.html")]
struct RunPage {
    shell: Shell,
    words: Words,
    reference: String,
    title: String,
    state: String,
    is_proposed: bool,
    is_validated: bool,
    facilitates: bool,
    version: i64,
    key: String,
    url: String,
    came: Vec<Came>,
    shares: Vec<Part>,
    levels: Vec<Level>,
    total: String,
    structures: usize,
    proof: String,
    own: Vec<(String, String)>,
}

/// The run's page.
pub(super) async fn show(visit: Visit, Path(id): Path<RunId>) -> Answer {
    let mut conn = visit.app.db.read().await?;
    let run = shown::seen_run(&mut conn, &visit, id).await?;
    let speaking = Speaking::open(&mut conn, &visit, &run).await?;
    let plan = queries::plan(&mut conn, id).await?.unwrap_or_default();
    let lines = queries::lines(&mut conn, id).await?;
    let shares = queries::shares(&mut conn, id).await?;
    let names = shown::named(&mut conn, shares.iter().map(|share| share.structure)).await?;
    let words = visit.words.clone();
    let facilitates = visit.cx.viewer.facilitates(run.coordination);
    let mut given: BTreeMap<stock::LotId, Grams> = BTreeMap::new();
    for line in &lines {
        if !matches!(line.state, LineState::Refused | LineState::NotHandedOver) {
            *given.entry(line.lot).or_default() += line.grams;
        }
    }
    let came = speaking
        .inputs
        .lots
        .iter()
        .map(|lot| {
            let proposed = given.get(&lot.lot).copied().unwrap_or_default();
            let left = lot.free - proposed;
            Came {
                lot: speaking.lot(lot),
                proposed: words.mass(proposed),
                left: words.mass(left),
                is_left: left.is_positive(),
            }
        })
        .collect();
    let total: Grams = given.values().copied().sum();
    let mut parts = Vec::new();
    if facilitates {
        for share in &shares {
            let own: Vec<_> = lines.iter().filter(|line| line.structure == share.structure).collect();
            let mass: Grams = own
                .iter()
                .filter(|line| !matches!(line.state, LineState::Refused | LineState::NotHandedOver))
                .map(|line| line.grams)
                .sum();
            parts.push(Part {
                structure: names.get(&share.structure).cloned().unwrap_or_default(),
                total: words.mass(mass),
                answer: format!("/attributions/reponse/{}", share.id),
                why: format!("/attributions/pourquoi/{}", share.id),
                remise: if run.state == RunState::Validated && mass.is_positive() {
                    format!("/attributions/{id}/remise/{}", share.structure)
                } else {
                    String::new()
                },
                nothing: if own.is_empty() { nothing(&words, &share.reasons) } else { String::new() },
                lines: own.into_iter().filter_map(|line| speaking.line(line)).collect(),
            });
        }
        shown::alphabetical(&mut parts, |part| &part.structure);
    }
    let own_structures: Vec<StructureId> = visit.cx.viewer.affiliations.iter().map(|a| a.structure).collect();
    let own = shares
        .iter()
        .filter(|share| own_structures.contains(&share.structure) && run.state != RunState::Proposed)
        .map(|share| {
            let name = names.get(&share.structure).cloned().unwrap_or_default();
            (name, format!("/attributions/reponse/{}", share.id))
        })
        .collect();
    let levels = shared_levels(&plan)
        .into_iter()
        .map(|level| Level {
            structures: words.t1("allocation-structures", "count", level.structures),
            level: level
                .permille
                .map_or_else(|| words.t("allocation-level-hidden"), |permille| words.percent(permille)),
        })
        .collect();
    let receiving: std::collections::BTreeSet<StructureId> =
        lines.iter().filter(|line| line.grams.is_positive()).map(|line| line.structure).collect();
    let template = RunPage {
        shell: visit.shell("allocation"),
        title: words.t1("allocation-run-title", "day", words.date(run.day)),
        reference: run.reference.clone(),
        state: words.t(run.state.key()),
        is_proposed: run.state == RunState::Proposed,
        is_validated: run.state == RunState::Validated,
        facilitates,
        version: run.version,
        key: visit.new_key(),
        url: format!("/attributions/{id}"),
        came,
        shares: parts,
        levels,
        total: words.mass(total),
        structures: receiving.len(),
        proof: run.inputs_hash.chars().take(12).collect(),
        own,
        words,
    };
    Ok(page(StatusCode::OK, &template))
}

/// Why nothing is proposed to somebody who asks, in one sentence.
fn nothing(words: &Words, reasons: &Reasons) -> String {
    let barrier = reasons
        .barred
        .iter()
        .map(|(barrier, _, _)| *barrier)
        .find(|barrier| *barrier != Barrier::NotAsked)
        .or(reasons.barred.first().map(|(barrier, _, _)| *barrier));
    words.t(match (reasons.decided, barrier) {
        (Decided::Shared, _) | (_, None) => "allocation-nothing-others-first",
        (_, Some(Barrier::NotAsked)) => "allocation-nothing-not-asked",
        (_, Some(Barrier::NoRoom)) => "allocation-nothing-no-room",
        (_, Some(Barrier::TooSoon)) => "allocation-nothing-too-soon",
        (_, Some(Barrier::Excluded)) => "allocation-nothing-excluded",
        (_, Some(Barrier::OpensTooLate)) => "allocation-nothing-opens-too-late",
        (_, Some(Barrier::RefusedBefore)) => "allocation-nothing-refused-before",
        (_, Some(Barrier::Other)) => "allocation-nothing-other",
    })
}

/// A human says yes.
pub(super) async fn validate(visit: Visit, Path(id): Path<RunId>, input: Input) -> Answer {
    visit.known()?;
    let version = input.get("version").and_then(|version| version.parse().ok()).unwrap_or_default();
    let back = format!("/attributions/{id}");
    let command = validate::Validate { run: id, version };
    match validate::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(validated) => {
            let notice = Notice::done("allocation-notice-validated").with("count", validated.structures);
            Ok(visit.lead_to(&back, notice))
        }
        Err(kernel::Failure::Conflict) => {
            Ok(visit.lead_to(&back, Notice::warning("allocation-notice-changed-meanwhile")))
        }
        Err(failure) => {
            let text = shown::refusal(&visit.words, &web::refusal(failure)?);
            Ok(visit.lead_to(&back, Notice::warning("allocation-notice-said").with("text", text)))
        }
    }
}

/// Gives it up.
pub(super) async fn cancel(visit: Visit, Path(id): Path<RunId>, input: Input) -> Answer {
    visit.known()?;
    let version = input.get("version").and_then(|version| version.parse().ok()).unwrap_or_default();
    let back = format!("/attributions/{id}");
    let reason: String =
        kernel::text::one_line(input.get("raison").unwrap_or_default()).chars().take(300).collect();
    let command = cancel::Cancel { run: id, version, reason };
    match cancel::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(_) => Ok(visit.lead_to("/attributions", Notice::done("allocation-notice-cancelled"))),
        Err(kernel::Failure::Conflict) => {
            Ok(visit.lead_to(&back, Notice::warning("allocation-notice-changed-meanwhile")))
        }
        Err(failure) => {
            let text = shown::refusal(&visit.words, &web::refusal(failure)?);
            Ok(visit.lead_to(&back, Notice::warning("allocation-notice-said").with("text", text)))
        }
    }
}
