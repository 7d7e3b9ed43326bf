//! A human says yes: the proposals go out, each structure gets its own link, the day's needs enter the memory.

use std::collections::BTreeSet;

use ::store::{Begin, Db, Tx};
use chrono::{DateTime, Duration, Utc};
use kernel::{Cx, Failure, PersonId, Role};
use requests::usecases::answer::Step;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::answer::PURPOSE;
use super::{ANSWER_WITHIN, Refused, TIME_TO_FETCH, end_line, tell_requests};
use crate::inputs::Inputs;
use crate::line::{Line, LineState};
use crate::run::{Run, RunId, RunState};
use crate::share::Share;
use crate::store as rows;

/// How long a link opens the structure's page, so that it can still be read after the answer.
const LINK_LIVES: Duration = Duration::days(7);

/// Which run is validated, as it was seen.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Validate {
    /// The run.
    pub run: RunId,
    /// The version the human looked at.
    pub version: i64,
}

/// It is validated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validated {
    /// How many structures are asked.
    pub structures: usize,
}

/// Validates, once per command key.
///
/// # Errors
/// [`Refused`]; a conflict where somebody adjusted, validated or cancelled it since `version`; forbidden to the
/// machine, for a human validates.
pub async fn run(cx: &Cx, db: &Db, command: Validate) -> Result<Validated, Failure<Refused>> {
    let mut tx = match db.begin(cx, "allocation.validate", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    access::facilitating(cx)?;
    let person = cx.person().ok_or(Failure::Forbidden)?;
    let run = rows::lock(&mut tx, command.run).await?.ok_or(Failure::NotFound)?;
    if cx.coordination != Some(run.coordination) {
        return Err(Failure::NotFound);
    }
    if run.version != command.version + 1 {
        return Err(Failure::Conflict);
    }
    if !run.state.may_become(RunState::Validated) {
        return Err(Failure::Refused(Refused::NotFromHere(run.state)));
    }
    let run =
        Run { state: RunState::Validated, validated_by: Some(person), validated_at: Some(cx.now()), ..run };
    rows::set_state(&mut tx, &run).await?;
    let inputs = rows::inputs(&mut tx, run.id).await?.ok_or(Failure::NotFound)?;
    for structure in &inputs.structures {
        let (id, need) = (structure.structure, structure.need_of_a_day);
        rows::remember_need(&mut tx, run.coordination, id, run.day, need).await?;
    }
    let mut asked = BTreeSet::new();
    for mut line in rows::lines(&mut tx, run.id).await? {
        if line.state != LineState::Proposed {
            continue;
        }
        if line.grams.is_positive() {
            asked.insert(line.structure);
            tell_requests(cx, &mut tx, &run, &inputs, &line, Step::Suggested).await?;
        } else {
            end_line(cx, &mut tx, &mut line, LineState::NotHandedOver).await?;
        }
    }
    for share in rows::shares(&mut tx, run.id).await? {
        if asked.contains(&share.structure) {
            let own = rows::lines_for(&mut tx, run.id, share.structure).await?;
            rows::set_answer_until(&mut tx, share.id, answer_until(cx, &inputs, &own)).await?;
            invite(cx, &mut tx, &run, &share).await?;
        }
    }
    let act = audit::Act::new("allocation.validate", "allocation_run", run.id.uuid())
        .detail(json!({ "structures": asked.len() }))
        .facilitation();
    audit::record(&mut tx, cx, act).await?;
    super::close_if_done(cx, &mut tx, &run).await?;
    Ok(tx.done(Validated { structures: asked.len() }).await?)
}

/// Until when a structure may answer: a day, or sooner where an offer must be fetched before; never less than an hour.
fn answer_until(cx: &Cx, inputs: &Inputs, lines: &[Line]) -> DateTime<Utc> {
    let soonest = lines
        .iter()
        .filter(|line| line.grams.is_positive())
        .filter_map(|line| inputs.lots.iter().find(|lot| lot.lot == line.lot))
        .filter_map(|lot| lot.offer.as_ref().map(|offer| offer.until - TIME_TO_FETCH))
        .min();
    let day = cx.now() + ANSWER_WITHIN;
    soonest.map_or(day, |soonest| soonest.min(day)).max(cx.now() + Duration::hours(1))
}

/// Each lead and member of the structure gets a letter with a link of their own.
async fn invite(cx: &Cx, tx: &mut Tx, run: &Run, share: &Share) -> Result<(), Failure<Refused>> {
    let people = network::queries::people_of(tx, share.structure, &[Role::Lead, Role::Member]).await?;
    tell(cx, tx, run, share, &people, "allocation-told-proposed").await
}

/// Sends a link to each of these people.
pub(super) async fn tell(
    cx: &Cx,
    tx: &mut Tx,
    run: &Run,
    share: &Share,
    people: &[PersonId],
    key: &'static str,
) -> Result<(), Failure<Refused>> {
    for person in people {
        let link = accounts::links::issue(
            tx,
            cx,
            accounts::links::NewLink {
                purpose: PURPOSE,
                subject: share.id.uuid(),
                structure: Some(share.structure),
                person: Some(*person),
                label: run.reference.clone(),
                valid_for: LINK_LIVES,
            },
        )
        .await?;
        let args = vec![("reference".to_owned(), i18n::Arg::from(run.reference.clone()))];
        accounts::notify(tx, cx, &[*person], accounts::Note { direct: true, key, args, link }).await?;
    }
    Ok(())
}
