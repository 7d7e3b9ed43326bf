//! The SQL of requests: rows in, rows out.
//!
//! Invariant: a request's row is touched first, so two acts on one request follow each other on both engines.

mod standings;

pub(crate) use standings::{
    active_standings, hold_standing, insert_standing, save_standing, standing, standings,
};

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use goods::{FamilyCode, TemperatureClass};
use kernel::{CoordinationId, Grams, PersonId, SiteId, StructureId};
use network::ids;
use network::many::{AT_ONCE, bind_ids};
use store::{Conn, Error, FromRow, Tx};

use crate::request::{CloseReason, Request, RequestId, RequestLine, RequestLineId};
use crate::standing::StandingId;

#[derive(FromRow)]
struct RequestRow {
    id: RequestId,
    reference: String,
    coordination_id: CoordinationId,
    structure_id: StructureId,
    site_id: Option<SiteId>,
    standing_id: Option<StandingId>,
    needed_on: NaiveDate,
    households: Option<i64>,
    persons: Option<i64>,
    note: String,
    close_reason: Option<String>,
    confirmed_at: DateTime<Utc>,
    posted_by: Option<PersonId>,
    posted_for: bool,
    created_at: DateTime<Utc>,
    version: i64,
}

#[derive(FromRow)]
struct LineRow {
    request_id: RequestId,
    id: RequestLineId,
    family: String,
    temperature_class: Option<String>,
    wanted_grams: Grams,
    suggested_grams: Grams,
    accepted_grams: Grams,
    served_grams: Grams,
}

impl From<LineRow> for RequestLine {
    fn from(row: LineRow) -> Self {
        Self {
            id: row.id,
            family: FamilyCode(row.family),
            temperature: row.temperature_class.as_deref().and_then(TemperatureClass::from_code),
            wanted: row.wanted_grams,
            suggested: row.suggested_grams,
            accepted: row.accepted_grams,
            served: row.served_grams,
        }
    }
}

impl RequestRow {
    fn with_lines(self, lines: Vec<RequestLine>) -> Request {
        Request {
            id: self.id,
            reference: self.reference,
            coordination: self.coordination_id,
            structure: self.structure_id,
            site: self.site_id,
            standing: self.standing_id,
            needed_on: self.needed_on,
            households: self.households,
            persons: self.persons,
            note: self.note,
            closed: self.close_reason.as_deref().and_then(CloseReason::from_code),
            confirmed_at: self.confirmed_at,
            posted_by: self.posted_by,
            posted_for: self.posted_for,
            created_at: self.created_at,
            version: self.version,
            lines,
        }
    }
}

async fn lines_of(conn: &mut Conn, request: RequestId) -> Result<Vec<RequestLine>, Error> {
    let rows: Vec<LineRow> = conn
        .query(
            "SELECT request_id, id, family, temperature_class, wanted_grams, suggested_grams, accepted_grams, served_grams
             FROM request_line WHERE request_id = $1 AND NOT taken_off ORDER BY rank",
        )
        .bind(request)
        .all()
        .await?;
    Ok(rows.into_iter().map(RequestLine::from).collect())
}

/// A request, without locking it.
pub(crate) async fn request(conn: &mut Conn, id: RequestId) -> Result<Option<Request>, Error> {
    let row: Option<RequestRow> = conn
        .query(
            "SELECT id, reference, coordination_id, structure_id, site_id, standing_id, needed_on, households, persons,
                 note, close_reason, confirmed_at, posted_by, posted_for, created_at, version
             FROM request WHERE id = $1",
        )
        .bind(id)
        .optional()
        .await?;
    let Some(row) = row else { return Ok(None) };
    let lines = lines_of(conn, id).await?;
    Ok(Some(row.with_lines(lines)))
}

/// A request, locked for the rest of the transaction; its version has moved on by one.
pub(crate) async fn lock(tx: &mut Tx, id: RequestId) -> Result<Option<Request>, Error> {
    let touched = tx.query("UPDATE request SET version = version + 1 WHERE id = $1").bind(id).run().await?;
    if touched == 0 { Ok(None) } else { request(tx, id).await }
}

/// The request a line belongs to.
pub(crate) async fn request_of_line(
    conn: &mut Conn,
    line: RequestLineId,
) -> Result<Option<RequestId>, Error> {
    let row: Option<(RequestId,)> =
        conn.query("SELECT request_id FROM request_line WHERE id = $1").bind(line).optional().await?;
    Ok(row.map(|(id,)| id))
}

/// Which requests a page of them holds.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    /// Where they were made.
    pub(crate) coordination: CoordinationId,
    /// Of one structure only.
    pub(crate) structure: Option<StructureId>,
    /// After this day and id.
    pub(crate) after: (NaiveDate, RequestId),
    /// At most so many.
    pub(crate) most: i64,
}

/// A page of open requests, the day needed first.
pub(crate) async fn open_page(conn: &mut Conn, page: Page) -> Result<Vec<Request>, Error> {
    let (day, id) = page.after;
    // Two texts: of one structure, its own index is read, not everything that is open.
    let query = match page.structure {
        Some(structure) => conn
            .query(
                "SELECT id, reference, coordination_id, structure_id, site_id, standing_id, needed_on, households, persons,
                 note, close_reason, confirmed_at, posted_by, posted_for, created_at, version
                 FROM request
                 WHERE structure_id = $4 AND coordination_id = $1 AND state = 'open'
                     AND (needed_on > $2 OR (needed_on = $2 AND id > $3))
                 ORDER BY needed_on, id LIMIT $5",
            )
            .bind(page.coordination)
            .bind(day)
            .bind(id)
            .bind(structure),
        None => conn
            .query(
                "SELECT id, reference, coordination_id, structure_id, site_id, standing_id, needed_on, households, persons,
                 note, close_reason, confirmed_at, posted_by, posted_for, created_at, version
                 FROM request
                 WHERE coordination_id = $1 AND state = 'open' AND (needed_on > $2 OR (needed_on = $2 AND id > $3))
                 ORDER BY needed_on, id LIMIT $4",
            )
            .bind(page.coordination)
            .bind(day)
            .bind(id),
    };
    let rows: Vec<RequestRow> = query.bind(page.most).all().await?;
    with_lines(conn, rows).await
}

/// Every request of a structure, in whichever coordination and state, the day needed first.
pub(crate) async fn all_of(conn: &mut Conn, structure: StructureId) -> Result<Vec<Request>, Error> {
    let rows: Vec<RequestRow> = conn
        .query(
            "SELECT id, reference, coordination_id, structure_id, site_id, standing_id, needed_on, households, persons,
                 note, close_reason, confirmed_at, posted_by, posted_for, created_at, version
             FROM request WHERE structure_id = $1 ORDER BY needed_on, id",
        )
        .bind(structure)
        .all()
        .await?;
    with_lines(conn, rows).await
}

async fn with_lines(conn: &mut Conn, rows: Vec<RequestRow>) -> Result<Vec<Request>, Error> {
    let mut by_request: BTreeMap<RequestId, Vec<RequestLine>> = BTreeMap::new();
    let ids: Vec<RequestId> = rows.iter().map(|row| row.id).collect();
    for chunk in ids.chunks(AT_ONCE) {
        let query = conn.query(concat!(
            "SELECT request_id, id, family, temperature_class, wanted_grams, suggested_grams, accepted_grams, served_grams
             FROM request_line WHERE NOT taken_off AND request_id IN ",
            ids!(),
            " ORDER BY request_id, rank"
        ));
        let lines: Vec<LineRow> = bind_ids(query, chunk).all().await?;
        for line in lines {
            by_request.entry(line.request_id).or_default().push(line.into());
        }
    }
    Ok(together(rows, by_request))
}

fn together(rows: Vec<RequestRow>, mut lines: BTreeMap<RequestId, Vec<RequestLine>>) -> Vec<Request> {
    rows.into_iter()
        .map(|row| {
            let lines = lines.remove(&row.id).unwrap_or_default();
            row.with_lines(lines)
        })
        .collect()
}

/// The lines of every open request of a coordination that is needed by `until`.
pub(crate) async fn open_until(
    conn: &mut Conn,
    coordination: CoordinationId,
    until: NaiveDate,
) -> Result<Vec<Request>, Error> {
    let rows: Vec<RequestRow> = conn
        .query(
            "SELECT id, reference, coordination_id, structure_id, site_id, standing_id, needed_on, households, persons,
                 note, close_reason, confirmed_at, posted_by, posted_for, created_at, version
             FROM request WHERE coordination_id = $1 AND state = 'open' AND needed_on <= $2 ORDER BY needed_on, id",
        )
        .bind(coordination)
        .bind(until)
        .all()
        .await?;
    let lines: Vec<LineRow> = conn
        .query(
            "SELECT l.request_id, l.id, l.family, l.temperature_class, l.wanted_grams, l.suggested_grams,
                 l.accepted_grams, l.served_grams
             FROM request_line l JOIN request r ON r.id = l.request_id
             WHERE r.coordination_id = $1 AND r.state = 'open' AND r.needed_on <= $2 AND NOT l.taken_off
             ORDER BY l.request_id, l.rank",
        )
        .bind(coordination)
        .bind(until)
        .all()
        .await?;
    let mut by_request: BTreeMap<RequestId, Vec<RequestLine>> = BTreeMap::new();
    for line in lines {
        by_request.entry(line.request_id).or_default().push(line.into());
    }
    Ok(together(rows, by_request))
}

/// The open requests whose day is past or that nobody confirmed since `unconfirmed`.
pub(crate) async fn lapsing(
    conn: &mut Conn,
    today: NaiveDate,
    unconfirmed: DateTime<Utc>,
) -> Result<Vec<RequestId>, Error> {
    let rows: Vec<(RequestId,)> = conn
        .query(
            "SELECT id FROM request WHERE state = 'open' AND (needed_on < $1 OR confirmed_at < $2) ORDER BY id LIMIT 2000",
        )
        .bind(today)
        .bind(unconfirmed)
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The open requests last confirmed before `before`.
pub(crate) async fn unconfirmed(conn: &mut Conn, before: DateTime<Utc>) -> Result<Vec<RequestId>, Error> {
    let rows: Vec<(RequestId,)> = conn
        .query("SELECT id FROM request WHERE state = 'open' AND confirmed_at < $1 ORDER BY id LIMIT 2000")
        .bind(before)
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Writes a new request and its lines.
pub(crate) async fn insert(tx: &mut Tx, request: &Request) -> Result<(), Error> {
    tx.query(
        "INSERT INTO request (id, reference, coordination_id, structure_id, site_id, standing_id, needed_on, households,
             persons, note, state, close_reason, confirmed_at, posted_by, posted_for, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', NULL, $11, $12, $13, $14, 1)",
    )
    .bind(request.id)
    .bind(request.reference.clone())
    .bind(request.coordination)
    .bind(request.structure)
    .bind(request.site)
    .bind(request.standing)
    .bind(request.needed_on)
    .bind(request.households)
    .bind(request.persons)
    .bind(request.note.clone())
    .bind(request.confirmed_at)
    .bind(request.posted_by)
    .bind(request.posted_for)
    .bind(request.created_at)
    .run()
    .await?;
    for line in &request.lines {
        insert_line(tx, request.id, line).await?;
    }
    Ok(())
}

/// Writes a new line after those there are.
pub(crate) async fn insert_line(tx: &mut Tx, request: RequestId, line: &RequestLine) -> Result<(), Error> {
    tx.query(
        "INSERT INTO request_line (id, request_id, rank, family, temperature_class, wanted_grams)
         SELECT $1, $2, COALESCE(MAX(rank), 0) + 1, $3, $4, $5 FROM request_line WHERE request_id = $2",
    )
    .bind(line.id)
    .bind(request)
    .bind(line.family.0.clone())
    .bind(line.temperature.map(|class| class.code().to_owned()))
    .bind(line.wanted)
    .run()
    .await?;
    Ok(())
}

/// Changes how much a line asks for.
pub(crate) async fn set_wanted(tx: &mut Tx, line: RequestLineId, grams: Grams) -> Result<(), Error> {
    tx.query("UPDATE request_line SET wanted_grams = $2 WHERE id = $1").bind(line).bind(grams).run().await?;
    Ok(())
}

/// Takes a line off; its row stays for what points at it.
pub(crate) async fn take_off(tx: &mut Tx, line: RequestLineId) -> Result<(), Error> {
    tx.query("UPDATE request_line SET taken_off = TRUE WHERE id = $1").bind(line).run().await?;
    Ok(())
}

/// Adds to what was suggested, accepted and served for a line.
pub(crate) async fn add_figures(
    tx: &mut Tx,
    line: RequestLineId,
    suggested: Grams,
    accepted: Grams,
    served: Grams,
) -> Result<(), Error> {
    tx.query(
        "UPDATE request_line SET suggested_grams = suggested_grams + $2, accepted_grams = accepted_grams + $3,
             served_grams = served_grams + $4 WHERE id = $1",
    )
    .bind(line)
    .bind(suggested)
    .bind(accepted)
    .bind(served)
    .run()
    .await?;
    Ok(())
}

/// Writes what an edit may change on the request itself.
pub(crate) async fn save(tx: &mut Tx, request: &Request) -> Result<(), Error> {
    tx.query(
        "UPDATE request SET site_id = $2, needed_on = $3, households = $4, persons = $5, note = $6, confirmed_at = $7,
             state = $8, close_reason = $9 WHERE id = $1",
    )
    .bind(request.id)
    .bind(request.site)
    .bind(request.needed_on)
    .bind(request.households)
    .bind(request.persons)
    .bind(request.note.clone())
    .bind(request.confirmed_at)
    .bind(if request.closed.is_some() { "closed" } else { "open" })
    .bind(request.closed.map(|reason| reason.code().to_owned()))
    .run()
    .await?;
    Ok(())
}

/// The request a standing request made for a day.
pub(crate) async fn spawned(
    conn: &mut Conn,
    standing: StandingId,
    needed_on: NaiveDate,
) -> Result<Option<RequestId>, Error> {
    let row: Option<(RequestId,)> = conn
        .query("SELECT id FROM request WHERE standing_id = $1 AND needed_on = $2")
        .bind(standing)
        .bind(needed_on)
        .optional()
        .await?;
    Ok(row.map(|(id,)| id))
}
