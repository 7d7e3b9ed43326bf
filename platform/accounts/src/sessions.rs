//! A signed-in device.

use chrono::{DateTime, Duration, Utc};
use kernel::secret::{Token, fingerprint};
use kernel::{CoordinationId, Cx, PersonId, StructureId};
use store::{Conn, Error, FromRow, Tx};

/// The cookie's name.
pub const COOKIE: &str = "tablee";
/// On one's own device.
pub const OWN_DEVICE: Duration = Duration::days(90);
/// On a computer that others use.
pub const SHARED_COMPUTER: Duration = Duration::hours(4);

kernel::id!(
    /// A session.
    SessionId
);

/// A session in force.
#[derive(Clone, Debug, FromRow)]
pub struct Session {
    /// The session.
    pub id: SessionId,
    /// Whose.
    pub person_id: PersonId,
    /// The structure chosen last.
    pub structure_id: Option<StructureId>,
    /// The coordination chosen last.
    pub coordination_id: Option<CoordinationId>,
    /// Whether others use this computer.
    pub shared_computer: bool,
}

/// A session in force, as its owner's page shows it.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct Open {
    /// The session.
    pub(crate) id: SessionId,
    /// Whether others use that computer.
    pub(crate) shared_computer: bool,
    /// Since when.
    pub(crate) created_at: DateTime<Utc>,
    /// Until when.
    pub(crate) expires_at: DateTime<Utc>,
}

/// Opens a session and gives the token for its cookie.
///
/// # Errors
/// When the database cannot be written.
pub async fn open(tx: &mut Tx, cx: &Cx, person: PersonId, shared_computer: bool) -> Result<Token, Error> {
    open_new(tx, cx, person, shared_computer).await.map(|(_, token)| token)
}

/// The same, and which session it is.
pub(crate) async fn open_new(
    tx: &mut Tx,
    cx: &Cx,
    person: PersonId,
    shared_computer: bool,
) -> Result<(SessionId, Token), Error> {
    let (id, token) = (SessionId::new(cx), Token::new(cx));
    let life = if shared_computer { SHARED_COMPUTER } else { OWN_DEVICE };
    tx.query(
        "INSERT INTO session (id, fingerprint, person_id, shared_computer, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(token.fingerprint())
    .bind(person)
    .bind(shared_computer)
    .bind(cx.now())
    .bind(cx.now() + life)
    .run()
    .await?;
    tx.query("UPDATE person SET last_seen_at = $1 WHERE id = $2").bind(cx.now()).bind(person).run().await?;
    Ok((id, token))
}

/// A session in force under a new token, in place of one that may never have arrived; `None` where it has ended.
pub(crate) async fn renew(tx: &mut Tx, cx: &Cx, session: SessionId) -> Result<Option<Token>, Error> {
    let token = Token::new(cx);
    let renewed = tx
        .query("UPDATE session SET fingerprint = $1 WHERE id = $2 AND expires_at > $3")
        .bind(token.fingerprint())
        .bind(session)
        .bind(cx.now())
        .run()
        .await?;
    Ok((renewed > 0).then_some(token))
}

/// The session of a cookie, if it is in force.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(conn: &mut Conn, cx: &Cx, cookie: &str) -> Result<Option<Session>, Error> {
    conn.query(
        "SELECT id, person_id, structure_id, coordination_id, shared_computer FROM session
         WHERE fingerprint = $1 AND expires_at > $2",
    )
    .bind(fingerprint(cookie))
    .bind(cx.now())
    .optional()
    .await
}

/// A person's sessions in force, latest first.
pub(crate) async fn of(conn: &mut Conn, cx: &Cx, person: PersonId) -> Result<Vec<Open>, Error> {
    conn.query(
        "SELECT id, shared_computer, created_at, expires_at FROM session
         WHERE person_id = $1 AND expires_at > $2 ORDER BY created_at DESC, id DESC LIMIT 20",
    )
    .bind(person)
    .bind(cx.now())
    .all()
    .await
}

/// Ends every session of the person asking but the one of this cookie, and says how many there were.
pub(crate) async fn end_others(tx: &mut Tx, cx: &Cx, cookie: &str) -> Result<u64, Error> {
    let ended = tx
        .query("DELETE FROM session WHERE person_id = $1 AND fingerprint <> $2 AND expires_at > $3")
        .bind(cx.person())
        .bind(fingerprint(cookie))
        .bind(cx.now())
        .run()
        .await?;
    if let Some(person) = cx.person() {
        let act = audit::Act::new("accounts.end_other_sessions", "person", person.uuid());
        audit::record(tx, cx, act).await?;
    }
    Ok(ended)
}

/// Ends the session of a cookie.
///
/// # Errors
/// When the database cannot be written.
pub async fn end(tx: &mut Tx, cookie: &str) -> Result<(), Error> {
    tx.query("DELETE FROM session WHERE fingerprint = $1").bind(fingerprint(cookie)).run().await?;
    Ok(())
}

/// Remembers for which structure and in which coordination the person acts, on all their devices.
///
/// # Errors
/// When the database cannot be written.
pub async fn choose(
    tx: &mut Tx,
    cx: &Cx,
    structure: Option<StructureId>,
    coordination: Option<CoordinationId>,
) -> Result<(), Error> {
    tx.query("UPDATE session SET structure_id = $1, coordination_id = $2 WHERE person_id = $3")
        .bind(structure)
        .bind(coordination)
        .bind(cx.person())
        .run()
        .await?;
    Ok(())
}

/// Ends sessions, challenges and questions to devices that have had their time, and forgets keys removed before
/// yesterday.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget_expired(tx: &mut Tx, cx: &Cx) -> Result<(), Error> {
    tx.query("DELETE FROM session WHERE expires_at < $1").bind(cx.now()).run().await?;
    tx.query("DELETE FROM sign_in_challenge WHERE expires_at < $1")
        .bind(cx.now() - Duration::days(1))
        .run()
        .await?;
    tx.query("DELETE FROM passkey_ceremony WHERE expires_at < $1").bind(cx.now()).run().await?;
    tx.query("DELETE FROM passkey WHERE removed_at < $1").bind(cx.now() - Duration::days(1)).run().await?;
    Ok(())
}
