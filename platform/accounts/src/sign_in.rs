//! Signing in by what arrives in the mailbox: a link with a button behind it, or six digits.

use chrono::{DateTime, Duration, Utc};
use i18n::Words;
use kernel::secret::{self, Token, fingerprint};
use kernel::{Cx, Failure, Never};
use mail::{Button, Letter};
use store::{Begin, Db, Error, FromRow};
use uuid::Uuid;

use crate::{allow, people, sessions};

/// How long a link or a code is good.
pub const VALID: Duration = Duration::minutes(15);
/// How many wrong codes before the challenge is closed.
const MOST_TRIES: i64 = 5;

/// Why nobody was signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInRefused {
    /// The link or code has had its time, was used, or never was: ask for a new one.
    Expired,
    /// These are not the six digits.
    WrongCode,
    /// Too often; wait.
    TooMany,
}

#[derive(FromRow)]
struct Challenge {
    id: Uuid,
    email: String,
    code_fingerprint: String,
    back_to: String,
    tries: i64,
    expires_at: DateTime<Utc>,
}

/// Sends a link and a code to an address, if somebody known lives there; the caller cannot tell. `from` is the
/// coordination's name or the product's.
///
/// # Errors
/// [`SignInRefused::TooMany`] after five requests in a quarter of an hour for one address.
pub async fn ask(
    cx: &Cx,
    db: &Db,
    words: &Words,
    public_url: &str,
    email: &str,
    back_to: &str,
) -> Result<(), Failure<SignInRefused>> {
    let email = email.to_lowercase();
    if !allow(db, cx, &format!("sign-in {email}"), 5, VALID).await? {
        return Err(Failure::Refused(SignInRefused::TooMany));
    }
    let mut tx = match db.begin(cx, "accounts.ask_to_sign_in", &email).await? {
        Begin::First(tx) => tx,
        // A second letter would make the code of the first one wrong.
        Begin::Again(sent) => return Ok(sent),
    };
    let Some(person) = people::by_email(&mut tx, &email).await? else { return Ok(()) };
    let (token, code) = (Token::new(cx), secret::six_digits(cx));
    let id = cx.new_uuid();
    tx.query(
        "INSERT INTO sign_in_challenge (id, email, token_fingerprint, code_fingerprint, back_to, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(email.clone())
    .bind(token.fingerprint())
    .bind(fingerprint(&format!("{id} {code}")))
    .bind(safe_path(back_to))
    .bind(cx.now())
    .bind(cx.now() + VALID)
    .run()
    .await?;
    let words = words.in_locale(person.locale());
    // Nobody is signed in yet: the letter comes from the network that wrote to them last.
    let (from_name, reply_to) = match mail::last_sender(&mut tx, &email).await? {
        Some((name, reply_to)) => (name, Some(reply_to)),
        None => (words.t("web-title-suffix"), None),
    };
    let letter = Letter {
        to_email: email,
        to_name: person.name.clone(),
        lang: words.locale().tag(),
        from_name,
        subject: words.t1("accounts-mail-subject", "code", code.clone()),
        paragraphs: vec![
            words.t1("accounts-mail-hello", "name", person.name),
            words.t1("accounts-mail-text", "minutes", VALID.num_minutes()),
        ],
        code: Some(code),
        button: Some(Button {
            label: words.t("accounts-mail-button"),
            link: format!("{public_url}/connexion/lien?jeton-connexion={}", token.reveal()),
        }),
        foot: vec![words.t("accounts-mail-foot")],
        stop_link: None,
    };
    mail::post_as(&mut tx, cx, letter, mail::Posting { direct: false, reply_to }).await?;
    Ok(tx.done(()).await?)
}

/// Signs in with the link's token. Only a button's POST comes here; a GET shows the button. The same button pressed twice
/// ends where the first press did.
///
/// # Errors
/// [`SignInRefused::Expired`].
pub async fn with_link(
    cx: &Cx,
    db: &Db,
    token: &str,
    shared_computer: bool,
) -> Result<Admitted, Failure<SignInRefused>> {
    let challenge: Option<Challenge> = db
        .read()
        .await?
        .query(
            "SELECT id, email, code_fingerprint, back_to, tries, expires_at FROM sign_in_challenge
             WHERE token_fingerprint = $1",
        )
        .bind(fingerprint(token))
        .optional()
        .await?;
    let Some(challenge) = challenge.filter(|c| c.is_in_time(cx)) else {
        return Err(Failure::Refused(SignInRefused::Expired));
    };
    challenge
        .admit(cx, db, shared_computer)
        .await
        .map_err(Failure::widen)?
        .ok_or(Failure::Refused(SignInRefused::Expired))
}

/// Signs in with the six digits of the latest letter to this address. The same form sent twice ends where the first one
/// did.
///
/// # Errors
/// [`SignInRefused`].
pub async fn with_code(
    cx: &Cx,
    db: &Db,
    email: &str,
    code: &str,
    shared_computer: bool,
) -> Result<Admitted, Failure<SignInRefused>> {
    let email = email.to_lowercase();
    if !allow(db, cx, &format!("code {email}"), 10, VALID).await? {
        return Err(Failure::Refused(SignInRefused::TooMany));
    }
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    // The try is counted whatever becomes of it.
    let mut tx = db.write().await?;
    let challenge: Option<Challenge> = tx
        .query(
            "UPDATE sign_in_challenge SET tries = tries + 1 WHERE id = (
                 SELECT id FROM sign_in_challenge WHERE email = $1 ORDER BY created_at DESC, id DESC LIMIT 1)
             RETURNING id, email, code_fingerprint, back_to, tries, expires_at",
        )
        .bind(email)
        .optional()
        .await?;
    tx.commit().await?;
    let Some(challenge) = challenge.filter(|c| c.is_in_time(cx)) else {
        // An address nobody lives at answers as a wrong code does.
        return Err(Failure::Refused(SignInRefused::WrongCode));
    };
    if challenge.tries > MOST_TRIES {
        return Err(Failure::Refused(SignInRefused::Expired));
    }
    if !secret::same(&challenge.code_fingerprint, &fingerprint(&format!("{} {digits}", challenge.id))) {
        return Err(Failure::Refused(SignInRefused::WrongCode));
    }
    challenge
        .admit(cx, db, shared_computer)
        .await
        .map_err(Failure::widen)?
        .ok_or(Failure::Refused(SignInRefused::WrongCode))
}

/// Who was let in.
pub struct Admitted {
    /// The token for the cookie; none where the browser carries one already.
    pub token: Option<Token>,
    /// Where they wanted to go.
    pub back: String,
}

impl Challenge {
    fn is_in_time(&self, cx: &Cx) -> bool {
        self.expires_at > cx.now()
    }

    /// Uses the challenge up and opens a session, in one transaction; `None` where it has been used by another page.
    ///
    /// A page whose button is pressed twice may never have read the answer to the first press, cookie and all: the
    /// second gets the same session, under a token of its own, because the first token was kept nowhere.
    async fn admit(
        self,
        cx: &Cx,
        db: &Db,
        shared_computer: bool,
    ) -> Result<Option<Admitted>, Failure<Never>> {
        let mut tx = match db.begin::<sessions::SessionId>(cx, "accounts.sign_in", &self.id).await? {
            Begin::First(tx) => tx,
            Begin::Again(session) => {
                let mut tx = db.write().await?;
                let token = sessions::renew(&mut tx, cx, session).await?;
                tx.commit().await?;
                // Whoever left in between is not let in again by an old page.
                return Ok(token.map(|token| Admitted { token: Some(token), back: self.back_to }));
            }
        };
        let person = people::by_email(&mut tx, &self.email).await?;
        let Some(person) = person else { return Ok(None) };
        let used = tx
            .query("UPDATE sign_in_challenge SET used_at = $1 WHERE id = $2 AND used_at IS NULL")
            .bind(cx.now())
            .bind(self.id)
            .run()
            .await?;
        if used == 0 {
            // The answer to the first press was read: the second comes from somebody who is in.
            let is_in = cx.person() == Some(person.id);
            return Ok(is_in.then_some(Admitted { token: None, back: self.back_to }));
        }
        let (session, token) = sessions::open_new(&mut tx, cx, person.id, shared_computer).await?;
        tx.done(session).await?;
        Ok(Some(Admitted { token: Some(token), back: self.back_to }))
    }
}

/// A path of our own to come back to: nothing that leads to another site.
#[must_use]
pub fn safe_path(path: &str) -> String {
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.len() <= 300
        && path.chars().all(|c| c.is_ascii_graphic());
    if ours { path.to_owned() } else { "/".to_owned() }
}

/// Whether a token still opens the door: for the page with the button, which changes nothing.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_good(cx: &Cx, db: &Db, token: &str) -> Result<bool, Error> {
    let expires: Option<(DateTime<Utc>,)> = db
        .read()
        .await?
        .query("SELECT expires_at FROM sign_in_challenge WHERE token_fingerprint = $1 AND used_at IS NULL")
        .bind(fingerprint(token))
        .optional()
        .await?;
    Ok(expires.is_some_and(|(at,)| at > cx.now()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::safe_path;

    #[test]
    fn nobody_is_led_to_another_site() {
        for path in ["https://ailleurs.fr", "//ailleurs.fr", "/\\ailleurs.fr", "ailleurs", "", "/a b", "/é"]
        {
            assert_eq!(safe_path(path), "/", "{path}");
        }
        assert_eq!(safe_path("/collectes/nouvelle?kg=1"), "/collectes/nouvelle?kg=1");
    }

    proptest! {
        /// Whatever is asked for, a browser that reads it stays here: it resolves to our own site.
        #[test]
        fn any_text_leads_to_a_path_of_ours(text in "(?s)[/\\\\a-z:.@%?# \t\r\n]{0,30}|.{0,320}") {
            let path = safe_path(&text);
            prop_assert!(path.starts_with('/') && !path.starts_with("//") && !path.contains('\\'));
            let here: axum::http::Uri = "http://ici.fr".parse().expect("an address");
            let there: axum::http::Uri = format!("http://ici.fr{path}").parse().unwrap_or_else(|_| here.clone());
            prop_assert_eq!(there.host(), here.host());
        }
    }
}
