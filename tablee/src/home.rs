//! The home page: at most five things that wait for the person, and one main button; for everybody else, what this
//! is and the door. Also the two pages every footer leads to.

use askama::Template;
use axum::http::StatusCode;
use axum::routing::get;
use i18n::Words;
use kernel::{Level, Via};
use web::{Answer, NavEntry, Room, Routes, Shell, Visit, Waiting, page};

/// More than this on a first page is a list nobody reads.
const MOST_WAITING: usize = 5;

/// What this room brings to the house.
#[must_use]
pub fn room() -> Room {
    Room {
        routes: Routes::new()
            .route("/", get(home))
            .route("/accessibilite", get(accessibility))
            .route("/donnees", get(data))
            .route("/sante", get(health))
            .route("/assets/{file}", get(web::assets::serve)),
        nav: vec![NavEntry {
            url: "/",
            also: &[],
            label: "tablee-nav-home",
            icon: "home",
            rank: 0,
            shown: |viewer| viewer.via == Via::SignedIn,
        }],
        ..Room::default()
    }
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    shell: Shell,
    words: Words,
    name: String,
    waiting: Vec<Waiting>,
    more: usize,
    may_post: bool,
    nowhere: bool,
}

#[derive(Template)]
#[template(path = "welcome.html")]
struct WelcomePage {
    shell: Shell,
    words: Words,
    demo: bool,
}

#[derive(Template)]
#[template(path = "prose.html")]
struct ProsePage {
    shell: Shell,
    title: String,
    lead: String,
    paragraphs: Vec<String>,
}

async fn home(visit: Visit) -> Answer {
    if visit.cx.viewer.via != Via::SignedIn {
        let demo = visit.app.settings.demo;
        let shell = visit.shell("home").for_everybody();
        return Ok(page(StatusCode::OK, &WelcomePage { shell, words: visit.words, demo }));
    }
    let mut conn = visit.app.db.read().await?;
    let mut waiting = Vec::new();
    for ask in visit.app.waiting.iter() {
        waiting.extend(ask(&mut conn, &visit.cx, &visit.words).await?);
    }
    waiting.sort_by(|a, b| (a.rank, &a.text).cmp(&(b.rank, &b.text)));
    let more = waiting.len().saturating_sub(MOST_WAITING);
    waiting.truncate(MOST_WAITING);
    let level = visit.cx.coordination.and_then(|coordination| visit.cx.viewer.level_in(coordination));
    let facilitates =
        visit.cx.coordination.is_some_and(|coordination| visit.cx.viewer.facilitates(coordination));
    Ok(page(
        StatusCode::OK,
        &HomePage {
            shell: visit.shell("home"),
            name: first_name(visit.arrival.person_name.as_deref().unwrap_or_default()),
            waiting,
            more,
            may_post: facilitates || level.is_some_and(|level| level >= Level::Contributor),
            nowhere: visit.cx.coordination.is_none(),
            words: visit.words,
        },
    ))
}

/// What people are called among themselves: the first word of their name, whole where it is a title or an initial.
fn first_name(name: &str) -> String {
    let first = name.split_whitespace().next().unwrap_or_default();
    let title = matches!(
        first.to_lowercase().as_str(),
        "m" | "m." | "mme" | "mlle" | "mr" | "mr." | "mrs" | "mrs." | "dr" | "dr."
    );
    if title || first.chars().count() < 2 || first.ends_with('.') {
        name.to_owned()
    } else {
        first.to_owned()
    }
}

async fn accessibility(visit: Visit) -> Answer {
    let words = &visit.words;
    let paragraphs = vec![
        words.t("tablee-accessibility-state"),
        words.t("tablee-accessibility-known"),
        words.t("tablee-accessibility-contact"),
        words.t("tablee-accessibility-rights"),
    ];
    let (title, lead) = (words.t("tablee-accessibility-title"), words.t("tablee-accessibility-lead"));
    Ok(page(
        StatusCode::OK,
        &ProsePage { shell: visit.shell("home").for_everybody(), title, lead, paragraphs },
    ))
}

async fn data(visit: Visit) -> Answer {
    let words = &visit.words;
    let paragraphs = vec![
        words.t("tablee-data-nobody-helped"),
        words.t("tablee-data-what"),
        words.t("tablee-data-who"),
        words.t("tablee-data-read"),
        words.t("tablee-data-leave"),
        words.t("tablee-data-cookies"),
    ];
    let (title, lead) = (words.t("tablee-data-title"), words.t("tablee-data-lead"));
    Ok(page(
        StatusCode::OK,
        &ProsePage { shell: visit.shell("home").for_everybody(), title, lead, paragraphs },
    ))
}

/// For whoever watches over the process: the database answers.
async fn health(visit: Visit) -> Answer {
    use axum::response::IntoResponse as _;
    let _: i64 = visit.app.db.read().await?.query("SELECT COUNT(*) FROM coordination").value().await?;
    Ok("ok\n".into_response())
}

#[cfg(test)]
mod tests {
    use super::first_name;

    #[test]
    fn people_are_greeted_by_their_first_name() {
        for (name, greeted) in [
            ("Jeannine Robert", "Jeannine"),
            ("Anne-Marie Le Goff", "Anne-Marie"),
            ("Mme Robert", "Mme Robert"),
            ("J. Robert", "J. Robert"),
            ("Awa", "Awa"),
            ("", ""),
        ] {
            assert_eq!(first_name(name), greeted);
        }
    }
}
