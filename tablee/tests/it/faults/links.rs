//! Links and codes that no longer open, or never opened what somebody tries with them.

use axum::http::StatusCode;
use chrono::Duration;
use testkit::{Browser, both};

use super::{count, form_of, says_nothing_of_its_insides, submit};
use crate::scene::Scene;

/// The latest link that Awa was told of for answering her share; everybody else of the épicerie has one of their own.
async fn told(scene: &Scene) -> String {
    let mut conn = scene.town.db.read().await.unwrap();
    let link: String = conn
        .query(
            "SELECT link FROM notice WHERE link LIKE '/l/%' AND person_id = $1
             ORDER BY created_at DESC, id DESC LIMIT 1",
        )
        .bind(scene.awa)
        .value()
        .await
        .unwrap();
    link
}

/// The text of the latest letter.
async fn letter(scene: &Scene) -> (String, String) {
    let letters = mail::latest(&mut scene.town.db.read().await.unwrap()).await.unwrap();
    (letters[0].to_email.clone(), letters[0].body_text.clone())
}

fn path_in(text: &str, start: &str) -> String {
    let at = text.find(start).unwrap_or_else(|| panic!("no {start} in {text}"));
    text[at..].chars().take_while(|c| !c.is_whitespace()).collect()
}

const LINKS: &str = "SELECT COUNT(*) FROM personal_link";

both!(
    async fn an_expired_link_has_one_button_that_sends_a_new_one(town: Town) {
        let scene = Scene::set(town).await;
        scene.validated().await;
        let link = told(&scene).await;
        let mut browser = scene.house().await;
        let page = browser.visit(&link).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let answering = form_of(&page, "#reponse", &[("tout", "oui")]);
        scene.town.clock.advance(Duration::days(60));
        // The link, its page and its form all lead to the same words.
        let sent = submit(&mut browser, &answering).await;
        let opened = sent.location.expect("on to the link's page");
        assert_eq!(opened, link);
        let gone = browser.get(&opened).await;
        assert_eq!(gone.status, StatusCode::GONE);
        assert!(gone.text().contains("Ce lien n’est plus valable"), "{}", gone.text());
        assert_eq!(gone.texts("main button"), ["M’envoyer un nouveau lien"]);
        says_nothing_of_its_insides(&gone);
        browser.speak("en");
        let english = browser.get(&link).await;
        assert!(english.text().contains("This link is no longer valid"), "{}", english.text());
        assert_eq!(english.texts("main button"), ["Send me a new link"]);
        browser.speak("fr");
        // Looking changes nothing; the button sends a letter to whom the link was for, once however often pressed.
        let before = count(&scene.town.db, LINKS).await;
        browser.get(&link).await;
        assert_eq!(count(&scene.town.db, LINKS).await, before);
        let button = form_of(&gone, &format!("[action='{link}']"), &[]);
        for _ in 0..2 {
            let pressed = submit(&mut browser, &button).await;
            assert_eq!(pressed.location.as_deref(), Some("/"));
            let said = browser.get("/").await;
            assert!(said.text().contains("Un nouveau lien vient de partir"), "{}", said.text());
        }
        assert_eq!(count(&scene.town.db, LINKS).await, before + 1);
        let (to, text) = letter(&scene).await;
        assert_eq!(to, "awa@exemple.fr");
        let new = path_in(&text, "/l/");
        assert_ne!(new, link);
        assert_eq!(browser.visit(&new).await.status, StatusCode::OK);
    }
);

both!(
    async fn a_link_taken_back_sends_no_new_one(town: Town) {
        let scene = Scene::set(town).await;
        scene.validated().await;
        let link = told(&scene).await;
        let mut tx = scene.town.db.write().await.unwrap();
        tx.query("UPDATE personal_link SET revoked_at = $1")
            .bind(scene.town.job().now())
            .run()
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let mut browser = scene.house().await;
        for link in [link.as_str(), "/l/jamais-vu"] {
            let gone = browser.get(link).await;
            assert_eq!(gone.status, StatusCode::GONE);
            assert!(gone.text().contains("ou il a été retiré"), "{}", gone.text());
            assert!(gone.texts("main button").is_empty(), "{}", gone.html());
            let before = count(&scene.town.db, LINKS).await;
            let pressed = browser.submit(link, &[("cle", "k")]).await;
            assert_eq!(pressed.status, StatusCode::GONE, "{}", pressed.text());
            assert_eq!(count(&scene.town.db, LINKS).await, before);
        }
    }
);

both!(
    async fn a_link_opens_nothing_but_its_own_page(town: Town) {
        let scene = Scene::set(town).await;
        let run = scene.validated().await;
        let share = scene.share(run).await;
        let link = told(&scene).await;
        let token = link.strip_prefix("/l/").unwrap();
        let offer = scene.offered("Yaourts", 60).await;
        let mut browser = scene.house().await;
        assert_eq!(browser.get(&format!("/attributions/reponse/{share}?jeton={token}")).await.status, 200);
        for path in [
            format!("/attributions/reponse/{run}"),
            format!("/attributions/{run}"),
            format!("/collectes/{offer}/modifier"),
            format!("/structures/{}/modifier", scene.lilas),
            "/stock".to_owned(),
            "/structure/membres".to_owned(),
            "/demandes/nouvelle".to_owned(),
            "/collectes/nouvelle".to_owned(),
        ] {
            let page = browser.get(&format!("{path}?jeton={token}")).await;
            assert!(
                matches!(page.status.as_u16(), 303 | 403 | 404),
                "{path} opens by a link for something else: {} {}",
                page.status,
                page.text()
            );
        }
        let before = count(&scene.town.db, "SELECT COUNT(*) FROM audit_event").await;
        for (path, form) in [
            (format!("/attributions/{run}/valider"), vec![("version", "1")]),
            (format!("/collectes/{offer}/annuler"), vec![("raison", "non")]),
            (format!("/collectes/{offer}/reserver"), vec![("quantite", "5")]),
            ("/demandes/nouvelle".to_owned(), vec![("kg-dairy", "5")]),
        ] {
            let answer = browser.submit(&format!("{path}?jeton={token}"), &form).await;
            assert_ne!(answer.status, StatusCode::OK, "{path}");
            assert!(!answer.status.is_server_error(), "{path}: {}", answer.text());
        }
        assert_eq!(count(&scene.town.db, "SELECT COUNT(*) FROM audit_event").await, before);
    }
);

/// Asks for a letter and gives the path of its link and its code.
async fn knock(scene: &Scene, browser: &mut Browser) -> (String, String) {
    let sent = browser.submit("/connexion", &[("email", "awa@exemple.fr"), ("retour", "/demandes")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let (_, text) = letter(scene).await;
    let code = text.lines().map(str::trim).find(|line| line.len() == 6 && line.parse::<u32>().is_ok());
    (path_in(&text, "/connexion/lien"), code.unwrap().to_owned())
}

both!(
    async fn a_letter_that_is_too_old_says_so_and_offers_a_new_one(town: Town) {
        let scene = Scene::set(town).await;
        let mut browser = scene.house().await;
        let (link, code) = knock(&scene, &mut browser).await;
        // Looked at by a mail program, however often, it still opens.
        for _ in 0..3 {
            assert_eq!(browser.get(&link).await.status, StatusCode::OK);
        }
        let button = form_of(&browser.get(&link).await, "[action='/connexion/lien']", &[]);
        scene.town.clock.advance(Duration::minutes(16));
        for gone in [browser.get(&link).await, submit(&mut browser, &button).await] {
            assert_eq!(gone.status, StatusCode::GONE);
            assert!(gone.text().contains("Ce lien a expiré"), "{}", gone.text());
            assert_eq!(gone.texts("main a.button"), ["M’envoyer un nouveau lien"]);
            assert_eq!(gone.attributes("main a.button", "href"), ["/connexion"]);
        }
        browser.speak("en");
        let english = browser.get(&link).await;
        assert_eq!(english.texts("main a.button"), ["Send me a new link"]);
        browser.speak("fr");
        let page = browser.get("/connexion/code?email=awa@exemple.fr").await;
        let typed = form_of(&page, "[action='/connexion/code']", &[("code", &code)]);
        let late = submit(&mut browser, &typed).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", late.text());
        assert_eq!(late.attributes("#code", "value"), [code.as_str()], "what was typed is kept");
        assert!(late.text().contains("M’envoyer un nouveau lien"), "{}", late.text());
        assert_eq!(count(&scene.town.db, "SELECT COUNT(*) FROM session").await, 0);
        // The new one opens.
        let (link, _) = knock(&scene, &mut browser).await;
        let button = form_of(&browser.get(&link).await, "[action='/connexion/lien']", &[]);
        assert_eq!(submit(&mut browser, &button).await.location.as_deref(), Some("/demandes"));
    }
);
