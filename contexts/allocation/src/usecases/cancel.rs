//! Gives a run up: everything that was not handed over goes back to the common stock.

use ::store::{Begin, Db};
use kernel::{Cx, Failure};
use serde::{Deserialize, Serialize};

use super::answer::PURPOSE;
use super::{Refused, end_line};
use crate::line::LineState;
use crate::run::{Run, RunId, RunState};
use crate::store as rows;

/// Which run is given up, as it was seen.
#[derive(Clone, Debug, Serialize)]
pub struct Cancel {
    /// The run.
    pub run: RunId,
    /// The version the human looked at.
    pub version: i64,
    /// Why, in one sentence; asked for once structures were told.
    pub reason: String,
}

/// It is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// How many lines went back.
    pub lines: usize,
}

/// Gives it up, once per command key.
///
/// # Errors
/// [`Refused`]: it is over already, or goods of it are on a delivery note; a conflict where somebody changed it since.
pub async fn run(cx: &Cx, db: &Db, command: Cancel) -> Result<Cancelled, Failure<Refused>> {
    let mut tx = match db.begin(cx, "allocation.cancel", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    access::facilitating(cx)?;
    let run = rows::lock(&mut tx, command.run).await?.ok_or(Failure::NotFound)?;
    if cx.coordination != Some(run.coordination) {
        return Err(Failure::NotFound);
    }
    if run.version != command.version + 1 {
        return Err(Failure::Conflict);
    }
    if !run.state.may_become(RunState::Cancelled) {
        return Err(Failure::Refused(Refused::NotFromHere(run.state)));
    }
    let reason = Some(command.reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    if run.state == RunState::Validated && reason.is_none() {
        return Err(Failure::Refused(Refused::ReasonMissing));
    }
    let mut lines = rows::lines(&mut tx, run.id).await?;
    if let Some(done) =
        lines.iter().find(|line| matches!(line.state, LineState::Prepared | LineState::HandedOver))
    {
        return Err(Failure::Refused(Refused::LineNotFromHere(done.state)));
    }
    let was_told = run.state == RunState::Validated;
    let mut ended = 0;
    for line in lines.iter_mut().filter(|line| line.state.holds_goods()) {
        end_line(cx, &mut tx, line, LineState::NotHandedOver).await?;
        ended += 1;
    }
    rows::set_state(&mut tx, &Run { state: RunState::Cancelled, ..run.clone() }).await?;
    if was_told {
        for share in rows::shares(&mut tx, run.id).await? {
            accounts::links::revoke(&mut tx, cx, PURPOSE, share.id.uuid()).await?;
            let people = network::queries::people_of(&mut tx, share.structure, &[]).await?;
            let note = accounts::Note {
                direct: false,
                key: "allocation-told-cancelled",
                args: vec![("reference".to_owned(), i18n::Arg::from(run.reference.clone()))],
                link: "/attributions".to_owned(),
            };
            accounts::notify(&mut tx, cx, &people, note).await?;
        }
    }
    let act =
        audit::Act::new("allocation.cancel", "allocation_run", run.id.uuid()).reason(reason).facilitation();
    audit::record(&mut tx, cx, act).await?;
    Ok(tx.done(Cancelled { lines: ended }).await?)
}
