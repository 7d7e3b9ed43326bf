//! Changes a standing request, pauses it, takes it up again or ends it. Requests it has made stay as they are.

use kernel::{Cx, Failure};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Command, Db};

use super::post_standing::PostStanding;
use super::{Refused, check_known, tell_on_behalf};
use crate::request;
use crate::standing::{Standing, StandingId, StandingState};
use crate::store as rows;

/// What is to change.
#[derive(Clone, Debug, Serialize)]
pub struct EditStanding {
    /// Which standing request.
    pub standing: StandingId,
    /// The version the form was filled from.
    pub version: i64,
    /// What it is to be; its structure stays.
    pub content: PostStanding,
}

/// Whether it goes on.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Turn {
    /// Which standing request.
    pub standing: StandingId,
    /// What it becomes: `active`, `paused`, `closed`.
    pub to: &'static str,
}

/// It is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingEdited {
    /// The version it has now.
    pub version: i64,
}

/// Changes it, once per command key.
///
/// # Errors
/// [`Refused`]; a conflict where somebody else changed it since `version`.
pub async fn run(cx: &Cx, db: &Db, command: EditStanding) -> Result<StandingEdited, Failure<Refused>> {
    let mut tx = match db.begin(cx, "requests.edit_standing", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let before = rows::hold_standing(&mut tx, command.standing).await?.ok_or(Failure::NotFound)?;
    let on_behalf_of = access::acting_in(cx, before.structure, before.coordination)?;
    if before.state == StandingState::Closed {
        return Err(Failure::Refused(Refused::Over));
    }
    let content = &command.content;
    request::check_lines(&content.lines)?;
    request::check_counts(content.households, content.persons)?;
    if !content.rhythm().is_sound() {
        return Err(Failure::Refused(Refused::Rhythm));
    }
    check_known(&mut tx, before.coordination, before.structure, content.site, &content.lines).await?;
    let after = Standing {
        site: content.site,
        rhythm: content.rhythm(),
        lines: content.lines.clone(),
        households: content.households,
        persons: content.persons,
        note: content.note.trim().to_owned(),
        confirmed_at: cx.now(),
        ..before.clone()
    };
    if !rows::save_standing(&mut tx, &after, command.version).await? {
        return Err(Failure::Conflict);
    }
    let act = audit::Act::new("requests.edit_standing", "standing_request", before.id.uuid())
        .detail(json!({ "before": before.lines, "after": content.lines, "weekday": content.weekday }))
        .on_behalf_of(on_behalf_of);
    audit::record(&mut tx, cx, act).await?;
    let link = format!("/demandes/permanentes/{}", before.id);
    tell_on_behalf(cx, &mut tx, on_behalf_of, "requests-told-standing-for", "", link).await?;
    super::spawn_due::within(cx, &mut tx, before.id).await?;
    Ok(tx.done(StandingEdited { version: command.version + 1 }).await?)
}

/// Pauses it, takes it up again or ends it, once per command key.
///
/// # Errors
/// [`Refused::Over`] where it is closed or already so.
pub async fn turn(cx: &Cx, db: &Db, command: Turn) -> Result<StandingEdited, Failure<Refused>> {
    let mut tx: Command = match db.begin(cx, "requests.turn_standing", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let before = rows::hold_standing(&mut tx, command.standing).await?.ok_or(Failure::NotFound)?;
    let on_behalf_of = access::acting_in(cx, before.structure, before.coordination)?;
    let to = StandingState::from_code(command.to).ok_or(Failure::NotFound)?;
    if !before.state.may_become(to) {
        return Err(Failure::Refused(Refused::Over));
    }
    let version = before.version;
    let confirmed_at = if to == StandingState::Active { cx.now() } else { before.confirmed_at };
    let after = Standing { state: to, confirmed_at, ..before.clone() };
    rows::save_standing(&mut tx, &after, version).await?;
    let act = audit::Act::new("requests.turn_standing", "standing_request", before.id.uuid())
        .detail(json!({ "from": before.state.code(), "to": to.code() }))
        .on_behalf_of(on_behalf_of);
    audit::record(&mut tx, cx, act).await?;
    let link = format!("/demandes/permanentes/{}", before.id);
    tell_on_behalf(cx, &mut tx, on_behalf_of, "requests-told-standing-for", "", link).await?;
    super::spawn_due::within(cx, &mut tx, before.id).await?;
    Ok(tx.done(StandingEdited { version: version + 1 }).await?)
}
