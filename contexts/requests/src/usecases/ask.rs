//! Asks whether what was asked for eight weeks ago is still right: one link, one button, no account needed.

use chrono::Duration;
use kernel::uuid::Uuid;
use kernel::{Cx, Failure, Never, Role, StructureId};
use serde::Serialize;
use store::{Db, Tx};

use super::confirm::PURPOSE;
use crate::request::{CONFIRM_AFTER, CONFIRM_WITHIN};
use crate::store as rows;

/// The job that asks one structure about one thing.
pub const JOB: &str = "requests.ask_one";

/// What the job is told.
#[derive(Clone, Debug, Serialize, serde::Deserialize)]
pub struct Ask {
    /// The request or standing request.
    pub subject: Uuid,
}

/// Asks for one job per thing to be confirmed; the job's key holds the last confirmation, so each is asked once.
///
/// # Errors
/// When the database cannot be reached.
pub async fn run(cx: &Cx, db: &Db) -> Result<(), Failure<Never>> {
    let mut tx = db.write().await?;
    let mut subjects = Vec::new();
    for id in rows::unconfirmed(&mut tx, cx.now() - CONFIRM_AFTER).await? {
        if let Some(request) = rows::request(&mut tx, id).await? {
            subjects.push((id.uuid(), request.confirmed_at));
        }
    }
    for id in rows::active_standings(&mut tx).await? {
        if let Some(standing) =
            rows::standing(&mut tx, id).await?.filter(|one| one.asks_confirmation(cx.now()))
        {
            subjects.push((id.uuid(), standing.confirmed_at));
        }
    }
    for (subject, confirmed_at) in subjects {
        let once = format!("{JOB}@{subject}@{}", confirmed_at.timestamp());
        queue::enqueue(&mut tx, cx, JOB, &Ask { subject }, cx.now(), Some(once)).await?;
    }
    Ok(tx.commit().await?)
}

/// Asks the leads of one structure about one thing; nothing where it was confirmed or closed in the meantime.
///
/// # Errors
/// When the database cannot be reached.
pub async fn one(cx: &Cx, db: &Db, ask: &Ask) -> Result<(), Failure<Never>> {
    let mut tx = db.write().await?;
    let subject = ask.subject;
    let standing = rows::standing(&mut tx, crate::StandingId(subject)).await?;
    let request = rows::request(&mut tx, crate::RequestId(subject)).await?;
    if let Some(standing) = standing.filter(|standing| standing.asks_confirmation(cx.now())) {
        let arg = ("weekday".to_owned(), i18n::Arg::from(standing.rhythm.weekday));
        let cx = at(cx, standing.coordination);
        tell(&cx, &mut tx, standing.structure, subject, "requests-told-confirm-standing", arg).await?;
    } else if let Some(request) = request.filter(|request| request.asks_confirmation(cx.now())) {
        let arg = ("reference".to_owned(), i18n::Arg::from(request.reference));
        let cx = at(cx, request.coordination);
        tell(&cx, &mut tx, request.structure, subject, "requests-told-confirm-request", arg).await?;
    }
    Ok(tx.commit().await?)
}

/// The job's context, in the coordination of what it handles.
pub(super) fn at(cx: &Cx, coordination: kernel::CoordinationId) -> Cx {
    let mut there = cx.clone();
    there.coordination = Some(coordination);
    there
}

/// One link each, so that one can be taken back without the others.
async fn tell(
    cx: &Cx,
    tx: &mut Tx,
    structure: StructureId,
    subject: Uuid,
    key: &'static str,
    arg: (String, i18n::Arg),
) -> Result<(), Failure<Never>> {
    let people = network::queries::people_of(tx, structure, &[Role::Lead]).await?;
    for person in people {
        let link = accounts::links::issue(
            tx,
            cx,
            accounts::links::NewLink {
                purpose: PURPOSE,
                subject,
                structure: Some(structure),
                person: Some(person),
                label: "requests-link-confirm".to_owned(),
                valid_for: CONFIRM_WITHIN + Duration::days(1),
            },
        )
        .await?;
        let note = accounts::Note { direct: true, key, args: vec![arg.clone()], link };
        accounts::notify(tx, cx, &[person], note).await?;
    }
    Ok(())
}
