//! Letters: one topic, one button, text and HTML of a few kilobytes, written in the transaction of the act.
//!
//! Invariant: a letter is a row before it is a message; what the demo shows in its mailbox is the very row that
//! SMTP would have carried.

mod letter;
mod transport;

pub use letter::{Button, Letter};
pub use transport::{SmtpSettings, Transport};

use chrono::{DateTime, Utc};
use kernel::Cx;
use queue::{Done, Handler};
use store::{Conn, Db, Error, FromRow, Tx};
use uuid::Uuid;

/// The job that hands a letter to the transport.
pub const SEND: &str = "mail.send";

/// How a letter is posted.
#[derive(Clone, Debug, Default)]
pub struct Posting {
    /// Whether it counts among the direct letters a person gets in a day.
    pub direct: bool,
    /// Where an answer goes: to a person, not to a machine.
    pub reply_to: Option<String>,
}

/// Posts a letter: it leaves when the transaction is kept.
///
/// # Errors
/// When the database cannot be written.
pub async fn post(tx: &mut Tx, cx: &Cx, letter: Letter) -> Result<(), Error> {
    post_as(tx, cx, letter, Posting::default()).await
}

/// How many direct letters an address was sent since a moment.
///
/// # Errors
/// When the database cannot be read.
pub async fn direct_since(conn: &mut Conn, to: &str, since: DateTime<Utc>) -> Result<i64, Error> {
    conn.query("SELECT COUNT(*) FROM letter WHERE to_email = $1 AND created_at > $2 AND direct")
        .bind(to.to_owned())
        .bind(since)
        .value()
        .await
}

/// In whose name this address was last written to on behalf of a network, and where an answer went.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_sender(conn: &mut Conn, to: &str) -> Result<Option<(String, String)>, Error> {
    conn.query(
        "SELECT from_name, reply_to FROM letter WHERE to_email = $1 AND reply_to IS NOT NULL
         ORDER BY created_at DESC, id DESC LIMIT 1",
    )
    .bind(to.to_owned())
    .optional()
    .await
}

/// Posts a letter as said.
///
/// # Errors
/// When the database cannot be written.
pub async fn post_as(tx: &mut Tx, cx: &Cx, letter: Letter, how: Posting) -> Result<(), Error> {
    let id = cx.new_uuid();
    let (text, html) = (letter.as_text(), letter.as_html());
    tx.query(
        "INSERT INTO letter (id, to_email, to_name, from_name, subject, body_text, body_html, stop_link, created_at,
             direct, reply_to)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(id)
    .bind(letter.to_email)
    .bind(letter.to_name)
    .bind(letter.from_name)
    .bind(letter.subject)
    .bind(text)
    .bind(html)
    .bind(letter.stop_link)
    .bind(cx.now())
    .bind(how.direct)
    .bind(how.reply_to)
    .run()
    .await?;
    queue::enqueue(tx, cx, SEND, &id, cx.now(), None).await
}

/// A letter as it stands in the database.
#[derive(Clone, Debug, FromRow)]
pub struct Posted {
    /// The letter.
    pub id: Uuid,
    /// To whom.
    pub to_email: String,
    /// Their name.
    pub to_name: String,
    /// In whose name.
    pub from_name: String,
    /// The subject line.
    pub subject: String,
    /// The plain text.
    pub body_text: String,
    /// The HTML.
    pub body_html: String,
    /// Where to stop such letters without signing in.
    pub stop_link: Option<String>,
    /// Where an answer goes, where a person takes it.
    pub reply_to: Option<String>,
    /// When it was posted.
    pub created_at: DateTime<Utc>,
    /// When it left.
    pub sent_at: Option<DateTime<Utc>>,
}

/// The latest letters, 50 at most: the demo's mailbox.
///
/// # Errors
/// When the database cannot be read.
pub async fn latest(conn: &mut Conn) -> Result<Vec<Posted>, Error> {
    page(conn, None, 0).await
}

/// Letters on one page of a mailbox.
pub const ON_A_PAGE: i64 = 50;

/// The letters after the `skip` latest, to one address or to all, latest first, [`ON_A_PAGE`] at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn page(conn: &mut Conn, to: Option<&str>, skip: i64) -> Result<Vec<Posted>, Error> {
    conn.query(
        "SELECT id, to_email, to_name, from_name, subject, body_text, body_html, stop_link, reply_to, created_at, sent_at
         FROM letter WHERE $1 = '' OR to_email = $1 ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3",
    )
    .bind(to.unwrap_or_default().to_owned())
    .bind(ON_A_PAGE)
    .bind(skip)
    .all()
    .await
}

/// One letter.
///
/// # Errors
/// When the database cannot be read.
pub async fn letter(conn: &mut Conn, id: Uuid) -> Result<Option<Posted>, Error> {
    conn.query(
        "SELECT id, to_email, to_name, from_name, subject, body_text, body_html, stop_link, reply_to, created_at, sent_at
         FROM letter WHERE id = $1",
    )
    .bind(id)
    .optional()
    .await
}

/// The handler of [`SEND`].
#[must_use]
pub fn handler(transport: Transport) -> Handler {
    Handler::new(SEND, move |cx, db, payload| {
        let transport = transport.clone();
        async move { send(&cx, &db, &transport, payload).await }
    })
}

async fn send(cx: &Cx, db: &Db, transport: &Transport, payload: serde_json::Value) -> Done {
    let id: Uuid = serde_json::from_value(payload)?;
    let Some(posted) = letter(&mut db.read().await?, id).await? else { return Ok(()) };
    if posted.sent_at.is_some() {
        return Ok(());
    }
    transport.carry(&posted).await?;
    let mut tx = db.write().await?;
    tx.query("UPDATE letter SET sent_at = $1 WHERE id = $2").bind(cx.now()).bind(id).run().await?;
    tx.commit().await?;
    Ok(())
}
