//! A person's own page: how they are called and written to, where they are signed in, the keys of their devices.

use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use i18n::Words;
use kernel::{Locale, Via};
use store::Begin;
use web::{Answer, Choice, Field, Form, Input, Kind, Notice, Problem, Routes, Shell, Visit, page};

use crate::{pages, people, sessions};

/// The longest name of a person.
const LONGEST_NAME: usize = 80;

pub(crate) fn routes() -> Routes {
    Routes::new().route("/compte", get(show).post(keep)).route("/compte/appareils/fermer", post(end_others))
}

/// The page.
#[derive(Template)]
#[template(path = "account.html")]
pub(crate) struct AccountPage {
    shell: Shell,
    words: Words,
    form: Form,
    email: String,
    devices: Vec<DeviceLine>,
    others: bool,
    /// The keys of their devices, where the house offers any.
    pub(crate) passkeys: Option<PasskeySection>,
}

struct DeviceLine {
    title: String,
    detail: String,
}

/// The part of the page that is about keys.
pub(crate) struct PasskeySection {
    /// Where the page must have been opened for a browser to offer a key.
    pub(crate) origin: String,
    /// Why none can be added here, where that is known.
    pub(crate) why_not: Option<String>,
    /// Those there are.
    pub(crate) lines: Vec<PasskeyLine>,
    /// The form that names a new one.
    pub(crate) form: Form,
}

/// One key.
pub(crate) struct PasskeyLine {
    /// What its owner calls it.
    pub(crate) name: String,
    /// Since when it is there.
    pub(crate) added: String,
    /// When it opened the door last.
    pub(crate) used: String,
    /// Whether it is set aside because a copy may exist.
    pub(crate) set_aside: bool,
    /// Where the form that removes it is sent.
    pub(crate) action: String,
    /// What its button says to those who hear it.
    pub(crate) remove_label: String,
    /// That form's key.
    pub(crate) form_key: String,
}

/// How often somebody wants the digest.
pub(crate) fn rhythm(words: &Words, question: &str, chosen: &str) -> Field {
    let choice = |value: &str, key: &str| Choice::new(value, words.t(key));
    Field::new(Kind::Cards, "rythme", words.t(question))
        .options(vec![
            choice("weekly", "accounts-digest-weekly"),
            choice("daily", "accounts-digest-daily"),
            choice("never", "accounts-digest-never"),
        ])
        .value(chosen)
        .required()
}

fn form(visit: &Visit, name: &str, locale: Locale, digest: &str) -> Form {
    let words = &visit.words;
    Form::new(visit)
        .with(
            Field::text("nom", words.t("accounts-account-name"))
                .hint(words.t("accounts-account-name-hint"))
                .autocomplete("name")
                .value(name)
                .required(),
        )
        .with(
            Field::new(Kind::Cards, "langue", words.t("accounts-account-language"))
                .options(vec![
                    Choice::new("fr", words.t("accounts-account-language-fr")),
                    Choice::new("en", words.t("accounts-account-language-en")),
                ])
                .value(locale.tag())
                .required(),
        )
        .with(rhythm(words, "accounts-account-digest", digest))
}

/// The form that names a new key.
#[cfg(feature = "passkeys")]
pub(crate) fn passkey_form(visit: &Visit) -> Form {
    Form::new(visit).with(
        Field::text("nom-cle", visit.words.t("accounts-passkey-name"))
            .hint(visit.words.t("accounts-passkey-name-hint")),
    )
}

/// What the page shows to whoever is signed in.
///
/// # Errors
/// To the door, where nobody is.
pub(crate) async fn load(visit: &Visit, headers: &HeaderMap) -> Result<AccountPage, Problem> {
    let person = match visit.cx.viewer.via {
        Via::SignedIn => visit.cx.person(),
        _ => None,
    };
    let person = person.ok_or_else(|| Problem::sign_in("/compte"))?;
    let cookie = web::cookie(headers, sessions::COOKIE).unwrap_or_default();
    let mut conn = visit.app.db.read().await?;
    let person = people::person(&mut conn, person).await?.ok_or(Problem::NOT_FOUND)?;
    let open = sessions::of(&mut conn, &visit.cx, person.id).await?;
    let here =
        sessions::find(&mut conn, &visit.cx, cookie).await?.ok_or_else(|| Problem::sign_in("/compte"))?;
    #[cfg(feature = "passkeys")]
    let passkeys = crate::passkeys::section(visit, &mut conn, person.id, here.shared_computer).await?;
    #[cfg(not(feature = "passkeys"))]
    let passkeys = None;
    let devices: Vec<_> = open.iter().map(|session| device(visit, session, here.id == session.id)).collect();
    Ok(AccountPage {
        shell: visit.shell("home"),
        form: form(visit, &person.name, person.locale(), &person.digest),
        email: person.email.unwrap_or_default(),
        others: devices.len() > 1,
        devices,
        passkeys,
        words: visit.words.clone(),
    })
}

fn device(visit: &Visit, session: &sessions::Open, here: bool) -> DeviceLine {
    let words = &visit.words;
    let title = match (here, session.shared_computer) {
        (true, _) => "accounts-device-here",
        (false, true) => "accounts-device-shared",
        (false, false) => "accounts-device-other",
    };
    let when = |at: DateTime<Utc>| words.moment(at);
    let (from, until) = (when(session.created_at), when(session.expires_at));
    DeviceLine {
        title: words.t(title),
        detail: words.t2("accounts-device-since", "from", from, "until", until),
    }
}

async fn show(visit: Visit, headers: HeaderMap) -> Answer {
    Ok(page(StatusCode::OK, &load(&visit, &headers).await?))
}

async fn keep(visit: Visit, headers: HeaderMap, input: Input) -> Answer {
    let mut shown = load(&visit, &headers).await?;
    shown.form.fill(&input);
    let name = shown.form.text("nom", LONGEST_NAME);
    let locale = shown.form.choice("langue").and_then(|tag| Locale::from_tag(&tag));
    let (Some(name), Some(locale), Some(digest)) = (name, locale, shown.form.choice("rythme")) else {
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &shown));
    };
    let cx = visit.act(&input);
    people::settle(&cx, &visit.app.db, &name, locale, &digest).await?;
    let mut response = visit.lead_to("/compte", Notice::done("accounts-account-kept"));
    pages::set_language_cookie(&mut response, &visit, locale);
    Ok(response)
}

async fn end_others(visit: Visit, headers: HeaderMap, input: Input) -> Answer {
    load(&visit, &headers).await?;
    let cookie = web::cookie(&headers, sessions::COOKIE).unwrap_or_default();
    let cx = visit.act(&input);
    let ended = match visit.app.db.begin::<u64>(&cx, "accounts.end_other_sessions", &()).await? {
        Begin::Again(ended) => ended,
        Begin::First(mut tx) => {
            let ended = sessions::end_others(&mut tx, &cx, cookie).await?;
            tx.done(ended).await?
        }
    };
    let count = usize::try_from(ended).unwrap_or(usize::MAX);
    Ok(visit.lead_to("/compte", Notice::done("accounts-devices-ended").with("count", count)))
}
