//! The writes to meetings and to asks for a seat.

use ::store::{Error, Tx};
use chrono::{DateTime, Utc};
use kernel::{CoordinationId, PersonId, StructureId};

use crate::{Meeting, MeetingId};

pub(crate) async fn insert_meeting(tx: &mut Tx, meeting: Meeting) -> Result<(), Error> {
    tx.query(
        "INSERT INTO meeting (id, coordination_id, starts_at, ends_at, place, agenda, called_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(meeting.id)
    .bind(meeting.coordination)
    .bind(meeting.starts_at)
    .bind(meeting.ends_at)
    .bind(meeting.place)
    .bind(meeting.agenda)
    .bind(meeting.called_at)
    .run()
    .await?;
    Ok(())
}

/// Cancels a meeting that was not, and says whether it was still on.
pub(crate) async fn cancel_meeting(
    tx: &mut Tx,
    id: MeetingId,
    reason: String,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let changed = tx
        .query(
            "UPDATE meeting SET cancelled_at = $1, cancel_reason = $2 WHERE id = $3 AND cancelled_at IS NULL",
        )
        .bind(at)
        .bind(reason)
        .bind(id)
        .run()
        .await?;
    Ok(changed > 0)
}

/// Writes an ask for a seat, and says whether there was none.
pub(crate) async fn insert_seat_ask(
    tx: &mut Tx,
    coordination: CoordinationId,
    structure: StructureId,
    by: Option<PersonId>,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let written = tx
        .query(
            "INSERT INTO seat_ask (coordination_id, structure_id, asked_by, asked_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (coordination_id, structure_id) DO NOTHING",
        )
        .bind(coordination)
        .bind(structure)
        .bind(by)
        .bind(at)
        .run()
        .await?;
    Ok(written > 0)
}

/// Takes an ask off the pile, and says whether it was on it.
pub(crate) async fn delete_seat_ask(
    tx: &mut Tx,
    coordination: CoordinationId,
    structure: StructureId,
) -> Result<bool, Error> {
    let gone = tx
        .query("DELETE FROM seat_ask WHERE coordination_id = $1 AND structure_id = $2")
        .bind(coordination)
        .bind(structure)
        .run()
        .await?;
    Ok(gone > 0)
}
