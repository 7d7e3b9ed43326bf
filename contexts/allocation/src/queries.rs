//! Read models of allocations. Structures are alphabetical everywhere; no list is in the order of a quantity.

use ::store::{Conn, Error};
use chrono::NaiveDate;
use kernel::{CoordinationId, StructureId};

use crate::inputs::Inputs;
use crate::line::Line;
use crate::rule::Rule;
use crate::run::{Run, RunId};
use crate::share::{Share, ShareId};
use crate::store as rows;

/// A run.
///
/// # Errors
/// When the database cannot be read.
pub async fn run(conn: &mut Conn, id: RunId) -> Result<Option<Run>, Error> {
    rows::run(conn, id).await
}

/// A coordination's runs, latest first, from before a day and id.
///
/// # Errors
/// When the database cannot be read.
pub async fn runs(
    conn: &mut Conn,
    coordination: CoordinationId,
    before: Option<(NaiveDate, RunId)>,
    most: i64,
) -> Result<Vec<Run>, Error> {
    rows::runs(conn, coordination, before, most).await
}

/// The runs that wait for a human.
///
/// # Errors
/// When the database cannot be read.
pub async fn proposed(conn: &mut Conn, coordination: CoordinationId) -> Result<Vec<Run>, Error> {
    rows::proposed(conn, coordination).await
}

/// The latest runs that were validated and are not over, five at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn under_way(conn: &mut Conn, coordination: CoordinationId) -> Result<Vec<Run>, Error> {
    rows::under_way(conn, coordination).await
}

/// The frozen inputs of a run.
///
/// # Errors
/// When the database cannot be read.
pub async fn inputs(conn: &mut Conn, run: RunId) -> Result<Option<Inputs>, Error> {
    rows::inputs(conn, run).await
}

/// The plan of a run.
///
/// # Errors
/// When the database cannot be read.
pub async fn plan(conn: &mut Conn, run: RunId) -> Result<Option<fair_share::Plan>, Error> {
    rows::plan(conn, run).await
}

/// The lines of a run, by structure.
///
/// # Errors
/// When the database cannot be read.
pub async fn lines(conn: &mut Conn, run: RunId) -> Result<Vec<Line>, Error> {
    rows::lines(conn, run).await
}

/// The lines of one structure in a run.
///
/// # Errors
/// When the database cannot be read.
pub async fn lines_for(conn: &mut Conn, run: RunId, structure: StructureId) -> Result<Vec<Line>, Error> {
    rows::lines_for(conn, run, structure).await
}

/// A structure's share of a run.
///
/// # Errors
/// When the database cannot be read.
pub async fn share(conn: &mut Conn, id: ShareId) -> Result<Option<Share>, Error> {
    rows::share(conn, id).await
}

/// The shares of a run.
///
/// # Errors
/// When the database cannot be read.
pub async fn shares(conn: &mut Conn, run: RunId) -> Result<Vec<Share>, Error> {
    rows::shares(conn, run).await
}

/// A structure's latest shares of validated runs, 30 at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn shares_of(
    conn: &mut Conn,
    coordination: CoordinationId,
    structure: StructureId,
) -> Result<Vec<Share>, Error> {
    rows::shares_of(conn, coordination, structure).await
}

/// The versions of the rule, latest first; the rule everybody starts with is not among them.
///
/// # Errors
/// When the database cannot be read.
pub async fn rules(conn: &mut Conn, coordination: CoordinationId) -> Result<Vec<Rule>, Error> {
    rows::rules(conn, coordination).await
}

/// The rule in force on a day.
///
/// # Errors
/// When the database cannot be read.
pub async fn rule_of(conn: &mut Conn, coordination: CoordinationId, day: NaiveDate) -> Result<Rule, Error> {
    crate::usecases::rule_of(conn, coordination, day).await
}

/// What is remembered of a coordination's structures on a day.
///
/// # Errors
/// When the database cannot be read.
pub async fn memory(
    conn: &mut Conn,
    coordination: CoordinationId,
    since: NaiveDate,
) -> Result<Vec<crate::memory::Day>, Error> {
    rows::days(conn, coordination, since).await
}

/// A line.
///
/// # Errors
/// When the database cannot be read.
pub async fn line(conn: &mut Conn, id: crate::LineId) -> Result<Option<Line>, Error> {
    rows::line(conn, id).await
}
