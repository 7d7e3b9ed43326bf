//! A facilitator cancels a meeting, with a reason: everybody at the table is told at once.

use accounts::Note;
use audit::Act;
use i18n::Arg;
use kernel::text::one_line;
use kernel::time::{self, Tz};
use kernel::{Cx, Failure};
use serde::Serialize;
use store::{Begin, Db, Tx};

use super::call_meeting::page_of;
use crate::store::meetings;
use crate::{Meeting, MeetingId, queries, usecases};

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct CancelMeeting {
    /// The meeting.
    pub meeting: MeetingId,
    /// Why.
    pub reason: String,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CancelRefused {
    /// No reason is given.
    ReasonMissing,
    /// It is cancelled, or over.
    NotAhead,
}

/// Cancels the meeting.
///
/// # Errors
/// [`CancelRefused`]; forbidden to whoever does not facilitate the coordination.
pub async fn run(cx: &Cx, db: &Db, command: CancelMeeting) -> Result<(), Failure<CancelRefused>> {
    let mut tx = match db.begin(cx, "network.cancel_meeting", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    within(cx, &mut tx, &command).await?;
    Ok(tx.done(()).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &CancelMeeting) -> Result<(), Failure<CancelRefused>> {
    let meeting = queries::meeting(tx, command.meeting).await?.ok_or(Failure::NotFound)?;
    usecases::facilitating(cx, meeting.coordination)?;
    let coordination = queries::coordination(tx, meeting.coordination).await?.ok_or(Failure::NotFound)?;
    let reason = one_line(&command.reason);
    if reason.is_empty() {
        return Err(Failure::Refused(CancelRefused::ReasonMissing));
    }
    if !meeting.is_ahead(cx.now())
        || !meetings::cancel_meeting(tx, meeting.id, reason.clone(), cx.now()).await?
    {
        return Err(Failure::Refused(CancelRefused::NotAhead));
    }
    let act = Act::new("network.cancel_meeting", "meeting", meeting.id.uuid())
        .reason(Some(reason.clone()))
        .facilitation();
    audit::record(tx, cx, act).await?;
    let people = queries::people_at_table(tx, meeting.coordination).await?;
    let mut args = args_of(&meeting, coordination.name, coordination.zone);
    args.push(("reason".to_owned(), reason.into()));
    let note = Note { direct: true, key: "network-told-meeting-cancelled", args, link: page_of(meeting.id) };
    // Somebody would stand before a closed door: the letter leaves whatever was sent today.
    accounts::notify_before(tx, cx, &people, note, meeting.starts_at).await?;
    Ok(())
}

/// What sentences about a meeting are filled with: figures only, so that both languages read them.
pub(super) fn args_of(meeting: &Meeting, coordination: String, zone: Tz) -> Vec<(String, Arg)> {
    let starts = time::civil(meeting.starts_at, zone);
    vec![
        ("coordination".to_owned(), coordination.into()),
        ("day".to_owned(), starts.format("%d/%m/%Y").to_string().into()),
        ("atHour".to_owned(), starts.format("%-H").to_string().into()),
        ("atMinute".to_owned(), starts.format("%M").to_string().into()),
        ("place".to_owned(), meeting.place.clone().into()),
    ]
}
