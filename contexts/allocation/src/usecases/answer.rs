//! A structure answers: what it takes stays held for it, what it refuses goes back. Refusing is a right; it is never
//! counted as received and never held against anybody.

use ::store::{Begin, Db};
use kernel::{Cx, Failure, Role};
use requests::usecases::answer::Step;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Refused, end_line, tell_requests};
use crate::line::{LineId, LineState, RefusalReason};
use crate::run::RunState;
use crate::share::ShareId;
use crate::store as rows;

/// The purpose of the personal link that answers.
pub const PURPOSE: &str = "allocation.answer";

/// A structure's answer. Lines it does not name keep their state.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// Its share of the run.
    pub share: ShareId,
    /// Lines it takes.
    pub accepted: Vec<LineId>,
    /// Lines it does not take, each with a reason's code.
    pub refused: Vec<(LineId, &'static str)>,
}

/// What was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// How many lines are taken.
    pub accepted: usize,
    /// How many went back.
    pub refused: usize,
}

/// Answers, once per command key.
///
/// # Errors
/// [`Refused`] for a line that ended or is on a delivery note; forbidden to whoever neither acts for the structure nor
/// holds the link.
pub async fn run(cx: &Cx, db: &Db, command: Answer) -> Result<Answered, Failure<Refused>> {
    let mut tx = match db.begin(cx, "allocation.answer", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let share = rows::share(&mut tx, command.share).await?.ok_or(Failure::NotFound)?;
    let run = rows::hold(&mut tx, share.run).await?.ok_or(Failure::NotFound)?;
    let mut there = cx.clone();
    there.coordination = Some(run.coordination);
    let held = cx.viewer.holds_link(PURPOSE, share.id.uuid());
    let on_behalf_of = if held { None } else { access::acting(&there, share.structure)? };
    if run.state != RunState::Validated {
        return Err(Failure::Refused(Refused::NotFromHere(run.state)));
    }
    let inputs = rows::inputs(&mut tx, run.id).await?.ok_or(Failure::NotFound)?;
    let mut answered = Answered { accepted: 0, refused: 0 };
    for mut line in rows::lines_for(&mut tx, run.id, share.structure).await? {
        let refusal = command.refused.iter().find(|(id, _)| *id == line.id).map(|(_, reason)| *reason);
        let next = match (refusal, command.accepted.contains(&line.id)) {
            (Some(_), _) => LineState::Refused,
            (None, true) => LineState::Accepted,
            (None, false) => continue,
        };
        if line.state == next {
            continue;
        }
        if !line.state.may_become(next) {
            return Err(Failure::Refused(Refused::LineNotFromHere(line.state)));
        }
        line.answered_at = Some(cx.now());
        if let Some(reason) = refusal {
            let reason = RefusalReason::from_code(reason).unwrap_or(RefusalReason::Unsaid);
            line.answer_reason = Some(reason.code().to_owned());
            end_line(cx, &mut tx, &mut line, LineState::Refused).await?;
            answered.refused += 1;
        } else {
            line.state = LineState::Accepted;
            if let Some(hold) = line.hold {
                collections::usecases::confirm::within(&there, &mut tx, hold)
                    .await
                    .map_err(|failure| failure.map_refusal(|_ended| Refused::OfferGone))?;
            }
            rows::save_line(&mut tx, &line).await?;
            tell_requests(cx, &mut tx, &run, &inputs, &line, Step::Accepted).await?;
            answered.accepted += 1;
        }
    }
    let act = audit::Act::new("allocation.answer", "allocation_share", share.id.uuid())
        .detail(json!({ "run": run.id, "accepted": answered.accepted, "refused": answered.refused }))
        .on_behalf_of(on_behalf_of);
    audit::record(&mut tx, cx, act).await?;
    if on_behalf_of.is_some() {
        let people =
            network::queries::people_of(&mut tx, share.structure, &[Role::Lead, Role::Member]).await?;
        let note = accounts::Note {
            direct: false,
            key: "allocation-told-answered-for",
            args: vec![("reference".to_owned(), i18n::Arg::from(run.reference.clone()))],
            link: format!("/attributions/reponse/{}", share.id),
        };
        accounts::notify(&mut tx, &there, &people, note).await?;
    }
    super::close_if_done(&there, &mut tx, &run).await?;
    Ok(tx.done(answered).await?)
}
