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

#[derive(Template)]
#[template(path = "letter.html")]
struct LetterPage {
    shell: Shell,
    words: Words,
    letter: Posted,
    paragraphs: Vec<Paragraph>,
}

/// A paragraph of a letter; with `link`, it is what the button of that address says.
struct Paragraph {
    text: String,
    link: String,
    is_foot: bool,
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
    let paragraphs = read(&letter.body_text);
    let template = LetterPage { shell: visit.shell("home"), words: visit.words, letter, paragraphs };
    Ok(page(StatusCode::OK, &template))
}

/// A letter's plain text in paragraphs. Addresses become buttons of this site, so that they work whatever port the demo
/// had when they were written.
fn read(text: &str) -> Vec<Paragraph> {
    let (body, foot) = text.split_once("\n-- \n").unwrap_or((text, ""));
    let mut paragraphs: Vec<Paragraph> = body.split("\n\n").map(|lines| paragraph(lines, false)).collect();
    paragraphs.extend(foot.split("\n\n").map(|lines| paragraph(lines, true)));
    paragraphs.retain(|paragraph| !paragraph.text.is_empty() || !paragraph.link.is_empty());
    paragraphs
}

fn paragraph(lines: &str, is_foot: bool) -> Paragraph {
    let said: Vec<&str> = lines.lines().map(str::trim).filter(|line| path_of(line).is_none()).collect();
    let link = lines.lines().find_map(path_of).unwrap_or_default();
    Paragraph { text: said.join("\n").trim().to_owned(), link, is_foot }
}

/// The path of a line that is an address of ours. Every letter of the demo is its own, so every address in it is.
fn path_of(line: &str) -> Option<String> {
    let line = line.trim();
    let (_, path) =
        line.strip_prefix("http://").or_else(|| line.strip_prefix("https://"))?.split_once('/')?;
    (!path.contains(char::is_whitespace)).then(|| format!("/{path}"))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn addresses_are_buttons_and_the_foot_is_apart() {
        let letter = "Bonjour Awa,\n\nÇa presse.\n\nVoir dans Tablée\nhttp://127.0.0.1:8080/collectes/1?a=b\n\n-- \nParce que.\nhttp://127.0.0.1:8080/resume";
        let read: Vec<_> = read(letter).into_iter().map(|one| (one.text, one.link, one.is_foot)).collect();
        let is = |text: &str, link: &str, foot| (text.to_owned(), link.to_owned(), foot);
        assert_eq!(
            read,
            [
                is("Bonjour Awa,", "", false),
                is("Ça presse.", "", false),
                is("Voir dans Tablée", "/collectes/1?a=b", false),
                is("Parce que.", "/resume", true),
            ]
        );
    }
}
