//! The pages, as a browser without a script sees them.

use allocation::queries;
use axum::http::StatusCode;
use testkit::{Browser, Page, Town};

use crate::town::{everybody_asks, prepared, scene, validated, yoghurts};

async fn browser(town: &Town) -> Browser {
    let rooms = vec![
        allocation::room(),
        requests::room(),
        collections::room(),
        stock::room(),
        network::room(),
        goods::room(),
    ];
    town.browser(rooms).await
}

async fn send(browser: &mut Browser, path: &str, page: &Page, form: &str, change: &[(&str, &str)]) -> Page {
    let fields = page.filled(form, change);
    let pairs: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.submit(path, &pairs).await
}

testkit::both!(
    async fn a_facilitator_from_one_button_to_a_signed_note(town: Town) {
        let scene = scene(&town, 4).await;
        yoghurts(&town, &scene, 120, 3).await;
        everybody_asks(&town, &scene, 60).await;
        let mut browser = browser(&town).await;
        browser.sign_in(scene.olivier).await;
        let page = browser.get("/attributions").await;
        assert!(page.text().contains("Aucune répartition pour le moment"));
        let done = send(&mut browser, "/attributions/preparer", &page, "form[action$=preparer]", &[]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let run = done.location.expect("the run");
        let page = browser.get(&run).await;
        let text = page.text();
        assert!(text.contains("Yaourts nature") && text.contains("120 kg"), "{text}");
        let by_lot = browser.get(&format!("{run}?par=lot")).await;
        assert!(by_lot.text().contains("Reste") && by_lot.text().contains("120 kg"), "{}", by_lot.text());
        let names = page.texts("tbody th");
        let mut sorted = names.clone();
        sorted.sort();
        assert_eq!(names, sorted, "alphabetical, never by quantity");

        // Adjusting: a reason is asked for, and a stale form shows both.
        let part = page.attributes("tbody a[href^='/attributions/reponse/']", "href")[0].clone();
        let line = browser.get(&part).await.attributes("a[href^='/attributions/lignes/']", "href")[0].clone();
        let form = browser.get(&line).await;
        let refused = send(&mut browser, &line, &form, "#ligne", &[("kg", "6")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("Dites pourquoi"));
        let change = [("kg", "6"), ("raison", "local fermé jeudi")];
        let done = send(&mut browser, &line, &form, "#ligne", &change).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        let stale =
            send(&mut browser, &line, &form, "#ligne", &[("kg", "12"), ("raison", "x"), ("cle", "autre")])
                .await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.text().contains("Quelqu’un a changé cette ligne"));

        // A validation from the page before the change is not taken.
        let old = send(&mut browser, &format!("{run}/valider"), &page, "form[action$=valider]", &[]).await;
        let page = browser.get(&old.location.expect("back")).await;
        assert!(page.text().contains("entre-temps"), "{}", page.text());
        let done = send(&mut browser, &format!("{run}/valider"), &page, "form[action$=valider]", &[]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        let page = browser.get(&run).await;
        assert!(page.text().contains("Validée"), "{}", page.text());
        let list = browser.get(&format!("{run}/preparation")).await;
        assert!(list.text().contains("Association 00") && list.text().contains("Total"));

        // The hand-over: make the note, a difference wants its reason, then it is signed.
        let remise = page.attributes("a[href*='/remise/']", "href")[0].clone();
        let page = browser.get(&remise).await;
        let done = send(&mut browser, &format!("{remise}/preparer"), &page, "#preparer", &[]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let page = browser.get(&remise).await;
        assert!(page.text().contains("BL-26-001"), "{}", page.text());
        let short = send(
            &mut browser,
            &remise,
            &page,
            "#remise",
            &[("kg-1", "1"), ("temp-1", "4,5"), ("papier", "oui")],
        )
        .await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", short.text());
        assert!(short.text().contains("choisissez pourquoi"));
        let warm = [("kg-1", "1"), ("motif-1", "damaged"), ("temp-1", "4,5"), ("receveur", "Personne 00")];
        let done = send(&mut browser, &remise, &short, "#remise", &warm).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let page = browser.get(&remise).await;
        assert!(page.text().contains("Déjà remis"), "{}", page.text());
        let rule = browser.get("/attributions/regle").await;
        assert!(rule.text().contains("moitié moins tous les 23 jours"), "{}", rule.text());
    }
);

testkit::both!(
    async fn a_structure_answers_by_its_letter(town: Town) {
        let scene = scene(&town, 4).await;
        yoghurts(&town, &scene, 120, 3).await;
        everybody_asks(&town, &scene, 60).await;
        let run = prepared(&town, &scene).await;
        validated(&town, &scene, run).await;
        let (structure, lead) = scene.structures[0];
        let mut conn = town.db.read().await.expect("a connection");
        let link: String = conn
            .query("SELECT link FROM notice WHERE person_id = $1 AND text_key = 'allocation-told-proposed'")
            .bind(lead)
            .value()
            .await
            .expect("a letter");
        let shares = queries::shares(&mut conn, run).await.expect("read");
        drop(conn);
        let mut browser = browser(&town).await;
        let page = browser.visit(&link).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        assert!(page.text().contains("Tout accepter"), "{}", page.text());
        let action = page.attributes("#reponse", "action")[0].clone();
        assert!(action.contains("jeton="));
        let why = page.attributes("a[href*=pourquoi]", "href")[0].clone();
        let told = browser.get(&why).await;
        assert_eq!(told.status, StatusCode::OK);
        let text = told.text();
        assert!(text.contains("vous sont proposés"), "{text}");
        assert!(text.contains("Personnes comptées") && text.contains("d’après votre fiche"), "{text}");
        assert!(!text.contains("Association 01"), "never another structure");
        let done = send(&mut browser, &action, &page, "#reponse", &[("tout", "oui")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        let page = browser.get(&done.location.expect("back")).await;
        assert!(page.text().contains("Accepté"), "{}", page.text());
        let other = shares.iter().find(|share| share.structure != structure).expect("another");
        let token = action.split_once('?').expect("a token").1.to_owned();
        let closed = browser.get(&format!("/attributions/reponse/{}?{token}", other.id)).await;
        assert_ne!(closed.status, StatusCode::OK, "a link opens one thing");
    }
);

testkit::both!(
    async fn members_see_totals_and_their_own(town: Town) {
        let scene = scene(&town, 4).await;
        yoghurts(&town, &scene, 120, 3).await;
        everybody_asks(&town, &scene, 60).await;
        let run = prepared(&town, &scene).await;
        let (_, lead) = scene.structures[1];
        let mut browser = browser(&town).await;
        let path = format!("/attributions/{run}");
        assert!(browser.get(&path).await.location.expect("the door").starts_with("/connexion"));
        browser.sign_in(lead).await;
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("Yaourts nature"));
        assert!(page.attributes("a[href*='/reponse/']", "href").is_empty(), "no part of others");
        let asked = browser.get(&format!("{path}?par=structure")).await;
        assert!(asked.attributes("a[href*='/reponse/']", "href").is_empty(), "not by asking either");
        assert!(page.attributes("form[action$=valider]", "action").is_empty());
        assert_eq!(browser.get(&format!("{path}/preparation")).await.status, StatusCode::FORBIDDEN);
        validated(&town, &scene, run).await;
        let page = browser.get("/attributions").await;
        assert!(page.text().contains("attend votre réponse"), "{}", page.text());
        let answer = page.attributes(".is-urgent a.button", "href")[0].clone();
        let page = browser.get(&answer).await;
        let radio = page.attributes("#reponse input[type=radio]", "name")[0].clone();
        let why = radio.replace("ligne-", "raison-");
        let done =
            send(&mut browser, &answer, &page, "#reponse", &[(&radio, "non"), (&why, "no_room")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        let page = browser.get(&answer).await;
        assert!(page.text().contains("Pas assez de place"), "{}", page.text());
        let mut conn = town.db.read().await.expect("a connection");
        let shares = queries::shares(&mut conn, run).await.expect("read");
        drop(conn);
        let other = shares.iter().find(|share| share.structure == scene.structures[0].0).expect("another");
        for page in ["reponse", "pourquoi"] {
            let closed = browser.get(&format!("/attributions/{page}/{}", other.id)).await;
            assert_eq!(closed.status, StatusCode::NOT_FOUND, "{page}");
        }
        browser.sign_in(scene.olivier).await;
        assert_eq!(browser.get(&format!("/attributions/pourquoi/{}", other.id)).await.status, StatusCode::OK);
    }
);
