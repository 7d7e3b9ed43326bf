//! Asks for goods by family and quantity, for a day.

use chrono::{Datelike as _, NaiveDate};
use goods::TemperatureClass;
use kernel::{Cx, Failure, Grams, Level, SiteId, StructureId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{Refused, check_known, tell_on_behalf};
use crate::request::{self, Request, RequestId, RequestLine, RequestLineId, Wanted};
use crate::{StandingId, store as rows};

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct Post {
    /// For which structure.
    pub structure: StructureId,
    /// At which of its places.
    pub site: Option<SiteId>,
    /// The day it is needed.
    pub needed_on: NaiveDate,
    /// For how many households.
    pub households: Option<i64>,
    /// For how many persons.
    pub persons: Option<i64>,
    /// A note that names nobody.
    pub note: String,
    /// What is wanted.
    pub lines: Vec<Wanted>,
}

/// What was written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The request.
    pub request: RequestId,
    /// Its number on paper.
    pub reference: String,
    /// Where it asks for more than the structure's card says it can keep: the storage and its room, in grams.
    pub beyond_storage: Vec<(TemperatureClass, Grams)>,
}

/// Asks, once per command key.
///
/// # Errors
/// [`Refused`] where it cannot be asked so; forbidden to whoever does not act for the structure.
pub async fn run(cx: &Cx, db: &Db, command: Post) -> Result<Posted, Failure<Refused>> {
    let mut tx = match db.begin(cx, "requests.post", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let posted = within(cx, &mut tx, &command).await?;
    Ok(tx.done(posted).await?)
}

/// Asks, in somebody's transaction.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &Post) -> Result<Posted, Failure<Refused>> {
    let on_behalf_of = network::usecases::working_for(cx, tx, command.structure).await?;
    access::taking_part(cx, Level::Contributor)?;
    request::check_day(command.needed_on, cx.today())?;
    write(cx, tx, command, None, on_behalf_of).await
}

/// Writes a request down; also the hand of the standing requests' job.
pub(super) async fn write(
    cx: &Cx,
    tx: &mut Tx,
    command: &Post,
    standing: Option<StandingId>,
    on_behalf_of: Option<StructureId>,
) -> Result<Posted, Failure<Refused>> {
    let coordination = cx.coordination.ok_or(Failure::Forbidden)?;
    request::check_lines(&command.lines)?;
    request::check_counts(command.households, command.persons)?;
    check_known(tx, coordination, command.structure, command.site, &command.lines).await?;
    let reference = network::next_reference(tx, coordination, "D", cx.today().year()).await?;
    let request = Request {
        id: RequestId::new(cx),
        reference: reference.clone(),
        coordination,
        structure: command.structure,
        site: command.site,
        standing,
        needed_on: command.needed_on,
        households: command.households,
        persons: command.persons,
        note: command.note.trim().to_owned(),
        closed: None,
        confirmed_at: cx.now(),
        posted_by: cx.person(),
        posted_for: on_behalf_of.is_some(),
        created_at: cx.now(),
        version: 1,
        lines: new_lines(cx, &command.lines),
    };
    rows::insert(tx, &request).await?;
    audit::record(
        tx,
        cx,
        audit::Act::new("requests.post", "request", request.id.uuid())
            .detail(json!({
                "reference": reference,
                "needed_on": command.needed_on,
                "standing": standing,
                "lines": command.lines,
            }))
            .on_behalf_of(on_behalf_of),
    )
    .await?;
    let link = format!("/demandes/{}", request.id);
    tell_on_behalf(cx, tx, on_behalf_of, "requests-told-posted-for", &reference, link).await?;
    let beyond_storage = crate::queries::beyond_storage(tx, command.structure, &command.lines).await?;
    Ok(Posted { request: request.id, reference, beyond_storage })
}

/// New lines for what is wanted.
pub(super) fn new_lines(cx: &Cx, wanted: &[Wanted]) -> Vec<RequestLine> {
    wanted
        .iter()
        .map(|line| RequestLine {
            id: RequestLineId::new(cx),
            family: line.family.clone(),
            temperature: line.temperature,
            wanted: line.grams,
            suggested: Grams::ZERO,
            accepted: Grams::ZERO,
            served: Grams::ZERO,
        })
        .collect()
}
