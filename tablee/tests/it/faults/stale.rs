//! A page that is no longer true: whoever saves second is shown what the first one wrote, keeps what they typed, and
//! decides.

use axum::http::StatusCode;
use testkit::both;

use super::{count, form_of, submit};
use crate::scene::Scene;

/// A form that two people have open at the same time.
struct Stale {
    page: String,
    form: String,
    /// What the first one writes, and how the second one reads it.
    theirs: (&'static str, &'static str, &'static str),
    /// What the second one types.
    mine: (&'static str, &'static str),
}

async fn second_sees_both(scene: &Scene, who: (kernel::PersonId, kernel::PersonId), stale: Stale) {
    let (mut first, mut second) = (scene.browser(who.0).await, scene.browser(who.1).await);
    let theirs = form_of(&first.get(&stale.page).await, &stale.form, &[(stale.theirs.0, stale.theirs.1)]);
    let mine = form_of(&second.get(&stale.page).await, &stale.form, &[stale.mine]);
    let saved = submit(&mut first, &theirs).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}: {}", stale.page, saved.text());
    let conflict = submit(&mut second, &mine).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT, "{}: {}", stale.page, conflict.text());
    let text = conflict.text();
    assert!(text.contains(stale.theirs.2), "{}: what the other wrote is not shown: {text}", stale.page);
    let kept = conflict.filled(&format!("form[method=post]{}", stale.form), &[]);
    let kept = kept.iter().any(|(name, value)| name == stale.mine.0 && value == stale.mine.1);
    assert!(kept, "{}: what was typed is lost: {}", stale.page, conflict.html());
    // Sent again, with both before the eyes, it is meant.
    let again = form_of(&conflict, &stale.form, &[]);
    let meant = submit(&mut second, &again).await;
    assert_eq!(meant.status, StatusCode::SEE_OTHER, "{}: {}", stale.page, meant.text());
}

both!(
    async fn whoever_saves_second_sees_both_versions(town: Town) {
        let scene = Scene::set(town).await;
        let (awa, marc, olivier) = (scene.awa, scene.marc, scene.olivier);
        let offer = scene.offered("Yaourts", 60).await;
        scene.asks(12).await;
        let request = {
            let mut conn = scene.town.db.read().await.unwrap();
            let id: requests::RequestId = conn.query("SELECT id FROM request LIMIT 1").value().await.unwrap();
            id
        };
        let site = {
            let mut conn = scene.town.db.read().await.unwrap();
            directory::queries::sites_of(&mut conn, scene.lilas).await.unwrap()[0].id
        };
        let own = |page: String| (format!("[action='{page}']"), page);
        let (card_form, card) = own(format!("/structures/{}/modifier", scene.lilas));
        let (site_form, site) = own(format!("/lieux/{site}/modifier"));
        let stock = "/structure/partage/stock".to_owned();
        for (who, stale) in [
            (
                (marc, olivier),
                Stale {
                    page: format!("/collectes/{offer}/modifier"),
                    form: "#annonce".to_owned(),
                    theirs: ("nombre", "55", "55"),
                    mine: ("produit", "Yaourts aux fruits"),
                },
            ),
            (
                (awa, olivier),
                Stale {
                    page: format!("/demandes/{request}/modifier"),
                    form: "#demande".to_owned(),
                    theirs: ("kg-dairy", "17", "17"),
                    mine: ("kg-dairy", "19"),
                },
            ),
            (
                (awa, olivier),
                Stale {
                    page: card,
                    form: card_form,
                    theirs: ("foyers", "43", "43"),
                    mine: ("personnes", "101"),
                },
            ),
            (
                (awa, olivier),
                Stale { page: site, form: site_form, theirs: ("frais", "77", "77"), mine: ("frais", "88") },
            ),
            (
                (olivier, olivier),
                Stale {
                    page: "/coordination/denrees/familles/dairy".to_owned(),
                    form: "[action^='/coordination/denrees/']".to_owned(),
                    theirs: ("norme", "231", "231"),
                    mine: ("norme", "232"),
                },
            ),
            (
                (olivier, olivier),
                Stale {
                    page: "/coordination/denrees/conditionnements/crate".to_owned(),
                    form: "[action^='/coordination/denrees/']".to_owned(),
                    theirs: ("poids", "9", "9"),
                    mine: ("poids", "10"),
                },
            ),
            (
                (awa, awa),
                Stale {
                    page: stock,
                    form: "[action='/structure/partage/stock']".to_owned(),
                    theirs: ("portee", "me", "responsables"),
                    mine: ("portee", "coordination"),
                },
            ),
        ] {
            second_sees_both(&scene, who, stale).await;
        }
    }
);

both!(
    async fn a_standing_request_and_a_line_of_a_run_are_not_overwritten(town: Town) {
        let scene = Scene::set(town).await;
        let (awa, olivier) = (scene.awa, scene.olivier);
        let mut browser = scene.browser(awa).await;
        let new =
            form_of(&browser.get("/demandes/permanentes/nouvelle").await, "#demande", &[("kg-dairy", "9")]);
        assert_eq!(submit(&mut browser, &new).await.status, 303);
        let standing: requests::StandingId = {
            let mut conn = scene.town.db.read().await.unwrap();
            conn.query("SELECT id FROM standing_request").value().await.unwrap()
        };
        let stale = Stale {
            page: format!("/demandes/permanentes/{standing}"),
            form: "#demande".to_owned(),
            theirs: ("kg-dairy", "13", "13"),
            mine: ("kg-dairy", "15"),
        };
        second_sees_both(&scene, (awa, olivier), stale).await;
        let run = scene.proposed().await;
        let line = {
            let mut conn = scene.town.db.read().await.unwrap();
            allocation::queries::lines(&mut conn, run).await.unwrap()[0].id
        };
        // One who facilitates, twice: in two windows.
        let (mut first, mut second) = (scene.browser(olivier).await, scene.browser(olivier).await);
        let page = format!("/attributions/lignes/{line}");
        let theirs = form_of(&first.get(&page).await, "#ligne", &[("kg", "6"), ("raison", "Petit frigo")]);
        let mine = form_of(&second.get(&page).await, "#ligne", &[("kg", "0"), ("raison", "Fermé demain")]);
        assert_eq!(submit(&mut first, &theirs).await.status, 303);
        let conflict = submit(&mut second, &mine).await;
        assert_eq!(conflict.status, 409, "{}", conflict.text());
        assert!(
            conflict.text().contains("Petit frigo") || conflict.text().contains('6'),
            "{}",
            conflict.text()
        );
        assert!(conflict.html().contains("Fermé demain"), "what was typed is lost: {}", conflict.html());
        assert_eq!(submit(&mut second, &form_of(&conflict, "#ligne", &[])).await.status, 303);
    }
);

both!(
    async fn what_cannot_be_merged_is_refused_in_words_and_nothing_is_lost(town: Town) {
        let scene = Scene::set(town).await;
        let olivier = scene.olivier;
        // A run that somebody adjusted is not validated unseen.
        let run = scene.proposed().await;
        let mut browser = scene.browser(olivier).await;
        let page = format!("/attributions/{run}");
        let validate = form_of(&browser.get(&page).await, "[action$='/valider']", &[]);
        let line = {
            let mut conn = scene.town.db.read().await.unwrap();
            allocation::queries::lines(&mut conn, run).await.unwrap()[0].id
        };
        let mut other = scene.browser(olivier).await;
        let adjust = other.get(&format!("/attributions/lignes/{line}")).await;
        let adjust = form_of(&adjust, "#ligne", &[("kg", "6"), ("raison", "Petit frigo")]);
        assert_eq!(submit(&mut other, &adjust).await.status, 303);
        let told = submit(&mut browser, &validate).await;
        assert_eq!(told.location.as_deref(), Some(page.as_str()));
        let text = browser.get(&page).await.text();
        assert!(text.contains("changé") || text.contains("modifié"), "{text}");
        let validated =
            count(&scene.town.db, "SELECT COUNT(*) FROM allocation_run WHERE validated_at IS NOT NULL");
        assert_eq!(validated.await, 0);
        // A sheet that somebody else took in meanwhile.
        let import = scene.read_sheet(3, "Voisins").await;
        let page = format!("/import/{import}");
        let columns = form_of(&browser.get(&format!("{page}/colonnes")).await, "[action$='/colonnes']", &[]);
        let write = form_of(&browser.get(&page).await, "[action$='/valider']", &[]);
        assert_eq!(submit(&mut browser, &columns).await.status, 303);
        let refused = submit(&mut other, &write).await;
        assert_eq!(refused.status, 409, "{}", refused.text());
        assert_eq!(
            count(&scene.town.db, "SELECT COUNT(*) FROM structure WHERE name LIKE 'Voisins%'").await,
            0
        );
        // Two who count the same shelf: what was seen has moved.
        let lot = scene.lot("Lait", 40).await;
        let sheet = format!("/stock/inventaire?zone={}", scene.chilled);
        let (mut one, mut two) = (scene.browser(scene.karim).await, scene.browser(scene.karim).await);
        let found = format!("trouve-{lot}");
        let counted = "[action='/stock/inventaire']";
        let first = form_of(&one.get(&sheet).await, counted, &[(&found, "39")]);
        let second = form_of(&two.get(&sheet).await, counted, &[(&found, "38")]);
        assert_eq!(submit(&mut one, &first).await.status, 303);
        let moved = submit(&mut two, &second).await;
        assert_eq!(moved.status, 422, "{}", moved.text());
        let kept = moved.filled(&format!("form[method=post]{counted}"), &[]);
        assert!(kept.iter().any(|(name, value)| *name == found && value == "38"), "{}", moved.html());
    }
);
