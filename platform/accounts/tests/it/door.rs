//! Signing in by letter.

use chrono::Duration;
use kernel::Role;
use testkit::{Browser, Town, both};

/// Asks for a letter and gives its link and its code.
async fn letter(town: &Town, browser: &mut Browser, email: &str) -> (String, String) {
    let sent = browser.submit("/connexion", &[("email", email), ("retour", "/resume")]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let letters = mail::latest(&mut town.db.read().await.unwrap()).await.unwrap();
    let body = &letters[0].body_text;
    let link = body.lines().find_map(|line| line.strip_prefix("http://localhost")).unwrap().to_owned();
    let code =
        body.lines().map(str::trim).find(|line| line.len() == 6 && line.parse::<u32>().is_ok()).unwrap();
    (link, code.to_owned())
}

both!(
    async fn a_get_never_signs_in_and_the_button_does_once(town: Town) {
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        town.person("Awa", lilas, Role::Lead).await;
        let mut browser = town.browser(vec![]).await;
        let (link, _) = letter(&town, &mut browser, "Awa@exemple.fr").await;
        for _ in 0..3 {
            let looked = browser.get(&link).await;
            assert_eq!(looked.status, 200);
            assert_eq!(browser.get("/resume").await.status, 303, "looking at the link signed somebody in");
        }
        let token = link.split_once("jeton-connexion=").unwrap().1;
        let entered = browser.submit("/connexion/lien", &[("jeton-connexion", token)]).await;
        assert_eq!((entered.status.as_u16(), entered.location.as_deref()), (303, Some("/resume")));
        assert_eq!(browser.get("/resume").await.status, 200);
        browser.forget();
        let again = browser.submit("/connexion/lien", &[("jeton-connexion", token)]).await;
        assert_eq!(again.status, 410, "a link serves once");
    }
);

both!(
    async fn six_digits_open_the_door_within_a_quarter_of_an_hour(town: Town) {
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        town.person("Awa", lilas, Role::Lead).await;
        let mut browser = town.browser(vec![]).await;
        let (_, code) = letter(&town, &mut browser, "awa@exemple.fr").await;
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let refused =
            browser.submit("/connexion/code", &[("email", "awa@exemple.fr"), ("code", wrong)]).await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.attributes("#code", "value"), [wrong], "what was typed is kept");
        let spaced = format!("{} {}", &code[..3], &code[3..]);
        let entered =
            browser.submit("/connexion/code", &[("email", "awa@exemple.fr"), ("code", &spaced)]).await;
        assert_eq!(entered.status, 303);
        assert_eq!(browser.get("/resume").await.status, 200);

        browser.forget();
        let (_, code) = letter(&town, &mut browser, "awa@exemple.fr").await;
        town.clock.advance(Duration::minutes(16));
        let late = browser.submit("/connexion/code", &[("email", "awa@exemple.fr"), ("code", &code)]).await;
        assert_eq!(late.status, 422);
    }
);

both!(
    async fn guessing_is_cut_short(town: Town) {
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        town.person("Awa", lilas, Role::Lead).await;
        let mut browser = town.browser(vec![]).await;
        let (_, code) = letter(&town, &mut browser, "awa@exemple.fr").await;
        let wrong = if code == "000000" { "000001" } else { "000000" };
        for _ in 0..5 {
            browser.submit("/connexion/code", &[("email", "awa@exemple.fr"), ("code", wrong)]).await;
        }
        let refused =
            browser.submit("/connexion/code", &[("email", "awa@exemple.fr"), ("code", &code)]).await;
        assert_eq!(refused.status, 422, "the right code after five wrong ones opens nothing");
        assert_eq!(browser.get("/resume").await.status, 303);
    }
);

both!(
    async fn an_unknown_address_gets_the_same_answer(town: Town) {
        let mut browser = town.browser(vec![]).await;
        let answer = browser.submit("/connexion", &[("email", "personne@exemple.fr"), ("retour", "/")]).await;
        assert_eq!(answer.location.as_deref(), Some("/connexion/code?email=personne@exemple.fr"));
        assert!(mail::latest(&mut town.db.read().await.unwrap()).await.unwrap().is_empty());
        let refused = browser.submit("/connexion", &[("email", "pas une adresse")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("ne semble pas complète"), "{}", refused.text());
    }
);

both!(
    async fn sessions_end(town: Town) {
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        let awa = town.person("Awa", lilas, Role::Lead).await;
        let mut browser = town.browser(vec![]).await;
        browser.sign_in(awa).await;
        assert_eq!(browser.get("/resume").await.status, 200);
        town.clock.advance(Duration::days(91));
        assert_eq!(browser.get("/resume").await.status, 303, "ninety days are over");
        browser.sign_in(awa).await;
        let left = browser.submit("/deconnexion", &[]).await;
        assert_eq!(left.status, 303);
        assert_eq!(browser.get("/resume").await.status, 303);
    }
);

both!(
    async fn another_site_cannot_act_for_somebody(town: Town) {
        use axum::http::{Method, Request};
        use tower::ServiceExt as _;
        let browser = town.browser(vec![]).await;
        let router = accounts::front_door(browser.app().clone(), web::Routes::new());
        let request = Request::builder()
            .method(Method::POST)
            .uri("/langue")
            .header("host", "localhost")
            .header("sec-fetch-site", "cross-site")
            .header("origin", "https://ailleurs.exemple")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(axum::body::Body::from("lang=en&back=/"))
            .unwrap();
        assert_eq!(router.oneshot(request).await.unwrap().status(), 403);
    }
);

both!(
    async fn unknown_routes_and_large_bodies_are_answered_in_words(town: Town) {
        let mut browser = town.browser(vec![]).await;
        let lost = browser.get("/nulle-part").await;
        assert_eq!(lost.status, 404);
        assert!(lost.text().contains("Il n’y a rien à cette adresse"), "{}", lost.text());
        browser.speak("en");
        assert!(browser.get("/nulle-part").await.text().contains("There is nothing at this address"));
        let large = "x".repeat(accounts::BODY_LIMIT + 1);
        let refused = browser.submit("/connexion", &[("email", &large)]).await;
        assert_eq!(refused.status, 413);
        assert!(refused.text().contains("What you wrote is too long"), "{}", refused.text());
    }
);
