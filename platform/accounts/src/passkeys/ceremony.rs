//! A question put to a device, kept in the database until it is answered: the next request may reach another process.

use chrono::{DateTime, Duration, Utc};
use kernel::Cx;
use kernel::secret::fingerprint;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{Error, Json, Tx};

/// How long a question waits for its answer; the same as what the browser is told.
pub(super) const VALID: Duration = Duration::minutes(5);

/// What a question is for: one asked for the one is never answered for the other.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    /// Adding a key.
    Add,
    /// Entering with one.
    Enter,
}

impl Purpose {
    const fn code(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Enter => "enter",
        }
    }
}

/// Keeps a question for the browser that holds this cookie, in place of an earlier one.
pub(super) async fn keep(
    tx: &mut Tx,
    cx: &Cx,
    cookie: &str,
    purpose: Purpose,
    asked: &impl Serialize,
) -> Result<(), Error> {
    let asked = serde_json::to_value(asked).unwrap_or_default();
    tx.query(
        "INSERT INTO passkey_ceremony (holder, purpose, asked, expires_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (holder) DO UPDATE SET purpose = excluded.purpose, asked = excluded.asked,
             expires_at = excluded.expires_at",
    )
    .bind(fingerprint(cookie))
    .bind(purpose.code())
    .bind(Json(asked))
    .bind(cx.now() + VALID)
    .run()
    .await?;
    Ok(())
}

/// Takes the question of the browser that holds this cookie, for good; none where there is none, or it waited too long.
pub(super) async fn take<T: DeserializeOwned>(
    tx: &mut Tx,
    cx: &Cx,
    cookie: &str,
    purpose: Purpose,
) -> Result<Option<T>, Error> {
    let taken: Option<(Json<serde_json::Value>, DateTime<Utc>)> = tx
        .query("DELETE FROM passkey_ceremony WHERE holder = $1 AND purpose = $2 RETURNING asked, expires_at")
        .bind(fingerprint(cookie))
        .bind(purpose.code())
        .optional()
        .await?;
    Ok(taken
        .filter(|(_, expires)| *expires > cx.now())
        .and_then(|(Json(asked), _)| serde_json::from_value(asked).ok()))
}
