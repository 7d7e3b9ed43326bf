//! One purpose, one subject, no account.

use accounts::links::{self, NewLink};
use axum::extract::Path;
use axum::response::IntoResponse as _;
use axum::routing::get;
use chrono::Duration;
use testkit::{Town, both};
use uuid::Uuid;
use web::{Answer, LinkPage, Problem, Room, Visit};

const PURPOSE: &str = "essai.repondre";

/// A room with one page that only the right link opens.
fn room() -> Room {
    async fn answer(visit: Visit, Path(id): Path<Uuid>) -> Answer {
        if !visit.cx.viewer.holds_link(PURPOSE, id) {
            return Err(Problem::NOT_FOUND);
        }
        Ok("ouvert".into_response())
    }
    Room {
        routes: web::Routes::new().route("/essai/{id}", get(answer)),
        link_pages: vec![LinkPage { purpose: PURPOSE, path: |id| format!("/essai/{id}") }],
        ..Room::default()
    }
}

async fn issue(town: &Town, subject: Uuid, purpose: &'static str) -> String {
    let cx = town.job();
    let mut tx = town.db.write().await.unwrap();
    let link = NewLink {
        purpose,
        subject,
        structure: None,
        person: None,
        label: "essai".to_owned(),
        valid_for: Duration::days(14),
    };
    let path = links::issue(&mut tx, &cx, link).await.unwrap();
    tx.commit().await.unwrap();
    path
}

both!(
    async fn a_link_opens_its_page_and_nothing_else(town: Town) {
        let (mine, other) = (town.job().new_uuid(), town.job().new_uuid());
        let path = issue(&town, mine, PURPOSE).await;
        let mut browser = town.browser(vec![room()]).await;
        let led = browser.get(&path).await;
        assert_eq!(led.status, 303);
        let page = browser.visit(&path).await;
        assert_eq!((page.status.as_u16(), page.html().as_str()), (200, "ouvert"));
        let token = path.strip_prefix("/l/").unwrap();
        assert_eq!(browser.get(&format!("/essai/{other}?jeton={token}")).await.status, 404);
        let wrong_purpose = issue(&town, mine, "autre.chose").await;
        let token = wrong_purpose.strip_prefix("/l/").unwrap();
        assert_eq!(browser.get(&format!("/essai/{mine}?jeton={token}")).await.status, 404);
    }
);

both!(
    async fn a_link_expires_and_can_be_taken_back(town: Town) {
        let subject = town.job().new_uuid();
        let path = issue(&town, subject, PURPOSE).await;
        let mut browser = town.browser(vec![room()]).await;
        assert_eq!(browser.visit(&path).await.status, 200);
        town.clock.advance(Duration::days(15));
        let gone = browser.get(&path).await;
        assert_eq!(gone.status, 410);
        assert!(gone.text().contains("Ce lien n’est plus valable"), "{}", gone.text());

        let path = issue(&town, subject, PURPOSE).await;
        let mut tx = town.db.write().await.unwrap();
        assert_eq!(links::revoke(&mut tx, &town.job(), PURPOSE, subject).await.unwrap(), 2);
        tx.commit().await.unwrap();
        assert_eq!(browser.get(&path).await.status, 410);
        assert_eq!(browser.get("/l/nimporte-quoi").await.status, 410);
    }
);
