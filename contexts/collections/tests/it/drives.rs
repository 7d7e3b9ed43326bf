//! Drives: an event first, goods afterwards.

use axum::http::StatusCode;
use collections::queries;
use collections::usecases::record_drive::{self, RecordDrive, RecordRefused};
use kernel::{Failure, Grams};
use testkit::both;

use crate::pages::{browser, house, send};
use crate::scene::Scene;

both!(
    async fn a_drive_is_announced_then_noted_into_stock(town: Town) {
        let scene = Scene::set(town).await;
        let mut awa = browser(&scene, scene.awa.person()).await;
        let new = "/collectes/publiques/nouvelle";
        let page = awa.get(new).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let wrong = send(&mut awa, &page, "#collecte", new, &[("nom", "Appelez le 06 12 34 56 78")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("numéro de téléphone"), "{}", wrong.text());
        let typed = [
            ("nom", "Collecte de Noël"),
            ("jour", "24/11"),
            ("de", "9h"),
            ("a", "18h"),
            ("adresse", "Supermarché, 12 rue de Paris, Montreuil"),
        ];
        let sent = send(&mut awa, &page, "#collecte", new, &typed).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let at = sent.location.unwrap();
        // An event with its day, hours and place; nothing to be reserved, nobody hurried.
        let mut lea = browser(&scene, scene.lea.person()).await;
        let board = lea.get("/collectes").await;
        assert!(board.texts(".board .card").is_empty());
        for words in ["Collecte de Noël", "demain, de 9 h à 18 h", "12 rue de Paris", "Épicerie des Lilas"]
        {
            let said = board.text().replace(['\u{a0}', '\u{202f}'], " ");
            assert!(said.contains(words), "{words} in {said}");
        }
        assert!(!board.text().contains("Ça presse"));
        assert_eq!(scene.told(scene.lea.person()).await, ["collections-told-drive"]);
        let page = lea.get(&at).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.attributes("form[action$='/reserver']", "action").is_empty());
        let note = format!("{at}/noter");
        assert_eq!(lea.get(&note).await.status, StatusCode::FORBIDDEN);
        // Not before it has begun.
        assert_eq!(awa.get(&note).await.status, StatusCode::SEE_OTHER);
        scene.town.clock.advance(chrono::Duration::hours(26));
        let app = house(&scene).await.app().clone();
        let words = i18n::Words::new(app.catalogue.clone(), &scene.awa);
        let mut conn = scene.town.db.read().await.unwrap();
        let cards = collections::room().waiting[0](&mut conn, &scene.awa, &words).await.unwrap();
        drop(conn);
        assert!(
            cards.iter().any(|card| card.link == note && card.text.contains("Notez ce qui a été collecté"))
        );
        let page = awa.get(&note).await;
        let empty = send(&mut awa, &page, "#recolte", &note, &[]).await;
        assert!(empty.text().contains("Indiquez au moins un poids"), "{}", empty.text());
        let kilos = [("kg-starches", "180"), ("kg-infant", "12,5"), ("pesee", "pese")];
        let sent = send(&mut awa, &page, "#recolte", &note, &kilos).await;
        assert_eq!(sent.location.as_deref(), Some(at.as_str()), "{}", sent.text());
        let page = awa.get(&at).await;
        let said = page.text().replace(['\u{a0}', '\u{202f}'], " ");
        assert!(
            said.contains("192,5 kg collectés") && said.contains("a noté ce qui a été collecté"),
            "{said}"
        );
        // The goods are in the organiser's stock, and only once.
        let again = send(&mut awa, &page, "details form", &format!("{at}/annuler"), &[]).await;
        assert_ne!(again.status, StatusCode::INTERNAL_SERVER_ERROR);
        let mut conn = scene.town.db.read().await.unwrap();
        let drives = queries::drives_of(&mut conn, scene.town.coordination, scene.lilas).await.unwrap();
        assert_eq!(drives[0].grams, Grams(192_500));
        let (lots, weighed): (i64, i64) = conn
            .query(
                "SELECT COUNT(*), CAST(SUM(CASE WHEN estimated THEN 0 ELSE 1 END) AS BIGINT) FROM lot
                 WHERE product LIKE '%collecte publique C-26-001%'",
            )
            .one()
            .await
            .unwrap();
        assert_eq!((lots, weighed), (2, 2));
        drop(conn);
        scene.ledger_is_sound().await;
        let twice = RecordDrive { drive: drives[0].id, site: None, weighed: true, lines: Vec::new() };
        let refused = record_drive::run(&scene.awa, &scene.town.db, twice).await;
        assert!(matches!(refused, Err(Failure::Refused(RecordRefused::Unfit(_)))), "{refused:?}");
    }
);

both!(
    async fn a_drive_that_does_not_take_place_says_why(town: Town) {
        let scene = Scene::set(town).await;
        let mut officer = browser(&scene, scene.olivier.person()).await;
        let new = "/collectes/publiques/nouvelle";
        let page = officer.get(new).await;
        let shop = scene.shop.to_string();
        let typed = [
            ("organisateur", shop.as_str()),
            ("nom", "Collecte du printemps"),
            ("jour", "28/11"),
            ("adresse", "1 place du Marché"),
        ];
        let at = send(&mut officer, &page, "#collecte", new, &typed).await.location.unwrap();
        assert_eq!(scene.told(scene.marc.person()).await, ["!collections-told-drive-for"]);
        let mut marc = browser(&scene, scene.marc.person()).await;
        let page = marc.get(&at).await;
        let to = format!("{at}/annuler");
        send(&mut marc, &page, "details form", &to, &[("raison", "Travaux dans la rue")]).await;
        let page = marc.get(&at).await;
        assert!(
            page.text().contains("Annulée") && page.text().contains("Travaux dans la rue"),
            "{}",
            page.text()
        );
        assert!(!marc.get("/collectes").await.text().contains("Collecte du printemps"));
        let stranger = scene.town.stranger("Ailleurs", "association").await;
        let zoe = scene.town.person("Zoé", stranger, kernel::Role::Lead).await;
        let mut zoe = browser(&scene, Some(zoe)).await;
        assert_ne!(zoe.get(&at).await.status, StatusCode::OK);
    }
);
