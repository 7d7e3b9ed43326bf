//! Repeatable acts: a phone that sends twice changes once (rule 10 of the domain).
//!
//! An act is known by who sends it, its name, the client's key and a fingerprint of its content: of all that a form
//! sent where it came from a form, else of the command. The same act sent again gets the first outcome back; the same
//! key with another content is another act, because a person who went back and corrected a form meant the correction.
//!
//! The act is claimed before anything is done: of two that are sent in the same instant, the second waits for the first
//! and gets its outcome.

use chrono::{DateTime, Utc};
use kernel::{Cx, Via, secret};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Db, Error, Json, Kind, Tx};

/// A write transaction for one command; finish it with [`Command::done`].
pub struct Command {
    tx: Tx,
    id: Option<String>,
}

/// What beginning a command found.
pub enum Begin<T> {
    /// The first time: do it in this transaction.
    First(Command),
    /// It has been done; this was the outcome.
    Again(T),
}

impl Db {
    /// Begins a command. `content` is everything the client sent that decides the outcome.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn begin<T: DeserializeOwned>(
        &self,
        cx: &Cx,
        name: &'static str,
        content: &impl Serialize,
    ) -> Result<Begin<T>, Error> {
        let mut tx = self.write().await?;
        let Some(key) = &cx.key else {
            return Ok(Begin::First(Command { tx, id: None }));
        };
        let sent = match &key.sent {
            Some(sent) => sent.clone(),
            None => serde_json::to_string(content).map_err(unkeepable)?,
        };
        let sender = sender(cx);
        let id = secret::fingerprint(&format!("{sender}\n{name}\n{}\n{sent}", key.name));
        let claimed = tx
            .query(
                "INSERT INTO command (id, name, outcome, done_at, request) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (id) DO NOTHING",
            )
            .bind(id.clone())
            .bind(name)
            .bind(Json(serde_json::Value::Null))
            .bind(cx.now())
            .bind(request(cx))
            .run()
            .await?;
        if claimed > 0 {
            return Ok(Begin::First(Command { tx, id: Some(id) }));
        }
        // As text: SQLite keeps an outcome that is a bare number as a number, and reads no JSON out of it.
        let outcome: String =
            tx.query("SELECT CAST(outcome AS TEXT) FROM command WHERE id = $1").bind(id).value().await?;
        tx.rollback().await?;
        Ok(Begin::Again(serde_json::from_str(&outcome).map_err(unkeepable)?))
    }

    /// Whether what the client sent has been done already, under whatever name.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn was_done(&self, cx: &Cx) -> Result<bool, Error> {
        let Some(request) = request(cx) else { return Ok(false) };
        let mut conn = self.read().await?;
        let done: i64 =
            conn.query("SELECT COUNT(*) FROM command WHERE request = $1").bind(request).value().await?;
        Ok(done > 0)
    }
}

/// What was sent, by whom: the same for every act that one request leads to.
fn request(cx: &Cx) -> Option<String> {
    let key = cx.key.as_ref()?;
    let sent = key.sent.as_ref()?;
    Some(secret::fingerprint(&format!("{}\n{}\n{sent}", sender(cx), key.name)))
}

fn unkeepable(error: serde_json::Error) -> Error {
    Error::new(Kind::Defect, error)
}

fn sender(cx: &Cx) -> String {
    match (&cx.viewer.via, cx.person()) {
        (Via::Link { link, .. }, _) => format!("link {link}"),
        (_, Some(person)) => format!("person {person}"),
        (via, None) => format!("{via:?}"),
    }
}

impl Command {
    /// Keeps everything written and the outcome, together.
    ///
    /// # Errors
    /// When the engine could not keep it; then nothing is kept.
    pub async fn done<T: Serialize>(mut self, outcome: T) -> Result<T, Error> {
        if let Some(id) = self.id.take() {
            let kept = serde_json::to_value(&outcome).map_err(unkeepable)?;
            self.tx
                .query("UPDATE command SET outcome = $1 WHERE id = $2")
                .bind(Json(kept))
                .bind(id)
                .run()
                .await?;
        }
        self.tx.commit().await?;
        Ok(outcome)
    }
}

impl std::ops::Deref for Command {
    type Target = Tx;
    fn deref(&self) -> &Tx {
        &self.tx
    }
}

impl std::ops::DerefMut for Command {
    fn deref_mut(&mut self) -> &mut Tx {
        &mut self.tx
    }
}

/// Forgets commands done before `before`; a phone that comes back later than that has lost its form anyway.
///
/// # Errors
/// When the database cannot be reached.
pub async fn forget_commands(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, Error> {
    tx.query("DELETE FROM command WHERE done_at < $1").bind(before).run().await
}
