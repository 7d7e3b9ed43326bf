//! Entering with a key: the device says whose it is, so nothing is typed.

use kernel::secret::{Token, fingerprint_of};
use kernel::{Cx, Failure, Never};
use serde_json::Value;
use store::{Db, Tx};
use webauthn_rs::prelude::{DiscoverableAuthentication, PublicKeyCredential, WebauthnError};

use super::broken;
use super::ceremony::{self, Purpose};
use super::keys::{self, Held};
use super::party::Party;
use super::tell::{self, Change, Post};
use crate::{people, sessions};

/// Why nobody was let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EnterRefused {
    /// The question was never put, was answered already, or waited too long.
    Gone,
    /// No such key is known, or no longer.
    Unknown,
    /// The answer does not hold: another site, another question, nobody checked who holds the device.
    NotProven,
    /// The key is set aside: a copy may exist.
    SetAside,
}

/// Puts a question to whatever device is there: the token for the browser's cookie, and the options for
/// `navigator.credentials.get`, as JSON.
///
/// # Errors
/// When the database cannot be written.
pub(super) async fn ask(cx: &Cx, db: &Db, party: &Party) -> Result<(Token, Value), Failure<Never>> {
    let (mut options, asked) = party.webauthn.start_discoverable_authentication().map_err(broken)?;
    // The library means it for the browser's suggestions while an address is typed; ours is a button.
    options.mediation = None;
    let options = serde_json::to_value(options).map_err(broken)?;
    let token = Token::new(cx);
    let mut tx = db.write().await?;
    ceremony::keep(&mut tx, cx, token.reveal(), Purpose::Enter, &asked).await?;
    tx.commit().await?;
    Ok((token, options))
}

/// Opens a session if the device's answer holds. The question is used up either way.
///
/// # Errors
/// [`EnterRefused`].
pub(super) async fn answer(
    cx: &Cx,
    db: &Db,
    party: &Party,
    post: &Post<'_>,
    cookie: &str,
    answer: &str,
    shared_computer: bool,
) -> Result<Token, Failure<EnterRefused>> {
    let mut tx = db.write().await?;
    let asked = ceremony::take(&mut tx, cx, cookie, Purpose::Enter).await?;
    let admitted = match asked {
        Some(asked) => admit(&mut tx, cx, party, post, asked, answer, shared_computer).await?,
        None => Err(EnterRefused::Gone),
    };
    tx.commit().await?;
    admitted.map_err(Failure::Refused)
}

async fn admit(
    tx: &mut Tx,
    cx: &Cx,
    party: &Party,
    post: &Post<'_>,
    asked: DiscoverableAuthentication,
    answer: &str,
    shared_computer: bool,
) -> Result<Result<Token, EnterRefused>, store::Error> {
    let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(answer) else {
        return Ok(Err(EnterRefused::NotProven));
    };
    let Ok((owner, credential)) = party.webauthn.identify_discoverable_authentication(&answer) else {
        return Ok(Err(EnterRefused::NotProven));
    };
    let held = keys::hold(tx, fingerprint_of(credential)).await?;
    let Some(mut key) = held.filter(|key| key.person_id.uuid() == owner) else {
        return Ok(Err(EnterRefused::Unknown));
    };
    if people::person(tx, key.person_id).await?.is_none() {
        return Ok(Err(EnterRefused::Unknown));
    }
    if key.set_aside_at.is_some() {
        return Ok(Err(EnterRefused::SetAside));
    }
    match party.webauthn.finish_discoverable_authentication_v2(&answer, asked, &key.kept.0) {
        Ok(proof) => {
            key.kept.0.update_credential(&proof);
            keys::note_use(tx, cx, key.id, &key.kept.0).await?;
            Ok(Ok(sessions::open(tx, cx, key.person_id, shared_computer).await?))
        }
        Err(WebauthnError::CredentialPossibleCompromise) => {
            set_aside(tx, cx, post, &key).await?;
            Ok(Err(EnterRefused::SetAside))
        }
        Err(error) => {
            tracing::info!(%error, "a passkey did not open the door");
            Ok(Err(EnterRefused::NotProven))
        }
    }
}

/// The signature is good but its counter is not ahead of the last one: the key exists twice, or did.
async fn set_aside(tx: &mut Tx, cx: &Cx, post: &Post<'_>, key: &Held) -> Result<(), store::Error> {
    keys::set_aside(tx, cx, key.id).await?;
    tell::owner(tx, cx, post, key.person_id, Change::SetAside, &key.name).await
}
