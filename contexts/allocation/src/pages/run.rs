//! One run: who is proposed what, at what levels; the lots it shares; then validate.
//!
//! A facilitator reads it by structure, or by lot; everybody else sees the lots, the totals and the levels.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::Words;
use kernel::{Grams, StructureId};
use web::{Answer, Input, Notice, Shell, Visit, page};

use super::shown::{self, Speaking};
use crate::inputs::FrozenLot;
use crate::line::{Line, LineState};
use crate::queries;
use crate::reasons::{Barrier, Decided, Reasons, shared_levels};
use crate::run::{Run, RunId, RunState};
use crate::share::Share;
use crate::usecases::{cancel, validate};

/// Structures on one page of a run, so that the page stays light on an old phone.
const MOST: usize = 36;

/// A lot, and what of it is left.
struct Came {
    lot: String,
    url: String,
    detail: String,
    free: String,
    weighed: bool,
    proposed: String,
    left: String,
}

/// A structure's part, as a facilitator reads it.
struct Part {
    structure: String,
    url: String,
    total: String,
    lines: Vec<String>,
    /// Where it is handed over, once that can be done.
    handover: String,
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
    /// Whether the viewer's structure keeps some of the stock that is shared, so that it has a list to prepare.
    prepares: bool,
    by_lot: bool,
    version: i64,
    key: String,
    url: String,
    came: Vec<Came>,
    parts: Vec<Part>,
    next: String,
    levels: Vec<Level>,
    total: String,
    structures: usize,
    proof: String,
    own: Vec<(String, String)>,
}

/// Whether what a line holds is on its way to its structure.
fn counts(line: &Line) -> bool {
    !matches!(line.state, LineState::Refused | LineState::NotHandedOver)
}

/// The run's page.
pub(super) async fn show(visit: Visit, Path(id): Path<RunId>, input: Input) -> Answer {
    let mut conn = visit.app.db.read().await?;
    let run = shown::seen_run(&mut conn, &visit, id).await?;
    let speaking = Speaking::open(&mut conn, &visit, &run).await?;
    let plan = queries::plan(&mut conn, id).await?.unwrap_or_default();
    let lines = queries::lines(&mut conn, id).await?;
    let shares = queries::shares(&mut conn, id).await?;
    let words = visit.words.clone();
    let facilitates = visit.cx.viewer.facilitates(run.coordination);
    let mut gate = access::Gate::new(&visit.cx, "page");
    // Whoever does not facilitate reads their own share alone.
    let named = shares.iter().map(|share| share.structure);
    let named = named.filter(|structure| facilitates || visit.cx.viewer.belongs_to(*structure));
    let names = shown::seen_names(&mut conn, &mut gate, &words, named).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let viewer = &visit.cx.viewer;
    let keeps = |lot: &FrozenLot| lot.offer.is_none() && viewer.acts_for(lot.holder);
    let prepares = run.state == RunState::Validated && speaking.inputs.lots.iter().any(keeps);
    let by_lot = !facilitates || input.get("par") == Some("lot");
    let url = format!("/attributions/{id}");
    let mut parts = if by_lot { Vec::new() } else { parts(&speaking, &run, &shares, &lines, &names) };
    let from: usize = input.get("de").and_then(|from| from.parse().ok()).unwrap_or(0);
    let next = if parts.len() > from + MOST { format!("{url}?de={}", from + MOST) } else { String::new() };
    parts = parts.into_iter().skip(from).take(MOST).collect();
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
    let receiving: BTreeSet<StructureId> =
        lines.iter().filter(|line| line.grams.is_positive()).map(|line| line.structure).collect();
    let given: Grams = lines.iter().filter(|line| counts(line)).map(|line| line.grams).sum();
    let template = RunPage {
        shell: visit.shell("allocation"),
        title: words.t1("allocation-run-title", "day", words.date(run.day)),
        reference: run.reference.clone(),
        state: words.t(run.state.key()),
        is_proposed: run.state == RunState::Proposed,
        is_validated: run.state == RunState::Validated,
        facilitates,
        prepares,
        by_lot,
        version: run.version,
        key: visit.new_key(),
        url,
        came: if by_lot { came(&speaking, &lines) } else { Vec::new() },
        parts,
        next,
        levels,
        total: words.mass(given),
        structures: receiving.len(),
        proof: run.inputs_hash.chars().take(12).collect(),
        own,
        words,
    };
    Ok(page(StatusCode::OK, &template))
}

/// What each lot had, what is proposed of it, what stays.
fn came(speaking: &Speaking, lines: &[Line]) -> Vec<Came> {
    let words = &speaking.words;
    let mut given: BTreeMap<stock::LotId, Grams> = BTreeMap::new();
    for line in lines.iter().filter(|line| counts(line)) {
        *given.entry(line.lot).or_default() += line.grams;
    }
    let row = |lot: &FrozenLot| {
        let proposed = given.get(&lot.lot).copied().unwrap_or_default();
        let shown = speaking.lot(lot);
        let mut detail = vec![shown.family, shown.reference, shown.temperature_text];
        if shown.dated {
            detail.push(shown.date);
        }
        if let Some(offer) = &lot.offer {
            let window = words.window(offer.from, offer.until);
            detail.push(words.t1("allocation-fetched-at-donor", "window", window));
        }
        Came {
            lot: shown.product,
            url: shown.url,
            detail: detail.join(" · "),
            free: shown.free,
            weighed: shown.weighed,
            proposed: words.mass(proposed),
            left: words.mass(lot.free - proposed),
        }
    };
    speaking.inputs.lots.iter().map(row).collect()
}

/// What each structure is proposed, in the order of the alphabet.
fn parts(
    speaking: &Speaking,
    run: &Run,
    shares: &[Share],
    lines: &[Line],
    names: &BTreeMap<StructureId, String>,
) -> Vec<Part> {
    let words = &speaking.words;
    let part = |share: &Share| {
        let own: Vec<&Line> = lines.iter().filter(|line| line.structure == share.structure).collect();
        let mass: Grams = own.iter().filter(|line| counts(line)).map(|line| line.grams).sum();
        let at_hub = own.iter().any(|line| counts(line) && line.offer.is_none() && line.grams.is_positive());
        let is_ready = run.state == RunState::Validated && at_hub;
        Part {
            structure: names.get(&share.structure).cloned().unwrap_or_default(),
            url: format!("/attributions/reponse/{}", share.id),
            total: if mass.is_positive() { words.mass(mass) } else { String::new() },
            lines: match own.is_empty() {
                true => vec![nothing(words, &share.reasons)],
                false => own.into_iter().filter_map(|line| said(speaking, run, line)).collect(),
            },
            handover: match is_ready {
                true => format!("/attributions/{}/remise/{}", run.id, share.structure),
                false => String::new(),
            },
        }
    };
    let mut parts: Vec<Part> = shares.iter().map(part).collect();
    shown::alphabetical(&mut parts, |part| &part.structure);
    parts
}

/// One line in one breath: `Yaourts nature, 12 kg (2 caisses), au lieu de 18 kg`, then where it stands once it was sent.
fn said(speaking: &Speaking, run: &Run, line: &Line) -> Option<String> {
    let words = &speaking.words;
    let shown = speaking.line(line)?;
    let mut said = format!("{}, {}", shown.lot.product, shown.mass);
    if !shown.crates.is_empty() {
        said.push_str(&format!(" ({})", shown.crates));
    }
    if !shown.computed.is_empty() {
        said.push_str(&format!(", {}", words.t1("allocation-instead-of", "mass", shown.computed)));
    }
    if run.state != RunState::Proposed {
        said.push_str(&format!(" · {}", shown.state));
        if !shown.reason.is_empty() {
            said.push_str(&format!(" ({})", shown.reason));
        }
    }
    Some(said)
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
        (_, Some(Barrier::WindowTooSoon)) => "allocation-nothing-window-too-soon",
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
