//! Adding a key, from one's own device, while signed in on it.

use chrono::Duration;
use kernel::secret::fingerprint_of;
use kernel::{Cx, Failure, PersonId, text};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{Begin, Db, Json, Tx};
use webauthn_rs::prelude::{Passkey, PasskeyRegistration, RegisterPublicKeyCredential};

use super::broken;
use super::ceremony::{self, Purpose};
use super::keys::{self, PasskeyId};
use super::party::Party;
use super::tell::{self, Change, Post};
use crate::{allow, people, sessions};

/// The longest name of a key.
pub(super) const LONGEST_NAME: usize = 60;

/// Why no key was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum AddRefused {
    /// This computer is shared: the key would stay on it for everybody.
    Shared,
    /// There are enough keys; one has to go first.
    Enough,
    /// The question was never put, was answered already, or waited too long.
    Gone,
    /// The answer does not hold: another site, another question, nobody checked who holds the device.
    NotProven,
    /// The device keeps keys that cannot name their owner; they would need an address to be typed.
    NotKept,
    /// The key is known already.
    Known,
    /// Too often; wait.
    TooMany,
}

/// Puts a question to the device: the options for `navigator.credentials.create`, as JSON.
///
/// # Errors
/// [`AddRefused`].
pub(super) async fn ask(cx: &Cx, db: &Db, party: &Party, cookie: &str) -> Result<Value, Failure<AddRefused>> {
    let owner = cx.person().ok_or(Failure::Forbidden)?;
    if !allow(db, cx, &format!("passkey {owner}"), 20, Duration::minutes(15)).await? {
        return Err(Failure::Refused(AddRefused::TooMany));
    }
    let mut tx = db.write().await?;
    if let Err(refused) = may_add(&mut tx, cx, cookie, owner).await? {
        return Err(Failure::Refused(refused));
    }
    let person = people::person(&mut tx, owner).await?.ok_or(Failure::NotFound)?;
    let known = keys::credentials_of(&mut tx, owner).await?;
    let known = known.iter().map(|key| key.cred_id().clone()).collect();
    // What the device shows when it asks which key to use.
    let called = person.email.as_deref().unwrap_or(&person.name);
    let (options, asked) = party
        .webauthn
        .start_passkey_registration(owner.uuid(), called, &person.name, Some(known))
        .map_err(broken)?;
    ceremony::keep(&mut tx, cx, cookie, Purpose::Add, &asked).await?;
    tx.commit().await?;
    Ok(by_itself(serde_json::to_value(options).map_err(broken)?))
}

/// Asks for a key that names its owner by itself. The library leaves it to the device, which security keys take as no;
/// such a key would need an address to be typed at the door.
fn by_itself(mut options: Value) -> Value {
    if let Some(wanted) = options.pointer_mut("/publicKey/authenticatorSelection") {
        wanted["residentKey"] = Value::from("required");
        wanted["requireResidentKey"] = Value::from(true);
    }
    options
}

async fn may_add(
    tx: &mut Tx,
    cx: &Cx,
    cookie: &str,
    owner: PersonId,
) -> Result<Result<(), AddRefused>, store::Error> {
    let own_device = sessions::find(tx, cx, cookie)
        .await?
        .is_some_and(|session| session.person_id == owner && !session.shared_computer);
    if !own_device {
        return Ok(Err(AddRefused::Shared));
    }
    let enough = keys::of(tx, owner).await?.len() >= keys::MOST;
    Ok(if enough { Err(AddRefused::Enough) } else { Ok(()) })
}

#[derive(Serialize)]
struct Add<'a> {
    name: &'a str,
    answer: &'a str,
}

/// Keeps the key if the device's answer holds, and writes to its owner. The question is used up either way.
///
/// # Errors
/// [`AddRefused`].
pub(super) async fn answer(
    cx: &Cx,
    db: &Db,
    party: &Party,
    post: &Post<'_>,
    cookie: &str,
    name: &str,
    answer: &str,
) -> Result<(), Failure<AddRefused>> {
    let owner = cx.person().ok_or(Failure::Forbidden)?;
    let mut tx = match db.begin(cx, "accounts.add_passkey", &Add { name, answer }).await? {
        Begin::Again(added) => return Result::map_err(added, Failure::Refused),
        Begin::First(tx) => tx,
    };
    let asked = ceremony::take(&mut tx, cx, cookie, Purpose::Add).await?;
    let added = match may_add(&mut tx, cx, cookie, owner).await?.and_then(|()| check(party, asked, answer)) {
        Ok(key) => keep(&mut tx, cx, post, owner, name, &key).await?,
        Err(refused) => Err(refused),
    };
    tx.done(added).await?.map_err(Failure::Refused)
}

fn check(party: &Party, asked: Option<PasskeyRegistration>, answer: &str) -> Result<Passkey, AddRefused> {
    let asked = asked.ok_or(AddRefused::Gone)?;
    let answer: RegisterPublicKeyCredential =
        serde_json::from_str(answer).map_err(|_unread| AddRefused::NotProven)?;
    // Some browsers do not say; only a clear no is one.
    if answer.extensions.cred_props.as_ref().is_some_and(|kept| kept.rk == Some(false)) {
        return Err(AddRefused::NotKept);
    }
    party.webauthn.finish_passkey_registration(&answer, &asked).map_err(|error| {
        tracing::info!(%error, "a passkey was not added");
        AddRefused::NotProven
    })
}

async fn keep(
    tx: &mut Tx,
    cx: &Cx,
    post: &Post<'_>,
    owner: PersonId,
    name: &str,
    key: &Passkey,
) -> Result<Result<(), AddRefused>, store::Error> {
    let id = PasskeyId::new(cx);
    let name: String = text::one_line(name).chars().take(LONGEST_NAME).collect();
    let added = tx
        .query(
            "INSERT INTO passkey (id, person_id, credential, name, kept, added_at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (credential) DO NOTHING",
        )
        .bind(id)
        .bind(owner)
        .bind(fingerprint_of(key.cred_id()))
        .bind(name.clone())
        .bind(Json(key.clone()))
        .bind(cx.now())
        .run()
        .await?;
    if added == 0 {
        return Ok(Err(AddRefused::Known));
    }
    audit::record(tx, cx, audit::Act::new("accounts.add_passkey", "passkey", id.uuid())).await?;
    tell::owner(tx, cx, post, owner, Change::Added, &name).await?;
    Ok(Ok(()))
}
