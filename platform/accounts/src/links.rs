//! Personal links: one purpose, one subject, no account. They expire, can be revoked, and open nothing else.

use chrono::{DateTime, Duration, Utc};
use kernel::secret::{Token, fingerprint};
use kernel::{CoordinationId, Cx, LinkId, PersonId, StructureId};
use store::{Conn, Error, FromRow, Tx};
use uuid::Uuid;

/// A link to be issued.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// What it is for, e.g. `allocation.answer`.
    pub purpose: &'static str,
    /// The one thing it is about.
    pub subject: Uuid,
    /// For which structure its holder acts.
    pub structure: Option<StructureId>,
    /// Who holds it, where known.
    pub person: Option<PersonId>,
    /// What it is called in the list of links that can be revoked.
    pub label: String,
    /// How long it lives.
    pub valid_for: Duration,
}

/// A link, without its token.
#[derive(Clone, Debug, FromRow)]
pub struct Link {
    /// The link.
    pub id: LinkId,
    /// What it is for.
    pub purpose: String,
    /// The one thing it is about.
    pub subject_id: Uuid,
    /// For which structure its holder acts.
    pub structure_id: Option<StructureId>,
    /// Who holds it.
    pub person_id: Option<PersonId>,
    /// In which coordination.
    pub coordination_id: Option<CoordinationId>,
    /// What it is called.
    pub label: String,
    /// When it was issued.
    pub created_at: DateTime<Utc>,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it was used last.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// Issues a link and gives its path, `/l/TOKEN`; it is shown or sent once and cannot be read again.
///
/// # Errors
/// When the database cannot be written.
pub async fn issue(tx: &mut Tx, cx: &Cx, link: NewLink) -> Result<String, Error> {
    let token = Token::new(cx);
    tx.query(
        "INSERT INTO personal_link (id, fingerprint, purpose, subject_id, structure_id, person_id, coordination_id,
             label, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(LinkId::new(cx))
    .bind(token.fingerprint())
    .bind(link.purpose)
    .bind(link.subject)
    .bind(link.structure)
    .bind(link.person)
    .bind(cx.coordination)
    .bind(link.label)
    .bind(cx.now())
    .bind(cx.now() + link.valid_for)
    .run()
    .await?;
    Ok(format!("/l/{}", token.reveal()))
}

/// Takes back every link for this purpose on this subject, and says how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn revoke(tx: &mut Tx, cx: &Cx, purpose: &'static str, subject: Uuid) -> Result<u64, Error> {
    tx.query("UPDATE personal_link SET revoked_at = $1 WHERE purpose = $2 AND subject_id = $3 AND revoked_at IS NULL")
        .bind(cx.now())
        .bind(purpose)
        .bind(subject)
        .run()
        .await
}

/// The links for this purpose on this subject that are still good, latest first, 50 at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn in_force(
    conn: &mut Conn,
    cx: &Cx,
    purpose: &'static str,
    subject: Uuid,
) -> Result<Vec<Link>, Error> {
    conn.query(
        "SELECT id, purpose, subject_id, structure_id, person_id, coordination_id, label, created_at, expires_at,
             revoked_at, last_used_at
         FROM personal_link WHERE purpose = $1 AND subject_id = $2 AND revoked_at IS NULL AND expires_at > $3
         ORDER BY created_at DESC LIMIT 50",
    )
    .bind(purpose)
    .bind(subject)
    .bind(cx.now())
    .all()
    .await
}

/// The link of a token, whether or not it is still good.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(conn: &mut Conn, token: &str) -> Result<Option<Link>, Error> {
    conn.query(
        "SELECT id, purpose, subject_id, structure_id, person_id, coordination_id, label, created_at, expires_at,
             revoked_at, last_used_at
         FROM personal_link WHERE fingerprint = $1",
    )
    .bind(fingerprint(token))
    .optional()
    .await
}

impl Link {
    /// Whether it still opens its page.
    #[must_use]
    pub fn is_good(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.expires_at > now
    }
}
