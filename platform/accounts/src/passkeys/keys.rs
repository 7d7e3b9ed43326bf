//! Keys as the database keeps them; removing one, and putting it back.

use chrono::{DateTime, Duration, Utc};
use kernel::{Cx, Failure, Never, PersonId};
use serde::{Deserialize, Serialize};
use store::{Begin, Conn, Db, Error, FromRow, Json, Tx};
use webauthn_rs::prelude::Passkey;

use super::tell::{self, Change, Post};

/// The most keys a person keeps: a telephone, a computer, and some to spare.
pub(super) const MOST: usize = 10;
/// How long a removed key may be put back.
const UNDO: Duration = Duration::minutes(15);

kernel::id!(
    /// A passkey.
    PasskeyId
);

/// A key, as its owner's page shows it.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct Key {
    /// The key.
    pub(crate) id: PasskeyId,
    /// What its owner calls it.
    pub(crate) name: String,
    /// Since when.
    pub(crate) added_at: DateTime<Utc>,
    /// When it opened the door last.
    pub(crate) last_used_at: Option<DateTime<Utc>>,
    /// When it was set aside because a copy may exist.
    pub(crate) set_aside_at: Option<DateTime<Utc>>,
}

/// A person's keys, oldest first.
pub(crate) async fn of(conn: &mut Conn, person: PersonId) -> Result<Vec<Key>, Error> {
    conn.query(
        "SELECT id, name, added_at, last_used_at, set_aside_at FROM passkey
         WHERE person_id = $1 AND removed_at IS NULL ORDER BY added_at, id LIMIT 50",
    )
    .bind(person)
    .all()
    .await
}

/// What devices call a person's keys, removed ones apart: a device that has one is not asked for a second.
pub(super) async fn credentials_of(conn: &mut Conn, person: PersonId) -> Result<Vec<Passkey>, Error> {
    let rows: Vec<(Json<Passkey>,)> = conn
        .query(
            "SELECT kept FROM passkey WHERE person_id = $1 AND removed_at IS NULL ORDER BY added_at LIMIT 50",
        )
        .bind(person)
        .all()
        .await?;
    Ok(rows.into_iter().map(|(Json(key),)| key).collect())
}

/// A key that is held while it is checked: two browsers that enter at once wait for each other.
#[derive(FromRow)]
pub(super) struct Held {
    pub(super) id: PasskeyId,
    pub(super) person_id: PersonId,
    pub(super) name: String,
    pub(super) kept: Json<Passkey>,
    pub(super) set_aside_at: Option<DateTime<Utc>>,
}

/// Holds the key that a device calls by this name.
pub(super) async fn hold(tx: &mut Tx, credential: String) -> Result<Option<Held>, Error> {
    tx.query(
        "UPDATE passkey SET version = version + 1 WHERE credential = $1 AND removed_at IS NULL
         RETURNING id, person_id, name, kept, set_aside_at",
    )
    .bind(credential)
    .optional()
    .await
}

/// Keeps what a device's answer changed in its key, and when.
pub(super) async fn note_use(tx: &mut Tx, cx: &Cx, id: PasskeyId, kept: &Passkey) -> Result<(), Error> {
    tx.query("UPDATE passkey SET kept = $1, last_used_at = $2 WHERE id = $3")
        .bind(Json(kept.clone()))
        .bind(cx.now())
        .bind(id)
        .run()
        .await?;
    Ok(())
}

/// Sets a key aside: somebody may have copied it.
pub(super) async fn set_aside(tx: &mut Tx, cx: &Cx, id: PasskeyId) -> Result<(), Error> {
    tx.query("UPDATE passkey SET set_aside_at = $1 WHERE id = $2").bind(cx.now()).bind(id).run().await?;
    audit::record(tx, cx, audit::Act::new("accounts.set_passkey_aside", "passkey", id.uuid())).await
}

#[derive(Serialize)]
struct Which {
    key: PasskeyId,
}

#[derive(Serialize, Deserialize)]
enum Found {
    Yes(String),
    No,
}

/// Takes a key away from the door, and gives its name.
///
/// # Errors
/// [`Failure::NotFound`] where the person has no such key.
pub(super) async fn remove(
    cx: &Cx,
    db: &Db,
    post: &Post<'_>,
    id: PasskeyId,
) -> Result<String, Failure<Never>> {
    let person = cx.person().ok_or(Failure::Forbidden)?;
    let mut tx = match db.begin(cx, "accounts.remove_passkey", &Which { key: id }).await? {
        Begin::Again(found) => return name_of(found),
        Begin::First(tx) => tx,
    };
    let removed: Option<(String,)> = tx
        .query(
            "UPDATE passkey SET removed_at = $1, version = version + 1
             WHERE id = $2 AND person_id = $3 AND removed_at IS NULL RETURNING name",
        )
        .bind(cx.now())
        .bind(id)
        .bind(person)
        .optional()
        .await?;
    let Some((name,)) = removed else { return name_of(tx.done(Found::No).await?) };
    audit::record(&mut tx, cx, audit::Act::new("accounts.remove_passkey", "passkey", id.uuid())).await?;
    tell::owner(&mut tx, cx, post, person, Change::Removed, &name).await?;
    name_of(tx.done(Found::Yes(name)).await?)
}

/// Puts back a key that was removed a moment ago, and gives its name.
///
/// # Errors
/// [`Failure::NotFound`] where there is no such key, or it was removed too long ago.
pub(super) async fn put_back(
    cx: &Cx,
    db: &Db,
    post: &Post<'_>,
    id: PasskeyId,
) -> Result<String, Failure<Never>> {
    let person = cx.person().ok_or(Failure::Forbidden)?;
    let mut tx = match db.begin(cx, "accounts.put_passkey_back", &Which { key: id }).await? {
        Begin::Again(found) => return name_of(found),
        Begin::First(tx) => tx,
    };
    let back: Option<(String,)> = tx
        .query(
            "UPDATE passkey SET removed_at = NULL, version = version + 1
             WHERE id = $1 AND person_id = $2 AND removed_at > $3 RETURNING name",
        )
        .bind(id)
        .bind(person)
        .bind(cx.now() - UNDO)
        .optional()
        .await?;
    let Some((name,)) = back else { return name_of(tx.done(Found::No).await?) };
    audit::record(&mut tx, cx, audit::Act::new("accounts.put_passkey_back", "passkey", id.uuid())).await?;
    tell::owner(&mut tx, cx, post, person, Change::PutBack, &name).await?;
    name_of(tx.done(Found::Yes(name)).await?)
}

fn name_of(found: Found) -> Result<String, Failure<Never>> {
    match found {
        Found::Yes(name) => Ok(name),
        Found::No => Err(Failure::NotFound),
    }
}
