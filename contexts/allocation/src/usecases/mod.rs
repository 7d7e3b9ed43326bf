//! What people, links and jobs do with a run: one verb per file.

pub mod add_line;
pub mod adjust;
pub mod answer;
pub mod cancel;
pub mod fetched;
mod gather;
pub mod give;
pub mod hand_over;
pub mod lapse;
pub mod note_receipt;
pub mod prepare;
pub mod prepare_note;
pub mod remind;
pub mod set_rule;
pub mod validate;

pub(crate) use gather::rule_of;

use ::store::{Error, Tx};
use chrono::Duration;
use kernel::{Cx, Failure, Grams};
use requests::RequestLineId;
use requests::usecases::answer::Step;

use crate::inputs::Inputs;
use crate::line::{Line, LineId, LineState, spread};
use crate::run::{Run, RunState};
use crate::store as rows;

/// How far ahead a day may be needed for its request to take part in today's run.
pub const HORIZON: Duration = Duration::days(7);
/// Offers whose window closes sooner than this after a run are not shared: nobody could answer and fetch them in time.
pub const FETCHED_WITHIN: Duration = Duration::hours(12);
/// How long before an offer's window closes the answer is due, so that there is time to go and fetch it.
pub const TIME_TO_FETCH: Duration = Duration::hours(2);
/// How long structures have to answer once a run is validated.
pub const ANSWER_WITHIN: Duration = Duration::hours(24);
/// After how long those who have not answered are reminded.
pub const REMIND_AFTER: Duration = Duration::hours(14);

/// Why an act on a run was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no stock to give, nobody asks, or what there is is for nobody.
    NothingToShare,
    /// The proof of the plan failed; nothing was stored.
    Unproven,
    /// The stock moved while the plan was computed.
    StockMoved,
    /// The run is not where this act starts from.
    NotFromHere(RunState),
    /// The line is not where this act starts from.
    LineNotFromHere(LineState),
    /// A change asks for one sentence of reason.
    ReasonMissing,
    /// There is a line of this lot for this structure already.
    LineThere,
    /// The ledger says no.
    Stock(stock::Refusal),
    /// The board says no: an offer is over, or less of it is left.
    Offer(collections::collection::Unfit),
    /// What was set aside has ended meanwhile: its donor took it back, or its window is past.
    OfferGone,
    /// The paper cannot be signed so.
    Paper(collections::handover::Unsignable),
    /// Goods kept cold, and neither a temperature nor a word why not.
    TemperatureMissing {
        /// Which line of the note.
        rank: i64,
    },
    /// More is written than was proposed: the rest of the lot belongs to others.
    MoreThanProposed,
    /// The rule's figures are out of bounds, or its decision is not named.
    RuleUnsound,
    /// A new version of the rule starts today or later.
    RulePast,
}

/// A line of a run that is locked, for whoever facilitates its coordination and read it at this version.
async fn line_to_change(
    cx: &Cx,
    tx: &mut Tx,
    line: LineId,
    version: i64,
) -> Result<(Run, Line), Failure<Refused>> {
    access::facilitating(cx)?;
    let found = rows::line(tx, line).await?.ok_or(Failure::NotFound)?;
    let run = rows::lock(tx, found.run).await?.ok_or(Failure::NotFound)?;
    if cx.coordination != Some(run.coordination) {
        return Err(Failure::NotFound);
    }
    // Read again: it may have changed before the run was locked.
    let line = rows::line(tx, line).await?.ok_or(Failure::NotFound)?;
    if line.version != version {
        return Err(Failure::Conflict);
    }
    Ok((run, line))
}

/// Lets go of a line's goods and leaves it at its end.
async fn end_line(cx: &Cx, tx: &mut Tx, line: &mut Line, state: LineState) -> Result<(), Failure<Refused>> {
    if let Some(reservation) = line.reservation.take() {
        stock::usecases::release::within(cx, tx, reservation)
            .await
            .map_err(|failure| failure.map_refusal(Refused::Stock))?;
    }
    if let Some(hold) = line.hold.take() {
        collections::usecases::put_back::within(cx, tx, hold).await.map_err(Failure::widen)?;
    }
    line.state = state;
    rows::save_line(tx, line).await?;
    Ok(())
}

/// Holds a line's goods.
async fn reserve(cx: &Cx, tx: &mut Tx, line: &mut Line) -> Result<(), Failure<Refused>> {
    if let Some(collection) = line.offer {
        let aside = collections::usecases::set_aside::SetAside {
            collection,
            structure: line.structure,
            grams: line.grams,
            subject: line.id.uuid(),
        };
        let held = collections::usecases::set_aside::within(cx, tx, &aside)
            .await
            .map_err(|failure| failure.map_refusal(Refused::Offer))?;
        line.hold = Some(held);
        return Ok(());
    }
    let reserve = stock::usecases::reserve::Reserve {
        lot: line.lot,
        place: line.place,
        structure: line.structure,
        grams: line.grams,
        purpose: "allocation",
        subject: line.id.uuid(),
    };
    let held = stock::usecases::reserve::within(cx, tx, &reserve)
        .await
        .map_err(|failure| failure.map_refusal(Refused::Stock))?;
    line.reservation = Some(held);
    Ok(())
}

/// Closes a run whose every line came to its end.
async fn close_if_done(cx: &Cx, tx: &mut Tx, run: &Run) -> Result<(), Error> {
    if run.state != RunState::Validated
        || rows::lines(tx, run.id).await?.iter().any(|line| line.state.holds_goods())
    {
        return Ok(());
    }
    rows::set_state(tx, &Run { state: RunState::Executed, ..run.clone() }).await?;
    audit::record(tx, cx, audit::Act::new("allocation.execute", "allocation_run", run.id.uuid())).await
}

/// The lines of requests that a line of a run could answer, its own first, each with what it still wants.
async fn wants_of(
    tx: &mut Tx,
    run: &Run,
    inputs: &Inputs,
    line: &Line,
) -> Result<Vec<(RequestLineId, Grams)>, Error> {
    let Some(lot) = inputs.lots.iter().find(|lot| lot.lot == line.lot) else {
        return Ok(line.request_line.map(|id| (id, Grams::ZERO)).into_iter().collect());
    };
    let open = requests::queries::open_lines(tx, run.coordination, run.day + HORIZON).await?;
    let mut wants: Vec<(RequestLineId, Grams)> = open
        .iter()
        .filter(|open| open.structure == line.structure && open.family == lot.family)
        .filter(|open| {
            open.temperature.is_none_or(|class| {
                crate::problem::storage(class) == crate::problem::storage(lot.temperature)
            })
        })
        .map(|open| (open.line, open.wanted - open.served))
        .collect();
    // Its own first; and kept at hand when it was closed in between, so that the figure is still written.
    wants.sort_by_key(|(id, _)| Some(*id) != line.request_line);
    if wants.is_empty()
        && let Some(id) = line.request_line
    {
        wants.push((id, Grams::ZERO));
    }
    Ok(wants)
}

/// Writes one of a request's figures for a line of a run.
async fn tell_requests(
    cx: &Cx,
    tx: &mut Tx,
    run: &Run,
    inputs: &Inputs,
    line: &Line,
    step: Step,
) -> Result<(), Failure<Refused>> {
    let mut wants = wants_of(tx, run, inputs, line).await?;
    for (request_line, grams) in spread(line.grams, &mut wants) {
        requests::usecases::answer::within(cx, tx, request_line, step, grams)
            .await
            .map_err(Failure::widen)?;
    }
    Ok(())
}
