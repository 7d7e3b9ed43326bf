//! The database goes away: the page says so in words, what was typed is in the page, and the next request works as soon
//! as the database does.

use std::time::Duration;

use axum::http::StatusCode;
use sqlx::Connection as _;
use store::{Engine, OpenOptions};
use testkit::{Page, Town};

use super::proxy::Line;
use super::{count, form_of, own_browser, says_nothing_of_its_insides, submit};
use crate::scene::Scene;

const REQUESTS: &str = "SELECT COUNT(*) FROM request";

fn quick() -> OpenOptions {
    OpenOptions { connections: 3, patience: Duration::from_millis(1_500), ..OpenOptions::default() }
}

/// The page that says, in French, that Tablée cannot answer for the moment.
fn says_unavailable(page: &Page) {
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{}", page.text());
    assert!(page.text().contains("momentanément indisponible"), "{}", page.text());
    assert!(page.text().contains("Référence à donner"), "{}", page.text());
    assert_eq!(page.headers.get("retry-after").unwrap(), "30");
    says_nothing_of_its_insides(page);
}

/// What the button « Réessayer » of a page sends.
fn again(page: &Page) -> (String, Vec<(String, String)>) {
    assert_eq!(page.texts("main form button"), ["Réessayer"], "{}", page.html());
    let action = page.attributes("main form[method=post]", "action")[0].clone();
    (action, page.filled("main form[method=post]", &[]))
}

#[tokio::test]
async fn a_server_without_its_database_says_so_and_works_again_when_it_is_back() {
    let Some(town) = Town::found(Engine::Postgres).await else { return };
    let scene = Scene::set(town).await;
    let (mut line, address) = Line::to(&scene.town.address);
    let (mut browser, _db) = own_browser(&scene, &address, quick(), scene.awa).await;
    let form = form_of(&browser.get("/demandes/nouvelle").await, "#demande", &[("kg-starches", "12")]);
    line.cut();
    let reading = browser.get("/demandes").await;
    says_unavailable(&reading);
    assert_eq!(reading.attributes("main a.button", "href"), ["/demandes", "/"], "a way to try again");
    browser.speak("en");
    let english = browser.get("/demandes").await;
    assert!(english.text().contains("Tablée is unavailable for a moment"), "{}", english.text());
    browser.speak("fr");
    let sent = submit(&mut browser, &form).await;
    says_unavailable(&sent);
    // Everything that was typed is in the page, though nobody could find out who sent it.
    let kept = again(&sent);
    assert_eq!(kept, form);
    line.mend();
    assert_eq!(count(&scene.town.db, REQUESTS).await, 0, "nothing was half written");
    let done = submit(&mut browser, &kept).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert_eq!(browser.get("/demandes").await.status, StatusCode::OK);
    assert_eq!(count(&scene.town.db, REQUESTS).await, 1);
    // A cut line under idle connections costs nobody a page.
    line.cut();
    line.mend();
    assert_eq!(browser.get("/demandes").await.status, StatusCode::OK);
}

#[tokio::test]
async fn connections_ended_by_the_database_are_opened_again() {
    let Some(town) = Town::found(Engine::Postgres).await else { return };
    let scene = Scene::set(town).await;
    let (mut browser, _db) = own_browser(&scene, &scene.town.address, quick(), scene.awa).await;
    assert_eq!(browser.get("/demandes").await.status, StatusCode::OK);
    let mut admin = sqlx::PgConnection::connect(&scene.town.address).await.unwrap();
    // While they are idle…
    let ended = sqlx::query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    .execute(&mut admin)
    .await
    .unwrap();
    assert!(ended.rows_affected() > 0);
    assert_eq!(browser.get("/demandes").await.status, StatusCode::OK);
    // …and in the middle of an act: it waits for a table that somebody holds, and its connection is ended there.
    let form = form_of(&browser.get("/demandes/nouvelle").await, "#demande", &[("kg-starches", "12")]);
    let mut holder = sqlx::PgConnection::connect(&scene.town.address).await.unwrap();
    sqlx::raw_sql("BEGIN; LOCK TABLE request IN ACCESS EXCLUSIVE MODE").execute(&mut holder).await.unwrap();
    let ending = tokio::spawn(async move {
        loop {
            let ended = sqlx::query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                 WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%request%'",
            )
            .execute(&mut admin)
            .await
            .unwrap();
            if ended.rows_affected() > 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    let broken = submit(&mut browser, &form).await;
    ending.await.unwrap();
    sqlx::raw_sql("ROLLBACK").execute(&mut holder).await.unwrap();
    says_unavailable(&broken);
    assert_eq!(count(&scene.town.db, REQUESTS).await, 0);
    let done = submit(&mut browser, &again(&broken)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert_eq!(count(&scene.town.db, REQUESTS).await, 1);
}

#[tokio::test]
async fn a_file_that_another_program_holds_is_waited_for_and_then_said_to_be_busy() {
    let Some(town) = Town::found(Engine::Sqlite).await else { return };
    let scene = Scene::set(town).await;
    let (mut browser, _db) = own_browser(&scene, &scene.town.address, quick(), scene.awa).await;
    let form = form_of(&browser.get("/demandes/nouvelle").await, "#demande", &[("kg-starches", "12")]);
    let held = scene.town.db.write().await.unwrap();
    let busy = submit(&mut browser, &form).await;
    says_unavailable(&busy);
    held.rollback().await.unwrap();
    let done = submit(&mut browser, &again(&busy)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert_eq!(count(&scene.town.db, REQUESTS).await, 1);
}
