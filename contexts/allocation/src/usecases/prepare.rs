//! Prepares the day's allocation: freezes what is known, computes, checks the proof, reserves every crate.

use std::collections::{BTreeMap, BTreeSet};

use ::store::{Begin, Db, Tx};
use chrono::Datelike as _;
use kernel::{CoordinationId, Cx, Failure, Fault, Grams, PersonId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Refused, gather, reserve};
use crate::inputs::Inputs;
use crate::line::{Line, LineId, LineState};
use crate::problem::{self, Built};
use crate::reasons;
use crate::run::{Run, RunId, RunState};
use crate::share::{Share, ShareId};
use crate::store as rows;

/// How often a plan is computed again because the stock moved meanwhile.
const TRIES: usize = 3;

/// Asks for today's run. Each press of the button is an act of its own.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Prepare {
    /// For which coordination.
    pub coordination: CoordinationId,
}

/// The run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prepared {
    /// The run.
    pub run: RunId,
    /// Its number on paper.
    pub reference: String,
}

/// A plan and what it was computed from.
struct Computed {
    inputs: Inputs,
    hash: String,
    built: Built,
    plan: fair_share::Plan,
}

/// Prepares a run, once per command key. Nothing is locked while the plan is computed; if the stock moved meanwhile,
/// it is computed again.
///
/// # Errors
/// [`Refused`]; forbidden to whoever does not facilitate.
pub async fn run(cx: &Cx, db: &Db, command: Prepare) -> Result<Prepared, Failure<Refused>> {
    let mut there = cx.clone();
    there.coordination = Some(command.coordination);
    access::facilitating(&there)?;
    let mut refused = Refused::StockMoved;
    for _ in 0..TRIES {
        // Sent twice, it is found here already, without computing.
        match db.begin(cx, "allocation.prepare", &command).await? {
            Begin::Again(done) => return Ok(done),
            Begin::First(nothing_yet) => drop(nothing_yet),
        }
        let inputs = gather::inputs(&there, &mut db.read().await?, command.coordination).await?;
        let computed = compute(inputs).await?;
        let mut tx = match db.begin(cx, "allocation.prepare", &command).await? {
            Begin::Again(done) => return Ok(done),
            Begin::First(tx) => tx,
        };
        match write(&there, &mut tx, command.coordination, &computed).await {
            Ok(prepared) => return Ok(tx.done(prepared).await?),
            // Dropped, the transaction forgets what it wrote.
            Err(Failure::Refused(moved @ (Refused::Stock(_) | Refused::Offer(_)))) => {
                tracing::info!(?moved, "the stock or the board moved while a plan was computed");
                refused = Refused::StockMoved;
            }
            Err(failure) => return Err(failure),
        }
    }
    Err(Failure::Refused(refused))
}

/// Computes off the reactor, and checks the proof twice: the engine's own and an independent one.
async fn compute(inputs: Inputs) -> Result<Computed, Failure<Refused>> {
    let hash = inputs.hash().map_err(Failure::fault)?;
    if inputs.lots.is_empty() || inputs.lines.is_empty() {
        return Err(Failure::Refused(Refused::NothingToShare));
    }
    let computed = tokio::task::spawn_blocking(move || {
        let built = problem::build(&inputs);
        fair_share::solve(&built.problem).map(|plan| {
            let breaches = fair_share::check(&built.problem, &plan);
            (Computed { inputs, hash, built, plan }, breaches)
        })
    })
    .await
    .map_err(Failure::fault)?;
    let (computed, breaches) = computed
        .map_err(|invalid| Failure::Fault(Fault::new(format!("the problem is not sound: {invalid}"))))?;
    if !computed.plan.certificate.holds || !breaches.is_empty() {
        tracing::error!(hash = computed.hash, ?breaches, "a plan without proof was thrown away");
        return Err(Failure::Refused(Refused::Unproven));
    }
    if computed.plan.crates.is_empty() {
        return Err(Failure::Refused(Refused::NothingToShare));
    }
    Ok(computed)
}

async fn write(
    cx: &Cx,
    tx: &mut Tx,
    coordination: CoordinationId,
    computed: &Computed,
) -> Result<Prepared, Failure<Refused>> {
    let reference = network::next_reference(tx, coordination, "A", computed.inputs.day.year()).await?;
    let run = Run {
        id: RunId::new(cx),
        reference: reference.clone(),
        coordination,
        day: computed.inputs.day,
        inputs_hash: computed.hash.clone(),
        state: RunState::Proposed,
        prepared_by: cx.person(),
        validated_by: None,
        validated_at: None,
        created_at: cx.now(),
        version: 1,
    };
    rows::insert_run(tx, &run, &computed.inputs, &computed.plan).await?;
    let reasons = reasons::of(&computed.inputs, &computed.built, &computed.plan);
    for (structure, reasons) in computed.inputs.structures.iter().zip(reasons) {
        let share = Share {
            id: ShareId::new(cx),
            run: run.id,
            structure: structure.structure,
            reasons,
            answer_until: None,
            reminded_at: None,
        };
        rows::insert_share(tx, &share).await?;
    }
    let mut lines = lines(cx, &run, computed);
    for line in &mut lines {
        reserve(cx, tx, line).await?;
        rows::insert_line(tx, line).await?;
    }
    let total: Grams = lines.iter().map(|line| line.grams).sum();
    let act = audit::Act::new("allocation.prepare", "allocation_run", run.id.uuid())
        .detail(
            json!({ "reference": reference, "hash": run.inputs_hash, "grams": total, "lines": lines.len() }),
        )
        .facilitation();
    audit::record(tx, cx, act).await?;
    tell_facilitators(cx, tx, &run).await?;
    Ok(Prepared { run: run.id, reference })
}

/// One line for each share in whole crates, tied to the request it answers first: of its rayon, the day needed first,
/// and still good that day.
fn lines(cx: &Cx, run: &Run, computed: &Computed) -> Vec<Line> {
    let inputs = &computed.inputs;
    let mut left: BTreeMap<requests::RequestLineId, Grams> =
        inputs.lines.iter().map(|line| (line.line, line.left)).collect();
    let mut lines = Vec::new();
    for share in &computed.plan.crates {
        let lot = computed.built.lots.get(share.lot).and_then(|lot| inputs.lots.get(*lot));
        let (Some(lot), Some(to)) = (lot, inputs.structures.get(share.structure)) else { continue };
        let fitting = |line: &&crate::inputs::FrozenLine| {
            line.structure == to.structure
                && line.family == lot.family
                && line
                    .temperature
                    .is_none_or(|class| problem::storage(class) == problem::storage(lot.temperature))
        };
        let first = inputs
            .lines
            .iter()
            .filter(fitting)
            .find(|line| left.get(&line.line).is_some_and(|left| left.is_positive()))
            .or_else(|| inputs.lines.iter().find(fitting));
        let grams = Grams(share.grams);
        if let Some(left) = first.and_then(|line| left.get_mut(&line.line)) {
            *left -= grams;
        }
        lines.push(Line {
            id: LineId::new(cx),
            run: run.id,
            lot: lot.lot,
            place: lot.place,
            offer: lot.offer.as_ref().map(|offer| offer.collection),
            structure: to.structure,
            request_line: first.map(|line| line.line),
            computed: grams,
            grams,
            adjust_reason: None,
            state: LineState::Proposed,
            answer_reason: None,
            answered_at: None,
            reservation: None,
            hold: None,
            handover: None,
            received: None,
            version: 1,
        });
    }
    lines
}

/// Those who facilitate read it in their digest; on a run of the machine, at once.
async fn tell_facilitators(cx: &Cx, tx: &mut Tx, run: &Run) -> Result<(), Failure<Refused>> {
    let people: BTreeSet<PersonId> =
        network::queries::facilitator_people(tx, run.coordination).await?.into_iter().collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let note = accounts::Note {
        direct: cx.viewer.is_machine(),
        key: "allocation-told-prepared",
        args: vec![("reference".to_owned(), i18n::Arg::from(run.reference.clone()))],
        link: format!("/attributions/{}", run.id),
    };
    accounts::notify(tx, cx, &people, note).await?;
    Ok(())
}
