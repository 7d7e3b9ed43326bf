//! The door's pages: ask for a letter, type its code, press its button, leave; choose a language; open a link.

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use chrono::Duration;
use i18n::Words;
use kernel::Locale;
use kernel::secret::Token;
use web::{
    Answer, Field, Form, Input, Kind, Notice, Problem, Routes, Shell, Visit, page, refusal, see_other,
};

use crate::account::rhythm;
use crate::sign_in::{self, Admitted, SignInRefused, safe_path};
use crate::{allow, opening, sessions};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .route("/connexion", get(ask).post(send))
        .route("/connexion/code", get(type_code).post(check_code))
        .route("/connexion/lien", get(show_button).post(press_button))
        .route("/deconnexion", post(leave))
        .route("/langue", post(speak))
        .route("/l/{token}", get(opening::open).post(opening::renew))
        .route("/resume", get(digest).post(set_digest))
}

#[derive(Template)]
#[template(path = "sign-in.html")]
struct SignInPage {
    shell: Shell,
    words: Words,
    form: Form,
    back: String,
    /// Where the page must have been opened for a browser to offer a key; none where the house takes none.
    passkeys_at: Option<String>,
    /// Why a key did not open the door.
    refused: Option<String>,
}

#[derive(Template)]
#[template(path = "sign-in-code.html")]
struct CodePage {
    shell: Shell,
    words: Words,
    form: Form,
    email: String,
}

#[derive(Template)]
#[template(path = "sign-in-link.html")]
struct LinkButtonPage {
    shell: Shell,
    words: Words,
    token: String,
    /// The page's own name, so that its button pressed twice enters once.
    key: String,
    good: bool,
}

#[derive(Template)]
#[template(path = "digest.html")]
struct DigestPage {
    shell: Shell,
    words: Words,
    form: Form,
}

fn email_form(visit: &Visit, back: &str) -> Form {
    Form::new(visit)
        .with(
            Field::new(Kind::Email, "email", visit.words.t("accounts-email"))
                .hint(visit.words.t("accounts-email-hint"))
                .autocomplete("email")
                .required(),
        )
        .with(Field::new(Kind::Hidden, "retour", "").value(back))
}

/// The page in front of the door: the form that asks for a letter, and a key's way in where the house takes keys.
pub(crate) fn door(
    visit: &Visit,
    status: StatusCode,
    form: Option<Form>,
    back: &str,
    refused: Option<String>,
) -> Response {
    #[cfg(feature = "passkeys")]
    let passkeys_at = crate::passkeys::origin(visit);
    #[cfg(not(feature = "passkeys"))]
    let passkeys_at = None;
    let shown = SignInPage {
        shell: visit.shell("home").for_everybody(),
        words: visit.words.clone(),
        form: form.unwrap_or_else(|| email_form(visit, back)),
        back: back.to_owned(),
        passkeys_at,
        refused,
    };
    page(status, &shown)
}

async fn ask(visit: Visit, query: Input) -> Answer {
    let back = safe_path(query.get("retour").unwrap_or("/"));
    Ok(door(&visit, StatusCode::OK, None, &back, None))
}

async fn send(visit: Visit, input: Input) -> Answer {
    let back = safe_path(input.get("retour").unwrap_or("/"));
    let mut form = email_form(&visit, &back);
    form.fill(&input);
    if let Some(email) = form.email("email") {
        throttle(&visit).await?;
        match sign_in::ask(
            &visit.act(&input),
            &visit.app.db,
            &visit.words,
            &visit.app.settings.public_url,
            &email,
            &back,
        )
        .await
        {
            Ok(()) => return Ok(see_other(&format!("/connexion/code?email={}", query_value(&email)))),
            Err(failure) => {
                refusal(failure)?;
                form.refuse("email", visit.words.t("accounts-too-many"));
            }
        }
    }
    Ok(door(&visit, StatusCode::UNPROCESSABLE_ENTITY, Some(form), &back, None))
}

fn code_form(visit: &Visit, email: &str) -> Form {
    let mut code = Field::text("code", visit.words.t("accounts-code"))
        .hint(visit.words.t1("accounts-code-hint", "minutes", sign_in::VALID.num_minutes()))
        .autocomplete("one-time-code")
        .required();
    code.inputmode = "numeric".to_owned();
    Form::new(visit)
        .with(code)
        .with(Field::new(Kind::Check, "partage", visit.words.t("accounts-shared-computer")))
        .with(Field::new(Kind::Hidden, "email", "").value(email))
}

async fn type_code(visit: Visit, query: Input) -> Answer {
    let email = query.get("email").unwrap_or_default().to_owned();
    let form = code_form(&visit, &email);
    Ok(page(
        StatusCode::OK,
        &CodePage { shell: visit.shell("home").for_everybody(), words: visit.words, form, email },
    ))
}

async fn check_code(visit: Visit, input: Input) -> Answer {
    let email = input.get("email").unwrap_or_default().to_owned();
    let mut form = code_form(&visit, &email);
    form.fill(&input);
    if let Some(code) = form.text("code", 20) {
        throttle(&visit).await?;
        let shared = form.checked("partage");
        match sign_in::with_code(&visit.act(&input), &visit.app.db, &email, &code, shared).await {
            Ok(admitted) => return Ok(admit(&visit, &admitted, shared)),
            Err(failure) => {
                let key = match refusal(failure)? {
                    SignInRefused::WrongCode => "accounts-wrong-code",
                    SignInRefused::Expired => "accounts-expired-code",
                    SignInRefused::TooMany => "accounts-too-many",
                };
                form.refuse("code", visit.words.t(key));
            }
        }
    }
    let shell = visit.shell("home").for_everybody();
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &CodePage { shell, words: visit.words, form, email }))
}

/// Mail programs open links to look at them; only the button signs in.
async fn show_button(visit: Visit, query: Input) -> Answer {
    let token = query.get("jeton-connexion").unwrap_or_default().to_owned();
    let good = sign_in::is_good(&visit.cx, &visit.app.db, &token).await?;
    let status = if good { StatusCode::OK } else { StatusCode::GONE };
    Ok(button_page(&visit, status, token, good))
}

fn button_page(visit: &Visit, status: StatusCode, token: String, good: bool) -> Response {
    let (shell, words) = (visit.shell("home").for_everybody(), visit.words.clone());
    page(status, &LinkButtonPage { shell, words, token, key: visit.new_key(), good })
}

async fn press_button(visit: Visit, input: Input) -> Answer {
    throttle(&visit).await?;
    let token = input.get("jeton-connexion").unwrap_or_default().to_owned();
    let shared = input.get("partage").is_some();
    match sign_in::with_link(&visit.act(&input), &visit.app.db, &token, shared).await {
        Ok(admitted) => Ok(admit(&visit, &admitted, shared)),
        Err(failure) => {
            refusal(failure)?;
            Ok(button_page(&visit, StatusCode::GONE, token, false))
        }
    }
}

/// Opens the house to whoever was let in, or leads them on where it is open to them already.
fn admit(visit: &Visit, admitted: &Admitted, shared: bool) -> Response {
    match &admitted.token {
        Some(token) => welcome(visit, token, &admitted.back, shared),
        None => visit.lead_to(&admitted.back, Notice::done("accounts-welcome")),
    }
}

/// Opens the house: the cookie and the way back to where they wanted to go.
pub(crate) fn welcome(visit: &Visit, token: &Token, back: &str, shared: bool) -> Response {
    let mut response = visit.lead_to(back, Notice::done("accounts-welcome"));
    set_session_cookie(
        &mut response,
        visit,
        token.reveal(),
        if shared { None } else { Some(sessions::OWN_DEVICE) },
    );
    response
}

/// Puts the session into a cookie; without a life it ends with the browser.
pub(crate) fn set_session_cookie(
    response: &mut Response,
    visit: &Visit,
    value: &str,
    life: Option<Duration>,
) {
    let secure = if visit.app.settings.secure_cookies { "; Secure" } else { "" };
    let life = life.map(|life| format!("; Max-Age={}", life.num_seconds())).unwrap_or_default();
    let cookie = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{life}{secure}", sessions::COOKIE);
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

async fn leave(visit: Visit, headers: HeaderMap) -> Answer {
    if let Some(cookie) = web::cookie(&headers, sessions::COOKIE) {
        let mut tx = visit.app.db.write().await?;
        sessions::end(&mut tx, cookie).await?;
        tx.commit().await?;
    }
    let mut response = visit.lead_to("/", Notice::info("accounts-goodbye"));
    set_session_cookie(&mut response, &visit, "", Some(Duration::zero()));
    Ok(response)
}

async fn speak(visit: Visit, input: Input) -> Answer {
    let locale = input.get("lang").and_then(Locale::from_tag).unwrap_or_default();
    if let Some(person) = visit.cx.person() {
        let mut tx = visit.app.db.write().await?;
        tx.query("UPDATE person SET locale = $1 WHERE id = $2").bind(locale.tag()).bind(person).run().await?;
        tx.commit().await?;
    }
    let mut response = see_other(&safe_path(input.get("back").unwrap_or("/")));
    set_language_cookie(&mut response, &visit, locale);
    Ok(response)
}

/// Remembers the language on this device.
pub(crate) fn set_language_cookie(response: &mut Response, visit: &Visit, locale: Locale) {
    let secure = if visit.app.settings.secure_cookies { "; Secure" } else { "" };
    let cookie = format!("langue={}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}", locale.tag());
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

fn digest_form(visit: &Visit, chosen: &str) -> Form {
    Form::new(visit).with(rhythm(&visit.words, "accounts-digest-rhythm", chosen))
}

async fn digest(visit: Visit) -> Answer {
    let person = visit.cx.person().ok_or_else(|| Problem::sign_in(&visit.path))?;
    let mut conn = visit.app.db.read().await?;
    let person = crate::people::person(&mut conn, person).await?.ok_or(Problem::NOT_FOUND)?;
    let form = digest_form(&visit, &person.digest);
    Ok(page(StatusCode::OK, &DigestPage { shell: visit.shell("home"), words: visit.words, form }))
}

async fn set_digest(visit: Visit, input: Input) -> Answer {
    let person = visit.cx.person().ok_or_else(|| Problem::sign_in(&visit.path))?;
    let mut form = digest_form(&visit, "");
    form.fill(&input);
    // One-click unsubscription posts `List-Unsubscribe=One-Click` and nothing else.
    let rhythm = if input.get("List-Unsubscribe").is_some() {
        Some("never".to_owned())
    } else {
        form.choice("rythme")
    };
    let Some(rhythm) = rhythm else {
        return Ok(page(
            StatusCode::UNPROCESSABLE_ENTITY,
            &DigestPage { shell: visit.shell("home"), words: visit.words, form },
        ));
    };
    let mut tx = visit.app.db.write().await?;
    tx.query("UPDATE person SET digest = $1 WHERE id = $2").bind(rhythm).bind(person).run().await?;
    tx.commit().await?;
    Ok(visit.lead_to(&visit.path, Notice::done("accounts-digest-saved")))
}

/// Bounds how fast one network address may try links and codes; whoever has none shares one measure.
pub(crate) async fn throttle(visit: &Visit) -> Result<(), Problem> {
    let from = visit.arrival.client.map_or_else(|| "unknown".to_owned(), |client| client.to_string());
    if allow(&visit.app.db, &visit.cx, &format!("door {from}"), 120, Duration::minutes(5)).await? {
        Ok(())
    } else {
        Err(Problem::TOO_MANY)
    }
}

fn query_value(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"-_.~@".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}
