//! The trail: who did what, for whom and why, written in the same transaction as the act.
//!
//! Invariant (domain rules 2 and 9): a row is never changed; what is done on somebody's behalf says so.

use chrono::{DateTime, Utc};
use kernel::{CoordinationId, Cx, PersonId, StructureId};
use serde_json::Value;
use store::{Conn, Error, FromRow, Json, Tx};
use uuid::Uuid;

/// One act to be remembered.
#[derive(Clone, Debug)]
pub struct Act {
    /// The use case, e.g. `collections.post`.
    pub action: &'static str,
    /// What kind of thing it was about, e.g. `collection`.
    pub subject_kind: &'static str,
    /// Which one.
    pub subject: Uuid,
    /// The structure for which somebody else acted (« saisi par X pour Y »).
    pub on_behalf_of: Option<StructureId>,
    /// Whether it was an act of facilitation, readable by every member.
    pub facilitation: bool,
    /// What changed, as data; never a text about a person.
    pub detail: Value,
    /// Why, where a reason was asked for.
    pub reason: Option<String>,
}

impl Act {
    /// An act with nothing more to say.
    #[must_use]
    pub fn new(action: &'static str, subject_kind: &'static str, subject: Uuid) -> Self {
        Self {
            action,
            subject_kind,
            subject,
            on_behalf_of: None,
            facilitation: false,
            detail: Value::Object(serde_json::Map::new()),
            reason: None,
        }
    }

    /// Adds what changed.
    #[must_use]
    pub fn detail(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }

    /// Adds why.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<Option<String>>) -> Self {
        self.reason = reason.into();
        self
    }

    /// Says for whom it was done, when it was somebody else.
    #[must_use]
    pub fn on_behalf_of(mut self, structure: Option<StructureId>) -> Self {
        self.on_behalf_of = structure;
        self
    }

    /// Marks it as an act of facilitation.
    #[must_use]
    pub fn facilitation(mut self) -> Self {
        self.facilitation = true;
        self
    }
}

/// Writes the act down.
///
/// # Errors
/// When the database cannot be written; the act then does not happen either.
pub async fn record(tx: &mut Tx, cx: &Cx, act: Act) -> Result<(), Error> {
    tx.query(
        "INSERT INTO audit_event (id, at, person_id, structure_id, on_behalf_of, coordination_id, facilitation,
             action, subject_kind, subject_id, detail, reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(cx.new_uuid())
    .bind(cx.now())
    .bind(cx.person())
    .bind(cx.structure())
    .bind(act.on_behalf_of)
    .bind(cx.coordination)
    .bind(act.facilitation)
    .bind(act.action)
    .bind(act.subject_kind)
    .bind(act.subject)
    .bind(Json(act.detail))
    .bind(act.reason)
    .run()
    .await?;
    Ok(())
}

/// A remembered act.
#[derive(Clone, Debug, FromRow)]
pub struct Remembered {
    /// When.
    pub at: DateTime<Utc>,
    /// Who; none for the machine or a link's unknown holder.
    pub person_id: Option<PersonId>,
    /// For which structure they acted.
    pub structure_id: Option<StructureId>,
    /// In whose place, where it was not their own.
    pub on_behalf_of: Option<StructureId>,
    /// The use case.
    pub action: String,
    /// The kind of thing.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: Uuid,
    /// What changed.
    pub detail: Json<Value>,
    /// Why.
    pub reason: Option<String>,
}

/// The life of one thing, oldest first, 200 acts at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn history_of(conn: &mut Conn, subject: Uuid) -> Result<Vec<Remembered>, Error> {
    conn.query(
        "SELECT at, person_id, structure_id, on_behalf_of, action, subject_kind, subject_id, detail, reason
         FROM audit_event WHERE subject_id = $1 ORDER BY at, id LIMIT 200",
    )
    .bind(subject)
    .all()
    .await
}

/// The latest acts of one kind on a thing, latest first, 50 at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn latest_of(conn: &mut Conn, subject: Uuid, action: &str) -> Result<Vec<Remembered>, Error> {
    conn.query(
        "SELECT at, person_id, structure_id, on_behalf_of, action, subject_kind, subject_id, detail, reason
         FROM audit_event WHERE subject_id = $1 AND action = $2 ORDER BY at DESC, id DESC LIMIT 50",
    )
    .bind(subject)
    .bind(action)
    .all()
    .await
}

/// The acts of facilitation in a coordination, latest first, 100 at most: every member reads them.
///
/// # Errors
/// When the database cannot be read.
pub async fn facilitation_in(
    conn: &mut Conn,
    coordination: CoordinationId,
) -> Result<Vec<Remembered>, Error> {
    conn.query(
        "SELECT at, person_id, structure_id, on_behalf_of, action, subject_kind, subject_id, detail, reason
         FROM audit_event WHERE coordination_id = $1 AND facilitation ORDER BY at DESC, id LIMIT 100",
    )
    .bind(coordination)
    .all()
    .await
}
