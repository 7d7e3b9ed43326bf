//! Changes an open request: its day, its counts, its lines. Nobody's change is silently overwritten.

use chrono::NaiveDate;
use kernel::{Cx, Failure, Grams, SiteId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Db, Tx};

use super::post::new_lines;
use super::{Refused, check_known, tell_on_behalf};
use crate::request::{self, Request, RequestId, Wanted};
use crate::store as rows;

/// What is to change.
#[derive(Clone, Debug, Serialize)]
pub struct Edit {
    /// Which request.
    pub request: RequestId,
    /// The version the form was filled from.
    pub version: i64,
    /// At which of the structure's places.
    pub site: Option<SiteId>,
    /// The day it is needed.
    pub needed_on: NaiveDate,
    /// For how many households.
    pub households: Option<i64>,
    /// For how many persons.
    pub persons: Option<i64>,
    /// A note that names nobody.
    pub note: String,
    /// What is wanted; a line that is not here is taken off.
    pub lines: Vec<Wanted>,
}

/// The version after the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edited {
    /// The version the request has now.
    pub version: i64,
}

/// Changes it, once per command key.
///
/// # Errors
/// [`Refused`]; a conflict where somebody else changed it since `version`.
pub async fn run(cx: &Cx, db: &Db, command: Edit) -> Result<Edited, Failure<Refused>> {
    let mut tx = match db.begin(cx, "requests.edit", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let edited = within(cx, &mut tx, &command).await?;
    Ok(tx.done(edited).await?)
}

/// Changes it, in somebody's transaction.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &Edit) -> Result<Edited, Failure<Refused>> {
    let before = rows::lock(tx, command.request).await?.ok_or(Failure::NotFound)?;
    let on_behalf_of = access::acting_in(cx, before.structure, before.coordination)?;
    if before.version != command.version + 1 {
        return Err(Failure::Conflict);
    }
    if before.closed.is_some() {
        return Err(Failure::Refused(Refused::Over));
    }
    if command.needed_on != before.needed_on {
        request::check_day(command.needed_on, cx.today())?;
    }
    request::check_lines(&command.lines)?;
    request::check_counts(command.households, command.persons)?;
    check_known(tx, before.coordination, before.structure, command.site, &command.lines).await?;
    save_lines(cx, tx, &before, &command.lines).await?;
    let after = Request {
        site: command.site,
        needed_on: command.needed_on,
        households: command.households,
        persons: command.persons,
        note: command.note.trim().to_owned(),
        confirmed_at: cx.now(),
        ..before.clone()
    };
    rows::save(tx, &after).await?;
    audit::record(
        tx,
        cx,
        audit::Act::new("requests.edit", "request", before.id.uuid())
            .detail(json!({
                "before": { "needed_on": before.needed_on, "lines": wanted_of(&before) },
                "after": { "needed_on": command.needed_on, "lines": command.lines },
            }))
            .on_behalf_of(on_behalf_of),
    )
    .await?;
    let link = format!("/demandes/{}", before.id);
    tell_on_behalf(cx, tx, on_behalf_of, "requests-told-edited-for", &before.reference, link).await?;
    Ok(Edited { version: before.version })
}

/// Writes the lines that changed, adds the new ones, takes off those that are gone. What was handed over stays
/// asked for: a line cannot ask for less.
async fn save_lines(
    cx: &Cx,
    tx: &mut Tx,
    before: &Request,
    wanted: &[Wanted],
) -> Result<(), Failure<Refused>> {
    for line in &before.lines {
        let kept =
            wanted.iter().find(|want| want.family == line.family && want.temperature == line.temperature);
        let asked = kept.map_or(Grams::ZERO, |want| want.grams);
        if asked < line.served {
            return Err(Failure::Refused(Refused::BelowServed(line.family.clone())));
        }
        if kept.is_none() {
            rows::take_off(tx, line.id).await?;
        } else if asked != line.wanted {
            rows::set_wanted(tx, line.id, asked).await?;
        }
    }
    let is_new = |want: &&Wanted| {
        !before.lines.iter().any(|line| line.family == want.family && line.temperature == want.temperature)
    };
    let added: Vec<Wanted> = wanted.iter().filter(is_new).cloned().collect();
    for line in new_lines(cx, &added) {
        rows::insert_line(tx, before.id, &line).await?;
    }
    Ok(())
}

fn wanted_of(request: &Request) -> Vec<Wanted> {
    request
        .lines
        .iter()
        .map(|line| Wanted { family: line.family.clone(), temperature: line.temperature, grams: line.wanted })
        .collect()
}
