//! The disk is full, or the database may only be read: the page says what to do, what was typed is in it, nothing is
//! half written, reading goes on, and the house works again as soon as there is room.

use std::fmt::Write as _;

use axum::http::StatusCode;
use sqlx::Connection as _;
use store::{Db, Engine, OpenOptions};
use testkit::{Browser, Page, both};

use super::{count, form_of, house_on, own_browser, says_nothing_of_its_insides, submit};
use crate::scene::Scene;

/// Everything on the disk is taken, or the server refuses to write.
async fn take_all_room(scene: &Scene, db: &Db) {
    match db.engine() {
        Engine::Sqlite => {
            // The file may not grow beyond what it is, as on a full disk. Only this connection knows: one that a full
            // disk broke is replaced by one that has room.
            let mut tx = db.write().await.unwrap();
            tx.query("PRAGMA max_page_count = 1").run().await.unwrap();
            tx.commit().await.unwrap();
        }
        Engine::Postgres => read_only(scene, "on").await,
    }
}

async fn make_room(scene: &Scene, db: &Db) {
    match db.engine() {
        Engine::Sqlite => {
            let mut tx = db.write().await.unwrap();
            tx.query("PRAGMA max_page_count = 1000000").run().await.unwrap();
            tx.commit().await.unwrap();
        }
        Engine::Postgres => read_only(scene, "off").await,
    }
}

/// What an administrator, or a standby, does to a whole database; sessions under way are ended so that it holds.
async fn read_only(scene: &Scene, value: &str) {
    let (cluster, name) = scene.town.address.rsplit_once('/').unwrap();
    let mut admin = sqlx::PgConnection::connect(&format!("{cluster}/postgres")).await.unwrap();
    let mut sql = String::new();
    write!(sql, "ALTER DATABASE {name} SET default_transaction_read_only = {value};").unwrap();
    write!(sql, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'").unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut admin).await.unwrap();
}

/// A request with as long a note as it may have: it fills the pages of the file quickly.
async fn long_form(browser: &mut Browser) -> (String, Vec<(String, String)>) {
    let note = "une livraison par semaine ".repeat(18);
    let page = browser.get("/demandes/nouvelle").await;
    form_of(&page, "#demande", &[("kg-starches", "12"), ("note", &note)])
}

/// Sends requests until one finds no room; says how many were kept, and the page that the last one got.
async fn until_full(browser: &mut Browser) -> (i64, (String, Vec<(String, String)>), Page) {
    for kept in 0..2_000 {
        let form = long_form(browser).await;
        let answer = submit(browser, &form).await;
        if answer.status != StatusCode::SEE_OTHER {
            return (kept, form, answer);
        }
    }
    panic!("the disk never filled");
}

both!(
    async fn without_room_nothing_is_lost_and_the_page_says_what_to_do(town: Town) {
        let scene = Scene::set(town).await;
        let (mut browser, db) =
            own_browser(&scene, &scene.town.address, OpenOptions::default(), scene.awa).await;
        let mut english = {
            let house = house_on(&scene, db.clone(), false);
            Browser::at(house.app, house.router)
        };
        english.sign_in(scene.lea).await;
        assert_eq!(english.submit("/langue", &[("lang", "en")]).await.status, StatusCode::SEE_OTHER);
        let hers = long_form(&mut english).await;
        // The hub's people read nothing that others are told about, so reading needs no room.
        take_all_room(&scene, &db).await;
        let (kept, form, full) = until_full(&mut browser).await;
        assert_eq!(full.status, StatusCode::SERVICE_UNAVAILABLE, "{}", full.text());
        for words in ["Rien ne peut être enregistré pour l’instant", "Prévenez la personne", "puis réessayez"]
        {
            assert!(full.text().contains(words), "{words}: {}", full.text());
        }
        says_nothing_of_its_insides(&full);
        let again = (full.attributes("main form", "action")[0].clone(), full.filled("main form", &[]));
        assert_eq!(again, form, "what was typed is in the page");
        take_all_room(&scene, &db).await;
        let told = submit(&mut english, &hers).await;
        assert_eq!(told.status, StatusCode::SERVICE_UNAVAILABLE, "{}", told.text());
        assert!(told.text().contains("Nothing can be saved for now"), "{}", told.text());
        // Nothing half written, and what is there can be read.
        let rows = "SELECT COUNT(*) FROM request";
        assert_eq!(count(&scene.town.db, rows).await, kept);
        assert_eq!(
            count(&scene.town.db, "SELECT COUNT(*) FROM audit_event WHERE action = 'requests.post'").await,
            kept
        );
        assert_eq!(browser.get("/demandes/permanentes").await.status, StatusCode::OK);
        assert_eq!(tablee::doctor::examine(&scene.town.db).await.unwrap(), []);
        make_room(&scene, &db).await;
        let done = submit(&mut browser, &again).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert_eq!(count(&scene.town.db, rows).await, kept + 1);
        // Sent once more, by somebody who did not believe it: the same act.
        assert_eq!(submit(&mut browser, &again).await.location, done.location);
        assert_eq!(count(&scene.town.db, rows).await, kept + 1);
    }
);

both!(
    async fn a_photo_that_finds_no_room_is_said_to_be_on_the_page_before(town: Town) {
        let scene = Scene::set(town).await;
        let (mut browser, db) =
            own_browser(&scene, &scene.town.address, OpenOptions::default(), scene.marc).await;
        let offer = crate::acts::offer(&scene, "Lait", None);
        let typed: Vec<(&str, &str)> = offer.typed.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let (action, pairs) = form_of(&browser.get(&offer.page).await, "#annonce", &typed);
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        take_all_room(&scene, &db).await;
        let photo = crate::acts::photo(1);
        let full = browser.upload(&action, &pairs, ("photo", "lait.jpg", &photo)).await;
        assert_eq!(full.status, StatusCode::SERVICE_UNAVAILABLE, "{}", full.text());
        assert!(full.text().contains("encore à la page précédente"), "{}", full.text());
        assert!(full.attributes("main form", "action").is_empty(), "a file cannot be sent again by a page");
        make_room(&scene, &db).await;
        assert_eq!(count(&scene.town.db, "SELECT COUNT(*) FROM photo").await, 0);
        let done = browser.upload(&action, &pairs, ("photo", "lait.jpg", &photo)).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    }
);
