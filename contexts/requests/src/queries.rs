//! Read models of requests. Lists are in the order of the day needed, then of writing down; never of a quantity.

use chrono::NaiveDate;
use goods::{FamilyCode, TemperatureClass};
use kernel::{CoordinationId, Grams, SiteId, StructureId};
use serde::{Deserialize, Serialize};
use store::{Conn, Error};

use crate::request::{Request, RequestId, RequestLineId};
use crate::standing::{Standing, StandingId};
use crate::store as rows;

/// A line that still wants something, with what an allocation needs to know of its request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenLine {
    /// The line.
    pub line: RequestLineId,
    /// Its request.
    pub request: RequestId,
    /// The request's number on paper.
    pub reference: String,
    /// Whose it is.
    pub structure: StructureId,
    /// At which of its places.
    pub site: Option<SiteId>,
    /// The family.
    pub family: FamilyCode,
    /// At which temperature only.
    pub temperature: Option<TemperatureClass>,
    /// What was asked, in grams.
    pub wanted: Grams,
    /// What was handed over so far.
    pub served: Grams,
    /// The day it is needed.
    pub needed_on: NaiveDate,
    /// For how many persons.
    pub persons: Option<i64>,
    /// For how many households.
    pub households: Option<i64>,
}

/// The lines of a coordination's open requests that are needed by `until` and still want something, in the order of
/// the day needed.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_lines(
    conn: &mut Conn,
    coordination: CoordinationId,
    until: NaiveDate,
) -> Result<Vec<OpenLine>, Error> {
    let requests = rows::open_until(conn, coordination, until).await?;
    let mut lines = Vec::new();
    for request in requests {
        for line in request.lines.iter().filter(|line| line.left().is_positive()) {
            lines.push(OpenLine {
                line: line.id,
                request: request.id,
                reference: request.reference.clone(),
                structure: request.structure,
                site: request.site,
                family: line.family.clone(),
                temperature: line.temperature,
                wanted: line.wanted,
                served: line.served,
                needed_on: request.needed_on,
                persons: request.persons,
                households: request.households,
            });
        }
    }
    Ok(lines)
}

/// A request with its lines.
///
/// # Errors
/// When the database cannot be read.
pub async fn request(conn: &mut Conn, id: RequestId) -> Result<Option<Request>, Error> {
    rows::request(conn, id).await
}

/// Where a page of open requests begins: after the request of this day and id.
pub type After = (NaiveDate, RequestId);

/// A page of a coordination's open requests, those of one structure only where it is named.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_requests(
    conn: &mut Conn,
    coordination: CoordinationId,
    structure: Option<StructureId>,
    after: Option<After>,
    most: i64,
) -> Result<Vec<Request>, Error> {
    let after = after.unwrap_or((NaiveDate::MIN, RequestId(kernel::uuid::Uuid::nil())));
    // Both engines' dates begin later than chrono's.
    let first = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default();
    let page = rows::Page { coordination, structure, after: (after.0.max(first), after.1), most };
    rows::open_page(conn, page).await
}

/// Every request of a structure, for its own export.
///
/// # Errors
/// When the database cannot be read.
pub async fn requests_of(conn: &mut Conn, structure: StructureId) -> Result<Vec<Request>, Error> {
    rows::all_of(conn, structure).await
}

/// A standing request.
///
/// # Errors
/// When the database cannot be read.
pub async fn standing(conn: &mut Conn, id: StandingId) -> Result<Option<Standing>, Error> {
    rows::standing(conn, id).await
}

/// The standing requests of a coordination that are not closed, those of one structure only where it is named.
///
/// # Errors
/// When the database cannot be read.
pub async fn standings(
    conn: &mut Conn,
    coordination: CoordinationId,
    structure: Option<StructureId>,
) -> Result<Vec<Standing>, Error> {
    rows::standings(conn, coordination, structure).await
}

/// The storages of a structure that the lines would overfill.
pub(crate) async fn beyond_storage(
    conn: &mut Conn,
    structure: StructureId,
    lines: &[crate::Wanted],
) -> Result<Vec<(TemperatureClass, Grams)>, Error> {
    let profiles = directory::queries::profiles(conn, &[structure]).await?;
    Ok(profiles
        .get(&structure)
        .map(|profile| crate::storage::overfilled(lines, profile.dry, profile.chilled, profile.frozen))
        .unwrap_or_default())
}
