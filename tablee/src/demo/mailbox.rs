//! Every letter of the demo, on a page: the very rows that SMTP would have carried.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::Words;
use mail::Posted;
use uuid::Uuid;
use web::{Answer, Input, Problem, Shell, Visit, page};

/// A letter in the list.
struct Row {
    id: Uuid,
    subject: String,
    to: String,
    when: String,
}

#[derive(Template)]
#[template(path = "mailbox.html")]
struct ListPage {
    shell: Shell,
    words: Words,
    letters: Vec<Row>,
    /// The person one is in the place of, where one is somebody.
    me: String,
    mine: bool,
    before: String,
    after: String,
}

/// A paragraph of a letter and the page of ours it leads to, if any.
struct Part {
    text: String,
    link: String,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct LetterPage {
    shell: Shell,
    words: Words,
    letter: Posted,
    parts: Vec<Part>,
}

/// Latest first, those of the persona one is in unless all are asked for.
pub(super) async fn list(visit: Visit, asked: Input) -> Answer {
    let number = asked.get("page").and_then(|page| page.parse().ok()).unwrap_or(0_i64).clamp(0, 1_000);
    let mut conn = visit.app.db.read().await?;
    let me = match visit.cx.person() {
        Some(person) => accounts::people::person(&mut conn, person).await?,
        None => None,
    };
    let address = me.as_ref().and_then(|me| me.email.clone());
    let mine = address.is_some() && asked.get("pour") != Some("tous");
    let to = address.as_deref().filter(|_| mine);
    let letters = mail::page(&mut conn, to, number * mail::ON_A_PAGE).await?;
    drop(conn);
    let link =
        |number: i64| format!("/demo/courrier?pour={}&page={number}", if mine { "moi" } else { "tous" });
    let full = i64::try_from(letters.len()).unwrap_or_default() == mail::ON_A_PAGE;
    let words = visit.words.clone();
    let shown = ListPage {
        shell: visit.shell("home"),
        letters: letters
            .into_iter()
            .map(|letter| Row {
                id: letter.id,
                subject: letter.subject,
                to: letter.to_name,
                when: words.moment(letter.created_at),
            })
            .collect(),
        me: me.map(|me| me.name).unwrap_or_default(),
        mine,
        before: if number > 0 { link(number - 1) } else { String::new() },
        after: if full { link(number + 1) } else { String::new() },
        words,
    };
    Ok(page(StatusCode::OK, &shown))
}

pub(super) async fn show(visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let letter = mail::letter(&mut visit.app.db.read().await?, id).await?.ok_or(Problem::NOT_FOUND)?;
    let parts =
        letter.body_text.split("\n\n").map(part).filter(|part| !part.text.trim().is_empty()).collect();
    Ok(page(StatusCode::OK, &LetterPage { shell: visit.shell("home"), words: visit.words, letter, parts }))
}

/// Links are shown as links of this site, so that they work whatever port the demo found when the letter was written.
fn part(paragraph: &str) -> Part {
    let link = paragraph.lines().find_map(path_of).unwrap_or_default();
    let text = paragraph.lines().filter(|line| path_of(line).is_none()).collect::<Vec<_>>().join("\n");
    Part { text, link }
}

/// The path of a line that is an address of ours. Every letter of the demo is its own, so every address in it is.
fn path_of(line: &str) -> Option<String> {
    let (_, rest) =
        line.strip_prefix("http://").or_else(|| line.strip_prefix("https://"))?.split_once('/')?;
    (!rest.contains(char::is_whitespace)).then(|| format!("/{rest}"))
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn a_line_that_leads_somewhere_is_one_link_of_this_site() {
        let line = part("• Yaourts\nhttp://127.0.0.1:8080/collectes/1?a=b");
        assert_eq!((line.text.as_str(), line.link.as_str()), ("• Yaourts", "/collectes/1?a=b"));
        let plain = part("Bonjour Awa");
        assert_eq!((plain.text.as_str(), plain.link.as_str()), ("Bonjour Awa", ""));
    }
}
