//! The meetings of a coordination and who asks for a seat at its table.

use ::store::{Conn, Error, FromRow};
use chrono::{DateTime, Utc};
use kernel::{CoordinationId, PersonId, StructureId};

use crate::{Meeting, MeetingId};

#[derive(FromRow)]
struct MeetingRow {
    id: MeetingId,
    coordination_id: CoordinationId,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    place: String,
    agenda: String,
    called_at: DateTime<Utc>,
    cancelled_at: Option<DateTime<Utc>>,
    cancel_reason: Option<String>,
}

impl From<MeetingRow> for Meeting {
    fn from(row: MeetingRow) -> Self {
        Self {
            id: row.id,
            coordination: row.coordination_id,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            place: row.place,
            agenda: row.agenda,
            called_at: row.called_at,
            cancelled_at: row.cancelled_at,
            cancel_reason: row.cancel_reason,
        }
    }
}

/// A meeting, cancelled or held ones included.
///
/// # Errors
/// When the database cannot be read.
pub async fn meeting(conn: &mut Conn, id: MeetingId) -> Result<Option<Meeting>, Error> {
    let row: Option<MeetingRow> = conn
        .query(
            "SELECT id, coordination_id, starts_at, ends_at, place, agenda, called_at, cancelled_at, cancel_reason
             FROM meeting WHERE id = $1",
        )
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Meeting::from))
}

/// The meetings of a coordination that have not ended, next first, cancelled ones among them, ten at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn meetings_ahead(
    conn: &mut Conn,
    coordination: CoordinationId,
    now: DateTime<Utc>,
) -> Result<Vec<Meeting>, Error> {
    let rows: Vec<MeetingRow> = conn
        .query(
            "SELECT id, coordination_id, starts_at, ends_at, place, agenda, called_at, cancelled_at, cancel_reason
             FROM meeting WHERE coordination_id = $1 AND ends_at > $2 ORDER BY starts_at, id LIMIT 10",
        )
        .bind(coordination)
        .bind(now)
        .all()
        .await?;
    Ok(rows.into_iter().map(Meeting::from).collect())
}

/// The people of every structure at the table, from the level of reader, 5 000 at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn people_at_table(conn: &mut Conn, coordination: CoordinationId) -> Result<Vec<PersonId>, Error> {
    let rows: Vec<(PersonId,)> = conn
        .query(
            "SELECT DISTINCT a.person_id FROM membership m JOIN affiliation a ON a.structure_id = m.structure_id
             JOIN person p ON p.id = a.person_id JOIN structure s ON s.id = m.structure_id
             WHERE m.coordination_id = $1 AND m.left_on IS NULL AND m.level <> 'listed'
               AND p.erased_at IS NULL AND s.binned_at IS NULL
             ORDER BY a.person_id LIMIT 5000",
        )
        .bind(coordination)
        .all()
        .await?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}

/// The structures that ask for a seat, oldest ask first, 100 at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn seat_asks(
    conn: &mut Conn,
    coordination: CoordinationId,
) -> Result<Vec<(StructureId, String, DateTime<Utc>)>, Error> {
    conn.query(
        "SELECT s.id, s.name, a.asked_at FROM seat_ask a JOIN structure s ON s.id = a.structure_id
         WHERE a.coordination_id = $1 AND s.binned_at IS NULL ORDER BY a.asked_at, s.id LIMIT 100",
    )
    .bind(coordination)
    .all()
    .await
}

/// The coordinations a structure has asked to join and that have not answered.
///
/// # Errors
/// When the database cannot be read.
pub async fn seats_asked_by(conn: &mut Conn, structure: StructureId) -> Result<Vec<CoordinationId>, Error> {
    let rows: Vec<(CoordinationId,)> = conn
        .query("SELECT coordination_id FROM seat_ask WHERE structure_id = $1 ORDER BY asked_at LIMIT 200")
        .bind(structure)
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
