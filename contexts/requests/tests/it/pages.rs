//! The pages, as a browser without a script sees them.

use axum::http::StatusCode;
use kernel::Role;
use requests::queries;
use testkit::{Browser, Town};

use crate::town::{asked, epicerie};

async fn browser(town: &Town) -> Browser {
    town.browser(vec![requests::room(), goods::room()]).await
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

testkit::both!(
    async fn asking_from_a_phone(town: Town) {
        let (_, awa) = epicerie(&town).await;
        let mut browser = browser(&town).await;
        let closed = browser.get("/demandes/nouvelle").await;
        assert!(closed.location.expect("a way in").starts_with("/connexion"));
        browser.sign_in(awa).await;
        let page = browser.get("/demandes/nouvelle").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        // Nothing asked: the page comes back with what was typed and says why.
        let sent = page.filled("#demande", &[("note", "sans porc")]);
        let refused = browser.submit("/demandes/nouvelle", &pairs(&sent)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("Indiquez au moins une quantité"));
        assert!(refused.filled("#demande", &[]).contains(&("note".to_owned(), "sans porc".to_owned())));
        // « Calculer » fills the kilograms and writes nothing.
        let sent = page.filled("#demande", &[("foyers", "40"), ("calculer", "1"), ("kg-sweet", "2")]);
        let reckoned = browser.submit("/demandes/nouvelle", &pairs(&sent)).await;
        assert_eq!(reckoned.status, StatusCode::OK);
        let fields = reckoned.filled("#demande", &[]);
        let value =
            |name: &str| fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default();
        assert_eq!(value("kg-dairy"), "154", "88 persons at 1 750 g");
        assert_eq!(value("kg-sweet"), "2", "what was typed wins");
        let mut conn = town.db.read().await.expect("a connection");
        let open = queries::open_requests(&mut conn, town.coordination, None, None, 10).await.expect("read");
        assert!(open.is_empty());
        drop(conn);
        // A telephone number is taken out by its author.
        let sent = page.filled("#demande", &[("kg-dairy", "12,5"), ("note", "appeler 06 12 34 56 78")]);
        let refused = browser.submit("/demandes/nouvelle", &pairs(&sent)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("numéro de téléphone"));
        let sent = page.filled("#demande", &[("kg-dairy", "12,5"), ("foyers", "40")]);
        let done = browser.submit("/demandes/nouvelle", &pairs(&sent)).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let again = browser.submit("/demandes/nouvelle", &pairs(&sent)).await;
        assert_eq!(again.location, done.location, "sent twice, asked once");
        let one = browser.get(&done.location.expect("the request")).await;
        assert!(one.text().contains("D-26-001"), "{}", one.text());
        assert!(one.text().contains("12,5"));
        assert_eq!(one.attributes(".undo form", "action").len(), 1, "it can be undone");
        let board = browser.get("/demandes").await;
        assert!(board.text().contains("Épicerie des Lilas"));
        let mut tx = town.db.write().await.expect("a transaction");
        tx.query("UPDATE person SET locale = 'en' WHERE id = $1").bind(awa).run().await.expect("written");
        tx.commit().await.expect("kept");
        assert!(browser.get("/demandes").await.text().contains("What organisations need"));
    }
);

testkit::both!(
    async fn two_people_at_one_form(town: Town) {
        let (lilas, awa) = epicerie(&town).await;
        let posted = asked(&town, &town.cx(awa).await, lilas).await;
        let mut browser = browser(&town).await;
        browser.sign_in(awa).await;
        let path = format!("/demandes/{}/modifier", posted.request);
        let page = browser.get(&path).await;
        let mine = page.filled("#demande", &[("kg-dairy", "30")]);
        let theirs = page.filled("#demande", &[("kg-dairy", "25"), ("cle", "une-autre")]);
        let first = browser.submit(&path, &pairs(&theirs)).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER);
        let second = browser.submit(&path, &pairs(&mine)).await;
        assert_eq!(second.status, StatusCode::CONFLICT);
        let text = second.text();
        assert!(text.contains("25") && text.contains("Quelqu’un a modifié"), "{text}");
        let kept = second.filled("#demande", &[]);
        assert!(kept.contains(&("kg-dairy".to_owned(), "30".to_owned())), "what was typed is kept");
        let settled = browser.submit(&path, &pairs(&kept)).await;
        assert_eq!(settled.status, StatusCode::SEE_OTHER);
    }
);

testkit::both!(
    async fn who_sees_what(town: Town) {
        let (lilas, awa) = epicerie(&town).await;
        let posted = asked(&town, &town.cx(awa).await, lilas).await;
        let path = format!("/demandes/{}", posted.request);
        let other = town.structure("Maraude du Bel Air", "association").await;
        let mamadou = town.person("Mamadou", other, Role::Member).await;
        let mut browser = browser(&town).await;
        browser.sign_in(mamadou).await;
        let seen = browser.get(&path).await;
        assert_eq!(seen.status, StatusCode::OK);
        assert!(seen.texts("form[action$=retirer]").is_empty(), "another's request has no buttons");
        let mut conn = town.db.read().await.expect("a connection");
        let readings = access::readings_of(&mut conn, lilas, town.job().today()).await.expect("read");
        assert!(readings.iter().any(|reading| reading.reader_id == other && reading.what == "wishes"));
        drop(conn);
        let closed = browser.get(&format!("{path}/modifier")).await;
        assert_eq!(closed.status, StatusCode::NOT_FOUND, "there is no such page for them");
        // Its wishes become its own: nobody else sees the request any more.
        let mut tx = town.db.write().await.expect("a transaction");
        tx.query("INSERT INTO field_scope (structure_id, field_group, scope, named) VALUES ($1, 'wishes', 'structure', $2)")
            .bind(lilas)
            .bind(store::Json(serde_json::json!([])))
            .run()
            .await
            .expect("written");
        tx.commit().await.expect("kept");
        assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND);
        assert!(!browser.get("/demandes").await.text().contains("D-26-001"));
        browser.sign_in(awa).await;
        assert_eq!(browser.get(&path).await.status, StatusCode::OK);
    }
);

testkit::both!(
    async fn a_standing_request_and_its_question(town: Town) {
        let (_, awa) = epicerie(&town).await;
        let mut browser = browser(&town).await;
        browser.sign_in(awa).await;
        let page = browser.get("/demandes/permanentes").await;
        assert!(page.text().contains("Aucune demande permanente"));
        let page = browser.get("/demandes/permanentes/nouvelle").await;
        let sent = page.filled("#demande", &[("kg-dairy", "20"), ("jour-semaine", "4")]);
        let done = browser.submit("/demandes/permanentes/nouvelle", &pairs(&sent)).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let list = browser.get("/demandes/permanentes").await;
        assert!(list.text().contains("Le jeudi, toutes les semaines"), "{}", list.text());
        let edit = list.attributes(".list a", "href")[0].clone();
        let page = browser.get(&edit).await;
        assert_eq!(page.status, StatusCode::OK);
        let id = edit.rsplit('/').next().expect("an id");
        let confirm = format!("/demandes/confirmer/{id}");
        town.clock.advance(chrono::Duration::days(3));
        let page = browser.get(&confirm).await;
        assert!(page.text().contains("Toujours exacte"));
        let sent = page.filled("main form", &[]);
        let done = browser.submit(&confirm, &pairs(&sent)).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert!(browser.get(&confirm).await.text().contains("Merci"));
        let page = browser.get(&edit).await;
        let key = page.filled("form[action$=suite]", &[("vers", "pause")]);
        let done = browser.submit(&format!("{edit}/suite"), &pairs(&key)).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert!(browser.get("/demandes/permanentes").await.text().contains("En pause"));
    }
);

testkit::both!(
    async fn the_list_can_be_taken_away_and_readers_are_shown_no_way_that_is_closed(town: Town) {
        let (structure, awa) = epicerie(&town).await;
        asked(&town, &town.cx(awa).await, structure).await;
        let mut browser = browser(&town).await;
        browser.sign_in(awa).await;
        let board = browser.get("/demandes").await;
        assert_eq!(board.attributes("a[href='/demandes/nouvelle']", "href").len(), 1);
        assert!(board.texts("#totaux li").join(" ").contains("kg"), "{}", board.text());
        assert_eq!(board.attributes("a[href*='/demandes/export']", "href").len(), 3);
        let file = browser.get("/demandes/export?format=csv").await;
        assert_eq!(file.status, StatusCode::OK);
        let csv = String::from_utf8_lossy(&file.bytes);
        assert!(csv.contains("D-26-001") && csv.contains("Reste (kg)"), "{csv}");
        for format in ["xlsx", "ods"] {
            assert_eq!(
                browser.get(&format!("/demandes/export?format={format}")).await.status,
                StatusCode::OK
            );
        }
        assert_eq!(browser.get("/demandes/export?format=pdf").await.status, StatusCode::NOT_FOUND);

        let mut tx = town.db.write().await.expect("a connection");
        tx.query("UPDATE membership SET level = 'reader' WHERE structure_id = $1")
            .bind(structure)
            .run()
            .await
            .expect("written");
        tx.commit().await.expect("kept");
        let board = browser.get("/demandes").await;
        assert!(board.attributes("a[href='/demandes/nouvelle']", "href").is_empty(), "{}", board.text());
    }
);
