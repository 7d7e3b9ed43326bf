//! Entering with what one's own device keeps.

use axum::http::Method;
use chrono::Duration;
use kernel::{PersonId, Role};
use serde_json::Value;
use testkit::{Browser, Page, Town, both};

use crate::device::Device;

async fn awa(town: &Town) -> PersonId {
    let lilas = town.structure("Épicerie des Lilas", "association").await;
    town.person("Awa", lilas, Role::Lead).await
}

/// What the house asks a device.
async fn question(browser: &mut Browser, path: &str) -> Value {
    let asked = browser.send(Method::POST, path, None, Vec::new()).await;
    assert_eq!((asked.status.as_u16(), asked.media_type.as_str()), (200, "application/json"));
    serde_json::from_slice(&asked.bytes).unwrap()
}

async fn add(browser: &mut Browser, device: &mut Device, name: &str) -> Page {
    let asked = question(browser, "/compte/cles/debut").await;
    let answer = device.create(&asked);
    browser.submit("/compte/cles", &[("nom-cle", name), ("reponse", &answer)]).await
}

async fn enter(browser: &mut Browser, device: &mut Device) -> Page {
    let asked = question(browser, "/connexion/cle/debut").await;
    let answer = device.get(&asked);
    browser.submit("/connexion/cle", &[("reponse", &answer), ("retour", "/compte")]).await
}

/// Whether somebody is signed in with this browser.
async fn inside(browser: &mut Browser) -> bool {
    browser.get("/compte").await.status == 200
}

/// Somebody with a key on a device, and nobody signed in any more.
async fn with_a_key(town: &Town) -> (PersonId, Browser, Device) {
    let (awa, mut browser, mut device) = (awa(town).await, town.browser(vec![]).await, Device::new(7));
    browser.sign_in(awa).await;
    let added = add(&mut browser, &mut device, "Mon téléphone").await;
    assert_eq!(
        (added.status.as_u16(), added.location.as_deref()),
        (303, Some("/compte")),
        "{}",
        added.text()
    );
    browser.forget();
    // Time passes, so that letters and acts have an order.
    town.clock.advance(Duration::minutes(1));
    (awa, browser, device)
}

async fn subjects(town: &Town) -> Vec<String> {
    let letters = mail::latest(&mut town.db.read().await.unwrap()).await.unwrap();
    letters.into_iter().rev().map(|letter| letter.subject).collect()
}

async fn acts(town: &Town) -> Vec<String> {
    let mut conn = town.db.read().await.unwrap();
    let rows: Vec<(String,)> = conn
        .query("SELECT action FROM audit_event WHERE subject_kind = 'passkey' ORDER BY at, id")
        .all()
        .await
        .unwrap();
    rows.into_iter().map(|(action,)| action).collect()
}

both!(
    async fn a_key_opens_the_door_without_an_address(town: Town) {
        let (_, mut browser, mut device) = with_a_key(&town).await;
        assert_eq!(acts(&town).await, ["accounts.add_passkey"]);
        assert_eq!(subjects(&town).await, ["Une clé d’accès a été ajoutée à votre compte"]);
        assert!(!inside(&mut browser).await);
        let entered = enter(&mut browser, &mut device).await;
        assert_eq!((entered.status.as_u16(), entered.location.as_deref()), (303, Some("/compte")));
        let account = browser.get("/compte").await;
        assert_eq!(account.texts("#cles + p + .list .list__title"), ["Mon téléphone"]);
        assert!(account.text().contains("Utilisée aujourd’hui à 16 h 41"), "{}", account.text());
    }
);

both!(
    async fn the_house_asks_for_keys_that_name_their_owner_and_check_their_holder(town: Town) {
        let (awa, mut browser) = (awa(&town).await, town.browser(vec![]).await);
        browser.sign_in(awa).await;
        let asked = question(&mut browser, "/compte/cles/debut").await;
        let wanted = &asked["publicKey"]["authenticatorSelection"];
        assert_eq!(
            (&wanted["residentKey"], &wanted["userVerification"]),
            (&"required".into(), &"required".into())
        );
        assert_eq!(asked["publicKey"]["rp"]["id"], "localhost");
        assert_eq!(asked["publicKey"]["attestation"], "none", "which make of device it is stays private");
        let mut device = Device::new(7);
        add(&mut browser, &mut device, "").await;
        let again = question(&mut browser, "/compte/cles/debut").await;
        assert_eq!(again["publicKey"]["excludeCredentials"].as_array().unwrap().len(), 1);
        browser.forget();
        let asked = question(&mut browser, "/connexion/cle/debut").await;
        assert_eq!(
            asked["publicKey"]["allowCredentials"],
            serde_json::json!([]),
            "nobody learns which keys there are"
        );
        assert_eq!(
            (&asked["publicKey"]["userVerification"], &asked["mediation"]),
            (&"required".into(), &Value::Null)
        );
    }
);

both!(
    async fn a_question_is_answered_once_by_its_browser_within_five_minutes(town: Town) {
        let (_, mut browser, mut device) = with_a_key(&town).await;
        let asked = question(&mut browser, "/connexion/cle/debut").await;
        let answer = device.get(&asked);
        let fields = [("reponse", answer.as_str()), ("retour", "/")];

        let mut other = town.browser(vec![]).await;
        question(&mut other, "/connexion/cle/debut").await;
        assert_eq!(other.submit("/connexion/cle", &fields).await.status, 422, "another browser's question");
        assert!(!inside(&mut other).await);

        assert_eq!(browser.submit("/connexion/cle", &fields).await.status, 303);
        assert!(inside(&mut browser).await);
        browser.forget();
        question(&mut browser, "/connexion/cle/debut").await;
        assert_eq!(browser.submit("/connexion/cle", &fields).await.status, 422, "the same answer again");
        assert_eq!(browser.submit("/connexion/cle", &fields).await.status, 422, "no question at all");

        let asked = question(&mut browser, "/connexion/cle/debut").await;
        let late = device.get(&asked);
        town.clock.advance(Duration::seconds(301));
        let refused = browser.submit("/connexion/cle", &[("reponse", &late)]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("Le temps est passé"), "{}", refused.text());
        assert!(!inside(&mut browser).await);
    }
);

both!(
    async fn a_wrong_answer_uses_the_question_up(town: Town) {
        let (_, mut browser, mut device) = with_a_key(&town).await;
        let asked = question(&mut browser, "/connexion/cle/debut").await;
        let refused = browser.submit("/connexion/cle", &[("reponse", "{}")]).await;
        assert_eq!(refused.status, 422);
        let answer = device.get(&asked);
        assert_eq!(browser.submit("/connexion/cle", &[("reponse", &answer)]).await.status, 422);
        assert!(!inside(&mut browser).await);
    }
);

both!(
    async fn answers_that_do_not_hold_open_nothing(town: Town) {
        let (_, mut browser, device) = with_a_key(&town).await;
        let mut elsewhere = device.clone();
        elsewhere.origin = "https://tablee.exemple.com".to_owned();
        let mut careless = device.clone();
        careless.checks_its_holder = false;
        let mut unknown = Device::new(9);
        unknown.create(&question_of(&device));
        for (device, why) in [(elsewhere, "another site's page"), (careless, "nobody checked who held it")] {
            let refused = enter(&mut browser, &mut device.clone()).await;
            assert_eq!(refused.status, 422, "{why}");
            assert!(refused.text().contains("n’a pas pu être vérifiée"), "{why}: {}", refused.text());
            assert!(!inside(&mut browser).await, "{why}");
        }
        let refused = enter(&mut browser, &mut unknown).await;
        assert!(refused.text().contains("n’est pas connue ici"), "{}", refused.text());
        assert!(!inside(&mut browser).await);
    }
);

/// A question that makes a device believe it belongs to the same person.
fn question_of(device: &Device) -> Value {
    serde_json::json!({ "publicKey": {
        "challenge": "AAAA", "rp": { "id": "localhost" }, "user": { "id": device.owner() },
    } })
}

both!(
    async fn a_copied_key_is_set_aside_and_its_owner_told(town: Town) {
        let (awa, mut browser, mut device) = with_a_key(&town).await;
        device.counter = 5;
        let mut copy = device.clone();
        assert_eq!(enter(&mut browser, &mut device).await.status, 303);
        browser.forget();
        town.clock.advance(Duration::minutes(1));
        let refused = enter(&mut browser, &mut copy).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("il en existe peut-être une copie"), "{}", refused.text());
        assert!(!inside(&mut browser).await);
        device.counter = 6;
        assert_eq!(
            enter(&mut browser, &mut device).await.status,
            422,
            "neither of the two opens from then on"
        );
        assert_eq!(acts(&town).await, ["accounts.add_passkey", "accounts.set_passkey_aside"]);
        assert_eq!(subjects(&town).await[1..], ["Une clé d’accès de votre compte a été mise de côté"]);
        browser.sign_in(awa).await;
        assert!(browser.get("/compte").await.text().contains("Mise de côté"));
    }
);

both!(
    async fn a_device_that_counts_is_believed_and_one_that_does_not_is_too(town: Town) {
        let (_, mut browser, mut device) = with_a_key(&town).await;
        for counter in [0, 0, 3, 4] {
            device.counter = counter;
            assert_eq!(enter(&mut browser, &mut device).await.status, 303, "{counter}");
            browser.forget();
        }
    }
);

both!(
    async fn a_removed_key_opens_nothing_and_can_be_put_back_for_a_while(town: Town) {
        let (awa, mut browser, mut device) = with_a_key(&town).await;
        browser.sign_in(awa).await;
        let account = browser.get("/compte").await;
        let remove = account.attributes("form[action$='/retirer']", "action").remove(0);
        let back = remove.replace("retirer", "remettre");
        let gone = browser.submit(&remove, &[("cle", "a")]).await;
        assert_eq!(gone.status, 303);
        assert_eq!(browser.submit(&remove, &[("cle", "a")]).await.status, 303, "sent twice is done once");
        let told = browser.get("/compte").await;
        assert!(told.text().contains("La clé « Mon téléphone » n’ouvre plus rien ici"), "{}", told.text());
        assert_eq!(told.attributes(".undo form", "action"), std::slice::from_ref(&back));

        let mut door = town.browser(vec![]).await;
        assert_eq!(enter(&mut door, &mut device).await.status, 422);
        town.clock.advance(Duration::minutes(1));
        assert_eq!(browser.submit(&back, &[]).await.status, 303);
        assert_eq!(enter(&mut door, &mut device).await.status, 303);

        town.clock.advance(Duration::minutes(1));
        browser.submit(&remove, &[]).await;
        town.clock.advance(Duration::minutes(16));
        assert_eq!(browser.submit(&back, &[]).await.status, 404, "too late to undo");
        let removed = "Une clé d’accès a été retirée de votre compte";
        let told = [removed, "Une clé d’accès a été remise sur votre compte", removed];
        assert_eq!(subjects(&town).await[1..], told);
    }
);

both!(
    async fn a_key_is_its_owners_alone(town: Town) {
        let (_, mut browser, mut device) = with_a_key(&town).await;
        let lilas = town.structure("Resto du Canal", "association").await;
        let karim = town.person("Karim", lilas, Role::Lead).await;
        enter(&mut browser, &mut device).await;
        let remove = browser.get("/compte").await.attributes("form[action$='/retirer']", "action").remove(0);
        let mut stranger = town.browser(vec![]).await;
        assert_eq!(
            stranger.submit(&remove, &[]).await.location.as_deref(),
            Some("/connexion?retour=/compte")
        );
        stranger.sign_in(karim).await;
        assert_eq!(stranger.submit(&remove, &[]).await.status, 404);
        let known = add(&mut stranger, &mut device, "La même").await;
        assert_eq!(known.status, 422);
        assert!(known.text().contains("a déjà une clé d’accès"), "{}", known.text());
        assert_eq!(known.attributes("#nom-cle", "value"), ["La même"], "what was typed is kept");
    }
);

both!(
    async fn keys_are_added_from_ones_own_device_with_a_question_of_its_session(town: Town) {
        let (awa, mut browser) = (awa(&town).await, town.browser(vec![]).await);
        let refused = browser.send(Method::POST, "/compte/cles/debut", None, Vec::new()).await;
        assert_eq!(refused.location.as_deref(), Some("/connexion?retour=/compte"), "nobody is signed in");
        browser.sign_in(awa).await;
        let mut device = Device::new(7);
        let asked = question(&mut browser, "/compte/cles/debut").await;
        let answer = device.create(&asked);
        let mut other = town.browser(vec![]).await;
        other.sign_in(awa).await;
        let refused = other.submit("/compte/cles", &[("reponse", &answer)]).await;
        assert_eq!(refused.status, 422, "another session's question");
        let fields = [("cle", "k"), ("nom-cle", ""), ("reponse", answer.as_str())];
        assert_eq!(browser.submit("/compte/cles", &fields).await.status, 303);
        assert_eq!(browser.submit("/compte/cles", &fields).await.status, 303, "sent twice is one key");
        let account = browser.get("/compte").await;
        assert_eq!(account.texts("#cles + p + .list .list__title"), ["Clé du lundi 23 novembre"]);

        let mut cannot_keep = Device::new(8);
        cannot_keep.keeps_keys = false;
        let refused = add(&mut browser, &mut cannot_keep, "Clé USB").await;
        assert!(refused.text().contains("ne sait pas garder"), "{}", refused.text());
    }
);

both!(
    async fn none_is_added_on_a_shared_computer_nor_an_eleventh(town: Town) {
        let (awa, mut browser) = (awa(&town).await, town.browser(vec![]).await);
        browser.submit("/connexion", &[("email", "awa@exemple.fr")]).await;
        let code = subjects(&town).await[0][..6].to_owned();
        let fields = [("email", "awa@exemple.fr"), ("code", code.as_str()), ("partage", "oui")];
        assert_eq!(browser.submit("/connexion/code", &fields).await.status, 303);
        assert!(browser.get("/compte").await.text().contains("Cet ordinateur est partagé"));
        assert_eq!(browser.send(Method::POST, "/compte/cles/debut", None, Vec::new()).await.status, 403);

        browser.sign_in(awa).await;
        for seed in 1..=10 {
            assert_eq!(add(&mut browser, &mut Device::new(seed), "Une de plus").await.status, 303);
        }
        assert!(browser.get("/compte").await.text().contains("Vous avez déjà dix clés"));
        assert_eq!(browser.send(Method::POST, "/compte/cles/debut", None, Vec::new()).await.status, 403);
    }
);

both!(
    async fn asking_is_bounded(town: Town) {
        let (awa, mut browser) = (awa(&town).await, town.browser(vec![]).await);
        browser.sign_in(awa).await;
        let mut answers = Vec::new();
        for _ in 0..21 {
            answers.push(
                browser.send(Method::POST, "/compte/cles/debut", None, Vec::new()).await.status.as_u16(),
            );
        }
        assert_eq!((answers[19], answers[20]), (200, 429));
    }
);

both!(
    async fn keys_go_with_their_owner_and_old_questions_with_the_night(town: Town) {
        let (awa, mut browser, mut device) = with_a_key(&town).await;
        question(&mut browser, "/connexion/cle/debut").await;
        town.clock.advance(Duration::minutes(6));
        let mut tx = town.db.write().await.unwrap();
        accounts::sessions::forget_expired(&mut tx, &town.job()).await.unwrap();
        let waiting: i64 = tx.query("SELECT COUNT(*) FROM passkey_ceremony").value().await.unwrap();
        assert_eq!(waiting, 0);
        let kept: i64 = tx.query("SELECT COUNT(*) FROM passkey").value().await.unwrap();
        assert_eq!(kept, 1);
        accounts::people::erase(&mut tx, &town.job(), awa).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(enter(&mut browser, &mut device).await.status, 422);
        let kept: i64 =
            town.db.read().await.unwrap().query("SELECT COUNT(*) FROM passkey").value().await.unwrap();
        assert_eq!(kept, 0);
    }
);
