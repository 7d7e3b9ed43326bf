//! People who use Tablée. Nobody who is helped is ever here.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kernel::{Cx, Failure, Locale, Never, PersonId, text};
use serde::Serialize;
use store::{Begin, Conn, Db, Error, FromRow, Tx};

/// A person, as letters and pages need them.
#[derive(Clone, Debug, FromRow)]
pub struct Person {
    /// The person.
    pub id: PersonId,
    /// How they are called.
    pub name: String,
    /// Where letters go, if anywhere.
    pub email: Option<String>,
    /// Their telephone, if they gave it.
    pub phone: Option<String>,
    /// `fr` or `en`.
    pub locale: String,
    /// How often they want the digest: `daily`, `weekly` or `never`.
    pub digest: String,
}

impl Person {
    /// Their language.
    #[must_use]
    pub fn locale(&self) -> Locale {
        Locale::from_tag(&self.locale).unwrap_or_default()
    }
}

/// The person with this address, made known when new. The name of somebody already known is left as it is.
///
/// # Errors
/// When the database cannot be written.
pub async fn make_known(tx: &mut Tx, cx: &Cx, name: &str, email: Option<&str>) -> Result<PersonId, Error> {
    let email = email.map(str::to_lowercase);
    if let Some(email) = &email
        && let Some(known) = by_email(tx, email).await?
    {
        return Ok(known.id);
    }
    let id = PersonId::new(cx);
    tx.query(
        "INSERT INTO person (id, name, email, locale, created_at, last_seen_at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(text::one_line(name))
    .bind(email)
    .bind(cx.locale.tag())
    .bind(cx.now())
    .bind(cx.now())
    .run()
    .await?;
    Ok(id)
}

/// The person with this address.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_email(conn: &mut Conn, email: &str) -> Result<Option<Person>, Error> {
    conn.query(
        "SELECT id, name, email, phone, locale, digest FROM person WHERE email = $1 AND erased_at IS NULL",
    )
    .bind(email.to_lowercase())
    .optional()
    .await
}

/// One person.
///
/// # Errors
/// When the database cannot be read.
pub async fn person(conn: &mut Conn, id: PersonId) -> Result<Option<Person>, Error> {
    conn.query(
        "SELECT id, name, email, phone, locale, digest FROM person WHERE id = $1 AND erased_at IS NULL",
    )
    .bind(id)
    .optional()
    .await
}

#[derive(Serialize)]
struct Settled<'a> {
    name: &'a str,
    locale: &'a str,
    digest: &'a str,
}

/// Keeps how the person asking wants to be called, in which language they read and how often they want the digest.
pub(crate) async fn settle(
    cx: &Cx,
    db: &Db,
    name: &str,
    locale: Locale,
    digest: &str,
) -> Result<(), Failure<Never>> {
    let person = cx.person().ok_or(Failure::Forbidden)?;
    let settled = Settled { name, locale: locale.tag(), digest };
    let mut tx = match db.begin(cx, "accounts.settle", &settled).await? {
        Begin::Again(()) => return Ok(()),
        Begin::First(tx) => tx,
    };
    tx.query(
        "UPDATE person SET name = $1, locale = $2, digest = $3, version = version + 1
         WHERE id = $4 AND erased_at IS NULL",
    )
    .bind(text::one_line(name))
    .bind(locale.tag())
    .bind(digest.to_owned())
    .bind(person)
    .run()
    .await?;
    audit::record(&mut tx, cx, audit::Act::new("accounts.settle", "person", person.uuid())).await?;
    Ok(tx.done(()).await?)
}

/// The names of these people; whoever was erased is absent.
///
/// # Errors
/// When the database cannot be read.
pub async fn names(conn: &mut Conn, ids: &[PersonId]) -> Result<BTreeMap<PersonId, String>, Error> {
    let mut names = BTreeMap::new();
    for id in ids {
        if !names.contains_key(id)
            && let Some(person) = person(conn, *id).await?
        {
            names.insert(*id, person.name);
        }
    }
    Ok(names)
}

/// Those who have not come since `before`; their data is kept no longer (two years after the last activity,
/// domain section 5).
///
/// # Errors
/// When the database cannot be read.
pub async fn not_seen_since(conn: &mut Conn, before: DateTime<Utc>) -> Result<Vec<PersonId>, Error> {
    let rows: Vec<(PersonId,)> = conn
        .query("SELECT id FROM person WHERE last_seen_at < $1 AND erased_at IS NULL ORDER BY id LIMIT 500")
        .bind(before)
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Takes a person's data out at once, on request: the row stays so that the trail keeps its shape, without name,
/// address or telephone, and every way in is closed.
///
/// # Errors
/// When the database cannot be written.
pub async fn erase(tx: &mut Tx, cx: &Cx, id: PersonId) -> Result<(), Error> {
    tx.query("UPDATE person SET name = '', email = NULL, phone = NULL, erased_at = $1, version = version + 1 WHERE id = $2")
        .bind(cx.now())
        .bind(id)
        .run()
        .await?;
    tx.query("DELETE FROM session WHERE person_id = $1").bind(id).run().await?;
    tx.query("DELETE FROM passkey WHERE person_id = $1").bind(id).run().await?;
    tx.query("UPDATE personal_link SET revoked_at = $1 WHERE person_id = $2 AND revoked_at IS NULL")
        .bind(cx.now())
        .bind(id)
        .run()
        .await?;
    tx.query("DELETE FROM notice WHERE person_id = $1").bind(id).run().await?;
    Ok(())
}
