//! Every letter of the demo, on a page: the very rows that SMTP would have carried.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::Words;
use mail::Posted;
use uuid::Uuid;
use web::{Answer, Problem, Shell, Visit, page};

#[derive(Template)]
#[template(path = "mailbox.html")]
struct ListPage {
    shell: Shell,
    words: Words,
    letters: Vec<Posted>,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct LetterPage {
    shell: Shell,
    words: Words,
    letter: Posted,
    paragraphs: Vec<String>,
    links: Vec<String>,
}

pub(super) async fn list(visit: Visit) -> Answer {
    let letters = mail::latest(&mut visit.app.db.read().await?).await?;
    Ok(page(StatusCode::OK, &ListPage { shell: visit.shell("home"), words: visit.words, letters }))
}

pub(super) async fn show(visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let letter = mail::letter(&mut visit.app.db.read().await?, id).await?.ok_or(Problem::NOT_FOUND)?;
    let base = visit.app.settings.public_url.clone();
    // Links are shown as buttons of this site, so that they work whatever port the demo found.
    let links = letter
        .body_text
        .split_whitespace()
        .filter_map(|word| word.strip_prefix(base.as_str()))
        .map(ToOwned::to_owned)
        .collect();
    let paragraphs = letter
        .body_text
        .split("\n\n")
        .map(|paragraph| {
            paragraph.lines().filter(|line| !line.starts_with(&base)).collect::<Vec<_>>().join("\n")
        })
        .filter(|paragraph| !paragraph.trim().is_empty())
        .collect();
    Ok(page(
        StatusCode::OK,
        &LetterPage { shell: visit.shell("home"), words: visit.words, letter, paragraphs, links },
    ))
}
