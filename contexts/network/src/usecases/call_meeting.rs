//! A facilitator calls a meeting: every member finds it on the coordination's page and in the digest.

use accounts::Note;
use audit::Act;
use chrono::{DateTime, Utc};
use kernel::text::one_line;
use kernel::{CoordinationId, Cx, Failure};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::store::meetings::insert_meeting;
use crate::{Meeting, MeetingId, queries, usecases};

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct CallMeeting {
    /// Whose meeting.
    pub coordination: CoordinationId,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// Where.
    pub place: String,
    /// What will be spoken of.
    pub agenda: String,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallRefused {
    /// It ends before it begins.
    EndsFirst,
    /// It is over already.
    Past,
    /// No place is said.
    Nowhere,
}

/// Calls the meeting.
///
/// # Errors
/// [`CallRefused`]; forbidden to whoever does not facilitate the coordination.
pub async fn run(cx: &Cx, db: &Db, command: CallMeeting) -> Result<MeetingId, Failure<CallRefused>> {
    let mut tx = match db.begin(cx, "network.call_meeting", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let id = within(cx, &mut tx, &command).await?;
    Ok(tx.done(id).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &CallMeeting) -> Result<MeetingId, Failure<CallRefused>> {
    usecases::facilitating(cx, command.coordination)?;
    let coordination = queries::coordination(tx, command.coordination).await?.ok_or(Failure::NotFound)?;
    let place = one_line(&command.place);
    if place.is_empty() {
        return Err(Failure::Refused(CallRefused::Nowhere));
    }
    if command.ends_at <= command.starts_at {
        return Err(Failure::Refused(CallRefused::EndsFirst));
    }
    if command.ends_at <= cx.now() {
        return Err(Failure::Refused(CallRefused::Past));
    }
    let id = MeetingId::new(cx);
    let meeting = Meeting {
        id,
        coordination: command.coordination,
        starts_at: command.starts_at,
        ends_at: command.ends_at,
        place,
        agenda: command.agenda.trim().to_owned(),
        called_at: cx.now(),
        cancelled_at: None,
        cancel_reason: None,
    };
    let args = super::cancel_meeting::args_of(&meeting, coordination.name, coordination.zone);
    insert_meeting(tx, meeting).await?;
    let act = Act::new("network.call_meeting", "meeting", id.uuid())
        .detail(json!({ "starts_at": command.starts_at }))
        .facilitation();
    audit::record(tx, cx, act).await?;
    let people = queries::people_at_table(tx, command.coordination).await?;
    let note = Note { direct: false, key: "network-told-meeting", args, link: page_of(id) };
    accounts::notify(tx, cx, &people, note).await?;
    Ok(id)
}

/// The page of a meeting.
pub(crate) fn page_of(id: MeetingId) -> String {
    format!("/coordination/reunions/{id}")
}
