//! Repeatable acts: a phone that sends twice changes once (rule 10 of the domain).
//!
//! An act is known by who sends it, its name, the client's key and a fingerprint of its content. The same act
//! sent again gets the first outcome back; the same key with another content is another act, because a person
//! who went back and corrected a form meant the correction.

use chrono::{DateTime, Utc};
use kernel::{Cx, Via, secret};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Db, Error, Json, Kind, Tx};

/// A write transaction for one command; finish it with [`Command::done`].
pub struct Command {
    tx: Tx,
    id: Option<String>,
    name: &'static str,
    at: DateTime<Utc>,
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
        let mut id = None;
        if let Some(key) = &cx.key {
            let sent = serde_json::to_string(content).map_err(unkeepable)?;
            let sender = sender(cx);
            let known = secret::fingerprint(&format!("{sender}\n{name}\n{}\n{sent}", key.0));
            let earlier: Option<(Json<serde_json::Value>,)> =
                tx.query("SELECT outcome FROM command WHERE id = $1").bind(known.clone()).optional().await?;
            if let Some((Json(outcome),)) = earlier {
                tx.rollback().await?;
                let outcome = serde_json::from_value(outcome).map_err(unkeepable)?;
                return Ok(Begin::Again(outcome));
            }
            id = Some(known);
        }
        Ok(Begin::First(Command { tx, id, name, at: cx.now() }))
    }
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
    /// When the engine could not keep it, or when the same act was done by another request in the same
    /// instant (the caller's transaction is then forgotten; the client's next try gets the first outcome).
    pub async fn done<T: Serialize>(mut self, outcome: T) -> Result<T, Error> {
        if let Some(id) = self.id.take() {
            let kept = serde_json::to_value(&outcome).map_err(unkeepable)?;
            self.tx
                .query("INSERT INTO command (id, name, outcome, done_at) VALUES ($1, $2, $3, $4)")
                .bind(id)
                .bind(self.name)
                .bind(Json(kept))
                .bind(self.at)
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
